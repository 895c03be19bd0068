"""One question over its draws: its key is well defined, its misconceptions wrong and told apart."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import zip_longest

from tensordrill.audit.decoys import Decoy, decoys
from tensordrill.audit.findings import Findings
from tensordrill.audit.observe import SLOW, Programs, Seen, are_alike, unwatched, with_calls
from tensordrill.audit.places import place_of_misconception, place_of_program
from tensordrill.audit.refusals import what_happened, what_to_do
from tensordrill.audit.texts import check_texts
from tensordrill.bank.document import Place
from tensordrill.bank.schema import AnswerType, Compared, Order, Predict, Which, Write
from tensordrill.bank.template import excerpt
from tensordrill.bank.variant import Variant, Wrong
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
from tensordrill.sandbox.protocol import Limits, Observation, Raised

MOST_NUMBERS = 12
MOST_PRINTED = 400
DECOYED = 25
_DECOYS = Limits(SLOW + 1, patience=5)
_SLIPS = ("SyntaxError", "IndentationError", "NameError")

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


def check_draw(seen: Seen, findings: Findings) -> bool:
    """Look at one draw of a question; tell whether its reference is well defined."""
    variant, key = seen.variant, seen.key
    place, address = variant.entry.place, variant.address
    if not _reference_is_sound(seen, findings):
        return False
    can_be_typed = _check_shown(variant, key, findings)
    if isinstance(variant.question, Which):
        odd = next(
            (one.value for one in key.reference if not isinstance(one.value, protocol.Bool | None)), None
        )
        if odd is not None:
            problem = message("found-test-value", value=format_value(odd)[:60])
            findings.fault(place.at("which"), address, problem, message("do-true-or-false"))
            return True
        _check_options(variant, findings)
        right = which.holding(key.reference).numbers
        if not 0 < len(right) < len(key.reference):
            problem = message("found-every-option" if right else "found-no-option")
            findings.fault(place.at("options"), address, problem, message("do-both-sorts"))
    if isinstance(variant.question, Order):
        _check_lines(variant, variant.question, findings)
    if not seen.wrong:
        problem = message("found-no-wrong", drawn=drawn(variant))
        findings.fault(place.at("misconceptions"), address, problem, message("do-add-wrong"))
    for index in range(len(key.wrong) if can_be_typed else 0):
        _check_wrong(variant, key, index, findings)
    try:
        values, text = facts(variant, key), KINDS[variant.kind].expected(variant, key)
    except DrawError as error:
        findings.fault(place, address, error.problem, message("do-mend-template"))
        return True
    check_texts(variant, seen.wrong, values, text, lambda typed: _is_right(variant, key, typed), findings)
    return True


def _is_right(variant: Variant, key: Key, typed: str) -> bool:
    """Whether a value, typed so, is the right answer; code is told by what it does, not by its text."""
    if not isinstance(variant.question, Predict):
        return False
    answer = predict.read(variant, typed)
    return not isinstance(answer, Unreadable) and not predict.judge(variant, key, answer, ())


def _check_options(variant: Variant, findings: Findings) -> None:
    """Look for options that are the same code on this draw."""
    assert isinstance(variant.question, Which)
    first: dict[str, str] = {}
    for index, option in sorted(zip(variant.order, variant.question.options, strict=True)):
        if first.setdefault(spelled_alike(option), option) is not option:
            problem = message("found-option-twice", option=option[:60], drawn=drawn(variant))
            place = variant.entry.place.at("options", index)
            findings.fault(place, variant.address, problem, message("do-change-option"), "twice")


def _check_lines(variant: Variant, question: Order, findings: Findings) -> None:
    lines = (*question.order, *question.distractors)
    for at, line in enumerate(lines):
        if line in lines[:at]:
            ours = at < len(question.order)
            keys = ("order", at) if ours else ("distractors", at - len(question.order))
            problem = message("found-line-twice", line=excerpt(line))
            findings.fault(variant.entry.place.at(*keys), variant.address, problem, message("do-differ"))


def drawn(variant: Variant) -> str | Message:
    """Return the values of a draw's parameters, as findings quote them."""
    values = ", ".join(f"{name}={value!r}" for name, value in variant.parameters.items())
    return values[:120] or message("nothing-drawn")


