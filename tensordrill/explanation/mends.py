"""A mend: another shape of an operand with which the shapes of a failed call go together, as code.

Only what the algebra of shapes proves, where dtypes and devices are alike already, and what passes a trial where there
is a sandbox; a mend of the program's own words.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, TypeAlias

from tensordrill.explanation.call import Argument, Call, Failed
from tensordrill.explanation.dtypes import FLOAT, kind
from tensordrill.explanation.provenance import Origin
from tensordrill.explanation.rules.rule import Fix
from tensordrill.explanation.rules.trial import passing
from tensordrill.explanation.shapes import Shape
from tensordrill.explanation.signatures import CONVOLUTIONS
from tensordrill.messages import Language, message
from tensordrill.sandbox.client import Sandbox


class Mend(NamedTuple):
    """Code that fits another tensor, the sentence that proposes it, and the change of the call that is tried."""

    code: str
    fix: Fix
    is_layer: bool = False

    def text(self, language: Language) -> str:
        """Return the sentence that proposes it."""
        return self.fix.message.text(language)


def mend(failed: Sequence[Failed], origins: Sequence[Origin], sandbox: Sandbox | None = None) -> Mend | None:
    """Return the first mend of a call that failed, or of the library's function in it; no layer for mixed dims."""
    is_mixed = any(each.kind == "regrouped" for each in origins)
    for call in failed:
        propose = _BY_NAME.get(call.name)
        for proposed in propose(call) if propose else ():
            if is_mixed and proposed.is_layer:
                continue
            if sandbox is None or passing(call, [proposed.fix], sandbox):
                return proposed
    return None


def _reshaped(x: Argument, code: str, shape: Shape, other: Argument) -> Iterator[Mend]:
    """Yield an operand in another shape, by code with `{}` in its place, that fits another one."""
    if x.expression:
        whole = code.format(x.dotted)
        values = {"code": f"`{whole}`", "shape": shape, "other": other.code, "fits": other.shape}
        yield Mend(whole, Fix(message("mend-fits", **values), code, x))


def _pair(call: Call, name: str) -> tuple[Argument, Argument] | None:
    """Return a call's input and another tensor on its device."""
    x, other = call.get("input"), call.get(name)
    if x is None or other is None or x.tensor is None or other.tensor is None:
        return None
    return (x, other) if x.fact.device == other.fact.device else None


def _linear(call: Failed) -> Iterator[Mend]:
    """Yield the flattened input or its dims in another order; else the layer for the size that came.

    Of a sample without a batch, which a program took for one, all dims are flattened.
    """
    pair = _pair(call, "weight")
    if pair is None or pair[0].dtype != pair[1].dtype or len(pair[1].shape) != 2 or not pair[0].shape:
        return
    x, weight = pair
    outputs, features = weight.shape
    if x.shape[-1] == features:
        return
    if len(x.shape) > 2 and math.prod(x.shape[1:]) == features:
        yield from _reshaped(x, "{}.flatten(1)", (x.shape[0], features), weight)
    if len(x.shape) > 2 and x.shape[1:].count(features) == 1:
        dim = x.shape.index(features, 1)
        shape = (*x.shape[:dim], x.shape[-1], *x.shape[dim + 1 : -1], features)
        yield from _reshaped(x, f"{{}}.transpose({dim}, -1)", shape, weight)
    if len(x.shape) > 1 and math.prod(x.shape) == features:
        yield from _reshaped(x, "{}.flatten()", (features,), weight)
    elif len(x.shape) == 2 and call.name == "Linear":
        layer = f"nn.Linear({x.shape[-1]}, {outputs})"
        fix = Fix(message("mend-layer", code=f"`{layer}`"), f"{layer}.to({{input}})({{input}})")
        yield Mend(layer, fix, is_layer=True)


def _classes(call: Failed) -> Iterator[Mend]:
    """Yield the target without its column, its classes for one-hot rows, or the input with its classes in dim 1."""
    pair = _pair(call, "target")
    if pair is None or kind(pair[0].dtype) != FLOAT or pair[1].dtype != "int64":
        return
    x, target = pair
    if target.shape == (*x.shape[:1], 1, *x.shape[2:]) and len(x.shape) > 1:
        yield from _reshaped(target, "{}.squeeze(1)", (*x.shape[:1], *x.shape[2:]), x)
    elif len(x.shape) == 2 and target.shape == x.shape:
        yield from _reshaped(target, "{}.argmax(1)", x.shape[:1], x)
    elif len(x.shape) == 3 and target.shape == x.shape[:2]:
        yield from _reshaped(x, "{}.transpose(1, 2)", (x.shape[0], x.shape[2], x.shape[1]), target)


def _alike(call: Failed) -> Iterator[Mend]:
    """Yield the input without the column that the target does not have, or the target without its own."""
    pair = _pair(call, "target")
    if pair is None or kind(pair[1].dtype) != FLOAT:
        return
    for wide, narrow in (pair, pair[::-1]):
        if wide.shape == (*narrow.shape, 1):
            yield from _reshaped(wide, f"{{}}.squeeze({len(narrow.shape)})", narrow.shape, narrow)


def _normed(call: Failed) -> Iterator[Mend]:
    """Yield the input with its channels, which are last, in dim 1."""
    pair = _pair(call, "running_mean") or _pair(call, "weight")
    if pair is None or len(pair[0].shape) != 3 or pair[0].shape[1] == pair[1].shape[0]:
        return
    x, own = pair
    if x.shape[2] == own.shape[0]:
        yield from _reshaped(x, "{}.transpose(1, 2)", (x.shape[0], x.shape[2], x.shape[1]), own)


def _convolved(call: Failed) -> Iterator[Mend]:
    """Yield the input with its channels, which are last, in their place, or with the one that it lacks."""
    pair, groups = _pair(call, "weight"), call.integer("groups", 1)
    if pair is None or groups is None or pair[0].dtype != pair[1].dtype:
        return
    x, weight = pair
    first, kernel = len(x.shape) - len(weight.shape) + 1, weight.shape[2:]
    if first not in (0, 1) or not kernel or x.shape[first] == weight.shape[1] * groups:
        return
    channels = weight.shape[1] * groups
    if not first and channels == 1:
        yield from _reshaped(x, "{}.unsqueeze(1)", (x.shape[0], 1, *x.shape[1:]), weight)
    elif x.shape[-1] == channels and all(map(int.__ge__, x.shape[first:-1], kernel)):
        order = (*range(first), len(x.shape) - 1, *range(first, len(x.shape) - 1))
        yield from _reshaped(x, f"{{}}.permute{order}", tuple(x.shape[dim] for dim in order), weight)


_Propose: TypeAlias = Callable[[Failed], Iterator[Mend]]
_BY_NAME: dict[str, _Propose] = {
    **dict.fromkeys(("Linear", "linear"), _linear),
    **dict.fromkeys(("cross_entropy", "nll_loss"), _classes),
    **dict.fromkeys(("binary_cross_entropy", "binary_cross_entropy_with_logits"), _alike),
    **dict.fromkeys(CONVOLUTIONS, _convolved),
    "batch_norm": _normed,
}
