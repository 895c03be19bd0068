"""Bytes become numbers, numbers become text, and near is as near as torch.testing says."""

from __future__ import annotations

import math
import struct
import sys
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tensordrill.kinds.numbers import DTYPES, coarser, elements, near, shortest
from tensordrill.sandbox.child.wire import ITEM_BYTES
from tensordrill.sandbox.client import Sandbox
from tensordrill.sandbox.protocol import Job, Limits, Program, Tensor, Tuple

ENDIAN = "<" if sys.byteorder == "little" else ">"


def packed(code: str, *values: Any) -> bytes:
    return struct.pack(f"{ENDIAN}{len(values)}{code}", *values)


@pytest.mark.parametrize(
    ("dtype", "data", "numbers"),
    [
        pytest.param("bool", b"\x01\x00", [True, False], id="bool"),
        pytest.param("uint8", b"\xff\x00", [255, 0], id="uint8"),
        pytest.param("int8", b"\xff\x7f", [-1, 127], id="int8"),
        pytest.param("int16", packed("h", -2, 300), [-2, 300], id="int16"),
        pytest.param("uint16", packed("H", 65535, 1), [65535, 1], id="uint16"),
        pytest.param("int32", packed("i", -(2**31), 7), [-(2**31), 7], id="int32"),
        pytest.param("uint32", packed("I", 2**32 - 1, 7), [2**32 - 1, 7], id="uint32"),
        pytest.param("int64", packed("q", -(2**63), 2**53 + 1), [-(2**63), 2**53 + 1], id="int64"),
        pytest.param("uint64", packed("Q", 2**64 - 1, 0), [2**64 - 1, 0], id="uint64"),
        pytest.param("float16", packed("e", 0.5, -65504.0), [0.5, -65504.0], id="float16"),
        pytest.param("bfloat16", packed("H", 0x3FC0, 0xC000), [1.5, -2.0], id="bfloat16"),
        pytest.param("float32", packed("f", 0.25, math.inf), [0.25, math.inf], id="float32"),
        pytest.param("float64", packed("d", 0.1, -math.inf), [0.1, -math.inf], id="float64"),
        pytest.param("complex64", packed("f", 1.0, -2.0, 0.0, 3.0), [1 - 2j, 3j], id="complex64"),
        pytest.param("complex128", packed("d", 1.0, -2.0, 0.0, 3.0), [1 - 2j, 3j], id="complex128"),
    ],
)
def test_bytes_are_read_as_their_dtype(dtype: str, data: bytes, numbers: list[Any]) -> None:
    decoded = elements(Tensor(dtype, (2,), data))
    assert decoded == numbers
    assert [type(number) for number in decoded] == [type(number) for number in numbers]


def test_nan_and_minus_zero_survive() -> None:
    first, second = elements(Tensor("float32", (2,), packed("f", math.nan, -0.0)))
    assert isinstance(first, float)
    assert isinstance(second, float)
    assert (math.isnan(first), math.copysign(1, second)) == (True, -1.0)


def test_every_dtype_that_travels_is_read_as_torch_means_it(sandbox: Sandbox) -> None:
    names = sorted(DTYPES)
    job = Job(tuple(Program(value=f"torch.tensor([0, 1, 2]).to(torch.{name})") for name in names))
    for name, observation in zip(names, sandbox.run(job), strict=True):
        assert isinstance(observation.value, Tensor)
        assert observation.value.dtype == name
        assert elements(observation.value) == ([False, True, True] if name == "bool" else [0, 1, 2])


def test_the_dtypes_that_are_read_are_those_that_travel() -> None:
    assert set(ITEM_BYTES) == DTYPES


@pytest.mark.parametrize(
    ("dtype", "shape", "data"),
    [
        pytest.param("float33", (1,), b"1234", id="no-such-dtype"),
        pytest.param("float32", (2,), b"1234", id="too-few-bytes"),
        pytest.param("float32", (), b"", id="scalar-without-bytes"),
        pytest.param("int8", (0,), b"1", id="bytes-of-an-empty-tensor"),
        pytest.param("complex64", (1,), b"1234", id="half-a-complex"),
        pytest.param("bool", (-1,), b"", id="negative-size"),
        pytest.param("bool", (10**12, 0), b"", id="huge-and-empty"),
    ],
)
def test_a_tensor_whose_bytes_do_not_fit_is_none(dtype: str, shape: tuple[int, ...], data: bytes) -> None:
    with pytest.raises(
        ValueError, match=r"^a shape that no tensor has$|^bytes that do not fit dtype and shape$"
    ):
        Tensor(dtype, shape, data)


