"""The fates of dims: what in its operands each dim of a call's result comes from.

Only what shapes and plain arguments prove: a dim whose source is not sure has no fate. So `x.view(-1, 256)` of
(10, 1024) has two `regrouped` dims, `x.flatten(1)` of (10, 16, 8, 8) a `kept` and a `merged` one.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Literal, NamedTuple, TypeAlias

from tensordrill.explanation import shapes
from tensordrill.explanation.alignment import ELEMENTWISE, FACTORS, REDUCTIONS, operands
from tensordrill.explanation.call import Argument, Call
from tensordrill.explanation.drawing import RESHAPING
from tensordrill.explanation.index_layout import bounds, placed
from tensordrill.explanation.shapes import Aligned, Shape, from_front
from tensordrill.sandbox.values import Bool, Nothing, Text

Kind: TypeAlias = Literal["kept", "merged", "regrouped", "joined", "cut", "set", "born"]
"""`kept`: the source's dim, of the same size; `merged`: the product of dims; `regrouped`: other dims in the same
memory order; `joined`: a sum; `cut`: part of a dim; `set`: a size that the operation makes; `born`: of no operand."""


class DimSource(NamedTuple):
    """A dim of an operand."""

    argument: Argument
    dim: int

    @property
    def size(self) -> int:
        """Its size."""
        return self.argument.shape[self.dim]


class Fate(NamedTuple):
    """The origin of one dim of a result."""

    kind: Kind
    sources: tuple[DimSource, ...] = ()


class Fates(NamedTuple):
    """The fate of each dim of a result, None where it is not sure, and the operands' dims that are gone."""

    dims: tuple[Fate | None, ...]
    dropped: tuple[DimSource, ...] = ()


def fates(call: Call, result: Shape) -> Fates:
    """Return what each dim of a call's result comes from."""
    proven = _proven(call, result) or Fates((None,) * len(result))
    sizes = _sizes(call)
    if sizes is None:
        return proven
    dims = zip(proven.dims, result, strict=True)
    return Fates(
        tuple(fate or (None if size in sizes else Fate("set", _whole(call))) for fate, size in dims),
        proven.dropped,
    )


def _proven(call: Call, result: Shape) -> Fates | None:
    name = call.function if call.name == "attribute" else call.name
    follow = _BY_NAME.get(name)
    if follow is None and (window := _WINDOWS.match(name.lower().replace("_", ""))):
        spatial, is_set = int(window["dims"]), bool(window["conv"])
        follow = partial(_windowed, spatial=spatial, is_set=is_set)
    fates = follow(call, result) if follow else None
    return fates if fates is not None and len(fates.dims) == len(result) else None


def _tensors(arguments: Iterable[Argument]) -> list[Argument]:
    """Return the tensors among arguments, and among the items of lists."""
    return [each for whole in arguments for each in (whole, *whole.items) if each.tensor is not None]


def _sizes(call: Call) -> set[int] | None:
    """Return every size of the operands; None where one of them was not seen, or there is none."""
    given = (*call.arguments.values(), *call.rest)
    pieces = [piece for whole in given for piece in (whole.items or (whole,))]
    if any(piece.tensor is None and piece.value is None for piece in pieces):
        return None
    tensors = _tensors(given)
    return {size for each in tensors for size in each.shape} if tensors else None


def _whole(call: Call) -> tuple[DimSource, ...]:
    """Return the first operand with dims, as the source of a size that no dim has."""
    given = _tensors((*call.arguments.values(), *call.rest))
    return tuple(DimSource(each, dim) for each in given[:1] for dim in range(len(each.shape)))


def _input(call: Call) -> Argument | None:
    given = call.get("input") or call.get("self")
    return given if given is not None and given.tensor is not None else None


# ---- results whose dims stand where their sources do ----


