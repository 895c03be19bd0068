"""Observations are compared strictly, facet by facet; typed values with reported ones, by the same rules."""

from __future__ import annotations

import math
import struct
import sys
import tracemalloc
from typing import Any, Literal, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import UNSET

from tensordrill.bank import schema
from tensordrill.bank.schema import AnswerType
from tensordrill.kinds.answers import Aspect, Difference, Literally, Typed, TypedFloat, TypedTensor, Word
from tensordrill.kinds.compare import differences, type_of
from tensordrill.kinds.format_value import MOST_SHOWN, format_value, native
from tensordrill.kinds.match_typed import matches
from tensordrill.kinds.parse_answer import read
from tensordrill.sandbox.child.wire import ITEM_BYTES
from tensordrill.sandbox.protocol import (
    Bool,
    Class,
    Complex,
    Dict,
    Dtype,
    Float,
    Int,
    List,
    Nothing,
    Observation,
    Other,
    Raised,
    Size,
    Tensor,
    Text,
    Tuple,
    Value,
)

FACETS = get_args(schema.Facet)
USUAL = ("shape", "dtype", "values")
ENDIAN = "<" if sys.byteorder == "little" else ">"
CODES = {
    "bool": "?",
    "uint8": "B",
    "int32": "i",
    "int64": "q",
    "float16": "e",
    "float32": "f",
    "float64": "d",
}
CODES |= {"complex64": "f"}


def tensor(
    *numbers: Any, dtype: str = "float32", shape: tuple[int, ...] | None = None, **facets: Any
) -> Tensor:
    """A tensor of these numbers, a vector unless its shape is given."""
    data = struct.pack(f"{ENDIAN}{len(numbers)}{CODES[dtype]}", *numbers)
    return Tensor(dtype, (len(numbers),) if shape is None else shape, data, **facets)


def raised(*classes: str, message: str = "no") -> Observation:
    return Observation(raised=Raised(classes, message, 1, "code"))


# --- what is shown ---


@pytest.mark.parametrize(
    ("value", "text"),
    [
        pytest.param(Int("-3"), "-3", id="int"),
        pytest.param(Float("0.5"), "0.5", id="float"),
        pytest.param(Bool(True), "True", id="bool"),
        pytest.param(Nothing(), "None", id="none"),
        pytest.param(None, "None", id="no-value"),
        pytest.param(Size((2, 3)), "(2, 3)", id="shape"),
        pytest.param(Size((2,)), "(2,)", id="shape-of-one"),
        pytest.param(Size(()), "()", id="scalar-shape"),
        pytest.param(Dtype("int64"), "int64", id="dtype"),
        pytest.param(Text("mean"), "mean", id="text"),
        pytest.param(Class("Tensor"), "Tensor", id="class"),
        pytest.param(Complex(Float("1.0"), Float("-2.0")), "(1-2j)", id="complex"),
        pytest.param(tensor(1.5, 10.0, math.nan), "[1.5, 10., nan]", id="tensor"),
        pytest.param(tensor(7, dtype="int64", shape=()), "7", id="scalar-tensor"),
        pytest.param(tensor(True, False, dtype="bool"), "[True, False]", id="bool-tensor"),
        pytest.param(tensor(1, 2, 3, 4, dtype="int32", shape=(2, 2)), "[[1, 2], [3, 4]]", id="matrix"),
        pytest.param(tensor(shape=(2, 0)), "[[], []]", id="empty-rows"),
        pytest.param(Tuple((Int("1"),)), "(1,)", id="tuple-of-one"),
        pytest.param(Tuple((Size((2,)), Bool(False))), "((2,), False)", id="tuple"),
        pytest.param(List((Int("1"), List(()))), "[1, []]", id="list"),
        pytest.param(Dict(((Text("a"), Int("1")),)), "{a: 1}", id="dict"),
        pytest.param(Other("T", "T(1)"), "T(1)", id="other"),
    ],
)
def test_a_value_is_shown_as_it_would_be_typed(value: Value | None, text: str) -> None:
    assert format_value(value) == text