NEAR = [
    pytest.param(1.0, 1.0 + 1e-6, "float32", id="float32-within"),
    pytest.param(1000.0, 1000.001, "float32", id="float32-relative"),
    pytest.param(0.0, 9e-6, "float32", id="float32-absolute"),
    pytest.param(1.0, 1.001, "float16", id="float16-within"),
    pytest.param(1.0, 1.015, "bfloat16", id="bfloat16-within"),
    pytest.param(1.0, 1.0 + 1e-8, "float64", id="float64-within"),
    pytest.param(math.nan, math.nan, "float32", id="nan-is-nan"),
    pytest.param(math.inf, math.inf, "float32", id="inf-is-itself"),
    pytest.param(0.0, -0.0, "float32", id="zeros"),
    pytest.param(1 + 1j, 1 + 1j + 1e-7, "complex64", id="complex-within"),
    pytest.param(complex(1, math.nan), complex(1, math.nan), "complex64", id="complex-nan"),
    pytest.param(3, 3, "int64", id="ints"),
    pytest.param(True, True, "bool", id="bools"),
]
FAR = [
    pytest.param(1.0, 1.0 + 2e-5, "float32", id="float32-beyond"),
    pytest.param(0.0, 2e-5, "float32", id="float32-absolute-beyond"),
    pytest.param(1.0, 1.002, "float16", id="float16-beyond"),
    pytest.param(1.0, 1.02, "bfloat16", id="bfloat16-beyond"),
    pytest.param(1.0, 1.0 + 1e-6, "float64", id="float64-beyond"),
    pytest.param(math.nan, 0.0, "float32", id="nan-is-no-number"),
    pytest.param(math.inf, -math.inf, "float32", id="two-infinities"),
    pytest.param(math.inf, 3e38, "float32", id="inf-is-not-large"),
    pytest.param(1 + 1j, 1 + 1.1j, "complex64", id="complex-imaginary"),
    pytest.param(1 + 1j, 1.1 + 1j, "complex64", id="complex-real"),
    pytest.param(1 + 1e-6 + 1j, 1 + 1j, "complex128", id="complex128-beyond"),
    pytest.param(10**9, 10**9 + 1, "int64", id="ints-exactly"),
    pytest.param(True, False, "bool", id="bools"),
]


@pytest.mark.parametrize(("one", "other", "dtype"), NEAR)
def test_numbers_within_the_tolerance_are_near(one: Any, other: Any, dtype: str) -> None:
    assert near(one, other, dtype)
    assert near(other, one, dtype)


@pytest.mark.parametrize(("one", "other", "dtype"), FAR)
def test_numbers_beyond_the_tolerance_are_not(one: Any, other: Any, dtype: str) -> None:
    assert not near(one, other, dtype)
    assert not near(other, one, dtype)


def test_near_is_what_assert_close_says(sandbox: Sandbox) -> None:
    """near(a, b) is torch.testing.assert_close(b, a, equal_nan=True) with its default tolerances."""
    given = """
def close(one, other):
    try:
        torch.testing.assert_close(other, one, equal_nan=True)
    except AssertionError:
        return False
    return True

def pairs(dtype, relative, absolute):
    numbers = torch.tensor([0., 1., -3.7, 1e-4, 250., 6e4, float("inf"), float("-inf"), float("nan")], dtype=dtype)
    steps = torch.tensor([0., .5, .9, 1.1, 2., -.9, -1.1, 1e3, float("inf"), float("nan")], dtype=dtype)
    a = numbers.repeat_interleave(len(steps))
    b = a + steps.repeat(len(numbers)) * (absolute + relative * a.abs().clamp(max=6e4))
    return a, b, torch.tensor([close(*pair) for pair in zip(a, b)])
"""
    tolerances = {
        "float16": "1e-3, 1e-5",
        "bfloat16": "1.6e-2, 1e-5",
        "float32": "1.3e-6, 1e-5",
        "float64": "1e-7, 1e-7",
    }
    asks = [f"pairs(torch.{dtype}, {tolerance})" for dtype, tolerance in tolerances.items()]
    observations = sandbox.run(
        Job(tuple(Program(given=given, ask=ask) for ask in asks), limits=Limits(seconds=20.0))
    )
    for dtype, one in zip(tolerances, observations, strict=True):
        assert isinstance(one.value, Tuple)
        ones, others, close = (elements(piece) for piece in one.value.v if isinstance(piece, Tensor))
        assert [near(a, b, dtype) for a, b in zip(ones, others, strict=True)] == close
        assert True in close
        assert False in close


