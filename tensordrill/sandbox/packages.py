"""torch and the packages that it needs, where this Python imports them from.

They are given one by one, because the folder that they lie in holds more than torch's: tensordrill's
own solutions, and whatever else is installed.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from tensordrill.errors import SandboxError
from tensordrill.messages import message

_IMPORTED = (
    "torch torchgen functorch numpy sympy mpmath typing_extensions filelock networkx jinja2 markupsafe fsspec"
).split()
_DISTRIBUTIONS = ("torch", "numpy", "sympy")
_FIRST_PART = re.compile(r"\n([^/,]+)")
_NOT_IMPORTED = (".dist-info", ".pth", "..", "__pycache__")


@cache
def packages() -> dict[str, Path]:
    """Return each file or folder that torch may import, by its name, with where it lies.

    What a distribution's metadata names beyond the usual, as CUDA's libraries, is among them.
    Raises SandboxError where torch is not installed.
    """
    places = {place.name: place for place in map(_place, _IMPORTED) if place is not None}
    if "torch" not in places:
        raise SandboxError(message("torch-not-installed"))
    installed = _installed([str(place.parent) for place in places.values()])
    waiting, known = [*_DISTRIBUTIONS], set[str]()
    while waiting:
        name = waiting.pop()
        if name in installed and name not in known:
            known.add(name)
            for top in _top_names(installed[name]):
                places.setdefault(top, installed[name].parent / top)
            waiting += _requirements(installed[name])
    return {name: place for name, place in places.items() if place.exists()}


def import_folders() -> dict[str, str]:
    """Return the folder that each package is imported from, by the name that imports it."""
    return {name.removesuffix(".py"): str(place.parent) for name, place in packages().items()}


def _place(name: str) -> Path | None:
    """Return the folder of a package, or the file of a module."""
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        return None
    origin = Path(spec.origin)
    return origin.parent if spec.submodule_search_locations else origin


def _installed(folders: list[str]) -> dict[str, Path]:
    """Return the metadata folder of each distribution; of two, the one that is imported first."""
    metadata: dict[str, Path] = {}
    for folder in dict.fromkeys([*folders, *sys.path]):
        try:
            names = os.listdir(folder or ".")
        except OSError:
            continue
        for name in names:
            if name.endswith(".dist-info"):
                metadata.setdefault(_normal(name.split("-")[0]), Path(folder, name))
    return metadata


def _normal(name: str) -> str:
    return name.lower().replace("_", "-").replace(".", "-")


def _top_names(metadata: Path) -> list[str]:
    """Return the files and folders that a distribution has beside its metadata.

    Many name them in a file of their own; the list of all of torch's files takes long to go through.
    """
    lines = _text(metadata / "top_level.txt").split()
    if lines:  # triton's has `triton/backends` and more below `triton`
        named = list(dict.fromkeys(line.partition("/")[0] for line in lines))
        libraries = metadata.name.split("-")[0] + ".libs"
        return [*named, *(f"{name}.py" for name in named), libraries]
    names = sorted(set(_FIRST_PART.findall("\n" + _text(metadata / "RECORD"))))
    return [name for name in names if not name.endswith(_NOT_IMPORTED)]


def _requirements(metadata: Path) -> Iterator[str]:
    """Yield the names of the distributions that one needs, extras left out."""
    for line in _text(metadata / "METADATA").splitlines():
        key, _, value = line.partition(": ")
        if not line:
            return
        if key == "Requires-Dist" and "extra ==" not in value:
            end = next((i for i, letter in enumerate(value) if letter in " ;<>=!~[("), len(value))
            yield _normal(value[:end])


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
