"""The pictures after wrong answers on 80 columns, in both languages, kept as files in golden/.

REGENERATE_SCREENS=1 pytest tests/render/test_pictures.py   writes the files anew; then read what changed.
"""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from rich.console import Console
from wcwidth import wcswidth

from tensordrill.explanation.mistake import Subject, of_code
from tensordrill.explanation.tracing import explain_beside
from tensordrill.messages import LANGUAGES, Language
from tensordrill.render.as_html import as_html
from tensordrill.render.pictures import pictured
from tensordrill.sandbox.client import Sandbox
from tensordrill.sandbox.protocol import Program

_GOLDEN = Path(__file__).parent / "golden" / "pictures"
_WIDTH = 80
_ANSWERS: list[tuple[str, str, str, Subject]] = [
    ("x = torch.arange(6).view(2, 3)", "x.view(3, 2)", "x.t()", "values"),
    ("x = torch.arange(24).view(2, 3, 4)", "x.reshape(2, 2, 3, 2)", "x.reshape(2, 3, 2, 2)", "values"),
    ("x = torch.arange(60).view(15, 4)", "x.view(-1, 5)", "x.view(5, -1)", "values"),
    ("x = torch.zeros(2, 3)", "x.view(3, 2)", "x", "values"),
    ("x = torch.arange(6.).view(2, 3)", "x.sum(0)", "x.sum(1)", "values"),
    ("x = torch.arange(8.).view(2, 2, 2)", "x.softmax(0)", "x.softmax(-1)", "values"),
    ("x = torch.arange(12).view(3, 4) + 9", "x[[0, 2]]", "x[:, [0, 2]]", "values"),
    (
        "x = torch.arange(6).view(2, 3) + 9\ni = torch.tensor([[1, 0]])",
        "x.gather(0, i)",
        "x.gather(1, i)",
        "values",
    ),
    ("x = torch.zeros(2, 4)", "x[:, ::2]", "x[::2]", "shape"),
    ("x = torch.zeros(2, 3)", "x.t()", "x", "memory"),
    ("a, b = torch.ones(5, 2, 3), torch.ones(3, 4)", "torch.mm(a, b)", "a @ b", "values"),
]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_picture_is_what_it_was(language: Language, sandbox: Sandbox) -> None:
    parts = []
    for given, yours, solution, about in _ANSWERS:
        programs = [Program(given=given, code=f"y = {code}") for code in (yours, solution)]
        one, other = explain_beside(sandbox, [(program, "bank") for program in programs], language)
        picture = of_code(one, about, other, shows_key=True)
        assert picture is not None, yours
        console = Console(file=io.StringIO(), width=_WIDTH, color_system=None, highlight=False, markup=False)
        console.print(pictured(picture, language))
        assert isinstance(console.file, io.StringIO)
        parts.append("\n".join(row.rstrip() for row in console.file.getvalue().splitlines()) + "\n")
        assert "td-picture" in as_html(pictured(picture, language), language)
    sentence = "\n".join(parts)
    file = _GOLDEN / f"{language}-{_WIDTH}.txt"
    if os.environ.get("REGENERATE_SCREENS"):
        file.write_text(sentence, encoding="utf-8")
    assert sentence.split("\n") == file.read_text(encoding="utf-8").split("\n")
    assert [row for row in sentence.split("\n") if wcswidth(row) > _WIDTH] == []
