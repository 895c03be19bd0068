"""Tensors as a trace describes them, and how the memory of one is related to that of those before it."""

from __future__ import annotations

import ast
import base64
import ctypes
import math
import weakref
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from typing import Any

import torch
from encode import data, has_values, is_readable, text
from wire import MAX_DIMS, MAX_ITEMS, MAX_VALUES

EDGE = 3
MAX_KEPT = 100_000
"""Elements of a tensor that is kept alive, so that its memory is not given to another."""
MAX_COMPARED = 4096
MAX_KNOWN = 400
MAX_LOOKS = 200_000
"""Looks for changes after statements that gave no tensor: one for each tensor, and for each page of its memory."""
PAGE = 4096
MAX_STORAGE = 1 << 16
"""Bytes of a storage that is looked at for changes that torch does not count."""

_MOVING = frozenset(
    (
        "reshape contiguous clone flatten ravel to type float double half bfloat16 int long short bool cpu "
        "repeat tile repeat_interleave index_select gather take masked_select flip roll rot90 deepcopy [] "
        "reshape_as type_as tensor as_tensor asarray"
    ).split()
)
"""Functions whose result, where its memory is new, only holds elements of what they were given."""

_Base = torch._C.TensorBase
_stride, _offset, _numel = _Base.stride, _Base.storage_offset, _Base.numel
_string_at = ctypes.string_at
_is_contiguous, _storage = _Base.is_contiguous, _Base.untyped_storage


def described(tensor: torch.Tensor) -> dict[str, Any]:
    """Return a `trace.TensorFact` as plain data; raises ValueError for a tensor of more than MAX_DIMS dims."""
    if len(tensor.shape) > MAX_DIMS:
        raise ValueError("too many dims")
    fact: dict[str, Any] = {
        "shape": [int(size) for size in tensor.shape],
        "dtype": _dtype(tensor),
        "device": str(tensor.device),
        "requires_grad": tensor.requires_grad,
        "is_leaf": tensor.is_leaf,
        "type": text(type(tensor).__name__),
    }
    if tensor.grad_fn is not None:
        fact["grad_fn"] = text(type(tensor.grad_fn).__name__)
    if tensor.layout is torch.strided:
        fact["stride"] = list(_stride(tensor))
        fact["storage_offset"] = _offset(tensor)
        fact["contiguous"] = _is_contiguous(tensor)
        with suppress(NotImplementedError):  # inside `vmap` a tensor stands for many, and has no storage
            fact["storage"] = _described_storage(tensor)
    if len(tensor.shape) <= 16:
        with torch.no_grad():
            fact |= _described_values(tensor)
    return fact


def described_pieces(tensor: torch.Tensor) -> dict[str, Any]:
    """Return a `trace.NestedFact` as plain data: a nested tensor has no shape of its own, but its pieces have one."""
    if tensor.layout is not torch.jagged:
        shapes = tensor._nested_tensor_size().tolist()
    else:  # of a class of torch's own, whose functions end the process where its dispatch is switched off
        jagged: Any = tensor
        lengths = jagged._offsets.diff() if jagged._lengths is None else jagged._lengths
        before, after = (
            list(jagged.shape[1 : jagged._ragged_idx]),
            list(jagged.shape[jagged._ragged_idx + 1 :]),
        )
        shapes = [[*before, length, *after] for length in lengths.tolist()]
    return {"count": len(shapes), "shapes": shapes[:MAX_ITEMS]}


def _described_values(tensor: torch.Tensor) -> dict[str, Any]:
    """Return the elements of a tensor, or its corners; of one on another device than the CPU only few."""
    if has_values(tensor):
        part = _part(tensor)
        if math.prod(max(size, 1) for size in part.shape) <= MAX_VALUES:
            return {"values": _encoded(part), "is_whole": part is tensor}
    elif tensor.device.type not in ("cpu", "meta") and _numel(tensor) <= MAX_VALUES:
        with suppress(RuntimeError):  # a device that has failed gives nothing back
            copy = None if _is_recorded(tensor) else tensor.detach().cpu()
            if copy is not None and has_values(copy):
                return {"values": _encoded(copy)}
    return {}


