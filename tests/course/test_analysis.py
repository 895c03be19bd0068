"""A class in numbers: worked by hand, against independent formulas, and as laws."""

from __future__ import annotations

import math
import statistics
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tensordrill.bank.schema import Idea
from tensordrill.course.assignment.assignment import Item
from tensordrill.course.gradebook import Override, QuestionResult
from tensordrill.course.results.analysis import Analysis, analyse
from tensordrill.kinds.answers import Aspect
from tests.course.classes import book, book_of_marks, items, wrong
from tests.course.gradebooks import gradebook

_STAIRS = ["+++", "++-", "+--", "---"]

_classes = st.integers(1, 5).flatmap(
    lambda questions: st.lists(st.text("+-?.", min_size=questions, max_size=questions), min_size=1)
)


def test_the_stairs_worked_by_hand() -> None:
    result = analyse(book(_STAIRS))
    assert (result.graded, result.absent, result.max_points) == (4, 0, 3.0)
    assert [item.facility for item in result.questions] == [0.75, 0.5, 0.25]
    first, second, third = (item.discrimination for item in result.questions)
    assert first == pytest.approx(math.sqrt(3 / 11))
    assert second == pytest.approx(math.sqrt(1 / 2))
    assert third == first
    assert result.alpha == pytest.approx(0.75)
    scores = result.distribution
    assert scores is not None
    assert scores.mean == 50
    assert scores.deviation == pytest.approx(100 * math.sqrt(1.25) / 3)
    assert (scores.low, scores.lower, scores.median, scores.upper, scores.high) == pytest.approx(
        (0, 25, 50, 75, 100)
    )
    assert scores.bins == (1, 0, 0, 1, 0, 0, 1, 0, 0, 1)
    assert result.error_of_measurement == pytest.approx(scores.deviation / 2)


@pytest.mark.parametrize(
    ("rights", "word"), [(20, "easy"), (17, "easy"), (16, "medium"), (9, "medium"), (8, "hard"), (0, "hard")]
)
def test_difficulty_in_a_word(rights: int, word: str) -> None:
    (item,) = analyse(book(["+"] * rights + ["-"] * (20 - rights))).questions
    assert item.difficulty == word


def test_facility_counts_the_points_of_parts() -> None:
    questions = (Item(id="t/q1", points={"shape": 1.0, "values": 3.0}), Item(id="t/q2", points=2))
    half = QuestionResult("t/q1", "incorrect", 1, earned=("shape",))
    rows = [
        (half, QuestionResult("t/q2", "correct", 1)),
        (QuestionResult("t/q1", "correct", 1), wrong("t/q2")),
    ]
    result = analyse(book_of_marks(rows, questions))
    assert [item.facility for item in result.questions] == [(1 + 4) / 8, 0.5]
    assert [item.discrimination for item in result.questions] == [-1, -1]
    assert [item.separation for item in result.questions] == ["backwards", "backwards"]
    assert result.error_of_measurement is None


def test_shares_are_of_those_who_handed_in() -> None:
    result = analyse(book(["+-", "?.", "-+", "..", "", ""]))
    assert (result.graded, result.absent) == (4, 2)
    (first, _) = result.questions
    shares = [first.share(outcome) for outcome in ("correct", "incorrect", "unreadable", "unanswered")]
    assert shares == [0.25, 0.25, 0.25, 0.25]


@pytest.mark.parametrize(
    ("lines", "questions", "why"),
    [
        (["", ""], items(2), "nobody"),
        (["++", "--"], (Item(id="t/q1", points=0), Item(id="t/q2")), "no-points"),
        (["+", "-"], items(1), "one-question"),
        (["++", "+-"], items(2), "same-points"),
        (["++", "-+"], items(2), "same-rest"),
    ],
)
def test_a_correlation_that_does_not_exist_says_why(
    lines: list[str], questions: tuple[Item, ...], why: str
) -> None:
    first = analyse(book(lines, questions)).questions[0]
    assert first.discrimination is None
    assert first.separation is None
    assert first.undefined == why


@pytest.mark.parametrize(
    ("lines", "why"),
    [(["", ""], "nobody"), (["+", "-"], "one-question"), (["+-", "-+"], "same-points")],
)
def test_a_reliability_that_does_not_exist_says_why(lines: list[str], why: str) -> None:
    result = analyse(book(lines, items(max(map(len, lines)) or 2)))
    assert (result.alpha, result.alpha_undefined) == (None, why)
    assert result.error_of_measurement is None


