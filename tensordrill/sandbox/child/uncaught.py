"""The tensor operation that raised in a process that nobody traced, from the exception's traceback.

The frames of a traceback keep their variables, and positions of their code say which expression raised. Its operands
are read from those variables. Nothing of the program runs again: of an operand that the line itself made, a view is
taken again from its tensor, which computes nothing, and for the result of an arithmetic operation a tensor without
elements stands in (`stand_ins`). Any other one stays unknown. No code of the program's own is called, neither
properties nor `__getattr__`.

This module is loaded in the user's process, once torch is there and something has raised.
"""

from __future__ import annotations

import ast
import dis
import linecache
import operator
import os
import sysconfig
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import CodeType, FrameType, MemberDescriptorType, ModuleType, TracebackType
from typing import Any, TypeGuard

import callee
import syntax
import torch
from arguments import UNSEEN, Unseen
from autograd_graph import Backwards, InPlaceChange
from carried import CarriedValues
from failure import failure
from raised import raised
from stand_ins import StandIns

MAX_CAUSES = 20
MAX_BITS = 256
"""Bits of an integer that is computed."""

_INSTALLED = frozenset(("site-packages", "dist-packages"))
_LIBRARIES = tuple(
    os.path.join(folder, "")
    for folder in (
        *(sysconfig.get_path(name) for name in ("stdlib", "platstdlib")),
        str(Path(torch.__file__).parent),
        str(Path(__file__).parents[2]),
    )
)
"""Folders whose code is not the user's: Python's, torch's, and our own."""

_Tensor, _Parameter, _Module = torch.Tensor, torch.nn.Parameter, torch.nn.Module
_VIEWS = frozenset(
    (
        "t transpose permute view unsqueeze squeeze expand expand_as view_as narrow select unbind chunk split "
        "diagonal unfold swapaxes swapdims movedim moveaxis unflatten detach size dim numel ndimension"
    ).split()
)
"""Methods that compute no element: views, and facts about a tensor."""
_VIEWS_OF_CONTIGUOUS = frozenset(("reshape", "flatten", "contiguous"))
_OF_TORCH = ("torch", "class", "module")
"""Owners of functions that make tensors."""
_PLAIN = (bool, int, float, str, type(None), type(...), torch.dtype, torch.device)
_NUMBERS = (bool, int, float)
_ARITHMETIC: dict[type[ast.AST], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.Div: operator.truediv,
}


def uncaught(error: BaseException, since: float) -> dict[str, Any] | None:
    """Return the file that raised, its source and the `protocol.Observation`; None where no tensor was involved.

    Of a chain of exceptions, the first that a tensor operation raised counts, or a function that makes tensors. A
    file that was changed after `since`, in seconds since the epoch, counts only if its code is still what ran.
    """
    with torch._C.DisableTorchFunction(), torch._C._DisableTorchDispatch():
        return next(filter(None, (_report(cause, since) for cause in _chain(error))), None)


def _chain(error: BaseException) -> Iterator[BaseException]:
    """Yield an exception, those of its group, and those that led to it, as a traceback shows them."""
    waiting: list[BaseException] = [error]
    for _ in range(MAX_CAUSES):
        if not waiting:
            return
        cause = waiting.pop(0)
        yield cause
        if isinstance(cause, BaseExceptionGroup):
            waiting += cause.exceptions
        earlier = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)
        waiting += [] if earlier is None else [earlier]


def _report(error: BaseException, since: float) -> dict[str, Any] | None:
    entry = _own_entry(error.__traceback__)
    if entry is None or not isinstance(error, Exception) or _is_raised_by(entry):
        return None
    file = entry.tb_frame.f_code.co_filename
    source = _source(entry.tb_frame, since)
    if source is None:
        return None
    tree = ast.parse(source)
    if not _has_variables_of_then(tree, entry):
        return None
    run = _UntracedRun(file, tree, entry.tb_frame, StandIns(_names(error.__traceback__)))
    operation = failure(error, run)
    if operation is None:
        return None
    has_tensors = _has_tensor(operation)
    if not has_tensors and (operation["call"].get("owner") not in _OF_TORCH or isinstance(error, OSError)):
        return None
    run.stand_ins.put_back_devices(operation)
    observation = {
        "raised": raised(error, "code", file, is_confined=False),
        "trace": {"steps": [], "more": 0, "failure": operation},
    }
    return {"file": file, "source": source, "has_tensors": has_tensors, "observation": observation}


def _own_entry(trace: TracebackType | None) -> TracebackType | None:
    """Return the innermost entry of a traceback that is in the user's own code."""
    entry = None
    while trace is not None:
        if _is_own(trace.tb_frame.f_code.co_filename):
            entry = trace
        trace = trace.tb_next
    return entry


