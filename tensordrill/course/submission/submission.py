"""A parsed submission: a file's bytes become cells and the header's claim, whatever their encoding."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from itertools import islice

from msgspec import Struct

from tensordrill.bank.schema import AnyQuestion
from tensordrill.course.submission.answers import AnswerText, answer_in
from tensordrill.course.submission.cells import (
    Cell,
    notebook_cells,
    script_cells,
    source_cells,
    without_outputs,
)
from tensordrill.course.submission.header import HandoutHeader, header_in
from tensordrill.errors import CourseError
from tensordrill.kinds.answers import Unreadable
from tensordrill.messages import message

MAX_BYTES = 4_000_000
MAX_NOTEBOOK = 64_000_000
"""A notebook may be so large for its outputs, which are not read."""
SUFFIXES = (".py", ".ipynb")
_MOST_COPIES = 20
_MOST_MARKS = 100
_FOREIGN = re.compile(f"[\u0300-\U0001ffff]{{{_MOST_MARKS}}}")
"""A long run without a space, as piled accents are: few texts have one, and looking for it is fast."""


class Submission(Struct, frozen=True):
    """One file, split into cells."""

    name: str
    digest: str
    """SHA-256 of the bytes, in hexadecimal."""
    header: HandoutHeader | None
    cells: tuple[Cell, ...]
    has_two_headers: bool = False
    """Whether another header, which says something else, stands in it as well."""

    @property
    def questions(self) -> frozenset[str]:
        """The ids of the questions that have a cell."""
        return frozenset(cell.question for cell in self.cells if cell.question)

    @property
    def size(self) -> int:
        """The number of characters in its cells."""
        return sum(len(cell.text) for cell in self.cells)

    def answer(self, question_id: str, question: AnyQuestion, seed: int) -> AnswerText | Unreadable | None:
        """Find the answer to a question; None where it has no cell or the cell is as it was handed out.

        Of a cell that was copied, the one that was answered counts. In a cell of another seed than the
        question's, lines above the answer may be another's given ones, and are left out.
        """
        bodies = dict.fromkeys(
            (cell.body.strip("\n"), cell.seed == seed) for cell in self.cells if cell.question == question_id
        )
        distinct = dict.fromkeys(
            _answer(question, body, is_own) for body, is_own in islice(bodies, _MOST_COPIES)
        )
        answers = [answer for answer in distinct if answer is not None]
        return Unreadable("two-cells") if len(answers) > 1 else next(iter(answers), None)

    def seed(self, question_id: str) -> int | None:
        """Return the seed in the address of a question's cell."""
        return next((cell.seed for cell in self.cells if cell.question == question_id), None)


def _answer(question: AnyQuestion, body: str, is_own: bool) -> AnswerText | Unreadable | None:
    answer = answer_in(question, body)
    return AnswerText(answer.text) if isinstance(answer, AnswerText) and not is_own else answer


def parse(raw: bytes, name: str) -> Submission:
    """Split a file into cells: a notebook's, where it is called one or is a JSON object, else a script's.

    Raises CourseError with one sentence where it is no text.
    """
    digest = hashlib.sha256(raw).hexdigest()
    if len(raw) > MAX_BYTES and name.lower().endswith(".ipynb"):
        raw = without_outputs(raw)
    text = _text(raw)
    is_notebook = name.lower().endswith(".ipynb") or text.lstrip().startswith("{")
    cells = notebook_cells(text) if is_notebook else script_cells(text)
    headers = [header for cell in cells if (header := header_in(cell.text))]
    header = headers[0] if headers else None
    return Submission(
        name,
        digest,
        header,
        tuple(cells),
        any(other_header != header for other_header in headers),
    )


def from_cells(sources: Sequence[str], name: str) -> Submission:
    """Return what was run in a notebook as a submission: of a cell that ran again, the last text counts."""
    latest: dict[str, Cell] = {}
    header = None
    for cell in source_cells(sources):
        header = header_in(cell.text) or header
        if cell.question:
            latest[cell.question] = cell
    return Submission(name, "", header, tuple(latest.values()))


def _text(raw: bytes) -> str:
    if len(raw) > MAX_BYTES:
        raise CourseError(message("submission-too-large", size=len(raw) // 10**6, most=MAX_BYTES // 10**6))
    if not raw.strip():
        raise CourseError(message("submission-empty"))
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _plain(raw.decode("utf-16", errors="replace"))
    if b"\0" in raw:
        raise CourseError(message("submission-not-text"))
    for encoding in ("utf-8-sig", "cp949"):
        try:
            return _plain(raw.decode(encoding))
        except UnicodeDecodeError:
            continue
    raise CourseError(message("submission-encoding"))


@cache
def _pile() -> re.Pattern[str]:
    """Match so many accents in a row that putting them in order would take hours: it is quadratic."""
    marks = (chr(code) for code in range(0x300, 0x20000) if unicodedata.combining(chr(code)))
    return re.compile(f"[{''.join(map(re.escape, marks))}]{{{_MOST_MARKS},}}")


def _plain(text: str) -> str:
    if _FOREIGN.search(text) and _pile().search(text):
        raise CourseError(message("submission-accents", most=_MOST_MARKS))
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
