"""A typed answer becomes a value, a raise, or an answer that cannot be read; nothing else."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tensordrill.bank.schema import AnswerType, PlainType
from tensordrill.kinds.answer_type import Piece, plain_type
from tensordrill.kinds.answers import (
    Literally,
    Raises,
    Typed,
    TypedFloat,
    TypedTensor,
    Unreadable,
    Word,
)
from tensordrill.kinds.parse_answer import MAX_DEPTH, read
from tensordrill.kinds.words import MAX_LENGTH

TYPES: tuple[AnswerType, ...] = get_args(AnswerType)
BASES: tuple[PlainType, ...] = get_args(PlainType)


def floats(*digits: str) -> tuple[Typed, ...]:
    return tuple(map(TypedFloat, digits))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("2,3", id="bare"),
        pytest.param("2, 3", id="bare-spaced"),
        pytest.param("2,3,", id="trailing-comma"),
        pytest.param("(2, 3)", id="tuple"),
        pytest.param("[2,3]", id="list"),
        pytest.param("2x3", id="x"),
        pytest.param("2 X 3", id="capital-x"),
        pytest.param("2×3", id="times-sign"),
        pytest.param("2*3", id="star"),
        pytest.param("2 3", id="spaces"),
        pytest.param("[2 3]", id="numpy-spaces"),
        pytest.param("torch.Size([2, 3])", id="torch-size"),
        pytest.param("torch.size([2, 3])", id="torch-size-in-lower-case"),
        pytest.param("(2.0, 3.0)", id="whole-floats"),
        pytest.param("Size([2,3])", id="size"),
        pytest.param("tuple([2, 3])", id="tuple-call"),
        pytest.param("  (2,3)\n", id="surrounding-space"),
        pytest.param("２，３", id="full-width"),
        pytest.param("（２，３）", id="full-width-brackets"),
        pytest.param("２ｘ３", id="full-width-x"),
    ],
)
def test_every_spelling_of_a_shape_is_one_value(text: str) -> None:
    assert read(text, "shape") == Literally((2, 3))


@pytest.mark.parametrize(
    ("text", "type_", "value"),
    [
        pytest.param("5", "shape", (5,), id="bare-number-is-a-shape"),
        pytest.param("5.", "shape", (5,), id="bare-whole-float-is-a-shape"),
        pytest.param("a scalar.", "shape", (), id="scalar-in-words"),
        pytest.param("6.0", "int", 6, id="whole-float-is-an-int"),
        pytest.param("-6.", "int", -6, id="negative-whole-float-is-an-int"),
        pytest.param("6.0", "float", TypedFloat("6.0"), id="digits-of-a-float-stay"),
        pytest.param("line 2", "line", 2, id="line-2"),
        pytest.param("Line: 2", "line", 2, id="line-colon"),
        pytest.param("line #2", "line", 2, id="line-mark"),
        pytest.param("2nd line", "line", 2, id="2nd-line"),
        pytest.param("2번째 줄", "line", 2, id="korean-line-in-order"),
        pytest.param("2번째", "line", 2, id="korean-in-order"),
        pytest.param("2번 줄", "line", 2, id="korean-line-number"),
        pytest.param("2행", "line", 2, id="korean-row"),
        pytest.param("2줄.", "line", 2, id="korean-line"),
        pytest.param("줄 2", "line", 2, id="korean-line-first"),
        pytest.param("２행", "line", 2, id="full-width-line"),
        pytest.param("2.0", "line", 2, id="whole-float-is-a-line"),
        pytest.param("no line", "line", None, id="no-line-in-words"),
        pytest.param("에러 없음", "line", None, id="no-error-korean"),
        pytest.param("None.", "line", None, id="none-with-a-full-stop"),
        pytest.param("5", "int", 5, id="bare-number-is-an-int"),
        pytest.param("5", "float", 5, id="int-for-a-float"),
        pytest.param("5", "tensor", 5, id="scalar-tensor"),
        pytest.param("5", "tuple", (5,), id="bare-number-is-a-tuple"),
        pytest.param("(None, 2)", "tuple", (None, 2), id="a-none-in-a-tuple"),
        pytest.param("(none, 없음)", "tuple", (None, None), id="nones-in-words-in-a-tuple"),
        pytest.param("5", "line", 5, id="line"),
        pytest.param("5", "text", Word("5"), id="text"),
        pytest.param("()", "shape", (), id="scalar-brackets"),
        pytest.param("[]", "shape", (), id="scalar-list"),
        pytest.param("scalar", "shape", (), id="scalar-word"),
        pytest.param("스칼라", "shape", (), id="scalar-korean"),
        pytest.param("torch.Size([])", "shape", (), id="scalar-size"),
        pytest.param("2x3x4x5", "shape", (2, 3, 4, 5), id="four-sizes"),
        pytest.param("0,3", "shape", (0, 3), id="empty-shape"),
        pytest.param("-1", "int", -1, id="negative"),
        pytest.param("+3", "int", 3, id="plus"),
        pytest.param("--3", "int", 3, id="two-signs"),
        pytest.param("1_000", "int", 1000, id="grouped"),
        pytest.param("1.5", "float", TypedFloat("1.5"), id="float"),
        pytest.param("3.", "float", TypedFloat("3."), id="point-last"),
        pytest.param("-.5", "float", TypedFloat("-.5"), id="point-first"),
        pytest.param("-0.0", "float", TypedFloat("-0.0"), id="minus-zero"),
        pytest.param("--1.5", "float", TypedFloat("1.5"), id="two-signs-float"),
        pytest.param("+-1.5", "float", TypedFloat("-1.5"), id="plus-minus-float"),
        pytest.param("1.2345e-05", "float", TypedFloat("1.2345e-05"), id="exponent"),
        pytest.param("0.3330", "float", TypedFloat("0.3330"), id="digits-kept"),
        pytest.param("NaN", "float", TypedFloat("nan"), id="nan"),
        pytest.param("inf", "float", TypedFloat("inf"), id="inf"),
        pytest.param("-Infinity", "float", TypedFloat("-inf"), id="minus-infinity"),
        pytest.param("float('nan')", "float", TypedFloat("nan"), id="nan-call"),
        pytest.param("float('-inf')", "float", TypedFloat("-inf"), id="minus-inf-call"),
        pytest.param("math.inf", "float", TypedFloat("inf"), id="math-inf"),
        pytest.param("float32", "dtype", Word("float32"), id="dtype"),
        pytest.param("torch.float32", "dtype", Word("float32"), id="torch-dtype"),
        pytest.param("Float32", "dtype", Word("float32"), id="dtype-case"),
        pytest.param("float", "dtype", Word("float32"), id="dtype-float-alias"),
        pytest.param("torch.long", "dtype", Word("int64"), id="dtype-long-alias"),
        pytest.param("torch.half", "dtype", Word("float16"), id="dtype-half-alias"),
        pytest.param("bfloat16", "dtype", Word("bfloat16"), id="bfloat16"),
        pytest.param("LongTensor", "dtype", Word("int64"), id="long-tensor"),
        pytest.param("torch.LongTensor", "dtype", Word("int64"), id="torch-long-tensor"),
        pytest.param("FloatTensor", "dtype", Word("float32"), id="float-tensor"),
        pytest.param("torch.ByteTensor", "dtype", Word("uint8"), id="byte-tensor"),
        pytest.param("BoolTensor", "dtype", Word("bool"), id="bool-tensor"),
        pytest.param("dtype=torch.float64", "dtype", Word("float64"), id="dtype-as-printed"),
        pytest.param("[[1, 2], [3, 4]]", "tensor", ((1, 2), (3, 4)), id="nested"),
        pytest.param("[[1 2] [3 4]]", "tensor", ((1, 2), (3, 4)), id="nested-numpy"),
        pytest.param("[1 -2]", "tensor", (1, -2), id="numpy-negative"),
        pytest.param("[ 1.,  2.]", "tensor", floats("1.", "2."), id="printed-floats"),
        pytest.param("[nan, -inf]", "tensor", floats("nan", "-inf"), id="nan-in-a-list"),
        pytest.param("[True, no, 참]", "tensor", (True, False, True), id="bools"),
        pytest.param("[]", "tensor", (), id="empty-list"),
        pytest.param("yes", "tensor", True, id="yes-for-a-scalar-tensor"),
        pytest.param("tensor(5)", "tensor", TypedTensor(5), id="tensor-scalar"),
        pytest.param("torch.tensor([1, 2])", "tensor", TypedTensor((1, 2)), id="tensor-call"),
        pytest.param(
            "tensor([1., 2.], dtype=torch.float64)",
            "tensor",
            TypedTensor(floats("1.", "2."), "float64"),
            id="tensor-dtype",
        ),
        pytest.param("tensor([1], dtype=long)", "tensor", TypedTensor((1,), "int64"), id="tensor-alias"),
        pytest.param(
            "tensor([[1, 2],\n        [3, 4]])", "tensor", TypedTensor(((1, 2), (3, 4))), id="pasted-tensor"
        ),
        pytest.param("tensor([1.], requires_grad=True)", "tensor", TypedTensor(floats("1.")), id="grad"),
        pytest.param(
            "tensor([1.], grad_fn=<AddBackward0>)", "tensor", TypedTensor(floats("1.")), id="grad-fn"
        ),
        pytest.param(
            "Parameter containing:\ntensor([1.], requires_grad=True)",
            "tensor",
            TypedTensor(floats("1.")),
            id="parameter",
        ),
        pytest.param("tensor([], size=(2, 0))", "tensor", TypedTensor((), None, (2, 0)), id="empty-size"),
        pytest.param(
            "tensor([], size=(0, 3), dtype=torch.int64)",
            "tensor",
            TypedTensor((), "int64", (0, 3)),
            id="empty-size-and-dtype",
        ),
        pytest.param("3, 1", "tuple", (3, 1), id="stride"),
        pytest.param("(2,3), (1,)", "tuple", ((2, 3), (1,)), id="tuple-of-shapes"),
        pytest.param("None, 2", "tuple", (None, 2), id="none-in-a-tuple"),
        pytest.param("yes, float32", "tuple", (True, Word("float32")), id="words-in-a-tuple"),
        pytest.param("'mean'", "text", Word("mean"), id="quotes-off"),
        pytest.param("`mean`", "text", Word("mean"), id="backquotes-off"),
        pytest.param("none", "line", None, id="no-line"),
        pytest.param("없음", "line", None, id="no-line-korean"),
        pytest.param("None", "none-or-shape", None, id="none-or-shape"),
        pytest.param("없음", "none-or-bool", None, id="none-or-bool"),
        pytest.param("no", "none-or-bool", False, id="no-is-not-none"),
        pytest.param("none", "none-or-text", None, id="none-or-text"),
        pytest.param("none", "text", Word("none"), id="text-none-is-text"),
        pytest.param("2x3", "none-or-shape", (2, 3), id="none-or-still-a-shape"),
    ],
)
def test_a_value_is_read_as_its_type_says(text: str, type_: AnswerType, value: Typed) -> None:
    assert read(text, type_) == Literally(value)


@pytest.mark.parametrize(
    ("word", "value"),
    [
        (word, True)
        for word in (
            "yes",
            "Y",
            "TRUE",
            "t",
            "예",
            "네",
            "응",
            "참",
            "ｙｅｓ",
            "yes.",
            "Yes!",
            "넵",
            "맞아요",
        )
    ]
    + [
        (word, False)
        for word in ("no", "N", "False", "f", "아니요", "아니오", "아뇨", "거짓", "no.", "아니요.")
    ],
)
def test_yes_and_no_are_read_in_both_languages(word: str, value: bool) -> None:
    assert read(word, "bool") == Literally(value)


@pytest.mark.parametrize("type_", TYPES)
@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param("raises", None, id="raises"),
        pytest.param("raise", None, id="raise"),
        pytest.param("it raises", None, id="it-raises"),
        pytest.param("throws", None, id="throws"),
        pytest.param("Error", None, id="error"),
        pytest.param("an error", None, id="an-error"),
        pytest.param("raises an error", None, id="raises-an-error"),
        pytest.param("raises error.", None, id="raises-error"),
        pytest.param("raises exception", None, id="raises-exception"),
        pytest.param("에러", None, id="korean"),
        pytest.param("오류", None, id="korean-other"),
        pytest.param("에러 발생", None, id="korean-happens"),
        pytest.param("오류가 난다", None, id="korean-sentence"),
        pytest.param("에러가 납니다", None, id="korean-polite-sentence"),
        pytest.param("에러가 납니다.", None, id="korean-sentence-with-a-full-stop"),
        pytest.param("에러 남", None, id="korean-note"),
        pytest.param("에러남", None, id="korean-note-in-one-word"),
        pytest.param("에러가 발생합니다", None, id="korean-sentence-of-happening"),
        pytest.param("오류입니다", None, id="korean-is"),
        pytest.param("Raises!", None, id="with-a-mark"),
        pytest.param("error: sizes do not match", None, id="with-words"),
        pytest.param("raises RuntimeError: bad shape", "RuntimeError", id="class-and-message"),
        pytest.param("raises runtimeerror", "RuntimeError", id="class-in-lower-case"),
        pytest.param("에러: RuntimeError 발생", "RuntimeError", id="korean-class-happens"),
        pytest.param("ｅｒｒｏｒ", None, id="full-width"),
        pytest.param("raises RuntimeError", "RuntimeError", id="class"),
        pytest.param("raises: RuntimeError", "RuntimeError", id="class-colon"),
        pytest.param("error(RuntimeError)", "RuntimeError", id="class-brackets"),
        pytest.param("raises an  IndexError", "IndexError", id="class-article"),
        pytest.param("raises torch.OutOfMemoryError", "OutOfMemoryError", id="class-module"),
        pytest.param("raises Boom", "Boom", id="own-class"),
        pytest.param("에러 ValueError", "ValueError", id="korean-class"),
    ],
)
def test_raises_is_an_answer_of_every_type(text: str, name: str | None, type_: AnswerType) -> None:
    answer = read(text, type_)
    assert isinstance(answer, Raises)
    assert (answer.name, answer.typed is not None) == (name, type_ in ("text", "none-or-text"))


@pytest.mark.parametrize("type_", [type_ for type_ in BASES if type_ != "text"])
@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("RuntimeError", "RuntimeError"),
        ("runtimeerror", "RuntimeError"),
        ("RuntimeError.", "RuntimeError"),
        ("RuntimeError 발생", "RuntimeError"),
        ("RuntimeError가 발생합니다.", "RuntimeError"),
        ("RuntimeError 에러가 납니다", "RuntimeError"),
        ("RuntimeError('bad shape')", "RuntimeError"),
        ("an IndexError", "IndexError"),
        ("ValueError 에러", "ValueError"),
        ("KeyboardInterrupt", "KeyboardInterrupt"),
        ("torch.cuda.OutOfMemoryError", "OutOfMemoryError"),
        ("RuntimeError: The size of tensor a (2) must match", "RuntimeError"),
    ],
)
def test_a_class_alone_means_that_it_raises(text: str, name: str, type_: AnswerType) -> None:
    assert read(text, type_) == Raises(name)


@pytest.mark.parametrize(
    ("text", "types"),
    [
        pytest.param("", BASES, id="nothing"),
        pytest.param("  \t ", BASES, id="only-space"),
        pytest.param("2.", ["bool", "dtype"], id="float"),
        pytest.param("2.5", ["shape", "int", "line"], id="half"),
        pytest.param("1e3", ["shape", "int", "line"], id="exponent"),
        pytest.param("9" * 400 + ".0", ["shape", "int", "line"], id="endless-whole-float"),
        pytest.param("에러 없음", ["shape", "int", "bool", "tensor", "tuple"], id="no-error"),
        pytest.param("line two", ["line"], id="line-in-words"),
        pytest.param("2 lines", ["line"], id="lines"),
        pytest.param("2.5,3", ["shape", "int", "float", "bool"], id="float-in-a-shape"),
        pytest.param("True,2", ["shape", "int", "float", "bool"], id="bool-in-a-shape"),
        pytest.param("1", ["bool", "dtype"], id="one-is-not-yes"),
        pytest.param("yes", ["shape", "int", "float", "dtype", "line"], id="yes-is-not-a-number"),
        pytest.param("none", ["shape", "int", "float", "bool", "dtype", "tensor"], id="none"),
        pytest.param("2,3", ["int", "float", "bool", "dtype", "line"], id="shape-for-a-number"),
        pytest.param("2x3", ["int", "tensor", "tuple"], id="product-only-for-shapes"),
        pytest.param("(2, 3", ["shape", "tensor", "tuple"], id="open-bracket"),
        pytest.param("2, 3)", ["shape", "tensor", "tuple"], id="stray-bracket"),
        pytest.param("2,,3", ["shape", "tensor", "tuple"], id="two-commas"),
        pytest.param("010", ["shape", "int", "float", "line"], id="leading-zero"),
        pytest.param("1+2", ["int", "float", "tensor"], id="arithmetic"),
        pytest.param("2**9**9**9", ["int", "float", "tensor"], id="bomb"),
        pytest.param("x", ["shape", "int", "float", "bool", "dtype", "tensor"], id="a-name"),
        pytest.param("float33", ["dtype"], id="no-such-dtype"),
        pytest.param("tensor([1.], made_by=<X>)", ["tensor"], id="not-python"),
        pytest.param("tensor([1], size=(2, 0))", ["tensor"], id="a-size-of-what-is-not-empty"),
        pytest.param("tensor([], size=(2, 3))", ["tensor"], id="a-size-that-is-not-empty"),
        pytest.param("tensor([], size=(x, 0))", ["tensor"], id="a-size-of-words"),
        pytest.param("tensor(tensor)", ["tensor"], id="tensor-of-a-word"),
        pytest.param("{1, 2}", ["shape", "tensor", "tuple"], id="a-set"),
        pytest.param("[x for x in y]", ["shape", "tensor", "tuple"], id="code"),
        pytest.param(
            "__import__('os').system('x')",
            [type_ for type_ in BASES if type_ not in ("text", "output")],
            id="a-call",
        ),
        pytest.param("errors out", ["shape", "bool", "tensor"], id="raises-no-class"),
        pytest.param("raises maybe", ["shape", "bool", "tensor"], id="raises-a-word"),
        pytest.param("-yes", ["bool", "tensor"], id="signed-word"),
        pytest.param("float('x')", ["float", "tensor"], id="float-of-a-word"),
        pytest.param("float(True)", ["float", "tensor"], id="float-of-a-bool"),
        pytest.param("1j", ["int", "float", "shape"], id="complex"),
        pytest.param("'5'", ["int", "float", "tensor"], id="a-string"),
        pytest.param("\x00", [type_ for type_ in BASES if type_ not in ("text", "output")], id="nul"),
        pytest.param("\ud800", ["shape", "int", "bool", "dtype", "tensor"], id="lone-surrogate"),
    ],
)
def test_what_cannot_be_read_names_an_example_of_its_type(text: str, types: list[PlainType]) -> None:
    assert [read(text, type_) for type_ in types] == [Unreadable(type_) for type_ in types]


@pytest.mark.parametrize("type_", [type_ for type_ in TYPES if type_.startswith("none-or-")])
def test_none_or_types_also_read_none_and_name_the_same_example(type_: AnswerType) -> None:
    assert [read(text, type_) for text in ("none", "None", "없음")] == [Literally(None)] * 3
    if type_ != "none-or-text":
        assert read("?!", type_) == Unreadable(plain_type(type_))


@pytest.mark.parametrize("type_", TYPES)
def test_a_megabyte_is_refused_by_its_length_alone(type_: AnswerType) -> None:
    assert read("[" * 1_000_000, type_) == Unreadable("too-long")
    assert read("1" * (MAX_LENGTH + 1), type_) == Unreadable("too-long")
    assert read("1" * 100, type_) != Unreadable("too-long")


@pytest.mark.parametrize("opening", ["[", "(", "-(", "tensor(", "{"])
def test_what_is_nested_too_deeply_is_unreadable(opening: str) -> None:
    closing = "".join({"[": "]", "(": ")", "{": "}"}.get(mark, "") for mark in reversed(opening))
    depth = MAX_LENGTH // (len(opening) + len(closing)) - 1
    assert read(opening * depth + "1" + closing * depth, "tensor") == Unreadable("tensor")
    assert read("[" * MAX_DEPTH + "1" + "]" * MAX_DEPTH, "tensor") != Unreadable("tensor")


pieces = st.sampled_from(
    "1 2. -0 , ( ) [ ] x × * - + ~ . 1e9 nan inf None yes 예 raises 에러 an Error RuntimeError torch. tensor( "
    "dtype= float32 Size( : ' \" { } lambda yield await ... \n \x00 \ud800 ２ ³ not if else for".split(" ")
)


@given(st.one_of(st.text(), st.lists(pieces).map("".join), st.lists(pieces).map(" ".join)))
@example("에러" + " " * (MAX_LENGTH - 3) + "!")
@example("-" * MAX_LENGTH)
@example("x." * (MAX_LENGTH // 2))
@example("not " * (MAX_LENGTH // 4))
@example("1e" + "9" * (MAX_LENGTH - 2))
@example("9" * 5000)
@example("9" * 5000 + "x2")
@example("2 " + "9" * 5000)
def test_any_text_is_an_answer_or_unreadable(text: str) -> None:
    """No text raises, at any static type; what is unreadable names an example there is."""
    for type_ in TYPES:
        answer = read(text, type_)
        assert isinstance(answer, Literally | Raises | Unreadable)
        if isinstance(answer, Unreadable):
            assert answer.example in (type_.removeprefix("none-or-"), "too-long", "class")


# --- tuples whose pieces are known ---

INTS: frozenset[Piece] = frozenset({"int"})
SHAPE_AND_DTYPE: frozenset[Piece] = frozenset({"int", "dtype"})


@pytest.mark.parametrize(
    ("text", "pieces", "value"),
    [
        pytest.param("3, 1", INTS, (3, 1), id="ints"),
        pytest.param("5", INTS, (5,), id="one-int"),
        pytest.param("()", INTS, (), id="none-of-them"),
        pytest.param("(3.0, 1.)", INTS, (3, 1), id="whole-floats"),
        pytest.param("((2, 3), (3, 1))", INTS, ((2, 3), (3, 1)), id="nested"),
        pytest.param("(2, 3), float32", SHAPE_AND_DTYPE, ((2, 3), Word("float32")), id="a-dtype"),
        pytest.param("1.0, 2", frozenset({"float"}), (TypedFloat("1.0"), 2), id="floats"),
        pytest.param("yes, False", frozenset({"bool"}), (True, False), id="bools"),
        pytest.param("None, 2", frozenset({"int", "none"}), (None, 2), id="none"),
        pytest.param("ndarray, 2", frozenset({"int", "text"}), (Word("ndarray"), 2), id="a-text"),
        pytest.param("help, 2", None, (Word("help"), 2), id="nothing-is-known"),
    ],
)
def test_a_tuple_is_read_of_the_pieces_that_it_may_hold(
    text: str, pieces: frozenset[Piece] | None, value: Typed
) -> None:
    assert read(text, "tuple", pieces) == Literally(value)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        pytest.param("stride (30, 1)", INTS, id="a-word-before-it"),
        pytest.param("help", INTS, id="a-word"),
        pytest.param("모름", INTS, id="a-korean-word"),
        pytest.param("three, one", INTS, id="numbers-in-words"),
        pytest.param("none", INTS, id="none"),
        pytest.param("True, False", INTS, id="bools"),
        pytest.param("3.5, 1", INTS, id="a-fraction"),
        pytest.param("tensor([3, 1])", INTS, id="a-tensor"),
        pytest.param("(2, 3), float33", SHAPE_AND_DTYPE, id="no-such-dtype"),
        pytest.param("(2, 3), yes", SHAPE_AND_DTYPE, id="a-bool-for-a-dtype"),
        pytest.param("3, 1", frozenset({"bool"}), id="ints-for-bools"),
    ],
)
def test_a_tuple_of_other_pieces_is_unreadable(text: str, pieces: frozenset[Piece]) -> None:
    assert read(text, "tuple", pieces) == Unreadable("tuple")


no_digits = st.lists(
    st.sampled_from(
        "help hint stride shape ( ) [ ] , . - + : x none None nan inf True yes no 에러 raises torch. Size( tensor( "
        "tuple( 모름 scalar infinity ~ {} '' = size= float ² ½ two".split(" ")
    )
)


@given(st.one_of(st.text(), no_digits.map(" ".join), no_digits.map("".join)))
@example("torch.Size([])")
@example("()")
def test_no_number_is_read_from_a_text_without_a_digit(text: str) -> None:
    """Words are no numbers: only an empty shape, none, nan and inf can be read where numbers are asked for."""
    if any(character.isnumeric() for character in text):
        return
    asked: tuple[tuple[AnswerType, frozenset[Piece] | None], ...]
    asked = (("shape", None), ("int", None), ("line", None), ("tuple", INTS), ("float", None))
    for type_, pieces in asked:
        answer = read(text, type_, pieces)
        if isinstance(answer, Literally):
            assert _is_empty(answer.value) or answer.value in (None, TypedFloat("nan"), *INFINITIES)


INFINITIES = floats("inf", "-inf", "nan", "-nan", "infinity", "-infinity")


def _is_empty(value: Typed) -> bool:
    return isinstance(value, tuple) and all(map(_is_empty, value))


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=8).map(tuple))
def test_a_shape_survives_every_way_to_write_it(shape: tuple[int, ...]) -> None:
    """read(spelling(shape)) == shape for all spellings of the answer's grammar."""
    bare = ",".join(map(str, shape))
    texts = [bare, repr(shape), repr(list(shape)), f"torch.Size({list(shape)})", " ".join(map(str, shape))]
    if len(shape) > 1:
        texts.append("x".join(map(str, shape)))
    assert {read(text, "shape") for text in texts} == {Literally(shape)}


@given(st.integers())
def test_an_integer_survives(number: int) -> None:
    """read(str(n), int) is n, and the same typed for a float."""
    assert read(str(number), "int") == read(str(number), "float") == Literally(number)


@given(st.floats())
def test_the_digits_of_a_float_are_kept(number: float) -> None:
    """A float keeps its text, so that the digits typed can count."""
    assert read(repr(number), "float") == Literally(TypedFloat(repr(number)))