@pytest.mark.parametrize(
    ("value", "python"),
    [
        pytest.param(Size((2, 3)), (2, 3), id="shape"),
        pytest.param(Int("12"), 12, id="int"),
        pytest.param(Float("0.5"), 0.5, id="float"),
        pytest.param(Bool(False), False, id="bool"),
        pytest.param(Nothing(), None, id="none"),
        pytest.param(Tuple((Int("1"), List((Bool(True),)))), (1, [True]), id="nested"),
        pytest.param(Dtype("int64"), "int64", id="dtype"),
        pytest.param(tensor(1.0), "[1.]", id="tensor"),
    ],
)
def test_a_text_may_compute_with_a_value(value: Value, python: object) -> None:
    assert native(value) == python


integers = st.integers(-(10**30), 10**30).map(lambda n: Int(str(n)))
sizes = st.lists(st.integers(0, 10**6), max_size=5).map(lambda shape: Size(tuple(shape)))
shapes = st.lists(st.integers(0, 3), max_size=3).map(tuple)


@st.composite
def tensors(draw: st.DrawFn, *, real: bool = True) -> Tensor:
    names = [name for name in sorted(ITEM_BYTES) if not (real and name.startswith("complex"))]
    dtype, shape = draw(st.sampled_from(names)), draw(shapes)
    count = math.prod(shape) * ITEM_BYTES[dtype]
    if dtype == "bool":
        return Tensor(dtype, shape, bytes(draw(st.lists(st.integers(0, 1), min_size=count, max_size=count))))
    return Tensor(dtype, shape, draw(st.binary(min_size=count, max_size=count)))


plain_values: st.SearchStrategy[Value] = st.one_of(
    integers,
    st.floats().map(lambda number: Float(repr(number))),
    st.booleans().map(Bool),
    sizes,
    tensors(),
    st.just(Nothing()),
    st.sampled_from(sorted(ITEM_BYTES)).map(Dtype),
)


def tuples_of(pieces: st.SearchStrategy[Value]) -> st.SearchStrategy[Value]:
    rows = st.lists(pieces, max_size=3).map(tuple)
    return st.one_of(rows.map(Tuple), rows.map(List))


@pytest.mark.parametrize(
    ("shape", "lists"),
    [
        pytest.param((), 0, id="scalar"),
        pytest.param((1,), [0], id="one"),
        pytest.param((2, 3), [[0, 1, 2], [3, 4, 5]], id="matrix"),
        pytest.param((1, 2, 2), [[[0, 1], [2, 3]]], id="three-dims"),
        pytest.param((0,), [], id="empty"),
        pytest.param((2, 0), [[], []], id="rows-of-nothing"),
        pytest.param((0, 2), [], id="no-rows"),
    ],
)
def test_nested_lists_follow_the_shape(shape: tuple[int, ...], lists: Any) -> None:
    assert format_value(Tensor("uint8", shape, bytes(range(math.prod(shape))))) == str(lists)


@pytest.mark.parametrize(
    ("value", "start"),
    [
        pytest.param(Tensor("uint8", (786_432, *[1] * 63), bytes(786_432)), "[" * 64 + "0", id="thin"),
        pytest.param(Tensor("uint8", (0, 10**6), b""), "[]", id="no-rows"),
        pytest.param(Tensor("uint8", (10**6, 0), b""), "[[], [], ", id="rows-of-nothing"),
        pytest.param(List((Tensor("uint8", (10**6, 0), b""),) * 10_000), "[[[], [], ", id="many"),
        pytest.param(Dict(((Tuple((Nothing(),) * 100_000), Nothing()),)), "{(None, None, ", id="wide"),
        pytest.param(Tuple((Text("a" * 24_000),) * 40), "(aaa", id="long"),
        pytest.param(Size((2**62,) * 50_000), "(4611686018427387904, ", id="sizes"),
    ],
)
def test_a_text_is_never_longer_than_what_is_typed(value: Value, start: str) -> None:
    """Nor is more made on the way: the thin tensor as nested lists would take 3 GB."""
    tracemalloc.start()
    text = format_value(value)
    assert matches((1, 2), value) is False
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert text.startswith(start)
    assert len(text) <= MOST_SHOWN
    assert peak < 40_000_000


