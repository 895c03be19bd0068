"""Programs with line numbers and colour, and sentences with code in them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from rich.text import Text

from tensordrill.render.wrapping import whole

if TYPE_CHECKING:  # what has sentences alone does without
    from pygments.lexers.python import PythonLexer
    from pygments.token import _TokenType


def code(source: str, *, numbered_from: int | None = None) -> Text:
    """Return highlighted code, each line a whole; with `numbered_from`, it has its number before it."""
    text = Text()
    for token, piece in _lexer().get_tokens(source):
        text.append(piece, next((style for kind, style in _styles() if token[: len(kind)] == kind), ""))
    if numbered_from is None:
        return whole(text, is_code=True)
    lines = text.split("\n", allow_blank=True)
    numbered = Text()
    for number, line in enumerate(lines, numbered_from):
        numbered.append(f"{number:>4}  ", "dim")
        numbered.append_text(line)
        numbered.append("\n")
    numbered.rstrip()
    return whole(numbered, is_code=True)


@cache
def _lexer() -> PythonLexer:
    from pygments.lexers.python import PythonLexer

    return PythonLexer(stripnl=False, ensurenl=False)


@cache
def _styles() -> tuple[tuple[_TokenType, str], ...]:
    from pygments.token import Comment, Keyword, Name, Number, Operator, String

    return (
        (Comment, "dim"),
        (String, "green"),
        (Number, "cyan"),
        (Operator.Word, "magenta"),
        (Keyword, "magenta"),
        (Name.Builtin, "blue"),
    )


def prose(text: str, style: str = "", *, code_style: str = "bold cyan") -> Text:
    """Return a sentence with its `code` parts set apart, each of them a whole."""
    result = Text(style=style)
    for index, part in enumerate(text.split("`")):
        result.append_text(whole(Text(part, code_style), is_code=True) if index % 2 else Text(part))
    return result
