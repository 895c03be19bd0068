"""Writes in place that do not do what they look like: to copies, through repeated indices, to memory that is read."""

from __future__ import annotations

import ast
import math
import sys
import weakref
from types import EllipsisType
from typing import Any

import callee
import syntax
import torch
from encode import data, is_readable, text
from events import Event
from memory_overlap import shares_memory
from models import parameters

MAX_INDICES = 1_000_000
MAX_COMPARED = 1 << 16
MAX_SHARED = 1_000_000

_Tensor, _Module = torch.Tensor, torch.nn.Module
_INTEGERS = (torch.int64, torch.int32, torch.int16, torch.int8, torch.uint8)
_READING = frozenset(
    "add_ sub_ mul_ div_ pow_ fmod_ remainder_ addcmul_ addcdiv_ lerp_ maximum_ minimum_".split()
)
"""Methods that read their operands while they write."""
RETURNING = frozenset(
    "abs add clamp clip contiguous div double exp expand fill_diagonal flatten float half index_add index_copy "
    "index_fill int log log_softmax long masked_fill masked_scatter mul neg nan_to_num permute pow relu repeat reshape "
    "round scatter scatter_add sigmoid softmax sort sqrt squeeze sub swapaxes t tanh to transpose tril triu type "
    "unsqueeze view".split()
)
"""Methods that give another tensor and leave their own as it is."""


