"""Observations: the acts of torch in one program, as facts."""

from __future__ import annotations

import struct

import numpy as np
import pytest

from tensordrill.kinds.instructions import result_in_words
from tensordrill.sandbox.client import Sandbox
from tensordrill.sandbox.protocol import (
    Bool,
    Class,
    Complex,
    Dict,
    Dtype,
    Float,
    Int,
    Job,
    Limits,
    List,
    Nothing,
    Observation,
    Other,
    Program,
    Raised,
    Size,
    Tensor,
    Text,
    Tuple,
    Value,
)

X = "x = torch.arange(6.).reshape(2, 3)"


def see(sandbox: Sandbox, program: Program) -> Observation:
    """The observation of one program; a crash fails the test."""
    (observation,) = sandbox.run(Job((program,), limits=Limits(patience=1)))
    assert observation.failure is None
    return observation


def value(sandbox: Sandbox, ask: str, code: str = "", given: str = "") -> Value | None:
    observation = see(sandbox, Program(given=given, code=code, ask=ask))
    assert observation.raised is None
    return observation.value


def floats(*numbers: float) -> bytes:
    return struct.pack(f"<{len(numbers)}f", *numbers)


def longs(*numbers: int) -> bytes:
    return struct.pack(f"<{len(numbers)}q", *numbers)


# ---- given, code, value, ask -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("program", "outcome"),
    [
        pytest.param(Program(), Nothing(), id="nothing"),
        pytest.param(Program(given="x = 1", ask="x"), Int("1"), id="given-and-ask"),
        pytest.param(Program(given="x = 1", code="x = x + 1", ask="x"), Int("2"), id="code-after-given"),
        pytest.param(Program(given="x = 1", value="x + 1"), Int("2"), id="value-is-the-result"),
        pytest.param(Program(value="2", ask="it + 1"), Int("3"), id="it-is-the-value"),
        pytest.param(Program(code="it = 2"), Int("2"), id="it-set-by-code"),
        pytest.param(Program(given="it = 2", value="3"), Int("3"), id="value-wins"),
        pytest.param(Program(code="x = 1", ask="  x\n"), Int("1"), id="ask-with-spaces"),
        pytest.param(Program(value="(1,\n 2)"), Tuple((Int("1"), Int("2"))), id="value-of-two-lines"),
        pytest.param(Program(ask="(nn, F, np, math) and __name__"), Text("__main__"), id="names"),
        pytest.param(Program(code="def f(): return y\ny = 4", ask="f()"), Int("4"), id="functions-see-names"),
        pytest.param(
            Program(setup="x = 1", given="y = x + 1", ask="(x, y)"), Tuple((Int("1"), Int("2"))), id="setup"
        ),
    ],
)
def test_steps_of_a_program(sandbox: Sandbox, program: Program, outcome: Value) -> None:
    observation = see(sandbox, program)
    assert (observation.value, observation.raised) == (outcome, None)


