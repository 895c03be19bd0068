"""`forbid` and `only`: a function, its operators, its in-place form and its aliases are one."""

from __future__ import annotations

import pytest

from tensordrill.kinds.calls import Violation, canonical, violation
from tensordrill.sandbox.client import Sandbox
from tensordrill.sandbox.protocol import Job, Program

GIVEN = "\n".join(
    [
        "x = torch.arange(1., 5.).reshape(2, 2)",
        "i = torch.tensor([1, 0])",
        "b = torch.tensor([True, False])",
    ]
)


@pytest.mark.parametrize(
    ("name", "one"),
    [
        ("matmul", "matmul"),
        ("__matmul__", "matmul"),
        ("__rmatmul__", "matmul"),
        ("__add__", "add"),
        ("__radd__", "add"),
        ("__iadd__", "add"),
        ("add_", "add"),
        ("__truediv__", "div"),
        ("__rdiv__", "div"),
        ("__itruediv__", "div"),
        ("true_divide", "div"),
        ("__rfloordiv__", "floor_divide"),
        ("__invert__", "bitwise_not"),
        ("__ior__", "bitwise_or"),
        ("__index__", "index"),
        ("__rshift__", "bitwise_right_shift"),
        ("__getitem__", "index"),
        ("__setitem__", "index_put"),
        ("swapaxes", "transpose"),
        ("swapdims_", "transpose"),
        ("mT", "transpose"),
        ("T", "t"),
        ("moveaxis", "movedim"),
        ("reshape_as", "reshape"),
        ("concatenate", "cat"),
        ("clip_", "clamp"),
        ("relu", "relu"),
        ("__init__", "init"),
    ],
)
def test_all_names_of_a_function_are_one(name: str, one: str) -> None:
    assert canonical(name) == one


def test_a_name_that_stands_for_itself_stays() -> None:
    for name in ("reshape", "view", "t", "mm", "bmm", "matmul", "sum", "item", "repeat_interleave", "rot90"):
        assert canonical(name) == name


EXPRESSIONS = [
    pytest.param("x + 1", "add", id="plus"),
    pytest.param("1 + x", "add", id="plus-reversed"),
    pytest.param("torch.add(x, 1)", "add", id="torch-add"),
    pytest.param("x.add_(1)", "add", id="in-place-add"),
    pytest.param("x - 1", "sub", id="minus"),
    pytest.param("1 - x", "sub", id="minus-reversed"),
    pytest.param("2 * x", "mul", id="times"),
    pytest.param("x / 2", "div", id="over"),
    pytest.param("2 / x", "div", id="over-reversed"),
    pytest.param("x.__itruediv__(2)", "div", id="over-in-place"),
    pytest.param("x // 2", "floor_divide", id="floor"),
    pytest.param("2 // x", "floor_divide", id="floor-reversed"),
    pytest.param("x % 2", "remainder", id="modulo"),
    pytest.param("2 % x", "remainder", id="modulo-reversed"),
    pytest.param("x ** 2", "pow", id="power"),
    pytest.param("2 ** x", "pow", id="power-reversed"),
    pytest.param("x @ x", "matmul", id="at"),
    pytest.param("torch.matmul(x, x)", "matmul", id="torch-matmul"),
    pytest.param("-x", "neg", id="negated"),
    pytest.param("abs(x)", "abs", id="abs"),
    pytest.param("~b", "bitwise_not", id="not"),
    pytest.param("b & b", "bitwise_and", id="and"),
    pytest.param("b | b", "bitwise_or", id="or"),
    pytest.param("i ^ 1", "bitwise_xor", id="xor"),
    pytest.param("i << 1", "bitwise_left_shift", id="left-shift"),
    pytest.param("1 >> i", "bitwise_right_shift", id="right-shift-reversed"),
    pytest.param("x == 1", "eq", id="equal"),
    pytest.param("1 < x", "gt", id="less-turned-round"),
    pytest.param("x[0]", "index", id="index"),
    pytest.param("x.T", "t", id="property"),
    pytest.param("x.mT", "transpose", id="matrix-transpose"),
    pytest.param("torch.swapaxes(x, 0, 1)", "transpose", id="alias"),
    pytest.param("x.reshape(4)", "reshape", id="method"),
    pytest.param("getattr(x, 're' + 'shape')(4)", "reshape", id="name-not-in-the-text"),
    pytest.param("(lambda f: f(x, (4,)))(torch.reshape)", "reshape", id="through-a-variable"),
    pytest.param("torch.Tensor.reshape(x, 4)", "reshape", id="unbound-method"),
    pytest.param("[torch.cat([x, x]), x.sum()][1]", "cat", id="result-thrown-away"),
]


@pytest.mark.parametrize(("expression", "name"), EXPRESSIONS)
def test_what_torch_ran_is_forbidden_by_its_one_name(sandbox: Sandbox, expression: str, name: str) -> None:
    (observation,) = sandbox.run(Job((Program(given=GIVEN, value=expression, watch=True),)))
    assert observation.raised is None
    assert observation.calls is not None
    assert violation(observation.calls.names, [name], []) == Violation(f"without {name}", f"calls {name}")


@pytest.mark.parametrize(
    ("expression", "called"),
    [
        pytest.param("x.flatten()", ["flatten"], id="what-flatten-calls-is-not-seen"),
        pytest.param("x", [], id="nothing"),
        pytest.param("'reshape'", [], id="the-text-alone-is-nothing"),
        pytest.param("(x.shape, x.dim())", ["shape", "dim"], id="looking"),
        pytest.param("x.t() @ x.t()", ["t", "matmul"], id="each-once"),
    ],
)
def test_only_what_the_answer_itself_calls_is_seen(
    sandbox: Sandbox, expression: str, called: list[str]
) -> None:
    (observation,) = sandbox.run(Job((Program(given=GIVEN, value=expression, watch=True),)))
    assert observation.calls is not None
    assert list(observation.calls.names) == called


@pytest.mark.parametrize(
    ("called", "forbid", "only", "broken"),
    [
        pytest.param([], ["view"], [], None, id="nothing-called"),
        pytest.param(["t", "sum"], ["view"], [], None, id="others-are-free"),
        pytest.param(["view_as"], ["view"], [], ("without view", "calls view"), id="forbidden-alias"),
        pytest.param(["matmul"], ["__matmul__"], [], ("without matmul", "calls matmul"), id="rule-alias"),
        pytest.param(["__add__"], [], ["add"], None, id="only-by-operator"),
        pytest.param(["shape", "dim", "__len__", "add"], [], ["add"], None, id="looking-is-allowed"),
        pytest.param(["_set_grad_enabled", "add"], [], ["add"], None, id="a-setting-is-allowed"),
        pytest.param(["t"], [], ["sum", "add"], ("only add, sum", "calls t"), id="not-allowed"),
        pytest.param(["sum", "mul", "t"], [], ["sum"], ("only sum", "calls mul"), id="first-one-is-named"),
    ],
)
def test_the_first_broken_rule_is_told(
    called: list[str], forbid: list[str], only: list[str], broken: tuple[str, str] | None
) -> None:
    assert violation(called, forbid, only) == (None if broken is None else Violation(*broken))