class WriteWatcher:
    """The statements of one run that write."""

    def __init__(self) -> None:
        self._clues: dict[Any, dict[str, Any]] = {}
        self._appended: dict[int, tuple[Any, bytes]] = {}
        self._repeated: dict[Any, tuple[weakref.ref[torch.Tensor], int, int, dict[str, Any]]] = {}

    def evaluated(self, event: Event) -> None:
        """Look at calls that keep or write tensors, and at a `.grad` that is None."""
        node = event.node
        if type(event.value) is list and isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
            self._repeat(event, event.value)
        if isinstance(node, ast.Attribute) and node.attr == "grad" and event.value is None:
            self._grad(event, event.value_of(node.value))
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            return
        match node.func.attr:
            case "append" if type(event.receiver) is list and node.args:
                self._append(event, event.receiver, node.args[0])
            case "load_state_dict" if isinstance(event.receiver, _Module):
                self._load(event, event.receiver)
            case method if method in _READING and isinstance(event.receiver, _Tensor):
                for _, operand, value in event.arguments[1:]:
                    self._overlap(event, event.receiver, operand, value)

    def done(self, event: Event) -> None:
        """Look at a statement that wrote."""
        self._look_at_repeated(event)
        match event.node:
            case ast.Expr(
                value=ast.Call(
                    func=ast.Attribute(
                        value=ast.Name() | ast.Attribute() | ast.Subscript() as base, attr=method
                    )
                ) as call
            ) if method in RETURNING:
                self._unused(event, base, call, method)
            case ast.AugAssign(target=target, value=value):
                self._lost(event, target.value if isinstance(target, ast.Subscript) else None)
                self._expanded(event, target)
                if isinstance(target, ast.Subscript):
                    self._duplicates(event, target, is_sum=isinstance(event.node.op, ast.Add | ast.Sub))
                self._overlap(event, _target(event, target), value, event.value_of(value))
            case ast.Assign(targets=[ast.Subscript() as target], value=ast.BinOp() as value):
                self._lost(event, target.value)
                self._expanded(event, target)
                read = ast.dump(ast.Subscript(target.value, target.slice, ast.Load()))
                if read in map(ast.dump, (value.left, value.right)):
                    self._duplicates(event, target, is_sum=isinstance(value.op, ast.Add | ast.Sub))
            case ast.Assign(targets=[ast.Subscript(value=base) as target], value=kept):
                self._lost(event, base)
                self._expanded(event, target)
                if type(event.value_of(base)) is dict:
                    self._append(event, event.value_of(base), kept)
            case ast.Expr(value=ast.Call(func=ast.Attribute(value=base, attr=method))) if (
                _is_in_place(method)
                and syntax.function(base) != "clone"  # which may be looked at, as at a prompt
            ):
                self._lost(event, base)
                self._expanded(event, base)

    def _add(self, event: Event, clue: dict[str, Any]) -> None:
        self._clues.setdefault((clue["clue"], *event.key), clue)

    # ---- writes to copies ----

    def _lost(self, event: Event, base: ast.expr | None) -> None:
        copied = None if base is None else _copied(event, base)
        if copied is not None:
            copy, source = copied
            self._add(
                event,
                {
                    "clue": "lost-write",
                    "place": event.place(),
                    "copy": event.place(copy),
                    "source": event.place(source),
                },
            )

    # ---- results that are thrown away ----

    def _unused(self, event: Event, base: ast.expr, call: ast.Call, method: str) -> None:
        tensor, result = event.value_of(base), event.value_of(call)
        results = result if isinstance(result, tuple) else (result,)
        if isinstance(tensor, _Tensor) and any(
            isinstance(each, _Tensor) and each is not tensor for each in results
        ):
            clue = {"clue": "unused-result", "place": event.place(call), "tensor": event.place(base)}
            self._add(event, clue | {"method": text(method), "has_twin": hasattr(_Tensor, f"{method}_")})

    # ---- memory that is there several times ----

    def _repeat(self, event: Event, items: list[Any]) -> None:
        first = items[0] if items else None
        times = sum(item is first for item in items)
        if isinstance(first, _Tensor) and times > 1:
            self._repeated[event.key] = weakref.ref(first), first._version, times, event.place()

    def _look_at_repeated(self, event: Event) -> None:
        for key, (reference, version, times, place) in list(self._repeated.items()):
            tensor = reference()
            if tensor is None:
                del self._repeated[key]
            elif tensor._version != version:
                del self._repeated[key]
                clue = {"clue": "repeated", "place": place, "kind": "list", "times": times}
                self._clues.setdefault(("repeated", *key), clue | {"write": event.place()})

    def _expanded(self, event: Event, node: ast.expr) -> None:
        """Look at a write to a part of a tensor that has one memory for several elements."""
        while isinstance(node, ast.Subscript):
            tensor = event.value_of(node.value)
            if isinstance(tensor, _Tensor) and tensor.layout is torch.strided:
                dims = zip(tensor.shape, tensor.stride(), strict=True)
                times = math.prod(size for size, stride in dims if stride == 0 and size > 1)
                if times > 1:
                    clue = {"clue": "repeated", "place": event.place(node.value), "kind": "expanded"}
                    self._add(event, clue | {"times": times, "write": event.place()})
                    return
            node = node.value

    # ---- repeated indices ----

    def _duplicates(self, event: Event, target: ast.Subscript, *, is_sum: bool) -> None:
        base = event.value_of(target.value)
        parts = target.slice.elts if isinstance(target.slice, ast.Tuple) else [target.slice]
        values = [event.value_of(part) for part in parts]
        if not isinstance(base, _Tensor) or not all(map(_is_index, values)):
            return
        indices = [torch.as_tensor(value) for value in values if not isinstance(value, slice | EllipsisType)]
        if not indices or any(index.dtype not in _INTEGERS for index in indices):
            return
        rows = torch.stack([index.reshape(-1) for index in torch.broadcast_tensors(*indices)])
        if not any(value is ... for value in values):  # which dims are indexed is known, negative indices too
            sizes = torch.tensor(base.shape[: len(parts)])[[not isinstance(value, slice) for value in values]]
            rows = rows % sizes[:, None]
        count, distinct = rows.shape[1], torch.unique(rows, dim=1).shape[1]
        if 1 < count <= MAX_INDICES and distinct < count:
            self._add(
                event,
                {
                    "clue": "duplicate-indices",
                    "place": event.place(),
                    "count": count,
                    "distinct": distinct,
                    "target": event.place(target.value),
                    "index": event.place(target.slice),
                    "is_sum": is_sum,
                },
            )

    # ---- memory that is read while it is written ----

    def _overlap(self, event: Event, target: Any, operand: ast.expr, value: Any) -> None:
        if not isinstance(target, _Tensor) or not isinstance(value, _Tensor) or target is value:
            return
        if value.numel() > MAX_SHARED or target.numel() > MAX_SHARED or not _is_one_storage(target, value):
            return
        if value.dim() <= target.dim() and _is_same_place(target, value):
            return
        if shares_memory(target, value):
            clue = {"clue": "overlap", "place": event.place(), "operand": event.place(operand)}
            self._add(event, clue)

    # ---- one memory under several names ----

    def _append(self, event: Event, items: list[Any] | dict[Any, Any], value: ast.expr) -> None:
        last = next(reversed(items.values() if isinstance(items, dict) else items), None)
        memory = _held(last)
        if memory is None:
            self._appended.pop(id(items), None)
            return
        where, content, is_array = memory
        before = self._appended.get(id(items))
        if before is not None and before[0] == where and before[1] != content and len(items) > 1:
            clue = {"clue": "same-memory", "place": event.place(), "kind": "list", "is_array": is_array}
            self._add(event, clue | {"value": event.place(value)})
        self._appended[id(items)] = where, content

    def _load(self, event: Event, model: torch.nn.Module) -> None:
        state = event.argument(0, "state_dict")
        is_assigned = event.argument(2, "assign") is True  # then it has them now, whosever they were
        if (
            not isinstance(state, dict)
            or not isinstance(event.node, ast.Call)
            or not event.node.args
            or is_assigned
        ):
            return
        own = {tensor.data_ptr() for _, tensor in parameters(model) if tensor.numel()}
        loaded = {tensor.data_ptr() for tensor in state.values() if isinstance(tensor, _Tensor)}
        if own and own <= loaded:
            clue = {"clue": "same-memory", "place": event.place(), "kind": "state"}
            self._add(event, clue | {"value": event.place(event.node.args[0])})

    # ---- gradients of what is no leaf ----

    def _grad(self, event: Event, tensor: Any) -> None:
        if not isinstance(tensor, _Tensor) or tensor.is_leaf or tensor.retains_grad:
            return
        source = next((known.first for known in event.run.memory if known.tensor() is tensor), None)
        place = None if source is None else event.run.steps[source]["place"]
        self._add(event, {"clue": "non-leaf-grad", "place": event.place(), "source": place})

    def report(self) -> list[dict[str, Any]]:
        """Return the clues about writes."""
        return list(self._clues.values())


