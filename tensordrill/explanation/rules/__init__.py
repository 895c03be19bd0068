"""Why an operation failed, in terms of this program: from shapes, strides and dtypes, not from torch's words.

A rule takes an `Operation` and gives sentences, each of which is true whenever it is given; none where the
shapes, strides and dtypes do not prove it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from tensordrill.explanation.inner_call import BROADCASTING, WEIGHTED
from tensordrill.explanation.rules import (
    attributes,
    autograd,
    broadcasts,
    cat_stack_split,
    devices,
    dims,
    dtypes,
    einsum,
    gather_scatter,
    indexing,
    layers,
    losses,
    products,
    truth_and_item,
    views,
)
from tensordrill.explanation.rules.operation import Both, Operation, Told, operations
from tensordrill.explanation.sources import Sources
from tensordrill.messages import Language, fill
from tensordrill.messages.josa import settled
from tensordrill.sandbox.protocol import Raised
from tensordrill.sandbox.traced import Failure, Step

Rule: TypeAlias = Callable[[Operation], list[Told]]

_MODULES = (
    attributes, autograd, broadcasts, cat_stack_split, devices, dims, dtypes, einsum, gather_scatter, indexing, layers,
    losses, products, truth_and_item, views,
)  # fmt: skip
SENTENCES: dict[str, tuple[str, str]] = {
    name: sentence for module in _MODULES for name, sentence in module.WORDS.items()
}
"""Each sentence in English and Korean."""

_PRODUCT: tuple[Rule, ...] = (products.formed,)
_CHOICE: tuple[Rule, ...] = (gather_scatter.indices,)
_REDUCTION: tuple[Rule, ...] = (dims.order, dims.empty_reduction, dtypes.floats_only)
RULES: dict[str, tuple[Rule, ...]] = {
    "view": (views.bytes_of_dtype, views.sizes, views.strides, views.size_types),
    "view_as": (views.sizes, views.strides),
    "reshape": (views.sizes, views.size_types),
    "reshape_as": (views.sizes,),
    "unflatten": (views.unflatten,),
    "flatten": (dims.flatten_order,),
    "repeat": (views.repeats, views.size_types),
    "expand": (broadcasts.expand, views.size_types),
    "expand_as": (broadcasts.expand,),
    "broadcast_to": (broadcasts.expand,),
    "permute": (dims.order,),
    "flip": (dims.order,),
    "transpose": (dims.transpose_count,),
    "t": (dims.matrix,),
    "adjoint": (dims.matrix,),
    "matmul": (products.matmul,),
    "linear": (products.linear,),
    **dict.fromkeys(WEIGHTED, (products.linear,)),
    BROADCASTING: (broadcasts.met,),
    "einsum": (einsum.einsum,),
    "cat": (cat_stack_split.pieces_of, cat_stack_split.cat),
    "stack": (cat_stack_split.pieces_of, cat_stack_split.stack),
    "hstack": (cat_stack_split.pieces_of, cat_stack_split.side_by_side),
    "vstack": (cat_stack_split.pieces_of, cat_stack_split.side_by_side),
    "split": (cat_stack_split.split,),
    "chunk": (cat_stack_split.split,),
    "narrow": (cat_stack_split.narrow,),
    "select": (gather_scatter.select,),
    "masked_fill": (gather_scatter.mask,),
    "masked_select": (gather_scatter.mask,),
    "where": (gather_scatter.mask,),
    "one_hot": (gather_scatter.one_hot,),
    "embedding": (gather_scatter.embedding,),
    "cross_entropy": (losses.classes,),
    "nll_loss": (losses.classes,),
    "binary_cross_entropy": (losses.same_shape,),
    "binary_cross_entropy_with_logits": (losses.same_shape,),
    "item": (truth_and_item.item, indexing.item, indexing.assignment),
    "set item": (indexing.item, indexing.assignment),
    "set attribute": (
        autograd.assigned_grad,
        dtypes.grad_flag,
        autograd.flag,
        layers.assigned,
    ),
    "attribute": (dims.matrix,),
    "backward": (autograd.backward,),
    "grad": (autograd.grad,),
    "numpy": (autograd.numpy,),
    "requires_grad_": (autograd.flag, dtypes.grad_of_integers),
    "retain_grad": (autograd.retain,),
    "tensor": (dtypes.grad_of_integers,),
    "arange": (dtypes.grad_of_integers,),
    "Parameter": (dtypes.grad_of_integers,),
    "truth": (truth_and_item.truth,),
    "chain": (truth_and_item.chain,),
    "iteration": (truth_and_item.iteration,),
    "unpacking": (truth_and_item.iteration,),
    "python call": (truth_and_item.python_call,),
    "in": (truth_and_item.contained,),
    "not in": (truth_and_item.contained,),
    "other call": (truth_and_item.contained,),
    "neg": (dtypes.bool_minus,),
    "bitwise_not": (dtypes.bits,),
    "inner": (products.inner,),
    "pow": (dtypes.negative_power,),
    **dict.fromkeys(layers.CONVOLUTIONS, (layers.convolution,)),
    **dict.fromkeys(products.FORMS, _PRODUCT),
    **dict.fromkeys(
        "index_select index_add index_copy index_fill gather scatter scatter_add take take_along_dim".split(),
        _CHOICE,
    ),
    **dict.fromkeys(
        "sum mean nanmean std var prod min max amin amax argmin argmax median squeeze".split(), _REDUCTION
    ),
}
"""What can be wrong with one function, by its own name; the first rule that proves something counts."""

_FIRST: tuple[Rule, ...] = (
    attributes.unnamed,
    attributes.called,
    attributes.uncalled,
    attributes.missing,
    attributes.pair,
    devices.differ,
    devices.without_values,
    dims.without_dims,
    dims.out_of_range,
)
_LAST: tuple[Rule, ...] = (
    dims.wrong_type,
    attributes.keyword,
    attributes.needs_dim,
    attributes.no_tensor,
    dtypes.floats_only,
    autograd.in_place,
)
_ELEMENTWISE: tuple[Rule, ...] = (
    broadcasts.clashing,
    broadcasts.growing,
    dtypes.bool_minus,
    dtypes.cast,
    dtypes.bits,
    autograd.in_place,
    broadcasts.expanded,
    broadcasts.overlapping,
)


def reason(
    failure: Failure, raised: Raised, sources: Sources, language: Language, steps: Sequence[Step] = ()
) -> str | None:
    """Return the reason as a sentence or a few; None where the operands do not tell it."""
    for operation in operations(failure, raised, sources, steps):
        told = proven(operation)
        if told:
            return " ".join(_sentence(each, language) for each in told)
    return None


def proven(operation: Operation) -> list[Told]:
    """Return what the first rule that proves something says."""
    elementwise = _ELEMENTWISE if operation.name in broadcasts.ELEMENTWISE or operation.in_place else ()
    for rule in (*_FIRST, *RULES.get(operation.name, ()), *elementwise, *_LAST):
        if told := rule(operation):
            return told
    return []


def _sentence(told: Told, language: Language) -> str:
    values = {
        name: getattr(value, language) if isinstance(value, Both) else value
        for name, value in told.values.items()
    }
    sentence = fill(SENTENCES[told.name], language, **values)
    return settled(sentence) if language == "ko" else sentence
