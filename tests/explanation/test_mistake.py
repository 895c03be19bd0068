"""The picture after a wrong answer: whose step it is of, and what it shows."""

from __future__ import annotations

import pytest

from tensordrill.explanation.alignment import Alignment
from tensordrill.explanation.cells import Cells
from tensordrill.explanation.line import Line
from tensordrill.explanation.mistake import Subject, of_code, of_program
from tensordrill.explanation.pictures import Picture
from tensordrill.explanation.shapes import Merge
from tensordrill.explanation.strip import Strip
from tensordrill.explanation.tracing import explain_beside
from tensordrill.explanation.walk import Walk
from tensordrill.sandbox.client import Sandbox
from tensordrill.sandbox.protocol import Program

_X = "x = torch.arange(6).reshape(2, 3)\n"


def _code(
    sandbox: Sandbox, yours: str, solution: str, about: Subject, *, shows_key: bool = True
) -> Picture | None:
    mine, theirs = (Program(given=_X.strip(), code=code) for code in (yours, solution))
    one, other = explain_beside(sandbox, [(mine, "learner"), (theirs, "bank")], "en")
    return of_code(one, about, other, shows_key=shows_key)


def _told(picture: Picture | None) -> tuple[object, ...]:
    if picture is None:
        return ()
    whose = "solution: " if picture.is_solution else ""
    facts = (f"{whose}{picture.expression}", type(picture.drawing))
    return (*facts, *_told(picture.solution)) if picture.solution else facts


@pytest.mark.parametrize(
    ("yours", "solution", "about", "expected"),
    [
        pytest.param(
            "y = x.view(3, 2)", "y = x.t()", "values", ("x.view(3, 2)", Line, "x.t()", Strip), id="a view"
        ),
        pytest.param(
            "y = x.sum(0)", "y = x.sum(1)", "values", ("x.sum(0)", Walk, "x.sum(1)", Walk), id="a reduction"
        ),
        pytest.param(
            "y = x.float().softmax(0)",
            "y = x.float().softmax(1)",
            "values",
            ("x.float().softmax(0)", Walk, "x.float().softmax(1)", Walk),
            id="a softmax",
        ),
        pytest.param(
            "y = x[[0, 1]]",
            "y = x[:, [0, 1]]",
            "values",
            ("solution: x[:, [0, 1]]", Cells),
            id="an index that takes all",
        ),
        pytest.param(
            "i = torch.tensor([[1]])\ny = x[:, 1:].gather(0, i)",
            "i = torch.tensor([[1]])\ny = x[:, 1:].gather(1, i)",
            "values",
            ("x[:, 1:].gather(0, i)", Cells, "x[:, 1:].gather(1, i)", Cells),
            id="gather",
        ),
        pytest.param(
            "y = x + x[:, 0]",
            "y = x + x[:, :1]",
            "values",
            ("x + x[:, 0]", Alignment),
            id="shapes that clash",
        ),
        pytest.param(
            "y = x.t().clone()",
            "y = x.t().contiguous()",
            "memory",
            ("x.t().clone()", Strip, "x.t().contiguous()", Strip),
            id="not of the transpose before the clone",
        ),
        pytest.param("y = x.t().clone()", "y = x.t()", "sharing", (), id="its own memory shares nothing"),
        pytest.param("y = x.t().reshape(-1)", "y = x", "memory", ("x.t()", Strip), id="a copy after a view"),
        pytest.param("y = (x + 1).sum(0)", "y = (x + 2).sum(0)", "values", (), id="a sum only passes it on"),
        pytest.param("y = x - x[0]", "y = x * x[0]", "values", (), id="other numbers of the same shapes"),
        pytest.param("y = x.t()", "y = x.t().double()", "other", (), id="what no picture shows"),
        pytest.param("y = x.view(4)", "y = x.view(-1)", "values", (), id="what raises for another reason"),
    ],
)
def test_it_is_of_the_step_where_programs_part(
    yours: str, solution: str, about: Subject, expected: tuple[object, ...], sandbox: Sandbox
) -> None:
    assert _told(_code(sandbox, yours, solution, about)) == expected


