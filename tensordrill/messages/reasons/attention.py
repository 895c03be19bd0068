"""Reasons: attention and its masks."""

from __future__ import annotations

from typing import Literal, TypeAlias

from tensordrill.messages import Sentence

Name: TypeAlias = Literal[
    "attention-features", "attention-shape", "attention-padding", "attention-heads", "attention-dtype",
    "attention-mask", "attention-dims", "attention-sizes", "attention-scores",
]  # fmt: skip

WORDS: dict[Name, Sentence] = {
    "attention-features": (
        "The attention was made for {wanted:feature}; the last dim of {x} {shape} is {size}.",
        "이 어텐션의 특징은 {wanted}개입니다. {x} {shape}의 마지막 dim은 {size}입니다.",
    ),
    "attention-shape": (
        "The attention mask {x} has shape {shape}; {wanted} is needed.",
        "어텐션 마스크 {x}의 shape는 {shape}인데 {wanted}이어야 합니다.",
    ),
    "attention-padding": (
        "That is (batch, keys).",
        "(배치, key 길이)입니다.",
    ),
    "attention-heads": (
        "That is (batch · heads, queries, keys): one mask for each of {batch:sample} and each of {heads:head}.",
        "(배치 · 헤드, query 길이, key 길이)이며 샘플 {batch}개와 헤드 {heads}개마다 마스크가 하나씩입니다.",
    ),
    "attention-dtype": (
        "is bool or floating point",
        "dtype이 bool이나 부동소수점이어야",
    ),
    "attention-mask": (
        "That is (queries, keys), the same for all samples.",
        "(query 길이, key 길이)이며 모든 샘플에 똑같이 쓰입니다.",
    ),
    "attention-dims": (
        "With a query of {n:dim}, {a} {shape_a}, `{name}` has {wanted}; {b} {shape_b} has {count}.",
        "query {a} {shape_a}의 dim이 {n}개이면 `{name}`은(는) dim이 {wanted}여야 합니다. {b} {shape_b}의 dim은 {count}개입니다.",
    ),
    "attention-sizes": (
        "A padding mask is (batch, keys), or (keys,) of one sample: dim {dim} of {x} {shape} has size {size}, and {wanted} is needed.",
        "패딩 마스크는 (배치, key 길이)이고 샘플이 하나이면 (key 길이,)입니다. {x} {shape}의 dim {dim}은(는) {size}인데 {wanted}이어야 합니다.",
    ),
    "attention-scores": (
        "The attention mask {x} {shape} does not broadcast to {wanted}, (…, queries, keys).",
        "어텐션 마스크 {x} {shape}은(는) {wanted}, 즉 (…, query 길이, key 길이)로 브로드캐스트되지 않습니다.",
    ),
}
