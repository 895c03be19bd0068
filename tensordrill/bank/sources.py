"""Sources of topic files: a folder, a zip archive, or an installed package that declares an entry point.

A package declares its bank as `[project.entry-points."tensordrill.banks"]`, `name = "package.folder"`: a package
whose folder has the topic files.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from tensordrill.errors import BankError
from tensordrill.messages import message

if TYPE_CHECKING:
    import zipfile
    from importlib.metadata import EntryPoint

    File: TypeAlias = Path | zipfile.Path

SHIPPED = "shipped"
ENTRY_POINTS = "tensordrill.banks"
VARIABLE = "TENSORDRILL_BANK"


class BankSource(NamedTuple):
    """One place of topic files."""

    name: str
    """The name of the bank in reviews and lists."""
    where: str
    """The path or name that finds it again."""
    kind: Literal["shipped", "folder", "zip", "package"]
    folder: File


@cache
def shipped() -> Path:
    """Return the folder of the bank that comes with tensordrill."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "questions"
    return installed if installed.is_dir() else package.parent / "questions"


def source_at(place: Path) -> BankSource:
    """Return the source at a path; it is read later.

    Raises BankError for a file that is no zip archive.
    """
    if os.path.isfile(place):  # where the path itself cannot be, this is no error
        return BankSource(place.stem, str(place), "zip", _archive(place))
    if place.resolve() == shipped().resolve():
        return BankSource(SHIPPED, str(place), "shipped", place)
    return BankSource(place.resolve().name, str(place), "folder", place)


def find(name: str, folder: Path = Path()) -> BankSource:
    """Return the source that a person names: `shipped`, a path seen from a folder, or an installed bank.

    Raises BankError for a file that is no bank, and for a package that cannot be imported.
    """
    if name == SHIPPED:
        return source_at(shipped())
    path = folder / name
    if not os.path.exists(path) and (point := _declared().get(name)):
        return _in_package(point)
    return source_at(path)


def named(environ: Mapping[str, str]) -> list[str]:
    """Return the banks of `TENSORDRILL_BANK`, a list of paths and names; else the shipped one."""
    return [name for name in environ.get(VARIABLE, "").split(os.pathsep) if name] or [SHIPPED]


def installed() -> list[BankSource]:
    """Return the banks of installed packages, by name; those that cannot be imported are left out."""
    sources: list[BankSource] = []
    for _, point in sorted(_declared().items()):
        try:
            sources.append(_in_package(point))
        except BankError:
            continue
    return sources


def broken_archive() -> tuple[type[Exception], ...]:
    """Return the errors of reading an archive that is damaged, encrypted, of another kind, or made to do harm."""
    import lzma
    import struct
    import zipfile
    import zlib

    of_formats = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error)
    return (*of_formats, OSError, EOFError, RuntimeError, ValueError, LookupError, OverflowError)


def _archive(path: Path) -> zipfile.Path:
    """Return the folder of a zip archive that has the files: its root, or the one folder in it."""
    import zipfile

    try:
        root = zipfile.Path(zipfile.ZipFile(path))
        inside = list(root.iterdir())
    except broken_archive() as error:
        raise BankError(message("bank-no-zip", path=path)) from error
    return inside[0] if len(inside) == 1 and inside[0].is_dir() else root


def _declared() -> dict[str, EntryPoint]:
    from importlib.metadata import entry_points

    return {point.name: point for point in entry_points(group=ENTRY_POINTS)}


def _in_package(point: EntryPoint) -> BankSource:
    """Return the bank of an entry point, whose package is found without running it where that is possible."""
    import importlib.util

    try:
        spec = importlib.util.find_spec(point.value)
    except (ImportError, ValueError):
        spec = None
    folders = list(spec.submodule_search_locations or ()) if spec else []
    if not folders:
        raise BankError(message("bank-no-package", name=point.name, package=point.value))
    return BankSource(point.name, point.name, "package", Path(folders[0]))
