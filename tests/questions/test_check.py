"""The shipped questions are sound on every draw, and their keys are those that were recorded."""

from __future__ import annotations

from pathlib import Path

import pytest

from tensordrill.audit import draws, keys, topic
from tensordrill.audit.check import check
from tensordrill.audit.keys import changes, keys_of, read_keys
from tensordrill.bank.load import Bank
from tensordrill.bank.variant import select
from tensordrill.sandbox.client import Sandbox

_KEYS = Path(__file__).with_name("keys.json")
_SEEDS = 2
"""Draws of a question that the gate tries; `make check` tries 200, and all draws where there are at most 500. Keys are
recorded for 10."""

_MOST_CONSTANT = 0.4
"""The share of a topic's predict draws that one answer may be right on: less than for other banks."""


def test_the_check_finds_nothing(
    shipped_bank: Bank, sandbox: Sandbox, thorough: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(topic, "MOST_CONSTANT", _MOST_CONSTANT)
    if not thorough:
        monkeypatch.setattr(draws, "MOST_ENUMERATED", _SEEDS)
    report = check(shipped_bank, dict.fromkeys(shipped_bank.names), 200 if thorough else _SEEDS, sandbox)
    findings = [finding for finding in report.findings if thorough or finding.severity == "fault"]
    assert [str(finding) for finding in findings] == []
    assert report.counts.questions == sum(len(each.entries) for each in shipped_bank.topics())


def test_the_keys_are_those_that_were_recorded(
    shipped_bank: Bank, sandbox: Sandbox, thorough: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not thorough:
        monkeypatch.setattr(keys, "SEEDS", _SEEDS)
    before, now = read_keys(_KEYS), keys_of(shipped_bank, select(shipped_bank, ()), sandbox)
    assert changes(before, now) == [], f"not as under torch {before.torch}"
    recorded = {address for address in before.keys if int(address.rpartition("@")[2]) < keys.SEEDS}
    assert recorded == now.keys.keys(), (
        "record them anew: tensordrill bank check --record tests/questions/keys.json"
    )
