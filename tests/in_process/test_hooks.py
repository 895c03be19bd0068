"""`run`, `install()`, `explaining()` and the pytest plugin, each in a real process of the user's own."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.cli.conftest import Ran, run_process
from tests.needs import rarely

from .forked import Forked

_EXPLANATION = {
    "en": """
{number:>4}  {line:{room}}  {file}

 ✗  {code:{left}}  RuntimeError  {file}:{number}
      a  (2, 3)  stride (3, 1)  float32

    a (2, 3) has 6 elements; (4, 4) needs 16.

    RuntimeError: shape '[4, 4]' is invalid for input of size 6

""",
    "ko": """
{number:>4}  {line:{room}}  {file}

 ✗  {code:{left}}  RuntimeError  {file}:{number}
      a  (2, 3)  stride (3, 1)  float32

    a (2, 3)의 원소는 6개입니다. (4, 4)에는 원소 16개가 필요합니다.

    RuntimeError: shape '[4, 4]' is invalid for input of size 6

""",
}


def _explanation(number: int, line: str = "a.view(4, 4)", lang: str = "en", file: str = "train.py") -> str:
    """Return the whole explanation of `a.view(4, 4)`, for an `a` of shape (2, 3)."""
    where = f"RuntimeError  {file}:{number}"
    return _EXPLANATION[lang].format(
        number=number, line=line, file=file, room=72 - len(file), code="a.view(4, 4)", left=74 - len(where)
    )


class Row(NamedTuple):
    """A program, and what follows below its traceback."""

    source: str
    explained: str
    code: int = 1
    lang: str = "en"


_A = "import torch\na = torch.ones(2, 3)\n"
_INSTALLED = "import tensordrill\ntensordrill.install()\n" + _A
_ROWS = {
    "uncaught": Row(_A + "a.view(4, 4)\n", _explanation(3)),
    "uncaught, in Korean": Row(_A + "a.view(4, 4)\n", _explanation(3, lang="ko"), lang="ko"),
    "caught": Row(_A + "try:\n    a.view(4, 4)\nexcept RuntimeError:\n    pass\n", "", 0),
    "a cause": Row(
        _A + "try:\n    a.view(4, 4)\nexcept RuntimeError as error:\n    raise ValueError from error\n",
        _explanation(4, "    a.view(4, 4)"),
    ),
    "no tensor": Row(_A + "{}[1]\n", ""),
    "without torch": Row(
        "import atexit, sys\natexit.register(lambda: print('rich' in sys.modules))\n{}[1]\n", ""
    ),
    "interrupted": Row(_A + "raise KeyboardInterrupt\n", "", -signal.SIGINT),
    "it ends itself": Row(_A + "raise SystemExit(7)\n", "", 7),
    "no Python": Row("import torch\na = = 1\n", ""),
    "a hook of its own": Row(
        _A
        + "import sys\nsys.excepthook = lambda k, e, t: print('mine:', e, file=sys.stderr)\na.view(4, 4)\n",
        _explanation(5),
    ),
    "a hook that fails": Row(
        _A + "import tensordrill.sandbox.in_process as ours\nours.report_of = None\na.view(4, 4)\n", ""
    ),
    "the file was changed meanwhile": Row(
        _A + "import os\nsource = open(__file__).read()\nprint('#', file=open(__file__, 'w'))\n"
        "os.utime(__file__, (2**33, 2**33))\na.view(4, 4)\n",
        "",
    ),
    "a thread": Row(
        _A + "import threading\ndef work():\n    a.view(4, 4)\nthread = threading.Thread(target=work)\n"
        "thread.start()\nthread.join()\n",
        _explanation(5, "    a.view(4, 4)"),
        0,
    ),
    "workers": Row(
        "import torch\nfrom torch.utils.data import DataLoader\n\n"
        "class Items:\n    def __len__(self):\n        return 4\n    def __getitem__(self, i):\n"
        "        a = torch.ones(2, 3)\n        return a.view(4, 4)\n\n"
        "loader = DataLoader(Items(), num_workers=2)\nlist(loader)\n",
        _explanation(9, "        return a.view(4, 4)"),
    ),
}


def _by_python(*words: str, folder: Path) -> Ran:
    return run_process(*words, cwd=folder, program=(sys.executable,))


_IN_PROCESSES = ("uncaught", "without torch", "no Python", "a hook that fails")


@pytest.fixture(scope="module")
def forked() -> Iterator[Forked]:
    with Forked() as torch:
        yield torch


@pytest.mark.parametrize("name", [name for name in _ROWS if name not in _IN_PROCESSES[1:]])
def test_run_is_python_with_an_explanation(name: str, forked: Forked, tmp_path: Path) -> None:
    row, file = _ROWS[name], tmp_path / "train.py"
    file.write_text(row.source, encoding="utf-8")
    wanted = forked.python("train.py", tmp_path)
    file.write_text(row.source, encoding="utf-8")
    ran = forked.tensordrill_run(row.lang, "train.py", folder=tmp_path)
    assert wanted.code == ran.code == row.code
    assert (ran.out, ran.err) == (wanted.out, wanted.err + row.explained)


@pytest.mark.parametrize("name", [*_IN_PROCESSES[:3], *rarely([pytest.param(_IN_PROCESSES[3])])])
def test_run_is_python_with_an_explanation_in_processes_of_their_own(name: str, tmp_path: Path) -> None:
    row = _ROWS[name]
    (tmp_path / "train.py").write_text(row.source, encoding="utf-8")
    wanted = _by_python("train.py", folder=tmp_path)
    ran = run_process("run", "--lang", row.lang, "train.py", cwd=tmp_path)
    assert wanted.code == ran.code == row.code
    assert (ran.out, ran.err) == (wanted.out, wanted.err + row.explained)


def test_run_tries_fixes_and_an_installed_hook_does_not(forked: Forked, tmp_path: Path) -> None:
    failing = _A + "rows = torch.nn.Embedding(3, 2)\nrows(a)\n"
    (tmp_path / "train.py").write_text(failing, encoding="utf-8")
    (tmp_path / "hooked.py").write_text(_INSTALLED + failing, encoding="utf-8")
    ran = forked.tensordrill_run("en", "train.py", folder=tmp_path)
    hooked = forked.python("hooked.py", tmp_path)
    assert (ran.code, ran.err.endswith("\n    With a.long() it works.\n\n")) == (1, True)
    assert "embedding looks rows up by number" in hooked.err
    assert "it works" not in hooked.err


_TWICE = "import torch\nx = torch.ones(2, requires_grad=True)\ny = x.exp()\ny += 1\ny.sum().backward()\n"


@pytest.mark.parametrize(
    ("how", "end"),
    [
        ("file", "What happened before may tell why: tensordrill run --deep traces it.\n\n"),
        ("deep-file", "torch.autograd.set_detect_anomaly(True, check_nan=False).\n\n"),
    ],
)
def test_what_happened_before_is_left_to_a_deep_run(
    how: str, end: str, forked: Forked, tmp_path: Path
) -> None:
    (tmp_path / "train.py").write_text(_TWICE, encoding="utf-8")
    assert forked.tensordrill_run("en", "train.py", folder=tmp_path, how=how).err.endswith(end)


_UNREAD = {
    "broken.py": "x = = 1\n",
    "train.py": "import torch\nimport broken\n",
    "inner.py": "import torch\nimport text\n",
    "text.py": "exec('x = = 1')\n",
}


@pytest.mark.parametrize("file", ["broken.py", "train.py", "inner.py"])
def test_a_deep_run_shows_no_frame_of_the_tracer(file: str, forked: Forked, tmp_path: Path) -> None:
    for name, source in _UNREAD.items():
        (tmp_path / name).write_text(source, encoding="utf-8")
    wanted = forked.tensordrill_run("en", file, folder=tmp_path)
    assert "SyntaxError" in wanted.err
    assert forked.tensordrill_run("en", file, folder=tmp_path, how="deep-file") == wanted


_INSTALLED_ROWS = {
    "install()": Row(_INSTALLED + "a.view(4, 4)\n", _explanation(5)),
    "install('ko')": Row(_INSTALLED.replace("()", "('ko')") + "a.view(4, 4)\n", _explanation(5, lang="ko")),
    "installed before torch is imported": Row(
        "import sys, tensordrill\ntensordrill.install()\nprint('torch' in sys.modules)\n"
        + _A
        + "a.view(4, 4)\n",
        _explanation(6),
    ),
    "uninstall()": Row(_INSTALLED + "tensordrill.uninstall()\na.view(4, 4)\n", ""),
    "a hook from before": Row(
        "import sys\nsys.excepthook = lambda k, e, t: print('mine', file=sys.stderr)\n"
        + _INSTALLED
        + "a.view(4, 4)\n",
        _explanation(7),
    ),
    "a hook put on later": Row(
        _INSTALLED
        + "import sys\nsys.excepthook = lambda k, e, t: print('mine', file=sys.stderr)\na.view(4, 4)\n",
        _explanation(7),
    ),
    "an error from before": Row(
        _A + "import sys\ntry:\n    a.view(4, 4)\nexcept RuntimeError as error:\n    sys.last_value = error\n"
        "import tensordrill\ntensordrill.install()\nsys.exit(1)\n",
        "",
    ),
    "a hook on top that calls ours, after uninstall()": Row(
        _INSTALLED + "import sys\nours = sys.excepthook\nsys.excepthook = lambda *args: ours(*args)\n"
        "tensordrill.uninstall()\na.view(4, 4)\n",
        "",
    ),
    "installed twice": Row(_INSTALLED + "tensordrill.install()\na.view(4, 4)\n", _explanation(6)),
}
_WITHOUT = {"tensordrill.install()": "", "tensordrill.install('ko')": "", "tensordrill.uninstall()": ""}


@pytest.mark.parametrize("row", _INSTALLED_ROWS.values(), ids=_INSTALLED_ROWS)
def test_an_installed_hook(row: Row, forked: Forked, tmp_path: Path) -> None:
    plain = row.source
    for call, instead in _WITHOUT.items():
        plain = plain.replace(call, instead)
    (tmp_path / "train.py").write_text(plain, encoding="utf-8")
    wanted = forked.python("train.py", tmp_path)
    (tmp_path / "train.py").write_text(row.source, encoding="utf-8")
    ran = forked.python("train.py", tmp_path)
    assert (ran.code, ran.out, ran.err) == (1, wanted.out, wanted.err + row.explained)


_BLOCK = """\
import tensordrill, torch, traceback
a = torch.ones(2, 3)
try:
    with tensordrill.explaining():
        a.view(4, 4)
