"""The examples in docstrings give what they say."""

from __future__ import annotations

import doctest
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PARTS = ("bank", "kinds", "audit", "drill")
FILES = [
    file.relative_to(ROOT)
    for part in PARTS
    for file in sorted((ROOT / "tensordrill" / part).glob("*.py"))
    if ">>> " in file.read_text(encoding="utf-8")
]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_examples_give_what_they_say(file: Path) -> None:
    module = import_module(".".join(file.with_suffix("").parts))
    results = doctest.testmod(module)
    assert results.attempted
    assert not results.failed


def test_each_part_has_examples() -> None:
    assert {file.parts[1] for file in FILES} == set(PARTS)
