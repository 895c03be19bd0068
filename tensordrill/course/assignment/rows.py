"""The rows of a CSV file that people keep, each with its line, in whatever encoding a spreadsheet saved it."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TypeAlias

from tensordrill.errors import CourseError

_ENCODINGS = ("utf-8-sig", "cp949")
_MAX_BYTES = 20_000_000

Rows: TypeAlias = list[tuple[int, dict[str, str]]]


def read_rows(
    path: Path,
    what: str,
    columns: Sequence[str],
    needed: Sequence[str],
    also: Mapping[str, str] = MappingProxyType({}),
) -> Rows:
    """Read a file in UTF-8 (with or without BOM), UTF-16 or CP949; `what` names it in sentences.

    `also` gives other names for columns. Raises CourseError where the file cannot be read, or where a
    needed column is missing.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(_MAX_BYTES + 1)
    except OSError as error:
        raise CourseError(f"{path}: the {what} cannot be read: {error.strerror}") from error
    if len(raw) > _MAX_BYTES:
        raise CourseError(f"{path}: a {what} has at most {_MAX_BYTES // 10**6} MB; is this the right file?")
    text = decoded(raw, path)
    if "\0" in text:
        raise CourseError(f"{path}: this is not a CSV file; save the {what} as `CSV UTF-8`")
    return _rows(path, text, columns, needed, also)


def decoded(raw: bytes, path: Path) -> str:
    """Give text as a spreadsheet saved it; raises CourseError where it is none."""
    for encoding in ("utf-16",) if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else _ENCODINGS:
        try:
            return unicodedata.normalize("NFC", raw.decode(encoding))
        except UnicodeDecodeError:
            continue
    raise CourseError(f"{path}: this is neither UTF-8 nor CP949; save it as `CSV UTF-8`")


def _rows(
    path: Path, text: str, columns: Sequence[str], needed: Sequence[str], also: Mapping[str, str]
) -> Rows:
    separator = max(",;\t", key=text.partition("\n")[0].count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        header = [name.strip().lower() for name in next(reader, [])]
        header = [also.get(name, name) for name in header]
        if not set(needed) <= set(header):
            raise CourseError(f"{path}:1: the first line should name the columns: `{','.join(columns)}`")
        twice = [name for name in columns if header.count(name) > 1]
        if twice:
            raise CourseError(f"{path}:1: the column `{twice[0]}` is there twice; remove one")
        rows = [(reader.line_num, row) for row in reader]
    except csv.Error as error:
        raise CourseError(
            f"{path}:{reader.line_num}: this is not a CSV file ({error}); save it as `CSV UTF-8`"
        ) from error
    return [
        (line, dict(zip(header, (cell.strip() for cell in row), strict=False)))
        for line, row in rows
        if any(cell.strip() for cell in row)
    ]
