"""The place in a bank's file that a problem comes from: the line of the field, operand or option at fault."""

from __future__ import annotations

from tensordrill.bank.document import FilePlace
from tensordrill.bank.schema import Compared, Order, Predict, Which
from tensordrill.bank.topic import Entry
from tensordrill.bank.variant import Variant, Wrong
from tensordrill.errors import DrawError
from tensordrill.sandbox.protocol import Observation


def place_of_text(entry: Entry, error: DrawError) -> FilePlace:
    """Return the place of the text that does not render, else of the draws."""
    keys = error.keys or ("draw",)
    if keys[0] == "misconceptions":
        misconception = entry.place.at(*keys[:2])
        field = ("code",) if keys[2] == "solution" else keys[2:]
        is_replaced = misconception.at(*field) != misconception
        keys = (*keys[:2], *field) if is_replaced else keys[2:]
    return entry.place.at(*keys).line(error.line)


def place_of_program(variant: Variant, index: int, observation: Observation) -> FilePlace:
    """Return the place of what ended reference program `index` of a variant, else of the code in question."""
    place = variant.entry.place
    raised = observation.raised
    where = raised.where if raised else "code"
    if where == "given":
        also_on = variant.question.also_on if isinstance(variant.question, Compared) else ()
        is_other = 0 < index <= len(also_on)
        field = place.at("also_on", index - 1) if is_other else place.at("given")
        return field.line(raised.line) if raised and raised.line else field
    if where in ("ask", "facets"):
        return place.at("which" if isinstance(variant.question, Which) else "ask")
    return _place_of_code(variant, index, raised.line if raised and where == "code" else None)


def place_of_misconception(variant: Variant, wrong: Wrong, observation: Observation) -> FilePlace:
    """Return the place in a misconception of what ended its program, else of the misconception."""
    place, raised = variant.entry.place.at("misconceptions", wrong.index), observation.raised
    if raised and raised.where in ("ask", "facets"):
        return place.at("which" if isinstance(variant.question, Which) else "ask")
    if raised and raised.where == "given":
        return place.at("given")
    question, code = wrong.question, place.at("code")
    if isinstance(question, Predict) and raised and code != place:
        return _line(code, raised.line, question.given, question.code)
    return code


def _place_of_code(variant: Variant, index: int, line: int | None) -> FilePlace:
    """Return the place of a line of the program, which counts the lines of `given` too."""
    question, place = variant.question, variant.entry.place
    if isinstance(question, Predict) and not question.code:
        return place.at("given")
    if isinstance(question, Predict):
        return _line(place.at("code"), line, question.given, question.code)
    if isinstance(question, Which):
        option = place.at("options", variant.order[index])
        if line is None or not question.code:
            return _line(option, line, question.given, question.options[index])
        is_code = line - _lines(question.given) <= _lines(question.code)
        return _line(place.at("code"), line, question.given, question.code) if is_code else option
    return place.at("order" if isinstance(question, Order) else "solution")


def _line(place: FilePlace, line: int | None, above: str, text: str) -> FilePlace:
    """Return the place of a line of the program in its field, where rendering left the lines as they were."""
    rendered_alike = len(text.splitlines()) == len(place.node.value.splitlines())
    return place.line(line - _lines(above)) if line is not None and rendered_alike else place


def _lines(text: str) -> int:
    return text.count("\n") + 1 if text else 0
