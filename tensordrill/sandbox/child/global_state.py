"""The global state that a program must not change, or the next one needs a new fork: torch's names and settings.

A fork pays for each page that it writes to, and to look at a value is to write: it is counted as used. CPython
up to 3.13 numbers every change of a dict, which tells as much and costs a fork nothing.
"""

from __future__ import annotations

import ctypes
import gc
import operator
import sys
from typing import Any

import torch
from torch import nn
from torch._tensor_str import PRINT_OPTS

_WATCHED = (torch, torch.Tensor, torch.linalg, nn.functional, nn, nn.Module)
_SETTINGS = (
    torch.get_default_dtype,
    torch.is_grad_enabled,
    torch.is_inference_mode_enabled,
    torch.are_deterministic_algorithms_enabled,
    torch.is_anomaly_enabled,
    torch.is_warn_always_enabled,
    torch.get_num_threads,
    torch._C._len_torch_function_stack,  # a default device is one of these modes
    lambda: tuple(vars(PRINT_OPTS).values()),
)
_VERSION_AT = 24
"""The offset of PyDictObject's `ma_version_tag`: after the reference count, the type and the number of items.

https://peps.python.org/pep-0509/; Python 3.14 has no such field any more: https://peps.python.org/pep-0699/.
"""


class GlobalState:
    """Torch's names and settings as they are now."""

    def __init__(self) -> None:
        kept = _Versions if _changes_are_numbered() else _Names
        self.names = [kept(_names_of(watched)) for watched in _WATCHED]
        self.settings = [read() for read in _SETTINGS]

    def is_untouched(self) -> bool:
        """Whether everything is as it was."""
        if not all(names.are_untouched() for names in self.names):
            return False
        try:
            return [read() for read in _SETTINGS] == self.settings
        except Exception:
            return False  # something that a reader needs was replaced


class _Versions:
    """Names whose changes Python numbers."""

    def __init__(self, names: dict[str, Any]) -> None:
        self.names = names
        self.version = _version(names)

    def are_untouched(self) -> bool:
        return _version(self.names) == self.version


class _Names:
    """Names compared by identity, which no value can fake."""

    def __init__(self, names: dict[str, Any]) -> None:
        self.names = names
        self.kept = dict(names)

    def are_untouched(self) -> bool:
        return len(self.names) == len(self.kept) and all(
            map(operator.is_, self.names.values(), self.kept.values())
        )


def _names_of(watched: Any) -> dict[str, Any]:
    """Return the dict itself, of which a class shows a proxy only."""
    names = vars(watched)
    return names if isinstance(names, dict) else next(iter(gc.get_referents(names)))


def _version(names: dict[str, Any]) -> int:
    return ctypes.c_uint64.from_address(id(names) + _VERSION_AT).value


def _changes_are_numbered() -> bool:
    """Whether this Python is one whose dicts have such numbers, and they do count: builds without a GIL differ."""
    if sys.implementation.name != "cpython" or sys.version_info >= (3, 14):
        return False
    tried = {"a": object()}
    before = _version(tried)
    if _version(tried) != before or list(tried) != ["a"]:
        return False
    tried["a"] = object()
    changed = _version(tried)
    tried["b"] = None
    added = _version(tried)
    del tried["b"]
    return len({before, changed, added, _version(tried)}) == 4
