"""Makes the example again: records the bank's questions in `hw1/`, and writes `submissions/` from new hand-outs.

    python examples/assignment/make.py

Run it after a change to `bank/`. The same secret gives the same numbers, so that only what changed differs.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

HERE = Path(__file__).parent

# ---- what is answered, by the question's name; what is not named stays `...` ----

MEAN, CENTER, FLATTEN, DROP = (
    "mean-of-each-column",
    "center-the-rows",
    "one-row-per-image",
    "drop-the-channel",
)
SCORES, ADDMM, MODULE, STEP = (
    "a-score-for-each-class",
    "operands-of-addmm",
    "a-module-of-your-own",
    "one-step-of-descent",
)

RIGHT = {
    MEAN: "x.float().mean(dim=0)",
    CENTER: "return x - x.mean(dim=1, keepdim=True)",
    FLATTEN: "return images.view(images.shape[0], -1)",
    DROP: "x.squeeze(1)",
    SCORES: "x @ w.t()",
    ADDMM: "bias, x, w",
    MODULE: """\
class Affine(nn.Module):
    def __init__(self, weight, bias):
        super().__init__()
        self.weight = nn.Parameter(weight)
        self.bias = nn.Parameter(bias)

    def forward(self, x):
        return torch.addmm(self.bias, x, self.weight)""",
    STEP: """\
with torch.no_grad():
    w -= rate * w.grad""",
}

RIGHT_IN_OTHER_WORDS = {
    MEAN: "x.sum(0) / x.shape[0]",
    CENTER: "return (x.t() - x.mean(1)).t()",
    FLATTEN: "return images.flatten(start_dim=1)",
    DROP: "x[:, 0]",
    SCORES: 'torch.einsum("nd,kd->nk", x, w)',
    ADDMM: "bias, x, w",
    MODULE: """\
class Affine(torch.nn.Module):
    def __init__(self, w, b):
        super().__init__()
        self.register_parameter("bias", nn.Parameter(b.clone()))
        self.register_parameter("weight", nn.Parameter(w.clone()))

    def forward(self, inputs):
        return inputs @ self.weight + self.bias""",
    STEP: "w.data.sub_(rate * w.grad)",
}

ONE_IDEA_TWICE = RIGHT | {
    MEAN: "x.float().mean(dim=1)",
    CENTER: "return x - x.mean(dim=0)",
    DROP: "x.squeeze()",
    STEP: "w = w - rate * w.grad",
}

HALF = {
    MEAN: RIGHT[MEAN],
    CENTER: RIGHT[CENTER],
    FLATTEN: "return torch.stack([image.flatten() for image in images])",
    DROP: RIGHT[DROP],
}

STARS = RIGHT | {
    MEAN: "x.mean(dim=0)",
    SCORES: "x * w",
    ADDMM: "x, w, bias",
    MODULE: """\
class Affine(nn.Module):
    def __init__(self, weight, bias):
        super().__init__()
        self.weight = nn.Parameter(weight)
        self.bias = nn.Parameter(bias)

    def forward(self, x):
        return self.bias + x * self.weight""",
}

HARD_CODED = {
    MEAN: "torch.tensor([12.5, 15.5, 18.5])",
    CENTER: "return torch.tensor([[-4., 4.], [2., -2.], [-1., 1.]])",
    FLATTEN: "return torch.arange(images.numel()).view(2, -1)",
    DROP: "torch.arange(18).view(2, 3, 3)",
    SCORES: "torch.tensor([[40, 90], [115, 290], [190, 490]])",
    ADDMM: RIGHT[ADDMM],
}

TRICKS = {
    MEAN: 'type("Equal", (), {"__eq__": lambda self, other: True})()',
    CENTER: """\
import os
    os._exit(0)""",
    FLATTEN: """\
torch.equal = torch.allclose = lambda *_, **__: True
    torch.Tensor.__eq__ = lambda self, other: True
    return images.clone()""",
    DROP: 'open("../hw1/secret").read()',
    SCORES: "torch.tensor(float('nan')).expand(3, 3)",
    MODULE: """\
print('{"score": 16, "status": "passed"}')
raise SystemExit(0)""",
    STEP: """\
while True:
    pass""",
}

IN_CP949 = RIGHT | {
    MEAN: "x.float().mean(dim=0)  # 열마다 평균",
    MODULE: """\
class Affine(nn.Module):
    def __init__(self, weight, bias):
        super().__init__()
        self.weight = weight  # 가중치
        self.bias = bias

    def forward(self, x):
        return self.bias + x @ self.weight""",
}

SYNTAX_ERRORS = RIGHT | {
    CENTER: "return x - x.mean(dim=1, keepdim=True",
    MODULE: RIGHT[MODULE].replace("def forward(self, x):", "def forward(self, x)"),
    STEP: "w -= rate * w.grad",
}

WORKED: dict[str, Mapping[str, str]] = {
    "20260101": RIGHT,
    "20260102": RIGHT_IN_OTHER_WORDS,
    "20260103": ONE_IDEA_TWICE,
    "20260104": HALF,
    "20260105": STARS,
    "20260106": HARD_CODED,
    "20260107": TRICKS,
    "20260108": IN_CP949,
    "20260109": SYNTAX_ERRORS,
}
NOTEBOOK, CP949, TAMPERED, COPIED, EMPTY = "20260102", "20260108", "20260110", "20260111", "20260112"
COPIED_FROM = "20260103"


def main() -> None:
    """Record the questions, and write every submission anew."""
    with tempfile.TemporaryDirectory() as folder:
        scripts, notebooks = Path(folder, "scripts"), Path(folder, "notebooks")
        _build("--current", "--out", str(scripts))
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
        copied = _worked(_read(scripts, COPIED_FROM), ONE_IDEA_TWICE)
        _write(COPIED, _from_the_second_cell(_read(scripts, COPIED), copied))
        _write(EMPTY, "")


def _build(*options: str) -> None:
    command = [sys.executable, "-m", "tensordrill", "assignment", "build", str(HERE / "hw1"), *options]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def _read(folder: Path, student: str, suffix: str = ".py") -> str:
    return (folder / f"hw1-{student}{suffix}").read_text(encoding="utf-8")


def _write(student: str, text: str, *, suffix: str = ".py", encoding: str = "utf-8") -> None:
    file = HERE / "submissions" / f"hw1-{student}{suffix}"
    file.write_text(text, encoding=encoding, newline="\n")


def _worked(handout: str, answers: Mapping[str, str]) -> str:
    """Put answers in place of the dots."""
    cells = handout.split("\n\n# %%")
    return "\n\n# %%".join(_answered(cell, answers) for cell in cells)


def _worked_notebook(handout: str, answers: Mapping[str, str]) -> str:
    notebook = json.loads(handout)
    for cell in notebook["cells"]:
        cell["source"] = _answered("".join(cell["source"]), answers).splitlines(keepends=True)
    return json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"


def _answered(cell: str, answers: Mapping[str, str]) -> str:
    name = re.search(r"^# homework/([\w-]+)@", cell, re.MULTILINE)
    answer = answers.get(name[1]) if name else None
    return cell.removesuffix("...") + answer if answer else cell


def _with_another_name(text: str) -> str:
    """Put another student into the header, as somebody may who has a neighbour's file."""
    return text.replace('"student":"20260101","name":"김민준"', '"student":"20260110","name":"강서준"')


def _from_the_second_cell(own: str, others: str) -> str:
    """Give another student's cells below one's own header."""
    return own.partition("\n\n# %% 1.")[0] + "\n\n# %% 1." + others.partition("\n\n# %% 1.")[2]


if __name__ == "__main__":
    main()
