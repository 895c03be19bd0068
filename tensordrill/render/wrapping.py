"""Text that breaks between its pieces: never inside a shape, a stride, or code.

>>> text = prose("`x.view(2, 3)` has stride (3, 1)")
>>> [line.plain for line in wrapped(text, 14, hanging=2)]
['x.view(2, 3)', '  has stride', '  (3, 1)']
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rich.cells import cell_len
from rich.style import Style
from rich.text import Text

_WHOLE = Style(meta={"whole": True})
_CODE = Style(meta={"whole": True, "code": True})
_SHAPE = re.compile(r"(?:torch\.Size\()?[(\[][\w.*+-]+(?:, ?[\w.*+-]+){0,7},?[)\]]\)?")
"""A few words or numbers in brackets: `(2, 3)`, `(out, in)`, `[1., 2.]`, `torch.Size([2])`."""


def whole(text: Text, *, is_code: bool = False) -> Text:
    """Mark a text as one piece, of code where it is some; returns it."""
    if text.plain:
        text.stylize(_CODE if is_code else _WHOLE)
    return text


def whole_ranges(text: Text) -> Iterator[tuple[int, int, bool]]:
    """Yield where each piece that never breaks begins and ends, and whether it is code."""
    for span in text.spans:
        if _is_mark(span.style):
            yield span.start, span.end, span.style is _CODE
    for match in _SHAPE.finditer(text.plain):
        yield *match.span(), False


def wrapped(text: Text, width: int, hanging: int = 0) -> Iterator[Text]:
    """Yield the lines of a text, `hanging` spaces before each but the first; a wider piece stands alone.

    Spaces at the ends of lines are left out.
    """
    for line in text.split("\n", allow_blank=True):
        yield from _lines(line, width, hanging)


def widest(text: Text) -> int:
    """Return the cells that the widest piece of a text takes."""
    pieces = (text.plain[start:end] for start, end in _pieces(text))
    return max((cell_len(line) for piece in pieces for line in piece.split("\n")), default=0)


def _lines(text: Text, width: int, hanging: int) -> Iterator[Text]:
    begin = end = margin = 0
    for _, after in _pieces(text):
        if end and cell_len(text.plain[begin:after]) > width - margin:
            yield _line(text, begin, end, margin)
            begin, margin = _next(text, end), hanging
        end = after
    yield _line(text, begin, end, margin)


def _line(text: Text, begin: int, end: int, margin: int) -> Text:
    line = text[begin:end]
    line.spans = [span for span in line.spans if not _is_mark(span.style)]
    return Text(" " * margin).append_text(line) if margin else line


def _next(text: Text, end: int) -> int:
    """Return where the piece begins that follows the spaces at `end`."""
    return end + len(text.plain[end:]) - len(text.plain[end:].lstrip(" "))


def _pieces(text: Text) -> Iterator[tuple[int, int]]:
    """Yield where each piece begins and ends: what stands between spaces that are in none of the whole ranges."""
    kept: set[int] = set()
    for start, end, _ in whole_ranges(text):
        kept.update(range(start, end))
    begin = None
    for at, letter in enumerate(text.plain):
        is_space = letter == " " and at not in kept
        if begin is None and not is_space:
            begin = at
        elif begin is not None and is_space:
            yield begin, at
            begin = None
    if begin is not None:
        yield begin, len(text.plain)


def _is_mark(style: str | Style) -> bool:
    return style is _WHOLE or style is _CODE