def _is_in_place(method: str) -> bool:
    return method.endswith("_") and not method.endswith("__") and not method.startswith("requires_grad")


def _copied(event: Event, node: ast.expr) -> tuple[ast.expr, ast.expr] | None:
    """Return the expression that copied and what it copied, where a value is only a view of such a copy."""
    match node:
        case (
            ast.Call(func=ast.Attribute(value=inner))
            | ast.Subscript(value=inner)
            | ast.Attribute(value=inner)
        ):
            index = event.run.step(event.file, node)
        case _:
            return None
    if index is None or not isinstance(event.value_of(inner), _Tensor):
        return None
    memory = event.run.steps[index]["memory"]
    if memory == "copy" or (memory == "new" and isinstance(node, ast.Subscript)):
        return node, inner
    return _copied(event, inner) if memory in ("view", "same") else None


def _is_index(value: Any) -> bool:
    """Whether a part of an index names elements one by one, or all of a range."""
    if isinstance(value, slice | EllipsisType):
        return value in (slice(None), ...)
    if type(value) is list:
        return bool(value) and all(type(item) is int for item in value[:MAX_INDICES])
    return type(value) is int or isinstance(value, _Tensor) or type(value).__name__ == "ndarray"


def _target(event: Event, target: ast.expr) -> Any:
    """Return the tensor that an update in place wrote to, where it is no copy."""
    match target:
        case ast.Subscript(value=base, slice=index):
            place = event.value_of(index)
            parts = place if isinstance(place, tuple) else (place,)
            if place is None or any(isinstance(part, _Tensor | list) for part in parts):
                return None
            return callee.item(event.value_of(base), place, None)
        case ast.Attribute(value=base, attr=name):
            return callee.attribute(event.value_of(base), name, None)
        case _:
            return event.value_of(target)


def _is_one_storage(first: torch.Tensor, second: torch.Tensor) -> bool:
    if torch.strided is not first.layout or torch.strided is not second.layout:
        return False
    return bool(first.untyped_storage()._cdata == second.untyped_storage()._cdata)


def _is_same_place(target: torch.Tensor, value: torch.Tensor) -> bool:
    """Whether each element that is written is the one that is read there."""
    try:
        value = value.expand(target.shape)
    except RuntimeError:
        return False
    strides = zip(target.shape, target.stride(), value.stride(), strict=True)
    return target.data_ptr() == value.data_ptr() and all(
        one == two or size == 1 for size, one, two in strides
    )


def _held(value: Any) -> tuple[Any, bytes, bool] | None:
    """Return where a tensor or an array has its elements, and what they are; None where that can't be read."""
    numpy = sys.modules.get("numpy")
    is_array = numpy is not None and type(value) is numpy.ndarray
    if is_array:
        if value.nbytes > MAX_COMPARED:
            return None
        return (value.__array_interface__["data"][0], value.shape, value.strides), value.tobytes(), True
    if type(value) is not _Tensor or not is_readable(value) or value.numel() > MAX_COMPARED:
        return None
    return (value.data_ptr(), tuple(value.shape), value.stride()), data(value), False
