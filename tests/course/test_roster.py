"""Rosters as spreadsheets save them, and every problem of a broken one with its line."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tensordrill.course.assignment.roster import Student, read_roster
from tensordrill.errors import CourseError

ROSTER = "id,name,email\n2023001,김민지,minji@x.ac.kr\n2023002,Lee Jun,jun@x.ac.kr\n"
CLASS = (Student("2023001", "김민지", "minji@x.ac.kr"), Student("2023002", "Lee Jun", "jun@x.ac.kr"))
_LINES = "the first line should name the columns: `id,name,email`"


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(ROSTER.encode(), id="utf-8"),
        pytest.param(ROSTER.encode("utf-8-sig"), id="bom"),
        pytest.param(ROSTER.encode("cp949"), id="cp949"),
        pytest.param(ROSTER.encode("utf-16"), id="utf-16"),
        pytest.param(ROSTER.replace("\n", "\r\n").encode(), id="crlf"),
        pytest.param(ROSTER.replace("\n", "\r").encode(), id="cr"),
        pytest.param(ROSTER.replace(",", ";").encode(), id="semicolons"),
        pytest.param(ROSTER.replace(",", "\t").encode("utf-16"), id="tabs-as-excel-saves-unicode"),
        pytest.param(unicodedata.normalize("NFD", ROSTER).encode(), id="nfd"),
        pytest.param(ROSTER.replace("id,", " ID ,").encode(), id="capitals-and-spaces"),
        pytest.param(ROSTER.replace("id,name,email", "학번,이름,이메일").encode(), id="korean-columns"),
        pytest.param(ROSTER.replace("\n2023002", "\n\n,,\n2023002").encode(), id="empty-lines"),
        pytest.param(ROSTER.replace("Lee Jun", '"Lee\nJun"').encode(), id="newline-in-a-name"),
        pytest.param(
            "section,email,id,name\n1,minji@x.ac.kr,2023001,김민지\n2,jun@x.ac.kr,2023002,Lee Jun\n".encode(),
            id="other-columns",
        ),
    ],
)
def test_rosters_are_read_as_spreadsheets_save_them(raw: bytes, tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    path.write_bytes(raw)
    assert read_roster(path) == CLASS


_CANVAS = (
    "Student,ID,SIS User ID,SIS Login ID,Section,Homework 1 (8812)\n"
    ",,,,,Manual Posting\n"
    "    Points Possible,,,,,12.0\n"
    '"Kim, Minji",84213,2023001,minji@x.ac.kr,CS 1,9\n'
    '"Jun Lee, Anna",84214,,alee,CS 1,\n'
    f'"Student, Test",84299,,{"0123456789abcdef" * 2 + "01234567"},CS 1,\n'
)
_MOODLE = (
    "First name,Last name,ID number,Institution,Department,Email address,Assignment: Homework 1 (Real)\n"
    "Minji,Kim,2023001,,,minji@x.ac.kr,9.00\n"
    "Anna,Jun Lee,,,,anna@x.ac.kr,-\n"
)
_GRADESCOPE = (
    "First Name,Last Name,SID,Email,Role,Sections\n"
    "Minji,Kim,2023001,minji@x.ac.kr,Student,\n"
    "Anna,Jun Lee,2023002,anna@x.ac.kr,,\n"
    "Tim,Old,,tim@x.ac.kr,TA,\n"
    "Eva,Older,9,eva@x.ac.kr,Instructor,\n"
)
_KIM = Student("2023001", "Minji Kim", "minji@x.ac.kr")


@pytest.mark.parametrize(
    ("raw", "students"),
    [
        pytest.param(_CANVAS, [_KIM, Student("alee", "Anna Jun Lee")], id="canvas"),
        pytest.param(
            'Student,ID,SIS User ID,SIS Login ID,Section\n"김, 민지",4001,2023001,minji@x.ac.kr,1\n',
            [Student("2023001", "김민지", "minji@x.ac.kr")],
            id="canvas-in-korean",
        ),
        pytest.param(_MOODLE, [_KIM, Student("anna@x.ac.kr", "Anna Jun Lee", "anna@x.ac.kr")], id="moodle"),
        pytest.param(
            "성,이름,ID 번호,이메일 주소\n김,민지,2023001,minji@x.ac.kr\nLee,Anna,2,\n",
            [Student("2023001", "김민지", "minji@x.ac.kr"), Student("2", "Anna Lee")],
            id="moodle-in-korean",
        ),
        pytest.param(
            "First name,Last name,Email address,Roles\nMinji,Kim,minji@x.ac.kr,Student\nTim,Old,t@x,Teacher\n",
            [Student("minji@x.ac.kr", "Minji Kim", "minji@x.ac.kr")],
            id="moodle-participants",
        ),
        pytest.param(
            _GRADESCOPE, [_KIM, Student("2023002", "Anna Jun Lee", "anna@x.ac.kr")], id="gradescope"
        ),
        pytest.param(
            "SID,Name,Email Address\n2023001,Minji Kim,minji@x.ac.kr\n", [_KIM], id="e-mail-address"
        ),
        pytest.param("학번,성명,메일\n2023001,Minji Kim,minji@x.ac.kr\n", [_KIM], id="korean"),
    ],
)
def test_lists_of_platforms_are_rosters(raw: str, students: list[Student], tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    path.write_text(raw, encoding="utf-8-sig")
    assert list(read_roster(path)) == students


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        pytest.param(b"", f"{{path}}:1: {_LINES}", id="empty"),
        pytest.param(b"name,email\nKim,k@x\n", f"{{path}}:1: {_LINES}", id="no-id"),
        pytest.param(
            b"id,name\n",
            "{path}: nobody is in this roster; give each student a line `id,name,email`",
            id="nobody",
        ),
        pytest.param(b"id,id\n1,2\n", "{path}:1: the column `id` is there twice; remove one", id="id-twice"),
        pytest.param(
            b"\x89PNG\r\n\x1a\n\xff\xff",
            "{path}: this is neither UTF-8 nor CP949; save it as `CSV UTF-8`",
            id="binary",
        ),
        pytest.param(
            b"PK\3\4\0\0",
            "{path}: this is not a CSV file; save the roster as `CSV UTF-8`",
            id="a-spreadsheet-itself",
        ),
        pytest.param(
            b"\xff\xfeabc",
            "{path}: this is neither UTF-8 nor CP949; save it as `CSV UTF-8`",
            id="half-of-utf-16",
        ),
        pytest.param(
            b"id,name\n1,A\n2,B\n1,C\n,D\n2,E\n",
            "{path}:4: the id `1` is in line 2 already; each student has one line\n"
            "{path}:5: this line has no id; every student needs one\n"
            "{path}:6: the id `2` is in line 3 already; each student has one line",
            id="every-problem",
        ),
        pytest.param(
            b"id,name\n2.023E+06,A\n",
            "{path}:2: the id `2.023E+06` was rounded by a spreadsheet; make it a text there and save it again",
            id="rounded-by-a-spreadsheet",
        ),
        pytest.param(
            b"id,name\na\x1bb,A\n" + b"x" * 101 + b",B\n",
            "{path}:2: an id is at most 100 printable characters\n"
            "{path}:3: an id is at most 100 printable characters",
            id="ids-that-cannot-be-written",
        ),
        pytest.param(
            b"id,name\n1,a\x1b[2Jb\n",
            "{path}:2: a control character is in this line; remove it",
            id="escapes",
        ),
        pytest.param(
            b'id,name\n1,"' + b"x" * 200_000 + b'"\n',
            "{path}:2: this is not a CSV file (field larger than field limit (131072)); save it as `CSV UTF-8`",
            id="an-endless-cell",
        ),
        pytest.param(
            b"id\n" + b"1" * 20_000_000,
            "{path}: a roster has at most 20 MB; is this the right file?",
            id="too-large",
        ),
    ],
)
def test_a_broken_roster_says_every_problem_with_its_line(raw: bytes, message: str, tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    path.write_bytes(raw)
    with pytest.raises(CourseError) as caught:
        read_roster(path)
    assert str(caught.value) == message.format(path=path)


def test_a_roster_that_is_not_there(tmp_path: Path) -> None:
    for path, why in ((tmp_path / "no.csv", "No such file or directory"), (tmp_path, "Is a directory")):
        with pytest.raises(CourseError) as caught:
            read_roster(path)
        assert str(caught.value) == f"{path}: the roster cannot be read: {why}"


def test_a_university_fits_into_a_roster(tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    path.write_text("id,name\n" + "".join(f"s{number},Kim {number}\n" for number in range(100_000)))
    students = read_roster(path)
    assert (len(students), students[-1]) == (100_000, Student("s99999", "Kim 99999"))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.binary(), st.text().map(lambda text: f"id,name\n{text}".encode("utf-8", "replace"))))
def test_any_bytes_are_a_class_or_sentences(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "roster.csv"
    path.write_bytes(raw)
    try:
        report_lines = [student.id for student in read_roster(path)]
    except CourseError as error:
        report_lines = [line for line in str(error).split("\n") if line.startswith(f"{path}:")]
    assert report_lines
    assert len(set(report_lines)) == len(report_lines)