@pytest.mark.parametrize(
    ("program", "raised"),
    [
        pytest.param(
            Program(given="a = 1\n1 / 0", code="b = 2"),
            Raised(("ZeroDivisionError", "ArithmeticError", "Exception"), "division by zero", 2, "given"),
            id="in-given",
        ),
        pytest.param(
            Program(given="a = 1\nb = 2", code="c = 3\nd"),
            Raised(("NameError", "Exception"), "name 'd' is not defined", 4, "code"),
            id="lines-go-on-in-code",
        ),
        pytest.param(
            Program(code="\n\na"),
            Raised(("NameError", "Exception"), "name 'a' is not defined", 3, "code"),
            id="no-given",
        ),
        pytest.param(
            Program(given="def f(n):\n    return 1 // n", code="a = 1\nf(0)"),
            Raised(
                ("ZeroDivisionError", "ArithmeticError", "Exception"),
                "integer division or modulo by zero",
                2,
                "code",
            ),
            id="innermost-line",
        ),
        pytest.param(
            Program(given="a = 1", code="b = (2\nc = 3"),
            Raised(
                ("SyntaxError", "Exception"),
                "'(' was never closed (<program>, line 2)",
                2,
                "code",
            ),
            id="syntax-error",
        ),
        pytest.param(
            Program(code="x = [\n    1,\n    2 / 0,\n]"),
            Raised(("ZeroDivisionError", "ArithmeticError", "Exception"), "division by zero", 3, "code"),
            id="line-in-a-statement",
        ),
        pytest.param(
            Program(code="a = 1", value="b"),
            Raised(("NameError", "Exception"), "name 'b' is not defined", None, "value"),
            id="in-value",
        ),
        pytest.param(
            Program(code="a = 1", ask="b"),
            Raised(("NameError", "Exception"), "name 'b' is not defined", None, "ask"),
            id="in-ask",
        ),
        pytest.param(
            Program(setup="a = 1\na / 0", given="b = 1"),
            Raised(("ZeroDivisionError", "ArithmeticError", "Exception"), "division by zero", None, "setup"),
            id="in-setup",
        ),
        pytest.param(
            Program(setup="a = (", given="b = 1"),
            Raised(("SyntaxError", "Exception"), "'(' was never closed (<setup>, line 1)", None, "setup"),
            id="setup-does-not-parse",
        ),
        pytest.param(
            Program(setup="\n\ndef f(): return 1 / 0", given="b = 1", code="f()"),
            Raised(("ZeroDivisionError", "ArithmeticError", "Exception"), "division by zero", 2, "code"),
            id="a-setup-has-no-lines",
        ),
        pytest.param(
            Program(code="a = 1", ask="(a"),
            Raised(("SyntaxError", "Exception"), "'(' was never closed (<ask>, line 1)", None, "ask"),
            id="ask-does-not-parse",
        ),
        pytest.param(
            Program(value="(a"),
            Raised(
                ("SyntaxError", "Exception"), "'(' was never closed (<expression>, line 1)", None, "value"
            ),
            id="value-does-not-parse",
        ),
        pytest.param(
            Program(code="import sys\nsys.exit(3)"), Raised(("SystemExit",), "3", 2, "code"), id="sys.exit"
        ),
        pytest.param(
            Program(code="raise KeyboardInterrupt"),
            Raised(("KeyboardInterrupt",), "", 1, "code"),
            id="keyboard-interrupt",
        ),
        pytest.param(
            Program(code="class E(ValueError):\n    def __str__(self): return 1 / 0\nraise E"),
            Raised(("E", "ValueError", "Exception"), "", 3, "code"),
            id="str-raises",
        ),
        pytest.param(
            Program(code="class E(Exception):\n    def __str__(self): raise SystemExit\nraise E"),
            Raised(("E", "Exception"), "", 3, "code"),
            id="str-exits",
        ),
        pytest.param(
            Program(code="class E(Exception):\n    def __str__(self): return 7\nraise E"),
            Raised(("E", "Exception"), "", 3, "code"),
            id="str-is-no-text",
        ),
        pytest.param(
            Program(code="raise ValueError('\\ud800' + 'y' * 5000)"),
            Raised(("ValueError", "Exception"), "\\ud800" + "y" * 3998 + "…", 1, "code"),
            id="lone-surrogate-and-long",
        ),
        pytest.param(
            Program(code="def f(): f()\nf()"),
            Raised(
                ("RecursionError", "RuntimeError", "Exception"), "maximum recursion depth exceeded", 1, "code"
            ),
            id="recursion",
        ),
        pytest.param(
            Program(code="try:\n    1 / 0\nexcept ZeroDivisionError:\n    [][0]"),
            Raised(("IndexError", "LookupError", "Exception"), "list index out of range", 4, "code"),
            id="while-handling",
        ),
    ],
)
def test_what_was_raised(sandbox: Sandbox, program: Program, raised: Raised) -> None:
    observation = see(sandbox, program)
    assert (observation.raised, observation.value) == (raised, None)


@pytest.mark.parametrize(
    ("code", "ask", "outcome"),
    [
        pytest.param("1 / 0", "raised", Class("ZeroDivisionError"), id="raised"),
        pytest.param("1", "raised", Nothing(), id="nothing-raised"),
        pytest.param("1 / 0", "issubclass(raised, ArithmeticError)", Bool(True), id="a-class"),
        pytest.param("x = 5; 1 / 0", "(raised is None, x)", Tuple((Bool(False), Int("5"))), id="names-stay"),
        pytest.param("import warnings; warnings.warn('w')", "warned", Class("UserWarning"), id="warned"),
        pytest.param("1", "warned", Nothing(), id="nothing-warned"),
        pytest.param(
            "import warnings; warnings.warn('w', FutureWarning); warnings.warn('w')",
            "warned",
            Class("FutureWarning"),
            id="the-first-warning",
        ),
        pytest.param("x = torch.ones(3).T", "warned", Class("UserWarning"), id="torch-warns"),
    ],
)
def test_asking_what_was_raised_or_warned(sandbox: Sandbox, code: str, ask: str, outcome: Value) -> None:
    assert see(sandbox, Program(code=code, ask=ask)).value == outcome


def test_raised_can_be_asked_of_the_value_too(sandbox: Sandbox) -> None:
    observation = see(sandbox, Program(value="1 / 0", ask="raised is not None"))
    assert observation.value == Bool(True)
    assert observation.raised is not None
    assert (observation.raised.name, observation.raised.where) == ("ZeroDivisionError", "value")


