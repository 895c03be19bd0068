"""The torch calls of a program, noted as they are made: the function, its operands, its results, what it wrote.

A tensor is reported as the region of memory that it reads, so that an operand is the same one whatever name or
object it is reached by. What is reported is a `calls.CallLog` of the parent, as plain dicts.
"""

from __future__ import annotations

import sys
import zlib
from collections.abc import Callable, Collection, Iterable, Mapping
from types import FrameType
from typing import Any, TypeAlias

import torch
from encode import data, is_readable, text
from torch.overrides import TorchFunctionMode
from wire import MAX_PIECES

MAX_NAMES = 1000
MAX_CALLS = 300
"""Calls that are described; of later ones only the names are noted."""
MAX_NESTED = 4
MAX_VALUES = 4096
"""Elements of a tensor whose values are reported, as a checksum."""
MAX_HELD = 64 << 20
"""Bytes of storages that are kept alive, so that their addresses are not given to others."""
MAX_BOUND = 64
_ARGUMENT = 100

_Base = torch._C.TensorBase
_storage, _offset, _stride, _element_size, _numel = (
    _Base.untyped_storage,
    _Base.storage_offset,
    _Base.stride,
    _Base.element_size,
    _Base.numel,
)
_shape_of, _dtype_of, _version_of = (_Base.shape.__get__, _Base.dtype.__get__, _Base._version.__get__)
_Tensor, _Storage = torch.Tensor, torch.UntypedStorage
_NAMES: dict[torch.dtype, str] = {}
_unseen = torch._C.DisableTorchFunction
_crc = zlib.crc32
_Region: TypeAlias = tuple[int, str, int, tuple[int, ...], tuple[int, ...]]
"""A `calls.Region`: the memory's number, the dtype, the byte that it begins at, shape and strides."""
_PLAIN = (bool, float, str, type(None), type(...), torch.dtype, torch.memory_format)


class CallLogger(TorchFunctionMode):  # type: ignore[misc]  # torch is not typed here
    """Notes every torch function, method, operator and property used inside it.

    What a function calls in its turn is not seen: a learner's `flatten` is not a `reshape`. A call counts
    for the innermost of the program's own files that it comes from, so that a helper of `uncounted`, which a
    learner calls, may call what it likes. `_held` maps the
    address of each storage that was met to its number; it holds the storage, too, since one that is freed may
    leave its address to the next. `_blank` are the numbers of storages that no program has filled.
    """

    def __init__(
        self, given: Mapping[str, Any], counted: Collection[str], uncounted: Collection[str]
    ) -> None:
        super().__init__()
        self._own = {**dict.fromkeys(counted, True), **dict.fromkeys(uncounted, False)}
        self._calls: list[dict[str, Any]] = []
        self._names: set[str] = set()
        self._more = 0
        self._regions: list[_Region] = []
        self._places: dict[_Region, int] = {}
        self._held: dict[int, tuple[int, Any]] = {}
        self._room = MAX_HELD
        self._blank: set[int] = set()
        self._bound: dict[str, Any] = {}
        self._given: dict[str, Any] = {}
        with _unseen():
            for name, value in given.items():
                if _may_hold(value) and not name.startswith("_") and (places := self._in(value)):
                    self._given[text(name)] = places

    def __torch_function__(
        self,
        func: Callable[..., Any],
        types: Iterable[type],
        args: tuple[Any, ...] = (),
        kwargs: Mapping[str, Any] | None = None,
    ) -> Any:
        if not self._counts(sys._getframe(1)):
            return func(*args, **(kwargs or {}))
        call = self._begin(_name(func), (*args, *(kwargs or {}).values()))
        try:
            result = func(*args, **(kwargs or {}))
        except BaseException:
            if call is not None:
                call.report["raised"] = True
            raise
        if call is not None:
            self._end(call, result)
        return result

    def _counts(self, frame: FrameType | None) -> bool:
        while frame is not None:
            if (counts := self._own.get(frame.f_code.co_filename)) is not None:
                return counts
            frame = frame.f_back
        return True

    def note_names(self, before: Mapping[str, Any], names: Mapping[str, Any]) -> None:
        """Note the tensors of the names that a program bound anew."""
        with _unseen():
            for name, value in names.items():
                if before.get(name, self) is value or name.startswith("_") or len(self._bound) >= MAX_BOUND:
                    continue
                places = self._in(value) if _may_hold(value) else []
                if places or name in before:
                    self._bound[text(name)] = places

    def report(self) -> dict[str, Any]:
        """Return all calls as a `calls.CallLog`, whose result is not known yet."""
        return {
            "regions": self._regions,
            "made": self._calls,
            "more": self._more,
            "given": self._given,
            "bound": self._bound,
        }

    def places(self, value: Any) -> list[int]:
        """Return the places in `regions` of the tensors in a value, in its order."""
        with _unseen():
            return self._in(value)

    def _in(self, value: Any) -> list[int]:
        return [self.place(leaf) for leaf in _leaves(value) if _is_tensor(leaf)]

    def place(self, tensor: torch.Tensor) -> int:
        """Return a tensor's place in `regions`."""
        region = self._region(tensor)
        place = self._places.get(region)
        if place is None:
            self._places[region] = place = len(self._regions)
            self._regions.append(region)
        return place

    def _begin(self, name: str, arguments: tuple[Any, ...]) -> _OpenCall | None:
        """Note a call before it runs; None where only its name is."""
        if len(self._calls) >= MAX_CALLS or self._room < 0:
            self._more += 1
            if name not in self._names and len(self._names) < MAX_NAMES:
                self._calls.append({"function": text(name)})
            self._names.add(name)
            return None
        self._names.add(name)
        try:
            with _unseen():
                call = _OpenCall(name, arguments, self)
        except Exception:  # whatever a tensor may be, the program goes on
            self._more += 1
            return None
        self._calls.append(call.report)
        return call

    def _end(self, call: _OpenCall, result: Any) -> None:
        """Note what a call gave and wrote."""
        try:
            with _unseen():
                self._note(call, [leaf for leaf in _leaves(result) if _is_tensor(leaf)])
        except Exception:
            self._more += 1

    def _note(self, call: _OpenCall, results: list[torch.Tensor]) -> None:
        met, report = len(self._held), call.report
        report["results"] = places = [self.place(tensor) for tensor in results]
        memories = [self._regions[place][0] for place in places]
        if "empty" in report["function"]:
            self._blank.update(memories)
        written = [pair for pair in zip(results, memories, strict=True) if pair[1] >= met]
        for tensor, place, version in call.operands:
            if version != _version(tensor):
                memory = self._regions[place][0]
                report.setdefault("wrote", []).append(memory)
                written.append((tensor, memory))
        if written and self._blank.isdisjoint(memory for _, memory in written):
            report["values"] = _checksum([tensor for tensor, _ in written])

    def _region(self, tensor: torch.Tensor) -> _Region:
        dtype = _dtype_of(tensor)
        name = _NAMES.get(dtype) or _NAMES.setdefault(dtype, str(dtype).removeprefix("torch."))
        try:
            storage = _storage(tensor)
            offset = _offset(tensor) * _element_size(tensor)
            shape, stride = _shape_of(tensor), _stride(tensor)
        except Exception:  # it has none: it is sparse, nested, or inside a transform
            return self._number(id(tensor), tensor), name, 0, (), ()
        return self._number(storage._cdata, storage), name, offset, shape, stride

    def _number(self, address: int, holder: Any) -> int:
        """Return a storage's number; one that would take too much memory is not held, and ends the description."""
        held = self._held.get(address)
        if held is None:
            self._room -= holder.nbytes() if isinstance(holder, _Storage) else 0
            self._held[address] = held = len(self._held), holder if self._room >= 0 else None
        return held[0]


