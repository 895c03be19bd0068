"""A practice brings back what went wrong, what is due and what is held, and goes on to what is new."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Sequence
from copy import copy
from itertools import pairwise
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tensordrill.bank.contents import contents_file
from tensordrill.bank.load import Bank
from tensordrill.bank.topic import Topic
from tensordrill.bank.variant import Variant, select
from tensordrill.drill.practice import Practice
from tensordrill.drill.progress import IdeaRecord, Progress
from tensordrill.drill.review import Review, iso
from tensordrill.drill.schedule import AGAIN, reviewed
from tensordrill.errors import BankError, Problem
from tensordrill.messages import message
from tests.drill.banks import bank, question, topic
from tests.reviews import review_of

NOON = 1_700_049_600
BAD = message("in-file", file="apple/bad", problem=message("draw-empty-range", low=5, high=2))


def test_a_practice_begins_with_the_seed_of_an_address_and_goes_on_with_others(tmp_path: Path) -> None:
    asked = Learner(bank(tmp_path, [1]), "apple/q0@7", seed=3).answer(*RIGHT * 3)
    assert asked[0].address == "apple/q0@7"
    assert len({variant.address for variant in asked}) == 3


Outcome = Literal["right", "wrong", "idea"]
OUTCOMES: st.SearchStrategy[list[Outcome]] = st.lists(
    st.sampled_from(("right", "wrong", "idea")), max_size=25
)
RIGHT: list[Outcome] = ["right"]


class Learner:
    """Somebody in practice, who begins knowing nothing; an answer takes a minute."""

    def __init__(self, bank: Bank, *names: str, level: int | None = None, seed: int = 0) -> None:
        self.bank = bank
        self.progress = Progress()
        self.time = NOON
        self.order = Practice(bank, select(bank, names), level, seed, self.progress, self.time)
        self.asked = 0
        self.past: list[Progress] = []
        self.problems: list[Problem] = []

    def next(self) -> Variant | None:
        return self.order.next(self.asked, self.problems.append)

    def answer(self, *outcomes: Outcome) -> list[Variant]:
        """Answer so many questions; `idea` is a wrong answer that shows the question's own idea."""
        variants = []
        for outcome in outcomes:
            variant = self.next()
            assert variant
            variants.append(variant)
            self.variant = variant
            self.asked += 1
            self.time += 60
            self._note(variant, outcome)
        return variants

    def _note(self, variant: Variant, outcome: Outcome) -> None:
        review = self._review(variant, outcome)
        self.past.append(self.progress.copy())
        self.order.answered(self.asked, variant.entry, review)
        self.progress.add(review)

    def take_back_and_answer(self, outcome: Outcome) -> None:
        """Take the last answer back and give another one to the same question."""
        self.order.taken_back()
        self.progress.become(self.past.pop())
        self._note(self.variant, outcome)

    def in_another_round(self, hours: float) -> Learner:
        """Return the same learner so many hours later."""
        later = copy(self)
        later.time = self.time + int(hours * 3600)
        later.asked = 0
        later.order = Practice(self.bank, select(self.bank, ()), None, 1, self.progress, later.time)
        return later

    def on_another_day(self) -> Learner:
        return self.in_another_round(24)

    def _review(self, variant: Variant, outcome: Outcome) -> Review:
        idea = variant.entry.question.misconceptions[0].name
        return review_of(
            variant.entry.id,
            variant.seed,
            level=variant.question.level,
            at=iso(self.time),
            outcome="correct" if outcome == "right" else "incorrect",
            idea=idea if outcome == "idea" else None,
            ideas=tuple(wrong.name for wrong in variant.wrong),
            seconds=30,
        )


def practice(folder: Path, ideas: Sequence[str], seed: int) -> Learner:
    """Return a learner of one topic with a question for each of these ideas."""
    topic(folder, "apple", *(question(f"q{index}", idea) for index, idea in enumerate(ideas)))
    return Learner(Bank(folder), seed=seed)


