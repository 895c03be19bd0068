"""The line that says whose hand-out a file is, with a mark that only the teacher can make."""

from __future__ import annotations

import re

import msgspec
from msgspec import Struct

from tensordrill.messages import Language

_LINE = re.compile(r"^#[ \t]*tensordrill-handout:[ \t]*(\{.*\})[ \t]*$", re.MULTILINE)
_MOST_CHARACTERS = 2000


class HandoutHeader(Struct, frozen=True, omit_defaults=True):
    """The claim of a file: an assignment's hand-out for a student; nobody's where it is shared."""

    assignment: str
    student: str = ""
    name: str = ""
    mark: str = ""
    language: Language = "en"


def header_line(header: HandoutHeader) -> str:
    """Return the comment that stands in a hand-out's first code."""
    return f"# tensordrill-handout: {msgspec.json.encode(header).decode()}"


def header_in(text: str) -> HandoutHeader | None:
    """Find the header in a file's text; None where there is none that can be read."""
    match = _LINE.search(text)
    if match is None or len(match[1]) > _MOST_CHARACTERS:
        return None
    try:
        return msgspec.json.decode(match[1], type=HandoutHeader)
    except msgspec.MsgspecError:
        return None