def test_a_typed_number_that_no_bfloat16_is_near_is_none() -> None:
    tensor = Tensor("bfloat16", (), b"\x80\x3f")
    assert [matches(TypedFloat(text), tensor) for text in ("1.0", "1e300", "-1e300")] == [True, False, False]


TYPES: dict[type, AnswerType] = {
    Int: "int",
    Float: "float",
    Bool: "bool",
    Size: "shape",
    Tensor: "tensor",
    Dtype: "dtype",
}
TYPES |= {Tuple: "tuple", List: "tuple", Nothing: "none-or-int"}


@given(st.one_of(plain_values, st.recursive(plain_values, tuples_of, max_leaves=6)))
def test_what_is_shown_reads_back_as_a_match(value: Value) -> None:
    """matches(read(format_value(v)), v) for every value that may be asked for."""
    answer = read(format_value(value), TYPES[type(value)])
    assert isinstance(answer, Literally)
    assert matches(answer.value, value)


@given(tensors())
def test_shape_counts_before_values(value: Tensor) -> None:
    """A typed tensor never matches the same numbers with one dim more."""
    answer = read(format_value(value), "tensor")
    assert isinstance(answer, Literally)
    assert not matches(answer.value, Tensor(value.dtype, (1, *value.shape), value.data))


@given(st.lists(st.integers(-(2**63), 2**63 - 1), min_size=1, max_size=4), st.data())
def test_integers_match_exactly(numbers: list[int], data: st.DataObject) -> None:
    """A typed list of integers with one of them off by one, however large, does not match."""
    at = data.draw(st.integers(0, len(numbers) - 1))
    typed: tuple[Typed, ...] = tuple(numbers)
    value = tensor(*numbers, dtype="int64")
    assert matches(typed, value)
    assert not matches((*typed[:at], numbers[at] + 1, *typed[at + 1 :]), value)


anything: st.SearchStrategy[Typed] = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats().map(lambda number: TypedFloat(repr(number))),
        st.sampled_from(["1e999", "1e-999", "1e999999999", "-1e-9999999999", ".5", "1.", "-nan"]).map(
            TypedFloat
        ),
        st.text(max_size=5).map(Word),
    ),
    lambda pieces: st.one_of(
        st.lists(pieces, max_size=3).map(tuple),
        st.builds(TypedTensor, pieces, st.none() | st.sampled_from(sorted(ITEM_BYTES))),
        st.builds(TypedTensor, st.just(()), st.none(), st.sampled_from([(0,), (2, 0), (0, 3), (10**18, 0)])),
    ),
    max_leaves=6,
)
any_value: st.SearchStrategy[Value] = st.one_of(
    plain_values,
    tensors(real=False),
    st.builds(Complex, st.just(Float("1.0")), st.just(Float("nan"))),
    st.builds(Text, st.text(max_size=5)),
    st.builds(Class, st.just("Tensor")),
)
any_nested: st.SearchStrategy[Value] = st.recursive(any_value, tuples_of, max_leaves=5)


@given(anything, any_nested)
def test_anything_typed_is_a_match_or_not(typed: Typed, value: Value) -> None:
    """matches is total: no typed value and no reported one raise."""
    assert matches(typed, value) in (True, False)


# --- typed values ---


