"""Fixtures of all tests: no test writes to the real home, and torch is started once."""

from __future__ import annotations

import gc
import os
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tensordrill.bank import load
from tensordrill.bank.ideas import Ideas, load_ideas
from tensordrill.bank.load import Bank
from tensordrill.bank.sources import shipped
from tensordrill.bank.topic import Topic, load_topic
from tensordrill.sandbox.client import Sandbox

pytest_plugins = ("tests.needs", "tests.torch_once.plugin", "pytester")

_SETTINGS = settings(database=None, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("gate", _SETTINGS, derandomize=True, max_examples=20)
settings.register_profile("thorough", _SETTINGS, derandomize=False, print_blob=True)

sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]  # grammars that take jsonschema seconds; no URI is checked
signal.signal(signal.SIGINT, signal.default_int_handler)  # what runs in the background may have it ignored

os.environ["OMP_NUM_THREADS"] = "1"  # several workers share the cores, and whatever they start

LONGEST = (
    "course/test_exploits", "in_process/test_hooks", "test_docs", "questions/test_check", "sandbox/test_client",
    "audit/test_check", "questions/test_answers", "fuzz/test_fuzz", "render/test_screens",
    "cli/test_script_world", "test_machines", "cli/test_check", "render/test_report_in_browser",
    "sandbox/test_harden", "test_needs", "course/test_regrading", "sandbox/test_levels", "sandbox/test_preload",
    "course/test_handout", "cli/test_json_lines", "drill/test_damage", "cli/test_documented",
    "render/test_explanation_in_browser", "course/test_cluster", "test_wheel",
    "render/test_class_pages_in_browser", "render/test_notebook_in_browser", "drill/test_practice",
)  # fmt: skip


def pytest_configure(config: pytest.Config) -> None:
    """Seed random values, but in a thorough run."""
    settings.load_profile("thorough" if config.getoption("thorough") else "gate")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take longest, so that no worker is left alone with one at the end."""
    ranks = {f"tests/{name}.py": rank for rank, name in enumerate(LONGEST)}
    items.sort(key=lambda item: ranks.get(item.nodeid.partition("::")[0], len(ranks)))


def pytest_collection_finish() -> None:
    """Leave what was collected out of all further looking for garbage, which it makes slow; torch is no part of it."""
    if "torch" in sys.modules:
        raise pytest.UsageError(
            "tests import torch in the processes that need it; a module of them does in all"
        )
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def _the_shipped_bank_is_read_once() -> Iterator[None]:
    """What one test has read of the shipped bank is known to those that follow."""
    folder, known, known_ideas = shipped(), cache(load_topic), cache(load_ideas)

    def read(path: Path, bank: str = "") -> Topic:
        return (known if path.parent == folder else load_topic)(path, bank)

    def read_ideas(place: Path) -> Ideas:
        return (known_ideas if place == folder else load_ideas)(place)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(load, "load_topic", read)
        patch.setattr(load, "load_ideas", read_ideas)
        yield


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    """Return an empty folder: the same one until something lies in it, since most tests write nothing."""
    folders = [tmp_path_factory.mktemp("home")]

    def empty() -> Path:
        if any(folders[-1].iterdir()):
            folders.append(tmp_path_factory.mktemp("home"))
        return folders[-1]

    return empty


@pytest.fixture(autouse=True)
def home(homes: Callable[[], Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own for every test: writing to the real one is impossible."""
    folder = homes()
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("TENSORDRILL_HOME", str(folder / "data"))
    ours = ("XDG_", "TENSORDRILL_B", "TENSORDRILL_L", "TENSORDRILL_I")
    for name in [name for name in os.environ if name.startswith(ours)]:
        monkeypatch.delenv(name)
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.setenv(name, "C.UTF-8")
    return folder


@pytest.fixture(scope="module")
def reachable() -> Iterator[Path]:
    """A folder that other users can reach."""
    with tempfile.TemporaryDirectory() as name:
        os.chmod(name, 0o755)  # noqa: S103 (they are started there)
        yield Path(name)


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Sandbox]:
    """One sandbox for all tests that need torch."""
    with Sandbox({}) as opened:
        opened.warm()
        yield opened


@pytest.fixture(scope="session")
def forms() -> Bank:
    """A bank with a question of each form that the shipped questions do without."""
    return Bank(Path(__file__).parent / "forms")


@pytest.fixture(scope="session")
def shipped_bank() -> Bank:
    """The bank that comes with tensordrill."""
    return Bank(shipped())
