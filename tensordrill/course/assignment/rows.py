"""The rows of a CSV file that people keep, each with its line, in whatever encoding a spreadsheet saved it."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeAlias

from tensordrill.errors import CourseError
from tensordrill.messages import Message, message

_ENCODINGS = ("utf-8-sig", "cp949")
_MAX_BYTES = 20_000_000

Rows: TypeAlias = list[tuple[int, dict[str, str]]]


def read_rows(
    path: Path, what: Message, columns: Sequence[str], is_complete: Callable[[Sequence[str]], bool]
) -> Rows:
    """Read a file in UTF-8 (with or without BOM), UTF-16 or CP949; `what` names it in sentences.

    The columns are named by the first line, in lower case. Raises CourseError where the file cannot be read, or where
    its columns are not complete.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(_MAX_BYTES + 1)
    except OSError as error:
        raise CourseError(message("rows-not-read", path=path, what=what, reason=error.strerror)) from error
    if len(raw) > _MAX_BYTES:
        raise CourseError(message("rows-too-large", path=path, what=what, most=_MAX_BYTES // 10**6))
    text = decoded(raw, path)
    if "\0" in text:
        raise CourseError(message("rows-not-csv", path=path, what=what))
    return _rows(path, text, columns, is_complete)


def decoded(raw: bytes, path: Path) -> str:
    """Return text as a spreadsheet saved it; raises CourseError where it is none."""
    for encoding in ("utf-16",) if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else _ENCODINGS:
        try:
            return unicodedata.normalize("NFC", raw.decode(encoding))
        except UnicodeDecodeError:
            continue
    raise CourseError(message("rows-encoding", path=path))


def _rows(
    path: Path, text: str, columns: Sequence[str], is_complete: Callable[[Sequence[str]], bool]
) -> Rows:
    separator = max(",;\t", key=text.partition("\n")[0].count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        header = [" ".join(name.split()).lower() for name in next(reader, [])]
        if not is_complete(header):
            raise CourseError(message("rows-no-columns", path=path, columns=",".join(columns)))
        twice = [name for name in columns if header.count(name) > 1]
        if twice:
            raise CourseError(message("rows-column-twice", path=path, column=twice[0]))
        rows = [(reader.line_num, row) for row in reader]
    except csv.Error as error:
        raise CourseError(message("rows-broken", path=path, line=reader.line_num, reason=error)) from error
    return [
        (line, dict(zip(header, (cell.strip() for cell in row), strict=False)))
        for line, row in rows
        if any(cell.strip() for cell in row)
    ]
