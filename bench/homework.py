"""A class's homework: an assignment of five questions, built for a class, with right and wrong answers filled in."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from pathlib import Path

from tensordrill.bank.load import Bank
from tensordrill.bank.schema import Fill, Write
from tensordrill.bank.sources import shipped
from tensordrill.bank.variant import Rendered, Variant, make
from tensordrill.course.assignment.assignment import Item
from tensordrill.course.assignment.bundle import Bundle
from tensordrill.course.assignment.folder import create, open_folder
from tensordrill.course.assignment.roster import Student
from tensordrill.course.assignment.sheet import sheet
from tensordrill.course.handout.build import build
from tensordrill.course.submission.cells import script_cells
from tensordrill.kinds.blanks import SEPARATOR

QUESTIONS = (
    "view/channels-to-the-end",
    "view/split-the-heads",
    "squeeze/into-the-dictionary",
    "matmul/each-matrix-its-vector",
    "matmul/weighted-addmm",
)
"""An expression, a function with hidden draws, statements, an expression, and a blank."""
_EVERY = 3
"""One answer of so many is what somebody with a misconception of the bank writes."""


class Homework:
    """An assignment with its class, in a folder of its own; students are numbered from 0."""

    def __init__(self, folder: Path, students: int, questions: Sequence[str] = QUESTIONS) -> None:
        self.assignment = folder / "homework"
        self.handed_in = folder / "submissions"
        self.students = students
        self._bank = Bank(shipped())
        self._rendered: Rendered = {}
        self._class = [Student(f"s{number:06}", f"Student {number}") for number in range(students)]
        create(
            self.assignment, self._bank, [Item(id=name) for name in questions], shared=False, language="en"
        )
        self._folder = open_folder(self.assignment)

    def hand_in(self) -> None:
        """Build the hand-outs and fill them in."""
        bundle = Bundle(self._folder.assignment, self._bank)
        *files, bank = build(self._folder, bundle, self._class, self.handed_in, as_notebook=False)
        bank.unlink()
        for number, file in enumerate(files):
            file.write_text(self._filled(file.read_text(encoding="utf-8"), number), encoding="utf-8")

    def variants(self, number: int) -> list[Variant]:
        """Return a student's questions with their numbers."""
        drawn = sheet(self._folder.assignment, self._folder.seeds, self._class[number].id)
        return [make(self._bank.entry(each.question), each.seed, known=self._rendered) for each in drawn]

    def answers(self, number: int) -> Iterator[tuple[str, str]]:
        """Yield a student's answers, right and wrong, by question."""
        for at, variant in enumerate(self.variants(number)):
            is_wrong = variant.wrong and (number + at) % _EVERY == 0
            question = variant.wrong[number % len(variant.wrong)].question if is_wrong else variant.question
            assert isinstance(question, Write | Fill)
            yield variant.entry.id, solution_of(question)

    def _filled(self, text: str, number: int) -> str:
        answers = dict(self.answers(number))
        return "".join(
            filled(cell.text, answers[cell.question]) if cell.question else cell.text
            for cell in script_cells(text)
        )


def filled(cell: str, answer: str) -> str:
    """Write an answer where a cell has its last `...`, as far to the right as that stands."""
    before, _, after = cell.rpartition("...")
    indent = len(before) - before.rfind("\n") - 1
    return before + textwrap.indent(answer, " " * indent).lstrip() + after


def solution_of(question: Write | Fill) -> str:
    """Return the code that answers a question."""
    return SEPARATOR.join(question.fillings) if isinstance(question, Fill) else question.solution
