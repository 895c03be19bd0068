"""A class that a learner writes is read whole or as its body."""

from __future__ import annotations

import pytest

from tensordrill.bank.schema import Write
from tensordrill.errors import DrawError
from tensordrill.kinds.answers import Code, Unreadable
from tensordrill.kinds.write import as_code, check_header


def question(header: str = "Net(nn.Module)") -> Write:
    return Write(id="q", task="t", write="class", class_header=header, solution="pass", ask="Net()")


FORWARD = "def forward(self, x):\n    return x"
WHOLE = "class Net(nn.Module):\n    def forward(self, x):\n        return x"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param(FORWARD, WHOLE, id="body"),
        pytest.param(WHOLE, WHOLE, id="whole"),
        pytest.param(f"    {WHOLE}".replace("\n", "\n    "), WHOLE, id="indented"),
        pytest.param(f"{WHOLE}\n\n", WHOLE, id="empty lines below"),
        pytest.param(
            WHOLE.replace("nn.Module", "nn.Identity"), WHOLE.replace("nn.Module", "nn.Identity"), id="bases"
        ),
        pytest.param(f"import os\n{WHOLE}", f"import os\n{WHOLE}", id="lines above"),
        pytest.param(f"class A: pass\n{WHOLE}", f"class A: pass\n{WHOLE}", id="a class beside it"),
        pytest.param("pass", "class Net(nn.Module):\n    pass", id="nothing in it"),
        pytest.param("size = 3", "class Net(nn.Module):\n    size = 3", id="an attribute"),
        pytest.param("n: int = 3", "class Net(nn.Module):\n    n: int = 3", id="an annotated one"),
    ],
)
def test_a_class_is_read(text: str, code: str) -> None:
    assert as_code(question(), text) == Code(code)


@pytest.mark.parametrize(
    ("text", "unreadable"),
    [
        pytest.param("", Unreadable("empty-code"), id="nothing"),
        pytest.param("...", Unreadable("empty-code"), id="dots"),
        pytest.param("class Net(nn.Module):\n    ...", Unreadable("empty-code"), id="a class of dots"),
        pytest.param(WHOLE.replace("Net", "Nett"), Unreadable("class"), id="another name"),
        pytest.param("x + 1", Unreadable("class"), id="an expression"),
        pytest.param(
            "def forward(self, x):",
            Unreadable("class", "expected an indented block after function definition on line 1"),
            id="half a body",
        ),
        pytest.param("return x", Unreadable("class"), id="no body of a class"),
        pytest.param(
            f"{FORWARD}\nbreak", Unreadable("class", "'break' outside loop (line 4)"), id="no program"
        ),
    ],
)
def test_what_is_no_class_is_unreadable(text: str, unreadable: Unreadable) -> None:
    assert as_code(question(), text) == unreadable


@pytest.mark.parametrize(
    ("header", "name", "head"),
    [
        pytest.param("Net(nn.Module)", "Net", "class Net(nn.Module):", id="a base"),
        pytest.param("Pairs", "Pairs", "class Pairs:", id="none"),
        pytest.param("E (ValueError, metaclass=M)", "E", "class E (ValueError, metaclass=M):", id="more"),
    ],
)
def test_a_header_has_a_name(header: str, name: str, head: str) -> None:
    check_header(question(header))
    assert (question(header).name, question(header).head) == (name, head)


@pytest.mark.parametrize("header", ["class Net", "Net(nn.Module", "Net:", "2Net"])
def test_what_is_no_header_is_said(header: str) -> None:
    with pytest.raises(DrawError) as caught:
        check_header(question(header))
    assert str(caught.value) == f"`{header}` is not a class's header; write it as `Net(nn.Module)`"
