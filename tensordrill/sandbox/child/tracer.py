"""The tracer: it notes each tensor that a program makes, where its memory is, and what changed.

The program is only observed: values are passed on, facts are read through functions saved before it ran,
and nothing here raises. What is reported is a `trace.Trace`, as plain dicts.
"""

from __future__ import annotations

import _io
import ast
import builtins
import operator
import os
import sys
import weakref
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from types import CodeType, FrameType
from typing import Any

import failure
import syntax
import torch
from arguments import UNSEEN, CallDescriber, Unseen
from autograd_graph import Backwards, InPlaceChange
from carried import CarriedValues
from clues import Watchers, is_of_interest, is_watched, is_write
from encode import text
from instrument import Hook, Instrumented
from tensors import MAX_KNOWN, KnownTensor, Memory, described, first_tensors
from wire import MAX_CHANGED, MAX_STEPS

FIRST_STEPS = 400
LATE_STEPS = 200
"""The steps after the first ones are those of expressions that had none, as the lines after a long loop."""
LAST_STEPS = MAX_STEPS - FIRST_STEPS - LATE_STEPS
"""After an exception, those of what was evaluated last, as the last round of a long loop."""
MAX_BYTES = 600_000
MAX_LATE_BYTES = 50_000
MAX_NAME = 200
MAX_DEPTH = 8
MAX_GRADS = 12
MAX_STORAGES = 4000
_COMPILES_NOTHING = "TORCHDYNAMO_DISABLE"
_HEAP_TYPE = 1 << 9
"""Py_TPFLAGS_HEAPTYPE, https://docs.python.org/3/c-api/typeobj.html: a class that a `class` statement made."""

_Tensor, _Module = torch.Tensor, torch.nn.Module


@contextmanager
def _unseen() -> Iterator[None]:
    """Read tensors so that the program's own modes, and a `torch.jit.trace` under way, see nothing of it."""
    recording = torch._C._get_tracing_state()
    torch._C._set_tracing_state(None)
    try:
        with torch._C.DisableTorchFunction(), torch._C._DisableTorchDispatch():
            yield
    finally:
        torch._C._set_tracing_state(recording)


@contextmanager
def uncompiled() -> Iterator[None]:
    """Disable `torch.compile`: it cannot read calls to a hook, nor write files here."""
    before = os.environ.get(_COMPILES_NOTHING)
    os.environ[_COMPILES_NOTHING] = "1"
    try:
        yield
    finally:
        if before is None:
            os.environ.pop(_COMPILES_NOTHING, None)
        else:
            os.environ[_COMPILES_NOTHING] = before


class _Weak(weakref.ref[Any]):
    """Stands for an instance of a class, or a file, which a program's `del` must be able to end."""

    __slots__ = ()


class _TracedNode:
    """A node that instrumented code speaks of."""

    __slots__ = ("file", "is_backward", "is_update", "is_watched", "is_write", "key", "node")

    def __init__(self, file: str, node: ast.AST) -> None:
        self.file, self.node = file, node
        self.key = file, syntax.position(node)
        self.is_watched = is_watched(node)
        self.is_write = is_write(node)
        function = syntax.function(node)
        self.is_backward, self.is_update = function == "backward", function == "step"


class _Scope:
    """Stands for the frame of a function that may have ended: what its file has names for, but no tensors."""

    def __init__(self, file: str, names: dict[str, Any]) -> None:
        self.f_globals = {name: value for name, value in names.items() if not isinstance(value, _Tensor)}
        self.f_locals: dict[str, Any] = {}
        self.f_builtins = vars(builtins)
        self.f_code = compile("", file, "exec")
        self.f_back = None


class Tracer:
    """Notes the steps of one program, which code of the file `program` is, and of the modules that it imports.

    `last` has, by its place, what each expression gave last, with the step of it, the number of that evaluation, and
    the node. Where there was no room for the step any more, it is made up for when something raises (`_note_last`):
    what was evaluated by `now` is what the operands of an evaluation were.
    """

    def __init__(self, program: str = syntax.PROGRAM) -> None:
        self.program = program
        self.nodes: list[_TracedNode] = []
        self.trees: dict[str, list[ast.Module]] = {}
        self.memory = Memory()
        self.steps: list[dict[str, Any]] = []
        self.more = 0
        self.room = MAX_BYTES
        self.kept: set[tuple[str, syntax.Position]] = set()
        self.last: dict[tuple[str, syntax.Position], tuple[Any, int | None, int, _TracedNode]] = {}
        self.evaluations = 0
        self.now = sys.maxsize
        self.names: dict[str, dict[str, Any]] = {}
        self.backwards = Backwards()
        self.carried = CarriedValues(self.trees)
        self.clues = Watchers(self)
        self.origins: list[tuple[int, int]] = []
        self.changes: list[InPlaceChange] = []
        self.no_grad = False
        self.unread: tuple[SyntaxError, dict[str, Any]] | None = None
        self.hook = self._hook()

    def instrument(self, source: str, file: str) -> CodeType:
        """Compile source so that it reports its steps to this tracer; raises SyntaxError as `compile` does."""
        parsed: Instrumented | None = None
        try:
            parsed = Instrumented(source, file, len(self.nodes))
            code = parsed.code(self.hook)
        except SyntaxError as error:
            if error.lineno:
                module = self.module(file)
                self.unread = error, syntax.unread(error, source, module, counts_bytes=parsed is not None)
            raise
        self.nodes += (_TracedNode(file, node) for node in parsed.nodes)
        self.trees.setdefault(file, []).append(parsed.tree)
        return code

    def module(self, file: str) -> str:
        """Return how a `trace.Place` names a file: "" for the program itself."""
        return "" if file == self.program else file

    def _hook(self) -> Hook:
        """Return what instrumented code calls; it never raises."""
        nodes, last, memory, clues = self.nodes, self.last, self.memory, self.clues

        def step(value: Any, number: int) -> Any:
            try:
                noted = nodes[number]
                self.evaluations += 1
                if isinstance(value, _Tensor) or (value is None and noted.is_backward):
                    self.no_grad = not torch.is_grad_enabled()
                    with _unseen():
                        self._step(noted, value, sys._getframe(1))
                        clues.evaluated(noted.file, noted.node, value, sys._getframe(1))
                else:
                    kind = type(value)
                    is_weak = kind.__weakrefoffset__ and (
                        kind.__flags__ & _HEAP_TYPE or issubclass(kind, _io._IOBase)
                    )
                    last[noted.key] = _Weak(value) if is_weak else value, None, self.evaluations, noted
                    if value is None and noted.is_update:
                        self._update(noted)
                    if noted.is_watched or is_of_interest(value):
                        with _unseen():
                            clues.evaluated(noted.file, noted.node, value, sys._getframe(1))
            except Exception:
                self.more += 1
            return value

        def done(number: int, value: Any) -> None:
            try:
                if isinstance(value, _Tensor) or (memory.is_watched and not self._is_full()):
                    with _unseen():
                        self._done(nodes[number], value, sys._getframe(1))
                noted = nodes[number]
                if noted.is_write:
                    with _unseen():
                        clues.done(noted.file, noted.node, sys._getframe(1))
            except Exception:
                self.more += 1

        return Hook(step, done)

    def report(self, error: BaseException | None) -> dict[str, Any]:
        """Return the trace; after an exception, with the operation that raised it."""
        report: dict[str, Any] = {"steps": self.steps, "more": self.more}
        if error is not None:
            try:
                with _unseen():
                    self._note_last()
                    report["failure"] = failure.failure(error, self)
                report["more"] = self.more
            except Exception:
                report["failure"] = None
        return report

    def forget(self) -> None:
        """Drop all references to the program's values."""
        self.last.clear()
        self.memory.forget()

    # ---- while it runs ----

    def _step(self, noted: _TracedNode, value: Any, frame: FrameType) -> None:
        file, node, index = noted.file, noted.node, None
        if value is not None:
            index = self._note(file, node, value, frame, "value")
        else:
            roots = first_tensors(self._value_of(file, child) for _, child in syntax.operands(node))
            carried = partial(self.carried.at, file, node, frame)
            self.backwards.ended(syntax.position(node)[0], roots, carried)
            self._grads(file, node, frame)
        self.names[file] = frame.f_globals
        self.last[noted.key] = value, index, self.evaluations, noted

    def _note_last(self) -> None:
        """Note the last evaluations that had no room for a step, in their order."""
        unnoted = [each for each in self.last.values() if each[1] is None and isinstance(each[0], _Tensor)]
        scopes = {file: _Scope(file, names) for file, names in self.names.items()}
        self.memory.most = MAX_KNOWN + LAST_STEPS
        self.no_grad, no_grad = False, self.no_grad
        for value, _, self.now, noted in sorted(unnoted, key=operator.itemgetter(2))[-LAST_STEPS:]:
            with suppress(Exception):
                self.more -= 1
                index = self._note(noted.file, noted.node, value, scopes[noted.file], "value", [])
                self.last[noted.key] = value, index, self.now, noted
        self.now, self.no_grad = sys.maxsize, no_grad

    def _done(self, noted: _TracedNode, value: Any, frame: FrameType) -> None:
        """After a statement, note what it changed, where no expression said so already."""
        file, node = noted.file, noted.node
        if self._is_full():
            self.more += isinstance(value, _Tensor)
            return
        changed = self.memory.changes(uncounted=True)
        if not changed:
            return
        names = self._names(changed, frame)
        last = self.steps[-1]["place"] if self.steps else None
        if isinstance(node, ast.Expr) and last == syntax.place(node.value, self.module(file)):
            self._changed(self.steps[-1]["place"], {known.storage.identity for known in changed})
            self.steps[-1]["changed"] += [name for name in names if name not in self.steps[-1]["changed"]]
            return
        tensor = value if isinstance(value, _Tensor) else changed[0].tensor()
        if tensor is not None:
            self._note(file, node, tensor, frame, "statement", changed)

    def _is_full(self) -> bool:
        return len(self.steps) >= FIRST_STEPS or self.room < 0

    def _has_room(self, key: tuple[str, syntax.Position]) -> bool:
        """Whether a step is kept: the first ones are, later ones if their expression has no step yet, the last ones."""
        if self.now != sys.maxsize:
            return len(self.steps) < MAX_STEPS and self.room > -2 * MAX_LATE_BYTES
        if not self._is_full():
            return True
        is_late = len(self.steps) < FIRST_STEPS + LATE_STEPS and self.room > -MAX_LATE_BYTES
        return is_late and key not in self.kept

    def _note(
        self,
        file: str,
        node: ast.AST,
        tensor: torch.Tensor,
        frame: Any,
        kind: str,
        changed: list[KnownTensor] | None = None,
        expression: str = "",
    ) -> int | None:
        key = file, syntax.position(node)
        if not self._has_room(key) or (depth := self._depth(frame)) > MAX_DEPTH:
            self.more += 1
            return None
        self.kept.add(key)
        given = [self._value_of(file, child) for _, child in syntax.operands(node)]
        relation, of = self.memory.relation(tensor, first_tensors(given), syntax.function(node))
        if changed is None:
            changed = [] if isinstance(node, ast.Name) else self.memory.changes()
        names = self._names(changed, frame) if changed else []
        place = syntax.place(node, self.module(file))
        step = {
            "place": place,
            "expression": text(expression),
            "tensor": described(tensor),
            "memory": relation,
            "of": of,
            "changed": names,
            "depth": depth,
            "kind": kind,
            "no_grad": self.no_grad,
            "call": CallDescriber(self, file, frame, is_failure=False).of_step(node)
            if kind != "grad"
            else None,
        }
        self.room -= len(repr((step["tensor"], names, step["call"])))
        self.steps.append(step)
        if changed:
            self._changed(place, {known.storage.identity for known in changed})
        number = -1 if tensor.grad_fn is None else tensor.grad_fn._sequence_nr()
        if number > (self.origins[-1][0] if self.origins else -1):
            self.origins.append((number, len(self.steps) - 1))
        self.memory.add(tensor, len(self.steps) - 1, expression or node)
        return len(self.steps) - 1

    def _grads(self, file: str, node: ast.AST, frame: FrameType) -> None:
        for name, tensor in failure.leaves(frame)[:MAX_GRADS]:
            if tensor.grad is not None:
                self._note(file, node, tensor.grad, frame, "grad", [], f"{name}.grad")

    def _names(self, changed: list[KnownTensor], frame: FrameType) -> list[str]:
        """Name tensors as the program does, else by the expression that gave them."""
        unique: dict[str, None] = {}
        scope = {**frame.f_globals, **frame.f_locals}
        for known in changed:
            tensor = known.tensor()
            names = [name for name, value in scope.items() if value is tensor and not name.startswith("__")]
            unique.update(dict.fromkeys(text(name[:MAX_NAME]) for name in names or [known.expression]))
        return list(unique)[:MAX_CHANGED]

    def _depth(self, frame: FrameType | None) -> int:
        depth = -1
        while frame is not None and depth <= MAX_DEPTH:
            depth += frame.f_code.co_filename in self.trees
            frame = frame.f_back
        return depth

    def _value_of(self, file: str, node: ast.AST) -> Any:
        value = self.value_of(file, node)
        return None if isinstance(value, Unseen) else value

    # ---- when it raised ----

    def value_of(self, file: str, node: ast.AST) -> Any:
        """Return the value that a node had last; UNSEEN where it was not evaluated."""
        kept = self.last.get((file, syntax.position(node)))
        if kept is not None:
            return _value(kept[0]) if kept[2] <= self.now else UNSEEN
        if isinstance(node, ast.Tuple | ast.List):
            parts = [self.value_of(file, item) for item in node.elts]
            if any(isinstance(part, Unseen) for part in parts):
                return UNSEEN
            return tuple(parts) if isinstance(node, ast.Tuple) else parts
        if isinstance(node, ast.Slice):
            bounds = [part and self.value_of(file, part) for part in (node.lower, node.upper, node.step)]
            return slice(*bounds)
        return node.value if isinstance(node, ast.Constant) else UNSEEN

    def step(self, file: str, node: ast.AST) -> int | None:
        """Return the step that a node was last."""
        kept = self.last.get((file, syntax.position(node)))
        return None if kept is None or kept[2] > self.now else kept[1]

    def last_step(self, tensor: torch.Tensor) -> int | None:
        """Return the latest step whose tensor is this one."""
        return self.memory.step(tensor)

    def origin(self, node: Any) -> tuple[int | None, bool]:
        """Return the step in which a node of the graph was made, and whether the step's tensor is what it gave.

        Nodes are numbered as they are made, so it is the first step whose tensor has a `grad_fn` of no lower number.
        """
        number = node._sequence_nr()
        made = next((each for each in self.origins if each[0] >= number), None)
        return (None, False) if made is None else (made[1], made[0] == number)

    def changed_by(self, storage: int, after: int) -> list[InPlaceChange]:
        """Return what changed a storage after a step, the latest first."""
        return [each for each in reversed(self.changes) if each.step > after and storage in each.storages]

    def _update(self, noted: _TracedNode) -> None:
        """Note the parameters that an optimizer's step changed."""
        values = [self._value_of(noted.file, child) for _, child in syntax.operands(noted.node)]
        groups = [group for value in values for group in getattr(value, "param_groups", ())]
        parameters = [each for group in groups for each in group["params"] if each.grad is not None]
        storages = {each.untyped_storage()._cdata for each in parameters}
        self._changed(syntax.place(noted.node, self.module(noted.file)), storages, is_update=True)

    def _changed(self, place: dict[str, Any], storages: set[int], *, is_update: bool = False) -> None:
        if self.changes and self.changes[-1].place == place:  # of an optimizer's call, then of its statement
            last = self.changes.pop()  # or of the loop's round before
            storages, is_update = storages | last.storages, is_update or last.is_update
            self.changes.append(InPlaceChange(len(self.steps), place, storages, is_update))
        elif len(self.changes) < MAX_STORAGES:
            self.changes.append(InPlaceChange(len(self.steps), place, storages, is_update))


def _value(kept: Any) -> Any:
    if type(kept) is not _Weak:
        return kept
    value = kept()
    return UNSEEN if value is None else value
