"""The operation that raised, as a `traced.Failure` in plain dicts: which expression it is, and its operands."""

from __future__ import annotations

import ast
import dis
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any, Protocol

import callee
import syntax
import torch
from autograd_graph import Backwards
from encode import Facts, text
from tensors import described

MAX_OPERANDS = 64
MAX_ITEMS = 16
MAX_PIECES = 400
MAX_NESTED = 6
MAX_LOCALS = 16

_Tensor, _Module = torch.Tensor, torch.nn.Module
_PLAIN = (bool, int, float, str, tuple, list, torch.dtype, type(None))


class Run(Protocol):
    """The part of a traced run that this module reads."""

    trees: dict[str, list[ast.Module]]
    backwards: Backwards
    unread: tuple[SyntaxError, dict[str, Any]] | None

    def module(self, file: str) -> str:
        """Return how a `traced.Place` names a file: "" for the program itself."""

    def seen(self, file: str, node: ast.AST) -> Any:
        """Return the value that a node had last; UNSEEN where it was not evaluated."""

    def step(self, file: str, node: ast.AST) -> int | None:
        """Return the step that a node was last."""

    def step_of(self, grad_fn: Any) -> int | None:
        """Return the step that gave the tensor with a `grad_fn`."""


class Unseen:
    """Stands for a value that was not evaluated, or that nobody kept."""


UNSEEN = Unseen()


def failure(error: BaseException, run: Run) -> dict[str, Any] | None:
    """Describe the operation that raised; None where no line of the program did."""
    if run.unread is not None and error is run.unread[0]:
        return {"place": run.unread[1], "node": "syntax"}
    trace, inner = _innermost(error, run.trees)
    return None if trace is None else _Failing(error, run, trace, inner).report()


