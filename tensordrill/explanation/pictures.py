"""The choice of a picture for a step, or for an error, of an explanation."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from msgspec import Struct

from tensordrill.explanation.alignment import (
    Alignment,
    Named,
    broadcast,
    cat,
    expand,
    in_place,
    reduce,
    stack,
)
from tensordrill.explanation.cells import Cells
from tensordrill.explanation.explanation import Error, Explanation, Step
from tensordrill.explanation.grid import Grid, grid
from tensordrill.explanation.inner_call import WEIGHTED
from tensordrill.explanation.line import Line
from tensordrill.explanation.merge import Merge, merge
from tensordrill.explanation.operation import UNKNOWN, Argument, Operation, is_integer, of_error, of_step
from tensordrill.explanation.products import RANKS, addmm, linear, matmul, product
from tensordrill.explanation.strip import MAX_ELEMENTS, Strip, strip
from tensordrill.explanation.walk import Walk
from tensordrill.sandbox.traced import TensorFact

MAX_OPERANDS = 6


class Corners(Struct, frozen=True, tag="corners"):
    """The ends of a tensor that is too large to draw, and its sizes."""

    shape: tuple[int, ...]
    numel: int
    grid: Grid


Drawing: TypeAlias = Strip | Alignment | Merge | Corners | Line | Walk | Cells


class Picture(Struct, frozen=True):
    """A drawing, and the expression that it is of; after a wrong answer, the solution's as well."""

    drawing: Drawing
    expression: str
    is_solution: bool = False
    """Whether the expression is the solution's."""
    solution: Picture | None = None
    """What the solution does in place of it."""


# ---- alignments, by function ----


def _named(arguments: Sequence[Argument]) -> list[Named] | None:
    """Return operands by name and shape; a number has no dims. None where one is not known."""
    found: list[Named] = []
    for argument in arguments:
        if argument.tensor is not None:
            found.append((argument.name, argument.tensor.shape))
        elif isinstance(argument.value, bool | int | float | complex):
            found.append((argument.name, ()))
        else:
            return None
    return found


def _elementwise(operation: Operation) -> Alignment | None:
    """Align operands of several shapes; what has no dims goes with everything."""
    operands = [each for each in _named(operation.arguments[:3]) or () if each[1]]
    return broadcast(*operands) if len({shape for _, shape in operands}) > 1 else None


def _in_place(operation: Operation) -> Alignment | None:
    """Align an operation in place, whose own tensor can't stretch."""
    operands = _named(operation.arguments[:2])
    if operands is None or len(operands) < 2 or operands[1][1] in ((), operands[0][1]):
        return None
    return in_place(*operands)


def _product(operation: Operation) -> Alignment | None:
    function = operation.function
    operands = _named(operation.arguments[: 3 if function == "addmm" else 2])
    if operands is None or len(operands) < 2:
        return None
    if function == "addmm":
        return addmm(*operands) if len(operands) > 2 else None
    if function in RANKS:
        return product(function, operands[0], operands[1])
    align = linear if function == "linear" else matmul
    return align(operands[0], operands[1])


def _reduction(operation: Operation) -> Alignment | None:
    operands = _named(operation.arguments[:1])
    dims = operation.get(1, "dim")
    keepdim = operation.get(2, "keepdim")
    if operands is None or not operands or not are_dims(dims) or keepdim is UNKNOWN:
        return None
    chosen = (dims,) if isinstance(dims, int) else dims
    return reduce(operands[0], chosen, keepdim=bool(keepdim)) if len(operands[0][1]) > 1 else None


def are_dims(dims: Any) -> bool:
    if isinstance(dims, tuple | list):
        return all(map(is_integer, dims))
    return dims is None or is_integer(dims)


def _joining(operation: Operation) -> Alignment | None:
    operands = _named(operation.arguments[0].items) if operation.arguments else None
    dim = operation.get(1, "dim")
    if not operands or len(operands) > MAX_OPERANDS or not (dim is None or is_integer(dim)):
        return None
    return (stack if operation.function == "stack" else cat)(operands, dim or 0)


def _expansion(operation: Operation) -> Alignment | None:
    operands = _named(operation.arguments[:1])
    wanted = target(operation)
    return None if not operands or wanted is None else expand(operands[0], wanted)


_ELEMENTWISE = (
    "+ - * / // % ** == != < <= > >= & | ^ add sub subtract mul multiply div divide true_divide pow maximum "
    "minimum where remainder fmod floor_divide eq ne lt le gt ge logical_and logical_or logical_xor atan2 "
    "bitwise_and bitwise_or bitwise_xor hypot"
).split()
_IN_PLACE = (
    "+= -= *= /= //= %= **= &= |= ^= add_ sub_ mul_ div_ pow_ copy_ masked_fill_ masked_fill where_ remainder_"
).split()
_REDUCTIONS = (
    "sum mean prod amax amin max min all any std var argmax argmin nansum nanmean median logsumexp"
).split()

