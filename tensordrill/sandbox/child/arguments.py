"""A call as a `trace.TracedCall` in plain dicts, of a step as of a failure: its function, the owner and the operands.

A tensor that a step gave is reported as that step's number, so that a trace describes it once. Of a step, only small
values are reported besides; of a failure all that is known.
"""

from __future__ import annotations

import ast
from collections.abc import Container, Sequence
from types import FrameType, ModuleType
from typing import Any, Protocol

import callee
import syntax
import torch
from autograd_graph import viewed_shape
from encode import Facts, is_nested, text
from tensors import described, described_pieces
from wire import MAX_ITEMS, MAX_NESTED, MAX_OPERANDS

MAX_PIECES = 400
MAX_PLAIN = 24
"""Pieces of a step's argument that is reported: sizes, dims and indices have few, the numbers of a new tensor many."""
MAX_TEXT = 40

_Tensor, _Module = torch.Tensor, torch.nn.Module
_ATOMS = (bool, int, float, complex, type(None), type(...))
_SEQUENCES = (list, tuple, torch.Size)


class Unseen:
    """Stands for a value that was not evaluated, or was not kept."""


UNSEEN = Unseen()


class NodeValues(Protocol):
    """The part of a traced run that this module reads."""

    steps: list[dict[str, Any]]

    def module(self, file: str) -> str:
        """Return how a `trace.Place` names a file: "" for the program itself."""

    def value_of(self, file: str, node: ast.AST) -> Any:
        """Return the value that a node had last; UNSEEN where it was not evaluated."""

    def step(self, file: str, node: ast.AST) -> int | None:
        """Return the step that a node was last."""

    def last_step(self, tensor: torch.Tensor) -> int | None:
        """Return the latest step whose tensor is this one."""