def _reference_is_sound(seen: Seen, findings: Findings) -> bool:
    variant = seen.variant
    if run := _broken_setup(seen.key.reference):
        place = variant.entry.place.at("setup")
        findings.fault(place, variant.address, message("found-setup", run=run), message("do-mend-setup"))
        return False
    fields = variant.question.__struct_fields__
    place = variant.entry.place.at(next(name for name in ("solution", "order", "code") if name in fields))
    for index, (one, other) in enumerate(zip_longest(seen.key.reference, seen.again)):
        failed = other if other and not broken(one) else one
        run = broken(failed) or _raises_where_it_may_not(variant, one)
        if run:
            where, problem = place_of_program(variant, index, failed), message("found-program", run=run)
            remedy = way_out(failed) or message("do-mend-program")
            findings.fault(where, variant.address, problem, remedy, field=place)
            return False
        if _is_odd(variant, one):
            problem = message("found-uncomparable", value=format_value(one.value)[:60])
            findings.fault(place, variant.address, problem, message("do-plain-values"))
            return False
        if one.seconds > SLOW:
            problem = message("found-slow", seconds=f"{one.seconds:.1f}")
            remedy = message("do-keep-under", seconds=f"{SLOW:g}")
            findings.fault(place, variant.address, problem, remedy, "slow")
        if other is not None and _differs(variant, one, other):
            findings.fault(place, variant.address, message("found-unstable"), message("do-fixed-data"))
            return False
    if isinstance(variant.question, Compared):
        rules = code_kinds.differing(variant, seen.key, seen.key.reference)
        if rules:
            problem = message("found-rule-broken", rule=rules[0].expected, called=rules[0].got)
            findings.fault(place, variant.address, problem, message("do-mend-rule"))
            return False
        if "grad" in variant.question.must and not any(seen.grads for seen in seen.key.reference):
            findings.fault(place, variant.address, message("found-no-grad"), message("do-requires-grad"))
    return True


def _broken_setup(reference: Sequence[Observation]) -> Message | None:
    """Return what the setup raises: whatever a question asks, that is no answer to it."""
    raised = (seen.raised for seen in reference if seen.raised and seen.raised.where == "setup")
    return next(map(_raises, raised), None)


def broken(seen: Observation, is_order: bool = False) -> Message | None:
    """Return what became of a program that no question can be about: it failed, was refused or has a slip."""
    if seen.failure:
        return message("run-timeout" if seen.failure == "timeout" else "run-crashed")
    if seen.raised and seen.raised.refusal:
        return what_happened(seen.raised, seen.raised.refusal)
    if seen.raised and seen.raised.name in _SLIPS and not is_order:
        return _raises(seen.raised)
    return None


def way_out(seen: Observation) -> Message | None:
    """Return what to do about a program that the sandbox refuses."""
    return what_to_do(seen.raised.refusal) if seen.raised and seen.raised.refusal else None


def _raises(raised: Raised) -> Message:
    return message("run-raises", error=raised.name, reason=raised.message)


def _raises_where_it_may_not(variant: Variant, seen: Observation) -> Message | None:
    raised = seen.raised
    if raised and raised.where == "ask" and raised.name == "AttributeError" and seen.value is None:
        return message("run-ask-raises", error=raised.name, reason=raised.message)
    if raised is None or seen.value is not None or variant.kind in ("predict", "which"):
        return None
    return _raises(raised)


def _is_odd(variant: Variant, seen: Observation) -> bool:
    """Whether a result does not even equal itself, since what it holds is not reported."""
    return variant.kind != "which" and bool(differences(seen, seen, ("shape", "dtype", "values")))


def _differs(variant: Variant, one: Observation, other: Observation) -> bool:
    question = variant.question
    if isinstance(question, Predict) and asks_output(question) and one.stdout != other.stdout:
        return True
    must = question.must if isinstance(question, Compared) else ("shape", "dtype", "values")
    return bool(differences(one, other, must))


