"""`tensordrill explain`: code, addresses, scripts, lines at a prompt, notebooks; and what is not a program."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbclient
import nbformat
import pytest

from tensordrill.cli.explain_script import modules_of
from tensordrill.sandbox.protocol import Observation
from tensordrill.sandbox.trace import Place, TensorFact, Trace, TracedStep

from .conftest import Terminal, run

FLATTENED = "x = torch.arange(6).view(2, 3)\ny = x.t().view(-1)"


def steps(*words: str, **options: Any) -> dict[str, Any]:
    ran = run("explain", "--json", *words, **options)
    assert ran.err == ""
    event: dict[str, Any] = json.loads(ran.out)
    return event


def test_each_call_is_a_step_and_the_failing_one_is_named() -> None:
    shown_steps = steps(FLATTENED)
    assert [(step["expression"], step["memory"], step["of"]) for step in shown_steps["steps"]] == [
        ("torch.arange(6)", "new", None),
        ("torch.arange(6).view(2, 3)", "view", "torch.arange(6)"),
        ("x", "same", "torch.arange(6).view(2, 3)"),
        ("x.t()", "view", "x"),
    ]
    error = shown_steps["error"]
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
        pytest.param("import time\ntime.sleep(1000)", "timeout", None, 1, id="endless"),
        pytest.param("import os\nos._exit(0)", "crashed", None, 1, id="ends its process"),
        pytest.param("import sys\nsys.exit(3)", "SystemExit", 2, 1, id="exits"),
        pytest.param("import sys\nsys.exit(0)", None, None, 0, id="exits well"),
        pytest.param("raise SystemExit", None, None, 0, id="just ends"),
        pytest.param("input()", "EOFError", 1, 1, id="asks"),
        pytest.param("x = torch.ones(10**13)", "RuntimeError", 1, 1, id="too large for memory"),
        pytest.param("for i in range(10**5): print('x' * 1000)", None, None, 0, id="prints a flood"),
        pytest.param("", None, None, 0, id="nothing"),
    ],
)
def test_what_is_no_good_program_ends_with_a_sentence(
    code: str, type_: str | None, line: int | None, exit_code: int
) -> None:
    ran = run("explain", "--seconds", "3", "--json", "-", stdin=code)
    event = json.loads(ran.out)
    error = event["error"] or {"type": None, "line": None}
    assert (error["type"], error["line"], ran.code, ran.err) == (type_, line, exit_code, "")
    assert len(ran.out) < 1_000_000
    assert "Traceback" not in run("explain", "--seconds", "3", "-", stdin=code).out


@pytest.fixture(scope="module")
def scripts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The one folder of scripts, for which torch is started once."""
    return tmp_path_factory.mktemp("scripts")


@pytest.fixture
def folder(scripts: Path) -> Path:
    """That folder, without the files of the test before."""
    for path in scripts.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
    return scripts


@pytest.fixture
def project(folder: Path) -> Path:
    """A script of the user's own, with a module and a file of data beside it."""
    (folder / "parts").mkdir()
    (folder / "parts" / "__init__.py").touch()
    (folder / "parts" / "net.py").write_text(
        "import torch\n\n\nclass Net(torch.nn.Module):\n    def __init__(self, width):\n"
        "        super().__init__()\n        self.out = torch.nn.Linear(width, 2)\n\n"
        "    def forward(self, x):\n        return self.out(x.flatten(1))\n",
        encoding="utf-8",
    )
    (folder / "width.txt").write_text("5", encoding="utf-8")
    (folder / "train.py").write_text(
        "import sys\n\nimport torch\nfrom parts.net import Net\n\n"
        "width = int(sys.argv[1]) if sys.argv[1:] else int(open('width.txt').read())\n"
        "if __name__ == '__main__':\n    print(Net(width)(torch.ones(4, 3, 2)).shape)\n",
        encoding="utf-8",
    )
    return folder


def plain(text: str) -> str:
    """Return what was printed without the blanks at the ends of lines."""
    return "".join(line.rstrip() + "\n" for line in text.splitlines())


