"""Matrices that have no inverse or no Cholesky factor."""

from __future__ import annotations

from tensordrill.explanation.call import Argument, Failed
from tensordrill.explanation.rules.rule import Reason, of, rule
from tensordrill.messages import message


@rule("linalg_inv", "inverse", "linalg_solve", needs=("A|input",))
def singular(call: Failed, x: Argument) -> Reason:
    """A matrix that has no inverse."""
    if "singular" not in call.raised.message:
        return None
    return message("matrices-singular", function=call.function, **of(x))


@rule("linalg_cholesky", needs=("A|input",))
def indefinite(call: Failed, x: Argument) -> Reason:
    """A matrix that is not symmetric with positive eigenvalues."""
    if "not positive-definite" not in call.raised.message:
        return None
    return message("matrices-definite", function=call.function, **of(x))
