"""Makes the example again: records its questions in `hw1/` as they are now, and writes `submissions/` anew.

    python examples/assignment/make.py

Run it after any change to one of its questions, or to their ideas, in `questions/`. It writes `hw1/recorded.bank`, the
hash in `hw1/assignment.yaml`, and every submission. The same secret gives the same numbers, so that only what changed
differs.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

HERE = Path(__file__).parent

Answer = str | Callable[[str], str]
"""What stands in place of the dots, or what makes it from the question with its numbers."""


def _path(text: str) -> str:
    """Return the path of the layer that a question names."""
    return '"body.{}.{}"'.format(*_indices(text))


def _path_with_brackets(text: str) -> str:
    return '"body[{}][{}]"'.format(*_indices(text))


def _indices(text: str) -> tuple[str, ...]:
    match = re.search(r"`net\.body\[(\d)\]\[(\d)\]`", text)
    assert match
    return match.groups()


def _picks(*options: str) -> Callable[[str], str]:
    """Return what picks these options by the numbers that they have in a question."""

    def numbers(text: str) -> str:
        shown = re.findall(r"^# (\d+)  (.+(?:\n#  +.+)*)", text, re.MULTILINE)
        codes = {int(number): " ".join(code.replace("\n#", " ").split()) for number, code in shown}
        return str([number for number, code in codes.items() if code in options])

    return numbers


# ---- what is answered, by the question's id; what is not named stays `...` ----

LARGEST, ROWS = "reductions/position-of-the-largest", "reductions/rows-that-sum-to-one"
LOGIT, REORDER = "indexing/logit-of-the-label", "indexing/reorder-each-row"
CHANNELS, HEADS = "view/channels-to-the-end", "view/split-the-heads"
PRODUCT, ADDMM = "matmul/name-of-the-product", "module/linear-as-addmm"
PATH, MODULE = "module/path-of-a-layer", "module/a-linear-layer-of-your-own"
NORM, STEP = "autograd/norm-of-all-gradients", "autograd/a-step-by-hand"

NOT_RECORDED = "with torch.no_grad(): w -= 0.5 * w.grad"
DATA, DETACHED = "w.data -= 0.5 * w.grad", "w.detach().sub_(0.5 * w.grad)"
RECORDED = "w -= 0.5 * w.grad"

RIGHT: dict[str, Answer] = {
    LARGEST: "argmax(dim=1)",
    PRODUCT: "matmul",
    PATH: _path,
    ROWS: "counts / counts.sum(dim=1, keepdim=True)",
    LOGIT: "logits[torch.arange(len(labels)), labels]",
    CHANNELS: "x.permute(0, 2, 3, 1)",
    ADDMM: "layer.bias, x, layer.weight.t()",
    NORM: """\
total = torch.tensor(0.)
    for p in net.parameters():
        if p.grad is not None:
            total += (p.grad ** 2).sum()
    return total.sqrt()""",
    REORDER: "return scores.gather(1, order)",
    HEADS: "return x.view(x.shape[0], x.shape[1], heads, -1).transpose(1, 2)",
    MODULE: """\
def __init__(self, i, o):
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(o, i))
        self.bias = nn.Parameter(torch.zeros(o))

    def forward(self, x):
        return torch.addmm(self.bias, x, self.weight.t())""",
    STEP: _picks(NOT_RECORDED, DATA, DETACHED),
}

RIGHT_IN_OTHER_WORDS = RIGHT | {
    LARGEST: "max(dim=1).indices",
    PRODUCT: "linalg.matmul",
    ROWS: "(counts.t() / counts.sum(1)).t()",
    LOGIT: "logits.gather(1, labels[:, None]).squeeze(1)",
    CHANNELS: "x.movedim(1, -1)",
    ADDMM: "layer.bias, x, layer.weight.T",
    NORM: "return torch.cat([p.grad.flatten() for p in net.parameters() if p.grad is not None]).norm()",
    REORDER: "return torch.stack([row[columns] for row, columns in zip(scores, order)])",
    HEADS: "return x.unflatten(2, (heads, -1)).permute(0, 2, 1, 3)",
    MODULE: """\
