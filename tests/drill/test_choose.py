"""Rounds are balanced and never ask twice; practice brings back what went wrong, and only that."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tensordrill.bank.load import Bank
from tensordrill.bank.variant import Variant, select
from tensordrill.drill.choose import Practice, Quiz
from tensordrill.errors import BankError, FileProblems, Problem
from tensordrill.text import message

NAMES = ("apple", "banana", "cherry", "damson", "elder", "fig")


def question(name: str, idea: str = "own", level: int = 1, draw: str = "n: {int: [2, 5]}") -> str:
    """Give a question in which an idea shows on the draws where n is even."""
    return f"""\
  - id: {name}
    level: {level}
    draw:
      {draw}
    given: x = torch.ones({{{{ n }}}})
    ask: x.shape
    misconceptions:
      - id: {idea}
        when: n % 2 == 0
        answer: "9"
"""


def topic(folder: Path, name: str, *questions: str) -> None:
    text = f"format: 1\ntopic: {name}\ntitle: {name}\nquestions:\n{''.join(questions)}"
    (folder / f"{name}.yaml").write_text(text, encoding="utf-8")


def bank(folder: Path, sizes: Sequence[int]) -> Bank:
    """Give a bank with so many questions in its topics; levels go 1 2 3 1 2 3 …"""
    for name, size in zip(NAMES, sizes, strict=False):
        topic(folder, name, *(question(f"q{index}", level=index % 3 + 1) for index in range(size)))
    return Bank(folder)


def no_problem(problem: Problem) -> None:
    raise AssertionError(problem)


def asked_by(
    order: Quiz | Practice, problem: Callable[[Problem], None] = no_problem, most: int = 1000
) -> list[Variant]:
    found: list[Variant] = []
    while len(found) < most and (variant := order.next(len(found), problem)):
        found.append(variant)
    return found


def quiz(bank: Bank, count: int, seed: int = 0, level: int | None = None) -> list[Variant]:
    return asked_by(Quiz(bank, select(bank, ()), count, level, seed))


SIZES = st.lists(st.integers(1, 7), min_size=1, max_size=len(NAMES))
rounds = given(sizes=SIZES, count=st.integers(1, 30), seed=st.integers(0, 10**6))
few = settings(max_examples=40)


# A quiz.


@few
@rounds
def test_a_quiz_asks_as_many_as_wanted_and_none_twice(sizes: list[int], count: int, seed: int) -> None:
    """A round has min(count, all) different questions, and says so in advance."""
    with tempfile.TemporaryDirectory() as folder:
        opened = bank(Path(folder), sizes)
        order = Quiz(opened, select(opened, ()), count, None, seed)
        ids = [variant.entry.id for variant in asked_by(order)]
    assert len(ids) == len(set(ids)) == min(count, sum(sizes)) == order.of


@few
@rounds
def test_a_quiz_is_balanced_and_interleaved(sizes: list[int], count: int, seed: int) -> None:
    """At any time, topics with questions left differ by one at most, and none comes twice in a row."""
    with tempfile.TemporaryDirectory() as folder:
        topics = [variant.entry.topic for variant in quiz(bank(Path(folder), sizes), count, seed)]
    left = dict(zip(NAMES, sizes, strict=False))
    counts = Counter(dict.fromkeys(left, 0))
    for before, name in zip([None, *topics], topics, strict=False):
        assert name != before or all(left[other] == 0 for other in left if other != name)
        left[name] -= 1
        counts[name] += 1
        assert all(counts[open_] >= max(counts.values()) - 1 for open_ in left if left[open_])


@few
@rounds
def test_a_seed_fixes_a_round(sizes: list[int], count: int, seed: int) -> None:
    """The same seed gives the same addresses, also from a bank that was opened anew."""
    with tempfile.TemporaryDirectory() as folder:
        one, other = (
            [variant.address for variant in quiz(bank(Path(folder), sizes), count, seed)] for _ in range(2)
        )
    assert one == other


def test_seeds_give_different_rounds_and_numbers(tmp_path: Path) -> None:
    opened = bank(tmp_path, [4, 4, 4])
    found = [quiz(opened, 12, seed) for seed in range(10)]
    assert len({tuple(variant.entry.id for variant in one) for one in found}) == 10
    assert len({tuple(variant.parameters["n"] for variant in one) for one in found}) == 10


@few
@given(sizes=SIZES, count=st.integers(1, 8), seed=st.integers(0, 10**6), level=st.sampled_from([None, 1]))
def test_a_quiz_reads_the_files_of_its_own_topics_only(
    sizes: list[int], count: int, seed: int, level: int | None
) -> None:
    """With every other topic's file broken, a round is the same."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        before = [variant.address for variant in quiz(bank(folder, sizes), count, seed, level)]
        read = {address.partition("/")[0] for address in before}
        for path in folder.iterdir():
            if path.stem not in read:
                path.write_text("{", encoding="utf-8")
        assert [variant.address for variant in quiz(Bank(folder), count, seed, level)] == before


