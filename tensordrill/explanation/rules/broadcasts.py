"""Shapes that do not broadcast, and results that would have to grow."""

from __future__ import annotations

from collections.abc import Sequence

from tensordrill.explanation.alignment import operands, target_of
from tensordrill.explanation.call import BROADCASTING, Argument, Failed
from tensordrill.explanation.rules.rule import ELEMENTWISE, Fix, Reason, changed, of, of_two, rule
from tensordrill.explanation.shapes import Shape, broadcast, expand, fits, unsqueezed
from tensordrill.messages import Message, message


@rule(ELEMENTWISE)
def clashing(call: Failed) -> Reason:
    """Two operands that do not broadcast."""
    return _first_clash(operands(call), is_loss=call.name.endswith("_loss"))


@rule(BROADCASTING, needs=("tensors:any",))
def met(_: Failed, tensors: Argument) -> Reason:
    """Operands that a loss compares element by element and does not broadcast."""
    return _first_clash(tensors.items, is_loss=True)


def _first_clash(given: Sequence[Argument], *, is_loss: bool) -> Reason:
    tensors = [each for each in given if each.tensor is not None]
    for at, a in enumerate(tensors):
        for b in tensors[at + 1 :]:
            if dims := broadcast(a.shape, b.shape).clash:
                return _between(a, b, *dims, is_loss=is_loss)
    return None


def _between(a: Argument, b: Argument, i: int, j: int, *, is_loss: bool) -> Sequence[Message | Fix]:
    """Return where two shapes clash, and where a 1 would make them fit, which is not what a loss should compare."""
    clash = message("broadcasts-clash", i=i, j=j, m=a.shape[i], n=b.shape[j], **of_two(a, b))
    small, large = (a, b) if len(a.shape) < len(b.shape) else (b, a)
    dim = unsqueezed(small.shape, large.shape)
    if dim is None:
        return (clash,)
    return clash, *changed(small, f"{{}}.unsqueeze({dim})") * (not is_loss)


@rule(ELEMENTWISE, needs=("input",))
def growing(call: Failed, x: Argument) -> Reason:
    """An in-place operation whose result is larger than what it is written into."""
    tensors = [each.shape for each in operands(call) if each.tensor is not None]
    shape = broadcast(*tensors).result
    if not call.is_in_place or len(tensors) < 2 or shape in (None, x.shape):
        return None
    grow = message("broadcasts-grow", function=call.function, a=x.code, shape_a=x.shape, shape=shape)
    return grow, Fix(message("broadcasts-new"), "{new}")


@rule("expand", "expand_as", "broadcast_to", needs=("input",))
def expanded(call: Failed, x: Argument) -> Reason:
    """`expand` and `broadcast_to` with sizes that the tensor can't have."""
    wanted = target_of(call)
    if wanted is None:
        return None
    function, n, extra = call.function, len(x.shape), len(wanted) - len(x.shape)
    if min(wanted, default=0) < -1:
        return message("broadcasts-negative", function=function, sizes=wanted, size=min(wanted))
    if extra < 0:
        few = {"n": n, "sizes": wanted, "count": len(wanted)}
        return message("broadcasts-expand-few", function=function, **few, **of(x))
    if -1 in wanted[:extra]:
        return message("broadcasts-expand-new", sizes=wanted, extra=extra, **of(x))
    clash = expand(x.shape, wanted).clash
    if clash is None:
        return None
    (dim,) = clash
    sizes = {"dim": dim, "size": x.shape[dim], "wanted": wanted[extra + dim]}
    return message("broadcasts-expand", function=function, **sizes, **of(x)), *_repeat(x, wanted)


def _repeat(x: Argument, wanted: Shape) -> Sequence[Fix]:
    padded = (1,) * (len(wanted) - len(x.shape)) + x.shape
    whole = tuple(size if want == -1 else want for size, want in zip(padded, wanted, strict=True))
    if 0 in padded or any(want % size for size, want in zip(padded, whole, strict=True)):
        return ()
    counts = tuple(want // size for size, want in zip(padded, whole, strict=True))
    repeat = f"repeat({', '.join(map(str, counts))})"
    fix = f"{x.dotted}.{repeat}"
    return (Fix(message("broadcasts-expand-repeat", fix=fix, result=whole), f"{{input}}.{repeat}"),)


@rule("sum_to_size", needs=("input", "*size:ints"))
def summed_to(call: Failed, x: Argument, wanted: Shape) -> Reason:
    """`sum_to_size` to a shape that does not broadcast to the tensor's."""
    if min(wanted, default=0) < 0 or fits(wanted, x.shape):
        return None
    return message("broadcasts-summed", function=call.function, wanted=wanted, **of(x))


@rule("input_mask", needs=("input", "mask"))
def masked(_: Failed, x: Argument, mask: Argument) -> Reason:
    """A mask of `torch.masked` that does not broadcast to the input."""
    return _first_clash((mask, x), is_loss=False) if not fits(mask.shape, x.shape) else None