ALIGNED: dict[str, Callable[[Operation], Alignment | None]] = {
    **dict.fromkeys(_ELEMENTWISE, _elementwise),
    **dict.fromkeys(_IN_PLACE, _in_place),
    **dict.fromkeys(_REDUCTIONS, _reduction),
    **dict.fromkeys((*RANKS, "@", "@=", "matmul", "linear", "addmm"), _product),
    **dict.fromkeys(("cat", "concat", "concatenate", "stack"), _joining),
    **dict.fromkeys(("expand", "expand_as", "broadcast_to"), _expansion),
}
RESHAPING = frozenset("view reshape flatten ravel unflatten view_as reshape_as".split())
"""Functions that a merge table explains; what else gives a view is explained by a memory strip."""


def target(operation: Operation) -> tuple[int, ...] | None:
    """Return the shape that an operation is asked for; None where it is not known."""
    rest = operation.arguments[1:]
    if operation.function.endswith("_as"):
        return rest[0].tensor.shape if rest and rest[0].tensor else None
    if operation.function in ("flatten", "ravel") and not rest and not operation.keywords:
        return (-1,)
    sizes = [argument.value for argument in rest]
    if len(sizes) == 1 and isinstance(sizes[0], tuple | list):
        sizes = list(sizes[0])
    if not sizes or not all(map(is_integer, sizes)):
        return None
    return tuple(sizes)


# ---- steps and errors ----


def of_the_step(found: Explanation, index: int) -> Picture | None:
    """Return the picture that a step is worth: none where nothing about it could surprise."""
    step = found.steps[index]
    drawing = _aligned(found, index) or _table(found, index) or _memory(step)
    return None if drawing is None else Picture(drawing, step.expression)


def _aligned(found: Explanation, index: int) -> Alignment | None:
    operation = of_step(found, index)
    align = ALIGNED.get(operation.function) if operation else None
    if operation is None or align is None or operation.function in ("expand", "expand_as", "broadcast_to"):
        return None
    aligned = align(operation)
    fits = aligned is not None and aligned.result == found.steps[index].tensor.shape
    return aligned if fits else None


def _table(found: Explanation, index: int) -> Merge | None:
    """Return the merge table of a reshape that had to copy."""
    step = found.steps[index]
    operation = of_step(found, index) if step.memory == "copy" else None
    if operation is None or operation.function not in RESHAPING or not operation.arguments:
        return None
    given = operation.arguments[0].tensor
    if given is None or given.stride is None:
        return None
    table = merge(given.shape, given.stride, step.tensor.shape)
    return table if table.verdict == "copy" else None


def _memory(step: Step) -> Strip | Corners | None:
    """Draw the memory of a view that does not simply read all cells in order."""
    tensor = step.tensor
    if step.memory != "view" or tensor.storage is None:
        return None
    is_plain = tensor.contiguous and tensor.storage_offset == 0
    if is_plain and math.prod(tensor.shape) == tensor.storage.cells:
        return None
    return strip(tensor) or (None if is_plain else corners(tensor))


def corners(tensor: TensorFact) -> Corners | None:
    """Return the ends of a tensor that is too large to draw."""
    numel = math.prod(tensor.shape)
    drawn = grid(tensor) if numel > MAX_ELEMENTS else None
    return None if drawn is None else Corners(tensor.shape, numel, drawn)


def of_the_error(found: Explanation) -> Picture | None:
    """Return the picture of shapes or strides that do not go together; None where that is not what failed."""
    error = found.error
    if error is None:
        return None
    drawing = _failed(of_error(found)) or _inside(error)
    return None if drawing is None else Picture(drawing, error.expression)


def _failed(operation: Operation | None) -> Drawing | None:
    if operation is None:
        return None
    if operation.function in RESHAPING:
        return _refused(operation)
    align = ALIGNED.get(operation.function)
    return _clashing(align(operation) if align else None) or _written_many_times(operation)


def _inside(error: Error) -> Alignment | None:
    """Align what met in a layer inside the call that failed."""
    inner = error.inner
    if inner is None:
        return None
    operands = [(each.name, each.tensor.shape) for each in inner.operands if each.tensor is not None]
    return _clashing((linear if inner.function in WEIGHTED else broadcast)(*operands))


def _clashing(found: Alignment | None) -> Alignment | None:
    return found if found is not None and found.is_clash else None


def _refused(operation: Operation) -> Merge | None:
    given = operation.arguments[0].tensor if operation.arguments else None
    wanted = target(operation)
    if given is None or given.stride is None or wanted is None:
        return None
    table = merge(given.shape, given.stride, wanted)
    return table if table.verdict == "copy" else None


def _written_many_times(operation: Operation) -> Strip | None:
    """Draw the memory of an expanded tensor that an operation in place was to write to."""
    given = operation.arguments[0].tensor if operation.arguments else None
    name = operation.function
    writes = (name.endswith("=") and name not in ("==", "<=", ">=", "!=")) or (
        name.endswith("_") and not name.endswith("__")
    )
    if given is None or not writes:
        return None
    drawn = strip(given)
    return drawn if drawn is not None and any(cell.reads > 1 for cell in drawn.cells) else None
