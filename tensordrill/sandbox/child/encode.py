"""Values become plain data: what the parent decodes as `protocol.Value`.

Only plain tensors and Parameters are read, through functions saved before any program ran, so
that a subclass or a patched method cannot speak for itself.
"""

from __future__ import annotations

import base64
import ctypes
import math
import re
from collections.abc import Callable, Mapping
from typing import Any

import memory_overlap
import torch
from wire import ITEM_BYTES, MAX_DEPTH, MAX_DIMS, MAX_TEXT

MAX_ELEMENTS = 50_000
_READ = frozenset(f"torch.{name}" for name in ITEM_BYTES)
"""The dtypes whose bytes the parent can read."""

_Base = torch._C.TensorBase
_Plain = (torch.Tensor, torch.nn.Parameter)
_detach, _clone, _stride = _Base.detach, _Base.clone, _Base.stride
_is_contiguous, _numel, _element_size, _data_ptr = (
    _Base.is_contiguous,
    _Base.numel,
    _Base.element_size,
    _Base.data_ptr,
)
_offset, _storage = _Base.storage_offset, _Base.untyped_storage
_resolve_conj, _resolve_neg = _Base.resolve_conj, _Base.resolve_neg
_dtype_of, _shape_of, _layout_of, _device_of = (
    _Base.dtype.__get__,
    _Base.shape.__get__,
    _Base.layout.__get__,
    _Base.device.__get__,
)
is_nested, _is_quantized = _Base.is_nested.__get__, _Base.is_quantized.__get__
_contiguous_format, _strided = torch.contiguous_format, torch.strided
_is_wrapped = torch._C._functorch.is_functorch_wrapped_tensor
_shares_memory = memory_overlap.shares_memory
_string_at = ctypes.string_at


def is_plain(value: object) -> bool:
    """Whether it is exactly a tensor or a Parameter."""
    return type(value) in _Plain


def data(tensor: torch.Tensor) -> bytes:
    """Return a tensor's elements as bytes, in row-major order; nothing where its memory was taken away."""
    if not _has_memory(tensor):
        return b""
    plain = _resolve_neg(_resolve_conj(_detach(tensor)))
    dense = plain if _is_contiguous(plain) else _clone(plain, memory_format=_contiguous_format)
    count = _numel(dense)
    address = _data_ptr(dense)  # 0 where there is nothing
    return bytes(_string_at(address, count * _element_size(dense))) if count and address else b""


class Facts:
    """An encoder of values, with the facets that a program asks for; `given` are its tensors by name."""

    def __init__(self, facets: list[str], given: Mapping[str, torch.Tensor]) -> None:
        self.facets = facets
        self.given = given

    def value(self, value: Any, depth: int = 0) -> dict[str, Any]:
        """Return a value as tagged plain data."""
        encoder = _ENCODERS.get(type(value))
        if encoder is not None:
            return encoder(value)
        if is_plain(value):
            return self._tensor(value)
        if depth < MAX_DEPTH:
            if type(value) is tuple or type(value).__module__ == "torch.return_types":
                return {"t": "tuple", "v": [self.value(item, depth + 1) for item in tuple.__iter__(value)]}
            if type(value) is list:
                return {"t": "list", "v": [self.value(item, depth + 1) for item in value]}
            if type(value) is dict:
                pairs = [[self.value(k, depth + 1), self.value(v, depth + 1)] for k, v in value.items()]
                return {"t": "dict", "v": pairs}
        if isinstance(value, type):
            return {"t": "class", "v": text(value.__name__)}
        return {"t": "other", "type": text(type(value).__name__), "text": described(value)}

    def _tensor(self, tensor: torch.Tensor) -> dict[str, Any]:
        problem = _unreadable(tensor)
        if problem:
            return {"t": "other", "type": "Tensor", "text": problem}
        fact: dict[str, Any] = {
            "t": "tensor",
            "dtype": str(_dtype_of(tensor)).removeprefix("torch."),
            "shape": list(_shape_of(tensor)),
            "data": base64.b64encode(data(tensor)).decode("ascii"),
        }
        if type(tensor) is torch.nn.Parameter:
            fact["parameter"] = True
        if "stride" in self.facets:
            fact["stride"] = list(_stride(tensor))
        if "contiguous" in self.facets:
            fact["contiguous"] = _is_contiguous(tensor)
        if "memory" in self.facets:
            fact["memory"] = [name for name, given in self.given.items() if _shares_memory(given, tensor)]
        return fact