def _is_recorded(tensor: torch.Tensor) -> bool:
    """Whether a CUDA graph is being captured, which a copy would end."""
    return tensor.is_cuda and bool(torch.cuda.is_current_stream_capturing())


def _dtype(tensor: torch.Tensor) -> str:
    return str(tensor.dtype).removeprefix("torch.")


def _encoded(tensor: torch.Tensor) -> dict[str, Any]:
    return {
        "t": "tensor",
        "dtype": _dtype(tensor),
        "shape": list(tensor.shape),
        "data": base64.b64encode(data(tensor)).decode("ascii"),
    }


def _part(tensor: torch.Tensor) -> torch.Tensor:
    """Return a tensor that is small enough itself, else its corners."""
    if _numel(tensor) <= MAX_VALUES:
        return tensor
    part = tensor.detach()
    edge = EDGE if len(part.shape) <= 3 else 1
    for dim, size in enumerate(part.shape):
        if size > 2 * edge:
            part = torch.cat((part.narrow(dim, 0, edge), part.narrow(dim, size - edge, edge)), dim)
    return part if _numel(part) <= MAX_VALUES else part.flatten()[:MAX_VALUES]


def _described_storage(tensor: torch.Tensor) -> dict[str, Any]:
    storage = _storage(tensor)
    cells = storage.nbytes() // tensor.element_size()
    fact: dict[str, Any] = {"id": storage._cdata, "cells": cells}
    if cells <= MAX_VALUES and has_values(tensor) and not tensor.is_conj() and not tensor.is_neg():
        with torch.no_grad():
            whole = torch.empty(0, dtype=tensor.dtype).set_(storage, 0, (cells,), (1,))
            fact["values"] = _encoded(whole)
    return fact


class KnownTensor:
    """A tensor that a step gave; a large one is not kept alive."""

    def __init__(self, tensor: torch.Tensor, step: int, expression: str | ast.AST) -> None:
        self.first = self.step = step
        self._expression = expression
        self.storage = _Span(tensor)
        self._tensor: torch.Tensor | weakref.ref[torch.Tensor]
        self._tensor = tensor if _numel(tensor) <= MAX_KEPT else weakref.ref(tensor)
        self.version, self.content = _version(tensor), _content(tensor)

    @property
    def expression(self) -> str:
        """Return the expression that gave it first."""
        if isinstance(self._expression, ast.AST):
            self._expression = _written(self._expression)
        return self._expression

    def tensor(self) -> torch.Tensor | None:
        """Return the tensor, None where it has gone."""
        return self._tensor() if isinstance(self._tensor, weakref.ref) else self._tensor

    def has_changed(self, *, look: bool) -> bool:
        """Whether its elements changed since the last time this was asked.

        torch counts changes in place, and where it counted none, there is only a look if asked for.
        """
        tensor = self.tensor()
        if tensor is None:
            return False
        version, before = _version(tensor), self.content
        if version == self.version and (before is None or not look):
            return False
        self.content = _content(tensor)
        changed = self.content != before if before is not None else version != self.version
        self.version = version
        return changed


def _written(node: ast.AST) -> str:
    try:
        return ast.unparse(node)
    except RecursionError:
        return "…"


class _Span:
    """The bytes of memory that a tensor's storage takes."""

    def __init__(self, tensor: torch.Tensor) -> None:
        storage = _storage(tensor) if tensor.layout is torch.strided else None
        self.identity = storage._cdata if storage is not None else 0
        self.start = storage.data_ptr() if storage is not None and tensor.device.type != "meta" else 0
        self.end = self.start + (storage.nbytes() if storage is not None else 0)

    def overlaps(self, other: _Span) -> bool:
        if self.identity and self.identity == other.identity:
            return True
        return bool(self.start and other.start) and self.start < other.end and other.start < self.end


