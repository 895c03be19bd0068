"""Rounds are balanced, begin easy and never ask twice; a review asks what is due."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tensordrill.bank.load import Bank
from tensordrill.bank.variant import Variant, select
from tensordrill.drill.order import DueOnly, QuestionOrder, Quiz
from tensordrill.drill.progress import IdeaRecord, Progress
from tensordrill.drill.review import DAY
from tensordrill.drill.schedule import GOOD, Card
from tensordrill.errors import BankError, FileProblems, Problem
from tensordrill.messages import message
from tests.drill.banks import NAMES, bank, no_problem, question, topic

NOW = 1_700_000_000


def asked_by(
    order: QuestionOrder, problem: Callable[[Problem], None] = no_problem, most: int = 1000
) -> list[Variant]:
    results: list[Variant] = []
    while len(results) < most and (variant := order.next(len(results), problem)):
        results.append(variant)
    return results


def quiz(bank: Bank, count: int, seed: int = 0, level: int | None = None) -> list[Variant]:
    return asked_by(Quiz(bank, select(bank, ()), count, level, seed))


SIZES = st.lists(st.integers(1, 7), min_size=1, max_size=len(NAMES))
rounds = given(sizes=SIZES, count=st.integers(1, 30), seed=st.integers(0, 10**6))


# A quiz.


@rounds
def test_a_quiz_asks_as_many_as_wanted_and_none_twice(sizes: list[int], count: int, seed: int) -> None:
    """A round has min(count, all) different questions, and says so in advance."""
    with tempfile.TemporaryDirectory() as folder:
        opened = bank(Path(folder), sizes)
        order = Quiz(opened, select(opened, ()), count, None, seed)
        ids = [variant.entry.id for variant in asked_by(order)]
    assert len(ids) == len(set(ids)) == min(count, sum(sizes)) == order.total


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
    entries = [quiz(opened, 12, seed) for seed in range(10)]
    assert len({tuple(variant.entry.id for variant in one) for one in entries}) == 10
    assert len({tuple(variant.parameters["n"] for variant in one) for one in entries}) == 10


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
    entries = quiz(bank(tmp_path, [6, 3, 1]), 20, level=level)
    assert {variant.question.level for variant in entries} == {level}
    assert len(entries) == {1: 4, 2: 3, 3: 3}[level]


def test_nothing_to_ask_is_said(tmp_path: Path) -> None:
    opened = bank(tmp_path, [2])
    with pytest.raises(BankError) as caught:
        Quiz(opened, select(opened, ()), 5, 3, 0)
    assert str(caught.value) == (
        "there is no question of level 3 to ask; `tensordrill topics` lists what there is"
    )


def test_a_question_that_cannot_be_drawn_is_passed_and_told(tmp_path: Path) -> None:
    topic(tmp_path, "apple", question("bad", draw="n: {int: [5, 2]}"), question("good"))
    messages: list[Problem] = []
    opened = Bank(tmp_path)
    entries = asked_by(Quiz(opened, select(opened, ()), 5, None, 0), messages.append)
    assert [variant.entry.id for variant in entries] == ["apple/good"]
    assert messages == [
        message("in-file", file="apple/bad", problem=message("draw-empty-range", low=5, high=2))
    ]


def test_a_seed_in_an_address_is_that_question_s(tmp_path: Path) -> None:
    opened = bank(tmp_path, [3])
    entries = asked_by(Quiz(opened, select(opened, ("apple/q0@7", "apple/q1")), 5, None, 3))
    assert sorted(variant.address for variant in entries) == ["apple/q0@7", "apple/q1@3"]


@rounds
def test_a_quiz_begins_easy(sizes: list[int], count: int, seed: int) -> None:
    """Of each topic, the questions come with rising levels where it has questions of the level that is wanted."""
    with tempfile.TemporaryDirectory() as folder:
        entries = quiz(bank(Path(folder), sizes), count, seed)
    assert entries[0].question.level == 1
    for number, variant in enumerate(entries):
        wanted = 1 + 3 * number // len(entries)
        before = {other.entry.id for other in entries[:number]}
        size = dict(zip(NAMES, sizes, strict=False))[variant.entry.topic]
        left = [index % 3 + 1 for index in range(size) if f"{variant.entry.topic}/q{index}" not in before]
        assert abs(variant.question.level - wanted) == min(abs(level - wanted) for level in left)


# What is due.


def card(days_ago: float, stability: float, due_in: float = -1) -> Card:
    """Return a card that was right; `due_in` days it is due."""
    return Card(2, None, stability, 5.0, int(NOW + due_in * DAY), int(NOW - days_ago * DAY), GOOD)


def due(folder: Path, progress: Progress, count: int | None = None) -> list[str]:
    topic(
        folder,
        "apple",
        question("a", "red"),
        question("b", "red"),
        question("c", "blue"),
        question("d", "blue"),
    )
    opened = Bank(folder)
    order = DueOnly(opened, select(opened, ()), count, None, 0, progress, NOW)
    variants = asked_by(order)
    assert order.total == len(variants)
    return [variant.entry.id.removeprefix("apple/") for variant in variants]


def of_cards(**cards: Card) -> Progress:
    progress = Progress()
    for name, known in cards.items():
        progress.cards["question", f"apple/{name}"] = known
    return progress


def test_the_most_forgotten_comes_first(tmp_path: Path) -> None:
    progress = of_cards(a=card(4, 4), b=card(9, 3), c=card(4, 2))
    assert due(tmp_path, progress) == ["b", "c", "a"]


def test_only_what_is_due_is_asked(tmp_path: Path) -> None:
    assert due(tmp_path, of_cards(a=card(1, 9, due_in=1), b=card(9, 9))) == ["b"]


def test_a_count_limits_a_review(tmp_path: Path) -> None:
    assert due(tmp_path, of_cards(a=card(4, 4), b=card(9, 3)), count=1) == ["b"]


def test_a_question_that_is_gone_is_passed(tmp_path: Path) -> None:
    assert due(tmp_path, of_cards(gone=card(9, 3), a=card(4, 4))) == ["a"]


@pytest.mark.parametrize("is_held", [True, False])
def test_a_held_idea_that_is_due_is_asked_where_it_can_show(tmp_path: Path, is_held: bool) -> None:
    progress = of_cards(a=card(1, 9, due_in=1))
    progress.cards["idea", "blue"] = card(9, 3)
    progress.ideas["blue"] = IdeaRecord(met=2, held_at=5, overcome_at=None if is_held else 7)
    progress.cards["question", "apple/d"] = card(1, 9, due_in=1)
    result = due(tmp_path, progress)
    assert len(result) == is_held
    assert set(result) <= {"c", "d"}


def test_a_due_question_serves_a_due_idea(tmp_path: Path) -> None:
    progress = of_cards(b=card(4, 4))
    progress.cards["idea", "red"] = card(9, 3)
    progress.ideas["red"] = IdeaRecord(met=2, held_at=5)
    assert due(tmp_path, progress) == ["b"]
