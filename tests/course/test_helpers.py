"""Work that is done in processes beside this one: its results, and what goes wrong there."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tensordrill.course.helpers import helped
from tests.course.gradebooks import gradebook
from tests.needs import linux

ROOT = Path(__file__).parents[2]

PRELUDE = """
import os, signal, sys, time
from pathlib import Path
from tensordrill.course.helpers import helped
from tensordrill.errors import CourseError, TensordrillError

def told(*works):
    try:
        with helped(works):
            time.sleep(0.05)
    except (TensordrillError, RuntimeError) as error:
        return f"{type(error).__name__}: {error}"
    return "done"
"""


def run_alone(code: str, folder: Path) -> str:
    """Run a program in a process with one thread, which may fork, as a command does."""
    command = [sys.executable, "-c", PRELUDE + code]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stderr == ""
    return done.stdout


@linux
def test_works_are_done_meanwhile_in_other_processes(tmp_path: Path) -> None:
    said = run_alone(
        """
def work(name):
    while not Path("begun").exists():
        time.sleep(0.01)
    Path(name).write_text(str(os.getpid()))

with helped([lambda: work("one"), lambda: work("other")]):
    Path("begun").touch()
pids = {Path(name).read_text() for name in ("one", "other")} | {str(os.getpid())}
print(len(pids))
""",
        tmp_path,
    )
    assert said == "3\n"


@linux
@pytest.mark.parametrize(
    ("work", "said"),
    [
        pytest.param("raise CourseError('a.md: no room')", "CourseError: a.md: no room", id="a-sentence"),
        pytest.param("raise KeyError('x')", "RuntimeError: Traceback (most recent call last):", id="a-bug"),
        pytest.param(
            "os.kill(os.getpid(), signal.SIGKILL)",
            "CourseError: a process that wrote results was killed; the grades are kept, and the same command "
            "writes them",
            id="killed",
        ),
        pytest.param("os.kill(os.getpid(), signal.SIGINT)", "done", id="control-c-is-for-the-one-who-waits"),
    ],
)
def test_what_goes_wrong_in_one_is_said_here(work: str, said: str, tmp_path: Path) -> None:
    code = f"""
def work():
    {work}

print(told(lambda: None, work).splitlines()[0])
"""
    assert run_alone(code, tmp_path) == said + "\n"


@linux
def test_what_goes_wrong_here_ends_them(tmp_path: Path) -> None:
    said = run_alone(
        """
def work():
    Path("pid").write_text(str(os.getpid()))
    time.sleep(60)

try:
    with helped([work]):
        while not (Path("pid").exists() and Path("pid").read_text()):
            time.sleep(0.01)
        raise CourseError("here")
except CourseError as error:
    print(error, Path("/proc", Path("pid").read_text()).exists())
""",
        tmp_path,
    )
    assert said == "here False\n"


@linux
def test_they_notice_that_nobody_waits_any_more(tmp_path: Path) -> None:
    run_alone(
        """
from tensordrill.course.helpers import is_left_alone

def work():
    Path("begun").write_text(str(is_left_alone()))
    while not is_left_alone():
        time.sleep(0.01)
    Path("ended").touch()

with helped([work]):
    while not (Path("begun").exists() and Path("begun").read_text()):
        time.sleep(0.01)
    os.kill(os.getpid(), signal.SIGKILL)
""",
        tmp_path,
    )
    deadline = time.monotonic() + 30
    while not (tmp_path / "ended").exists():
        assert time.monotonic() < deadline
        time.sleep(0.01)
    assert (tmp_path / "begun").read_text() == "False"


def test_where_threads_run_works_are_done_here_and_afterwards() -> None:
    from threading import Event, Thread

    done: list[str] = []
    end = Event()
    thread = Thread(target=end.wait)
    thread.start()
    try:
        with helped([lambda: done.append(f"work {os.getpid()}")]):
            done.append("here")
    finally:
        end.set()
        thread.join()
    assert done == ["here", f"work {os.getpid()}"]


@pytest.mark.parametrize("helpers", [1, 2, 3])
def test_helpers_write_the_same_bytes(helpers: int, tmp_path: Path) -> None:
    run_alone(
        f"""
from tensordrill.course.results.export import write_all
from tensordrill.render.feedback import write_feedback
from tests.course.gradebooks import gradebook
for helpers in (0, {helpers}):
    also = {{"feedback": write_feedback}}
    write_all(gradebook(12), Path(str(helpers)), reveal=True, also=also, helpers=helpers)
""",
        tmp_path,
    )

    def files(folder: Path) -> dict[str, bytes]:
        return {
            str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()
        }

    written = files(tmp_path / "0")
    assert len(written) > 3 * sum(1 for _ in gradebook(12).records())
    assert files(tmp_path / str(helpers)) == written
