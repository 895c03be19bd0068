"""After a verdict: the picture that settles it, the whole explanation, and both programs side by side."""

from __future__ import annotations

from msgspec import Struct

from tensordrill.bank.schema import Compared, Predict
from tensordrill.drill.session import AskedQuestion, JudgedAnswer
from tensordrill.explanation import mistake
from tensordrill.explanation.explanation import Explanation
from tensordrill.explanation.mistake import Subject
from tensordrill.explanation.pictures import Picture
from tensordrill.kinds.answers import Verdict
from tensordrill.kinds.predict import type_of
from tensordrill.messages import Language

_MEMORY = ("stride", "contiguous", "storage")
_SHARING = ("data_ptr", "memory", "_base", "_is_view")
_SHAPE = (".shape", ".ndim", ".dim()", ".size(", "numel", "len(")
_METADATA = ("dtype", "device", "requires_grad", "grad_fn", "is_leaf", ".grad", "type(")


class Comparison(Struct, frozen=True):
    """A learner's program and the solution's, both on the operand where the answer failed."""

    yours: Explanation
    solution: Explanation
    is_wrong: bool


def prepare(asked: AskedQuestion) -> None:
    """Start tracing the bank's programs while the learner reads, for the picture after a wrong answer.

    It has to be followed by `picture` for each verdict, which ends what is not needed.
    """
    if asked.question_session is not None:
        asked.question_session.trace_ahead()


def picture(judged: JudgedAnswer, language: Language) -> Picture | None:
    """Return the picture that settles a wrong answer.

    For a program on screen that is the program's, which shows the key, so that there is none before another
    try; for code it is that of what the learner wrote, and the solution's as well once that is told.
    """
    question_session, question = judged.question_session, judged.asked.variant.question
    verdict = judged.verdict
    if verdict.outcome != "incorrect":
        question_session.close()
        return None
    if isinstance(question, Predict):
        about = _asked_about(question, verdict)
        if judged.again:
            return None
        program, misread = question_session.misreading(verdict.misconception, language)
        first_line = question.given.count("\n") + 2 if question.given else 1
        return mistake.of_program(program, misread, about, question.ask, first_line)
    both = question_session.both_explanations(verdict.answer, language, _operand(verdict))
    if both is None or not isinstance(question, Compared):
        return None
    yours, solution = both
    about = mistake.compared_about(verdict.differences, question.must)
    return mistake.of_code(yours, about, solution, shows_key=not judged.again)


def _operand(verdict: Verdict) -> int:
    """Return the place of the operand where an answer failed, the shown one where none did."""
    return verdict.differences[0].operand if verdict.differences else 0


def _asked_about(question: Predict, verdict: Verdict) -> Subject:
    """Return what a prediction is wrong about."""
    if any(difference.facet == "outcome" for difference in verdict.differences):
        return "outcome"

    def speaks_of(words: tuple[str, ...]) -> bool:
        return any(word in question.ask for word in words)

    if speaks_of(_MEMORY):
        return "memory"
    if speaks_of(_SHARING):
        return "sharing"
    if speaks_of(_METADATA) or type_of(question) in ("line", "warning", "dtype"):
        return "other"
    return "shape" if speaks_of(_SHAPE) else "values"


def explanation(judged: JudgedAnswer, language: Language) -> Explanation:
    """Return the whole explanation: of the program on screen, or of what the learner wrote, else of the key."""
    operand = _operand(judged.verdict)
    written = judged.question_session.explanation_of(judged.verdict.answer, language, operand)
    return written or judged.question_session.explanation(language, operand)


def both(judged: JudgedAnswer, language: Language) -> Comparison | None:
    """Return the learner's program beside the solution's; None where the answer is no code."""
    verdict = judged.verdict
    explanations = judged.question_session.both_explanations(verdict.answer, language, _operand(verdict))
    return Comparison(*explanations, verdict.outcome == "incorrect") if explanations else None