def _positional(call: Call, result: Shape) -> Fates | None:
    """Each dim comes from the one at its place: it is kept, or the operation makes it larger or smaller."""
    x = _input(call)
    if x is None or len(x.shape) != len(result):
        return None
    return Fates(tuple(_at(x, dim, size) for dim, size in enumerate(result)))


def _at(x: Argument, dim: int, size: int) -> Fate:
    return Fate("kept" if x.shape[dim] == size else "set", (DimSource(x, dim),))


def _windowed(call: Call, result: Shape, spatial: int, *, is_set: bool) -> Fates | None:
    """A convolution or pooling: the channels of a convolution are its own."""
    at = _positional(call, result)
    channels = len(result) - spatial - 1
    if at is None or channels not in (0, 1):
        return None
    return (
        _with_weight(at, channels, None if "transpose" in call.name else call.get("weight")) if is_set else at
    )


def _with_weight(at: Fates, dim: int, weight: Argument | None) -> Fates:
    """Take a dim from the weight: its first one where that is an operand, else what the layer has."""
    fate = at.dims[dim]
    sources = fate.sources if fate else ()
    own = (
        Fate("set", sources)
        if weight is None
        else Fate("kept", (DimSource(weight, 0),))
        if weight.tensor
        else None
    )
    return at._replace(dims=(*at.dims[:dim], own, *at.dims[dim + 1 :]))


def _linear(call: Call, result: Shape) -> Fates | None:
    at = _positional(call, result)
    return _with_weight(at, len(result) - 1, call.get("weight")) if at and result else None


def _looked_up(call: Call, result: Shape) -> Fates | None:
    """A vector for each integer."""
    x = _input(call)
    if x is None or x.shape != result[:-1]:
        return None
    weight = call.get("weight")
    own = Fate("kept", (DimSource(weight, 1),)) if weight and weight.tensor else Fate("set", _whole(call))
    return Fates((*(_at(x, dim, size) for dim, size in enumerate(x.shape)), own))


# ---- columns of aligned shapes ----


def _columns(met: Aligned, given: Sequence[Argument], result: Shape) -> Fates | None:
    """Read the fates off aligned operands, whose dims stand in columns."""
    if met.result != result:
        return None
    dims: list[Fate | None] = []
    dropped: list[DimSource] = []
    for column, places in shapes.places(met.columns, len(given)):
        sources = [DimSource(given[at], dim) for at, dim in enumerate(places) if dim is not None]
        if column.result is None:
            dropped += sources if column.mark == "gone" else []
        elif column.mark == "joined" and all(each.size != column.result for each in sources):
            dims.append(Fate("joined", tuple(sources)))
        else:
            alike = tuple(each for each in sources if each.size == column.result and column.mark != "kept")
            dims.append(Fate("kept", alike) if alike else Fate("set", tuple(sources)))
    return Fates(tuple(dims), tuple(dropped))


def _elementwise(call: Call, result: Shape) -> Fates | None:
    given = [each for each in operands(call) if each.tensor is not None]
    return _columns(shapes.broadcast(*(each.shape for each in given)), given, result) if given else None


def _expanded(call: Call, result: Shape) -> Fates | None:
    x = _input(call)
    return _columns(shapes.expand(x.shape, result), [x], result) if x else None


def _reduced(call: Call, result: Shape) -> Fates | None:
    x, dim, keepdim = _input(call), call.get("dim"), call.get("keepdim")
    dims = () if dim is None or isinstance(dim.value, Nothing) else dim.integers
    if x is None or dims is None or "other" in call.arguments:
        return None
    is_kept = keepdim is not None and keepdim.value == Bool(True)
    return _columns(shapes.reduce(x.shape, dims, keepdim=is_kept), [x], result)


def _joined(call: Call, result: Shape) -> Fates | None:
    tensors, dim = call.get("tensors"), call.integer("dim", 0)
    given = tensors.items if tensors else ()
    if not given or dim is None or any(each.tensor is None for each in given):
        return None
    if call.name == "stack":
        return _columns(shapes.stack([each.shape for each in given], dim), given, result)
    given = tuple(each for each in given if each.shape != (0,))
    return _columns(shapes.cat([each.shape for each in given], dim), given, result) if given else None


