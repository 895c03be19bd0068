"""A program runs and each tensor that comes to be is noted: what it is, where its memory is, what changed.

The program is only observed: values are passed on, facts are read through functions saved before it ran,
and nothing here raises. What is reported is a `traced.Trace`, as plain dicts.
"""

from __future__ import annotations

import ast
import sys
from types import CodeType, FrameType, TracebackType
from typing import Any

import places
import torch
from facts import Facts, text
from instrument import DONE, STEP, Instrumented
from tensors import Known, Memory, described, first_tensors

MAX_STEPS = 400
MAX_BYTES = 600_000
MAX_DEPTH = 8
MAX_GRADS = 12

_Tensor, _Module = torch.Tensor, torch.nn.Module
_unseen = torch._C.DisableTorchFunction


class Tracer:
    """Notes the steps of one program, and of the user's modules that it imports."""

    def __init__(self) -> None:
        self.nodes: list[tuple[str, ast.AST]] = []
        self.trees: dict[str, list[ast.Module]] = {}
        self.memory = Memory()
        self.steps: list[dict[str, Any]] = []
        self.more = 0
        self.room = MAX_BYTES
        self.last: dict[tuple[str, places.Position], tuple[Any, int | None]] = {}
        self.backwards: list[int] = []

    def instrument(self, source: str, file: str) -> CodeType:
        """Give code that tells this tracer of its steps; raises SyntaxError as `compile` does."""
        found = Instrumented(source, file, len(self.nodes))
        self.nodes += ((file, node) for node in found.nodes)
        self.trees.setdefault(file, []).append(found.tree)
        return found.code

    def names(self) -> dict[str, Any]:
        """Give the two functions that instrumented code calls; neither ever raises."""

        def step(value: Any, number: int) -> Any:
            try:
                with _unseen():
                    self._step(*self.nodes[number], value, sys._getframe(1))
            except Exception:
                self.more += 1
            return value

        def done(number: int, value: Any) -> None:
            try:
                with _unseen():
                    self._done(*self.nodes[number], value, sys._getframe(1))
            except Exception:
                self.more += 1

        return {STEP: step, DONE: done}

    def report(self, error: BaseException | None) -> dict[str, Any]:
        """Give the trace; after an exception, with the operation that raised it."""
        found: dict[str, Any] = {"steps": self.steps, "more": self.more}
        if error is not None:
            try:
                with _unseen():
                    found["failure"] = self._failure(error)
            except Exception:
                found["failure"] = None
        return found

    # ---- while it runs ----

    def _step(self, file: str, node: ast.AST, value: Any, frame: FrameType) -> None:
        index = self._note(file, node, value, frame, "value") if isinstance(value, _Tensor) else None
        if value is None and places.function(node) == "backward":
            self.backwards.append(node.lineno)  # type: ignore[attr-defined]  # a call has a line
            self._grads(file, node, frame)
        self.last[file, places.position(node)] = (value, index)

    def _done(self, file: str, node: ast.AST, value: Any, frame: FrameType) -> None:
        """After a statement, note what it changed, where no expression said so already."""
        changed = self.memory.changes()
        if not changed:
            return
        names = self._names(changed, frame)
        if isinstance(node, ast.Expr) and self.steps and self._is_of(self.steps[-1], file, node.value):
            self.steps[-1]["changed"] += [name for name in names if name not in self.steps[-1]["changed"]]
            return
        tensor = value if isinstance(value, _Tensor) else changed[0].tensor()
        if tensor is not None:
            self._note(file, node, tensor, frame, "statement", names)

    @staticmethod
    def _is_of(step: dict[str, Any], file: str, node: ast.AST) -> bool:
        return bool(step["place"] == places.place(node, file))

    def _note(
        self,
        file: str,
        node: ast.AST,
        tensor: torch.Tensor,
        frame: FrameType,
        kind: str,
        changed: list[str] | None = None,
        expression: str = "",
    ) -> int | None:
        depth = self._depth(frame)
        if len(self.steps) >= MAX_STEPS or self.room < 0 or depth > MAX_DEPTH:
            self.more += 1
            return None
        given = [self._seen(file, child) for _, child in places.operands(node)]
        relation, of = self.memory.relation(tensor, first_tensors(given), places.function(node))
        if changed is None:
            changed = [] if isinstance(node, ast.Name) else self._names(self.memory.changes(), frame)
        step = {
            "place": places.place(node, file),
            "expression": text(expression),
            "tensor": described(tensor),
            "memory": relation,
            "of": of,
            "changed": changed,
            "depth": depth,
            "kind": kind,
        }
        self.room -= len(repr(step["tensor"]))
        self.steps.append(step)
        self.memory.add(tensor, len(self.steps) - 1, expression or ast.unparse(node))
        return len(self.steps) - 1

    def _grads(self, file: str, node: ast.AST, frame: FrameType) -> None:
        for name, tensor in list(_leaves(frame))[:MAX_GRADS]:
            if tensor.grad is not None:
                self._note(file, node, tensor.grad, frame, "grad", [], f"{name}.grad")

    def _names(self, changed: list[Known], frame: FrameType) -> list[str]:
        """Name tensors as the program does, else by the expression that gave them."""
        found: dict[str, None] = {}
        scope = {**frame.f_globals, **frame.f_locals}
        for known in changed:
            tensor = known.tensor()
            names = [name for name, value in scope.items() if value is tensor and not name.startswith("__")]
            found.update(dict.fromkeys(map(text, names or [known.expression])))
        return list(found)

    def _depth(self, frame: FrameType | None) -> int:
        depth = -1
        while frame is not None and depth <= MAX_DEPTH:
            depth += frame.f_code.co_filename in self.trees
            frame = frame.f_back
        return depth

    def _seen(self, file: str, node: ast.AST) -> Any:
        """Give the value that a node had last; a display of nodes is put together from theirs."""
        found = self.last.get((file, places.position(node)))
        if found is not None:
            return found[0]
        if isinstance(node, ast.Tuple | ast.List):
            return tuple(self._seen(file, item) for item in node.elts)
        if isinstance(node, ast.Slice):
            parts = (node.lower, node.upper, node.step)
            return slice(*(None if part is None else self._seen(file, part) for part in parts))
        return node.value if isinstance(node, ast.Constant) else None

    # ---- when it raised ----

    def _failure(self, error: BaseException) -> dict[str, Any] | None:
        trace, inner = self._innermost(error)
        if trace is None:
            return None
        file = trace.tb_frame.f_code.co_filename
        node = _node_at(self.trees[file], _position(trace))
        if node is None:
            return None
        return {
            "place": places.place(node, file),
            "node": places.kind(node),
            "function": text(places.function(node)),
            "operands": [self._operand(file, role, child, trace) for role, child in places.operands(node)],
            "within": _within(self.trees[file], node),
            "inner": _inner(inner),
            "backwards": self.backwards,
        }

    def _innermost(self, error: BaseException) -> tuple[TracebackType | None, TracebackType | None]:
        """Give the innermost entry of the traceback in the program, and the innermost one below it."""
        found = inner = None
        trace = error.__traceback__
        while trace is not None:
            if trace.tb_frame.f_code.co_filename in self.trees:
                found, inner = trace, None
            elif found is not None and trace.tb_frame.f_code.co_filename != __file__:
                inner = trace
            trace = trace.tb_next
        return found, inner

    def _operand(self, file: str, role: str, node: ast.expr, trace: TracebackType) -> dict[str, Any]:
        value = self._seen(file, node)
        if value is None and isinstance(node, ast.Name):
            value = trace.tb_frame.f_locals.get(node.id, trace.tb_frame.f_globals.get(node.id))
        _, index = self.last.get((file, places.position(node)), (None, None))
        return {"role": text(role), "place": places.place(node, file), "step": index, **_given(value)}


