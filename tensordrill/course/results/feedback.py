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
from tensordrill.bank.schema import Compared, Facet
from tensordrill.bank.variant import Variant
from tensordrill.course.assignment.assignment import Assignment, Item
from tensordrill.course.gradebook import Grade, Outcome, QuestionResult, ScoredQuestion, shown_points
from tensordrill.course.results.lateness import lateness_text
from tensordrill.course.sanitize import sanitize, sanitize_line
from tensordrill.course.statement import options, program, task
from tensordrill.explanation.pictures import Picture
from tensordrill.kinds.answers import Difference
from tensordrill.kinds.code_kinds import shown_operands
from tensordrill.kinds.compare import A_VALUE
from tensordrill.kinds.instructions import (
    blank_alone,
    broken_rule,
    error_sentence,
    facet_name,
    operand_line,
    result_in_words,
)
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
    """The options or lines, numbered, to pick from or to put in order."""
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
    lateness: str = ""
    """A sentence for a late submission: its time and the points that it costs."""


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
        lateness_text(grade.late, assignment.due_date, language),
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
    make: MakeVariant | None,
) -> QuestionFeedback:
    result = question.result
    variant = make and make(result)
    sign, name = _sign(question), item.handed_out_as
    why = result.why if reveal or result.outcome == "correct" else None
    idea = ideas.get(result.idea or "")
    feedback = QuestionFeedback(
        name,
        f"{name}@{result.seed}" if result.answer or result.seed else name,
        sign,
        fill(SIGNS[sign], language),
        shown_points(question.points),
        shown_points(question.max_points),
        tuple(_facts(question, item, variant, language)),
        sanitize(result.answer),
        sanitize_line(result.because or why or "", _PRINTED),
        "" if idea is None else sanitize_line(choose(idea.title, language)),
        "" if idea is None else sanitize_line(choose(idea.rule, language)),
        sanitize(result.expected or "") if reveal and result.outcome != "correct" else "",
        sanitize(result.printed, _PRINTED),
        result.picture,
        *_statement(variant, language),
        item.hidden,
        _passed(question),
    )
    return replace(feedback, text="\n".join(_lines(feedback, language)))


def _has_operands(variant: Variant) -> bool:
    """Whether an answer runs on other operands than the shown one."""
    return isinstance(variant.question, Compared) and shown_operands(variant.question) > 1


def _statement(variant: Variant | None, language: Language) -> tuple[str, str, str]:
    """Return the question as its student read it: the task, the program and the options."""
    if variant is None:
        return "", "", ""
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


def _facts(question: ScoredQuestion, item: Item, variant: Variant | None, language: Language) -> list[str]:
    result, facts = question.result, []
    has_others = result.hidden_seed is not None or (variant is not None and _has_operands(variant))
    shown = say("operand-shown", language) if has_others else ""
    if question.reason:
        facts.append(say("feedback-override", language, reason=sanitize_line(question.reason)))
    if result.detail:
        facts.append(sanitize_line(result.detail))
    facts += _error(result, shown, language)
    if result.reason:
        facts.append(result.reason)
    for difference in result.differences:
        facts += _difference(difference, result, shown, language)
    if isinstance(item.points, dict) and result.outcome == "incorrect" and not question.void:
        facts.append(_by_facet(result, item.points, language))
    return facts


def _error(result: QuestionResult, shown: str, language: Language) -> list[str]:
    """Return how the code ended, where not well; `shown` names the input that a student sees, if there are others."""
    if result.error is None:
        return []
    if result.error_is_hidden:
        return [say("feedback-hidden-error", language)]
    name, words = result.error
    first = next((part for part in words.splitlines() if part.strip()), "")
    error = sanitize_line(name, 100), sanitize_line(first)
    return [error_sentence(error, language, _operand(result.error_on, shown))]


def _difference(difference: Difference, result: QuestionResult, shown: str, language: Language) -> list[str]:
    facet = facet_name(difference, language)
    is_said = difference.facet == "outcome" and not difference.blank and _is_the_error(difference, result)
    if is_said and difference.expected == A_VALUE:
        return []
    if difference.hidden:
        return [] if is_said else [f"{facet}: {say('feedback-on-hidden', language)}"]
    rule = broken_rule(difference, language)
    operand = _operand(difference.on, "" if rule else shown)
    on = f" ({say('facet-on', language, on=operand)})" if operand else ""
    if sentence := rule or blank_alone(difference, language):
        return [sanitize_line(sentence) + on]
    in_words = partial(result_in_words, difference.facet, language=language)
    # where a value was asked for, what was expected is the key itself
    is_key = difference.expected == result.expected
    parts = (
        []
        if is_key
        else [say("facet-expected", language, expected=sanitize_line(in_words(difference.expected)))]
    )
    if not is_said and not (is_key and difference.got == result.answer):
        parts.append(say("facet-got", language, got=sanitize_line(in_words(difference.got))))
    return [f"{facet}: {', '.join(parts)}{on}"] if parts else []


def _is_the_error(difference: Difference, result: QuestionResult) -> bool:
    """Whether a difference is on the operand that the error came on."""
    if result.error is None or difference.hidden != result.error_is_hidden:
        return False
    return difference.hidden or difference.on == result.error_on


def _operand(on: str, shown: str) -> str:
    return sanitize_line(operand_line(on)) or shown


def _by_facet(result: QuestionResult, points: Mapping[Facet, float], language: Language) -> str:
    parts = [
        f"{fill(FACETS[facet], language)} {shown_points(worth if facet in result.earned else 0)}/{shown_points(worth)}"
        for facet, worth in points.items()
    ]
    return say("feedback-by-facet", language, facets=", ".join(parts))
