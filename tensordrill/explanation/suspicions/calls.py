"""The steps of a trace as calls: the function, its operands by number or keyword, and the calls that gave them.

The only module here that knows how a trace says so.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TypeVar

from msgspec import Struct

from tensordrill.explanation.call import integer
from tensordrill.explanation.shapes import Shape
from tensordrill.explanation.sources import Sources, text_at
from tensordrill.kinds.code import parsed
from tensordrill.sandbox.clues import Clue
from tensordrill.sandbox.trace import Place, TensorFact, TracedOperand, TracedStep
from tensordrill.sandbox.values import Bool, Value

AnyClue = TypeVar("AnyClue", bound=Clue)


class CallInput(Struct, frozen=True):
    """An operand: the call that gave its tensor, or a plain value."""

    role: str
    call: CallNode | None
    value: Value | None

    @property
    def integer(self) -> int | None:
        """The value as an integer."""
        return integer(self.value)

    @property
    def is_true(self) -> bool:
        """Whether the value is True."""
        return self.value == Bool(True)

    @property
    def node(self) -> CallNode:
        """The call, where it is known to be one."""
        assert self.call is not None
        return self.call

    @property
    def shape(self) -> Shape | None:
        """The shape of the tensor; None where it is none."""
        return None if self.call is None else self.call.shape

    @property
    def name(self) -> str:
        """The program's name for it."""
        return self.role if self.call is None else self.call.expression

    @property
    def receiver(self) -> str:
        """Its name as it stands before a method: an operation in parentheses."""
        tree = parsed(self.name)
        match tree.body if tree else []:
            case [ast.Expr(value=ast.BinOp() | ast.UnaryOp() | ast.Compare())]:
                return f"({self.name})"
        return self.name


class CallNode:
    """One step of a run."""

    def __init__(self, graph: CallGraph, index: int, step: TracedStep) -> None:
        self.index = index
        self._graph, self._step = graph, step

    @property
    def place(self) -> Place:
        """Its place in the program."""
        return self._step.place

    @property
    def function(self) -> str:
        """The own name of the function or layer, or the sign of an operator; "" for a variable."""
        return self._step.call.function if self._step.call else ""

    @property
    def is_own(self) -> bool:
        """Whether the function is torch's, or one of its layers."""
        return self._step.call is not None and self._step.call.owner != ""

    @property
    def is_changing(self) -> bool:
        """Whether it writes in place."""
        return self._step.kind == "statement" or (self.function.endswith("_") and self.is_own)

    @property
    def shape(self) -> Shape:
        """The shape of what it gave."""
        return self._step.tensor.shape

    @property
    def tensor(self) -> TensorFact:
        """The tensor that it gave."""
        return self._step.tensor

    @cached_property
    def expression(self) -> str:
        """Its text."""
        return text_at(self.place, self._graph.sources)

    @cached_property
    def arguments(self) -> tuple[CallInput, ...]:
        """Its operands, a method's own tensor first."""
        return tuple(map(self._argument, self._step.call.operands if self._step.call else ()))

    def _argument(self, operand: TracedOperand) -> CallInput:
        call = None if operand.step is None else self._graph.calls[operand.step]
        return CallInput(operand.role, call, operand.value)

    def argument(self, number: int, *keywords: str) -> CallInput | None:
        """Return an operand by its number, a method's own tensor being 0, or by a keyword."""
        placed = [
            each for each in self.arguments if each.role in ("self", "left", "right") or each.role.isdigit()
        ]
        for each in self.arguments:
            if each.role in keywords:
                return each
        return placed[number] if number < len(placed) else None

    @property
    def tensors(self) -> tuple[CallInput, ...]:
        """Its operands that are tensors."""
        return tuple(each for each in self.arguments if each.call is not None)

    @cached_property
    def origin(self) -> CallNode:
        """The call that made the very tensor: not the variables and functions that it went through."""
        step = self._step
        if step.memory != "same" or step.of is None or self.is_changing:
            return self
        return self._graph.calls[step.of].origin

    @property
    def users(self) -> list[CallNode]:
        """The calls that were given its tensor."""
        return self._graph.users[self.origin.index]


class CallGraph:
    """One run that ended: its calls in order, its clues, and the text of its program."""

    def __init__(self, steps: Sequence[TracedStep], clues: Sequence[Clue], sources: Sources) -> None:
        self.sources = sources
        self._clues = clues
        self.calls = [CallNode(self, index, step) for index, step in enumerate(steps)]

    def __iter__(self) -> Iterator[CallNode]:
        return iter(self.calls)

    @cached_property
    def users(self) -> defaultdict[int, list[CallNode]]:
        """The calls that were given the tensor of a call, by its index."""
        users: defaultdict[int, list[CallNode]] = defaultdict(list)
        for call in self.calls:
            for argument in call.tensors:
                users[argument.node.origin.index].append(call)
        return users

    def clues_of(self, kind: type[AnyClue]) -> Iterator[AnyClue]:
        """Yield the clues of one kind."""
        return (clue for clue in self._clues if isinstance(clue, kind))

    def at(self, place: Place) -> Iterator[CallNode]:
        """Yield the calls at a place."""
        return (call for call in self.calls if call.place == place)

    def around(self, place: Place) -> Iterator[ast.AST]:
        """Yield the statements around a place, the outermost first."""
        node: ast.AST | None = parsed(self.sources.get(place.file, ""))
        while node is not None:
            node = next((each for each in statements(node) if _holds(each, place)), None)
            if node is not None:
                yield node

    def text(self, place: Place) -> str:
        """Return the program's text at a place."""
        return text_at(place, self.sources)


def statements(node: ast.AST) -> Iterator[ast.stmt]:
    """Yield the statements below a node, without those below them."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.stmt):
            yield child
        elif isinstance(child, ast.excepthandler | ast.match_case):
            yield from statements(child)


def _holds(node: ast.stmt, place: Place) -> bool:
    first, last = (node.lineno, node.col_offset), (node.end_lineno or 0, node.end_col_offset or 0)
    return first <= (place.line, place.column) and (place.end_line, place.end_column) <= last
