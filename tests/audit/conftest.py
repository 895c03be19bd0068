"""Checking a topic's text over all its draws, with real torch."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tensordrill.audit.check import check
from tensordrill.audit.findings import Report
from tensordrill.bank.load import Bank
from tensordrill.bank.variant import select
from tensordrill.sandbox.client import Sandbox
from tests.audit.topics import IDEAS

Check = Callable[[str], Report]
Lines = Callable[[str], list[str]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A bank's folder with ideas.yaml."""
    bank = tmp_path / "bank"
    bank.mkdir()
    (bank / "ideas.yaml").write_text(IDEAS, encoding="utf-8")
    return bank


@pytest.fixture
def checked(folder: Path, sandbox: Sandbox) -> Check:
    """Check the text of a topic `small`."""

    def report(text: str) -> Report:
        (folder / "small.yaml").write_text(text, encoding="utf-8")
        bank = Bank(folder)
        return check(bank, select(bank, ()), 20, sandbox)

    return report


@pytest.fixture
def lines(folder: Path, checked: Check) -> Lines:
    """Return the lines that a check finds, `small.yaml` and `ideas.yaml` without their folder."""

    def said(text: str) -> list[str]:
        finding = checked(text).findings
        return [f"{'advice: ' * (f.severity == 'advice')}{f}".replace(f"{folder}/", "") for f in finding]

    return said
