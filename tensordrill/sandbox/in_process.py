"""The child's modules in the user's own process, which has imported torch itself.

They import each other by bare names, as scripts do. Here those names would hide or be hidden by the user's modules,
so they are loaded beside `sys.modules`: their `import` statements look for the child's files first, and nobody else's
do.
"""

from __future__ import annotations

import builtins
import json
import threading
from functools import cache
from importlib.machinery import SourceFileLoader
from types import ModuleType
from typing import Any

import msgspec
from msgspec import Struct

from tensordrill.sandbox.protocol import Observation
from tensordrill.sandbox.readable import CHILD


class Uncaught(Struct, frozen=True, forbid_unknown_fields=True):
    """The report of the tensor operation that raised, and the file that it stands in."""

    file: str
    source: str
    has_tensors: bool
    """Whether it was given any."""
    observation: Observation


def report_of(error: BaseException, since: float) -> str | None:
    """Report the tensor operation behind an exception as JSON; None where there is none.

    Files that were changed after `since` (`time.time()`) count as they were only if their code shows it. What fails
    here raises.
    """
    report = module("uncaught").uncaught(error, since)
    return None if report is None else json.dumps(report)


decode_report = msgspec.json.Decoder(Uncaught).decode

_lock = threading.RLock()


def module(name: str) -> ModuleType:
    """Return one of the child's modules, loaded here."""
    with _lock:
        return _loaded(name)


@cache
def _loaded(name: str) -> ModuleType:
    path = str(CHILD / f"{name}.py")
    loaded = ModuleType(name)
    vars(loaded).update(__file__=path, __builtins__={**vars(builtins), "__import__": _import})
    code = SourceFileLoader(name, path).get_code(name)
    assert code is not None
    exec(code, vars(loaded))  # noqa: S102 (our own)
    return loaded


def _import(name: str, *rest: Any) -> ModuleType:
    """Import as the statement does (https://docs.python.org/3/library/functions.html#import__), the child's first."""
    is_childs = "." not in name and (CHILD / f"{name}.py").is_file()
    return module(name) if is_childs else builtins.__import__(name, *rest)
