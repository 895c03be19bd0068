"""Failing calls of torch's own operator samples: how many of them have a reason."""

from __future__ import annotations

import pytest

from tensordrill.sandbox.client import Sandbox
from tests.explanation.operator_samples import cases

LEAST = 0.95
"""The part that has a reason: what is left are rare functions' own rules, which torch's message says as well."""


@pytest.mark.thorough
def test_most_failing_samples_have_a_reason(sandbox: Sandbox) -> None:
    found = [bool(case.messages) for _, case in cases(sandbox)]
    assert len(found) > 400
    assert sum(found) >= LEAST * len(found)
