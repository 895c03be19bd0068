"""The check of forms that the shipped questions do without: nothing to find in a sound bank, a fault for each slip."""

from __future__ import annotations

import pytest

from tensordrill.audit.check import check
from tensordrill.bank.load import Bank
from tensordrill.sandbox.client import Sandbox
from tests.audit.conftest import Lines
from tests.audit.topics import changed


def test_a_bank_of_all_forms_is_sound(forms: Bank, sandbox: Sandbox) -> None:
    report = check(forms, dict.fromkeys(forms.names), 50, sandbox)
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
        pytest.param(
            "order",
            ("      - x = x * 2\n", "      - x = x * 2\n      - y = 5\n", "order: [3, 2]", "order: [4, 2]"),
            "13:9: small/steps@5: the decoy without `y = 5` passes (on 2 draws); let `ask` see what it does, add to "
            "`also_on`, or leave the line out",
            id="a line that makes no difference",
        ),
        pytest.param(
            "order",
            ("      - x = x - 1\n", "      - x = x - 1\n      - y = x\n"),
            "15:9: small/steps@5: the decoy with `y = x` in place 1 passes (on 2 draws); let `ask` see what it does, "
            "add to `also_on`, or leave it out",
            id="a line that belongs nowhere and does no harm",
        ),
        pytest.param(
            "order",
            ("x = x - 1", "x = x * {{ n - 1 }}", "order: [3, 2]", "order: [1, 2, 3]"),
            "14:9: small/steps@5: two lines are the same: `x = x * 2`; let them differ, or make one line of both",
            id="two lines that are the same on some draws",
        ),
        pytest.param(
            "order",
            ("order: [3, 2]", "order: []"),
            "23:9: small/steps@5: misconception `subtracted`: its code cannot be read (order) (on 2 draws); mend its "
            "code",
            id="a misconception that takes no line",
        ),
        pytest.param(
            "order",
            ("    distractors:\n      - x = x - 1\n", "", "order: [3, 2]", "order: [2]"),
            "21:9: small/steps@5: misconception `subtracted` leaves a line out, which nobody can type without "
            "`distractors` (on 2 draws); add a distractor, or order all lines",
            id="a misconception that leaves a line out, and there are no distractors",
        ),
        pytest.param(
            "order",
            ("order: [2, 1]", "order: [1, 2]"),
            "20:9: small/steps@5: misconception `doubled-first` passes on all operands (n=3) (on 2 draws); limit it "
            "with `when`, add to `must` or to `also_on`",
            id="a misconception that is right",
        ),
        pytest.param(
            "order",
            ("order: [3, 2]", "order: [2, 1]"),
            "23:9: small/steps@5: misconception `subtracted` cannot be told from `doubled-first` (n=3) (on 2 draws); "
            "limit one with `when`, or narrow the draws",
            id="two misconceptions that are typed alike",
        ),
        pytest.param(
            "order",
            ("x = x + 1", "x = x + z"),
            "11:7: small/steps@5: the question's own program raises NameError: name 'z' is not defined (on 2 draws); "
            "mend the program",
            id="a right order that raises",
        ),
        pytest.param(
            "predict",
            (
                "ask: y.shape",
                "ask: output",
                "dim={{ dim }})\n    ask",
                "dim={{ dim }}); print('\\n'.join(str(y.shape[0]) * 20))\n    ask",
            ),
            "17:10: small/total@7: the program prints 20 lines of 39 characters in all (on 6 draws); let it print 12 "
            "lines of 400 characters at most",
            id="a program that prints too many lines",
        ),
        pytest.param(
            "predict",
            (
                "ask: y.shape",
                "ask: output",
                "dim={{ dim }})\n    ask",
                "dim={{ dim }}); print(torch.rand(2))\n    ask",
            ),
            "16:11: small/total@7: the program gives another result when it is run again (on 6 draws); use fixed data; "
            "no random or uninitialised memory",
            id="a program that prints random numbers",
        ),
        pytest.param(
            "predict",
            ("- idea: keeps", "- idea: keeps\n        when: raised or dims == 0"),
            "26:15: small/total@0: `raised or dims == 0` cannot be computed: 'dims' is undefined; mend it, so that "
            "every seed makes a question",
            id="a `when` of the run that names an unknown parameter",
        ),
        pytest.param(
            "predict",
            (
                "    code: y = x.sum(dim={{ dim }})\n",
                "    code: y = x.sum(dim=2)\n    constant: true\n",
                "- idea: keeps",
                "- idea: keeps\n        when: \"{'RuntimeError': 1, none: 1}[raised]\"",
            ),
            "27:15: small/total: `{'RuntimeError': 1, none: 1}[raised]` cannot be computed: 'dict object' has "
            "no attribute 'IndexError'; mend it, so that every seed makes a question",
            id="a `when` that fails for what is raised",
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
    report_lines = [line for line in lines(changed(kind, *pieces)) if f": the decoy `{decoy}` passes" in line]
    assert len(report_lines) == 1
