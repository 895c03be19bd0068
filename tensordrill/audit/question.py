"""One question over its draws: its key is well defined, its misconceptions wrong and told apart."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, zip_longest

from msgspec import Struct
from msgspec.structs import replace

from tensordrill.audit.decoys import Decoy, decoys
from tensordrill.audit.findings import Findings
from tensordrill.audit.places import place_of_misconception, place_of_program
from tensordrill.audit.refusals import what_happened, what_to_do
from tensordrill.audit.texts import check_texts
from tensordrill.bank.document import Place
from tensordrill.bank.schema import AnswerType, Compared, Order, Predict, Which, Write
from tensordrill.bank.template import excerpt
from tensordrill.bank.variant import Variant, Wrong
from tensordrill.errors import DrawError
from tensordrill.kinds import KINDS, compared, predict, which
from tensordrill.kinds.answers import Unreadable
from tensordrill.kinds.code import spelled_alike
from tensordrill.kinds.facets import differences, shown
from tensordrill.kinds.key import Key, is_wrong, key_of
from tensordrill.kinds.output import asks_output
from tensordrill.lab import protocol as lab
from tensordrill.lab.client import Lab
from tensordrill.lab.protocol import Job, Limits, Observation, Program, Raised
from tensordrill.mark import key_programs

SLOW = 1.0
MOST_NUMBERS = 12
MOST_PRINTED = 400
DECOYED = 25
_SLIPS = ("SyntaxError", "IndentationError", "NameError")

_OF_TYPE: dict[str, tuple[type, ...]] = {
    "shape": (lab.Size, lab.Tuple),
    "int": (lab.Int,),
    "float": (lab.Float,),
    "bool": (lab.Bool,),
    "dtype": (lab.Dtype,),
    "tensor": (lab.Tensor, lab.List, lab.Complex),
    "tuple": (lab.Tuple,),
    "text": (lab.Text, lab.Class),
    "line": (lab.Int, lab.Nothing),
    "output": (lab.Text,),
}


class Seen(Struct, frozen=True):
    """One draw with all that was observed of it; `x_shape` is that of the given `x`, if any.

    `key.wrong` and `again` lack what was given up after too many programs ran out of time or crashed.
    """

    variant: Variant
    key: Key
    again: tuple[Observation, ...]
    x_shape: lab.Value | None

    @property
    def wrong(self) -> tuple[Wrong, ...]:
        """The misconceptions that are wrong on this draw, those that were given up among them."""
        return tuple(
            wrong for wrong in self.variant.wrong if is_wrong(self.variant, wrong, self.key.reference)
        )


class Plan:
    """All programs of one question's draws, as one row of jobs."""

    def __init__(self, variants: Sequence[Variant]) -> None:
        self.variants = variants
        self.groups = [key_programs(variant) for variant in variants]
        self.programs: list[Program] = []
        for variant, groups in zip(variants, self.groups, strict=True):
            self.programs += [program for group in groups for program in group]
            self.programs += [_again(program) for program in groups[0]]
            question = variant.question
            self.programs.append(Program(setup=question.setup, given=question.given, ask="x.shape"))

    def seen(self, observations: Iterable[Observation | None]) -> list[Seen]:
        """Put the observations, None where a program was given up unrun, back to their draws."""
        found, rest = [], iter(observations)
        for variant, groups in zip(self.variants, self.groups, strict=True):
            reference, *wrong = [_until_failure(islice(rest, len(group)), len(group)) for group in groups]
            again = [seen for seen in islice(rest, len(groups[0])) if seen]
            x_shape = next(rest)
            if reference:
                ran = [(w, seen) for w, seen in zip(variant.wrong, wrong, strict=True) if seen]
                key = key_of(variant, reference, ran)
                found.append(Seen(variant, key, tuple(again), x_shape.value if x_shape else None))
        return found


def _until_failure(group: Iterable[Observation | None], size: int) -> tuple[Observation, ...]:
    """Give a group's observations, the one that failed for all after it; nothing where it was given up."""
    ran = [seen for seen in group if seen]
    if len(ran) < size and not any(seen.failure for seen in ran):
        return ()
    return (*ran, *ran[-1:] * (size - len(ran)))


def ran(observations: Iterable[Observation], patience: int) -> Iterator[Observation | None]:
    """Give a job's observations, None for what it gave up after `patience` failures.

    >>> list(ran([TIMED_OUT, Observation(), TIMED_OUT, TIMED_OUT], 2))[2:]
    [Observation(failure='timeout'), None]
    """
    for seen in observations:
        yield seen if patience else None
        patience -= bool(patience and seen.failure)


