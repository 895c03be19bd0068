"""A program that the sandbox stopped is told so, in place of a reason from its operands."""

from __future__ import annotations

import sys

import pytest

from tensordrill.explanation.tracing import explain
from tensordrill.messages import LANGUAGES, Language
from tensordrill.messages.question import REFUSALS
from tensordrill.sandbox.client import Sandbox
from tensordrill.sandbox.protocol import Refusal
from tests.needs import linux

pytestmark = linux


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("source", "expression", "refused"),
    [
        pytest.param("torch.save(torch.ones(2), 'x.pt')", "torch.save(torch.ones(2), 'x.pt')", "files", id="save"),
        pytest.param("import pandas as pd", "import pandas as pd", "module", id="module"),
        pytest.param("x = torch.ones(10**6)\ny = x[:, None] * x", "x[:, None] * x", "memory", id="memory"),
        pytest.param(
            "from torch.utils.data import DataLoader\nfor x in DataLoader(torch.ones(2), num_workers=1): pass",
            "DataLoader(torch.ones(2), num_workers=1)"  # the place of the iterable alone
            if sys.version_info >= (3, 13)
            else "for x in DataLoader(torch.ones(2), num_workers=1): pass",
            "processes",
            id="workers",
        ),
    ],
)  # fmt: skip
def test_the_refusal_is_the_reason(
    sandbox: Sandbox, source: str, expression: str, refused: Refusal, language: Language
) -> None:
    error = explain(sandbox, source, language).error
    assert error is not None
    assert (error.expression, error.reason) == (expression, REFUSALS[refused][LANGUAGES.index(language)])


def test_what_torch_refuses_keeps_its_own_reason(sandbox: Sandbox) -> None:
    error = explain(sandbox, "x = torch.ones(2, 3)\nx @ x", "en").error
    assert error is not None
    assert error.reason not in (None, *(english for english, _ in REFUSALS.values()))
