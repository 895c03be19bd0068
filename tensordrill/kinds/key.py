"""What torch said of a variant's reference and of its misconceptions."""

from __future__ import annotations

from msgspec import Struct

from tensordrill.bank.variant import Wrong
from tensordrill.lab.protocol import Observation


class Key(Struct, frozen=True):
    """The reference's observations, and each misconception's beside it."""

    reference: tuple[Observation, ...]
    wrong: tuple[tuple[Wrong, tuple[Observation, ...]], ...]