class _OpenCall:
    """A call under way: its report, and its operands with the versions that they had before."""

    def __init__(self, name: str, arguments: tuple[Any, ...], log: CallLogger) -> None:
        leaves = _leaves(arguments)
        tensors = [leaf for leaf in leaves if _is_tensor(leaf)]
        self.operands = [(tensor, log.place(tensor), _version(tensor)) for tensor in tensors]
        self.report: dict[str, Any] = {"function": text(name)}
        if tensors:
            self.report["operands"] = [place for _, place, _ in self.operands]
        if len(tensors) < len(leaves):
            self.report["plain"] = [_plain(leaf) for leaf in leaves if not _is_tensor(leaf)]


def _checksum(tensors: list[torch.Tensor]) -> str:
    """Return a checksum of the elements of tensors; nothing where one's are too many or unreadable."""
    check = 0
    for tensor in tensors:
        if not is_readable(tensor) or _numel(tensor) > MAX_VALUES:
            return ""
        check = _crc(data(tensor), check)
    return f"{check:08x}"


def _version(tensor: torch.Tensor) -> int | None:
    try:
        return int(_version_of(tensor))
    except Exception:  # tensors of inference mode count none
        return None


def _may_hold(value: object) -> bool:
    """Whether tensors may be found in a value, which leaves out the modules and functions of a namespace."""
    return _is_tensor(value) or isinstance(value, tuple) or type(value) in (list, dict)


def _is_tensor(value: object) -> bool:
    """Whether it is a tensor by its type, whatever its `__class__`."""
    return issubclass(type(value), _Tensor)


def _leaves(value: Any) -> list[Any]:
    """Return the pieces of nested tuples, lists and dicts, at most MAX_PIECES of them."""
    leaves: list[Any] = []
    _gather(value, leaves, 0)
    return leaves


def _gather(value: Any, leaves: list[Any], depth: int) -> None:
    parts: Iterable[Any]
    if isinstance(value, tuple):
        parts = tuple.__iter__(value)
    elif type(value) is list:
        parts = value
    elif type(value) is dict:
        parts = value.values()
    else:
        leaves.append(value)
        return
    for part in parts if depth < MAX_NESTED else ():
        if len(leaves) >= MAX_PIECES:
            break
        _gather(part, leaves, depth + 1)


def _plain(value: Any) -> int | str:
    """Return an argument that is no tensor: an integer as it is, anything else as text."""
    if type(value) is int and -(2**63) <= value < 2**63:
        return value
    if type(value) in _PLAIN:
        return text(repr(value)[:_ARGUMENT])
    if type(value) is slice:
        bounds = (value.start, value.stop, value.step)
        return text(":".join("" if part is None else str(_plain(part)) for part in bounds))
    return text(type(value).__name__)


def _name(func: Callable[..., Any]) -> str:
    name: str = getattr(func, "__name__", type(func).__name__)
    if name in ("__get__", "__set__", "__delete__"):
        name = getattr(getattr(func, "__self__", None), "__name__", name)
    return name