# ---- values ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ask", "outcome"),
    [
        pytest.param("None", Nothing(), id="none"),
        pytest.param("True", Bool(True), id="bool"),
        pytest.param("-10**299", Int("-1" + "0" * 299), id="long-int"),
        pytest.param("10**300", Other("int", "an integer of more than 300 digits"), id="too-long-int"),
        pytest.param("10**10_000", Other("int", "an integer of more than 300 digits"), id="unprintable-int"),
        pytest.param("0.1 + 0.2", Float("0.30000000000000004"), id="float"),
        pytest.param(
            "(-0.0, 1e300, 5e-324)", Tuple((Float("-0.0"), Float("1e+300"), Float("5e-324"))), id="floats"
        ),
        pytest.param(
            "(math.nan, math.inf, -math.inf)",
            Tuple((Float("nan"), Float("inf"), Float("-inf"))),
            id="not-finite",
        ),
        pytest.param("complex(-0.0, math.inf)", Complex(Float("-0.0"), Float("inf")), id="complex"),
        pytest.param("'é\\ud800\\x1b'", Text("é\\ud800\\x1b"), id="text"),
        pytest.param("'y' * 5000", Text("y" * 3999 + "…"), id="long-text"),
        pytest.param("torch.bfloat16", Dtype("bfloat16"), id="dtype"),
        pytest.param("torch.device('cpu')", Text("cpu"), id="device"),
        pytest.param("torch.zeros(2, 0).shape", Size((2, 0)), id="size"),
        pytest.param("torch.Size([])", Size(()), id="empty-size"),
        pytest.param("[1, (2, [])]", List((Int("1"), Tuple((Int("2"), List(()))))), id="nested"),
        pytest.param("{'a': 1, 2: None}", Dict(((Text("a"), Int("1")), (Int("2"), Nothing()))), id="dict"),
        pytest.param("nn.Linear", Class("Linear"), id="class"),
        pytest.param("{3}", Other("set", "{3}"), id="set"),
        pytest.param("range(2)", Other("range", "range(0, 2)"), id="range"),
        pytest.param("np.float32(1.5)", Other("float32", repr(np.float32(1.5))), id="numpy-scalar"),
        pytest.param("np.arange(2)", Other("ndarray", "array([0, 1])"), id="numpy-array"),
        pytest.param("torch.strided", Other("layout", "torch.strided"), id="layout"),
    ],
)
def test_values(sandbox: Sandbox, ask: str, outcome: Value) -> None:
    assert value(sandbox, ask) == outcome


@pytest.mark.parametrize(
    ("code", "outcome"),
    [
        pytest.param("def it(): pass", Other("function", "<function it>"), id="function"),
        pytest.param("class A(int): pass\nit = A(1)", Other("A", "1"), id="int"),
        pytest.param("class A(float): pass\nit = A(1)", Other("A", "1.0"), id="float"),
        pytest.param("class A(list): pass\nit = A([1])", Other("A", "[1]"), id="list"),
        pytest.param("class A(dict): pass\nit = A(a=1)", Other("A", "{'a': 1}"), id="dict"),
        pytest.param("class A(tuple): pass\nit = A((1,))", Other("A", "(1,)"), id="tuple"),
        pytest.param(
            "class A(torch.Tensor): pass\nit = torch.ones(1).as_subclass(A)",
            Other("A", "A([1.])"),
            id="tensor",
        ),
        pytest.param(
            "class A(nn.Parameter): pass\nit = A(torch.ones(1))",
            Other("A", "Parameter containing:\nParameter(A([1.], requires_grad=True))"),
            id="parameter",
        ),
    ],
)
def test_a_subclass_does_not_pass_for_its_base(sandbox: Sandbox, code: str, outcome: Value) -> None:
    assert see(sandbox, Program(code=code)).value == outcome


@pytest.mark.parametrize(
    ("code", "outcome"),
    [
        pytest.param("class A:\n    def __repr__(self): 1 / 0\nit = A()", Other("A", "<A>"), id="raises"),
        pytest.param("class A:\n    def __repr__(self): return 7\nit = A()", Other("A", "<A>"), id="no-text"),
        pytest.param(
            "class A:\n    def __repr__(self): return '\\ud800' * 5000\nit = A()",
            Other("A", "\\ud800" * 3999 + "…"),
            id="surrogates",
        ),
        pytest.param(
            "class A:\n    def __eq__(self, other): return True\n    def __repr__(self): return 'a'\nit = A()",
            Other("A", "a"),
            id="equal-to-everything",
        ),
    ],
)
def test_repr_that_misbehaves(sandbox: Sandbox, code: str, outcome: Value) -> None:
    assert see(sandbox, Program(code=code)).value == outcome


