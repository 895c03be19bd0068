"""Reasons: attention and its masks."""

from __future__ import annotations

from typing import Literal, TypeAlias

from tensordrill.messages import Sentence

Name: TypeAlias = Literal[
    "attention-features", "attention-shape", "attention-padding", "attention-heads", "attention-dtype",
    "attention-mask", "attention-dims", "attention-sizes", "attention-scores",
    "attention-projected", "attention-batch-first",
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
    "attention-projected": (
        "The attention takes queries, keys and values of {wanted:feature}; the last dim of {x} {shape} is {size}. "
        "`{fix}` makes one for such features.",
        "이 어텐션은 특징이 {wanted}개인 query, key, value를 받습니다. {x} {shape}의 마지막 dim은 {size}입니다. "
        "이런 입력에는 `{fix}`(으)로 만든 어텐션을 쓰세요.",
    ),
    "attention-batch-first": (
        "`batch_first` is False, so that {x} {shape} is read as (length, batch, features). Made with `batch_first=True` it "
        "is (batch, length, features).",
        "`batch_first`가 False이므로 {x} {shape}은(는) (길이, 배치, 특징)으로 읽힙니다. `batch_first=True`로 만들면 "
        "(배치, 길이, 특징)으로 읽힙니다.",
    ),
}
