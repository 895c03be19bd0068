"""A hand-out's cells: percent cells of a `.py` file, or the code cells of a notebook, before any parsing.

A question's cell begins at the comment with its address, wherever editors, exports and merged cells have
left it. Nothing is parsed as Python here, so that a syntax error stays in its own cell.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

import msgspec
from msgspec import Struct

from tensordrill.errors import CourseError
from tensordrill.messages import message

_ADDRESS = re.compile(
    r"^#[ \t]*(?:%%[ \t]*)?(?:\[\w+\][ \t]*)?"
    r"(?P<question>[a-z0-9]+(?:-[a-z0-9]+)*/[a-z0-9]+(?:-[a-z0-9]+)*)@(?P<seed>-?[0-9]{1,18})(?![\w@/-])",
    re.MULTILINE,
)
_MARKER = re.compile(rf"{_ADDRESS.pattern}|^#[ \t]*(?:%%|In\[[ \d*]*\]:)", re.MULTILINE)
"""The line that begins a cell: an address, `# %%`, or the `# In[3]:` of a notebook that was exported."""


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
    """Split a script at its addresses and its `# %%` lines; what stands above them is a cell as well."""
    starts = [0, *(match.start() for match in _MARKER.finditer(text)), len(text)]
    return [_cell(text[start:end]) for start, end in pairwise(starts)]


def notebook_cells(text: str) -> list[Cell]:
    """Return a notebook's code cells; raises CourseError where the text is no notebook."""
    try:
        notebook = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise CourseError(message("submission-json")) from error
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    if not isinstance(cells, list):
        raise CourseError(message("submission-no-cells"))
    return source_cells(_sources(cells))


class _Metadata(Struct, frozen=True):
    title: msgspec.Raw = msgspec.Raw(b"null")


class _LargeCell(Struct):
    """A cell of a large notebook; whatever else it has, its outputs above all, is skipped and takes no memory."""

    cell_type: str
    source: str | list[str] = ""
    metadata: _Metadata = _Metadata()


class _LargeNotebook(Struct):
    cells: list[_LargeCell]


def without_outputs(raw: bytes) -> bytes:
    """Return a notebook with its cells alone; raises CourseError where its JSON is no notebook's."""
    try:
        return msgspec.json.encode(msgspec.json.decode(raw, type=_LargeNotebook))
    except msgspec.ValidationError as error:
        raise CourseError(message("submission-no-cells")) from error
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise CourseError(message("submission-json")) from error


def _sources(cells: Iterable[Any]) -> Iterator[str]:
    for cell in cells:
        if not isinstance(cell, dict) or cell.get("cell_type") != "code":
            continue
        source = cell.get("source", "")
        if isinstance(source, list):
            source = "".join(line for line in source if isinstance(line, str))
        if isinstance(source, str):
            yield f"{_title(cell)}{source}"


def _title(cell: dict[str, Any]) -> str:
    """Return the address that Jupytext has moved from a script's `# %%` line to the cell's title."""
    metadata = cell.get("metadata")
    title = metadata.get("title") if isinstance(metadata, dict) else None
    line = f"# {title}\n"
    return line if isinstance(title, str) and _ADDRESS.match(line) else ""


def source_cells(sources: Iterable[str]) -> list[Cell]:
    """Return the cells of notebook cells' texts, in their order."""
    return [cell for source in sources for cell in script_cells(_plain(source)) if cell.text.strip()]


def _plain(text: str) -> str:
    """Return a text that can be written as UTF-8: JSON can escape half a character."""
    return text.encode("utf-8", errors="replace").decode()


def _cell(text: str) -> Cell:
    match = _ADDRESS.match(text)
    return Cell(text, match["question"], int(match["seed"])) if match else Cell(text)
