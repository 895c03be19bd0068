"""The packages that tensordrill needs: a sentence for what is not installed. Imports none of them."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator

from tensordrill import command_line
from tensordrill.messages import Name, preferred, say

_NAME = re.compile(r"[\w.-]+")
_NOT_NEEDED_YET = "torch"
"""Left out: only the sandbox needs it, which says so itself, and on Linux it is not to be had by its name alone."""


def missing_sentence(error: ModuleNotFoundError) -> str | None:
    """Return the sentence for a module of somebody else's that is not there, and for all that are missing."""
    module = (error.name or "").partition(".")[0]
    if module in ("", "tensordrill"):
        return None
    language = preferred(None, os.environ)
    packages = list(_missing())
    if not packages:
        return "tensordrill: " + say("module-missing", language, module=module)
    command = command_line.join([sys.executable, "-m", "pip", "install", *packages])
    names = ", ".join(f"`{name}`" for name in packages)
    name: Name = "package-missing" if len(packages) == 1 else "packages-missing"
    return "tensordrill: " + say(name, language, packages=names, command=command)


def _missing() -> Iterator[str]:
    """Yield the distributions that tensordrill's own one requires and that are not installed."""
    import importlib.metadata

    for requirement in _requirements():
        name = _NAME.match(requirement)
        if name is None or name[0] == _NOT_NEEDED_YET or "extra ==" in requirement:
            continue
        try:
            importlib.metadata.version(name[0])
        except importlib.metadata.PackageNotFoundError:
            yield name[0]


def _requirements() -> list[str]:
    import importlib.metadata

    try:
        return importlib.metadata.requires("tensordrill") or []
    except importlib.metadata.PackageNotFoundError:  # it was copied rather than installed
        return []
