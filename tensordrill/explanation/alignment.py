"""The alignment of a call's operands: columns of sizes, and the result of each column."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Literal, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from tensordrill.explanation import shapes
from tensordrill.explanation.call import BROADCASTING, WEIGHTED, Argument, Call
from tensordrill.explanation.grid import tuple_text
from tensordrill.explanation.shapes import Aligned, Column, Misfit, Shape
from tensordrill.messages import Message, message
from tensordrill.sandbox.values import Bool, Int, Nothing

MAX_OPERANDS = 6

Kind: TypeAlias = Literal["broadcast", "expand", "matmul", "reduce", "cat", "stack"]
Named: TypeAlias = tuple[str, Shape]


class Alignment(Struct, frozen=True, tag="alignment"):
    """Operands above each other; the first `batch` columns of a product are batch dims."""

    kind: Kind
    names: tuple[str, ...]
    columns: tuple[Column, ...]
    batch: int = 0
    notes: tuple[Message, ...] = ()
    is_wrong: bool = False
    """The operands do not fit for another reason than a column's, which the notes give."""

    @property
    def is_clash(self) -> bool:
        """Whether these shapes do not go together."""
        return self.is_wrong or any(column.mark == "clash" for column in self.columns)

    @property
    def result(self) -> Shape | None:
        """Return the result's shape, None where the shapes clash."""
        return None if self.is_clash else Aligned(self.columns).result

    def renamed(self, change: Callable[[str], str]) -> Alignment:
        """Return it with other names for the operands, in its notes as well."""
        notes = (
            Message(
                note.name,
                tuple((key, change(str(each)) if key == "name" else each) for key, each in note.pairs),
            )
            for note in self.notes
        )
        return replace(self, names=tuple(map(change, self.names)), notes=tuple(notes))


def alignment(kind: Kind, operands: Sequence[Named], aligned: Aligned, function: str = "") -> Alignment:
    """Return aligned shapes with their operands' names, and notes on what does not fit."""
    names = tuple(name for name, _ in operands)
    notes = [_note(misfit, names, function) for misfit in aligned.misfits]
    if function in _PRODUCTS and any(misfit.kind == "rank" for misfit in aligned.misfits):
        (_, a), (_, b) = operands
        notes += [message("align-matmul-would")] * (not shapes.matmul(a, b).is_clash)
    return Alignment(kind, names, aligned.columns, aligned.batch, tuple(notes), bool(aligned.misfits))


def _note(misfit: Misfit, names: Sequence[str], function: str) -> Message:
    name, have, want = names[misfit.operand], misfit.have, misfit.want
    match misfit.kind:
        case "grows":
            return message("align-in-place", name=name)
        case "few-dims":
            return message("align-expand-dims", name=name, have=have, want=want)
        case "no-dim":
            dims = want if isinstance(want, tuple) else (want,)
            return message("align-no-dim", dims=tuple_text(dims), name=name, have=have)
        case "cat-dims":
            return message("align-cat-dims", dim=want)
        case "stack-dims":
            return message("align-stack-dims", dim=want)
        case "scalar":
            return message("align-scalar", name=name)
        case "rank":
            return message("align-rank", name=name, have=have, function=function, want=want)
        case "batch":
            return message("align-bmm")
        case "added":
            return message("align-addmm", name=name, have=str(have), want=str(want))


# ---- by function ----

_OPERANDS = (
    "condition", "input", "mask", "other", "exponent", "end", "weight", "tensor1", "tensor2", "target", "src",
)  # fmt: skip
ELEMENTWISE = (
    "add sub mul div floor_divide remainder fmod pow atan2 hypot maximum minimum where eq ne lt le gt ge "
    "logical_and logical_or logical_xor bitwise_and bitwise_or bitwise_xor"
).split()
_IN_PLACE = frozenset(
    "add sub mul div floor_divide remainder pow bitwise_and bitwise_or bitwise_xor copy masked_fill".split()
)
REDUCTIONS = (
    "sum mean prod amax amin max min all any std var argmax argmin nansum nanmean median logsumexp"
).split()
FACTORS = {
    "mm": ("input", "mat2"), "addmm": ("mat1", "mat2"), "mv": ("input", "vec"), "addmv": ("mat", "vec"),
    "bmm": ("input", "mat2"), "baddbmm": ("batch1", "batch2"), "addbmm": ("batch1", "batch2"),
    "dot": ("input", "tensor"), "vdot": ("input", "tensor"), "outer": ("input", "vec2"),
    "ger": ("input", "vec2"), "addr": ("vec1", "vec2"),
}  # fmt: skip
"""The parameters of products that take factors of just so many dims; others add their product to the input."""
_PRODUCTS = ("mm", "mv", "dot", "bmm")


def aligned(call: Call) -> Alignment | None:
    """Align the operands of a call; None where their shapes are not known, or prove nothing."""
    align = _ALIGNED.get(call.name)
    return align(call) if align else None


