"""Feedback on one question, as plain text."""

from __future__ import annotations

from collections.abc import Iterator

from tensordrill.course.results.feedback import QuestionFeedback
from tensordrill.messages import Language, Name, say


def as_text(question: QuestionFeedback, language: Language) -> str:
    """Return a question's feedback: what became of it, why, and the answer that it speaks of."""
    return "\n".join(_lines(question, language))


def _lines(question: QuestionFeedback, language: Language) -> Iterator[str]:
    yield question.outcome
    yield from question.facts
    if question.idea:
        yield say("feedback-idea", language, title=question.idea.title)
    if question.because:
        yield question.because
    if question.idea and question.idea.rule:
        yield say("feedback-rule", language, rule=question.idea.rule)
    texts: tuple[tuple[Name, str], ...] = (
        ("feedback-your-answer", question.answer),
        ("feedback-printed", question.printed),
        ("feedback-key", question.key),
    )
    for name, text in texts:
        if text:
            yield f"{say(name, language)}:"
            yield from (f"    {line}" for line in text.splitlines())
