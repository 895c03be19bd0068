"""The built wheel is all that a learner needs: questions, child scripts, and a program that runs anywhere."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

_REPOSITORY = Path(__file__).parent.parent
_PROJECT = tomllib.loads((_REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel."""
    folder = tmp_path_factory.mktemp("dist")
    command: list[str | Path] = [
        sys.executable,
        "-m",
        "build",
        "--wheel",
        "--no-isolation",
        "--outdir",
        folder,
        _REPOSITORY,
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    (built,) = folder.iterdir()
    return built


def _tracked(folder: str, *suffixes: str) -> set[str]:
    files = (_REPOSITORY / folder).rglob("*")
    return {
        path.relative_to(_REPOSITORY).as_posix()
        for path in files
        if path.suffix in suffixes and "__pycache__" not in path.parts
    }


def test_the_wheel_has_the_program_its_child_scripts_and_the_questions(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
    questions = {f"tensordrill/{name}" for name in _tracked("questions", ".yaml", ".json")}
    suffixes = (".py", ".yaml", ".typed", ".css", ".js", ".jinja")
    program = _tracked("tensordrill", *suffixes) | {"tensordrill/py.typed"}
    assert "tensordrill/sandbox/child/zygote.py" in program
    assert names == questions | program


def test_the_installed_wheel_runs_a_quiz_from_another_folder(wheel: Path, tmp_path: Path) -> None:
    python = _empty_environment(tmp_path / "environment")
    _install(wheel, python)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    program = python.parent / "tensordrill"
    shown = _ran([program, "show", "view/flatten-a-transpose@1", "--json", "--answer"], elsewhere)
    expected = json.loads(shown)["expected"]
    played = _ran(
        [program, "quiz", "--json", "--topic", "view/flatten-a-transpose", "--seed", "1"],
        elsewhere,
        json.dumps({"answer": expected}) + "\n",
    )
    events = [json.loads(line) for line in played.splitlines()]
    assert [event.get("outcome", event["event"]) for event in events] == ["question", "correct", "summary"]
    assert list(elsewhere.iterdir()) == []
    where = _ran([python, "-c", "import tensordrill; print(tensordrill.__file__)"], elsewhere)
    assert Path(where.strip()).is_relative_to(tmp_path)


def test_a_wheel_without_what_it_needs_says_what_that_is(wheel: Path, tmp_path: Path) -> None:
    python = _bare_environment(tmp_path / "environment")
    _install(wheel, python)
    done = subprocess.run(
        [python.parent / "tensordrill"], capture_output=True, text=True, timeout=60, check=False
    )
    match = re.fullmatch(
        r"tensordrill: (.*), which it needs, are not installed here; `(.*) -m pip install (.*)` brings them\n",
        done.stderr,
    )
    assert match, done.stderr
    names = [re.split(r"[^\w.-]", each)[0].replace("_", "-") for each in _PROJECT["dependencies"]]
    names.remove("torch")
    assert sorted(match[1].replace("`", "").split(", ")) == sorted(match[3].split()) == sorted(names)
    assert (done.returncode, done.stdout, match[2]) == (1, "", str(python))


def _install(wheel: Path, python: Path) -> None:
    """Install the wheel alone."""
    install: list[str | Path] = [
        sys.executable,
        "-m",
        "pip",
        "--python",
        python,
        "--quiet",
        "--disable-pip-version-check",
    ]
    subprocess.run([*install, "install", "--no-deps", "--no-index", wheel], check=True, timeout=120)


def _bare_environment(folder: Path) -> Path:
    """Make an environment that has nothing; give its Python."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True, timeout=60)
    return folder / "bin" / "python"


def _empty_environment(folder: Path) -> Path:
    """Make an environment that has what tensordrill depends on, but not tensordrill; give its Python."""
    python = _bare_environment(folder)
    ours, theirs = (_packages(path) for path in (Path(sys.executable), python))
    for path in ours.iterdir():
        if not re.match("_*(editable|tensordrill)", path.name):
            (theirs / path.name).symlink_to(path)
    return python


def _packages(python: Path) -> Path:
    (result,) = python.parent.parent.glob("lib/python*/site-packages")
    return result


def _ran(command: list[str | Path], folder: Path, stdin: str = "") -> str:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        command,
        cwd=folder,
        env=environment,
        input=stdin,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout
