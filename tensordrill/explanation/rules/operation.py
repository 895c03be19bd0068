"""One failed operation in one form, however the program writes it: `a.mm(b)`, `torch.mm(a, b)`, `a @ b`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from msgspec import Struct

from tensordrill.explanation import inner_call
from tensordrill.explanation.rules.signatures import SIGNATURES, Signature
from tensordrill.explanation.sources import Sources, text_at
from tensordrill.kinds.calls import canonical
from tensordrill.sandbox.protocol import Raised
from tensordrill.sandbox.traced import Failure, Operand, Step, TensorFact
from tensordrill.sandbox.values import Bool, Float, Int, List, Nothing, Other, Size, Tuple, Value

MAX_EXPRESSION = 48

_SIGNS = {
    "+": "add", "-": "sub", "*": "mul", "/": "div", "//": "floor_divide", "%": "remainder", "**": "pow",
    "@": "matmul", "<<": "bitwise_left_shift", ">>": "bitwise_right_shift", "|": "bitwise_or",
    "^": "bitwise_xor", "&": "bitwise_and", "==": "eq", "!=": "ne", "<": "lt", "<=": "le", ">": "gt",
    ">=": "ge", "~": "bitwise_not",
}  # fmt: skip
_KEPT = frozenset("T mT H mH view_as reshape_as expand_as requires_grad_ retain_grad backward".split())
"""Names that are rules' own, which `canonical` would take for others."""
_KEYWORDS = {
    "self": "input",
    "axis": "dim",
    "axis0": "dim0",
    "axis1": "dim1",
    "x": "input",
    "keepdims": "keepdim",
}


class Given(Struct, frozen=True):
    """An operand of an operation: its expression, and the tensor or the value; neither if it was not seen."""

    expression: str
    tensor: TensorFact | None = None
    value: Value | None = None
    items: tuple[Given, ...] = ()
    bounds: tuple[Value, Value, Value] | None = None
    step: int | None = None

    @property
    def code(self) -> str:
        """Return the expression as sentences quote it."""
        return f"`{self.expression}`"

    @property
    def dotted(self) -> str:
        """Return the expression so that a method can follow it."""
        if self.expression.endswith("…"):
            return "…"
        depth, is_plain = 0, True
        for sign in self.expression:
            depth += (sign in "([{") - (sign in ")]}")
            is_plain = is_plain and (depth > 0 or sign.isalnum() or sign in "_.)]}")
        return self.expression if is_plain else f"({self.expression})"

    @property
    def type(self) -> str:
        """Name the value's type; "" for a tensor and for what was not seen."""
        return "" if self.value is None else value_type(self.value)


class Both(NamedTuple):
    """A word of a sentence in both languages."""

    en: str
    ko: str


class Told(NamedTuple):
    """A sentence by its name, with what fills it in."""

    name: str
    values: Mapping[str, object] = {}


class Operation:
    """A function, operator, index or attribute, and what it was given by the names of its parameters."""

    def __init__(
        self,
        failure: Failure,
        raised: Raised,
        name: str,
        written: str,
        by: Mapping[str, Given],
        rest: Sequence[Given] = (),
        unknown: Mapping[str, Given] | None = None,
    ) -> None:
        self.failure, self.raised, self.name, self.written = failure, raised, name, written
        self.by, self.rest, self.unknown = by, tuple(rest), unknown or {}
        self.in_place = (written.endswith("_") and not written.endswith("__")) or (
            failure.node == "operator" and written.endswith("=") and written not in ("==", "!=", "<=", ">=")
        )
        self.steps: Sequence[Step] = ()
        self.sources: Sources = {}

    def is_a(self, *classes: str) -> bool:
        """Whether the exception is of one of these classes."""
        return any(name in self.raised.classes for name in classes)

    def get(self, name: str) -> Given | None:
        """Return an argument; None where it was left out."""
        return self.by.get(name)

    def tensor(self, name: str) -> TensorFact | None:
        """Return an argument that is a tensor."""
        found = self.by.get(name)
        return found.tensor if found else None

    def code(self, name: str) -> str:
        """Return an argument's expression as sentences quote it."""
        found = self.by.get(name)
        return found.code if found else f"`{name}`"

    def integer(self, name: str, default: int | None = None) -> int | None:
        """Return an argument that is an integer; the default only where it was left out."""
        found = self.by.get(name)
        if found is None:
            return default
        return integer(found.value)

    def integers(self, name: str) -> tuple[int, ...] | None:
        """Return an argument that is an integer or a sequence of them; all the rest for a starred parameter."""
        if name.startswith("*"):
            return _flat([given.value for given in self.rest])
        found = self.by.get(name)
        return _flat([found.value]) if found else None


def operations(failure: Failure, raised: Raised, sources: Sources, steps: Sequence[Step]) -> list[Operation]:
    """Return the failed operation, and the library's function inside it that raised."""
    found = [_outer(failure, raised, sources)]
    if failure.inner and inner_call.operands(failure):
        found.append(_inside(failure, raised, sources))
    for each in found:
        each.steps, each.sources = steps, sources
    return found


