"""The walk: what is marked before is what torch takes for what is marked after."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tensordrill.explanation.walk import first_walk, walk
from tensordrill.sandbox.client import Sandbox
from tensordrill.sandbox.protocol import Job, Program
from tensordrill.sandbox.values import Tensor
from tests.explanation.facts import counted, holding

Shape = tuple[int, ...]
_BATCH = 60


@st.composite
def _cases(draw: st.DrawFn) -> tuple[Shape, Shape]:
    shape = tuple(draw(st.lists(st.integers(1, 4), min_size=1, max_size=4)))
    dims = draw(st.lists(st.integers(0, len(shape) - 1), min_size=1, unique=True))
    return shape, tuple(sorted(dims))


def test_the_marked_elements_are_those_that_torch_takes_together(sandbox: Sandbox) -> None:
    """Their gradients are 1 where the first sum, or all of the first running sum, depends on them."""

    @settings(max_examples=3, derandomize=True)
    @given(st.lists(_cases(), min_size=_BATCH, max_size=_BATCH))
    def law(cases: list[tuple[Shape, Shape]]) -> None:
        programs = [
            Program(
                given=f"x = torch.zeros({shape}, requires_grad=True)",
                code=f"x.sum({dims}).flatten()[0].backward()",
                ask="x.grad.flatten().nonzero().flatten()",
            )
            for shape, dims in cases
        ]
        for (shape, dims), observation in zip(cases, sandbox.run(Job(tuple(programs))), strict=True):
            assert isinstance(observation.value, Tensor), observation
            wanted = holding(observation.value.shape, first_walk(shape, dims)).values
            assert (shape, dims, wanted) == (shape, dims, observation.value)

    law()


@pytest.mark.parametrize(
    ("shape", "result", "dims", "before", "after", "arrows"),
    [
        ((2, 3), (3,), (0,), ("0", "3"), ("0",), ("↓",)),
        ((2, 3), (2, 1), (1,), ("0", "1", "2"), ("0",), ("→",)),
        ((2, 2, 3), (2, 3), (0,), ("0", "6"), ("0",), ("",)),
        ((2, 2, 2), (2,), (1, 2), ("0", "1", "2", "3"), ("0",), ("↓", "→")),
        ((2, 3), (2, 3), (0,), ("0", "3"), ("0", "3"), ("↓",)),
    ],
)
def test_what_is_taken_together_first(
    shape: Shape,
    result: Shape,
    dims: Shape,
    before: tuple[str, ...],
    after: tuple[str, ...],
    arrows: tuple[str, ...],
) -> None:
    drawn = walk(counted(shape), counted(result), dims)
    assert drawn is not None
    assert (drawn.given.texts, drawn.result.texts, drawn.arrows) == (before, after, arrows)
    assert drawn.count * drawn.walks == math.prod(shape)


@pytest.mark.parametrize(
    ("shape", "numbers"),
    [
        pytest.param((6,), range(6), id="a vector has no other way"),
        pytest.param((1, 6), range(6), id="nor has a row"),
        pytest.param((2, 3), [1] * 6, id="values that are alike"),
        pytest.param((9, 9), range(81), id="too many"),
    ],
)
def test_what_shows_nothing_has_none(shape: Shape, numbers: list[int]) -> None:
    assert walk(holding(shape, numbers), counted(shape[1:]), (0,)) is None
