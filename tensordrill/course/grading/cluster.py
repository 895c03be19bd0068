"""The workers of a running Dask cluster.

Dask hands batches out, gives those of a lost worker to another one, and brings results back by pickle: the
scheduler and all workers are trusted.
"""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Iterator
from concurrent.futures import CancelledError, Executor
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from tensordrill.course.assignment.folder import versions
from tensordrill.course.grading.batch import check_versions
from tensordrill.course.grading.workers import Workers
from tensordrill.errors import CourseError
from tensordrill.messages import message

if TYPE_CHECKING:
    from distributed import Client

_ADDRESS = re.compile(r"(tcp|tls|ws|wss)://.+:[0-9]{1,5}")
_SECONDS_TO_CONNECT = 10
_SECONDS_TO_LEAVE = 3
_LOGGERS = ("distributed", "distributed.client", "tornado", "tornado.application", "asyncio")


@contextmanager
def cluster(address: str) -> Iterator[Workers]:
    """Yield the workers of the Dask scheduler at an address; they keep their sandboxes until they end.

    Raises CourseError where Dask is not installed, no scheduler or worker answers, a worker has other
    versions than this program, or the scheduler is lost while they are used.
    """
    with _quiet():
        client = _connected(address)
        executor: Executor = client.get_executor(pure=False)  # type: ignore[no-untyped-call]  # Dask's
        try:
            yield _workers(client, executor, address)
        except CancelledError as error:
            raise CourseError(message("cluster-lost", address=address)) from error
        except _killed_worker() as error:
            raise CourseError(message("cluster-lost-workers", address=address)) from error
        finally:
            _leave(client, executor)


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep what Dask logs and warns of off the terminal: what matters becomes an error of ours."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with suppress(ImportError):
            import distributed  # noqa: F401 (it sets its loggers' levels when it is first imported)
        loggers = [logging.getLogger(name) for name in _LOGGERS]
        before = [logger.level for logger in loggers]
        for logger in loggers:
            logger.setLevel(logging.CRITICAL + 1)
        try:
            yield
        finally:
            for logger, level in zip(loggers, before, strict=True):
                logger.setLevel(level)


def _connected(address: str) -> Client:
    try:
        from distributed import Client
    except ImportError as error:
        raise CourseError(message("cluster-no-dask")) from error
    if not _ADDRESS.fullmatch(address):
        raise CourseError(message("cluster-no-address", address=address))
    try:
        return Client(address, timeout=_SECONDS_TO_CONNECT, set_as_default=False)  # type: ignore[no-untyped-call]  # Dask's
    except (OSError, ValueError) as error:
        raise CourseError(message("cluster-no-scheduler", address=address)) from error


def _workers(client: Client, executor: Executor, address: str) -> Workers:
    names = sorted(_threads(client, address))
    # where the worker is gone by then, another one answers
    places = tuple({"workers": [worker], "allow_other_workers": True} for worker in names)
    _check_versions(executor, dict(zip(names, places, strict=True)))
    return Workers(executor, lambda: sum(_threads(client, address).values()), places, are_remote=True)


def _threads(client: Client, address: str) -> dict[str, int]:
    """Return each worker's number of threads; raises CourseError where there is no worker and none comes."""
    try:
        with suppress(TimeoutError):
            client.wait_for_workers(1, timeout=_SECONDS_TO_CONNECT)
        threads: dict[str, int] = client.nthreads()  # type: ignore[no-untyped-call]  # Dask's
    except (OSError, ValueError, RuntimeError) as error:
        raise CourseError(message("cluster-lost", address=address)) from error
    if not threads:
        raise CourseError(message("cluster-no-worker", address=address))
    return threads


def _check_versions(executor: Executor, places: dict[str, dict[str, Any]]) -> None:
    """Raise CourseError for a worker that would grade otherwise than this program, or not at all."""
    asked = {worker: executor.submit(versions, **place) for worker, place in places.items()}
    for worker, future in asked.items():
        try:
            theirs = future.result()
        except Exception as error:
            raise CourseError(message("cluster-cannot-run", worker=worker, problem=_line(error))) from error
        check_versions(worker, theirs, versions())


def _line(error: BaseException) -> str:
    lines = str(error).strip().splitlines()
    return f"{type(error).__name__}: {lines[0]}" if lines else type(error).__name__


def _killed_worker() -> type[Exception]:
    from distributed import KilledWorker

    return KilledWorker


def _leave(client: Client, executor: Executor) -> None:
    """Drop what waits and go; a scheduler that is lost cannot be told."""
    with suppress(Exception):
        executor.shutdown(wait=False)
    with suppress(Exception):
        client.close(timeout=_SECONDS_TO_LEAVE)  # type: ignore[no-untyped-call]  # Dask's