def test_where_nobody_handed_in_there_are_no_scores() -> None:
    result = analyse(book(["", ""], items(2)))
    assert (result.graded, result.absent, result.distribution) == (0, 2, None)
    assert [item.facility for item in result.questions] == [None, None]
    assert [item.share("correct") for item in result.questions] == [0, 0]


def test_where_all_is_void_there_are_no_scores() -> None:
    result = analyse(book(["++", "--"], tuple(Item(id=f"t/q{n}", void=True) for n in (1, 2))))
    assert (result.questions, result.distribution, result.alpha) == ((), None, None)


def test_one_student_is_a_class() -> None:
    scores = analyse(book(["+-"])).distribution
    assert scores is not None
    assert (scores.low, scores.lower, scores.median, scores.upper, scores.high) == (50, 50, 50, 50, 50)
    assert scores.deviation == 0


def test_void_questions_change_nothing_and_keep_their_numbers() -> None:
    plain = analyse(book(_STAIRS))
    with_void = (*items(1), Item(id="t/void", void=True), Item(id="t/q2"), Item(id="t/q3"))
    voided = analyse(book(["++++", "+-+-", "++--", "-+--"], with_void))
    assert [item.number for item in voided.questions] == [1, 3, 4]
    assert (voided.distribution, voided.alpha) == (plain.distribution, plain.alpha)
    assert [item.discrimination for item in voided.questions] == [
        item.discrimination for item in plain.questions
    ]


def test_points_that_a_person_set_count_and_its_mistake_does_not() -> None:
    rows = [(wrong("t/q1", "copies"), wrong("t/q2")), (wrong("t/q1", "copies"), wrong("t/q2"))]
    accepted = Override("s1", "t/q1", 1.0, "right on paper")
    result = analyse(book_of_marks(rows, items(2), (accepted,)))
    assert result.questions[0].facility == 0.5
    assert result.questions[0].ideas == (("copies", 1),)
    assert [(idea.name, idea.given) for idea in result.ideas] == [("copies", 1)]


def test_the_commonest_mistakes_are_named_and_unnamed() -> None:
    signs = ["copies", "copies", "swaps", "drops", "adds", None, None, None]
    facets: list[Aspect] = ["values", "values", "values", "values", "values", "values", "dtype", "dtype"]
    rows = [(wrong("t/q1", idea, facet),) for idea, facet in zip(signs, facets, strict=True)]
    (first,) = analyse(book_of_marks(rows, items(1))).questions
    assert first.ideas == (("copies", 2), ("adds", 1), ("drops", 1))
    assert first.facets == (("dtype", 2), ("values", 1))


def test_ideas_rank_by_who_gave_them_and_carry_title_and_rule() -> None:
    known = {
        "copies": Idea(title="view copies", rule="view never copies"),
        "swaps": Idea(title="view swaps", rule=""),
    }
    both = (wrong("t/q1", "copies"), wrong("t/q2", "copies"))
    once = (replace(wrong("t/q1", "swaps"), because="The dims stay."), wrong("t/q2", "drops"))
    class_ = replace(
        book_of_marks([both, once, once, once], items(2), ideas=known), idea_questions={"swaps": ("t/q1",)}
    )
    ideas = analyse(class_).ideas
    assert [(idea.name, idea.given, idea.held, idea.can_be_held) for idea in ideas] == [
        ("drops", 3, 0, False),
        ("swaps", 3, 0, False),
        ("copies", 1, 1, True),
    ]
    assert [(idea.title, idea.rule) for idea in ideas] == [
        ("a wrong idea that the bank has no title for", ""),
        ("view swaps", "The dims stay."),
        ("view copies", "view never copies"),
    ]
    assert ideas[2].questions == ((1, 1), (2, 1))
    assert [student.id for student in ideas[1].students] == ["s2", "s3", "s4"]


def test_only_the_first_students_behind_an_idea_are_named() -> None:
    ideas = analyse(book_of_marks([(wrong("t/q1", "copies"),)] * 30, items(1))).ideas
    assert (ideas[0].given, len(ideas[0].students)) == (30, 12)


def _answer(answer: str, raised: str | None = None) -> tuple[QuestionResult]:
    error = None if raised is None else (raised, "words that differ")
    return (replace(wrong("t/q1"), answer=answer, error=error),)


