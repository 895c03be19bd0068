"""What all tests share: no test writes to the real home, torch is started once, and the size of a run."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tensordrill.bank.load import Bank, shipped
from tensordrill.lab.client import Lab

pytest_plugins = ("tests.needs", "pytester")

_SETTINGS = settings(database=None, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("gate", _SETTINGS, derandomize=True)
settings.register_profile("thorough", _SETTINGS, print_blob=True)

signal.signal(signal.SIGINT, signal.default_int_handler)  # what runs in the background may have it ignored

LONGEST = (
    "course/test_exploits", "course/test_regrading", "course/test_cluster", "cli/test_check", "lab/test_levels",
    "trace/test_reasons_truth", "test_shipped_bank", "test_docs", "lab/test_client", "cli/test_json_lines",
)  # fmt: skip


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option of `make test-all`."""
    parser.addoption(
        "--thorough", action="store_true", help="try everything, and other random values each time"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Have random values be the same in each run, unless it is a thorough one."""
    settings.load_profile("thorough" if config.getoption("thorough") else "gate")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin with the files that take longest, so that no worker is left alone with one at the end."""
    items.sort(key=lambda item: not any(name in item.nodeid for name in LONGEST))
    if not config.getoption("thorough"):
        left_out = [item for item in items if item.get_closest_marker("thorough")]
        items[:] = [item for item in items if item not in left_out]
        config.hook.pytest_deselected(items=left_out)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say that there is more to try, where all tests ran."""
    if config.args_source is config.ArgsSource.TESTPATHS and not config.getoption("thorough"):
        terminalreporter.write_line(
            "not tried: other random values, more of them, and rarer cases (make test-all)"
        )


@pytest.fixture(scope="session")
def thorough(pytestconfig: pytest.Config) -> bool:
    """Whether this run may take long."""
    return bool(pytestconfig.getoption("thorough"))


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own for every test: writing to the real one is impossible."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("TENSORDRILL_HOME", str(folder / "data"))
    ours = ("XDG_", "TENSORDRILL_B", "TENSORDRILL_L", "TENSORDRILL_I")
    for name in [name for name in os.environ if name.startswith(ours)]:
        monkeypatch.delenv(name)
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.setenv(name, "C.UTF-8")
    return folder


@pytest.fixture(scope="session")
def lab() -> Iterator[Lab]:
    """One lab for all tests that need torch."""
    with Lab({}) as opened:
        opened.warm()
        yield opened


@pytest.fixture(scope="session")
def shipped_bank() -> Bank:
    """The bank that comes with tensordrill."""
    return Bank(shipped())
