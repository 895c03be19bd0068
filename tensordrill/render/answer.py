"""A question's key and what each misconception gives, for authors and teachers."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.text import Text

from tensordrill.bank.ideas import Ideas
from tensordrill.judging import QuestionSession
from tensordrill.messages import Language, choose
from tensordrill.render.code import code, prose
from tensordrill.render.layout import indented


def answer_sheet(question_session: QuestionSession, ideas: Ideas, language: Language) -> RenderableType:
    """Return the key with its reason, then each misconception with its title, what it types and its reason."""
    parts: list[RenderableType] = [
        Text(),
        *marked(Text("✓  ", "bold green"), question_session.expected, Text()),
    ]
    because = question_session.because(language, question_session.expected)
    if because:
        parts.append(indented(prose(because), (0, 4)))
    for (name, typed), (wrong, _) in zip(
        question_session.misconceptions(), question_session.key.wrong, strict=True
    ):
        idea = ideas.get(name)
        title = prose(choose(idea.title, language), "dim") if idea else Text(name, "dim")
        parts += [Text(), *marked(Text("✗  ", "bold red"), typed, title)]
        if wrong.because is not None:
            parts.append(
                indented(prose(question_session.because(language, typed, wrong.because) or ""), (0, 4))
            )
    return Group(*parts)


def marked(mark: Text, typed: str, title: Text) -> list[RenderableType]:
    """Return an answer behind its mark, beside its title or below it."""
    if "\n" in typed:
        return [indented(mark.append_text(title), (0, 1)), indented(code(typed), (0, 4))]
    line = mark.append_text(code(typed)).append("   " if title else "").append_text(title)
    return [indented(line, (0, 1), hanging=3)]
