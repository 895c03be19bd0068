"""Who grades: threads of this program, or the workers of a Dask cluster, behind one executor interface."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager

from tensordrill.course.batch import close_seats
from tensordrill.errors import CourseError

_SECONDS_TO_CONNECT = 10
_RETRIES = 5
"""How often a batch is given to another worker when the one that had it is lost."""


@contextmanager
def local(jobs: int) -> Iterator[Executor]:
    """Give an executor of `jobs` threads, each with its own lab; what waits is dropped at the end."""
    executor = ThreadPoolExecutor(jobs, thread_name_prefix="grade")
    try:
        yield executor
    finally:
        executor.shutdown(wait=False, cancel_futures=True)
        close_seats()
        executor.shutdown(wait=True)


@contextmanager
def cluster(address: str) -> Iterator[Executor]:
    """Give the executor of a running Dask scheduler; what its workers lose is done again by others.

    Raises CourseError where Dask is not installed or no scheduler answers.
    """
    try:
        from distributed import Client
    except ImportError as error:
        raise CourseError("`--cluster` needs Dask; `pip install 'tensordrill[cluster]'` brings it") from error
    try:
        client = Client(address, timeout=_SECONDS_TO_CONNECT, set_as_default=False)  # type: ignore[no-untyped-call]  # Dask's
    except (OSError, ValueError) as error:
        raise CourseError(
            f"{address}: no Dask scheduler answers there; start one with `dask scheduler`"
        ) from error
    with client:
        yield client.get_executor(pure=False, retries=_RETRIES)  # type: ignore[no-untyped-call]  # Dask's
