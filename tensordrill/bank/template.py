"""Texts and expressions of a bank, rendered in a sandbox that also bounds time and size.

>>> render("torch.zeros({{ shape }})", {"shape": (2, 3)})
'torch.zeros((2, 3))'
>>> evaluate("shape[:at] + (1,) + shape[at:]", {"shape": (2, 3), "at": 1})
(2, 1, 3)
"""

from __future__ import annotations

import operator
import threading
import time
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from functools import cache
from typing import Any

import jinja2
from jinja2 import meta, nodes
from jinja2.exceptions import SecurityError
from jinja2.sandbox import SandboxedEnvironment
from jinja2.visitor import NodeTransformer

from tensordrill.errors import DrawError
from tensordrill.messages import Message, Name, message

MAX_LENGTH = 64_000
MAX_SECONDS = 1.0
MAX_STEPS = 10_000
MAX_BITS = 256
_MOST_DIGITS = 20
_TOO_LONG = f"more than {MAX_STEPS} loop steps or {MAX_SECONDS:g} s"

_FILTERS = "abs first last length list lower max min sort string upper".split()
_METHODS = frozenset(
    "index count join replace split strip upper lower startswith endswith items keys values get".split()
)

_UNBOUNDED: dict[type[nodes.Node], str] = {
    nodes.Concat: "`~` (use `+`)",
    nodes.AssignBlock: "`set` as a block",
    nodes.FilterBlock: "`filter` as a block",
    nodes.Macro: "`macro`", nodes.CallBlock: "`call`", nodes.Block: "`block`", nodes.Extends: "`extends`",
    nodes.Include: "`include`", nodes.Import: "`import`", nodes.FromImport: "`import`",
}  # fmt: skip
"""Constructs whose output size the limits cannot see: each could double a text with every line."""


