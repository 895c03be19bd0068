"""Reasons: functions that take an index or a mask as an argument."""

from __future__ import annotations

from typing import Literal, TypeAlias

from tensordrill.messages import Sentence

Name: TypeAlias = Literal[
    "choosing-ndim", "choosing-size", "choosing-along", "choosing-source", "choosing-source-dtype",
    "choosing-dtype", "choosing-vector", "choosing-range", "choosing-taken", "choosing-select",
    "choosing-mask", "choosing-classes-dtype", "choosing-classes-negative", "choosing-classes-few",
    "choosing-embedding-dtype", "choosing-embedding-table", "choosing-embedding-swapped",
    "choosing-embedding-range",
]  # fmt: skip

WORDS: dict[Name, Sentence] = {
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
}
