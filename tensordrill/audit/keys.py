"""The keys of a bank under one version of torch: recorded in a file, and compared with those of another version."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import msgspec
from msgspec import Struct

from tensordrill.bank.load import Bank
from tensordrill.bank.schema import Fill, Write
from tensordrill.bank.variant import Selection, Variant, make, selected
from tensordrill.errors import BankError
from tensordrill.judging import reference_programs
from tensordrill.kinds import KINDS
from tensordrill.kinds.answer_key import Key
from tensordrill.kinds.format_value import format_value
from tensordrill.messages import message
from tensordrill.sandbox import protocol
from tensordrill.sandbox.client import Sandbox
from tensordrill.sandbox.protocol import Job, Limits, Observation

SEEDS = 10
"""Seeds of each question whose keys are recorded; draws that come again are left out."""

_LIMITS = Limits(seconds=3.0, patience=2)
_LONGEST = 200
"""Characters of a solution's value that are recorded."""
_FLOAT = re.compile(r"-?\d+\.\d*(?:e[-+]?\d+)?")


class BankKeys(Struct, frozen=True):
    """The keys of a bank by address, with the version of torch that gave them."""

    torch: str
    keys: dict[str, str]


class KeyChange(Struct, frozen=True):
    """An address whose key is another one under another torch."""

    address: str
    before: str
    now: str


def keys_of(bank: Bank, chosen: Selection, sandbox: Sandbox) -> BankKeys:
    """Run the references of the chosen questions over their first seeds.

    Raises DrawError where a question cannot be drawn, SandboxError where torch cannot be started.
    """
    variants = list(_variants(bank, chosen))
    groups = [reference_programs(variant) for variant in variants]
    programs = tuple(program for group in groups for program in group)
    observations = iter(sandbox.run(Job(programs, "bank", _LIMITS, tuple(map(len, groups)))))
    keys = {
        variant.address: _written(variant, tuple(next(observations) for _ in group))
        for variant, group in zip(variants, groups, strict=True)
    }
    return BankKeys(sandbox.wait_ready().torch, keys)


def write_keys(path: Path, keys: BankKeys) -> None:
    """Write keys to a file, a line each, so that a change of one is a change of one line."""
    path.write_bytes(msgspec.json.format(msgspec.json.encode(keys), indent=1) + b"\n")


def read_keys(path: Path) -> BankKeys:
    """Read recorded keys; raises BankError where the file cannot be read or is none."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=BankKeys)
    except OSError as error:
        raise BankError(message("keys-not-read", path=path, reason=error.strerror)) from error
    except msgspec.DecodeError as error:
        raise BankError(message("no-keys", path=path)) from error


def changes(before: BankKeys, now: BankKeys) -> list[KeyChange]:
    """Return the addresses that both have and whose keys differ, in the order of `now`."""
    return [
        KeyChange(address, before.keys[address], key)
        for address, key in now.keys.items()
        if before.keys.get(address, key) != key
    ]


def _variants(bank: Bank, chosen: Selection) -> Iterator[Variant]:
    for entry in chain(*selected(bank, chosen).values()):
        draws: dict[str, Variant] = {}
        for variant in (make(entry, seed) for seed in range(SEEDS)):
            draws.setdefault(repr((variant.parameters, variant.order)), variant)
        yield from draws.values()


def _written(variant: Variant, reference: tuple[Observation, ...]) -> str:
    """Return a key as text: what is typed, or what a solution gives on each operand.

    Floats are rounded to four digits, since processors differ in the last ones.
    """
    if isinstance(variant.question, Write | Fill):
        text = "; ".join(_outcome(observation, variant.question.must) for observation in reference)
    elif failure := next((observation.failure for observation in reference if observation.failure), None):
        text = failure
    else:
        text = KINDS[variant.kind].expected(variant, Key(reference, ()))
    return _FLOAT.sub(lambda number: f"{float(number[0]):.4g}", text)


def _outcome(observation: Observation, must: tuple[str, ...]) -> str:
    if observation.failure:
        return observation.failure
    if observation.raised and observation.value is None:
        return f"raises {observation.raised.name}"
    value = observation.value
    parts = [format_value(value)[:_LONGEST]]
    if isinstance(value, protocol.Tensor):
        parts += [
            f"{facet} {getattr(value, facet)}" for facet in ("dtype", "stride", "memory") if facet in must
        ]
    changed = {**(observation.changed or {}), **(observation.grads or {})}
    return ", ".join([*parts, *(f"{name} {format_value(tensor)}" for name, tensor in changed.items())])
