"""The plugin of `pytest -p tensordrill`: the report of a failing test ends with the explanation of what it raised."""

from __future__ import annotations

import sys
import time
from collections.abc import Generator
from contextlib import suppress
from typing import Any

import pytest

_STARTED = time.time()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(call: pytest.CallInfo[None]) -> Generator[None, Any, None]:
    """Add a section to the report where a tensor operation raised."""
    outcome = yield
    if call.excinfo is None or "torch" not in sys.modules:
        return
    with suppress(Exception):
        from tensordrill.in_process.explained import explained

        report = outcome.get_result()
        shown = explained(call.excinfo.value, _STARTED, None) if report.failed else None
        if shown is not None:
            report.sections.append(("tensordrill", repr(shown).strip("\n")))
