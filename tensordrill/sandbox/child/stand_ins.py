"""Tensors that stand in for results that were not kept: shape and dtype as torch gives them, and no elements.

They are tensors on `meta`, to which nothing but views is applied: at the first operation there torch imports 800
modules. What they are follows from torch's rules of broadcasting and promotion,
https://docs.pytorch.org/docs/stable/tensor_attributes.html, and where those leave something open, none is made.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import Any

import torch

_FACTORIES = frozenset("zeros ones empty rand randn".split())
_FLOATING = frozenset(
    "exp log log2 log10 log1p expm1 sqrt rsqrt sin cos tan tanh sigmoid erf reciprocal".split()
)
"""Functions of each element, which make floats of integers."""
_SAME = frozenset("relu abs neg square clone".split())
"""Functions of each element, which keep the dtype."""
_CONTIGUOUS = frozenset("contiguous softmax log_softmax gelu leaky_relu dropout".split())
"""Functions that keep shape and dtype, and whose strides are known for a contiguous tensor."""
_OPTIONS = frozenset(("dim", "p", "training", "inplace", "negative_slope", "approximate"))
"""Named arguments that change neither shape nor dtype."""
_CASTS = {
    "float": torch.float32,
    "double": torch.float64,
    "half": torch.float16,
    "bfloat16": torch.bfloat16,
    "long": torch.int64,
    "int": torch.int32,
    "bool": torch.bool,
}
_COMPARED = (ast.Eq, ast.NotEq, ast.Lt, ast.LtE, ast.Gt, ast.GtE)
_PROMOTED = (ast.Add, ast.Sub, ast.Mult, ast.FloorDiv, ast.Mod, ast.Pow, ast.BitAnd, ast.BitOr, ast.BitXor)
_SCALARS = (bool, int, float)
_GRAD_MODES = ("no_grad", "inference_mode", "set_grad_enabled", "enable_grad")


class StandIns:
    """The stand-ins of one failure. Each method returns None where it knows no result.

    `names` are those that the functions on the way to the failure mention: one of them may have turned gradients or
    dtypes off and on by a mode that has ended since. `_devices` has each stand-in, by its storage, with the device
    that its elements would be on.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._has_autocast = self._may_lack_grad = False
        for name in names:
            self._has_autocast |= "autocast" in name
            self._may_lack_grad |= any(mode in name for mode in _GRAD_MODES)
        self._devices: dict[int, tuple[torch.Tensor, torch.device]] = {}

    def computed(self, sign: ast.AST, left: Any, right: Any) -> torch.Tensor | None:
        """Return the result of an operator between tensors, or a tensor and a number."""
        if isinstance(sign, ast.MatMult):
            return self._product(left, right)
        tensors = [value for value in (left, right) if isinstance(value, torch.Tensor)]
        if not tensors or not all(isinstance(value, (torch.Tensor, *_SCALARS)) for value in (left, right)):
            return None
        shape = _broadcast(tensors[0].shape, tensors[-1].shape)
        dtype = torch.result_type(left, right)
        if isinstance(sign, _COMPARED):
            return self._of(shape, torch.bool, tensors)
        if isinstance(sign, ast.Div):
            return self._of(shape, _floating(dtype), tensors)
        return self._of(shape, dtype, tensors) if isinstance(sign, _PROMOTED) else None

    def _product(self, left: Any, right: Any) -> torch.Tensor | None:
        if not (isinstance(left, torch.Tensor) and isinstance(right, torch.Tensor)):
            return None
        if not left.dim() >= right.dim() >= 2 or left.shape[-1] != right.shape[-2]:
            return None
        batch = _broadcast(left.shape[:-2], right.shape[:-2])
        return self._of(
            (*batch, left.shape[-2], right.shape[-1]), left.dtype, [left, right], is_contiguous=True
        )

    def of_sign(self, sign: ast.unaryop, value: Any) -> torch.Tensor | None:
        """Return the result of `-x` or `~x`."""
        if not isinstance(value, torch.Tensor) or not isinstance(sign, ast.USub | ast.Invert):
            return None
        return self._of(value.shape, value.dtype, [value])

    def of_each(self, function: str, value: Any, named: Iterable[str]) -> torch.Tensor | None:
        """Return the result of a function that is applied to each element, or along a dim that it keeps."""
        if not isinstance(value, torch.Tensor) or not _OPTIONS.issuperset(named):
            return None
        dtype = _floating(value.dtype) if function in _FLOATING else _CASTS.get(function, value.dtype)
        if function in _CASTS and dtype == value.dtype:
            return value
        is_known = function in _FLOATING or function in _SAME or function in _CASTS
        is_known |= function in _CONTIGUOUS and (function == "contiguous" or value.is_contiguous())
        return (
            self._of(value.shape, dtype, [value], is_contiguous=function == "contiguous")
            if is_known
            else None
        )

    def made(self, function: str, sizes: list[Any], named: dict[str, Any]) -> torch.Tensor | None:
        """Return what a factory such as `torch.zeros` gives."""
        if function not in _FACTORIES or not named.keys() <= {"dtype", "device", "requires_grad"}:
            return None
        shape = sizes[0] if len(sizes) == 1 and isinstance(sizes[0], list | tuple) else sizes
        device = torch.device(named.get("device") or torch.get_default_device())
        made = self._at(tuple(shape), named.get("dtype") or torch.get_default_dtype(), device)
        return made.requires_grad_(bool(named.get("requires_grad")))

    def _of(
        self,
        shape: Sequence[int],
        dtype: torch.dtype,
        operands: list[torch.Tensor],
        *,
        is_contiguous: bool = False,
    ) -> torch.Tensor | None:
        devices = {self._device(tensor) for tensor in operands if tensor.dim()} or {operands[0].device}
        needs_grad = any(tensor.requires_grad for tensor in operands)
        stride = None if is_contiguous else _kept_stride(shape, operands)
        if len(devices) > 1 or self._has_autocast or (needs_grad and self._may_lack_grad) or stride == ():
            return None
        stand_in = self._at(tuple(shape), dtype, devices.pop(), stride)
        return stand_in.requires_grad_(needs_grad and dtype.is_floating_point)

    def _at(
        self,
        shape: tuple[int, ...],
        dtype: torch.dtype,
        device: torch.device,
        stride: tuple[int, ...] | None = None,
    ) -> torch.Tensor:
        stand_in = torch.empty(shape, dtype=dtype, device="meta")
        if stride is not None:
            stand_in = torch.empty_strided(shape, stride, dtype=dtype, device="meta")
        self._devices[stand_in.untyped_storage()._cdata] = stand_in, device
        return stand_in

    def _device(self, tensor: torch.Tensor) -> torch.device:
        storage = tensor.untyped_storage()._cdata if tensor.layout is torch.strided else 0
        _, device = self._devices.get(storage, (tensor, tensor.device))
        return device

    def put_back_devices(self, report: Any) -> None:
        """Set the device of each stand-in, or view of one, in a report that describes it, and take out its storage."""
        if isinstance(report, list):
            for part in report:
                self.put_back_devices(part)
        elif isinstance(report, dict):
            storage = report.get("storage")
            if isinstance(storage, dict) and storage["id"] in self._devices:
                report["device"] = str(self._devices[storage["id"]][1])
                del report["storage"]
            for part in report.values():
                self.put_back_devices(part)