def _product(call: Call, result: Shape) -> Fates | None:
    names = FACTORS.get(call.name, ("input", "other"))
    a, b = map(call.get, names)
    if a is None or b is None or a.tensor is None or b.tensor is None:
        return None
    is_formed = call.name in shapes.RANKS
    met = shapes.product(call.name, a.shape, b.shape) if is_formed else shapes.matmul(a.shape, b.shape)
    return _columns(met, [a, b], result)


# ---- dims in another order, with fewer or more of them ----


def _permuted(call: Call, result: Shape) -> Fates | None:
    x = _input(call)
    order = _order(call, len(x.shape)) if x else None
    if x is None or order is None or tuple(x.shape[dim] for dim in order) != result:
        return None
    return Fates(tuple(Fate("kept", (DimSource(x, dim),)) for dim in order))


def _order(call: Call, count: int) -> list[int] | None:
    """Return the dims of the operand in the order of the result's."""
    order = list(range(count))
    if call.name in ("attribute", "t", "adjoint"):
        is_reversed = call.function in ("T", "H", "t", "t_")
        return order[::-1] if is_reversed else [*order[:-2], *order[-2:][::-1]]
    if call.name == "permute":
        dims = call.integers("*dims")
        return from_front(dims, count) if dims is not None and len(dims) == count else None
    names = ("dim0", "dim1") if call.name == "transpose" else ("source", "destination")
    pair = [call.integer(name) for name in names]
    known = from_front([dim for dim in pair if dim is not None], count)
    if known is None or len(known) < 2:
        return None
    if count < 2:
        return order  # of a 0-d tensor torch takes dim 0 and -1, which it does not have
    one, other = known
    if call.name == "transpose":
        order[one], order[other] = order[other], order[one]
    else:
        order.insert(other, order.pop(one))
    return order


def _squeezed(call: Call, result: Shape) -> Fates | None:
    x, dim = _input(call), call.get("dim")
    dims = dim.integers if dim else tuple(range(len(x.shape))) if x else None
    chosen = from_front(dims, len(x.shape)) if x and dims is not None else None
    if x is None or chosen is None:
        return None
    gone = [at for at, size in enumerate(x.shape) if size == 1 and at in chosen]
    return _without(x, gone, result)


def _without(x: Argument, gone: Sequence[int], result: Shape) -> Fates | None:
    left = [dim for dim in range(len(x.shape)) if dim not in gone]
    if tuple(x.shape[dim] for dim in left) != result:
        return None
    dims = tuple(Fate("kept", (DimSource(x, dim),)) for dim in left)
    return Fates(dims, tuple(DimSource(x, dim) for dim in gone))


def _selected(call: Call, result: Shape) -> Fates | None:
    x, dim = _input(call), call.integer("dim")
    gone = from_front([dim], len(x.shape)) if x and dim is not None else None
    return _without(x, gone, result) if x and gone else None


def _unsqueezed(call: Call, result: Shape) -> Fates | None:
    x, dim = _input(call), call.integer("dim")
    at = from_front([dim], len(result)) if dim is not None else None
    if x is None or at is None or (*result[: at[0]], *result[at[0] + 1 :]) != x.shape:
        return None
    dims = [Fate("kept", (DimSource(x, dim),)) for dim in range(len(x.shape))]
    return Fates((*dims[: at[0]], Fate("set", _whole(call)), *dims[at[0] :]))