def test_before_another_try_the_solution_is_not_shown(sandbox: Sandbox) -> None:
    assert _told(_code(sandbox, "y = x.view(3, 2)", "y = x.t()", "values", shows_key=False)) == (
        "x.view(3, 2)",
        Line,
    )
    assert _code(sandbox, "y = x", "y = x.t()", "values", shows_key=False) is None


@pytest.mark.parametrize(
    "code",
    [
        pytest.param("def linear(a, b):\n    return a + 1\n\ny = linear(x, x)", id="a function of one's own"),
        pytest.param("linear = lambda a, b: a * 2\ny = linear(x, x)", id="a lambda"),
        pytest.param(
            "class V:\n    def view(self, *sizes):\n        return x * 3\n\ny = V().view(3, 2)", id="a method"
        ),
    ],
)
def test_a_function_of_the_learners_own_is_not_torchs(code: str, sandbox: Sandbox) -> None:
    assert _code(sandbox, code, "y = x", "values") is None


def test_torchs_functions_count_by_their_own_name(sandbox: Sandbox) -> None:
    difference = _code(sandbox, "total = torch.sum\ny = total(x, 0)", "y = x.sum(1)", "values")
    assert _told(difference) == ("total(x, 0)", Walk, "x.sum(1)", Walk)


def test_what_mm_refuses_has_no_batch(sandbox: Sandbox) -> None:
    difference = _code(sandbox, "y = torch.mm(x.expand(4, 2, 3), x.t())", "y = x @ x.t()", "values")
    assert difference is not None
    assert isinstance(difference.drawing, Alignment)
    assert difference.drawing.batch == 0
    assert [column.sizes for column in difference.drawing.columns] == [(4, None), (2, 3), (3, 2)]


@pytest.mark.parametrize(
    ("program", "misread", "about", "expected"),
    [
        pytest.param(
            "y = x.view(3, 2)", "y = x.t()", "values", ("x.view(3, 2)", Line), id="by its misreading"
        ),
        pytest.param(
            "z = x.t()\ny = z.sum(0)",
            "z = x.t()\ny = z.sum(1)",
            "values",
            ("z.sum(0)", Walk),
            id="not before",
        ),
        pytest.param("y = x.sum(0) + x[0]", None, "values", ("x[0]", Cells), id="else what leads to it"),
        pytest.param("y = x + 1\nz = x.t()", None, "values", (), id="and nothing beside it"),
        pytest.param(
            "y = x.t().reshape(-1)", None, "outcome", ("x.t().reshape(-1)", Merge), id="whether it raises"
        ),
        pytest.param("y = x[0]", None, "memory", ("x[0]", Strip), id="where it lies"),
        pytest.param("y = x.sum()", None, "values", (), id="one number"),
    ],
)
def test_a_program_is_shown_where_it_is_misread(
    program: str, misread: str | None, about: Subject, expected: tuple[object, ...], sandbox: Sandbox
) -> None:
    sources = [Program(given=_X.strip(), code=code) for code in (program, misread) if code is not None]
    explanation = explain_beside(sandbox, [(source, "bank") for source in sources], "en")
    shown = of_program(explanation[0], explanation[1] if misread else None, about, "y", first_line=2)
    assert _told(shown) == expected


def test_values_that_are_alike_are_numbered(sandbox: Sandbox) -> None:
    given = "x = torch.zeros(2, 3)"
    cases: list[tuple[str, Subject]] = [
        ("y = x[:, 1:]", "values"),
        ("y = x.view(3, 2)", "values"),
        ("y = x.t()", "memory"),
    ]
    for code, about in cases:
        (result,) = explain_beside(sandbox, [(Program(given=given, code=code), "bank")], "en")
        picture = of_program(result, None, about, "y", first_line=2)
        assert picture is not None
        assert isinstance(picture.drawing, Cells | Line | Strip)
        assert [note.name for note in picture.drawing.notes] in (["numbered"], ["numbered-memory"])
