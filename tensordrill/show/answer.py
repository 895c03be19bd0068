"""A question's key and what each misconception gives, for authors and teachers."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.text import Text

from tensordrill.mark import Sitting
from tensordrill.show.code import code, prose
from tensordrill.show.layout import indented
from tensordrill.text import Language


def answer_sheet(sitting: Sitting, language: Language) -> RenderableType:
    """Give the key with its reason, then each misconception with what it types and its reason."""
    parts: list[RenderableType] = [Text(), Text(" ✓", "bold green"), indented(code(sitting.expected), (0, 4))]
    because = sitting.because(language, sitting.expected)
    if because:
        parts.append(indented(prose(because), (0, 4)))
    for (name, typed), wrong in zip(sitting.misconceptions(), sitting.variant.wrong, strict=True):
        parts += [Text(), Text.assemble((" ✗  ", "bold red"), (name, "bold")), indented(code(typed), (0, 4))]
        if wrong.because is not None:
            parts.append(indented(prose(sitting.because(language, typed, wrong.because) or ""), (0, 4)))
    return Group(*parts)
