"""Failing calls of torch's own operator samples, as programs. Run as a script, it counts those with a reason.

`python -m tests.explanation.operator_samples` prints the operators whose failures have no reason. torch writes for each
operator which calls have to fail, in `torch.testing._internal.common_methods_invocations`, an internal module.
"""

from __future__ import annotations

import sys
import types
import unittest
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from tensordrill.sandbox.client import Sandbox
from tests.explanation.reasoning import Failing, failing

if TYPE_CHECKING:
    import torch

_PYTHON_NAMES = {"mul": "a * b"}
_BATCH = 100


class Sample(NamedTuple):
    """An operator and a program that calls it as it must not be called."""

    operator: str
    source: str


class _UnwrittenError(Exception):
    """An argument that has no code."""


def samples() -> Iterator[Sample]:
    """Yield the failing calls on the CPU that can be written as programs."""
    for info in _operators():
        try:
            errors = list(info.error_inputs("cpu"))
        except Exception:  # noqa: S112 (some need CUDA or a package that is not there)
            continue
        for error in errors:
            sample = error.sample_input
            try:
                yield Sample(info.name, _program(info, (sample.input, *sample.args), sample.kwargs))
            except _UnwrittenError:
                continue


def good_samples(most: int) -> Iterator[Sample]:
    """Yield up to so many calls of each operator as it may be called, on the CPU, whose last line is `y = …`."""
    import torch

    for info in _operators():
        for dtype in (torch.float32, torch.int64, torch.complex64, torch.bool):
            if dtype not in info.supported_dtypes("cpu"):
                continue
            try:
                given = list(
                    islice(info.sample_inputs("cpu", dtype, requires_grad=dtype.is_floating_point), most)
                )
            except Exception:  # noqa: S112 (some need a package that is not there)
                continue
            for sample in given:
                try:
                    *lines, call = _program(info, (sample.input, *sample.args), sample.kwargs).split("\n")
                    yield Sample(info.name, "\n".join((*lines, f"y = {call}")))
                except _UnwrittenError:
                    continue


def _operators() -> list[Any]:
    if "expecttest" not in sys.modules:  # a test tool that torch's module imports and these samples don't use
        stub = types.ModuleType("expecttest")
        stub.TestCase = unittest.TestCase  # type: ignore[attr-defined]
        sys.modules["expecttest"] = stub
    from torch.testing._internal.common_methods_invocations import op_db

    return list(op_db)


def _program(info: Any, arguments: tuple[Any, ...], keywords: dict[str, Any]) -> str:
    import torch

    lines: list[str] = []
    texts = [_written(argument, lines) for argument in arguments]
    texts += [f"{name}={_written(argument, lines)}" for name, argument in keywords.items()]
    name = "linalg.norm" if info.name.startswith("linalg.norm.") else info.name
    function = _function(name)
    if function is None and not isinstance(arguments[0], torch.Tensor):
        raise _UnwrittenError
    if function is None:
        return "\n".join((*lines, f"{texts[0]}.{name}({', '.join(texts[1:])})"))
    return "\n".join((*lines, f"{function}({', '.join(texts)})"))


def _function(name: str) -> str | None:
    """Return how a program calls an operator; None for one that is a tensor's method alone."""
    import torch

    value: Any = torch
    for part in name.split("."):
        value = getattr(value, part, None)
    if value is not None:
        return f"torch.{name}"
    if hasattr(torch.Tensor, name):
        return None
    raise _UnwrittenError


def _written(value: Any, lines: list[str]) -> str:
    """Return code for an argument; a tensor has a name, which a line before gives it."""
    import torch

    if isinstance(value, torch.Tensor):
        lines.append(f"x{len(lines)} = {_tensor(value)}")
        return f"x{len(lines) - 1}"
    if isinstance(value, list | tuple) and type(value) in (list, tuple, torch.Size):
        parts = ", ".join(_written(part, lines) for part in value)
        return f"[{parts}]" if type(value) is list else f"({parts}{',' * (len(value) == 1)})"
    if isinstance(value, torch.dtype | torch.device):
        return f"torch.device({str(value)!r})" if isinstance(value, torch.device) else str(value)
    if value is None or isinstance(value, bool | int | float | complex | str):
        text = repr(value)
        return f"float({text!r})" if isinstance(value, float) else text
    raise _UnwrittenError


def _tensor(value: torch.Tensor) -> str:
    import torch

    if type(value) not in (torch.Tensor, torch.nn.Parameter) or value.layout is not torch.strided:
        raise _UnwrittenError
    if value.numel() > 10**5:
        raise _UnwrittenError
    device = "" if value.device.type == "cpu" else f", device={str(value.device)!r}"
    layout = f"{tuple(value.shape)}, {tuple(value.stride())}, dtype={value.dtype}{device}"
    text = f"torch.empty_strided({layout})"
    if value.is_floating_point() or value.is_complex():
        text += ".fill_(0.5)"
    elif device:
        pass
    elif value.numel() and bool((value == value.flatten()[0]).all()):
        text += f".fill_({value.flatten()[0].item()})"
    else:
        text = f"torch.tensor({value.tolist()}, dtype={value.dtype})"
    return text + (".requires_grad_()" if value.requires_grad else "")


def cases(sandbox: Sandbox) -> Iterator[tuple[str, Failing]]:
    """Yield those that fail, each with the sentences on why."""
    given = list(dict.fromkeys(samples()))
    for start in range(0, len(given), _BATCH):
        batch = given[start : start + _BATCH]
        operators = {sample.source: sample.operator for sample in batch}
        for case in failing(sandbox, list(operators)):
            yield operators[case.source], case


def main() -> None:
    """Count the failing samples, and print those without a reason."""
    missing: Counter[str] = Counter()
    total = 0
    with Sandbox() as sandbox:
        for operator, case in cases(sandbox):
            total += 1
            raised = case.seen.raised
            text = " ".join(message.text("en") for message in case.messages)
            missing[operator] += not text
            print(operator, repr(case.source), repr(raised.message if raised else ""), text, sep="\t")
    print(f"{total} failing, {missing.total()} without a reason", file=sys.stderr)


if __name__ == "__main__":
    main()
