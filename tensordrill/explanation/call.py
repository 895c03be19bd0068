"""One call in one form, however the program writes it: `a.mm(b)`, `torch.mm(a, b)`, `a @ b`.

A step's call and a failed one are the same; its arguments stand under the names of the function's parameters.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict, replace

from tensordrill.explanation.shapes import Shape
from tensordrill.explanation.signatures import SIGNATURES, Signature
from tensordrill.explanation.sources import Sources, text_at
from tensordrill.explanation.step import Step
from tensordrill.kinds.calls import OPERATORS, canonical
from tensordrill.sandbox.protocol import Raised
from tensordrill.sandbox.trace import Failure, NestedFact, TensorFact, TracedCall, TracedOperand
from tensordrill.sandbox.values import Bool, Float, Int, List, Nothing, Other, Size, Tuple, Value

MAX_TEXT = 48

_OPERANDS = {"self": "input", "left": "input", "right": "other"}
_KEPT = frozenset(
    "T mT H mH view_as reshape_as expand_as requires_grad_ retain_grad backward normal_ log_normal_ cauchy_ "
    "exponential_ geometric_ uniform_ bernoulli_".split()
)
"""Names that are rules' own, which `canonical` would take for others."""
_KEYWORDS = {
    "self": "input",
    "axis": "dim",
    "axis0": "dim0",
    "axis1": "dim1",
    "x": "input",
    "keepdims": "keepdim",
}
WEIGHTED: dict[str, tuple[str, str]] = {
    "Linear": ("input", "weight"),
    **dict.fromkeys(("RNN", "LSTM", "GRU"), ("input", "weight_ih_l0")),
    **dict.fromkeys(("RNNCell", "LSTMCell", "GRUCell"), ("input", "weight_ih")),
}
"""A layer's input, and the weight of shape (out, in) that it is multiplied with."""
_LIBRARIES = frozenset(("linalg", "fft", "special"))
_LOADING = frozenset(("collate_tensor_fn", "collate"))
"""Functions that a loop calls through a library's iterator."""
BROADCASTING = "broadcast_tensors"
"""The function that losses align their operands with."""


class Argument(Struct, frozen=True):
    """One thing that a call is given: a tensor, a list with tensors, or a plain value; none if it was not seen."""

    role: str
    expression: str
    """As the program writes it; "" where it does not."""
    text: str
    """The expression as sentences quote it: short, and of a piece of a variable with its index."""
    tensor: TensorFact | None = None
    value: Value | None = None
    items: tuple[Argument, ...] = ()
    bounds: tuple[Value, Value, Value] | None = None
    """The start, stop and step of a slice."""
    step: int | None = None
    viewed: Shape | None = None
    """The shape of which a view made the tensor's, where no step did."""
    nested: NestedFact | None = None

    @property
    def name(self) -> str:
        """The expression, or what the call names it."""
        return self.expression or self.role

    @property
    def code(self) -> str:
        """The expression as code in a sentence."""
        return f"`{self.text}`"

    @property
    def dotted(self) -> str:
        """The expression so that a method can follow it."""
        if self.text.endswith("…"):
            return "…"
        depth, is_plain = 0, True
        for sign in self.text:
            depth += (sign in "([{") - (sign in ")]}")
            is_plain = is_plain and (depth > 0 or sign.isalnum() or sign in "_.)]}")
        return self.text if is_plain else f"({self.text})"

    @property
    def type(self) -> str:
        """The name of the value's type; "" for a tensor and for what was not seen."""
        return "" if self.value is None else value_type(self.value)

    @property
    def fact(self) -> TensorFact:
        """The tensor, where it is known to be one."""
        assert self.tensor is not None
        return self.tensor

    @property
    def shape(self) -> Shape:
        """The tensor's shape."""
        return self.fact.shape

    @property
    def dtype(self) -> str:
        """The tensor's dtype."""
        return self.fact.dtype

    @property
    def integer(self) -> int | None:
        """The value as an integer that is no bool."""
        return integer(self.value)

    @property
    def integers(self) -> tuple[int, ...] | None:
        """The value as integers: one, or a list of them."""
        return _integers([self.value])


