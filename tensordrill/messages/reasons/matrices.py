"""Reasons: matrices that have no inverse or no Cholesky factor."""

from __future__ import annotations

from typing import Literal, TypeAlias

from tensordrill.messages import Sentence

Name: TypeAlias = Literal[
    "matrices-singular", "matrices-definite",
]  # fmt: skip

WORDS: dict[Name, Sentence] = {
    "matrices-singular": (
        "A matrix in which a row is a sum of multiples of others is singular: it has no inverse, as one in {x} {shape}. "
        "`torch.linalg.pinv` and `lstsq` do without.",
        "한 행이 다른 행들의 일차 결합인 행렬은 특이 행렬이라서 역행렬이 없습니다. {x} {shape}에 그런 행렬이 있습니다. "
        "`torch.linalg.pinv`와 `lstsq`는 역행렬 없이 계산합니다.",
    ),
    "matrices-definite": (
        "`{function}` takes symmetric matrices whose eigenvalues are all greater than 0, as `a @ a.mT` plus a small "
        "multiple of `torch.eye`; {x} {shape} holds another one.",
        "`{function}`에는 고윳값이 모두 0보다 큰 대칭 행렬을 줍니다. `a @ a.mT`에 `torch.eye`의 작은 배수를 더한 것이 그렇습니다. "
        "{x} {shape}에는 그렇지 않은 행렬이 있습니다.",
    ),
}
