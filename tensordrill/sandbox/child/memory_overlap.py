"""Whether tensors share memory, decided element by element.

>>> x = torch.arange(6).reshape(2, 3)
>>> shares_memory(x, x[0]), shares_memory(x[0], x[1]), shares_memory(x, x.clone())
(True, False, False)

A module of its own, with torch as its only need, so that other programs can use it too.
"""

from __future__ import annotations

import math

import torch

_Base = torch._C.TensorBase
_data_ptr, _numel, _stride, _element_size = _Base.data_ptr, _Base.numel, _Base.stride, _Base.element_size
_storage_offset, _untyped_storage = _Base.storage_offset, _Base.untyped_storage
_shape_of, _layout_of, _device_of = _Base.shape.__get__, _Base.layout.__get__, _Base.device.__get__
_arange, _full, _isin, _strided, _int64 = torch.arange, torch.full, torch.isin, torch.strided, torch.int64
"""Saved, so that a subclass or a replaced method cannot speak for itself."""


def shares_memory(a: torch.Tensor, b: torch.Tensor) -> bool:
    """Whether any element of `a` overlaps any element of `b`, by their addresses.

    Neither equal `data_ptr` nor a common storage is needed or enough: `x[0]` and `x[1]` have one storage and no
    common element. Tensors whose bytes lie apart share none, and dense ones whose bytes overlap do; of others the
    addresses of all elements are compared, in units that divide both element sizes and the distance. Tensors on
    `meta` have no addresses: offsets in a common storage stand for them.
    Raises TypeError for anything but strided tensors.
    """
    for tensor in (a, b):
        if not isinstance(tensor, torch.Tensor) or _layout_of(tensor) is not _strided:
            raise TypeError("shares_memory() compares two strided tensors")
    if _device_of(a) != _device_of(b) or _numel(a) == 0 or _numel(b) == 0:
        return False
    if _is_meta(a) and _untyped_storage(a)._cdata != _untyped_storage(b)._cdata:
        return False
    first, second = _start(a), _start(b)
    if first + _extent(a) <= second or second + _extent(b) <= first:
        return False
    if _is_dense(a) and _is_dense(b):
        return True
    step = math.gcd(_element_size(a), _element_size(b), abs(first - second))
    return bool(_isin(_cells(a, first, step), _cells(b, second, step)).any())


def _is_meta(tensor: torch.Tensor) -> bool:
    return bool(_device_of(tensor).type == "meta")


def _start(tensor: torch.Tensor) -> int:
    if _is_meta(tensor):
        return int(_storage_offset(tensor) * _element_size(tensor))
    return int(_data_ptr(tensor))


def _extent(tensor: torch.Tensor) -> int:
    last = sum((size - 1) * stride for size, stride in zip(_shape_of(tensor), _stride(tensor), strict=True))
    return int((last + 1) * _element_size(tensor))


def _is_dense(tensor: torch.Tensor) -> bool:
    """Whether the elements lie side by side, in whatever order of the dims."""
    elements = 1
    for stride, size in sorted(zip(_stride(tensor), _shape_of(tensor), strict=True)):
        if stride and size > 1:
            if stride != elements:
                return False
            elements *= size
    return True


def _cells(tensor: torch.Tensor, start: int, step: int) -> torch.Tensor:
    addresses = _full((1,), start, dtype=_int64)
    for size, stride in zip(_shape_of(tensor), _stride(tensor), strict=True):
        if stride:
            along = _arange(size, dtype=_int64) * (stride * _element_size(tensor))
            addresses = (addresses[:, None] + along).reshape(-1)
    within = _arange(0, _element_size(tensor), step, dtype=_int64)
    return (addresses[:, None] + within).reshape(-1).unique()