except RuntimeError as error:
    print([entry.lineno for entry in traceback.extract_tb(error.__traceback__)])
with tensordrill.explaining("ko"):
    a.view(6)
tensordrill.install()
with tensordrill.explaining():
    a.view(4, 4)
"""


def test_a_block(tmp_path: Path) -> None:
    (tmp_path / "train.py").write_text(_BLOCK, encoding="utf-8")
    ran = _by_python("train.py", folder=tmp_path)
    traceback = ran.err.removeprefix(
        _explanation(5, "        a.view(4, 4)") + _explanation(12, "    a.view(4, 4)")
    )
    assert traceback.startswith("Traceback (most recent call last):\n")
    assert traceback.endswith("RuntimeError: shape '[4, 4]' is invalid for input of size 6\n")
    assert (ran.code, ran.out) == (1, "[5]\n")


_SPAWNS = """\
import multiprocessing, sys

def doubled(queue, x):
    queue.put((__name__, x * 2))

if __name__ == "__main__":
    print(sys.argv, __file__ == sys.modules["__main__"].__file__)
    spawn = multiprocessing.get_context("spawn")
    queue = spawn.Queue()
    process = spawn.Process(target=doubled, args=(queue, [1]))
    process.start()
    print(queue.get())
    process.join()
    print(process.exitcode)
