"""`python __main__.py LANGUAGE FILE [ARGUMENT]…`: run a file as `python FILE` does, and explain what it raises.

Started by path, for the folder that Python then imports from first is not the user's. Only the standard library is
imported before the file runs, and nothing that Python itself does not import as well is left among its names.
"""

from __future__ import annotations

import builtins
import os
import sys
from importlib.machinery import SourceFileLoader
from types import CodeType, ModuleType

from tensordrill.in_process.hooks import install, show


def main() -> None:
    """Run the file; ends as it ends."""
    lang, file = sys.argv[1:3]
    sys.argv = sys.argv[2:]
    sys.path.pop(0)
    if not sys.flags.safe_path:
        sys.path.insert(0, os.path.dirname(os.path.realpath(file)))
    path = os.path.join(os.getcwd(), file)
    module = _main_module(path)
    sys.modules["__main__"] = module
    install(lang)
    try:
        exec(_code(path), vars(module))  # noqa: S102 (the user's own program)
    except SystemExit:
        raise
    except BaseException as error:
        _show(error)
        raise


def _code(path: str) -> CodeType:
    with open(path, "rb") as file:
        return compile(file.read(), path, "exec", dont_inherit=True)


def _main_module(path: str) -> ModuleType:
    """Return a module as Python makes it for a script."""
    values = {
        "__name__": "__main__",
        "__loader__": SourceFileLoader("__main__", path),
        "__annotations__": {},
        "__builtins__": builtins,
        "__file__": path,
    }
    module = ModuleType("__main__")
    vars(module).clear()
    names = (
        "__name__ __doc__ __package__ __loader__ __spec__ __annotations__ __builtins__ __file__ __cached__"
    )
    there = vars(sys.modules["__main__"])
    vars(module).update({name: values.get(name) for name in names.split() if name in there})
    return module


def _show(error: BaseException) -> None:
    """Show an exception without our frames in its traceback; Python itself then has nothing more to show."""
    trace = error.__traceback__
    while trace is not None and trace.tb_frame.f_code.co_filename == __file__:
        trace = trace.tb_next
    error.__traceback__ = trace
    show(error)
    sys.excepthook = lambda *_: None


if __name__ == "__main__":
    main()
