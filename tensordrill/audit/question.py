"""One question over its draws: its key is well defined, can be typed, and leaves something to ask."""

from __future__ import annotations

import math
from itertools import zip_longest

from tensordrill.audit.failures import broken, raises, remedy_of
from tensordrill.audit.findings import Findings
from tensordrill.audit.misconceptions import check_wrong, drawn
from tensordrill.audit.observe import SLOW, ObservedDraw
from tensordrill.audit.places import place_of_program
from tensordrill.audit.texts import check_texts
from tensordrill.bank.schema import Compared, Order, Predict, Which
from tensordrill.bank.template import excerpt
from tensordrill.bank.variant import Variant
from tensordrill.errors import DrawError
from tensordrill.kinds import KINDS, code_kinds, facts, predict, which
from tensordrill.kinds.answer_key import Key
from tensordrill.kinds.answers import Unreadable
from tensordrill.kinds.code import spelled_alike
from tensordrill.kinds.compare import differences
from tensordrill.kinds.format_value import format_value
from tensordrill.kinds.output import asks_output
from tensordrill.messages import Message, message
from tensordrill.sandbox import protocol
from tensordrill.sandbox.protocol import Observation, Raised

MOST_NUMBERS = 12
MOST_PRINTED = 400
_PLAIN_FACETS = ("shape", "dtype", "values")

_OF_TYPE: dict[str, tuple[type, ...]] = {
    "shape": (protocol.Size, protocol.Tuple),
    "int": (protocol.Int,),
    "float": (protocol.Float,),
    "bool": (protocol.Bool,),
    "dtype": (protocol.Dtype,),
    "tensor": (protocol.Tensor, protocol.List, protocol.Complex),
    "tuple": (protocol.Tuple,),
    "text": (protocol.Text, protocol.Class),
    "line": (protocol.Int, protocol.Nothing),
    "output": (protocol.Text,),
}


def check_draw(draw: ObservedDraw, findings: Findings) -> bool:
    """Look at one draw of a question; return whether its reference is well defined."""
    variant, key = draw.variant, draw.key
    place, address, kind = variant.entry.place, variant.address, KINDS[variant.kind]
    if not _reference_is_sound(draw, findings):
        return False
    can_be_typed = _check_shown(variant, key, findings)
    if isinstance(variant.question, Which):
        values = [observation.value for observation in key.reference]
        odd = [value for value in values if not isinstance(value, protocol.Bool | None)]
        if odd:
            problem = message("found-test-value", value=format_value(odd[0])[:60])
            findings.fault(place.at("which"), address, problem, message("do-true-or-false"))
            return True
        _check_options(variant, variant.question, findings)
        right = which.holding(key.reference).numbers
        if not 0 < len(right) < len(key.reference):
            problem = message("found-every-option" if right else "found-no-option")
            findings.fault(place.at("options"), address, problem, message("do-both-sorts"))
    if isinstance(variant.question, Order):
        _check_lines(variant, variant.question, findings)
    if not draw.wrong:
        problem = message("found-no-wrong", drawn=drawn(variant))
        findings.fault(place.at("misconceptions"), address, problem, message("do-add-wrong"))
    for index in range(len(key.wrong) if can_be_typed else 0):
        check_wrong(variant, key, index, findings)
    try:
        values_of_run, text = facts(variant, key), kind.expected(variant, key)
    except DrawError as error:
        findings.fault(place, address, error.problem, message("do-mend-template"))
        return True

    def is_right(typed: str) -> bool:
        """Whether a value, typed so, is the right answer; code is judged by what it does, not by its text."""
        answer = kind.read(variant, typed) if isinstance(variant.question, Predict) else Unreadable("text")
        return not isinstance(answer, Unreadable) and not kind.judge(variant, key, answer, ())

    check_texts(variant, draw.wrong, values_of_run, text, is_right, findings)
    return True


def _check_options(variant: Variant, question: Which, findings: Findings) -> None:
    """Look for options that are the same code on this draw."""
    first: dict[str, str] = {}
    for index, option in sorted(zip(variant.order, question.options, strict=True)):
        if first.setdefault(spelled_alike(option), option) is not option:
            problem = message("found-option-twice", option=option[:60], drawn=drawn(variant))
            place = variant.entry.place.at("options", index)
            findings.fault(place, variant.address, problem, message("do-change-option"), "twice")


def _check_lines(variant: Variant, question: Order, findings: Findings) -> None:
    lines = (*question.order, *question.distractors)
    for at, line in enumerate(lines):
        if line in lines[:at]:
            count = len(question.order)
            keys = ("order", at) if at < count else ("distractors", at - count)
            problem = message("found-line-twice", line=excerpt(line))
            findings.fault(variant.entry.place.at(*keys), variant.address, problem, message("do-differ"))


