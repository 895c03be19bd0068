"""Margins."""

from __future__ import annotations

from rich.console import RenderableType
from rich.padding import Padding


def indented(inner: RenderableType, margin: tuple[int, ...]) -> Padding:
    """Give a renderable with a margin as CSS writes it, and no spaces after it."""
    return Padding(inner, margin, expand=False)  # type: ignore[arg-type]  # 2 or 4 numbers
