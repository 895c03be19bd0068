"""The text of a program and of the user's modules that it imports, and the parts of it at places."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from tensordrill.lab.traced import Place

Sources: TypeAlias = Mapping[str, str]
"""The text of the program, by "", and of the user's modules, by their paths."""


def text_at(place: Place, sources: Sources) -> str:
    """Give the program's text at a place, lines joined by single blanks."""
    lines = sources.get(place.file, "").encode(errors="replace").split(b"\n")
    lines = lines[max(place.line - 1, 0) : place.end_line]
    if not lines:
        return ""
    lines[-1] = lines[-1][: max(place.end_column, 0)]
    lines[0] = lines[0][max(place.column, 0) :]
    return " ".join(line.decode(errors="replace").strip() for line in lines)
