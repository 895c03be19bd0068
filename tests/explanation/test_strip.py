"""The memory strip: what it draws is what torch reads, for any strides."""

from __future__ import annotations

import math
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tensordrill.explanation.grid import CUT, UNKNOWN, grid, number_text
from tensordrill.explanation.strip import MAX_ELEMENTS, MAX_LANES, Gap, Strip, StripCell, addresses, strip
from tensordrill.sandbox.trace import Storage, TensorFact
from tensordrill.sandbox.values import Tensor

Shape = tuple[int, ...]


def _fact(
    shape: Shape, stride: Shape, offset: int, cells: int, *, has_storage_values: bool = True
) -> TensorFact:
    """Return a tensor of int64 over a storage that holds 100, 101, …"""
    path = addresses(shape, stride, offset)
    values = Tensor("int64", shape, _bytes([100 + at for at in path]))
    whole = Tensor("int64", (cells,), _bytes(list(range(100, 100 + cells)))) if has_storage_values else None
    return TensorFact(
        shape,
        "int64",
        "cpu",
        stride=stride,
        storage_offset=offset,
        values=values,
        storage=Storage(1, cells, whole),
    )


def _bytes(numbers: list[int]) -> bytes:
    return struct.pack(f"<{len(numbers)}q", *numbers)


@st.composite
def _facts(draw: st.DrawFn) -> TensorFact:
    shape = tuple(draw(st.lists(st.integers(0, 4), max_size=4)))
    stride = tuple(draw(st.lists(st.integers(0, 9), min_size=len(shape), max_size=len(shape))))
    offset = draw(st.integers(0, 5))
    last = offset + sum((size - 1) * step for size, step in zip(shape, stride, strict=True))
    cells = max(last, offset) + 1 + draw(st.integers(0, 40))
    return _fact(shape, stride, offset, cells, has_storage_values=draw(st.booleans()))


@given(_facts())
def test_the_order_numbers_walk_the_path_of_the_strides(fact: TensorFact) -> None:
    drawn = strip(fact)
    if math.prod(fact.shape) > MAX_ELEMENTS:
        assert drawn is None
        return
    assert drawn is not None
    path = addresses(fact.shape, fact.stride or (), fact.storage_offset)
    numbered = {number: cell.index for cell in drawn.cells for number in cell.order if number is not None}
    assert numbered.items() <= dict(enumerate(path, 1)).items()
    if not drawn.hidden_lanes:
        assert len(numbered) == len(path)
    assert drawn.lanes <= MAX_LANES
    for cell in drawn.cells:
        assert cell.reads == path.count(cell.index)
        assert cell.text in (str(100 + cell.index), UNKNOWN)
        assert (cell.text == UNKNOWN) <= (cell.reads == 0)


@given(_facts())
def test_cells_and_gaps_make_up_the_storage(fact: TensorFact) -> None:
    drawn = strip(fact)
    if drawn is None or fact.storage is None:
        return
    at = 0
    for part in drawn.parts:
        if isinstance(part, Gap):
            assert part.cells >= 2
            at += part.cells
        else:
            assert part.index == at
            at += 1
    assert at == fact.storage.cells


@given(_facts())
def test_each_way_in_which_cells_are_read_again_is_told(fact: TensorFact) -> None:
    drawn = strip(fact)
    if drawn is None:
        return
    path = addresses(fact.shape, fact.stride or (), fact.storage_offset)
    names = [note.name for note in drawn.notes]
    assert bool(names) == (not path or len(set(path)) < len(path))


def _orders(drawn: Strip | None) -> list[list[int | None]]:
    assert drawn is not None
    return [[cell.order[lane] for cell in drawn.cells] for lane in range(drawn.lanes)]