DEEP = {
    "en": """
  10          return self.out(x.flatten(1))                         parts/net.py
      x.flatten(1)  (4, 6)  stride (6, 1)  view of x, float32

 ✗  self.out(x.flatten(1))                         RuntimeError  parts/net.py:10
      in out (Linear) of Net
      called by Net(width)(torch.ones(4, 3, 2)) in line 8 of the program
      x.flatten(1)  (4, 6)  stride (6, 1)  float32
      weight        (2, 5)  stride (5, 1)  float32

        x.flatten(1)  4  6
        weight.mT        5  2
                         ✗ 6 against 5: these two have to be equal

    Linear takes 5 features in the last dim: its weight is (2, 5), (out, in).
    The last dim of x.flatten(1) (4, 6) is 6.

    6 = 3·2: x.flatten(1) in line 10, from (4, 3, 2).
    nn.Linear(6, 2) would take it.

    RuntimeError: mat1 and mat2 shapes cannot be multiplied (4x6 and 5x2)

""",
    "ko": """
  10          return self.out(x.flatten(1))                         parts/net.py
      x.flatten(1)  (4, 6)  stride (6, 1)  x의 view, float32

 ✗  self.out(x.flatten(1))                         RuntimeError  parts/net.py:10
      Net의 out (Linear)
      호출 순서: 프로그램의 8번째 줄 Net(width)(torch.ones(4, 3, 2))
      x.flatten(1)  (4, 6)  stride (6, 1)  float32
      weight        (2, 5)  stride (5, 1)  float32

        x.flatten(1)  4  6
        weight.mT        5  2
                         ✗ 6 ≠ 5: 두 크기가 같아야 합니다

    Linear의 weight는 (2, 5), 즉 (out, in)이므로 입력의 마지막 dim은 5이어야
    합니다. x.flatten(1) (4, 6)의 마지막 dim은 6입니다.

    6 = 3·2: 10번째 줄의 x.flatten(1), 원래 shape는 (4, 3, 2)입니다.
    이 입력은 nn.Linear(6, 2)에 맞습니다.

    RuntimeError: mat1 and mat2 shapes cannot be multiplied (4x6 and 5x2)

""",
}


@pytest.mark.parametrize(("language", "shown"), DEEP.items(), ids=DEEP)
def test_a_failing_script_is_explained_however_deep(language: str, shown: str, project: Path) -> None:
    ran = run("explain", "train.py", "--lang", language, cwd=project)
    assert (ran.code, plain(ran.out), ran.err) == (1, shown, "")


ECHO = "import sys\nprint(sys.argv[1:])\nsys.exit(len(sys.argv) - 1)\n"


@pytest.mark.parametrize(
    ("words", "arguments"),
    [
        pytest.param(["--epochs", "2", "-v", "--lr=0.1"], ["--epochs", "2", "-v", "--lr=0.1"], id="options"),
        pytest.param(
            ["--json", "x", "--", "--json", "--help"], ["x", "--json", "--help"], id="names of ours"
        ),
    ],
)
def test_a_script_has_options_of_its_own(words: list[str], arguments: list[str], folder: Path) -> None:
    (folder / "train.py").write_text(ECHO, encoding="utf-8")
    shown_steps = steps("train.py", *words, cwd=folder)
    assert (shown_steps["stdout"], shown_steps["error"]["message"]) == (f"{arguments}\n", str(len(arguments)))


def test_json_and_pages_show_a_modules_lines(project: Path) -> None:
    shown_steps = steps("train.py", cwd=project)
    assert [(step["line"], step.get("file")) for step in shown_steps["steps"]] == [
        (8, None),
        (10, "parts/net.py"),
        (10, "parts/net.py"),
    ]
    assert (shown_steps["error"]["line"], shown_steps["error"]["file"]) == (10, "parts/net.py")
    assert run("explain", "train.py", "--html", "page.html", cwd=project).err == ""
    page = (project / "page.html").read_text(encoding="utf-8")
    assert "<code>        return self.out(x.flatten(1))</code><small>parts/net.py</small>" in page


