"""A variant and an answer become a verdict, judged by what torch does in another process."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent
from typing import Any, TypeAlias

import pytest
import yaml

from tensordrill.bank.load import Bank
from tensordrill.bank.variant import make
from tensordrill.errors import BankError
from tensordrill.explanation.explanation import Explanation
from tensordrill.judging import QuestionSession
from tensordrill.kinds.answers import Difference, Unreadable, Verdict
from tensordrill.sandbox.client import Sandbox
from tensordrill.sandbox.protocol import Refusal
from tests.needs import linux

Sit: TypeAlias = Callable[..., QuestionSession]
Facts: TypeAlias = list[tuple[str, ...]]

GRID = "x = torch.arange(6.).reshape(2, 3)"
LEAF = "x = torch.arange(1., 4.).requires_grad_()"


@pytest.fixture
def sit(tmp_path: Path, sandbox: Sandbox) -> Sit:
    """Puts one question, written to a bank of its own, in front of a learner."""

    def ask(*, seed: int = 1, **fields: Any) -> QuestionSession:
        topic = {"format": 1, "topic": "t", "title": "T", "questions": [{"id": "q", **fields}]}
        (tmp_path / "t.yaml").write_text(yaml.safe_dump(topic), encoding="utf-8")
        return QuestionSession(sandbox, make(Bank(tmp_path).entry("t/q"), seed))

    return ask


def written(sit: Sit, /, **fields: Any) -> QuestionSession:
    """A write question; unless said otherwise, double `x`."""
    return sit(**{"write": "expression", "task": "Double x.", "given": GRID, "solution": "x * 2", **fields})


def told(verdict: Verdict) -> Facts:
    return [(d.facet, d.expected, d.got, *([d.on] if d.on else [])) for d in verdict.differences]


# --- predict ---

PREDICTED = [
    pytest.param(
        "y = x.t()", "y.shape", "(3, 2)", ["3,2", "[3, 2]", "3x2"], ["2,3", "6", "(3, 2, 1)"], id="shape"
    ),
    pytest.param("y = x.sum()", "y.shape", "()", ["()", "scalar"], ["1", "(1,)"], id="scalar-shape"),
    pytest.param("y = x", "y.numel()", "6", ["6"], ["5", "raises"], id="int"),
    pytest.param("y = x.t()", "y.is_contiguous()", "False", ["no", "아니요", "f"], ["yes", "예"], id="bool"),
    pytest.param("y = x.long()", "y.dtype", "int64", ["int64", "torch.long"], ["int32", "float"], id="dtype"),
    pytest.param("y = x.t()", "y.stride()", "(1, 3)", ["1, 3", "(1,3)"], ["3, 1", "1"], id="stride"),
    pytest.param(
        "y = x / 3",
        "y[0, 1].item()",
        "0.3333333432674408",
        ["0.333", "0.33333"],
        ["0.33", "0.334"],
        id="digits",
    ),
    pytest.param(
        "y = x / 3",
        "y[0]",
        "[0., 0.33333334, 0.6666667]",
        ["[0, .333, .667]"],
        ["[0, .333, .666]"],
        id="digits-in-a-list",
    ),
    pytest.param(
        "y = x[0]",
        "y",
        "[0., 1., 2.]",
        ["[0, 1, 2]", "tensor([0., 1., 2.])", "0 1 2"],
        ["[[0, 1, 2]]", "[0, 1]"],
        id="list-without-dtype",
    ),
    pytest.param(
        "y = x[0]",
        "y.long()",
        "[0, 1, 2]",
        ["[0, 1, 2]", "tensor([0,1,2], dtype=int64)"],
        ["tensor([0,1,2], dtype=int32)"],
        id="dtype-typed",
    ),
    pytest.param("y = x[0, 1]", "y", "1.", ["1", "1.0", "tensor(1.)"], ["[1]", "2"], id="scalar-tensor"),
    pytest.param(
        "y = x > 3",
        "y[1]",
        "[False, True, True]",
        ["[False, True, True]", "[0, 1, 1]"],
        ["[True, True, True]"],
        id="bools",
    ),
    pytest.param(
        "y = x[0] / 0",
        "y",
        "[nan, inf, inf]",
        ["[nan, inf, inf]"],
        ["[inf, inf, inf]", "[nan, inf, -inf]"],
        id="nan-and-inf",
    ),
    pytest.param(
        "y = -x[0]",
        "y",
        "[-0., -1., -2.]",
        ["[0, -1, -2]", "[-0., -1., -2.]"],
        ["[0, 1, 2]"],
        id="minus-zero",
    ),
    pytest.param(
        "y = (x[0] / 3).half()",
        "y",
        "[0., 0.3333, 0.6665]",
        ["[0, .333, .667]"],
        ["[0, .3, .7]"],
        id="float16",
    ),
    pytest.param(
        "y = (x[0] / 3).bfloat16()",
        "y",
        "[0., 0.334, 0.668]",
        ["[0, .334, .668]"],
        ["[0, .333, .667]", "[0, .3, .7]"],
        id="bfloat16",
    ),
    pytest.param(
        "y = x",
        "(y.shape, y.dim(), y.dtype)",
        "((2, 3), 2, float32)",
        ["(2,3), 2, float32", "((2,3),2,torch.float)"],
        ["(2,3), 2, float64", "(2,3), 2"],
        id="tuple",
    ),
    pytest.param("y = x.grad", "y", "none", [], ["raises"], id="none-for-a-tensor-cannot-be-typed"),
    pytest.param(
        "y = x.numpy()", "type(y).__name__", "ndarray", ["ndarray", "'ndarray'"], ["Tensor"], id="text"
    ),
    pytest.param("x[0] = 9\ny = x", "changed(x)", "True", ["yes"], ["no"], id="changed"),
    pytest.param("y = x.t()", "shares_memory(x, y)", "True", ["yes"], ["no"], id="shares-memory"),
    pytest.param(
        "y = torch.tensor(2**53 + 1)",
        "y",
        "9007199254740993",
        ["9007199254740993"],
        ["9007199254740992"],
        id="large-integer",
    ),
]


@pytest.mark.parametrize(("code", "asked", "key", "right", "wrong"), PREDICTED)
def test_a_predicted_value_is_judged_by_torch(
    sit: Sit, code: str, asked: str, key: str, right: list[str], wrong: list[str]
) -> None:
    question_session = sit(given=GRID, code=code, ask=asked)
    assert question_session.expected == key
    outcomes = {text: question_session.judge(text, "en").outcome for text in (*right, *wrong)}
    assert outcomes == {**dict.fromkeys(right, "correct"), **dict.fromkeys(wrong, "incorrect")}


@pytest.mark.parametrize(
    ("text", "outcome", "differences"),
    [
        pytest.param("raises", "correct", [], id="bare"),
        pytest.param("에러", "correct", [], id="korean"),
        pytest.param("raises IndexError", "correct", [], id="class"),
        pytest.param("indexerror", "correct", [], id="lower-case-alone"),
        pytest.param("raises indexerror", "correct", [], id="lower-case"),
        pytest.param("LookupError", "correct", [], id="parent-class"),
        pytest.param("raises Exception", "correct", [], id="any-exception"),
        pytest.param(
            "RuntimeError",
            "incorrect",
            [("outcome", "raises IndexError", "raises RuntimeError")],
            id="another-class",
        ),
        pytest.param("2,3", "incorrect", [("outcome", "raises IndexError", "(2, 3)")], id="a-value"),
    ],
)
def test_a_program_that_raises_is_right_by_class_or_parent_class(
    sit: Sit, text: str, outcome: str, differences: Facts
) -> None:
    verdict = sit(given=GRID, code="y = x[5]", ask="y.shape").judge(text, "en")
    assert (verdict.outcome, told(verdict)) == (outcome, differences)


def test_raises_is_wrong_where_nothing_is_raised(sit: Sit) -> None:
    verdict = sit(given=GRID, code="y = x", ask="y.shape").judge("raises ValueError", "en")
    assert told(verdict) == [("outcome", "(2, 3)", "raises ValueError")]
    assert (verdict.expected, verdict.error) == ("(2, 3)", None)


@pytest.mark.parametrize(
    ("code", "key", "right", "wrong"),
    [
        pytest.param(
            "y = x.t()\nz = y.view(6)\nw = z", "4", ["4"], ["3", "none", "raises"], id="of-given-and-code"
        ),
        pytest.param("y = x.t()", "none", ["none", "없음"], ["1"], id="no-line"),
        pytest.param(
            "def f():\n    return x.view(7)\nf()", "4", ["4"], ["5"], id="innermost-line-of-the-program"
        ),
    ],
)
def test_the_line_that_raises_counts_over_given_and_code(
    sit: Sit, code: str, key: str, right: list[str], wrong: list[str]
) -> None:
    question_session = sit(given=f"import math\n{GRID}", code=code, ask="line")
    assert question_session.expected == key
    assert [question_session.judge(text, "en").outcome for text in right + wrong] == (
        ["correct"] * len(right) + ["incorrect"] * len(wrong)
    )


@pytest.mark.parametrize(
    ("code", "key", "right", "wrong"),
    [
        pytest.param(
            "import warnings\nwarnings.warn('w')",
            "UserWarning",
            ["UserWarning", "warns UserWarning"],
            ["no", "아니요"],
            id="class",
        ),
        pytest.param("y = x", "no", ["no", "none", "아니요", "없음"], ["UserWarning", "raises"], id="no"),
    ],
)
def test_a_warning_is_its_class_or_no(
    sit: Sit, code: str, key: str, right: list[str], wrong: list[str]
) -> None:
    question_session = sit(given=GRID, code=code, ask="warns")
    assert question_session.expected == key
    assert [question_session.judge(text, "en").outcome for text in right + wrong] == (
        ["correct"] * len(right) + ["incorrect"] * len(wrong)
    )


def test_an_unreadable_answer_is_no_verdict_on_the_key(sit: Sit) -> None:
    verdict = sit(given=GRID, code="y = x", ask="y.shape", because="So.").judge("2,,3", "en")
    assert verdict == Verdict("unreadable", "2,,3", unreadable=Unreadable("shape"))


def test_skipping_shows_the_key_and_why(sit: Sit) -> None:
    question_session = sit(
        given=GRID, code="y = x", ask="y.shape", because={"en": "It is {{ key[0] }}.", "ko": "{{ key[1] }}"}
    )
    assert question_session.skip("en") == Verdict("skipped", "", "(2, 3)", because="It is 2.")
    assert question_session.skip("ko").because == "3"


# --- misconceptions ---


def test_an_answer_that_a_wrong_program_gives_names_its_idea(sit: Sit) -> None:
    question_session = sit(
        given=GRID,
        code="y = x.t()",
        ask="y.shape",
        because={"en": "Right is {{ key }}.", "ko": "정답은 {{ key }}입니다."},
        misconceptions=[
            {
                "id": "nothing",
                "code": "y = x",
                "because": {"en": "You typed {{ got }}.", "ko": "{{ got }}라니요."},
            },
            {"id": "flat", "idea": "flattens", "code": "y = x.reshape(-1)"},
            {"id": "refuses", "answer": "raises", "because": "It does not raise."},
            {"id": "view-fails", "code": "y = x.t().view(7)"},
        ],
    )
    judged = {}
    for text in ("2, 3", "6", "raises", "raises RuntimeError", "1", "3,2"):
        verdict = question_session.judge(text, "en")
        judged[text] = (verdict.misconception, verdict.because)
        assert verdict.is_of_idea is (verdict.because != "Right is (3, 2).")
    right = "Right is (3, 2)."
    assert judged == {
        "2, 3": ("nothing", "You typed 2, 3."),
        "6": ("flattens", right),
        "raises": ("refuses", "It does not raise."),
        "raises RuntimeError": ("view-fails", right),
        "1": (None, right),
        "3,2": (None, right),
    }
    assert question_session.judge("2x3", "ko").because == "2x3라니요."
    assert question_session.judge("1", "ko").because == "정답은 (3, 2)입니다."


def test_what_an_idea_types_is_diagnosed_as_that_idea(sit: Sit) -> None:
    sittings = [
        sit(
            given=GRID,
            code="y = x / 3",
            ask="y[0]",
            misconceptions=[
                {"id": "floors", "code": "y = x // 3"},
                {"id": "refuses", "answer": "raises"},
                {"id": "half", "code": "y = (x / 7).half()"},
                {"id": "complains", "code": "y = x @ x"},
            ],
        ),
        written(
            sit,
            misconceptions=[{"id": "adds", "code": "x + 2"}, {"id": "raises", "code": "x.view(5)"}],
        ),
        sit(
            task="t",
            given=GRID,
            fill="y = x.sum(____)",
            solution="0",
            misconceptions=[{"id": "other", "code": "1"}, {"id": "all", "code": ""}],
        ),
    ]
    for question_session in sittings:
        typed = question_session.misconceptions()[:4]
        readable = [(name, text) for name, text in typed if text]
        assert [(question_session.judge(text, "en").misconception, text) for _, text in readable] == readable


def test_a_misconception_is_wrong_only_when_it_says(sit: Sit) -> None:
    fields = {
        "draw": {"how": {"choice": ["x", "x.t()"]}},
        "given": GRID,
        "code": "y = {{ how }}",
        "ask": "y.shape",
        "misconceptions": [{"id": "keeps", "when": "how == 'x.t()'", "code": "y = x"}],
    }
    named = {}
    for seed in range(12):
        question_session = sit(seed=seed, **fields)
        named[question_session.expected] = question_session.judge("2,3", "en").misconception
    assert named == {"(2, 3)": None, "(3, 2)": "keeps"}


# --- write: facets ---

JUDGED = [
    pytest.param({}, "x + x", [], id="another-way"),
    pytest.param({}, "y = x * 2", [], id="assigned"),
    pytest.param({}, "x.mul_(2)", [], id="in-place-is-not-asked"),
    pytest.param(
        {},
        "x * 3",
        [("values", "[[0., 2., 4.], [6., 8., 10.]]", "[[0., 3., 6.], [9., 12., 15.]]")],
        id="values",
    ),
    pytest.param({}, "(x * 2).double()", [("dtype", "float32", "float64")], id="dtype"),
    pytest.param({}, "(x * 2).reshape(6)", [("shape", "(2, 3)", "(6,)")], id="shape"),
    pytest.param({}, "torch.ones(())", [("shape", "(2, 3)", "()")], id="no-broadcast-of-a-scalar"),
    pytest.param({}, "(x * 2)[None]", [("shape", "(2, 3)", "(1, 2, 3)")], id="no-broadcast-of-a-row"),
    pytest.param(
        {},
        "x * float('nan')",
        [("values", "[[0., 2., 4.], [6., 8., 10.]]", "[[nan, nan, nan], [nan, nan, nan]]")],
        id="nan-everywhere",
    ),
    pytest.param({}, "(x * 2).tolist()", [("type", "Tensor", "list")], id="a-list"),
    pytest.param({}, "nn.Parameter(x * 2)", [("type", "Tensor", "Parameter")], id="a-parameter"),
    pytest.param({}, "(x * 2).numpy()", [("type", "Tensor", "ndarray")], id="an-array"),
    pytest.param(
        {}, "(x * 2).to_sparse()", [("type", "Tensor", "a tensor with layout torch.sparse_coo")], id="sparse"
    ),
    pytest.param({}, "(x * 2).to('meta')", [("type", "Tensor", "a tensor on device meta")], id="meta"),
    pytest.param(
        {},
        "(x * 2).to(torch.float8_e4m3fn)",
        [("type", "Tensor", "a tensor of dtype torch.float8_e4m3fn, which is not compared")],
        id="a-dtype-that-is-not-read",
    ),
    pytest.param(
        {},
        "torch.empty(10**12, 0)",
        [("type", "Tensor", "a tensor of shape (1000000000000, 0), too large to be compared")],
        id="huge-and-empty",
    ),
    pytest.param({"solution": "x / 3"}, "x * (1 / 3)", [], id="within-the-tolerance"),
    pytest.param({"solution": "x * float('nan')"}, "x - float('nan')", [], id="nan-equals-nan"),
    pytest.param({"solution": "x * 0"}, "-x * 0", [], id="zeros-of-either-sign"),
    pytest.param({"solution": "x > 2"}, "x > 2.5", [], id="bools"),
    pytest.param(
        {"solution": "x > 2"}, "(x > 2).int()", [("dtype", "bool", "int32")], id="bools-are-not-ints"
    ),
    pytest.param({"solution": "x.view(5)"}, "x.view(5)", [], id="both-raise"),
    pytest.param({"solution": "nn.Parameter(x)"}, "nn.Parameter(x)", [], id="parameters"),
    pytest.param({"solution": "(x, x.shape)"}, "(x, x.size())", [], id="tuples"),
    pytest.param(
        {"solution": "(x[0], x.shape)"},
        "(x[1], (2, 3))",
        [("values", "[0., 1., 2.]", "[3., 4., 5.]"), ("type", "torch.Size", "tuple")],
        id="tuples-piece-by-piece",
    ),
    pytest.param({"solution": "(x, x)"}, "[x, x]", [("type", "tuple", "list")], id="list-for-a-tuple"),
    pytest.param({"solution": "(x, x)"}, "(x,)", [("length", "2", "1")], id="too-few-pieces"),
    pytest.param(
        {"solution": "x.max(0)"}, "(x.max(0).values, x.argmax(0))", [], id="named-tuples-are-tuples"
    ),
    pytest.param({"solution": "x.sum().item()"}, "float(x.sum())", [], id="python-numbers"),
    pytest.param(
        {"solution": "x.sum().item()"}, "x.sum()", [("type", "float", "Tensor")], id="tensor-for-a-number"
    ),
    pytest.param({"solution": "x.shape"}, "(2, 3)", [("type", "torch.Size", "tuple")], id="tuple-for-a-size"),
    pytest.param({"must": ["shape"]}, "torch.empty(2, 3)", [], id="only-the-shape-is-asked"),
    pytest.param({"must": ["values"]}, "(x * 2).double()", [], id="dtype-is-not-asked"),
    pytest.param({"must": ["stride"], "solution": "x.t()"}, "x.t().clone()", [], id="clone-keeps-strides"),
    pytest.param(
        {"must": ["stride"], "solution": "x.t()"},
        "x.t().contiguous()",
        [("stride", "(1, 3)", "(2, 1)")],
        id="stride",
    ),
    pytest.param(
        {"must": ["stride"], "solution": "x[:1]"},
        "x[:1].as_strided((1, 3), (9, 1))",
        [],
        id="stride-of-size-one",
    ),
    pytest.param(
        {"must": ["contiguous", "values"], "solution": "x.t().contiguous()"},
        "x.t()",
        [("contiguous", "True", "False")],
        id="contiguous",
    ),
    pytest.param(
        {"must": ["memory", "values"], "solution": "x.view(6)"}, "x.reshape(6)", [], id="memory-shared"
    ),
    pytest.param(
        {"must": ["memory", "values"], "solution": "x.view(6)"},
        "x.reshape(6).clone()",
        [("memory", "shares with x", "shares with nothing")],
        id="copied",
    ),
    pytest.param(
        {"must": ["memory", "values"], "solution": "x[0].clone()"},
        "x[0]",
        [("memory", "shares with nothing", "shares with x")],
        id="not-copied",
    ),
    pytest.param(
        {"must": ["memory"], "given": GRID + "\nv = x[0]", "solution": "x[1]"},
        "x[0]",
        [("memory", "shares with x", "shares with x, v")],
        id="memory-by-elements",
    ),
    pytest.param({"must": ["changed"], "solution": "x.add_(1)"}, "x.add_(1)", [], id="changed-alike"),
    pytest.param(
        {"must": ["changed"], "solution": "x.add_(1)"},
        "x + 1",
        [("changed", "x = [[1., 2., 3.], [4., 5., 6.]]", "x unchanged")],
        id="not-changed",
    ),
    pytest.param(
        {"must": ["values", "changed"]},
        "x.mul_(2)",
        [("changed", "x unchanged", "x = [[0., 2., 4.], [6., 8., 10.]]")],
        id="input-changed-in-place",
    ),
    pytest.param(
        {"must": ["values", "changed"], "solution": "x"},
        "x.resize_(10**12, 0)",
        [
            ("type", "Tensor", "a tensor of shape (1000000000000, 0), too large to be compared"),
            ("changed", "x unchanged", "x = a tensor of shape (1000000000000, 0), too large to be compared"),
        ],
        id="input-made-huge",
    ),
    pytest.param({"must": ["grad"], "given": LEAF, "solution": "x * 2"}, "x + x", [], id="grad-alike"),
    pytest.param(
        {"must": ["values", "grad"], "given": LEAF, "solution": "x * 2"},
        "x + x.detach()",
        [("grad", "x = [0.6666667, 1.3333334, 2.]", "x = [0.33333334, 0.6666667, 1.]")],
        id="grad-cut",
    ),
    pytest.param(
        {"must": ["values", "grad"], "given": LEAF, "solution": "x * 2"},
        "(x * 2).detach()",
        [("grad", "x = [0.6666667, 1.3333334, 2.]", "x = None")],
        id="no-grad",
    ),
    pytest.param({"forbid": ["mul"]}, "x + x", [], id="not-forbidden"),
    pytest.param(
        {"forbid": ["mul"]}, "x * 2", [("calls", "without mul", "calls mul")], id="forbidden-operator"
    ),
    pytest.param(
        {"forbid": ["mul"]},
        "torch.multiply(x, 2)",
        [("calls", "without mul", "calls mul")],
        id="forbidden-alias",
    ),
    pytest.param(
        {"forbid": ["mul"]},
        "getattr(x, 'm' + 'ul')(2)",
        [("calls", "without mul", "calls mul")],
        id="forbidden-at-run-time",
    ),
    pytest.param(
        {"forbid": ["div"], "solution": "x.reciprocal()"},
        "1 / x",
        [("calls", "without div", "calls div")],
        id="forbidden-reversed",
    ),
    pytest.param(
        {"forbid": ["matmul"], "solution": "x.mm(x.t())"},
        "x @ x.t()",
        [("calls", "without matmul", "calls matmul")],
        id="forbidden-at",
    ),
    pytest.param(
        {"forbid": ["mul"]},
        "x * 3",
        [("values", "[[0., 2., 4.], [6., 8., 10.]]", "[[0., 3., 6.], [9., 12., 15.]]")],
        id="a-wrong-value-comes-first",
    ),
    pytest.param(
        {"only": ["add"], "solution": "x + x"},
        "x.add(x) if x.dim() == len(x.shape) else x",
        [],
        id="looking-is-allowed",
    ),
    pytest.param(
        {"only": ["add"], "solution": "x + x"}, "x * 2", [("calls", "only add", "calls mul")], id="only"
    ),
    pytest.param(
        {"ask": "(it, it.requires_grad)"},
        "(x * 2).requires_grad_()",
        [("values", "False", "True")],
        id="what-ask-says",
    ),
    pytest.param(
        {"also_on": ["x = torch.ones(4)"], "solution": "x.flatten()"},
        "x.view(-1)",
        [],
        id="right-on-both-operands",
    ),
    pytest.param(
        {"also_on": ["x = torch.ones(4)"], "solution": "x.flatten()"},
        "x.view(6)",
        [
            (
                "outcome",
                "a value",
                "RuntimeError: shape '[6]' is invalid for input of size 4",
                "x = torch.ones(4)",
            )
        ],
        id="wrong-on-another-operand",
    ),
    pytest.param(
        {"also_on": ["x = torch.arange(4.)[::2]"], "given": "x = torch.arange(4.)", "solution": "x.sum()"},
        "x.sum() * (len(x) / 4)",
        [("values", "2.", "1.", "x = torch.arange(4.)[::2]")],
        id="wrong-on-a-strided-operand",
    ),
]


@pytest.mark.parametrize(("fields", "answer", "differences"), JUDGED)
def test_code_is_judged_by_what_it_does(
    sit: Sit, fields: dict[str, Any], answer: str, differences: Facts
) -> None:
    verdict = written(sit, **fields).judge(answer, "en")
    assert told(verdict) == differences
    assert verdict.outcome == ("incorrect" if differences else "correct")


@pytest.mark.parametrize(
    "fields",
    [pytest.param(case.values[0], id=case.id) for case in JUDGED if "solution" in str(case.values[0])],
)
def test_the_solution_passes_its_own_question(sit: Sit, fields: dict[str, Any]) -> None:
    question_session = written(sit, **fields)
    assert question_session.judge(question_session.expected, "en").outcome == "correct"


def test_an_error_is_told_with_its_message(sit: Sit) -> None:
    verdict = written(sit).judge("x.view(5)", "en")
    assert verdict.error == ("RuntimeError", "shape '[5]' is invalid for input of size 6")
    assert verdict.expected == "x * 2"


def test_an_error_that_is_asked_for_is_a_value_like_any_other(sit: Sit) -> None:
    asks = written(sit, write="statements", task="Raise a RuntimeError.", solution="x.view(5)", ask="raised")
    assert asks.judge("x.view(7)", "en").outcome == "correct"
    verdict = asks.judge("x[9]", "en")
    assert (verdict.outcome, verdict.error) == ("incorrect", None)
    assert told(verdict) == [("values", "RuntimeError", "IndexError")]


def test_options_stand_beside_the_answer_with_what_they_gave(sit: Sit) -> None:
    options = sit(given=GRID, options=["x.t()", "x.view(5)", "x.fill_(0)"], which="raised is None").options(
        "1"
    )
    facts = {each.code: (each.holds, each.value is not None, each.raised is not None) for each in options}
    assert facts == {
        "x.t()": (True, True, False),
        "x.view(5)": (False, False, True),
        "x.fill_(0)": (True, True, False),
    }
    assert [(each.number, each.is_picked) for each in options] == [(1, True), (2, False), (3, False)]
    assert written(sit).options("x * 3") == ()


def test_a_named_wrong_program_may_differ_on_the_shown_operand_alone(sit: Sit) -> None:
    question_session = written(
        sit,
        also_on=["x = torch.ones(1, 3)"],
        solution="x.sum(0)",
        misconceptions=[
            {"id": "keeps", "code": "x.sum(0, keepdim=True)", "because": "It drops the dim."},
            {"id": "flat", "code": "x.flatten()"},
        ],
    )
    kept = "torch.sum(x, dim=0, keepdim=True)"
    assert question_session.judge(kept, "en").misconception == "keeps"
    assert question_session.judge(f"{kept} if len(x) == 2 else x.sum(0)", "en").misconception == "keeps"
    assert question_session.judge("x.sum(0) if len(x) == 2 else x.flatten()[:2]", "en").misconception is None


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param("pass", id="nothing"),
        pytest.param("y = 3", id="a-number"),
        pytest.param("print(x)", id="printed"),
        pytest.param("x = x", id="bound-to-itself"),
        pytest.param("y = x * 2", id="another-name"),
        pytest.param("x = x + x", id="another-call"),
        pytest.param("x = x.clone() * 2", id="another-operand"),
        pytest.param("x = torch.tensor([[0., 2., 4.], [6., 8., 10.]])", id="written-out"),
    ],
)
def test_no_idea_is_named_for_code_that_only_comes_to_the_same(sit: Sit, answer: str) -> None:
    question_session = written(
        sit,
        write="statements",
        solution="x.mul_(2)",
        must=["changed"],
        because="It stays.",
        misconceptions=[{"id": "rebinds", "code": "x = x * 2", "because": "`x` is another one now."}],
    )
    verdict = question_session.judge(answer, "en")
    assert (verdict.misconception, verdict.because, verdict.is_of_idea) == (None, "It stays.", False)
    assert told(verdict) == [("changed", "x = [[0., 2., 4.], [6., 8., 10.]]", "x unchanged")]


@pytest.mark.parametrize("answer", ["x = x * 2", "x = 2 * x", "y = torch.mul(x, 2)\nx = y", "x = x.mul(2.0)"])
def test_an_idea_is_named_however_its_code_is_spelt(sit: Sit, answer: str) -> None:
    question_session = written(
        sit,
        write="statements",
        solution="x.mul_(2)",
        must=["changed"],
        misconceptions=[{"id": "rebinds", "code": "x = x * 2", "because": "`x` is another one now."}],
    )
    verdict = question_session.judge(answer, "en")
    assert (verdict.misconception, verdict.because) == ("rebinds", "`x` is another one now.")


def test_an_idea_whose_code_calls_nothing_is_named_for_the_same_object(sit: Sit) -> None:
    question_session = written(sit, misconceptions=[{"id": "stays", "code": "x"}])
    named = {
        text: question_session.judge(text, "en").misconception for text in ("x", "(x)", "x[:]", "x * 1", "3")
    }
    assert named == {"x": "stays", "(x)": "stays", "x[:]": None, "x * 1": None, "3": None}


def test_two_ways_to_one_result_may_be_two_misconceptions(sit: Sit) -> None:
    ways = [{"id": "summed", "code": "x.sum(0)"}, {"id": "meant", "code": "x.mean(0) * len(x)"}]
    question_session = written(sit, misconceptions=ways)
    named = [
        question_session.judge(text, "en").misconception for text in ("x.sum(dim=0)", "len(x) * x.mean(0)")
    ]
    assert named == ["summed", "meant"]


def test_a_misconception_about_calls_is_named(sit: Sit) -> None:
    question_session = written(
        sit, forbid=["mul"], solution="x + x", misconceptions=[{"id": "times", "code": "x * 2"}]
    )
    verdict = question_session.judge("2 * x", "en")
    assert (verdict.misconception, told(verdict)) == ("times", [("calls", "without mul", "calls mul")])


# --- write: statements and functions; fill ---


@pytest.mark.parametrize(
    ("answer", "differences"),
    [
        pytest.param("y = x.t()", [], id="right"),
        pytest.param("z = x\ny = z.T", [], id="two-lines"),
        pytest.param("y = x", [("shape", "(3, 2)", "(2, 3)")], id="wrong"),
    ],
)
def test_statements_are_judged_by_what_is_asked_after_them(sit: Sit, answer: str, differences: Facts) -> None:
    question_session = written(sit, write="statements", solution="y = x.t()", ask="y")
    assert told(question_session.judge(answer, "en")) == differences


def test_statements_may_be_judged_by_what_they_change(sit: Sit) -> None:
    question_session = written(sit, write="statements", solution="x.zero_()", must=["changed"])
    assert question_session.judge("x[:] = 0", "en").outcome == "correct"
    assert told(question_session.judge("x = x * 0", "en")) == [
        ("changed", "x = [[0., 0., 0.], [0., 0., 0.]]", "x unchanged")
    ]


FUNCTION = {
    "write": "function",
    "draw": {"n": {"int": [2, 40]}},
    "given": "v = torch.arange({{ n }}.)",
    "def": "total(v)",
    "solution": "return v.sum()",
}


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param("return v.sum()", id="body"),
        pytest.param("v.sum()", id="expression"),
        pytest.param("def total(v):\n    return torch.sum(v)", id="whole"),
        pytest.param("s = 0.\nfor one in v:\n    s = s + one\nreturn s", id="loop"),
        pytest.param("def half(v):\n    return v\n\ndef total(w):\n    return half(w).sum()", id="helper"),
    ],
)
def test_a_function_is_judged_by_its_result(sit: Sit, answer: str) -> None:
    assert written(sit, **FUNCTION).judge(answer, "en").outcome == "correct"


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param("return torch.tensor({key})", id="hard-coded"),
        pytest.param("return v.sum() if len(v) == {n} else v", id="right-on-the-shown-draw"),
    ],
)
def test_a_function_also_runs_on_draws_that_are_not_shown(sit: Sit, wrong: str) -> None:
    question_session = written(sit, **FUNCTION)
    n = question_session.variant.parameters["n"]
    assert len(question_session.variant.hidden) == 5
    assert f"v = torch.arange({n}.)" not in [operand.given for operand in question_session.variant.hidden]
    verdict = question_session.judge(wrong.format(key=float(n * (n - 1) / 2), n=n), "en")
    assert verdict.outcome == "incorrect"
    assert {difference.on for difference in verdict.differences} == {question_session.variant.hidden[0].given}


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        pytest.param("1", "correct", id="solution"),
        pytest.param("-1", "correct", id="counted-from-the-end"),
        pytest.param("dim=1", "correct", id="by-name"),
        pytest.param("y = x.sum(1)", "correct", id="whole-line"),
        pytest.param("0", "incorrect", id="another-dim"),
        pytest.param("5", "incorrect", id="raises"),
        pytest.param("", "unreadable", id="nothing"),
        pytest.param("nope", "unreadable", id="no-such-name"),
    ],
)
def test_every_filling_that_behaves_like_the_solution_is_right(sit: Sit, answer: str, outcome: str) -> None:
    question_session = sit(task="t", given=GRID, fill="y = x.sum(____)", solution="1")
    assert question_session.judge(answer, "en").outcome == outcome


# --- slips, prints, and what learners must not be able to do ---


@pytest.mark.parametrize(
    ("answer", "detail"),
    [
        pytest.param("xx * 2", "name 'xx' is not defined", id="name"),
        pytest.param("x.tt()", "'Tensor' object has no attribute 'tt'", id="method"),
        pytest.param("torch.doubled(x)", "module 'torch' has no attribute 'doubled'", id="function"),
    ],
)
def test_a_slip_is_unreadable(sit: Sit, answer: str, detail: str) -> None:
    verdict = written(sit).judge(answer, "en")
    assert verdict == Verdict("unreadable", answer, unreadable=Unreadable("typo", detail))


def test_a_misspelling_that_is_a_misconception_counts(sit: Sit) -> None:
    question_session = written(sit, misconceptions=[{"id": "javascript", "code": "x.length * 2"}])
    assert question_session.judge("x.length * 2", "en").misconception == "javascript"


def test_a_slip_on_another_operand_counts(sit: Sit) -> None:
    question_session = written(sit, given=GRID + "\nk = 2", also_on=[GRID])
    verdict = question_session.judge("x * k", "en")
    assert told(verdict) == [("outcome", "a value", "NameError: name 'k' is not defined", GRID)]


def test_what_is_printed_is_kept_and_not_judged(sit: Sit) -> None:
    verdict = written(sit, write="statements", ask="y", solution="y = x * 2").judge(
        "print('hello')\nimport sys\nprint('oh', file=sys.stderr)\ny = x * 2", "en"
    )
    assert (verdict.outcome, verdict.printed) == ("correct", "hello\n")


LIE = """
class Liar{base}:
    __eq__ = __ne__ = __bool__ = lambda *_: True
    __hash__ = object.__hash__
    __class__ = torch.Tensor
    __repr__ = lambda self: "Tensor"