@pytest.mark.parametrize(
    ("shape", "stride", "offset", "cells", "orders"),
    [
        pytest.param(
            (2, 2), (3, 1), 1, 6, [[None, 1, 2, None, 3, 4]], id="an offset, and cells stepped over"
        ),
        pytest.param((3, 2), (1, 3), 0, 6, [[1, 3, 5, 2, 4, 6]], id="a transpose in one lane"),
        pytest.param((3, 2), (0, 1), 0, 2, [[1, 2], [3, 4], [5, 6]], id="stride 0 in front"),
        pytest.param((2, 3), (1, 0), 0, 2, [[1, 4], [2, 5], [3, 6]], id="stride 0 behind"),
        pytest.param((2, 2), (1, 1), 0, 3, [[1, 2, None], [None, 3, 4]], id="windows have a lane each"),
        pytest.param(
            (4, 2),
            (1, 1),
            0,
            5,
            [
                [1, 2, None, None, None],
                [None, 3, 4, None, None],
                [None, None, 5, 6, None],
                [None, None, None, 7, 8],
            ],
            id="windows for twice the lanes that are needed",
        ),
        pytest.param(
            (5, 2),
            (1, 1),
            0,
            6,
            [[1, 2, 4, 6, 8, 10], [None, 3, 5, 7, 9, None]],
            id="more windows share the lanes that are needed",
        ),
        pytest.param((), (), 2, 3, [[None, None, 1]], id="no dims"),
    ],
)
def test_the_path_below_the_cells(
    shape: Shape, stride: Shape, offset: int, cells: int, orders: list[list[int | None]]
) -> None:
    assert _orders(strip(_fact(shape, stride, offset, cells))) == orders


def test_long_runs_of_unread_cells_are_folded() -> None:
    drawn = strip(_fact((2,), (50,), 10, 100))
    assert drawn is not None
    shown = [part.cells if isinstance(part, Gap) else f"{part.index}" for part in drawn.parts]
    assert shown == [8, "8", "9", "10", "11", "12", 45, "58", "59", "60", "61", "62", 37]


def test_numbers_that_are_not_known_are_not_drawn() -> None:
    fact = TensorFact((2,), "float32", "meta", stride=(1,), storage=Storage(1, 2))
    assert strip(fact) is None
    values = Tensor("int64", (2,), bytes(16))
    assert strip(TensorFact((2,), "int64", "cpu", values=values)) is None
    assert strip(TensorFact((2,), "int64", "cpu", stride=(1,), values=values)) is None


def test_a_forged_offset_outside_of_the_storage_is_not_drawn() -> None:
    fact = TensorFact(
        (2,), "int64", "cpu", stride=(9,), storage=Storage(1, 2, Tensor("int64", (2,), bytes(16)))
    )
    assert strip(fact) is None


@pytest.mark.parametrize(
    ("value", "dtype", "text"),
    [
        (3, "int64", "3"),
        (True, "bool", "True"),
        (2.0, "float32", "2."),
        (0.1, "float32", "0.1"),
        (0.123456789, "float32", "0.123"),
        (-1234567.5, "float64", "-1.23e6"),
        (1e-12, "float64", "1e-12"),
        (float("nan"), "float32", "nan"),
        (float("-inf"), "float32", "-inf"),
        (1 - 2j, "complex64", "1.-2.j"),
        (0.5 + 0.25j, "complex128", "0.5+0.25j"),
    ],
)
def test_numbers_are_short(value: complex, dtype: str, text: str) -> None:
    assert number_text(value, dtype) == text


def test_a_grid_shows_slices_with_their_index_and_both_ends_of_long_dims() -> None:
    drawn = grid(_fact((2, 2, 2, 2), (8, 4, 2, 1), 0, 16))
    assert drawn is not None
    assert [part.index for part in drawn.slices] == [(0, 0), (0, 1), (1, 0)]
    assert drawn.more == 1
    long = grid(_fact((40,), (1,), 0, 40))
    assert long is not None
    assert long.slices[0].rows == (("100", "101", "102", "103", CUT, "136", "137", "138", "139"),)


def test_a_cell_that_is_read_has_its_order() -> None:
    drawn = strip(_fact((1,), (1,), 0, 1))
    assert drawn is not None
    assert drawn.parts == (StripCell(0, "100", (1,), 1),)