def is_readable(tensor: torch.Tensor) -> bool:
    """Whether a tensor's elements lie in memory that can be read."""
    return _misplaced(tensor) is None


def has_values(tensor: torch.Tensor) -> bool:
    """Whether a tensor's elements can be read, and sent as bytes of a dtype that the parent knows."""
    return is_readable(tensor) and str(_dtype_of(tensor)) in _READ and _has_memory(tensor)


def _has_memory(tensor: torch.Tensor) -> bool:
    """Whether a tensor's storage holds its elements: a program can resize it, as `resize_(0)` of FSDP does."""
    shape, stride = _shape_of(tensor), _stride(tensor)
    last = _offset(tensor) + sum((size - 1) * step for size, step in zip(shape, stride, strict=True))
    return 0 in shape or (last + 1) * _element_size(tensor) <= _storage(tensor).nbytes()


def _misplaced(tensor: torch.Tensor) -> str | None:
    if is_nested(tensor):
        return "a nested tensor"
    if _is_wrapped(tensor):
        return "a tensor inside `vmap` or `grad`"
    if _is_quantized(tensor):
        return "a quantized tensor"
    if _layout_of(tensor) is not _strided:
        return f"a tensor with layout {_layout_of(tensor)}"
    if _device_of(tensor).type != "cpu":
        return f"a tensor on device {_device_of(tensor)}"
    return None


def _unreadable(tensor: torch.Tensor) -> str | None:
    problem = _misplaced(tensor)
    if problem:
        return problem
    if str(_dtype_of(tensor)) not in _READ:
        return f"a tensor of dtype {_dtype_of(tensor)}, which is not compared"
    if _numel(tensor) > MAX_ELEMENTS:
        return f"a tensor of {_numel(tensor)} elements; {MAX_ELEMENTS} are the most that is compared"
    if len(_shape_of(tensor)) > MAX_DIMS or math.prod(max(n, 1) for n in _shape_of(tensor)) > MAX_ELEMENTS:
        return f"a tensor of shape {tuple(_shape_of(tensor))}, too large to be compared"
    if not _has_memory(tensor):
        return "a tensor whose memory was taken away"
    return None


def text(value: str) -> str:
    """Return at most MAX_TEXT characters, with lone surrogates and what could steer a terminal as escapes.

    A longer text ends with an ellipsis.
    """
    value = value if len(value) <= MAX_TEXT else value[: MAX_TEXT - 1] + "…"
    return value.translate(_STEERING).encode("utf-8", "backslashreplace").decode("utf-8")


_STEERING = {code: f"\\x{code:02x}" for code in (*range(32), *range(127, 160)) if chr(code) not in "\n\t"}


_ADDRESS = re.compile(" at 0x[0-9a-fA-F]+")


def described(value: object) -> str:
    """Return `repr` without addresses, which are others in each run, or the type's name where `repr` fails."""
    try:
        return text(_ADDRESS.sub("", repr(value)))
    except Exception:
        return f"<{type(value).__name__}>"


def _int(value: int) -> dict[str, Any]:
    if abs(value) < 10**300:
        return {"t": "int", "v": str(value)}
    return {"t": "other", "type": "int", "text": "an integer of more than 300 digits"}


def _float(value: float) -> dict[str, Any]:
    return {"t": "float", "v": repr(value)}


_ENCODERS: dict[type, Callable[[Any], dict[str, Any]]] = {
    type(None): lambda _: {"t": "none"},
    bool: lambda value: {"t": "bool", "v": value},
    int: _int,
    float: _float,
    complex: lambda value: {"t": "complex", "real": _float(value.real), "imag": _float(value.imag)},
    str: lambda value: {"t": "text", "v": text(value)},
    torch.dtype: lambda value: {"t": "dtype", "v": str(value).removeprefix("torch.")},
    torch.device: lambda value: {"t": "text", "v": str(value)},
    torch.Size: lambda value: {"t": "size", "v": list(value)},
}
