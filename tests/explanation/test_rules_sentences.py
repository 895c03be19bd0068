"""Functions that rules speak of: torch's own, whose parameters are known."""

from __future__ import annotations

from tensordrill.explanation.rules import RULES
from tensordrill.explanation.rules.rule import ELEMENTWISE, FIRST, LAST
from tensordrill.explanation.signatures import SIGNATURES


def test_every_function_with_rules_of_arguments_has_a_signature() -> None:
    others = {"attribute", "item", "set item", "set attribute", "truth", "chain", "iteration", "unpacking"}
    others |= {"in", "not in", "python call", "other call", "broadcast_tensors", ELEMENTWISE, FIRST, LAST}
    others |= {
        "verify_batch_size",
        "verify_spatial_size",
        "multi_head_attention_forward",
        "collate_tensor_fn",
        "collate",
        "mha_shape_check",
        "in_projection_packed",
        "canonical_mask",
        "input_mask",
    }
    others |= {*(name for name in RULES if name[0].isupper() or " " in name)}
    assert set(RULES) - set(SIGNATURES) <= others
