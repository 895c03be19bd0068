"""The algebra of shapes against torch: the same result, and a clash exactly where torch raises."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tensordrill.explanation.shapes import (
    RANKS,
    Aligned,
    Merge,
    addmm,
    broadcast,
    cat,
    expand,
    fitting,
    in_place,
    matmul,
    merge,
    product,
    reduce,
    stack,
    unsqueezed,
)
from tensordrill.sandbox.client import Sandbox
from tensordrill.sandbox.protocol import Int, Job, Observation, Program, Size
from tensordrill.sandbox.protocol import Tuple as TupleValue

_BATCH = 50
_SIZES = st.sampled_from([1, 1, 2, 2, 3, 3, 0])
Shape = tuple[int, ...]
Case = tuple[str, Aligned]


def _shapes(least: int = 0, most: int = 4) -> st.SearchStrategy[Shape]:
    return st.lists(_SIZES, min_size=least, max_size=most).map(tuple)


@st.composite
def _factors(draw: st.DrawFn) -> tuple[Shape, Shape]:
    """Return two shapes that a product takes more often than not."""
    a, b = draw(_shapes(1, 3)), list(draw(_shapes(1, 3)))
    if draw(st.integers(0, 3)):
        b[-2 if len(b) > 1 else -1] = a[-1]
    if len(a) == len(b) == 3 and draw(st.booleans()):
        b[0] = a[0]
    return a, tuple(b)


def _tensor(shape: Shape) -> str:
    return f"torch.zeros({shape})"


def _binary(code: str, align: Callable[..., Aligned]) -> st.SearchStrategy[Case]:
    def case(pair: tuple[Shape, Shape]) -> Case:
        a, b = pair
        return code.format(_tensor(a), _tensor(b)), align(a, b)

    near = st.tuples(_shapes(), _shapes())
    return (near if align in (broadcast, in_place) else st.one_of(near, _factors())).map(case)


def _product(function: str) -> st.SearchStrategy[Case]:
    return _binary(f"torch.{function}({{}}, {{}})", lambda a, b: product(function, a, b))


@st.composite
def _addmm(draw: st.DrawFn) -> Case:
    a, b = draw(st.one_of(_factors(), st.tuples(_shapes(2, 2), _shapes(2, 2))))
    c = draw(_shapes(0, 3))
    if draw(st.booleans()) and len(a) == len(b) == 2:
        b, c = (
            (a[1], b[1]),
            tuple(draw(st.sampled_from([1, size])) for size in (a[0], b[1]))[draw(st.integers(0, 2)) :],
        )
    code = f"torch.addmm({_tensor(c)}, {_tensor(a)}, {_tensor(b)})"
    return code, addmm(c, a, b)


@st.composite
def _linear(draw: st.DrawFn) -> Case:
    a, b = draw(_shapes(1, 3)), draw(_shapes(2, 2))
    if draw(st.booleans()):
        b = (b[0], a[-1])
    return f"F.linear({_tensor(a)}, {_tensor(b)})", matmul(a, b[::-1])


@st.composite
def _expand(draw: st.DrawFn) -> Case:
    shape = draw(_shapes())
    target = [size if draw(st.integers(0, 4)) else draw(st.sampled_from([-1, 0, 2, 3])) for size in shape]
    # Of a 0-d tensor torch makes one of size -1 where another size is 0, which is no shape at all.
    leading = st.sampled_from([2, 0, 1, -1] if shape else [2, 0, 1])
    target = [*draw(st.lists(leading, max_size=2)), *target][draw(st.integers(0, 1)) :]
    return f"{_tensor(shape)}.expand({target})", expand(shape, tuple(target))


@st.composite
def _reduce(draw: st.DrawFn) -> Case:
    shape, keepdim = draw(_shapes()), draw(st.booleans())
    dims = draw(st.none() | st.lists(st.integers(-4, 3), max_size=3).map(tuple))
    return f"torch.sum({_tensor(shape)}, {dims}, keepdim={keepdim})", reduce(shape, dims, keepdim=keepdim)


@st.composite
def _joined(draw: st.DrawFn, function: str, align: Callable[..., Aligned]) -> Case:
    first, dim = draw(_shapes()), draw(st.integers(-4, 4))
    shapes = [first]
    for _ in range(draw(st.integers(0, 2))):
        other = list(first) if draw(st.integers(0, 4)) else list(draw(_shapes()))
        if other and -len(other) <= dim < len(other) and draw(st.booleans()):
            other[dim] = draw(_SIZES)
        shapes.append(tuple(other))
    return f"torch.{function}([{', '.join(map(_tensor, shapes))}], {dim})", align(shapes, dim)


_CASES: dict[str, st.SearchStrategy[Case]] = {
    "elementwise": _binary("{} + {}", broadcast),
    "in place": _binary("{}.add_({})", in_place),
    "matmul": _binary("{} @ {}", matmul),
    **{function: _product(function) for function in ("mm", "mv", "dot", "vdot", "bmm")},
    "addmm": _addmm(),
    "linear": _linear(),
    "expand": _expand(),
    "reduction": _reduce(),
    "cat": _joined("cat", cat),
    "stack": _joined("stack", stack),
}


def _observe(sandbox: Sandbox, programs: list[Program]) -> tuple[Observation, ...]:
    return sandbox.run(Job(tuple(programs)))


@pytest.mark.parametrize("name", _CASES)
def test_shapes_meet_as_torch_has_them_meet(name: str, sandbox: Sandbox) -> None:
    both: set[bool] = set()

    @settings(max_examples=5, derandomize=True)
    @given(st.lists(_CASES[name], min_size=_BATCH, max_size=_BATCH))
    def law(cases: list[Case]) -> None:
        observations = _observe(sandbox, [Program(value=code, ask="it.shape") for code, _ in cases])
        for (code, aligned), observation in zip(cases, observations, strict=True):
            value = observation.value
            got = tuple(value.v) if isinstance(value, Size) else None
            assert (code, aligned.result, aligned.is_clash) == (code, got, got is None)
            both.add(aligned.is_clash)

    law()
    assert both == {True, False}


@pytest.mark.parametrize("function", RANKS)
def test_a_product_takes_factors_of_just_so_many_dims(function: str, sandbox: Sandbox) -> None:
    a, b = ((2,) * rank for rank in RANKS[function])
    added = "torch.zeros(()), " if "add" in function else ""
    cases = [(a, b), ((*a, 2), b), (a, (*b, 2))]
    programs = [Program(code=f"torch.{function}({added}{_tensor(a)}, {_tensor(b)})") for a, b in cases]
    raised = [observation.raised is not None for observation in _observe(sandbox, programs)]
    assert raised == [False, True, True] == [product(function, a, b).is_clash for a, b in cases]


# --- views ---


@st.composite
def _strided(draw: st.DrawFn) -> tuple[Shape, Shape]:
    """Return shape and strides as chains of view operations make them."""
    shape = list(draw(_shapes(0, 4)))
    stride = [math.prod([max(size, 1) for size in shape[dim + 1 :]]) for dim in range(len(shape))]
    for _ in range(draw(st.integers(0, 3))):
        if not shape:
            break
        dim, to = draw(st.integers(0, len(shape) - 1)), draw(st.integers(0, len(shape) - 1))
        match draw(st.integers(0, 4)):
            case 0:
                shape.insert(to, shape.pop(dim))
                stride.insert(to, stride.pop(dim))
            case 1:
                shape[dim] = max(0, shape[dim] - 1)
            case 2:
                shape.insert(dim, 1)
                stride.insert(dim, draw(st.integers(0, 5)))
            case 3 if shape[dim] == 1:
                shape[dim], stride[dim] = 3, 0
            case _:
                shape[dim], stride[dim] = (shape[dim] + 1) // 2, stride[dim] * 2
    return tuple(shape), tuple(stride)


@st.composite
def _target(draw: st.DrawFn, numel: int) -> Shape:
    sizes: list[int] = []
    while numel > 1:
        divisor = draw(st.sampled_from([d for d in range(2, numel + 1) if numel % d == 0]))
        sizes.append(divisor)
        numel //= divisor
    sizes += [0] * (numel == 0)
    sizes += [1] * draw(st.integers(0, 2))
    sizes = draw(st.permutations(sizes))
    odd = st.sampled_from([None, None, None, None, None, -1, -1, 2, -2])
    return tuple(size if (other := draw(odd)) is None else other for size in sizes)


@st.composite
def _views(draw: st.DrawFn) -> tuple[Shape, Shape, Shape]:
    shape, stride = draw(_strided())
    return shape, stride, draw(_target(math.prod(shape)))


_VIEW = """
x = torch.empty(10000).as_strided({}, {})
def viewed(method):
    try:
        return tuple(getattr(x, method)({}).shape)
    except RuntimeError:
        return None