def _given(value: Any) -> dict[str, Any]:
    if isinstance(value, _Tensor):
        return {"tensor": described(value)}
    if isinstance(value, slice):
        value = (value.start, value.stop, value.step)
    return {"value": Facts([], {}).value(value)}


def _leaves(frame: FrameType) -> list[tuple[str, torch.Tensor]]:
    """Give the leaves that a program has names for, and the parameters of its modules."""
    found: dict[int, tuple[str, torch.Tensor]] = {}
    for name, value in {**frame.f_globals, **frame.f_locals}.items():
        parts = value.named_parameters() if isinstance(value, _Module) else [("", value)]
        for part, tensor in parts:
            if isinstance(tensor, _Tensor) and tensor.requires_grad and tensor.is_leaf:
                found.setdefault(id(tensor), (f"{name}.{part}" if part else name, tensor))
    return list(found.values())


def _position(trace: TracebackType) -> places.Position:
    instructions = list(trace.tb_frame.f_code.co_positions())
    line, end_line, column, end_column = instructions[trace.tb_lasti // 2]
    return (line or trace.tb_lineno, column or 0, end_line or 0, end_column or 0)


def _node_at(trees: list[ast.Module], wanted: places.Position) -> ast.AST | None:
    """Find the operation at a position; else the smallest statement on its line."""
    nodes = [node for tree in trees for node in ast.walk(tree) if hasattr(node, "lineno")]
    exact = [node for node in nodes if places.position(node) == wanted]
    for node in sorted(exact, key=lambda each: isinstance(each, ast.stmt | ast.Name)):
        return node
    ending = [
        node for node in nodes if isinstance(node, ast.expr) and places.position(node)[2:] == wanted[2:]
    ]
    if ending:
        return min(ending, key=lambda node: abs(places.position(node)[0] - wanted[0]))
    lines = [
        node
        for node in nodes
        if isinstance(node, ast.stmt) and node.lineno <= wanted[0] <= (node.end_lineno or 0)
    ]
    return min(lines, key=lambda node: (node.end_lineno or 0) - node.lineno, default=None)


def _within(trees: list[ast.Module], wanted: ast.AST) -> str:
    """Say what a bare name is used for where it fails: it is looped over, unpacked, or taken for true."""
    for node in (node for tree in trees for node in ast.walk(tree)):
        match node:
            case ast.For(iter=part) | ast.comprehension(iter=part) if part is wanted:
                return "iteration"
            case ast.Assign(targets=[ast.Tuple() as part, *_]) if part is wanted:
                return "unpacking"
            case ast.If(test=part) | ast.While(test=part) | ast.Assert(test=part) | ast.IfExp(test=part) if (
                part is wanted
            ):
                return "truth"
            case ast.BoolOp(values=parts) if wanted in parts:
                return "truth"
            case ast.UnaryOp(op=ast.Not(), operand=part) if part is wanted:
                return "truth"
    return ""


def _inner(trace: TracebackType | None) -> dict[str, Any] | None:
    """Describe the library's function that raised: its name, its tensors, and its module's parameters."""
    if trace is None:
        return None
    local = trace.tb_frame.f_locals
    named: dict[str, Any] = {name: value for name, value in local.items() if isinstance(value, _Tensor)}
    module = local.get("self")
    if isinstance(module, _Module):
        named |= dict(module.named_parameters(recurse=False))
    owner = type(module).__name__ if isinstance(module, _Module) else ""
    return {
        "function": text(owner or trace.tb_frame.f_code.co_name),
        "operands": [{"role": text(name), **_given(value)} for name, value in list(named.items())[:8]],
    }
