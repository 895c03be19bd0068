"""A failing cell of a real kernel is explained below its traceback, once `%load_ext tensordrill` has run."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.cli.kernel import Kernel

pytestmark = pytest.mark.filterwarnings("ignore:.*TCP without encryption.*")

_EXPLANATION = """
   2  a.view(4)

 ✗  a.view(4)                                                              RuntimeError  line 2
      a  (2, 3)  stride (3, 1)  float32

    a (2, 3) has 6 elements; (4,) needs 4.

    RuntimeError: shape '[4]' is invalid for input of size 6

"""


@pytest.fixture(scope="module")
def kernel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kernel]:
    """One kernel with tensordrill loaded and a tensor."""
    kernel = Kernel(tmp_path_factory.mktemp("notebook"))
    loaded = kernel.run("%load_ext tensordrill\nimport torch\na = torch.ones(2, 3)")
    assert (loaded.error, loaded.text) == ("", "")
    yield kernel
    kernel.close()


def _words(text: str) -> list[list[str]]:
    """Return the words of each line, without colours: a screen's blanks depend on its width."""
    return [line.split() for line in _plain(text).strip().splitlines()]


def _plain(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


def test_a_cell_that_fails(kernel: Kernel) -> None:
    cell = kernel.run("# a comment\na.view(4)")
    assert cell.error == "RuntimeError"
    assert _words(cell.text) == _words(_EXPLANATION)
    (html,) = cell.html
    assert "needs 4" in html


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("a.view(6)", ""),
        ("{}['missing']", "KeyError"),
        ("try:\n    a.view(4)\nexcept RuntimeError:\n    pass", ""),
    ],
    ids=["it works", "no tensor", "it is caught"],
)
def test_a_cell_that_is_not_explained(code: str, error: str, kernel: Kernel) -> None:
    cell = kernel.run(code)
    assert (cell.error, cell.text, cell.printed) == (error, "", "")


def test_a_function_of_another_cell(kernel: Kernel) -> None:
    kernel.run("def shaped(a):\n    return a.view(4)")
    cell = kernel.run("shaped(a)")
    assert _words(cell.text)[0] == ["2", "return", "a.view(4)"]


def test_a_thread(kernel: Kernel) -> None:
    cell = kernel.run(
        "import threading\nthread = threading.Thread(target=lambda: a.view(4))\nthread.start()\nthread.join()"
    )
    assert "a (2, 3) has 6 elements; (4,) needs 4." in _plain(cell.printed)


def test_unloaded(kernel: Kernel) -> None:
    assert kernel.run("%unload_ext tensordrill").error == ""
    cell = kernel.run("a.view(4)")
    assert (cell.error, cell.text) == ("RuntimeError", "")
    kernel.run("import tensordrill\ntensordrill.install('ko')")
    assert "원소는 6개입니다" in _plain(kernel.run("a.view(4)").text)
    kernel.run("tensordrill.uninstall()")
    assert kernel.run("a.view(4)").text == ""
