"""The check of forms that the shipped questions do without: nothing to find in a sound bank, a fault for each slip."""

from __future__ import annotations

import pytest

from tensordrill.audit.check import check
from tensordrill.bank.load import Bank
from tensordrill.lab.client import Lab
from tests.audit.conftest import Lines
from tests.audit.topics import changed


def test_a_bank_of_all_forms_is_sound(forms: Bank, lab: Lab) -> None:
    report = check(forms, dict.fromkeys(forms.names), 50, lab)
    assert [str(finding) for finding in report.findings] == []
    assert report.counts.questions == len(forms.topic("forms").entries)


@pytest.mark.parametrize(
    ("kind", "pieces", "line"),
    [
        pytest.param(
            "predict",
            ("    given:", "    setup: a = b\n    given:"),
            "15:12: small/total@7: its `setup` raises NameError: name 'b' is not defined (on 6 draws); mend the setup",
            id="a setup that raises",
        ),
        pytest.param(
            "write",
            ("    given:", '    setup: "def f(x):"\n    given:'),
            "8:12: small/total@0: its `setup` raises IndentationError: expected an indented block after function "
            "definition on line 1 (<setup>, line 1) (on 2 draws); mend the setup",
            id="a setup that is no program",
        ),
        pytest.param(
            "write",
            ("    given:", "    setup: k = {{ m }}\n    given:"),
            "8:12: small/total@0: `k = {{ m }}` does not render: 'm' is undefined; mend it, so that every seed "
            "makes a question",
            id="a setup that names an unknown parameter",
        ),
        pytest.param(
            "class",
            ("class: Add(nn.Module)", "class: Add(nn.Module"),
            "11:12: small/add: `Add(nn.Module` is not a class's header; write it as `Net(nn.Module)`; mend it, so "
            "that every seed makes a question",
            id="a class's header that is none",
        ),
    ],
)
def test_a_slip_is_said_at_its_place(lines: Lines, kind: str, pieces: tuple[str, ...], line: str) -> None:
    assert lines(changed(kind, *pieces)) == [f"small.yaml:{line}"]


@pytest.mark.parametrize(
    ("kind", "pieces", "decoy"),
    [
        pytest.param(
            "class", ("Add()(x)", "Add()(x).shape"), "def forward(self, x): return x", id="identity"
        ),
        pytest.param("class", ("Add()(x)", "Add.__name__"), "pass", id="an empty class"),
    ],
)
def test_a_lazy_answer_that_passes_is_a_fault(
    lines: Lines, kind: str, pieces: tuple[str, ...], decoy: str
) -> None:
    found = [line for line in lines(changed(kind, *pieces)) if f": the decoy `{decoy}` passes" in line]
    assert len(found) == 1
