"""Paths that a process that runs torch may read besides its packages: one Python and the system's libraries."""

from __future__ import annotations

import os
import platform
import sys
import sysconfig
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

CHILD = Path(__file__).parent / "child"
"""The scripts that run in such a process."""

_HIDDEN = ("site-packages", "dist-packages")


class Readable(NamedTuple):
    """One interpreter, files and folders that are read where they lie, and what is hidden inside them."""

    python: str
    places: tuple[str, ...]
    hidden: tuple[str, ...]
    links: dict[str, str]

    def without_hidden(self) -> list[str]:
        """Return the places, with folders that hold something hidden entry by entry."""
        return [shown for place in self.places for shown in _shown(place, self.hidden)]


@cache
def readable() -> Readable:
    """Return what this interpreter and compiled packages read."""
    python = os.path.realpath(sys.executable)
    libraries, links = _system()
    own = [str(file) for file in sorted(Path(sys.base_prefix, "lib").glob("*.so*"))]
    standard = _standard_folders()
    places = dict.fromkeys([python, *standard, *(own if sys.base_prefix != "/usr" else ()), *libraries])
    hidden = [os.path.join(folder, name) for folder in standard for name in _HIDDEN]
    return Readable(python, tuple(places), tuple(filter(os.path.isdir, hidden)), links)


def of_users(folder: Path) -> list[str]:
    """Return what a script of the user's own reads besides: its folder, and whatever is installed."""
    installed = [path for path in map(os.path.realpath, filter(None, sys.path)) if Path(path).name in _HIDDEN]
    return list(dict.fromkeys([str(folder), *installed]))


def _standard_folders() -> list[str]:
    """Return the standard library's folders, a virtual environment's left out."""
    base = {"platbase": sys.base_exec_prefix, "base": sys.base_prefix}
    paths = [sysconfig.get_path(name, vars=base) for name in ("stdlib", "platstdlib")]
    return list(dict.fromkeys(os.path.realpath(path) for path in paths if os.path.isdir(path)))


def _system() -> tuple[list[str], dict[str, str]]:
    """Return the folders and files of the system's shared libraries, and the links that lead there."""
    multiarch = sysconfig.get_config_var("MULTIARCH") or f"{platform.machine()}-linux-gnu"
    libraries, links = [], {}
    for top in ("/usr/lib", "/usr/lib64", "/lib", "/lib64"):
        if os.path.islink(top):
            links[top] = os.readlink(top)
        elif os.path.isdir(os.path.join(top, multiarch)):
            libraries += [os.path.join(top, multiarch), *map(str, sorted(Path(top).glob("ld-linux*.so*")))]
        elif os.path.isdir(top) and not (top == "/usr/lib" and _holds_libraries("/usr/lib64")):
            libraries.append(top)
    return [*libraries, *filter(os.path.exists, ["/etc/ld.so.cache"])], links


def _holds_libraries(folder: str) -> bool:
    return not os.path.islink(folder) and os.path.exists(os.path.join(folder, "libc.so.6"))


def _shown(place: str, hidden: tuple[str, ...]) -> Iterator[str]:
    if place in hidden:
        return
    if not any(path.startswith(place + os.sep) for path in hidden):
        yield place
        return
    for name in sorted(os.listdir(place)):
        yield from _shown(os.path.join(place, name), hidden)