MATCHES = [
    pytest.param((1, 2), tensor(1.0, 2.0), id="ints-for-floats"),
    pytest.param(
        (TypedFloat("1."), TypedFloat("2.")), tensor(1, 2, dtype="int64"), id="whole-floats-for-ints"
    ),
    pytest.param((1, 0), tensor(True, False, dtype="bool"), id="ones-for-bools"),
    pytest.param(TypedTensor((1, 2)), tensor(1, 2, dtype="int64"), id="tensor-without-dtype"),
    pytest.param(TypedTensor((1, 2), "int64"), tensor(1, 2, dtype="int64"), id="tensor-with-dtype"),
    pytest.param(TypedTensor(3), tensor(3, dtype="int64", shape=()), id="scalar"),
    pytest.param(3, tensor(3, dtype="int64", shape=()), id="bare-scalar"),
    pytest.param((TypedFloat("nan"),), tensor(math.nan), id="nan"),
    pytest.param((TypedFloat("-inf"),), tensor(-math.inf), id="minus-inf"),
    pytest.param((TypedFloat("0."),), tensor(-0.0), id="zeros"),
    pytest.param(2**53 + 1, tensor(2**53 + 1, dtype="int64", shape=()), id="beyond-float64"),
    pytest.param((1, 2), List((Int("1"), Int("2"))), id="list"),
    pytest.param(TypedTensor((1, 2)), Tuple((Int("1"), Int("2"))), id="tensor-for-a-tuple"),
    pytest.param(5, Float("5.0"), id="int-for-a-float"),
    pytest.param(None, Nothing(), id="none"),
    pytest.param(Word("int64"), Dtype("int64"), id="dtype"),
    pytest.param((), Size(()), id="scalar-shape"),
    pytest.param(TypedTensor((), None, (2, 0)), tensor(shape=(2, 0)), id="empty-with-its-size"),
    pytest.param(((), ()), tensor(shape=(2, 0)), id="empty-rows"),
    pytest.param(
        TypedTensor((), None, (2, 0)), List((List(()), List(()))), id="empty-with-its-size-for-a-list"
    ),
    pytest.param(TypedTensor((), None, (0, 3)), List(()), id="no-rows-with-their-size-for-a-list"),
]
NO_MATCHES = [
    pytest.param((1, 3), tensor(1.0, 2.0), id="another-value"),
    pytest.param((1, 2, 3), tensor(1.0, 2.0), id="too-many"),
    pytest.param((1,), tensor(1.0, 1.0), id="no-broadcast"),
    pytest.param(1, tensor(1.0), id="scalar-for-a-vector"),
    pytest.param((1,), tensor(1.0, shape=()), id="vector-for-a-scalar"),
    pytest.param((2, 0), tensor(True, False, dtype="bool"), id="two-is-not-true"),
    pytest.param((TypedFloat("1."),), tensor(True, dtype="bool"), id="a-float-is-not-true"),
    pytest.param((True,), tensor(1, dtype="int64"), id="true-is-not-one"),
    pytest.param(TypedTensor((1, 2), "int32"), tensor(1, 2, dtype="int64"), id="another-dtype"),
    pytest.param((TypedFloat("1.23e5"),), tensor(123400, dtype="int64"), id="no-rounding-of-integers"),
    pytest.param(2**53, tensor(2**53 + 1, dtype="int64", shape=()), id="beyond-float64"),
    pytest.param((TypedFloat("nan"),), tensor(0.0), id="nan-for-a-number"),
    pytest.param((TypedFloat("inf"),), tensor(-math.inf), id="the-other-infinity"),
    pytest.param((0,), tensor(math.nan), id="a-number-for-nan"),
    pytest.param((1,), tensor(1.0, 1.0, dtype="complex64", shape=(1,)), id="an-imaginary-part"),
    pytest.param(True, Int("1"), id="true-for-an-int"),
    pytest.param(1, Bool(True), id="one-for-a-bool"),
    pytest.param(TypedFloat("1."), Int("1"), id="float-for-an-int"),
    pytest.param((True, 2), Size((1, 2)), id="true-in-a-shape"),
    pytest.param((2,), Size(()), id="another-rank"),
    pytest.param(None, Int("0"), id="none-for-a-number"),
    pytest.param(None, tensor(0.0), id="none-for-a-tensor"),
    pytest.param(0, Nothing(), id="number-for-none"),
    pytest.param(Word("int32"), Dtype("int64"), id="another-word"),
    pytest.param((1,), Tuple((Int("1"), Int("2"))), id="too-few-pieces"),
    pytest.param(1, Other("T", "1"), id="other-is-never-typed"),
    pytest.param(TypedTensor((), None, (0, 5)), tensor(shape=(0, 3)), id="empty-of-another-size"),
    pytest.param(TypedTensor((), None, (2, 0)), tensor(shape=(0,)), id="empty-of-another-rank"),
    pytest.param(TypedTensor((), None, (2, 0)), List(()), id="empty-rows-for-none"),
    pytest.param(TypedTensor((), None, (10**18, 0)), List(()), id="endless-empty-rows"),
    pytest.param(TypedTensor((), "int64", (2, 0)), tensor(shape=(2, 0)), id="empty-of-another-dtype"),
]