def _bytes(tensor: torch.Tensor) -> bytes:
    """Return what a small tensor's storage holds; nothing where it is large or elsewhere."""
    if not is_readable(tensor):
        return b""
    storage = _storage(tensor)
    address, size = storage.data_ptr(), storage.nbytes()
    return bytes(_string_at(address, size)) if address and size <= MAX_STORAGE else b""


def _version(tensor: torch.Tensor) -> int:
    try:
        return int(tensor._version)
    except RuntimeError:
        return 0  # tensors made under inference_mode count nothing


def _content(tensor: torch.Tensor) -> bytes | None:
    if _numel(tensor) > MAX_COMPARED or not is_readable(tensor):
        return None
    with torch.no_grad():
        return data(tensor)


class Memory:
    """The tensors of a program so far."""

    def __init__(self) -> None:
        self._known: dict[int, KnownTensor] = {}
        self._storages: dict[int, tuple[KnownTensor, bytes]] = {}
        self._looks = MAX_LOOKS
        self.most = MAX_KNOWN

    @property
    def is_watched(self) -> bool:
        """Whether any tensor could change, and looks are left to see it."""
        return self._looks > 0 and len(self._known) > 0

    def forget(self) -> None:
        """Drop all references to tensors."""
        self._known.clear()
        self._storages.clear()

    def __iter__(self) -> Iterator[KnownTensor]:
        return iter(self._known.values())

    def add(self, tensor: torch.Tensor, step: int, expression: str | ast.AST) -> None:
        """Take a tensor that a step gave by an expression; of one that is known, the latest step counts."""
        known = self._known.get(id(tensor))
        if known is not None and known.tensor() is tensor:
            known.step = step
        elif len(self._known) < self.most:
            known = self._known[id(tensor)] = KnownTensor(tensor, step, expression)
            self._storages.setdefault(known.storage.identity, (known, _bytes(tensor)))

    def step(self, tensor: torch.Tensor) -> int | None:
        """Return the latest step that gave a tensor; None of one that is not known."""
        known = self._known.get(id(tensor))
        return known.step if known is not None and known.tensor() is tensor else None

    def relation(
        self, tensor: torch.Tensor, operands: Sequence[torch.Tensor], function: str
    ) -> tuple[str, int | None]:
        """Return where a tensor's memory is, and the step of the tensor that it comes from."""
        step = self.step(tensor)
        if step is not None:
            return "same", step
        given = [known for each in operands if (known := self._known.get(id(each))) is not None]
        span = _Span(tensor)
        for other in (*given, *reversed(self._known.values())):
            if span.overlaps(other.storage):
                return "view", other.step
        if function in _MOVING and given:
            return "copy", given[0].step
        return "new", None

    def changes(self, *, uncounted: bool = False) -> list[KnownTensor]:
        """Return the tensors whose elements changed since this was asked last.

        Changes that torch does not count, as those by numpy, are found if `uncounted`.
        """
        written = set(self._written()) if uncounted else set()
        return [
            known
            for known in self._known.values()
            if known.has_changed(look=known.storage.identity in written)
        ]

    def _written(self) -> Iterator[int]:
        """Yield the storages that hold something else than when this was asked last."""
        self._looks -= len(self._known)
        for identity, (known, before) in self._storages.items():
            tensor = known.tensor()
            now = b"" if tensor is None else _bytes(tensor)
            self._looks -= len(now) // PAGE
            if now != before:
                self._storages[identity] = (known, now)
                yield identity


def first_tensors(values: Iterable[Any]) -> list[torch.Tensor]:
    """Return the tensors among values, also those in lists and tuples."""
    tensors: list[torch.Tensor] = []
    for value in values:
        if isinstance(value, torch.Tensor):
            tensors.append(value)
        elif type(value) in (list, tuple):
            tensors += [item for item in value if isinstance(item, torch.Tensor)]
    return tensors
