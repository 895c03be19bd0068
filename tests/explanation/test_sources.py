"""The text of an expression, as it would be written on one line."""

from __future__ import annotations

import ast

import pytest

from tensordrill.explanation.sources import text_at
from tensordrill.sandbox.trace import Place


@pytest.mark.parametrize(
    ("source", "text"),
    [
        pytest.param("f(a)", "f(a)", id="one line"),
        pytest.param("f(a,  # the first\n  b)", "f(a, b)", id="comment"),
        pytest.param("f(  # all\n    a,\n    b,\n)", "f(a, b,)", id="a line an argument"),
        pytest.param("f(a,\n  # alone\n\n  b)", "f(a, b)", id="a line that is a comment"),
        pytest.param("f('# none', '''b\n  c''')", "f('# none', '''b c''')", id="no comment"),
        pytest.param("(a\n  .view(2,  3)\n  .t())", "a.view(2, 3).t()", id="chain"),
        pytest.param("a + \\\n  b", "a + b", id="continued"),
        pytest.param("f('하나',  # 첫째\n  '둘')", "f('하나', '둘')", id="korean"),
    ],
)
def test_an_expression_is_written_on_one_line(source: str, text: str) -> None:
    node = ast.parse(source, mode="eval").body
    assert node.end_lineno is not None
    assert node.end_col_offset is not None
    place = Place(node.lineno, node.col_offset, node.end_lineno, node.end_col_offset)
    assert text_at(place, {"": source}) == text


def test_what_is_no_python_by_itself_is_joined() -> None:
    assert text_at(Place(1, 0, 2, 4), {"": "f('''a\n   b + c"}) == "f('''a b"
