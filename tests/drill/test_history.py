"""A history is read as it was written, merged without doubles, and whatever is no history is refused line by line."""

from __future__ import annotations

import io
import json
import tempfile
from collections.abc import Iterable
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tensordrill.drill import history as history_module
from tensordrill.drill.history import LONGEST_ANSWER, History, ReviewKey, keys, merged, read, save, write
from tensordrill.drill.progress import Progress
from tensordrill.drill.review import Review, iso
from tensordrill.drill.store import Store
from tensordrill.errors import StoreError
from tests.drill.stored import tallies
from tests.reviews import review_of

START = 1_700_000_000
OFFSET = 9 * 3600
REVIEW = review_of(
    "view/a",
    7,
    level=2,
    at=iso(START),
    outcome="incorrect",
    idea="copies",
    ideas=("copies", "moves"),
    hints=1,
    unsure=True,
    seconds=4.25,
    versions={"tensordrill": "0.1.0", "torch": "2.6.0"},
)


def a_review(hour: int, seed: int, question: str, outcome: Any, idea: str, seconds: float) -> Review:
    return review_of(
        question,
        seed,
        at=iso(START + hour * 3600),
        outcome=outcome,
        idea=idea if outcome == "incorrect" else None,
        ideas=REVIEW.ideas,
        seconds=seconds,
    )


reviews = st.builds(
    a_review,
    st.integers(0, 60),
    st.integers(0, 3),
    st.sampled_from(["view/a", "view/b", "expand/c"]),
    st.sampled_from(["correct", "incorrect", "skipped"]),
    st.sampled_from(["copies", "moves"]),
    st.sampled_from([0.0, -0.0, 3.0, 40.125]),
)
"""Few enough that hours and whole reviews come twice; their times go back and forth."""


def text(history: History) -> bytes:
    file = io.BytesIO()
    write(history, file)
    return file.getvalue()


def of(content: bytes) -> History:
    return read("a.jsonl", io.BytesIO(content))


# Written and read.

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@given(
    st.lists(
        st.builds(
            Review,
            address=TEXT.map("@{}".format),
            question=TEXT.map("view/{}".format),
            topic=st.just("view"),
            bank=TEXT,
            task=TEXT,
            kind=TEXT,
            answer_type=TEXT,
            level=st.integers(0, 3),
            at=st.integers(0, history_module.END - 1).map(iso),
            answer=TEXT,
            outcome=st.sampled_from(["correct", "incorrect", "skipped"]),
            idea=st.none() | TEXT.map("i{}".format),
            ideas=st.lists(TEXT.map("i{}".format), max_size=3).map(tuple),
            hints=st.integers(0, 1000),
            unsure=st.booleans(),
            seconds=st.floats(0, 1e9),
            session=TEXT,
            versions=st.dictionaries(TEXT, TEXT, max_size=3),
        ),
        max_size=3,
    ),
    st.none() | st.integers(1, 3),
)
def test_what_is_written_is_what_is_read(reviews: list[Review], level: int | None) -> None:
    content = text(History(reviews, level))
    assert of(content) == History(reviews, level)
    assert content.count(b"\n") == len(reviews) + (level is not None)
    assert of(b"\xef\xbb\xbf" + content.replace(b"\n", b"\r\n\r\n")) == History(reviews, level)


def test_the_longest_answer_fits_a_line() -> None:
    longest = replace(REVIEW, answer="\x01" * LONGEST_ANSWER)
    assert of(text(History([longest]))).reviews == [longest]


def changed(**changes: object) -> str:
    return json.dumps({**msgspec.to_builtins(REVIEW), **changes})


def without(key: str) -> str:
    return json.dumps({name: value for name, value in msgspec.to_builtins(REVIEW).items() if name != key})