def test_a_broken_file_is_told_when_its_turn_comes(tmp_path: Path) -> None:
    bank(tmp_path, [3, 3])
    (tmp_path / "banana.yaml").write_text("{", encoding="utf-8")
    with pytest.raises(FileProblems, match=r"banana\.yaml"):
        quiz(Bank(tmp_path), 6)


@pytest.mark.parametrize("level", [1, 2, 3])
def test_a_level_is_kept_to(tmp_path: Path, level: int) -> None:
    found = quiz(bank(tmp_path, [6, 3, 1]), 20, level=level)
    assert {variant.question.level for variant in found} == {level}
    assert len(found) == {1: 4, 2: 3, 3: 3}[level]


@pytest.mark.parametrize("order", [Quiz, Practice])
def test_nothing_to_ask_is_said(tmp_path: Path, order: type[Quiz] | type[Practice]) -> None:
    opened = bank(tmp_path, [2])
    with pytest.raises(BankError) as caught:
        _ = (
            Quiz(opened, select(opened, ()), 5, 3, 0)
            if order is Quiz
            else Practice(opened, select(opened, ()), 3, 0)
        )
    assert str(caught.value) == (
        "there is no question of level 3 to ask; `tensordrill topics` lists what there is"
    )


def test_a_question_that_cannot_be_drawn_is_passed_and_told(tmp_path: Path) -> None:
    topic(tmp_path, "apple", question("bad", draw="n: {int: [5, 2]}"), question("good"))
    told: list[Problem] = []
    opened = Bank(tmp_path)
    found = asked_by(Quiz(opened, select(opened, ()), 5, None, 0), told.append)
    assert [variant.entry.id for variant in found] == ["apple/good"]
    assert told == [message("in-file", file="apple/bad", problem=message("draw-empty-range", low=5, high=2))]


def test_a_seed_in_an_address_is_that_question_s(tmp_path: Path) -> None:
    opened = bank(tmp_path, [3])
    found = asked_by(Quiz(opened, select(opened, ("apple/q0@7", "apple/q1")), 5, None, 3))
    assert sorted(variant.address for variant in found) == ["apple/q0@7", "apple/q1@3"]


# Practice.


def test_a_practice_begins_with_the_seed_of_an_address_and_goes_on_with_others(tmp_path: Path) -> None:
    opened = bank(tmp_path, [1])
    found = asked_by(Practice(opened, select(opened, ("apple/q0@7",)), None, 3), most=3)
    assert found[0].address == "apple/q0@7"
    assert len({variant.address for variant in found}) == 3


Outcome = Literal["right", "wrong", "idea"]
OUTCOMES: st.SearchStrategy[list[Outcome]] = st.lists(
    st.sampled_from(("right", "wrong", "idea")), max_size=25
)
RIGHT: list[Outcome] = ["right"]


def practised(order: Practice, outcomes: Sequence[Outcome], start: int = 0) -> list[Variant]:
    """Answer so many questions; `idea` is a wrong answer that shows the question's own idea."""
    found = []
    for number, outcome in enumerate(outcomes, start):
        variant = order.next(number, no_problem)
        assert variant
        found.append(variant)
        if outcome != "right":
            idea = variant.entry.question.misconceptions[0].name if outcome == "idea" else None
            order.wrong(number + 1, variant.entry, idea)
    return found


