"""A reason never raises, whatever a child reports of a failure that the sandbox lets through."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tensordrill.explanation.call import failed
from tensordrill.explanation.rules import RULES, finding
from tensordrill.explanation.signatures import SIGNATURES
from tensordrill.explanation.step import Step, with_expression
from tensordrill.messages import LANGUAGES
from tensordrill.sandbox.child.wire import MAX_VALUES
from tensordrill.sandbox.protocol import Raised
from tensordrill.sandbox.trace import (
    Failure,
    Place,
    SavedTensor,
    Storage,
    TensorFact,
    TracedCall,
    TracedOperand,
    TracedStep,
)
from tensordrill.sandbox.values import (
    Bool,
    Dtype,
    Float,
    Int,
    List,
    Nothing,
    Other,
    Size,
    Tensor,
    Text,
    Tuple,
    Value,
)

SMALL = st.integers(-6, 6)
SHAPES = st.lists(st.integers(0, 5), max_size=4).map(tuple)
DTYPES = st.sampled_from(
    ("float32", "int64", "bool", "uint8", "complex64", "bfloat16", "float8_e4m3fn", "qint8", "")
)
OTHER_NAMES = "add_ exp_ max len range bool shape t mT + - @ += /= [] ~ in == grad requires_grad foo".split()
NAMES = sorted({*SIGNATURES, *RULES, *OTHER_NAMES, ""})
ROLES = st.sampled_from(
    (
        "self",
        "left",
        "right",
        "function",
        "value",
        "*",
        "0",
        "1",
        "2",
        "3",
        "dim",
        "axis",
        "other",
        "index",
        "foo",
    )
)
PLACES = st.builds(
    Place,
    st.integers(1, 3),
    st.integers(0, 9),
    st.integers(1, 3),
    st.integers(0, 9),
    st.sampled_from(("", "a.py")),
)
STEP = st.sampled_from((None, 0, 1))
SCALARS: st.SearchStrategy[Value] = st.one_of(
    SMALL.map(lambda number: Int(str(number))),
    st.just(Int("9" * 60)),
    st.sampled_from(
        (Float("1.5"), Float("nan"), Float("inf"), Bool(True), Nothing(), Text("ij,jk->ik"), Text("...i->"))
    ),
    st.sampled_from(
        (
            Dtype("float64"),
            Dtype("int8"),
            Dtype("foo"),
            Size((2, 3)),
            Other("slice", ""),
            Other("ellipsis", ""),
        )
    ),
    st.sampled_from((Other("module", "torch"), Other("builtin_function_or_method", ""), Other("max", "max"))),
)
VALUES: st.SearchStrategy[Value] = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3).map(tuple).flatmap(lambda v: st.sampled_from((List(v), Tuple(v))))
    ),
    max_leaves=6,
)


@st.composite
def tensors(draw: st.DrawFn) -> TensorFact:
    """Draw a tensor, some with strides and dtypes that no tensor has."""
    shape = draw(SHAPES)
    strides = st.lists(st.integers(0, 9), min_size=len(shape), max_size=len(shape)).map(tuple)
    count = 1
    for size in shape:
        count *= size
    values = Tensor(
        "int64", shape, b"".join(draw(SMALL).to_bytes(8, "little", signed=True) for _ in range(count))
    )
    return TensorFact(
        shape,
        draw(DTYPES),
        draw(st.sampled_from(("cpu", "meta"))),
        draw(st.none() | strides),
        draw(st.integers(0, 6)),
        requires_grad=draw(st.booleans()),
        is_leaf=draw(st.booleans()),
        grad_fn=draw(st.sampled_from((None, "SplitBackward0", "ExpBackward0"))),
        values=draw(st.sampled_from((None, values))) if count <= MAX_VALUES else None,
        storage=draw(st.none() | st.builds(Storage, st.integers(0, 1), st.integers(0, 9))),
    )


@st.composite
def operands(draw: st.DrawFn, depth: int = 1) -> TracedOperand:
    """Draw what an operation was given."""
    is_tensor = draw(st.booleans())
    return TracedOperand(
        draw(ROLES),
        draw(st.none() | PLACES),
        draw(tensors()) if is_tensor else None,
        None if is_tensor else draw(st.none() | VALUES),
        draw(STEP),
        tuple(draw(st.lists(operands(depth=depth - 1), max_size=3))) if depth else (),
        draw(st.none() | st.tuples(SCALARS, SCALARS, SCALARS)),
    )


SAVED = st.lists(
    st.builds(SavedTensor, st.just("ExpBackward0"), st.just("self"), st.none() | st.integers(1, 6), STEP),
    max_size=1,
).map(tuple)
CALLS = st.builds(
    TracedCall,
    st.sampled_from(("call", "attribute", "index", "operator", "assignment", "name", "statement")),
    st.sampled_from(NAMES),
    st.sampled_from(("tensor", "torch", "python", "module", "class", "")),
    st.lists(operands(), max_size=5).map(tuple),
)
FAILURES = st.builds(
    Failure,
    PLACES,
    CALLS,
    st.sampled_from(("", "", "iteration", "unpacking", "truth", "chain")),
    st.none() | CALLS,
    SAVED,
    st.sampled_from(((), ("sum", "cumsum"))),
)
RAISED = st.sampled_from(
    (("RuntimeError",), ("IndexError", "LookupError"), ("TypeError",), ("ValueError",), ("AttributeError",),
     ("NotImplementedError", "RuntimeError"))
).map(lambda classes: Raised(classes, "message", 1, "code"))  # fmt: skip
STEPS = st.lists(
    st.builds(TracedStep, PLACES, tensors(), st.just("view"), st.sampled_from((None, 0))).map(
        lambda step: with_expression(step, {"": "x\ny"})
    ),
    min_size=2,
    max_size=2,
)


@given(FAILURES, RAISED, STEPS, st.sampled_from(("", "x.view(2, 3)", "é = `x`\n\ty[0]")))
def test_a_reason_is_a_sentence_or_nothing(
    failure: Failure, raised: Raised, steps: list[Step], source: str
) -> None:
    for language in LANGUAGES:
        reason = finding(failed(failure, raised, {"": source}, steps)).text(language)
        assert reason is None or reason.strip()


@given(st.lists(operands(), min_size=1, max_size=4), FAILURES, RAISED, STEPS)
def test_no_function_s_rules_raise(
    arguments: list[TracedOperand], failure: Failure, raised: Raised, steps: list[Step]
) -> None:
    """Operands by their positions stand for each function's own parameters, so that its rules look at them."""
    positional = tuple(replace(operand, role=str(at)) for at, operand in enumerate(arguments))
    for name in NAMES:
        call = replace(failure, call=TracedCall("call", name, "torch", positional))
        reason = finding(failed(call, raised, {"": "x.view(2, 3)"}, steps)).text("en")
        assert reason is None or reason.strip()