def _outer(failure: Failure, raised: Raised, sources: Sources) -> Operation:
    given = [(operand.role, _given(operand, sources)) for operand in failure.operands]
    if failure.node == "call":
        given = [(role, each) for role, each in given if not (role == "self" and each.type == "module")]
    written = failure.function
    match failure.node:
        case "call" if failure.owner in ("tensor", "torch"):
            name = own_name(written)
            return _bound(failure, raised, name, written, given)
        case "operator":
            sign = written.removesuffix("=") if written not in _SIGNS else written
            names = {"self": "input", "left": "input", "right": "other"}
            by = {names.get(role, role): each for role, each in given}
            name = "neg" if written == "-" and "other" not in by else _SIGNS.get(sign, sign)
            return Operation(failure, raised, name, written, by)
        case "index" | "assignment":
            by = {role: each for role, each in given if not role.isdigit()}
            rest = [each for role, each in given if role.isdigit()]
            return Operation(failure, raised, _stored(failure), written, by, rest)
        case "attribute":
            return Operation(failure, raised, "attribute", written, dict(given))
        case "call":
            rest = [each for role, each in given if role.isdigit()]
            by = {role: each for role, each in given if not role.isdigit()}
            return Operation(failure, raised, f"{failure.owner or 'other'} call", written, by, rest)
    return Operation(failure, raised, failure.within or "statement", written, dict(given))


def _stored(failure: Failure) -> str:
    if failure.function != "[]":
        return "set attribute"
    return "set item" if failure.node == "assignment" else "item"


def own_name(written: str) -> str:
    """Return one name for a function and its aliases, apart from the names that have rules of their own."""
    return written if written in _KEPT else canonical(written)


def _bound(
    failure: Failure, raised: Raised, name: str, written: str, given: list[tuple[str, Given]]
) -> Operation:
    """Name what a function was given by its parameters."""
    signature = SIGNATURES.get(name, Signature(("input",), "rest"))
    placed = [each for role, each in given if role == "self" or role.isdigit()]
    by = dict(zip(signature.names, placed, strict=False))
    unknown = {}
    for role, each in given:
        if role == "self" or role.isdigit():
            continue
        keyword = role if role in signature.known else _KEYWORDS.get(role, role)
        if name in SIGNATURES and keyword not in signature.known:
            unknown[role] = each
        by[keyword] = each
    rest = placed[len(signature.names) :]
    if signature.rest and not rest and signature.rest in by:
        rest = [by[signature.rest]]
    return Operation(failure, raised, name, written, by, rest, unknown)


def _inside(failure: Failure, raised: Raised, sources: Sources) -> Operation:
    """Return the library's own call, with the program's expressions for the tensors that it has."""
    inner = failure.inner
    assert inner is not None
    by = {operand.role: _given(operand, sources) for operand in inner_call.operands(failure)}
    name = inner.function if failure.owner == "module" else own_name(inner.function)
    return Operation(failure, raised, name, inner.function, by)


def _given(operand: Operand, sources: Sources) -> Given:
    expression = text_at(operand.place, sources) if operand.place else operand.role
    return _named(operand, _short(expression), sources)


def _named(operand: Operand, expression: str, sources: Sources) -> Given:
    items = tuple(
        _given(item, sources) if item.place else _named(item, f"{expression}[{item.role}]", sources)
        for item in operand.items
    )
    return Given(expression, operand.tensor, operand.value, items, operand.bounds, operand.step)


def _short(expression: str) -> str:
    expression = expression.replace("`", "'")
    return expression if len(expression) <= MAX_EXPRESSION else expression[: MAX_EXPRESSION - 1] + "…"


# ---- values ----


def integer(value: Value | None) -> int | None:
    """Return a Python integer that is no bool."""
    return int(value.v) if isinstance(value, Int) and len(value.v) < 30 else None


def number(value: Value | None) -> float | None:
    """Return a Python number that is no bool."""
    if isinstance(value, Float):
        return float(value.v)
    return integer(value)


def sequence(value: Value | None) -> tuple[Value, ...] | None:
    """Return the pieces of a list or tuple; None for anything else."""
    if isinstance(value, Size):
        return tuple(Int(str(size)) for size in value.v)
    return value.v if isinstance(value, Tuple | List) else None


def _flat(values: Sequence[Value | None]) -> tuple[int, ...] | None:
    if len(values) == 1 and (pieces := sequence(values[0])) is not None:
        values = pieces
    found = [integer(value) for value in values]
    return None if None in found else tuple(each for each in found if each is not None)


def value_type(value: Value) -> str:
    """Name a value's Python type."""
    if isinstance(value, Other):
        return value.type
    names = {Nothing: "None", Bool: "bool", Int: "int", Float: "float", Tuple: "tuple", List: "list"}
    return names.get(type(value), type(value).__name__).replace("Text", "str").replace("Size", "torch.Size")
