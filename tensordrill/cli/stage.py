"""The output of a round: one thing below the other, or a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from rich.console import Console, Group, RenderableType

from tensordrill.render.fitting import Fitted, rows

_TYPED = 2
"""Rows below a page: the line that is typed on, and the one that its Enter leads to."""


class Screen(Protocol):
    """Shows what `show` makes."""

    def print(self, *parts: Any) -> None: ...


class Stage:
    """A screen that is printed on and never cleared: a pipe, a notebook's cell, a terminal that is to keep all."""

    clears = False

    def __init__(self, screen: Screen) -> None:
        self._screen = screen

    def page(self, parts: Sequence[RenderableType]) -> None:
        """Show a question, a verdict or a summary."""
        self._screen.print(Group(*parts))

    def add(self, part: RenderableType) -> None:
        """Show something below the page."""
        self._screen.print(part)

    def notice(self, part: RenderableType) -> None:
        """Show something that the next page may not clear away."""
        self._screen.print(part)

    def blank(self) -> None:
        """Leave the line that was typed on."""
        self._screen.print()

    def close(self) -> None:
        """Show what is left to be shown."""


class ClearedStage(Stage):
    """A terminal on which each page takes the place of the one before, cut to the terminal's height."""

    clears = True

    def __init__(self, console: Console) -> None:
        super().__init__(console)
        self._console = console
        self._page: Sequence[RenderableType] = ()
        self._taken = 0
        self._notices: list[RenderableType] = []

    def page(self, parts: Sequence[RenderableType]) -> None:
        self._page = (*parts, *self._notices)
        self._notices.clear()
        self._draw()

    def add(self, part: RenderableType) -> None:
        taken = self._rows([part])
        if self._is_over(self._taken + taken) and not self._is_over(self._rows(self._page) + taken):
            self._draw()
        self._console.print(part)
        self._taken += taken + 1

    def notice(self, part: RenderableType) -> None:
        self._notices.append(part)

    def close(self) -> None:
        for part in self._notices:
            self._console.print(part)
        self._notices.clear()

    def _draw(self) -> None:
        self._console.clear()
        height = max(self._console.height - _TYPED, 1)
        self._console.print(Fitted(self._page), height=height)
        self._taken = min(self._rows(self._page), height)

    def _is_over(self, taken: int) -> bool:
        return taken + _TYPED > self._console.height

    def _rows(self, parts: Sequence[RenderableType]) -> int:
        return rows(parts, self._console, self._console.options)
