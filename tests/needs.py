"""Needs of tests: from the system besides Python, and of time; and a report of what was not tried for the lack of it.

A test asks for a need by its fixture, which skips it where the system lacks that. A test that is for systems of another
kind is skipped by `only_where` or `skip_elsewhere`. With `--nothing-skipped` any other skip is a failure.
"""

from __future__ import annotations

import ctypes
import os
import platform
import runpy
import shutil
import sys
from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple, NoReturn

import pytest


class Need(NamedTuple):
    """Something of the system that tests need."""

    subject: str
    """The part that is not tested without it."""
    lack: str
    """Why a test without it is skipped."""
    commands: Mapping[str, str]
    """The command that brings it, by the program that it calls."""

    def command(self) -> str:
        """Return the command that works on this system, else the first."""
        known = [command for program, command in self.commands.items() if shutil.which(program)]
        return next(iter(known or self.commands.values()))


BUBBLEWRAP = Need(
    "isolation with bubblewrap",
    "bubblewrap is not installed",
    {"apt": "apt install bubblewrap", "dnf": "dnf install bubblewrap"},
)
BROWSER = Need(
    "pages in a browser",
    "Chromium and its driver are not installed",
    {
        "apt": "apt install chromium chromium-driver",
        "dnf": "dnf install chromium chromedriver",
        "brew": "brew install --cask chromium chromedriver",
    },
)
HEADERS = Need(
    "numbers of system calls against the kernel's headers",
    "the kernel's headers are not installed",
    {"apt": "apt install linux-libc-dev", "dnf": "dnf install kernel-headers"},
)
SHELLS = Need(
    "completion in bash, zsh and fish",
    "bash, zsh and fish are not all installed",
    {"apt": "apt install zsh fish", "dnf": "dnf install zsh fish", "brew": "brew install bash fish"},
)
ROOT = Need("what only root can start", "only root can become another user", {"sudo": "sudo make test"})
NEEDS = (BUBBLEWRAP, BROWSER, HEADERS, SHELLS, ROOT)

TORCH = tuple(map(int, version("torch").split(".")[:2]))
"""The installed torch's version, as `(2, 13)`."""

_ELSEWHERE = "for another system: "


def only_where(holds: bool, system: str) -> pytest.MarkDecorator:
    """Return a mark that skips a test unless this is such a system, as `Linux, which forks`."""
    return pytest.mark.skipif(not holds, reason=_ELSEWHERE + system)


def _has_cuda() -> bool:
    """Whether the installed torch is a build with CUDA, which its folder says without an import."""
    torch = find_spec("torch")
    assert torch
    assert torch.origin
    return runpy.run_path(str(Path(torch.origin).with_name("version.py")))["cuda"] is not None


linux = only_where(sys.platform == "linux", "Linux")
without_cuda = only_where(not _has_cuda(), "one with a torch built without CUDA")


def skip_elsewhere(system: str) -> NoReturn:
    """Skip a test that has found that this is not such a system."""
    pytest.skip(_ELSEWHERE + system)


def rarely(parameters: Sequence[pytest.ParameterSet]) -> list[pytest.ParameterSet]:
    """Return parameters of a test that `make test-all` alone tries."""
    return [pytest.param(*each.values, id=each.id, marks=pytest.mark.thorough) for each in parameters]


def mostly(usual: object, *others: object) -> list[pytest.ParameterSet]:
    """Return values of a test's parameter, of which the gate tries the first alone."""
    first, *rest = [pytest.param(value, id=str(value)) for value in (usual, *others)]
    return [first, *rarely(rest)]


@pytest.fixture(scope="session")
def thorough(pytestconfig: pytest.Config) -> bool:
    """Whether this run may take long."""
    return bool(pytestconfig.getoption("thorough"))


# ---- fixtures --------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def bubblewrap() -> str:
    """The path of `bwrap`."""
    return shutil.which("bwrap") or pytest.skip(BUBBLEWRAP.lack)


@pytest.fixture(scope="session")
def chromium() -> tuple[str, str]:
    """The paths of Chromium and of its driver."""
    names = ("chromium", "chromium-browser", "google-chrome")
    browser, driver = next(filter(None, map(shutil.which, names)), None), shutil.which("chromedriver")
    return (browser, driver) if browser and driver else pytest.skip(BROWSER.lack)


