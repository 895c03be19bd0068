"""The example homework: it grades as its page says, to the last point, and can be made again."""

from __future__ import annotations

import csv
import filecmp
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tensordrill.course.assignment.folder import open_folder, questions
from tensordrill.course.handout.build import build
from tests.documented import EXAMPLE, ROOT, blocks, clone, commands, run_page

_PAGE = EXAMPLE / "README.md"
_GRADES = """\
student,name,email,points,of,reductions/position-of-the-largest,matmul/name-of-the-product,\
module/path-of-a-layer,reductions/rows-that-sum-to-one,indexing/logit-of-the-label,view/channels-to-the-end,\
module/linear-as-addmm,autograd/norm-of-all-gradients,indexing/reorder-each-row,view/split-the-heads,\
module/a-linear-layer-of-your-own,autograd/a-step-by-hand,notes,source,handed in
20260101,김민준,minjun.kim@example.com,24,24,1,1,1,2,2,2,2,2,2,3,4,2,,hw1-20260101.py,yes
20260102,이서연,seoyeon.lee@example.com,24,24,1,1,1,2,2,2,2,2,2,3,4,2,,hw1-20260102.ipynb,yes
20260103,Emma Clarke,emma.clarke@example.com,19,24,0,1,1,0,2,0,2,2,2,3,4,2,,hw1-20260103.py,yes
20260104,박지호,jiho.park@example.com,9,24,1,1,1,2,2,0,0,0,0,2,0,0,,hw1-20260104.py,yes
20260105,Noah Fischer,noah.fischer@example.com,17,24,1,0,1,2,2,2,0,2,2,3,0,2,,hw1-20260105.py,yes
20260106,최하은,haeun.choi@example.com,2,24,1,1,0,0,0,0,0,0,0,0,0,0,,hw1-20260106.py,yes
20260107,Liam Murphy,liam.murphy@example.com,0,24,0,0,0,0,0,0,0,0,0,0,0,0,,hw1-20260107.py,yes
20260108,정도윤,doyun.jung@example.com,20,24,1,1,1,2,2,2,2,2,2,3,0,2,,hw1-20260108.py,yes
20260109,Olivia Brown,olivia.brown@example.com,15,24,1,1,0,0,2,2,2,2,2,3,0,0,,hw1-20260109.py,yes
20260110,강서준,seojun.kang@example.com,0,24,0,0,0,0,0,0,0,0,0,0,0,0,not graded,,not graded
20260111,Jack Taylor,jack.taylor@example.com,14,24,1,0,0,2,2,2,0,2,2,3,0,0,other numbers,hw1-20260111.py,yes
20260112,윤지우,jiu.yoon@example.com,0,24,0,0,0,0,0,0,0,0,0,0,0,0,not graded,,not graded
20260113,Grace Lee,grace.lee@example.com,0,24,0,0,0,0,0,0,0,0,0,0,0,0,,,no
"""
_TOPICS = ("autograd", "indexing", "matmul", "module", "reductions", "view")
_ADDRESS = re.compile(r"^# [\w-]+/[\w-]+@\d+$", re.MULTILINE)
_AGAIN = "after a change to a question or an idea, run `python examples/assignment/make.py`"
_NOTES = {
    "hw1-20260110.py was handed in but could not be graded; ask your teacher.": "not graded",
    "hw1-20260112.py was handed in but could not be graded: the file is empty; "
    "hand in the file that has the answers.": "not graded",
}


def _table(path: Path) -> list[list[str]]:
    """Return the grades, with short notes."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    for row in rows[1:]:
        copied = row[-3] == "Another student's numbers are in 12 of 12 cells."
        row[-3] = "other numbers" if copied else _NOTES.get(row[-3], row[-3])
    return rows


def _members(path: Path) -> dict[str, bytes]:
    """Return what is in an archive, whose own bytes depend on the version of zlib."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.thorough  # the teachers' page grades it as well
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
    assert again == (names, [], []), _AGAIN
    for name in ("assignment.yaml", "secret", "roster.csv"):
        assert filecmp.cmp(ROOT / EXAMPLE / "hw1" / name, folder / "hw1" / name, shallow=False), _AGAIN
    records = [_members(place / "hw1" / "recorded.bank") for place in (ROOT / EXAMPLE, folder)]
    assert records[0] == records[1], _AGAIN


def test_the_bank_is_as_it_was_recorded() -> None:
    folder = open_folder(ROOT / EXAMPLE / "hw1")
    try:
        now, then = questions(folder, snapshot=False), questions(folder, snapshot=True)
        assert now.entries.keys() == then.entries.keys()
    except Exception as error:
        pytest.fail(f"{error}; {_AGAIN}")
    topics = [f"{topic}.yaml" for topic in _TOPICS]
    assert list(_members(folder.snapshot)) == ["assignment.json", "ideas.yaml", *topics]


def test_its_hand_outs_can_be_korean(tmp_path: Path) -> None:
    file = clone(tmp_path) / EXAMPLE / "hw1" / "assignment.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("language: en", "language: ko"), encoding="utf-8")
    folder = open_folder(file)
    bundle = questions(folder, snapshot=False)
    script, *_ = build(folder, bundle, folder.roster()[:1], tmp_path / "handout", as_notebook=False)
    handout = script.read_text(encoding="utf-8")
    submission = ROOT / EXAMPLE / "submissions" / script.name
    assert "과제 1: PyTorch 첫걸음 · 김민준 (20260101)" in handout
    assert re.findall(_ADDRESS, handout) == re.findall(_ADDRESS, submission.read_text(encoding="utf-8"))
    assert len(re.findall(_ADDRESS, handout)) == 12
