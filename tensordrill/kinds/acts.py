"""The acts of a program with torch, in terms in which two programs can be compared.

Two programs did the same if each act of one has its like in the other, and their results are the same tensors:

- A view that goes into a calculation is the elements that it reads, whichever calls made it: `x + v[None]` and
  `x + v.unsqueeze(0)` are one act.
- A view that is the result, that is kept, or that nothing uses, is an act of its function on its operand. Functions
  that only order the dims are one, as `x.t()` and `x.permute(1, 0)`; so are those that only cut the elements anew.
- A call that leaves its operand as it is, as `x.squeeze(0)` where that size is 2, is an act of its function, and
  of the dims that it names.
- A call that makes new memory, writes, or raises is an act of its function on its operands, with what it made or
  wrote. Copies are one act, whichever function copied; operator, method and function are one function.
- A tensor's memory is known by the given name that it belongs to, or by the act that made it. To make the same
  tensor twice, as `arange(n)[:, None] == arange(n)` does, is one act.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence

from msgspec import Struct

from tensordrill.kinds.calls import canonical
from tensordrill.sandbox.calls import CallLog, LoggedCall

_ONE_ACT = {
    **dict.fromkeys("clone contiguous reshape flatten ravel copy".split(), "copy"),
    **dict.fromkeys("type type_as float double half bfloat16 long int short char byte bool".split(), "to"),
}
"""Functions that do the same where they make new memory: their results show the dtype and the shape."""
_ONE_VIEW = {
    **dict.fromkeys("t transpose permute movedim H mH adjoint".split(), "order"),
    **dict.fromkeys("view reshape flatten unflatten ravel".split(), "cut"),
    "broadcast_to": "expand",
}
"""Functions that do the same where they make a view: their results show the order, or the sizes."""
_EITHER_ORDER = frozenset(
    "add mul eq ne maximum minimum logical_and logical_or bitwise_and bitwise_or bitwise_xor".split()
)
_BY_DIM = frozenset("squeeze transpose movedim flatten unflatten".split())
"""Functions whose arguments say something even where nothing comes of the call."""
_LOOKING = frozenset(
    (
        "shape size dim ndim ndimension numel nelement stride storage_offset dtype device layout is_contiguous "
        "requires_grad is_leaf is_floating_point is_complex len bool repr str format itemsize element_size nbytes "
        "grad_fn names hash data_ptr"
    ).split()
)
"""Functions that read or print facts about a tensor, and do nothing with its elements."""


class Acts(Struct, frozen=True):
    """The acts of one run, the tensors that it gave, and the names that it bound to others."""

    done: Counter[Hashable]
    result: tuple[Hashable, ...]
    bound: frozenset[Hashable]


def acts(calls: CallLog, *, compares_layout: bool) -> Acts:
    """Return what a run did; the strides of new memory count only where the question compares them."""
    return _Reading(calls, compares_layout).acts()


class _Reading:
    """Goes through the calls of a run in their order; tensors stand in it as places in `calls.regions`.

    `memories` has what each memory is known by so far: it changes with each write. `whole` has the places of
    tensors that a call made, each with all of its memory, so that they may be known without their strides.
    """

    def __init__(self, calls: CallLog, compares_layout: bool) -> None:
        self.calls = calls
        self.compares_layout = compares_layout
        self.made = [call for call in calls.made if not _only_looks(call)]
        self.operands = {place for call in self.made for place in call.operands}
        self.memories: dict[int, Hashable] = {}
        self.whole: set[int] = set()
        self.done: Counter[Hashable] = Counter()
        for name, places in sorted(calls.given.items()):
            for number, place in enumerate(places):
                self.memories.setdefault(calls.regions[place].memory, ("given", name, number))

    def acts(self) -> Acts:
        bound = self.bound()
        views = self.views({*self.calls.result, *(place for _, places in bound for place in places)})
        for call in self.made:
            self.note(call, views)
        if self.calls.more:
            self.done["more"] = self.calls.more
        names = frozenset((name, self.known(places)) for name, places in bound)
        return Acts(self.done, self.known(self.calls.result), names)

    def bound(self) -> list[tuple[str, Sequence[int]]]:
        """Return the given names that mean something else now, and, without its name, what only a new name keeps.

        Any other new name is only a way to write the same.
        """
        given, bound = self.calls.given, self.calls.bound
        anew = {name: places for name, places in bound.items() if name in given or not places}
        used = self.operands.union(*given.values(), *anew.values(), self.calls.result)
        return [*anew.items(), *(("", places) for places in bound.values() if not used.issuperset(places))]

    def views(self, kept: set[int]) -> set[int]:
        """Return the tensors that are kept, or that nothing uses, and those that they are views of."""
        used = self.operands | kept
        views = set(kept)
        for call in reversed(self.made):
            is_kept = used.isdisjoint(call.results) or not views.isdisjoint(call.results)
            if is_kept and self.are_views(call):
                views.update(call.results, call.operands)
        return views

    def are_views(self, call: LoggedCall) -> bool:
        """Whether a call gave nothing but views of its operands."""
        given, made = (
            {self.calls.regions[place].memory for place in places} for places in (call.operands, call.results)
        )
        return made <= given and not call.wrote

    def note(self, call: LoggedCall, views: set[int]) -> None:
        """Count one call as the act that it is, if it is one."""
        function, operands, results = canonical(call.function), self.known(call.operands), call.results
        new = [place for place in results if self.calls.regions[place].memory not in self.memories]
        if call.raised:
            self.done[function, operands] += 1
        elif call.wrote or new:
            self.note_new(call, function, operands, new)
        elif not results:
            self.done[function, operands, call.plain] += 1
        elif set(operands).issuperset(self.known(results)):
            self.done[function, operands, self.dims(call) if function in _BY_DIM else ()] += 1
        elif not views.isdisjoint(results):
            self.done[_ONE_VIEW.get(function, function), operands, self.known(results)] += 1

    def note_new(
        self, call: LoggedCall, function: str, operands: tuple[int, ...], new: Sequence[int]
    ) -> None:
        """Count a call that wrote or made memory, which is known by this act from now on."""
        if not call.wrote:
            function = _ONE_ACT.get(function, function)
        if function in _EITHER_ORDER:
            operands = tuple(sorted(operands))
        regions = [self.calls.regions[place] for place in new]
        made = tuple(
            (region.dtype, region.shape, self.compares_layout and region.stride) for region in regions
        )
        written = tuple(map(self.memory, call.wrote))
        act = hash((function, operands, written, made, call.values or call.plain))
        self.done[act] = self.done[act] + 1 if call.wrote else 1
        self.whole.update(new)
        for number, region in enumerate(regions):
            self.memories.setdefault(region.memory, hash((act, number)))
        for number in call.wrote:
            self.memories[number] = hash((self.memory(number), act))

    def known(self, places: Iterable[int]) -> tuple[int, ...]:
        """Return what tensors are known by, whatever their places and memories are numbered."""
        return tuple(map(self.tensor, places))

    def tensor(self, place: int) -> int:
        region = self.calls.regions[place]
        memory, shape = self.memory(region.memory), region.shape
        if place in self.whole and not self.compares_layout:
            return hash((memory, region.dtype, shape))
        if 0 in shape:
            return hash((memory, region.dtype, shape, "nothing"))
        steps = tuple(step for size, step in zip(shape, region.stride, strict=False) if size != 1)
        return hash((memory, region.dtype, shape, region.offset, steps))

    def memory(self, number: int) -> Hashable:
        """Return what a memory is known by: its turn, where it was there before and no name is given to it."""
        return self.memories.setdefault(number, ("met", len(self.memories)))

    def dims(self, call: LoggedCall) -> tuple[int | str, ...]:
        """Return the arguments of a call that names dims, counted from the front."""
        rank = len(self.calls.regions[call.operands[0]].shape)
        dims = (n % rank if isinstance(n, int) and -rank <= n < rank else n for n in call.plain)
        return tuple(sorted(dims, key=str))


def _only_looks(call: LoggedCall) -> bool:
    """Whether a call reads or prints facts about a tensor; to set `requires_grad` is more than that."""
    if call.results or call.wrote or call.raised:
        return False
    function = canonical(call.function)
    return not call.operands or (function in _LOOKING and not (function == "requires_grad" and call.plain))
