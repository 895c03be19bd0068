"""`ideas.yaml`: the wrong ideas behind misconceptions, each named once."""

from __future__ import annotations

from pathlib import Path
from typing import TypeAlias

import msgspec

from tensordrill.bank.document import read
from tensordrill.bank.schema import Idea
from tensordrill.errors import FileProblems

IDEAS_FILE = "ideas.yaml"

Ideas: TypeAlias = dict[str, Idea]


def load_ideas(folder: Path) -> Ideas:
    """Read a bank's ideas; a bank without the file names none.

    Raises FileProblems where the file is broken.
    """
    path = folder / IDEAS_FILE
    if not path.exists():
        return {}
    document = read(path)
    try:
        return msgspec.convert(document.value or {}, Ideas)
    except msgspec.ValidationError as error:
        raise FileProblems([f"{document.place}: {error}"]) from error
