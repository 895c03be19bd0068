"""A mend: another shape of an operand with which the shapes of a failed call go together, as code.

Only what the algebra of shapes proves, where dtypes and devices are alike already; a mend of the program's own words.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, TypeAlias

from tensordrill.explanation.call import Argument, Call, Failed
from tensordrill.explanation.dtypes import FLOAT, kind
from tensordrill.explanation.provenance import Origin
from tensordrill.explanation.rules.layers import CONVOLUTIONS
from tensordrill.explanation.shapes import Shape
from tensordrill.messages import Language, message
from tensordrill.messages.josa import settled


class Mend(NamedTuple):
    """Code that is of a shape which fits another tensor; a layer has no shape."""

    code: str
    shape: Shape | None
    other: str = ""
    fits: Shape = ()

    def text(self, language: Language) -> str:
        """Return the sentence that proposes it."""
        code = f"`{self.code}`"
        if self.shape is None:
            proposal = message("mend-layer", code=code)
        else:
            proposal = message("mend-fits", code=code, shape=self.shape, other=self.other, fits=self.fits)
        text = proposal.text(language)
        return settled(text) if language == "ko" else text


def mend(failed: Sequence[Failed], origins: Sequence[Origin]) -> Mend | None:
    """Return the first mend of a call that failed, or of the library's function in it; no layer for mixed dims."""
    for call in failed:
        propose = _BY_NAME.get(call.name)
        proposed = next(propose(call), None) if propose else None
        if proposed is not None and (proposed.shape or all(each.kind != "regrouped" for each in origins)):
            return proposed
    return None


def _pair(call: Call, name: str) -> tuple[Argument, Argument] | None:
    """Return a call's input and another tensor on its device."""
    x, other = call.get("input"), call.get(name)
    if x is None or other is None or x.tensor is None or other.tensor is None:
        return None
    return (x, other) if x.fact.device == other.fact.device else None


def _linear(call: Failed) -> Iterator[Mend]:
    """Yield the flattened input or its dims in another order; else the layer for the size that came."""
    pair = _pair(call, "weight")
    if pair is None or pair[0].dtype != pair[1].dtype or len(pair[1].shape) != 2 or not pair[0].shape:
        return
    x, weight = pair
    outputs, features = weight.shape
    if x.shape[-1] == features:
        return
    if x.expression and len(x.shape) > 2 and math.prod(x.shape[1:]) == features:
        yield Mend(f"{x.dotted}.flatten(1)", (x.shape[0], features), weight.code, weight.shape)
    if x.expression and len(x.shape) > 2 and x.shape[1:].count(features) == 1:
        dim = x.shape.index(features, 1)
        shape = (*x.shape[:dim], x.shape[-1], *x.shape[dim + 1 : -1], features)
        yield Mend(f"{x.dotted}.transpose({dim}, -1)", shape, weight.code, weight.shape)
    if len(x.shape) == 2 and call.name == "Linear":
        yield Mend(f"nn.Linear({x.shape[-1]}, {outputs})", None)


def _classes(call: Failed) -> Iterator[Mend]:
    """Yield the target without its column, its classes for one-hot rows, or the input with its classes in dim 1."""
    pair = _pair(call, "target")
    if pair is None or not (pair[0].expression and pair[1].expression):
        return
    x, target = pair
    if kind(x.dtype) != FLOAT or target.dtype != "int64":
        return
    if target.shape == (*x.shape[:1], 1) and len(x.shape) == 2:
        yield Mend(f"{target.dotted}.squeeze(1)", x.shape[:1], x.code, x.shape)
    elif len(x.shape) == 2 and target.shape == x.shape:
        yield Mend(f"{target.dotted}.argmax(1)", x.shape[:1], x.code, x.shape)
    elif len(x.shape) == 3 and target.shape == x.shape[:2]:
        shape = (x.shape[0], x.shape[2], x.shape[1])
        yield Mend(f"{x.dotted}.transpose(1, 2)", shape, target.code, target.shape)


def _alike(call: Failed) -> Iterator[Mend]:
    """Yield the input without the column that the target does not have, or the target without its own."""
    pair = _pair(call, "target")
    if pair is None or kind(pair[1].dtype) != FLOAT:
        return
    for wide, narrow in (pair, pair[::-1]):
        if wide.expression and narrow.expression and wide.shape == (*narrow.shape, 1):
            yield Mend(f"{wide.dotted}.squeeze({len(narrow.shape)})", narrow.shape, narrow.code, narrow.shape)


def _convolved(call: Failed) -> Iterator[Mend]:
    """Yield the input with its channels, which are last, in their place."""
    pair = _pair(call, "weight")
    if pair is None or not pair[0].expression or pair[0].dtype != pair[1].dtype:
        return
    x, weight = pair
    first, kernel = len(x.shape) - len(weight.shape) + 1, weight.shape[2:]
    if first not in (0, 1) or not kernel:
        return
    is_last = x.shape[-1] == weight.shape[1] != x.shape[first]
    if is_last and "groups=1," in call.raised.message and all(map(int.__ge__, x.shape[first:-1], kernel)):
        order = (*range(first), len(x.shape) - 1, *range(first, len(x.shape) - 1))
        shape = tuple(x.shape[dim] for dim in order)
        yield Mend(f"{x.dotted}.permute{order}", shape, weight.code, weight.shape)


_Propose: TypeAlias = Callable[[Failed], Iterator[Mend]]
_BY_NAME: dict[str, _Propose] = {
    **dict.fromkeys(("Linear", "linear"), _linear),
    **dict.fromkeys(("cross_entropy", "nll_loss"), _classes),
    **dict.fromkeys(("binary_cross_entropy", "binary_cross_entropy_with_logits"), _alike),
    **dict.fromkeys(CONVOLUTIONS, _convolved),
}
