"""predict: what is the value of `ask` after the program ran? `raises` is always a possible answer."""

from __future__ import annotations

import re

from tensordrill.bank.schema import AnswerType, PlainType, Predict, as_kind
from tensordrill.bank.variant import Variant, Wrong
from tensordrill.kinds.answer_key import Key, Runs
from tensordrill.kinds.answer_type import pieces, plain_type, static_type, writes_pieces
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
    question = as_kind(variant.question, Predict)
    if asks_output(question):
        return read_output(text)
    own = _CLASS.findall(f"{question.given}\n{question.code}")
    if question.ask == "warns":
        return read_warning(text, own)
    ask = question.ask
    return read_value(text, type_of(question), pieces(ask), own, has_several=writes_pieces(ask))


def judge(variant: Variant, key: Key, answer: Answer, _: Runs) -> list[Difference]:
    """Return what differs between the answer and the key; nothing where it is right."""
    question = as_kind(variant.question, Predict)
    result = outcome(question, key.reference[0])
    if _is(question, answer, result):
        return []
    is_outcome = isinstance(answer, Raises) or isinstance(result, Raised)
    aspect = "outcome" if is_outcome else _ASPECTS.get(plain_type(type_of(question)), "value")
    return [Difference(aspect, typed(result), shown_answer(answer))]


def diagnose(variant: Variant, key: Key, answer: Answer, _: Runs) -> Wrong | None:
    """Return the misconception whose result the answer equals."""
    question = as_kind(variant.question, Predict)
    for wrong, observations in key.wrong:
        if wrong.answer is not None:
            if _same(read(variant, wrong.answer), answer):
                return wrong
        elif _is(question, answer, outcome(as_kind(wrong.question, Predict), observations[0])):
            return wrong
    return None


def _same(misread: Answer | Unreadable, answer: Answer) -> bool:
    """Whether two answers say the same; numbers do in whichever way they are written."""
    if isinstance(misread, Literally) and isinstance(answer, Literally):
        return _number(misread.value) == _number(answer.value)
    return misread == answer


def _number(value: Typed) -> object:
    """Return a typed value with its numbers as numbers."""
    match value:
        case bool():
            return (value,)  # which is not 1
        case TypedFloat():
            return value.number
        case tuple():
            return [_number(item) for item in value]
        case TypedTensor(items, dtype, size):
            return (_number(items), dtype, size)
        case _:
            return value


def expected(variant: Variant, key: Key) -> str:
    """Return the key as a learner could have typed it."""
    return typed(outcome(as_kind(variant.question, Predict), key.reference[0]))


def typed_by(variant: Variant, key: Key, index: int) -> str:
    """Return what a learner who holds this misconception types."""
    wrong, observations = key.wrong[index]
    if wrong.answer is not None:
        return wrong.answer
    return typed(outcome(as_kind(wrong.question, Predict), observations[0]))


def facts(variant: Variant, key: Key) -> dict[str, object]:
    """Return what a `because` may speak of: the key as a Python value, and the class raised."""
    result = outcome(as_kind(variant.question, Predict), key.reference[0])
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


def typed(result: Value | Raised) -> str:
    """Return a result as a learner could have typed it."""
    if isinstance(result, Raised):
        return f"raises {result.name}"
    return "none" if isinstance(result, Nothing) else format_value(result)


def shown_answer(answer: Answer) -> str:
    """Return a parsed answer as text."""
    if isinstance(answer, Raises):
        return f"raises {answer.name}" if answer.name else "raises"
    return shown_typed(answer.value) if isinstance(answer, Literally) else ""


def shown_typed(value: object) -> str:
    """Return a typed value in the spelling that values are shown in."""
    if isinstance(value, tuple):
        parts = [shown_typed(item) for item in value]
        return f"({parts[0]},)" if len(parts) == 1 else f"({', '.join(parts)})"
    if isinstance(value, TypedTensor):
        return shown_typed(value.items) if value.size is None else f"tensor([], size={value.size})"
    return str(getattr(value, "text", value))


def _is(question: Predict, answer: Answer, result: Value | Raised) -> bool:
    if isinstance(result, Raised):
        classes = [name.lower() for name in result.classes]
        return isinstance(answer, Raises) and (answer.name is None or answer.name.lower() in classes)
    if isinstance(answer, Raises) and answer.typed is not None:
        answer = Literally(Word(answer.typed))
    if isinstance(result, Text) and asks_output(question):
        return answer == Literally(Word(normal(result.v)))
    return isinstance(answer, Literally) and matches(answer.value, result)


_ASPECTS: dict[PlainType, Aspect] = {
    "shape": "shape", "dtype": "dtype", "tensor": "values", "bool": "bool", "line": "line", "output": "output"
}  # fmt: skip
"""The aspect in which answers of a type differ, where that is more than their value."""