def _again(program: Program) -> Program:
    return replace(program, watch=False, generator=1, exact=True)


def check_draw(seen: Seen, findings: Findings) -> bool:
    """Look at one draw of a question; tell whether its reference is well defined."""
    variant, key = seen.variant, seen.key
    place, address = variant.entry.place, variant.address
    if not _reference_is_sound(seen, findings):
        return False
    can_be_typed = _check_shown(variant, key, findings)
    if isinstance(variant.question, Which):
        odd = next((one.value for one in key.reference if not isinstance(one.value, lab.Bool | None)), None)
        if odd is not None:
            what = f"the test gives `{shown(odd)[:60]}`"
            findings.fault(place.at("which"), address, what, "let it give True or False")
            return True
        _check_options(variant, findings)
        right = which.holding(key.reference).numbers
        if not 0 < len(right) < len(key.reference):
            what = "every option holds" if right else "no option holds"
            findings.fault(place.at("options"), address, what, "give options of both sorts on every draw")
    if isinstance(variant.question, Order):
        _check_lines(variant, variant.question, findings)
    if not seen.wrong:
        what = f"no misconception holds on this draw ({_drawn(variant)})"
        findings.fault(place.at("misconceptions"), address, what, "add one, or narrow the draws")
    for index in range(len(key.wrong) if can_be_typed else 0):
        _check_wrong(variant, key, index, findings)
    try:
        facts, text = KINDS[variant.kind].facts(variant, key), KINDS[variant.kind].expected(variant, key)
    except DrawError as error:
        findings.fault(place, address, str(error), "mend the template")
        return True
    check_texts(variant, seen.wrong, facts, text, lambda typed: _is_right(variant, key, typed), findings)
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
            what = f"the option `{option[:60]}` is there twice ({_drawn(variant)})"
            place = variant.entry.place.at("options", index)
            findings.fault(place, variant.address, what, "narrow the draws, or change one of them", "twice")


def _check_lines(variant: Variant, question: Order, findings: Findings) -> None:
    lines = (*question.order, *question.distractors)
    for at, line in enumerate(lines):
        if line in lines[:at]:
            ours = at < len(question.order)
            keys = ("order", at) if ours else ("distractors", at - len(question.order))
            what = f"two lines are the same: {excerpt(line)}"
            do = "let them differ, or make one line of both"
            findings.fault(variant.entry.place.at(*keys), variant.address, what, do)


def _drawn(variant: Variant) -> str:
    drawn = ", ".join(f"{name}={value!r}" for name, value in variant.parameters.items())
    return drawn[:120] or "nothing is drawn"


def _reference_is_sound(seen: Seen, findings: Findings) -> bool:
    variant = seen.variant
    if problem := _broken_setup(seen.key.reference):
        place = variant.entry.place.at("setup")
        findings.fault(place, variant.address, f"its `setup` {problem}", "mend the setup")
        return False
    fields = variant.question.__struct_fields__
    place = variant.entry.place.at(next(name for name in ("solution", "order", "code") if name in fields))
    for index, (one, other) in enumerate(zip_longest(seen.key.reference, seen.again)):
        failed = other if other and not _broken(one) else one
        problem = _broken(failed) or _raises_where_it_may_not(variant, one)
        if problem:
            where, what = place_of_program(variant, index, failed), f"the question's own program {problem}"
            findings.fault(where, variant.address, what, _way_out(failed) or "mend the program", field=place)
            return False
        if _is_odd(variant, one):
            what = f"the result is `{shown(one.value)[:60]}`, which cannot be compared"
            findings.fault(place, variant.address, what, "let it give plain values or small dense tensors")
            return False
        if one.seconds > SLOW:
            what = f"the program takes {one.seconds:.1f} s"
            findings.fault(place, variant.address, what, f"keep it under {SLOW:g} s", "slow")
        if other is not None and _differs(variant, one, other):
            what = "the program gives another result when it is run again"
            findings.fault(place, variant.address, what, "use fixed data; no random or uninitialised memory")
            return False
    if isinstance(variant.question, Compared):
        broken = compared.differing(variant, seen.key, seen.key.reference)
        if broken:
            what = f"the solution breaks its own rule: {broken[0].expected}, but it {broken[0].got}"
            findings.fault(place, variant.address, what, "mend `forbid`, `only` or the solution")
            return False
        if "grad" in variant.question.must and not any(seen.grads for seen in seen.key.reference):
            what = "`must` has `grad`, but no given tensor requires grad"
            findings.fault(place, variant.address, what, "give one `requires_grad=True`")
    return True


