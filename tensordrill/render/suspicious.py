"""Suspicious places of a run that ended well, on a terminal: each with its picture and its reason."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console, ConsoleOptions, RenderableType
from rich.text import Text

from tensordrill.explanation.explanation import Explanation, Suspicious
from tensordrill.messages import Language, fill, say
from tensordrill.messages.suspicions import CERTAINTIES
from tensordrill.render.code import code, prose
from tensordrill.render.layout import Sides, indented
from tensordrill.render.pictures import DrawingPicture
from tensordrill.render.sanitize_explanation import sanitize_explanation
from tensordrill.render.step_rows import MARGIN
from tensordrill.render.wrapping import whole


class SuspiciousPlaces:
    """The suspicious places of an explanation on a screen, below a sentence."""

    def __init__(self, explanation: Explanation, language: Language) -> None:
        self.explanation, self.language = sanitize_explanation(explanation), language

    def __rich_console__(self, _: Console, __: ConsoleOptions) -> Iterator[RenderableType]:
        yield from places(self.explanation, self.language)
        yield Text()


def places(explanation: Explanation, language: Language) -> Iterator[RenderableType]:
    """Yield the suspicious places of an explanation whose texts steer no terminal."""
    if explanation.suspicious and explanation.error is None and explanation.ended is None:
        yield Text()
        yield indented(Text(say("suspicions", language)), (0, 1))
    for place in explanation.suspicious:
        yield Text()
        yield from _place(place, language)


def _place(place: Suspicious, language: Language) -> Iterator[RenderableType]:
    where = f"{place.file}:{place.line}" if place.file else say("explain-failed", language, line=place.line)
    expression = Text.assemble(" ", ("!", "bold yellow"), "  ").append_text(code(place.expression))
    certainty = Text.assemble((fill(CERTAINTIES[place.certainty], language), "bold"), "  ", (where, "dim"))
    yield Sides(whole(expression), certainty, is_cut=True)
    if place.drawing is not None:
        yield Text()
        yield indented(DrawingPicture(place.drawing, language, is_told=True), (0, 0, 0, MARGIN + 2))
        yield Text()
    text = Text(place.text, "dim") if place.certainty == "warned" else prose(place.text)
    yield indented(text, (0, 1, 0, 4))
