"""Work goes to an executor a few batches at a time, and whatever stops it stops all of it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from bench.homework import Homework
from tensordrill.course.assignment.folder import open_folder, questions
from tensordrill.course.gradebook import ABSENT, SubmissionResult
from tensordrill.course.grading import batch, grade
from tensordrill.course.grading.batch import close_judges, ready
from tensordrill.course.grading.grade import Grading, GradingProgress
from tensordrill.course.grading.journal import JOURNAL_FILE
from tensordrill.course.grading.judge import PendingSubmission
from tensordrill.course.grading.workers import Workers, local
from tensordrill.course.submission.intake import sources
from tensordrill.errors import CourseError, SandboxError
from tensordrill.sandbox.client import Sandbox
from tensordrill.sandbox.protocol import Ready
from tests.needs import mostly
from tests.processes import wait_until, wait_until_gone

STUDENTS = 24


class Counting(Executor):
    """Judges nothing, and counts how much is under way."""

    def __init__(self) -> None:
        self.threads = ThreadPoolExecutor(1)
        self.under_way = 0
        self.most = 0
        self.sizes: list[int] = []
        self._lock = threading.Lock()

    def submit(self, _run: Callable[..., Any], /, *arguments: Any, **_: Any) -> Future[Any]:
        (pending,) = arguments
        with self._lock:
            self.under_way += 1
            self.most = max(self.most, self.under_way)
            self.sizes.append(len(pending))
        return self.threads.submit(self._judged, pending)

    def _judged(self, pending: Sequence[PendingSubmission]) -> list[SubmissionResult]:
        with self._lock:
            self.under_way -= 1
        return [SubmissionResult(each.student, each.submission.name) for each in pending]


@pytest.fixture(scope="module")
def homework(tmp_path_factory: pytest.TempPathFactory) -> Homework:
    """A class that has handed in one question."""
    made = Homework(tmp_path_factory.mktemp("class"), STUDENTS, ["view/where-flattening-starts"])
    made.hand_in()
    return made


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grade, "_BATCH", 2)


@contextmanager
def grading(homework: Homework, out: Path, most: int = STUDENTS) -> Iterator[Grading]:
    """A run that is about to begin, of so many submissions."""
    folder = open_folder(homework.assignment)
    files, unusable = sources([homework.handed_in])
    bundle = questions(folder, snapshot=False)
    made = Grading(folder, bundle, (files[:most], unusable), folder.roster(), out, "auto")
    with closing(made.journal):
        yield made


@pytest.mark.parametrize("threads", [1, 3])
def test_so_many_batches_are_under_way(homework: Homework, tmp_path: Path, threads: int) -> None:
    workers = Workers(Counting(), lambda: threads)
    with grading(homework, tmp_path) as run:
        run.run(workers, lambda _: None)
    assert isinstance(workers.executor, Counting)
    assert workers.executor.most <= 2 * threads
    assert workers.executor.sizes == [2] * (STUDENTS // 2)


def test_workers_that_become_more_get_more(homework: Homework, tmp_path: Path) -> None:
    sizes = iter([1, 4])
    asked: list[int] = []

    def threads() -> int:
        asked.append(next(sizes, 4))
        return asked[-1]

    with grading(homework, tmp_path) as run:
        run.run(Workers(Counting(), threads), lambda _: None)
    assert asked == [1, 4, 4]


def test_large_submissions_travel_alone(
    homework: Homework, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(grade, "_BATCH_SIZE", 10)
    workers = Workers(Counting(), lambda: 1)
    with grading(homework, tmp_path) as run:
        run.run(workers, lambda _: None)
    assert isinstance(workers.executor, Counting)
    assert workers.executor.sizes == [1] * STUDENTS


def test_the_journal_holds_those_who_are_graded_now(homework: Homework, tmp_path: Path) -> None:
    for count in (STUDENTS, 3):
        with grading(homework, tmp_path, count) as run:
            run.run(Workers(Counting(), lambda: 1), lambda _: None)
            absent = [grade.source == ABSENT for grade in run.gradebook({}, "").grades()]
        assert sum(absent) == STUDENTS - count
        assert len((tmp_path / JOURNAL_FILE).read_bytes().splitlines()) == count


def test_waiting_ends_where_nobody_is_left(
    homework: Homework, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(grade, "_SECONDS_TO_ASK", 0.01)
    left = iter([1])

    class Lost(Executor):
        def submit(self, _run: Callable[..., Any], /, *_: Any, **_options: Any) -> Future[Any]:
            return Future()

    def threads() -> int:
        for count in left:
            return count
        raise CourseError("no worker is there")

    with grading(homework, tmp_path) as run, pytest.raises(CourseError, match=r"^no worker is there$"):
        run.run(Workers(Lost(), threads), lambda _: None)


def test_a_labs_trouble_is_the_runs(
    homework: Homework, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TENSORDRILL_ISOLATION", "perhaps")
    with (
        grading(homework, tmp_path) as run,
        local(2) as workers,
        pytest.raises(SandboxError, match=r"^TENSORDRILL_ISOLATION is `perhaps`; it may be "),
    ):
        run.run(workers, lambda _: None)


def test_an_unconfined_sandbox_judges_nothing(
    homework: Homework, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Sandbox, "wait_ready", lambda _: Ready())
    with (
        grading(homework, tmp_path) as run,
        local(1) as workers,
        pytest.raises(SandboxError, match=r"confines submissions, so they are not run there$"),
    ):
        run.run(workers, lambda _: None)


def test_stopping_drops_what_waits_and_ends_the_labs(homework: Homework, tmp_path: Path) -> None:
    progress: list[GradingProgress] = []

    def stop(done: GradingProgress) -> None:
        progress.append(done)
        if done.done:
            raise KeyboardInterrupt

    with grading(homework, tmp_path) as run:
        with pytest.raises(KeyboardInterrupt), local(2) as workers:
            run.run(workers, stop)
        assert not batch._judges
        assert not [thread for thread in threading.enumerate() if thread.name.startswith("grade")]
    assert 0 < progress[-1].done < STUDENTS
    with grading(homework, tmp_path) as again:
        again.run(Workers(Counting(), lambda: 1), progress.append)
    assert 0 < progress[-1].kept < STUDENTS
    assert progress[-1].done == STUDENTS


def test_other_points_judge_nothing_again(homework: Homework, tmp_path: Path) -> None:
    with grading(homework, tmp_path) as run:
        run.run(Workers(Counting(), lambda: 1), lambda _: None)
    folder = open_folder(homework.assignment)
    items = tuple(replace(item, points=5.0, void=True) for item in folder.assignment.questions)
    due = "2027-03-19 23:59 Asia/Seoul"
    other = replace(folder, assignment=replace(folder.assignment, questions=items, due=due))
    bundle = questions(folder, snapshot=False)
    again = Grading(other, bundle, sources([homework.handed_in]), folder.roster(), tmp_path, "auto")
    with closing(again.journal):
        again.run(Workers(Counting(), lambda: 1), lambda _: None)
        assert again.progress == GradingProgress(STUDENTS, STUDENTS, STUDENTS)


def test_a_record_of_an_older_kind_is_judged_again(
    homework: Homework, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as older:
        older.setattr(grade, "_RECORD", 1)
        with grading(homework, tmp_path) as run:
            run.run(Workers(Counting(), lambda: 1), lambda _: None)
            assert run.kept == STUDENTS
    with grading(homework, tmp_path) as again:
        assert again.kept == 0


def test_threads_share_what_forks(homework: Homework, tmp_path: Path) -> None:
    with grading(homework, tmp_path) as run, local(2) as workers:
        run.run(workers, lambda _: None)
        one, other = batch._judges.values()
        assert (one is other) == (one.sandbox.mode == "fork")


def test_a_thread_that_turns_to_other_work_ends_its_sandbox(homework: Homework, tmp_path: Path) -> None:
    with grading(homework, tmp_path) as run:
        ready(run.context)
        (first,) = batch._judges.values()
        ready(replace(run.context, draw=print))
        assert first not in batch._judges.values()
        assert len(batch._judges) == 1
    close_judges()


@pytest.mark.parametrize("number", mostly(signal.SIGTERM, signal.SIGINT, signal.SIGHUP))
def test_a_signal_that_ends_grading_leaves_nothing_behind(
    number: signal.Signals, homework: Homework, tmp_path: Path
) -> None:
    (tmp_path / "temporary").mkdir()
    words = [
        "assignment",
        "grade",
        str(homework.assignment),
        str(homework.handed_in),
        "--out",
        str(tmp_path / "out"),
    ]
    with subprocess.Popen(
        [sys.executable, "-m", "tensordrill.cli.app", *words],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
        env={**os.environ, "TMPDIR": str(tmp_path / "temporary")},
    ) as child:
        wait_until(lambda: bool(_below(child.pid)))
        started = _below(child.pid)
        os.kill(child.pid, number)
        assert child.stderr is not None
        message = child.stderr.read()
        assert child.wait() == 128 + number
    assert b"Traceback" not in message
    wait_until_gone(started)
    assert list((tmp_path / "temporary").iterdir()) == []
    assert [path.name for path in tmp_path.rglob("*.part")] == []


def _below(pid: int) -> set[int]:
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    children = {int(word) for task in tasks for word in task.read_text().split()}
    return children.union(*map(_below, children)) if children else set()
