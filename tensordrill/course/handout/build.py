"""The folder that is handed out: a file for each student, and the questions' file for checking."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from tensordrill.bank.load import Bank
from tensordrill.course.assignment.bundle import SUFFIX, Bundle, pack
from tensordrill.course.assignment.folder import Folder
from tensordrill.course.assignment.roster import ROSTER_FILE, Student
from tensordrill.course.assignment.seeds import EVERYBODY, SECRET_FILE
from tensordrill.course.assignment.sheet import Variants, sheet
from tensordrill.course.file_name import alike, file_name
from tensordrill.course.handout.handout import notebook, parts, script
from tensordrill.course.submission.header import HandoutHeader
from tensordrill.errors import CourseError
from tensordrill.messages import Message, message

_NAMED = 5


def build(
    folder: Folder, bundle: Bundle, roster: Sequence[Student], out: Path, *, as_notebook: bool
) -> list[Path]:
    """Write the hand-outs, one a student or one for all, and the questions' file; return their paths.

    Raises CourseError where the folder cannot be written, or must not be handed out.
    """
    if (out / SECRET_FILE).exists():
        raise CourseError(message("handout-secret", out=out))
    written = []
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, text in _handouts(folder, bundle.bank, roster, as_notebook=as_notebook):
            (out / name).write_text(text, encoding="utf-8", newline="\n")
            written.append(out / name)
        bank = out / f"{folder.assignment.assignment}{SUFFIX}"
        bank.write_bytes(pack(folder.assignment, bundle.bank, handed_out=True))
        if tuple(roster) != folder.roster() and roster:
            (folder.path / ROSTER_FILE).write_text(roster_text(roster), encoding="utf-8", newline="")
    except OSError as error:
        problem = message("course-not-written", path=error.filename or out, reason=error.strerror)
        raise CourseError(problem) from error
    return [*written, bank]


def strangers(out: Path, written: Sequence[Path]) -> Message | None:
    """Return which hand-outs lie in a folder that were not written now: of the other form, or of who is gone.

    They are never removed: somebody may have worked in one.
    """
    *files, bank = written
    ours = {path.name for path in files}
    pattern = re.compile(rf"{re.escape(bank.stem)}(?:-.+)?\.(?:py|ipynb)")
    names = sorted(
        path.name for path in out.iterdir() if pattern.fullmatch(path.name) and path.name not in ours
    )
    if not names:
        return None
    named: str | Message = ", ".join(names[:_NAMED])
    if len(names) > _NAMED:
        named = message("assignment-more-files", files=named, count=len(names) - _NAMED)
    return message("assignment-strangers", out=out, files=named)


def _handouts(
    folder: Folder, bank: Bank, roster: Sequence[Student], *, as_notebook: bool
) -> Iterator[tuple[str, str]]:
    suffix = ".ipynb" if as_notebook else ".py"
    made = Variants(bank)
    twins = alike(student.id for student in roster)
    for student in roster or (Student(EVERYBODY),):
        whose = f"-{file_name(student.id, twins)}" if student.id else ""
        name = f"{folder.assignment.assignment}{whose}{suffix}"
        yield name, handout(folder, made, student, name)


def handout(folder: Folder, made: Variants, student: Student, name: str) -> str:
    """Return the text of one student's file; its name tells a notebook from a script.

    EVERYBODY's is the one that is shared.
    """
    asked, mark = folder.assignment, folder.seeds.mark(student.id)
    header = HandoutHeader(asked.assignment, student.id, student.name, mark, asked.language)
    drawn = sheet(folder.assignment, folder.seeds, student.id)
    cells = list(parts(folder.assignment, header, made.handed_out(drawn), name))
    return notebook(cells) if name.endswith(".ipynb") else script(cells)


def roster_text(roster: Sequence[Student]) -> str:
    """Return the roster as the folder keeps it: UTF-8 with BOM, so that Excel opens it too."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(["id", "name", "email"])
    writer.writerows([student.id, student.name, student.email] for student in roster)
    return "\ufeff" + buffer.getvalue()