"""


def test_a_script_has_its_own_words_and_starts_processes(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "train.py").write_text(_SPAWNS, encoding="utf-8")
    (tmp_path / "link.py").symlink_to(tmp_path / "sub" / "train.py")
    for file in ("sub/../sub/train.py", "link.py", str(tmp_path / "sub" / "train.py")):
        words = (file, "--lang", "xx", "--help", "-n", "3")
        wanted = run_process(*words, cwd=tmp_path, program=(sys.executable,))
        assert wanted.err == ""
        assert run_process("run", *words, cwd=tmp_path) == wanted


_ELSEWHERE = """\
import sys
import torch

class Items:
    def __len__(self):
        return 4

    def __getitem__(self, i):
        a = torch.ones(2, 3)
        return a.view(4, 4)

def work(rank):
    a = torch.ones(2, 3)
    a.view(4, 4)

if __name__ == "__main__":
    if sys.argv[1] == "loader":
        from torch.utils.data import DataLoader
        list(DataLoader(Items(), num_workers=1, multiprocessing_context="spawn"))
    elif sys.argv[1] == "processes":
        torch.multiprocessing.spawn(work, nprocs=1)
    else:
        from concurrent.futures import ThreadPoolExecutor
        with ThreadPoolExecutor(1) as pool:
            pool.submit(work, 0).result()
