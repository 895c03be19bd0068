"""Wrong ideas that count as held, and the reasons for a teacher to talk to somebody."""

from __future__ import annotations

import pytest

from tensordrill.course.assignment.assignment import Item
from tensordrill.course.gradebook import Gradebook, Override, QuestionResult
from tensordrill.course.results.analysis import analyse
from tensordrill.course.results.flags import (
    Absent,
    FarBelow,
    Flag,
    HoldsIdeas,
    ManyUnreadable,
    Unanswered,
    Uneven,
    flags_of,
)
from tensordrill.course.results.held_misconceptions import idea_matches
from tensordrill.kinds.answers import Aspect
from tests.course.classes import book, book_of_marks, items, wrong

_YES: tuple[Aspect, str] = ("bool", "True")


def _held(*marks: QuestionResult, questions: tuple[Item, ...] | None = None) -> list[tuple[str, bool]]:
    (grade,) = book_of_marks([marks], questions or items(3)).grades()
    return [(entry.idea, entry.held) for entry in idea_matches(grade)]


def _concerns(gradebook: Gradebook) -> list[tuple[Flag, ...]]:
    analysis = analyse(gradebook)
    return [flags_of(grade, analysis) for grade in gradebook.grades()]


def test_one_match_is_evidence_and_two_questions_hold_an_idea() -> None:
    assert _held(wrong("t/q1", "copies"), wrong("t/q2", "swaps")) == [("copies", False), ("swaps", False)]
    assert _held(wrong("t/q1", "copies"), wrong("t/q2"), wrong("t/q3", "copies")) == [("copies", True)]


@pytest.mark.parametrize("facet", ["bool", "outcome"])
@pytest.mark.parametrize("got", ["True", "False"])
def test_yes_and_no_alone_never_prove_an_idea(facet: Aspect, got: str) -> None:
    marks = [wrong(f"t/q{number}", "copies", facet, got) for number in (1, 2, 3)]
    assert _held(*marks) == [("copies", False)]


def test_yes_or_no_beside_another_answer_does() -> None:
    assert _held(wrong("t/q1", "copies", *_YES), wrong("t/q2", "copies")) == [("copies", True)]
    assert _held(wrong("t/q1", "copies", *_YES), wrong("t/q2", "copies", "outcome", "raises")) == [
        ("copies", True)
    ]


def test_void_and_accepted_answers_prove_nothing() -> None:
    questions = (Item(id="t/q1", void=True), *items(3)[1:])
    marks = (wrong("t/q1", "copies"), wrong("t/q2", "copies"))
    assert _held(*marks, questions=questions) == [("copies", False)]
    accepted = (Override("s1", "t/q2", 1.0, "right on paper"),)
    (grade,) = book_of_marks([marks], questions, accepted).grades()
    assert idea_matches(grade) == ()


def test_handing_in_nothing_is_a_reason_and_being_right_is_none() -> None:
    assert _concerns(book(["++", ""], items(2))) == [(), (Absent(),)]


def test_far_below_is_far_from_the_class_and_from_its_middle() -> None:
    lines = ["+" * 10] * 9 + ["+" * 9 + "-"] + ["++" + "-" * 8]
    flags = _concerns(book(lines))
    assert flags[-1] == (FarBelow(20, 100),)
    assert set(flags[:-1]) == {()}


def test_a_class_that_lies_close_together_has_nobody_far_below() -> None:
    assert set(_concerns(book(["+" * 10] * 20 + ["+" * 9 + "-"]))) == {()}


def test_a_class_of_two_halves_has_its_five_far_below() -> None:
    """Two of sixteen points are few, however far the class lies apart."""
    high, low = "+" * 15 + "-", "++" + "-" * 14
    flags = _concerns(book([high] * 10 + [low] * 5))
    assert flags == [()] * 10 + [(FarBelow(12.5, 93.75),)] * 5


@pytest.mark.parametrize(
    ("lines", "last"),
    [
        pytest.param(["++++"] * 2 + ["-+--"], (FarBelow(25, 100),), id="three-students"),
        pytest.param(["++++", "----"], (), id="two-students"),
        pytest.param(["++++"] * 4 + ["++--"], (), id="half-of-the-median"),
        pytest.param(["+---------"] * 4 + ["----------"], (), id="near-a-low-median"),
    ],
)
def test_who_is_far_below_in_a_small_class(lines: list[str], last: tuple[Flag, ...]) -> None:
    assert _concerns(book(lines))[-1] == last


def test_a_small_class_has_nobody_uneven() -> None:
    assert _concerns(book(["+++-"] * 8 + ["---+"]))[-1] == (FarBelow(25, 75),)


def test_unreadable_answers_are_a_reason_from_two_and_a_third_on() -> None:
    flags = _concerns(book(["+++??-", "+++++?", "++" + "?" * 4, "++++++"]))
    assert flags == [(ManyUnreadable(2, 6),), (), (ManyUnreadable(4, 6),), ()]
    assert _concerns(book(["??+++++"])) == [()]


def test_open_questions_are_a_reason_from_two_and_half_on() -> None:
    assert _concerns(book(["++..", "+++.", "...."])) == [
        (Unanswered(2, 4),),
        (),
        (FarBelow(0, 50), Unanswered(4, 4)),
    ]


def test_two_held_ideas_are_a_reason() -> None:
    both = tuple(
        wrong(f"t/q{number}", idea) for number, idea in enumerate(("copies", "swaps", "copies", "swaps"), 1)
    )
    one = (wrong("t/q1", "copies"), wrong("t/q2", "copies"), wrong("t/q3", "swaps"))
    assert _concerns(book_of_marks([both, one], items(4))) == [(HoldsIdeas(("copies", "swaps")),), ()]


def test_wrong_where_all_are_right_and_right_where_few_are_is_looked_at_together() -> None:
    lines = ["++++---"] * 19 + ["--++++-"]
    flags = _concerns(book(lines))
    assert flags[-1] == (Uneven((1, 2), (5, 6)),)
    assert set(flags[:-1]) == {()}
    assert _concerns(book(["++++---"] * 19 + ["-++++++"]))[-1] == ()
