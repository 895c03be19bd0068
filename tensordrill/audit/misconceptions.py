"""The misconceptions of one draw: each is wrong, and each is told apart from the others."""

from __future__ import annotations

from tensordrill.audit.failures import broken, remedy_of
from tensordrill.audit.findings import Findings
from tensordrill.audit.places import place_of_misconception
from tensordrill.bank.schema import Compared, Order
from tensordrill.bank.variant import Variant
from tensordrill.kinds import KINDS, code_kinds
from tensordrill.kinds.answer_key import Key
from tensordrill.kinds.answers import Unreadable
from tensordrill.messages import Message, message


def check_wrong(variant: Variant, key: Key, index: int, findings: Findings) -> None:
    """Look at misconception `index` of a key: what those who have it type can be read, is wrong, and shows it."""
    (wrong, observations), kind = key.wrong[index], KINDS[variant.kind]
    place, address = variant.entry.place.at("misconceptions", wrong.index), variant.address
    is_order, is_code = isinstance(variant.question, Order), isinstance(variant.question, Compared)
    failed = next((observation for observation in observations if broken(observation, is_order)), None)
    if failed and wrong.answer is None and wrong.picks is None:
        problem = message("found-wrong-program", name=wrong.name, run=broken(failed, is_order))
        where = place_of_misconception(variant, wrong, failed)
        remedy = remedy_of(failed) or message("do-mend-its-program")
        return findings.fault(where, address, problem, remedy, "broken", place)
    text = kind.typed_by(variant, key, index)
    answer = kind.read(variant, text)
    if isinstance(answer, Unreadable) and not is_code:
        problem = message("found-wrong-untypable", name=wrong.name, answer=text[:60])
        return findings.fault(place, address, problem, message("do-its-type"))
    if isinstance(answer, Unreadable) and answer.example == "order-all":
        problem = message("found-wrong-leaves-out", name=wrong.name)
        return findings.fault(place, address, problem, message("do-add-distractor"))
    if isinstance(answer, Unreadable):
        problem = message("found-wrong-unreadable", name=wrong.name, reason=answer.detail or answer.example)
        return findings.fault(place, address, problem, message("do-mend-its-code"))
    runs = observations if is_code else ()
    if not (code_kinds.differing(variant, key, runs) if is_code else kind.judge(variant, key, answer, ())):
        problem = message("found-wrong-is-right", name=wrong.name, answer=text[:60], drawn=drawn(variant))
        remedy = message("do-limit-it")
        if is_code:
            problem = message("found-wrong-passes", name=wrong.name, drawn=drawn(variant))
            remedy = message("do-limit-or-add")
        return findings.fault(place, address, problem, remedy, "right")
    diagnosed = kind.diagnose(variant, key, answer, runs)
    if diagnosed is None or diagnosed.index != wrong.index:
        name = diagnosed.name if diagnosed else "none"
        problem = message("found-wrong-alike", name=wrong.name, other=name, drawn=drawn(variant))
        findings.fault(place, address, problem, message("do-limit-one"), f"apart {name}")
    return None


def drawn(variant: Variant) -> str | Message:
    """Return the values of a draw's parameters, as findings quote them."""
    values = ", ".join(f"{name}={value!r}" for name, value in variant.parameters.items())
    return values[:120] or message("nothing-drawn")
