"""Reasons: convolutions and pools."""

from __future__ import annotations

from typing import Literal, TypeAlias

from tensordrill.messages import Sentence

Name: TypeAlias = Literal[
    "convolutions-ndim", "convolutions-channels", "convolutions-plain", "convolutions-transposed", "convolutions-groups", "convolutions-outputs", "convolutions-kernel", "convolutions-padded", "convolutions-half", "convolutions-same", "convolutions-empty", "convolutions-unpooled",
    "convolutions-alone", "convolutions-settings", "convolutions-output-padding",
    "convolutions-columns", "convolutions-blocks",
]  # fmt: skip

WORDS: dict[Name, Sentence] = {
    "convolutions-ndim": (
        "`{function}` takes (N, C, {spatial}) or (C, {spatial}); {x} {shape} has {n:dim}.",
        "`{function}`에는 (N, C, {spatial}) 또는 (C, {spatial})인 텐서가 필요합니다. {x} {shape}의 dim은 {n}개입니다.",
    ),
    "convolutions-channels": (
        "`{function}` takes {wanted:channel}: its weight is {weight}, {layout}. {x} {shape} has {count}.",
        "`{function}`의 weight는 {weight}, 즉 {layout}이므로 채널이 {wanted}개여야 합니다. {x} {shape}의 채널은 {count}개입니다.",
    ),
    "convolutions-plain": ("(out, in / groups, …)", "(out, in / groups, …)"),
    "convolutions-transposed": ("(in, out / groups, …)", "(in, out / groups, …)"),
    "convolutions-groups": ("`groups` is {groups}.", "`groups`는 {groups}입니다."),
    "convolutions-outputs": (
        "`{function}` cuts the outputs into {groups:group}; {x} {shape} gives {count}, no multiple of {groups}.",
        "`{function}`은(는) 출력 채널을 {groups}개 그룹으로 나눕니다. {x} {shape}의 출력 채널은 {count}개라서 {groups}의 배수가 아닙니다.",
    ),
    "convolutions-kernel": (
        "The kernel of `{function}` reaches over {reach:element}, and dim {dim} of {x} {shape} has size {size}.",
        "`{function}`의 커널은 원소 {reach}개에 걸치는데 {x} {shape}의 dim {dim}은(는) {size}입니다.",
    ),
    "convolutions-padded": (
        "Padded by {padding} on both sides it has {room}.",
        "양쪽에 {padding}씩 패딩해도 {room}입니다.",
    ),
    "convolutions-half": (
        "`padding` of `{function}` is at most half of the window: it is {padding}, and the window is {kernel}.",
        "`{function}`의 `padding`은 커널 크기의 절반 이하여야 합니다. `padding`은 {padding}, 커널 크기는 {kernel}입니다.",
    ),
    "convolutions-same": (
        "`padding='same'` gives an output of the input's size, which a stride of {stride} does not.",
        "`padding='same'`이면 출력 크기가 입력과 같아야 하는데 stride가 {stride}이면 그럴 수 없습니다.",
    ),
    "convolutions-empty": (
        "`{function}` takes at least one element in each dim but the batch; dim {dim} of {x} {shape} has size 0.",
        "`{function}`에서는 배치를 뺀 모든 dim에 원소가 있어야 합니다. {x} {shape}의 dim {dim}은(는) 크기가 0입니다.",
    ),
    "convolutions-unpooled": (
        "The output has {sizes} places for each channel, numbered 0 to {high}; {indices} holds {value}.",
        "출력은 채널마다 크기가 {sizes}이고 원소 번호는 0부터 {high}까지입니다. {indices}에 {value}이(가) 있습니다.",
    ),
    "convolutions-alone": (
        "An input of {n:dim} is one sample, (C, {spatial}), without a batch.",
        "dim이 {n}개인 입력은 배치가 없는 샘플 하나, 즉 (C, {spatial})로 읽힙니다.",
    ),
    "convolutions-settings": (
        "`{name}` of `{function}` is one number for all spatial dims, or one for each of {count}; {numbers} has {n}.",
        "`{function}`의 `{name}`은(는) 숫자 하나이거나 공간 차원마다 하나씩 {count}개입니다. {numbers}에는 {n}개가 있습니다.",
    ),
    "convolutions-output-padding": (
        "`output_padding` of `{function}` chooses among the sizes that the stride leaves open, so it is smaller than "
        "`stride` or than `dilation`: here it is {extra}, and they are {stride} and {dilation}.",
        "`{function}`의 `output_padding`은 stride 때문에 정해지지 않는 출력 크기를 고르는 값이므로 `stride`나 `dilation`보다 작아야 합니다. "
        "여기서는 {extra}인데 `stride`는 {stride}, `dilation`은 {dilation}입니다.",
    ),
    "convolutions-columns": (
        "Each column of {x} {shape} is a block of {kernel} in each channel, so that its size is a multiple of {count}; it is {n}.",
        "{x} {shape}의 각 열은 채널마다 {kernel}인 블록이므로 크기가 {count}의 배수여야 하는데 {n}입니다.",
    ),
    "convolutions-blocks": (
        "With these settings an output of {output} has {blocks} = {count:block}, and {x} {shape} holds {n}: `{function}` "
        "takes the settings that `unfold` had.",
        "이 설정에서 출력 {output}에는 블록이 {blocks} = {count}개인데 {x} {shape}에는 {n}개가 있습니다. "
        "`{function}`에는 `unfold`와 같은 설정을 주어야 합니다.",
    ),
}