"""


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("where", "explained"),
    [
        pytest.param("loader", "", id="workers that are spawned"),
        pytest.param("processes", "", id="torch.multiprocessing"),
        pytest.param("pool", "a (2, 3) has 6 elements; (4, 4) needs 16.", id="a pool of threads"),
    ],
)
def test_a_traceback_from_elsewhere_is_unharmed(where: str, explained: str, tmp_path: Path) -> None:
    """An exception that comes as text from a process that did not fork is not explained, and not hidden."""
    (tmp_path / "train.py").write_text(_ELSEWHERE, encoding="utf-8")
    wanted = _by_python("train.py", where, folder=tmp_path)
    ran = run_process("run", "train.py", where, cwd=tmp_path)
    traceback, explanation = ran.err[: len(wanted.err)], ran.err[len(wanted.err) :]
    assert (ran.code, ran.out, _of_any_process(traceback)) == (1, "", _of_any_process(wanted.err))
    assert explained in explanation
    assert bool(explained) == bool(explanation)


def _of_any_process(text: str) -> str:
    """Return a traceback without what differs from run to run: numbers of processes, and where a wait was."""
    return re.sub(r"(pid|process|_base.py\", line) \d+", r"\1 N", text)


@pytest.mark.parametrize(
    ("file", "problem"),
    [("missing.py", "No such file or directory"), (".", "Is a directory")],
    ids=["missing", "a folder"],
)
def test_what_cannot_be_run(file: str, problem: str, tmp_path: Path) -> None:
    ran = run_process("run", file, cwd=tmp_path)
    assert ran == Ran(1, "", f"tensordrill: {file}: the script cannot be read: {problem}\n")


_MODULE = """\
import sys
import pkg
from . import parts
print(sys.argv, sys.path[0], __name__, __package__, __spec__.name, __file__, sorted(globals()))
print(sys.modules["__main__"].__dict__ is globals(), parts.__name__, type(__loader__), __annotations__)
if sys.argv[1:]:
    raise ValueError(sys.argv[1])
"""


def test_a_module_runs_as_python_runs_it(tmp_path: Path) -> None:
    (tmp_path / "pkg").mkdir()
    for name, source in {
        "__init__": "",
        "parts": "",
        "train": _MODULE,
        "__main__": "print(__name__)",
    }.items():
        (tmp_path / "pkg" / f"{name}.py").write_text(source, encoding="utf-8")
    for words in (("pkg.train",), ("pkg.train", "-m", "x"), ("pkg",), ("pkg.missing",), ("missing.module",)):
        wanted = run_process("-m", *words, cwd=tmp_path, program=(sys.executable,))
        assert run_process("run", "-m", *words, cwd=tmp_path) == wanted


_DEEP = """\
import sys
import torch
from lib import double

x = torch.ones(6, 2)
for i in range(300):
    y = double(x.t())
if sys.argv[1:]:
    loss = torch.nn.functional.mse_loss(torch.ones(3, 1), torch.ones(3))
    sys.exit(0)
y.view(4)
"""
_DEEP_ENDS = {
    "fails": (
        (),
        1,
        """
  11  y.view(4)

 ✗  y.view(4)                                              RuntimeError  line 11
      y  (2, 6)  stride (1, 2)  float32

    y (2, 6) has 12 elements; (4,) needs 4.

    RuntimeError: shape '[4]' is invalid for input of size 12

""",
    ),
    "ends well": (
        ("0",),
        0,
        """
    torch.ones(3, 1) (3, 1) and torch.ones(3) (3,) stretch to (3, 3): each of 3
    elements meets each, and 9 values come out where 3 were meant.
""",
    ),
}


@pytest.mark.parametrize(("words", "code", "explained"), _DEEP_ENDS.values(), ids=_DEEP_ENDS)
def test_a_deep_run(
    words: tuple[str, ...], code: int, explained: str, forked: Forked, tmp_path: Path
) -> None:
    (tmp_path / "train.py").write_text(_DEEP, encoding="utf-8")
    (tmp_path / "lib.py").write_text("def double(x):\n    return x * 2\n", encoding="utf-8")
    ran = forked.tensordrill_run("en", "train.py", *words, folder=tmp_path, how="deep-file")
    assert (ran.code, ran.out) == (code, "")
    assert explained in ran.err
    assert ran.err.startswith("Traceback" if code else "/")


_TESTS = """\
import pytest, torch

a = torch.ones(2, 3)

@pytest.fixture
def broken():
    a.view(4, 4)

def test_fails():
    a.view(4, 4)

def test_needs(broken):
    pass

def test_expects():
    with pytest.raises(RuntimeError):
        a.view(4, 4)

@pytest.mark.xfail
def test_is_expected_to_fail():
    a.view(4, 4)

def test_asserts():
    assert a.sum() == 7

def test_passes():
    assert a.sum() == 6
"""


def test_pytest(tmp_path: Path) -> None:
    (tmp_path / "test_shapes.py").write_text(_TESTS, encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-p",
        "tensordrill",
        "-p",
        "no:cacheprovider",
        "-q",
        "test_shapes.py",
    ]
    variables = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
    done = subprocess.run(command, cwd=tmp_path, env=variables, capture_output=True, text=True, check=False)
    assert "2 failed, 2 passed, 1 xfailed, 1 error in" in done.stdout
    sections = [
        part.split("\n____")[0].split("\n====")[0] for part in done.stdout.split(" tensordrill ---")[1:]
    ]
    assert len(sections) == 2
    for section, number in zip(sections, (7, 10), strict=True):
        assert (
            section.partition("\n")[2].split()
            == _explanation(number, "    a.view(4, 4)", file="test_shapes.py").split()
        )
