"""A student grades a hand-out: the questions come from the bank file beside it, the seeds from its cells."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path, PurePath

from msgspec import Struct
from msgspec.structs import replace

from tensordrill.bank.variant import make
from tensordrill.course.assignment.assignment import Item
from tensordrill.course.assignment.bundle import SUFFIX, Bundle
from tensordrill.course.assignment.sheet import SheetItem
from tensordrill.course.gradebook import QuestionResult, ScoredQuestion, earned, total
from tensordrill.course.grading.judge import Judge
from tensordrill.course.grading.runs import Attempt
from tensordrill.course.submission.submission import Submission
from tensordrill.errors import CourseError
from tensordrill.messages import Language, Name, say
from tensordrill.sandbox.client import Sandbox


class CheckResult(Struct, frozen=True):
    """The result of a check: the questions that it could judge, and those that only grading judges."""

    questions: tuple[ScoredQuestion, ...]
    later: tuple[Item, ...]
    order: tuple[str, ...]
    """All questions' names, as the hand-out numbers them."""

    @property
    def points(self) -> float:
        """The points so far."""
        return total(question.points for question in self.questions)

    @property
    def max_points(self) -> float:
        """The points there are to have, without those that only grading gives."""
        return total(question.max_points for question in self.questions)

    @property
    def is_right(self) -> bool:
        """Whether everything that could be judged is right."""
        return all(question.result.outcome == "correct" for question in self.questions)


class SelfCheck:
    """Checks one student's file again and again; what has not changed is not run again."""

    def __init__(self, bundle: Bundle, sandbox: Sandbox) -> None:
        self._assignment = bundle.assignment
        self._entries = bundle.entries
        self._judge = Judge(bundle.bank, sandbox, bundle.assignment.language)
        self._known: dict[tuple[str, int, str], QuestionResult] = {}

    def check(self, submission: Submission) -> CheckResult:
        """Judge every question that is in the bank; raises BankError where a question does not end."""
        items = [item for item in self._assignment.questions if item.id in self._entries and not item.void]
        later = tuple(item for item in self._assignment.questions if item.hidden and not item.void)
        results = self._results([self._attempt(item, submission) for item in items])
        questions = (
            ScoredQuestion(self._shown(item, result, submission), earned(item, result), item.total)
            for item, result in zip(items, results, strict=True)
        )
        names = tuple(item.handed_out_as for item in self._assignment.questions)
        return CheckResult(tuple(questions), later, names)

    def _shown(self, item: Item, result: QuestionResult, submission: Submission) -> QuestionResult:
        """Return a result under the name that the hand-out has, and without a key that could be copied."""
        name = item.handed_out_as
        result = replace(self._without_key(result), question=name)
        if name in submission.questions:
            return result
        detail = say("checked-no-cell", self._assignment.language, question=name)
        return replace(result, expected=None, detail=detail)

    def _without_key(self, result: QuestionResult) -> QuestionResult:
        if result.outcome in ("unanswered", "unreadable"):
            return replace(result, expected=None)
        if self._entries[result.question].kind in ("predict", "which", "order"):
            differences = tuple(replace(difference, expected="") for difference in result.differences)
            return replace(result, expected=None, differences=differences)
        return result

    def _attempt(self, item: Item, submission: Submission) -> Attempt:
        seed = submission.seed(item.handed_out_as) or 0
        drawn = SheetItem(item.id, seed, 0, item.alias)
        return Judge.attempt(drawn, make(self._entries[item.id], seed), submission)

    def _results(self, attempts: Sequence[Attempt]) -> list[QuestionResult]:
        unknown = [attempt for attempt in attempts if _name(attempt) not in self._known]
        (results,) = self._judge.question_results([unknown])
        self._known |= {_name(attempt): result for attempt, result in zip(unknown, results, strict=True)}
        return [self._known[_name(attempt)] for attempt in attempts]


def _name(attempt: Attempt) -> tuple[str, int, str]:
    return attempt.item.question, attempt.item.seed, f"{attempt.answer!r}"


def bank_beside(submission: Submission, folder: Path, language: Language) -> Path:
    """Find the bank file of a hand-out: the one its header names, else the only one in its folder.

    Raises CourseError where there is none, in the header's language, else in the one given.
    """
    if submission.header is not None:
        name = f"{submission.header.assignment}{SUFFIX}"
        path = folder / PurePath(name).name
        if path.exists():
            return path
        raise CourseError(say("check-no-bank", submission.header.language, path=path))
    banks = sorted(folder.glob(f"*{SUFFIX}"))
    if len(banks) != 1:
        what: Name = "check-several-beside" if banks else "check-none-beside"
        raise CourseError(say(what, language, file=submission.name, suffix=SUFFIX))
    return banks[0]
