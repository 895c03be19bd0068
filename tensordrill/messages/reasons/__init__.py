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
        | convolutions.Name
        | creation.Name
        | data.Name
        | devices.Name
        | dims.Name
        | distributions.Name
        | dtypes.Name
        | einsum.Name
        | functions_and_hooks.Name
        | gather_scatter.Name
        | indexing.Name
        | layers.Name
        | lists_and_numbers.Name
        | losses.Name
        | matrices.Name
        | memory.Name
        | modules.Name
        | optimizers.Name
        | products.Name
        | recurrent.Name
        | rule.Name
        | sizes.Name
        | truth_and_item.Name
        | values.Name
        | views.Name
    )
