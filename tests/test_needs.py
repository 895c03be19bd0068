"""What a test run says of tests that the system has no part for, and that it can be made to fail."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT_FOLDER = Path(__file__).parent.parent
SUITE = """
import pytest
from tests.needs import BUBBLEWRAP, only_where, skip_elsewhere

@pytest.mark.parametrize("number", range(2))
def test_with_bubblewrap(number, bubblewrap):
    assert False

@only_where(False, "Windows")
def test_for_windows():
    assert False

def test_for_another_kernel():
    skip_elsewhere("Linux 7")

@pytest.mark.skip(reason="no reason")
def test_left_out():
    assert False

@pytest.mark.xfail
def test_expected_to_fail():
    assert False

def test_that_passes():
    pass
"""
SAID = [
    "not tried: 2 tests of isolation with bubblewrap (apt install bubblewrap)",
    "not tried: 1 test for another system: Windows",
    "not tried: 1 test for another system: Linux 7",
    "not tried: 1 test: no reason",
]


@pytest.fixture
def suite(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """A suite that asks for bubblewrap, on a system without any program."""
    pytester.makepyfile(SUITE)
    monkeypatch.setenv("PYTHONPATH", str(ROOT_FOLDER))
    monkeypatch.setenv("PATH", str(pytester.path))
    return pytester


PROCESSES = pytest.mark.parametrize("processes", ["0", "2"])


@PROCESSES
def test_what_was_not_tried_is_said_before_the_last_line(suite: pytest.Pytester, processes: str) -> None:
    ran = suite.runpytest_subprocess("-p", "tests.needs", "-n", processes)
    ran.assert_outcomes(passed=1, skipped=5, xfailed=1)
    assert ran.ret == 0
    assert sorted(line for line in ran.outlines if line.startswith("not tried")) == sorted(SAID)
    assert ran.outlines[-2].startswith("not tried")


@PROCESSES
def test_what_could_have_been_tried_fails_where_nothing_may_be_skipped(
    suite: pytest.Pytester, processes: str
) -> None:
    ran = suite.runpytest_subprocess("-p", "tests.needs", "-n", processes, "--nothing-skipped")
    ran.assert_outcomes(passed=1, skipped=2, xfailed=1, errors=3)
    assert ran.ret == 1
    assert sorted(line for line in ran.outlines if line.startswith("not tried")) == SAID[1:3][::-1]
    failures = [line for line in ran.outlines if line.startswith("skipped, and nothing may be")]
    assert sorted(failures) == [
        *["skipped, and nothing may be: bubblewrap is not installed"] * 2,
        "skipped, and nothing may be: no reason",
    ]
