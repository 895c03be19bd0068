"""The draws a check looks at: all of them where they are few, else those of the first seeds."""

from __future__ import annotations

from msgspec import Struct

from tensordrill.bank.draw import by_seed, draw, every_draw
from tensordrill.bank.load import Entry
from tensordrill.bank.schema import Which
from tensordrill.bank.variant import Variant, from_parameters, make

MOST_ENUMERATED = 500


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
    return Draws(list(variants.values()), everything is not None, rejected, rejected + seeds)


def _shows_some(entry: Entry) -> bool:
    return isinstance(entry.question, Which) and entry.question.show is not None