@pytest.mark.parametrize(
    ("answers", "groups"),
    [
        pytest.param(
            [_answer("x.t()"), _answer("x.t( )"), _answer("x.t()")],
            [("", "x.t()", ["s1", "s3"])],
            id="same-text",
        ),
        pytest.param(
            [_answer("def f(x):\n    return x"), _answer("def f(x):\n\n    return x")],
            [("", "def f(x): return x", ["s1", "s2"])],
            id="spaces",
        ),
        pytest.param(
            [_answer("x.a", "RuntimeError"), _answer("x.b", "RuntimeError"), _answer("x.b", "TypeError")],
            [("RuntimeError", "", ["s1", "s2"])],
            id="same-exception",
        ),
        pytest.param([_answer("a"), _answer("b")], [], id="all-different"),
        pytest.param([(wrong("t/q1", "copies"),)] * 3, [], id="explained-by-an-idea"),
    ],
)
def test_wrong_answers_that_no_idea_explains_are_grouped(
    answers: list[tuple[QuestionResult]], groups: list[tuple[str, str, list[str]]]
) -> None:
    (item,) = analyse(book_of_marks(answers, items(1))).questions
    assert [
        (group.raised, group.text, [student.id for student in group.students]) for group in item.unexplained
    ] == groups


@given(_classes)
def test_numbers_stay_where_they_can_be(lines: list[str]) -> None:
    result = analyse(book(lines))
    for item in result.questions:
        assert item.facility is not None
        assert 0 <= item.facility <= 1
        assert sum(item.outcomes.values()) == result.graded
        assert (item.discrimination is None) == (item.undefined is not None)
        assert item.discrimination is None or -1 <= item.discrimination <= 1
    assert (result.alpha is None) == (result.alpha_undefined is not None)
    assert result.alpha is None or result.alpha <= 1
    scores = result.distribution
    assert scores is not None
    assert 0 <= scores.low <= scores.lower <= scores.median <= scores.upper <= scores.high <= 100
    assert sum(scores.bins) == result.graded == len(lines)


@given(_classes, st.randoms(use_true_random=False))
def test_the_order_of_students_does_not_matter(lines: list[str], random: object) -> None:
    shuffled = list(lines)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis gives a random.Random
    assert _nameless(analyse(book(shuffled))) == _nameless(analyse(book(lines)))


def _nameless(analysis: Analysis) -> Analysis:
    """Return an analysis without the students, who have other answers in another order."""
    questions = tuple(
        replace(item, unexplained=tuple(replace(group, students=()) for group in item.unexplained))
        for item in analysis.questions
    )
    return replace(analysis, questions=questions)


@given(_classes)
def test_a_class_twice_is_as_hard(lines: list[str]) -> None:
    once, twice = analyse(book(lines)), analyse(book(lines * 2))
    assert _shape(once) == pytest.approx(_shape(twice))
    assert once.distribution is not None
    assert twice.distribution is not None
    assert twice.distribution.bins == tuple(2 * count for count in once.distribution.bins)


def _shape(statistics: Analysis) -> list[float | None]:
    scores = statistics.distribution
    assert scores is not None
    items = [number for item in statistics.questions for number in (item.facility, item.discrimination)]
    return [*items, statistics.alpha, scores.mean, scores.deviation, scores.low, scores.high]


@given(_classes)
def test_discrimination_is_the_point_biserial_of_the_textbooks(lines: list[str]) -> None:
    for index, item in enumerate(analyse(book(lines)).questions):
        rest = [line.count("+") - (line[index] == "+") for line in lines]
        right = [number for line, number in zip(lines, rest, strict=True) if line[index] == "+"]
        others = [number for line, number in zip(lines, rest, strict=True) if line[index] != "+"]
        spread = statistics.pstdev(rest)
        if item.discrimination is None:
            assert not right or not others or spread == 0
            continue
        share = len(right) / len(lines)
        gap = statistics.fmean(right) - statistics.fmean(others)
        assert item.discrimination == pytest.approx(gap / spread * math.sqrt(share * (1 - share)), abs=1e-9)


@given(_classes)
def test_scores_are_what_statistics_says(lines: list[str]) -> None:
    scores = analyse(book(lines)).distribution
    percents = [100 * line.count("+") / len(line) for line in lines]
    assert scores is not None
    assert scores.mean == pytest.approx(statistics.fmean(percents))
    assert scores.median == pytest.approx(statistics.median(percents))
    assert scores.deviation == pytest.approx(statistics.pstdev(percents), abs=1e-6)


def test_memory_does_not_grow_with_the_class() -> None:
    def peak(students: int) -> int:
        tracemalloc.start()
        try:
            analyse(gradebook(students, hostile=False))
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    # The records of 4,000 students would be several megabytes.
    assert peak(4000) < peak(1000) + 500_000
