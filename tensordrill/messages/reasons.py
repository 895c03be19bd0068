"""Reasons: why an operation failed, in terms of the program's own operands.

Values of Korean sentences are followed by particles in both forms, as 은(는), of which `josa.settled` chooses one.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from tensordrill.messages import Sentence

Name: TypeAlias = Literal[
    "fixes-copy", "fixes-with", "fixes-use", "views-elements", "views-remainder", "views-fitting",
    "views-two-unknown", "views-negative", "views-unknown-of-nothing", "views-strides", "views-type",
    "views-whole", "views-bytes-flat", "views-bytes-stride", "views-bytes-size", "views-unflatten",
    "views-repeat", "broadcasts-clash", "broadcasts-grow", "broadcasts-new", "broadcasts-expanded",
    "broadcasts-overlap", "broadcasts-expand", "broadcasts-expand-repeat", "broadcasts-expand-new",
    "broadcasts-negative", "broadcasts-expand-few", "products-ndim", "products-no-dims",
    "products-matrices", "products-matrix-vector", "products-two-vectors", "products-batches",
    "products-last", "products-last-but-one", "products-only", "products-inner", "products-shared",
    "products-batch", "products-batch-equal", "products-scalar", "products-number", "products-linear",
    "products-added", "products-lengths", "products-dtypes", "products-bool", "einsum-operands",
    "einsum-letters", "einsum-sizes", "einsum-output", "joins-flat", "joins-ndim", "joins-size",
    "joins-other-dim", "joins-stack", "joins-cat", "joins-nothing", "joins-one-list", "joins-no-tensor",
    "joins-split-sum", "joins-split-size", "joins-chunks", "joins-narrow", "joins-narrow-length",
    "joins-narrow-start", "dims-range", "dims-range-flat", "dims-range-new", "dims-none", "dims-one",
    "dims-last", "dims-last-new", "dims-type", "dims-one-at-a-time", "dims-order-count",
    "dims-order-repeated", "dims-transpose-count", "dims-flatten-order", "dims-matrix-at-most",
    "dims-matrix-at-least", "dims-empty-reduction", "dims-empty-along", "indexing-flat", "indexing-many",
    "indexing-range", "indexing-range-empty", "indexing-range-tensor", "indexing-mask",
    "indexing-mask-later", "indexing-type", "indexing-dtype", "indexing-together", "indexing-step",
    "indexing-flip", "indexing-value", "indexing-value-mask", "indexing-value-type",
    "indexing-value-dtype", "indexing-overlap", "choosing-ndim", "choosing-size", "choosing-along",
    "choosing-source", "choosing-source-dtype", "choosing-dtype", "choosing-vector", "choosing-range",
    "choosing-taken", "choosing-select", "choosing-mask", "choosing-classes-dtype",
    "choosing-classes-negative", "choosing-classes-few", "choosing-embedding-dtype",
    "choosing-embedding-table", "choosing-embedding-swapped", "choosing-embedding-range",
    "losses-target-dtype", "losses-probabilities", "losses-target-shape", "losses-classes",
    "losses-same-shape", "losses-float-target", "layers-ndim", "layers-channels", "layers-plain",
    "layers-transposed", "layers-groups", "layers-outputs", "layers-kernel", "layers-padded",
    "layers-dtype", "layers-half", "layers-one-value", "layers-one-place", "layers-normalized",
    "layers-normalized-none", "layers-weight", "layers-divided", "layers-state", "layers-state-batch",
    "layers-state-alone", "layers-shuffled", "layers-spatial", "layers-state-dims", "layers-features",
    "layers-attention", "layers-mask", "layers-mask-heads", "layers-heads", "modules-prefix",
    "modules-missing", "modules-unexpected", "modules-sizes", "modules-no-parameters", "modules-class",
    "modules-collated", "sizes-dims", "sizes-exactly", "sizes-at-least", "sizes-at-most", "sizes-or",
    "sizes-from-to", "sizes-square", "sizes-least", "sizes-same", "arguments-tuple", "arguments-type",
    "arguments-reduction", "arguments-probability", "arguments-dtype", "arguments-or", "arguments-out",
    "arguments-step", "arguments-diagonal", "arguments-moved", "arguments-most", "arguments-tensors",
    "arguments-sizes", "arguments-pads-odd", "arguments-pads-many", "layers-init", "layers-parameter",
    "dtypes-cast", "dtypes-new", "dtypes-bool-minus", "dtypes-floats-only", "dtypes-integers-only",
    "dtypes-negative-power", "dtypes-grad", "dtypes-grad-literal", "devices-differ", "devices-meta",
    "devices-meta-copy", "autograd-scalar", "autograd-gradient", "autograd-detached", "autograd-cut",
    "autograd-cut-no-grad", "autograd-freed", "autograd-retain-graph", "autograd-carried",
    "autograd-round", "autograd-overwritten", "autograd-overwritten-inside", "autograd-overwritten-leaf",
    "autograd-result", "autograd-operand", "autograd-change", "autograd-overwritten-fix",
    "autograd-updated", "autograd-leaf", "autograd-leaf-no-grad", "autograd-no-grad", "autograd-leaf-view",
    "autograd-many-views", "autograd-numpy", "autograd-flag", "autograd-retain", "autograd-grad-shape",
    "autograd-grad-dtype", "autograd-inputs", "attributes-called", "attributes-dtype",
    "attributes-value-called", "attributes-method", "attributes-near", "attributes-numpy",
    "attributes-keyword", "attributes-missing", "attributes-no-tensor", "attributes-unnamed",
    "attributes-pair", "scalars-truth", "scalars-truth-empty", "scalars-chain", "scalars-compared",
    "scalars-equal", "scalars-extreme", "scalars-one", "scalars-list", "scalars-torch", "scalars-length",
    "scalars-iteration", "scalars-unpacking", "scalars-index",
]  # fmt: skip

WORDS: dict[Name, Sentence] = {
    # fixes
    "fixes-copy": ("`{fix}` copies, and works.", "복사하는 `{fix}`은(는) 됩니다."),
    "fixes-with": ("With `{fix}` it works.", "`{fix}`을(를) 쓰면 됩니다."),
    "fixes-use": ("`{fix}` works.", "`{fix}`(으)로 쓰면 됩니다."),
    # views and reshapes
    "views-elements": (
        "{x} {shape} has {total:element}; {wanted} needs {count}.",
        "{x} {shape}의 원소는 {total}개입니다. {wanted}에는 원소 {count}개가 필요합니다.",
    ),
    "views-remainder": (
        "{x} {shape} has {total:element}. The other sizes of {wanted} take {known} at a time, "
        "and {total} is {times} × {known} with {left} left over, so no number fits at -1.",
        "{x} {shape}의 원소는 {total}개입니다. {wanted}에서 -1을 뺀 나머지 크기의 곱은 {known}인데, "
        "{total} = {times} × {known} + {left}이므로 나누어떨어지지 않아 -1에 들어갈 수가 없습니다.",
    ),
    "views-fitting": ("{fitting} would fit.", "{fitting}이면 맞습니다."),
    "views-two-unknown": (
        "Only one size can be -1, because torch works it out from the others; {wanted} has {count}.",
        "-1은 하나만 쓸 수 있습니다. 나머지 크기에서 계산하기 때문입니다. {wanted}에는 {count}개가 있습니다.",
    ),
    "views-negative": (
        "A size is 0 or more, or one -1 for what is left; {wanted} has {size}.",
        "크기는 0 이상이거나, 나머지를 뜻하는 -1 하나여야 합니다. {wanted}에 {size}이(가) 있습니다.",
    ),
    "views-unknown-of-nothing": (
        "{x} {shape} has no elements, and the other sizes of {wanted} multiply to 0: "
        "any number would fit at -1. Say the size instead.",
        "{x} {shape}에는 원소가 없고 {wanted}에서 -1을 뺀 나머지 크기의 곱도 0이라 -1에 어떤 수든 들어갈 수 있습니다. "
        "-1 대신 크기를 직접 쓰세요.",
    ),
    "views-strides": (
        "A view only changes shape and stride, and {wanted} needs dims {outer} and {inner} of {x} {shape} merged. "
        "They aren't one run of memory: the stride of dim {outer} is {stride_outer}, "
        "not {size_inner} × {stride_inner} = {product}.",
        "`view`는 shape와 stride만 바꾸므로, {wanted}을(를) 만들려면 {x} {shape}의 dim {outer}과(와) {inner}이(가) 합쳐져야 "
        "합니다. 그런데 메모리에서 이어져 있지 않습니다. dim {outer}의 stride는 {stride_outer}이고 "
        "{size_inner} × {stride_inner} = {product}이(가) 아닙니다.",
    ),
    "views-type": (
        "Sizes are integers; {value} is of type {type}.",
        "크기는 정수여야 합니다. {value}의 타입은 {type}입니다.",
    ),
    "views-whole": (
        "`{quotient}` is a float also where nothing is left over; `//` gives an integer.",
        "`{quotient}`은(는) 나누어떨어져도 float입니다. `//`로 나누면 정수가 됩니다.",
    ),
    "views-bytes-flat": (
        "`view` of a dtype with other bytes changes the last dim, and {x} is 0-d: it has none.",
        "원소의 바이트 수가 다른 dtype으로 `view`하면 마지막 dim의 크기가 바뀌는데, {x}에는 dim이 없습니다(0-d).",
    ),
    "views-bytes-stride": (
        "`view` of a dtype with other bytes needs neighbours in the last dim: stride 1. "
        "The last stride of {x} {shape} is {stride}.",
        "원소의 바이트 수가 다른 dtype으로 `view`하려면 마지막 dim의 원소가 붙어 있어야(stride 1) 합니다. "
        "{x} {shape}의 마지막 stride는 {stride}입니다.",
    ),
    "views-bytes-size": (
        "`view` as {dtype} takes {ratio} elements of {old} for each new one; the last size of {x} {shape} "
        "is {size}, no multiple of {ratio}.",
        "{dtype}(으)로 `view`하면 {old} 원소 {ratio}개가 하나가 됩니다. {x} {shape}의 마지막 크기 {size}은(는) "
        "{ratio}의 배수가 아닙니다.",
    ),
    "views-unflatten": (
        "`unflatten` splits dim {dim} of {x} {shape}, which has size {size}; {wanted} multiplies to {count}.",
        "`unflatten`은 {x} {shape}의 dim {dim}(크기 {size})을 나눕니다. {wanted}의 곱은 {count}입니다.",
    ),
    "views-repeat": (
        "`{function}` takes a number for every dim, and more for new dims in front: "
        "{x} {shape} has {n:dim}, {repeats} has {count}.",
        "`{function}`에는 dim마다 숫자가 하나씩 필요합니다(더 쓰면 앞에 새 dim이 생깁니다). "
        "{x} {shape}의 dim은 {n}개인데 {repeats}은(는) {count}개입니다.",
    ),
    # broadcasting, and memory that is written in place
    "broadcasts-clash": (
        "Aligned from the right, dim {i} of {a} {shape_a} has size {m} and dim {j} of {b} {shape_b} has {n}; "
        "they differ and neither is 1.",
        "오른쪽부터 맞추면 {a} {shape_a}의 dim {i}은(는) {m}, {b} {shape_b}의 dim {j}은(는) {n}입니다. "
        "서로 다르고 어느 쪽도 1이 아닙니다.",
    ),
    "broadcasts-grow": (
        "`{function}` writes into {a}, whose shape {shape_a} can't grow to {shape}, "
        "the shape that the two broadcast to.",
        "`{function}`은(는) 결과를 {a}에 씁니다. 브로드캐스트한 shape는 {shape}인데 {a}의 shape {shape_a}은(는) 늘어날 수 없습니다.",
    ),
    "broadcasts-new": (
        "Without the in-place form there is a new tensor of that shape.",
        "제자리(in-place) 연산 대신 일반 연산을 쓰면 그 shape의 새 텐서가 생깁니다.",
    ),
    "broadcasts-expanded": (
        "{x} {shape} is expanded: its stride at dim {dim} is 0, so {size} elements lie at one place, "
        "and writing them one by one makes no sense.",
        "{x} {shape}은(는) expand된 텐서입니다. dim {dim}의 stride가 0이라 원소 {size}개가 같은 자리에 있어서 "
        "제자리에서 바꿀 수 없습니다.",
    ),
    "broadcasts-overlap": (
        "{a} and {b} lie partly at the same places in memory, so that writing one changes what is still to be read.",
        "{a}과(와) {b}의 메모리가 일부 겹쳐서, 한쪽을 쓰면 아직 읽지 않은 값이 바뀝니다.",
    ),
    "broadcasts-expand": (
        "`{function}` only stretches dims of size 1; dim {dim} of {x} {shape} has size {size}, not {wanted}.",
        "`{function}`(으)로 늘릴 수 있는 것은 크기 1인 dim뿐입니다. {x} {shape}의 dim {dim}은(는) {size}인데 {wanted}을(를) 달라고 했습니다.",
    ),
    "broadcasts-expand-repeat": (
        "`repeat` copies the elements that many times: `{fix}` has shape {result}.",
        "원소를 여러 번 복사하려면 `repeat`을 씁니다. `{fix}`의 shape는 {result}입니다.",
    ),
    "broadcasts-expand-new": (
        "-1 keeps the size of a dim that is there. {sizes} has {extra} more than {x} {shape} has dims, "
        "and a new dim in front needs a size.",
        "-1은 이미 있는 dim의 크기를 그대로 둔다는 뜻입니다. {sizes}은(는) {x} {shape}의 dim보다 {extra}개 많은데, "
        "앞에 새로 생기는 dim에는 크기를 정해 주어야 합니다.",
    ),
    "broadcasts-negative": (
        "`{function}` takes numbers that are not negative; {sizes} has {size}.",
        "`{function}`에는 음수를 쓸 수 없습니다. {sizes}에 {size}이(가) 있습니다.",
    ),
    "broadcasts-expand-few": (
        "`{function}` keeps all dims: {x} {shape} has {n}, and {sizes} gives sizes for {count}.",
        "`{function}`에는 모든 dim의 크기를 써야 합니다. {x} {shape}의 dim은 {n}개인데 {sizes}은(는) {count}개입니다.",
    ),
    # products
    "products-ndim": (
        "`{function}` takes {wanted}; {x} {shape} has {n:dim}.",
        "`{function}`에는 {wanted} 필요합니다. {x} {shape}의 dim은 {n}개입니다.",
    ),
    "products-no-dims": (
        "`{function}` takes {wanted}; {x} () is 0-d.",
        "`{function}`에는 {wanted} 필요합니다. {x} ()의 dim은 0개입니다.",
    ),
    "products-matrices": ("two matrices", "행렬 두 개가"),
    "products-matrix-vector": ("a matrix and a vector", "행렬 하나와 벡터 하나가"),
    "products-two-vectors": ("two vectors", "벡터 두 개가"),
    "products-batches": ("two batches of matrices, 3-D", "행렬의 배치(3-D) 두 개가"),
    "products-last": ("the last dim", "마지막 dim"),
    "products-last-but-one": ("the last but one", "뒤에서 두 번째 dim"),
    "products-only": ("the dim", "dim"),
    "products-inner": (
        "`{function}` multiplies along {last} of {a} {shape_a} and {first} of {b} {shape_b}: "
        "{m} and {n} differ.",
        "`{function}`에서는 {a} {shape_a}의 {last}과(와) {b} {shape_b}의 {first}이(가) 같아야 합니다. {m}과(와) {n}이(가) 다릅니다.",
    ),
    "products-shared": (
        "A 2-D right operand is one matrix for the whole batch.",
        "오른쪽이 2-D이면 배치 전체에 쓰이는 행렬 하나로 봅니다.",
    ),
    "products-batch": (
        "The batch dims of {a} {shape_a} and {b} {shape_b} have to broadcast: "
        "dim {i} has {m} and dim {j} has {n}, and neither is 1.",
        "{a} {shape_a}과(와) {b} {shape_b}의 배치 dim은 브로드캐스트가 되어야 합니다. dim {i}은(는) {m}, dim {j}은(는) {n}이고 "
        "어느 쪽도 1이 아닙니다.",
    ),
    "products-batch-equal": (
        "`{function}` does not broadcast: the batch size of {a} {shape_a} is {m}, that of {b} {shape_b} is {n}.",
        "`{function}`에서는 브로드캐스트가 되지 않습니다. {a} {shape_a}의 배치 크기는 {m}, {b} {shape_b}의 배치 크기는 {n}입니다.",
    ),
    "products-scalar": (
        "`{function}` needs at least 1 dim on both sides; {x} is 0-d. To scale, use `*`.",
        "`{function}`의 양쪽에는 dim이 하나 이상 있어야 합니다. {x}에는 dim이 없습니다(0-d). 스칼라 곱은 `*`로 합니다.",
    ),
    "products-number": (
        "`@` multiplies two tensors; {x} is of type {type}. To scale, use `*`.",
        "`@`는 텐서 두 개를 곱합니다. {x}의 타입은 {type}입니다. 스칼라 곱은 `*`로 합니다.",
    ),
    "products-linear": (
        "`{function}` takes {wanted} features in the last dim: its weight is {weight}, (out, in). "
        "The last dim of {x} {shape} is {size}.",
        "`{function}`의 weight는 {weight}, 즉 (out, in)이므로 입력의 마지막 dim은 {wanted}이어야 합니다. "
        "{x} {shape}의 마지막 dim은 {size}입니다.",
    ),
    "products-added": (
        "`{function}` adds {x} {shape} to the product, and {shape} does not broadcast to {result}.",
        "`{function}`은(는) {x} {shape}을(를) 곱에 더합니다. {shape}은(는) 곱의 shape {result}(으)로 브로드캐스트되지 않습니다.",
    ),
    "products-lengths": (
        "`{function}` takes vectors of one length; {a} has {m:element} and {b} has {n}.",
        "`{function}`에는 길이가 같은 벡터가 필요합니다. {a}의 원소는 {m}개, {b}의 원소는 {n}개입니다.",
    ),
    "products-dtypes": (
        "A product needs one dtype on both sides: {a} is {dtype_a}, {b} is {dtype_b}.",
        "곱하는 텐서들의 dtype은 같아야 합니다. {a}의 dtype은 {dtype_a}, {b}의 dtype은 {dtype_b}입니다.",
    ),
    "products-bool": (
        "torch has no product of bool matrices on the CPU.",
        "torch의 CPU 행렬 곱은 bool을 지원하지 않습니다.",
    ),
    # einsum
    "einsum-operands": (
        "The equation `{equation}` has {wanted:operand} before `->`; {count} given.",
        "식 `{equation}`에서 `->` 앞의 피연산자는 {wanted}개인데 텐서는 {count}개를 주었습니다.",
    ),
    "einsum-letters": (
        "Each dim has one letter: `{letters}` names {wanted}, {x} {shape} has {n}.",
        "dim마다 글자가 하나씩 필요합니다. `{letters}`의 글자는 {wanted}개인데 {x} {shape}의 dim은 {n}개입니다.",
    ),
    "einsum-sizes": (
        "The letter `{letter}` stands for one size: it is {m} in {a} {shape_a} and {n} in {b} {shape_b}.",
        "글자 `{letter}`의 크기는 하나여야 합니다. {a} {shape_a}에서는 {m}, {b} {shape_b}에서는 {n}입니다.",
    ),
    "einsum-output": (
        "The letter `{letter}` after `->` is in no operand.",
        "`->` 뒤의 글자 `{letter}`이(가) 어느 피연산자에도 없습니다.",
    ),
    # joining and cutting
    "joins-flat": (
        "`{function}` joins along a dim that is there, and {x} is 0-d. `stack` makes a new dim.",
        "`{function}`은(는) 이미 있는 dim을 따라 잇는데 {x}에는 dim이 없습니다(0-d). `stack`은 새 dim을 만듭니다.",
    ),
    "joins-ndim": (
        "`{function}` takes tensors with the same number of dims: {a} {shape_a} has {m}, {b} {shape_b} has {n}.",
        "`{function}`(으)로 이을 텐서는 dim의 개수가 같아야 합니다. {a} {shape_a}은(는) {m}개, {b} {shape_b}은(는) {n}개입니다.",
    ),
    "joins-size": (
        "`{function}` joins along dim {dim}, and all other dims have to agree: "
        "dim {at} of {a} {shape_a} has size {m}, of {b} {shape_b} it has {n}.",
        "`{function}`은(는) dim {dim}을(를) 따라 이으므로 나머지 dim의 크기는 모두 같아야 합니다. "
        "{a} {shape_a}의 dim {at}은(는) {m}, {b} {shape_b}의 dim {at}은(는) {n}입니다.",
    ),
    "joins-other-dim": ("Along dim {dim} they would join.", "dim {dim}을(를) 따라서는 이을 수 있습니다."),
    "joins-stack": (
        "`stack` takes tensors of one shape; {a} has {shape_a} and {b} has {shape_b}.",
        "`stack`할 텐서는 shape가 모두 같아야 합니다. {a}의 shape는 {shape_a}, {b}의 shape는 {shape_b}입니다.",
    ),
    "joins-cat": (
        "`cat` would join them along dim {dim}.",
        "`cat`으로는 dim {dim}을(를) 따라 이을 수 있습니다.",
    ),
    "joins-nothing": (
        "`{function}` needs at least one tensor; the list is empty.",
        "`{function}`에는 텐서가 하나 이상 필요한데 리스트가 비어 있습니다.",
    ),
    "joins-one-list": (
        "`{function}` takes one list or tuple of tensors; the first argument, {x}, is a tensor. "
        "Write `[…]` around them.",
        "`{function}`에는 텐서의 리스트나 튜플 하나를 줍니다. 첫 번째 인수 {x}은(는) 텐서입니다. 텐서들을 `[…]`로 묶으세요.",
    ),
    "joins-no-tensor": (
        "`{function}` takes tensors; {x} is of type {type}.",
        "`{function}`에는 텐서만 줄 수 있습니다. {x}의 타입은 {type}입니다.",
    ),
    "joins-split-sum": (
        "`split` by a list needs sizes that add up: dim {dim} of {x} {shape} has size {size}, {sizes} add up to {total}.",
        "`split`에 리스트를 주면 크기의 합이 dim의 크기와 같아야 합니다. {x} {shape}의 dim {dim}은(는) {size}인데 "
        "{sizes}의 합은 {total}입니다.",
    ),
    "joins-split-size": (
        "`split` takes the size of a part, 1 or more; it got {size}.",
        "`split`에는 조각의 크기(1 이상)를 줍니다. 받은 값은 {size}입니다.",
    ),
    "joins-chunks": (
        "`chunk` takes the number of parts, 1 or more; it got {count}.",
        "`chunk`에는 조각의 개수(1 이상)를 줍니다. 받은 값은 {count}입니다.",
    ),
    "joins-narrow": (
        "`narrow` takes {length} from {start} on; dim {dim} of {x} {shape} has size {size} and ends before {end}.",
        "`narrow`는 {start}부터 {length}개를 꺼내는데 {x} {shape}의 dim {dim}은(는) 크기가 {size}라서 {end}까지 가지 못합니다.",
    ),
    "joins-narrow-length": (
        "`narrow` takes how many there are to be, 0 or more; it got {length}.",
        "`narrow`의 길이는 0 이상이어야 합니다. 받은 값은 {length}입니다.",
    ),
    "joins-narrow-start": (
        "`narrow` starts inside dim {dim} of {x} {shape}, which has size {size}; {start} is outside.",
        "`narrow`의 시작은 {x} {shape}의 dim {dim}(크기 {size}) 안에 있어야 합니다. {start}은(는) 범위를 벗어납니다.",
    ),
    # dims
    "dims-range": (
        "For {x} {shape}, `{function}` takes a dim from {low} to {high}; {dim} is outside.",
        "{x} {shape}에서 `{function}`에 쓸 수 있는 dim은 {low}부터 {high}까지입니다. {dim}은(는) 범위를 벗어납니다.",
    ),
    "dims-range-flat": (
        "{x} is 0-d: it has no dims, and `{function}` takes only 0 or -1 for it. {dim} is outside.",
        "{x}에는 dim이 없습니다(0-d). 이때 `{function}`에 쓸 수 있는 dim은 0과 -1뿐이며 {dim}은(는) 범위를 벗어납니다.",
    ),
    "dims-range-new": (
        "`{function}` puts in a new dim, so its range is one wider than that of other functions: "
        "for {x} {shape} it is {low} to {high}. {dim} is outside.",
        "`{function}`에서는 dim이 새로 하나 생기므로 범위가 다른 함수보다 하나 넓습니다. "
        "{x} {shape}에는 {low}부터 {high}까지 쓸 수 있고, {dim}은(는) 범위를 벗어납니다.",
    ),
    "dims-none": (
        "{x} is 0-d: it has no dims, and `{function}` needs one to go along.",
        "{x}에는 dim이 없는데(0-d) `{function}`에는 따라갈 dim이 필요합니다.",
    ),
    "dims-one": (
        "`{function}` takes one dim; {value} is of type {type}.",
        "`{function}`에는 dim을 하나만 줄 수 있는데 {value} ({type})을(를) 주었습니다.",
    ),
    "dims-last": ("The last dim is {last}, or -1.", "마지막 dim은 {last} 또는 -1입니다."),
    "dims-last-new": (
        "A new last dim is {last}, or -1.",
        "맨 뒤에 새 dim을 만들려면 {last} 또는 -1을 씁니다.",
    ),
    "dims-type": (
        "A dim is an integer; `{function}` got {value} ({type}).",
        "dim은 정수여야 합니다. `{function}`에 준 값은 {value} ({type})입니다.",
    ),
    "dims-one-at-a-time": (
        "`unsqueeze` takes one dim; {value} is of type {type}. Call it once for each new dim.",
        "`unsqueeze`에는 dim을 하나만 줄 수 있는데 {value} ({type})을(를) 주었습니다. 새 dim마다 한 번씩 호출하면 됩니다.",
    ),
    "dims-order-count": (
        "`permute` wants each of the {n} dims of {x} {shape} exactly once; it got {count}: {dims}.",
        "`permute`에는 {x} {shape}의 dim {n}개를 하나도 빠짐없이 한 번씩 써야 합니다. 받은 것은 {count}개입니다: {dims}.",
    ),
    "dims-order-repeated": (
        "`{function}` takes each dim once; {dims} names dim {dim} more than once.",
        "`{function}`에는 같은 dim을 두 번 쓸 수 없습니다. {dims}에는 dim {dim}이(가) 두 번 이상 있습니다.",
    ),
    "dims-transpose-count": (
        "`transpose` swaps two dims; it got {count}. To put all dims in a new order, use `permute`.",
        "`transpose`는 dim 두 개를 맞바꿉니다. 받은 dim은 {count}개입니다. 모든 dim의 순서를 정하려면 `permute`를 쓰세요.",
    ),
    "dims-flatten-order": (
        "`flatten` goes from `start_dim` to `end_dim`, and {start} (dim {first}) comes after {end} (dim {last}).",
        "`flatten`은 `start_dim`부터 `end_dim`까지 합치는데, {start}(dim {first})이(가) {end}(dim {last})보다 뒤에 있습니다.",
    ),
    "dims-matrix-at-most": (
        "`t` transposes a matrix; {x} {shape} has {n:dim}. `{x_}.mT` swaps the last two, `transpose` any two.",
        "`t`는 행렬을 전치합니다. {x} {shape}의 dim은 {n}개입니다. 마지막 두 dim은 `{x_}.mT`로, "
        "원하는 두 dim은 `transpose`로 바꿉니다.",
    ),
    "dims-matrix-at-least": (
        "`{function}` swaps the last two dims; {x} {shape} has only {n}.",
        "`{function}`은(는) 마지막 두 dim을 바꿉니다. {x} {shape}의 dim은 {n}개뿐입니다.",
    ),
    "dims-empty-reduction": (
        "{x} {shape} has no elements, so there is no `{function}` of it.",
        "{x} {shape}에는 원소가 없어서 `{function}`의 결과를 정할 수 없습니다.",
    ),
    "dims-empty-along": (
        "{x} {shape} has no elements, so there is no `{function}` of it along dim {dim}.",
        "{x} {shape}에는 원소가 없어서 dim {dim}을(를) 따라 `{function}`의 결과를 정할 수 없습니다.",
    ),
    # `x[…]`
    "indexing-flat": (
        "{x} is 0-d: it has no dim to index. `{x_}.item()` gives its number.",
        "{x}에는 dim이 없어서(0-d) 인덱스를 쓸 수 없습니다. `{x_}.item()`(으)로 값을 꺼내세요.",
    ),
    "indexing-many": (
        "{x} {shape} has {n:dim}, and the index takes {count}.",
        "{x} {shape}의 dim은 {n}개인데 인덱스는 dim {count}개에 걸칩니다.",
    ),
    "indexing-range": (
        "Dim {dim} of {x} {shape} has size {size}: indices go from {low} to {high}. {index} is outside.",
        "{x} {shape}의 dim {dim}은(는) 크기가 {size}이므로 인덱스는 {low}부터 {high}까지입니다. {index}은(는) 범위를 벗어납니다.",
    ),
    "indexing-range-empty": (
        "Dim {dim} of {x} {shape} has size 0: there is nothing to index.",
        "{x} {shape}의 dim {dim}은(는) 크기가 0이라 꺼낼 원소가 없습니다.",
    ),
    "indexing-range-tensor": (
        "Dim {dim} of {x} {shape} has size {size}: indices go from {low} to {high}. {index} holds {value}.",
        "{x} {shape}의 dim {dim}은(는) 크기가 {size}이므로 인덱스는 {low}부터 {high}까지입니다. {index}에 {value}이(가) 있습니다.",
    ),
    "indexing-mask": (
        "A mask has the sizes of the dims that it picks from: dim {at} of {mask} {shape_mask} has size {m}, "
        "dim {dim} of {x} {shape} has {n}.",
        "마스크의 크기는 골라낼 dim의 크기와 같아야 합니다. {mask} {shape_mask}의 dim {at}은(는) {m}, "
        "{x} {shape}의 dim {dim}은(는) {n}입니다.",
    ),
    "indexing-mask-later": (
        "`{fix}` uses it for dim {dim}, which has that size.",
        "`{fix}`(으)로 쓰면 크기가 같은 dim {dim}에 적용됩니다.",
    ),
    "indexing-type": (
        "An index is an integer, a slice, `None`, `...`, or a tensor of integers or bools; {index} is of type {type}.",
        "인덱스로는 정수, 슬라이스, `None`, `...`, 정수나 bool 텐서를 씁니다. {index}의 타입은 {type}입니다.",
    ),
    "indexing-dtype": (
        "A tensor as an index holds integers or bools; {index} is {dtype}.",
        "인덱스로 쓰는 텐서의 dtype은 정수나 bool이어야 합니다. {index}의 dtype은 {dtype}입니다.",
    ),
    "indexing-together": (
        "Index tensors pick elements together, so their shapes have to broadcast: {a} has {shape_a}, {b} has {shape_b}.",
        "인덱스 텐서들은 짝을 지어 원소를 고르므로 서로 브로드캐스트되어야 합니다. {a}의 shape는 {shape_a}, {b}의 shape는 "
        "{shape_b}입니다.",
    ),
    "indexing-step": (
        "A slice of a tensor goes forward: its step is 1 or more, not {step}.",
        "텐서 슬라이스는 앞으로만 갑니다. 간격은 1 이상이어야 하는데 {step}입니다.",
    ),
    "indexing-flip": (
        "`{fix}` turns the order around.",
        "순서를 뒤집으려면 `{fix}`을(를) 쓰세요.",
    ),
    "indexing-value": (
        "The place `{place}` has shape {wanted}, and {value} {shape} does not broadcast to it.",
        "`{place}`의 shape는 {wanted}인데 {value} {shape}은(는) 그 shape로 브로드캐스트되지 않습니다.",
    ),
    "indexing-value-mask": (
        "The mask {mask} picks {count:element}, and {value} {shape} has {given}.",
        "마스크 {mask}이(가) 고르는 원소는 {count}개인데 {value} {shape}의 원소는 {given}개입니다.",
    ),
    "indexing-value-type": (
        "What is assigned is a number or a tensor; {value} is of type {type}.",
        "대입할 수 있는 것은 숫자나 텐서입니다. {value}의 타입은 {type}입니다.",
    ),
    "indexing-value-dtype": (
        "With index tensors both sides need one dtype: {x} is {dtype_x}, {value} is {dtype}.",
        "인덱스 텐서로 대입할 때는 양쪽 dtype이 같아야 합니다. {x}의 dtype은 {dtype_x}, {value}의 dtype은 {dtype}입니다.",
    ),
    "indexing-overlap": (
        "`{place}` and {value} lie partly at the same places in memory, so that writing one changes what is still "
        "to be read.",
        "`{place}`과(와) {value}의 메모리가 일부 겹쳐서, 한쪽을 쓰면 아직 읽지 않은 값이 바뀝니다.",
    ),
    # functions that take an index or a mask
    "choosing-ndim": (
        "`{function}` wants an index with as many dims as {x} {shape}; {index} {shape_index} has {n}.",
        "`{function}`의 index는 {x} {shape}과(와) dim의 개수가 같아야 합니다. {index} {shape_index}의 dim은 {n}개입니다.",
    ),
    "choosing-size": (
        "Except along dim {dim}, the index of `{function}` may not be larger than {x} {shape}: "
        "dim {at} of {index} {shape_index} has size {n}, more than {m}.",
        "dim {dim}을(를) 빼면 `{function}`의 index는 {x} {shape}보다 클 수 없습니다. {index} {shape_index}의 dim {at}은(는) "
        "{n}(으)로 {m}보다 큽니다.",
    ),
    "choosing-along": (
        "`{function}` goes along dim {dim}, and the other dims broadcast: dim {at} of {x} {shape} has size {m}, "
        "of {index} {shape_index} it has {n}; they differ and neither is 1.",
        "`{function}`은(는) dim {dim}을(를) 따라 고르고 나머지 dim은 브로드캐스트합니다. {x} {shape}의 dim {at}은(는) {m}, "
        "{index} {shape_index}의 dim {at}은(는) {n}입니다. 서로 다르고 어느 쪽도 1이 아닙니다.",
    ),
    "choosing-source": (
        "`{function}` takes a value of the source for every index: dim {at} of {index} {shape_index} has size {n}, "
        "of {source} {shape_source} only {m}.",
        "`{function}`은(는) index마다 src의 값을 하나씩 씁니다. {index} {shape_index}의 dim {at}은(는) {n}인데 "
        "{source} {shape_source}은(는) {m}뿐입니다.",
    ),
    "choosing-source-dtype": (
        "`{function}` needs one dtype: {x} is {dtype_x}, {source} is {dtype}.",
        "`{function}`에서는 dtype이 같아야 합니다. {x}의 dtype은 {dtype_x}, {source}의 dtype은 {dtype}입니다.",
    ),
    "choosing-dtype": (
        "The index of `{function}` is int64 (long); {index} is {dtype}.",
        "`{function}`의 index는 int64(long)여야 합니다. {index}의 dtype은 {dtype}입니다.",
    ),
    "choosing-vector": (
        "`{function}` takes a 1-D index; {index} {shape_index} has {n:dim}.",
        "`{function}`의 index는 1-D여야 합니다. {index} {shape_index}의 dim은 {n}개입니다.",
    ),
    "choosing-range": (
        "Dim {dim} of {x} {shape} has size {size}, so `{function}` takes indices from {low} to {high}; "
        "{index} holds {value}.",
        "{x} {shape}의 dim {dim}은(는) 크기가 {size}이므로 `{function}`의 index는 {low}부터 {high}까지입니다. "
        "{index}에 {value}이(가) 있습니다.",
    ),
    "choosing-taken": (
        "`{function}` counts the {size:element} of {x} {shape} from {low} to {high}; {index} holds {value}.",
        "`{function}`은(는) {x} {shape}의 원소 {size}개를 {low}부터 {high}까지의 번호로 고릅니다. {index}에 {value}이(가) 있습니다.",
    ),
    "choosing-select": (
        "Dim {dim} of {x} {shape} has size {size}: indices go from {low} to {high}. {value} is outside.",
        "{x} {shape}의 dim {dim}은(는) 크기가 {size}이므로 인덱스는 {low}부터 {high}까지입니다. {value}은(는) 범위를 벗어납니다.",
    ),
    "choosing-mask": (
        "`{function}` takes a mask of bools; {mask} is {dtype}.",
        "`{function}`의 mask는 bool이어야 합니다. {mask}의 dtype은 {dtype}입니다.",
    ),
    "choosing-classes-dtype": (
        "`one_hot` takes class numbers as int64 (long); {x} is {dtype}.",
        "`one_hot`에는 클래스 번호를 int64(long)로 줍니다. {x}의 dtype은 {dtype}입니다.",
    ),
    "choosing-classes-negative": (
        "Class numbers begin at 0; {x} holds {value}.",
        "클래스 번호는 0부터입니다. {x}에 {value}이(가) 있습니다.",
    ),
    "choosing-classes-few": (
        "With `num_classes` {classes} the class numbers go from 0 to {high}; {x} holds {value}.",
        "`num_classes`가 {classes}이면 클래스 번호는 0부터 {high}까지입니다. {x}에 {value}이(가) 있습니다.",
    ),
    "choosing-embedding-dtype": (
        "`embedding` looks rows up by number, so it takes int64 or int32; {x} is {dtype}.",
        "`embedding`은 번호로 행을 찾으므로 int64나 int32가 필요합니다. {x}의 dtype은 {dtype}입니다.",
    ),
    "choosing-embedding-table": (
        "`embedding` takes a table of 2 dims, rows by features; {weight} {shape} has {n}.",
        "`embedding`의 weight는 (행, 특징)의 2-D여야 합니다. {weight} {shape}의 dim은 {n}개입니다.",
    ),
    "choosing-embedding-swapped": (
        "The indices come first, then the table: `{fix}` works.",
        "index가 먼저이고 weight가 다음입니다. `{fix}`(으)로 쓰면 됩니다.",
    ),
    "choosing-embedding-range": (
        "The table has {size} rows, numbered 0 to {high}; {x} holds {value}.",
        "임베딩 표의 행은 {size}개이고 번호는 0부터 {high}까지입니다. {x}에 {value}이(가) 있습니다.",
    ),
    # losses
    "losses-target-dtype": (
        "`{function}` takes class numbers as int64 (long); {target} is {dtype}.",
        "`{function}`에는 클래스 번호를 int64(long)로 줍니다. {target}의 dtype은 {dtype}입니다.",
    ),
    "losses-probabilities": (
        "A target of the input's shape holds probabilities, so it is floating point; {target} is {dtype}. "
        "For class numbers give shape {wanted}.",
        "target의 shape가 입력과 같으면 확률로 보므로 부동소수점이어야 합니다. {target}의 dtype은 {dtype}입니다. "
        "클래스 번호로 주려면 shape가 {wanted}이어야 합니다.",
    ),
    "losses-target-shape": (
        "The classes of {x} {shape} are in dim {dim}, so that the target's shape is {wanted}; {target} has {shape_target}.",
        "{x} {shape}에서 클래스는 dim {dim}이므로 target의 shape는 {wanted}이어야 합니다. {target}의 shape는 {shape_target}입니다.",
    ),
    "losses-classes": (
        "{x} {shape} scores {size} classes, numbered 0 to {high}; {target} holds {value}.",
        "{x} {shape}의 클래스는 {size}개이고 번호는 0부터 {high}까지입니다. {target}에 {value}이(가) 있습니다.",
    ),
    "losses-same-shape": (
        "`{function}` compares element by element, so both shapes are equal: {x} has {shape}, {target} has {shape_target}.",
        "`{function}`은(는) 원소끼리 비교하므로 shape가 같아야 합니다. {x}의 shape는 {shape}, {target}의 shape는 {shape_target}입니다.",
    ),
    "losses-float-target": (
        "`{function}` takes the target as floating point; {target} is {dtype}.",
        "`{function}`의 target은 부동소수점이어야 합니다. {target}의 dtype은 {dtype}입니다.",
    ),
    # layers
    "layers-ndim": (
        "`{function}` takes (N, C, {spatial}) or (C, {spatial}); {x} {shape} has {n:dim}.",
        "`{function}`에는 (N, C, {spatial}) 또는 (C, {spatial})인 텐서가 필요합니다. {x} {shape}의 dim은 {n}개입니다.",
    ),
    "layers-channels": (
        "`{function}` takes {wanted:channel}: its weight is {weight}, {layout}. {x} {shape} has {count}.",
        "`{function}`의 weight는 {weight}, 즉 {layout}이므로 채널이 {wanted}개여야 합니다. {x} {shape}의 채널은 {count}개입니다.",
    ),
    "layers-plain": ("(out, in / groups, …)", "(out, in / groups, …)"),
    "layers-transposed": ("(in, out / groups, …)", "(in, out / groups, …)"),
    "layers-groups": ("`groups` is {groups}.", "`groups`는 {groups}입니다."),
    "layers-outputs": (
        "`{function}` cuts the outputs into {groups:group}; {x} {shape} gives {count}, no multiple of {groups}.",
        "`{function}`은(는) 출력 채널을 {groups}개 그룹으로 나눕니다. {x} {shape}의 출력 채널은 {count}개라서 {groups}의 배수가 아닙니다.",
    ),
    "layers-kernel": (
        "The kernel of `{function}` reaches over {reach:element}, and dim {dim} of {x} {shape} has size {size}.",
        "`{function}`의 커널은 원소 {reach}개에 걸치는데 {x} {shape}의 dim {dim}은(는) {size}입니다.",
    ),
    "layers-padded": (
        "Padded by {padding} on both sides it has {room}.",
        "양쪽에 {padding}씩 패딩해도 {room}입니다.",
    ),
    "layers-dtype": (
        "`{function}` takes one dtype: {x} is {dtype}, {weight} is {dtype_weight}.",
        "`{function}`에 쓰는 텐서의 dtype은 같아야 합니다. {x}의 dtype은 {dtype}, {weight}의 dtype은 {dtype_weight}입니다.",
    ),
    "layers-half": (
        "`padding` of `{function}` is at most half of the window: it is {padding}, and the window is {kernel}.",
        "`{function}`의 `padding`은 커널 크기의 절반 이하여야 합니다. `padding`은 {padding}, 커널 크기는 {kernel}입니다.",
    ),
    "layers-one-value": (
        "Batch norm takes mean and variance of each channel while it trains, and an input of shape {shape} has "
        "one value for each. It needs a larger batch; in `eval()` it uses the averages that it kept.",
        "배치 정규화는 학습할 때 채널마다 평균과 분산을 구하는데, shape가 {shape}인 입력에는 채널마다 값이 하나뿐입니다. "
        "더 큰 배치가 필요합니다. `eval()`에서는 저장해 둔 평균과 분산을 씁니다.",
    ),
    "layers-one-place": (
        "Instance norm takes mean and variance over the places of each channel, and an input of shape {shape} has one.",
        "인스턴스 정규화는 채널마다 공간 방향으로 평균과 분산을 구하는데, shape가 {shape}인 입력에는 위치가 하나뿐입니다.",
    ),
    "layers-normalized": (
        "`{function}` takes an input whose last dims are {wanted}; {x} is {shape}.",
        "`{function}`의 입력은 마지막 dim이 {wanted}이어야 합니다. {x}의 shape는 {shape}입니다.",
    ),
    "layers-normalized-none": (
        "`{function}` goes over the last dims, at least one; `normalized_shape` has none.",
        "`{function}`은(는) 마지막 dim을 하나 이상 정규화합니다. `normalized_shape`이 비어 있습니다.",
    ),
    "layers-weight": (
        "`{name}` of `{function}` has the shape of `normalized_shape`, {wanted}; {x} has {shape}.",
        "`{function}`의 `{name}`의 shape는 `normalized_shape`와 같은 {wanted}이어야 합니다. {x}의 shape는 {shape}입니다.",
    ),
    "layers-divided": (
        "`{function}` cuts the channels into {groups:group}; {x} {shape} has {count} channels, no multiple of {groups}.",
        "`{function}`은(는) 채널을 {groups}개 그룹으로 나눕니다. {x} {shape}의 채널은 {count}개라서 {groups}의 배수가 아닙니다.",
    ),
    "layers-state": (
        "`{function}` takes a state of shape {wanted}, {layout}; {x} has {shape}.",
        "`{function}`의 상태는 shape가 {wanted}, 즉 {layout}이어야 합니다. {x}의 shape는 {shape}입니다.",
    ),
    "layers-state-batch": ("(layers, batch, features)", "(레이어, 배치, 특징)"),
    "layers-state-alone": ("(layers, features)", "(레이어, 특징)"),
    "layers-shuffled": (
        "`{function}` takes channels in multiples of {factor} × {factor} = {square}; {x} {shape} has {count}.",
        "`{function}`의 채널 수는 {factor} × {factor} = {square}의 배수여야 합니다. {x} {shape}의 채널은 {count}개입니다.",
    ),
    "layers-spatial": (
        "`{name}` has a number for each dim after batch and channels: {x} {shape} has {n}, {sizes} has {count}.",
        "`{name}`에는 배치와 채널 뒤의 dim마다 숫자가 하나씩 필요합니다. {x} {shape}에는 {n}개인데 {sizes}은(는) {count}개입니다.",
    ),
    "layers-state-dims": (
        "With an input of {n:dim}, {x} {shape}, `{function}` takes a state of {n:dim}; {state} {shape_state} has {count}.",
        "입력 {x} {shape}의 dim이 {n}개이면 `{function}`의 상태도 dim이 {n}개여야 합니다. {state} {shape_state}의 dim은 {count}개입니다.",
    ),
    "layers-features": (
        "The attention was made for {wanted:feature}; the last dim of {x} {shape} is {size}.",
        "이 어텐션의 특징은 {wanted}개입니다. {x} {shape}의 마지막 dim은 {size}입니다.",
    ),
    "layers-attention": (
        "The attention mask {x} has shape {shape}; {wanted} is needed.",
        "어텐션 마스크 {x}의 shape는 {shape}인데 {wanted}이어야 합니다.",
    ),
    "layers-mask": (
        "That is (queries, keys), the same for all samples.",
        "(query 길이, key 길이)이며 모든 샘플에 똑같이 쓰입니다.",
    ),
    "layers-mask-heads": (
        "That is (batch · heads, queries, keys): one mask for each of {batch:sample} and each of {heads:head}.",
        "(배치 · 헤드, query 길이, key 길이)이며 샘플 {batch}개와 헤드 {heads}개마다 마스크가 하나씩입니다.",
    ),
    "layers-heads": (
        "The features are cut into heads of equal size: {features} is no multiple of {count}.",
        "특징은 헤드마다 똑같이 나뉘어야 합니다. {features}은(는) {count}의 배수가 아닙니다.",
    ),
    # modules
    "modules-prefix": (
        "Every key of the state dict begins with `{prefix}`, and the keys of this module don't: "
        "`{{key.removeprefix('{prefix}'): value for key, value in state.items()}}` takes it off.",
        "state dict의 키는 모두 `{prefix}`(으)로 시작하는데 이 모듈의 키는 그렇지 않습니다. "
        "`{{key.removeprefix('{prefix}'): value for key, value in state.items()}}`(으)로 떼어 내세요.",
    ),
    "modules-missing": (
        "The module has {count:key} that the state dict doesn't have: {keys}.",
        "모듈에 있는 키 {count}개가 state dict에 없습니다: {keys}.",
    ),
    "modules-unexpected": (
        "The state dict has {count:key} that the module doesn't have: {keys}.",
        "state dict에 있는 키 {count}개가 모듈에 없습니다: {keys}.",
    ),
    "modules-sizes": (
        "`{key}` has shape {given} in the state dict and {own} in the module.",
        "`{key}`의 shape는 state dict에서 {given}, 모듈에서 {own}입니다.",
    ),
    "modules-no-parameters": (
        "`{function}` got no parameters: `parameters()` gave none. A module finds layers that are its attributes or in an "
        "`nn.ModuleList`, not in a plain list.",
        "`{function}`에 넘긴 파라미터가 하나도 없습니다. 모듈은 속성이나 `nn.ModuleList`에 든 레이어만 찾고 일반 리스트에 든 레이어는 찾지 못합니다.",
    ),
    "modules-class": (
        "`{function}` is a class: calling it makes the loss, and the loss takes the tensors.",
        "`{function}`은(는) 클래스입니다. 호출하면 손실 함수 객체가 만들어지고, 텐서는 그 객체에 넘깁니다.",
    ),
    "modules-collated": (
        "The loader stacks the samples of a batch, and stacked tensors have one shape: {a} has {shape_a}, {b} has {shape_b}. "
        "Bring them to one size, or give the `DataLoader` a `collate_fn`.",
        "DataLoader는 배치의 샘플을 쌓으므로 shape가 모두 같아야 합니다. {a}의 shape는 {shape_a}, {b}의 shape는 {shape_b}입니다. "
        "크기를 맞추거나 `DataLoader`에 `collate_fn`을 주세요.",
    ),
    # sizes
    "sizes-dims": (
        "`{function}` takes a tensor of {wanted}; {x} {shape} has {n}.",
        "`{function}`에는 dim이 {wanted}인 텐서가 필요합니다. {x} {shape}의 dim은 {n}개입니다.",
    ),
    "sizes-exactly": ("{low:dim}", "{low}개"),
    "sizes-at-least": ("at least {low:dim}", "{low}개 이상"),
    "sizes-at-most": ("at most {high:dim}", "{high}개 이하"),
    "sizes-or": ("{low} or {high} dims", "{low}개나 {high}개"),
    "sizes-from-to": ("{low} to {high} dims", "{low}~{high}개"),
    "sizes-square": (
        "`{function}` takes square matrices; those of {x} {shape} are {m} by {n}.",
        "`{function}`에는 정사각 행렬이 필요합니다. {x} {shape}의 행렬은 {m}×{n}입니다.",
    ),
    "sizes-least": (
        "`{name}` of `{function}` is at least {least}; here it is {value}.",
        "`{function}`의 `{name}`은(는) {least} 이상이어야 하는데 {value}입니다.",
    ),
    "sizes-same": (
        "`{function}` needs one size in dim {i} of {a} {shape_a} and dim {j} of {b} {shape_b}: {m} and {n} differ.",
        "`{function}`에서는 {a} {shape_a}의 dim {i}과(와) {b} {shape_b}의 dim {j}이(가) 같아야 합니다. {m}과(와) {n}이(가) 다릅니다.",
    ),
    # arguments
    "arguments-tuple": (
        "`{function}` takes several dims as one tuple.",
        "`{function}`에 여러 dim을 줄 때는 튜플 하나로 묶습니다.",
    ),
    "arguments-type": (
        "`{name}` of `{function}` is of type {wanted}; {x} is of type {type}.",
        "`{function}`의 `{name}`은(는) {wanted} 타입이어야 합니다. {x}의 타입은 {type}입니다.",
    ),
    "arguments-reduction": (
        "`reduction` is `none`, `mean` or `sum`; `{value}` is none of them.",
        "`reduction`은 `none`, `mean`, `sum` 중 하나여야 하는데 `{value}`입니다.",
    ),
    "arguments-probability": (
        "`{name}` of `{function}` is a probability, from 0 to 1; here it is {value}.",
        "`{function}`의 `{name}`은(는) 0부터 1까지의 확률이어야 하는데 {value}입니다.",
    ),
    "arguments-dtype": (
        "`{name}` of `{function}` is {wanted}; here it is {dtype}.",
        "`{function}`의 `{name}`은(는) {wanted}이어야 하는데 {dtype}입니다.",
    ),
    "arguments-or": ("{a} or {b}", "{a}나 {b}"),
    "arguments-out": (
        "`out` of `{function}` has the dtype of {x}, {dtype}; {out} is {dtype_out}.",
        "`{function}`의 `out`의 dtype은 {x}과(와) 같은 {dtype}이어야 합니다. {out}의 dtype은 {dtype_out}입니다.",
    ),
    "arguments-step": (
        "`arange` goes from {start} to {end} in steps of {step}, which leads away from it or nowhere.",
        "`arange`는 {start}에서 {end}까지 {step} 간격으로 갑니다. 그 간격으로는 끝에서 멀어지거나 나아가지 않습니다.",
    ),
    "arguments-diagonal": (
        "`{function}` needs two dims; both are dim {dim}.",
        "`{function}`에는 서로 다른 dim 두 개가 필요한데 둘 다 dim {dim}입니다.",
    ),
    "arguments-moved": (
        "`{function}` takes as many on both sides: {source} has {m}, {destination} has {n}.",
        "`{function}`에 주는 두 목록의 길이는 같아야 합니다. {source}은(는) {m}개, {destination}은(는) {n}개입니다.",
    ),
    "arguments-most": (
        "`{name}` of `{function}` is at most the size of dim {dim} of {x} {shape}, {most}; here it is {value}.",
        "`{function}`의 `{name}`은(는) {x} {shape}의 dim {dim}의 크기 {most} 이하여야 하는데 {value}입니다.",
    ),
    "arguments-tensors": (
        "`torch.tensor` takes numbers, in lists; {x} holds tensors of several elements.",
        "`torch.tensor`에는 숫자나 숫자의 리스트를 줍니다. {x}에는 원소가 여럿인 텐서가 들어 있습니다.",
    ),
    "arguments-sizes": (
        "{x} is {sizes}: it has {count:size}, numbered {low} to {high}; {index} is outside.",
        "{x}은(는) {sizes}입니다. 크기가 {count}개라 번호는 {low}부터 {high}까지인데 {index}은(는) 범위를 벗어납니다.",
    ),
    "arguments-pads-odd": (
        "Pads come in pairs, before and after, from the last dim on; {pads} has {count}.",
        "패딩은 마지막 dim부터 앞뒤 한 쌍씩 줍니다. {pads}은(는) {count}개입니다.",
    ),
    "arguments-pads-many": (
        "{x} {shape} has {n:dim}, so that there are at most {most} pads; {pads} has {count}.",
        "{x} {shape}의 dim은 {n}개이므로 패딩은 {most}개까지 줄 수 있습니다. {pads}은(는) {count}개입니다.",
    ),
    "layers-init": (
        "{x} is not ready for layers and parameters yet: call `super().__init__()` before the first is assigned.",
        "{x}에 아직 레이어나 파라미터를 넣을 수 없습니다. 첫 대입 전에 `super().__init__()`을 호출하세요.",
    ),
    "layers-parameter": (
        "`{name}` of {x} is a parameter, and {value} is a plain tensor. `nn.Parameter({value_})` makes it one.",
        "{x}의 `{name}`은(는) 파라미터인데 {value}은(는) 일반 텐서입니다. `nn.Parameter({value_})`(으)로 감싸세요.",
    ),
    # dtypes
    "dtypes-cast": (
        "`{function}` writes into {x}, and {dtype} can't hold the result, which is {kind}.",
        "`{function}`은(는) 결과를 {x}에 쓰는데 {x}의 dtype은 {dtype}이라 {kind} 결과를 담을 수 없습니다.",
    ),
    "dtypes-new": (
        "Without the in-place form there is a new tensor that can.",
        "제자리(in-place) 연산이 아니면 결과에 맞는 새 텐서가 생깁니다.",
    ),
    "dtypes-bool-minus": (
        "torch has no `-` for bools, because it could mean two things.",
        "torch에서 bool에는 `-`를 쓸 수 없습니다. 뜻이 둘일 수 있기 때문입니다.",
    ),
    "dtypes-floats-only": (
        "`{function}` is for floating-point numbers; {x} is {dtype}.",
        "`{function}`은(는) 부동소수점 텐서에만 쓸 수 있습니다. {x}의 dtype은 {dtype}입니다.",
    ),
    "dtypes-integers-only": (
        "`{function}` works on the bits of integers and bools; {x} is {dtype}.",
        "`{function}`은(는) 정수나 bool의 비트를 다룹니다. {x}의 dtype은 {dtype}입니다.",
    ),
    "dtypes-negative-power": (
        "{x} is {dtype}, and an integer to the power {power} is no integer.",
        "{x}의 dtype은 {dtype}이고, 정수의 {power} 제곱은 정수가 아닙니다.",
    ),
    "dtypes-grad": (
        "Only floating-point and complex tensors can require gradients; {x} is {dtype}.",
        "gradient는 부동소수점이나 복소수 텐서에만 있습니다. {x}의 dtype은 {dtype}입니다.",
    ),
    "dtypes-grad-literal": (
        "Only floating-point and complex tensors can require gradients, and numbers without a point give {dtype}. "
        "Write them with a point, or add `dtype=torch.float32`.",
        "gradient는 부동소수점이나 복소수 텐서에만 있습니다. 소수점이 없는 수로 만들면 dtype이 {dtype}이(가) 됩니다. "
        "소수점을 붙이거나 `dtype=torch.float32`를 쓰세요.",
    ),
    # devices
    "devices-differ": (
        "{a} is on {device_a} and {b} is on {device_b}; an operation needs all its tensors on one device.",
        "{a}의 device는 {device_a}, {b}의 device는 {device_b}입니다. 연산에 쓰는 텐서는 모두 같은 device에 있어야 합니다.",
    ),
    "devices-meta": (
        "{x} is on the `meta` device: it has a shape and a dtype, but no values, and `{function}` needs values.",
        "{x}의 device는 `meta`입니다. shape와 dtype만 있고 값이 없는데 `{function}`에는 값이 필요합니다.",
    ),
    "devices-meta-copy": (
        "{x} is on the `meta` device and has no values to copy. `torch.empty_like({x_}, device=…)` makes "
        "a tensor of its shape elsewhere.",
        "{x}의 device는 `meta`라서 복사할 값이 없습니다. `torch.empty_like({x_}, device=…)`로 같은 shape의 텐서를 만들 수 있습니다.",
    ),
    # gradients
    "autograd-scalar": (
        "`backward` without an argument begins at one number; {x} {shape} has {count}.",
        "인수 없이 `backward`를 부르려면 값이 하나여야 합니다. {x} {shape}의 원소는 {count}개입니다.",
    ),
    "autograd-gradient": (
        "`backward` takes a gradient of the shape of {x}, {shape}; {gradient} has {shape_gradient}.",
        "`backward`에 주는 gradient의 shape는 {x}의 shape {shape}과(와) 같아야 합니다. {gradient}의 shape는 {shape_gradient}입니다.",
    ),
    "autograd-detached": (
        "{x} has no graph that a gradient could flow back through: its `requires_grad` is False and it has no `grad_fn`.",
        "{x}에는 gradient가 거슬러 올라갈 그래프가 없습니다. `requires_grad`가 False이고 `grad_fn`이 없습니다.",
    ),
    "autograd-cut": (
        "{step} in line {line} cut it: what went in requires a gradient, what came out doesn't.",
        "{line}번째 줄의 {step}에서 끊겼습니다. 들어간 텐서에는 gradient가 필요하지만 나온 텐서에는 없습니다.",
    ),
    "autograd-cut-no-grad": (
        "{step} in line {line} ran while gradients were switched off, as inside `torch.no_grad()`.",
        "{line}번째 줄의 {step}은(는) `torch.no_grad()` 안처럼 gradient 계산이 꺼진 상태에서 실행되었습니다.",
    ),
    "autograd-freed": (
        "The `backward` in line {line} freed what this graph had saved ({function}).",
        "{line}번째 줄의 `backward`가 이 그래프에 저장된 값({function})을 이미 지웠습니다.",
    ),
    "autograd-retain-graph": (
        "Compute the value again, or call the first one with `retain_graph=True`.",
        "값을 다시 계산하거나 첫 번째 호출에 `retain_graph=True`를 쓰세요.",
    ),
    "autograd-carried": (
        "It was called in an earlier round of the loop, and {names} of that round is part of this graph. "
        "`{fix}` leaves the graph of the earlier rounds behind.",
        "루프의 앞선 반복에서 호출된 것으로, 그때의 {names}이(가) 이 그래프에 이어져 있습니다. "
        "`{fix}`(으)로 앞선 반복의 그래프를 떼어 내세요.",
    ),
    "autograd-round": (
        "It was called there before, and something computed before that is part of this graph. "
        "Compute it again each time, or `.detach()` it.",
        "앞서 같은 줄에서 호출된 것으로, 그 전에 계산한 텐서가 이 그래프에 이어져 있습니다. 매번 다시 계산하거나 `.detach()`하세요.",
    ),
    "autograd-overwritten": (
        "`backward` needs {what} of {step}, and that tensor was changed in place since.",
        "`backward`에는 {step}의 {what} 필요한데, 그 텐서가 뒤에 제자리(in-place) 연산으로 바뀌었습니다.",
    ),
    "autograd-overwritten-inside": (
        "`backward` needs a tensor that a step inside {step} saved ({function}), and it was changed in place since.",
        "`backward`에는 {step} 안의 연산이 저장한 텐서({function})가 필요한데, 그 텐서가 뒤에 제자리(in-place) 연산으로 바뀌었습니다.",
    ),
    "autograd-overwritten-leaf": (
        "`backward` needs `{name}` as it was in {step}, and it was changed in place since.",
        "`backward`에는 {step}을(를) 계산할 때의 `{name}`이(가) 필요한데, 뒤에 제자리(in-place) 연산으로 바뀌었습니다.",
    ),
    "autograd-result": ("the result", "결과가"),
    "autograd-operand": ("an operand", "피연산자가"),
    "autograd-change": ("{change} in line {line} changed it.", "{line}번째 줄의 {change}에서 바뀌었습니다."),
    "autograd-overwritten-fix": (
        "The same without the in-place form leaves it as it was.",
        "제자리 연산 대신 새 텐서를 만드는 연산을 쓰면 됩니다.",
    ),
    "autograd-updated": (
        "{change} in line {line} updated it: call that after the last `backward` that needs it.",
        "{line}번째 줄의 {change}에서 갱신되었습니다. 이 값이 필요한 `backward`를 모두 부른 뒤에 호출하세요.",
    ),
    "autograd-leaf": (
        "{x} is a leaf that requires a gradient, and `{function}` would change it in place, "
        "which autograd can't follow.",
        "{x}은(는) gradient가 필요한 leaf입니다. `{function}`(으)로 제자리에서 바꾸면 autograd가 추적할 수 없습니다.",
    ),
    "autograd-leaf-no-grad": (
        "{x} is a view that {step} gave in line {line} while gradients were switched off, and `{function}` "
        "would change it in place, which autograd can't follow.",
        "{x}은(는) gradient 계산이 꺼진 상태에서 {line}번째 줄의 {step}(으)로 만든 view입니다. "
        "`{function}`(으)로 제자리에서 바꾸면 autograd가 추적할 수 없습니다.",
    ),
    "autograd-no-grad": (
        "Inside `with torch.no_grad():` it works.",
        "`with torch.no_grad():` 안에서 바꾸면 됩니다.",
    ),
    "autograd-leaf-view": (
        "{x} is a view of {leaf}, a leaf that requires a gradient, and `{function}` would change that in place.",
        "{x}은(는) gradient가 필요한 leaf {leaf}의 view입니다. `{function}`(으)로 바꾸면 그 leaf가 제자리에서 바뀝니다.",
    ),
    "autograd-many-views": (
        "{x} is one of several views that one call gave, and autograd can't follow in-place changes of those.",
        "{x}은(는) 한 번의 호출로 나온 여러 view 중 하나라서 제자리에서 바꾸면 autograd가 추적할 수 없습니다.",
    ),
    "autograd-numpy": (
        "{x} requires a gradient, and numpy would lose it.",
        "{x}은(는) gradient가 필요한 텐서인데 numpy로 바꾸면 gradient 추적이 끊깁니다.",
    ),
    "autograd-flag": (
        "{x} was computed ({grad_fn}), so whether it requires a gradient follows from what it came from.",
        "{x}은(는) 계산된 텐서({grad_fn})라서 `requires_grad`는 원래 텐서에 따라 정해집니다.",
    ),
    "autograd-retain": (
        "`retain_grad` keeps a gradient that passes through; {x} does not require one.",
        "`retain_grad`는 지나가는 gradient를 남겨 둡니다. {x}은(는) gradient가 필요 없는 텐서입니다.",
    ),
    "autograd-grad-shape": (
        "`.grad` has the shape of its tensor: {x} is {shape}, {value} is {shape_value}.",
        "`.grad`의 shape는 텐서의 shape와 같습니다. {x}의 shape는 {shape}, {value}의 shape는 {shape_value}입니다.",
    ),
    "autograd-grad-dtype": (
        "`.grad` has the dtype of its tensor: {x} is {dtype}, {value} is {dtype_value}.",
        "`.grad`의 dtype은 텐서의 dtype과 같습니다. {x}의 dtype은 {dtype}, {value}의 dtype은 {dtype_value}입니다.",
    ),
    "autograd-inputs": (
        "`grad` wants tensors that require a gradient; {x} does not.",
        "`grad`에는 gradient가 필요한 텐서를 줍니다. {x}의 `requires_grad`는 False입니다.",
    ),
    # names and arguments
    "attributes-called": (
        "`{name}` is an attribute, not a method: write `{x}.{name}` without the brackets.",
        "`{name}`은(는) 메서드가 아니라 속성입니다. 괄호 없이 `{x}.{name}`(으)로 쓰세요.",
    ),
    "attributes-dtype": (
        "`torch.{name}` is a dtype, which can't be called.",
        "`torch.{name}`은(는) dtype입니다. 함수가 아니므로 호출할 수 없습니다.",
    ),
    "attributes-value-called": (
        "{x} is of type {type}, which can't be called.",
        "{x}의 타입은 {type}입니다. 함수가 아니므로 호출할 수 없습니다.",
    ),
    "attributes-method": (
        "{x} is the method itself; `{x_}()` calls it.",
        "{x}은(는) 메서드 자체입니다. `{x_}()`(으)로 호출하세요.",
    ),
    "attributes-near": (
        "{x} has no `{name}`; it has {near}.",
        "{x}에는 `{name}`이(가) 없습니다. 비슷한 이름: {near}.",
    ),
    "attributes-numpy": (
        "`{name}` is numpy's; torch has `{torch}` for it.",
        "`{name}`은(는) numpy의 이름입니다. torch에서는 `{torch}`을(를) 씁니다.",
    ),
    "attributes-keyword": (
        "`{function}` has no keyword `{name}`; it has {known}.",
        "`{function}`에는 `{name}`이라는 키워드가 없습니다. 쓸 수 있는 키워드: {known}.",
    ),
    "attributes-missing": (
        "`{function}` also needs `{name}`, the dim that it works along; torch chooses none for {x} {shape}.",
        "`{function}`에는 `{name}`도 필요합니다. {x} {shape}의 어느 dim을 따라 계산할지 torch가 대신 고르지 않습니다.",
    ),
    "attributes-no-tensor": (
        "`{function}` takes a tensor; {x} is of type {type}.",
        "`{function}`에는 텐서를 주어야 합니다. {x}의 타입은 {type}입니다.",
    ),
    "attributes-unnamed": (
        "`{name}` is not defined here; it usually comes from `{import_}`.",
        "`{name}`이(가) 정의되지 않았습니다. 보통 `{import_}`(으)로 불러옵니다.",
    ),
    "attributes-pair": (
        "{x} is a pair of values and indices; `{x_}.values` is the tensor.",
        "{x}은(는) (values, indices) 쌍입니다. 텐서는 `{x_}.values`입니다.",
    ),
    # one truth, one number, a length
    "scalars-truth": (
        "{x} {shape} has {count} elements, and Python asks it for one truth. "
        "`.any()` asks whether any is true, `.all()` whether all are.",
        "{x} {shape}의 원소는 {count}개인데 Python은 참/거짓 하나를 묻습니다. "
        "하나라도 참인지는 `.any()`, 모두 참인지는 `.all()`로 묻습니다.",
    ),
    "scalars-truth-empty": (
        "{x} {shape} has no elements, so that it is neither true nor false. `.numel() == 0` asks for that.",
        "{x} {shape}에는 원소가 없어서 참도 거짓도 아닙니다. 비어 있는지는 `.numel() == 0`으로 묻습니다.",
    ),
    "scalars-chain": (
        "Python reads {x} as two comparisons joined by `and`, which asks a whole tensor for one truth. "
        "Join them with `&`, each in brackets.",
        "Python은 {x}을(를) `and`로 이은 비교 두 개로 읽으므로, 텐서 전체에 참/거짓 하나를 묻게 됩니다. "
        "각각 괄호로 묶어 `&`로 이으세요.",
    ),
    "scalars-compared": (
        "`{function}` wants one truth from each comparison, and comparing tensors of several elements gives several.",
        "`{function}`에서는 비교할 때마다 참/거짓 하나가 필요한데, 원소가 여럿인 텐서를 비교하면 여러 개가 나옵니다.",
    ),
    "scalars-equal": (
        "`torch.equal` compares two tensors as a whole, `is` asks for the very same one.",
        "텐서 전체가 같은지는 `torch.equal`, 같은 객체인지는 `is`로 확인하세요.",
    ),
    "scalars-extreme": (
        "`x.{function}()` is the {function} of all elements, `torch.{full}(x, y)` compares two tensors element by element.",
        "모든 원소의 {function}은(는) `x.{function}()`, 두 텐서를 원소끼리 비교하려면 `torch.{full}(x, y)`를 쓰세요.",
    ),
    "scalars-one": (
        "`{function}` gives one Python number; {x} {shape} has {count} elements.",
        "`{function}`은(는) Python 숫자 하나를 만듭니다. {x} {shape}의 원소는 {count}개입니다.",
    ),
    "scalars-list": ("`{fix}.tolist()` gives them all.", "모두 꺼내려면 `{fix}.tolist()`을(를) 쓰세요."),
    "scalars-torch": (
        "`torch.{function}` works on every element.",
        "원소마다 계산하려면 `torch.{function}`을(를) 쓰세요.",
    ),
    "scalars-length": (
        "{x} is 0-d: it has no dim, so no length. `{fix}.item()` gives its number.",
        "{x}에는 dim이 없어서(0-d) 길이도 없습니다. 값은 `{fix}.item()`(으)로 꺼냅니다.",
    ),
    "scalars-iteration": (
        "{x} is 0-d: there is no dim to go through. `{fix}.item()` gives its number.",
        "{x}에는 dim이 없어서(0-d) 반복할 수 없습니다. 값은 `{fix}.item()`(으)로 꺼냅니다.",
    ),
    "scalars-unpacking": (
        "Unpacking goes along dim 0; {x} {shape} gives {count}, and another number of names stands on the left.",
        "풀어서 대입하면 dim 0을 따라 나눕니다. {x} {shape}에서는 {count}개가 나오는데 왼쪽 이름의 개수가 다릅니다.",
    ),
    "scalars-index": (
        "`{function}` wants an integer; {x} is a tensor of {dtype} with shape {shape}.",
        "`{function}`에는 정수가 필요합니다. {x}은(는) shape {shape}, dtype {dtype}인 텐서입니다.",
    ),
}