def practice(folder: Path, ideas: Sequence[str], seed: int) -> Practice:
    """Give a practice of one topic with a question for each of these ideas."""
    topic(folder, "apple", *(question(f"q{index}", idea) for index, idea in enumerate(ideas)))
    opened = Bank(folder)
    return Practice(opened, select(opened, ()), None, seed)


many_ideas = st.lists(st.sampled_from(("red", "green", "blue")), min_size=5, max_size=9)
seeds = st.integers(0, 10**6)


@settings(max_examples=150)
@given(ideas=many_ideas, outcomes=OUTCOMES, seed=seeds)
def test_what_went_wrong_returns_with_new_numbers(
    ideas: list[str], outcomes: list[Outcome], seed: int
) -> None:
    """It comes back with a new seed and other numbers, after three other questions or more, and soon."""
    with tempfile.TemporaryDirectory() as folder:
        found = practised(practice(Path(folder), ideas, seed), outcomes + RIGHT * 3 * (len(outcomes) + 2))
    for number, (variant, outcome) in enumerate(zip(found, outcomes, strict=False)):
        if outcome != "right":
            later = [v.entry.id for v in found[number + 1 :]]
            assert variant.entry.id in later
            at = later.index(variant.entry.id)
            assert at >= 3
            again = found[number + 1 + at]
            assert again.seed != variant.seed
            assert again.parameters != variant.parameters


@settings(max_examples=150)
@given(ideas=many_ideas, outcomes=OUTCOMES, seed=seeds)
def test_the_idea_returns_in_another_question(ideas: list[str], outcomes: list[Outcome], seed: int) -> None:
    """Where another question has the idea, one is asked on a draw on which the idea can show."""
    with tempfile.TemporaryDirectory() as folder:
        found = practised(practice(Path(folder), ideas, seed), outcomes + RIGHT * 3 * (len(outcomes) + 4))
    for number, (variant, outcome) in enumerate(zip(found, outcomes, strict=False)):
        idea = variant.entry.question.misconceptions[0].name
        if outcome == "idea" and ideas.count(idea) > 1:
            assert any(
                idea in [wrong.name for wrong in later.wrong] and later.entry.id != variant.entry.id
                for later in found[number + 1 :]
            )


@settings(max_examples=150)
@given(ideas=many_ideas, before=st.integers(0, 12), seed=seeds)
def test_the_idea_alone_returns_within_nine_questions(ideas: list[str], before: int, seed: int) -> None:
    """Also where the only other question with the idea was asked just before its turn."""
    with tempfile.TemporaryDirectory() as folder:
        found = practised(practice(Path(folder), ideas, seed), [*RIGHT * before, "idea", *RIGHT * 9])
    wrong, later = found[before].entry, found[before + 1 :]
    idea = wrong.question.misconceptions[0].name
    others = [variant for variant in later if variant.entry != wrong]
    shown = any(idea in [misconception.name for misconception in v.wrong] for v in others)
    assert shown or ideas.count(idea) == 1


@settings(max_examples=150)
@given(size=st.integers(2, 9), outcomes=OUTCOMES, seed=seeds)
def test_no_question_comes_twice_in_a_row(size: int, outcomes: list[Outcome], seed: int) -> None:
    """Whatever is answered, the next question is another one, if there is another one."""
    with tempfile.TemporaryDirectory() as folder:
        found = practised(practice(Path(folder), ["same"] * size, seed), outcomes + RIGHT * 20)
    assert all(one.entry.id != other.entry.id for one, other in pairwise(found))


@few
@given(size=st.integers(1, 9), seed=seeds)
def test_every_question_comes_once_before_any_comes_again(size: int, seed: int) -> None:
    """As long as all is right, a first lap has every question, and none is forgotten after it."""
    with tempfile.TemporaryDirectory() as folder:
        ids = [v.entry.id for v in practised(practice(Path(folder), ["same"] * size, seed), RIGHT * size * 3)]
    assert len(set(ids[:size])) == size
    assert set(ids[size:]) == set(ids[:size])


