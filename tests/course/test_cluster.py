"""The same grades from a Dask cluster, whatever becomes of its workers; each trouble is one sentence."""

from __future__ import annotations

import json
import logging
import os
import signal
import socket
import subprocess
import sys
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import pytest

from bench.homework import Homework
from tensordrill.course.assignment.folder import open_folder, questions
from tensordrill.course.grading import cluster as clusters
from tensordrill.course.grading import grade
from tensordrill.course.grading.batch import GradingContext, judge_batch
from tensordrill.course.grading.cluster import cluster
from tensordrill.course.grading.grade import Grading, GradingProgress
from tensordrill.course.grading.journal import JOURNAL_FILE
from tensordrill.course.grading.workers import Workers, local
from tensordrill.course.results.export import GRADES_JSON, write_all
from tensordrill.course.submission.intake import sources
from tensordrill.errors import CourseError, SandboxError
from tensordrill.sandbox.isolation import Isolation
from tests.processes import wait_until, wait_until_gone

STUDENTS = 24
SCHEDULER = (sys.executable, "-m", "distributed.cli.dask_scheduler")
WORKER = (sys.executable, "-m", "distributed.cli.dask_worker")


@pytest.fixture(scope="module")
def homework(tmp_path_factory: pytest.TempPathFactory) -> Homework:
    """A class that has handed in two questions."""
    made = Homework(
        tmp_path_factory.mktemp("class"), STUDENTS, ["view/where-flattening-starts", "matmul/two-steps-away"]
    )
    made.hand_in()
    return made


@pytest.fixture(autouse=True)
def _settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grade, "_BATCH", 2)
    monkeypatch.setattr(clusters, "_SECONDS_TO_CONNECT", 60)