def __init__(self, n_in, n_out):
        super().__init__()
        self.register_parameter("bias", nn.Parameter(torch.zeros(n_out)))
        self.register_parameter("weight", nn.Parameter(torch.zeros(n_out, n_in)))

    def forward(self, inputs):
        return inputs @ self.weight.mT + self.bias""",
}

ONE_IDEA_TWICE = RIGHT | {
    LARGEST: "argmax(dim=0)",
    ROWS: "counts / counts.sum(dim=0, keepdim=True)",
    CHANNELS: "x.transpose(1, 3)",
}

HALF = {name: RIGHT[name] for name in (LARGEST, PRODUCT, PATH, ROWS, LOGIT)} | {
    HEADS: "return x.view(x.shape[0], x.shape[1], heads, -1).transpose(1, 2).contiguous()",
}

IN_BY_OUT = RIGHT | {
    PRODUCT: "mul",
    ADDMM: "layer.bias, x, layer.weight",
    MODULE: """\
def __init__(self, i, o):
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(i, o))
        self.bias = nn.Parameter(torch.zeros(o))

    def forward(self, x):
        return torch.addmm(self.bias, x, self.weight)""",
}

HARD_CODED: dict[str, Answer] = {
    LARGEST: "argmax(dim=1)",
    PRODUCT: "matmul",
    ROWS: "torch.tensor([[6, 16, 15, 4], [5, 1, 13, 7]]) / torch.tensor([[41], [26]])",
    LOGIT: "torch.tensor([-1, -77, -33, -10])",
    CHANNELS: "x.as_strided((1, 2, 3, 4), (24, 3, 1, 6))",
    NORM: "return torch.tensor(146.).sqrt()",
    REORDER: "return torch.tensor([[8, 93, 29], [40, 36, 73], [1, 38, 53]])",
    HEADS: "return x.as_strided((2, 3, 3, 2), (18, 2, 6, 1))",
    MODULE: str(RIGHT[MODULE]).replace("torch.zeros(o, i)", "torch.zeros(5, 2)"),
}

TRICKS: dict[str, Answer] = {
    PATH: 'open("../hw1/secret").read()',
    ROWS: 'type("Equal", (), {"__eq__": lambda self, other: True})()',
    LOGIT: "torch.tensor(float('nan')).expand(4)",
    NORM: """\
while True:
        pass""",
    REORDER: """\
import os
    os._exit(0)""",
    HEADS: """\
torch.equal = torch.allclose = lambda *_, **__: True
    torch.Tensor.__eq__ = lambda self, other: True
    return x.clone()""",
    MODULE: """\
print('{"score": 24, "status": "passed"}')
    raise SystemExit(0)""",
    STEP: "[1, 2, 3, 4, 5, 6]",
}

IN_CP949 = RIGHT | {
    ROWS: "counts / counts.sum(dim=1, keepdim=True)  # 행마다 합으로 나눈다",
    MODULE: """\
