"""Texts and expressions of a bank, rendered in a sandbox that also bounds time and size.

>>> render("torch.zeros({{ shape }})", {"shape": (2, 3)})
'torch.zeros((2, 3))'
>>> evaluate("shape[:at] + (1,) + shape[at:]", {"shape": (2, 3), "at": 1})
(2, 1, 3)
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.exceptions import SecurityError
from jinja2.sandbox import SandboxedEnvironment

from tensordrill.errors import DrawError

MAX_LENGTH = 64_000
MAX_SECONDS = 1.0
MAX_STEPS = 10_000
MAX_BITS = 256

_FILTERS = [
    "abs",
    "first",
    "int",
    "join",
    "last",
    "length",
    "list",
    "lower",
    "max",
    "min",
    "reverse",
    "round",
    "sort",
    "string",
    "sum",
    "unique",
    "upper",
]
_METHODS = frozenset(
    [
        "index",
        "count",
        "join",
        "replace",
        "split",
        "strip",
        "upper",
        "lower",
        "startswith",
        "endswith",
        "items",
        "keys",
        "values",
        "get",
    ]
)

_UNBOUNDED: dict[type[nodes.Node], str] = {
    nodes.Concat: "`~` (use `+`)",
    nodes.AssignBlock: "`set` as a block",
    nodes.Macro: "`macro`",
    nodes.CallBlock: "`call`",
    nodes.FilterBlock: "`filter` as a block",
}
"""What could double a text with every line, out of the limits' sight."""


class _Bounded(SandboxedEnvironment):
    """A sandbox in which no loop, product or text grows beyond the limits."""

    intercepted_binops = frozenset({"+", "*", "**", "%"})
    steps = 0
    deadline = math.inf

    def start(self) -> None:
        self.steps = 0
        self.deadline = time.monotonic() + MAX_SECONDS

    def is_safe_attribute(self, obj: Any, attr: str, _value: Any) -> bool:
        return type(obj) in (str, tuple, list, dict) and attr in _METHODS

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        if operator == "**" or (operator == "%" and isinstance(left, str)):
            raise SecurityError(f"`{operator}` is not available here")
        if operator == "*":
            _check_product(left, right)
        return _check_size(super().call_binop(context, operator, left, right))

    def call(self, context: Any, obj: Any, /, *args: Any, **kwargs: Any) -> Any:
        owner = getattr(obj, "__self__", None)
        if isinstance(owner, str) and obj.__name__ == "join":
            args = (_check_joined([str(piece) for piece in args[0]], owner),)
        if isinstance(owner, str) and obj.__name__ == "replace":
            _check_length((len(owner) + 1) * (len(str(args[1])) + 1))
        return _check_size(super().call(context, obj, *args, **kwargs))

    def bounded(self, values: Iterable[Any]) -> Iterator[Any]:
        for value in values:
            self.steps += 1
            if self.steps > MAX_STEPS or time.monotonic() > self.deadline:
                raise SecurityError(f"more than {MAX_STEPS} loop steps or {MAX_SECONDS:g} s")
            yield value

    def wrap_str_format(self, _value: Any) -> None:
        """Leave `str.format` to `is_safe_attribute`, which refuses it."""

    def _generate(self, source: nodes.Template, *args: Any, **kwargs: Any) -> str:
        for node in source.find_all(tuple(_UNBOUNDED)):
            raise jinja2.TemplateSyntaxError(f"{_UNBOUNDED[type(node)]} is not available here", node.lineno)
        for loop in source.find_all(nodes.For):
            loop.iter = nodes.Filter(loop.iter, "bounded", [], [], None, None, lineno=loop.lineno)
        return super()._generate(source, *args, **kwargs)


def _check_length(length: int) -> None:
    if length > MAX_LENGTH:
        raise SecurityError(f"a text or list of more than {MAX_LENGTH} characters or entries")


def _check_product(left: Any, right: Any) -> None:
    for sequence, times in ((left, right), (right, left)):
        if isinstance(sequence, str | list | tuple) and isinstance(times, int):
            _check_length(len(sequence) * times)


def _check_size(value: Any) -> Any:
    if isinstance(value, str | list | tuple):
        _check_length(len(value))
    elif isinstance(value, int) and value.bit_length() > MAX_BITS:
        raise SecurityError(f"an integer of more than {MAX_BITS} bits")
    return value


def _check_joined(pieces: list[str], separator: str) -> list[str]:
    _check_length(sum(len(piece) + len(separator) for piece in pieces))
    return pieces


def _join(values: Iterable[Any], separator: str = "") -> str:
    return separator.join(_check_joined([str(value) for value in values], separator))


@cache
def _environment() -> _Bounded:
    environment = _Bounded(undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    filters: dict[str, Callable[..., Any]] = {name: environment.filters[name] for name in _FILTERS}
    environment.filters = {**filters, "join": _join, "bounded": environment.bounded}
    environment.globals = {
        "range": environment.globals["range"],
        **{f.__name__: f for f in (len, min, max, sum, abs, sorted, list, tuple, str, int, math.prod)},
    }
    return environment


@cache
def _template(source: str) -> jinja2.Template:
    return _environment().from_string(source)


@cache
def _expression(source: str) -> Callable[..., Any]:
    return _environment().compile_expression(source, undefined_to_none=False)


def render(source: str, parameters: Mapping[str, Any]) -> str:
    """Give the text with its parameters filled in, without a newline at either end.

    Raises DrawError where the template is broken, names something unknown, or grows too large.
    """
    if "{" not in source:
        return source.strip("\n")
    try:
        template = _template(source)
        _environment().start()
        pieces: list[str] = []
        length = 0
        for piece in template.generate(parameters):
            length += len(piece)
            _check_length(length)
            pieces.append(piece)
    except Exception as problem:
        raise DrawError(f"{_shown(source)} does not render: {_reason(problem)}") from problem
    return "".join(pieces).strip("\n")


def evaluate(source: str, parameters: Mapping[str, Any]) -> Any:
    """Give the value of an expression over the parameters drawn so far.

    Raises DrawError where the expression is broken or names something unknown.
    """
    try:
        expression = _expression(source)
        _environment().start()
        value = expression(**parameters)
        if isinstance(value, jinja2.Undefined):
            value._fail_with_undefined_error()
        return list(value) if isinstance(value, range) else value
    except Exception as problem:
        raise DrawError(f"{_shown(source)} cannot be computed: {_reason(problem)}") from problem


def _shown(source: str) -> str:
    line = " ".join(source.split())
    return f"`{line[:60]}…`" if len(line) > 60 else f"`{line}`"


def _reason(problem: Exception) -> str:
    if isinstance(problem, RecursionError):
        return "it is nested too deeply"
    return str(problem).rstrip(".") or type(problem).__name__
