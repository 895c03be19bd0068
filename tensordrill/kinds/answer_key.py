"""The answer key: torch's observations of a variant's reference and of its misconceptions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from msgspec import Struct

from tensordrill.bank.template import below, evaluate
from tensordrill.bank.variant import Variant, Wrong
from tensordrill.sandbox.protocol import Observation

Runs: TypeAlias = tuple[Observation, ...]
"""The observations of some programs, in the order of the programs."""


class Key(Struct, frozen=True):
    """The reference's observations, and each misconception's beside it."""

    reference: Runs
    wrong: tuple[tuple[Wrong, Runs], ...]


def key_of(variant: Variant, reference: Runs, wrong: Iterable[tuple[Wrong, Runs]]) -> Key:
    """Return the key, with those misconceptions that are wrong here by what the reference raised.

    Raises DrawError where a `when` cannot be computed.
    """
    return Key(reference, tuple(pair for pair in wrong if is_wrong(variant, pair[0], reference)))


def is_wrong(variant: Variant, wrong: Wrong, reference: Runs) -> bool:
    """Whether a misconception is wrong on this draw, where that depends on what the reference raised."""
    if wrong.when is None:
        return True
    raised = reference[0].raised
    with below("misconceptions", wrong.index, "when"):
        return bool(evaluate(wrong.when, variant.parameters | {"raised": raised.name if raised else None}))
