"""tensordrill on other systems, as `machines` simulates them: everything is imported, and commands do their work."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import IO, Any

import pytest
from msgspec import Struct

from tensordrill.sandbox.packages import import_folders
from tensordrill.sandbox.protocol import Int, Job, Program, decode_reply, encode
from tensordrill.sandbox.readable import CHILD
from tests.cli.conftest import write_basics
from tests.needs import linux, rarely

pytestmark = linux  # where others are simulated

_MACHINES, _COMMANDS = (Path(__file__).parent / name for name in ("machines.py", "commands.py"))
OF_FORKS = {"tensordrill.sandbox.process", "tensordrill.sandbox.engines.fork"}
"""Modules that only Linux imports."""
NEW_PROCESS_GROUP, NO_WINDOW = 0x200, 0x8000000
GRADE = ["assignment", "grade", "hw1", "handout", "--out", "grades", "--isolation", "none"]
COMMANDS: dict[str, tuple[list[str], str]] = {
    "quiz": (["quiz", "--seed", "3", "--topic", "basics/swap", "--bank", "bank"], "wide\n?\n2,3\n"),
    "quiz --json": (["quiz", "--json", "--topic", "basics/swap", "--bank", "bank"], '{"answer": "3,2"}\n'),
    "quiz --lang": (["quiz", "--lang", "ko", "--topic", "basics/dense", "--bank", "bank"], "아니요\n"),
    "explain": (["explain", "x = torch.arange(6).view(2, 3); x.t().view(-1)"], ""),
    "assignment new": (
        ["assignment", "new", "hw1", "--bank", "bank", "--topic", "basics/column", "-n", "1"],
        "",
    ),
    "assignment build": (["assignment", "build", "hw1", "--out", "handout"], ""),
    "(an answer)": (["replace", "handout/hw1.py", "answer = ...", "answer = v[:, None]"], ""),
    "check": (["check", "handout/hw1.py"], ""),
    "explain FILE": (["explain", "train.py", "--html", "page.html"], ""),
    "doctor": (["doctor"], ""),
    "assignment grade": (GRADE, ""),
    "assignment grade again": (GRADE, ""),
}
ON: dict[str, list[str]] = {"darwin": list(COMMANDS)[:8], "win32": list(COMMANDS)}
"""The folder of each: files are what differs most on Windows."""
RARE = ("quiz --json", "quiz --lang", "doctor", "assignment grade", "assignment grade again")
"""Commands that a smaller run does without: others do much the same, and each starts torch."""
SYSTEMS = [pytest.param("win32", id="win32"), *rarely([pytest.param("darwin", id="darwin")])]
"""macOS lacks less than Windows."""


class Visit(Struct, frozen=True):
    """The results of the commands on one system."""

    system: str
    unimportable: dict[str, str]
    ran: dict[str, dict[str, Any]]
    started: list[dict[str, Any]]


@pytest.fixture(scope="module")
def visits(tmp_path_factory: pytest.TempPathFactory, thorough: bool) -> Callable[[str], Visit]:
    @cache
    def visited(system: str) -> Visit:
        names = [name for name in ON[system] if thorough or name not in RARE]
        return _visit(system, names, tmp_path_factory.mktemp(system))

    return visited


def _visit(system: str, names: list[str], folder: Path) -> Visit:
    (folder / "bank").mkdir()
    write_basics(folder / "bank")
    (folder / "helper.py").write_text("def join(a, b):\n    return a @ b\n")
    script = 'import helper\nimport torch\nprint("안녕 ✓")\nhelper.join(torch.ones(2, 3), torch.ones(4, 5))\n'
    (folder / "train.py").write_text(script, encoding="utf-8")
    ours = {
        "HOME": str(folder),
        "TENSORDRILL_HOME": str(folder / "data"),
        "COLUMNS": "80",
        "TENSORDRILL_ISOLATION": "none",
    }
    command: list[str | Path] = [sys.executable, "-X", "warn_default_encoding", _MACHINES, system, _COMMANDS]
    done = subprocess.run(
        [*command, json.dumps([COMMANDS[name] for name in names])],
        cwd=folder,
        env={**os.environ, **ours, "PYTHONWARNINGS": "ignore"},
        capture_output=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    results = json.loads(done.stdout)
    ran = dict(zip(names, results["ran"], strict=True))
    return Visit(system, results["unimportable"], ran, results["started"])


@pytest.mark.parametrize("system", SYSTEMS)
def test_all_is_imported_but_what_forks(visits: Callable[[str], Visit], system: str) -> None:
    unimportable = visits(system).unimportable
    assert set(unimportable) == (OF_FORKS if system == "win32" else set()), unimportable


WORDS = {
    "quiz": (0, "It is (3, 2)"),
    "quiz --json": (0, '"outcome":"correct"'),
    "quiz --lang": (0, "맞습니다"),
    "explain": (1, "reshape copies, and works."),
    "assignment new": (0, "hw1/assignment.yaml: 1 question"),
    "assignment build": (0, "handout: 1 hand-out"),
    "(an answer)": (0, ""),
    "check": (0, "1 of 1 point"),
    "explain FILE": (1, "page.html"),
    "doctor": (0, "spawn: whole processes, started in advance"),
    "assignment grade": (0, "1 of 1 point on average"),
    "assignment grade again": (0, "1 of 1 point on average"),
}


@pytest.mark.parametrize(
    ("system", "command"),
    [
        *(pytest.param("win32", name, id=f"win32-{name}") for name in ON["win32"] if name not in RARE),
        *rarely([pytest.param("win32", name, id=f"win32-{name}") for name in RARE]),
        *rarely([pytest.param("darwin", name, id=f"darwin-{name}") for name in ON["darwin"]]),
    ],
)
def test_a_command_does_its_work(visits: Callable[[str], Visit], system: str, command: str) -> None:
    ran = visits(system).ran[command]
    code, words = WORDS[command]
    assert (ran["code"], ran["err"]) == (code, "")
    assert words in ran["out"]


def test_on_windows_a_process_gets_no_ctrl_c_and_ends_with_what_it_started(
    visits: Callable[[str], Visit],
) -> None:
    started = visits("win32").started
    assert {process["flags"] for process in started} == {NEW_PROCESS_GROUP | NO_WINDOW}
    ended = {process["command"][-1] for process in started if process["command"][0].endswith("taskkill.exe")}
    assert ended == {str(process["pid"]) for process in started if "zygote.py" in str(process["command"])}


@pytest.mark.thorough
def test_on_macos_a_process_has_a_session_of_its_own(visits: Callable[[str], Visit]) -> None:
    assert {(process["session"], process["flags"]) for process in visits("darwin").started} == {(True, 0)}


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_process_ends_with_its_parent_even_within_a_program(system: str) -> None:
    config = {"mode": "serve", "path": [], "packages": import_folders(), "readable": [], "preloaded": False}
    command: list[str | Path] = [
        sys.executable,
        "-S",
        _MACHINES,
        system,
        CHILD / "zygote.py",
        json.dumps(config),
    ]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as server:
        assert server.stdin
        assert server.stdout
        assert b'"event": "ready"' in _body(server.stdout)
        programs = (Program(ask="1"), Program(code="while True: pass"))
        job = encode(Job(programs))
        server.stdin.write(len(job).to_bytes(4, "big") + job)
        server.stdin.flush()
        assert decode_reply(_body(server.stdout)).observation.value == Int(v="1")
        server.stdin.close()
        assert server.wait(60) == 0


def _body(stream: IO[bytes]) -> bytes:
    return stream.read(int.from_bytes(stream.read(4), "big"))