class _Guarded(NodeTransformer):
    """Sends what is looped over through `bounded`, and each list, tuple and dict through `sized`."""

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802 (jinja's spelling)
        if node.recursive:
            raise jinja2.TemplateSyntaxError("`recursive` is not available here", node.lineno)
        self.generic_visit(node)
        node.iter = nodes.Filter(node.iter, "bounded", [], [], None, None, lineno=node.lineno)
        return node

    def visit_List(self, node: nodes.Expr) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        is_target = isinstance(node, nodes.Tuple) and node.ctx != "load"
        return node if is_target else nodes.Filter(node, "sized", [], [], None, None, lineno=node.lineno)

    visit_Tuple = visit_Dict = visit_List  # noqa: N815


class _Budget(threading.local):
    """The time and characters that the template rendered in this thread may still use.

    Its seconds are those that the thread spends on the processor: by the clock on the wall, a machine that does
    something else meanwhile would call a good template too slow. That clock is only looked at first: it is read
    more quickly, and never behind.
    """

    def __init__(self) -> None:
        self.renew()

    def renew(self) -> None:
        self.steps = MAX_STEPS
        self.soonest = time.monotonic() + MAX_SECONDS
        self.deadline = time.thread_time() + MAX_SECONDS

    def spend_step(self) -> None:
        self.steps -= 1
        if self.steps < 0:
            raise SecurityError(_TOO_LONG)
        self.check_time()

    def check_time(self) -> None:
        if time.monotonic() > self.soonest and time.thread_time() > self.deadline:
            raise SecurityError(_TOO_LONG)


class _Bounded(SandboxedEnvironment):
    """A sandbox in which no loop, product or text grows beyond the limits."""

    intercepted_binops = frozenset({"+", "*", "**", "%"})

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.budget = _Budget()

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:  # noqa: ARG002 (jinja2 calls it so)
        """Return the globals as they are: no template has its own, and jinja2 would copy them slowly each time."""
        return self.globals

    def is_safe_attribute(self, obj: Any, attr: str, _value: Any) -> bool:
        return type(obj) in (str, tuple, list, dict) and attr in _METHODS

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        if operator == "**" or (operator == "%" and isinstance(left, str)):
            raise SecurityError(f"`{operator}` is not available here")
        for sequence, times in ((left, right), (right, left)) if operator == "*" else ():
            if isinstance(sequence, str | list | tuple) and isinstance(times, int):
                _check_length(len(sequence) * times)
        return self.sized(super().call_binop(context, operator, left, right))

    def call(self, context: Any, obj: Any, /, *args: Any, **kwargs: Any) -> Any:
        owner = getattr(obj, "__self__", None)
        if isinstance(owner, str) and obj.__name__ == "join" and len(args) == 1:
            return _join(args[0], owner)
        if isinstance(owner, str) and obj.__name__ == "replace" and len(args) > 1:
            _check_length((len(owner) + 1) * (len(str(args[1])) + 1))
        return self.sized(super().call(context, obj, *args, **kwargs))

    def bounded(self, values: Iterable[Any]) -> Iterator[Any]:
        for value in values:
            self.budget.spend_step()
            yield value

    def sized(self, value: Any) -> Any:
        self.budget.check_time()
        _weight(value, {})
        return value

    def wrap_str_format(self, _value: Any) -> None:
        """Leave `str.format` to `is_safe_attribute`, which refuses it."""

    def _generate(self, source: nodes.Template, *args: Any, **kwargs: Any) -> str:
        for node in source.find_all(tuple(_UNBOUNDED)):
            raise jinja2.TemplateSyntaxError(f"{_UNBOUNDED[type(node)]} is not available here", node.lineno)
        return super()._generate(_Guarded().visit(source), *args, **kwargs)


def _check_length(length: int) -> None:
    if length > MAX_LENGTH:
        raise SecurityError(f"a text or list of more than {MAX_LENGTH} characters or entries")


def _weight(value: Any, weights: dict[int, int]) -> int:
    """Return how many characters and entries a value has, at any depth; raise where they are too many.

    `weights` has those of the lists that were met before: one may stand in another many times.
    """
    if isinstance(value, list | tuple | dict):
        if id(value) in weights:
            return weights[id(value)]
        items = [*value, *value.values()] if isinstance(value, dict) else value
        total = len(items)
        _check_length(total)
        for item in items:
            if not isinstance(item, int | float):
                total += _weight(item, weights)
                _check_length(total)
            elif isinstance(item, int):
                _check_bits(item)
        weights[id(value)] = total
        return total
    if isinstance(value, int):
        _check_bits(value)
    total = len(value) if isinstance(value, str) else 1
    _check_length(total)
    return total


def _check_bits(value: int) -> None:
    if value.bit_length() > MAX_BITS:
        raise SecurityError(f"an integer of more than {MAX_BITS} bits")


def _plain(value: Any) -> Any:
    """Return a value as text, number, list, tuple or mapping; what is none of these is refused."""
    if isinstance(value, jinja2.Undefined):
        return value
    if isinstance(value, range) or type(value).__name__ in ("dict_keys", "dict_values", "dict_items"):
        return list(value)
    if callable(value) or isinstance(value, Iterator):
        raise SecurityError("a function is not a value; call it")
    return value


def _join(values: Iterable[Any], separator: str = "") -> str:
    pieces = [str(value) for value in values]
    _check_length(sum(len(piece) + len(separator) for piece in pieces))
    return separator.join(pieces)


def _folding(fold: Callable[[Any, Any], Any], neutral: int) -> Callable[..., Any]:
    """Return a function that adds up, or multiplies, numbers."""

    def folded(values: Iterable[Any], start: int | float = neutral) -> Any:
        total: Any = start
        for value in values:
            if not isinstance(value, int | float) or not isinstance(total, int | float):
                raise SecurityError("only numbers can be added up or multiplied")
            total = fold(total, value)
            if isinstance(total, int):
                _check_bits(total)
        return total

    return folded


_sum, _prod = _folding(operator.add, 0), _folding(operator.mul, 1)


def _int(value: Any, default: int = 0) -> int:
    try:
        number = int(value)
    except (TypeError, ValueError):
        return default
    _check_bits(number)
    return number


def _round(value: float, precision: int = 0) -> float:
    if abs(precision) > _MOST_DIGITS:
        raise SecurityError(f"`round` to more than {_MOST_DIGITS} digits")
    return round(value, precision)


@cache
def _environment() -> _Bounded:
    environment = _Bounded(
        undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True, finalize=_plain
    )
    environment.filters = {
        **{name: environment.filters[name] for name in _FILTERS},
        "int": _int,
        "join": _join,
        "reverse": lambda values: values[::-1],
        "round": _round,
        "sum": _sum,
        "unique": lambda values: list(dict.fromkeys(values)),
        "bounded": environment.bounded,
        "sized": environment.sized,
    }
    environment.globals = {
        "range": environment.globals["range"],
        "sum": _sum,
        "prod": _prod,
        **{f.__name__: f for f in (len, min, max, abs, sorted, list, tuple, str, int)},
    }
    return environment


@cache
def _template(source: str) -> jinja2.Template:
    return _environment().from_string(source)


@cache
def _expression(source: str) -> Callable[..., Any]:
    return _environment().compile_expression(source, undefined_to_none=False)


class below:  # noqa: N801 (it reads as a function does)
    """Put keys before those of a DrawError that is raised within: they lead from the question to the text."""

    def __init__(self, *keys: str | int) -> None:
        self.keys = keys

    def __enter__(self) -> None:
        pass

    def __exit__(self, _type: object, error: BaseException | None, _traceback: object) -> None:
        if isinstance(error, DrawError):
            error.below(*self.keys)


def _begin(source: str) -> None:
    """Check a text's length, and give its thread the whole budget."""
    _check_length(len(source))
    _environment().budget.renew()


def _failure(problem: Name, source: str, error: Exception) -> DrawError:
    return DrawError(message(problem, text=excerpt(source), reason=_reason(error)), _line_of(error))


def render(source: str, parameters: Mapping[str, Any]) -> str:
    """Return the text with its parameters filled in, without a newline at either end.

    Raises DrawError where the template is broken, names something unknown, or grows too large.
    """
    if "{" not in source:
        return source.strip("\n")
    try:
        _begin(source)
        text = ""
        for piece in _template(source).generate(parameters):
            text += piece
            _check_length(len(text))
    except Exception as error:
        raise _failure("template-renders-not", source, error) from error
    return text.strip("\n")


def evaluate(source: str, parameters: Mapping[str, Any]) -> Any:
    """Return the value of an expression over the parameters drawn so far.

    Raises DrawError where the expression is broken or names something unknown.
    """
    try:
        _begin(source)
        value = _expression(source)(**parameters)
        if isinstance(value, jinja2.Undefined):
            value._fail_with_undefined_error()
        return _plain(value)
    except Exception as error:
        raise _failure("template-computes-not", source, error) from error


def names_in(source: str, *, is_expression: bool) -> frozenset[str]:
    """Return the names that a template or an expression looks up; none where it is broken."""
    if not is_expression and "{" not in source:
        return frozenset()
    text = f"{{{{ {source} }}}}" if is_expression else source
    try:
        return frozenset(meta.find_undeclared_variables(_environment().parse(text)))
    except jinja2.TemplateError:
        return frozenset()


def excerpt(source: str) -> str:
    """Return the beginning of a text as messages quote it."""
    line = " ".join(source.split())
    return f"`{line[:60]}…`" if len(line) > 60 else f"`{line}`"


def _line_of(error: Exception) -> int:
    """Return the line of the template that an error comes from; jinja2 puts it into the traceback."""
    if isinstance(error, jinja2.TemplateSyntaxError):
        return error.lineno
    frames = traceback.walk_tb(error.__traceback__)
    return next((line for frame, line in frames if frame.f_code.co_filename == "<template>"), 1)


def _reason(error: Exception) -> str | Message:
    """Return why a template fails: in jinja2's words, which are English, where they are its own."""
    if isinstance(error, RecursionError):
        return message("template-too-deep")
    return str(error).rstrip(".") or type(error).__name__
