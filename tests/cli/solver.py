"""A program that knows only the JSON lines: it answers each predict question with what its own torch gives.

python solver.py SHARING QUESTIONS PROGRAM ARGUMENT…   SHARING is the path of memory_overlap.py
Prints one JSON object: how many predict questions it answered, over how many seeds, and each verdict that was not
`correct`.
"""

from __future__ import annotations

import contextlib
import importlib.util
import io
import json
import linecache
import math
import subprocess
import sys
import traceback
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn import functional

SHARING, QUESTIONS, *COMMAND = sys.argv[1:]

_spec = importlib.util.spec_from_file_location("memory_overlap", SHARING)
assert _spec
assert _spec.loader
sharing = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(sharing)


def answer(event: dict[str, Any]) -> str:
    """Run a question's program and write down what is asked."""
    names = {"__name__": "__main__", "torch": torch, "nn": nn, "F": functional, "np": np, "math": math}
    names["shares_memory"] = sharing.shares_memory
    program = "\n".join(part for part in (event["given"], event["code"]) if part)
    lines = program.splitlines(keepends=True)
    linecache.cache["<program>"] = (len(program), None, lines, "<program>")  # for what reads the source
    raised: BaseException | None = None
    torch.set_default_dtype(torch.float32)
    torch.set_grad_enabled(True)
    printed = io.StringIO()
    with warnings.catch_warnings(record=True) as caught, contextlib.redirect_stdout(printed):
        warnings.simplefilter("always")
        try:
            exec(event["setup"] or "", names)  # noqa: S102 (it is what a solver does)
            caught.clear()
            exec(compile(event["given"], "<program>", "exec"), names)  # noqa: S102
            names["changed"] = changes(names)
            lines_above = event["given"].count("\n") + 1 if event["given"] else 0
            exec(compile("\n" * lines_above + event["code"], "<program>", "exec"), names)  # noqa: S102
        except Exception as error:
            raised = error
        if event["ask"] == "line":
            return str(line_of(raised, program)) if raised else "none"
        if raised is not None and "raised" not in event["ask"]:
            return f"raises {type(raised).__name__}"
        if event["type"] == "output":
            return printed.getvalue() or "nothing"
        if event["ask"] == "warns":
            return caught[0].category.__name__ if caught else "no"
        names["raised"] = type(raised) if raised else None
        names["warned"] = caught[0].category if caught else None
        try:
            return written(eval(event["ask"], names))  # noqa: S307
        except Exception as error:
            return f"raises {type(error).__name__}"


def changes(names: dict[str, Any]) -> Callable[[torch.Tensor], bool]:
    """Return `changed`: whether a tensor differs from what it was when this was called."""
    kept = {
        name: (value, value.clone(), value.stride(), value.requires_grad)
        for name, value in names.items()
        if isinstance(value, torch.Tensor)
    }

    def changed(tensor: torch.Tensor) -> bool:
        for name, (now, before, stride, grad) in kept.items():
            if now is tensor or names.get(name) is tensor:
                same = now.shape == before.shape and now.stride() == stride and now.requires_grad == grad
                return not (same and torch.equal(now, before))
        raise ValueError("not a given tensor")

    return changed


def line_of(error: BaseException, program: str) -> int:
    """Return the number of the program's line in which an error came up."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame.lineno for frame in frames if frame.filename in ("<program>", "<string>") and frame.lineno]
    assert 1 <= lines[-1] <= program.count("\n") + 1
    return lines[-1]


def written(value: Any) -> str:
    """Write a value as a person would."""
    match value:
        case None:
            return "none"
        case bool():
            return "yes" if value else "no"
        case torch.Tensor():
            return str(value.tolist())
        case torch.Size() | tuple():
            return "(" + "".join(f"{written(item)}, " for item in value).rstrip(" ") + ")"
        case list():
            return "[" + ", ".join(map(written, value)) + "]"
        case type():
            return value.__name__
        case _:
            return str(value)


def main() -> None:
    """Play a round and print what came of it."""
    with subprocess.Popen(
        COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    ) as program:
        assert program.stdin
        assert program.stdout
        answered, seeds, wrong = 0, set(), []
        for line in program.stdout:
            event = json.loads(line)
            if event["event"] == "question":
                asked = event
                reply: dict[str, str] = {"command": "skip"}
                if answered == int(QUESTIONS):
                    reply = {"command": "quit"}
                elif event["kind"] == "predict":
                    reply = {"answer": answer(event)}
                    answered += 1
                    seeds.add(event["seed"])
                program.stdin.write(json.dumps(reply) + "\n")
                program.stdin.flush()
            elif event["event"] == "verdict" and event["outcome"] not in ("correct", "skipped"):
                wrong.append({"address": asked["address"], **event})
                if event["outcome"] == "unreadable":
                    program.stdin.write('{"command": "skip"}\n')
                    program.stdin.flush()
    print(json.dumps({"answered": answered, "seeds": len(seeds), "wrong": wrong}))


if __name__ == "__main__":
    main()