def test_repr_that_exits_is_raised(sandbox: Sandbox) -> None:
    observation = see(
        sandbox, Program(code="class A:\n    def __repr__(self): raise SystemExit(1)\nit = A()")
    )
    assert (observation.value, observation.raised) == (None, Raised(("SystemExit",), "1", 2, "facets"))


def test_a_list_within_itself_has_an_end(sandbox: Sandbox) -> None:
    outcome = value(sandbox, "x", code="x = []\nx.append(x)")
    depth = 0
    while isinstance(outcome, List):
        (outcome,) = outcome.v
        depth += 1
    assert (depth, outcome) == (20, Other("list", "[[...]]"))


@pytest.mark.parametrize(
    ("ask", "expected"),
    [
        pytest.param("torch.ones(2, 2).max(0)", (2,), id="max"),
        pytest.param("torch.ones(2).sort()", (2,), id="sort"),
        pytest.param("torch.linalg.slogdet(torch.eye(2))", (), id="slogdet"),
    ],
)
def test_what_torch_returns_in_pairs_is_a_tuple(
    sandbox: Sandbox, ask: str, expected: tuple[int, ...]
) -> None:
    pair = value(sandbox, ask)
    assert isinstance(pair, Tuple)
    assert [part.shape for part in pair.v if isinstance(part, Tensor)] == [expected, expected]


# ---- tensors ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ask", "expected"),
    [
        pytest.param(
            "torch.tensor([1.5, -0.0])", Tensor("float32", (2,), floats(1.5, -0.0)), id="negative-zero"
        ),
        pytest.param(
            "torch.tensor([math.nan, math.inf, -math.inf])",
            Tensor("float32", (3,), floats(float("nan"), float("inf"), -float("inf"))),
            id="not-finite",
        ),
        pytest.param(
            "torch.arange(6).reshape(2, 3).t()",
            Tensor("int64", (3, 2), longs(0, 3, 1, 4, 2, 5)),
            id="transposed",
        ),
        pytest.param(
            "torch.arange(6)[1::2]", Tensor("int64", (3,), longs(1, 3, 5)), id="strided-with-offset"
        ),
        pytest.param(
            "torch.tensor(7).expand(2, 2)", Tensor("int64", (2, 2), longs(7, 7, 7, 7)), id="expanded"
        ),
        pytest.param("torch.tensor(7)", Tensor("int64", (), longs(7)), id="0-d"),
        pytest.param("torch.zeros(2, 0)", Tensor("float32", (2, 0), b""), id="empty"),
        pytest.param("torch.tensor([True, False])", Tensor("bool", (2,), b"\1\0"), id="bool"),
        pytest.param(
            "torch.tensor([255, 1], dtype=torch.uint8)", Tensor("uint8", (2,), b"\xff\1"), id="uint8"
        ),
        pytest.param("torch.tensor([-2], dtype=torch.int16)", Tensor("int16", (1,), b"\xfe\xff"), id="int16"),
        pytest.param(
            "torch.tensor([2**32 - 1], dtype=torch.uint32)", Tensor("uint32", (1,), b"\xff" * 4), id="uint32"
        ),
        pytest.param(
            "torch.tensor([1.0, -2.0], dtype=torch.float16)",
            Tensor("float16", (2,), b"\0\x3c\0\xc0"),
            id="float16",
        ),
        pytest.param(
            "torch.tensor([1.0, -2.0], dtype=torch.bfloat16)",
            Tensor("bfloat16", (2,), b"\x80\x3f\0\xc0"),
            id="bfloat16",
        ),
        pytest.param(
            "torch.tensor([1.0], dtype=torch.float64)",
            Tensor("float64", (1,), struct.pack("<d", 1)),
            id="float64",
        ),
        pytest.param("torch.tensor([1 + 2j])", Tensor("complex64", (1,), floats(1, 2)), id="complex64"),
        pytest.param(
            "torch.tensor([1 + 2j]).conj()", Tensor("complex64", (1,), floats(1, -2)), id="conjugate"
        ),
        pytest.param(
            "torch.tensor([1 + 2j]).conj().imag", Tensor("float32", (1,), floats(-2)), id="negative-view"
        ),
        pytest.param(
            "torch.ones(1, requires_grad=True) * 2", Tensor("float32", (1,), floats(2)), id="with-grad"
        ),
        pytest.param(
            "nn.Parameter(torch.ones(1))", Tensor("float32", (1,), floats(1), parameter=True), id="parameter"
        ),
        pytest.param(
            "nn.Linear(1, 1).weight.data.zero_()", Tensor("float32", (1, 1), floats(0)), id="parameter-data"
        ),
        pytest.param("torch.ones([1] * 64)", Tensor("float32", (1,) * 64, floats(1)), id="64-dims"),
    ],
)
def test_tensors(sandbox: Sandbox, ask: str, expected: Tensor) -> None:
    assert value(sandbox, ask) == expected


