"""The things `doctor` looks at."""

from __future__ import annotations

import os
import platform
from pathlib import Path

from msgspec import Struct
from rich.table import Table
from rich.text import Text

from tensordrill.cli.options import open_bank
from tensordrill.drill.store import data_folder
from tensordrill.errors import LabError, StoreError, TensordrillError
from tensordrill.lab.advice import LEVELS, advice
from tensordrill.lab.client import Lab
from tensordrill.lab.protocol import Layers, Ready
from tensordrill.version import __version__


class Line(Struct, frozen=True):
    """One thing and how it is; what is optional may be missing."""

    name: str
    said: str
    good: bool = True
    optional: bool = False


def checkup_table(lines: list[Line]) -> Table:
    """Give the lines as rows: a mark, the name, and what is said of it."""
    grid = Table.grid(padding=(0, 2))
    for line in lines:
        mark = Text("✓", "green") if line.good else Text("✗", "yellow" if line.optional else "red")
        grid.add_row(mark, Text(line.name), Text(line.said))
    return grid


def checkup(bank: Path | None) -> list[Line]:
    """Look at everything, without changing anything."""
    lines = [
        Line("tensordrill", __version__),
        Line("python", f"{platform.python_version()} on {platform.platform()}"),
    ]
    return [*lines, *_lab(), _bank(bank), _data()]


def _lab() -> list[Line]:
    try:
        with Lab() as lab:
            lab.warm()
            ready = lab.wait_ready()
            return [
                Line("torch", f"{ready.torch}, imported in {ready.seconds:.1f} s"),
                Line("lab", f"{lab.mode}: {_MODES[lab.mode]}"),
                Line("isolation", f"{ready.level}: {LEVELS[ready.level]}", ready.holds, True),
                *_layers(ready),
                *(Line(name, said, False, True) for name, said in advice(ready).items()),
            ]
    except LabError as error:
        return [Line("torch", str(error), good=False)]


_MODES = {
    "fork": "one process imports torch, and every answer runs in a fork of it",
    "spawn": "whole processes, started in advance; slower than fork",
}
_LAYERS = {
    "landlock": "programs read only Python and torch",
    "scope": "programs cannot signal other processes",
    "seccomp": "programs cannot start processes or open connections",
    "limits": "memory, time and file size are bounded",
}


def _layers(ready: Ready) -> list[Line]:
    held: Layers = ready.layers
    return [
        Line(
            name,
            said if getattr(held, name) else f"not on this machine, so not: {said}",
            getattr(held, name),
            True,
        )
        for name, said in _LAYERS.items()
    ]


def _bank(folder: Path | None) -> Line:
    try:
        bank = open_bank(folder)
        count = sum(len(topic.entries) for topic in bank.topics())
    except TensordrillError as error:
        return Line("bank", str(error), good=False)
    return Line("bank", f"{bank.folder}: {len(bank.names)} topics, {count} questions")


def _data() -> Line:
    try:
        folder = data_folder(os.environ)
    except StoreError as error:
        return Line("data", str(error), good=False)
    at = folder
    while not at.exists() and at != at.parent:
        at = at.parent
    writable = at.is_dir() and os.access(at, os.W_OK)
    return Line("data", f"{folder}" + ("" if writable else ": cannot be written"), writable)
