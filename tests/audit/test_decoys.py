"""No lazy answer passes: zeros, ones, the key written out, the input, its transpose, `pass`."""

from __future__ import annotations

import pytest

from tests.audit.conftest import Lines
from tests.audit.topics import changed

ALSO = "    also_on:\n      - x = torch.arange(5. * {{ n }}).reshape(5, {{ n }}) ** 2\n"
SOLUTION = "solution: x.sum(dim=0)"
DO = "add awkward operands to `also_on`, or to `must`"


@pytest.mark.parametrize(
    ("kind", "pieces", "line"),
    [
        pytest.param(
            "write",
            (ALSO, ""),
            "11:15: small/total@0: the decoy `torch.tensor([3., 5., 7.], dtype=torch.float32)` passes "
            f"(on 2 draws); {DO}",
            id="the key written out",
        ),
        pytest.param(
            "write",
            (ALSO, "", SOLUTION, "solution: x.sum(dim=0) * math.nan"),
            "11:15: small/total@0: the decoy `torch.tensor([math.nan, math.nan, math.nan], dtype=torch.flo…` passes "
            f"(on 2 draws); {DO}",
            id="a key of NaN written out",
        ),
        pytest.param(
            "write",
            (SOLUTION, "solution: torch.zeros(3)"),
            f"11:15: small/total@0: the decoy `torch.zeros((3,), dtype=torch.float32)` passes (on 2 draws); {DO}",
            id="zeros",
        ),
        pytest.param(
            "write",
            (SOLUTION, "solution: x.new_ones(2, dtype=torch.long)"),
            f"11:15: small/total@0: the decoy `torch.ones((2,), dtype=torch.int64)` passes (on 2 draws); {DO}",
            id="ones",
        ),
        pytest.param(
            "write",
            (SOLUTION, "solution: x + 0"),
            f"11:15: small/total@0: the decoy `x` passes (on 2 draws); {DO}",
            id="the input",
        ),
        pytest.param(
            "write",
            (SOLUTION, "solution: x.t().clone()"),
            f"11:15: small/total@0: the decoy `x.transpose(-2, -1)` passes (on 2 draws); {DO}",
            id="its transpose",
        ),
        pytest.param(
            "function",
            ("solution: a.unsqueeze(1) * b", "solution: b.clone()"),
            f"15:15: small/table@0: the decoy `b` passes (on 9 draws); {DO}",
            id="a function that gives its second input back",
        ),
        pytest.param(
            "function",
            ("draw:\n      n: {int: [3, 5]}\n      m: {int: [2, 4]}", "draw:\n      n: 3\n      m: 2"),
            "15:15: small/table@0: the decoy `torch.tensor([[-0., 0.], [-1., 0.], [-2., 0.]], dtype=torch.…` passes; "
            + DO,
            id="a function that has no other draws to run on",
        ),
        pytest.param(
            "statements",
            ("solution: x[:] = 1", "solution: x * 2"),
            f"11:15: small/ones@4: the decoy `pass` passes (on 2 draws); {DO}",
            id="statements that do nothing",
        ),
    ],
)  # fmt: skip
def test_a_lazy_answer_that_passes(lines: Lines, kind: str, pieces: tuple[str, ...], line: str) -> None:
    assert lines(changed(kind, *pieces)) == [f"small.yaml:{line}"]


@pytest.mark.parametrize(
    "pieces",
    [
        pytest.param(
            (ALSO, "", "    forbid: [mean]\n", "    forbid: [tensor, zeros, ones]\n"),
            id="literals are forbidden",
        ),
        pytest.param(
            (SOLUTION, "solution: x.t().clone()", "    forbid: [mean]\n", "    must: [values, memory]\n"),
            id="the memory tells the transpose",
        ),
        pytest.param(
            (ALSO, "", "    forbid: [mean]\n", "    must: [shape, dtype]\n"), id="values are not asked for"
        ),
        pytest.param(
            (SOLUTION, "solution: x.transpose(-2, -1)", ALSO, ALSO.replace("** 2", "- 7")),
            id="the solution itself",
        ),
    ],
)
def test_no_lazy_answer_passes(lines: Lines, pieces: tuple[str, ...]) -> None:
    assert lines(changed("write", *pieces)) == []


def test_fillings_have_no_lazy_answers(lines: Lines) -> None:
    assert lines(changed("fill", "must: [shape]", "must: [shape, values]")) == []


IDLE = (
    "      - idea: adds\n        code: x += 1\n        because: {en: That adds., ko: 더합니다.}\n",
    "      - idea: dim-stays\n        code: x = x\n        because: {en: It stays., ko: 그대로입니다.}\n",
)


def test_a_misconception_that_an_idle_answer_would_be_taken_for(lines: Lines) -> None:
    what = "misconception `dim-stays` does no more than `pass`, which holds no idea"
    assert lines(changed("statements", *IDLE)) == [
        f"small.yaml:21:9: small/ones@4: {what} (on 2 draws); let its code do something with torch"
    ]


def test_a_misconception_may_give_its_input_back(lines: Lines) -> None:
    assert lines(changed("write", "code: x.sum(dim=0, keepdim=True)", "code: x")) == []


def test_misconceptions_are_told_apart_by_what_they_call(lines: Lines) -> None:
    assert lines(changed("write", "code: x.sum(dim=0, keepdim=True)", "code: x @ torch.ones({{ n }})")) == []
    same = "misconception `keeps` cannot be told from `other-dim` (n=3) (on 2 draws)"
    assert lines(changed("write", "code: x.sum(dim=0, keepdim=True)", "code: torch.sum(x, -1)")) == [
        f"small.yaml:22:9: small/total@0: {same}; limit one with `when`, or narrow the draws"
    ]
