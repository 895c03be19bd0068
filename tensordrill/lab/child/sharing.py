"""Whether tensors share memory, decided element by element.

>>> x = torch.arange(6).reshape(2, 3)
>>> shares_memory(x, x[0]), shares_memory(x[0], x[1]), shares_memory(x, x.clone())
(True, False, False)

A module of its own, with torch as its only need, so that other programs can use it too.
"""

from __future__ import annotations

import math

import torch


def shares_memory(a: torch.Tensor, b: torch.Tensor) -> bool:
    """Tell whether any element of `a` overlaps any element of `b`, by their addresses.

    Neither equal `data_ptr` nor a common storage is needed or enough: `x[0]` and `x[1]` have one
    storage and no common element. Raises TypeError for anything but strided tensors.
    """
    for tensor in (a, b):
        if not isinstance(tensor, torch.Tensor) or tensor.layout is not torch.strided:
            raise TypeError("shares_memory() compares two strided tensors")
    if a.device != b.device or a.numel() == 0 or b.numel() == 0:
        return False
    if a.device.type == "meta" and a.untyped_storage()._cdata != b.untyped_storage()._cdata:
        return False
    first, second = _start(a), _start(b)
    if first + _extent(a) <= second or second + _extent(b) <= first:
        return False
    if _is_dense(a) and _is_dense(b):
        return True
    step = math.gcd(a.element_size(), b.element_size(), abs(first - second))
    return bool(torch.isin(_cells(a, first, step), _cells(b, second, step)).any())


def _start(tensor: torch.Tensor) -> int:
    if tensor.device.type == "meta":
        return int(tensor.storage_offset() * tensor.element_size())
    return int(tensor.data_ptr())


def _extent(tensor: torch.Tensor) -> int:
    last = sum((size - 1) * stride for size, stride in zip(tensor.shape, tensor.stride(), strict=True))
    return int((last + 1) * tensor.element_size())


def _is_dense(tensor: torch.Tensor) -> bool:
    """Tell whether the elements lie side by side, in whatever order of the dims."""
    elements = 1
    for stride, size in sorted(zip(tensor.stride(), tensor.shape, strict=True)):
        if stride and size > 1:
            if stride != elements:
                return False
            elements *= size
    return True


def _cells(tensor: torch.Tensor, start: int, step: int) -> torch.Tensor:
    addresses = torch.full((1,), start, dtype=torch.int64)
    for size, stride in zip(tensor.shape, tensor.stride(), strict=True):
        if stride:
            along = torch.arange(size, dtype=torch.int64) * (stride * tensor.element_size())
            addresses = (addresses[:, None] + along).reshape(-1)
    within = torch.arange(0, tensor.element_size(), step, dtype=torch.int64)
    return (addresses[:, None] + within).reshape(-1).unique()