def _broken_setup(reference: Sequence[Observation]) -> str:
    """Say what the setup raises: whatever a question asks, that is no answer to it."""
    raised = (seen.raised for seen in reference if seen.raised and seen.raised.where == "setup")
    return next((f"raises {error.name}: {error.message}" for error in raised), "")


def _broken(seen: Observation, is_order: bool = False) -> str:
    if seen.failure:
        return "ran out of time" if seen.failure == "timeout" else "crashed"
    if seen.raised and seen.raised.refusal:
        return what_happened(seen.raised, seen.raised.refusal)
    if seen.raised and seen.raised.name in _SLIPS and not is_order:
        return f"raises {seen.raised.name}: {seen.raised.message}"
    return ""


def _way_out(seen: Observation) -> str:
    return what_to_do(seen.raised.refusal) if seen.raised and seen.raised.refusal else ""


def _raises_where_it_may_not(variant: Variant, seen: Observation) -> str:
    raised = seen.raised
    if raised and raised.where == "ask" and raised.name == "AttributeError" and seen.value is None:
        return f"runs, but its `ask` raises {raised.name}: {raised.message}"
    if raised is None or seen.value is not None or variant.kind in ("predict", "which"):
        return ""
    return f"raises {raised.name}: {raised.message}"


def _is_odd(variant: Variant, seen: Observation) -> bool:
    """Tell whether a result does not even equal itself, since what it holds is not reported."""
    return variant.kind != "which" and bool(differences(seen, seen, ("shape", "dtype", "values")))


def _differs(variant: Variant, one: Observation, other: Observation) -> bool:
    question = variant.question
    if isinstance(question, Predict) and asks_output(question) and one.stdout != other.stdout:
        return True
    must = question.must if isinstance(question, Compared) else ("shape", "dtype", "values")
    return bool(differences(one, other, must))


def _check_shown(variant: Variant, key: Key, findings: Findings) -> bool:
    """Tell whether the key is of the question's type and survives showing and reading."""
    kind, place = KINDS[variant.kind], variant.entry.place
    if isinstance(variant.question, Predict):
        problem = _wrong_type(variant.question, key)
        if problem:
            findings.fault(place.at("ask"), variant.address, *problem)
            return False
    text = kind.expected(variant, key)
    answer = kind.read(variant, text)
    if isinstance(answer, Unreadable):
        what = f"the key `{text[:80]}` cannot be typed as an answer"
        findings.fault(place.at("ask"), variant.address, what, "ask for something that can be typed")
        return False
    if not isinstance(variant.question, Compared) and kind.judge(variant, key, answer, ()):
        what = f"the key `{text[:80]}` is judged wrong when it is typed"
        findings.fault(place.at("ask"), variant.address, what, "ask for something that can be typed", "typed")
        return False
    return True


def _wrong_type(question: Predict, key: Key) -> tuple[str, str] | None:
    type_ = predict.type_of(question)
    base: AnswerType | str = type_.removeprefix("none-or-")
    result = predict.outcome(question, key.reference[0])
    if isinstance(result, Raised) or (isinstance(result, lab.Nothing) and base != type_):
        return None
    if not isinstance(result, _OF_TYPE[base]):
        what = f"the answer should be of type `{type_}`, but is `{predict.said(result)[:60]}`"
        return what, "state the right `type:`"
    if isinstance(result, lab.Text) and asks_output(question):
        return _too_much(result.v)
    if isinstance(result, lab.Tensor) and math.prod(result.shape) > MOST_NUMBERS:
        return f"the answer has {math.prod(result.shape)} numbers", f"ask for {MOST_NUMBERS} at most"
    return None


def _too_much(printed: str) -> tuple[str, str] | None:
    lines = printed.count("\n") + 1
    if lines > MOST_NUMBERS or len(printed) > MOST_PRINTED:
        what = f"the program prints {lines} lines of {len(printed)} characters in all"
        return what, f"let it print {MOST_NUMBERS} lines of {MOST_PRINTED} characters at most"
    return None


