"""A folder to write into, apart from the home that every test has."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """An empty folder's path."""
    return tmp_path / "out"