def test_only_the_last_round_of_a_failing_line_is_shown(folder: Path) -> None:
    (folder / "train.py").write_text(
        "import torch\nfor n in (2, 2, 3):\n    x = torch.ones(n)\n    (x * 2).view(2)\n    x.sum()\n",
        encoding="utf-8",
    )
    ran = run("explain", "train.py", cwd=folder)
    assert plain(ran.out).split("\n\n")[0] == (
        "\n   4      (x * 2).view(2)\n"
        "      x * 2  (3,)  stride (1,)  new memory, float32\n             [2., 2., 2.]"
    )


BROKEN = """
   2  x = torch.ones(2 3)                                           parts/net.py
                     ^^^

 ✗  2 3                                              SyntaxError  parts/net.py:2

    SyntaxError: invalid syntax. Perhaps you forgot a comma?

"""


def test_python_that_a_module_is_not_is_pointed_at(project: Path) -> None:
    (project / "parts" / "net.py").write_text("import torch\nx = torch.ones(2 3)\n", encoding="utf-8")
    ran = run("explain", "train.py", cwd=project)
    assert (ran.code, plain(ran.out), ran.err) == (1, BROKEN, "")


def test_a_file_is_read_as_python_reads_it(project: Path) -> None:
    (project / "parts" / "net.py").write_bytes(
        "# coding: latin-1\nimport torch\nclass Net:\n    def __init__(self, width): pass\n"
        "    def __call__(self, x): return x.view(7), 'é'\n".encode("latin-1")
    )
    ran = run("explain", "train.py", cwd=project)
    assert "   5      def __call__(self, x): return x.view(7), 'é'  " in ran.out


COMPILED = """
   3  "가나"; return x
              ^^^^^^^^

 ✗  return x                                                 SyntaxError  line 3

    SyntaxError: 'return' outside function

"""


def test_what_python_cannot_compile_is_pointed_at_in_any_file(folder: Path) -> None:
    (folder / "학습 (2).py").write_text('x = 1\n\n"가나"; return x\n', encoding="utf-8")
    ran = run("explain", "학습 (2).py", cwd=folder)
    assert (ran.code, plain(ran.out), ran.err) == (1, COMPILED, "")


@pytest.mark.parametrize("name", "torch nn F np math changed raised warned shares_memory".split())
def test_a_file_has_no_name_that_it_did_not_import(name: str, folder: Path) -> None:
    (folder / "train.py").write_text(f"print({name})\n", encoding="utf-8")
    error = steps("train.py", cwd=folder)["error"]
    assert (error["type"], error["message"], error["expression"], error["line"]) == (
        "NameError",
        f"name '{name}' is not defined",
        name,
        1,
    )


def test_a_line_of_code_has_names_that_it_did_not_import_and_none_of_ours() -> None:
    names = "F __builtins__ __name__ changed math nn np shares_memory torch x".split()
    assert steps("x = 1\nprint(*dir())")["stdout"].split() == names


def seen_in(*files: str) -> Observation:
    """Return what a process reports of steps in these files."""
    tensor = TensorFact((), "float32", "cpu")
    return Observation(
        trace=Trace(tuple(TracedStep(Place(1, 0, 1, 1, file), tensor, "new") for file in files))
    )


def test_no_file_outside_of_the_scripts_folder_is_read(tmp_path: Path) -> None:
    folder = tmp_path / "project"
    (folder / "parts").mkdir(parents=True)
    for name in ("project/own.py", "project/data.txt", "outside.py"):
        (tmp_path / name).write_text("x = 1\n", encoding="utf-8")
    (folder / "linked.py").symlink_to(tmp_path / "outside.py")
    (folder / "loop.py").symlink_to("loop.py")
    (folder / "large.py").write_bytes(b"#" * 4_000_001)
    (folder / "bytes.py").write_bytes(b"x = '\xff'\n")
    os.mkfifo(folder / "pipe.py")
    names = (
        "own.py data.txt linked.py loop.py large.py bytes.py pipe.py none.py parts ../outside.py own.py/x.py"
    )
    files = [
        *(f"{folder}/{name}" for name in names.split()),
        f"{folder}/nul\0.py",
        f"{folder}/{'n' * 300}.py",
    ]
    assert modules_of(seen_in(*files), folder) == {f"{folder}/own.py": "x = 1\n"}


