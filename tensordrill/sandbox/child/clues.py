"""Clues of what may be suspicious in a run, as plain data of `clues.Clue`: a watcher looks at the events it needs."""

from __future__ import annotations

import ast
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Any

import syntax
import torch
from batches import BatchWatcher
from comparisons import ComparisonWatcher
from encode import text
from events import Event, WatchedRun
from gradients import GradientWatcher
from layers import LayerWatcher
from models import Models
from nonfinite import NonFiniteWatcher
from squashes import SquashWatcher
from wire import MAX_CLUES
from writes import RETURNING, WriteWatcher

MAX_WARNINGS = 20
MAX_MESSAGE = 1000

_METHODS = frozenset("step backward append load_state_dict train eval item tolist numpy equal".split())
_SEQUENCES = (list, tuple)
_KINDS = (torch.Tensor, torch.nn.Module, torch.optim.Optimizer)


class Watchers:
    """The watchers of one run; what they do costs the program nothing but time, and raises nothing."""

    def __init__(self, run: WatchedRun) -> None:
        self._run = run
        models = Models()
        self._gradients = GradientWatcher(models)
        self._layers = LayerWatcher(models, self._gradients)
        self._writes = WriteWatcher()
        self._watchers = (
            self._gradients,
            self._layers,
            NonFiniteWatcher(self._gradients),
            SquashWatcher(),
            BatchWatcher(),
            ComparisonWatcher(),
            self._writes,
        )
        self._warned: dict[tuple[str, int, str], dict[str, Any]] = {}

    def evaluated(self, file: str, node: ast.AST, value: Any, frame: FrameType) -> None:
        """Look at the value of an expression, before the program goes on."""
        self._poll()
        if isinstance(node, ast.Name):
            return
        event = Event(self._run, file, node, value, frame)
        with torch._C._DisableAutocast(), torch.no_grad():
            for watcher in self._watchers:
                with suppress(Exception):  # a value of the program's own may do anything
                    watcher.evaluated(event)

    def done(self, file: str, node: ast.AST, frame: FrameType) -> None:
        """Look at what a statement that writes did."""
        self._poll()
        with suppress(Exception), torch.no_grad():
            self._writes.done(Event(self._run, file, node, None, frame))

    def _poll(self) -> None:
        with suppress(Exception):
            self._gradients.poll()

    @contextmanager
    def warnings(self, captured: Any = None) -> Iterator[None]:
        """Note the warnings that Python shows; those that would go to a `captured` stream are only noted."""
        shown = warnings.showwarning

        def show(
            message: Warning | str,
            category: type[Warning],
            filename: str,
            lineno: int,
            file: Any = None,
            line: str | None = None,
        ) -> None:
            is_noted = False
            with suppress(Exception):
                is_noted = self._warn(message, category, sys._getframe(1))
            if is_noted and file is None and sys.stderr is captured is not None:
                return
            # Not `shown`: under `catch_warnings(record=True)` the list is filled by this function alone.
            warnings._showwarnmsg_impl(  # type: ignore[attr-defined]
                warnings.WarningMessage(message, category, filename, lineno, file, line)
            )

        warnings.showwarning = show
        try:
            yield
        finally:
            if warnings.showwarning is show:
                warnings.showwarning = shown

    def _warn(self, message: Warning | str, category: type[Warning], frame: FrameType | None) -> bool:
        """Note a warning at the program's line that led to it; return whether it is noted."""
        while frame is not None and frame.f_code.co_filename not in self._run.trees:
            frame = frame.f_back
        if frame is None or len(self._warned) >= MAX_WARNINGS:
            return False
        positions = list(frame.f_code.co_positions())[frame.f_lasti // 2]
        line, end_line, column, end_column = (part or 0 for part in positions)
        file, words = frame.f_code.co_filename, text(str(message)[:MAX_MESSAGE])
        place = syntax.whereabouts(
            line or frame.f_lineno, column, end_line, end_column, self._run.module(file)
        )
        self._warned.setdefault(
            (file, line, words),
            {"clue": "warned", "place": place, "category": text(category.__name__), "message": words},
        )
        return True

    def report(self) -> list[dict[str, Any]]:
        """Return the clues of the run so far."""
        clues = list(self._warned.values())
        for watcher in self._watchers:
            with suppress(Exception):
                clues += watcher.report()
        return clues[:MAX_CLUES]


def is_watched(node: ast.AST) -> bool:
    """Whether each value of a node is looked at, whatever it is."""
    match node:
        case ast.Call(func=ast.Attribute(attr=name)):
            return name in _METHODS
        case ast.Call(func=ast.Name(id="float")) | ast.Attribute(attr="grad"):
            return True
        case _:
            return False


def is_write(node: ast.AST) -> bool:
    """Whether a statement may write to a tensor, or to the gradient of one."""
    match node:
        case ast.AugAssign() | ast.Assign(targets=[ast.Subscript() | ast.Attribute()]):
            return True
        case ast.Expr(value=ast.Call(func=ast.Attribute(attr=name))):
            return name.endswith("_") or name in RETURNING
        case _:
            return False


def is_of_interest(value: Any) -> bool:
    """Whether a value is looked at, whatever gave it: a tensor, a layer, an optimizer, or several of them."""
    kind = type(value)
    if kind in _SEQUENCES:
        return bool(value) and issubclass(type(value[0]), _KINDS)
    if kind is dict:
        return bool(value) and issubclass(type(next(iter(value.values()))), torch.Tensor)
    return issubclass(kind, _KINDS)
