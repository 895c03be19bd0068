"""The dims that do not fit in a failed call: of which operand, and which other one they are against.

Shapes alone choose them. What is followed back from them is true whichever they are.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, TypeAlias

from tensordrill.explanation.alignment import Alignment, aligned, target_of
from tensordrill.explanation.call import Argument, Call, Failed
from tensordrill.explanation.drawing import RESHAPING
from tensordrill.explanation.fates import einsum_letters
from tensordrill.explanation.index_layout import indexed, placed
from tensordrill.explanation.shapes import places, resolve
from tensordrill.explanation.signatures import CONVOLUTIONS


class Clash(NamedTuple):
    """A dim of an operand whose size does not fit; None where the number of dims doesn't."""

    operand: Argument
    dim: int | None
    partner: Clash | None = None
    """The dim that it would have to be as large as."""


def clashes(call: Failed) -> Iterator[Clash]:
    """Yield the dims whose sizes a failed call could not take, as far as its shapes prove it."""
    met = aligned(call)
    if met is not None and met.is_clash:
        yield from _clashing(met, call)
    find = _FINDING.get(call.name)
    if find is not None:
        yield from find(call)


def _clashing(met: Alignment, call: Call) -> Iterator[Clash]:
    """Yield the operands' dims in columns that clash; all operands where they do not align."""
    given = (*call.arguments.values(), *call.rest)
    named = {each.name: each for whole in given for each in (whole, *whole.items) if each.tensor is not None}
    for column, dims in places(met.columns, len(met.names)):
        if column.mark == "clash":
            yield from _paired(
                [
                    Clash(named[name], dim)
                    for name, dim in zip(met.names, dims, strict=False)
                    if dim is not None and name in named
                ]
            )
    if met.is_wrong:
        yield from (Clash(named[name], None) for name in met.names if name in named)


def _paired(clashes: Sequence[Clash]) -> Iterator[Clash]:
    """Yield clashes, each with another one as its partner."""
    for at, clash in enumerate(clashes):
        others = [*clashes[:at], *clashes[at + 1 :]]
        yield clash._replace(partner=others[0] if others else None)


def _pairs(a: Argument, dims_a: Sequence[int], b: Argument, dims_b: Sequence[int]) -> Iterator[Clash]:
    """Yield the dims of two operands that should be alike and are not."""
    for one, other in zip(dims_a, dims_b, strict=True):
        if a.shape[one] != b.shape[other]:
            yield from _paired([Clash(a, one), Clash(b, other)])


def _pair(call: Call, *names: str) -> tuple[Argument, Argument] | None:
    given = [each for name in names if (each := call.get(name)) and each.tensor is not None]
    return (given[0], given[1]) if len(given) == 2 else None


def _classes(call: Call) -> Iterator[Clash]:
    """Yield the dims that a target of classes does not share with its input."""
    pair = _pair(call, "input", "target")
    if pair is not None:
        x, target = pair
        at = 0 if len(x.shape) == 1 else 1
        yield from _unlike(x, [dim for dim in range(len(x.shape)) if dim != at], target)


def _alike(call: Call) -> Iterator[Clash]:
    """Yield the dims that an input and a target of one shape do not share."""
    pair = _pair(call, "input", "target")
    if pair is not None:
        yield from _unlike(pair[0], range(len(pair[0].shape)), pair[1])


def _unlike(x: Argument, dims: Sequence[int], target: Argument) -> Iterator[Clash]:
    if len(dims) == len(target.shape):
        yield from _pairs(x, dims, target, range(len(dims)))
    else:
        yield from (Clash(x, None), Clash(target, None))