def test_a_script_has_its_arguments_and_says_that_it_ended(project: Path) -> None:
    ran = run("explain", "train.py", "6", cwd=project)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("train.py ran to its end: ")
    assert "torch.ones(4, 3, 2)" in run("explain", "--steps", "train.py", "6", cwd=project).out


_COLUMN = """import torch

model = torch.nn.Linear(2, 1)
loss = torch.nn.functional.mse_loss(model(torch.ones(3, 2)), torch.ones(3))
"""


@pytest.mark.parametrize(
    ("language", "words"),
    [
        pytest.param(
            "en", ("ran to its end (", "this is suspicious:", "certain  line 4", "warning  line"), id="en"
        ),
        pytest.param("ko", ("끝까지 실행되었습니다(", "의심스러운", "확실", "경고  "), id="ko"),
    ],
)
def test_a_script_that_ends_well_hears_what_is_suspicious(
    language: str, words: tuple[str, ...], folder: Path
) -> None:
    (folder / "train.py").write_text(_COLUMN, encoding="utf-8")
    ran = run("explain", "train.py", "--lang", language, cwd=folder)
    assert (ran.code, ran.err) == (0, "")
    assert [word for word in words if word not in ran.out] == []


def test_what_is_suspicious_in_a_module_has_its_file(folder: Path) -> None:
    (folder / "losses.py").write_text(
        f"def loss():\n    {_COLUMN.replace(chr(10), chr(10) + '    ')}", "utf-8"
    )
    (folder / "train.py").write_text("from losses import loss\nloss()\n", encoding="utf-8")
    first, *warned = steps("train.py", cwd=folder)["suspicious"]
    assert (first["file"], first["line"], first["kind"]) == ("losses.py", 5, "broadcast")
    assert {(place["file"], place["certainty"]) for place in warned} == {("losses.py", "warned")}
    assert "losses.py:5" in run("explain", "train.py", cwd=folder).out


def test_a_page_shows_what_is_suspicious(folder: Path) -> None:
    (folder / "train.py").write_text(_COLUMN, encoding="utf-8")
    assert run("explain", "train.py", "--html", "page.html", cwd=folder).code == 0
    page = (folder / "page.html").read_text(encoding="utf-8")
    assert '<section class="td-suspicious">' in page
    assert "stretch to (3, 3)" in page


def test_a_program_that_failed_hears_its_warnings(folder: Path) -> None:
    (folder / "train.py").write_text(f"{_COLUMN}x = torch.ones(2) + torch.ones(3)\n", encoding="utf-8")
    shown_steps = steps("train.py", cwd=folder)
    assert shown_steps["error"]["line"] == 5
    assert [(place["line"], place["certainty"]) for place in shown_steps["suspicious"]] == [(4, "warned")]


def test_a_question_is_wrong_on_purpose() -> None:
    code = "output, target = torch.zeros(3, 1), torch.ones(3)\nF.l1_loss(output, target)"
    assert steps(code)["suspicious"] != []
    assert steps("incidents/column-meets-vector@1")["suspicious"] == []


