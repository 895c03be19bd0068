"""`show`: however the options are drawn, one that holds and one that does not are among those shown."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from tensordrill.audit import draws
from tensordrill.audit.findings import Findings
from tensordrill.audit.misconceptions import drawn
from tensordrill.audit.observe import Programs
from tensordrill.bank.draw import Parameters, by_seed, every_draw
from tensordrill.bank.schema import Which
from tensordrill.bank.topic import Entry
from tensordrill.bank.variant import from_parameters
from tensordrill.kinds import KINDS, which
from tensordrill.messages import Name, message


def check_sides(entry: Entry, seeds: int, programs: Programs, findings: Findings) -> None:
    """Run all options of each draw.

    A selection is `always` and any others. One side can be missing where `always` has none of it and the other
    side has enough options to fill the rest.
    """
    question = entry.question
    if not isinstance(question, Which) or question.show is None:
        return
    whole = replace(entry, question=replace(question, show=None, always=()))
    variants = [
        from_parameters(whole, 0, parameters, by_seed(entry.id)) for parameters in _parameters(entry, seeds)
    ]
    groups = [KINDS["which"].programs(variant, variant.question) for variant in variants]
    programs.run(program for group in groups for program in group)
    for variant, group in zip(variants, groups, strict=True):
        observations = programs.observations(group)
        if not observations:
            continue
        holding = {variant.order[number - 1] for number in which.holding(observations).numbers}
        others = set(range(len(question.options))) - holding
        sides: tuple[tuple[set[int], Name], ...] = ((holding, "found-show-none"), (others, "found-show-only"))
        for side, name in sides:
            if _can_be_missing(question, side):
                problem = message(name, show=question.show, drawn=drawn(variant))
                findings.fault(entry.place.at("show"), entry.id, problem, message("do-always"), name)


def _parameters(entry: Entry, seeds: int) -> Sequence[Parameters]:
    everything = every_draw(entry.question, draws.MOST_ENUMERATED)
    if everything is not None:
        return everything
    by_seeds = (draws.seeded_draw(entry, seed).parameters for seed in range(seeds))
    return list({repr(parameters): parameters for parameters in by_seeds}.values())


def _can_be_missing(question: Which, side: set[int]) -> bool:
    always = {number - 1 for number in question.always}
    others = set(range(len(question.options))) - side - always
    return not side & always and len(others) >= (question.show or 0) - len(always)