def _convolved(call: Call) -> Iterator[Clash]:
    """Yield channels that the weight does not take, and dims smaller than the kernel."""
    pair = _pair(call, "input", "weight")
    if pair is None or len(pair[1].shape) < 3:
        return
    x, weight = pair
    channels = len(x.shape) - len(weight.shape) + 1
    if channels not in (0, 1):
        yield Clash(x, None)
    elif x.shape[channels] != weight.shape[1]:
        yield Clash(x, channels)
    else:
        small = zip(range(channels + 1, len(x.shape)), weight.shape[2:], strict=True)
        yield from (Clash(x, dim) for dim, kernel in small if x.shape[dim] < kernel)


def _normalized(call: Call) -> Iterator[Clash]:
    """Yield the channels, or the last dim, that the weight or the running mean is not for."""
    pair = _pair(call, "input", "weight") or _pair(call, "input", "running_mean")
    if pair is not None and pair[0].shape:
        x, own = pair
        dim = len(x.shape) - 1 if call.name == "layer_norm" else min(1, len(x.shape) - 1)
        if own.shape[-1:] != (x.shape[dim],):
            yield Clash(x, dim)


def _reshaped(call: Call) -> Iterator[Clash]:
    """Yield the dim that a new shape has no room for: the first one, else what made the rest."""
    x, target = call.get("input"), target_of(call)
    if x is None or x.tensor is None or not target or not x.shape:
        return
    if resolve(target, math.prod(x.shape)) != "size":
        return
    is_first = target[0] not in (-1, x.shape[0])
    yield Clash(x, 0 if is_first else len(x.shape) - 1)


def _lettered(call: Call) -> Iterator[Clash]:
    """Yield the dims of `einsum`'s operands whose letter has two sizes, and operands with too few dims."""
    letters = einsum_letters(call.get("equation"))
    given = [each for whole in call.rest for each in (whole.items or (whole,)) if each.tensor is not None]
    if letters is None or len(letters[0]) != len(given):
        return
    first: dict[str, Clash] = {}
    for own, each in zip(letters[0], given, strict=True):
        if len(own) != len(each.shape):
            yield Clash(each, None)
            continue
        for dim, letter in enumerate(own):
            before = first.setdefault(letter, Clash(each, dim))
            if before.dim is not None and before.operand.shape[before.dim] != each.shape[dim]:
                yield from _paired([before, Clash(each, dim)])


def _indexed(call: Call) -> Iterator[Clash]:
    """Yield the dims of a mask that are not those of what it indexes, and those of a value with no room there."""
    x, value = call.get("self"), call.get("value")
    indices = placed(call.rest, len(x.shape)) if x is not None and x.tensor is not None else None
    room = indexed(x.shape, indices) if x is not None and indices is not None else None
    if value is not None and value.tensor is not None and room is not None:
        dims = range(-min(len(room), len(value.shape)), 0)
        yield from (
            Clash(value, dim % len(value.shape)) for dim in dims if value.shape[dim] not in (1, room[dim])
        )
    for index in indices or ():
        if x is not None and index.kind == "mask":
            dims = range(index.dim, min(index.dim + index.takes, len(x.shape)))
            yield from _pairs(index.argument, range(len(dims)), x, dims)


def _ranged(call: Failed) -> Iterator[Clash]:
    """Yield a tensor that lacks the dim which a call names."""
    x = call.first
    if call.is_a("IndexError") and x is not None and x.tensor is not None:
        yield Clash(x, None)


_Find: TypeAlias = Callable[[Failed], Iterator[Clash]]
_FINDING: dict[str, _Find] = {
    **dict.fromkeys(
        ("squeeze", "transpose", "permute", "size", "sum", "mean", "softmax", "argmax", "max"), _ranged
    ),
    **dict.fromkeys(("cross_entropy", "nll_loss"), _classes),
    **dict.fromkeys(("binary_cross_entropy", "binary_cross_entropy_with_logits"), _alike),
    **dict.fromkeys(CONVOLUTIONS, _convolved),
    **dict.fromkeys(("batch_norm", "layer_norm"), _normalized),
    **dict.fromkeys(RESHAPING, _reshaped),
    **dict.fromkeys(("item", "set item"), _indexed),
    "einsum": _lettered,
}