@pytest.mark.parametrize(
    ("ask", "sentence"),
    [
        pytest.param("torch.eye(2).to_sparse()", "a tensor with layout torch.sparse_coo", id="sparse"),
        pytest.param(
            "torch.eye(2).to_sparse_csr()", "a tensor with layout torch.sparse_csr", id="sparse-csr"
        ),
        pytest.param("torch.ones(2, device='meta')", "a tensor on device meta", id="meta"),
        pytest.param(
            "torch.nested.nested_tensor([torch.ones(2), torch.ones(3)])", "a nested tensor", id="nested"
        ),
        pytest.param(
            "torch.quantize_per_tensor(torch.ones(2), 0.1, 0, torch.quint8)",
            "a quantized tensor",
            id="quantized",
        ),
        pytest.param(
            "torch.ones(2).to(torch.float8_e5m2)",
            "a tensor of dtype torch.float8_e5m2, which is not compared",
            id="float8",
        ),
        pytest.param(
            "torch.ones(1).expand(10**12)",
            "a tensor of 1000000000000 elements; 50000 are the most that is compared",
            id="huge",
        ),
        pytest.param(
            "torch.ones(50_001)",
            "a tensor of 50001 elements; 50000 are the most that is compared",
            id="one-too-many",
        ),
        pytest.param(
            "torch.zeros(10**9, 0)",
            "a tensor of shape (1000000000, 0), too large to be compared",
            id="huge-and-empty",
        ),
        pytest.param(
            "torch.ones([1] * 65)", f"a tensor of shape {(1,) * 65}, too large to be compared", id="65-dims"
        ),
    ],
)
def test_tensors_that_cannot_be_compared(sandbox: Sandbox, ask: str, sentence: str) -> None:
    assert value(sandbox, ask) == Other("Tensor", sentence)
    assert result_in_words("type", sentence, "en") == sentence
    assert "텐서" in result_in_words("type", sentence, "ko")


def test_a_tensor_whose_memory_is_gone(sandbox: Sandbox) -> None:
    outcome = value(sandbox, "(x, changed(x))", given=X, code="x.untyped_storage().resize_(0)")
    assert outcome == Tuple((Other("Tensor", "a tensor whose memory was taken away"), Bool(True)))
    assert result_in_words("type", "a tensor whose memory was taken away", "ko") == "메모리가 사라진 텐서"


@pytest.mark.parametrize(
    "ask",
    [
        "torch.empty(3)",
        "torch.empty_like(torch.ones(3))",
        "torch.ones(1).new_empty(3)",
        "torch.ones(1).resize_(3)[1:]",
    ],
)
def test_exact_runs_show_memory_that_was_never_written(sandbox: Sandbox, ask: str) -> None:
    observation = see(sandbox, Program(ask=f"{ask}.isnan().all().item()", exact=True))
    assert observation.value == Bool(True)


def test_exact_runs_show_integers_that_were_never_written(sandbox: Sandbox) -> None:
    observation = see(sandbox, Program(ask="torch.empty(2, dtype=torch.int64)", exact=True))
    assert observation.value == Tensor("int64", (2,), longs(2**63 - 1, 2**63 - 1))


def test_the_next_run_is_not_exact(sandbox: Sandbox) -> None:
    asked = "torch.are_deterministic_algorithms_enabled()"
    observations = sandbox.run(Job((Program(ask=asked, exact=True), Program(ask=asked))))
    assert [one.value for one in observations] == [Bool(True), Bool(False)]


# ---- facets ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("result", "stride", "contiguous", "memory"),
    [
        pytest.param("x", (3, 1), True, ("x", "row"), id="itself"),
        pytest.param("x.t()", (1, 3), False, ("x", "row"), id="transposed"),
        pytest.param("x.t().contiguous()", (2, 1), True, (), id="made-contiguous"),
        pytest.param("x.contiguous()", (3, 1), True, ("x", "row"), id="already-contiguous"),
        pytest.param("x[1]", (1,), True, ("x", "row"), id="row"),
        pytest.param("x[0]", (1,), True, ("x",), id="another-row"),
        pytest.param("x[:, ::2]", (3, 2), False, ("x", "row"), id="strided"),
        pytest.param("x[[0]]", (3, 1), True, (), id="indexed-copies"),
        pytest.param("row.expand(2, 3)", (0, 1), False, ("x", "row"), id="expanded"),
        pytest.param("x[:0]", (3, 1), True, (), id="empty"),
        pytest.param("other", (), True, ("other",), id="0-d"),
    ],
)
def test_facets(
    sandbox: Sandbox, result: str, stride: tuple[int, ...], contiguous: bool, memory: tuple[str, ...]
) -> None:
    given = f"{X}\nrow = x[1]\nother = torch.tensor(1)\nnumber = 3\n_hidden = x"
    observation = see(sandbox, Program(given=given, value=result, facets=("stride", "contiguous", "memory")))
    assert isinstance(observation.value, Tensor)
    assert (observation.value.stride, observation.value.contiguous, observation.value.memory) == (
        stride,
        contiguous,
        memory,
    )


