"""The things `doctor` looks at."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator, Sequence

from msgspec import Struct
from rich.table import Table
from rich.text import Text

from tensordrill.bank.contents import contents
from tensordrill.cli.options import open_bank
from tensordrill.drill.folder import data_folder
from tensordrill.errors import SandboxError, StoreError, TensordrillError
from tensordrill.messages import Language, Name, say
from tensordrill.sandbox.advice import advice
from tensordrill.sandbox.child.wire import Layers
from tensordrill.sandbox.client import Sandbox
from tensordrill.sandbox.protocol import Level
from tensordrill.version import __version__


class CheckupLine(Struct, frozen=True):
    """One thing and how it is; what is optional may be missing."""

    name: str
    text: str
    good: bool = True
    optional: bool = False


_NAMES: dict[str, Name] = {
    "sandbox": "doctor-sandbox",
    "isolation": "doctor-isolation",
    "limits": "doctor-limits",
    "bank": "doctor-bank",
    "data": "doctor-data",
    "bytecode": "doctor-bytecode",
    "no landlock": "doctor-no-landlock",
    "no seccomp": "doctor-no-seccomp",
}
"""The names that are words; others are a program's, a kernel's or a setting's."""


def checkup_table(lines: list[CheckupLine], language: Language) -> Table:
    """Return the lines as rows: a mark, the name and the sentence."""
    grid = Table.grid(padding=(0, 2))
    grid.add_column()
    grid.add_column()
    grid.add_column(overflow="fold")
    for line in lines:
        mark = Text("✓", "green") if line.good else Text("✗", "yellow" if line.optional else "red")
        name = say(_NAMES[line.name], language) if line.name in _NAMES else line.name
        grid.add_row(mark, Text(name), Text(line.text))
    return grid


def checkup(banks: Sequence[str] | None, language: Language) -> list[CheckupLine]:
    """Look at everything, without changing anything."""
    version, system = platform.python_version(), platform.platform()
    return [
        CheckupLine("tensordrill", __version__),
        CheckupLine("python", say("machine-python", language, version=version, platform=system)),
        *_sandbox(language),
        _bank(banks, language),
        _data(language),
    ]


def _sandbox(language: Language) -> list[CheckupLine]:
    try:
        with Sandbox() as sandbox:
            sandbox.warm()
            ready = sandbox.wait_ready()
            missing = advice(ready).items()
    except SandboxError as error:
        return [CheckupLine("torch", error.text(language), good=False)]
    mode, level = say(_MODES[sandbox.mode], language), say(_LEVELS[ready.level], language)
    return [
        CheckupLine(
            "torch", say("machine-torch", language, version=ready.torch, seconds=f"{ready.seconds:.1f}")
        ),
        CheckupLine("sandbox", f"{sandbox.mode}: {mode}"),
        CheckupLine("isolation", f"{ready.level}: {level}", ready.holds, True),
        *_layers(ready.layers, language),
        *(CheckupLine(name, what.text(language), False, True) for name, what in missing),
    ]


_MODES: dict[str, Name] = {"fork": "machine-fork", "spawn": "machine-spawn"}
_LEVELS: dict[Level, Name] = {
    "bwrap-user": "machine-bwrap-user",
    "bwrap-root": "machine-bwrap-root",
    "bare": "machine-bare",
    "none": "machine-none",
}
_LAYERS: dict[str, Name] = {
    "landlock": "machine-landlock",
    "scope": "machine-scope",
    "seccomp": "machine-seccomp",
    "limits": "machine-limits",
}


def _layers(layers: Layers, language: Language) -> Iterator[CheckupLine]:
    for name, sentence in _LAYERS.items():
        meaning, held = say(sentence, language), getattr(layers, name)
        yield CheckupLine(
            name, meaning if held else say("machine-not", language, meaning=meaning), held, True
        )


def _bank(banks: Sequence[str] | None, language: Language) -> CheckupLine:
    try:
        bank = open_bank(banks)
        count = sum(len(topic.ids) for topic in contents(bank))
    except TensordrillError as error:
        return CheckupLine("bank", error.text(language), good=False)
    counted = say("machine-bank", language, folder=bank.where, topics=len(bank.names), questions=count)
    return CheckupLine("bank", counted)


def _data(language: Language) -> CheckupLine:
    try:
        folder = data_folder(os.environ)
    except StoreError as error:
        return CheckupLine("data", error.text(language), good=False)
    at = folder
    while not at.exists() and at != at.parent:
        at = at.parent
    if at.is_dir() and os.access(at, os.W_OK):
        return CheckupLine("data", str(folder))
    return CheckupLine("data", say("machine-not-writable", language, folder=folder), good=False)
