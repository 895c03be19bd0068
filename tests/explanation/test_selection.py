"""The selection of an index is the tensor that torch returns for it, whatever stands between the brackets."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tensordrill.explanation.explanation import Explanation, explanation
from tensordrill.explanation.index_layout import indexed, placed
from tensordrill.explanation.pictures import call_of
from tensordrill.explanation.selection import selection
from tensordrill.kinds.numbers import elements
from tensordrill.sandbox.client import Sandbox
from tensordrill.sandbox.protocol import Job, Program

Shape = tuple[int, ...]
_BATCH = 60


@st.composite
def _index(draw: st.DrawFn) -> str:
    """Return an index of a tensor of element numbers, as a program."""
    shape = draw(st.lists(st.integers(1, 4), min_size=1, max_size=3))
    parts, dims = [], list(shape)
    picks = draw(st.integers(1, 3))
    while dims:
        size = dims.pop(0)
        match draw(st.integers(0, 7)):
            case 0:
                parts.append(str(draw(st.integers(-size, size - 1))))
            case 1:
                start, stop, step = (draw(st.none() | st.integers(-size - 1, size + 1)) for _ in range(3))
                bounds = ["" if each is None else str(each) for each in (start, stop)]
                parts.append(":".join([*bounds, str(abs(step or 1) or 1)]))
            case 2 | 3:
                numbers = draw(st.lists(st.integers(-size, size - 1), min_size=picks, max_size=picks))
                column = draw(st.booleans())
                values = [[number] for number in numbers] if column else numbers
                parts.append(f"torch.tensor({values})" if draw(st.booleans()) or column else str(values))
            case 4:
                flags = draw(st.lists(st.booleans(), min_size=size, max_size=size))
                parts.append(f"torch.tensor({flags})")
            case 5:
                parts.append("None")
                dims.insert(0, size)
            case 6 if "..." not in parts:
                parts.append("...")
                del dims[: draw(st.integers(0, len(dims)))]
                dims[:0] = [size] if draw(st.booleans()) else []
            case _:
                parts.append(":")
    return f"x = torch.arange({math.prod(shape)}).reshape({tuple(shape)})\ny = x[{', '.join(parts)}]"


@st.composite
def _function(draw: st.DrawFn) -> str:
    shape = tuple(draw(st.lists(st.integers(1, 4), min_size=1, max_size=3)))
    dim = draw(st.integers(0, len(shape) - 1))
    axis = dim - draw(st.sampled_from([0, len(shape)]))
    size, count = shape[dim], math.prod(shape)
    numbers = draw(st.lists(st.integers(0, size - 1), min_size=1, max_size=4))
    match draw(st.integers(0, 7)):
        case 0:
            index = f"torch.tensor({numbers * count})[: {count}].reshape({shape})" if size else ""
            call = f"x.gather({axis}, {index})"
        case 1:
            call = f"torch.index_select(x, {axis}, torch.tensor({numbers}))"
        case 2:
            call = f"x.take(torch.tensor([{numbers}, {numbers[::-1]}]))"
        case 3:
            call = f"x.masked_select(x % 3 == {draw(st.integers(0, 2))})"
        case 4:
            call = f"torch.take_along_dim(x, x.argsort(dim={dim}, descending=True), dim={dim})"
        case 5:
            call = f"x.select({axis}, {numbers[0]})"
        case 6:
            call = f"x.narrow({axis}, {numbers[0]}, {draw(st.integers(1, size - numbers[0]))})"
        case _:
            call = f"x.unfold({dim}, {size}, 1)"
    return f"x = torch.arange({count}).reshape({shape})\ny = {call}"


def _selected(report: Explanation, index: int) -> tuple[int, ...] | None:
    call = call_of(report, index)
    assert call is not None
    step = report.steps[index]
    return selection(call, step.tensor, is_view=step.memory == "view")


def _shape(report: Explanation, index: int) -> Shape | None:
    call = call_of(report, index)
    assert call is not None
    assert call.first is not None
    indices = placed(call.rest, len(call.first.shape))
    return None if indices is None else indexed(call.first.shape, indices)


@pytest.mark.parametrize("programs", [_index(), _function()], ids=["brackets", "functions"])
def test_it_selects_what_torch_returns(programs: st.SearchStrategy[str], sandbox: Sandbox) -> None:
    @settings(max_examples=5, derandomize=True)
    @given(st.lists(programs, min_size=_BATCH, max_size=_BATCH))
    def law(sources: list[str]) -> None:
        job = Job(tuple(Program(code=source, trace=True) for source in sources))
        compared = 0
        for source, observation in zip(sources, sandbox.run(job), strict=True):
            report = explanation(source, observation, "en")
            last = report.steps[-1]
            if observation.raised is None and last.memory != "same":
                assert last.tensor.values is not None
                selected = _selected(report, len(report.steps) - 1)
                assert (source, selected) == (source, tuple(elements(last.tensor.values)))
                compared += 1
        assert compared > _BATCH // 2

    law()


def test_the_shape_of_what_is_indexed_is_torch_s(sandbox: Sandbox) -> None:
    known: set[bool] = set()

    @settings(max_examples=5, derandomize=True)
    @given(st.lists(_index(), min_size=_BATCH, max_size=_BATCH))
    def law(sources: list[str]) -> None:
        job = Job(tuple(Program(code=source, trace=True) for source in sources))
        for source, observation in zip(sources, sandbox.run(job), strict=True):
            report = explanation(source, observation, "en")
            if observation.raised is None:
                shape = _shape(report, len(report.steps) - 1)
                assert (source, shape) in ((source, report.steps[-1].tensor.shape), (source, None))
                known.add(shape is not None)

    law()
    assert known == {True, False}


@pytest.mark.parametrize(
    ("index", "numbers"),
    [
        pytest.param("x[[0, 1], [2, 0]]", (2, 3), id="pairs"),
        pytest.param("x[0, [2, 1]]", (2, 1), id="an integer and a list"),
        pytest.param("x[x > 3]", (4, 5), id="a mask"),
        pytest.param("x[[0, 1], None]", (0, 1, 2, 3, 4, 5), id="a new dim"),
        pytest.param("x[:, torch.tensor([[0], [2]])]", (0, 2, 3, 5), id="a column of picks"),
        pytest.param("x[:, 1:]", (1, 2, 4, 5), id="a view"),
        pytest.param("x.gather(1, torch.tensor([[2], [0]]))", (2, 3), id="gather"),
        pytest.param("x.gather(dim=0, index=torch.tensor([[1, 0, 1]]))", (3, 1, 5), id="by keyword"),
    ],
)
def test_what_is_selected(index: str, numbers: tuple[int, ...], sandbox: Sandbox) -> None:
    source = f"x = torch.arange(6).reshape(2, 3)\ny = {index}"
    (observation,) = sandbox.run(Job((Program(code=source, trace=True),)))
    report = explanation(source, observation, "en")
    assert _selected(report, len(report.steps) - 1) == numbers


@pytest.mark.parametrize(
    "call",
    [
        pytest.param("x[(0, 1), [2, 0]]", id="a tuple in an index"),
        pytest.param("x[([0], [1]), [2]]", id="a tuple of lists in an index"),
        pytest.param("x[[[0, 1], [1, 0]]]", id="a list of lists"),
        pytest.param("x.masked_select(torch.tensor([True, False, True]))", id="a mask that broadcasts"),
        pytest.param("x.take_along_dim(torch.tensor([[0, 2]]), 1)", id="an index that broadcasts"),
    ],
)
def test_what_is_not_worked_out_is_not_guessed(call: str, sandbox: Sandbox) -> None:
    source = f"x = torch.arange(6).reshape(2, 3)\ny = {call}"
    (observation,) = sandbox.run(Job((Program(code=source, trace=True),)))
    assert observation.raised is None
    report = explanation(source, observation, "en")
    assert _selected(report, len(report.steps) - 1) is None
