"""The journal of a grading run: what was written whole is read again, and what a kill cut off is not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
import pytest

from tensordrill.course.assignment.roster import Student
from tensordrill.course.gradebook import QuestionResult, SubmissionResult
from tensordrill.course.grading.journal import JOURNAL_FILE, Journal


def _record(student: str, answer: str = "(2, 3)") -> SubmissionResult:
    return SubmissionResult(
        Student(student, "김서연"),
        f"{student}.py",
        "5e",
        (QuestionResult("t/q", "correct", 1, None, answer),),
    )


ADA, BEN, EVA = (_record(name) for name in ("ada", "ben", "eva"))


@contextmanager
def _opened(folder: Path) -> Iterator[Journal]:
    journal = Journal(folder)
    try:
        yield journal
    finally:
        journal.close()


def _write(folder: Path, *records: SubmissionResult) -> bytes:
    """Write a journal and return its bytes; each record's fingerprint is `print of` its student."""
    with _opened(folder) as journal:
        for record in records:
            journal.add(f"print of {record.student.id}", record)
    return (folder / JOURNAL_FILE).read_bytes()


def _read(journal: Journal, *students: str) -> list[SubmissionResult]:
    with journal.reader() as record:
        return [record(student) for student in students]


def test_whole_lines_are_read_again(tmp_path: Path) -> None:
    _write(tmp_path, ADA, BEN)
    with _opened(tmp_path) as journal:
        assert (len(journal), "ada" in journal, "ben" in journal, "eva" in journal) == (2, True, True, False)
        assert _read(journal, "ben", "ada") == [BEN, ADA]


def test_a_record_counts_under_its_own_fingerprint_only(tmp_path: Path) -> None:
    _write(tmp_path, ADA, BEN)
    with _opened(tmp_path) as journal:
        assert journal.has("ada", "print of ada")
        assert not journal.has("ada", "print of ben")
        assert not journal.has("eva", "print of eva")


def test_the_last_record_of_a_student_counts(tmp_path: Path) -> None:
    again = _record("ada", "(3, 2)")
    with _opened(tmp_path) as journal:
        for fingerprint, record in (("first", ADA), ("ben's", BEN), ("second", again)):
            journal.add(fingerprint, record)
    with _opened(tmp_path) as journal:
        assert (len(journal), journal.has("ada", "first"), journal.has("ada", "second")) == (2, False, True)
        assert _read(journal, "ada", "ben") == [again, BEN]


@pytest.mark.parametrize("exists", [True, False], ids=["an empty file", "no file"])
def test_an_empty_journal_has_nothing_and_takes_records(exists: bool, tmp_path: Path) -> None:
    if exists:
        (tmp_path / JOURNAL_FILE).touch()
    with _opened(tmp_path) as journal:
        assert (len(journal), "ada" in journal) == (0, False)
        journal.add("print of ada", ADA)
        assert _read(journal, "ada") == [ADA]


def test_a_line_is_dropped_wherever_it_was_cut_off(tmp_path: Path) -> None:
    """At each byte, so in the middle of a letter of three bytes as well, and just before the end of the line."""
    path = tmp_path / JOURNAL_FILE
    content = _write(tmp_path, ADA, BEN)
    whole = content.index(b"\n") + 1
    for end in range(whole, len(content)):
        path.write_bytes(content[:end])
        with _opened(tmp_path) as journal:
            assert (end, len(journal), "ben" in journal) == (end, 1, False)
            assert path.read_bytes() == content[:whole]
            journal.add("print of eva", EVA)
        with _opened(tmp_path) as journal:
            assert _read(journal, "ada", "eva") == [ADA, EVA]


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(b"\n", id="empty"),
        pytest.param(b"\0" * 40 + b"\n", id="zeros, as a crash of the machine leaves them"),
        pytest.param(b'{"fingerprint": "an old one", "marks": []}\n', id="of another version"),
        pytest.param(
            msgspec.json.encode({"fingerprint": "", "record": {"student": {"id": 1}}}) + b"\n",
            id="a wrong type",
        ),
        pytest.param('{"fingerprint": "김'.encode()[:-1] + b"\n", id="half a letter"),
    ],
)
def test_a_line_that_says_no_record_is_passed_over(line: bytes, tmp_path: Path) -> None:
    first, second, _ = _write(tmp_path, ADA, BEN).split(b"\n")
    (tmp_path / JOURNAL_FILE).write_bytes(first + b"\n" + line + second + b"\n")
    with _opened(tmp_path) as journal:
        assert len(journal) == 2
        assert _read(journal, "ada", "ben") == [ADA, BEN]


def test_what_is_kept_is_kept_in_order_and_the_rest_goes(tmp_path: Path) -> None:
    ada, ben, eva, _ = _write(tmp_path, ADA, BEN, EVA).split(b"\n")
    with _opened(tmp_path) as journal:
        journal.keep(["eva", "ada"])
        assert (len(journal), "ben" in journal) == (2, False)
        assert journal.has("ada", "print of ada")
        assert _read(journal, "ada", "eva") == [ADA, EVA]
        assert (tmp_path / JOURNAL_FILE).read_bytes() == eva + b"\n" + ada + b"\n"
        journal.add("print of ben", BEN)
        assert _read(journal, "eva", "ben") == [EVA, BEN]
    assert (tmp_path / JOURNAL_FILE).read_bytes().endswith(ada + b"\n" + ben + b"\n")
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == [JOURNAL_FILE]