def _check_wrong(variant: Variant, key: Key, index: int, findings: Findings) -> None:
    wrong, observations = key.wrong[index]
    place = variant.entry.place.at("misconceptions", wrong.index)
    is_order = isinstance(variant.question, Order)  # in a wrong order, a name may well be undefined
    broken = next((seen for seen in observations if _broken(seen, is_order)), None)
    if broken and wrong.answer is None and wrong.picks is None:
        what = f"misconception `{wrong.name}`: its program {_broken(broken, is_order)}"
        where, do = place_of_misconception(variant, wrong, broken), _way_out(broken) or "mend its program"
        return findings.fault(where, variant.address, what, do, "broken", place)
    if isinstance(variant.question, Compared):
        return _check_wrong_code(variant, key, index, place, findings)
    return _check_wrong_value(variant, key, index, place, findings)


def _check_wrong_value(variant: Variant, key: Key, index: int, place: Place, findings: Findings) -> None:
    kind, wrong = KINDS[variant.kind], key.wrong[index][0]
    text = kind.typed_by(variant, key, index)
    answer = kind.read(variant, text)
    if isinstance(answer, Unreadable):
        what = f"misconception `{wrong.name}` gives `{text[:60]}`, which cannot be typed as an answer"
        return findings.fault(place, variant.address, what, "let it give an answer of the question's type")
    if not kind.judge(variant, key, answer, ()):
        what = f"misconception `{wrong.name}` gives `{text[:60]}`, which is right here ({_drawn(variant)})"
        return findings.fault(
            place, variant.address, what, "limit it with `when`, or narrow the draws", "right"
        )
    found = kind.diagnose(variant, key, answer, ())
    _told_apart(variant, place, index, key, found.index if found else None, findings)
    return None


def _check_wrong_code(variant: Variant, key: Key, index: int, place: Place, findings: Findings) -> None:
    wrong, observations = key.wrong[index]
    kind = KINDS[variant.kind]
    answer = kind.read(variant, kind.typed_by(variant, key, index))
    if isinstance(answer, Unreadable):
        if answer.example == "order-all":
            what = (
                f"misconception `{wrong.name}` leaves a line out, which nobody can type without `distractors`"
            )
            return findings.fault(place, variant.address, what, "add a distractor, or order all lines")
        what = f"misconception `{wrong.name}`: its code cannot be read ({answer.detail or answer.example})"
        return findings.fault(place, variant.address, what, "mend its code")
    if not compared.differing(variant, key, observations):
        what = f"misconception `{wrong.name}` passes on all operands ({_drawn(variant)})"
        return findings.fault(
            place, variant.address, what, "limit it with `when`, add to `must` or to `also_on`", "right"
        )
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
    what = f"misconception `{wrong.name}` cannot be told from `{other}` ({_drawn(variant)})"
    findings.fault(
        place, variant.address, what, "limit one with `when`, or narrow the draws", f"apart {other}"
    )


def check_decoys(lab: Lab, seen: Sequence[Seen], findings: Findings) -> int:
    """Run lazy answers on some draws; return how many programs that took."""
    planned = [(one, decoy) for one in seen[:DECOYED] for decoy in decoys(one.variant, one.key)]
    programs = tuple(program for _, decoy in planned for program in decoy.programs)
    observations = iter(lab.run(Job(programs, "bank", Limits(SLOW + 1, patience=5))) if programs else ())
    for one, decoy in planned:
        _check_decoy(one, decoy, tuple(islice(observations, len(decoy.programs))), findings)
    return len(programs)


def _check_decoy(one: Seen, decoy: Decoy, observed: tuple[Observation, ...], findings: Findings) -> None:
    variant, question = one.variant, one.variant.question
    if not compared.differing(variant, one.key, observed):
        if not isinstance(question, Write) or "values" in question.must:
            place = variant.entry.place.at(*decoy.place)
            findings.fault(place, variant.address, f"the decoy {decoy.name} passes", decoy.do)
        return
    wrong = compared.behaving_like(variant, one.key, observed) if decoy.is_idle else None
    if wrong is not None and not (decoy.gives_back and _calls_nothing(one.key, wrong)):
        place = variant.entry.place.at("misconceptions", wrong.index)
        what = f"misconception `{wrong.name}` does no more than {decoy.name}, which holds no idea"
        findings.fault(place, variant.address, what, "let its code do something with torch", "idle")


def _calls_nothing(key: Key, wrong: Wrong) -> bool:
    """Whether a misconception's program calls no torch function, so that giving a value back is all it does."""
    runs = next(observations for each, observations in key.wrong if each is wrong)
    return not any(run.calls and run.calls.made for run in runs)
