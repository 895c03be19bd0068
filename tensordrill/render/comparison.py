"""A learner's program beside the reference, with the first step where they part."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console, ConsoleOptions, Group, RenderableType
from rich.text import Text

from tensordrill.drill.explaining import Comparison
from tensordrill.explanation.difference import first_difference
from tensordrill.explanation.explanation import Explanation
from tensordrill.messages import Language, Name, say
from tensordrill.render.explanation import ExplanationScreen
from tensordrill.render.layout import TwoColumns, indented

SIDE_BY_SIDE = 100
"""The least width at which two programs stand beside each other."""


class ComparisonScreen:
    """Both explanations of a comparison on a screen, without their pictures."""

    def __init__(self, comparison: Comparison, language: Language) -> None:
        yours, solution = comparison.yours, comparison.solution
        mine, theirs = first_difference(yours, solution)
        self.language = language
        self.sides = [
            self._side("compare-yours", yours, mine),
            self._side("picture-solution", solution, theirs),
        ]
        conclusion = _conclusion(comparison, language, is_marked=(mine, theirs) != (None, None))
        self.conclusion = indented(Text(conclusion, "dim"), (0, 1))

    def _side(self, name: Name, explanation: Explanation, marked: int | None) -> Group:
        title = Text(" " + say(name, self.language), "bold underline")
        return Group(title, ExplanationScreen(explanation, self.language, marked=marked, has_pictures=False))

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        columns = TwoColumns(*self.sides)
        if options.max_width >= SIDE_BY_SIDE and columns.fit(console, options):
            yield columns
        else:
            yield from self.sides
        yield self.conclusion


def _conclusion(comparison: Comparison, language: Language, *, is_marked: bool) -> str:
    """Return the sentence on the steps; nothing where an error speaks for itself."""
    if is_marked:
        return say("compare-mark", language)
    if comparison.yours.error is not None or comparison.solution.error is not None:
        return ""
    return say("compare-elsewhere", language) if comparison.is_wrong else say("compare-same", language)
