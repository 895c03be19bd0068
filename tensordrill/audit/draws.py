"""The draws a check looks at: all of them where they are few, else those of the first seeds."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import count
from typing import NamedTuple

from msgspec import Struct

from tensordrill.bank.draw import MAX_TRIES, Parameters, Pick, by_seed, draw, every_draw
from tensordrill.bank.schema import Order, Which, Write
from tensordrill.bank.topic import Entry
from tensordrill.bank.variant import Variant, from_parameters, make
from tensordrill.errors import DrawError

MOST_ENUMERATED = 500
_TRIES_TO_SEARCH = 10_000


class Draws(Struct, frozen=True):
    """The variants of a question to look at, and how the draws were found."""

    variants: list[Variant]
    enumerated: bool
    rejected: int
    tried: int


def draws_of(entry: Entry, seeds: int) -> Draws:
    """Return a question's variants; raises DrawError where one cannot be made."""
    question = entry.question
    everything = every_draw(question, MOST_ENUMERATED)  # which raises what is wrong with them
    if isinstance(question, Which) and question.show is not None:
        everything = None
    is_sampled = everything is None or entry.question.where
    drawn = [seeded_draw(entry, seed) for seed in range(seeds if is_sampled else 0)]
    rejected = sum(draw.rejected for draw in drawn)
    if everything is None:
        made = (from_parameters(entry, draw.seed, draw.parameters, draw.pick) for draw in drawn)
        variants = {repr((v.parameters, v.order)): v for v in made}
    else:
        is_function = isinstance(question, Write) and question.write == "function"
        draws_more = is_function or isinstance(question, Which | Order)  # hidden operands, or an order
        seeds_of = _first_seeds(entry, map(repr, everything)) if draws_more else {}
        variants = {
            repr(parameters): _variant(entry, parameters, seeds_of.get(repr(parameters), ~index))
            for index, parameters in enumerate(everything)
        }
    return Draws(list(variants.values()), everything is not None, rejected, rejected + seeds)


class SeededDraw(NamedTuple):
    """A seed's draw, how many were rejected before it, and what the seed picks after it."""

    seed: int
    pick: Pick
    parameters: Parameters
    rejected: int


def seeded_draw(entry: Entry, seed: int) -> SeededDraw:
    """Return the draw that a seed gives; raises DrawError where it gives none."""
    pick = by_seed(f"{entry.seeded_as}@{seed}")
    return SeededDraw(seed, pick, *draw(entry.question, pick))


def with_seeds(entry: Entry, draws: Draws, addresses: Collection[str]) -> dict[str, str]:
    """Return, for enumerated draws that findings name, addresses whose seeds make the same draws.

    A draw that no seed tried gives keeps the question's id as its address.
    """
    spoken_of = [v for v in draws.variants if draws.enumerated and v.address in addresses]
    first = _first_seeds(entry, (repr(v.parameters) for v in spoken_of))
    seeds = {v.address: first.get(repr(v.parameters)) for v in spoken_of}
    return {address: entry.id if seed is None else f"{entry.id}@{seed}" for address, seed in seeds.items()}


def _first_seeds(entry: Entry, draws: Iterable[str]) -> dict[str, int]:
    """Return the first seed of each of these draws, as far as a seed that is tried gives it."""
    wanted, seeds = set(draws), dict[str, int]()
    tries = 0
    for seed in count():
        if len(seeds) == len(wanted) or tries >= _TRIES_TO_SEARCH:
            break
        try:
            _, _, parameters, rejected = seeded_draw(entry, seed)
        except DrawError:
            tries += MAX_TRIES
            continue
        tries += rejected + 1
        if repr(parameters) in wanted:
            seeds.setdefault(repr(parameters), seed)
    return seeds


def _variant(entry: Entry, parameters: Parameters, seed: int) -> Variant:
    """Make an enumerated draw's variant; a negative seed stands for one that is not known."""
    if seed >= 0:
        return make(entry, seed)
    return from_parameters(entry, seed, parameters, by_seed(f"{entry.seeded_as}@{seed}"))
