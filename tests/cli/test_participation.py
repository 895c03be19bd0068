"""`history export --signed` and `assignment participation`: from a student's practice to a teacher's table."""

from __future__ import annotations

import csv
import shutil
import zipfile
from pathlib import Path

import pytest

from tensordrill.bank.load import Bank
from tensordrill.bank.sources import find
from tests.course.homework import FILL, class_folder

from .conftest import Ran, run
from .test_history import answers

ROSTER = "id,name\n1,김민지\n2,Lee Jun\n3,=Eve\n"
"""The answers of `test_history` are of one day in November 2023."""


@pytest.fixture
def term(tmp_path: Path, home: Path) -> Path:
    """A class with hand-outs, and a learner's data with two answers."""
    class_folder(tmp_path / "hw1", Bank(find("shipped")), FILL)
    (tmp_path / "roster.csv").write_text(ROSTER, encoding="utf-8")
    for options in ([], ["--notebook"]):
        command = ["assignment", "build", "hw1", "--roster", "roster.csv", "--out", "handout", *options]
        assert run(*command, cwd=tmp_path).code == 0
    answers(home / "data", "view", "expand")
    (tmp_path / "exports").mkdir()
    return tmp_path


def _export(term: Path, student: str, name: str, suffix: str = ".py") -> Ran:
    handout = f"handout/hw1-{student}{suffix}"
    return run("history", "export", f"exports/{name}", "--signed", handout, cwd=term)