class _Failing:
    def __init__(
        self, error: BaseException, run: Run, trace: TracebackType, inner: TracebackType | None
    ) -> None:
        self.error, self.run, self.trace, self.inner = error, run, trace, inner
        self.file = trace.tb_frame.f_code.co_filename
        self.module = run.module(self.file)
        self.trees = run.trees[self.file]

    def report(self) -> dict[str, Any] | None:
        found = syntax.node_at(self.trees, _position(self.trace))
        if found is None:
            return None
        within, value = self.used(found)
        if value is not None:
            return self.described(value, "statement", "", [("value", value)]) | {"within": within}
        stored = syntax.stored(self.trees, found)
        if stored is not None:
            roles = [*syntax.operands(found), ("value", stored.value)]
            return self.described(stored, "assignment", syntax.function(found), roles)
        return self.operation(found)

    def operation(self, node: ast.AST) -> dict[str, Any]:
        report = self.described(node, syntax.kind(node), syntax.function(node), syntax.operands(node))
        if isinstance(node, ast.Call):
            called = callee.called(self.called(node.func))
            report |= {"owner": called.owner, "function": text(called.name or report["function"])}
            if called.bound is not None and not isinstance(node.func, ast.Attribute):
                report["operands"].insert(0, {"role": "self", **given(called.bound)})
        if isinstance(self.error, AttributeError | ImportError) and isinstance(node, ast.Attribute):
            report["near"] = callee.near(self.seen(node.value), node.attr)
        report["saved"] = self.run.backwards.broken(self.first_tensors(node), self.run.step_of)
        return report

    def described(
        self, node: ast.AST, kind: str, function: str, roles: list[tuple[str, ast.expr]]
    ) -> dict[str, Any]:
        operands: list[dict[str, Any]] = []
        for role, child in roles:
            operands += self.operand(role, child)
        if len(operands) >= MAX_OPERANDS:
            raise ValueError("too many operands")
        return {
            "place": syntax.place(node, self.module),
            "node": kind,
            "function": text(function),
            "operands": operands,
            "inner": _inner(self.inner),
        }

    # ---- what it was used for ----

    def used(self, node: ast.AST) -> tuple[str, ast.expr | None]:
        """Return what a value is used for where no operation is written: it is looped over, unpacked, tested."""
        within = _USES.get(self.opcode(), "")
        if within == "unpacking":
            return within, syntax.unpacked(self.trees, node)
        if within == "iteration":
            parts = syntax.iterated(node)
            if self.opcode() == "GET_ITER" and isinstance(node, ast.expr):
                parts.append(node)  # from Python 3.13 on, its place is that of the iterable alone
            return within, self.first(parts, _has_no_length)
        if within == "truth":
            tested = list(syntax.tested(node))
            found = self.first(tested, _has_no_truth)
            if found is not None:
                return within, found
            chains = (part for part in tested if isinstance(part, ast.Compare) and len(part.ops) > 1)
            return "chain", next(chains, None)
        return "", None

    def first(self, parts: list[ast.expr], fails: Callable[[Any], bool]) -> ast.expr | None:
        return next((part for part in parts if fails(self.seen(part))), None)

    def opcode(self) -> str:
        name = dis.opname[self.trace.tb_frame.f_code.co_code[self.trace.tb_lasti]]
        return "JUMP_IF" if "JUMP" in name and "_IF_" in name else name

    # ---- values ----

    def operand(self, role: str, node: ast.expr, depth: int = 0) -> list[dict[str, Any]]:
        if isinstance(node, ast.Starred):
            return self.starred(role, node.value)
        value = self.seen(node)
        if role == "**":
            pairs = value.items() if type(value) is dict else ()
            return [{"role": text(str(key)), **given(item)} for key, item in pairs]
        found = {"role": text(role), "place": syntax.place(node, self.module), **given(value, depth)}
        found["step"] = self.run.step(self.file, node)
        if isinstance(node, ast.Tuple | ast.List) and not any(isinstance(n, ast.Starred) for n in node.elts):
            found["items"] = self.items(node, depth)
        return [found]

    def items(self, node: ast.Tuple | ast.List, depth: int) -> list[dict[str, Any]]:
        """Describe the pieces of a display, where there are tensors among them."""
        parts = node.elts[:MAX_ITEMS]
        if depth >= MAX_NESTED or not any(isinstance(self.seen(part), _Tensor) for part in parts):
            return []
        return [self.operand(str(number), part, depth + 1)[0] for number, part in enumerate(parts)]

    def starred(self, role: str, node: ast.expr) -> list[dict[str, Any]]:
        value = self.seen(node)
        if type(value) not in (list, tuple, torch.Size) or len(value) > MAX_ITEMS:
            return [{"role": "*", "place": syntax.place(node, self.module), **given(value)}]
        first = int(role) if role.isdigit() else 0
        return [{"role": str(first + number), **given(item)} for number, item in enumerate(value)]

    def seen(self, node: ast.AST) -> Any:
        value = self.run.seen(self.file, node)
        if not isinstance(value, Unseen):
            return value
        match node:
            case ast.Name(id=name):
                frame = self.trace.tb_frame
                return frame.f_locals.get(name, frame.f_globals.get(name, UNSEEN))
            case ast.Subscript(value=value, slice=index) if isinstance(node.ctx, ast.Store):
                return callee.item(self.seen(value), self.seen(index), UNSEEN)
            case ast.Attribute(value=value, attr=name) if isinstance(node.ctx, ast.Store):
                return callee.attribute(self.seen(value), name, UNSEEN)
        return UNSEEN

    def called(self, node: ast.expr) -> Any:
        if isinstance(node, ast.Attribute):
            return callee.attribute(self.seen(node.value), node.attr, None)
        if isinstance(node, ast.Name):
            frame = self.trace.tb_frame
            for scope in (frame.f_locals, frame.f_globals, frame.f_builtins):
                if node.id in scope:
                    return scope[node.id]
        value = self.seen(node)
        return None if isinstance(value, Unseen) else value

    def first_tensors(self, node: ast.AST) -> list[torch.Tensor]:
        """Return the tensors that a `backward` begins at."""
        if syntax.function(node) not in ("backward", "grad"):
            return []
        for _, child in syntax.operands(node):
            value = self.seen(child)
            values = value if isinstance(value, list | tuple) else [value]
            if any(isinstance(each, _Tensor) for each in values):
                return [each for each in values if isinstance(each, _Tensor)]
        return []


