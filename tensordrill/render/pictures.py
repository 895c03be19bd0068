"""A picture on a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from io import StringIO
from typing import Any

from msgspec import structs
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, Group, RenderableType
from rich.text import Text

from tensordrill.course.sanitize import sanitize_line
from tensordrill.explanation.alignment import Alignment
from tensordrill.explanation.cells import Cells
from tensordrill.explanation.drawing import Corners, Drawing
from tensordrill.explanation.line import Line
from tensordrill.explanation.pictures import Picture
from tensordrill.explanation.shapes import Merge
from tensordrill.explanation.strip import Strip
from tensordrill.explanation.walk import Walk
from tensordrill.messages import Language, say
from tensordrill.render.alignment_picture import alignment_picture
from tensordrill.render.layout import TwoColumns, indented
from tensordrill.render.line_picture import LinePicture
from tensordrill.render.marked_grids import cells_picture, walk_picture
from tensordrill.render.merge_picture import merge_picture
from tensordrill.render.step_words import short
from tensordrill.render.strip_picture import StripPicture, grid_lines
from tensordrill.render.wrapping import whole

_MOST_ROWS = 9
"""Rows that two pictures may take together; where they need more, the learner's stands alone."""


def pictured(picture: Picture, language: Language) -> RenderableType:
    """Return a picture below the expression that it is of, and the solution's beside or below it."""
    solution = picture.solution
    if solution is None:
        return Titled(picture, say("picture-solution", language) if picture.is_solution else "", language)
    return PicturePair(
        Titled(picture, say("picture-yours", language), language),
        Titled(solution, say("picture-solution", language), language),
    )


class PicturePair:
    """Two pictures beside each other, or one above the other; where both take too many rows, the first alone."""

    def __init__(self, own: Titled, solution: Titled) -> None:
        self.own, self.solution = own, solution

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        columns, rows = TwoColumns(self.own, self.solution), Group(self.own, self.solution)
        ways: list[RenderableType] = [columns, rows] if columns.fit(console, options) else [rows]
        if isinstance(self.own.picture.drawing, Line):
            ways.reverse()  # half a line says little
        fitting = (way for way in ways if len(console.render_lines(way, options, pad=False)) <= _MOST_ROWS)
        yield next(fitting, self.own)


class Titled:
    """A drawing below whose it is, where that is no matter of course, and the expression that it is of."""

    def __init__(self, picture: Picture, name: str, language: Language) -> None:
        self.picture = picture
        self.expression = sanitize_line(picture.expression)
        self.head = f"{name}: " if name else ""
        self.drawing = DrawingPicture(picture.drawing, language)

    def title(self, most: int | None = None) -> Text:
        """Return what stands above the drawing, the expression shortened to a number of cells."""
        shown = self.expression
        if most is not None:
            shown = short(shown, max(most - cell_len(self.head), 1))
        return Text.assemble((self.head, "dim")).append_text(whole(Text(shown, "bold"), is_code=True))

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        yield self.title(options.max_width)
        yield self.drawing


class DrawingPicture:
    """A drawing on a screen; where a reason says as much (`is_told`), without the sentences that sum it up."""

    def __init__(self, drawing: Drawing, language: Language, *, is_told: bool = False) -> None:
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
        case Line():
            return LinePicture(drawing, language)
        case Walk():
            return walk_picture(drawing, language)
        case Cells():
            return cells_picture(drawing, language)
        case Corners():
            return Group(*grid_lines(drawing.grid), indented(Text(sizes(drawing, language), "dim"), (0, 0)))


def sizes(corners: Corners, language: Language) -> str:
    """Return the sizes of a large tensor in words."""
    shape = " × ".join(f"{size:,}" for size in corners.shape)
    return say("corners", language, shape=shape, numel=f"{corners.numel:,}")


def picture_text(drawing: Drawing, language: Language, width: int = 76) -> str:
    """Return a drawing as plain text, for files and Markdown."""
    lines = _lines(DrawingPicture(drawing, language), _plain(width))
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
