"""The kind of answer is told from the expression, without running it."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tensordrill.bank.schema import AnswerType
from tensordrill.kinds.answer_type import Piece, pieces, static_type


@pytest.mark.parametrize(
    ("ask", "type_"),
    [
        ("x.shape", "shape"),
        ("x.t().shape", "shape"),
        ("x.size()", "shape"),
        ("x.shape[1:]", "shape"),
        ("x.shape + (1,)", "shape"),
        ("x.shape[0]", "int"),
        ("x.shape[-1]", "int"),
        ("x.size(0)", "int"),
        ("x.size(dim=0)", "int"),
        ("x.stride()", "tuple"),
        ("x.stride()[0]", "int"),
        ("x.stride(0)", "int"),
        ("x.stride()[::-1]", "tuple"),
        ("x.dim()", "int"),
        ("x.ndim", "int"),
        ("len(x)", "int"),
        ("x.numel() * 2", "int"),
        ("2 * x.numel()", "int"),
        ("-x.dim()", "int"),
        ("x.numel() / 2", "float"),
        ("x.numel() * 0.5", "float"),
        ("float(x.sum())", "float"),
        ("1.5", "float"),
        ("x.is_contiguous()", "bool"),
        ("not x.is_contiguous()", "bool"),
        ("x is y", "bool"),
        ("x.grad is None", "bool"),
        ("3 in x.shape", "bool"),
        ("x.shape == y.shape", "bool"),
        ("y.shape == x", "bool"),
        ("x.dtype == torch.float32", "bool"),
        ("x.numel() == 6", "bool"),
        ("x.item() > 3", "bool"),
        ("torch.equal(x, y)", "bool"),
        ("shares_memory(x, y)", "bool"),
        ("changed(x)", "bool"),
        ("x.requires_grad and y.requires_grad", "bool"),
        ("True", "bool"),
        ("x.dtype", "dtype"),
        ("type(x).__name__", "text"),
        ("str(x.dtype)", "text"),
        ("'a' + 'b'", "text"),
        ("warns", "text"),
        ("line", "line"),
        ("(x.shape, x.dim())", "tuple"),
        ("x.shape, 1", "tuple"),
        ("tuple(x.shape)", "tuple"),
        ("x.shape if x.dim() else y.shape", "shape"),
        (" x.shape ", "shape"),
    ],
)
def test_the_expression_tells_the_type(ask: str, type_: str) -> None:
    assert static_type(ask) == type_


@pytest.mark.parametrize(
    "ask",
    [
        pytest.param("x", id="name"),
        pytest.param("x @ y", id="matmul"),
        pytest.param("2 * x", id="number-times-tensor"),
        pytest.param("-x", id="negated"),
        pytest.param("x > 0", id="tensor-against-a-number"),
        pytest.param("0 < x", id="number-against-a-tensor"),
        pytest.param("x == y", id="elementwise"),
        pytest.param("x[0]", id="indexed"),
        pytest.param("x.sum()", id="reduced"),
        pytest.param("x.any()", id="any-of-a-tensor"),
        pytest.param("x.tolist()", id="list"),
        pytest.param("len(x) + x", id="int-plus-tensor"),
        pytest.param("f(x)(y)", id="unknown-call"),
        pytest.param("None", id="none"),
        pytest.param("x.shape[", id="not-python"),
        pytest.param("\x00", id="nul"),
        pytest.param("(" * 5000, id="too-deep"),
    ],
)
def test_what_nothing_tells_is_a_tensor(ask: str) -> None:
    assert static_type(ask) == "tensor"


@given(st.text())
def test_any_text_has_a_type(ask: str) -> None:
    """static_type is total: it never raises, and gives an answer type."""
    assert static_type(ask) in get_args(AnswerType)


@pytest.mark.parametrize(
    ("ask", "kinds"),
    [
        pytest.param("x.stride()", {"int"}, id="stride"),
        pytest.param("x.stride()[::-1]", {"int"}, id="a-slice-of-it"),
        pytest.param("x.shape", {"int"}, id="shape"),
        pytest.param("(x.shape, x.stride())", {"int"}, id="tuples-of-ints"),
        pytest.param("tuple(len(p) for p in pieces)", {"int"}, id="generated"),
        pytest.param("tuple([p.shape for p in pieces])", {"int"}, id="listed"),
        pytest.param("tuple(x.shape)", {"int"}, id="converted"),
        pytest.param("(*x.shape, 1)", {"int"}, id="starred"),
        pytest.param("(x.shape, x.dtype)", {"int", "dtype"}, id="a-dtype"),
        pytest.param("(x.is_contiguous(), x.dim())", {"bool", "int"}, id="a-bool"),
        pytest.param("(x.dim(), type(x).__name__)", {"int", "text"}, id="a-text"),
        pytest.param("(x.item(), x.tolist())", {"int", "float", "bool"}, id="numbers-of-a-tensor"),
        pytest.param("(x.dim(), None)", {"int", "none"}, id="none"),
        pytest.param("(x.dim() if x.ndim else None, 1)", {"int", "none"}, id="either"),
        pytest.param("(x.shape or x.dtype, 1)", {"int", "dtype"}, id="or"),
        pytest.param("(x, 1)", None, id="a-name"),
        pytest.param("tuple(f(p) for p in x)", None, id="a-call"),
        pytest.param("x.names", None, id="an-attribute"),
        pytest.param("x.shape[", None, id="not-python"),
        pytest.param("line", None, id="line"),
    ],
)
def test_the_expression_tells_what_a_tuple_may_hold(ask: str, kinds: set[Piece] | None) -> None:
    assert pieces(ask) == kinds


@given(st.text())
def test_any_text_may_hold_something_or_is_not_known(ask: str) -> None:
    """pieces is total: it never raises."""
    assert pieces(ask) is None or isinstance(pieces(ask), frozenset)