def _check_shown(variant: Variant, key: Key, findings: Findings) -> bool:
    """Whether the key is of the question's type and survives showing and reading."""
    kind, place = KINDS[variant.kind], variant.entry.place
    if isinstance(variant.question, Predict):
        wrong_type = _wrong_type(variant.question, key)
        if wrong_type:
            findings.fault(place.at("ask"), variant.address, *wrong_type)
            return False
    text = kind.expected(variant, key)
    answer = kind.read(variant, text)
    if isinstance(answer, Unreadable):
        problem = message("found-untypable-key", key=text[:80])
        findings.fault(place.at("ask"), variant.address, problem, message("do-typable"))
        return False
    if not isinstance(variant.question, Compared) and kind.judge(variant, key, answer, ()):
        problem = message("found-misjudged-key", key=text[:80])
        findings.fault(place.at("ask"), variant.address, problem, message("do-typable"), "typed")
        return False
    return True


def _wrong_type(question: Predict, key: Key) -> tuple[Message, Message] | None:
    type_ = predict.type_of(question)
    base: AnswerType | str = type_.removeprefix("none-or-")
    result = predict.outcome(question, key.reference[0])
    if isinstance(result, Raised) or (isinstance(result, protocol.Nothing) and base != type_):
        return None
    if not isinstance(result, _OF_TYPE[base]):
        value = predict.typed(result)[:60]
        return message("found-other-type", type=type_, value=value), message("do-state-type")
    if isinstance(result, protocol.Text) and asks_output(question):
        return _too_much(result.v)
    if isinstance(result, protocol.Tensor) and math.prod(result.shape) > MOST_NUMBERS:
        problem = message("found-many-numbers", count=math.prod(result.shape))
        return problem, message("do-fewer-numbers", most=MOST_NUMBERS)
    return None


def _too_much(printed: str) -> tuple[Message, Message] | None:
    lines = printed.count("\n") + 1
    if lines > MOST_NUMBERS or len(printed) > MOST_PRINTED:
        problem = message("found-long-output", lines=lines, characters=len(printed))
        return problem, message("do-shorter-output", lines=MOST_NUMBERS, characters=MOST_PRINTED)
    return None


def _check_wrong(variant: Variant, key: Key, index: int, findings: Findings) -> None:
    wrong, observations = key.wrong[index]
    place = variant.entry.place.at("misconceptions", wrong.index)
    is_order = isinstance(variant.question, Order)  # in a wrong order, a name may well be undefined
    failed = next((seen for seen in observations if broken(seen, is_order)), None)
    if failed and wrong.answer is None and wrong.picks is None:
        problem = message("found-wrong-program", name=wrong.name, run=broken(failed, is_order))
        where = place_of_misconception(variant, wrong, failed)
        remedy = way_out(failed) or message("do-mend-its-program")
        return findings.fault(where, variant.address, problem, remedy, "broken", place)
    if isinstance(variant.question, Compared):
        return _check_wrong_code(variant, key, index, place, findings)
    return _check_wrong_value(variant, key, index, place, findings)


def _check_wrong_value(variant: Variant, key: Key, index: int, place: Place, findings: Findings) -> None:
    kind, wrong = KINDS[variant.kind], key.wrong[index][0]
    text = kind.typed_by(variant, key, index)
    answer = kind.read(variant, text)
    if isinstance(answer, Unreadable):
        problem = message("found-wrong-untypable", name=wrong.name, answer=text[:60])
        return findings.fault(place, variant.address, problem, message("do-its-type"))
    if not kind.judge(variant, key, answer, ()):
        problem = message("found-wrong-is-right", name=wrong.name, answer=text[:60], drawn=drawn(variant))
        return findings.fault(place, variant.address, problem, message("do-limit-it"), "right")
    found = kind.diagnose(variant, key, answer, ())
    _told_apart(variant, place, index, key, found.index if found else None, findings)
    return None