@pytest.mark.parametrize(("typed", "value"), MATCHES)
def test_a_typed_value_is_right(typed: Typed, value: Value) -> None:
    assert matches(typed, value)


@pytest.mark.parametrize(("typed", "value"), NO_MATCHES)
def test_a_typed_value_is_wrong(typed: Typed, value: Value) -> None:
    assert not matches(typed, value)


@pytest.mark.parametrize(
    ("digits", "number", "right"),
    [
        pytest.param("0.333", 1 / 3, True, id="three-digits"),
        pytest.param("0.33", 1 / 3, False, id="two-digits"),
        pytest.param("0.334", 1 / 3, False, id="wrong-digit"),
        pytest.param("0.3333", 1 / 3, True, id="four-digits"),
        pytest.param("0.3334", 1 / 3, False, id="four-digits-wrong"),
        pytest.param("-0.333", -1 / 3, True, id="negative"),
        pytest.param("0.333", -1 / 3, False, id="sign-counts"),
        pytest.param("0.667", 2 / 3, True, id="rounded-up"),
        pytest.param("0.666", 2 / 3, False, id="cut-off"),
        pytest.param("3.14", math.pi, True, id="pi"),
        pytest.param("3.1", math.pi, False, id="pi-two-digits"),
        pytest.param("3.10", 3.1001, True, id="trailing-zero"),
        pytest.param("3.1", 3.1001, True, id="trailing-zero-left-off"),
        pytest.param("1.12", 1.125, True, id="half-down"),
        pytest.param("1.13", 1.125, True, id="half-up"),
        pytest.param("1.14", 1.125, False, id="beyond-half"),
        pytest.param("1.23e5", 123456.0, True, id="exponent"),
        pytest.param("1.2e5", 123456.0, False, id="exponent-two-digits"),
        pytest.param("123000.", 123456.0, False, id="zeros-typed-out-are-digits"),
        pytest.param("0.000123", 0.000123456, True, id="small"),
        pytest.param("0.00012", 0.000123456, False, id="small-two-digits"),
        pytest.param("2", 2.0, True, id="whole"),
        pytest.param("2.", 2.0004, True, id="whole-at-three-digits"),
        pytest.param("2.", 2.006, False, id="not-whole-at-three-digits"),
        pytest.param("0.0", 0.0004, False, id="zero-is-no-rounding"),
        pytest.param("1e999", 1.0, False, id="too-large"),
        pytest.param("1e999999999", 1.0, False, id="far-too-large"),
    ],
)
def test_a_typed_float_is_right_at_the_digits_typed(digits: str, number: float, right: bool) -> None:
    assert matches(TypedFloat(digits), Float(repr(number))) == right


