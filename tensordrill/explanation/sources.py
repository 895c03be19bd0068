"""The text of a program and of the user's modules that it imports, and the parts of it at places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from tokenize import COMMENT, DEDENT, ENDMARKER, INDENT, NEWLINE, NL, TokenError, generate_tokens
from typing import TypeAlias

from tensordrill.sandbox.trace import Place

Sources: TypeAlias = Mapping[str, str]
"""The text of the program, by "", and of the user's modules, by their paths."""

MOST = 1000
"""The letters of an expression or a line that are kept."""
_CUT = "…"
_NO_TEXT = (COMMENT, NL, NEWLINE, INDENT, DEDENT, ENDMARKER)


def text_at(place: Place, sources: Sources) -> str:
    """Return the program's text at a place on one line, without comments, cut where it is very long."""
    lines = list(_lines(sources.get(place.file, ""))[max(place.line - 1, 0) : place.end_line])
    if not lines:
        return ""
    lines[-1] = lines[-1][: max(place.end_column, 0)]
    lines[0] = lines[0][max(place.column, 0) :]
    return _cut(_on_one_line([line.decode(errors="replace") for line in lines]))


def _on_one_line(lines: Sequence[str]) -> str:
    """Join the lines of an expression, as it would be written on one."""
    if len(lines) == 1:
        return lines[0].strip()
    joined, end = "", (1, 0)
    try:
        for token in generate_tokens(iter(f"{line}\n" for line in lines).__next__):
            if token.type in _NO_TEXT:
                continue
            is_new_line = token.start[0] != end[0]
            if joined and token.start != end and not (is_new_line and _is_tight(joined, token.string)):
                joined += " "
            joined += " ".join(line.strip() for line in token.string.split("\n"))
            end = token.end
    except (TokenError, SyntaxError, UnicodeError):  # part of a statement may be no Python by itself
        return " ".join(line.strip() for line in lines)
    return joined


def _is_tight(before: str, after: str) -> bool:
    """Whether no blank is written between two tokens."""
    return before[-1] in "([{" or after in (")", "]", "}", ".")


def column_at(place: Place, sources: Sources) -> int:
    """Return the column of a place in letters, from 1."""
    before = _line(place.line, sources.get(place.file, ""))[: max(place.column, 0)]
    return len(before.decode(errors="replace")) + 1


def line_at(number: int, source: str) -> str:
    """Return a line of a text, counted from 1, cut where it is very long; "" where there is none."""
    return _cut(_line(number, source).decode(errors="replace"))


def _line(number: int, source: str) -> bytes:
    lines = _lines(source)
    return lines[number - 1] if 0 < number <= len(lines) else b""


@lru_cache(16)
def _lines(source: str) -> tuple[bytes, ...]:
    return tuple(source.encode(errors="replace").split(b"\n"))


def _cut(text: str) -> str:
    return text if len(text) <= MOST else text[: MOST - 1] + _CUT
