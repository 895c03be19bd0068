"""The module that was running when something raised, by its path from the outermost running one."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from types import TracebackType
from typing import Any

import torch
from encode import text

MAX_MODULES = 10_000
_Module = torch.nn.Module
_INDEXED = (torch.nn.Sequential, torch.nn.ModuleList)
_CALL = _Module._call_impl.__code__
"""The code that every call of a module runs, with the module as `self`."""


def entries(error: BaseException) -> Iterator[TracebackType]:
    """Yield an exception's traceback, the outermost entry first."""
    trace = error.__traceback__
    while trace is not None:
        yield trace
        trace = trace.tb_next


def running(error: BaseException) -> dict[str, Any]:
    """Return the innermost module that was running, as fields of a `trace.Failure`; none if it is the outermost."""
    frames = [entry.tb_frame for entry in entries(error) if entry.tb_frame.f_code is _CALL]
    modules = [module for frame in frames if isinstance(module := frame.f_locals.get("self"), _Module)]
    path = _path(modules[0], modules[-1]) if modules else ""
    if not path:
        return {}
    names = {"module_type": modules[-1], "outermost_type": modules[0]}
    return {"module": text(path), **{name: text(type(module).__name__) for name, module in names.items()}}


def _path(outermost: Any, innermost: Any) -> str:
    """Return the code that leads from a module to one that it holds; "" where it holds none.

    The modules are read as `named_modules` reads them, past what classes redefine.
    """
    left = deque([("", outermost)])
    known: set[int] = set()
    while left and len(known) < MAX_MODULES:
        path, module = left.popleft()
        if module is innermost:
            return path.removeprefix(".")
        if id(module) in known:
            continue
        known.add(id(module))
        for name, child in (vars(module).get("_modules") or {}).items():
            if isinstance(child, _Module):
                left.append((path + _step(module, name), child))
    return ""


def _step(module: Any, name: str) -> str:
    if isinstance(module, torch.nn.ModuleDict):
        return f"[{name!r}]"
    return f"[{name}]" if isinstance(module, _INDEXED) and name.isdigit() else f".{name}"
