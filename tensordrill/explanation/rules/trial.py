"""Trials of fixes: a failed call is rebuilt on operands of the same layout, and runs with a fix in its place.

No code of the program runs again. Without an operand's elements, a fix that depends on them is not tried.
"""

from __future__ import annotations

from collections.abc import Sequence

from tensordrill.explanation.call import Argument, Failed
from tensordrill.explanation.rules.autograd import SEVERAL
from tensordrill.explanation.rules.rule import Fix
from tensordrill.sandbox.client import Sandbox
from tensordrill.sandbox.protocol import Job, Limits, Program
from tensordrill.sandbox.trace import TensorFact
from tensordrill.sandbox.values import (
    Bool,
    Complex,
    Dtype,
    Float,
    Int,
    List,
    Nothing,
    Size,
    Text,
    Tuple,
    Value,
)

LIMITS = Limits(seconds=30.0, memory=1 << 30, cpu=2.0)
"""Of CPU as much as a trial may take; a busy machine may take longer, and its fixes are the same."""
MAX_CELLS = 1 << 22
"""Elements of all operands together: a trial is no place to wait for."""
_LIBRARIES = "F, torch, nn, torch.linalg, torch.special, torch.fft"
_LAYERS = {
    "Linear": "F.linear({input}, {weight}, {bias})",
    **{
        f"Conv{count}d": f"F.conv{count}d({{input}}, {{weight}}, {{bias}}, {{stride}}, {{padding}}, {{dilation}}, "
        "{groups})"
        for count in (1, 2, 3)
    },
}


class _UnknownError(Exception):
    """Something of the call is not known, so that it can't be rebuilt."""


def passing(call: Failed, fixes: Sequence[Fix], sandbox: Sandbox) -> list[Fix]:
    """Return the fixes with which a call passes that fails without them."""
    try:
        trial = _Trial(call)
        programs = [Program(code=trial.code(fix)) for fix in (None, *fixes)]
    except _UnknownError:
        return []
    as_it_was, *observations = sandbox.run(Job(tuple(programs), "learner", LIMITS))
    if as_it_was.raised is None:
        return []
    ended = [each.raised is None and each.failure is None for each in observations]
    return [fix for fix, is_good in zip(fixes, ended, strict=True) if is_good]