_USES = {
    "GET_ITER": "iteration",
    "LIST_EXTEND": "iteration",
    "SET_UPDATE": "iteration",
    "CALL_FUNCTION_EX": "iteration",
    "UNPACK_SEQUENCE": "unpacking",
    "UNPACK_EX": "unpacking",
    "UNARY_NOT": "truth",
    "TO_BOOL": "truth",
    "JUMP_IF": "truth",
}


def _has_no_length(value: Any) -> bool:
    return isinstance(value, _Tensor) and len(value.shape) == 0


def _has_no_truth(value: Any) -> bool:
    return isinstance(value, _Tensor) and (value.numel() != 1 or value.device.type == "meta")


def given(value: Any, depth: int = 0) -> dict[str, Any]:
    """Return what an `Operand` holds of a value, `depth` lists deep; nothing of one that was not seen."""
    if isinstance(value, Unseen):
        return {}
    if isinstance(value, _Tensor):
        return {"tensor": described(value)}
    if isinstance(value, slice):
        return {"value": {"t": "other", "type": "slice", "text": "slice"}, "bounds": _bounds(value)}
    if type(value) is type(torch):
        return {"value": {"t": "other", "type": "module", "text": text(value.__name__)}}
    if type(value).__module__ == "torch.return_types":
        name = type(value).__name__
        return {
            "value": {"t": "other", "type": text(name), "text": text(name)},
            "items": _items(tuple(value), depth),
        }
    if type(value) in (list, tuple, dict) and _weight(value) > MAX_PIECES:
        parts = list(value)[:MAX_ITEMS]
        named = ", ".join(type(part).__name__ for part in parts) + (", …" if len(value) > MAX_ITEMS else "")
        report = {"value": {"t": "other", "type": type(value).__name__, "text": text(f"[{named}]")}}
        return report if type(value) is dict else report | {"items": _items(value, depth)}
    return {"value": Facts([], {}).value(value)}


def _weight(value: Any, depth: int = 0) -> int:
    """Count the pieces of a value, a tensor as too many: its facts say more than its elements."""
    if isinstance(value, _Tensor) or depth > MAX_NESTED:
        return MAX_PIECES + 1
    if type(value) in (list, tuple, dict):
        parts = list(value.values() if type(value) is dict else value)[: MAX_PIECES + 1]
        return 1 + sum(_weight(part, depth + 1) for part in parts)
    return 1


def _items(value: Any, depth: int) -> list[dict[str, Any]]:
    if depth >= MAX_NESTED or not any(isinstance(item, _Tensor) for item in value[:MAX_ITEMS]):
        return []
    return [{"role": str(number), **given(item, depth + 1)} for number, item in enumerate(value[:MAX_ITEMS])]


def _bounds(value: slice) -> list[dict[str, Any]]:
    return [Facts([], {}).value(part) for part in (value.start, value.stop, value.step)]


def _innermost(
    error: BaseException, trees: Mapping[str, list[ast.Module]]
) -> tuple[TracebackType | None, TracebackType | None]:
    """Return the innermost entry of the traceback in the program, and the innermost one below it."""
    found = inner = None
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename in trees:
            found, inner = trace, None
        elif found is not None:
            inner = trace
        trace = trace.tb_next
    return found, inner


def _position(trace: TracebackType) -> syntax.Position:
    instructions = list(trace.tb_frame.f_code.co_positions())
    line, end_line, column, end_column = instructions[trace.tb_lasti // 2]
    return (line or trace.tb_lineno, column or 0, end_line or 0, end_column or 0)


def _inner(trace: TracebackType | None) -> dict[str, Any] | None:
    """Describe the library's function that raised: its name, its tensors, and its module's parameters."""
    if trace is None:
        return None
    local = trace.tb_frame.f_locals
    named: dict[str, Any] = {name: value for name, value in local.items() if isinstance(value, _Tensor)}
    module = local.get("self")
    owner = ""
    if isinstance(module, _Module):
        named |= vars(module).get("_parameters") or {}
        owner = type(module).__name__
    named |= {name: value for name, value in local.items() if type(value) in _PLAIN}
    return {
        "function": text(owner or trace.tb_frame.f_code.co_name),
        "operands": [
            {"role": text(name), **given(value)} for name, value in list(named.items())[:MAX_LOCALS]
        ],
    }
