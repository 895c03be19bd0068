"""Processes that do part of the work while this one goes on, where processes can be forked."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import TypeAlias

from tensordrill.errors import CourseError, TensordrillError
from tensordrill.messages import message

Work: TypeAlias = Callable[[], None]


@contextmanager
def helped(works: Sequence[Work]) -> Iterator[None]:
    """Do each work in a process of its own meanwhile; what one raises is raised here at the end.

    A problem that is the user's comes as a CourseError, anything else as a RuntimeError with its traceback.
    Where processes cannot be forked, which threads make unsafe, the works are done here afterwards.
    """
    if sys.platform != "linux" or threading.active_count() > 1:
        yield
        for work in works:
            work()
        return
    helpers = [_Helper(work) for work in works]
    try:
        yield
        for helper in helpers:
            helper.wait()
    finally:
        for helper in helpers:
            helper.end()


def is_left_alone() -> bool:
    """Whether this is a helper that nobody waits for any more."""
    started = multiprocessing.parent_process()
    return started is not None and started.pid != os.getppid()


class _Helper:
    def __init__(self, work: Work) -> None:
        context = multiprocessing.get_context("fork")
        self._said, says = context.Pipe(duplex=False)
        # Windows has no such context, nor have its types; `helped` makes no helper there
        self._process = context.Process(target=_do, args=(work, says), daemon=True)  # type: ignore[attr-defined,unused-ignore]
        self._process.start()
        says.close()

    def wait(self) -> None:
        try:
            kind, said = self._said.recv()
        except EOFError:
            raise CourseError(message("output-killed")) from None
        if kind is not None:
            raise kind(said)

    def end(self) -> None:
        self._process.terminate()
        self._process.join()
        self._said.close()


def _do(work: Work, says: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # ^C reaches both; the one who waits says what it leaves
    try:
        work()
    except TensordrillError as error:
        says.send((CourseError, error.problem))
    except Exception:
        says.send((RuntimeError, traceback.format_exc()))
    else:
        says.send((None, ""))
