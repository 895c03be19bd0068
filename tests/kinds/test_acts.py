"""Two programs did the same with torch, or they did not, whatever they look like and whatever came of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tensordrill.kinds.acts import Acts, acts
from tensordrill.sandbox.calls import CallLog, LoggedCall, Region
from tensordrill.sandbox.client import Sandbox
from tensordrill.sandbox.protocol import Job, Observation, Program

GIVEN = """\
x = torch.arange(6.).reshape(2, 3)
y = torch.arange(6.).reshape(2, 3)
v = torch.arange(3.)
item = {"image": v}"""


def of(observation: Observation, *, compares_layout: bool = False) -> Acts:
    assert observation.calls is not None
    return acts(observation.calls, compares_layout=compares_layout)


def of_values(sandbox: Sandbox, *expressions: str, compares_layout: bool = False) -> list[Acts]:
    programs = tuple(Program(given=GIVEN, value=expression, watch=True) for expression in expressions)
    return [of(observation, compares_layout=compares_layout) for observation in sandbox.run(Job(programs))]


def of_statements(sandbox: Sandbox, *codes: str) -> list[Acts]:
    programs = tuple(Program(given=GIVEN, code=code, ask="None", watch=True) for code in codes)
    return [of(observation) for observation in sandbox.run(Job(programs))]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("x.t()", "torch.t(x)", id="method-and-function"),
        pytest.param("x.t()", "x.T", id="property"),
        pytest.param("x.t()", "x.transpose(0, 1)", id="the-same-view"),
        pytest.param("x.t()", "x.permute(1, 0)", id="permuted"),
        pytest.param("x + v.unsqueeze(0)", "x + v[None]", id="an-operand-by-none-and-unsqueeze"),
        pytest.param("x + v.view(3, 1).t()", "x + v[None]", id="an-operand-that-is-a-view-of-a-view"),
        pytest.param("x.view(3, 2).t()", "x.reshape(3, -1).permute(1, 0)", id="cut-and-ordered"),
        pytest.param("x.flatten()", "x.view(-1)", id="cut"),
        pytest.param("x.squeeze(0)", "x.squeeze(-2)", id="a-dim-counted-from-the-end"),
        pytest.param("x.squeeze(0)", "x.squeeze(dim=0)", id="a-dim-by-name"),
        pytest.param("x + 1", "1 + x", id="turned-round"),
        pytest.param("x + y", "torch.add(y, x)", id="either-order"),
        pytest.param("x - y", "x.sub(y)", id="operator-and-method"),
        pytest.param("x @ v", "torch.matmul(x, v)", id="at-and-matmul"),
        pytest.param("x.sum(1)", "x.sum(dim=-1)", id="arguments-that-come-to-the-same"),
        pytest.param("x.long()", "x.to(torch.int64)", id="converted"),
        pytest.param("x.t().clone()", "x.T.contiguous()", id="copied"),
        pytest.param("x.t().reshape(-1)", "x.t().flatten()", id="copied-by-reshape"),
        pytest.param("x.view(7)", "torch.Tensor.view(x, 7)", id="raises"),
        pytest.param("x.unsqueeze(0)", "print(x) or torch.unsqueeze(x, 0)", id="printed-besides"),
        pytest.param("x + len(x)", "x + x.shape[0]", id="looked-at-besides"),
        pytest.param(
            "(lambda i: i[:, None] == i)(torch.arange(3))",
            "torch.arange(3)[:, None] == torch.arange(3)",
            id="made-twice",
        ),
        pytest.param("item['image'][None]", "v[None]", id="one-tensor-in-two-ways"),
        pytest.param("torch.zeros(2)", "torch.zeros((2,))", id="made-of-nothing"),
        pytest.param("torch.empty(2)", "torch.empty(2)", id="never-filled"),
        pytest.param("x.to_sparse()", "x.to_sparse()", id="sparse"),
        pytest.param("(x.sum(0), x.sum(1))", "(x.sum(0), x.sum(1))", id="a-tuple"),
        pytest.param("torch.zeros(10**4) + 1", "1 + torch.zeros(10**4)", id="too-large-for-a-checksum"),
        pytest.param("[x[0] + 1 for _ in range(400)]", "[x[0] + 1 for _ in range(400)]", id="very-often"),
    ],
)
def test_expressions_that_do_the_same(sandbox: Sandbox, one: str, other: str) -> None:
    first, second = of_values(sandbox, one, other)
    assert first == second


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("x.squeeze(0)", "x", id="a-call-without-effect"),
        pytest.param("x.squeeze(0)", "x.squeeze(1)", id="another-dim-without-effect"),
        pytest.param("x.squeeze()", "x.squeeze(0)", id="no-dim-without-effect"),
        pytest.param("x.t()", "x.view(2, 3).t()", id="one-more-call-without-effect"),
        pytest.param("x.squeeze(0)", "x.view(2, 3)", id="another-function-without-effect"),
        pytest.param("x.contiguous()", "x.clone()", id="copied-or-not"),
        pytest.param("x", "y", id="another-tensor-of-the-same-values"),
        pytest.param("x + 1", "y + 1", id="another-operand-of-the-same-values"),
        pytest.param("x - y", "y - x", id="another-order"),
        pytest.param("x + x", "x * 2", id="another-function"),
        pytest.param("x.unsqueeze(-1)", "x[:, :, None]", id="none-and-unsqueeze"),
        pytest.param("v.view(3, 1).t()", "v[None]", id="one-view-in-two-ways"),
        pytest.param(
            "v.unsqueeze(1).unsqueeze(0)", "v.unsqueeze(0).unsqueeze(2)", id="one-view-in-another-order"
        ),
        pytest.param("(v + 1)[None]", "(v + 1).unsqueeze(0)", id="one-view-of-a-result-in-two-ways"),
        pytest.param("x.sum(0)", "x.sum(1)", id="another-result"),
        pytest.param("x.sum(0)[None]", "x.sum(0, keepdim=True)", id="the-same-result-in-another-way"),
        pytest.param("x[None]", "torch.tensor([[[0., 1., 2.], [3., 4., 5.]]])", id="written-out"),
        pytest.param("x.unsqueeze(0)", "3", id="a-number"),
        pytest.param("x.view(7)", "y.view(7)", id="raises-on-another"),
        pytest.param("x.view(7)", "(x + y).view(7)", id="raises-later"),
        pytest.param("x + 1", "x.add_(1)", id="the-same-values-in-place"),
        pytest.param("x.tolist()", "x[0].tolist()", id="another-list"),
        pytest.param("torch.zeros(10**4) + 1", "torch.zeros(10**4) + 2", id="too-large-for-a-checksum"),
        pytest.param("[x + 1 for _ in range(400)]", "[x + 1 for _ in range(401)]", id="very-often"),
    ],
)
def test_expressions_that_do_something_else(sandbox: Sandbox, one: str, other: str) -> None:
    first, second = of_values(sandbox, one, other)
    assert first != second


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("x = x - y", "z = x - y\nx = z", id="a-name-in-between"),
        pytest.param("x = x - v[None]", "w = v.unsqueeze(0)\nx = x - w", id="a-view-that-is-used"),
        pytest.param("x -= y", "x.sub_(y)", id="in-place"),
        pytest.param("x.view(-1)[5] = 0", "x.reshape(-1)[-1] = 0", id="written-through-a-view"),
        pytest.param("pass", "unused = 3", id="nothing-and-a-number"),
        pytest.param("pass", "z = x", id="another-name-for-the-same"),
        pytest.param("pass", "print(x)", id="printed"),
        pytest.param("pass", "with torch.no_grad(): pass", id="a-context"),
        pytest.param(
            "v.unsqueeze(0)", "print(torch.unsqueeze(v, 0).shape)", id="a-view-that-is-only-looked-at"
        ),
        pytest.param("x[0] = 9; y[0] = 8", "y[0] = 8; x[0] = 9", id="two-writes"),
    ],
)
def test_statements_that_do_the_same(sandbox: Sandbox, one: str, other: str) -> None:
    first, second = of_statements(sandbox, one, other)
    assert first == second


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("x = x - y", "z = x - y", id="a-new-name"),
        pytest.param("x = x - y", "x = y", id="rebound-to-another"),
        pytest.param("x = x - y", "x = 3", id="rebound-to-a-number"),
        pytest.param("x.contiguous()", "pass", id="a-call-without-effect"),
        pytest.param("v.unsqueeze(0)", "z = v.unsqueeze(0)", id="a-view-that-is-kept"),
        pytest.param("v.unsqueeze(0)", "pass", id="a-view-that-nothing-uses"),
        pytest.param("x -= y", "x = x - y", id="in-place-or-not"),
        pytest.param("x[0] = 9", "x[1] = 9", id="another-place"),
        pytest.param("x[0] = 9", "x[0] = 8", id="another-value"),
        pytest.param("x[0] = 9", "x[0] = 9\ny[0] = 9", id="one-more"),
        pytest.param("x[0] = 9\nz = x + 1", "z = x + 1\nx[0] = 9", id="another-moment"),
        pytest.param("x.requires_grad = True", "pass", id="a-setting"),
        pytest.param("x = x.t()", "pass", id="a-view-by-the-same-name"),
        pytest.param("x = v[None]", "x = v.unsqueeze(0)", id="a-view-by-a-given-name-in-two-ways"),
    ],
)
def test_statements_that_do_something_else(sandbox: Sandbox, one: str, other: str) -> None:
    first, second = of_statements(sandbox, one, other)
    assert first != second


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("x.t().clone()", "x.t().contiguous()", id="copies-of-two-layouts"),
        pytest.param("x.t() + 1", "x.t().contiguous() + 1", id="results-of-two-layouts"),
    ],
)
def test_the_layout_of_what_is_new_counts_where_it_is_compared(
    sandbox: Sandbox, one: str, other: str
) -> None:
    first, second = of_values(sandbox, one, other, compares_layout=True)
    assert first != second


sizes = st.lists(st.integers(0, 3), max_size=3).map(tuple)
regions = st.builds(
    Region, st.integers(0, 3), st.sampled_from(["int64", ""]), st.integers(0, 8), sizes, sizes
)
places = st.lists(st.integers(0, 3), max_size=3).map(tuple)
functions = st.sampled_from(
    ["add", "t", "squeeze", "shape", "requires_grad", "__getitem__", "clone", "", "_x"]
)
made = st.builds(
    LoggedCall,
    functions,
    operands=places,
    plain=st.lists(st.integers(-3, 3) | st.just("x"), max_size=2).map(tuple),
    results=places,
    wrote=places,
    values=st.sampled_from(["", "1234"]),
    raised=st.booleans(),
)
named = st.dictionaries(st.sampled_from("xyz"), places, max_size=3)


@given(
    st.builds(
        CallLog,
        regions=st.lists(regions, min_size=4, max_size=4).map(tuple),
        made=st.lists(made, max_size=5).map(tuple),
        more=st.integers(0, 2),
        given=named,
        bound=named,
        result=places,
    ),
    st.booleans(),
)
def test_whatever_a_child_may_report_has_acts(calls: CallLog, compares_layout: bool) -> None:
    """acts never raises, and a run did what it did."""
    program_acts = acts(calls, compares_layout=compares_layout)
    assert program_acts == acts(calls, compares_layout=compares_layout)