# --- observations ---

SAME = [
    pytest.param(tensor(1.0, 2.0), tensor(1.0, 2.000001), USUAL, id="within-the-tolerance"),
    pytest.param(tensor(math.nan), tensor(math.nan), USUAL, id="nan"),
    pytest.param(tensor(0.0), tensor(-0.0), USUAL, id="zeros"),
    pytest.param(tensor(1.0), tensor(9.0), ("shape", "dtype"), id="values-not-asked"),
    pytest.param(tensor(1.0), tensor(1, dtype="int64"), ("shape", "values"), id="dtype-not-asked"),
    pytest.param(tensor(1.0, stride=(1,)), tensor(1.0, stride=(7,)), ("stride",), id="stride-of-size-one"),
    pytest.param(
        tensor(shape=(0, 2), stride=(2, 1)),
        tensor(shape=(0, 2), stride=(1, 9)),
        ("stride",),
        id="stride-of-empty",
    ),
    pytest.param(
        tensor(1.0, memory=("x", "y")), tensor(1.0, memory=("y", "x")), ("memory",), id="order-of-names"
    ),
    pytest.param(Float("1.0"), Float("1.00000001"), USUAL, id="python-floats"),
    pytest.param(Float("nan"), Float("nan"), USUAL, id="python-nan"),
    pytest.param(Tuple((tensor(1.0), Int("2"))), Tuple((tensor(1.0), Int("2"))), USUAL, id="tuples"),
]


@pytest.mark.parametrize(("one", "other", "must"), SAME)
def test_equal_results_have_no_difference(one: Value, other: Value, must: tuple[str, ...]) -> None:
    assert differences(Observation(one), Observation(other), must) == []


DIFFERENT = [
    pytest.param(
        tensor(1.0, 2.0), tensor(1.0, 3.0), USUAL, [("values", "[1., 2.]", "[1., 3.]")], id="values"
    ),
    pytest.param(tensor(1.0), tensor(1.0, shape=()), USUAL, [("shape", "(1,)", "()")], id="shape"),
    pytest.param(
        tensor(1.0, 1.0), tensor(1.0), ("values",), [("shape", "(2,)", "(1,)")], id="values-imply-shape"
    ),
    pytest.param(
        tensor(1.0),
        tensor(2, dtype="int64"),
        USUAL,
        [("dtype", "float32", "int64"), ("values", "[1.]", "[2]")],
        id="dtype-and-values",
    ),
    pytest.param(tensor(1.0), tensor(math.nan), USUAL, [("values", "[1.]", "[nan]")], id="nan"),
    pytest.param(
        tensor(math.inf), tensor(-math.inf), USUAL, [("values", "[inf]", "[-inf]")], id="infinities"
    ),
    pytest.param(
        tensor(1.0, 1.0, stride=(1,)),
        tensor(1.0, 1.0, stride=(2,)),
        ("stride",),
        [("stride", "(1,)", "(2,)")],
        id="stride",
    ),
    pytest.param(
        tensor(1.0, contiguous=True),
        tensor(1.0, contiguous=False),
        ("contiguous",),
        [("contiguous", "True", "False")],
        id="contiguous",
    ),
    pytest.param(
        tensor(1.0, memory=("x",)),
        tensor(1.0, memory=()),
        ("memory",),
        [("memory", "shares with x", "shares with nothing")],
        id="memory",
    ),
    pytest.param(
        tensor(1.0), tensor(1.0, parameter=True), USUAL, [("type", "Tensor", "Parameter")], id="parameter"
    ),
    pytest.param(tensor(1.0), Float("1.0"), USUAL, [("type", "Tensor", "float")], id="tensor-and-float"),
    pytest.param(tensor(1.0), Nothing(), USUAL, [("type", "Tensor", "None")], id="none"),
    pytest.param(tensor(1.0), None, USUAL, [("type", "Tensor", "None")], id="no-value"),
    pytest.param(
        Size((2,)), Tuple((Int("2"),)), USUAL, [("type", "torch.Size", "tuple")], id="size-and-tuple"
    ),
    pytest.param(Tuple(()), List(()), USUAL, [("type", "tuple", "list")], id="tuple-and-list"),
    pytest.param(Bool(True), Int("1"), USUAL, [("type", "bool", "int")], id="bool-and-int"),
    pytest.param(Text("a"), Dtype("a"), USUAL, [("type", "str", "torch.dtype")], id="text-and-dtype"),
    pytest.param(Tuple((Int("1"),)), Tuple(()), USUAL, [("length", "1", "0")], id="length"),
    pytest.param(
        Tuple((tensor(1.0), Int("2"))),
        Tuple((tensor(2.0), Int("3"))),
        USUAL,
        [("values", "[1.]", "[2.]", "1"), ("values", "2", "3", "2")],
        id="piece-by-piece",
    ),
    pytest.param(
        Tuple((Int("1"), List((Int("2"), Int("3"))))),
        Tuple((Int("1"), List((Int("2"), Int("4"))))),
        USUAL,
        [("values", "3", "4", "2.2")],
        id="a-piece-in-a-piece",
    ),
    pytest.param(Int("1"), Int("2"), USUAL, [("values", "1", "2")], id="ints"),
    pytest.param(Float("1.0"), Float("1.001"), USUAL, [("values", "1.0", "1.001")], id="floats"),
    pytest.param(tensor(1.0), Other("Liar", "1"), USUAL, [("type", "Tensor", "Liar")], id="subclass"),
    pytest.param(
        tensor(1.0),
        Other("Tensor", "a tensor on device meta"),
        USUAL,
        [("type", "Tensor", "a tensor on device meta")],
        id="a-tensor-that-is-not-read",
    ),
    pytest.param(Other("T", "T"), Other("T", "T"), USUAL, [("values", "T", "T")], id="other-is-never-equal"),
]


