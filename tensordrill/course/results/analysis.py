"""Statistics of a graded class: scores, questions, wrong ideas, reliability.

`ClassTally` takes the grades one by one and keeps counters only. Points are added up as whole millionths, so
that no number depends on the order of the students and "everybody has the same" is known exactly.
Students who handed nothing in are counted, but are no part of any other number; void questions are
left out.
"""

from __future__ import annotations

import math
import statistics
from bisect import insort
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, TypeAlias, TypeVar

from msgspec import Struct

from tensordrill.course.assignment.assignment import Item
from tensordrill.course.assignment.roster import Student
from tensordrill.course.gradebook import Grade, Gradebook, Outcome, QuestionResult, ScoredQuestion
from tensordrill.course.results.held_misconceptions import counted, idea_matches, is_accepted
from tensordrill.kinds.answers import Aspect
from tensordrill.messages import choose, say

MIN_STUDENTS = 20
"""Of fewer students, a correlation says more about chance than about a question: of 20, only those of 0.44 or more
differ from none (t-test, 5%). https://en.wikipedia.org/wiki/Pearson_correlation_coefficient#Inference"""
EASY = 0.85
HARD = 0.4
_MILLION = 1_000_000
_BINS = 10
_COMMONEST = 3
_NAMED = 12
"""Students who are named behind an idea or an answer."""
_MOST_ANSWERS, _ANSWER = 2000, 100
"""Different wrong answers to a question that are counted, and the characters of each."""

_Counted = TypeVar("_Counted", bound=str)
Undefined: TypeAlias = Literal["nobody", "no-points", "one-question", "same-points", "same-rest"]
"""Why a number does not exist: nobody handed in; the question is worth nothing; there is no other
question; all have the same points here; all have the same points in the others."""
Separation: TypeAlias = Literal["well", "weakly", "hardly", "backwards"]
Difficulty: TypeAlias = Literal["easy", "medium", "hard"]


class Distribution(Struct, frozen=True):
    """The distribution of scores, in percent of the points there are; `bins` counts students by tenths."""

    mean: float
    deviation: float
    """The standard deviation of the class as a whole (population), in percent points."""
    low: float
    lower: float
    median: float
    upper: float
    high: float
    bins: tuple[int, ...]


class UnexplainedAnswer(Struct, frozen=True):
    """A wrong answer that no idea explains: the exception that it raised, else its text, on one line."""

    raised: str
    text: str
    count: int
    students: tuple[Student, ...]
    """The first of those who gave it, by id."""


class ItemStatistics(Struct, frozen=True):
    """One question in numbers; `number` is its place in the assignment, from 1."""

    number: int
    question: str
    max_points: float
    outcomes: Mapping[Outcome, int]
    facility: float | None
    """Mean points by the points there are: 1 where everybody is right."""
    discrimination: float | None
    """The correlation of the points here with the points in all other questions, from -1 to 1; for a
    question without parts that is the corrected point-biserial correlation."""
    undefined: Undefined | None
    """Why there is no discrimination."""
    ideas: tuple[tuple[str, int], ...]
    """The commonest wrong ideas, with the number of students."""
    facets: tuple[tuple[Aspect, int], ...]
    """The commonest facets that differ where no idea is named, with the number of students."""
    unexplained: tuple[UnexplainedAnswer, ...] = ()
    """The wrong answers that no idea explains and that several students gave, the commonest first."""

    @property
    def difficulty(self) -> Difficulty | None:
        """The difficulty of the question, in a word."""
        if self.facility is None:
            return None
        return "easy" if self.facility >= EASY else "hard" if self.facility <= HARD else "medium"

    def share(self, outcome: Outcome) -> float:
        """Return the share of those who handed in, from 0 to 1."""
        total = sum(self.outcomes.values())
        return self.outcomes.get(outcome, 0) / total if total else 0.0

    @property
    def separation(self) -> Separation | None:
        """The separation of strong from weak students, in a word.

        From 0.3 on is "reasonably good" or better (Ebel, Essentials of Educational Measurement, 1972); around
        zero nothing is told apart.
        """
        if self.discrimination is None:
            return None
        bounds: tuple[tuple[float, Separation], ...] = ((0.3, "well"), (0.1, "weakly"), (-0.1, "hardly"))
        shown = round(self.discrimination, 2)
        return next((word for bound, word in bounds if shown >= bound), "backwards")


class IdeaStatistics(Struct, frozen=True):
    """One wrong idea: how many students gave an answer of it, and how many of them hold it."""

    name: str
    title: str
    rule: str
    """The rule that replaces it; where the bank has none, what the misconception says of the first such answer."""
    given: int
    held: int
    can_be_held: bool
    """Whether two questions or more can show it."""
    questions: tuple[tuple[int, int], ...]
    """The numbers of the questions where it was given, with how many students."""
    students: tuple[Student, ...]
    """The first of those who gave it, by id."""


