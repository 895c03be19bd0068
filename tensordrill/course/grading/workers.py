"""Workers that grade: threads of this program, or those of a cluster (`cluster`), behind one executor interface."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from msgspec import Struct

from tensordrill.course.grading.batch import close_judges, stop_judges


class Workers(Struct, frozen=True):
    """An executor and how many threads it has."""

    executor: Executor
    threads: Callable[[], int]
    """Counts them anew, for a cluster grows and shrinks; raises CourseError where none is left."""
    places: tuple[Mapping[str, Any], ...] = ({},)
    """For each machine or process that has some of them, the arguments with which `submit` reaches it."""
    are_remote: bool = False
    """Whether what they are given is pickled."""


@contextmanager
def local(jobs: int) -> Iterator[Workers]:
    """Yield `jobs` threads; what waits is dropped at the end."""
    executor = ThreadPoolExecutor(jobs, thread_name_prefix="grade")
    try:
        yield Workers(executor, lambda: jobs)
    finally:
        executor.shutdown(wait=False, cancel_futures=True)
        stop_judges()
        executor.shutdown(wait=True)
        close_judges()
