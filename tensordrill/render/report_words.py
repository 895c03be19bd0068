"""The words of a class report: numbers as text, and what they mean in plain language."""

from __future__ import annotations

from msgspec import Struct

from tensordrill.bank.ideas import Ideas
from tensordrill.course.gradebook import shown_points
from tensordrill.course.results.analysis import (
    Analysis,
    Distribution,
    IdeaStatistics,
    ItemStatistics,
    Undefined,
)
from tensordrill.course.results.flags import (
    Absent,
    FarBelow,
    Flag,
    HoldsIdeas,
    ManyUnreadable,
    Refused,
    Unanswered,
    Uneven,
)
from tensordrill.course.sanitize import sanitize_line
from tensordrill.messages import Language, Name, choose, fill, say
from tensordrill.messages.question import FACETS
from tensordrill.messages.report import DIFFICULTIES, SEPARATIONS, UNDEFINED

_GOOD, _FAIR = 0.8, 0.6
_UNDEFINED_SORTS = "-9"


class Tile(Struct, frozen=True):
    """One number of the summary with its name, and what it means."""

    label: str
    value: str
    note: str = ""


_ENDED: dict[str, Name] = {"timeout": "report-timeout", "crashed": "report-crashed"}
"""The names that stand for an exception where a run did not end by itself."""


class Words:
    """The words of a report in one language."""

    def __init__(self, language: Language, ideas: Ideas) -> None:
        self.language = language
        self._ideas = ideas

    def say(self, name: Name, /, **values: object) -> str:
        """Return one of the interface's sentences."""
        return say(name, self.language, **values)

    def summary(self, analysis: Analysis) -> str:
        """Return the class in one line."""
        scores = analysis.distribution
        students = analysis.graded + analysis.absent
        if not analysis.graded:
            return self.say("report-summary-nobody", students=students)
        counts = {"graded": analysis.graded, "students": students, "of": shown_points(analysis.max_points)}
        if scores is None:
            return self.say("report-summary-no-points", **counts)
        return self.say("report-summary", median=f"{scores.median:.0f}", **counts)

    def tiles(self, analysis: Analysis) -> list[Tile]:
        """Return the numbers that stand above the chart."""
        students = analysis.graded + analysis.absent
        tiles = [Tile(self.say("report-graded"), f"{analysis.graded} / {students}")]
        if analysis.distribution is not None:
            tiles += self._scores(analysis.distribution)
        return [*tiles, self._reliability(analysis)]

    def _scores(self, scores: Distribution) -> list[Tile]:
        return [
            Tile(self.say("report-median"), f"{scores.median:.0f}%"),
            Tile(self.say("report-mean"), f"{scores.mean:.0f}%"),
            Tile(self.say("report-middle"), f"{scores.lower:.0f}–{scores.upper:.0f}%"),
            Tile(self.say("report-range"), f"{scores.low:.0f}–{scores.high:.0f}%"),
            Tile(self.say("report-deviation"), f"{scores.deviation:.0f}"),
        ]

    def _reliability(self, analysis: Analysis) -> Tile:
        label, alpha = self.say("report-alpha", count=analysis.graded), analysis.alpha
        if alpha is None:
            return Tile(label, "–", self._missing(analysis.alpha_undefined))
        if analysis.is_small:
            return Tile(label, decimal(alpha), self.say("report-separates-unsure"))
        worse: Name = "report-alpha-fair" if alpha >= _FAIR else "report-alpha-low"
        note = self.say("report-alpha-good" if alpha >= _GOOD else worse)
        if analysis.error_of_measurement is not None:
            note += " " + self.say("report-error", error=f"{analysis.error_of_measurement:.0f}")
        return Tile(label, decimal(alpha), note)

    def _missing(self, why: Undefined | None) -> str:
        """Return why there is no number."""
        assert why is not None  # an analysis has the number or a reason
        return fill(UNDEFINED[why], self.language)

    def chart(self, scores: Distribution) -> str:
        """Return the histogram in words."""
        width = 100 // len(scores.bins)
        parts = [
            f"{index * width}–{(index + 1) * width}%: {count}" for index, count in enumerate(scores.bins)
        ]
        return self.say("report-chart-text", counts=", ".join(parts))

    def difficulty(self, item: ItemStatistics) -> str:
        """Return how hard a question was, in a word."""
        return fill(DIFFICULTIES[item.difficulty], self.language) if item.difficulty else ""

    def separation(self, item: ItemStatistics, analysis: Analysis) -> tuple[str, str, str]:
        """Return how a question separates: a sign that catches the eye, words, and a key to sort by."""
        if item.discrimination is None or item.separation is None:
            return "", f"– ({self._missing(item.undefined)})", _UNDEFINED_SORTS
        key = f"{item.discrimination:.6f}"
        if analysis.is_small:
            unsure = self.say("report-separates-unsure")
            return "", f"{decimal(item.discrimination)} ({unsure})", key
        words = fill(SEPARATIONS[item.separation], self.language)
        sign = "!" if item.separation == "backwards" else ""
        return sign, f"{decimal(item.discrimination)} {words}", key

    def certainty(self, idea: IdeaStatistics) -> str:
        """Return how sure it is that students hold an idea."""
        return self.say("report-held", count=idea.held) if idea.can_be_held else self.say("report-not-held")

    def mistakes(self, item: ItemStatistics) -> list[tuple[str, int]]:
        """Return the commonest wrong ideas and then the facets that differ where none is named."""
        named = [(self.idea(name), count) for name, count in item.ideas]
        facets = [(fill(FACETS[aspect], self.language), count) for aspect, count in item.facets]
        return named + [(self.say("report-differs", facet=facet), count) for facet, count in facets]

    def idea(self, name: str) -> str:
        """Return an idea's title, or that the bank has none for it."""
        idea = self._ideas.get(name)
        return sanitize_line(choose(idea.title, self.language)) if idea else self.say("report-untitled-idea")

    def raised(self, name: str) -> str:
        """Return the code that did not run to its end, by an exception or otherwise."""
        if name in _ENDED:
            return self.say(_ENDED[name])
        return self.say("report-raises", name=sanitize_line(name, 60))

    def reason(self, flag: Flag) -> str:
        """Return a reason to talk to a student as a sentence."""
        match flag:
            case Absent():
                return self.say("report-talk-absent")
            case Refused():
                return self.say("report-talk-refused")
            case FarBelow(score, median):
                return self.say("report-talk-below", score=f"{score:.0f}", median=f"{median:.0f}")
            case ManyUnreadable(count, of):
                return self.say("report-talk-unreadable", count=count, of=of)
            case Unanswered(count, of):
                return self.say("report-talk-unanswered", count=count, of=of)
            case HoldsIdeas(ideas):
                return self.say("report-talk-ideas", ideas="; ".join(self.idea(name) for name in ideas))
            case Uneven(wrong, right):
                return self.say("report-talk-uneven", wrong=_listed(wrong), right=_listed(right))


def _listed(numbers: tuple[int, ...]) -> str:
    return ", ".join(map(str, numbers))


def decimal(number: float) -> str:
    """Return a number with two decimals and a true minus sign."""
    shown = f"{number:.2f}"
    return "0.00" if shown == "-0.00" else shown.replace("-", "−")
