"""Zip archives of topic files; the same files give the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from tensordrill.bank.contents import CONTENTS_FILE, contents_file
from tensordrill.bank.ideas import IDEAS_FILE
from tensordrill.bank.load import Bank
from tensordrill.bank.sources import source_at
from tensordrill.errors import BankError
from tensordrill.messages import message

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip archive can give to a file (APPNOTE 4.4.6)."""


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Return a zip archive of files, by their names in it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in files.items():
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), body, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def pack(folder: Path, file: Path) -> Bank:
    """Write a folder's topics and ideas to a zip archive; return the bank that it holds.

    Raises FileProblems where a topic or the ideas cannot be loaded, BankError where a file cannot be read or written.
    """
    bank = Bank(source_at(folder))
    bank.topics()
    paths = sorted(path for path in bank.files() if path.name != IDEAS_FILE or path.exists())
    try:
        files = {path.name: path.read_bytes() for path in paths}
        file.write_bytes(zipped({CONTENTS_FILE: contents_file(bank), **files}))
    except OSError as error:
        path = error.filename or file
        raise BankError(message("bank-not-packed", path=path, reason=error.strerror)) from error
    return bank
