"""Feedback on a grade: the one place that knows which parts of a mark a student may not see.

Exports and pages take a `Feedback`, never a `QuestionResult`, so that none of them can give away a hidden draw.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Literal, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from tensordrill.bank.ideas import Ideas
from tensordrill.bank.schema import Facet
from tensordrill.bank.variant import Variant
from tensordrill.course.assignment.assignment import Assignment, Item
from tensordrill.course.gradebook import Grade, Outcome, QuestionResult, ScoredQuestion, shown_points
from tensordrill.course.sanitize import sanitize, sanitize_line
from tensordrill.course.statement import options, program, task
from tensordrill.explanation.pictures import Picture
from tensordrill.kinds.answers import Difference
from tensordrill.kinds.compare import A_VALUE
from tensordrill.kinds.instructions import blank_alone, broken_rule, facet_name, result_in_words
from tensordrill.messages import Language, Name, choose, fill, say
from tensordrill.messages.feedback import SIGNS
from tensordrill.messages.question import FACETS

Sign: TypeAlias = Literal["right", "partly", "wrong", "unreadable", "unanswered", "void"]

_SIGNS: dict[Outcome, Sign] = {
    "correct": "right",
    "incorrect": "wrong",
    "unreadable": "unreadable",
    "unanswered": "unanswered",
}
_ENDED: dict[str, Name] = {"timeout": "your-code-timeout", "crashed": "your-code-crashed"}
_PRINTED = 1_000


MakeVariant: TypeAlias = Callable[[QuestionResult], Variant]


class QuestionFeedback(Struct, frozen=True):
    """One question's feedback, in one language, with nothing secret or harmful in it.

    `because`, `idea`, `rule` and `facts` may hold code between backticks; the rest is plain text.
    """

    id: str
    address: str
    sign: Sign
    outcome: str
    points: str
    max_points: str
    facts: tuple[str, ...] = ()
    answer: str = ""
    because: str = ""
    idea: str = ""
    """The wrong idea behind the answer, as the bank names it, and …"""
    rule: str = ""
    """… the rule that replaces it."""
    key: str = ""
    printed: str = ""
    picture: Picture | None = None
    """A picture of the answer's own code."""
    task: str = ""
    """The question in words, which may hold code between backticks."""
    program: str = ""
    options: str = ""
    """What there was to pick from, or to put in order, a number before each."""
    hidden: bool = False
    """Whether the question was not in the hand-out."""
    passed: bool = False
    """Whether it counts as solved: by the grader's verdict, or by the points that a person set."""
    text: str = ""
    """All of it as plain text: what became of the answer, why, and the answer itself."""

    def sentences(self, language: Language) -> Iterator[str]:
        """Yield why the answer has its outcome: what is different, the idea, the reason and the rule."""
        yield from self.facts
        if self.idea:
            yield say("feedback-idea", language, title=self.idea)
        if self.because:
            yield self.because
        if self.rule:
            yield say("feedback-rule", language, rule=self.rule)


class Feedback(Struct, frozen=True):
    """One student's feedback."""

    assignment: str
    language: Language
    student: str
    name: str
    points: str
    max_points: str
    absence: str
    """Why nothing was graded, where nothing was."""
    questions: tuple[QuestionFeedback, ...]
    notes: tuple[str, ...]


def feedback_on(
    grade: Grade, assignment: Assignment, ideas: Ideas, *, reveal: bool, variant: MakeVariant | None = None
) -> Feedback:
    """Return what a student may read of a grade; with `reveal` the keys and solutions as well.

    Questions are shown where `variant` makes them again.
    """
    language = assignment.language
    return Feedback(
        sanitize_line(choose(assignment.title or assignment.assignment, language)),
        language,
        sanitize_line(grade.student.id),
        sanitize_line(grade.student.name),
        shown_points(grade.points),
        shown_points(grade.max_points),
        _absence(grade, language),
        tuple(
            _question(question, item, ideas, language, reveal, None if grade.is_absent else variant)
            for question, item in zip(grade.questions, assignment.questions, strict=True)
        ),
        tuple(sanitize_line(note) for note in grade.notes),
    )


def _absence(grade: Grade, language: Language) -> str:
    if not grade.is_absent:
        return ""
    return say("feedback-refused" if grade.refused else "feedback-absent", language)


def _question(
    question: ScoredQuestion,
    item: Item,
    ideas: Ideas,
    language: Language,
    reveal: bool,
    variant: MakeVariant | None,
) -> QuestionFeedback:
    result = question.result
    sign = _sign(question)
    why = result.why if reveal or result.outcome == "correct" else None
    idea = ideas.get(result.idea or "")
    feedback = QuestionFeedback(
        item.id,
        f"{item.id}@{result.seed}" if result.answer or result.seed else item.id,
        sign,
        fill(SIGNS[sign], language),
        shown_points(question.points),
        shown_points(question.max_points),
        tuple(_facts(question, item, language)),
        sanitize(result.answer),
        sanitize_line(result.because or why or "", _PRINTED),
        "" if idea is None else sanitize_line(choose(idea.title, language)),
        "" if idea is None else sanitize_line(choose(idea.rule, language)),
        sanitize(result.expected or "") if reveal and result.outcome != "correct" else "",
        sanitize(result.printed, _PRINTED),
        result.picture,
        *_statement(result, variant, language),
        item.hidden,
        _passed(question),
    )
    return replace(feedback, text="\n".join(_lines(feedback, language)))


def _statement(result: QuestionResult, make: MakeVariant | None, language: Language) -> tuple[str, str, str]:
    """Return the question as its student read it: the task, the program and the options."""
    if make is None:
        return "", "", ""
    variant = make(result)
    return (
        sanitize_line(task(variant, language), _PRINTED),
        sanitize(program(variant)),
        sanitize(options(variant)),
    )


def _lines(question: QuestionFeedback, language: Language) -> Iterator[str]:
    yield question.outcome
    yield from question.sentences(language)
    texts: tuple[tuple[Name, str], ...] = (
        ("feedback-your-answer", question.answer),
        ("feedback-printed", question.printed),
        ("feedback-key", question.key),
    )
    for name, text in texts:
        if text:
            yield f"{say(name, language)}:"
            yield from (f"    {line}" for line in text.splitlines())


def _sign(question: ScoredQuestion) -> Sign:
    if question.void:
        return "void"
    sign = _SIGNS[question.result.outcome]
    return "partly" if sign == "wrong" and question.points > 0 and not question.reason else sign


def _passed(question: ScoredQuestion) -> bool:
    if question.void or question.reason:
        return question.points >= question.max_points
    return question.result.outcome == "correct"


def _facts(question: ScoredQuestion, item: Item, language: Language) -> list[str]:
    result, facts = question.result, []
    if question.reason:
        facts.append(say("feedback-override", language, reason=sanitize_line(question.reason)))
    if result.detail:
        facts.append(sanitize_line(result.detail))
    if result.error:
        facts.append(_error(result.error, result.error_is_hidden, language))
    if result.reason:
        facts.append(result.reason)
    for difference in result.differences:
        facts += _difference(difference, result, language)
    if isinstance(item.points, dict) and result.outcome == "incorrect" and not question.void:
        facts.append(_by_facet(result, item.points, language))
    return facts


def _error(error: tuple[str, str], is_hidden: bool, language: Language) -> str:
    name, message = error
    if is_hidden:
        return say("feedback-hidden-error", language)
    if not message and name in _ENDED:
        return say(_ENDED[name], language)
    first = next((part for part in message.splitlines() if part.strip()), "")
    return say("your-code-raises", language, name=sanitize_line(name, 100), message=sanitize_line(first))


def _difference(difference: Difference, result: QuestionResult, language: Language) -> list[str]:
    if alone := blank_alone(difference, language):
        return [sanitize_line(alone)]
    facet = facet_name(difference, language)
    is_said = difference.facet == "outcome" and result.error is not None
    if is_said and difference.expected == A_VALUE:
        return []
    if difference.hidden:
        return [] if is_said else [f"{facet}: {say('feedback-on-hidden', language)}"]
    in_words = partial(result_in_words, difference.facet, language=language)
    if difference.facet == "calls":
        return [sanitize_line(broken_rule(difference, language))]
    # where a value was asked for, what was expected is the key itself
    is_key = difference.expected == result.expected
    parts = (
        []
        if is_key
        else [say("facet-expected", language, expected=sanitize_line(in_words(difference.expected)))]
    )
    if not is_said and not (is_key and difference.got == result.answer):
        parts.append(say("facet-got", language, got=sanitize_line(in_words(difference.got))))
    on = f" ({say('facet-on', language, on=sanitize_line(difference.on))})" if difference.on else ""
    return [f"{facet}: {', '.join(parts)}{on}"] if parts else []


def _by_facet(result: QuestionResult, points: Mapping[Facet, float], language: Language) -> str:
    parts = [
        f"{fill(FACETS[facet], language)} {shown_points(worth if facet in result.earned else 0)}/{shown_points(worth)}"
        for facet, worth in points.items()
    ]
    return say("feedback-by-facet", language, facets=", ".join(parts))
