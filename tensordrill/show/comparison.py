"""A learner's program beside the reference, with the first step where they part."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console, ConsoleOptions, Group, RenderableType
from rich.text import Text

from tensordrill.show.explanation import explained
from tensordrill.show.layout import TwoColumns, indented
from tensordrill.text import Language, Name, say
from tensordrill.trace.difference import first_difference
from tensordrill.trace.explanation import Explanation

SIDE_BY_SIDE = 100
"""The least width at which two programs stand beside each other."""


def compared(yours: Explanation, reference: Explanation, language: Language) -> RenderableType:
    """Give both explanations, without their pictures."""
    return Compared(yours, reference, language)


class Compared:
    """Two explanations on a screen; `compared` makes one."""

    def __init__(self, yours: Explanation, reference: Explanation, language: Language) -> None:
        mine, theirs = first_difference(yours, reference)
        self.language = language
        is_same = mine is None and theirs is None and yours.error is None and reference.error is None
        name: Name = "compare-same" if is_same else "compare-mark"
        self.conclusion = indented(Text(say(name, language), "dim"), (0, 1))
        self.sides = [
            self._side("compare-yours", yours, mine),
            self._side("compare-reference", reference, theirs),
        ]

    def _side(self, name: Name, found: Explanation, marked: int | None) -> Group:
        title = Text(" " + say(name, self.language), "bold underline")
        return Group(title, explained(found, self.language, marked=marked, has_pictures=False))

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        columns = TwoColumns(*self.sides)
        if options.max_width >= SIDE_BY_SIDE and columns.fit(console, options):
            yield columns
        else:
            yield from self.sides
        yield self.conclusion