@contextmanager
def process(*words: str, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    """A child process that ends with the test."""
    quiet = subprocess.DEVNULL
    child = subprocess.Popen(
        words, stdin=quiet, stdout=quiet, stderr=quiet, env={**os.environ, **environment}
    )
    try:
        yield child
    finally:
        child.terminate()
        child.wait()


@contextmanager
def scheduler(folder: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """A Dask scheduler on the loopback; its address and process."""
    file = folder / "scheduler.json"
    options = ("--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(file))
    with process(*SCHEDULER, *options) as child:
        wait_until(lambda: file.exists() and file.read_text().endswith("}"))
        yield json.loads(file.read_text())["address"], child


@contextmanager
def worker(address: str, folder: Path, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    """A Dask worker with one thread."""
    options = ("--no-nanny", "--nthreads", "1", "--no-dashboard", "--local-directory", str(folder))
    with process(*WORKER, address, *options, **environment) as child:
        yield child


@contextmanager
def two_workers(folder: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A scheduler's address and two workers that have joined it."""
    with ExitStack() as stack:
        address, _ = stack.enter_context(scheduler(folder))
        children = [stack.enter_context(worker(address, folder / name)) for name in ("one", "two")]
        with cluster(address) as workers:
            wait_until(lambda: workers.threads() == 2)
        yield address, children


def graded(
    homework: Homework,
    out: Path,
    workers: Workers,
    watch: Callable[[GradingProgress], None] = lambda _: None,
    isolation: Isolation = "auto",
) -> bytes:
    """Grade the class; give its grades.json."""
    folder = open_folder(homework.assignment)
    out.mkdir(exist_ok=True)
    bundle = questions(folder, snapshot=False)
    grading = Grading(folder, bundle, sources([homework.handed_in]), folder.roster(), out, isolation)
    with closing(grading.journal):
        grading.ready(workers)
        grading.run(workers, watch)
        write_all(grading.gradebook({}, ""), out, reveal=False)
    return (out / GRADES_JSON).read_bytes()


def below(pid: int) -> set[int]:
    """Return the processes that a process has started, with theirs."""
    children = {
        int(word)
        for task in Path(f"/proc/{pid}/task").glob("*/children")
        for word in task.read_text().split()
    }
    return children.union(*map(below, children)) if children else set()


def journalled(out: Path) -> Counter[str]:
    """Count each student's lines in a journal."""
    lines = (out / JOURNAL_FILE).read_text(encoding="utf-8").splitlines()
    return Counter(json.loads(line)["record"]["student"]["id"] for line in lines)


def test_a_worker_that_is_killed_half_way_changes_no_grade(homework: Homework, tmp_path: Path) -> None:
    with local(2) as workers:
        expected = graded(homework, tmp_path / "local", workers)
    assert b'"outcome": "correct"' in expected
    assert b'"outcome": "incorrect"' in expected
    progress: list[GradingProgress] = []
    counts: Counter[str] = Counter()
    with two_workers(tmp_path) as (address, (one, two)):
        started: set[int] = set()

        def watch(done: GradingProgress) -> None:
            progress.append(done)
            if not started and done.done >= STUDENTS // 3:
                started.update(below(one.pid), below(two.pid))
                one.send_signal(signal.SIGKILL)
            if done.done == STUDENTS:
                counts.update(journalled(tmp_path / "cluster"))

        with cluster(address) as workers:
            assert graded(homework, tmp_path / "cluster", workers, watch) == expected
        assert one.wait() == -signal.SIGKILL
        assert two.poll() is None
    assert len(started) >= 2
    assert [done.done for done in progress] == sorted({done.done for done in progress})
    assert set(counts.values()) == {1}
    assert len(counts) == STUDENTS
    wait_until_gone(started)


@pytest.mark.thorough
def test_a_scheduler_that_is_lost_leaves_what_is_graded(
    homework: Homework, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with scheduler(tmp_path) as (address, child), worker(address, tmp_path / "one"):

        def watch(done: GradingProgress) -> None:
            if 0 < done.done < STUDENTS:
                child.kill()

        with pytest.raises(CourseError, match="the Dask scheduler was lost; what is graded is kept"):  # noqa: SIM117 (the sentence is the cluster's)
            with cluster(address) as workers:
                graded(homework, tmp_path / "out", workers, watch)
    kept: list[GradingProgress] = []
    with local(1) as workers:
        assert GRADES_JSON.encode() not in graded(homework, tmp_path / "out", workers, kept.append)
    assert 0 < kept[0].kept < STUDENTS
    assert capfd.readouterr() == ("", "")


@pytest.mark.thorough
def test_waiting_ends_when_the_last_worker_is_gone(
    homework: Homework, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with scheduler(tmp_path) as (address, _), worker(address, tmp_path / "one") as child:

        def watch(done: GradingProgress) -> None:
            if done.done and child.poll() is None:
                child.kill()
                child.wait()
                monkeypatch.setattr(clusters, "_SECONDS_TO_CONNECT", 1)
                monkeypatch.setattr(grade, "_SECONDS_TO_ASK", 0.5)

        with pytest.raises(CourseError, match=f"^{address}: no worker is there; start some"):  # noqa: SIM117 (the sentence is the cluster's)
            with cluster(address) as workers:
                graded(homework, tmp_path / "out", workers, watch)


@pytest.mark.thorough
def test_a_worker_that_cannot_isolate_is_refused(homework: Homework, tmp_path: Path) -> None:
    with scheduler(tmp_path) as (address, _), worker(address, tmp_path / "one", PATH=str(tmp_path)):
        with pytest.raises(SandboxError, match="isolation `bubblewrap` needs the program `bwrap`") as caught:  # noqa: SIM117 (the sentence is the worker's)
            with cluster(address) as workers:
                graded(homework, tmp_path / "out", workers, isolation="bubblewrap")
        assert "\n" not in str(caught.value)


def test_a_worker_with_other_versions_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tensordrill.course.assignment.folder.__version__", "0.0")
    with (
        scheduler(tmp_path) as (address, _),
        worker(address, tmp_path / "one"),
        pytest.raises(
            CourseError, match=r"^tcp://.*: it has tensordrill .* and not 0\.0 as here; .* install the same$"
        ),
    ):
        cluster(address).__enter__()


def test_a_worker_that_joins_later_with_other_versions_is_refused() -> None:
    with pytest.raises(CourseError, match=r"it has torch .* and not 1\.0 as here"):
        judge_batch(GradingContext(b"", "auto", {"torch": "1.0"}), ())


def test_a_scheduler_without_workers_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clusters, "_SECONDS_TO_CONNECT", 2)
    with (
        scheduler(tmp_path) as (address, _),
        pytest.raises(CourseError, match=f"^{address}: no worker is there; start some"),
    ):
        cluster(address).__enter__()


def test_no_scheduler_is_one_sentence(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clusters, "_SECONDS_TO_CONNECT", 1)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    with pytest.raises(CourseError) as caught:
        cluster(address).__enter__()
    assert str(caught.value) == f"{address}: no Dask scheduler answers there; start one with `dask scheduler`"
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    "address", ["", "here", "127.0.0.1:8786", "tcp://here", "nothing://here:1", "tcp://:1"]
)
def test_what_is_no_address_is_not_asked(address: str) -> None:
    with pytest.raises(CourseError) as caught:
        cluster(address).__enter__()
    assert (
        str(caught.value) == f"`{address}` is no address of a Dask scheduler; write it as `tcp://HOST:PORT`"
    )


def test_without_dask_the_sentence_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(
        CourseError, match=r"^`--cluster` needs Dask; `pip install 'tensordrill\[cluster\]'` brings it$"
    ):
        cluster("tcp://127.0.0.1:1").__enter__()


def test_what_dask_says_stays_off_the_terminal(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Its warnings and its loggers' errors, until the connection is given up; then they are as they were."""
    logger = logging.getLogger("distributed")

    def connected(address: str) -> None:
        warnings.warn(f"port of {address} is taken", stacklevel=1)
        logger.error("cannot reach %s", address)
        raise CourseError("no scheduler")

    monkeypatch.setattr(clusters, "_connected", connected)
    with pytest.raises(CourseError, match=r"^no scheduler$"), cluster("tcp://nowhere"):
        pass
    assert (caplog.records, logger.isEnabledFor(logging.ERROR)) == ([], True)
    with pytest.warns(UserWarning, match=r"^later$"):
        warnings.warn("later", stacklevel=1)
