"""The picture of a program."""

from __future__ import annotations

import pytest

from tensordrill.explanation.alignment import Alignment
from tensordrill.explanation.difference import first_difference
from tensordrill.explanation.drawing import Corners
from tensordrill.explanation.outline import outline
from tensordrill.explanation.pictures import Picture, of_the_error
from tensordrill.explanation.shapes import Merge
from tensordrill.explanation.strip import Strip
from tensordrill.explanation.tracing import explain
from tensordrill.sandbox.client import Sandbox
from tests.explanation.programs import PROGRAMS, last_picture

_X = "x = torch.arange(6).reshape(2, 3)\n"


def _last(sandbox: Sandbox, source: str) -> Picture | None:
    return last_picture(explain(sandbox, source, "en"))


@pytest.mark.parametrize(
    ("code", "kind", "of"),
    [
        pytest.param("y = x.t()", Strip, "x.t()", id="a view"),
        pytest.param("y = x.t().view(-1)", Merge, "x.t().view(-1)", id="a view that fails"),
        pytest.param("y = x.t().reshape(6)", Merge, "x.t().reshape(6)", id="a reshape that copies"),
        pytest.param("y = x.t().flatten()", Merge, "x.t().flatten()", id="flatten"),
        pytest.param("y = x + x[0]", Alignment, "x + x[0]", id="shapes that differ"),
        pytest.param("y = torch.add(x, x[:, :1])", Alignment, "torch.add(x, x[:, :1])", id="a function"),
        pytest.param("x += x[:, :1].clone()", Alignment, "x += x[:, :1].clone()", id="in place"),
        pytest.param("y = x @ x.mT", Alignment, "x @ x.mT", id="a product"),
        pytest.param("y = torch.mm(x, x)", Alignment, "torch.mm(x, x)", id="a product that fails"),
        pytest.param(
            "y = x.sum(dim=1, keepdim=True)", Alignment, "x.sum(dim=1, keepdim=True)", id="a reduction"
        ),
        pytest.param("y = torch.cat([x, x], dim=1)", Alignment, "torch.cat([x, x], dim=1)", id="cat"),
        pytest.param(
            "y = torch.cat([x, x[:, 1:]])", Alignment, "torch.cat([x, x[:, 1:]])", id="cat that fails"
        ),
        pytest.param("y = torch.stack((x, x), 2)", Alignment, "torch.stack((x, x), 2)", id="stack"),
        pytest.param("x.expand(4, 3)", Alignment, "x.expand(4, 3)", id="expand that fails"),
        pytest.param(
            "x[0].expand(2, 3).add_(1)", Strip, "x[0].expand(2, 3).add_(1)", id="writing many times"
        ),
        pytest.param(
            "F.linear(x, torch.ones(4, 2))", Alignment, "F.linear(x, torch.ones(4, 2))", id="linear"
        ),
        pytest.param("nn.Linear(2, 4)(x.float())", Alignment, "nn.Linear(2, 4)(x.float())", id="a layer"),
        pytest.param("nn.GRU(2, 4)(x.float())", Alignment, "nn.GRU(2, 4)(x.float())", id="a recurrent layer"),
        pytest.param("nn.MSELoss()(x, x[:, :2])", Alignment, "nn.MSELoss()(x, x[:, :2])", id="a loss"),
        pytest.param(
            "torch.cat([x,  # one\n x[0]], 1)", Alignment, "torch.cat([x, x[0]], 1)", id="with a comment"
        ),
        pytest.param("f = x.t().view\nf(-1)", Merge, "f(-1)", id="a method under a name that fails"),
        pytest.param("f = x.add\ny = f(x[0])", Alignment, "f(x[0])", id="a method under a name"),
        pytest.param("y = x.add(other=x[0])", Alignment, "x.add(other=x[0])", id="an operand by its keyword"),
        pytest.param("y = torch.zeros(99, 99)[::2]", Corners, "torch.zeros(99, 99)[::2]", id="too large"),
    ],
)
def test_each_function_has_its_picture(code: str, kind: type, of: str, sandbox: Sandbox) -> None:
    picture = _last(sandbox, _X + code)
    assert picture is not None
    assert (type(picture.drawing), picture.expression) == (kind, of)


@pytest.mark.parametrize(
    "code",
    [
        "y = x + 1",
        "y = x * x",
        "y = x.clone()",
        "x.numpy_()",
        "y = x.view(3, 2)",
        "n = 1",
    ],
)
def test_what_surprises_nobody_has_none(code: str, sandbox: Sandbox) -> None:
    assert _last(sandbox, _X + code) is None


def test_an_attribute_that_is_not_there_writes_nothing(sandbox: Sandbox) -> None:
    assert of_the_error(explain(sandbox, _X + "x.expand(2, 2, 3).sum_", "en")) is None


def test_pieces_without_dims_have_nothing_to_draw(sandbox: Sandbox) -> None:
    assert of_the_error(explain(sandbox, _X + "torch.cat([x.sum(), x.sum()])", "en")) is None


def test_a_name_is_what_a_tensor_is_called(sandbox: Sandbox) -> None:
    explanation = explain(sandbox, _X + "y = x\nz = y.t()\ny", "en")
    rows = [(row.label, row.of) for group in outline(explanation) for row in group.rows]
    assert rows[1:] == [(".reshape(2, 3)", "torch.arange(6)"), ("y", "x"), ("y.t()", "y"), ("y", None)]


def test_a_loop_shows_its_first_rounds_and_its_last(sandbox: Sandbox) -> None:
    explanation = explain(
        sandbox, "x = torch.zeros(2)\nfor i in range(9):\n    y = x + i\n    x = y * 2\n", "en"
    )
    groups = outline(explanation)
    assert [group.line for group in groups] == [1, 3, 4, 3, 4, 3, 4, 3, 4]
    assert [bool(group.left_out) for group in groups] == [False] * 7 + [True, False]
    shown = sum(len(group.rows) for group in groups)
    assert shown < len(explanation.steps) == shown + sum(group.left_out for group in groups) + 8


@pytest.mark.parametrize(
    ("yours", "solution", "mine", "theirs"),
    [
        pytest.param("y = x.t().view(-1)", "y = x.t()[:, :1]", None, "x.t()[:, :1]", id="one that raises"),
        pytest.param("y = x.t().clone()", "y = x.t()", "x.t().clone()", None, id="by their memory"),
        pytest.param(
            "y = (x + 1).sum(0)", "y = torch.sum(x, 0)", "x + 1", "torch.sum(x, 0)", id="by their values"
        ),
        pytest.param("y = x.t()", "y = x.t().detach()", None, None, id="names are no matter"),
    ],
)
def test_the_first_step_that_differs(
    yours: str, solution: str, mine: str | None, theirs: str | None, sandbox: Sandbox
) -> None:
    one, other = explain(sandbox, _X + yours, "en"), explain(sandbox, _X + solution, "en")
    difference = first_difference(one, other)
    expressions = [
        None if index is None else program.steps[index].expression
        for program, index in zip((one, other), difference, strict=True)
    ]
    assert expressions == [mine, theirs]
    assert first_difference(one, one) == (None, None)


def test_every_program_of_the_screens_has_a_picture_that_shows_something(sandbox: Sandbox) -> None:
    kinds = set()
    for name, source in PROGRAMS.items():
        if name not in ("endless",):
            picture = _last(sandbox, source)
            kinds.add(type(picture.drawing) if picture else None)
    assert kinds == {Strip, Alignment, Merge, None}
