"""A picture on a terminal."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from io import StringIO

from msgspec import structs
from rich.cells import cell_len
from rich.console import Console, Group, RenderableType
from rich.text import Text

from tensordrill.show.alignment_picture import alignment_picture
from tensordrill.show.merge_picture import merge_picture
from tensordrill.show.strip_picture import StripPicture, grid_lines
from tensordrill.text import Language, say
from tensordrill.trace.alignment import Alignment
from tensordrill.trace.merge import Merge
from tensordrill.trace.pictures import Corners, Drawing
from tensordrill.trace.strip import Strip


def drawn(drawing: Drawing, language: Language, *, is_told: bool = False) -> RenderableType:
    """Give a drawing; without the sentences that sum it up where a reason tells as much."""
    match drawing:
        case Strip():
            return StripPicture(drawing, language)
        case Alignment():
            return alignment_picture(structs.replace(drawing, notes=()) if is_told else drawing, language)
        case Merge():
            return merge_picture(drawing, language, is_told=is_told)
        case Corners():
            return Group(*grid_lines(drawing.grid), Text(sizes(drawing, language), "dim"))


def sizes(corners: Corners, language: Language) -> str:
    """Give the sizes of a large tensor in words."""
    shape = " × ".join(f"{size:,}" for size in corners.shape)
    return say("corners", language, shape=shape, numel=f"{corners.numel:,}")


def picture_text(drawing: Drawing, language: Language, width: int = 76) -> str:
    """Give a drawing as plain text, for files and Markdown."""
    console = _plain(width)
    lines = [line for part in _parts(drawn(drawing, language), console) for line in _lines(part, console)]
    return "\n".join(line.rstrip() for line in lines).rstrip()


def _parts(picture: RenderableType, console: Console) -> Iterable[RenderableType]:
    if isinstance(picture, Group):
        return picture.renderables
    if isinstance(picture, StripPicture):
        return picture.__rich_console__(console, console.options)
    return (picture,)


def _lines(part: RenderableType, console: Console) -> Iterable[str]:
    """Give the lines of a part; a text that fits as it is, because to render it takes rich much longer."""
    if isinstance(part, Text) and "\n" not in part.plain and cell_len(part.plain) <= console.width:
        return (part.plain,)
    return ("".join(segment.text for segment in line) for line in console.render_lines(part, pad=False))


@cache
def _plain(width: int) -> Console:
    return Console(
        file=StringIO(), width=width, color_system=None, highlight=False, markup=False, emoji=False
    )
