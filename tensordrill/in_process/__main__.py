"""`python __main__.py LANGUAGE HOW PROGRAM [ARGUMENT]…`: run a program as Python does, and explain what it raises.

HOW is `file` or `module`, as in `python FILE` and `python -m MODULE`; with `deep-` before it, the program is traced.

Started by path, for the folder that Python then imports from first is not the user's. Only the standard library is
imported before the file runs, and nothing that Python itself does not import as well is left among its names.
"""

from __future__ import annotations

import builtins
import os
import runpy
import sys
from importlib.machinery import BuiltinImporter, SourceFileLoader
from types import CodeType, ModuleType, TracebackType
from typing import TYPE_CHECKING

from tensordrill.in_process.hooks import install, show

if TYPE_CHECKING:
    from tensordrill.in_process.deep import DeepRun

_OURS = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def main() -> None:
    """Run the program; ends as it ends."""
    lang, how, name = sys.argv[1:4]
    is_deep, is_module = how.startswith("deep"), how.endswith("module")
    sys.argv = ["-m" if is_module else name, *sys.argv[4:]]
    sys.path.pop(0)
    if not sys.flags.safe_path:
        sys.path.insert(0, os.getcwd() if is_module else os.path.dirname(os.path.realpath(name)))
    path = None if is_module else os.path.join(os.getcwd(), name)
    sys.modules["__main__"] = _main_module(path)
    deep = _deep(path, name, lang) if is_deep else None
    install(lang, None if deep is None else deep.explained, has_trials=True)
    try:
        _run(name, path, deep)
    except SystemExit as end:
        if deep is not None and not end.code:
            deep.end()
        raise
    except BaseException as error:
        _show(error)
        raise
    if deep is not None:
        deep.end()


def _run(name: str, path: str | None, deep: DeepRun | None) -> None:
    if path is None:
        runpy._run_module_as_main(name)  # type: ignore[attr-defined]  # what `python -m` calls
    else:
        code = _code(path) if deep is None else deep.code()
        exec(code, vars(sys.modules["__main__"]))  # noqa: S102 (the user's own program)


def _deep(path: str | None, name: str, lang: str) -> DeepRun | None:
    """Prepare to trace a program; None where there is no such module, which Python says when it is run."""
    from tensordrill.in_process.deep import DeepRun

    deep = DeepRun(os.getcwd() if path is None else os.path.dirname(os.path.realpath(path)), lang)
    if path is not None:
        deep.main(path)
        return deep
    return deep if deep.find_main(name) else None


def _code(path: str) -> CodeType:
    with open(path, "rb") as file:
        return compile(file.read(), path, "exec", dont_inherit=True)


def _main_module(path: str | None) -> ModuleType:
    """Return a module as Python makes it for a script; without a path, as it is before `python -m` finds its own."""
    values = {
        "__name__": "__main__",
        "__loader__": BuiltinImporter,
        "__annotations__": {},
        "__builtins__": builtins,
    }
    names = "__name__ __doc__ __package__ __loader__ __spec__ __annotations__ __builtins__"
    if path is not None:
        values |= {"__loader__": SourceFileLoader("__main__", path), "__file__": path}
        names += " __file__ __cached__"
    module = ModuleType("__main__")
    vars(module).clear()
    there = vars(sys.modules["__main__"])
    vars(module).update({name: values.get(name) for name in names.split() if name in there})
    return module


def _show(error: BaseException) -> None:
    """Show an exception without our frames in its traceback; Python itself then has nothing more to show."""
    trace = error.__traceback__
    while trace is not None and trace.tb_frame.f_code.co_filename == __file__:
        trace = trace.tb_next
    error.__traceback__ = _without_reading(trace) if isinstance(error, SyntaxError) else trace
    show(error)
    sys.excepthook = lambda *_: None


def _without_reading(trace: TracebackType | None) -> TracebackType | None:
    """Return a traceback that ends where the tracer began to read a module, as if Python itself had read it."""
    if _is_reading(trace):
        return None
    assert trace is not None
    return TracebackType(_without_reading(trace.tb_next), trace.tb_frame, trace.tb_lasti, trace.tb_lineno)


def _is_reading(trace: TracebackType | None) -> bool:
    while trace is not None and trace.tb_frame.f_code.co_filename.startswith("<frozen importlib."):
        trace = trace.tb_next
    return trace is None or trace.tb_frame.f_code.co_filename.startswith(_OURS)


if __name__ == "__main__":
    main()
