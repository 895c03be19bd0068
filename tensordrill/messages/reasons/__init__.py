"""Reasons: why an operation failed, in terms of the program's own operands; beside each file of rules, its sentences.

Values of Korean sentences are followed by particles in both forms, as 은(는), of which `fill` chooses one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from tensordrill.messages.reasons import (
        arguments,
        attention,
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
        memory,
        modules,
        products,
        recurrent,
        rule,
        sizes,
        truth_and_item,
        values,
        views,
    )

    Name: TypeAlias = (
        arguments.Name
        | attention.Name
        | attributes.Name
        | autograd.Name
        | broadcasts.Name
        | cat_stack_split.Name
        | devices.Name
        | dims.Name
        | dtypes.Name
        | einsum.Name
        | gather_scatter.Name
        | indexing.Name
        | layers.Name
        | losses.Name
        | memory.Name
        | modules.Name
        | products.Name
        | recurrent.Name
        | rule.Name
        | sizes.Name
        | truth_and_item.Name
        | values.Name
        | views.Name
    )
