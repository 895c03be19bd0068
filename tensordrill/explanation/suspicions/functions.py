"""Functions of torch by what they do to elements, which detectors follow them through."""

from __future__ import annotations

from collections.abc import Iterator

from tensordrill.explanation.suspicions.calls import CallNode

ARITHMETIC = frozenset("- sub subtract == eq != ne + add * mul multiply / div divide true_divide".split())
ELEMENTWISE = ARITHMETIC | frozenset(
    "** pow abs square sqrt exp log log1p neg float double half to long int bool type clone relu sigmoid tanh "
    "clamp clip round sign data abs_ pow_ square_ detach where masked_fill < <= > >= lt le gt ge cpu "
    "dropout Dropout ReLU Sigmoid Tanh contiguous masked_fill_".split()
)
"""Functions whose result has an element for each element of what they are operand."""
REDUCING = frozenset("mean sum item nanmean nansum std var".split())


def following(call: CallNode, through: frozenset[str], most: int = 40) -> Iterator[CallNode]:
    """Yield the calls that used a tensor, and what was computed of it by some functions."""
    todo, known = [call], {call.index}
    while todo and len(known) < most:
        for user in todo.pop().users:
            if user.index not in known:
                known.add(user.index)
                yield user
                if user.function in through:
                    todo.append(user)


def preceding(call: CallNode, through: frozenset[str], most: int = 20) -> CallNode:
    """Return the call that a tensor goes back to, before some functions were applied to it."""
    call = call.origin
    for _ in range(most):
        if call.function not in through or not call.tensors:
            break
        call = call.tensors[0].node.origin
    return call
