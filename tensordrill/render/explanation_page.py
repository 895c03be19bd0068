"""An explanation as HTML: a fragment for notebooks and feedback pages, or a page that needs nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, partial
from typing import Any

from jinja2 import Environment
from markupsafe import Markup, escape

from tensordrill.explanation.alignment import Alignment
from tensordrill.explanation.cells import Cells
from tensordrill.explanation.drawing import Corners, Drawing
from tensordrill.explanation.explanation import Explanation
from tensordrill.explanation.grid import tuple_text
from tensordrill.explanation.line import Line
from tensordrill.explanation.outline import LineGroup, outline
from tensordrill.explanation.pictures import of_the_error
from tensordrill.explanation.shapes import Merge
from tensordrill.explanation.strip import Strip
from tensordrill.explanation.walk import Walk
from tensordrill.messages import Language, fill
from tensordrill.messages.explanation import ADJUSTMENTS, ENDINGS
from tensordrill.messages.suspicions import CERTAINTIES
from tensordrill.render import alignment_words, html, marked_grids, merge_picture, step_words
from tensordrill.render.alt_text import alt_text
from tensordrill.render.sanitize_explanation import sanitize_explanation

_PRINTED_LINES = 40
_NUMBERS = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


def page(explanation: Explanation, language: Language) -> str:
    """Return a whole page, readable offline and without scripts."""
    return _environment().get_template("explanation_page.html.jinja").render(**_words(explanation, language))


def fragment(
    explanation: Explanation, language: Language, *, marked: int | None = None, has_pictures: bool = True
) -> str:
    """Return the part of a page that shows an explanation, with its own style; a step may be marked by its index."""
    words = _words(explanation, language, marked, has_pictures)
    return _environment().get_template("explanation.html.jinja").render(**words)


def picture_html(drawing: Drawing, language: Language, *, is_told: bool = False) -> Markup:
    """Return one picture; the page that holds it needs `style()`."""
    macros: Any = _environment().get_template("pictures.html.jinja").module
    return Markup(macros.picture(drawing, language, is_told))  # noqa: S704  # rendered with autoescape


def style() -> Markup:
    """Return the style of explanations and their pictures."""
    return html.asset("explanation.css")


def _words(
    explanation: Explanation, language: Language, marked: int | None = None, has_pictures: bool = True
) -> dict[str, Any]:
    shown = sanitize_explanation(explanation)
    return {
        "explanation": shown,
        "language": language,
        "marked": marked,
        "has_pictures": has_pictures,
        "lines": list(_lines(shown)),
        "failed": of_the_error(shown),
        "ended": "" if shown.ended is None else fill(ENDINGS[shown.ended], language),
        "certainty": lambda place: fill(CERTAINTIES[place.certainty], language),
        "stdout": _first_lines(shown.stdout),
        "stderr": _first_lines(shown.stderr),
        "adjustments": [
            fill(ADJUSTMENTS[each], language, command="tensordrill run") for each in shown.adjustments
        ],
    }


def _first_lines(written: str) -> str:
    lines = written.split("\n")
    more = [f"… +{len(lines) - _PRINTED_LINES}"] if len(lines) > _PRINTED_LINES else []
    return "\n".join(lines[:_PRINTED_LINES] + more)


def _lines(explanation: Explanation) -> Iterator[tuple[LineGroup, Markup | None]]:
    """Yield each group with its source line, None where it is the line of the group before."""
    before = None
    for group in outline(explanation):
        place = (group.file, group.line)
        is_again = place == before and not group.left_out
        yield group, None if is_again else _source(explanation, group)
        before = place


def _source(explanation: Explanation, group: LineGroup) -> Markup:
    """Return a group's line, with a mark on what Python could not read."""
    line, error = explanation.line(group.line, group.file), explanation.error
    if error is None or not error.is_syntax or (error.file, error.line) != (group.file, group.line):
        return escape(line)
    start = error.column - 1
    end = start + len(error.expression)
    return Markup("{}<mark>{}</mark>{}").format(line[:start], line[start:end], line[end:])


@cache
def _environment() -> Environment:
    environment = html.environment(
        keeps_last_newline=True,
        style=style,
        words=step_words,
        aligned=alignment_words,
        merged=merge_picture,
        grids=marked_grids,
        alt_text=alt_text,
        tuple_text=tuple_text,
        callouts=callouts,
    )
    kinds = (Strip, Alignment, Merge, Corners, Line, Walk, Cells)
    tests: dict[str, Any] = {kind.__name__.lower(): partial(_is_a, kind) for kind in kinds}
    environment.tests |= tests
    return environment


def _is_a(kind: type, value: object) -> bool:
    return isinstance(value, kind)


def callouts(alignment: Alignment, language: Language) -> list[tuple[str, str]]:
    """Return for each column its mark, with a number where words are said below, and the words."""
    numbers = iter(_NUMBERS)
    columns = []
    for column in alignment.columns:
        text = alignment_words.column_words(column, alignment, language)
        sign = alignment_words.SIGNS.get(column.mark, "")
        columns.append((f"{sign}{next(numbers, '*')}" if text else sign, text))
    return columns