many_ideas = st.lists(st.sampled_from(("red", "green", "blue")), min_size=5, max_size=9)
seeds = st.integers(0, 10**6)


@given(ideas=many_ideas, outcomes=OUTCOMES, seed=seeds)
def test_what_went_wrong_returns_with_new_numbers(
    ideas: list[str], outcomes: list[Outcome], seed: int
) -> None:
    """It comes back with a new seed and other numbers, after three other questions or more, and soon."""
    with tempfile.TemporaryDirectory() as folder:
        asked = practice(Path(folder), ideas, seed).answer(*outcomes, *RIGHT * 3 * (len(outcomes) + 2))
    for number, (variant, outcome) in enumerate(zip(asked, outcomes, strict=False)):
        if outcome != "right":
            later = [v.entry.id for v in asked[number + 1 :]]
            assert variant.entry.id in later
            at = later.index(variant.entry.id)
            assert at >= 3
            again = asked[number + 1 + at]
            assert again.seed != variant.seed
            assert again.parameters != variant.parameters


@given(ideas=many_ideas, outcomes=OUTCOMES, seed=seeds)
def test_the_idea_returns_in_another_question(ideas: list[str], outcomes: list[Outcome], seed: int) -> None:
    """Where another question has the idea, one is asked on a draw on which the idea can show."""
    with tempfile.TemporaryDirectory() as folder:
        asked = practice(Path(folder), ideas, seed).answer(*outcomes, *RIGHT * 3 * (len(outcomes) + 4))
    for number, (variant, outcome) in enumerate(zip(asked, outcomes, strict=False)):
        idea = variant.entry.question.misconceptions[0].name
        if outcome == "idea" and ideas.count(idea) > 1:
            assert any(
                idea in [wrong.name for wrong in later.wrong] and later.entry.id != variant.entry.id
                for later in asked[number + 1 :]
            )


@given(ideas=many_ideas, before=st.integers(0, 12), seed=seeds)
def test_the_idea_alone_returns_within_nine_questions(ideas: list[str], before: int, seed: int) -> None:
    """Unless all other questions with the idea were asked today before its turn."""
    with tempfile.TemporaryDirectory() as folder:
        asked = practice(Path(folder), ideas, seed).answer(*RIGHT * before, "idea", *RIGHT * 9)
    wrong, later = asked[before].entry, asked[before + 1 :]
    idea = wrong.question.misconceptions[0].name
    others = [variant for variant in later if variant.entry != wrong]
    shown = any(idea in [misconception.name for misconception in v.wrong] for v in others)
    with_idea = {f"apple/q{index}" for index, name in enumerate(ideas) if name == idea} - {wrong.id}
    assert shown or with_idea <= {variant.entry.id for variant in asked[: before + 6]}


@given(size=st.integers(2, 9), outcomes=OUTCOMES, seed=seeds)
def test_no_question_comes_twice_in_a_row(size: int, outcomes: list[Outcome], seed: int) -> None:
    """Whatever is answered, the next question is another one, if there is another one."""
    with tempfile.TemporaryDirectory() as folder:
        asked = practice(Path(folder), ["same"] * size, seed).answer(*outcomes, *RIGHT * 20)
    assert all(one.entry.id != other.entry.id for one, other in pairwise(asked))


@given(size=st.integers(1, 9), seed=seeds)
def test_every_question_comes_once_before_any_comes_again(size: int, seed: int) -> None:
    """As long as all is right, a first lap has every question, and none is forgotten after it."""
    with tempfile.TemporaryDirectory() as folder:
        ids = [v.entry.id for v in practice(Path(folder), ["same"] * size, seed).answer(*RIGHT * size * 3)]
    assert len(set(ids[:size])) == size
    assert set(ids[size:]) == set(ids[:size])


