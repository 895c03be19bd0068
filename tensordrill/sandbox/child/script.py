"""A script of the user's own, run as `python FILE` runs it: as the main module, in a world without ours."""

from __future__ import annotations

import atexit
import builtins
import functools
import gc
import inspect
import os
import selectors
import site
import sys
import weakref
from asyncio.selector_events import BaseSelectorEventLoop
from contextlib import suppress
from importlib.machinery import BuiltinImporter, FrozenImporter, PathFinder, SourceFileLoader
from pathlib import Path
from types import ModuleType, TracebackType
from typing import Any

import torch
from import_hook import OwnModules
from scratch import Scratch
from torch.utils.data import DataLoader
from tracer import Tracer

_OURS = Path(__file__).parent
_NAMES = "__name__ __doc__ __package__ __loader__ __spec__ __annotations__ __builtins__ __file__ __cached__".split()
_OF_WORKERS = (
    "num_workers",
    "timeout",
    "worker_init_fn",
    "multiprocessing_context",
    "prefetch_factor",
    "persistent_workers",
)
"""Arguments of a `DataLoader` that only make sense with workers, some of which it refuses without."""
_BEFORE_SCRIPTS = ("__main__", "encodings")
"""The modules that Python imports from files before it runs one."""


class Script:
    """One script; it runs once, in a process that is not used for another."""

    def __init__(self, program: dict[str, Any], tracer: Tracer) -> None:
        self.file: str = program["file"]
        self._source: str = program.get("code", "")
        self._tracer = tracer
        self._main: ModuleType | None = _main_module(self.file)
        _give_up_our_names()
        sys.modules["__main__"] = self._main
        sys.argv = [*program.get("argv", (self.file,))]
        os.environ.update(program.get("environ", ()))
        self._scratch: Scratch | None = None
        with suppress(OSError, KeyError):  # where the kernel cannot say what may be written, nothing is
            self._scratch = Scratch(program["scratch"])
            self._scratch.install()
        self._workers = _load_without_workers()
        folder = Path(self.file).parent
        _make_way_for(folder)
        sys.path.insert(0, str(folder))
        sys.meta_path.insert(sys.meta_path.index(PathFinder), OwnModules(str(folder), tracer))
        _as_in_any_process()

    @property
    def adjustments(self) -> list[str]:
        """Return what it did otherwise than it says, as a `protocol.Adjustment` each."""
        holds = {"workers": bool(self._workers), "files": bool(self._scratch and self._scratch.is_used)}
        return [name for name, is_so in holds.items() if is_so]

    def run(self) -> None:
        """Run it; raises what it raises."""
        assert self._main is not None
        code = self._tracer.instrument(self._source, self.file)
        exec(code, vars(self._main))  # noqa: S102 (the user's own script)

    def uncaught(self, error: BaseException) -> None:
        """Call the script's own hook for what it raised; raises nothing."""
        if sys.excepthook is not sys.__excepthook__ and not isinstance(error, SystemExit):
            with suppress(BaseException):
                sys.excepthook(type(error), error, _without_ours(error.__traceback__))

    def end(self) -> None:
        """Run what Python runs at the end, exit functions and `__del__` of what is left; raises nothing."""
        with suppress(BaseException):
            atexit._run_exitfuncs()
        self._main = None
        sys.modules.pop("__main__", None)
        self._tracer.forget()
        with suppress(BaseException):
            gc.collect()


def _main_module(file: str) -> ModuleType:
    """Return a module like the one that Python made for the script of this process itself."""
    main = ModuleType("__main__")
    values = {
        "__name__": "__main__",
        "__loader__": SourceFileLoader("__main__", file),
        "__annotations__": {},
        "__builtins__": builtins,
        "__file__": file,
    }
    there = vars(sys.modules["__main__"])
    vars(main).update({name: values.get(name) for name in _NAMES if name in there})
    return main


def _give_up_our_names() -> None:
    """Remove our names from `sys.modules`: the user may have modules of these names, and ours are imported by now."""
    sys.path[:] = [path for path in sys.path if Path(path) != _OURS]
    for name, module in list(sys.modules.items()):
        if Path(getattr(module, "__file__", None) or ".").parent == _OURS:
            del sys.modules[name]


def _make_way_for(folder: Path) -> None:
    """Import modules of a folder before those of their names that this process has imported already.

    Under Python they do, apart from modules that are there before any script begins.
    """
    own = {path.stem for path in folder.glob("*.py")} | {
        path.parent.name for path in folder.glob("*/__init__.py")
    }
    for name in list(sys.modules):
        top = name.partition(".")[0]
        if top in own and top not in _BEFORE_SCRIPTS and not _is_part_of_python(top):
            del sys.modules[name]


def _is_part_of_python(name: str) -> bool:
    return bool(BuiltinImporter.find_spec(name) or FrozenImporter.find_spec(name))


def _as_in_any_process() -> None:
    """Undo what this process has of its own: no names of `site`, finalizers of libraries, each warning of torch."""
    site.setquit()
    site.setcopyright()
    site.sethelper()
    weakref.finalize._registered_with_atexit = False  # type: ignore[attr-defined]
    torch.set_warn_always(False)
    if sys.platform == "linux":
        _need_no_sockets()


def _load_without_workers() -> list[int]:
    """Replace `DataLoader.__init__` so that no workers are started; return the list of how many there were to be."""
    initialize = DataLoader.__init__
    signature = inspect.signature(initialize)
    workers: list[int] = []

    @functools.wraps(initialize)
    def without_workers(*arguments: Any, **named: Any) -> None:
        with suppress(TypeError):
            bound = signature.bind(*arguments, **named)
            if bound.arguments.get("num_workers"):
                workers.append(bound.arguments["num_workers"])
                for name in _OF_WORKERS:
                    bound.arguments.pop(name, None)
                arguments, named = bound.args, bound.kwargs
        initialize(*arguments, **named)

    DataLoader.__init__ = without_workers
    return workers


def _need_no_sockets() -> None:
    """Replace the part of event loops that the sandbox refuses.

    A loop's pair of sockets is for threads and signals to wake it, and there are none.
    """
    for name in ("_make_self_pipe", "_close_self_pipe", "_write_to_self"):
        setattr(BaseSelectorEventLoop, name, lambda _: None)
    selectors.DefaultSelector = selectors.PollSelector  # type: ignore[assignment,misc]


def _without_ours(trace: TracebackType | None) -> TracebackType | None:
    while trace is not None and Path(trace.tb_frame.f_code.co_filename).parent == _OURS:
        trace = trace.tb_next
    return trace