@pytest.mark.parametrize(
    ("words", "code", "message"),
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
def test_what_cannot_be_explained(words: list[str], code: int, message: str) -> None:
    ran = run("explain", *words)
    assert (ran.code, ran.err) == (code, message)


_WAY_OUT = {
    "en": "\n    tensordrill run loads.py -n 2 runs it in a process of its own, where\n"
    "    nothing is refused, and explains what raises.\n\n",
    "ko": "\n    tensordrill run loads.py -n 2: 제한 없이 별도의 프로세스에서 실행하고,\n"
    "    에러가 나면 이유를 보여 줍니다.\n\n",
}


@pytest.mark.parametrize(("lang", "sentence"), _WAY_OUT.items(), ids=_WAY_OUT)
def test_a_script_that_needs_what_is_refused_is_for_run(lang: str, sentence: str, tmp_path: Path) -> None:
    (tmp_path / "loads.py").write_text(
        "import threading\nthreading.Thread(target=print).start()\n", encoding="utf-8"
    )
    words = ("explain", "--lang", lang, "loads.py", "-n", "2")
    ran = run(*words, cwd=tmp_path)
    assert (ran.code, ran.err) == (1, "")
    assert ran.out.endswith(sentence)
    assert "tensordrill run" not in run(*words, "--json", cwd=tmp_path).out


def test_arguments_belong_to_scripts() -> None:
    ran = run("explain", "a = 1", "b")
    assert ran.code == 2
    assert "only a script takes arguments; put CODE in quotes" in ran.err


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


_CELLS = {
    "a function": 'import tensordrill\ntensordrill.explain("x = torch.arange(4).view(2, 2)[:, 1]")',
    "loading": "%load_ext tensordrill",
    "a magic": "%%explain\nx = torch.arange(4).view(2, 2)[:, 1]",
    "a magic in korean": "%%explain ko\nx = torch.ones(2)",
    "an error": 'tensordrill.explain("x = torch.ones(2).view(3)")',
    "printed": 'print(tensordrill.explain("x = torch.arange(4).view(2, 2)[:, 1]"))',
    "shown": 'from IPython.display import display\ndisplay(tensordrill.explain("x = torch.ones(2)"))',
}

Output = tuple[str, str, str]


@pytest.fixture(scope="module")
def outputs() -> dict[str, list[Output]]:
    """The outputs of cells in a kernel: each with its type, its text and its HTML."""
    notebook: Any = nbformat.v4.new_notebook()  # type: ignore[no-untyped-call]
    notebook.cells = [nbformat.v4.new_code_cell(source) for source in _CELLS.values()]  # type: ignore[no-untyped-call]
    nbclient.NotebookClient(notebook, timeout=120, allow_errors=True).execute()
    return {
        name: [_output(each) for each in cell.outputs]
        for name, cell in zip(_CELLS, notebook.cells, strict=True)
    }


def _output(output: Any) -> Output:
    data = output.get("data", {})
    return output.output_type, output.get("text", "") or data["text/plain"], data.get("text/html", "")


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::RuntimeWarning", "ignore::UserWarning")
@pytest.mark.parametrize(
    ("name", "kind", "words"),
    [
        pytest.param("a function", "execute_result", "offset 1", id="a function"),
        pytest.param("a magic", "execute_result", "offset 1", id="a magic"),
        pytest.param("a magic in korean", "execute_result", "새 메모리", id="a magic in korean"),
        pytest.param("an error", "execute_result", "RuntimeError", id="an error"),
        pytest.param("shown", "display_data", "new memory", id="shown"),
    ],
)
def test_a_cell_has_one_output(name: str, kind: str, words: str, outputs: dict[str, list[Output]]) -> None:
    ((type_, text, html),) = outputs[name]
    assert type_ == kind
    assert words in text
    assert words in html
    assert html.startswith("<section")


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::RuntimeWarning", "ignore::UserWarning")
def test_a_cell_that_shows_nothing_has_no_output(outputs: dict[str, list[Output]]) -> None:
    assert outputs["loading"] == []
    ((type_, text, _),) = outputs["printed"]
    assert type_ == "stream"
    assert "offset 1" in text


def test_python_gives_the_same(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-c",
        "import tensordrill; print(tensordrill.explain('x = torch.ones(2)[1:]'))",
    ]
    ran = subprocess.run(command, capture_output=True, text=True, check=True, cwd=tmp_path)
    assert "offset 1" in ran.stdout