@pytest.mark.parametrize(("one", "other", "must", "outcome"), DIFFERENT)
def test_what_differs_is_said_facet_by_facet(
    one: Value,
    other: Value | None,
    must: tuple[str, ...],
    outcome: list[tuple[Aspect, str, str, *tuple[str, ...]]],
) -> None:
    assert differences(Observation(one), Observation(other), must) == [
        Difference(facet, expected, got, piece=piece[0] if piece else UNSET)
        for facet, expected, got, *piece in outcome
    ]


@pytest.mark.parametrize(
    ("one", "other", "outcome"),
    [
        pytest.param(raised("A", "B"), raised("A", "C"), None, id="class-and-message"),
        pytest.param(raised("A"), raised("A", message="yes"), ("A: no", "A: yes"), id="message"),
        pytest.param(raised("A"), raised("B"), ("A: no", "B: no"), id="class"),
        pytest.param(raised("A"), Observation(Int("1")), ("A: no", "a value"), id="a-value-instead"),
        pytest.param(Observation(Int("1")), raised("A"), ("a value", "A: no"), id="raised-instead"),
        pytest.param(
            Observation(Int("1")), Observation(failure="timeout"), ("a value", "timeout"), id="timeout"
        ),
        pytest.param(
            Observation(Int("1")), Observation(failure="crashed"), ("a value", "crashed"), id="crash"
        ),
    ],
)
def test_outcomes_count_before_values(
    one: Observation, other: Observation, outcome: tuple[str, str] | None
) -> None:
    assert differences(one, other, USUAL) == ([] if outcome is None else [Difference("outcome", *outcome)])