def _indexed(call: Call, result: Shape) -> Fates | None:
    """`x[…]`: the dims that it keeps, cuts and drops; one index tensor may stand among slices."""
    x = _input(call)
    indices = placed(call.rest, len(x.shape)) if x else None
    if x is None or indices is None or sum(index.kind in ("mask", "tensor", "list") for index in indices) > 1:
        return None
    picks = any(index.kind in ("mask", "tensor", "list") for index in indices)
    dims: list[Fate | None] = []
    dropped: list[DimSource] = []
    at = 0
    for index in indices:
        dims += (_at(x, dim, x.shape[dim]) for dim in range(at, index.dim))
        at = index.dim + index.takes
        if at > len(x.shape):
            return None
        taken = tuple(DimSource(x, dim) for dim in range(index.dim, at))
        match index.kind:
            case "new":
                dims.append(Fate("set", _whole(call)))
            case "slice" if (cut := bounds(index.argument)) is not None:
                size = len(range(*slice(*cut).indices(taken[0].size)))
                dims.append(Fate("kept" if size == taken[0].size else "cut", taken))
            case "int" if not picks:
                dropped += taken
            case "tensor":
                own = index.argument
                dims += (Fate("kept", (DimSource(own, dim),)) for dim in range(len(own.shape)))
            case "list" | "mask" if taken:
                is_same = result[len(dims) :][:1] in [(each.size,) for each in taken]
                dims.append(None if is_same else Fate("cut", taken))
            case "dots":
                pass
            case _:
                return None
    dims += (_at(x, dim, x.shape[dim]) for dim in range(at, len(x.shape)))
    if len(dims) != len(result):
        return None
    kept = zip(dims, result, strict=True)
    return Fates(tuple(dims), tuple(dropped)) if all(_agrees(fate, size) for fate, size in kept) else None


def _agrees(fate: Fate | None, size: int) -> bool:
    return fate is None or fate.kind != "kept" or fate.sources[0].size == size


def _summed(call: Call, result: Shape) -> Fates | None:
    """Read `einsum`'s letters: a dim of the result is the first dim of its letter."""
    equation, given = call.get("equation"), _tensors(call.rest)
    letters = einsum_letters(equation)
    if letters is None or len(letters[0]) != len(given):
        return None
    inputs, output = letters
    sources: dict[str, DimSource] = {}
    for own, each in zip(inputs, given, strict=True):
        if len(own) != len(each.shape):
            return None
        for dim, letter in enumerate(own):
            sources.setdefault(letter, DimSource(each, dim))
    if tuple(sources[letter].size for letter in output if letter in sources) != result:
        return None
    return Fates(tuple(Fate("kept", (sources[letter],)) for letter in output))


def einsum_letters(equation: Argument | None) -> tuple[list[str], str] | None:
    """Return the letters of `einsum`'s operands and of its result; None where dots stand for some."""
    text = equation.value.v.replace(" ", "") if equation and isinstance(equation.value, Text) else ""
    before, arrow, output = text.partition("->")
    if not arrow or "." in text:
        return None
    return before.split(","), output


# ---- dims cut and merged in memory order ----


def _regrouped(call: Call, result: Shape) -> Fates | None:
    """Match runs of dims with the same number of elements: what is alone in its run is kept."""
    x = _input(call)
    if x is None or not math.prod(result) or math.prod(result) != math.prod(x.shape):
        return None
    fates: list[Fate | None] = [None] * len(result)
    for before, after in _runs(x.shape, result):
        sources = tuple(DimSource(x, dim) for dim in before)
        if len(before) == len(after) == 1:
            fates[after[0]] = Fate("kept", sources)
        else:
            kind: Kind = "merged" if len(after) == 1 else "regrouped"
            for dim in after:
                fates[dim] = Fate(kind, sources)
    return Fates(tuple(fates))


def _runs(before: Shape, after: Shape) -> Iterable[tuple[list[int], list[int]]]:
    """Yield the shortest runs of dims of two shapes that hold the same elements, without dims of size 1."""
    sides = [[dim for dim, size in enumerate(shape) if size != 1] for shape in (before, after)]
    one: list[int] = []
    other: list[int] = []
    counts = [1, 1]
    while any(sides):
        side = 0 if counts[0] <= counts[1] and sides[0] else 1
        dim = sides[side].pop(0)
        (one, other)[side].append(dim)
        counts[side] *= (before, after)[side][dim]
        if counts[0] == counts[1]:
            yield one, other
            one, other, counts = [], [], [1, 1]