class CallDescriber:
    """Describes what the nodes of a file do, with the names that a frame knows."""

    def __init__(
        self,
        run: NodeValues,
        file: str,
        frame: FrameType,
        *,
        is_failure: bool,
        put_back: Container[ast.AST] = (),
    ) -> None:
        self.run, self.file, self.frame = run, file, frame
        self.is_failure, self.put_back = is_failure, put_back

    def of_step(self, node: ast.AST) -> dict[str, Any] | None:
        """Describe what gave a step's tensor; None of a plain name, and of what is no call of a known function."""
        if isinstance(node, ast.Attribute | ast.Subscript) and _is_of_several(self.value_of(node.value)):
            node = node.value  # `x.max(dim=0).values` is what `max` gave
        if isinstance(node, ast.Name | ast.ListComp):
            return None
        call = self.of(node)
        is_known = call["owner"] or (isinstance(node, ast.Call) and self.called(node.func).name)
        return call if is_known and call["function"] else None

    def of(self, node: ast.AST, extra: Sequence[tuple[str, ast.expr]] = ()) -> dict[str, Any]:
        """Describe what a node applies to what; `extra` are operands that stand elsewhere."""
        owner, function, bound = "", syntax.function(node), None
        if isinstance(node, ast.Call):
            called = self.called(node.func)
            owner, function = called.owner, called.name or function
            bound = None if isinstance(node.func, ast.Attribute) else called.bound
        operands = [] if bound is None else [{"role": "self", **self.tensor(bound, None)}]
        for role, child in (*syntax.operands(node), *extra):
            if role == "function" and (owner or not self.is_failure):
                continue
            if role == "self" and isinstance(node, ast.Call) and self._is_namespace(child):
                continue
            operands += self.operand(role, child)
        if not isinstance(node, ast.Call) and any(each.keys() & {"step", "tensor"} for each in operands):
            owner = "tensor"
        operands = operands if len(operands) <= MAX_OPERANDS else []
        return {"node": syntax.kind(node), "function": text(function), "owner": owner, "operands": operands}

    def called(self, node: ast.expr) -> callee.Called:
        """Return whose function a call calls."""
        called = callee.called(self.function_of(node))
        is_instance = called.owner == "class" and isinstance(node, ast.Call)
        return called._replace(owner="module") if is_instance else called

    def function_of(self, node: ast.expr) -> Any:
        """Return what a call calls, None where that is not known.

        A layer that was made for this call alone, as in `nn.MSELoss()(x, y)`, has gone: its class is returned.
        """
        if isinstance(node, ast.Attribute):
            return callee.attribute(self.value_of(node.value), node.attr, None)
        value = self.value_of(node)
        if isinstance(value, Unseen):
            return self.function_of(node.func) if isinstance(node, ast.Call) else None
        return value

    def _is_namespace(self, node: ast.expr) -> bool:
        """Whether a method's owner is no operand: torch itself, a module of it, a layer."""
        value = self.value_of(node)
        return isinstance(value, ModuleType | _Module) or not (self.is_failure or isinstance(value, _Tensor))

    def value_of(self, node: ast.AST) -> Any:
        """Return a node's value; of a name, and of what is assigned to, what it is now."""
        value = self.run.value_of(self.file, node)
        if not isinstance(value, Unseen):
            return value
        match node:
            case ast.Name(id=name) if node not in self.put_back:
                return callee.variable(self.frame, name, UNSEEN)
            case ast.Subscript(value=value, slice=index) if isinstance(node.ctx, ast.Store):
                return callee.item(self.value_of(value), self.value_of(index), UNSEEN)
            case ast.Attribute(value=value, attr=name) if isinstance(node.ctx, ast.Store):
                return callee.attribute(self.value_of(value), name, UNSEEN)
        return UNSEEN

    # ---- operands ----

    def operand(self, role: str, node: ast.expr, depth: int = 0) -> list[dict[str, Any]]:
        """Describe an argument: one operand, or as many as a starred one holds."""
        if isinstance(node, ast.Starred):
            return self._starred(role, node.value)
        value = self.value_of(node)
        if role == "**":
            pairs = value.items() if type(value) is dict else ((role, UNSEEN),)
            return [{"role": text(str(key)), **self.value(item)} for key, item in pairs]
        operand = {"role": text(role), **self.value(value, node, depth)}
        if isinstance(node, ast.Tuple | ast.List) and not any(isinstance(n, ast.Starred) for n in node.elts):
            operand["items"] = self._items(node, depth)
        return [operand]

    def _starred(self, role: str, node: ast.expr) -> list[dict[str, Any]]:
        value = self.value_of(node)
        if type(value) not in _SEQUENCES or len(value) > MAX_ITEMS:
            return [{"role": "*"}]
        first = int(role) if role.isdigit() else 0
        return [{"role": str(first + number), **self.value(item)} for number, item in enumerate(value)]

    def _items(self, node: ast.Tuple | ast.List, depth: int) -> list[dict[str, Any]]:
        """Describe the pieces of a display, where there are tensors among them."""
        if depth >= MAX_NESTED or (len(node.elts) > MAX_ITEMS and not self.is_failure):
            return []
        items = [
            self.operand(str(number), part, depth + 1)[0] for number, part in enumerate(node.elts[:MAX_ITEMS])
        ]
        return items if any(item.keys() & {"step", "tensor"} for item in items) else []

    def value(self, value: Any, node: ast.expr | None = None, depth: int = 0) -> dict[str, Any]:
        """Return what an operand holds of a value, `depth` lists deep, and where it is written."""
        if isinstance(value, _Tensor):
            return self.tensor(value, node)
        place = {"place": self.place(node)} if node is not None and self.is_failure else {}
        if isinstance(value, Unseen) or not (self.is_failure or _is_small(value)):
            return place
        return place | self._plain(value, depth)

    def tensor(self, value: torch.Tensor, node: ast.expr | None) -> dict[str, Any]:
        """Return the step that gave a tensor; where there is none, or it has changed since, what is known of it."""
        own = None if node is None else self.run.step(self.file, node)
        step = self.run.last_step(value) if own is None else own
        if not self.is_failure:
            return {} if step is None else {"step": step}
        place = {} if node is None or own is not None else {"place": self.place(node)}
        if is_nested(value):
            return place | {"nested": described_pieces(value)}
        fact = described(value)
        is_same = step is not None and self.run.steps[step]["tensor"] == fact
        viewed = {"viewed": viewed_shape(value)} if step is None else {}
        return place | ({"step": step} if is_same else {"tensor": fact, "step": step} | viewed)

    def place(self, node: ast.AST) -> dict[str, Any]:
        """Return where a node is."""
        return syntax.place(node, self.run.module(self.file))

    def _plain(self, value: Any, depth: int) -> dict[str, Any]:
        if isinstance(value, slice):
            bounds = [Facts([], {}).value(part) for part in (value.start, value.stop, value.step)]
            return {"value": _other("slice", "slice"), "bounds": bounds}
        if isinstance(value, ModuleType):
            return {"value": _other("module", value.__name__)}
        if _is_of_several(value):
            name = type(value).__name__
            return {"value": _other(name, name), "items": self._pieces(tuple(value), depth)}
        if type(value) in (list, tuple, dict) and _weight(value) > MAX_PIECES:
            parts = ", ".join(type(part).__name__ for part in list(value)[:MAX_ITEMS])
            parts += ", …" if len(value) > MAX_ITEMS else ""
            report = {"value": _other(type(value).__name__, f"[{parts}]")}
            return report if type(value) is dict else report | {"items": self._pieces(value, depth)}
        return {"value": Facts([], {}).value(value)}

    def _pieces(self, values: Sequence[Any], depth: int) -> list[dict[str, Any]]:
        """Describe the pieces of a value, where there are tensors among them; the program has no words for them."""
        parts = values[:MAX_ITEMS]
        if depth >= MAX_NESTED or not any(isinstance(part, _Tensor) for part in parts):
            return []
        facts = [
            {"tensor": described(part)}
            if isinstance(part, _Tensor) and not is_nested(part)
            else self.value(part, None, depth + 1)
            for part in parts
        ]
        return [{"role": str(number), **fact} for number, fact in enumerate(facts)]


def _other(kind: str, words: str) -> dict[str, Any]:
    return {"t": "other", "type": text(kind), "text": text(words)}


def _is_of_several(value: Any) -> bool:
    """Whether a function of torch's gave several tensors, under names of their own."""
    return type(value).__module__ == "torch.return_types"


def _is_small(value: Any) -> bool:
    """Whether a value is small enough to be reported of each step."""
    if type(value) is str:
        return len(value) <= MAX_TEXT
    return type(value) in (slice, torch.dtype) or _plain_pieces(value) <= MAX_PLAIN


def _plain_pieces(value: Any) -> int:
    """Count the plain pieces of a list or tuple; too many where it holds anything else."""
    if type(value) in _SEQUENCES:
        return sum(map(_plain_pieces, value[: MAX_PLAIN + 1])) + max(len(value) - MAX_PLAIN, 0)
    return 1 if type(value) in _ATOMS else MAX_PLAIN + 1


def _weight(value: Any, depth: int = 0) -> int:
    """Count the pieces of a value, a tensor as too many: its facts say more than its elements."""
    if isinstance(value, _Tensor) or depth > MAX_NESTED:
        return MAX_PIECES + 1
    if type(value) in (list, tuple, dict):
        parts = list(value.values() if type(value) is dict else value)[: MAX_PIECES + 1]
        return 1 + sum(_weight(part, depth + 1) for part in parts)
    return 1
