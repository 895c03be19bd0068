"""A picture on a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from io import StringIO
from typing import Any

from msgspec import structs
from rich.console import Console, ConsoleOptions, Group, RenderableType
from rich.text import Text

from tensordrill.show.alignment_picture import alignment_picture
from tensordrill.show.layout import indented
from tensordrill.show.merge_picture import merge_picture
from tensordrill.show.strip_picture import StripPicture, grid_lines
from tensordrill.text import Language, say
from tensordrill.trace.alignment import Alignment
from tensordrill.trace.merge import Merge
from tensordrill.trace.pictures import Corners, Drawing
from tensordrill.trace.strip import Strip


def drawn(drawing: Drawing, language: Language, *, is_told: bool = False) -> RenderableType:
    """Give a drawing; without the sentences that sum it up where a reason tells as much."""
    return Drawn(drawing, language, is_told)


class Drawn:
    """A drawing on a screen; `drawn` makes one."""

    def __init__(self, drawing: Drawing, language: Language, is_told: bool) -> None:
        self.drawing, self.language, self.is_told = drawing, language, is_told

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        yield _picture(self.drawing, self.language, self.is_told)


def _picture(drawing: Drawing, language: Language, is_told: bool) -> RenderableType:
    match drawing:
        case Strip():
            return StripPicture(drawing, language)
        case Alignment():
            return alignment_picture(structs.replace(drawing, notes=()) if is_told else drawing, language)
        case Merge():
            return merge_picture(drawing, language, is_told=is_told)
        case Corners():
            return Group(*grid_lines(drawing.grid), indented(Text(sizes(drawing, language), "dim"), (0, 0)))


def sizes(corners: Corners, language: Language) -> str:
    """Give the sizes of a large tensor in words."""
    shape = " × ".join(f"{size:,}" for size in corners.shape)
    return say("corners", language, shape=shape, numel=f"{corners.numel:,}")


def picture_text(drawing: Drawing, language: Language, width: int = 76) -> str:
    """Give a drawing as plain text, for files and Markdown."""
    lines = _lines(drawn(drawing, language), _plain(width))
    return "\n".join(line.rstrip() for line in lines).rstrip()


def _lines(part: Any, console: Console) -> Iterator[str]:
    """Yield the lines of texts as they are, because to render them takes rich much longer."""
    if isinstance(part, Text):
        yield part.plain
    else:
        for inner in part.__rich_console__(console, console.options):
            yield from _lines(inner, console)


@cache
def _plain(width: int) -> Console:
    return Console(
        file=StringIO(), width=width, color_system=None, highlight=False, markup=False, emoji=False
    )
