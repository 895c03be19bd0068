"""Complex numbers are read where a tensor is asked for, and compared part by part as floats are."""

from __future__ import annotations

import struct

import pytest

from tensordrill.bank.schema import AnswerType
from tensordrill.kinds.answers import Literally, Typed, TypedComplex, TypedFloat, Unreadable
from tensordrill.kinds.format_value import format_value
from tensordrill.kinds.match_typed import matches
from tensordrill.kinds.parse_answer import read
from tensordrill.sandbox.protocol import Complex, Float, Tensor


def typed(real: str, imag: str) -> TypedComplex:
    return TypedComplex(TypedFloat(real), TypedFloat(imag))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param("1+2j", typed("1", "2"), id="a sum"),
        pytest.param("(1 + 2j)", typed("1", "2"), id="in brackets"),
        pytest.param("1.5-0.5j", typed("1.5", "-0.5"), id="a difference"),
        pytest.param("-1-2j", typed("-1", "-2"), id="two signs"),
        pytest.param("2j", typed("0", "2"), id="no real part"),
        pytest.param("-2j", typed("-0", "-2"), id="a negative one"),
        pytest.param("-(1-2j)", typed("-1", "2"), id="a sign before brackets"),
        pytest.param("1.+2.J", typed("1.", "2."), id="as torch prints it"),
        pytest.param("[1j, 2]", (typed("0", "1"), 2), id="a list"),
        pytest.param("[1+2j 3-4j]", (typed("1", "2"), typed("3", "-4")), id="no commas"),
        pytest.param("1e3+nan", None, id="no j"),
    ],
)
def test_complex_numbers_are_read(text: str, value: Typed) -> None:
    answer = read(text, "tensor")
    assert answer == (Unreadable("tensor") if value is None else Literally(value))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("1+2", id="a sum of reals"),
        pytest.param("1j+2", id="the real part last"),
        pytest.param("1+2j+3j", id="three parts"),
        pytest.param("2*1j", id="a product"),
        pytest.param("True+1j", id="a bool"),
        pytest.param("1+2i", id="another letter"),
    ],
)
def test_a_calculation_is_no_value(text: str) -> None:
    assert isinstance(read(text, "tensor"), Unreadable)


@pytest.mark.parametrize("type_", ["int", "float", "shape", "bool"])
def test_a_complex_number_is_of_no_other_type(type_: AnswerType) -> None:
    assert isinstance(read("1+2j", type_), Unreadable)


def tensor(*parts: float, dtype: str = "complex64") -> Tensor:
    code = "f" if dtype == "complex64" else "d"
    return Tensor(dtype, (len(parts) // 2,), struct.pack(f"<{len(parts)}{code}", *parts))


@pytest.mark.parametrize(
    ("text", "is_right"),
    [
        pytest.param("[1+2j, 0.333-1j]", True, id="digits of one part"),
        pytest.param("[1.+2.j, 0.33333334-1.j]", True, id="all digits"),
        pytest.param("[1+2j, 0.4-1j]", False, id="too few digits"),
        pytest.param("[1-2j, 0.333-1j]", False, id="the other sign"),
        pytest.param("[1, 0.333-1j]", False, id="no imaginary part"),
        pytest.param("[1+2j]", False, id="too few"),
        pytest.param("tensor([1+2j, 0.333-1j], dtype=torch.complex64)", True, id="a dtype"),
        pytest.param("tensor([1+2j, 0.333-1j], dtype=torch.complex128)", False, id="another dtype"),
    ],
)
def test_complex_tensors_are_compared_part_by_part(text: str, is_right: bool) -> None:
    answer = read(text, "tensor")
    assert isinstance(answer, Literally)
    assert matches(answer.value, tensor(1, 2, 1 / 3, -1)) == is_right


@pytest.mark.parametrize(
    ("text", "is_right"),
    [("2", True), ("2+0j", True), ("2.", True), ("2+1j", False), ("2j", False)],
)
def test_a_number_without_an_imaginary_part_may_be_typed_without_one(text: str, is_right: bool) -> None:
    answer = read(text, "tensor")
    assert isinstance(answer, Literally)
    assert matches(answer.value, Complex(Float("2.0"), Float("0.0"))) == is_right
    assert matches((answer.value,), tensor(2, 0)) == is_right


@pytest.mark.parametrize(
    ("value", "text"),
    [
        pytest.param(tensor(1, 2, 0.1, -0.5), "[1.+2.j, 0.1-0.5j]", id="complex64"),
        pytest.param(tensor(1 / 3, -0.0, dtype="complex128"), "[0.3333333333333333-0.j]", id="complex128"),
        pytest.param(Complex(Float("1.0"), Float("-2.0")), "(1-2j)", id="a python number"),
    ],
)
def test_what_is_shown_can_be_typed(value: Tensor | Complex, text: str) -> None:
    assert format_value(value) == text
    answer = read(text, "tensor")
    assert isinstance(answer, Literally)
    assert matches(answer.value, value)
