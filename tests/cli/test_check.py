"""`tensordrill check`, and a hand-out that is run: as a script, in a notebook, and while it is edited."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbclient
import nbformat
import pytest

from .conftest import PROGRAM, run, run_process

RIGHT = "x.transpose(1, 2).flatten(2)"
_CLOCK = "Checked at "


@pytest.fixture(scope="module")
def handed_out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A hand-out of three questions as a script and as a notebook, the same for everybody."""
    folder = tmp_path_factory.mktemp("class")
    asked = ["view/join-the-heads", "view/one-row-per-pixel", "view/flatten-a-transpose"]
    words = [word for name in asked for word in ("--topic", name)]
    kinds = ["--kinds", "write,fill,predict"]
    made = run_process("assignment", "new", "hw1", "-n", "3", *words, *kinds, cwd=folder)
    assert (made.code, made.err) == (0, "")
    (folder / "hw1" / "secret").write_text(bytes(range(32)).hex(), encoding="ascii")
    for more in ([], ["--notebook"]):
        built = run_process("assignment", "build", "hw1", "--out", "handout", *more, cwd=folder)
        assert (built.code, built.err) == (0, "")
    return folder / "handout"


@pytest.fixture
def handout(handed_out: Path, tmp_path: Path) -> Path:
    """A copy of the hand-out's folder to work in."""
    shutil.copytree(handed_out, tmp_path / "handout")
    return tmp_path / "handout"


def _answer(file: Path, **answers: str) -> None:
    """Write answers into the cells of questions, by their names without dashes."""
    parts = file.read_text(encoding="utf-8").split("# %%")
    for at, part in enumerate(parts):
        for name, answer in answers.items():
            if f"view/{name.replace('_', '-')}@" in part:
                parts[at] = part.partition("answer = ")[0] + f"answer = {answer}\n\n"
    fresh = file.with_suffix(".new")
    fresh.write_text("# %%".join(parts), encoding="utf-8")
    fresh.replace(file)


def _solve(file: Path) -> None:
    _answer(file, join_the_heads=RIGHT, one_row_per_pixel="0, 2, 3, 1", flatten_a_transpose="[20]")


UNANSWERED = """
 –  1  0/1  view/flatten-a-transpose  not answered
 –  2  0/1  view/join-the-heads  not answered
 –  3  0/1  view/one-row-per-pixel  not answered

 0 of 3 points

"""


def _order(text: str) -> list[str]:
    """Return the lines of a screen without the numbers, whose order the bank's levels decide."""
    return sorted(line[:2] + line[5:] for line in text.splitlines() if line)


def test_an_untouched_file_is_unanswered_and_fails(handout: Path) -> None:
    ran = run("check", "hw1.py", cwd=handout)
    assert (ran.code, ran.err) == (1, "")
    assert _order(ran.out) == _order(UNANSWERED)


def test_exit_code_0_only_where_all_is_right(handout: Path) -> None:
    _solve(handout / "hw1.py")
    ran = run_process("check", "hw1.py", cwd=handout)
    assert (ran.code, ran.err) == (0, "")
    assert _order(ran.out) == _order(
        UNANSWERED.replace("–", "✓")
        .replace("0/1", "1/1")
        .replace("  not answered", "")
        .replace("0 of", "3 of")
    )
    assert [line for line in ran.out.splitlines() if line != line.rstrip()] == []


def test_json_says_each_question_and_the_total(handout: Path) -> None:
    _answer(handout / "hw1.py", join_the_heads="x.flatten(2)", one_row_per_pixel="(((")
    ran = run("check", "hw1.py", "--json", cwd=handout)
    *questions, total = ran.events
    assert ran.code == 1
    assert {event["question"]: (event["event"], event["outcome"]) for event in questions} == {
        "view/join-the-heads": ("question", "incorrect"),
        "view/one-row-per-pixel": ("question", "unreadable"),
        "view/flatten-a-transpose": ("question", "unanswered"),
    }
    assert {tuple(event) for event in questions} == {
        (
            "event",
            "question",
            "seed",
            "outcome",
            "points",
            "of",
            "misconception",
            "because",
            "differences",
            "error",
            "detail",
        )
    }
    assert total == {"event": "total", "points": 0.0, "of": 3.0, "right": False, "later": []}