@pytest.mark.parametrize("number", range(8))
def test_alone_it_returns_as_the_fourth_question_after(tmp_path: Path, number: int) -> None:
    outcomes: list[Outcome] = ["right"] * 14
    outcomes[number] = "wrong"
    found = practised(practice(tmp_path, ["same"] * 7, 1), outcomes)
    assert found[number + 4].entry.id == found[number].entry.id


@given(outcomes=OUTCOMES, seed=seeds)
@few
def test_a_topic_of_one_question_goes_on(outcomes: list[Outcome], seed: int) -> None:
    """The only question is asked again and again, each time with a new seed and other numbers."""
    with tempfile.TemporaryDirectory() as folder:
        found = practised(practice(Path(folder), ["same"], seed), outcomes)
    assert len({variant.seed for variant in found}) == len(outcomes)
    assert all(one.parameters != other.parameters for one, other in pairwise(found))


@given(ideas=many_ideas, outcomes=OUTCOMES, seed=seeds, last=st.sampled_from(("wrong", "idea")))
@few
def test_undo_forgets(ideas: list[str], outcomes: list[Outcome], seed: int, last: Outcome) -> None:
    """A wrong answer that is taken back and then right leaves no trace in what is asked."""
    with tempfile.TemporaryDirectory() as folder:
        right, undone = (practice(Path(folder), ideas, seed) for _ in range(2))
        practised(right, [*outcomes, "right"])
        found = practised(undone, [*outcomes, last])
        undone.undone(found[-1].entry)
        after = len(outcomes) + 1
        one, other = (practised(order, RIGHT * 12, after) for order in (right, undone))
    assert [variant.address for variant in one] == [variant.address for variant in other]


@given(ideas=many_ideas, outcomes=OUTCOMES, seed=seeds)
@few
def test_what_is_left_out_is_asked_no_more(ideas: list[str], outcomes: list[Outcome], seed: int) -> None:
    """A question that turned out to be broken does not return, and neither does it for its idea."""
    with tempfile.TemporaryDirectory() as folder:
        order = practice(Path(folder), ideas, seed)
        broken = practised(order, [*outcomes, "idea"])[-1].entry
        order.leave_out(broken)
        found = practised(order, RIGHT * 20, len(outcomes) + 1)
    assert broken.id not in {variant.entry.id for variant in found}


def test_what_cannot_be_drawn_is_told_once(tmp_path: Path) -> None:
    topic(tmp_path, "apple", question("bad", draw="n: {int: [5, 2]}"), question("good"), question("better"))
    told: list[Problem] = []
    opened = Bank(tmp_path)
    found = asked_by(Practice(opened, select(opened, ()), None, 0), told.append, most=10)
    assert {variant.entry.id for variant in found} == {"apple/good", "apple/better"}
    assert told == [message("in-file", file="apple/bad", problem=message("draw-empty-range", low=5, high=2))]


def test_a_topic_of_broken_questions_ends(tmp_path: Path) -> None:
    topic(tmp_path, "apple", question("bad", draw="n: {int: [5, 2]}"))
    told: list[Problem] = []
    opened = Bank(tmp_path)
    assert asked_by(Practice(opened, select(opened, ()), None, 0), told.append) == []
    assert told == [message("in-file", file="apple/bad", problem=message("draw-empty-range", low=5, high=2))]


def test_practice_reads_a_topic_when_its_turn_comes(tmp_path: Path) -> None:
    opened = bank(tmp_path, [4, 4, 4])
    first = [v.entry.topic for v in practised(Practice(opened, select(opened, ()), None, 0), RIGHT * 2)]
    for path in tmp_path.glob("*.yaml"):
        if path.stem not in first:
            path.write_text("{", encoding="utf-8")
    opened = Bank(tmp_path)
    order = Practice(opened, select(opened, ()), None, 0)
    assert [variant.entry.topic for variant in practised(order, RIGHT * 2)] == first
    with pytest.raises(FileProblems):
        order.next(2, no_problem)


def test_practice_keeps_to_a_level(tmp_path: Path) -> None:
    opened = bank(tmp_path, [6, 6])
    found = practised(Practice(opened, select(opened, ()), 2, 0), RIGHT * 12)
    assert {variant.question.level for variant in found} == {2}
