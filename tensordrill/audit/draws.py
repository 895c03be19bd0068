"""The draws a check looks at: all of them where they are few, else those of the first seeds."""

from __future__ import annotations

from collections.abc import Collection

from msgspec import Struct

from tensordrill.bank.draw import by_seed, draw, every_draw
from tensordrill.bank.load import Entry
from tensordrill.bank.schema import Which
from tensordrill.bank.variant import Variant, from_parameters, make

MOST_ENUMERATED = 500
_SEEDS_TO_SEARCH = 5000


class Draws(Struct, frozen=True):
    """The variants of a question to look at, and how the draws were found."""

    variants: list[Variant]
    enumerated: bool
    rejected: int
    tried: int


def draws_of(entry: Entry, seeds: int) -> Draws:
    """Give a question's variants; raises DrawError where one cannot be made."""
    everything = every_draw(entry.question, MOST_ENUMERATED)
    rejected = sum(draw(entry.question, by_seed(f"{entry.id}@{seed}"))[1] for seed in range(seeds))
    if everything is None or _shows_some(entry):
        variants = {repr((v.parameters, v.order)): v for v in (make(entry, seed) for seed in range(seeds))}
    else:
        variants = {
            repr(parameters): from_parameters(entry, seed, parameters, by_seed(f"{entry.id}@{seed}"))
            for seed, parameters in enumerate(everything)
        }
    enumerated = everything is not None and not _shows_some(entry)
    return Draws(list(variants.values()), enumerated, rejected, rejected + seeds)


def with_seeds(entry: Entry, draws: Draws, addresses: Collection[str]) -> dict[str, str]:
    """Give, for enumerated draws that are spoken of, addresses whose seeds make the same draws.

    A draw that no seed tried gives keeps the question's id as its address.
    """
    wanted = {
        repr(v.parameters): v.address for v in draws.variants if draws.enumerated and v.address in addresses
    }
    found = dict.fromkeys(wanted.values(), entry.id)
    for seed in range(_SEEDS_TO_SEARCH if wanted else 0):
        parameters, _ = draw(entry.question, by_seed(f"{entry.id}@{seed}"))
        address = wanted.pop(repr(parameters), None)
        if address is not None:
            found[address] = f"{entry.id}@{seed}"
        if not wanted:
            break
    return found


def _shows_some(entry: Entry) -> bool:
    return isinstance(entry.question, Which) and entry.question.show is not None
