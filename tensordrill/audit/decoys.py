"""Decoys: lazy answers to code, none of which may pass, or hold the idea of a misconception."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tensordrill.audit.findings import Findings
from tensordrill.audit.observe import SLOW, ObservedDraw, Programs, are_alike, unwatched, with_calls
from tensordrill.bank.schema import Compared, Order, Write, as_kind
from tensordrill.bank.template import excerpt
from tensordrill.bank.variant import Variant
from tensordrill.kinds import KINDS, code_kinds
from tensordrill.kinds.answer_key import Key
from tensordrill.kinds.answers import Unreadable
from tensordrill.kinds.code import parsed
from tensordrill.kinds.format_value import format_value
from tensordrill.kinds.order import programs_of
from tensordrill.messages import Message, message
from tensordrill.sandbox.protocol import Limits, Observation, Program, Tensor

DECOYED = 25
"""Draws of a question on which lazy answers run."""
_LIMITS = Limits(SLOW + 1, patience=5)
_LAZY_CLASSES = ("pass", "def forward(self, x):\n    return x")


class Decoy(NamedTuple):
    """A lazy answer: its name in findings, its programs, the field at fault and the remedy.

    An idle one calls nothing of torch, so that it tells of no idea; `gives_back` says that it is a given value,
    unchanged.
    """

    name: str | Message
    programs: tuple[Program, ...]
    place: tuple[str | int, ...]
    remedy: Message
    is_idle: bool = False
    gives_back: bool = False


def check_decoys(draws: Sequence[ObservedDraw], programs: Programs, findings: Findings) -> None:
    """Run lazy answers on some draws, those that come to what the reference or an idea does with their calls."""
    tried = [(draw, decoy) for draw in draws[:DECOYED] for decoy in decoys(draw.variant, draw.key)]
    on_first = [unwatched(decoy.programs[:1]) for _, decoy in tried]
    programs.run((program for group in on_first for program in group), _LIMITS)
    alike = [
        (draw, decoy, ideas)
        for (draw, decoy), first in zip(tried, on_first, strict=True)
        if (ideas := _alike(draw, decoy, programs.observations(first))) is not None
    ]
    programs.run((program for _, decoy, _ in alike for program in decoy.programs), _LIMITS)
    looked_at = with_calls([draw for draw, *_ in alike], [ideas for *_, ideas in alike], programs)
    for draw, (_, decoy, _) in zip(looked_at, alike, strict=True):
        _check_decoy(draw, decoy, programs.observations(decoy.programs), findings)


def _alike(draw: ObservedDraw, decoy: Decoy, runs: Sequence[Observation]) -> set[int] | None:
    """Return the ideas that an answer is like on the first operand; None where it is not like the reference either."""
    question, key = as_kind(draw.variant.question, Compared), draw.key
    if not runs:
        return None
    ideas = {
        index
        for index, (_, wrong_runs) in enumerate(key.wrong)
        if decoy.is_idle and are_alike(question, wrong_runs[:1], runs)
    }
    return ideas if ideas or are_alike(question, key.reference[:1], runs) else None


def _check_decoy(draw: ObservedDraw, decoy: Decoy, runs: tuple[Observation, ...], findings: Findings) -> None:
    variant, question = draw.variant, draw.variant.question
    if not code_kinds.differing(variant, draw.key, runs):
        if not isinstance(question, Write) or "values" in question.must:
            place = variant.entry.place.at(*decoy.place)
            findings.fault(place, variant.address, message("found-decoy", decoy=decoy.name), decoy.remedy)
        return
    wrong = code_kinds.behaving_like(variant, draw.key, runs) if decoy.is_idle else None
    if wrong is None:
        return
    wrong_runs = next(observations for misread, observations in draw.key.wrong if misread is wrong)
    gives_back = not any(run.calls and run.calls.made for run in wrong_runs)  # and does nothing else
    if not (decoy.gives_back and gives_back):
        place = variant.entry.place.at("misconceptions", wrong.index)
        problem = message("found-wrong-idle", name=wrong.name, decoy=decoy.name)
        findings.fault(place, variant.address, problem, message("do-something"), "idle")


def decoys(variant: Variant, key: Key) -> Iterator[Decoy]:
    """Yield lazy answers: literals for the shown draw, the input, its transpose, and code that does nothing."""
    question = variant.question
    if isinstance(question, Order):
        yield from _orders(variant, question)
    if not isinstance(question, Write):
        return
    names = _names(question)
    printing = [f"print({name})" for name in names]
    lazy: list[str] = []
    back: list[str] = []
    if question.write == "statements":
        idle = ["pass", "unused = 3", *printing, *(f"{name} = {name}" for name in names)]
    elif question.write == "class":
        lazy, idle = list(_LAZY_CLASSES), []
    else:
        lazy, back = [*_literals(key), *(f"{name}.transpose(-2, -1)" for name in names)], names
        idle = ["3", *printing]
    for code in (*lazy, *back, *idle):
        answer = KINDS["write"].read(variant, code)
        if not isinstance(answer, Unreadable) and code != question.solution:
            programs = KINDS["write"].learner_programs(variant, answer)
            is_idle, gives_back = code not in lazy, code in back
            remedy = message("do-add-operands")
            yield Decoy(excerpt(code), programs, ("solution",), remedy, is_idle, gives_back)


def _orders(variant: Variant, question: Order) -> Iterator[Decoy]:
    """Yield the right order without one of its lines, and with one that belongs nowhere, at every place."""
    lines = question.order
    for at, line in enumerate(lines):
        programs = programs_of(variant, [*lines[:at], *lines[at + 1 :]])
        name = message("decoy-without", line=excerpt(line))
        yield Decoy(name, programs, ("order", at), message("do-see-line"))
    for index, line in enumerate(question.distractors):
        for at in range(len(lines) + 1):
            programs = programs_of(variant, [*lines[:at], line, *lines[at:]])
            name = message("decoy-with", line=excerpt(line), place=at + 1)
            yield Decoy(name, programs, ("distractors", index), message("do-see-distractor"))


def _literals(key: Key) -> list[str]:
    value = key.reference[0].value
    if not isinstance(value, Tensor):
        return []
    numbers = format_value(value).replace("nan", "math.nan").replace("inf", "math.inf")
    calls = (f"zeros({value.shape}", f"ones({value.shape}", f"tensor({numbers}")
    return [f"torch.{call}, dtype=torch.{value.dtype})" for call in calls]


def _names(question: Write) -> list[str]:
    """Return the names that `setup` and `given` bind."""
    tree = parsed(f"{question.setup}\n{question.given}")
    assignments = [node for node in (tree.body if tree else []) if isinstance(node, ast.Assign)]
    targets = [target for assignment in assignments for target in assignment.targets]
    return list(dict.fromkeys(target.id for target in targets if isinstance(target, ast.Name)))