NO_OBJECT = "This is not an answer as `tensordrill history export` writes it, one JSON object a line."


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("my notes", NO_OBJECT),
        ("[]", NO_OBJECT),
        (changed()[:-1], NO_OBJECT),
        (changed() + changed(), NO_OBJECT),
        ('{"a": ' + "[" * 100_000, NO_OBJECT),
        ("x" * 8_000_001, "The line is too long for an answer."),
        (
            changed(mood="good"),
            'An answer has no key "mood". If a newer tensordrill wrote it, upgrade tensordrill.',
        ),
        (
            changed(**{"\x1b[2J": 1}),
            'An answer has no key "\\u001b[2J". If a newer tensordrill wrote it, upgrade tensordrill.',
        ),
        (without("answer"), "The key `answer` is missing."),
        (changed(answer=None), "`answer` cannot be null."),
        (changed(answer="x" * (LONGEST_ANSWER + 1)), f'`answer` cannot be "{"x" * 59}….'),
        (changed(answer="\ud800"), NO_OBJECT),
        (changed(outcome="right"), '`outcome` cannot be "right".'),
        (changed(hints=-1), "`hints` cannot be -1."),
        (changed(hints=10**30), f"`hints` cannot be {10**30}."),
        (changed(unsure=1), "`unsure` cannot be 1."),
        (changed(level=4), "`level` cannot be 4."),
        (changed(seconds=-0.5), "`seconds` cannot be -0.5."),
        (changed(seconds=1e12), "`seconds` cannot be 1000000000000.0."),
        (changed(topic="expand"), '`topic` cannot be "expand".'),
        (changed(question=""), '`question` cannot be "".'),
        (changed(ideas=[""]), '`ideas` cannot be [""].'),
        (changed(versions={"torch": 2}), '`versions` cannot be {"torch": 2}.'),
        (changed(at="2026-03-01T09:30:00"), '`at` cannot be "2026-03-01T09:30:00".'),
        (changed(at="yesterday"), '`at` cannot be "yesterday".'),
        (changed(at="1969-12-31T23:59:59+00:00"), '`at` cannot be "1969-12-31T23:59:59+00:00".'),
        (changed(at="2200-01-01T00:00:00+00:00"), '`at` cannot be "2200-01-01T00:00:00+00:00".'),
        (changed(at="9999-12-31T23:59:59-23:00"), '`at` cannot be "9999-12-31T23:59:59-23:00".'),
        ('{"starting_level": 4}', "`starting_level` cannot be 4."),
    ],
)
def test_a_line_that_is_none_is_named(line: str, problem: str) -> None:
    content = f"{changed()}\n{line}\n{changed()}\n".encode()
    with pytest.raises(StoreError) as error:
        of(content)
    assert str(error.value) == f"a.jsonl:2: {problem}\nNothing was imported."


def test_a_line_that_is_not_utf_8_is_named() -> None:
    with pytest.raises(StoreError) as error:
        of(changed().replace("(2, 3)", "é").encode("latin-1"))
    assert str(error.value) == 'a.jsonl:1: `answer` cannot be "\ufffd".\nNothing was imported.'


def test_the_first_problems_are_named_and_the_others_counted() -> None:
    with pytest.raises(StoreError) as error:
        of(b"x\n" * 23)
    assert [line.partition(": ")[0] for line in str(error.value).splitlines()] == [
        *(f"a.jsonl:{number}" for number in range(1, 21)),
        "a.jsonl",
        "Nothing was imported.",
    ]
    assert "a.jsonl: 3 more lines cannot be read." in str(error.value)


def test_a_time_with_an_offset_is_the_same_time() -> None:
    assert of(changed(at="2023-11-15T07:13:20+09:00").encode()).reviews == [REVIEW]


# A file.


def broken(reviews: Iterable[Review]) -> Iterable[Review]:
    yield from reviews
    raise StoreError("the disk is gone")


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    folder.mkdir()
    file = folder / "a.jsonl"
    with pytest.raises(StoreError):
        save(History(broken([REVIEW])), file)
    assert list(folder.iterdir()) == []
    assert save(History([REVIEW], 2), file) == 1
    with pytest.raises(StoreError):
        save(History(broken([])), file)
    assert [path.name for path in folder.iterdir()] == ["a.jsonl"]
    assert of(file.read_bytes()) == History([REVIEW], 2)


