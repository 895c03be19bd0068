"""Judge submissions: each runs in a fork of its own; what it did is compared with the keys."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from tensordrill.bank.load import Bank
from tensordrill.bank.schema import Compared
from tensordrill.bank.variant import Variant
from tensordrill.course.assignment.roster import Student
from tensordrill.course.assignment.sheet import Sheet, SheetItem, Variants, has_hidden_draws
from tensordrill.course.gradebook import QuestionResult, SubmissionResult
from tensordrill.course.grading.keys import Keys
from tensordrill.course.grading.pictures import picture_and_reason
from tensordrill.course.grading.runs import Attempt, Run, runs
from tensordrill.course.submission.submission import Submission
from tensordrill.judging import verdict as verdict_on
from tensordrill.kinds import KINDS
from tensordrill.kinds.answer_key import Key
from tensordrill.kinds.answers import Code, Difference, Fillings, Unreadable, Verdict
from tensordrill.kinds.code_kinds import earned, operands, shown_operands
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

    def results(self, pending: Sequence[PendingSubmission]) -> list[SubmissionResult]:
        """Judge submissions together; the results come in their order.

        Raises BankError where a question's own program does not end; what fails for one fails for all of them.
        """
        judged = self.question_results([self._attempts(waiting) for waiting in pending])
        return [
            SubmissionResult(
                waiting.student,
                waiting.submission.name,
                waiting.submission.digest,
                tuple(results),
                waiting.notes,
            )
            for waiting, results in zip(pending, judged, strict=True)
        ]

    def question_results(self, every: Sequence[Sequence[Attempt]]) -> list[list[QuestionResult]]:
        """Judge the attempts of several submissions, each submission in a fork of its own."""
        keys = iter(self._keys.references([attempt.variant for attempts in every for attempt in attempts]))
        pairs = [[(attempt, next(keys)) for attempt in attempts] for attempts in every]
        judged = [
            [(run, run.differences()) for run in submission] for submission in runs(self._sandbox, pairs)
        ]
        wrong = [
            run.attempt.variant for submission in judged for run, differences in submission if differences
        ]
        complete = iter(self._keys.complete(wrong))
        return [
            [
                self._result(run, next(complete) if differences else run.key, differences)
                for run, differences in submission
            ]
            for submission in judged
        ]

    def _attempts(self, pending: PendingSubmission) -> list[Attempt]:
        return [self.attempt(item, self._variants.graded(item), pending.submission) for item in pending.sheet]

    @staticmethod
    def attempt(item: SheetItem, variant: Variant, submission: Submission) -> Attempt:
        """Find and read one answer."""
        written = submission.answer(item.handed_out_as, variant.question, item.seed)
        if written is None or isinstance(written, Unreadable):
            return Attempt(item, variant, answer=written)
        if is_plea(variant.question, written.text):
            return Attempt(item, variant, written.shown, Unreadable("plea-in-a-file"))
        answer = KINDS[variant.kind].read(variant, written.text)
        if isinstance(answer, Code | Fillings):
            answer = replace(answer, preamble=written.above)
        empty = isinstance(answer, Unreadable) and answer.example == "empty-code"
        return Attempt(item, variant, written.shown, None if empty else answer)

    def _result(self, run: Run, key: Key, differences: Sequence[Difference]) -> QuestionResult:
        attempt, item, variant = run.attempt, run.attempt.item, run.attempt.variant
        hidden_seed = item.hidden_seed if has_hidden_draws(variant.question) else None
        result = QuestionResult(item.question, "unanswered", item.seed, hidden_seed, _short(attempt.text))
        result = replace(result, expected=_short(KINDS[variant.kind].expected(variant, key)))
        if attempt.answer is None:
            return result
        if isinstance(attempt.answer, Unreadable):
            detail = unreadable_sentence(attempt.answer, self._language)
            return replace(result, outcome="unreadable", detail=_steady(detail))
        verdict = verdict_on(
            variant, key, attempt.text, attempt.answer, run.observations, self._language, differences
        )
        if verdict.unreadable is not None:
            detail = self._did_not_run(verdict.unreadable)
            return replace(result, outcome="unreadable", detail=_steady(detail))
        return self._with_picture(_judged(result, variant, key, run.observations, verdict), run)

    def _did_not_run(self, what: Unreadable) -> str:
        if what.refusal is not None:
            return refusal_sentence(what.refusal, what.detail, self._language)
        return say("slip", self._language, detail=what.detail)

    def _with_picture(self, result: QuestionResult, run: Run) -> QuestionResult:
        if run.steps is None:
            return result
        variant = run.attempt.variant
        differences = result.differences
        picture, reason = picture_and_reason(run.steps, run.shown[0], variant, differences, self._language)
        return replace(result, picture=picture, reason=reason)


def _judged(
    result: QuestionResult,
    variant: Variant,
    key: Key,
    observations: tuple[Observation, ...],
    verdict: Verdict,
) -> QuestionResult:
    error_is_hidden, error_on = _place_of_error(variant, verdict)
    return replace(
        result,
        outcome="correct" if verdict.outcome == "correct" else "incorrect",
        expected=_short(verdict.expected or ""),
        differences=tuple(map(_steady_difference, verdict.differences)),
        idea=verdict.misconception,
        because=verdict.because if verdict.is_of_idea else None,
        why=None if verdict.is_of_idea else verdict.because,
        error=verdict.error and (verdict.error[0], _steady(verdict.error[1])),
        error_is_hidden=error_is_hidden,
        error_on=error_on,
        printed=_steady(verdict.printed),
        earned=_earned(variant, key, observations, verdict),
    )


def _earned(
    variant: Variant, key: Key, observations: tuple[Observation, ...], verdict: Verdict
) -> tuple[str, ...]:
    if verdict.outcome == "correct" and isinstance(variant.question, Compared):
        return tuple(variant.question.must)
    return earned(variant, key, observations) if observations else ()


def _place_of_error(variant: Variant, verdict: Verdict) -> tuple[bool, str]:
    """Return whether the error came on a hidden draw, and the operand where the shown one does not tell."""
    question, operand = variant.question, verdict.error_operand
    if not operand or not isinstance(question, Compared):
        return False, ""
    return operand >= shown_operands(question), _short(operands(variant, question)[operand].given)


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
