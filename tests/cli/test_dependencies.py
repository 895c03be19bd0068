"""A package that is not installed is named in one sentence, wherever it is needed first."""

from __future__ import annotations

import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pexpect
import pytest

from tensordrill.cli.dependencies import missing_sentence
from tests.needs import rarely

from .conftest import run_process

_PROJECT = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))[
    "project"
]
DEPENDENCIES = [re.split(r"[^\w.-]", requirement)[0] for requirement in _PROJECT["dependencies"]]
IN_THE_LAB = {"torch", "numpy"}
NEEDED_BY = {
    "fsrs": ["quiz", "--bank", "."],
    "platformdirs": ["doctor"],
    "jinja2": ["show", "view/flatten-a-transpose@1"],
    "packaging": ["topics", "--bank", "."],
}
FOR_A_VERSION = """\
format: 1
topic: newest
title: Newest
questions:
  - {id: one, torch: ">=2.0", given: x = 1, ask: x}
"""
IN_A_TERMINAL = {"prompt_toolkit": ["quiz"], "pygments": ["quiz"]}
BLOCKED = """
import sys

blocked = sys.argv.pop(1).split()

class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in blocked:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Blocked())
from tensordrill.__main__ import main
main()
"""


def modules_of(distribution: str) -> list[str]:
    """Return the names by which what a distribution brings is imported."""
    return [
        module
        for module, distributions in packages_distributions().items()
        if distribution.lower() in (name.lower() for name in distributions)
    ]


_FIRST, *_OTHERS = sorted({*DEPENDENCIES} - IN_THE_LAB - {*IN_A_TERMINAL})


@pytest.mark.parametrize("package", [_FIRST, *rarely([pytest.param(name, id=name) for name in _OTHERS])])
def test_a_command_names_the_package_that_it_needs(package: str, tmp_path: Path) -> None:
    modules = modules_of(package)
    command = [sys.executable, "-c", BLOCKED, " ".join(modules)]
    (tmp_path / "newest.yaml").write_text(FOR_A_VERSION, encoding="utf-8")
    ran = run_process(
        *NEEDED_BY.get(package, ["topics"]),
        program=tuple(command),
        cwd=tmp_path,
        TENSORDRILL_HOME="",
        stdin="1\n",
    )
    match = re.fullmatch(
        r"tensordrill: the module `(\w+)`, which it needs, is not installed here; install tensordrill again\n",
        ran.err,
    )
    assert match, ran.err
    assert match[1] in modules
    assert ran.code == 1


@pytest.mark.parametrize("package", IN_A_TERMINAL)
def test_a_round_in_a_terminal_names_the_package_that_it_needs(package: str) -> None:
    arguments = ["-c", BLOCKED, package, *IN_A_TERMINAL[package], "--topic", "view/join-the-heads"]
    with pexpect.spawn(
        sys.executable, arguments, encoding="utf-8", timeout=60, dimensions=(50, 120)
    ) as terminal:
        terminal.expect(
            f"tensordrill: the module `{package}`, which it needs, is not installed here; .*again\r\n"
        )
        terminal.expect(pexpect.EOF)
    assert terminal.exitstatus == 1


@pytest.mark.parametrize(
    "module", ["tensordrill.cli.nothing", None], ids=["a-module-of-our-own", "no-module"]
)
def test_what_is_no_package_is_a_bug(module: str | None) -> None:
    assert missing_sentence(ModuleNotFoundError("No module", name=module)) is None