class Analysis(Struct, frozen=True):
    """A graded class in numbers."""

    graded: int
    absent: int
    """Those of whom nothing was graded, …"""
    refused: int
    """… and those of them who handed something in that could not be."""
    rejected: int
    points: float
    """All students' points together."""
    max_points: float
    distribution: Distribution | None
    questions: tuple[ItemStatistics, ...]
    ideas: tuple[IdeaStatistics, ...]
    """Ranked: given by most, then held by most, then by name."""
    alpha: float | None
    """Cronbach's alpha, k/(k-1) · (1 - Σ item variances / variance of the totals), at most 1."""
    alpha_undefined: Undefined | None
    late: int = 0
    """Those who came late, as far as is known, and …"""
    untimed: int = 0
    """… those of whom nothing is known, where the assignment has a due date."""

    @property
    def is_small(self) -> bool:
        """Whether too few handed in for correlations to be trusted."""
        return self.graded < MIN_STUDENTS

    @property
    def error_of_measurement(self) -> float | None:
        """The standard error of measurement, deviation · √(1 - alpha), in percent points."""
        if self.alpha is None or self.alpha < 0 or self.distribution is None:
            return None
        return self.distribution.deviation * math.sqrt(1 - self.alpha)


def analyse(gradebook: Gradebook) -> Analysis:
    """Walk the grades once and return what they show."""
    tally = ClassTally(gradebook)
    for grade in gradebook.grades():
        tally.add(grade)
    return tally.analysis()


class _Sums:
    """The count of some numbers, their sum and the sum of their squares."""

    def __init__(self) -> None:
        self.count = self.sum = self.squares = 0

    def add(self, number: int) -> None:
        self.count += 1
        self.sum += number
        self.squares += number * number

    @property
    def spread(self) -> int:
        """The variance, times the count squared: a whole number."""
        return self.count * self.squares - self.sum * self.sum


class _Students:
    """A number of students, and the first of them by id."""

    def __init__(self) -> None:
        self.count = 0
        self.first: list[Student] = []

    def add(self, student: Student) -> None:
        self.count += 1
        insort(self.first, student, key=lambda student: student.id)
        del self.first[_NAMED:]


class _ItemTally:
    """The counts of one question."""

    def __init__(self, number: int, item: Item) -> None:
        self.number = number
        self.item = item
        self.points = _Sums()
        self.products = 0
        self.outcomes: Counter[Outcome] = Counter()
        self.ideas: Counter[str] = Counter()
        self.facets: Counter[Aspect] = Counter()
        self.answers: dict[tuple[str, str], _Students] = {}

    def add(self, question: ScoredQuestion, total: int, student: Student) -> None:
        points = _millionths(question.points)
        self.points.add(points)
        self.products += points * total
        self.outcomes[question.result.outcome] += 1
        if question.result.outcome != "incorrect" or is_accepted(question):
            return
        if question.result.idea:
            self.ideas[question.result.idea] += 1
            return
        self.facets.update({difference.facet for difference in question.result.differences})
        given = _given(question.result)
        if given in self.answers or len(self.answers) < _MOST_ANSWERS:
            self.answers.setdefault(given, _Students()).add(student)

    def statistics(self, total: _Sums, questions: int) -> ItemStatistics:
        correlation, undefined = self._correlation(total, questions)
        of = _millionths(self.item.total)
        return ItemStatistics(
            self.number,
            self.item.id,
            self.item.total,
            dict(sorted(self.outcomes.items())),
            self.points.sum / (self.points.count * of) if self.points.count and of else None,
            correlation,
            undefined,
            _commonest(self.ideas),
            _commonest(self.facets),
            tuple(self._unexplained()),
        )

    def _unexplained(self) -> Iterator[UnexplainedAnswer]:
        several = [(given, students) for given, students in self.answers.items() if students.count > 1]
        for (raised, text), students in sorted(several, key=lambda pair: (-pair[1].count, pair[0]))[
            :_COMMONEST
        ]:
            yield UnexplainedAnswer(raised, text, students.count, tuple(students.first))

    def _correlation(self, total: _Sums, questions: int) -> tuple[float | None, Undefined | None]:
        """Pearson's r between these points and the rest, which is the total without them."""
        here, count = self.points, self.points.count
        together = count * self.products - here.sum * total.sum
        rest = total.spread - 2 * together + here.spread
        undefined: tuple[tuple[bool, Undefined], ...] = (
            (not count, "nobody"),
            (not self.item.total, "no-points"),
            (questions < 2, "one-question"),
            (not here.spread, "same-points"),
            (not rest, "same-rest"),
        )
        for holds, why in undefined:
            if holds:
                return None, why
        r = (together - here.spread) / (math.sqrt(here.spread) * math.sqrt(rest))
        return max(-1.0, min(1.0, r)), None


class ClassTally:
    """The counts of a class, whose grades it takes one by one."""

    def __init__(self, gradebook: Gradebook) -> None:
        self._gradebook = gradebook
        self._items = {
            item.id: _ItemTally(number, item)
            for number, item in enumerate(gradebook.assignment.questions, 1)
            if not item.void
        }
        self._of = sum(_millionths(tally.item.total) for tally in self._items.values())
        self._total = _Sums()
        self._absent = self._refused = self._late = self._untimed = 0
        self._scores: Counter[int] = Counter()
        self._held: Counter[str] = Counter()
        self._given: dict[str, _Students] = {}
        self._because: dict[str, tuple[str, str]] = {}

    def add(self, grade: Grade) -> None:
        """Count a student."""
        if grade.is_absent:
            self._absent += 1
            self._refused += grade.refused
            return
        self._late += grade.late is not None and grade.late.is_late
        self._untimed += grade.late is None and self._gradebook.assignment.due is not None
        total = sum(_millionths(question.points) for question in counted(grade))
        self._total.add(total)
        self._scores[total] += 1
        for question in counted(grade):
            self._items[question.result.question].add(question, total, grade.student)
            if question.result.idea and question.result.because:
                text = grade.student.id, question.result.because
                self._because[question.result.idea] = min(self._because.get(question.result.idea, text), text)
        for match in idea_matches(grade):
            self._given.setdefault(match.idea, _Students()).add(grade.student)
            self._held[match.idea] += match.held

    def analysis(self) -> Analysis:
        """Return what the grades show."""
        alpha, alpha_undefined = self._alpha()
        items = self._items.values()
        return Analysis(
            graded=self._total.count,
            absent=self._absent,
            refused=self._refused,
            rejected=len(self._gradebook.rejected),
            points=self._total.sum / _MILLION,
            max_points=self._gradebook.max_points,
            distribution=self._distribution(),
            questions=tuple(item.statistics(self._total, len(items)) for item in items),
            ideas=tuple(sorted(self._ideas(), key=lambda idea: (-idea.given, -idea.held, idea.name))),
            alpha=alpha,
            alpha_undefined=alpha_undefined,
            late=self._late,
            untimed=self._untimed,
        )

    def _ideas(self) -> Iterator[IdeaStatistics]:
        language = self._gradebook.assignment.language
        for name, students in self._given.items():
            idea = self._gradebook.ideas.get(name)
            yield IdeaStatistics(
                name,
                title=choose(idea.title, language) if idea else say("report-untitled-idea", language),
                rule=(choose(idea.rule, language) if idea else "") or self._because.get(name, ("", ""))[1],
                given=students.count,
                held=self._held[name],
                can_be_held=len(self._gradebook.idea_questions.get(name, ())) > 1 or self._held[name] > 0,
                questions=tuple(
                    (item.number, item.ideas[name]) for item in self._items.values() if name in item.ideas
                ),
                students=tuple(students.first),
            )

    def _distribution(self) -> Distribution | None:
        """Return how the scores lie; None where nobody handed in or nothing has points."""
        if not self._total.count or not self._of:
            return None
        scores = sorted(self._scores.elements())
        low, lower, median, upper, high = (
            100 * score / self._of for score in (scores[0], *_quartiles(scores), scores[-1])
        )
        return Distribution(
            mean=100 * self._total.sum / (self._total.count * self._of),
            deviation=100 * math.sqrt(self._total.spread) / (self._total.count * self._of),
            low=low,
            lower=lower,
            median=median,
            upper=upper,
            high=high,
            bins=self._bins(),
        )

    def _bins(self) -> tuple[int, ...]:
        bins = [0] * _BINS
        for score, count in self._scores.items():
            bins[max(0, min(_BINS - 1, score * _BINS // self._of))] += count
        return tuple(bins)

    def _alpha(self) -> tuple[float | None, Undefined | None]:
        """Return Cronbach's alpha over the questions that are worth something, or why there is none."""
        worth = [tally for tally in self._items.values() if tally.item.total]
        if not self._total.count:
            return None, "nobody"
        if len(worth) < 2:
            return None, "one-question"
        if not self._total.spread:
            return None, "same-points"
        parts = sum(tally.points.spread for tally in worth)
        return len(worth) / (len(worth) - 1) * (1 - parts / self._total.spread), None


def _quartiles(scores: Sequence[int]) -> Sequence[float]:
    """Return the three quartiles, between neighbours as spreadsheets' QUARTILE.INC does."""
    return statistics.quantiles(scores, n=4, method="inclusive") if len(scores) > 1 else [*scores] * 3


def _commonest(counts: Counter[_Counted]) -> tuple[tuple[_Counted, int], ...]:
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:_COMMONEST])


def _given(result: QuestionResult) -> tuple[str, str]:
    """Return the exception that an answer raised, else nothing, and the answer's text on one line.

    Students' numbers differ, and so do the values that code gives; its text, and the class of an exception, do not.
    """
    if result.error is not None:
        return result.error[0], ""
    return "", " ".join(result.answer.split())[:_ANSWER]


def _millionths(points: float) -> int:
    return round(points * _MILLION)
