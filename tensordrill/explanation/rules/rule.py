"""Rules: explanations of failures of some functions, with the exceptions and arguments that they need."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, TypeAlias

from tensordrill.explanation.call import Argument, Call, Failed
from tensordrill.messages import Message, message

FIRST, ELEMENTWISE, LAST = "first", "elementwise", "last"
"""In place of functions: rules for any call, before and after those of its function; for what aligns operands."""


class Fix(NamedTuple):
    """A change of a failed call, and the sentence that proposes it: said only if the changed call passed a trial."""

    message: Message
    code: str
    """Code in place of the argument, which is `{}` in it; without one in place of the call: `{call}`, `{input}`, …

    `{new}` is the call without its in-place form.
    """
    argument: Argument | None = None


Reason: TypeAlias = Message | Fix | Sequence[Message | Fix] | None
Explain: TypeAlias = Callable[..., Reason]


class Rule(NamedTuple):
    """An explanation of failures of some functions, for exceptions and arguments that are those it needs."""

    functions: tuple[str, ...]
    explain: Explain
    raises: tuple[str, ...]
    needs: tuple[str, ...]

    def __call__(self, call: Failed) -> tuple[Message | Fix, ...]:
        """Return sentences that are proven by the arguments; none where they prove nothing."""
        if not call.is_a(*self.raises):
            return ()
        values = [_needed(call, need) for need in self.needs]
        reason = None if None in values else self.explain(call, *values)
        return (reason,) if isinstance(reason, Message | Fix) else tuple(reason or ())


def rule(
    *functions: str, raises: str = "RuntimeError", needs: Sequence[str] = ()
) -> Callable[[Explain], Rule]:
    """Declare a rule of functions: the exceptions that it explains, and the arguments without which it can't.

    A need is the name of a parameter, or two with `|` between them: its argument is a tensor. With `:any` it is
    anything, with `:int` an integer, with `:int=0` one that may be left out, with `:ints` several. They are given
    to the rule in this order, after the call.
    """
    return lambda explain: Rule(functions, explain, tuple(raises.split()), tuple(needs))


def _needed(call: Call, need: str) -> Any:
    names, _, kind = need.partition(":")
    kind, _, default = kind.partition("=")
    if kind == "ints":
        several = map(call.integers, names.split("|"))
        return next((integers for integers in several if integers is not None), None)
    if kind == "int":
        return call.integer(names, int(default) if default else None)
    argument = next((call.arguments[name] for name in names.split("|") if name in call.arguments), None)
    return argument if argument is not None and (kind == "any" or argument.tensor is not None) else None


def changed(x: Argument, code: str) -> tuple[Fix, ...]:
    """Propose code in place of an argument, which is `{}` in it; nothing where the program has no words for it."""
    if not x.expression:
        return ()
    return (Fix(message("fixes-with", fix=code.format(x.dotted)), code, x),)


def instead(call: Failed, code: str) -> tuple[Fix, ...]:
    """Propose code in place of a call; nothing where the program has no words for its arguments."""
    names = {name: argument for name, argument in call.arguments.items() if f"{{{name}}}" in code}
    if not all(argument.expression for argument in names.values()):
        return ()
    fix = code.format(**{name: argument.dotted for name, argument in names.items()})
    return (Fix(message("fixes-use", fix=fix), code),)


def of(x: Argument) -> dict[str, object]:
    """Return a tensor as sentences name it, with its shape."""
    return {"x": x.code, "shape": x.shape}


def of_two(a: Argument, b: Argument) -> dict[str, object]:
    """Return two tensors as sentences name them, with their shapes."""
    return {"a": a.code, "shape_a": a.shape, "b": b.code, "shape_b": b.shape}
