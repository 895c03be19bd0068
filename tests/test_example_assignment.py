"""The example homework: it grades as its page says, to the last point, and can be made again."""

from __future__ import annotations

import csv
import filecmp
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tensordrill.audit.check import check
from tensordrill.bank.load import Bank
from tensordrill.course.assignment.folder import open_folder, questions
from tensordrill.lab.client import Lab
from tests.documented import EXAMPLE, ROOT, blocks, clone, commands, run_page

_PAGE = EXAMPLE / "README.md"
_GRADES = """\
student,name,email,points,of,mean-of-each-column,center-the-rows,one-row-per-image,drop-the-channel,\
a-score-for-each-class,operands-of-addmm,a-module-of-your-own,one-step-of-descent,notes,source,handed in
20260101,김민준,minjun.kim@example.com,16,16,1,2,3,1,2,1,4,2,,hw1-20260101.py,yes
20260102,이서연,seoyeon.lee@example.com,16,16,1,2,3,1,2,1,4,2,,hw1-20260102.ipynb,yes
20260103,Emma Clarke,emma.clarke@example.com,10,16,0,0,3,0,2,1,4,0,,hw1-20260103.py,yes
20260104,박지호,jiho.park@example.com,6,16,1,2,2,1,0,0,0,0,,hw1-20260104.py,yes
20260105,Noah Fischer,noah.fischer@example.com,8,16,0,2,3,1,0,0,0,2,,hw1-20260105.py,yes
20260106,최하은,haeun.choi@example.com,1,16,0,0,0,0,0,1,0,0,,hw1-20260106.py,yes
20260107,Liam Murphy,liam.murphy@example.com,0,16,0,0,0,0,0,0,0,0,,hw1-20260107.py,yes
20260108,정도윤,doyun.jung@example.com,12,16,1,2,3,1,2,1,0,2,,hw1-20260108.py,yes
20260109,Olivia Brown,olivia.brown@example.com,8,16,1,0,3,1,2,1,0,0,,hw1-20260109.py,yes
20260110,강서준,seojun.kang@example.com,0,16,0,0,0,0,0,0,0,0,not graded,,not graded
20260111,Jack Taylor,jack.taylor@example.com,10,16,0,0,3,0,2,1,4,0,other numbers,hw1-20260111.py,yes
20260112,윤지우,jiu.yoon@example.com,0,16,0,0,0,0,0,0,0,0,not graded,,not graded
20260113,Grace Lee,grace.lee@example.com,0,16,0,0,0,0,0,0,0,0,,,no
"""
_NOTES = {
    "hw1-20260110.py was handed in but could not be graded; ask your teacher.": "not graded",
    "hw1-20260112.py was handed in but could not be graded; ask your teacher.": "not graded",
}


def _table(path: Path) -> list[list[str]]:
    """Give the grades with short headings and notes."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [[cell.removeprefix("homework/") for cell in row] for row in csv.reader(file)]
    for row in rows[1:]:
        copied = row[-3] == "Another student's numbers are in 8 of 8 cells."
        row[-3] = "other numbers" if copied else _NOTES.get(row[-3], row[-3])
    return rows


def test_the_commands_of_its_page_grade_it(tmp_path: Path) -> None:
    folder = clone(tmp_path)
    assert run_page(_PAGE, folder, {}) == 3
    assert _table(folder / "grades" / "grades.csv") == list(csv.reader(_GRADES.splitlines()))
    assert "</html>" in (folder / "grades" / "report.html").read_text(encoding="utf-8")
    assert not filecmp.dircmp(ROOT / EXAMPLE, folder / EXAMPLE).diff_files


def test_the_readme_grades_it_with_the_same_command() -> None:
    of_its_page = next(command.line for block in blocks(_PAGE) for command in commands(block))
    lines = [line for block in blocks(Path("README.md")) for line in block.text.splitlines()]
    assert any(line.removeprefix("$ ").partition("#")[0].strip() == of_its_page for line in lines)


def test_it_is_made_again_with_the_same_bytes(tmp_path: Path) -> None:
    folder = clone(tmp_path) / EXAMPLE
    subprocess.run([sys.executable, folder / "make.py"], check=True, timeout=300)
    names = sorted(path.name for path in (ROOT / EXAMPLE / "submissions").iterdir())
    assert len(names) == 12
    again = filecmp.cmpfiles(ROOT / EXAMPLE / "submissions", folder / "submissions", names, shallow=False)
    assert again == (names, [], []), "after a change to the bank, run `python examples/assignment/make.py`"
    for name in ("assignment.yaml", "secret", "roster.csv"):
        assert filecmp.cmp(ROOT / EXAMPLE / "hw1" / name, folder / "hw1" / name, shallow=False)


def test_the_bank_is_as_it_was_recorded() -> None:
    folder = open_folder(ROOT / EXAMPLE / "hw1")
    try:
        with questions(folder, recorded=False) as now, questions(folder, recorded=True) as then:
            assert now.entries.keys() == then.entries.keys()
    except Exception as error:
        pytest.fail(f"{error}; run `python examples/assignment/make.py`")
    with zipfile.ZipFile(folder.recorded) as archive:
        assert archive.namelist() == ["assignment.json", "ideas.yaml", "homework.yaml"]


def test_its_bank_is_sound(lab: Lab) -> None:
    bank = Bank(ROOT / EXAMPLE / "bank")
    report = check(bank, dict.fromkeys(bank.names), 10, lab)
    found = [str(each) for each in report.findings if "keep it under" not in str(each)]
    assert found == []
    assert report.counts.questions == 8