@pytest.mark.parametrize("facet", ["changed", "grad"])
@pytest.mark.parametrize(
    ("one", "other", "outcome"),
    [
        pytest.param({}, {}, [], id="neither"),
        pytest.param(None, {}, [], id="nothing-reported"),
        pytest.param({"x": tensor(1.0)}, {"x": tensor(1.0)}, [], id="the-same"),
        pytest.param({"x": tensor(1.0)}, {}, [("x = [1.]", "x unchanged")], id="only-expected"),
        pytest.param({}, {"x": tensor(1.0)}, [("x unchanged", "x = [1.]")], id="only-got"),
        pytest.param({"x": tensor(1.0)}, {"x": tensor(2.0)}, [("x = [1.]", "x = [2.]")], id="otherwise"),
        pytest.param(
            {"x": tensor(1.0)},
            {"y": tensor(1.0)},
            [("x = [1.]", "x unchanged"), ("y unchanged", "y = [1.]")],
            id="another-one",
        ),
    ],
)
def test_given_tensors_are_compared_by_name(
    facet: Literal["changed", "grad"],
    one: dict[str, Value] | None,
    other: dict[str, Value] | None,
    outcome: list[tuple[str, str]],
) -> None:
    field = {"changed": "changed", "grad": "grads"}[facet]
    results = [Observation(Nothing(), **{field: named}) for named in (one, other)]  # type: ignore[arg-type]
    assert differences(results[0], results[1], (facet,)) == [Difference(facet, *texts) for texts in outcome]
    assert differences(results[0], results[1], ("values",)) == []


def test_every_type_has_a_name() -> None:
    values: list[Value | None] = [Int("1"), Float("1.0"), Bool(True), List(()), Dict(()), Class("A"), None]
    assert [type_of(value) for value in values] == ["int", "float", "bool", "list", "dict", "class", "None"]


few_values: st.SearchStrategy[Value] = st.recursive(
    st.one_of(
        st.sampled_from([0.0, -0.0, 1.0, math.nan, math.inf]).map(tensor),
        st.sampled_from([0.0, 1.0]).map(
            lambda n: tensor(n, shape=(), memory=("x",), stride=(), contiguous=True)
        ),
        st.sampled_from([0, 1]).map(lambda n: tensor(n, dtype="int64", parameter=bool(n))),
        st.sampled_from(["0.0", "nan", "1.0"]).map(Float),
        st.sampled_from([Bool(True), Int("1"), Nothing(), Size((1,)), Text("a"), Class("a"), Dtype("bool")]),
    ),
    tuples_of,
    max_leaves=3,
)
named = st.none() | st.dictionaries(st.sampled_from("xy"), few_values, max_size=2)
observations = st.one_of(
    st.builds(Observation, few_values, changed=named, grads=named),
    st.builds(raised, st.sampled_from("AB"), message=st.sampled_from("no")),
    st.just(Observation(failure="timeout")),
    st.just(Observation(failure="crashed")),
)
musts = st.lists(st.sampled_from(FACETS), unique=True).map(tuple)


@given(st.one_of(st.builds(Observation, any_nested), observations), musts)
def test_an_observation_equals_itself(seen: Observation, must: tuple[str, ...]) -> None:
    """differences(o, o) is empty for every observation and every `must`."""
    assert differences(seen, seen, must) == []
    if isinstance(seen.value, Tensor):
        reply = with_facets(seen, seen.value)
        assert differences(reply, reply, must) == []


def with_facets(observation: Observation, value: Tensor) -> Observation:
    stride = tuple(range(len(value.shape)))
    reply = Tensor(value.dtype, value.shape, value.data, value.parameter, stride, True, ("x",))
    return Observation(reply, changed=observation.changed, grads=observation.grads)


@given(observations, observations, musts)
def test_difference_is_mutual(one: Observation, other: Observation, must: tuple[str, ...]) -> None:
    """differences(a, b) is empty exactly where differences(b, a) is, for values that lie apart."""
    there, back = differences(one, other, must), differences(other, one, must)
    assert bool(there) == bool(back)
    assert sorted((d.facet, d.expected, d.got) for d in there) == sorted(
        (d.facet, d.got, d.expected) for d in back
    )