"""


def test_a_view_works_exactly_where_the_merge_table_says_so(sandbox: Sandbox) -> None:
    seen_verdicts: set[str] = set()

    @settings(max_examples=15, derandomize=True)
    @given(st.lists(_views(), min_size=_BATCH, max_size=_BATCH))
    def law(views: list[tuple[Shape, Shape, Shape]]) -> None:
        programs = [
            Program(given=_VIEW.format(*view), ask="(viewed('view'), viewed('reshape'))") for view in views
        ]
        for view, observation in zip(views, _observe(sandbox, programs), strict=True):
            table = merge(*view)
            assert isinstance(observation.value, TupleValue), observation
            assert (view, *map(_plain, observation.value.v)) == (view, *_expected(table))
            seen_verdicts.add(table.verdict)

    law()
    assert seen_verdicts == {"view", "copy", "size", "two-unknown", "ambiguous", "negative"}


def _expected(table: Merge) -> tuple[Shape | None, Shape | None]:
    """Return what `view` and `reshape` lead to."""
    return (
        table.target if table.verdict == "view" else None,
        table.target if table.verdict in ("view", "copy") else None,
    )


def _plain(value: Any) -> Shape | None:
    if not isinstance(value, TupleValue):
        return None
    return tuple(int(size.v) for size in value.v if isinstance(size, Int))


@pytest.mark.parametrize(
    ("shape", "stride", "target", "blocked", "wanted"),
    [
        pytest.param((3, 2), (1, 3), (-1,), (0, 1), 0, id="a transpose"),
        pytest.param((2, 3, 2), (12, 4, 1), (2, 6), (1, 2), 1, id="the last two of a slice"),
        pytest.param((2, 3, 2), (12, 4, 1), (6, 2), None, None, id="the first two of a slice"),
        pytest.param((2, 1, 3), (3, 99, 1), (6,), None, None, id="a size of 1 is free"),
        pytest.param((4, 3), (1, 4), (2, 2, 3), None, None, id="splitting needs no merge"),
        pytest.param((2, 3, 4), (12, 1, 3), (4, 6), (1, 2), 1, id="two dims over one boundary"),
    ],
)
def test_the_merge_that_is_in_the_way(
    shape: Shape, stride: Shape, target: Shape, blocked: tuple[int, int] | None, wanted: int | None
) -> None:
    table = merge(shape, stride, target)
    pair = table.blocked and (table.blocked.outer, table.blocked.inner)
    assert (pair, table.wanted) == (blocked, wanted)
    assert table.verdict == ("view" if blocked is None else "copy")


@pytest.mark.parametrize(
    ("a", "b", "marks", "batch"),
    [
        pytest.param(
            (5, 2, 3), (3, 4), ["added", "free", "contract", "free"], 1, id="one matrix for a batch"
        ),
        pytest.param((3,), (3, 4), ["promoted", "contract", "free"], 0, id="a row"),
        pytest.param((2, 3), (3,), ["free", "contract", "promoted"], 0, id="a column"),
        pytest.param((3,), (3,), ["promoted", "contract", "promoted"], 0, id="a dot product"),
        pytest.param((2, 3), (4, 3), ["free", "clash", "free"], 0, id="inner dims differ"),
        pytest.param(
            (2, 1, 2, 3), (5, 3, 4), ["added", "stretch", "free", "contract", "free"], 2, id="batches"
        ),
    ],
)
def test_each_dim_of_a_product_has_its_part(a: Shape, b: Shape, marks: list[str], batch: int) -> None:
    aligned = matmul(a, b)
    assert ([column.mark for column in aligned.columns], aligned.batch) == (marks, batch)
    assert all({*column.sizes} == {1, None} for column in aligned.columns if column.mark == "promoted")


@pytest.mark.parametrize(
    ("aligned", "clash"),
    [
        pytest.param(broadcast((2, 3), (4,)), (1, 0), id="of a column"),
        pytest.param(broadcast((2,), (3,)), (0, 0), id="of the first"),
        pytest.param(broadcast((2, 3, 1), (4, 5, 1)), (1, 1), id="the last of two"),
        pytest.param(expand((2, 3), (4, 2, 5)), (1,), id="of one shape"),
        pytest.param(matmul((5, 2, 3), (4, 2)), (2, 0), id="of a product"),
        pytest.param(broadcast((2, 3), (3,)), None, id="none"),
    ],
)
def test_the_dims_that_clash(aligned: Aligned, clash: tuple[int, ...] | None) -> None:
    assert aligned.clash == clash


@pytest.mark.parametrize(
    ("shape", "target", "wanted"),
    [
        pytest.param((2, 6), (5, 7), None, id="no size"),
        pytest.param((2, 6), (5, 2), (6, 2), id="the first"),
        pytest.param((2, 6), (3, 2), (3, 4), id="the last of two"),
        pytest.param((0, 3), (2, 2), None, id="no elements"),
    ],
)
def test_the_size_that_would_fit(shape: Shape, target: Shape, wanted: Shape | None) -> None:
    assert fitting(shape, target) == wanted


@pytest.mark.parametrize(
    ("small", "large", "dim"),
    [
        pytest.param((2,), (2, 3), 1, id="behind"),
        pytest.param((2, 3), (2, 4, 3), 1, id="between"),
        pytest.param((3,), (2, 4), None, id="nowhere"),
        pytest.param((), (2,), None, id="of no dims"),
    ],
)
def test_where_a_1_would_fit(small: Shape, large: Shape, dim: int | None) -> None:
    assert unsqueezed(small, large) == dim


def test_the_dims_whose_strides_are_free() -> None:
    assert merge((2, 1, 3), (3, 9, 1), (6,)).free == (1,)