def _check_wrong_code(variant: Variant, key: Key, index: int, place: Place, findings: Findings) -> None:
    wrong, observations = key.wrong[index]
    kind = KINDS[variant.kind]
    answer = kind.read(variant, kind.typed_by(variant, key, index))
    if isinstance(answer, Unreadable):
        if answer.example == "order-all":
            problem = message("found-wrong-leaves-out", name=wrong.name)
            return findings.fault(place, variant.address, problem, message("do-add-distractor"))
        problem = message("found-wrong-unreadable", name=wrong.name, reason=answer.detail or answer.example)
        return findings.fault(place, variant.address, problem, message("do-mend-its-code"))
    if not code_kinds.differing(variant, key, observations):
        problem = message("found-wrong-passes", name=wrong.name, drawn=drawn(variant))
        return findings.fault(place, variant.address, problem, message("do-limit-or-add"), "right")
    found = kind.diagnose(variant, key, answer, observations)
    _told_apart(variant, place, index, key, found.index if found else None, findings)
    return None


def _told_apart(
    variant: Variant, place: Place, index: int, key: Key, found: int | None, findings: Findings
) -> None:
    wrong = key.wrong[index][0]
    if found == wrong.index:
        return
    other = next((w.name for w, _ in key.wrong if w.index == found), "none")
    problem = message("found-wrong-alike", name=wrong.name, other=other, drawn=drawn(variant))
    findings.fault(place, variant.address, problem, message("do-limit-one"), f"apart {other}")


def check_decoys(seen: Sequence[Seen], programs: Programs, findings: Findings) -> None:
    """Run lazy answers on some draws, those that come to what the reference or an idea does with their calls."""
    tried = [(one, decoy) for one in seen[:DECOYED] for decoy in decoys(one.variant, one.key)]
    on_first = [unwatched(decoy.programs[:1]) for _, decoy in tried]
    programs.run((program for each in on_first for program in each), _DECOYS)
    alike = [
        (one, decoy, ideas)
        for (one, decoy), first in zip(tried, on_first, strict=True)
        if (ideas := _alike(one, decoy, programs.observations(first))) is not None
    ]
    programs.run((program for _, decoy, _ in alike for program in decoy.programs), _DECOYS)
    looked_at = with_calls([one for one, *_ in alike], [ideas for *_, ideas in alike], programs)
    for one, (_, decoy, _) in zip(looked_at, alike, strict=True):
        _check_decoy(one, decoy, programs.observations(decoy.programs), findings)


def _alike(one: Seen, decoy: Decoy, runs: Sequence[Observation]) -> set[int] | None:
    """Return the ideas that an answer is like on the first operand; None where it is not like the reference either."""
    question, key = one.variant.question, one.key
    assert isinstance(question, Compared)
    if not runs:
        return None
    ideas = {
        index
        for index, (_, others) in enumerate(key.wrong)
        if decoy.is_idle and are_alike(question, others[:1], runs)
    }
    return ideas if ideas or are_alike(question, key.reference[:1], runs) else None


def _check_decoy(one: Seen, decoy: Decoy, observed: tuple[Observation, ...], findings: Findings) -> None:
    variant, question = one.variant, one.variant.question
    if not code_kinds.differing(variant, one.key, observed):
        if not isinstance(question, Write) or "values" in question.must:
            place = variant.entry.place.at(*decoy.place)
            findings.fault(place, variant.address, message("found-decoy", decoy=decoy.name), decoy.remedy)
        return
    wrong = code_kinds.behaving_like(variant, one.key, observed) if decoy.is_idle else None
    if wrong is not None and not (decoy.gives_back and _calls_nothing(one.key, wrong)):
        place = variant.entry.place.at("misconceptions", wrong.index)
        problem = message("found-wrong-idle", name=wrong.name, decoy=decoy.name)
        findings.fault(place, variant.address, problem, message("do-something"), "idle")


def _calls_nothing(key: Key, wrong: Wrong) -> bool:
    """Whether a misconception's program calls no torch function, so that giving a value back is all it does."""
    runs = next(observations for each, observations in key.wrong if each is wrong)
    return not any(run.calls and run.calls.made for run in runs)