"""
SUBCLASS = """
class Mine(torch.Tensor):
    @classmethod
    def __torch_function__(cls, func, types, args=(), kwargs=None):
        return True
y = x.as_subclass(Mine)
"""
TIMES_TWO = "[[0., 2., 4.], [6., 8., 10.]]"
AS_GIVEN = "[[0., 1., 2.], [3., 4., 5.]]"


def forged(fact: dict[str, object]) -> str:
    """Code that writes a reply of its own to every descriptor it has."""
    reply = json.dumps({"index": 0, "observation": {"value": fact}})
    return f"""
import os, struct
reply = {reply!r}.encode()
for descriptor in range(3, 64):
    try:
        os.write(descriptor, struct.pack(">I", len(reply)) + reply)
    except OSError:
        pass
y = x
"""


HOSTILE = [
    pytest.param("import sys\nsys.exit(0)", [("outcome", "a value", "SystemExit: 0")], id="sys-exit"),
    pytest.param("raise KeyboardInterrupt", [("outcome", "a value", "KeyboardInterrupt: ")], id="interrupt"),
    pytest.param("import os\nos._exit(0)", [("outcome", "a value", "crashed")], id="os-exit"),
    pytest.param("import ctypes\nctypes.string_at(0)", [("outcome", "a value", "crashed")], id="segfault"),
    pytest.param("while True: pass", [("outcome", "a value", "timeout")], id="loop"),
    pytest.param(
        "def f(): f()\nf()",
        [("outcome", "a value", "RecursionError: maximum recursion depth exceeded")],
        id="recursion",
    ),
    pytest.param(
        "for _ in range(10**5): print('flood' * 100)\ny = x", [("values", TIMES_TWO, AS_GIVEN)], id="flood"
    ),
    pytest.param(
        "torch.Tensor.__eq__ = torch.allclose = torch.equal = lambda *_, **__: True\ny = x",
        [("values", TIMES_TWO, AS_GIVEN)],
        id="patched-comparisons",
    ),
    pytest.param(
        "import torch.testing\ntorch.testing.assert_close = lambda *_, **__: None\ny = x",
        [("values", TIMES_TWO, AS_GIVEN)],
        id="patched-assert-close",
    ),
    pytest.param(
        "torch.Tensor.shape = torch.Tensor.detach = None\ny = x",
        [("values", TIMES_TWO, AS_GIVEN)],
        id="patched-reading",
    ),
    pytest.param(
        "torch.set_default_dtype(torch.float64)\ny = torch.zeros(2, 3)",
        [("dtype", "float32", "float64"), ("values", TIMES_TWO, "[[0., 0., 0.], [0., 0., 0.]]")],
        id="default-dtype",
    ),
    pytest.param(LIE.format(base="") + "y = Liar()", [("type", "Tensor", "Liar")], id="object-equal-to-all"),
    pytest.param(
        LIE.format(base="(tuple)") + "y = Liar((1, 2))", [("type", "Tensor", "Liar")], id="tuple-equal-to-all"
    ),
    pytest.param(SUBCLASS, [("type", "Tensor", "Mine")], id="subclass-that-answers-for-torch"),
    pytest.param("y = torch.ones(()) * 2", [("shape", "(2, 3)", "()")], id="scalar-that-would-broadcast"),
    pytest.param(
        "y = torch.full((2, 3), float('nan'))",
        [("values", TIMES_TWO, "[[nan, nan, nan], [nan, nan, nan]]")],
        id="nan-everywhere",
    ),
    pytest.param(forged({"t": "bool", "v": True}), [("type", "Tensor", "bool")], id="forged-value"),
    pytest.param(
        forged({"t": "tensor", "dtype": "float33", "shape": [2, 3], "data": ""}),
        [("outcome", "a value", "crashed")],
        id="forged-dtype",
    ),
    pytest.param(
        forged({"t": "tensor", "dtype": "float32", "shape": [2, 3], "data": "AAAA"}),
        [("outcome", "a value", "crashed")],
        id="forged-bytes",
    ),
    pytest.param(
        forged({"t": "tensor", "dtype": "bool", "shape": [10**12, 0], "data": ""}),
        [("outcome", "a value", "crashed")],
        id="forged-shape",
    ),
    pytest.param(
        forged({"t": "tensor", "dtype": "bool", "shape": [0], "data": "", "stride": [1, 2]}),
        [("outcome", "a value", "crashed")],
        id="forged-stride",
    ),
    pytest.param(forged({"verdict": "correct"}), [("outcome", "a value", "crashed")], id="forged-verdict"),
]


@pytest.mark.parametrize(("code", "differences"), HOSTILE)
def test_hostile_code_is_wrong_and_the_next_question_works(sit: Sit, code: str, differences: Facts) -> None:
    question_session = written(sit, write="statements", ask="y", solution="y = x * 2")
    verdict = question_session.judge(dedent(code).strip(), "en")
    assert (verdict.outcome, told(verdict)) == ("incorrect", differences)
    assert question_session.judge("y = x + x", "en").outcome == "correct"
    assert sit(given=GRID, code="y = x.t()", ask="y.shape").judge("3,2", "en").outcome == "correct"


@linux
@pytest.mark.parametrize(
    ("answer", "detail", "refusal"),
    [
        pytest.param("torch.zeros(10**12)", "RuntimeError: ", "memory", id="a-terabyte"),
        pytest.param("'a' * 10**12", "MemoryError", "memory", id="a-text"),
        pytest.param(
            "open('x', 'w')", "PermissionError: [Errno 13] Permission denied: 'x'", "files", id="a-file"
        ),
        pytest.param(
            "__import__('pandas')", "ModuleNotFoundError: No module named 'pandas'", "module", id="a-module"
        ),
        pytest.param(
            "list(torch.utils.data.DataLoader(x, num_workers=2))",
            "PermissionError: [Errno 1] Operation not permitted",
            "processes",
            id="workers",
        ),
    ],
)
def test_what_the_sandbox_refuses_is_no_wrong_answer(
    sit: Sit, answer: str, detail: str, refusal: Refusal
) -> None:
    question_session = written(sit, misconceptions=[{"id": "files", "code": "open('x', 'w')"}])
    verdict = question_session.judge(answer, "en")
    assert (verdict.outcome, verdict.misconception, verdict.differences) == ("unreadable", None, ())
    assert verdict.unreadable is not None
    assert verdict.unreadable.refusal == refusal
    assert verdict.unreadable.detail.startswith(detail)
    assert question_session.judge("x * 2", "en").outcome == "correct"


def test_what_the_sandbox_refuses_on_another_operand_alone_tells_nothing_of_it(sit: Sit) -> None:
    question_session = written(sit, also_on=["x = torch.ones(7)"])
    verdict = question_session.judge("x * 2 if len(x) == 2 else __import__(f'size_{len(x)}')", "en")
    assert verdict.unreadable == Unreadable("typo", "", "module")


def test_right_code_may_try_what_the_sandbox_refuses(sit: Sit) -> None:
    question_session = written(sit, write="statements", ask="y", solution="y = x * 2")
    caught = "try:\n    open('x', 'w')\nexcept OSError:\n    pass\n"
    assert question_session.judge(caught + "y = x + x", "en").outcome == "correct"
    assert question_session.judge(caught + "y = x + 1", "en").outcome == "incorrect"
    assert question_session.judge(caught + "y = x.view(7)", "en").outcome == "incorrect"


@pytest.mark.parametrize(
    "code",
    [
        pytest.param("torch.mul = torch.add = None\ntorch.Tensor.__mul__ = None\ny = x + x", id="patches"),
        pytest.param("import atexit, time\natexit.register(time.sleep, 10**6)\ny = x + x", id="atexit"),
        pytest.param(
            "class D:\n    def __del__(self):\n        while True: pass\nd = D()\ny = x + x", id="del"
        ),
        pytest.param("import builtins\nbuiltins.print = None\ny = x + x", id="builtins"),
        pytest.param("x.add_(1).sub_(1)\ny = x + x", id="input-and-back"),
    ],
)
def test_what_a_right_answer_does_besides_does_not_last(sit: Sit, code: str) -> None:
    question_session = written(
        sit, write="statements", ask="y", solution="y = x * 2", also_on=["x = torch.ones(3)"]
    )
    assert question_session.judge(code, "en").outcome == "correct"
    assert question_session.judge("print(x)\ny = torch.mul(x, 2)", "en").outcome == "correct"


def test_torch_as_patched_by_an_answer_does_not_reach_the_key(sit: Sit) -> None:
    first = written(sit, write="statements", ask="y", solution="y = x * 2")
    first.judge("torch.Tensor.__mul__ = lambda *_: torch.zeros(())\ny = x", "en")
    second = written(sit, write="statements", ask="y", solution="y = x * 2")
    assert told(second.judge("y = torch.zeros(())", "en")) == [("shape", "(2, 3)", "()")]


# --- banks that do not work ---


@pytest.mark.parametrize(
    ("code", "ended"),
    [
        pytest.param("import time; time.sleep(1000)", "ran out of time", id="does-not-end"),
        pytest.param("import os; os._exit(0)", "crashed", id="exits"),
    ],
)
def test_a_bank_whose_own_program_does_not_end_is_a_problem_of_the_bank(
    sit: Sit, code: str, ended: str
) -> None:
    question_session = sit(given=GRID, code=code, ask="x.shape")
    with pytest.raises(BankError) as raised:
        question_session.judge("2,3", "en")
    assert str(raised.value) == f"t/q@1: the question's own program {ended}"
    assert sit(given=GRID, code="y = x", ask="y.shape").judge("2,3", "en").outcome == "correct"


@linux
@pytest.mark.parametrize(
    ("code", "ask", "why"),
    [
        pytest.param(
            "open('x', 'w')", "x.shape", "PermissionError: [Errno 13] Permission denied: 'x'", id="raises"
        ),
        pytest.param(
            "import pandas",
            "raised.__name__",
            "ModuleNotFoundError: No module named 'pandas'",
            id="asked-for",
        ),
    ],
)
def test_a_refusal_of_the_sandbox_is_never_a_key(sit: Sit, code: str, ask: str, why: str) -> None:
    question_session = sit(given=GRID, code=code, ask=ask)
    with pytest.raises(BankError) as raised:
        question_session.judge("raises", "en")
    assert str(raised.value) == f"t/q@1: the sandbox refuses the question's own program ({why})"


def test_a_misconception_that_crashes_leaves_the_question_standing(sit: Sit) -> None:
    question_session = sit(
        given=GRID,
        code="y = x",
        ask="y.shape",
        misconceptions=[
            {"id": "dies", "code": "import os; os._exit(1)"},
            {"id": "turns", "code": "y = x.t()"},
        ],
    )
    assert question_session.expected == "(2, 3)"
    assert question_session.judge("3,2", "en").misconception == "turns"


def test_a_question_that_is_left_can_be_closed_unanswered(sit: Sit) -> None:
    sit(given=GRID, code="while True: pass", ask="x.shape").close()
    assert sit(given=GRID, code="y = x", ask="y.shape").judge("2,3", "en").outcome == "correct"


@pytest.mark.parametrize("is_closed", [False, True])
def test_an_explanation_may_come_after_the_close(sit: Sit, is_closed: bool) -> None:
    question_session = written(sit)
    question_session.trace_ahead()
    assert question_session.judge("x.exp()", "en").outcome == "incorrect"
    if is_closed:  # as it is after a right answer
        question_session.close()
    both = question_session.both_explanations("x.exp()", "en")
    assert both is not None
    assert [explanation.error for explanation in both] == [None, None]
    assert all(explanation.steps for explanation in both)


def test_a_difference_says_on_which_operand_it_was_seen(sit: Sit) -> None:
    verdict = written(sit, also_on=["x = torch.ones(2)"]).judge("x + x.mean() * 0 + x * (x.dim() == 2)", "en")
    assert verdict.differences == (
        Difference("values", "[2., 2.]", "[1., 1.]", "x = torch.ones(2)", operand=1),
    )


# --- explanations ---


def last(explanation: Explanation | None) -> str | None:
    """Return the last line of the program that an explanation is of."""
    return None if explanation is None else explanation.source.rstrip().rpartition("\n")[2]


TURNED: dict[str, Any] = {
    "given": GRID,
    "code": "y = x.t()",
    "ask": "y.shape",
    "misconceptions": [
        {"id": "still", "code": "y = x"},
        {"id": "flat", "code": "y = x.reshape(-1)"},
        {"id": "said", "answer": "1"},
    ],
}


@pytest.mark.parametrize("ahead", [True, False])
@pytest.mark.parametrize(
    ("name", "misread"),
    [
        pytest.param("still", "y = x", id="the first"),
        pytest.param("flat", "y = x.reshape(-1)", id="the second"),
        pytest.param("said", None, id="an answer, which is no program"),
        pytest.param(None, None, id="none"),
    ],
)
def test_a_misreading_is_explained_beside_its_question(
    sit: Sit, ahead: bool, name: str | None, misread: str | None
) -> None:
    question_session = sit(**TURNED)
    if ahead:
        question_session.trace_ahead()
    program, other = question_session.misreading(name, "en")
    assert (last(program), last(other)) == ("y = x.t()", misread)
    question_session.close()


@pytest.mark.parametrize(
    ("operand", "shape"), [pytest.param(0, (2, 3), id="shown"), pytest.param(1, (4,), id="the other")]
)
def test_an_answer_is_explained_on_an_operand_beside_the_solution(
    sit: Sit, operand: int, shape: tuple[int, ...]
) -> None:
    question_session = written(sit, also_on=["x = torch.ones(4)"])
    both = question_session.both_explanations("x + x", "en", operand)
    assert both is not None
    assert [last(each) for each in both] == ["x + x", "x * 2"]
    alone = (
        question_session.explanation_of("x + x", "en", operand),
        question_session.explanation("en", operand),
    )
    for each in (*both, *alone):
        assert each is not None
        assert (each.error, each.steps[-1].tensor.shape) == (None, shape)
    assert [last(each) for each in alone] == ["x + x", "x * 2"]
    assert question_session.explanation_of("x + x", "en") == question_session.explanation_of("x + x", "en", 0)


@pytest.mark.parametrize("text", ["2,3", "wide"])
def test_an_answer_that_is_no_program_has_no_explanation(sit: Sit, text: str) -> None:
    question_session = sit(**TURNED)
    assert question_session.both_explanations(text, "en") is None
    assert question_session.explanation_of(text, "en") is None
    assert last(question_session.explanation("en")) == "y = x.t()"


def test_code_that_cannot_be_read_has_no_explanation(sit: Sit) -> None:
    assert written(sit).both_explanations("x +", "en") is None
    assert written(sit).explanation_of("x +", "en") is None
