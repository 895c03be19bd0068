"""Submissions become records: each runs in a fork of its own; what it did is compared with the keys."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from tensordrill.bank.load import Bank
from tensordrill.bank.schema import Compared
from tensordrill.bank.variant import Variant
from tensordrill.course.assignment.roster import Student
from tensordrill.course.assignment.sheet import Drawn, Sheet, Variants, has_hidden_draws
from tensordrill.course.gradebook import QuestionResult, Record
from tensordrill.course.grading.keys import Keys
from tensordrill.course.grading.pictures import seen_in
from tensordrill.course.grading.trial import Attempt, Trial, trials
from tensordrill.course.submission.submission import Submission
from tensordrill.judging import verdict
from tensordrill.kinds import KINDS
from tensordrill.kinds.answer_key import Key
from tensordrill.kinds.answers import Code, Difference, Fillings, Unreadable, Verdict
from tensordrill.kinds.code_kinds import earned, shown_programs
from tensordrill.kinds.instructions import refusal_sentence, unreadable_sentence
from tensordrill.kinds.pleas import is_plea
from tensordrill.messages import Language, say
from tensordrill.sandbox.client import Sandbox
from tensordrill.sandbox.protocol import Observation

_MOST_TEXT = 4000
_ADDRESS = re.compile(r"\b0x[0-9a-f]{6,16}\b")


class PendingSubmission(Struct, frozen=True):
    """One student's submission with the seeds of its questions, ready to be judged anywhere."""

    student: Student
    submission: Submission
    sheet: Sheet
    notes: tuple[str, ...] = ()


class Judge:
    """Judges submissions of one bank in one sandbox."""

    def __init__(self, bank: Bank, sandbox: Sandbox, language: Language) -> None:
        self._sandbox = sandbox
        self._variants = Variants(bank)
        self._language: Language = language
        self._keys = Keys(sandbox)

    def records(self, pending: Sequence[PendingSubmission]) -> list[Record]:
        """Judge submissions together; the records come in their order.

        Raises BankError where a question's own program does not end; what fails for one fails for all of them.
        """
        marks = self.marks([self._attempts(each) for each in pending])
        return [
            Record(each.student, each.submission.name, each.submission.digest, tuple(results), each.notes)
            for each, results in zip(pending, marks, strict=True)
        ]

    def marks(self, every: Sequence[Sequence[Attempt]]) -> list[list[QuestionResult]]:
        """Judge the attempts of several submissions, each submission in a fork of its own."""
        keys = iter(self._keys.references([attempt.variant for attempts in every for attempt in attempts]))
        pairs = [[(attempt, next(keys)) for attempt in attempts] for attempts in every]
        tried = [[(trial, trial.differences()) for trial in each] for each in trials(self._sandbox, pairs)]
        wrong = [trial.attempt.variant for each in tried for trial, differences in each if differences]
        complete = iter(self._keys.complete(wrong))
        return [
            [
                self._mark(trial, next(complete) if differences else trial.key, differences)
                for trial, differences in each
            ]
            for each in tried
        ]

    def _attempts(self, pending: PendingSubmission) -> list[Attempt]:
        return [
            self.attempt(drawn, self._variants.graded(drawn), pending.submission) for drawn in pending.sheet
        ]

    @staticmethod
    def attempt(drawn: Drawn, variant: Variant, submission: Submission) -> Attempt:
        """Find and read one answer."""
        written = submission.answer(drawn.question, variant.question, drawn.seed)
        if written is None or isinstance(written, Unreadable):
            return Attempt(drawn, variant, answer=written)
        if is_plea(variant.question, written.text):
            return Attempt(drawn, variant, written.shown, Unreadable("plea-in-a-file"))
        answer = KINDS[variant.kind].read(variant, written.text)
        if isinstance(answer, Code | Fillings):
            answer = replace(answer, preamble=written.above)
        empty = isinstance(answer, Unreadable) and answer.example == "empty-code"
        return Attempt(drawn, variant, written.shown, None if empty else answer)

    def _mark(self, trial: Trial, key: Key, differences: Sequence[Difference]) -> QuestionResult:
        attempt, drawn, variant = trial.attempt, trial.attempt.drawn, trial.attempt.variant
        hidden_seed = drawn.hidden_seed if has_hidden_draws(variant.question) else None
        mark = QuestionResult(drawn.question, "unanswered", drawn.seed, hidden_seed, _short(attempt.text))
        if attempt.answer is None:
            return mark
        if isinstance(attempt.answer, Unreadable):
            detail = unreadable_sentence(attempt.answer, self._language)
            return replace(mark, outcome="unreadable", detail=_steady(detail))
        found = verdict(variant, key, attempt.text, attempt.answer, trial.seen, self._language, differences)
        if found.unreadable is not None:
            detail = self._did_not_run(found.unreadable)
            return replace(mark, outcome="unreadable", detail=_steady(detail))
        return self._with_picture(_judged(mark, variant, key, trial.seen, found), trial)

    def _did_not_run(self, what: Unreadable) -> str:
        if what.refusal is not None:
            return refusal_sentence(what.refusal, what.detail, self._language)
        return say("slip", self._language, detail=what.detail)

    def _with_picture(self, mark: QuestionResult, trial: Trial) -> QuestionResult:
        if trial.steps is None:
            return mark
        variant = trial.attempt.variant
        picture, reason = seen_in(trial.steps, trial.shown[0], variant, mark.differences, self._language)
        return replace(mark, picture=picture, reason=reason)


def _judged(
    mark: QuestionResult, variant: Variant, key: Key, seen: tuple[Observation, ...], found: Verdict
) -> QuestionResult:
    return replace(
        mark,
        outcome="correct" if found.outcome == "correct" else "incorrect",
        expected=_short(found.expected or ""),
        differences=tuple(map(_steady_difference, found.differences)),
        idea=found.misconception,
        because=found.because if found.is_of_idea else None,
        why=None if found.is_of_idea else found.because,
        error=found.error and (found.error[0], _steady(found.error[1])),
        error_is_hidden=_raised_on_hidden(variant, seen),
        printed=_steady(found.printed),
        earned=_earned(variant, key, seen, found),
    )


def _earned(variant: Variant, key: Key, seen: tuple[Observation, ...], found: Verdict) -> tuple[str, ...]:
    if found.outcome == "correct" and isinstance(variant.question, Compared):
        return tuple(variant.question.must)
    return earned(variant, key, seen) if seen else ()


def _raised_on_hidden(variant: Variant, seen: Sequence[Observation]) -> bool:
    """Whether the first run that did not end well was one of a hidden draw."""
    if not isinstance(variant.question, Compared):
        return False
    failed = [at for at, each in enumerate(seen) if each.failure or (each.raised and each.value is None)]
    return bool(failed) and failed[0] >= shown_programs(variant.question)


def _steady_difference(difference: Difference) -> Difference:
    return replace(
        difference,
        expected=_steady(difference.expected),
        got=_steady(difference.got),
        on=_short(difference.on),
    )


def _steady(text: str) -> str:
    """Return a text of bounded length without addresses, which differ from run to run."""
    return _short(_ADDRESS.sub("0x…", text))


def _short(text: str) -> str:
    return text if len(text) <= _MOST_TEXT else text[: _MOST_TEXT - 1] + "…"