@pytest.mark.parametrize("number", range(8))
def test_alone_it_returns_as_the_fourth_question_after(tmp_path: Path, number: int) -> None:
    outcomes: list[Outcome] = ["right"] * 14
    outcomes[number] = "wrong"
    asked = practice(tmp_path, ["same"] * 7, 1).answer(*outcomes)
    assert asked[number + 4].entry.id == asked[number].entry.id


@given(outcomes=OUTCOMES, seed=seeds)
def test_a_topic_of_one_question_goes_on(outcomes: list[Outcome], seed: int) -> None:
    """The only question is asked again and again, each time with a new seed and other numbers."""
    with tempfile.TemporaryDirectory() as folder:
        asked = practice(Path(folder), ["same"], seed).answer(*outcomes)
    assert len({variant.seed for variant in asked}) == len(outcomes)
    assert all(one.parameters != other.parameters for one, other in pairwise(asked))


@given(ideas=many_ideas, outcomes=OUTCOMES, seed=seeds, last=st.sampled_from(("wrong", "idea")))
def test_undo_forgets(ideas: list[str], outcomes: list[Outcome], seed: int, last: Outcome) -> None:
    """A wrong answer that is taken back and then right leaves no trace in what is asked."""
    with tempfile.TemporaryDirectory() as folder:
        right, undone = (practice(Path(folder), ideas, seed) for _ in range(2))
        right.answer(*outcomes, "right")
        undone.answer(*outcomes, last)
        undone.take_back_and_answer("right")
        one, other = (learner.answer(*RIGHT * 12) for learner in (right, undone))
    assert [variant.address for variant in one] == [variant.address for variant in other]


@given(ideas=many_ideas, outcomes=OUTCOMES, seed=seeds)
def test_what_is_left_out_is_asked_no_more(ideas: list[str], outcomes: list[Outcome], seed: int) -> None:
    """A question that turned out to be broken does not return, and neither does it for its idea."""
    with tempfile.TemporaryDirectory() as folder:
        learner = practice(Path(folder), ideas, seed)
        broken = learner.answer(*outcomes, "idea")[-1].entry
        learner.order.leave_out(broken)
        asked = learner.answer(*RIGHT * 20)
    assert broken.id not in {variant.entry.id for variant in asked}


def test_what_cannot_be_drawn_is_told_once(tmp_path: Path) -> None:
    topic(tmp_path, "apple", question("bad", draw="n: {int: [5, 2]}"), question("good"), question("better"))
    learner = Learner(Bank(tmp_path))
    assert {v.entry.id for v in learner.answer(*RIGHT * 10)} == {"apple/good", "apple/better"}
    assert learner.problems == [BAD]


def test_a_topic_of_broken_questions_ends(tmp_path: Path) -> None:
    topic(tmp_path, "apple", question("bad", draw="n: {int: [5, 2]}"))
    learner = Learner(Bank(tmp_path))
    assert learner.next() is None
    assert learner.problems == [BAD]


def test_nothing_to_ask_is_said(tmp_path: Path) -> None:
    with pytest.raises(BankError) as caught:
        Learner(bank(tmp_path, [2]), level=3)
    assert str(caught.value) == (
        "there is no question of level 3 to ask; `tensordrill topics` lists what there is"
    )


def test_practice_reads_a_topic_when_its_turn_comes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "contents.json").write_bytes(contents_file(bank(tmp_path, [4, 4, 4])))
    read: list[str] = []
    topic_of = Bank.topic

    def reading(bank: Bank, name: str) -> Topic:
        read.append(name)
        return topic_of(bank, name)

    monkeypatch.setattr(Bank, "topic", reading)
    first = Learner(Bank(tmp_path)).answer("right", "right")
    assert set(read) == {variant.entry.topic for variant in first}


def test_practice_keeps_to_a_level(tmp_path: Path) -> None:
    asked = Learner(bank(tmp_path, [6, 6]), level=2).answer(*RIGHT * 12)
    assert {variant.question.level for variant in asked} == {2}


# From one day to the next.


