"""One evaluation of an instrumented expression: what was called, with which values, and what it gave."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cached_property
from types import FrameType
from typing import Any, Protocol

import arguments
import callee
import syntax
import torch
from arguments import UNSEEN, CallDescriber, Unseen
from tensors import Memory

_Tensor, _Module = torch.Tensor, torch.nn.Module


class WatchedRun(arguments.NodeValues, Protocol):
    """The part of a traced run that watchers read."""

    trees: dict[str, list[ast.Module]]
    memory: Memory

    def origin(self, node: Any) -> tuple[int | None, bool]:
        """Return the step in which a node was made, and whether the step's tensor is what it gave."""


class Event:
    """An expression of the program and its value."""

    def __init__(self, run: WatchedRun, file: str, node: ast.AST, value: Any, frame: FrameType) -> None:
        self.run, self.file, self.node, self.value, self.frame = run, file, node, value, frame
        self.is_grad_enabled = torch.is_grad_enabled()
        self._calls = CallDescriber(run, file, frame, is_failure=False)

    @property
    def key(self) -> tuple[str, syntax.Position]:
        """Return the identity of the expression: its file and position."""
        return self.file, syntax.position(self.node)

    def place(self, node: ast.AST | None = None) -> dict[str, Any]:
        """Return the place of a node, by itself of the expression."""
        return syntax.place(node or self.node, self.run.module(self.file))

    def value_of(self, node: ast.AST | None) -> Any:
        """Return the last value of a node; None where there is none."""
        value = UNSEEN if node is None else self._calls.value_of(node)
        return None if isinstance(value, Unseen) else value

    def name_of(self, value: Any) -> str:
        """Return what a running function of the program calls a value; "" where none has a name for it."""
        frame: FrameType | None = self.frame
        while frame is not None and frame.f_code.co_filename in self.run.trees:
            for name, other in [*frame.f_locals.items(), *frame.f_globals.items()]:
                if other is value and not name.startswith("_"):
                    return str(name)
            frame = frame.f_back
        return ""

    @cached_property
    def called(self) -> Any:
        """The function that a call calls; None where that is not known."""
        return self._calls.function_of(self.node.func) if isinstance(self.node, ast.Call) else None

    @cached_property
    def function(self) -> str:
        """The own name of a function or a layer, or the sign of an operator."""
        if isinstance(self.node, ast.Call):
            return callee.called(self.called).name or syntax.function(self.node)
        return syntax.function(self.node)

    @cached_property
    def receiver(self) -> Any:
        """The object that the method of a call belongs to; None for any other call."""
        node = self.node
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            return self.value_of(node.func.value)
        return None

    @cached_property
    def arguments(self) -> list[tuple[str, ast.expr, Any]]:
        """The role, node and value of each operand, a method's own tensor among them."""
        return [
            (role, node, self.value_of(node))
            for role, node in syntax.operands(self.node)
            if role not in ("function", "*", "**")
        ]

    @property
    def tensors(self) -> Iterator[torch.Tensor]:
        """Yield the tensors that it was given, also those in lists."""
        for _, _, value in self.arguments:
            if isinstance(value, _Tensor):
                yield value
            elif type(value) in (list, tuple):
                yield from (item for item in value[:16] if isinstance(item, _Tensor))

    def argument(self, number: int, *keywords: str) -> Any:
        """Return an operand by its number, a method's own tensor being 0, or by a keyword."""
        placed = [value for role, _, value in self.arguments if role.isdigit()]
        if isinstance(self.receiver, _Tensor):
            placed.insert(0, self.receiver)
        named = {role: value for role, _, value in self.arguments}
        for keyword in keywords:
            if keyword in named:
                return named[keyword]
        return placed[number] if number < len(placed) else None

    def words(self) -> Iterator[str]:
        """Yield the functions of the program that are running, and the names that the expression is made of."""
        frame: FrameType | None = self.frame
        while frame is not None:
            if frame.f_code.co_filename in self.run.trees:
                yield frame.f_code.co_name
            frame = frame.f_back
        for node in ast.walk(self.node):
            if isinstance(node, ast.Name):
                yield node.id
            elif isinstance(node, ast.Attribute):
                yield node.attr

    @property
    def is_in_a_layer(self) -> bool:
        """Whether a method of a layer of the program's own is running."""
        frame: FrameType | None = self.frame
        while frame is not None and frame.f_code.co_filename in self.run.trees:
            if isinstance(frame.f_locals.get("self"), _Module):
                return True
            frame = frame.f_back
        return False
