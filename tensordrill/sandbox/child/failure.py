"""The operation that raised, as a `trace.Failure` in plain dicts: which expression it is, and its call."""

from __future__ import annotations

import ast
import dis
from collections.abc import Callable, Mapping
from types import FrameType, TracebackType
from typing import Any, Protocol

import arguments
import autograd_graph
import callee
import module_path
import syntax
import torch
from arguments import CallDescriber
from autograd_graph import Backwards
from carried import CarriedValues
from encode import text
from models import parameters
from module_path import entries
from wire import MAX_CALLERS

MAX_LOCALS = 60

_Tensor, _Module = torch.Tensor, torch.nn.Module
_OPERATORS = frozenset(
    f"torch.{name}"
    for name in "_prims _prims_common _refs _decomp _ops _meta_registrations _subclasses _library".split()
)
"""The packages in which torch writes operators in Python, as those on `meta`."""
_PLAIN = (bool, int, float, str, tuple, list, torch.Size, torch.dtype, type(None))


class FailedRun(arguments.NodeValues, autograd_graph.GraphHistory, Protocol):
    """The part of a traced run that this module reads."""

    trees: dict[str, list[ast.Module]]
    backwards: Backwards
    carried: CarriedValues
    unread: tuple[SyntaxError, dict[str, Any]] | None
    no_grad: bool


def failure(error: BaseException, run: FailedRun) -> dict[str, Any] | None:
    """Describe the operation that raised; None where no line of the program did."""
    if run.unread is not None and error is run.unread[0]:
        return {"place": run.unread[1], "call": {"node": "syntax"}}
    trace, inner = _innermost(error, run.trees)
    report = None if trace is None else _Failing(error, run, trace, inner).report()
    return report and report | {"callers": _callers(error, run), **module_path.running(error)}


class _Failing:
    def __init__(
        self, error: BaseException, run: FailedRun, trace: TracebackType, inner: TracebackType | None
    ) -> None:
        self.error, self.run, self.trace, self.inner = error, run, trace, inner
        file = trace.tb_frame.f_code.co_filename
        self.trees = run.trees[file]
        put_back = syntax.put_back(self.trees)
        self.calls = CallDescriber(run, file, trace.tb_frame, is_failure=True, put_back=put_back)

    def report(self) -> dict[str, Any] | None:
        node = syntax.node_at(self.trees, _position(self.trace))
        if node is None:
            return None
        within, value = self.used(node)
        if value is not None:
            operands = self.calls.operand("value", value)
            return self.described(value, {"node": "statement", "operands": operands}) | {"within": within}
        stored = syntax.stored(self.trees, node)
        if stored is not None:
            call = self.calls.of(node, [("value", stored.value)])
            return self.described(stored, call | {"node": "assignment"})
        report = self.described(node, self.calls.of(node))
        if isinstance(self.error, AttributeError | ImportError) and isinstance(node, ast.Attribute):
            report["near"] = callee.near(self.calls.value_of(node.value), node.attr)
        roots = self.first_tensors(node)
        report["saved"] = self.run.backwards.broken(
            roots, leaves(self.trace.tb_frame) if roots else (), self.run
        )
        if roots:
            place = self.calls.file, node, self.trace.tb_frame
            report["carried"] = self.run.backwards.carried(roots, self.run.carried.at(*place))
            report["kept"] = self.run.backwards.kept(roots, self.run.carried.constant(*place))
        return report

    def described(self, node: ast.AST, call: dict[str, Any]) -> dict[str, Any]:
        no_grad = self.run.no_grad
        return {"place": self.calls.place(node), "call": call, "inner": self.inner_call(), "no_grad": no_grad}

    def inner_call(self) -> dict[str, Any] | None:
        """Describe the library's function that raised: its name, its tensors, and its module's parameters."""
        if self.inner is None:
            return None
        local = self.inner.tb_frame.f_locals
        named: dict[str, Any] = {name: value for name, value in local.items() if isinstance(value, _Tensor)}
        module = local.get("self")
        function, owner = self.inner.tb_frame.f_code.co_name, "torch"
        if isinstance(module, _Module):
            named |= vars(module).get("_parameters") or {}
            function, owner = type(module).__name__, "module"
        named |= {name: value for name, value in local.items() if type(value) in _PLAIN}
        if owner == "module":  # its settings, as its stride or its number of features
            settings = vars(module).items()
            named = {
                name: value for name, value in settings if type(value) in _PLAIN and name[0] != "_"
            } | named
        operands = [{"role": text(name), **self.calls.value(value)} for name, value in named.items()]
        return {"node": "call", "function": text(function), "owner": owner, "operands": operands[:MAX_LOCALS]}

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
            tensor = self.first(tested, _has_no_truth)
            if tensor is not None:
                return within, tensor
            chains = (part for part in tested if isinstance(part, ast.Compare) and len(part.ops) > 1)
            return "chain", next(chains, None)
        return "", None

    def first(self, parts: list[ast.expr], fails: Callable[[Any], bool]) -> ast.expr | None:
        return next((part for part in parts if fails(self.calls.value_of(part))), None)

    def opcode(self) -> str:
        name = dis.opname[self.trace.tb_frame.f_code.co_code[self.trace.tb_lasti]]
        return "JUMP_IF" if "JUMP" in name and "_IF_" in name else name

    def first_tensors(self, node: ast.AST) -> list[torch.Tensor]:
        """Return the tensors that a `backward` begins at."""
        if syntax.function(node) not in ("backward", "grad"):
            return []
        for _, child in syntax.operands(node):
            value = self.calls.value_of(child)
            values = value if isinstance(value, list | tuple) else [value]
            if any(isinstance(each, _Tensor) for each in values):
                return [each for each in values if isinstance(each, _Tensor)]
        return []


