"""The keys of many variants: each is run once, many in one job, and kept while it may come again."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable, Sequence
from typing import TypeAlias

from tensordrill.bank.variant import Variant
from tensordrill.kinds.key import Key
from tensordrill.lab.client import Lab
from tensordrill.lab.protocol import Job
from tensordrill.mark import REFERENCE, key_from, key_programs, usable

_KEPT = 4000
_Name: TypeAlias = Hashable


class Keys:
    """Gives keys; students who drew the same numbers share one."""

    def __init__(self, lab: Lab) -> None:
        self._lab = lab
        self._kept: OrderedDict[_Name, Key] = OrderedDict()

    def of(self, variants: Sequence[Variant]) -> list[Key]:
        """Give the keys of variants, running together those that are not known yet.

        Raises BankError where a question's own program does not end.
        """
        names = [_name(variant) for variant in variants]
        missing = {
            name: variant for name, variant in zip(names, variants, strict=True) if name not in self._kept
        }
        self._kept.update(self._run(missing))
        keys = [self._kept[name] for name in names]
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return keys

    def _run(self, variants: dict[_Name, Variant]) -> dict[_Name, Key]:
        if not variants:
            return {}
        groups = {name: key_programs(variant) for name, variant in variants.items()}
        programs = tuple(program for group in groups.values() for part in group for program in part)
        counts = tuple(sum(map(len, group)) for group in groups.values())
        seen = iter(self._lab.run(Job(programs, "bank", REFERENCE, counts)))
        found: dict[_Name, Key] = {}
        for (name, group), count in zip(groups.items(), counts, strict=True):
            observations = [next(seen) for _ in range(count)]
            found[name] = usable(variants[name], key_from(variants[name], group, observations))
        return found


def _name(variant: Variant) -> _Name:
    return (variant.entry.id, repr(variant.parameters), variant.order, variant.hidden)