def _names(trace: TracebackType | None) -> Iterator[str]:
    """Yield the names that the functions of a traceback mention, and their own."""
    while trace is not None:
        code = trace.tb_frame.f_code
        yield from (code.co_name, *code.co_names)
        trace = trace.tb_next


def _is_own(file: str) -> bool:
    return not (file.startswith(("<frozen", *_LIBRARIES)) or _INSTALLED.intersection(file.split(os.sep)))


def _is_raised_by(entry: TracebackType) -> bool:
    """Whether a `raise` or an `assert` of the program itself raised, and no operation."""
    return dis.opname[entry.tb_frame.f_code.co_code[entry.tb_lasti]] == "RAISE_VARARGS"


def _source(frame: FrameType, since: float) -> str | None:
    """Return the text of a frame's file or cell; None where it has none, or was changed since it ran."""
    file = frame.f_code.co_filename
    linecache.checkcache(file)
    source = "".join(linecache.getlines(file, frame.f_globals))
    if os.path.exists(file) and os.stat(file).st_mtime > since:
        whole = compile(source, file, "exec", dont_inherit=True)
        if frame.f_code not in _codes(whole):
            return None
    return source or None


def _has_variables_of_then(tree: ast.Module, entry: TracebackType) -> bool:
    """Whether a frame's variables are still those that the failing statement read.

    What ran in the frame since may only be the end of blocks around the statement: of a `with`, or a handler or
    `finally` that binds none of its names. A frame that went on, as where an exception was kept, tells nothing.
    """
    line, now = entry.tb_lineno, entry.tb_frame.f_lineno
    around = [node for node in ast.walk(tree) if isinstance(node, ast.stmt) and _spans(node, line)]
    statement = min(around, key=lambda node: (node.end_lineno or 0) - node.lineno, default=None)
    if statement is None:
        return False
    ends: list[ast.AST] = []
    for block in around:
        if isinstance(block, ast.Try | ast.TryStar) and any(_spans(node, line) for node in block.body):
            ends += [*block.handlers, *block.finalbody]
    headings = [block for block in around if isinstance(block, ast.With | ast.AsyncWith)]
    is_there = now is None or any(_spans(node, now) for node in (statement, *ends))
    bound = {node.id for end in ends for node in ast.walk(end) if _is_name(node, ast.Store)}
    read = {node.id for node in ast.walk(statement) if _is_name(node, ast.Load)}
    return (
        is_there or any(block.lineno <= now < block.body[0].lineno for block in headings)
    ) and not bound & read


def _spans(node: Any, line: int) -> bool:
    return bool(node.lineno <= line <= (node.end_lineno or 0))


def _is_name(node: ast.AST, context: type[ast.expr_context]) -> TypeGuard[ast.Name]:
    return isinstance(node, ast.Name) and isinstance(node.ctx, context)


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _codes(constant)


def _has_tensor(report: Any) -> bool:
    """Whether a report of an operation describes a tensor."""
    if isinstance(report, list):
        return any(map(_has_tensor, report))
    return isinstance(report, dict) and ("tensor" in report or any(map(_has_tensor, report.values())))


