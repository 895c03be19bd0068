"""Functions that rules speak of: torch's own, whose parameters are known."""

from __future__ import annotations

from tensordrill.explanation.call import WEIGHTED
from tensordrill.explanation.rules import RULES
from tensordrill.explanation.rules.rule import ELEMENTWISE, FIRST, LAST
from tensordrill.explanation.signatures import SIGNATURES


def test_every_function_with_rules_of_arguments_has_a_signature() -> None:
    others = {"attribute", "item", "set item", "set attribute", "truth", "chain", "iteration", "unpacking"}
    others |= {"in", "not in", "python call", "other call", "Conv1d", "Conv2d", "Conv3d", "vdot"}
    others |= {"adjoint", "broadcast_tensors", *WEIGHTED, ELEMENTWISE, FIRST, LAST}
    assert set(RULES) - set(SIGNATURES) <= others
