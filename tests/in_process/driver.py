"""`python driver.py`: explain what each program of a JSON object on standard input raises, in this one process.

A program is a file in the folder that the process runs in. Its answer is null where nothing is explained.
"""

from __future__ import annotations

import json
import math
import subprocess
import sys
import traceback
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console

from tensordrill.in_process.explained import explained
from tensordrill.sandbox.trace import TensorFact

if __name__ == "__main__":  # who asks does without
    import numpy
    import torch
    from torch import nn
    from torch.nn import functional

    NAMES = {"__name__": "__main__", "torch": torch, "nn": nn, "F": functional, "np": numpy, "math": math}
SINCE = 2.0**40
"""Later than any change of a file."""
_SHAPES = (
    "a = torch.ones(2, 3)\nb = torch.ones(3, 2, requires_grad=True)\nn = torch.arange(6).reshape(2, 3)\n"
)


def ask(folder: Path, programs: Mapping[str, str], expressions: Sequence[str] = ()) -> Any:
    """Start this file in a folder; return its answers."""
    done = subprocess.run(
        [sys.executable, __file__],
        cwd=folder,
        input=json.dumps({"raising": programs, "expressions": expressions}),
        capture_output=True,
        check=False,
        text=True,
    )
    assert done.stderr == ""
    return json.loads(done.stdout)


def main() -> None:
    """Answer each program, and at last say which modules torch has imported lazily meanwhile."""
    programs = json.load(sys.stdin)
    warnings.simplefilter("ignore")
    answers = {name: _answer(name, source) for name, source in programs["raising"].items()}
    facts = {expression: _facts(expression) for expression in programs["expressions"]}
    lazy = [name for name in ("torch._dynamo", "sympy") if name in sys.modules]
    json.dump({"answers": answers, "facts": facts, "lazy": lazy}, sys.stdout)


def _answer(name: str, source: str) -> dict[str, Any] | None:
    error = _raised(name, source)
    entries = traceback.format_exception(error)
    shown = {lang: explained(error, SINCE, lang) for lang in ("en", "ko")}
    assert traceback.format_exception(error) == entries
    if shown["en"] is None or shown["ko"] is None:
        return None
    screen = Console(width=80, soft_wrap=True, highlight=False, markup=False, emoji=False)
    texts = {}
    for lang, explanation in shown.items():
        assert explanation is not None
        with screen.capture() as captured:
            screen.print(explanation.screen())
        texts[lang] = captured.get()
    failure = shown["en"].explanation.error
    assert failure is not None
    facts = {operand.name: fact(operand.tensor) for operand in failure.operands if operand.tensor is not None}
    return {**texts, "expression": failure.expression, "reason": failure.reason, "facts": facts}


def fact(tensor: TensorFact) -> list[Any]:
    """Return what is compared of a tensor."""
    return [list(tensor.shape), list(tensor.stride or ()), tensor.dtype, tensor.device, tensor.requires_grad]


def _facts(expression: str) -> list[Any]:
    """Return what torch gives, and what an explanation says of a result that was not kept."""
    namespace = dict(NAMES)
    exec(_SHAPES, namespace)  # noqa: S102
    tensor = eval(expression, namespace)  # noqa: S307
    dtype = str(tensor.dtype).removeprefix("torch.")
    real = [list(tensor.shape), list(tensor.stride()), dtype, str(tensor.device), tensor.requires_grad]
    shown = explained(_raised("expression", f"{_SHAPES}({expression}).missing\n"), SINCE, "en")
    described = shown and shown.explanation.error and shown.explanation.error.operands[0].tensor
    return [real, described and fact(described)]


def _raised(name: str, source: str) -> BaseException:
    file = Path(f"{name}.py").resolve()
    file.write_text(source, encoding="utf-8")
    try:
        exec(compile(source, str(file), "exec"), dict(NAMES))  # noqa: S102 (the programs of a test)
    except BaseException as error:
        return error
    raise AssertionError(f"{name} raised nothing")


if __name__ == "__main__":
    main()
