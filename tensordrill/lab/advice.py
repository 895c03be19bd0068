"""What a machine lacks for better isolation or a quicker start, and what to do about it."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from tensordrill.lab.isolation import failures
from tensordrill.lab.packages import packages
from tensordrill.lab.protocol import Level, Ready

LEVELS: dict[Level, str] = {
    "bwrap-user": "bubblewrap in a user namespace: programs see Python, torch and nothing else",
    "bwrap-root": "bubblewrap as root, then a user of its own: programs see Python, torch and nothing else",
    "bare": "no bubblewrap: programs read only Python and torch, but can tell which files exist",
    "none": "not all programs are confined; run only those that you trust",
}

_RESTRICTIONS = {
    "kernel/apparmor_restrict_unprivileged_userns": ("1", "0"),
    "kernel/unprivileged_userns_clone": ("0", "1"),
    "user/max_user_namespaces": ("0", "10000"),
}
"""Settings that forbid user namespaces: the value that does, and one that does not."""


def advice(ready: Ready, settings: Path = Path("/proc/sys")) -> dict[str, str]:
    """Give what is missing, by name, each with a sentence that says what to do."""
    return dict([*_bubblewrap(ready, settings), *_layers(ready), *_compiled()])


def _bubblewrap(ready: Ready, settings: Path) -> Iterator[tuple[str, str]]:
    if sys.platform != "linux" or ready.level.startswith("bwrap"):
        return
    if shutil.which("bwrap") is None:
        yield "bubblewrap", "not installed; `apt install bubblewrap` brings it, and then files are hidden too"
    for level, why in failures().items():
        if level.startswith("bwrap"):
            yield level, f"does not work here: {why}"
    for name, (forbidding, allowing) in _RESTRICTIONS.items():
        if _setting(settings / name) == forbidding:
            key = name.replace("/", ".")
            yield key, f"it is {forbidding}, which keeps bubblewrap out; `sysctl {key}={allowing}` lets it in"


def _layers(ready: Ready) -> Iterator[tuple[str, str]]:
    if sys.platform != "linux":
        return
    if not ready.layers.landlock:
        yield "no landlock", "Linux 5.13 or newer has it, where `landlock` is among the boot option `lsm=`"
    if not ready.layers.seccomp:
        yield "no seccomp", "a kernel with CONFIG_SECCOMP_FILTER on x86_64 or aarch64 has it"


def _compiled() -> Iterator[tuple[str, str]]:
    torch = packages()["torch"]
    if not (torch / "__pycache__").is_dir():
        yield (
            "compiled torch",
            f"missing, so each start compiles torch; `{sys.executable} -m compileall -q {torch}` spares that",
        )


def _setting(file: Path) -> str:
    try:
        return file.read_text().strip()
    except OSError:
        return ""