@pytest.mark.parametrize(
    ("arguments", "err"),
    [
        pytest.param(["no.py"], "no.py: it cannot be read: No such file or directory", id="no-file"),
        pytest.param(["."], ".: this is not a regular file; hand in the file itself", id="a-folder"),
        pytest.param(
            ["hw1.bank"],
            "hw1.bank: this is not a text file; hand in the `.py` or `.ipynb` file itself",
            id="the-bank",
        ),
        pytest.param(
            ["hw1.py", "--bank", "no.bank"],
            "no.bank: the bank cannot be read: No such file or directory",
            id="no-bank",
        ),
        pytest.param(
            ["hw1.py", "--bank", "hw1.ipynb"],
            "hw1.ipynb: this is not a questions' file, or it is damaged; get it again",
            id="another-file-as-the-bank",
        ),
        pytest.param(
            ["hw1.py", "--watch", "--bank", "no.bank"],
            "no.bank: the bank cannot be read: No such file or directory",
            id="watch",
        ),
    ],
)
def test_what_cannot_be_checked_costs_one_sentence(arguments: list[str], err: str, handout: Path) -> None:
    ran = run("check", *arguments, cwd=handout)
    assert (ran.code, ran.out, ran.err) == (1, "", f"tensordrill: {err}\n")


# --- a hand-out that is run ---


def _python(file: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, file],
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
        env={**os.environ, **environment},
    )


def test_running_the_file_checks_it(handout: Path) -> None:
    _solve(handout / "hw1.py")
    ran = _python(handout / "hw1.py")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout == run("check", "hw1.py", cwd=handout).out


def test_an_answer_that_raises_is_shown_and_the_rest_is_checked(handout: Path) -> None:
    _solve(handout / "hw1.py")
    _answer(handout / "hw1.py", join_the_heads="x.flaten(2)")
    ran = _python(handout / "hw1.py", PYTHONIOENCODING="ascii")
    assert ran.returncode == 1
    assert ran.stderr.splitlines()[-1].startswith("AttributeError: 'Tensor' object has no attribute 'flaten'")
    assert ran.stderr.count("Traceback") == 1
    assert " 2 of 3 points\n" in ran.stdout
    assert "The code did not run, which looks like a slip" in ran.stdout


def test_a_syntax_error_is_pythons_to_say_and_check_goes_on(handout: Path) -> None:
    _solve(handout / "hw1.py")
    _answer(handout / "hw1.py", join_the_heads="x.flatten(")
    assert "SyntaxError" in _python(handout / "hw1.py").stderr
    ran = run("check", "hw1.py", cwd=handout)
    assert " 2 of 3 points\n" in ran.out


def test_a_hand_out_without_its_bank_says_so(handout: Path) -> None:
    (handout / "hw1.bank").unlink()
    ran = _python(handout / "hw1.py")
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr == (
        f"tensordrill: {handout}/hw1.bank: the questions' file is missing; put it beside the hand-out, "
        "or name it with `--bank`\n"
    )


def test_where_nothing_runs_there_is_nothing_to_check() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", "import tensordrill; tensordrill.check()"],
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert (ran.returncode, ran.stdout) == (0, "")
    assert ran.stderr == (
        "tensordrill: there is no hand-out running here; `tensordrill check FILE` checks a file\n"
    )