def test_facets_of_the_pieces_of_a_tuple(sandbox: Sandbox) -> None:
    observation = see(sandbox, Program(given=X, value="(x.t(), x.clone())", facets=("memory",)))
    assert isinstance(observation.value, Tuple)
    assert [part.memory for part in observation.value.v if isinstance(part, Tensor)] == [("x",), ()]


def test_only_facets_that_were_asked_for_are_reported(sandbox: Sandbox) -> None:
    observation = see(sandbox, Program(given=X, value="x"))
    assert isinstance(observation.value, Tensor)
    facts = (
        observation.value.stride,
        observation.value.contiguous,
        observation.value.memory,
        observation.changed,
        observation.grads,
        observation.calls,
    )
    assert facts == (None,) * 6


LEAF = "w = torch.ones(2, requires_grad=True)"


@pytest.mark.parametrize(
    ("given", "result", "grads"),
    [
        pytest.param(LEAF, "3 * w", {"w": floats(1.5, 3)}, id="weighted"),
        pytest.param(LEAF, "w.sum()", {"w": floats(1, 1)}, id="0-d"),
        pytest.param(LEAF, "(w, 2 * w)", {"w": floats(1.5, 3)}, id="tuple"),
        pytest.param(LEAF, "w.detach()", {"w": None}, id="detached"),
        pytest.param(LEAF, "torch.ones(2)", {"w": None}, id="unrelated"),
        pytest.param(LEAF + "\nv = w * 1", "v", {"w": floats(0.5, 1)}, id="only-leaves"),
        pytest.param(
            LEAF + "\nv = torch.ones(2)", "w * v", {"w": floats(0.5, 1)}, id="only-those-that-require"
        ),
        pytest.param(
            LEAF + "\nv = torch.ones(1, requires_grad=True)",
            "w",
            {"w": floats(0.5, 1), "v": None},
            id="unused",
        ),
        pytest.param("v = torch.ones(2)", "v", {}, id="no-leaf"),
        pytest.param(
            "w = torch.ones(1, dtype=torch.complex64, requires_grad=True)",
            "w",
            {"w": floats(0.5, 1)},
            id="complex",
        ),
        pytest.param(LEAF, "w[:0]", {"w": floats(0, 0)}, id="empty"),
    ],
)
def test_gradients(sandbox: Sandbox, given: str, result: str, grads: dict[str, bytes | None]) -> None:
    observation = see(sandbox, Program(given=given, value=result, facets=("grad",)))
    assert observation.raised is None
    assert observation.grads is not None
    table = {
        name: grad.data if isinstance(grad, Tensor) else None for name, grad in observation.grads.items()
    }
    assert table == grads


def test_gradients_where_the_program_left_them_switched_off(sandbox: Sandbox) -> None:
    observation = see(
        sandbox,
        Program(
            given=f"{LEAF}\nv = 2 * w", code="torch.set_grad_enabled(False)", value="v", facets=("grad",)
        ),
    )
    assert observation.grads == {"w": Tensor("float32", (2,), floats(1, 2))}


# ---- changed ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "changed"),
    [
        pytest.param("", False, id="nothing"),
        pytest.param("x = x + 1", False, id="rebound"),
        pytest.param("x += 1", True, id="in-place"),
        pytest.param("x.add_(0)", False, id="in-place-without-effect"),
        pytest.param("x[0, 0] = 9", True, id="item"),
        pytest.param("y = x.view(-1); y[5] = 9", True, id="through-a-view"),
        pytest.param("y = x.clone(); y[0] = 9", False, id="a-copy"),
        pytest.param("x.numpy()[0, 0] = 9", True, id="through-numpy"),
        pytest.param("x.data.mul_(2)", True, id="through-data"),
        pytest.param("x[0, 0] = -0.0", True, id="negative-zero"),
        pytest.param("x.t_()", True, id="strides"),
        pytest.param("x.unsqueeze_(0)", True, id="shape"),
        pytest.param("x.resize_(6)", True, id="resized"),
        pytest.param("x.requires_grad_()", True, id="requires-grad"),
        pytest.param("x.data = torch.zeros(1)", True, id="data-replaced"),
        pytest.param("x += 1\nx = torch.zeros(1)", True, id="changed-then-rebound"),
        pytest.param("x.add_(1); x = x", True, id="rebound-to-itself"),
        pytest.param("x.grad = torch.ones(2, 3)", False, id="its-grad-is-another-tensor"),
        pytest.param("x.fill_(float('nan'))", True, id="nan"),
    ],
)
def test_changed(sandbox: Sandbox, code: str, changed: bool) -> None:
    asked, observation, both = sandbox.run(
        Job(
            (
                Program(given=X, code=code, ask="changed(x)"),
                Program(given=X, code=code, facets=("changed",)),
                Program(given=X, code=f"{code}\nit = changed(x)"),
            ),
            limits=Limits(patience=1),
        )
    )
    assert (asked.value, both.value) == (Bool(changed), Bool(changed))
    assert observation.changed is not None
    assert list(observation.changed) == (["x"] if changed else [])