def test_a_link_stays_one(tmp_path: Path) -> None:
    file, link = tmp_path / "a.jsonl", tmp_path / "link"
    file.touch()
    link.symlink_to(file)
    save(History([REVIEW]), link)
    assert link.is_symlink()
    assert of(file.read_bytes()).reviews == [REVIEW]


# Merged.

histories = st.lists(reviews, max_size=8)


def all_keys(reviews: Iterable[Review]) -> list[ReviewKey]:
    return list(keys(reviews))


@given(histories, histories)
def test_a_merge_has_each_key_once_in_either_order(first: list[Review], second: list[Review]) -> None:
    one, two = all_keys(first), all_keys(second)
    order = merged(one, two)
    assert sorted(order) == sorted({*one, *two})
    assert merged(two, one) == order


@given(histories, histories, histories)
def test_histories_without_common_reviews_keep_their_orders(
    first: list[Review], second: list[Review], third: list[Review]
) -> None:
    """And it does not matter in which order three are merged: each key stands at its history's running maximum."""
    parts = [[replace(one, session=str(n)) for one in part] for n, part in enumerate((first, second, third))]
    one, two, three = map(all_keys, parts)
    order = merged(merged(one, two), three)
    assert merged(one, merged(two, three)) == order
    for part in (one, two, three):
        assert [key for key in order if key in part] == part


@given(histories, st.data())
def test_a_part_of_a_history_changes_nothing_in_it(reviews: list[Review], data: st.DataObject) -> None:
    whole = all_keys(reviews)
    part = [key for key in whole if data.draw(st.booleans())]
    assert merged(whole, part) == whole
    assert merged(part, whole) == whole


# In a store.


@contextmanager
def a_store() -> Any:
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder), OFFSET) as store:
        yield store


def content(store: Store) -> tuple[Progress, History]:
    """All that screens are made of; the derived tables must be what a fold over the reviews gives."""
    progress = store.progress()
    progress.tallies = tallies(store)
    folded = Progress(OFFSET, store.starting_level)
    for review in store.iterate():
        folded.add(review)
    assert progress == folded
    return progress, History(store.reviews(), store.history().starting_level)


def imported(*contents: bytes) -> tuple[Progress, History]:
    with a_store() as store:
        for one in contents:
            store.merge(of(one))
        return content(store)


@given(histories, st.sampled_from([None, "1", "3"]), st.data())
def test_a_history_moves_with_all_that_follows_from_it(
    reviews: list[Review], level: str | None, data: st.DataObject
) -> None:
    with a_store() as store:
        if level:
            store.set(level=level)
        for review in reviews:
            id = store.append(review)
            if data.draw(st.booleans()):
                store.undo(id)
        expected = content(store)
        exported = text(store.history())
        assert store.merge(of(exported)) == (0, store.count())
        assert content(store) == expected
    assert imported(exported) == expected
    assert imported(exported, exported) == expected
    lines = exported.splitlines(keepends=True)
    half = [data.draw(st.booleans()) for _ in lines]
    halves = [
        b"".join(line for line, is_first in zip(lines, half, strict=True) if is_first == n) for n in (0, 1)
    ]
    assert imported(*halves) == imported(*reversed(halves))
    with a_store() as store:
        store.merge(*map(of, halves))
        assert content(store) == imported(*halves)


@given(st.lists(reviews, max_size=10, unique_by=lambda review: review.time), st.data())
def test_where_no_clock_went_backwards_halves_make_the_whole(
    reviews: list[Review], data: st.DataObject
) -> None:
    reviews.sort(key=lambda review: review.time)
    first = [review for review in reviews if data.draw(st.booleans())]
    second = [review for review in reviews if review not in first]
    whole, *halves = map(text, map(History, (reviews, first, second)))
    assert imported(*reversed(halves)) == imported(whole) == imported(*halves, whole)
    assert imported(whole)[1].reviews == reviews


