"""Attention: features, queries, keys and values that go together, and masks."""

from __future__ import annotations

import re

from tensordrill.explanation.call import Argument, Failed, outer
from tensordrill.explanation.rules.rule import FIRST, Reason, changed, of, of_two, rule
from tensordrill.explanation.rules.sizes import differing, dims_wanted
from tensordrill.explanation.shapes import Shape, broadcast, fits
from tensordrill.messages import message
from tensordrill.sandbox.values import Bool, Text


@rule("multi_head_attention_forward", raises="RuntimeError AssertionError", needs=("query",))
def attention(call: Failed, query: Argument) -> Reason:
    """`MultiheadAttention` of other features, of keys and values that differ, or with a mask of other sizes."""
    features = call.integer("embed_dim_to_check")
    if features is not None and query.shape and query.shape[-1] != features:
        return message("attention-features", wanted=features, size=query.shape[-1], **of(query))
    key, value = call.get("key"), call.get("value")
    if key and value and key.tensor and value.tensor and key.shape[:2] != value.shape[:2]:
        return message("sizes-shape", function="MultiheadAttention", **of_two(key, value))
    if key and key.tensor and len(query.shape) == len(key.shape) == 3 and query.shape[1] != key.shape[1]:
        return differing("MultiheadAttention", query, key, 1, 1)
    heads, batch, target, source = map(call.integer, ("num_heads", "bsz", "tgt_len", "src_len"))
    if heads is None or batch is None or target is None or source is None:
        return None
    padding, mask = call.get("key_padding_mask"), call.get("attn_mask")
    if padding is not None and padding.tensor is not None and padding.shape != (batch, source):
        return message("attention-shape", wanted=(batch, source), **of(padding)), message("attention-padding")
    if mask is None or mask.tensor is None or len(mask.shape) not in (2, 3):
        return None
    each = (target, source)
    wanted = each if len(mask.shape) == 2 else (batch * heads, *each)
    if mask.shape == wanted:
        return None
    layout = message(
        "attention-mask" if len(mask.shape) == 2 else "attention-heads", batch=batch, heads=heads
    )
    return message("attention-shape", wanted=wanted, **of(mask)), layout


@rule("mha_shape_check", raises="AssertionError", needs=("query",))
def attention_dims(call: Failed, query: Argument) -> Reason:
    """`MultiheadAttention` of keys, values or masks with other numbers of dims than the query's."""
    n = len(query.shape)
    if n not in (2, 3):
        count = {"name": "query", "wanted": message("sizes-or", low=2, high=3), "n": n}
        return message("sizes-dims-of", function="MultiheadAttention", **count, **of(query))
    counts = {"key": (n, n), "value": (n, n), "key_padding_mask": (n - 1, n - 1), "attn_mask": (2, 3)}
    for name, (low, high) in counts.items():
        x = call.get(name)
        if x is not None and x.tensor is not None and not low <= len(x.shape) <= high:
            dims = {"wanted": dims_wanted(low, high), "count": len(x.shape)}
            return message("attention-dims", n=n, name=name, **dims, **of_two(query, x))
    mask, key, heads = call.get("attn_mask"), call.get("key"), call.integer("num_heads")
    if mask is None or mask.tensor is None or key is None or heads is None or (n, len(mask.shape)) != (2, 3):
        return None
    wanted = (heads, query.shape[0], key.shape[0])
    return None if mask.shape == wanted else message("attention-shape", wanted=wanted, **of(mask))


@rule("in_projection_packed", needs=("q", "k", "v", "w"))
def projected(call: Failed, _: Argument, key: Argument, value: Argument, weight: Argument) -> Reason:
    """Keys or values of other features than the queries, of a layer that was made for one number of features."""
    features = weight.shape[-1]
    other = [(name, x) for name, x in (("kdim", key), ("vdim", value)) if x.shape[-1] != features]
    if not other:
        return None
    inside = other[0][1]
    own = (each for each in outer(call) if each.tensor is not None)
    x = next((each for each in own if each.shape in (inside.shape, _swapped(inside.shape))), inside)
    fix = ", ".join(f"{name}={each.shape[-1]}" for name, each in other)
    return message("attention-projected", wanted=features, size=x.shape[-1], fix=fix, **of(x))


def _swapped(shape: Shape) -> Shape:
    """Return a shape with its first two dims in the other order."""
    return (*shape[1::-1], *shape[2:])


@rule("Transformer", needs=("src", "tgt", "d_model:int", "batch_first:any"))
def transformed(call: Failed, source: Argument, target: Argument, features: int, first: Argument) -> Reason:
    """`Transformer` of two batches, or of other features than it was made for."""
    for x in (source, target):
        if x.shape[-1] != features:
            return message("attention-features", wanted=features, size=x.shape[-1], **of(x))
    is_first = first.value == Bool(True)
    dim = 0 if is_first else 1
    if not len(source.shape) == len(target.shape) == 3 or source.shape[dim] == target.shape[dim]:
        return None
    is_other = not is_first and source.shape[0] == target.shape[0]
    reason = differing(call.function, source, target, dim, dim)
    return reason, *[message("attention-batch-first", **of(source))] * is_other


_CHECKED = re.compile(r"Expected key_padded_mask\.shape\[(\d)\] to be (\d+), but got (\d+)\Z")


@rule(FIRST, raises="AssertionError")
def padding_mask(call: Failed) -> Reason:
    """A padding mask of other sizes, which torch names; by `batch_first`, which the operands don't tell."""
    match = _CHECKED.match(call.raised.message)
    dim, wanted, size = map(int, match.groups()) if match else (0, 0, 0)
    for mask in call.given if match else ():
        if not mask.role.endswith("key_padding_mask") or mask.tensor is None:
            continue
        at = dim - (len(mask.shape) == 1)  # of one sample, it has got a batch of 1
        if mask.shape[at : at + 1] == (size,):
            reason = message("attention-sizes", dim=at, wanted=wanted, size=size, **of(mask))
            read = (x for x in call.given if x.tensor is not None and len(x.shape) == 3)
            x = next((x for x in read if x.shape[:2] == mask.shape and x.shape[1 - at] == wanted), None)
            return (reason, message("attention-batch-first", **of(x))) if x else reason
    return None


@rule("scaled_dot_product_attention", needs=("query", "key", "attn_mask"))
def attended(_: Failed, query: Argument, key: Argument, mask: Argument) -> Reason:
    """A mask of an attention that does not broadcast to one number for each query and key."""
    batch = broadcast(query.shape[:-2], key.shape[:-2]).result
    if batch is None or min(len(query.shape), len(key.shape)) < 2:
        return None
    wanted = (*batch, query.shape[-2], key.shape[-2])
    return None if fits(mask.shape, wanted) else message("attention-scores", wanted=wanted, **of(mask))


@rule("canonical_mask", raises="AssertionError", needs=("mask", "mask_name:any"))
def mask_dtype(_: Failed, mask: Argument, name: Argument) -> Reason:
    """A mask of an attention that is neither bool nor floating point."""
    wanted = message("attention-dtype")
    breach = message("values-dtype", x=mask.code, dtype=mask.dtype)
    words = {
        "name": name.value.v if isinstance(name.value, Text) else "mask",
        "wanted": wanted,
        "breach": breach,
    }
    return message("values-condition", function="MultiheadAttention", **words), *changed(mask, "{}.bool()")