def _reference_is_sound(draw: ObservedDraw, findings: Findings) -> bool:
    variant, reference = draw.variant, draw.key.reference
    question, address = variant.question, variant.address
    for observation in reference:  # whatever a question asks, what its setup raises is no answer to it
        if observation.raised and observation.raised.where == "setup":
            problem = message("found-setup", run=raises(observation.raised))
            findings.fault(variant.entry.place.at("setup"), address, problem, message("do-mend-setup"))
            return False
    fields = question.__struct_fields__
    place = variant.entry.place.at(next(name for name in ("solution", "order", "code") if name in fields))
    must = question.must if isinstance(question, Compared) else _PLAIN_FACETS
    prints = isinstance(question, Predict) and asks_output(question)
    for index, (first, again) in enumerate(zip_longest(reference, draw.again)):
        failed = again if again and not broken(first) else first
        run = broken(failed) or _raises_where_it_may_not(variant, first)
        if run:
            where, problem = place_of_program(variant, index, failed), message("found-program", run=run)
            findings.fault(
                where, address, problem, remedy_of(failed) or message("do-mend-program"), field=place
            )
            return False
        if variant.kind != "which" and differences(first, first, _PLAIN_FACETS):
            # It does not even equal itself, since what it holds is not reported.
            problem = message("found-uncomparable", value=format_value(first.value)[:60])
            findings.fault(place, address, problem, message("do-plain-values"))
            return False
        if first.seconds > SLOW:
            problem = message("found-slow", seconds=f"{first.seconds:.1f}")
            findings.fault(place, address, problem, message("do-keep-under", seconds=f"{SLOW:g}"), "slow")
        if again and ((prints and first.stdout != again.stdout) or differences(first, again, must)):
            findings.fault(place, address, message("found-unstable"), message("do-fixed-data"))
            return False
    if isinstance(question, Compared):
        if rules := code_kinds.differing(variant, draw.key, reference):
            problem = message("found-rule-broken", rule=rules[0].expected, called=rules[0].got)
            findings.fault(place, address, problem, message("do-mend-rule"))
            return False
        if "grad" in question.must and not any(observation.grads for observation in reference):
            findings.fault(place, address, message("found-no-grad"), message("do-requires-grad"))
    return True


def _raises_where_it_may_not(variant: Variant, observation: Observation) -> Message | None:
    raised = observation.raised
    if raised is None or observation.value is not None:
        return None
    if raised.where == "ask" and raised.name == "AttributeError":
        return message("run-ask-raises", error=raised.name, reason=raised.message)
    return None if variant.kind in ("predict", "which") else raises(raised)


def _check_shown(variant: Variant, key: Key, findings: Findings) -> bool:
    """Whether the key is of the question's type and survives showing and reading."""
    kind, place = KINDS[variant.kind], variant.entry.place.at("ask")
    if isinstance(variant.question, Predict):
        wrong_type = _wrong_type(variant.question, key)
        if wrong_type:
            findings.fault(place, variant.address, *wrong_type)
            return False
    text = kind.expected(variant, key)
    answer = kind.read(variant, text)
    if isinstance(answer, Unreadable):
        problem = message("found-untypable-key", key=text[:80])
        findings.fault(place, variant.address, problem, message("do-typable"))
        return False
    if not isinstance(variant.question, Compared) and kind.judge(variant, key, answer, ()):
        problem = message("found-misjudged-key", key=text[:80])
        findings.fault(place, variant.address, problem, message("do-typable"), "typed")
        return False
    return True


def _wrong_type(question: Predict, key: Key) -> tuple[Message, Message] | None:
    """Return the problem and the remedy of a key that is not of the question's type, or too long to type."""
    type_ = predict.type_of(question)
    base = type_.removeprefix("none-or-")
    result = predict.outcome(question, key.reference[0])
    if isinstance(result, Raised) or (isinstance(result, protocol.Nothing) and base != type_):
        return None
    if not isinstance(result, _OF_TYPE[base]):
        value = predict.typed(result)[:60]
        return message("found-other-type", type=type_, value=value), message("do-state-type")
    if isinstance(result, protocol.Text) and asks_output(question):
        lines = result.v.count("\n") + 1
        if lines > MOST_NUMBERS or len(result.v) > MOST_PRINTED:
            problem = message("found-long-output", lines=lines, characters=len(result.v))
            return problem, message("do-shorter-output", lines=MOST_NUMBERS, characters=MOST_PRINTED)
    if isinstance(result, protocol.Tensor) and math.prod(result.shape) > MOST_NUMBERS:
        problem = message("found-many-numbers", count=math.prod(result.shape))
        return problem, message("do-fewer-numbers", most=MOST_NUMBERS)
    return None
