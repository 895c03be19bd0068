"""Pinned packages can be installed on the oldest Python that pyproject.toml allows, and not only on this one."""

from __future__ import annotations

import tomllib
from importlib.metadata import distributions
from pathlib import Path

from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
OLDEST = "3.11.0"
"""Debian 12 has 3.11.2."""


def test_the_oldest_python_takes_all_that_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert SpecifierSet(project["requires-python"]) == SpecifierSet(f">={OLDEST.removesuffix('.0')}")
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = {canonicalize_name(line.partition("==")[0]): line.partition("==")[2] for line in lines}
    pinned = [each for each in distributions() if pins.get(canonicalize_name(each.name)) == each.version]
    wanted = {of.name: of.metadata["Requires-Python"] for of in pinned if "Requires-Python" in of.metadata}
    assert len(wanted) > 30
    assert {name: those for name, those in wanted.items() if OLDEST not in SpecifierSet(those)} == {}
