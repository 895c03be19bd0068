"""A hand-out's cells: percent cells of a `.py` file, or the code cells of a notebook, before any parsing.

The first line of a question's cell is a comment with its address. Nothing is parsed as Python here, so
that a syntax error stays in its own cell.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from msgspec import Struct

from tensordrill.errors import CourseError

_MARKER = re.compile(r"^#[ \t]*%%", re.MULTILINE)
_ADDRESS = re.compile(
    r"^#[ \t]*(?:%%[ \t]*)?(?:\[\w+\][ \t]*)?([a-z0-9]+(?:-[a-z0-9]+)*/[a-z0-9]+(?:-[a-z0-9]+)*)@(-?[0-9]{1,18})\b"
)


class Cell(Struct, frozen=True):
    """One cell: the address in its first line, where it has one, and the rest of its text."""

    text: str
    question: str | None = None
    seed: int | None = None

    @property
    def body(self) -> str:
        """The text without its first line."""
        return self.text.partition("\n")[2] if self.question else self.text


def script_cells(text: str) -> list[Cell]:
    """Split a script at its `# %%` lines."""
    starts = [match.start() for match in _MARKER.finditer(text)]
    ends = [*starts[1:], len(text)]
    head = text[: starts[0]] if starts else text
    return [_cell(head), *(_cell(text[start:end]) for start, end in zip(starts, ends, strict=True))]


def notebook_cells(text: str) -> list[Cell]:
    """Give a notebook's code cells; raises CourseError where the text is no notebook."""
    try:
        notebook = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise CourseError(
            "this is not a notebook: its JSON is broken; save it again and hand that in"
        ) from error
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    if not isinstance(cells, list):
        raise CourseError("this is not a notebook: it has no cells; save it again and hand that in")
    return [_cell(source) for source in _sources(cells)]


def _sources(cells: Iterable[Any]) -> Iterator[str]:
    for cell in cells:
        if not isinstance(cell, dict) or cell.get("cell_type") != "code":
            continue
        source = cell.get("source", "")
        if isinstance(source, list):
            source = "".join(line for line in source if isinstance(line, str))
        if isinstance(source, str):
            yield source


def source_cells(sources: Iterable[str]) -> list[Cell]:
    """Give cells from the texts that were run in a notebook, in their order."""
    return [_cell(source) for source in sources]


def _cell(text: str) -> Cell:
    text = text.lstrip("\n")
    match = _ADDRESS.match(text)
    return Cell(text, match[1], int(match[2])) if match else Cell(text)