# ---- by function ----

_WINDOWS = re.compile(
    r"(?:lazy)?(?:(?P<conv>conv|convtranspose)|(?:adaptive|fractional)?(?:max|avg|lp)pool)(?P<dims>[123])d\Z"
)
_PLACED = (
    "relu relu6 leaky_relu prelu rrelu elu celu selu gelu silu mish sigmoid tanh softplus softsign hardtanh hardswish "
    "hardsigmoid logsigmoid softmax log_softmax softmin dropout dropout1d dropout2d dropout3d alpha_dropout "
    "layer_norm batch_norm group_norm instance_norm rms_norm normalize abs neg exp expm1 log log1p log2 sqrt rsqrt "
    "square sin cos tan round floor ceil trunc sign reciprocal logical_not bitwise_not isnan isinf isfinite nan_to_num "
    "clamp clone contiguous detach to float double half bfloat16 int long short bool cpu cuda type type_as "
    "requires_grad_ cumsum cumprod logcumsumexp flip roll sort argsort topk triu tril pad interpolate narrow "
    "index_select index_fill index_add index_copy scatter scatter_add "
    "zeros_like ones_like full_like empty_like rand_like randn_like randint_like data real imag grad "
    "ReLU ReLU6 LeakyReLU PReLU RReLU ELU CELU SELU GELU SiLU Mish Sigmoid Tanh Softplus Softsign Hardtanh Hardswish "
    "Hardsigmoid LogSigmoid Softmax LogSoftmax Softmin Softmax2d Dropout Dropout1d Dropout2d Dropout3d AlphaDropout "
    "BatchNorm1d BatchNorm2d BatchNorm3d LayerNorm GroupNorm InstanceNorm1d InstanceNorm2d InstanceNorm3d RMSNorm "
    "LocalResponseNorm Identity Upsample UpsamplingNearest2d UpsamplingBilinear2d ZeroPad2d ConstantPad1d "
    "ConstantPad2d ReflectionPad1d ReflectionPad2d ReplicationPad1d ReplicationPad2d"
).split()
"""Functions and layers each of whose result's dims comes from the input's at its place."""
_CREATING = (
    "randn rand randint randperm normal zeros ones full empty eye arange linspace logspace tensor as_tensor "
    "from_numpy asarray Tensor FloatTensor LongTensor"
).split()

_Follow: TypeAlias = Callable[[Call, Shape], Fates | None]
_BY_NAME: dict[str, _Follow] = {
    **dict.fromkeys(_PLACED, _positional),
    **dict.fromkeys(_CREATING, lambda _, result: Fates((Fate("born"),) * len(result))),
    **dict.fromkeys((*ELEMENTWISE, "masked_fill", "lerp", "addcmul", "addcdiv"), _elementwise),
    **dict.fromkeys(REDUCTIONS, _reduced),
    **dict.fromkeys((*RESHAPING, "Flatten", "Unflatten"), _regrouped),
    **dict.fromkeys(("t", "T", "mT", "H", "mH", "adjoint", "transpose", "permute", "movedim"), _permuted),
    **dict.fromkeys(("matmul", "mm", "mv", "bmm", "outer"), _product),
    **dict.fromkeys(("cat", "stack"), _joined),
    **dict.fromkeys(("expand", "expand_as", "broadcast_to"), _expanded),
    **dict.fromkeys(("linear", "Linear"), _linear),
    **dict.fromkeys(("Embedding", "embedding", "one_hot"), _looked_up),
    "squeeze": _squeezed,
    "unsqueeze": _unsqueezed,
    "select": _selected,
    "item": _indexed,
    "einsum": _summed,
}