def test_nan_that_stays_is_no_change(sandbox: Sandbox) -> None:
    assert value(sandbox, "changed(x)", given="x = torch.full((2,), math.nan)", code="x + 1") == Bool(False)


def test_a_change_reports_what_it_came_to(sandbox: Sandbox) -> None:
    given = "x = torch.zeros(2)\ny = torch.zeros(2)\nv = x[:1]"
    observation = see(sandbox, Program(given=given, code="x[0] = 7", facets=("changed",)))
    assert observation.changed == {
        "x": Tensor("float32", (2,), floats(7, 0)),
        "v": Tensor("float32", (1,), floats(7)),
    }


@pytest.mark.parametrize(
    ("code", "changed"),
    [
        pytest.param("x[0] = 1", True, id="in-place"),
        pytest.param("x = x + 1", False, id="rebound"),
    ],
)
@pytest.mark.parametrize("given", ["x = torch.zeros(60_000)", "x = torch.zeros(10**7, dtype=torch.uint8)"])
def test_large_tensors_change_too(sandbox: Sandbox, given: str, code: str, changed: bool) -> None:
    assert value(sandbox, "changed(x)", given=given, code=code) == Bool(changed)


@pytest.mark.parametrize(
    ("given", "ask"),
    [
        pytest.param(X, "changed(x.clone())", id="another-tensor"),
        pytest.param(X, "changed(3)", id="a-number"),
        pytest.param("x = torch.zeros(2, device='meta')", "changed(x)", id="meta"),
        pytest.param("x = torch.eye(2).to_sparse()", "changed(x)", id="sparse"),
        pytest.param(
            "x = torch.nested.nested_tensor([torch.ones(1), torch.ones(2)])", "changed(x)", id="nested"
        ),
    ],
)
def test_changed_takes_a_given_tensor(sandbox: Sandbox, given: str, ask: str) -> None:
    observation = see(sandbox, Program(given=given, ask=ask))
    message = "changed() takes a tensor that the program was given"
    assert observation.raised == Raised(("ValueError", "Exception"), message, None, "ask")


def test_a_program_may_have_a_changed_of_its_own(sandbox: Sandbox) -> None:
    assert value(sandbox, "changed", given="changed = 5") == Int("5")


# ---- calls -----------------------------------------------------------------------------------------------


def called(observation: Observation) -> tuple[str, ...]:
    assert observation.calls is not None
    return observation.calls.names


@pytest.mark.parametrize(
    ("code", "calls"),
    [
        pytest.param("y = x + 1", ("add",), id="operator"),
        pytest.param("y = torch.add(x, 1)", ("add",), id="function"),
        pytest.param("y = x.add(1)", ("add",), id="method"),
        pytest.param("x += 1", ("add_",), id="augmented"),
        pytest.param("x.add_(1)", ("add_",), id="in-place"),
        pytest.param("y = x @ x.T", ("T", "matmul"), id="matmul-and-property"),
        pytest.param("y = -x", ("neg",), id="unary"),
        pytest.param("y = x[0]", ("__getitem__",), id="index"),
        pytest.param("x[0] = 1", ("__setitem__",), id="assignment"),
        pytest.param("y = x.shape; z = x.dtype", ("shape", "dtype"), id="properties"),
        pytest.param("x.requires_grad = True", ("requires_grad",), id="property-set"),
        pytest.param("y = x.reshape(-1); z = x.view(-1)", ("reshape", "view"), id="methods"),
        pytest.param("y = x.flatten()", ("flatten",), id="not-what-it-calls"),
        pytest.param("y = torch.zeros(2)", ("zeros",), id="factory"),
        pytest.param("y = F.relu(x)", ("relu",), id="functional"),
        pytest.param("y = torch.cat([x, x])", ("cat",), id="list-of-tensors"),
        pytest.param("y = x.sum(); z = x.sum(); x.mean()", ("sum", "mean"), id="each-once"),
        pytest.param("y = 1 + x", ("add",), id="reflected"),
        pytest.param("f = x.add; y = f(1)", ("add",), id="bound-method"),
        pytest.param("y = getattr(torch, 'a' + 'dd')(x, 1)", ("add",), id="by-name"),
        pytest.param("y = x.neg().no_such", ("neg",), id="until-it-raises"),
        pytest.param("y = 1", (), id="none"),
    ],
)
def test_calls(sandbox: Sandbox, code: str, calls: tuple[str, ...]) -> None:
    assert called(see(sandbox, Program(given=X, code=code, watch=True))) == calls


