"""Other people's text, made safe to look at: nothing in it can steer a terminal, a page or a reader's eye.

What a learner's code printed may hold escape sequences, NUL, halves of surrogate pairs, or characters that
turn the direction of reading. They are shown as Python would write them: `\\x1b`, `\\u202e`.
"""

from __future__ import annotations

import re

STEERING = re.compile(
    "[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff"
    "\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e0fff\U0001fffe\U0001ffff\U0010fffe\U0010ffff]"
)
"""Control, format and direction characters except tab and newline; surrogates; what is no character."""

CUT = "…"
_ONE_LINE = 300
_LETTERS = 6_000
_LINES = 120


def sanitize(text: str, letters: int = _LETTERS) -> str:
    """Return text of several lines with nothing hidden in it, cut where it is longer than anybody reads."""
    lines = text[: letters + 1].replace("\r\n", "\n").replace("\r", "\n").split("\n")
    shown = STEERING.sub(_escaped, "\n".join(lines[:_LINES]))
    is_cut = len(text) > letters or len(lines) > _LINES or len(shown) > letters
    return (shown[:letters] + CUT if is_cut else shown).rstrip("\n")


def sanitize_line(text: str, letters: int = _ONE_LINE) -> str:
    """Return text as one line, cut where it is long."""
    shown = STEERING.sub(_escaped, " ".join(text[: 4 * letters].split()))
    return shown if len(shown) <= letters and len(text) <= 4 * letters else shown[: letters - 1] + CUT


def _escaped(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
