"""The screen of a student's own check: each question's verdict with its idea or difference, and the points."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from tensordrill.bank.ideas import Ideas
from tensordrill.course.gradebook import QuestionResult, shown_points
from tensordrill.course.grading.selfcheck import Checked
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


def checked(result: Checked, ideas: Ideas, language: Language) -> RenderableType:
    """Return all verdicts and what is judged later, numbered as in the hand-out, and the total."""
    parts: list[RenderableType] = [Text()]
    graded = {each.mark.question: each for each in result.questions}
    later = {item.id: item for item in result.later}
    points = {name: _points(each.points, each.of) for name, each in graded.items()}
    points |= {name: _points(None, item.total) for name, item in later.items()}
    width = max(map(len, points.values()), default=0)
    for number, name in enumerate(result.order, 1):
        start = f"{number:>3}  {points.get(name, ''):>{width}}  {name}"
        if name in graded:
            parts += _question(graded[name].mark, start, len(start) - len(name) + 2, ideas, language)
        elif name in later:
            parts.append(_headline("·", "dim", start, say("checked-later", language)))
    parts += [Text(), *_total(result, language), Text()]
    return Group(*parts)


def _points(points: float | None, of: float) -> str:
    return f"{'–' if points is None else shown_points(points)}/{shown_points(of)}"


def _question(
    mark: QuestionResult, start: str, margin: int, ideas: Ideas, language: Language
) -> Iterator[RenderableType]:
    symbol, style = _MARKS[mark.outcome]
    word = "" if mark.outcome == "correct" else fill(CHECKED[mark.outcome], language)
    yield _headline(symbol, style, start, word)
    for line in _details(mark, ideas, language):
        yield indented(line, (0, 0, 0, margin))


def _headline(symbol: str, style: str, start: str, word: str) -> RenderableType:
    line = Text.assemble((symbol, style), start, ("  " + word if word else "", "dim"))
    return indented(line, (0, 1), hanging=_HANGING)


def _details(mark: QuestionResult, ideas: Ideas, language: Language) -> Iterator[Text]:
    if mark.detail:
        yield prose(mark.detail)
    if mark.outcome != "incorrect":
        return
    if mark.error:
        yield raised(mark.error, language)
    idea = ideas.get(mark.idea or "")
    if idea is not None:
        yield prose(choose(idea.title, language), "bold")
    if mark.because:
        yield prose(mark.because)
    else:
        for difference in mark.differences:
            if difference.facet != "outcome" or difference.blank:
                yield from facet(difference, language, again=not difference.expected)
    if mark.reason:
        yield prose(mark.reason)
    if mark.picture:
        yield whole(Text(mark.picture.expression, "bold"))
        yield whole(Text(picture_text(mark.picture.drawing, language, _PICTURE)))
    for line in sanitize(mark.printed).splitlines()[:_PRINTED_LINES]:
        yield Text("│ " + line, "dim")


def _total(result: Checked, language: Language) -> Iterator[RenderableType]:
    points, of = shown_points(result.points), shown_points(result.of)
    yield indented(Text(say("checked-total", language, points=points, of=of), "bold"), (0, 1))
    if result.later:
        more = shown_points(sum(item.total for item in result.later))
        yield indented(Text(say("checked-more", language, points=more), "dim"), (0, 1))


def as_events(result: Checked) -> Iterator[dict[str, Any]]:
    """Yield one event a question, and one for the total."""
    for graded in result.questions:
        mark = graded.mark
        yield {
            "event": "question",
            "question": mark.question,
            "seed": mark.seed,
            "outcome": mark.outcome,
            "points": graded.points,
            "of": graded.of,
            "misconception": mark.idea,
            "because": mark.because,
            "differences": [
                {
                    "facet": each.facet,
                    "expected": each.expected or None,
                    "got": each.got,
                    "on": each.on or None,
                    **({"piece": each.piece} if each.piece else {}),
                    **({"blank": each.blank} if each.blank else {}),
                }
                for each in mark.differences
            ],
            "error": {"type": mark.error[0], "message": mark.error[1]} if mark.error else None,
            "detail": mark.detail or None,
        }
    later = [item.id for item in result.later]
    yield {
        "event": "total",
        "points": result.points,
        "of": result.of,
        "right": result.is_right,
        "later": later,
    }