class Call(Struct, frozen=True):
    """A function, operator, index or attribute, and what it was given by the names of its parameters."""

    function: str
    """Its own name, as `add_`, `+=`, `[]`."""
    name: str
    """One name for a function and its aliases, as `add`; for what is no function, what it is."""
    arguments: Mapping[str, Argument] = {}
    rest: tuple[Argument, ...] = ()
    """The arguments of a starred parameter."""
    unknown: tuple[str, ...] = ()
    """Keywords that the function does not have."""

    @property
    def is_in_place(self) -> bool:
        """Whether it writes its result into its first argument."""
        if self.function in OPERATORS:
            return False
        return self.function.endswith(("_", "=")) and not self.function.endswith("__")

    @property
    def first(self) -> Argument | None:
        """The argument that comes first."""
        return next(iter(self.arguments.values()), None)

    def get(self, name: str) -> Argument | None:
        """Return an argument; None where it was left out."""
        return self.arguments.get(name)

    def tensor(self, name: str) -> TensorFact | None:
        """Return an argument that is a tensor."""
        argument = self.arguments.get(name)
        return argument.tensor if argument else None

    def integer(self, name: str, default: int | None = None) -> int | None:
        """Return an argument that is an integer; the default only where it was left out."""
        argument = self.arguments.get(name)
        return argument.integer if argument else default

    def integers(self, name: str) -> tuple[int, ...] | None:
        """Return an argument that is an integer or a list of them; all the rest for a starred parameter."""
        if name.startswith("*"):
            return _integers([argument.value for argument in self.rest])
        argument = self.arguments.get(name)
        return argument.integers if argument else None


class Failed(Call, frozen=True, kw_only=True):
    """A call that raised, and what else is known of its program."""

    failure: Failure
    raised: Raised
    steps: Sequence[Step] = ()
    sources: Sources = {}
    is_inner: bool = False
    """It is the library's call inside the program's own."""

    @property
    def given(self) -> tuple[Argument, ...]:
        """All arguments."""
        return (
            *self.arguments.values(),
            *(each for each in self.rest if each not in self.arguments.values()),
        )

    @property
    def is_of_torch(self) -> bool:
        """Whether the program calls a function of torch's, or a tensor's method."""
        return _is_of_torch(self.failure.call)

    def is_a(self, *classes: str) -> bool:
        """Whether the exception is of one of these classes."""
        return any(name in self.raised.classes for name in classes)


def _is_of_torch(call: TracedCall) -> bool:
    return call.node == "call" and call.owner in ("tensor", "torch")


# ---- calls that failed ----


def failed(failure: Failure, raised: Raised, sources: Sources, steps: Sequence[Step]) -> list[Failed]:
    """Return the call that failed, and the library's function inside it that raised."""
    inner = inner_arguments(failure, sources, steps)
    calls = [_call(failure.call, arguments(failure.call, sources, steps), failure.within)]
    if failure.inner and inner:
        function, is_layer = failure.inner.function, failure.inner.owner == "module"
        by_role = {_OPERANDS.get(argument.role, argument.role): argument for argument in inner}
        name = function if is_layer else own_name(function.removeprefix("_"))
        calls.append(Call(function.removeprefix("_"), name, by_role))
    context: dict[str, Any] = {"failure": failure, "raised": raised, "steps": steps, "sources": sources}
    return [Failed(**asdict(call), **context, is_inner=at > 0) for at, call in enumerate(calls)]


def _call(call: TracedCall, given: Sequence[Argument], within: str = "") -> Call:
    """Return a call with its arguments by their names."""
    function = call.function
    match call.node:
        case "call" if _is_of_torch(call):
            return _bound(function, given)
        case "operator":
            return _operator(function, given)
        case "index":
            return _indexed(function, "item", given)
        case "assignment":
            return _indexed(function, "set item" if function == "[]" else "set attribute", given)
        case "attribute":
            return _indexed(function, "attribute", given)
        case "call":
            return _indexed(function, f"{call.owner or 'other'} call", given)
    return _indexed(function, within or "statement", given)


def _operator(function: str, given: Iterable[Argument]) -> Call:
    by = {_OPERANDS.get(argument.role, argument.role): argument for argument in given}
    sign = function if function in OPERATORS else function.removesuffix("=")
    name = "neg" if function == "-" and "other" not in by else OPERATORS.get(sign, sign)
    return Call(function, name, by)


def _indexed(function: str, name: str, given: Iterable[Argument]) -> Call:
    """Return a call whose arguments by position are its rest."""
    named = {argument.role: argument for argument in given if not argument.role.isdigit()}
    return Call(function, name, named, tuple(argument for argument in given if argument.role.isdigit()))


def own_name(function: str) -> str:
    """Return one name for a function and its aliases, apart from the names that have rules of their own."""
    if function in _KEPT:
        return function
    return canonical(function if function in SIGNATURES else function.removesuffix("_copy"))


def _bound(function: str, given: Iterable[Argument]) -> Call:
    """Return a call of torch's with its arguments by their parameters."""
    name = own_name(function)
    signature = SIGNATURES.get(name, Signature(("input",), "rest"))
    placed = [each for each in given if _is_placed(each.role)]
    if name == "where" and placed and placed[0].role == "self":
        placed[:2] = reversed(placed[:2])  # `x.where(mask, y)` is `torch.where(mask, x, y)`
    by = dict(zip(signature.names, placed, strict=False))
    unknown = []
    for argument in given:
        role = argument.role
        if not _is_placed(role) and not role.startswith("*"):
            keyword = role if role in signature.known else _KEYWORDS.get(role, role)
            by[keyword] = argument
            if name in SIGNATURES and keyword not in signature.known:
                unknown.append(role)
    rest = placed[len(signature.names) :]
    if signature.rest and not rest and signature.rest in by:
        rest = [by[signature.rest]]
    return Call(_dotted(function), name, by, tuple(rest), tuple(unknown))