def test_levels_rise_with_three_right_answers_and_fall_with_two_wrong_ones(tmp_path: Path) -> None:
    learner = Learner(bank(tmp_path, [24]))
    asked = learner.answer(*RIGHT * 6, "wrong", "wrong", *RIGHT * 2)
    levels = [variant.question.level for variant in asked]
    assert levels == [1, 1, 1, 2, 2, 2, 3, 3, 2, 2]


def test_a_topic_that_builds_on_another_comes_after_it(tmp_path: Path) -> None:
    topic(tmp_path, "apple", *(question(f"q{number}") for number in range(8)), after="banana")
    topic(tmp_path, "banana", *(question(f"q{number}") for number in range(8)))
    topics = [variant.entry.topic for variant in Learner(Bank(tmp_path)).answer(*RIGHT * 6)]
    assert topics[:2] == ["banana", "banana"]
    assert set(topics[2:]) == {"apple", "banana"}


def test_the_next_day_mixes_what_is_due_with_what_is_new(tmp_path: Path) -> None:
    learner = Learner(bank(tmp_path, [24]))
    learner.answer(*RIGHT * 6)
    known = {name for _, name in learner.progress.cards}
    learner = learner.on_another_day()
    is_due = [variant.entry.id in known for variant in learner.answer(*RIGHT * 5)]
    assert is_due == [True, False, True, True, False]


def test_nothing_that_was_right_comes_again_on_its_day(tmp_path: Path) -> None:
    learner = Learner(bank(tmp_path, [24]))
    first = learner.answer(*RIGHT * 10)
    later = learner.in_another_round(hours=2).answer(*RIGHT * 10)
    assert not {v.entry.id for v in first} & {v.entry.id for v in later}


def test_a_held_idea_is_asked_in_other_questions_until_it_is_overcome(tmp_path: Path) -> None:
    topic(tmp_path, "apple", *(question(f"q{index}", "red") for index in range(8)))
    topic(tmp_path, "banana", *(question(f"q{index}") for index in range(30)))
    learner = Learner(Bank(tmp_path))
    learner.progress.ideas["red"] = IdeaRecord(met=2, questions=("apple/q0", "apple/q1"), held_at=NOON)
    learner.progress.cards["idea", "red"] = reviewed(None, AGAIN, NOON - 86400)
    for is_held in (True, False):
        assert learner.progress.ideas["red"].is_held
        shown = [v.entry.id for v in learner.answer(*RIGHT * 5) if "red" in [wrong.name for wrong in v.wrong]]
        assert len(shown) >= 1
        assert not set(shown) & {"apple/q0", "apple/q1"}
        assert learner.progress.ideas["red"].is_held is is_held
        learner = learner.on_another_day()


def test_an_idea_is_not_looked_for_in_a_topic_that_is_not_open(tmp_path: Path) -> None:
    topic(tmp_path, "apple", *(question(f"q{index}", "red") for index in range(4)), after="banana")
    topic(tmp_path, "banana", *(question(f"q{index}", "red") for index in range(20)))
    learner = Learner(Bank(tmp_path))
    learner.progress.ideas["red"] = IdeaRecord(met=1, questions=("banana/q0",), is_proven=True)
    shown = [v for v in learner.answer("wrong", "wrong", "wrong") if v.wrong]
    assert shown
    assert {variant.entry.topic for variant in shown} == {"banana"}


@given(outcomes=st.lists(st.sampled_from(("right", "wrong", "idea")), min_size=40, max_size=60), seed=seeds)
def test_nothing_comes_six_times_in_28(outcomes: list[Outcome], seed: int) -> None:
    """Whatever goes wrong, a question comes at most five times in any 28, where there are enough of them."""
    with tempfile.TemporaryDirectory() as folder:
        asked = practice(Path(folder), ["same"] * 70, seed).answer(*outcomes)
    ids = [variant.entry.id for variant in asked]
    for start in range(len(ids) - 27):
        assert max(Counter(ids[start : start + 28]).values()) <= 5