def _broadcast(first: Sequence[int], second: Sequence[int]) -> tuple[int, ...]:
    """Return the common shape of two; raises ValueError where there is none. torch's own imports 500 modules."""
    pairs = list(zip_longest(reversed(first), reversed(second), fillvalue=1))
    if any(a != b and 1 not in (a, b) for a, b in pairs):
        raise ValueError("no common shape")
    return tuple(b if a == 1 else a for a, b in reversed(pairs))


def _kept_stride(shape: Sequence[int], operands: list[torch.Tensor]) -> tuple[int, ...] | None:
    """Return the strides that an operation on each element keeps: None for contiguous ones, () where it is open."""
    if all(tensor.is_contiguous() for tensor in operands):
        return None
    strides = {tensor.stride() if tensor.shape == shape else () for tensor in operands if tensor.dim()}
    return strides.pop() if len(strides) == 1 and _is_dense(shape, next(iter(strides))) else ()


def _is_dense(shape: Sequence[int], stride: tuple[int, ...]) -> bool:
    elements = 1
    for step, size in sorted(zip(stride, shape, strict=False)):
        if size > 1 and step != elements:
            return False
        elements *= size
    return True


def _floating(dtype: torch.dtype) -> torch.dtype:
    return dtype if dtype.is_floating_point or dtype.is_complex else torch.get_default_dtype()