@pytest.mark.parametrize(
    ("one", "other", "wider"),
    [
        ("float32", "float64", "float32"),
        ("float64", "bfloat16", "bfloat16"),
        ("float16", "bfloat16", "bfloat16"),
        ("int64", "float64", "float64"),
        ("int64", "int32", "int64"),
    ],
)
def test_the_wider_tolerance_counts(one: str, other: str, wider: str) -> None:
    assert coarser(one, other) == wider


@pytest.mark.parametrize(
    ("value", "dtype", "text"),
    [
        pytest.param(1.0, "float32", "1.", id="whole"),
        pytest.param(10.0, "float32", "10.", id="ten"),
        pytest.param(120.0, "float64", "120.", id="hundreds"),
        pytest.param(1e20, "float64", "1e+20", id="large"),
        pytest.param(1e-5, "float64", "1e-05", id="small"),
        pytest.param(-0.0, "float32", "-0.", id="minus-zero"),
        pytest.param(0.10000000149011612, "float32", "0.1", id="float32-tenth"),
        pytest.param(0.10000000149011612, "float64", "0.10000000149011612", id="as-float64"),
        pytest.param(0.0999755859375, "float16", "0.1", id="float16-tenth"),
        pytest.param(0.10009765625, "bfloat16", "0.1", id="bfloat16-tenth"),
        pytest.param(16777216.0, "float32", "16777216.", id="beyond-seven-digits"),
        pytest.param(65504.0, "float16", "65504.", id="whole-numbers-are-not-rounded"),
        pytest.param(552.0, "bfloat16", "552.", id="whole-bfloat16"),
        pytest.param(math.nan, "float32", "nan", id="nan"),
        pytest.param(-math.inf, "float32", "-inf", id="inf"),
    ],
)
def test_a_number_is_shown_as_short_as_it_can_be(value: float, dtype: str, text: str) -> None:
    assert shortest(value, dtype) == text


BITS = {"float16": ("H", "e"), "float32": ("I", "f"), "float64": ("Q", "d"), "bfloat16": ("H", "")}


@given(st.sampled_from(sorted(BITS)), st.integers(0, 2**64 - 1))
@example("bfloat16", 0x7F7F)
@example("float32", 0x7F7FFFFF)
@example("float16", 0x7BFF)
@example("float32", 1)
def test_the_shortest_text_reads_back_as_the_same_number(dtype: str, bits: int) -> None:
    """Rounding float(shortest(v, dtype)) to dtype gives v, for every finite v of every float dtype."""
    code, _ = BITS[dtype]
    data = packed(code, bits % 2 ** (8 * struct.calcsize(code)))
    (value,) = elements(Tensor(dtype, (1,), data))
    assert isinstance(value, float)
    if not math.isfinite(value):
        assert shortest(value, dtype) == repr(value)
    else:
        assert rounded(float(shortest(value, dtype)), dtype) == value


def rounded(value: float, dtype: str) -> float:
    """Round to the nearest of a number's neighbours in the dtype, to the even one at a tie."""
    if dtype == "bfloat16":
        (bits,) = struct.unpack("<I", struct.pack("<f", value))
        halves = [half for step in (-1, 0, 1) if 0 <= (half := (bits >> 16) + step) < 2**16]
        numbers = {half: struct.unpack("<f", struct.pack("<I", half << 16))[0] for half in halves}
        finite = [half for half in halves if math.isfinite(numbers[half])]
        return float(numbers[min(finite, key=lambda half: (abs(numbers[half] - value), half & 1))])
    code = BITS[dtype][1]
    try:
        return float(struct.unpack(f"<{code}", struct.pack(f"<{code}", value))[0])
    except OverflowError:
        return math.inf
