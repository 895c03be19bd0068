"""Reasons: tensors on different devices, and values that the meta device does not have."""

from __future__ import annotations

from typing import Literal, TypeAlias

from tensordrill.messages import Sentence

Name: TypeAlias = Literal[
    "devices-differ", "devices-meta", "devices-meta-copy", "devices-no-cuda", "devices-unknown"
]

WORDS: dict[Name, Sentence] = {
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
    "devices-no-cuda": (
        "This build of torch can't use a GPU. `'cuda' if torch.cuda.is_available() else 'cpu'` is the device that is there.",
        "설치된 torch는 GPU를 쓸 수 없습니다. `'cuda' if torch.cuda.is_available() else 'cpu'`로 있는 device를 고르세요.",
    ),
    "devices-unknown": (
        "`{name}` names no device: `cpu` is the processor, `cuda` an NVIDIA or AMD GPU, `mps` Apple's.",
        "장치 이름 중에 `{name}`은(는) 없습니다. `cpu`는 프로세서, `cuda`는 NVIDIA나 AMD의 GPU, `mps`는 Apple의 GPU입니다.",
    ),
}
