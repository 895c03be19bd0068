"""A view or reshape where a permute was meant: the sizes stand in another order, the elements do not."""

from __future__ import annotations

import ast
import math
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise, permutations

from tensordrill.explanation.explanation import Certainty
from tensordrill.explanation.line import MAX_ELEMENTS, line
from tensordrill.explanation.shapes import Shape
from tensordrill.explanation.suspicions.calls import CallGraph, CallNode
from tensordrill.explanation.suspicions.functions import ELEMENTWISE
from tensordrill.explanation.suspicions.suspicion import Suspicion
from tensordrill.kinds.code import parsed
from tensordrill.messages import message

MAX_DIMS = 6
_VIEWS = ("view", "reshape")
_SIZED = frozenset("view reshape randn rand zeros ones empty full randint expand".split())
"""Functions whose arguments are the sizes of what they give."""


class _Permutation:
    """A view as it may have been meant: the dims of its operand in another order, merged or not."""

    def __init__(self, order: tuple[int, ...], certainty: Certainty) -> None:
        self.order, self.certainty = order, certainty


def mixed(graph: CallGraph) -> Iterator[Suspicion]:
    """Yield each view that puts sizes of its operand in another order, once for each place."""
    places = set()
    for call in graph:
        operand = call.argument(0, "input")
        if call.function not in _VIEWS or operand is None or operand.call is None or call.place in places:
            continue
        reading = _reading(graph, call, operand.call)
        if reading is None:
            continue
        places.add(call.place)
        old, order = operand.call.shape, reading.order
        at = _first_moved(old, order)
        drawing = line(operand.call.tensor, call.shape) if math.prod(old) <= MAX_ELEMENTS else None
        values = {
            "call": call.expression,
            "here": _index(_unravel(at, call.shape)),
            "tensor": operand.receiver,
            "is": _index(_unravel(at, old)),
            "would": _index(_source(at, old, order)),
            "fix": _fix(operand.receiver, old, order, call.shape),
        }
        yield Suspicion(
            "mixed-dims", call.place, reading.certainty, message("suspicious-view", **values), drawing
        )


def _reading(graph: CallGraph, call: CallNode, operand: CallNode) -> _Permutation | None:
    old, new = operand.shape, call.shape
    if not 2 <= len(old) <= MAX_DIMS or len(new) < 2 or math.prod(old) < 2:
        return None
    named = _by_names(graph, call, operand)
    if named is not None:
        return _Permutation(named, "likely") if _moves(old, named) else None
    if _is_grouping(old, new) or _is_grouping(new, old):
        return None
    order = _by_sizes(old, new)
    if order is None or not _moves(old, order):
        return None
    large = sum(size > 1 for size in old)
    if _is_nested(old, new) and (sorted(old) != sorted(new) or not _are_plain(_arguments(call))):
        return None
    if large == 2:
        return None if _is_counted(operand) else _Permutation(order, "look")
    return _Permutation(order, "likely")


# ---- by sizes ----


def _is_grouping(old: Shape, new: Shape) -> bool:
    """Whether merging neighbours of some sizes gives the others."""
    sizes, at = [size for size in old if size > 1], 0
    for wanted in (size for size in new if size > 1):
        product = 1
        while product < wanted and at < len(sizes):
            product *= sizes[at]
            at += 1
        if product != wanted:
            return False
    return at == len(sizes)


def _is_nested(old: Shape, new: Shape) -> bool:
    """Whether splitting and merging neighbours leads from one shape to the other.

    Then the number of elements that each dim has after it is a chain of divisors, as for any two shapes of powers of 2.
    """
    after = {1}
    for shape in (old, new):
        after |= set(accumulate(reversed(shape), int.__mul__))
    chain = sorted(after)
    return all(larger % smaller == 0 for smaller, larger in pairwise(chain))


def _are_plain(sizes: Sequence[str]) -> bool:
    """Whether no size is computed, as it is where a dim is split and another one grows."""
    return not any(set(size) & set("*/+-") for size in sizes if size != "-1")


def _by_sizes(old: Shape, new: Shape) -> tuple[int, ...] | None:
    """Return the order of the old dims in which merging neighbours gives the new sizes."""
    large = [dim for dim, size in enumerate(old) if size > 1]
    for order in permutations(large):
        if _is_grouping(tuple(old[dim] for dim in order), new):
            return _with_ones(order, old)
    return None


def _with_ones(order: Sequence[int], old: Shape) -> tuple[int, ...]:
    """Put the dims of size 1 where they were, between the others."""
    rest = iter(order)
    return tuple(dim if size == 1 else next(rest) for dim, size in enumerate(old))


def _moves(old: Shape, order: Sequence[int]) -> bool:
    large = [dim for dim in order if old[dim] > 1]
    return large != sorted(large)


def _is_counted(call: CallNode) -> bool:
    """Whether a tensor is an `arange` in another shape, as in an example."""
    call = call.origin
    while call.function in (*_VIEWS, "float") and call.tensors and call.tensors[0].call is not None:
        call = call.tensors[0].call.origin
    return call.function == "arange"


# ---- by names ----


def _by_names(graph: CallGraph, call: CallNode, operand: CallNode) -> tuple[int, ...] | None:
    """Return the order in which the sizes of the operand are named, where each argument but one is such a name."""
    dims = _names_of_dims(graph, operand)
    places = {name: dim for dim, names in enumerate(dims) for name in names}
    sizes = _arguments(call)
    order: list[int] = []
    unnamed: list[int] = []
    for at, size in enumerate(sizes):
        factors = [places.get(factor) for factor in _factors(size)]
        if None in factors:
            unnamed.append(at)
        order += [dim for dim in factors if dim is not None]
    rest = [dim for dim in range(len(operand.shape)) if dim not in order]
    if len(set(order)) != len(order) or not order or len(unnamed) > 1:
        return None
    if unnamed:
        before = sum(len(_factors(size)) for size in sizes[: unnamed[0]])
        order[before:before] = rest
        rest = []
    if rest or math.prod(operand.shape) != math.prod(call.shape):
        return None
    is_whole = _is_grouping(tuple(operand.shape[dim] for dim in order), call.shape)
    return tuple(order) if is_whole else None


