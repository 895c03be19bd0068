"""The bytecode of what the sandbox imports: whether it is there, and the process that makes it in the background.

A process of the sandbox writes none itself. Where an installer has made none either, as uv unless it is told to, each
start compiles torch anew, which takes as long as the rest of it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from functools import cache
from importlib.util import MAGIC_NUMBER
from pathlib import Path

from tensordrill.errors import SandboxError
from tensordrill.sandbox.make_bytecode import in_order
from tensordrill.sandbox.packages import packages
from tensordrill.sandbox.readable import CHILD
from tensordrill.sandbox.start import apart

_SCRIPT = Path(__file__).with_name("make_bytecode.py")
_INSTALLED = ("site-packages", "dist-packages")


def uncompiled() -> list[Path]:
    """Return the packages, files and folders, that each start of the sandbox would compile again.

    Raises SandboxError where torch is not installed.
    """
    is_installed = any(
        name in CHILD.parts for name in _INSTALLED
    )  # else its files are edited, and soon compiled
    places = [*packages().values(), *([CHILD] if is_installed else [])]
    return [place for place in places if _needs_compiling(_last_file(place))]


def starts_slowly() -> bool:
    """Whether torch itself has no bytecode. Raises SandboxError where it is not installed."""
    return _needs_compiling(_last_file(packages()["torch"]))


def can_be_made() -> bool:
    """Whether this program may write bytecode beside torch. Raises SandboxError where it is not installed."""
    return not sys.dont_write_bytecode and _is_writable(packages()["torch"])


def _is_writable(folder: Path) -> bool:
    if sys.platform != "win32":
        return os.access(folder, os.W_OK)
    from tempfile import TemporaryFile

    with suppress(OSError), TemporaryFile(dir=folder):  # `os.access` knows no access lists there
        return True
    return False


@cache
def make_in_background() -> None:
    """Start a process that compiles what is missing, once and where its folder is writable; nobody waits for it."""
    try:
        places = uncompiled()
        if places and can_be_made():
            _processes.append(_started(places))
    except (OSError, SandboxError):
        pass  # as slow as before


_processes: list[subprocess.Popen[bytes]] = []
"""Kept, for a process that nobody refers to is one that Python warns of."""


def _started(places: list[Path]) -> subprocess.Popen[bytes]:
    """Start the process: of low priority, apart from this terminal, without this program's variables and modules."""
    options = apart()
    if sys.platform == "win32":
        options["creationflags"] |= subprocess.IDLE_PRIORITY_CLASS  # elsewhere it lowers its own
    torch = packages()["torch"]
    return subprocess.Popen(  # noqa: S603 (our own interpreter and script)
        [sys.executable, "-I", "-S", str(_SCRIPT), str(torch), *map(str, places)],
        cwd=Path(sys.executable).anchor,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        **options,
    )


def _last_file(place: Path) -> Path:
    """Return the file of a package that `make_bytecode` compiles last, which so stands for all."""
    return (
        place
        if place.suffix == ".py"
        else max(place.glob("*.py"), key=in_order, default=place / "__init__.py")
    )


def _needs_compiling(source: Path) -> bool:
    """Whether a file has no bytecode, or that of another text; a file that is not there needs none.

    Bytecode begins with its version, flags, and the time and size of its text, where no flag says that it goes by
    the text's hash: https://peps.python.org/pep-0552/. What PYTHONPYCACHEPREFIX names is not looked at, for the sandbox
    does not see that variable.
    """
    compiled = source.parent / "__pycache__" / f"{source.stem}.{sys.implementation.cache_tag}.pyc"
    try:
        status = source.stat()
    except OSError:
        return False
    try:
        with compiled.open("rb") as file:
            head = file.read(16)
    except OSError:
        return True
    if head[:4] != MAGIC_NUMBER:
        return True
    time_and_size = (int(status.st_mtime) & 0xFFFFFFFF, status.st_size & 0xFFFFFFFF)
    stated = (int.from_bytes(head[8:12], "little"), int.from_bytes(head[12:16], "little"))
    return head[4:8] == bytes(4) and stated != time_and_size
