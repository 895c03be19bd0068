"""The folder that is handed out: a file each, the same whenever it is built, and no secret in it."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest

from tensordrill.bank.load import Bank
from tensordrill.course.assignment.folder import Folder, open_folder, questions
from tensordrill.course.assignment.roster import Student, read_roster
from tensordrill.course.handout.build import build, strangers
from tensordrill.course.submission.header import header_in
from tensordrill.course.submission.submission import parse
from tensordrill.errors import CourseError

from .homework import FILL, FUNCTION, SECRET, WRITE, class_folder, edit

CLASS = (
    Student("2023001", "김민지", "minji@x.ac.kr"),
    Student("Anna/../x", "Anna"),
    Student("jun", "Lee, Jun"),
)
ASKED = (WRITE, FILL, FUNCTION)


@pytest.fixture
def folder(tmp_path: Path, shipped_bank: Bank) -> Folder:
    class_folder(tmp_path / "hw1", shipped_bank, *ASKED)
    edit(tmp_path / "hw1", **{f"{FILL}\n    points: 1": f"{FILL}\n    points: 1\n    hidden: true"})
    return open_folder(tmp_path / "hw1")


def _built(
    folder: Folder, out: Path, roster: tuple[Student, ...] = CLASS, *, as_notebook: bool = False
) -> dict[str, bytes]:
    bundle = questions(folder, snapshot=False)
    files = build(folder, bundle, roster, out, as_notebook=as_notebook)
    assert sorted(files) == sorted(out.iterdir())
    return {path.name: path.read_bytes() for path in files}


def test_everybody_gets_a_file_with_a_header_that_proves_it(folder: Folder, tmp_path: Path) -> None:
    files = _built(folder, tmp_path / "out")
    assert next(iter(files)) == "hw1-2023001.py"
    assert list(files)[-1] == "hw1.bank"
    headers = [header_in(raw.decode()) for name, raw in files.items() if name != "hw1.bank"]
    assert [(h.student, h.name, h.mark) for h in headers if h] == [
        (each.id, each.name, folder.seeds.mark(each.id)) for each in CLASS
    ]


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_header_says_the_language(language: str, folder: Folder, tmp_path: Path) -> None:
    edit(folder.path, **{"language: en": f"language: {language}"})
    files = _built(open_folder(folder.path), tmp_path / "out")
    header = header_in(files["hw1-jun.py"].decode())
    assert header is not None
    assert header.language == language


def test_the_cells_have_the_seeds_that_grading_derives(folder: Folder, tmp_path: Path) -> None:
    files = _built(folder, tmp_path / "out", as_notebook=True)
    submission = parse(files["hw1-jun.ipynb"], "hw1-jun.ipynb")
    assert [submission.seed(name) for name in ASKED] == [folder.seeds.variant("jun", name) for name in ASKED]


def test_without_a_roster_there_is_one_file_for_all(folder: Folder, tmp_path: Path) -> None:
    assert list(_built(folder, tmp_path / "out", ())) == ["hw1.py", "hw1.bank"]
    assert not (folder.path / "roster.csv").exists()


def test_the_same_class_gets_the_same_bytes(folder: Folder, tmp_path: Path) -> None:
    first, again = _built(folder, tmp_path / "a"), _built(folder, tmp_path / "b", CLASS[::-1])
    assert first == again


def test_nothing_that_is_handed_out_tells_what_is_not(
    folder: Folder, tmp_path: Path, shipped_bank: Bank
) -> None:
    files = _built(folder, tmp_path / "out") | _built(folder, tmp_path / "notebooks", as_notebook=True)
    with zipfile.ZipFile(io.BytesIO(files["hw1.bank"])) as archive:
        bank = b"".join(archive.read(name) for name in archive.namelist())
    content = b"".join([*files.values(), bank])
    hidden = [str(folder.seeds.hidden(student.id, name)).encode() for student in CLASS for name in ASKED]
    secrets = [SECRET, SECRET.hex().encode(), SECRET.hex().upper().encode(), *hidden]
    assert [each for each in secrets if each in content] == []
    question = shipped_bank.entry(FILL).question
    assert re.search(rb'"id": *"one-row-per-pixel"', bank) is None
    assert str(getattr(question, "fill", "")).encode() not in bank


def test_hand_outs_from_before_are_said_and_never_removed(folder: Folder, tmp_path: Path) -> None:
    out = tmp_path / "out"
    first = _built(folder, out)
    assert strangers(out, [out / name for name in first]) is None
    (out / "hw12-jun.py").touch()
    (out / "hw1-notes.txt").touch()
    bundle = questions(folder, snapshot=False)
    now = build(folder, bundle, CLASS[:1], out, as_notebook=True)
    others = sorted(name for name in first if name.endswith(".py"))
    left = strangers(out, now)
    assert left is not None
    assert left.text("en") == (
        f"{out}: {', '.join(others)} from before: not written now, so look before you hand out the whole folder"
    )
    assert all((out / name).exists() for name in others)
    for number in range(4):
        (out / f"hw1-z{number}.py").touch()
    left = strangers(out, now)
    assert left is not None
    assert " and 2 more from before:" in left.text("en")


def test_the_class_is_kept_for_grading(folder: Folder, tmp_path: Path) -> None:
    _built(folder, tmp_path / "out")
    assert read_roster(folder.path / "roster.csv") == CLASS


def test_a_roster_with_more_columns_is_not_written_over(folder: Folder, tmp_path: Path) -> None:
    text = "id,name,email,section\n1,Kim,,A\n"
    (folder.path / "roster.csv").write_text(text, encoding="utf-8")
    _built(folder, tmp_path / "out", folder.roster())
    assert (folder.path / "roster.csv").read_text(encoding="utf-8") == text


def test_the_folder_with_the_secret_is_not_handed_out(folder: Folder) -> None:
    before = sorted(folder.path.iterdir())
    bundle = questions(folder, snapshot=False)
    with pytest.raises(CourseError) as caught:
        build(folder, bundle, CLASS, folder.path, as_notebook=False)
    assert str(caught.value) == (
        f"{folder.path}: the secret lies here, which nobody else may have; hand out another folder"
    )
    assert sorted(folder.path.iterdir()) == before


def test_a_folder_that_cannot_be_written(folder: Folder, tmp_path: Path) -> None:
    (tmp_path / "out").touch()
    bundle = questions(folder, snapshot=False)
    with pytest.raises(CourseError) as caught:
        build(folder, bundle, CLASS, tmp_path / "out", as_notebook=False)
    assert str(caught.value) == f"{tmp_path / 'out'}: it cannot be written: File exists"
