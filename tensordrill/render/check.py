"""The screen of a student's own check: each question's verdict with its idea or difference, and the points."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from tensordrill.bank.ideas import Ideas
from tensordrill.course.gradebook import QuestionResult, shown_points
from tensordrill.course.grading.selfcheck import CheckResult
from tensordrill.course.sanitize import sanitize
from tensordrill.messages import Language, choose, fill, say
from tensordrill.messages.homework import CHECKED
from tensordrill.render.code import prose
from tensordrill.render.layout import indented
from tensordrill.render.pictures import picture_text
from tensordrill.render.verdict import facet, raised
from tensordrill.render.wrapping import whole

_MARKS = {
    "correct": ("✓", "bold green"),
    "incorrect": ("✗", "bold red"),
    "unreadable": ("?", "bold yellow"),
    "unanswered": ("–", "dim"),
}
_PRINTED_LINES = 5
_HANGING = 4
_PICTURE = 64
"""Columns that a picture may take beside the margin."""


def checked(result: CheckResult, ideas: Ideas, language: Language) -> RenderableType:
    """Return all verdicts and what is judged later, numbered as in the hand-out, and the total."""
    parts: list[RenderableType] = [Text()]
    questions = {question.result.question: question for question in result.questions}
    later = {item.id: item for item in result.later}
    points = {name: _points(question.points, question.max_points) for name, question in questions.items()}
    points |= {name: _points(None, item.total) for name, item in later.items()}
    width = max(map(len, points.values()), default=0)
    for number, name in enumerate(result.order, 1):
        start = f"{number:>3}  {points.get(name, ''):>{width}}  {name}"
        if name in questions:
            parts += _question(questions[name].result, start, len(start) - len(name) + 2, ideas, language)
        elif name in later:
            parts.append(_headline("·", "dim", start, say("checked-later", language)))
    parts += [Text(), *_total(result, language), Text()]
    return Group(*parts)


def _points(points: float | None, of: float) -> str:
    return f"{'–' if points is None else shown_points(points)}/{shown_points(of)}"


def _question(
    result: QuestionResult, start: str, margin: int, ideas: Ideas, language: Language
) -> Iterator[RenderableType]:
    symbol, style = _MARKS[result.outcome]
    word = "" if result.outcome == "correct" else fill(CHECKED[result.outcome], language)
    yield _headline(symbol, style, start, word)
    for line in _details(result, ideas, language):
        yield indented(line, (0, 0, 0, margin))


def _headline(symbol: str, style: str, start: str, word: str) -> RenderableType:
    line = Text.assemble((symbol, style), start, ("  " + word if word else "", "dim"))
    return indented(line, (0, 1), hanging=_HANGING)


def _details(result: QuestionResult, ideas: Ideas, language: Language) -> Iterator[Text]:
    if result.detail:
        yield prose(result.detail)
    if result.outcome != "incorrect":
        return
    if result.error:
        yield raised(result.error, language, result.error_on)
    idea = ideas.get(result.idea or "")
    if idea is not None:
        yield prose(choose(idea.title, language), "bold")
    if result.because:
        yield prose(result.because)
    else:
        for difference in result.differences:
            if difference.facet != "outcome" or difference.blank:
                is_as_shown = bool(result.error_on) and not difference.on and difference.facet != "calls"
                yield from facet(difference, language, again=not difference.expected, is_as_shown=is_as_shown)
    if result.reason:
        yield prose(result.reason)
    if result.picture:
        yield whole(Text(result.picture.expression, "bold"))
        yield whole(Text(picture_text(result.picture.drawing, language, _PICTURE)))
    for line in sanitize(result.printed).splitlines()[:_PRINTED_LINES]:
        yield Text("│ " + line, "dim")


def _total(result: CheckResult, language: Language) -> Iterator[RenderableType]:
    points, of = shown_points(result.points), shown_points(result.max_points)
    yield indented(Text(say("feedback-points", language, points=points, of=of), "bold"), (0, 1))
    if result.later:
        more = shown_points(sum(item.total for item in result.later))
        yield indented(Text(say("checked-more", language, points=more), "dim"), (0, 1))


def as_events(check: CheckResult) -> Iterator[dict[str, Any]]:
    """Yield one event a question, and one for the total."""
    for question in check.questions:
        result = question.result
        yield {
            "event": "question",
            "question": result.question,
            "seed": result.seed,
            "outcome": result.outcome,
            "points": question.points,
            "of": question.max_points,
            "misconception": result.idea,
            "because": result.because,
            "differences": [
                {
                    "facet": difference.facet,
                    "expected": difference.expected or None,
                    "got": difference.got,
                    "on": difference.on or None,
                    **difference.places,
                }
                for difference in result.differences
            ],
            "error": {
                "type": result.error[0],
                "message": result.error[1],
                "on": result.error_on or None,
            }
            if result.error
            else None,
            "detail": result.detail or None,
        }
    later = [item.id for item in check.later]
    yield {
        "event": "total",
        "points": check.points,
        "of": check.max_points,
        "right": check.is_right,
        "later": later,
    }
