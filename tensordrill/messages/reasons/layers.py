"""Reasons: layers and their functions."""

from __future__ import annotations

from typing import Literal, TypeAlias

from tensordrill.messages import Sentence

Name: TypeAlias = Literal[
    
    "layers-one-value",
    "layers-one-place", "layers-normalized", "layers-normalized-none", "layers-weight", "layers-divided",
    "layers-shuffled", "layers-spatial",
    
    "layers-init", "layers-parameter",
    
    "layers-weights",
    "layers-grid", "layers-pads-dims", "layers-pads-most", 
    
    
    
    
    "layers-one-group",
    "layers-corners",
    "layers-transforms",
]  # fmt: skip

WORDS: dict[Name, Sentence] = {
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
    "layers-one-group": (
        "Group norm takes mean and variance of each group of channels, and here a group has one value.",
        "그룹 정규화는 채널의 그룹마다 평균과 분산을 구하는데, 여기서는 그룹마다 값이 하나뿐입니다.",
    ),
    "layers-corners": (
        "`align_corners` says how to interpolate between elements; mode `{mode}` does not, and takes none.",
        "`align_corners`는 원소 사이를 보간하는 방법을 정합니다. `{mode}` 모드는 보간하지 않으므로 줄 수 없습니다.",
    ),
    "layers-transforms": (
        "`{function}` takes a matrix for each of {count:picture} of {size}; {x} is {shape}.",
        "`{function}`에는 {size}의 이미지 {count}개마다 행렬이 하나씩 필요합니다. {x}의 shape는 {shape}입니다.",
    ),
}
