"""After a verdict: the picture that settles it, the whole explanation, and both programs side by side."""

from __future__ import annotations

from tensordrill.bank.schema import Compared, Predict
from tensordrill.drill.session import Judged
from tensordrill.text import Language
from tensordrill.trace.explanation import Explanation
from tensordrill.trace.pictures import Picture, shortest


def picture(judged: Judged, language: Language) -> Picture | None:
    """Give the picture that settles a wrong answer.

    For a program on screen that is the program's, which tells the key, so that there is none before another
    try; for code it is that of what the learner wrote.
    """
    sitting, question = judged.asked.sitting, judged.asked.variant.question
    if judged.verdict.outcome != "incorrect" or sitting is None:
        return None
    if isinstance(question, Predict):
        return None if judged.again else shortest(sitting.explanation(language), question.ask)
    found = sitting.explanation_of(judged.verdict.answer, language)
    return shortest(found, _compared(question)) if found else None


def _compared(question: object) -> str:
    return " ".join(question.must) if isinstance(question, Compared) else ""


def explanation(judged: Judged, language: Language) -> Explanation | None:
    """Give the whole explanation: of the program on screen, or of what the learner wrote, else of the key."""
    sitting = judged.asked.sitting
    if sitting is None:
        return None
    return sitting.explanation_of(judged.verdict.answer, language) or sitting.explanation(language)


def both(judged: Judged, language: Language) -> tuple[Explanation, Explanation] | None:
    """Give the learner's program and the solution's; None where the answer is no code."""
    sitting = judged.asked.sitting
    written = sitting.explanation_of(judged.verdict.answer, language) if sitting else None
    return (written, sitting.explanation(language)) if sitting and written else None