class _UntracedRun:
    """A `failure.Run` of which one frame is left: its variables stand in for what tracing would have noted."""

    def __init__(self, file: str, tree: ast.Module, frame: FrameType, stand_ins: StandIns) -> None:
        self.trees = {file: [tree]}
        self.backwards = Backwards()
        self.carried = CarriedValues(self.trees)
        self.steps: list[dict[str, Any]] = []
        self.unread: tuple[SyntaxError, dict[str, Any]] | None = None
        self.stand_ins = stand_ins
        self.no_grad = False
        self._frame = frame
        self._put_back = syntax.put_back([tree])

    def module(self, _file: str) -> str:
        """Return "": the one file is the program."""
        return ""

    def step(self, _file: str, _node: ast.AST) -> None:
        """Return None: no step was noted."""

    def last_step(self, _tensor: torch.Tensor) -> None:
        """Return None: no step was noted."""

    def origin(self, _node: Any) -> tuple[None, bool]:
        """Return no step: none was noted."""
        return None, False

    def changed_by(self, _storage: int, _after: int) -> list[InPlaceChange]:
        """Return no change: none was noted."""
        return []

    def value_of(self, _file: str, node: ast.AST) -> Any:
        """Return the value of an expression as the frame's variables give it; UNSEEN where they do not."""
        try:
            return self._value(node)
        except Exception:  # what did not work, as an index out of range, has no value
            return UNSEEN

    def _value(self, node: ast.AST) -> Any:
        match node:
            case ast.Constant(value=value):
                return value
            case ast.Name(id=name) if node not in self._put_back:
                return callee.variable(self._frame, name, UNSEEN)
            case ast.Tuple(elts=parts) | ast.List(elts=parts):
                values = self._values(parts)
                return values if isinstance(values, Unseen) or isinstance(node, ast.List) else tuple(values)
            case ast.Slice():
                bounds = [part and self._value(part) for part in (node.lower, node.upper, node.step)]
                return UNSEEN if any(isinstance(part, Unseen) for part in bounds) else slice(*bounds)
            case ast.UnaryOp(op=sign, operand=operand):
                value = self._value(operand)
                if type(value) in _NUMBERS and isinstance(sign, ast.USub):
                    return -value
                return _or_unseen(self.stand_ins.of_sign(sign, value))
            case ast.BinOp(left=left, op=sign, right=right):
                return self._computed(sign, self._value(left), self._value(right))
            case ast.Compare(left=left, ops=[sign], comparators=[right]):
                return _or_unseen(self.stand_ins.computed(sign, self._value(left), self._value(right)))
            case ast.Attribute(value=value, attr=name):
                return _attribute(self._value(value), name)
            case ast.Subscript(value=value, slice=index):
                return _item(self._value(value), self._value(index))
            case ast.Call(func=function, args=arguments, keywords=keywords):
                return self._called(function, arguments, keywords)
        return UNSEEN

    def _values(self, nodes: Iterable[ast.expr]) -> list[Any] | Unseen:
        values = [self._value(node) for node in nodes]
        return UNSEEN if any(isinstance(value, Unseen) for value in values) else values

    def _computed(self, sign: ast.operator, left: Any, right: Any) -> Any:
        compute = _ARITHMETIC.get(type(sign))
        numbers = [value for value in (left, right) if type(value) in _NUMBERS]
        if len(numbers) < 2:
            return _or_unseen(self.stand_ins.computed(sign, left, right))
        if compute is None:
            return UNSEEN
        is_small = all(type(value) is float or value.bit_length() <= MAX_BITS for value in numbers)
        return compute(left, right) if is_small else UNSEEN

    def _called(self, function: ast.expr, arguments: list[ast.expr], keywords: list[ast.keyword]) -> Any:
        """Return what a method gives that computes no element, or what stands in for a result of torch's."""
        if not isinstance(function, ast.Attribute):
            return UNSEEN
        owner, name = self._value(function.value), function.attr
        values = self._values([*arguments, *(keyword.value for keyword in keywords)])
        if isinstance(values, Unseen) or not all(map(_is_plain, values)):
            return UNSEEN
        named = {
            str(keyword.arg): value for keyword, value in zip(keywords, values[len(arguments) :], strict=True)
        }
        values = values[: len(arguments)]
        if owner is torch and (made := self.stand_ins.made(name, values, named)) is not None:
            return made
        if owner is torch or owner is torch.nn.functional:
            owner, *values = values
        if not _is_plain_tensor(owner):
            return UNSEEN
        if name in _VIEWS or (name in _VIEWS_OF_CONTIGUOUS and owner.is_contiguous()):
            return getattr(owner, name)(*values, **named)
        return _or_unseen(self.stand_ins.of_each(name, owner, named))


def _or_unseen(result: torch.Tensor | None) -> torch.Tensor | Unseen:
    return UNSEEN if result is None else result


def _is_plain_tensor(value: Any) -> bool:
    return type(value) in (_Tensor, _Parameter)


def _is_plain(value: Any) -> bool:
    """Whether it may be given to a view: nothing of it is the program's own."""
    if type(value) in (tuple, list, torch.Size):
        return all(map(_is_plain, value))
    return type(value) in _PLAIN or _is_plain_tensor(value)


def _attribute(value: Any, name: str) -> Any:
    """Return an attribute without running code of its owner's class."""
    if _is_plain_tensor(value) or isinstance(value, _Module | ModuleType):
        return callee.attribute(value, name, UNSEEN)
    if isinstance(value, type | _Tensor):
        return UNSEEN
    for kind in type(value).__mro__:
        if name in vars(kind):
            slot = vars(kind)[name]
            return slot.__get__(value) if isinstance(slot, MemberDescriptorType) else UNSEEN
    return vars(value).get(name, UNSEEN)


def _item(value: Any, index: Any) -> Any:
    """Return an item of a container, or the view of a tensor at plain indices."""
    parts = index if type(index) is tuple else (index,)
    if type(value) in (list, tuple, dict, torch.Size) and all(
        type(part) in (*_PLAIN, slice) for part in parts
    ):
        return value[index]
    if _is_plain_tensor(value) and all(type(part) in (int, slice, type(None), type(...)) for part in parts):
        return value[index]
    return UNSEEN
