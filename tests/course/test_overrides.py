"""`overrides.csv`: every problem at once, each with its line, in whatever encoding it was saved."""

from __future__ import annotations

from pathlib import Path

import pytest

from tensordrill.course.assignment.roster import Student
from tensordrill.course.gradebook import Override
from tensordrill.course.results.overrides import read_overrides
from tensordrill.errors import CourseError
from tests.course.gradebooks import COLUMNS, FLATTEN, gradebook

ASSIGNMENT = gradebook(0).assignment
ROSTER = (Student("s00001"), Student("s00002"), Student("김서연"))
HEADER = "student,question,points,reason\n"


def _read(path: Path, roster: tuple[Student, ...] = ROSTER) -> dict[tuple[str, str], Override]:
    return dict(read_overrides(path, ASSIGNMENT, roster))


def test_no_file_is_no_overrides(tmp_path: Path) -> None:
    assert _read(tmp_path / "overrides.csv") == {}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp949"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_as_a_spreadsheet_saves_it(tmp_path: Path, encoding: str, separator: str) -> None:
    path = tmp_path / "overrides.csv"
    rows = [
        "Student, question ,points,reason",
        f" 김서연 ,{FLATTEN},1.50,직접 확인함",
        "",
        f"s00001,{COLUMNS},0,copied",
    ]
    path.write_bytes("\r\n".join(rows).replace(",", separator).encode(encoding))
    assert _read(path) == {
        ("김서연", FLATTEN): Override("김서연", FLATTEN, 1.5, "직접 확인함"),
        ("s00001", COLUMNS): Override("s00001", COLUMNS, 0.0, "copied"),
    }


def test_without_a_roster_any_student_may_be_named(tmp_path: Path) -> None:
    path = tmp_path / "overrides.csv"
    path.write_text(f"{HEADER}anybody,{FLATTEN},1,so\n")
    assert list(_read(path, ())) == [("anybody", FLATTEN)]


def test_columns_may_come_in_another_order(tmp_path: Path) -> None:
    path = tmp_path / "overrides.csv"
    path.write_text(f'reason,points,question,student,checked by\n"late, but\nright",2,{FLATTEN},s00001,me\n')
    assert _read(path)["s00001", FLATTEN].reason == "late, but\nright"


POINTS = "is no number of points; write one from 0 to 1000000, as in `1.5`"
PROBLEMS = [
    pytest.param(
        f"s0001,{FLATTEN},1,so",
        ["the student `s0001` is not in the class; did you mean `s00001`?"],
        id="near",
    ),
    pytest.param(f"nobody,{FLATTEN},1,so", ["the student `nobody` is not in the class"], id="student"),
    pytest.param(
        "s00001,view/flaten-a-transpose,1,so",
        [f"the question `view/flaten-a-transpose` is not in the assignment; did you mean `{FLATTEN}`?"],
        id="question",
    ),
    *(
        pytest.param(f'''s00001,{FLATTEN},"{points}",so''', [f"`{points}` {POINTS}"], id=f"points {points}")
        for points in ("", "-1", "2,5", "nan", "inf", "1e3", "1000001", "two", "１")
    ),
    pytest.param(
        f"s00001,{FLATTEN},1,", ["there is no reason; say why, it is told to the student"], id="reason"
    ),
    pytest.param(
        ",,,x", ["there is no student", "there is no question", f"`` {POINTS}"], id="everything in one line"
    ),
]


@pytest.mark.parametrize(("row", "problems"), PROBLEMS)
def test_a_problem_is_said_with_its_line(tmp_path: Path, row: str, problems: list[str]) -> None:
    path = tmp_path / "overrides.csv"
    path.write_text(f"{HEADER}s00002,{FLATTEN},1,so\n{row}\n", encoding="utf-8")
    with pytest.raises(CourseError) as caught:
        _read(path)
    assert str(caught.value).splitlines() == [f"{path}:3: {problem}" for problem in problems]


def test_all_problems_are_said_together(tmp_path: Path) -> None:
    path = tmp_path / "overrides.csv"
    path.write_text(f"{HEADER}s00001,{FLATTEN},1,so\ns00001,{FLATTEN},2,so\nnobody,{FLATTEN},x,so\n")
    with pytest.raises(CourseError) as caught:
        _read(path)
    assert str(caught.value).splitlines() == [
        f"{path}:3: `s00001` has points for `{FLATTEN}` in line 2 already; remove one",
        f"{path}:4: the student `nobody` is not in the class",
        f"{path}:4: `x` {POINTS}",
    ]


FILES = [
    pytest.param(
        b"name,points\n",
        ":1: the first line should name the columns: `student,question,points,reason`",
        id="header",
    ),
    pytest.param(
        b"", ":1: the first line should name the columns: `student,question,points,reason`", id="empty"
    ),
    pytest.param(
        b"\xff\xfe\x00\x00", ": this is not a CSV file; save the table of overrides as `CSV UTF-8`", id="NUL"
    ),
    pytest.param(b"\x81\xff\xfe", ": this is neither UTF-8 nor CP949; save it as `CSV UTF-8`", id="binary"),
]


@pytest.mark.parametrize(("raw", "message"), FILES)
def test_a_file_that_is_no_table(tmp_path: Path, raw: bytes, message: str) -> None:
    path = tmp_path / "overrides.csv"
    path.write_bytes(raw)
    with pytest.raises(CourseError) as caught:
        _read(path)
    assert str(caught.value) == f"{path}{message}"


def test_a_folder_in_its_place(tmp_path: Path) -> None:
    with pytest.raises(CourseError) as caught:
        _read(tmp_path)
    assert str(caught.value) == f"{tmp_path}: the table of overrides cannot be read: Is a directory"
