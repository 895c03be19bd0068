"""Seeds: pinned for ever, different for everybody, and telling nothing of the secret."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import msgspec
import pytest

from tensordrill.course.assignment.seeds import EVERYBODY, SecretSeeds, StoredSeeds, StudentSeeds, load_seeds
from tensordrill.errors import CourseError

from .homework import SECRET

SEEDS = SecretSeeds(SECRET, "hw1")
PINNED = {
    ("2023001", "view/flatten-a-transpose"): (192047672837036, 142713579542286, "47d6f0f8935609b7"),
    ("김민지", "view/flatten-a-transpose"): (72235048224247, 113574059740478, "432429b87d9b8093"),
    ("", "view/flatten-a-transpose"): (174247743953333, 121664412754391, "296b4b4819b7914f"),
}


def test_seeds_stay_what_they_were() -> None:
    seeds = {
        key: (SEEDS.variant(*key), SEEDS.hidden(*key), SEEDS.mark(key[0]))
        for key in product(("2023001", "김민지", EVERYBODY), ("view/flatten-a-transpose",))
    }
    assert seeds == PINNED


def test_nobody_shares_a_seed() -> None:
    students = [EVERYBODY, *(str(number) for number in range(200))]
    asked = [f"view/q{number}" for number in range(10)]
    seeds = [
        seed
        for name in ("hw1", "hw2")
        for student, question in product(students, asked)
        for seed in (
            SecretSeeds(SECRET, name).variant(student, question),
            SecretSeeds(SECRET, name).hidden(student, question),
        )
    ]
    assert len(set(seeds)) == len(seeds)
    assert all(0 <= seed < 1 << 48 for seed in seeds)


def test_names_cannot_be_shifted_into_each_other() -> None:
    assert SEEDS.variant("ab", "c") != SEEDS.variant("a", "bc")
    assert SEEDS.variant('a", "b', "c") != SEEDS.variant("a", 'b", "c')


def test_marks_differ_and_are_no_seed_of_another() -> None:
    marks = {SEEDS.mark(str(number)) for number in range(1000)}
    assert len(marks) == 1000
    assert all(len(mark) == 16 for mark in marks)


def test_another_secret_gives_others() -> None:
    other = SecretSeeds(SECRET[::-1], "hw1")
    assert other.variant("1", "view/q") != SEEDS.variant("1", "view/q")
    assert other.mark("1") != SEEDS.mark("1")


def test_stored_seeds_are_used_where_the_secret_is_not(tmp_path: Path) -> None:
    stored = {"1": StudentSeeds("ab", {"view/q": 5}, {"view/q": 6})}
    (tmp_path / "seeds.json").write_bytes(msgspec.json.encode(stored))
    seeds = load_seeds(tmp_path, "hw1")
    assert (seeds.variant("1", "view/q"), seeds.hidden("1", "view/q"), seeds.mark("1")) == (5, 6, "ab")
    assert seeds.mark("2") == ""
    (tmp_path / "secret").write_text(SECRET.hex(), encoding="ascii")
    assert load_seeds(tmp_path, "hw1").mark("2") == SEEDS.mark("2")


@pytest.mark.parametrize(
    ("student", "question", "message"),
    [
        pytest.param(
            "2",
            "view/q",
            "there are no seeds for `2` here; pack the assignment again with the new roster",
            id="student",
        ),
        pytest.param(
            "1", "view/r", "there is no seed for `view/r` here; pack the assignment again", id="question"
        ),
    ],
)
def test_seeds_that_were_not_stored(student: str, question: str, message: str) -> None:
    seeds = StoredSeeds({"1": StudentSeeds("ab", {"view/q": 5}, {"view/q": 6})})
    for ask in (seeds.variant, seeds.hidden):
        with pytest.raises(CourseError) as caught:
            ask(student, question)
        assert str(caught.value) == message


def test_broken_stored_seeds(tmp_path: Path) -> None:
    (tmp_path / "seeds.json").write_bytes(b"{")
    with pytest.raises(
        CourseError, match=r"seeds\.json: the seeds cannot be read \(.*\); pack the assignment again$"
    ):
        load_seeds(tmp_path, "hw1")