def leaves(frame: FrameType) -> list[tuple[str, torch.Tensor]]:
    """Return the leaves that a program has names for, and the parameters of its modules."""
    named: dict[int, tuple[str, torch.Tensor]] = {}
    for name, value in {**frame.f_globals, **frame.f_locals}.items():
        inner = (
            [(f"{name}.{path}", tensor) for path, tensor in parameters(value)]
            if isinstance(value, _Module)
            else []
        )
        for path, tensor in inner or [(name, value)]:
            if isinstance(tensor, _Tensor) and tensor.requires_grad and tensor.is_leaf:
                named.setdefault(id(tensor), (path, tensor))
    return list(named.values())


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


def _innermost(
    error: BaseException, trees: Mapping[str, list[ast.Module]]
) -> tuple[TracebackType | None, TracebackType | None]:
    """Return the innermost entry of the traceback in the program, and the innermost one below it.

    What lies inside an operator is left out: its names, as `args[0]`, are no words for anything.
    """
    outer = inner = None
    is_in_operator = False
    for trace in entries(error):
        if trace.tb_frame.f_code.co_filename in trees:
            outer, inner, is_in_operator = trace, None, False
        is_in_operator = is_in_operator or _module_of(trace) in _OPERATORS
        if outer is not None and trace is not outer and not is_in_operator:
            inner = trace
    return outer, inner


def _module_of(trace: TracebackType) -> str:
    """Return the package of torch's that an entry is in: `torch.nn`, `torch._prims_common`."""
    return ".".join(str(trace.tb_frame.f_globals.get("__name__")).split(".")[:2])


def _callers(error: BaseException, run: FailedRun) -> list[dict[str, Any]]:
    """Return where the program calls what leads to the line that raised, the outermost call first."""
    own = [trace for trace in entries(error) if trace.tb_frame.f_code.co_filename in run.trees][:-1]
    places = []
    for trace in own[-MAX_CALLERS:]:
        file = trace.tb_frame.f_code.co_filename
        node = syntax.node_at(run.trees[file], _position(trace))
        places += [] if node is None else [syntax.place(node, run.module(file))]
    return places


def _position(trace: TracebackType) -> syntax.Position:
    instructions = list(trace.tb_frame.f_code.co_positions())
    line, end_line, column, end_column = instructions[trace.tb_lasti // 2]
    return (line or trace.tb_lineno, column or 0, end_line or 0, end_column or 0)