def __init__(self, i, o):
        super().__init__()
        self.weight = torch.zeros(o, i, requires_grad=True)  # 가중치
        self.bias = torch.zeros(o, requires_grad=True)

    def forward(self, x):
        return torch.addmm(self.bias, x, self.weight.t())""",
}

SYNTAX_ERRORS = RIGHT | {
    PATH: _path_with_brackets,
    ROWS: "counts / counts.sum(dim=1, keepdim=True",
    MODULE: str(RIGHT[MODULE]).replace("def forward(self, x):", "def forward(self, x)"),
    STEP: _picks(NOT_RECORDED, DATA, DETACHED, RECORDED),
}

WORKED: dict[str, Mapping[str, Answer]] = {
    "20260101": RIGHT,
    "20260102": RIGHT_IN_OTHER_WORDS,
    "20260103": ONE_IDEA_TWICE,
    "20260104": HALF,
    "20260105": IN_BY_OUT,
    "20260106": HARD_CODED,
    "20260107": TRICKS,
    "20260108": IN_CP949,
    "20260109": SYNTAX_ERRORS,
}
NOTEBOOK, CP949, TAMPERED, COPIED, EMPTY = "20260102", "20260108", "20260110", "20260111", "20260112"
COPIED_FROM = "20260105"


def main() -> None:
    """Record the questions, and write every submission anew."""
    with tempfile.TemporaryDirectory() as folder:
        scripts, notebooks = Path(folder, "scripts"), Path(folder, "notebooks")
        _build("--out", str(scripts))
        _build("--notebook", "--out", str(notebooks))
        shutil.rmtree(HERE / "submissions", ignore_errors=True)
        (HERE / "submissions").mkdir()
        for student, answers in WORKED.items():
            if student == NOTEBOOK:
                _write(
                    student, _worked_notebook(_read(notebooks, student, ".ipynb"), answers), suffix=".ipynb"
                )
            else:
                text = _worked(_read(scripts, student), answers)
                _write(student, text, encoding="cp949" if student == CP949 else "utf-8")
        _write(TAMPERED, _with_another_name(_worked(_read(scripts, "20260101"), RIGHT)))
        copied = _worked(_read(scripts, COPIED_FROM), IN_BY_OUT)
        _write(COPIED, _from_the_second_cell(_read(scripts, COPIED), copied))
        _write(EMPTY, "")


def _build(*options: str) -> None:
    """Build the hand-outs and record the questions; the second record has the hash that the first one wrote."""
    (HERE / "hw1" / "recorded.bank").unlink(missing_ok=True)
    build = [sys.executable, "-m", "tensordrill", "assignment", "build", str(HERE / "hw1")]
    subprocess.run([*build, "--current", "--hidden-anyway", *options], check=True, stdout=subprocess.DEVNULL)


def _read(folder: Path, student: str, suffix: str = ".py") -> str:
    return (folder / f"hw1-{student}{suffix}").read_text(encoding="utf-8")


def _write(student: str, text: str, *, suffix: str = ".py", encoding: str = "utf-8") -> None:
    file = HERE / "submissions" / f"hw1-{student}{suffix}"
    file.write_text(text, encoding=encoding, newline="\n")


def _worked(handout: str, answers: Mapping[str, Answer]) -> str:
    """Put answers in place of the dots."""
    cells = handout.split("\n\n# %%")
    return "\n\n# %%".join(_answered(cell, cell, answers) for cell in cells)


def _worked_notebook(handout: str, answers: Mapping[str, Answer]) -> str:
    notebook = json.loads(handout)
    text = ""
    for cell in notebook["cells"]:
        source = "".join(cell["source"])
        text = text + source if cell["cell_type"] == "code" else source
        cell["source"] = _answered(source, text, answers).splitlines(keepends=True)
    return json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"


def _answered(cell: str, question: str, answers: Mapping[str, Answer]) -> str:
    name = re.search(r"^# ([\w-]+/[\w-]+)@\d+$", cell, re.MULTILINE)
    answer = answers.get(name[1]) if name else None
    if answer is None:
        return cell
    written = answer if isinstance(answer, str) else answer(question)
    return re.sub(r"\.\.\.(?:, \.\.\.)*(?=[\"\]]?\Z)", lambda _: written, cell)


def _with_another_name(text: str) -> str:
    """Put another student into the header, as somebody may who has a neighbour's file."""
    return text.replace('"student":"20260101","name":"김민준"', '"student":"20260110","name":"강서준"')


def _from_the_second_cell(own: str, others: str) -> str:
    """Give another student's cells below one's own header."""
    return own.partition("\n\n# %% 1.")[0] + "\n\n# %% 1." + others.partition("\n\n# %% 1.")[2]


if __name__ == "__main__":
    main()
