"""Each small topic has one thing wrong, and the check says where, on which draw, what, and what to do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tensordrill.audit import question
from tensordrill.audit.check import check
from tensordrill.bank.load import Bank
from tensordrill.bank.starter import write_starter
from tensordrill.bank.variant import select
from tensordrill.errors import FileProblems
from tensordrill.sandbox.client import Sandbox
from tests.audit.conftest import Check, Lines
from tests.audit.topics import TOPICS, changed
from tests.needs import linux

CODE, WRONG = "y = x.sum(dim={{ dim }})\n", "y = x.sum(dim={{ 1 - dim }})\n"
RAISES = "y = x.sum(dim=2 + {{ dim }})\n    constant: true\n"
FOREVER = "'import time; time.sleep(1000)'\n"
UNSTABLE = "the program gives another result when it is run again"
FIXED = "use fixed data; no random or uninitialised memory"
OUT_OF_TIME = "the question's own program ran out of time (on {} draws); mend the program"
TOO_MUCH = "the question's own program needs more memory than the sandbox gives it (on 6 draws); take smaller tensors"
NO_FILES = "the sandbox lets programs write no files, and read only Python's and torch's"
NO_FILES_DO = "write the data into the program; `torch.save` and `torch.load` take an `io.BytesIO()`"
TYPED = "ask for something that can be typed"
MEND = "mend it, so that every seed makes a question"
APART = "limit one with `when`, or narrow the draws"
RIGHT = "limit it with `when`, or narrow the draws"
PASSES = "limit it with `when`, add to `must` or to `also_on`"
BOTH = "give options of both sorts on every draw"
DIM_RANGE = "IndexError: Dimension out of range (expected to be in range of [-2, 1], but got 3)"
NO_Z = "raises NameError: name 'z' is not defined"


@pytest.mark.parametrize("kind", TOPICS)
def test_a_topic_without_a_mistake_passes(lines: Lines, kind: str) -> None:
    assert lines(TOPICS[kind]) == []


def test_what_was_looked_at_is_counted(checked: Check) -> None:
    counts = checked(TOPICS["predict"]).counts
    assert (counts.questions, counts.enumerated, counts.draws) == (1, 1, 6)
    # The reference, that again, `keepdim`, and `x.shape` of three operands; the other dim is another draw's reference.
    assert counts.programs == 6 + 6 + 6 + 3
    assert counts.tried == counts.rejected + 20
    assert 0 < counts.rejected < 20


# What cannot be drawn or rendered.


@pytest.mark.parametrize(
    ("kind", "pieces", "line"),
    [
        pytest.param(
            "predict",
            (CODE, "y = x.sum(dim={{ dims }})\n"),
            f"16:11: small/total@0: `y = x.sum(dim={{{{ dims }}}})` does not render: 'dims' is undefined; {MEND}",
            id="a program that names an unknown parameter",
        ),
        pytest.param(
            "predict",
            (WRONG, "y = x.sum(dim={{ 1 - dims }})\n"),
            "23:15: small/total@0: `y = x.sum(dim={{ 1 - dims }})` does not render: 'dims' is undefined; "
            + MEND,
            id="a misconception that does",
        ),
        pytest.param(
            "predict",
            (CODE, "y = x.sum(dim={{ [0][dim] }})\n"),
            "16:11: small/total@{}: `y = x.sum(dim={{{{ [0][dim] }}}})` does not render: list object has no "
            "element 1; " + MEND,
            id="a program that fails to render on some draws",
        ),
        pytest.param(
            "predict",
            ("rows + cols > 6", "row > 6"),
            f"14:13: small/total@0: `row > 6` cannot be computed: 'row' is undefined; {MEND}",
            id="a `where` that names an unknown parameter",
        ),
        pytest.param(
            "predict",
            ("- idea: keeps", "- idea: keeps\n        when: dims == 0"),
            f"26:15: small/total@0: `dims == 0` cannot be computed: 'dims' is undefined; {MEND}",
            id="a `when` that does",
        ),
        pytest.param(
            "predict",
            ("rows + cols > 6", "rows > 6"),
            "11:7: small/total@0: no draw satisfies `where`; widen the draws or loosen `where`",
            id="no draw is allowed",
        ),
        pytest.param(
            "predict",
            (
                "rows: {int: [2, 3]}",
                "rows: {int: [0, 4999]}",
                "rows + cols > 6",
                "rows == 4999 and cols == 5",
            ),
            "11:7: small/total@1: no draw satisfies `where` in 1000 tries; widen the draws or loosen `where`",
            id="a seed finds no draw, though there is one",
        ),
        pytest.param(
            "predict",
            ("rows: {int: [2, 3]}", "rows: {int: [3, 2]}"),
            f"11:13: small/total@0: the range from 3 to 2 is empty; {MEND}",
            id="an empty range",
        ),
        pytest.param(
            "predict",
            ("dim: {choice: [0, 1]}", 'dim: "[0] * 10 ** 9"'),
            f"13:12: small/total@0: `[0] * 10 ** 9` cannot be computed: `**` is not available here; {MEND}",
            id="an expression that explodes",
        ),
        pytest.param(
            "predict",
            (CODE, "'{% for i in range(99999) %}{{ i }}{% endfor %}'\n"),
            "16:11: small/total@0: `{% for i in range(99999) %}{{ i }}{% endfor %}` does not render: "
            f"more than 10000 loop steps or 1 s; {MEND}",
            id="a template that explodes",
        ),
        pytest.param(
            "function",
            ("def: table(a, b)", "def: table(a, b"),
            f"14:10: small/table: `def: table(a, b` is not a signature; write it as `outer(a, b)`; {MEND}",
            id="a `def` that is no signature",
        ),
    ],
)
def test_what_no_question_can_be_made_of(lines: Lines, kind: str, pieces: tuple[str, ...], line: str) -> None:
    (sentence,) = lines(changed(kind, *pieces))
    seed = re.findall(r"@(\d+):", sentence)
    assert sentence == "small.yaml:" + (line.format(*seed) if "{}" in line else line)


# The reference.


@pytest.mark.parametrize(
    ("kind", "pieces", "line"),
    [
        pytest.param(
            "predict",
            ("ask: y.shape", "ask: (torch.rand(2) * 1000).long()"),
            f"16:11: small/total@7: {UNSTABLE} (on 6 draws); {FIXED}",
            id="random numbers",
        ),
        pytest.param(
            "predict",
            ("ask: y.shape", "ask: torch.empty(2)"),
            f"16:11: small/total@7: {UNSTABLE} (on 6 draws); {FIXED}",
            id="uninitialised floats",
        ),
        pytest.param(
            "predict",
            ("ask: y.shape", "ask: torch.empty(2, dtype=torch.long)"),
            f"16:11: small/total@7: {UNSTABLE} (on 6 draws); {FIXED}",
            id="uninitialised integers",
        ),
        pytest.param(
            "write",
            ("solution: x.sum(dim=0)", "solution: x.sum(dim=0) + torch.rand({{ n }})"),
            f"11:15: small/total@0: {UNSTABLE} (on 2 draws); {FIXED}",
            id="a random solution",
        ),
        pytest.param(
            "which",
            ("which: shares_memory(x, it)", "which: torch.randint(2, (64,)).any() and bool(torch.rand(1) > 0.5)"),
            f"5:5: small/sharing@0: {UNSTABLE} (on 2 draws); {FIXED}",
            id="a random test",
        ),
        pytest.param(
            "predict",
            (CODE, "y = z.sum(dim={{ dim }})\n"),
            f"16:11: small/total@7: the question's own program {NO_Z} (on 6 draws); mend the program",
            id="an unknown name",
        ),
        pytest.param(
            "predict",
            (CODE, "y = x.sum(dim={{ dim }}\n"),
            "16:11: small/total@7: the question's own program raises SyntaxError: '(' was never closed "
            "(<program>, line 2) (on 6 draws); mend the program",
            id="not Python",
        ),
        pytest.param(
            "write",
            ("solution: x.sum(dim=0)", "solution: x.sum(dim=3)"),
            f"11:15: small/total@0: the question's own program raises {DIM_RANGE} (on 2 draws); mend the program",
            id="a solution that raises",
        ),
        pytest.param(
            "fill",
            ('solution: "1"', 'solution: "3"'),
            f"10:15: small/column@1: the question's own program raises {DIM_RANGE} (on 2 draws); mend the program",
            id="a filling that raises",
        ),
        pytest.param(
            "write",
            ("{{ n }}).reshape(5, {{ n }}) ** 2", "{{ n }})", "solution: x.sum(dim=0)", "solution: x[0] + x[1, :]"),
            "11:15: small/total@0: the question's own program raises IndexError: too many indices for tensor of "
            "dimension 1 (on 2 draws); mend the program",
            id="a solution that raises on an operand of `also_on` only",
        ),
        pytest.param(
            "write",
            ("solution: x.sum(dim=0)", "solution: x.mean(0) * x.shape[0]"),
            "11:15: small/total@0: the solution breaks its own rule: without mean, but it calls mean (on 2 draws); "
            "mend `forbid`, `only` or the solution",
            id="a solution that calls what is forbidden",
        ),
        pytest.param(
            "write",
            ("forbid: [mean]", "only: [mean]"),
            "11:15: small/total@0: the solution breaks its own rule: only mean, but it calls sum (on 2 draws); "
            "mend `forbid`, `only` or the solution",
            id="a solution that calls what is not allowed",
        ),
        pytest.param(
            "write",
            ("solution: x.sum(dim=0)", "solution: x.sum(dim=0) if len(x) < 3 else torch.mean(x, 0) * len(x)"),
            "11:15: small/total@0: the solution breaks its own rule: without mean, but it calls mean (on 2 draws); "
            "mend `forbid`, `only` or the solution",
            id="a solution that does so on an operand of `also_on` only",
        ),
        pytest.param(
            "fill",
            ("must: [shape]", "forbid: [unsqueeze]"),
            "10:15: small/column@1: the solution breaks its own rule: without unsqueeze, but it calls unsqueeze "
            "(on 2 draws); mend `forbid`, `only` or the solution",
            id="a filling whose program does",
        ),
        pytest.param(
            "write",
            ("    forbid: [mean]\n", "    must: [shape, grad]\n"),
            "11:15: small/total@0: `must` has `grad`, but no given tensor requires grad (on 2 draws); "
            "give one `requires_grad=True`",
            id="gradients of nothing",
        ),
        pytest.param(
            "write",
            ("solution: x.sum(dim=0)", "solution: x.to_sparse()"),
            "11:15: small/total@0: the result is `a tensor with layout torch.sparse_coo`, which cannot be compared "
            "(on 2 draws); let it give plain values or small dense tensors",
            id="a result that cannot be compared",
        ),
        pytest.param(
            "predict",
            (CODE, "y = torch.ones(10 ** 12)\n"),
            f"16:11: small/total@7: {TOO_MUCH}",
            id="a tensor larger than the memory",
        ),
        pytest.param(
            "predict",
            (CODE, "|\n        y = [0]\n        while True: y *= 100_000\n"),
            f"18:9: small/total@7: {TOO_MUCH}",
            id="a list that grows forever",
        ),
        pytest.param(
            "predict",
            (CODE, "import os; os._exit(0)\n"),
            "16:11: small/total@7: the question's own program crashed (on 2 draws); mend the program",
            id="the process ends",
        ),
        pytest.param(
            "predict",
            ("given: x = torch.ones({{ rows }}, {{ cols }})\n", f"given: {FOREVER}"),
            f"16:11: small/total@7: {OUT_OF_TIME.format(3)}",
            id="an endless `given`",
        ),
        pytest.param(
            "predict", (CODE, FOREVER), f"16:11: small/total@7: {OUT_OF_TIME.format(2)}", id="an endless `code`"
        ),
        pytest.param(
            "write",
            ("x = torch.arange(5. * {{ n }}).reshape(5, {{ n }}) ** 2\n", FOREVER),
            "11:15: small/total@0: the question's own program ran out of time; mend the program",
            id="an endless operand of `also_on`",
        ),
        pytest.param(
            "predict",
            (CODE, "|\n        y = x\n        while torch.are_deterministic_algorithms_enabled(): pass\n"),
            f"16:11: small/total@7: {OUT_OF_TIME.format(4)}",
            id="endless when it is run again",
        ),
    ],
)  # fmt: skip
def test_a_reference_that_is_not_well_defined(
    lines: Lines, kind: str, pieces: tuple[str, ...], line: str
) -> None:
    assert lines(changed(kind, *pieces)) == [f"small.yaml:{line}"]


LOADER = "list(torch.utils.data.DataLoader(x, num_workers=2))"
REFUSALS = [
    pytest.param(
        "predict",
        (CODE, f"y = {LOADER}\n"),
        "16:11: small/total@7: the question's own program raises PermissionError: [Errno 1] Operation not permitted: "
        "the sandbox lets programs start no processes or threads, though torch alone would (on 6 draws); "
        "leave them out, as `num_workers=0` does",
        id="workers",
    ),
    pytest.param(
        "predict",
        (CODE, "import socket; socket.socket()\n"),
        "16:11: small/total@7: the question's own program raises PermissionError: [Errno 1] Operation not permitted: "
        "the sandbox lets programs use no network, though torch alone would (on 6 draws); "
        "write the data into the program",
        id="network",
    ),
    pytest.param(
        "predict",
        ("ask: y.shape", "ask: raised.__name__", CODE, "open('x', 'w')\n"),
        "16:11: small/total@7: the question's own program raises PermissionError: [Errno 13] Permission denied: 'x': "
        f"{NO_FILES} (on 6 draws); {NO_FILES_DO}",
        id="files, where the error is what is asked for",
    ),
    pytest.param(
        "write",
        ("x = torch.arange(5. * {{ n }}).reshape(5, {{ n }}) ** 2\n", "x = torch.load('x.pt')\n"),
        "13:9: small/total@0: the question's own program raises FileNotFoundError: [Errno 2] No such file or "
        f"directory: 'x.pt': {NO_FILES} (on 2 draws); {NO_FILES_DO}",
        id="files in an operand",
    ),
    pytest.param(
        "fill",
        ("given: x = torch.arange({{ n }})", "given: import torchvision; x = torch.arange({{ n }})"),
        "8:12: small/column@1: the question's own program raises ModuleNotFoundError: No module named 'torchvision': "
        "the sandbox has no modules but Python's own, torch and what torch needs (on 2 draws); leave the module out",
        id="a module",
    ),
    pytest.param(
        "which",
        ('"x + 0"', '"open(\'x\', \'w\')"'),
        "9:32: small/sharing@0: the question's own program raises PermissionError: [Errno 13] Permission denied: 'x': "
        f"{NO_FILES} (on 2 draws); {NO_FILES_DO}",
        id="an option",
    ),
    pytest.param(
        "predict",
        (CODE, "import os; os.fork()\n"),
        "16:11: small/total@7: the question's own program raises PermissionError: [Errno 1] Operation not permitted: "
        "the sandbox does not let programs do this to the system (on 6 draws); leave it out",
        id="the system",
    ),
    pytest.param(
        "predict",
        (WRONG, "open('x', 'w')\n"),
        "23:15: small/total@7: misconception `dim-stays`: its program raises PermissionError: [Errno 13] Permission "
        f"denied: 'x': {NO_FILES} (on 6 draws); {NO_FILES_DO}",
        id="a misconception",
    ),
]  # fmt: skip


@linux
@pytest.mark.parametrize(("kind", "pieces", "line"), REFUSALS)
def test_a_refusal_of_the_sandbox_is_no_key(
    lines: Lines, kind: str, pieces: tuple[str, ...], line: str
) -> None:
    assert lines(changed(kind, *pieces)) == [f"small.yaml:{line}"]


@pytest.mark.parametrize(
    ("kind", "pieces"),
    [
        pytest.param(
            "predict",
            (
                "given: x = torch.ones({{ rows }}, {{ cols }})",
                "given: x = torch.ones({{ rows }}, {{ cols }}, device='meta') + 1",
            ),
            id="meta tensors",
        ),
        pytest.param(
            "predict",
            (
                CODE,
                "|\n        w = x.clone().requires_grad_()\n        w.sum().backward()\n"
                "        torch.optim.SGD([w], lr=0.1).step()\n        y = w.sum(dim={{ dim }})\n",
            ),
            id="an optimizer",
        ),
        pytest.param(
            "write",
            ("solution: x.sum(dim=0)", "solution: (torch.func.grad(torch.sum)(x) * x).sum(0)"),
            id="a gradient function",
        ),
        pytest.param(
            "predict",
            (CODE, "import io; f = io.BytesIO(); torch.save(x, f); f.seek(0); y = torch.load(f).sum({{ dim }})\n"),
            id="a checkpoint in memory",
        ),
        pytest.param(
            "predict",
            (CODE, "y = next(iter(torch.utils.data.DataLoader([x], batch_size=None))).sum({{ dim }})\n"),
            id="a loader without workers",
        ),
    ],
)  # fmt: skip
def test_what_torch_imports_lazily_passes(lines: Lines, kind: str, pieces: tuple[str, ...]) -> None:
    assert lines(changed(kind, *pieces)) == []


BUSY = "end = time.process_time() + 0.2; any(time.process_time() > end for _ in iter(int, 1))"


def test_a_slow_reference(lines: Lines, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(question, "SLOW", 0.1)
    slow = changed("fill", "n: {int: [3, 4]}", "n: 3", "given: x =", f"given: import time; {BUSY}; x =")
    (line,) = lines(slow)
    assert line == "small.yaml:10:15: small/column@0: the program takes 0.2 s; keep it under 0.1 s"


def test_a_machine_that_does_something_else_meanwhile_makes_no_reference_slow(lines: Lines) -> None:
    waiting = changed(
        "fill", "n: {int: [3, 4]}", "n: 3", "given: x =", "given: import time; time.sleep(1.1); x ="
    )
    assert lines(waiting) == []


# The key, as it is shown and typed.


@pytest.mark.parametrize(
    ("kind", "pieces", "line"),
    [
        pytest.param(
            "predict",
            ("ask: y.shape", "ask: y.shape\n    type: int"),
            "17:10: small/total@7: the answer should be of type `int`, but is `(5,)` (on 6 draws); "
            "state the right `type:`",
            id="a stated type that does not hold",
        ),
        pytest.param(
            "predict",
            ("ask: y.shape", "ask: y.view(-1).max().item()"),
            "17:10: small/total@7: the answer should be of type `tensor`, but is `2.0` (on 6 draws); "
            "state the right `type:`",
            id="an inferred type that does not hold",
        ),
        pytest.param(
            "predict",
            ("ask: y.shape", "ask: torch.ones(13) * {{ rows }}"),
            "17:10: small/total@7: the answer has 13 numbers (on 6 draws); ask for 12 at most",
            id="too many numbers",
        ),
        pytest.param(
            "predict",
            ("ask: y.shape", "ask: repr(str({{ rows }}))"),
            f"17:10: small/total@7: the key `'2'` is judged wrong when it is typed (on 6 draws); {TYPED}",
            id="a key that reads as something else",
        ),
    ],
)
def test_a_key_that_cannot_be_typed(lines: Lines, kind: str, pieces: tuple[str, ...], line: str) -> None:
    assert lines(changed(kind, *pieces)) == [f"small.yaml:{line}"]


# Misconceptions.


@pytest.mark.parametrize(
    ("kind", "pieces", "line"),
    [
        pytest.param(
            "predict",
            (WRONG, "y = x.sum(({{ dim }},))\n"),
            "22:9: small/total@7: misconception `dim-stays` gives `(5,)`, which is right here "
            f"(rows=2, cols=5, dim=0) (on 6 draws); {RIGHT}",
            id="it gives the key",
        ),
        pytest.param(
            "predict",
            ("keepdim=True", "keepdim={{ cols != 4 }}"),
            "25:9: small/total@4: misconception `keeps` gives `(4,)`, which is right here "
            f"(rows=3, cols=4, dim=0) (on 2 draws); {RIGHT}",
            id="it gives the key on some draws",
        ),
        pytest.param(
            "predict",
            ("y = x.sum(dim={{ dim }}, keepdim=True)", "y = x.sum(dim=({{ 1 - dim }},))"),
            "25:9: small/total@7: misconception `keeps` cannot be told from `dim-stays` "
            f"(rows=2, cols=5, dim=0) (on 6 draws); {APART}",
            id="it gives what another one gives",
        ),
        pytest.param(
            "predict",
            (CODE, RAISES, WRONG, "y = x.view(7)\n", "code: y = x.sum(dim={{ dim }}, keepdim=True)", "answer: raises"),
            "26:9: small/total@7: misconception `keeps` gives `raises`, which is right here "
            f"(rows=2, cols=5, dim=0) (on 6 draws); {RIGHT}",
            id="it raises anything where the key raises something",
        ),
        pytest.param(
            "predict",
            ("ask: y.shape", "ask: y.dim() == 1\n    constant: true"),
            "23:9: small/total@7: misconception `dim-stays` gives `True`, which is right here "
            f"(rows=2, cols=5, dim=0) (on 6 draws); {RIGHT}",
            id="its program differs, but not in what a learner can type",
        ),
        pytest.param(
            "predict",
            (
                "- idea: dim-stays",
                "- idea: dim-stays\n        when: dim == 0",
                "- idea: keeps",
                "- idea: keeps\n        when: dim == 0",
            ),
            "22:7: small/total@2: no misconception holds on this draw (rows=2, cols=5, dim=1) (on 3 draws); "
            "add one, or narrow the draws",
            id="none holds on some draws",
        ),
        pytest.param(
            "predict",
            ("keepdim=True", "keepdim=rows"),
            "26:15: small/total@7: misconception `keeps`: its program raises NameError: name 'rows' is not defined "
            "(on 6 draws); mend its program",
            id="its program is broken",
        ),
        pytest.param(
            "predict",
            (WRONG, FOREVER),
            "23:15: small/total@7: misconception `dim-stays`: its program ran out of time (on 3 draws); "
            "mend its program",
            id="its program is endless",
        ),
        pytest.param(
            "predict",
            ("code: y = x.sum(dim={{ dim }}, keepdim=True)", "ask: '\"many\"'"),
            "25:9: small/total@7: misconception `keeps` gives `many`, which cannot be typed as an answer "
            "(on 6 draws); let it give an answer of the question's type",
            id="it gives what cannot be typed",
        ),
        pytest.param(
            "predict",
            ("- idea: dim-stays", "- idea: dim-stay"),
            "22:15: small/total: the idea `dim-stay` is not named; "
            "did you mean `dim-stays`?",
            id="its idea is not named",
        ),
        pytest.param(
            "write",
            ("code: x.sum(dim=0, keepdim=True)", "code: x.sum(dim=-2)"),
            f"22:9: small/total@0: misconception `keeps` passes on all operands (n=3) (on 2 draws); {PASSES}",
            id="its code passes",
        ),
        pytest.param(
            "write",
            ("code: x.sum(dim=0, keepdim=True)", "code: torch.sum(x, 1)"),
            "22:9: small/total@0: misconception `keeps` cannot be told from `other-dim` (n=3) (on 2 draws); " + APART,
            id="its code does what another one does",
        ),
        pytest.param(
            "write",
            ("code: x.sum(dim=0, keepdim=True)", "code: z.sum(1)"),
            f"23:15: small/total@0: misconception `keeps`: its program {NO_Z} (on 2 draws); mend its program",
            id="its code is broken",
        ),
        pytest.param(
            "fill",
            ('code: "0"', 'code: "-1"'),
            f"17:9: small/column@1: misconception `first` passes on all operands (n=3) (on 2 draws); {PASSES}",
            id="its filling passes",
        ),
        pytest.param(
            "fill",
            ('code: "2"', 'code: "-2"'),
            f"20:9: small/column@1: misconception `second` cannot be told from `first` (n=3) (on 2 draws); {APART}",
            id="its filling does what another one does",
        ),
        pytest.param(
            "statements",
            ("must: [values, changed]", "must: [values]"),
            f"18:9: small/ones@4: misconception `rebinds` passes on all operands (n=3) (on 2 draws); {PASSES}",
            id="its statements pass",
        ),
        pytest.param(
            "function",
            ("code: a * b", "code: a.reshape(-1, 1) * b"),
            f"23:9: small/table@0: misconception `one-by-one` passes on all operands (n=3, m=2) (on 9 draws); {PASSES}",
            id="its function passes",
        ),
        pytest.param(
            "which",
            ("picks: [1, 2, 4]", "picks: [1, 2]"),
            "15:9: small/sharing@0: misconception `lists-are-views` gives `1 4`, which is right here (n=3) "
            f"(on 2 draws); {RIGHT}",
            id="its picks are right",
        ),
        pytest.param(
            "which",
            ("picks: [1, 2, 4]", "which: it is None"),
            "18:9: small/sharing@0: misconception `nothing-is` cannot be told from `lists-are-views` (n=3) "
            f"(on 2 draws); {APART}",
            id="its test picks what another one picks",
        ),
    ],
)  # fmt: skip
def test_a_misconception_that_is_not_wrong_or_not_told_apart(
    lines: Lines, kind: str, pieces: tuple[str, ...], line: str
) -> None:
    assert lines(changed(kind, *pieces)) == [f"small.yaml:{line}"]


@pytest.mark.parametrize(
    ("kind", "pieces"),
    [
        pytest.param(
            "predict",
            (
                "keepdim=True",
                "keepdim={{ cols != 4 }}",
                "- idea: keeps",
                "- idea: keeps\n        when: cols != 4",
            ),
            id="limited with `when` to the draws where it is wrong",
        ),
        pytest.param(
            "write",
            ("code: x.sum(dim=0, keepdim=True)", "code: x[0] + x[1]"),
            id="right on the shown operand, wrong on another one",
        ),
        pytest.param(
            "write",
            ("code: x.sum(dim=0, keepdim=True)", "code: torch.mean(x, 0) * x.shape[0]"),
            id="right but for a forbidden call",
        ),
        pytest.param(
            "predict",
            (CODE, RAISES, WRONG, "y = x.view(7)\n"),
            id="another class is raised than the key's",
        ),
    ],
)
def test_a_misconception_that_is_wrong_after_all(lines: Lines, kind: str, pieces: tuple[str, ...]) -> None:
    assert lines(changed(kind, *pieces)) == []


# Options.


@pytest.mark.parametrize(
    ("pieces", "line"),
    [
        pytest.param(
            ("which: shares_memory(x, it)", "which: it.dim() < 3"),
            f"9:14: small/sharing@0: every option holds (on 2 draws); {BOTH}",
            id="every option holds",
        ),
        pytest.param(
            ("which: shares_memory(x, it)", "which: it.dim() > 3", 'which: "False"', 'which: "True"'),
            f"9:14: small/sharing@0: no option holds (on 2 draws); {BOTH}",
            id="no option holds",
        ),
        pytest.param(
            ("which: shares_memory(x, it)", "which: it.dim()"),
            "10:12: small/sharing@0: the test gives `2` (on 2 draws); let it give True or False",
            id="a test that gives a number",
        ),
        pytest.param(
            ("which: shares_memory(x, it)", "which: it[:1] == it[:1]"),
            "10:12: small/sharing@0: the test gives `[[True, True]]` (on 2 draws); let it give True or False",
            id="a test that gives a tensor",
        ),
        pytest.param(
            ('"x + 0"', '"x + 0", "x +0"', "picks: [1, 2, 4]", "picks: [1, 2, 5]"),
            "9:41: small/sharing@0: the option `x +0` is there twice (n=3) (on 2 draws); narrow the draws, or change "
            "one of them",
            id="two options that are the same code",
        ),
        pytest.param(
            ('"x[[0]]"', '"x[[[0]"'),
            "9:41: small/sharing@0: the question's own program raises SyntaxError: '[' was never closed "
            "(<program>, line 2) (on 2 draws); mend the program",
            id="an option that is not Python",
        ),
    ],
)
def test_options_that_cannot_be_told_apart(lines: Lines, pieces: tuple[str, ...], line: str) -> None:
    assert lines(changed("which", *pieces)) == [f"small.yaml:{line}"]


def test_shown_options_need_both_sorts_on_every_draw(lines: Lines) -> None:
    some = changed("which", "which: shares_memory(x, it)", "which: shares_memory(x, it)\n    show: 2")
    report_lines = [line for line in lines(some) if BOTH in line]
    assert [re.sub(r"@\d+|\d+ draws", "", line) for line in report_lines] == [
        f"small.yaml:9:14: small/sharing: every option holds (on ); {BOTH}"
    ]


# A bank as a whole.


def test_a_new_topic_passes_even_where_advice_counts(tmp_path: Path, sandbox: Sandbox) -> None:
    write_starter(tmp_path / "bank", "fresh")
    bank = Bank(tmp_path / "bank")
    assert check(bank, select(bank, ()), 20, sandbox).findings == ()


def test_only_the_chosen_questions_are_checked(folder: Path, sandbox: Sandbox) -> None:
    broken = changed("write", "solution: x.sum(dim=0)", "solution: x.sum(dim=3)").split("questions:\n")[1]
    text = TOPICS["predict"] + broken.replace("id: total", "id: other")
    (folder / "small.yaml").write_text(text, encoding="utf-8")
    opened = Bank(folder)
    chosen = check(opened, select(opened, ("small/total",)), 20, sandbox)
    everything = check(opened, select(opened, ("small",)), 20, sandbox)
    assert (chosen.findings, chosen.counts.questions) == ((), 1)
    assert ([f.address for f in everything.findings], everything.counts.questions) == (["small/other@1"], 2)


def test_every_broken_file_is_told_before_anything_runs(folder: Path, sandbox: Sandbox) -> None:
    (folder / "a.yaml").write_text("- 1\n", encoding="utf-8")
    (folder / "ideas.yaml").write_text("dim-stays:\n  title: It stays\n  rules: 1\n", encoding="utf-8")
    (folder / "small.yaml").write_text(TOPICS["fill"].replace("task:", "tusk:"), encoding="utf-8")
    with pytest.raises(FileProblems) as caught:
        check(Bank(folder), {"a": None, "small": None}, 20, sandbox)
    assert [problem.replace(f"{folder}/", "") for problem in caught.value.problems] == [
        "a.yaml:1:1: a mapping is expected here, not a list",
        "small.yaml:12:5: the key `tusk` is not known here; did you mean `task`?",
        "ideas.yaml:3:3: the key `rules` is not known here; did you mean `rule`?",
    ]
