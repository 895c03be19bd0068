"""One program runs in a fresh namespace, and what torch did becomes an observation.

`observe` takes a `protocol.Program` and returns a `protocol.Observation`, both as plain dicts.
"""

from __future__ import annotations

import builtins
import math
import random
import time
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from functools import lru_cache
from types import CodeType, ModuleType
from typing import Any

import torch
from call_log import CallLogger
from encode import MAX_ELEMENTS, Facts, data, is_plain, is_readable, text
from memory_overlap import shares_memory
from output import Printed, StandardStream
from raised import raised
from script import Script
from syntax import PROGRAM
from torch import nn
from torch.nn import functional
from tracer import Tracer, uncompiled

try:
    import numpy
except ImportError:
    numpy = None  # programs then have no np

SETUP = "<setup>"
EXPRESSION = "<expression>"
ASK = "<ask>"

_HELPERS = frozenset(("torch", "nn", "F", "np", "math", "shares_memory", "changed"))


def observe(program: dict[str, Any]) -> dict[str, Any]:
    """Run one program and report value or exception, warnings, and the facets asked for."""
    kind = _ScriptRun if program.get("file") else _TracedRun if program.get("trace") else _Run
    run: _Run | _ScriptRun = kind(program)
    started = time.process_time()  # which a busy machine does not lengthen
    _seed(program.get("generator", 0))
    with run.output.in_place(), _exact(program):
        run.run()
    report = run.report
    report["stdout"] = text(run.output.text())
    report["seconds"] = time.process_time() - started
    return report


def _seed(number: int) -> None:
    """Seed every generator, so that a program gives the same again."""
    torch.default_generator.manual_seed(number)
    random.seed(number)
    if numpy is not None:
        numpy.random.seed(number)


class _Run:
    """One program in a namespace of its own, `names`, and the `report` of it.

    `stage` is the part that runs, as a `protocol.Raised` names it: setup, given, code, value, ask, facets. After
    `given`, `given` holds the tensors that it bound, `after_given` all names with their values, and `before` the
    contents of those tensors where the program is asked for what it changed. `error` is the class of what it raised.
    """

    def __init__(self, program: dict[str, Any]) -> None:
        self.program = program
        self.report: dict[str, Any] = {}
        self.output = Printed()
        self.facets: list[str] = program.get("facets", [])
        self.names = _names()
        self.given: dict[str, torch.Tensor] = {}
        self.before: dict[str, tuple[Any, ...]] = {}
        self.after_given: dict[str, Any] = {}
        self.log: CallLogger | None = None
        self.result: list[int] = []
        self.stage = "setup"

    def run(self) -> None:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            self.steps(caught)
        if caught:
            self.report["warned"] = text(caught[0].category.__name__)

    def steps(self, caught: list[warnings.WarningMessage]) -> None:
        try:
            self.program_steps()
        except BaseException as error:
            self.raised(error)
        failed = self.report.get("raised")
        try:
            ask = self.ask()
            if failed and not (ask and "raised" in ask.co_names):
                return
            self.names["raised"] = self.error if failed else None
            self.names["warned"] = caught[0].category if caught else None
            self.finish(ask)
        except BaseException as error:
            self.raised(error)
        finally:
            if self.log:
                self.report["calls"] = {**self.log.report(), "result": self.result}

    error: type[BaseException] | None = None

    def program_steps(self) -> None:
        given, code = self.program.get("given", ""), self.program.get("code", "")
        self.set_up()
        exec(_compiled(given, PROGRAM), self.names)
        self.keep_given()
        if self.program.get("watch"):
            self.log = CallLogger(self.after_given, {PROGRAM, EXPRESSION}, {SETUP, ASK})
        self.stage = "code"
        try:
            with self.log or nullcontext():
                exec(_compiled(code, PROGRAM, given.count("\n") + 1 if given else 0), self.names)
                if self.program.get("value") is not None:
                    self.stage = "value"
                    self.names["it"] = eval(_compiled(self.program["value"], EXPRESSION), self.names)
        finally:
            if self.log:
                self.log.note_names(self.after_given, self.names)

    def set_up(self) -> None:
        if self.program.get("setup"):
            exec(_compiled(self.program["setup"], SETUP), self.names)
        self.stage = "given"

    def keep_given(self) -> None:
        self.given = {
            name: value
            for name, value in self.names.items()
            if is_plain(value) and is_readable(value) and not name.startswith("_")
        }
        texts = (self.program.get(part) or "" for part in ("code", "value", "ask"))
        if "changed" in self.facets or any("changed" in source for source in texts):
            self.before = {name: _snapshot(tensor) for name, tensor in self.given.items()}
        self.names.setdefault("changed", self.changed)
        self.after_given = dict(self.names)

    def changed(self, tensor: torch.Tensor) -> bool:
        """Whether the program changed this given tensor."""
        for name, given in self.given.items():
            if given is tensor or self.names.get(name) is tensor:
                return _snapshot(given) != self.before.get(name)
        raise ValueError("changed() takes a tensor that the program was given")

    def ask(self) -> CodeType | None:
        if not self.program.get("ask"):
            return None
        if not self.report.get("raised"):
            self.stage = "ask"
        return _compiled(self.program["ask"], ASK)

    def put_back(self, words: Iterable[str]) -> None:
        """Restore the names that `ask` uses, where a program calls functions of its own so.

        Its values keep their names: a bank may ask for a number that its code calls `max` or `changed`.
        """
        for word in words:
            if word in _HELPERS:
                ours = self.after_given.get(word)
            else:
                ours = None if word in self.after_given else getattr(builtins, word, None)
            if isinstance(ours, ModuleType) or (callable(ours) and callable(self.names.get(word))):
                self.names[word] = ours

    def finish(self, ask: CodeType | None) -> None:
        self.stage = "ask"
        if ask:
            self.put_back(ask.co_names)
        with self.log or nullcontext():  # what the bank asks calls the functions and classes of the program
            value = eval(ask, self.names) if ask else self.names.get("it")
        self.stage = "facets"
        facts = Facts(self.facets, self.given)
        encoded = facts.value(value)
        if "changed" in self.facets:
            self.report["changed"] = {
                name: Facts([], {}).value(tensor)
                for name, tensor in self.given.items()
                if self.changed(tensor)
            }
        if "grad" in self.facets:
            self.report["grads"] = {
                name: Facts([], {}).value(grad) for name, grad in _gradients(value, self.given).items()
            }
        if self.log:
            self.result = self.log.places(value)
        self.report["value"] = encoded

    def raised(self, error: BaseException) -> None:
        self.error = type(error)
        self.report["raised"] = raised(error, self.stage, PROGRAM)