def _names_of_dims(graph: CallGraph, call: CallNode) -> list[set[str]]:
    """Return how the program writes the size of each dim of a tensor."""
    names = _own_names(graph, call)
    origin = call.origin
    operand = origin.tensors[0].call if origin.tensors else None
    if origin.function in _SIZED:
        sizes = _arguments(origin)
        if len(sizes) == len(names):
            names = [
                own | ({size} if not size.lstrip("-").isdigit() else set())
                for own, size in zip(names, sizes, strict=True)
            ]
    elif origin.function in ELEMENTWISE and operand is not None and operand.shape == call.shape:
        names = [own | more for own, more in zip(names, _names_of_dims(graph, operand), strict=True)]
    elif origin.function in ("transpose", "permute") and operand is not None:
        order = _order(origin, len(names))
        if order is not None:
            before = _names_of_dims(graph, operand)
            names = [own | before[dim] for own, dim in zip(names, order, strict=True)]
    return names


def _order(call: CallNode, rank: int) -> list[int] | None:
    dims = [each.integer for each in call.arguments if each.integer is not None]
    if not all(-rank <= dim < rank for dim in dims):
        return None
    dims = [dim % rank for dim in dims]
    if call.function == "permute":
        return dims if sorted(dims) == list(range(rank)) else None
    if len(dims) != 2:
        return None
    order = list(range(rank))
    order[dims[0]], order[dims[1]] = dims[1], dims[0]
    return order


def _own_names(graph: CallGraph, call: CallNode) -> list[set[str]]:
    """Return what the program calls the sizes of a variable: `x.size(0)`, or names that it was unpacked to."""
    names: list[set[str]] = [set() for _ in call.shape]
    variables = {call.expression, call.origin.expression}
    for dim in range(len(names)):
        for text in variables:
            names[dim] |= {f"{text}.size({dim})", f"{text}.shape[{dim}]"}
    for variable, targets in _unpackings(graph.sources.get(call.place.file, "")):
        if variable in variables and len(targets) == len(names):
            names = [own | {target} for own, target in zip(names, targets, strict=True)]
    return names


@lru_cache(8)
def _unpackings(source: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the shapes that a program takes apart, as `b, c = x.shape`: the tensor and the names."""
    unpackings = []
    tree = parsed(source)
    for node in ast.walk(tree) if tree else ():
        match node:
            case ast.Assign(targets=[ast.Tuple(elts=targets)], value=value):
                tensor = _sized(value)
                if tensor is not None:
                    unpackings.append((ast.unparse(tensor), tuple(map(ast.unparse, targets))))
    return tuple(unpackings)


def _sized(value: ast.expr) -> ast.expr | None:
    match value:
        case ast.Attribute(value=tensor, attr="shape"):
            return tensor
        case ast.Call(func=ast.Attribute(value=tensor, attr="size"), args=[]):
            return tensor
    return None


@lru_cache(256)
def _call_arguments(expression: str) -> tuple[str, ...]:
    tree = parsed(expression)
    match tree.body if tree else []:
        case [ast.Expr(value=ast.Call(args=[*_, ast.Tuple(elts=arguments) | ast.List(elts=arguments)]))]:
            return tuple(map(ast.unparse, arguments))
        case [ast.Expr(value=ast.Call(args=arguments))]:
            return tuple(map(ast.unparse, arguments))
    return ()


def _arguments(call: CallNode) -> tuple[str, ...]:
    return _call_arguments(call.expression)


@lru_cache(256)
def _factors(size: str) -> tuple[str, ...]:
    """Return the factors of a size that is written as a product."""
    tree = parsed(size)
    match tree.body if tree else []:
        case [ast.Expr(value=ast.BinOp(left=left, op=ast.Mult(), right=right))]:
            return (*_factors(ast.unparse(left)), *_factors(ast.unparse(right)))
    return (size,)


# ---- what it means ----


def _unravel(number: int, shape: Shape) -> list[int]:
    index = []
    for size in reversed(shape):
        index.append(number % size)
        number //= size
    return index[::-1]


def _source(number: int, old: Shape, order: Sequence[int]) -> list[int]:
    """Return the old index of an element of the permuted tensor, by its number."""
    place = _unravel(number, tuple(old[dim] for dim in order))
    return [place[order.index(dim)] for dim in range(len(old))]


def _first_moved(old: Shape, order: Sequence[int]) -> int:
    """Return the number of the first element that a permute would have taken from elsewhere."""
    return next(at for at in range(math.prod(old)) if _source(at, old, order) != _unravel(at, old))


def _index(place: Sequence[int]) -> str:
    return ", ".join(map(str, place))


def _fix(tensor: str, old: Shape, order: Sequence[int], new: Shape) -> str:
    moved = [dim for dim, other in enumerate(order) if dim != other]
    if len(moved) == 2:
        permuted = f"{tensor}.transpose({moved[0]}, {moved[1]})"
    else:
        permuted = f"{tensor}.permute({', '.join(map(str, order))})"
    shape = tuple(old[dim] for dim in order)
    if shape == tuple(new):
        return permuted
    return f"{permuted}.reshape({', '.join(map(str, new))})"
