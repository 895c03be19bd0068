"""Hooks on uncaught exceptions of this process: the traceback is followed by an explanation on standard error.

`_hooks` is what is installed, None where nothing is. It keeps the hooks that were there before and calls them first,
so that a traceback looks as it would without. No exception leaves a cell of IPython: there the end of a cell is the
event. A hook that was put on later may not call ours; what ended the program is then explained at exit. In a process
that this one forks, `workers` adds to what a worker of torch sends of an exception to its parent,
which explains it. Nothing that fails here reaches the program.
"""

from __future__ import annotations

import atexit
import os
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import TYPE_CHECKING, Any

from tensordrill.in_process import workers

if TYPE_CHECKING:
    from tensordrill.in_process.fixes import FixableOutput

    _Explain = Callable[[BaseException, float, str | None], FixableOutput | None]

_MARK = "_tensordrill_explained"


class _Hooks:
    def __init__(self, lang: str | None, explain: _Explain | None, *, has_trials: bool) -> None:
        self._lang = lang
        self._print = _print_and_try if has_trials else _print
        self._explain = explain
        self._since = time.time()
        self._before = sys.excepthook
        self._before_in_threads = threading.excepthook
        self._earlier = id(_last_error())
        self._shell = _shell()
        sys.excepthook, threading.excepthook = self._raised, self._raised_in_thread
        if self._shell is not None:
            self._shell.events.register("post_run_cell", self._cell_ended)

    def uninstall(self) -> None:
        """Restore the hooks that were there before; one that was put on top of ours goes on to call ours."""
        if sys.excepthook == self._raised:
            sys.excepthook = self._before
        if threading.excepthook == self._raised_in_thread:
            threading.excepthook = self._before_in_threads
        if self._shell is not None:
            self._shell.events.unregister("post_run_cell", self._cell_ended)

    def _raised(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        self._before(kind, error, trace)
        self.explain(error)

    def _raised_in_thread(self, args: threading.ExceptHookArgs) -> None:
        self._before_in_threads(args)
        self.explain(args.exc_value)

    def _cell_ended(self, result: Any) -> None:
        if _hooks is self and result.error_in_exec is not None:
            _attempt(result.error_in_exec, self._since, self._lang, _display, self._explain)

    def explain(self, error: BaseException | None) -> None:
        """Explain an exception that was shown."""
        if _hooks is self and error is not None:
            _attempt(error, self._since, self._lang, self._print, self._explain)

    def explain_last(self) -> None:
        """Explain what ended the program, if that was not done and it raised since these hooks are there."""
        error = _last_error()
        if id(error) != self._earlier:
            self.explain(error)

    def watch_workers(self) -> None:
        """Prepare a process that was just forked, which may be a worker of torch's."""
        with suppress(BaseException):
            workers.watch(self._since)


_hooks: _Hooks | None = None


def install(lang: str | None = None, explain: _Explain | None = None, *, has_trials: bool = False) -> None:
    """Explain uncaught exceptions of tensor operations from now on; `lang` is `en` or `ko`.

    `explain` stands in for `explained.explained`. With trials, fixes are tried once an explanation is shown, which
    takes the seconds in which a sandbox starts: too long for all but a program that somebody waits for.
    """
    global _hooks
    uninstall()
    _hooks = _Hooks(lang, explain, has_trials=has_trials)


def uninstall() -> None:
    """Explain no more exceptions."""
    global _hooks
    if _hooks is not None:
        hooks, _hooks = _hooks, None
        hooks.uninstall()


def show(error: BaseException) -> None:
    """Show an uncaught exception as Python does, and explain it even where the program's own hook left ours out."""
    sys.last_type, sys.last_value, sys.last_traceback = type(error), error, error.__traceback__
    if sys.version_info >= (3, 12):
        sys.last_exc = error
    sys.excepthook(type(error), error, error.__traceback__)
    if _hooks is not None:
        _hooks.explain(error)


def _last_error() -> BaseException | None:
    """Return the exception that Python showed last before it came to a hook."""
    error = getattr(sys, "last_value", None)
    return error if isinstance(error, BaseException) else None


def _at_exit() -> None:
    if _hooks is not None:
        _hooks.explain_last()


def _after_fork() -> None:
    if _hooks is not None:
        _hooks.watch_workers()


atexit.register(_at_exit)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)


class Explaining:
    """A block; an exception that leaves it is explained on standard error, and goes on."""

    def __init__(self, lang: str | None) -> None:
        self._lang = lang
        self._since = time.time()

    def __enter__(self) -> None:
        self._since = time.time()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None:
            _attempt(error, self._since, self._lang, _print)


def _attempt(
    error: BaseException,
    since: float,
    lang: str | None,
    show: Callable[[FixableOutput], None],
    explain: _Explain | None = None,
) -> None:
    """Explain an exception once; whatever fails meanwhile, ^C included, only ends the explanation."""
    if "torch" not in sys.modules or hasattr(error, _MARK):
        return
    with suppress(BaseException):
        from tensordrill.in_process.explained import explained

        shown = (explain or explained)(error, since, lang)
        if shown is not None:
            setattr(error, _MARK, True)
            show(shown)


def _print(shown: FixableOutput) -> None:
    from tensordrill.cli.options import console

    console(sys.stderr).print(shown.screen())
    sys.stderr.flush()


def _print_and_try(shown: FixableOutput) -> None:
    _print(shown)
    shown.print_fixes()


def _display(shown: FixableOutput) -> None:
    from IPython.display import display

    display(shown)  # type: ignore[no-untyped-call]


def _shell() -> Any:
    """Return the IPython shell that runs this process, None where there is none."""
    ipython = sys.modules.get("IPython")
    return None if ipython is None else ipython.get_ipython()