@pytest.fixture(scope="session")
def kernel_headers() -> list[Path]:
    """The folders of the kernel's headers for programs: of every processor, and of this one on Debian."""
    general = Path("/usr/include")
    if not (general / "asm-generic" / "unistd.h").exists():
        pytest.skip(HEADERS.lack)
    return [general, general / f"{platform.machine()}-linux-gnu"]


@pytest.fixture(scope="session")
def gpu() -> None:
    """A GPU that torch reaches."""
    if not Path("/dev/nvidiactl").exists():  # without one, torch is not imported here
        skip_elsewhere("one with a GPU")
    import torch

    if not torch.cuda.is_available():
        skip_elsewhere("one whose torch reaches its GPU")


def require_shell(name: str) -> None:
    """Skip a test where a shell is not installed."""
    if shutil.which(name) is None:
        pytest.skip(SHELLS.lack)


@pytest.fixture(scope="session")
def root() -> None:
    """This is root, which can become another user."""
    if sys.platform == "win32" or os.geteuid() != 0:
        pytest.skip(ROOT.lack)


_DAC_OVERRIDE = 1 << 1 | 1 << 2
"""CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH of linux/capability.h, by which root reads what it may not."""


@pytest.fixture
def no_override() -> Iterator[None]:
    """Permissions of files hold, for root too: this thread does without what overrides them, `man 2 capset`."""
    if os.geteuid() != 0:
        yield
        return
    libc = ctypes.CDLL(None, use_errno=True)
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)  # _LINUX_CAPABILITY_VERSION_3, this thread
    sets = (ctypes.c_uint32 * 6)()  # effective, permitted, inheritable; then the same of the higher half
    if sys.platform != "linux" or libc.capget(header, sets):
        skip_elsewhere("one where root can do without its rights")
    effective = sets[0]
    sets[0] = effective & ~_DAC_OVERRIDE
    assert libc.capset(header, sets) == 0
    yield
    sets[0] = effective
    assert libc.capset(header, sets) == 0


# ---- the report ------------------------------------------------------------------------------------------


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options of `make test-all` and of CI."""
    parser.addoption(
        "--thorough", action="store_true", help="try rare cases, and larger numbers of what is usual"
    )
    parser.addoption(
        "--nothing-skipped",
        action="store_true",
        help="a test that is skipped fails, unless it is for another kind of system",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what a thorough run alone tries."""
    if not config.getoption("thorough"):
        config.hook.pytest_deselected(items=[item for item in items if item.get_closest_marker("thorough")])
        items[:] = [item for item in items if not item.get_closest_marker("thorough")]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skip into a failure where nothing may be skipped; the processes of xdist report what they made."""
    report = yield
    if (
        item.config.getoption("nothing_skipped")
        and (reason := _reason(report))
        and not reason.startswith(_ELSEWHERE)
    ):
        report.outcome = "failed"
        report.longrepr = f"skipped, and nothing may be: {reason}"
    return report


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> Generator[None]:
    """Print below all else the tests that were not tried, and the command that brings what they lacked."""
    yield
    for line in _not_tried(filter(None, map(_reason, terminalreporter.getreports("skipped")))):
        terminalreporter.write_line(line)
    config = terminalreporter.config
    if config.args_source is config.ArgsSource.TESTPATHS and not config.getoption("thorough"):
        terminalreporter.write_line(
            "not tried: other random values, more of them, and rarer cases (make test-all)"
        )


def _not_tried(reasons: Iterable[str]) -> Iterator[str]:
    """Yield a sentence for each reason why tests were skipped."""
    needs = {need.lack: f" of {need.subject} ({need.command()})" for need in NEEDS}
    for reason, count in Counter(reasons).items():
        rest = needs.get(reason) or (f" {reason}" if reason.startswith(_ELSEWHERE) else f": {reason}")
        yield f"not tried: {count} test{'s' * (count > 1)}{rest}"


def _reason(report: pytest.TestReport) -> str | None:
    """Return why a test was skipped, None where it was not."""
    if report.outcome == "skipped" and isinstance(report.longrepr, tuple):  # an expected failure has none
        return report.longrepr[2].removeprefix("Skipped: ")
    return None
