"""The report of tests that the system has no part for, and the option by which they fail a run."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import LONGEST
from tests.needs import BROWSER, BUBBLEWRAP, NEEDS, ROOT, Need, only_where, rarely

PROJECT = Path(__file__).parent.parent
SUITE = """
import pytest
from tests.needs import only_where, skip_elsewhere

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
ELSEWHERE = ["not tried: 1 test for another system: Linux 7", "not tried: 1 test for another system: Windows"]
COULD_BE = [
    "not tried: 1 test: no reason",
    "not tried: 2 tests of isolation with bubblewrap (apt install bubblewrap)",
]


@pytest.fixture
def suite(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """A suite of these tests, on a system without any program."""
    pytester.makepyfile(SUITE)
    monkeypatch.setenv("PYTHONPATH", str(PROJECT))
    monkeypatch.setenv("PATH", str(pytester.path))
    return pytester


def not_tried(ran: pytest.RunResult) -> list[str]:
    """Return the lines that stand right above the last one, in order."""
    lines = [line for line in ran.outlines if line.startswith("not tried")]
    assert ran.outlines[-1 - len(lines) : -1] == lines
    return sorted(lines)


@pytest.mark.parametrize("processes", ["2", *rarely([pytest.param("0")])])
def test_the_last_lines_say_what_was_not_tried(suite: pytest.Pytester, processes: str) -> None:
    ran = suite.runpytest_subprocess("-p", "tests.needs", "-n", processes)
    ran.assert_outcomes(passed=1, skipped=5, xfailed=1)
    assert ran.ret == 0
    assert not_tried(ran) == ELSEWHERE + COULD_BE


@pytest.mark.parametrize("processes", ["2", *rarely([pytest.param("0")])])
def test_a_skip_that_could_be_helped_fails_where_nothing_may_be_skipped(
    suite: pytest.Pytester, processes: str
) -> None:
    ran = suite.runpytest_subprocess("-p", "tests.needs", "-n", processes, "--nothing-skipped")
    ran.assert_outcomes(passed=1, skipped=2, xfailed=1, errors=3)
    assert ran.ret == 1
    assert not_tried(ran) == ELSEWHERE
    failures = [line for line in ran.outlines if line.startswith("skipped, and nothing may be: ")]
    assert {line.partition(": ")[2] for line in failures} == {BUBBLEWRAP.lack, "no reason"}


@pytest.mark.parametrize(
    ("options", "tried"),
    [
        pytest.param([], ["usual", "small"], id="usually"),
        pytest.param(["--thorough"], ["usual", "rare", "large"], id="thorough"),
    ],
)
def test_what_is_rare_is_tried_by_a_thorough_run_alone(
    options: list[str], tried: list[str], suite: pytest.Pytester
) -> None:
    suite.makepyfile(
        """
        import pytest
        from tests.needs import rarely

        @pytest.mark.parametrize("what", ["usual", *rarely([pytest.param("rare")])])
        def test_one(what):
            print(what)

        def test_size(thorough):
            print("large" if thorough else "small")
        """
    )
    ran = suite.runpytest_subprocess("-p", "tests.needs", "-s", "-q", "-n0", *options)
    assert [line.lstrip(".") for line in ran.outlines if line.lstrip(".").isalpha()] == tried


@pytest.mark.parametrize(
    ("need", "programs", "command"),
    [
        pytest.param(BUBBLEWRAP, ["dnf"], "dnf install bubblewrap", id="fedora"),
        pytest.param(BROWSER, ["brew"], "brew install --cask chromium chromedriver", id="macos"),
        pytest.param(BUBBLEWRAP, ["brew"], "apt install bubblewrap", id="no-package-there"),
        pytest.param(BUBBLEWRAP, [], "apt install bubblewrap", id="nothing-known"),
        pytest.param(ROOT, [], "sudo make test", id="no-package-at-all"),
    ],
)
def test_the_command_is_the_systems(
    need: Need, programs: list[str], command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in programs:
        (tmp_path / name).touch(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert need.command() == command


@pytest.mark.parametrize("need", NEEDS, ids=lambda need: need.subject)
def test_the_page_and_the_script_of_ci_bring_what_is_needed(need: Need) -> None:
    page = (PROJECT / "docs" / "development.md").read_text(encoding="utf-8")
    script = (PROJECT / ".ci" / "run").read_text(encoding="utf-8")
    for program, command in need.commands.items():
        assert f"`{command}`" in page
        if program in ("apt", "dnf"):
            packages = command.split()[2:]
            assert set(packages) <= set(_packages(script, program))


def _packages(script: str, program: str) -> list[str]:
    """Return what the script brings with a package manager."""
    (line,) = [line for line in script.splitlines() if line.strip().startswith(f"{program}=(")]
    return line.strip().removeprefix(f"{program}=(").removesuffix(")").split()


@only_where(sys.platform != "win32", "one with a shell")
@pytest.mark.parametrize(
    ("words", "variables", "called"),
    [
        pytest.param([], {"CI": "true"}, "make test OPTIONS=--nothing-skipped", id="in-ci"),
        pytest.param([], {}, "make test", id="elsewhere"),
        pytest.param(["test-all"], {}, "make test-all", id="another-target"),
    ],
)
def test_the_script_goes_on_where_nothing_can_be_brought(
    words: list[str], variables: dict[str, str], called: str, tmp_path: Path
) -> None:
    for program in ("bash", "dirname", "id"):
        (tmp_path / program).symlink_to(shutil.which(program) or "")
    for program, does in {"apt-get": "exit 100", "make": 'echo "make $*"'}.items():
        (tmp_path / program).write_text(f"#!/bin/sh\n{does}\n")
        (tmp_path / program).chmod(0o755)
    command = ["bash", str(PROJECT / ".ci" / "run"), *words]
    ran = subprocess.run(
        command, env={"PATH": str(tmp_path), **variables}, capture_output=True, text=True, check=True
    )
    assert (ran.stdout.splitlines()[-1], ran.stderr) == (called, "")


@pytest.mark.usefixtures("no_override")
def test_permissions_hold_without_what_overrides_them(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.touch(0)
    with pytest.raises(PermissionError):
        closed.read_bytes()


def test_the_files_that_take_longest_are_there() -> None:
    assert [name for name in LONGEST if not (Path(__file__).parent / f"{name}.py").exists()] == []