class _TracedRun(_Run):
    """A run that reports its steps; what is asked after it is not one of them."""

    def program_steps(self) -> None:
        tracer = Tracer()
        given, code = self.program.get("given", ""), self.program.get("code", "")
        try:
            with uncompiled(), tracer.clues.warnings():
                self.set_up()
                exec(tracer.instrument(given, PROGRAM), self.names)
                self.keep_given()
                self.stage = "code"
                above = "\n" * (given.count("\n") + 1) if given else ""
                exec(tracer.instrument(above + code, PROGRAM), self.names)
        except BaseException as error:
            self.report["trace"] = tracer.report(error)
            raise
        finally:
            self.report["clues"] = tracer.clues.report()
        self.report["trace"] = tracer.report(None)


class _ScriptRun:
    """A run of a script of the user's own, which reports its steps, and no value."""

    def __init__(self, program: dict[str, Any]) -> None:
        self.report: dict[str, Any] = {}
        self.output, self.errors = StandardStream("stdout"), StandardStream("stderr")
        self.tracer = Tracer(program["file"])
        self.script = Script(program, self.tracer)

    def run(self) -> None:
        with self.errors.in_place():
            try:
                with uncompiled(), self.tracer.clues.warnings(captured=self.errors.stream):
                    self.script.run()
            except BaseException as error:
                self.report["raised"] = raised(error, "code", self.script.file)
                self.report["trace"] = self.tracer.report(error)
                self.script.uncaught(error)
            else:
                self.report["trace"] = self.tracer.report(None)
            self.report["clues"] = self.tracer.clues.report()
            self.script.end()
        self.report["stderr"] = text(self.errors.text())
        self.report["adjustments"] = self.script.adjustments


def _names() -> dict[str, Any]:
    return {
        "__builtins__": dict(vars(builtins)),
        "__name__": "__main__",
        "torch": torch,
        "nn": nn,
        "F": functional,
        "np": numpy,
        "math": math,
        "shares_memory": shares_memory,
    }


@lru_cache(maxsize=4096)
def _compiled(source: str, file: str, lines_above: int = 0) -> CodeType:
    mode = "eval" if file in (EXPRESSION, ASK) else "exec"
    padded = "\n" * lines_above + source if mode == "exec" else source.strip()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the compiler's come only where the text is not known yet
        return compile(padded, file, mode, dont_inherit=True)


def _snapshot(tensor: torch.Tensor) -> tuple[Any, ...]:
    content = data(tensor) if tensor.numel() <= MAX_ELEMENTS else tensor._version
    return (tuple(tensor.shape), tensor.stride(), tensor.dtype, tensor.requires_grad, content)


def _gradients(value: Any, given: dict[str, torch.Tensor]) -> dict[str, torch.Tensor | None]:
    leaves = {name: tensor for name, tensor in given.items() if tensor.requires_grad and tensor.is_leaf}
    with torch.enable_grad():
        parts = [_real(tensor) for tensor in _tensors(value) if tensor.requires_grad]
        total = sum((part * _weights(part)).sum() for part in parts)
    if not leaves or not isinstance(total, torch.Tensor):
        return dict.fromkeys(leaves)
    grads = torch.autograd.grad(total, list(leaves.values()), allow_unused=True)
    return dict(zip(leaves, grads, strict=True))


def _tensors(value: Any) -> Iterator[torch.Tensor]:
    if is_plain(value):
        yield value
    elif isinstance(value, tuple | list):
        for item in value:
            yield from _tensors(item)


def _real(tensor: torch.Tensor) -> torch.Tensor:
    return torch.view_as_real(tensor.resolve_conj()) if tensor.is_complex() else tensor


def _weights(tensor: torch.Tensor) -> torch.Tensor:
    count = tensor.numel()
    return (torch.arange(1, count + 1, dtype=tensor.dtype) / max(count, 1)).reshape(tensor.shape)


@contextmanager
def _exact(program: dict[str, Any]) -> Iterator[None]:
    exact: bool = program.get("exact", False)
    use: Callable[..., None] = torch._C._set_deterministic_algorithms
    if exact:  # the public function imports torch._inductor first, which takes a second
        use(True, warn_only=True)
    try:
        yield
    finally:
        if exact:
            use(False)