def test_what_was_undone_here_does_not_come_back() -> None:
    with a_store() as store:
        id = store.append(REVIEW)
        exported = text(store.history())
        store.undo(id)
        assert store.merge(of(exported)) == (0, 1)
        assert store.reviews() == []


def test_a_level_that_was_chosen_here_stays() -> None:
    with a_store() as store:
        store.set(level="2")
        store.merge(History([REVIEW], 3))
        assert store.starting_level == 2


def test_an_answer_taken_back_after_an_import_is_the_one_that_was_given() -> None:
    """The import puts reviews before those of a round that goes on; the ids that the round knows still hold."""
    mine = [replace(REVIEW, at=iso(START + 100 * n), answer=str(n)) for n in range(3)]
    earlier = [replace(REVIEW, at=iso(START + 100 * n + 50), answer=f"earlier {n}") for n in range(2)]
    with a_store() as store:
        ids = [store.append(review) for review in mine]
        with Store.open(store.path.parent, OFFSET) as other:
            other.merge(History(earlier))
        store.undo(ids[1])
        assert [review.answer for review in content(store)[1].reviews] == ["0", "earlier 0", "earlier 1", "2"]
        store.undo(ids[2])
        store.undo(ids[0])
        assert [review.answer for review in content(store)[1].reviews] == ["earlier 0", "earlier 1"]


# Started afresh.


def test_a_topic_starts_afresh_and_comes_back_from_the_backup(tmp_path: Path) -> None:
    backup = tmp_path / "backup.jsonl"
    kept = replace(REVIEW, topic="expand", question="expand/c", at=iso(START + 60))
    with a_store() as store:
        store.set(level="2")
        store.mark_topic_seen("view", REVIEW.at)
        store.mark_topic_seen("expand", REVIEW.at)
        ids = [store.append(review) for review in (REVIEW, kept, replace(REVIEW, at=iso(START + 120)))]
        before = content(store)
        assert store.remove("view", backup) == 2
        assert content(store)[1] == History([kept], 2)
        assert (store.topic_seen("view"), store.topic_seen("expand")) == (False, True)
        assert store.merge(of(backup.read_bytes())) == (2, 1)
        assert content(store) == before
        store.undo(ids[1])
        assert kept not in content(store)[1].reviews


def test_all_starts_afresh(tmp_path: Path) -> None:
    backup = tmp_path / "backup.jsonl"
    with a_store() as store:
        store.set(level="3")
        store.mark_topic_seen("view", REVIEW.at)
        id = store.append(REVIEW)
        before = content(store)
        assert store.remove(None, backup) == 1
        assert content(store) == (Progress(OFFSET), History([]))
        assert (store.setting("level"), store.topic_seen("view")) == (None, False)
        assert REVIEW.address.encode() not in store.path.read_bytes()
        other = store.append(replace(REVIEW, answer="new"))
        assert other == id
        store.undo(id)
        assert store.reviews() == []
        store.merge(of(backup.read_bytes()))
        assert content(store) == before


def test_an_answer_that_was_deleted_meanwhile_takes_no_other_one_back(tmp_path: Path) -> None:
    with a_store() as store:
        id = store.append(REVIEW)
        with Store.open(store.path.parent, OFFSET) as other:
            other.remove(None, tmp_path / "backup.jsonl")
            assert other.append(replace(REVIEW, answer="another")) == id
        store.undo(id)
        assert [review.answer for review in content(store)[1].reviews] == ["another"]


def test_nothing_is_deleted_without_a_backup(tmp_path: Path) -> None:
    with a_store() as store:
        store.append(REVIEW)
        with pytest.raises(StoreError, match="cannot be written: No such file or directory"):
            store.remove(None, tmp_path / "nowhere" / "backup.jsonl")
        assert content(store)[1].reviews == [REVIEW]
