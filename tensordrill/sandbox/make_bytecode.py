"""Compile packages while nothing else is to be done: `python make_bytecode.py TORCH PACKAGE …`.

A package's `__init__.py` comes last: where it is compiled, all of it is. Each file of bytecode appears whole, and one
that is up to date is left alone, so that what was interrupted goes on the next time. Two processes at once would be a
waste: only the one that holds the claim, a file beside torch's bytecode, goes on.
"""

from __future__ import annotations

import compileall
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

SECONDS = 600.0
"""More than it takes by far; then it ends, and a claim that is older is nobody's."""


def main(torch: Path, places: list[Path]) -> None:
    """Compile the packages, as long as that may take."""
    if hasattr(os, "nice"):
        os.nice(19)
    deadline = time.monotonic() + SECONDS
    with suppress(OSError), _claim(torch / "__pycache__" / "tensordrill-compiling"):
        for source in (source for place in places for source in _sources(place)):
            if time.monotonic() > deadline:
                return
            compileall.compile_file(source, quiet=2)


def _sources(place: Path) -> Iterator[Path]:
    """Yield the Python files of a package, or a module's own, those of its topmost folder last."""
    if place.suffix == ".py":
        yield place
        return
    for folder, _, files in os.walk(place, topdown=False):
        yield from sorted((Path(folder, name) for name in files if name.endswith(".py")), key=in_order)


def in_order(source: Path) -> tuple[bool, str]:
    """Return the key by which the files of a folder are compiled."""
    return source.name == "__init__.py", source.name


@contextmanager
def _claim(path: Path) -> Iterator[None]:
    """Hold a file that nobody else has; raises FileExistsError where somebody does."""
    path.parent.mkdir(exist_ok=True)
    with suppress(FileNotFoundError):
        if time.time() - path.stat().st_mtime > SECONDS:
            path.unlink()
    path.touch(exist_ok=False)
    try:
        yield
    finally:
        path.unlink(missing_ok=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), [Path(place) for place in sys.argv[2:]])
