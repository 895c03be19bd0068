"""`python driver.py`: explain what each program of a JSON object on standard input raises, in this one process.

A program is a file in the folder that the process runs in. Its answer is null where nothing is explained.
"""

from __future__ import annotations

import json
import sys
import traceback
from pathlib import Path
from typing import Any

from rich.console import Console

from tensordrill.in_process.explained import explained

SINCE = 2.0**40
"""Later than any change of a file."""
_SHAPES = (
    "a = torch.ones(2, 3)\nb = torch.ones(3, 2, requires_grad=True)\nn = torch.arange(6).reshape(2, 3)\n"
)


def main() -> None:
    """Answer each program, and at last say which modules torch has imported lazily meanwhile."""
    programs = json.load(sys.stdin)
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
    found = shown["en"].explanation.error
    assert found is not None
    return {**texts, "expression": found.expression, "reason": found.reason}


def _facts(expression: str) -> list[Any]:
    """Return what torch gives, and what an explanation says of a result that was not kept."""
    name = "expression"
    namespace: dict[str, Any] = {}
    exec("import torch\nimport torch.nn.functional as F\n" + _SHAPES, namespace)  # noqa: S102
    given = eval(expression, namespace)  # noqa: S307
    error = _raised(name, f"import torch\nimport torch.nn.functional as F\n{_SHAPES}({expression}).missing\n")
    shown = explained(error, SINCE, "en")
    fact = shown and shown.explanation.error and shown.explanation.error.operands[0].tensor
    real = [
        list(given.shape),
        list(given.stride()),
        str(given.dtype).removeprefix("torch."),
        given.requires_grad,
    ]
    told = fact and [list(fact.shape), list(fact.stride or ()), fact.dtype, fact.requires_grad]
    return [real, told, fact and fact.device]


def _raised(name: str, source: str) -> BaseException:
    file = Path(f"{name}.py").resolve()
    file.write_text(source, encoding="utf-8")
    try:
        exec(compile(source, str(file), "exec"), {"__name__": "__main__"})  # noqa: S102 (the programs of a test)
    except BaseException as error:
        return error
    raise AssertionError(f"{name} raised nothing")


if __name__ == "__main__":
    main()
