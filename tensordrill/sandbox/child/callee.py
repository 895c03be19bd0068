"""Resolve the callee of a call: its owner (tensor, torch, Python, module) and its real name."""

from __future__ import annotations

import difflib
from types import FrameType, ModuleType
from typing import Any, NamedTuple

import torch
from encode import text
from wire import MAX_NEAR

_Tensor, _Module = torch.Tensor, torch.nn.Module
_TORCH = ("torch.", "_VariableFunctions")
_PYTHON = ("builtins", "math", "operator", "_operator")


class Called(NamedTuple):
    """`owner` is `tensor`, `torch`, `python` or `module`, "" for anything else; `bound` a hidden `self`."""

    owner: str
    name: str
    bound: torch.Tensor | None = None


def called(value: Any) -> Called:
    """Return whose function a value is."""
    if isinstance(value, _Module):
        return Called("module", type(value).__name__)
    name = getattr(value, "__name__", None) if callable(value) and not isinstance(value, _Tensor) else None
    if not isinstance(name, str):
        return Called("", "")
    owner = getattr(value, "__self__", None)
    if isinstance(owner, _Tensor):
        return Called("tensor", name, owner)
    if isinstance(value, type) and issubclass(value, _Module):
        return Called("class", name)
    module = str(getattr(value, "__module__", None) or "")
    if module in _PYTHON:
        return Called("python", name)
    qualified = str(getattr(value, "__qualname__", ""))
    if module.split(".")[0] == "torch" or qualified.startswith(_TORCH) or _is_builtin_of_torch(value):
        return Called("torch", name)
    return Called("", name)


def _is_builtin_of_torch(value: Any) -> bool:
    holders = (torch, torch.nn.functional, torch.Tensor, torch._C._nn, torch._C.TensorBase)
    return any(vars(holder).get(value.__name__) is value for holder in holders)


def attribute(value: Any, name: str, missing: Any) -> Any:
    """Return an attribute of a plain tensor, a library's module or a layer; no code of the program's runs for it."""
    if isinstance(value, _Module):
        return _layer(value, name, missing)
    if type(value) in (_Tensor, torch.nn.Parameter, ModuleType):
        try:
            return getattr(value, name)
        except Exception:
            return missing
    return missing


def _layer(module: torch.nn.Module, name: str, missing: Any) -> Any:
    """Return a submodule, a parameter, a buffer or a plain attribute of a module, without its own properties."""
    own = vars(module)
    for kind in ("_modules", "_parameters", "_buffers"):
        if name in (own.get(kind) or {}):
            return own[kind][name]
    return own.get(name, missing)


def variable(frame: FrameType, name: str, missing: Any) -> Any:
    """Return what a name stands for in a frame now."""
    scopes = (frame.f_locals, frame.f_globals, frame.f_builtins)
    return next((scope[name] for scope in scopes if name in scope), missing)


def item(value: Any, index: Any, missing: Any) -> Any:
    """Return an item of a tensor, list or dict."""
    if isinstance(value, _Tensor) or type(value) in (list, tuple, dict):
        try:
            return value[index]
        except Exception:
            return missing
    return missing


def near(value: Any, name: str) -> list[str]:
    """Return the names that a tensor, a library's module or a layer has and that are spelt like `name`."""
    if not isinstance(value, _Tensor | _Module | ModuleType):
        return []
    names = [each for each in dir(value) if not each.startswith("_")]
    return [text(each) for each in difflib.get_close_matches(name, names, MAX_NEAR, 0.7)]