def test_calls_of_given_and_ask_are_not_counted(sandbox: Sandbox) -> None:
    observation = see(sandbox, Program(given=X, value="x.t()", ask="it.reshape(-1)", watch=True))
    assert called(observation) == ("t",)


HELPERS = """
def ones(n):
    return torch.zeros(n).fill_(1)

def on(f, x):
    return f(x)

class Twice(nn.Module):
    def forward(self, x):
        return x.mul(2)
"""


@pytest.mark.parametrize(
    ("value", "calls"),
    [
        pytest.param("ones(3)", (), id="a-helper"),
        pytest.param("ones(3).t()", ("t",), id="its-result"),
        pytest.param("Twice()(ones(3))", (), id="a-module"),
        pytest.param("on(lambda x: x.t(), ones(3))", ("t",), id="what-a-helper-calls-back"),
        pytest.param("on(Twice(), ones(3)) + 1", ("add",), id="helpers-in-helpers"),
        pytest.param("nn.Flatten()(ones(3)[None])", ("__getitem__", "flatten"), id="a-module-of-torch"),
    ],
)
def test_what_functions_of_a_setup_call_is_in_no_log(
    sandbox: Sandbox, value: str, calls: tuple[str, ...]
) -> None:
    assert called(see(sandbox, Program(setup=HELPERS, value=value, watch=True))) == calls


@pytest.mark.parametrize(
    ("code", "ask", "calls"),
    [
        pytest.param("def f(x): return x.t()", "f(x).sum()", ("t",), id="a function"),
        pytest.param(
            "class Net(nn.Module):\n    def forward(self, x): return x.relu()",
            "(Net()(x).sum(), torch.ones(2))",
            ("relu",),
            id="a class",
        ),
        pytest.param("y = x.t()", "y.reshape(-1)", ("t",), id="what the bank asks is not the program's"),
        pytest.param("def f(x): raise ValueError(x.t())", "f(x)", ("t",), id="an error"),
    ],
)
def test_what_a_program_defines_is_watched_while_it_is_asked_for(
    sandbox: Sandbox, code: str, ask: str, calls: tuple[str, ...]
) -> None:
    assert called(see(sandbox, Program(given=X, code=code, ask=ask, watch=True))) == calls


def test_a_setup_is_no_step_of_a_trace(sandbox: Sandbox) -> None:
    observation = see(sandbox, Program(setup=f"{HELPERS}\nx = ones(3)", code="y = x + ones(3)", trace=True))
    assert observation.trace is not None
    assert [(step.place.line, step.place.column) for step in observation.trace.steps] == [
        (1, 4),
        (1, 8),
        (1, 4),
    ]


def test_a_setup_that_raises_leaves_a_trace_without_steps(sandbox: Sandbox) -> None:
    observation = see(sandbox, Program(setup="1 / 0", code="x = torch.ones(2)", trace=True))
    assert (
        observation.raised and observation.raised.where,
        observation.trace and observation.trace.steps,
    ) == ("setup", ())


def test_watching_changes_no_result(sandbox: Sandbox) -> None:
    program = Program(
        given=f"{X}\n{LEAF}", value="(x.t() @ torch.ones(2, 2)).mul_(w)", facets=("memory", "grad")
    )
    plain, watched = sandbox.run(
        Job((program, Program(program.given, program.code, program.value, None, program.facets, watch=True)))
    )
    assert (watched.value, watched.grads) == (plain.value, plain.grads)
    assert plain.value is not None
    assert called(watched) == ("t", "ones", "matmul", "mul_")


def test_patches_do_not_change_what_is_read(sandbox: Sandbox) -> None:
    patches = "\n".join(
        f"torch.Tensor.{name} = lambda *_, **__: torch.zeros(1)"
        for name in (
            "detach",
            "clone",
            "data_ptr",
            "numel",
            "stride",
            "is_contiguous",
            "contiguous",
            "tolist",
        )
    )
    observation = see(
        sandbox, Program(given="x = torch.arange(2)", code=patches, ask="x", facets=("stride", "contiguous"))
    )
    assert observation.value == Tensor("int64", (2,), longs(0, 1), stride=(1,), contiguous=True)