def operands(call: Call) -> list[Argument]:
    """Return what an elementwise operation aligns."""
    return [call.arguments[name] for name in _OPERANDS if name in call.arguments]


def _named(arguments: Iterable[Argument | None]) -> list[Named]:
    """Return operands by name and shape; a number has no dims. None of them where one is not known."""
    named: list[Named] = []
    for argument in arguments:
        if argument is None or not (argument.tensor or isinstance(argument.value, Int | Bool)):
            return []
        named.append((argument.name, argument.tensor.shape if argument.tensor else ()))
    return named


def _elementwise(call: Call) -> Alignment | None:
    """Align operands of several shapes; what has no dims goes with everything. A tensor in place can't stretch."""
    named = _named(operands(call))
    if call.is_in_place or call.name in ("copy", "masked_fill"):
        if call.name not in _IN_PLACE or len(named) < 2 or named[1][1] in ((), named[0][1]):
            return None
        return alignment("broadcast", named, shapes.in_place(*(shape for _, shape in named)))
    named = [each for each in named if each[1]]
    return _broadcast(named) if len({shape for _, shape in named}) > 1 else None


def _broadcast(named: Sequence[Named]) -> Alignment:
    return alignment("broadcast", named, shapes.broadcast(*(shape for _, shape in named)))


def _losses(call: Call) -> Alignment | None:
    tensors = call.get("tensors")
    named = _named(tensors.items) if tensors else []
    return _broadcast(named) if len(named) > 1 else None


def _matmul(call: Call) -> Alignment | None:
    named = _named(map(call.get, ("input", "other")))
    return _product(named) if named else None


def _product(named: Sequence[Named]) -> Alignment:
    return alignment("matmul", named, shapes.matmul(*(shape for _, shape in named)))


def _formed(call: Call) -> Alignment | None:
    named = _named(map(call.get, FACTORS[call.name]))
    if not named:
        return None
    return alignment("matmul", named, shapes.product(call.name, *(shape for _, shape in named)), call.name)


def _addmm(call: Call) -> Alignment | None:
    named = _named(map(call.get, (*FACTORS["addmm"], "input")))
    if not named:
        return None
    a, b, added = (shape for _, shape in named)
    whole = alignment("matmul", named, shapes.addmm(added, a, b), "addmm")
    return replace(whole, names=whole.names[:2])


def _weighted(call: Call) -> Alignment | None:
    """Align an input with a weight of shape (out, in), which is transposed before it is multiplied."""
    named = _named(map(call.get, WEIGHTED.get(call.name, WEIGHTED["Linear"])))
    if named and named[0][1] and len(named[1][1]) == 2:
        named[1] = (f"{named[1][0]}.mT", named[1][1][::-1])
    return _product(named) if named else None


def _reduction(call: Call) -> Alignment | None:
    named, dim, keepdim = _named([call.get("input")]), call.get("dim"), call.get("keepdim")
    dims = () if dim is None or isinstance(dim.value, Nothing) else dim.integers
    is_kept = keepdim.value if keepdim else Bool(False)
    if not named or len(named[0][1]) < 2 or dims is None or not isinstance(is_kept, Bool):
        return None
    return alignment("reduce", named, shapes.reduce(named[0][1], dims, keepdim=is_kept.v))


def _joined(call: Call) -> Alignment | None:
    tensors, dim = call.get("tensors"), call.integer("dim", 0)
    named = _named(tensors.items) if tensors else []
    if not named or len(named) > MAX_OPERANDS or dim is None:
        return None
    if call.name == "stack":
        return alignment("stack", named, shapes.stack([shape for _, shape in named], dim))
    named = [each for each in named if each[1] != (0,)] or named
    return alignment("cat", named, shapes.cat([shape for _, shape in named], dim))


def _expansion(call: Call) -> Alignment | None:
    named, target = _named([call.get("input")]), target_of(call)
    return alignment("expand", named, shapes.expand(named[0][1], target)) if named and target else None


def target_of(call: Call) -> Shape | None:
    """Return the shape that a call is asked for; None where it is not known."""
    if call.name.endswith("_as"):
        other = call.tensor("other")
        return other.shape if other else None
    if call.name in ("flatten", "ravel"):
        return (-1,) if len(call.arguments) == 1 else None
    return call.integers("size" if call.name == "broadcast_to" else "*size")


_ALIGNED: dict[str, Callable[[Call], Alignment | None]] = {
    **dict.fromkeys((*ELEMENTWISE, "copy", "masked_fill"), _elementwise),
    **dict.fromkeys(REDUCTIONS, _reduction),
    **dict.fromkeys(_PRODUCTS, _formed),
    **dict.fromkeys(("linear", *WEIGHTED), _weighted),
    **dict.fromkeys(("cat", "stack"), _joined),
    **dict.fromkeys(("expand", "expand_as", "broadcast_to"), _expansion),
    BROADCASTING: _losses,
    "matmul": _matmul,
    "addmm": _addmm,
}
