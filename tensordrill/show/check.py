"""What a student's own check shows: each question's verdict with its idea or difference, and the points."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from tensordrill.bank.ideas import Ideas
from tensordrill.course.gradebook import Graded, Mark, shown_points
from tensordrill.course.selfcheck import Checked
from tensordrill.show.code import prose
from tensordrill.show.layout import indented
from tensordrill.show.verdict import facet
from tensordrill.text import Language, choose, say

_MARKS = {
    "correct": ("✓", "bold green"),
    "incorrect": ("✗", "bold red"),
    "unreadable": ("?", "bold yellow"),
    "unanswered": ("–", "dim"),
}
_PRINTED_LINES = 5


def checked(result: Checked, ideas: Ideas, language: Language) -> RenderableType:
    """Give all verdicts, what is judged later, and the total."""
    parts: list[RenderableType] = [Text()]
    for number, graded in enumerate(result.questions, 1):
        parts += _question(number, graded, ideas, language)
    for item in result.later:
        parts.append(
            Text.assemble(" ", ("·", "dim"), f"     {item.id}  ", (say("checked-later", language), "dim"))
        )
    parts += [Text(), _total(result, language), Text()]
    return Group(*parts)


def _question(number: int, graded: Graded, ideas: Ideas, language: Language) -> Iterator[RenderableType]:
    mark = graded.mark
    symbol, style = _MARKS[mark.outcome]
    grid = Table.grid(expand=True, padding=(0, 1))
    grid.add_column()
    grid.add_column(justify="right")
    name = Text.assemble(
        " ", (symbol, style), f" {number:>2}  {mark.question}", ("  " + _word(mark, language), "dim")
    )
    grid.add_row(name, f"{shown_points(graded.points)}/{shown_points(graded.of)} ")
    yield grid
    for line in _details(mark, ideas, language):
        yield indented(line, (0, 1, 0, 7))


def _word(mark: Mark, language: Language) -> str:
    return "" if mark.outcome == "correct" else say(f"checked-{mark.outcome}", language)


def _details(mark: Mark, ideas: Ideas, language: Language) -> Iterator[Text]:
    if mark.detail:
        yield prose(mark.detail)
    if mark.outcome != "incorrect":
        return
    if mark.error:
        yield _error(mark.error, language)
    if mark.idea is not None and mark.because:
        title = ideas[mark.idea].title if mark.idea in ideas else None
        if title is not None:
            yield Text.assemble((choose(title, language), "bold"))
        yield prose(mark.because)
    else:
        for difference in mark.differences:
            if difference.facet != "outcome":
                yield from facet(difference, language, difference.facet in ("value", "picks"))
    for line in mark.printed.splitlines()[:_PRINTED_LINES]:
        yield Text("│ " + line, "dim")


def _error(error: tuple[str, str], language: Language) -> Text:
    name, message = error
    if name in ("timeout", "crashed"):
        return Text(say(f"your-code-{name}", language))
    first = message.strip().splitlines()[0] if message.strip() else ""
    return Text(say("your-code-raises", language, name=name, message=first[:300]))


def _total(result: Checked, language: Language) -> Text:
    points, of = shown_points(result.points), shown_points(result.of)
    return Text.assemble("    ", (say("checked-total", language, points=points, of=of), "bold"))


def as_events(result: Checked) -> Iterator[dict[str, Any]]:
    """Give one event a question, and one for the total."""
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
            "because": mark.because if mark.idea else None,
            "differences": [
                {"facet": each.facet, "expected": each.expected, "got": each.got, "on": each.on or None}
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
