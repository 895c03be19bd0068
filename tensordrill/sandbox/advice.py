"""Advice for better isolation or a quicker start: what a machine lacks, and what to do about it."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from tensordrill import command_line
from tensordrill.messages import Message, message
from tensordrill.sandbox.bytecode import can_be_made, starts_slowly
from tensordrill.sandbox.isolation import failures
from tensordrill.sandbox.packages import packages
from tensordrill.sandbox.protocol import Ready

_RESTRICTIONS = {
    "kernel/apparmor_restrict_unprivileged_userns": ("1", "0"),
    "kernel/unprivileged_userns_clone": ("0", "1"),
    "user/max_user_namespaces": ("0", "10000"),
}
"""Settings that forbid user namespaces: the value that does, and one that does not."""


def advice(ready: Ready, settings: Path = Path("/proc/sys")) -> dict[str, Message]:
    """Return what is missing, by name, each with a sentence that says what to do."""
    return dict([*_bubblewrap(ready, settings), *_layers(ready), *_compiled()])


def _bubblewrap(ready: Ready, settings: Path) -> Iterator[tuple[str, Message]]:
    if sys.platform != "linux" or ready.level.startswith("bwrap"):
        return
    if shutil.which("bwrap") is None:
        yield "bubblewrap", message("advice-bubblewrap")
    for level, why in failures().items():
        if level.startswith("bwrap"):
            yield level, message("advice-level-fails", reason=why)
    for name, (forbidding, allowing) in _RESTRICTIONS.items():
        if _setting(settings / name) == forbidding:
            key = name.replace("/", ".")
            yield key, message("advice-setting", value=forbidding, key=key, other=allowing)


def _layers(ready: Ready) -> Iterator[tuple[str, Message]]:
    if sys.platform != "linux":
        return
    if not ready.layers.landlock:
        yield "no landlock", message("advice-landlock")
    if not ready.layers.seccomp:
        yield "no seccomp", message("advice-seccomp")


def _compiled() -> Iterator[tuple[str, Message]]:
    if not starts_slowly():
        return
    command = command_line.join([sys.executable, "-m", "compileall", "-q", str(packages()["torch"])])
    remedy = message("advice-compiled-soon") if can_be_made() else message("advice-compile", command=command)
    yield "bytecode", message("advice-compiled", remedy=remedy)


def _setting(file: Path) -> str:
    try:
        return file.read_text().strip()
    except OSError:
        return ""
