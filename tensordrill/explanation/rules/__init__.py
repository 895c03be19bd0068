"""Why an operation failed, in terms of this program: from shapes, strides and dtypes, not from torch's words.

A rule takes a call and gives sentences, each of which is true whenever it is given; none where the arguments do not
prove it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from tensordrill.explanation import drawing
from tensordrill.explanation.alignment import ELEMENTWISE as ALIGNED
from tensordrill.explanation.call import Failed
from tensordrill.explanation.rules import (
    arguments,
    attention,
    attributes,
    autograd,
    broadcasts,
    cat_stack_split,
    convolutions,
    creation,
    data,
    devices,
    dims,
    distributions,
    dtypes,
    einsum,
    functions_and_hooks,
    gather_scatter,
    indexing,
    layers,
    lists_and_numbers,
    losses,
    matrices,
    memory,
    modules,
    optimizers,
    products,
    recurrent,
    sizes,
    truth_and_item,
    values,
    views,
)
from tensordrill.explanation.rules.rule import ELEMENTWISE, FIRST, LAST, Fix, Rule
from tensordrill.explanation.rules.trial import passing
from tensordrill.messages import Language, Message
from tensordrill.sandbox.client import Sandbox

_MODULES = (
    sizes, values, dims, attributes, devices, modules, optimizers, data, distributions, functions_and_hooks,
    lists_and_numbers, creation, arguments, views, broadcasts, products, matrices, einsum, cat_stack_split,
    gather_scatter, losses, truth_and_item, indexing, convolutions, layers, recurrent, attention, dtypes, autograd,
    memory,
)  # fmt: skip
RULES: defaultdict[str, list[Rule]] = defaultdict(list)
"""The rules of each function, by its own name; the first that proves something counts."""
for _module in _MODULES:
    for _rule in vars(_module).values():
        for _function in _rule.functions if isinstance(_rule, Rule) else ():
            RULES[_function].append(_rule)

_ELEMENTWISE = frozenset(
    (*ALIGNED, *"fmax fmin lerp addcmul addcdiv mse_loss l1_loss copy masked_fill masked_select".split())
)


class Finding(NamedTuple):
    """A proof by the arguments of a call: sentences, and the drawing of what does not go together."""

    messages: tuple[Message, ...] = ()
    drawing: drawing.Drawing | None = None

    def text(self, language: Language) -> str | None:
        """Return the sentences in a language; None where there are none."""
        return " ".join(message.text(language) for message in self.messages) or None


def finding(calls: Sequence[Failed], sandbox: Sandbox | None = None) -> Finding:
    """Return why a call failed, or why the library's function inside it did, with the fixes that pass a trial."""
    messages = next((messages for call in calls if (messages := _tried(call, sandbox))), ())
    drawings = (drawing.clash(call) for call in calls)
    return Finding(messages, next((drawn for drawn in drawings if drawn), None))


def fixes(calls: Sequence[Failed], sandbox: Sandbox) -> tuple[Message, ...]:
    """Return the fixes of what failed that pass a trial."""
    for call in calls:
        if sentences := proven(call):
            return tuple(fix.message for fix in _passing(call, sentences, sandbox))
    return ()


def _tried(call: Failed, sandbox: Sandbox | None) -> tuple[Message, ...]:
    """Return what is proven of a call, without the fixes that do not pass a trial."""
    sentences = proven(call)
    good = [] if sandbox is None else _passing(call, sentences, sandbox)
    kept = (each for each in sentences if not isinstance(each, Fix) or each in good)
    return tuple(each.message if isinstance(each, Fix) else each for each in kept)


def _passing(call: Failed, sentences: Sequence[Message | Fix], sandbox: Sandbox) -> list[Fix]:
    proposed = [each for each in sentences if isinstance(each, Fix)]
    return passing(call, proposed, sandbox) if proposed else []


def proven(call: Failed) -> tuple[Message | Fix, ...]:
    """Return what the first rule that proves something says."""
    is_elementwise = call.is_in_place or call.name in _ELEMENTWISE
    for kind in (FIRST, call.name, *([ELEMENTWISE] if is_elementwise else ()), LAST):
        for rule in RULES.get(kind, ()):
            if messages := rule(call):
                return messages
    return ()