def _table(term: Path, *options: str, code: int = 0) -> tuple[list[list[str]], str]:
    ran = run("assignment", "participation", "hw1", "exports", *options, cwd=term, TZ="UTC")
    assert (ran.code, ran.err) == (code, "")
    with (term / "participation.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))[1:], ran.out


@pytest.mark.parametrize("suffix", [".py", ".ipynb"])
def test_practice_becomes_a_row(suffix: str, term: Path) -> None:
    assert _export(term, "1", "me.jsonl", suffix).out == "exports/me.jsonl: 2 answers\n"
    rows, out = _table(term)
    assert out == "participation.csv: 1 of 3 students handed in a practice, 0 files not counted\n"
    nothing = ["", "", "", "", "", "", "", "no", "handed in no practice"]
    assert rows == [
        ["1", "김민지", "", "1", "2", "2", "2", "0", "2023-11-14", "2023-11-14", "yes", ""],
        ["2", "Lee Jun", "", *nothing],
        ["3", "'=Eve", "", *nothing],
    ]


@pytest.mark.parametrize(
    ("options", "counts"),
    [
        pytest.param(["--since", "2023-11-14", "--until", "2023-11-14"], ["1", "2"], id="that-day"),
        pytest.param(["--since", "2023-11-15"], ["0", "0"], id="before"),
        pytest.param(["--until", "2023-11-13"], ["0", "0"], id="after"),
    ],
)
def test_only_days_of_the_term_count(options: list[str], counts: list[str], term: Path) -> None:
    _export(term, "1", "me.jsonl")
    rows, _ = _table(term, *options)
    assert rows[0][3:5] == counts


def test_a_zip_of_a_platform_is_read_and_answers_count_once(term: Path) -> None:
    _export(term, "1", "first.jsonl")
    _export(term, "1", "second.jsonl")
    with zipfile.ZipFile(term / "exports.zip", "w") as archive:
        archive.write(term / "exports" / "first.jsonl", "minji_1/me.jsonl")
        archive.write(term / "exports" / "second.jsonl", "minji_2/me.jsonl")
    shutil.rmtree(term / "exports")
    ran = run("assignment", "participation", "hw1", "exports.zip", "--json", cwd=term, TZ="UTC")
    first, *_, whole = ran.events
    assert first == {
        "event": "student",
        "student": "1",
        "name": "김민지",
        "days": 1,
        "answers": 2,
        "questions": 2,
        "right": 2,
        "overcome": [],
        "first": "2023-11-14",
        "last": "2023-11-14",
        "handed_in": True,
        "notes": [],
    }
    assert whole == {"event": "participation", "students": 3, "handed_in": 1, "rejected": 0}
    assert not (term / "participation.csv").exists()


def test_what_two_students_share_is_noted(term: Path) -> None:
    _export(term, "1", "one.jsonl")
    _export(term, "2", "two.jsonl")
    rows, _ = _table(term)
    assert [row[-1] for row in rows[:2]] == [
        "2 answers to the second as of 2",
        "2 answers to the second as of 1",
    ]


@pytest.mark.parametrize(
    ("language", "reasons"),
    [
        pytest.param(
            "en",
            [
                "  not counted: changed.jsonl: it is signed for `1`, but was changed since, or its hand-out was; "
                "ask for a new export",
                "  not counted: other.jsonl: it is signed with a hand-out of `hw2`; name that assignment, or sign "
                "with one of `hw1`",
                "  not counted: stranger.jsonl: it is signed for `4`, who is not in the roster",
                "  not counted: unsigned.jsonl: it is not signed; "
                "`tensordrill history export FILE --signed HANDOUT` signs it",
            ],
            id="en",
        ),
        pytest.param(
            "ko",
            [
                "  세지 못함: changed.jsonl: `1` 학생의 서명이지만 그 뒤에 내용이나 과제 파일이 바뀌었습니다. "
                "다시 내보내 달라고 하세요.",
                "  세지 못함: other.jsonl: `hw2` 과제 파일로 서명했습니다. "
                "그 과제를 지정하거나 `hw1` 과제 파일로 서명하세요.",
                "  세지 못함: stranger.jsonl: `4` 학생의 서명인데 명단에 없습니다.",
                "  세지 못함: unsigned.jsonl: 서명이 없습니다. "
                "`tensordrill history export FILE --signed HANDOUT`로 서명합니다.",
            ],
            id="ko",
        ),
    ],
)
def test_what_counts_for_nobody_says_why(language: str, reasons: list[str], term: Path) -> None:
    _export(term, "1", "changed.jsonl")
    exports = term / "exports"
    text = (exports / "changed.jsonl").read_text(encoding="utf-8")
    (exports / "changed.jsonl").write_text(
        text.replace('"seconds":4.25', '"seconds":40.5', 1), encoding="utf-8"
    )
    (exports / "other.jsonl").write_text(text.replace('"hw1"', '"hw2"'), encoding="utf-8")
    (exports / "stranger.jsonl").write_text(text.replace('"student":"1"', '"student":"4"'), encoding="utf-8")
    (exports / "unsigned.jsonl").write_text(text[: text.rindex('{"signature"')], encoding="utf-8")
    rows, out = _table(term, "--lang", language)
    assert out.splitlines()[1:] == reasons
    assert [row[-2] for row in rows] == ["no", "no", "no"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        pytest.param(
            None,
            "hw1.py: the hand-out cannot be read: No such file or directory",
            id="nowhere",
        ),
        pytest.param(
            "answer = x\n",
            "hw1.py: there is no header in it; sign with the hand-out as your teacher gave it to you",
            id="no-header",
        ),
        pytest.param(
            '# tensordrill-handout: {"assignment":"hw1","mark":"296b4b4819b7914f"}\n',
            "hw1.py: this hand-out is the same for everybody and names nobody; sign with one of your own",
            id="for-all",
        ),
    ],
)
def test_a_file_that_cannot_sign(text: str | None, problem: str, term: Path) -> None:
    if text is not None:
        (term / "hw1.py").write_text(text, encoding="utf-8")
    ran = run("history", "export", "me.jsonl", "--signed", "hw1.py", cwd=term)
    assert (ran.code, ran.err) == (1, f"tensordrill: {problem}\n")
    assert not (term / "me.jsonl").exists()


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        pytest.param(["--since", "2.3.2027"], "`2.3.2027` is no date; write it as 2027-03-02", id="no-date"),
        pytest.param(
            ["--since", "2027-03-02", "--until", "2027-03-01"],
            "`--since` is later than `--until`; exchange them",
            id="turned",
        ),
    ],
)
def test_days_that_are_none(options: list[str], problem: str, term: Path) -> None:
    ran = run("assignment", "participation", "hw1", "exports", *options, cwd=term)
    assert ran.code == 2
    assert problem in " ".join(ran.err.split())