def _cell_outputs(folder: Path, *changed: tuple[str, str], only_last: bool = False) -> str:
    notebook: Any = nbformat.read(folder / "hw1.ipynb", as_version=4)  # type: ignore[no-untyped-call]
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    for name, source in changed:
        (cell,) = [cell for cell in cells if f"view/{name}@" in cell.source]
        cell.source = cell.source.replace("answer = ...", source)
    notebook.cells = [*cells[:1], cells[-1]] if only_last else cells
    client = nbclient.NotebookClient(
        notebook, timeout=120, allow_errors=True, resources={"metadata": {"path": str(folder)}}
    )
    client.execute()
    last = notebook.cells[-1].outputs
    return "".join(output.get("text", "") or output["data"]["text/plain"] for output in last)


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::RuntimeWarning", "ignore::UserWarning")
def test_a_notebooks_last_cell_checks_what_was_run(handout: Path) -> None:
    reply = _cell_outputs(
        handout,
        ("join-the-heads", f"%matplotlib --list\nanswer = {RIGHT}"),
        ("one-row-per-pixel", "answer = (0, 2, 3"),
    )
    assert "1 of 3 points" in reply
    assert "could not be read" in reply
    assert "not answered" in reply


# --- --watch ---


class Watching:
    """`check --watch --json` under way."""

    def __init__(self, file: Path) -> None:
        self.process = subprocess.Popen(
            [PROGRAM, "check", file, "--watch", "--json"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )

    def round(self) -> dict[str, str]:
        """Wait for a whole round; give the outcomes, or the problem that was said."""
        assert self.process.stdout
        results = {}
        while (event := json.loads(self.process.stdout.readline()))["event"] == "question":
            results[event["question"].removeprefix("view/")] = event["outcome"]
        return results if event["event"] == "total" else {"problem": event["text"]}

    def interrupt(self) -> tuple[int, str]:
        self.process.send_signal(signal.SIGINT)
        _, err = self.process.communicate(timeout=60)
        return self.process.returncode, err


@pytest.fixture
def watching(handout: Path) -> Iterator[Watching]:
    started = Watching(handout / "hw1.py")
    yield started
    if started.process.poll() is None:
        started.process.kill()
    started.process.communicate()


def test_watch_checks_again_after_each_save(watching: Watching, handout: Path) -> None:
    file = handout / "hw1.py"
    nothing = dict.fromkeys(["flatten-a-transpose", "join-the-heads", "one-row-per-pixel"], "unanswered")
    assert watching.round() == nothing
    _answer(file, join_the_heads=RIGHT)  # an editor that replaces the file
    assert watching.round() == nothing | {"join-the-heads": "correct"}
    file.write_text(file.read_text(encoding="utf-8").replace("flatten(2)", "flatten(1)"), encoding="utf-8")
    assert watching.round() == nothing | {"join-the-heads": "incorrect"}
    file.write_bytes(b"\0" * 10)
    assert watching.round() == {
        "problem": f"{file}: this is not a text file; hand in the `.py` or `.ipynb` file itself"
    }
    file.unlink()
    assert watching.round() == {"problem": f"{file}: it cannot be read: No such file or directory"}
    shutil.copy(handout / "hw1.bank", handout / "other")
    file.write_text("print(1)\n", encoding="utf-8")
    assert watching.round() == nothing
    assert watching.interrupt() == (130, "\n")


def test_watch_says_when_it_checked_and_ends_with_control_c(handout: Path) -> None:
    process = subprocess.Popen(
        [PROGRAM, "check", handout / "hw1.py", "--watch"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    assert process.stdout
    lines = []
    while not (line := process.stdout.readline()).startswith(_CLOCK):
        lines.append(line)
    assert _order("".join(lines)) == _order(UNANSWERED)
    time.strptime(line.removeprefix(_CLOCK).partition(";")[0], "%H:%M:%S")
    assert line.endswith("; waiting for the next save (^C ends)\n")
    process.send_signal(signal.SIGINT)
    assert (process.communicate(timeout=60), process.returncode) == (("", "\n"), 130)
