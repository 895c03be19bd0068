"""Reasons: layers and their functions."""

from __future__ import annotations

from typing import Literal, TypeAlias

from tensordrill.messages import Sentence

Name: TypeAlias = Literal[
    "layers-ndim", "layers-channels", "layers-plain", "layers-transposed", "layers-groups",
    "layers-outputs", "layers-kernel", "layers-padded", "layers-half", "layers-one-value",
    "layers-one-place", "layers-normalized", "layers-normalized-none", "layers-weight", "layers-divided",
    "layers-shuffled", "layers-spatial",
    
    "layers-init", "layers-parameter",
    "layers-same", "layers-empty",
    "layers-weights",
    "layers-grid", "layers-pads-dims", "layers-pads-most", 
    "layers-unpooled",
    
    
    
    "layers-one-group",
]  # fmt: skip

WORDS: dict[Name, Sentence] = {
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
    "layers-shuffled": (
        "`{function}` takes channels in multiples of {factor} × {factor} = {square}; {x} {shape} has {count}.",
        "`{function}`의 채널 수는 {factor} × {factor} = {square}의 배수여야 합니다. {x} {shape}의 채널은 {count}개입니다.",
    ),
    "layers-spatial": (
        "`{name}` has a number for each dim after batch and channels: {x} {shape} has {n}, {sizes} has {count}.",
        "`{name}`에는 배치와 채널 뒤의 dim마다 숫자가 하나씩 필요합니다. {x} {shape}에는 {n}개인데 {sizes}은(는) {count}개입니다.",
    ),
    "layers-init": (
        "{x} is not ready for layers and parameters yet: call `super().__init__()` before the first is assigned.",
        "{x}에 아직 레이어나 파라미터를 넣을 수 없습니다. 첫 대입 전에 `super().__init__()`을 호출하세요.",
    ),
    "layers-parameter": (
        "`{name}` of {x} is a parameter, and {value} is a plain tensor. `nn.Parameter({value_})` makes it one.",
        "{x}의 `{name}`은(는) 파라미터인데 {value}은(는) 일반 텐서입니다. `nn.Parameter({value_})`(으)로 감싸세요.",
    ),
    "layers-same": (
        "`padding='same'` gives an output of the input's size, which a stride of {stride} does not.",
        "`padding='same'`이면 출력 크기가 입력과 같아야 하는데 stride가 {stride}이면 그럴 수 없습니다.",
    ),
    "layers-empty": (
        "`{function}` takes at least one element in each dim but the batch; dim {dim} of {x} {shape} has size 0.",
        "`{function}`에서는 배치를 뺀 모든 dim에 원소가 있어야 합니다. {x} {shape}의 dim {dim}은(는) 크기가 0입니다.",
    ),
    "layers-weights": (
        "`{function}` takes one weight for a tensor without channels, of fewer than 2 dims; {x} has shape {shape}.",
        "채널이 없는(dim이 2개보다 적은) 텐서에 쓰는 `{function}`의 weight는 하나여야 합니다. {x}의 shape는 {shape}입니다.",
    ),
    "layers-grid": (
        "The last dim of the grid has a number for each dim after batch and channels: {x} {shape} has {count}, {grid} is {shape_grid}.",
        "grid의 마지막 dim에는 배치와 채널 뒤의 dim마다 좌표가 하나씩 필요합니다. {x} {shape}에는 {count}개인데 {grid}의 shape는 {shape_grid}입니다.",
    ),
    "layers-pads-dims": (
        "With mode `{mode}`, {count:pair} of pads {count:takes|take} a tensor of {low} or {high} dims; {x} {shape} has {n}.",
        "`{mode}` 모드에서 패딩 {count}쌍을 주려면 dim이 {low}개나 {high}개여야 합니다. {x} {shape}의 dim은 {n}개입니다.",
    ),
    "layers-pads-most": (
        "With mode `{mode}`, dim {dim} of {x} {shape} is padded with its own elements, by at most {most} on a side; here it is {pad}.",
        "`{mode}` 모드에서는 {x} {shape}의 dim {dim}을(를) 그 원소로 채우므로 한쪽에 {most}까지만 패딩할 수 있는데 {pad}입니다.",
    ),
    "layers-unpooled": (
        "The output has {sizes} places for each channel, numbered 0 to {high}; {indices} holds {value}.",
        "출력은 채널마다 크기가 {sizes}이고 원소 번호는 0부터 {high}까지입니다. {indices}에 {value}이(가) 있습니다.",
    ),
    "layers-one-group": (
        "Group norm takes mean and variance of each group of channels, and here a group has one value.",
        "그룹 정규화는 채널의 그룹마다 평균과 분산을 구하는데, 여기서는 그룹마다 값이 하나뿐입니다.",
    ),
}
