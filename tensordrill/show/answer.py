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
    parts: list[RenderableType] = [Text(), *_marked(Text(" ✓  ", "bold green"), sitting.expected, "")]
    because = sitting.because(language, sitting.expected)
    if because:
        parts.append(indented(prose(because), (0, 4)))
    for (name, typed), (wrong, _) in zip(sitting.misconceptions(), sitting.key.wrong, strict=True):
        parts += [Text(), *_marked(Text(" ✗  ", "bold red"), typed, name)]
        if wrong.because is not None:
            parts.append(indented(prose(sitting.because(language, typed, wrong.because) or ""), (0, 4)))
    return Group(*parts)


def _marked(mark: Text, typed: str, name: str) -> list[RenderableType]:
    if "\n" in typed:
        return [mark.append(name, "dim"), indented(code(typed), (0, 4))]
    return [mark.append_text(code(typed)).append(f"   {name}" if name else "", "dim")]