class _Trial:
    def __init__(self, call: Failed) -> None:
        self.call = call
        self.lines: list[str] = []
        self.cells = 0
        self.storages: dict[int, str] = {}
        self.names: dict[int, str] = {}
        leaves = (step.tensor for step in call.steps if step.tensor.is_leaf and step.tensor.requires_grad)
        self.leaves = {leaf.storage.id for leaf in leaves if leaf.storage is not None}

    def code(self, fix: Fix | None) -> str:
        """Return the program of the call with a fix in its place."""
        call = self.call
        changed = fix.argument if fix else None
        code = self.written(call.function, changed)
        if fix is not None and changed is not None:
            code = f"changed = {fix.code.format(self.expression(changed))}\n{code}"
        elif fix is not None:
            new = self.written(call.function.rstrip("_=")) if "{new}" in fix.code else ""
            by = {name: self.expression(argument) for name, argument in call.arguments.items()}
            by["rest"] = ", ".join(map(self.expression, call.rest))
            code = fix.code.format(call=code, new=new, **by)
        if call.failure.no_grad:
            code = "with torch.no_grad():\n    " + code.replace("\n", "\n    ")
        return "\n".join((*self.lines, code))

    # ---- the call ----

    def written(self, function: str, changed: Argument | None = None) -> str:
        """Return the call with names for its arguments, one of which is changed."""
        call = self.call
        given = [(each.role, self.expression(each, changed)) for each in call.given]
        by, placed = dict(given), [text for role, text in given if role.isdigit()]
        if call.is_inner:
            return self.inner(by)
        match call.failure.call.node:
            case "operator" if "left" in by:
                return f"{by['left']} {function} {by['right']}"
            case "operator":
                return f"{function} {by['self']}"
            case "index":
                return f"{by['self']}[{', '.join(placed)}]"
            case "assignment" if function == "[]":
                return f"{by['self']}[{', '.join(placed)}] = {by['value']}"
            case "assignment" if function.isidentifier():
                return f"{by['self']}.{function} = {by['value']}"
            case "call" if function.replace(".", "").isidentifier() and (
                call.is_of_torch or call.failure.call.owner == "class"
            ):
                keywords = [
                    f"{role}={text}" for role, text in given if role.isidentifier() and role != "self"
                ]
                owner = f"{by['self']}.{function}" if "self" in by else _found(function)
                return f"{owner}({', '.join([*placed, *keywords])})"
        raise _UnknownError

    def inner(self, by: dict[str, str]) -> str:
        """Return the call of a library's function by the values of its parameters, which are among its locals."""
        function = self.call.function
        if function in _LAYERS:
            return _LAYERS[function].format_map({"bias": "None", **by})
        if not function.isidentifier():
            raise _UnknownError
        values = ", ".join(f"{name}={text}" for name, text in by.items() if name.isidentifier())
        return (
            f"function, values = F.{function}, dict({values})\n"
            "function(**{name: values[name] for name in values if name in function.__code__.co_varnames"
            "[:function.__code__.co_argcount]})"
        )

    # ---- its operands ----

    def expression(self, argument: Argument, changed: Argument | None = None) -> str:
        """Return code for an argument; a tensor is built by lines before."""
        if argument is changed:
            return "changed"
        if argument.tensor is not None:
            if id(argument) not in self.names:
                self.names[id(argument)] = self.tensor(argument.tensor)
            return self.names[id(argument)]
        if argument.items:
            return f"[{', '.join(self.expression(item, changed) for item in argument.items)}]"
        if argument.bounds is not None:
            return f"slice({', '.join(map(_value, argument.bounds))})"
        if argument.value is None:
            raise _UnknownError
        return _value(argument.value)

    def tensor(self, fact: TensorFact) -> str:
        if fact.stride is None or fact.storage is None:
            raise _UnknownError
        storage = self.storages.get(fact.storage.id) or self.storage(fact)
        name = f"t{len(self.lines)}"
        layout = f"{fact.shape}, {fact.stride}, {fact.storage_offset}"
        code = f"torch.as_strided({storage}, {layout})"
        if fact.requires_grad and not fact.is_leaf:
            leaf = f"{storage}.detach().requires_grad_()"
            leaf = leaf if fact.storage.id in self.leaves else f"({leaf} * 1)"
            code = f"torch.as_strided({leaf}, {layout})"
            code += ".unsqueeze(0).unbind()[0]" * (fact.grad_fn in SEVERAL)
        elif fact.requires_grad:
            code += ".detach().requires_grad_()"
        self.lines.append(f"{name} = {code}")
        if fact.storage.values is None and fact.values is not None and fact.is_whole:
            self.lines.append(
                f"{name}.data.copy_({_buffer(fact.values.dtype, fact.values.data)}.reshape({fact.shape}))"
            )
        return name

    def storage(self, fact: TensorFact) -> str:
        assert fact.storage is not None
        self.cells += fact.storage.cells
        if self.cells > MAX_CELLS or not (
            fact.dtype.isidentifier() and fact.device.replace(":", "").isalnum()
        ):
            raise _UnknownError
        name = self.storages[fact.storage.id] = f"s{len(self.lines)}"
        values = fact.storage.values
        zeros = f"torch.zeros({fact.storage.cells}, dtype=torch.{fact.dtype}, device={fact.device!r})"
        self.lines.append(
            f"{name} = {_buffer(values.dtype, values.data) if values and values.data else zeros}"
        )
        return name


def _buffer(dtype: str, content: bytes) -> str:
    if not content:
        return f"torch.zeros(0, dtype=torch.{dtype})"
    return f"torch.frombuffer(bytearray({content!r}), dtype=torch.{dtype})"


def _found(function: str) -> str:
    """Return code for a function of torch's."""
    if "." in function:
        return f"torch.{function}"
    return f"next(getattr(library, {function!r}) for library in ({_LIBRARIES}) if hasattr(library, {function!r}))"


def _value(value: Value) -> str:
    """Return Python's code for a plain value."""
    match value:
        case Nothing():
            return "None"
        case Bool(v=plain) | Text(v=plain):
            return repr(plain)
        case Int(v=digits):
            return digits
        case Float(v=digits):
            return f"float({digits!r})"
        case Complex(real=real, imag=imag):
            return f"complex({_value(real)}, {_value(imag)})"
        case Dtype(v=name) if name.isidentifier():
            return f"torch.{name}"
        case Size(v=sizes):
            return f"torch.Size({sizes!r})"
        case Tuple(v=pieces):
            return f"({''.join(f'{_value(piece)}, ' for piece in pieces)})"
        case List(v=pieces):
            return f"[{', '.join(map(_value, pieces))}]"
    raise _UnknownError
