"""`tensordrill explain`: code, addresses, scripts, lines at a prompt, notebooks; and what is not a program."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from .conftest import Terminal, run

FLATTENED = "x = torch.arange(6).view(2, 3)\ny = x.t().view(-1)"


def steps(*words: str, **options: Any) -> dict[str, Any]:
    ran = run("explain", "--json", *words, **options)
    assert ran.err == ""
    found: dict[str, Any] = json.loads(ran.out)
    return found


def test_each_call_is_a_step_and_the_failing_one_is_named() -> None:
    found = steps(FLATTENED)
    assert [(step["expression"], step["memory"], step["of"]) for step in found["steps"]] == [
        ("torch.arange(6)", "new", None),
        ("torch.arange(6).view(2, 3)", "view", "torch.arange(6)"),
        ("x", "same", "torch.arange(6).view(2, 3)"),
        ("x.t()", "view", "x"),
    ]
    error = found["error"]
    assert (error["line"], error["expression"], error["type"]) == (2, "x.t().view(-1)", "RuntimeError")
    assert [(each["expression"], each["shape"], each["stride"]) for each in error["operands"]][:1] == [
        ("x.t()", [3, 2], [1, 3])
    ]
    assert error["reason"]


@pytest.mark.parametrize(
    ("words", "given", "last"),
    [
        pytest.param(["-"], "a = torch.ones(2)\na + 1\n", "a + 1", id="standard input"),
        pytest.param(["    a = torch.ones(2)\n    a * 2"], "", "a * 2", id="indented code"),
        pytest.param(["view/down-the-columns@3"], "", "v.view(4, 2).t()", id="an address"),
        pytest.param(["a = torch.ones(2); b = a[:1]"], "", "a[:1]", id="two statements a line"),
    ],
)
def test_where_a_program_comes_from(words: list[str], given: str, last: str) -> None:
    assert steps(*words, stdin=given)["steps"][-1]["expression"] == last


@pytest.mark.parametrize(
    ("code", "type_", "line", "exit_code"),
    [
        pytest.param("x = torch.ones(2\n", "SyntaxError", 1, 1, id="a syntax error"),
        pytest.param("a = torch.ones(2)\nwhile True: pass", "timeout", None, 1, id="endless"),
        pytest.param("import os\nos._exit(0)", "crashed", None, 1, id="ends its process"),
        pytest.param("import sys\nsys.exit(3)", "SystemExit", 2, 1, id="exits"),
        pytest.param("x = torch.ones(10**13)", "RuntimeError", 1, 1, id="too large for memory"),
        pytest.param("for i in range(10**5): print('x' * 1000)", None, None, 0, id="prints a flood"),
        pytest.param("", None, None, 0, id="nothing"),
    ],
)
def test_what_is_no_good_program_ends_with_a_sentence(
    code: str, type_: str | None, line: int | None, exit_code: int
) -> None:
    ran = run("explain", "--seconds", "3", "--json", "-", stdin=code)
    found = json.loads(ran.out)
    error = found["error"] or {"type": None, "line": None}
    assert (error["type"], error["line"], ran.code, ran.err) == (type_, line, exit_code, "")
    assert len(ran.out) < 1_000_000
    assert "Traceback" not in run("explain", "--seconds", "3", "-", stdin=code).out


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A script of the user's own, with a module and a file of data beside it."""
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "__init__.py").touch()
    (tmp_path / "parts" / "net.py").write_text(
        "import torch\n\n\nclass Net(torch.nn.Module):\n    def __init__(self, width):\n"
        "        super().__init__()\n        self.out = torch.nn.Linear(width, 2)\n\n"
        "    def forward(self, x):\n        return self.out(x.flatten(1))\n",
        encoding="utf-8",
    )
    (tmp_path / "width.txt").write_text("5", encoding="utf-8")
    (tmp_path / "train.py").write_text(
        "import sys\n\nimport torch\nfrom parts.net import Net\n\n"
        "width = int(sys.argv[1]) if sys.argv[1:] else int(open('width.txt').read())\n"
        "if __name__ == '__main__':\n    print(Net(width)(torch.ones(4, 3, 2)).shape)\n",
        encoding="utf-8",
    )
    return tmp_path


def test_a_failing_script_is_explained_however_deep(project: Path) -> None:
    ran = run("explain", "train.py", cwd=project)
    assert (ran.code, ran.err) == (1, "")
    assert "self.out(x.flatten(1))" in ran.out
    assert "parts/net.py:10\n" in ran.out
    assert "mat1 and mat2" in ran.out


def test_a_script_has_its_arguments_and_says_that_it_ended(project: Path) -> None:
    ran = run("explain", "train.py", "6", cwd=project)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("train.py ran to its end: ")
    assert "torch.ones(4, 3, 2)" in run("explain", "--steps", "train.py", "6", cwd=project).out


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        pytest.param(
            ["nowhere.py"],
            1,
            "tensordrill: nowhere.py: the script cannot be read: No such file or directory\n",
            id="no such script",
        ),
        pytest.param(
            ["view/flatten-a-transposes"],
            1,
            "tensordrill: there is no question `view/flatten-a-transposes`; did you mean "
            "`view/flatten-a-transpose`?\n",
            id="no such question",
        ),
    ],
)
def test_what_cannot_be_explained(words: list[str], code: int, said: str) -> None:
    ran = run("explain", *words)
    assert (ran.code, ran.err) == (code, said)


def test_arguments_belong_to_scripts() -> None:
    ran = run("explain", "a = 1", "b")
    assert ran.code == 2
    assert "only a FILE takes arguments; put CODE in quotes" in ran.err


def test_a_page_is_written(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    ran = run("explain", "x = torch.ones(2)[:1]", "--html", str(page))
    assert (ran.code, ran.out, ran.err) == (0, f"{page}\n", "")
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_lines_at_a_prompt_keep_what_they_made() -> None:
    with Terminal("explain") as terminal:
        terminal.until("Type a line")
        terminal.answer("x = torch.arange(6).view(2, 3)")
        terminal.until("view of torch.arange(6)")
        terminal.answer("x.t().view(-1)")
        terminal.until("RuntimeError")
        terminal.answer("x[:, 1:]")
        terminal.until("offset 1")
        terminal.answer(":q")
        assert terminal.end() == 0


_NOTEBOOK = """
from IPython.core.interactiveshell import InteractiveShell
shell = InteractiveShell.instance()
shell.run_line_magic("load_ext", "tensordrill")
shown = shell.run_cell_magic("explain", "{line}", "x = torch.arange(4).view(2, 2)[:, 1]\\n")
print(shown)
print(shown._repr_html_())
"""


@pytest.mark.parametrize(("line", "word"), [("", "offset 1"), ("ko", "새 메모리")], ids=["english", "korean"])
def test_a_cell_of_a_notebook_is_explained(line: str, word: str) -> None:
    command = [sys.executable, "-c", _NOTEBOOK.format(line=line)]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    assert word in ran.stdout
    assert "<section" in ran.stdout


def test_python_gives_the_same(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-c",
        "import tensordrill; print(tensordrill.explain('x = torch.ones(2)[1:]'))",
    ]
    ran = subprocess.run(command, capture_output=True, text=True, check=True, cwd=tmp_path)
    assert "offset 1" in ran.stdout
