"""predict: what is the value of `ask` after the program ran? `raises` is always a possible answer."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tensordrill.bank.schema import AnswerType, PlainType, Predict
from tensordrill.bank.variant import Variant, Wrong
from tensordrill.kinds.answer_key import Key
from tensordrill.kinds.answer_type import pieces, plain_type, static_type
from tensordrill.kinds.answers import (
    Answer,
    Aspect,
    Difference,
    Literally,
    Raises,
    Typed,
    TypedFloat,
    TypedTensor,
    Unreadable,
    Word,
)
from tensordrill.kinds.classes import read_warning
from tensordrill.kinds.format_value import format_value, native
from tensordrill.kinds.match_typed import matches
from tensordrill.kinds.output import asks_output, normal, printed
from tensordrill.kinds.output import read as read_output
from tensordrill.kinds.parse_answer import read as read_value
from tensordrill.sandbox.protocol import Int, Nothing, Observation, Program, Raised, Text, Value

_CLASS = re.compile(r"^\s*class\s+(\w+)", re.MULTILINE)


def type_of(question: Predict) -> AnswerType:
    """Return the static type of the answer."""
    return "output" if asks_output(question) else question.type or static_type(question.ask)


def programs(variant: Variant, question: Predict) -> tuple[Program, ...]:
    """Return the one program of a question or of a misreading of it."""
    ask = None if asks_a_word(question) else question.ask
    return (Program(setup=question.setup, given=question.given, code=question.code, ask=ask or "None"),)


def asks_a_word(question: Predict) -> bool:
    """Whether `ask` is one of the words for what no expression gives: `line`, `warns` and `output`."""
    return question.ask in ("line", "warns") or asks_output(question)


def learner_programs(variant: Variant, answer: Answer) -> tuple[Program, ...]:
    """Return nothing: a predicted value is judged without running anything."""
    return ()


def read(variant: Variant, text: str) -> Answer | Unreadable:
    """Read what was typed as a value of the question's type."""
    question = _question(variant)
    if asks_output(question):
        return read_output(text)
    own = _CLASS.findall(f"{question.given}\n{question.code}")
    if question.ask == "warns":
        return read_warning(text, own)
    return read_value(text, type_of(question), pieces(question.ask), own)


def judge(variant: Variant, key: Key, answer: Answer, _: tuple[Observation, ...]) -> list[Difference]:
    """Return what differs between the answer and the key; nothing where it is right."""
    question = _question(variant)
    result = outcome(question, key.reference[0])
    if _is(question, answer, result):
        return []
    return [Difference(_aspect(type_of(question), answer, result), said(result), shown_answer(answer))]


def diagnose(variant: Variant, key: Key, answer: Answer, _: tuple[Observation, ...]) -> Wrong | None:
    """Return the misconception whose result the answer equals."""
    for wrong, observations in key.wrong:
        if wrong.answer is not None:
            if _same(read(variant, wrong.answer), answer):
                return wrong
        elif _is(_question(variant), answer, outcome(_wrong_question(wrong), observations[0])):
            return wrong
    return None


def _same(one: Answer | Unreadable, other: Answer) -> bool:
    """Whether two answers say the same; numbers do in whichever way they are written."""
    if isinstance(one, Literally) and isinstance(other, Literally):
        return _number(one.value) == _number(other.value)
    return one == other


def _number(typed: Typed) -> object:
    """Return what was typed with its numbers as numbers."""
    match typed:
        case bool():
            return (typed,)  # which is not 1
        case TypedFloat():
            return typed.number
        case tuple():
            return [_number(item) for item in typed]
        case TypedTensor(items, dtype, size):
            return (_number(items), dtype, size)
        case _:
            return typed


def expected(variant: Variant, key: Key) -> str:
    """Return the key as a learner could have typed it."""
    return said(outcome(_question(variant), key.reference[0]))


def typed_by(variant: Variant, key: Key, index: int) -> str:
    """Return what a learner who holds this misconception types."""
    wrong, observations = key.wrong[index]
    return (
        wrong.answer if wrong.answer is not None else said(outcome(_wrong_question(wrong), observations[0]))
    )


def facts(variant: Variant, key: Key) -> dict[str, object]:
    """Return what a `because` may speak of: the key as a Python value, and the class raised."""
    result = outcome(_question(variant), key.reference[0])
    raised = result.name if isinstance(result, Raised) else None
    return {"key": "raises" if isinstance(result, Raised) else native(result), "raised": raised}


def outcome(question: Predict, observation: Observation) -> Value | Raised:
    """Return what a run answers: the value asked for, the line or warning, or what was raised."""
    raised = observation.raised
    if question.ask == "line":
        return Int(str(raised.line)) if raised and raised.line else Nothing()
    if raised and observation.value is None:
        return raised
    if question.ask == "warns":
        return Text(observation.warned or "no")
    if asks_output(question):
        return Text(printed(observation.stdout))
    return observation.value or Nothing()


def said(result: Value | Raised) -> str:
    """Return a result as a learner could have typed it."""
    if isinstance(result, Raised):
        return f"raises {result.name}"
    return "none" if isinstance(result, Nothing) else format_value(result)


def shown_answer(answer: Answer) -> str:
    """Return a parsed answer as text."""
    if isinstance(answer, Raises):
        return f"raises {answer.name}" if answer.name else "raises"
    return shown_typed(answer.value) if isinstance(answer, Literally) else ""


def shown_typed(typed: object) -> str:
    """Return a typed value in the spelling that values are shown in."""
    if isinstance(typed, tuple):
        parts = [shown_typed(item) for item in typed]
        return f"({parts[0]},)" if len(parts) == 1 else f"({', '.join(parts)})"
    if isinstance(typed, TypedTensor):
        return shown_typed(typed.items) if typed.size is None else f"tensor([], size={typed.size})"
    return str(getattr(typed, "text", typed))


def _is(question: Predict, answer: Answer, result: Value | Raised) -> bool:
    if isinstance(result, Raised):
        return isinstance(answer, Raises) and (answer.name is None or _is_one_of(answer.name, result.classes))
    if isinstance(answer, Raises) and answer.typed is not None:
        answer = Literally(Word(answer.typed))
    if isinstance(result, Text) and asks_output(question):
        return answer == Literally(Word(normal(result.v)))
    return isinstance(answer, Literally) and matches(answer.value, result)


def _is_one_of(name: str, classes: Sequence[str]) -> bool:
    return name.lower() in map(str.lower, classes)


_ASPECTS: dict[PlainType, Aspect] = {
    "shape": "shape",
    "dtype": "dtype",
    "tensor": "values",
    "bool": "bool",
    "line": "line",
    "output": "output",
}
"""What answers of a type differ in, where that is more than their value."""


def _aspect(type_: AnswerType, answer: Answer, result: Value | Raised) -> Aspect:
    if isinstance(answer, Raises) or isinstance(result, Raised):
        return "outcome"
    return _ASPECTS.get(plain_type(type_), "value")


def _question(variant: Variant) -> Predict:
    assert isinstance(variant.question, Predict)
    return variant.question


def _wrong_question(wrong: Wrong) -> Predict:
    assert isinstance(wrong.question, Predict)
    return wrong.question
