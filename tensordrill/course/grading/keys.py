"""The keys of many variants: each program of the bank runs once, many in one job, and is kept.

Students who drew the same numbers share a key. Misconceptions run only for answers that are wrong.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from tensordrill.bank.variant import Variant
from tensordrill.judging import REFERENCE, key_from, key_programs, reference_programs, usable
from tensordrill.kinds.answer_key import Key
from tensordrill.sandbox.client import Sandbox
from tensordrill.sandbox.protocol import Job, Observation, Program

_KEPT = 20_000
"""Observations, of some 2 kB each."""
_Groups: TypeAlias = Sequence[Sequence[Program]]


class Keys:
    """The keys of a bank from one sandbox, for any number of threads."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._seen: dict[Program, Observation] = {}

    def references(self, variants: Sequence[Variant]) -> list[Key]:
        """Return keys without misconceptions: enough to tell right from wrong.

        Raises BankError where a question's own program does not end.
        """
        return self._keys(variants, [[reference_programs(variant)] for variant in variants])

    def complete(self, variants: Sequence[Variant]) -> list[Key]:
        """Return keys with what each misconception does; raises BankError as `references` does."""
        return self._keys(variants, [key_programs(variant) for variant in variants])

    def _keys(self, variants: Sequence[Variant], every: Sequence[_Groups]) -> list[Key]:
        observations = self._observations(every)
        return [
            usable(
                variant,
                key_from(variant, groups, [observations[program] for part in groups for program in part]),
            )
            for variant, groups in zip(variants, every, strict=True)
        ]

    def _observations(self, every: Sequence[_Groups]) -> Mapping[Program, Observation]:
        """Run what is not known yet; a question that hangs costs the others nothing."""
        if len(self._seen) > _KEPT:
            self._seen = {}  # not emptied: another thread may still read it
        known = self._seen
        new: dict[Program, None] = {}
        counts = []
        for groups in every:
            before = len(new)
            new.update((program, None) for part in groups for program in part if program not in known)
            counts.append(len(new) - before)
        if new:
            observations = self._sandbox.run(Job(tuple(new), "bank", REFERENCE, tuple(counts)))
            known.update(zip(new, observations, strict=True))
        return known