def _dotted(function: str) -> str:
    """Return a function's name as programs write it: torch's own of `torch.linalg.inv` is `linalg_inv`."""
    library, _, name = function.partition("_")
    return f"{library}.{name}" if library in _LIBRARIES else function


def _is_placed(role: str) -> bool:
    return role == "self" or role.isdigit()


def inner_arguments(failure: Failure, sources: Sources, steps: Sequence[Step]) -> tuple[Argument, ...]:
    """Return what the function that raised was given; a tensor of the program's own call by the program's words.

    Nothing where it is no function of torch's.
    """
    call = failure.call
    is_of_torch = call.node == "call" and call.owner in ("torch", "module", "tensor", "class")
    if failure.inner is None or not (is_of_torch or failure.inner.function in _LOADING):
        return ()
    outer = arguments(call, sources, steps)
    return tuple(_inside(operand, operand.role, outer, steps) for operand in failure.inner.operands)


def _inside(operand: TracedOperand, text: str, outer: Sequence[Argument], steps: Sequence[Step]) -> Argument:
    argument = _argument(operand, text, {}, steps)
    for own in (each for operand in outer for each in (operand, *operand.items)):
        if argument.tensor is not None and own.tensor == argument.tensor:
            return replace(argument, expression=own.expression, text=own.text, step=own.step)
    items = tuple(_inside(item, f"{text}[{item.role}]", outer, steps) for item in operand.items)
    return replace(argument, expression="", text=text, step=None, items=items)


def meeting(failure: Failure, sources: Sources, steps: Sequence[Step]) -> tuple[Argument, ...]:
    """Return the tensors inside whose shapes have to fit, where it is known which those are."""
    function = failure.inner.function if failure.inner else ""
    given = {each.role: each for each in inner_arguments(failure, sources, steps)}
    if function == BROADCASTING:
        met = given["tensors"].items if "tensors" in given else ()
    else:
        met = tuple(given[role] for role in WEIGHTED.get(function, ()) if role in given)
    return met if len(met) > 1 and all(each.tensor is not None for each in met) else ()


def outer(call: Failed) -> tuple[Argument, ...]:
    """Return the operands of the program's own call, which may be around the one that raised."""
    return arguments(call.failure.call, call.sources, call.steps)


def arguments(call: TracedCall, sources: Sources, steps: Sequence[Step]) -> tuple[Argument, ...]:
    """Return a call's operands with their expressions."""
    return tuple(_argument(operand, operand.role, sources, steps) for operand in call.operands)


def _argument(operand: TracedOperand, text: str, sources: Sources, steps: Sequence[Step]) -> Argument:
    """Return an operand; `text` stands for what the program does not write."""
    step = None if operand.step is None else steps[operand.step]
    expression = step.expression if step else ""
    if operand.place is not None:
        expression = text_at(operand.place, sources)
    text = quoted(expression) if expression or operand.place else text
    items = tuple(_argument(item, f"{text}[{item.role}]", sources, steps) for item in operand.items)
    tensor = operand.tensor or (step.tensor if step else None)
    return Argument(
        operand.role,
        expression,
        text,
        tensor,
        operand.value,
        items,
        operand.bounds,
        operand.step,
        operand.viewed,
        operand.nested,
    )


def quoted(expression: str) -> str:
    """Return an expression so short that a sentence can quote it."""
    expression = expression.replace("`", "'")
    return expression if len(expression) <= MAX_TEXT else expression[: MAX_TEXT - 1] + "…"


def of_step(step: Step, steps: Sequence[Step]) -> Call | None:
    """Return what a step applied; None where it is no operation of torch's, or not all of it was seen."""
    call = step.call
    if call is None or call.owner not in ("tensor", "torch"):
        return None
    given = arguments(call, {}, steps)
    if step.kind == "statement" and call.function:  # as `x += 1`, whose target is no step of its own
        target = step.expression.partition(call.function)[0].strip()
        given = (*(replace(each, expression=target) for each in given[:1]), *given[1:])
    return None if any(each.role.startswith("*") for each in given) else _call(call, given)


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


def _integers(values: Sequence[Value | None]) -> tuple[int, ...] | None:
    if len(values) == 1 and (pieces := sequence(values[0])) is not None:
        values = pieces
    integers = [integer(value) for value in values]
    return None if None in integers else tuple(each for each in integers if each is not None)


def value_type(value: Value) -> str:
    """Return the name of a value's Python type."""
    if isinstance(value, Other):
        return value.type
    names = {Nothing: "None", Bool: "bool", Int: "int", Float: "float", Tuple: "tuple", List: "list"}
    return names.get(type(value), type(value).__name__).replace("Text", "str").replace("Size", "torch.Size")
