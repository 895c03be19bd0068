"""Reasons: functions that take an index or a mask as an argument."""

from __future__ import annotations

from typing import Literal, TypeAlias

from tensordrill.messages import Sentence

Name: TypeAlias = Literal[
    "gather-ndim", "gather-size", "gather-along", "gather-source", 
    "gather-vector", "gather-range", "gather-taken", 
    "gather-classes-few",
    "gather-embedding-dtype", "gather-embedding-table", "gather-embedding-swapped",
    "gather-embedding-range",
    "gather-repeats", "gather-offsets", "gather-no-offsets",
]  # fmt: skip

WORDS: dict[Name, Sentence] = {
    "gather-ndim": (
        "`{function}` wants an index with as many dims as {x} {shape}; {index} {shape_index} has {n}.",
        "`{function}`의 index는 {x} {shape}과(와) dim의 개수가 같아야 합니다. {index} {shape_index}의 dim은 {n}개입니다.",
    ),
    "gather-size": (
        "Except along dim {dim}, the index of `{function}` may not be larger than {x} {shape}: "
        "dim {at} of {index} {shape_index} has size {n}, more than {m}.",
        "dim {dim}을(를) 빼면 `{function}`의 index는 {x} {shape}보다 클 수 없습니다. {index} {shape_index}의 dim {at}은(는) "
        "{n}(으)로 {m}보다 큽니다.",
    ),
    "gather-along": (
        "`{function}` goes along dim {dim}, and the other dims broadcast: dim {at} of {x} {shape} has size {m}, "
        "of {index} {shape_index} it has {n}; they differ and neither is 1.",
        "`{function}`은(는) dim {dim}을(를) 따라 고르고 나머지 dim은 브로드캐스트합니다. {x} {shape}의 dim {at}은(는) {m}, "
        "{index} {shape_index}의 dim {at}은(는) {n}입니다. 서로 다르고 어느 쪽도 1이 아닙니다.",
    ),
    "gather-source": (
        "`{function}` takes a value of the source for every index: dim {at} of {index} {shape_index} has size {n}, "
        "of {source} {shape_source} only {m}.",
        "`{function}`은(는) index마다 src의 값을 하나씩 씁니다. {index} {shape_index}의 dim {at}은(는) {n}인데 "
        "{source} {shape_source}은(는) {m}뿐입니다.",
    ),
    "gather-vector": (
        "`{function}` takes a 1-D index; {index} {shape_index} has {n:dim}.",
        "`{function}`의 index는 1-D여야 합니다. {index} {shape_index}의 dim은 {n}개입니다.",
    ),
    "gather-range": (
        "Dim {dim} of {x} {shape} has size {size}, so `{function}` takes indices from {low} to {high}; "
        "{index} holds {value}.",
        "{x} {shape}의 dim {dim}은(는) 크기가 {size}이므로 `{function}`의 index는 {low}부터 {high}까지입니다. "
        "{index}에 {value}이(가) 있습니다.",
    ),
    "gather-taken": (
        "`{function}` counts the {size:element} of {x} {shape} from {low} to {high}; {index} holds {value}.",
        "`{function}`은(는) {x} {shape}의 원소 {size}개를 {low}부터 {high}까지의 번호로 고릅니다. {index}에 {value}이(가) 있습니다.",
    ),
    "gather-classes-few": (
        "With `num_classes` {classes} the class numbers go from 0 to {high}; {x} holds {value}.",
        "`num_classes`가 {classes}이면 클래스 번호는 0부터 {high}까지입니다. {x}에 {value}이(가) 있습니다.",
    ),
    "gather-embedding-dtype": (
        "`embedding` looks rows up by number, so it takes int64 or int32; {x} is {dtype}.",
        "`embedding`은 번호로 행을 찾으므로 int64나 int32가 필요합니다. {x}의 dtype은 {dtype}입니다.",
    ),
    "gather-embedding-table": (
        "`embedding` takes a table of 2 dims, rows by features; {weight} {shape} has {n}.",
        "`embedding`의 weight는 (행, 특징)의 2-D여야 합니다. {weight} {shape}의 dim은 {n}개입니다.",
    ),
    "gather-embedding-swapped": (
        "The indices come first, then the table: `{fix}` works.",
        "index가 먼저이고 weight가 다음입니다. `{fix}`(으)로 쓰면 됩니다.",
    ),
    "gather-embedding-range": (
        "The table has {size} rows, numbered 0 to {high}; {x} holds {value}.",
        "임베딩 표의 행은 {size}개이고 번호는 0부터 {high}까지입니다. {x}에 {value}이(가) 있습니다.",
    ),
    "gather-repeats": (
        "`{function}` takes one count for all, or one for each place along {x} {shape}, {size} here; {repeats} has {n}.",
        "`{function}`에는 횟수를 하나만 주거나 {x} {shape}에서 따라가는 자리마다({size}개) 하나씩 줍니다. {repeats}의 원소는 {n}개입니다.",
    ),
    "gather-offsets": (
        "`{function}` of a vector needs `offsets`, the place in {x} {shape} where each bag begins.",
        "1-D 입력 {x} {shape}에 `{function}`을(를) 쓰려면 묶음마다 시작 위치인 `offsets`가 필요합니다.",
    ),
    "gather-no-offsets": (
        "Each row of {x} {shape} is a bag of its own, so that `{function}` takes no `offsets`.",
        "{x} {shape}에서는 행 하나가 묶음 하나이므로 `{function}`에 `offsets`를 줄 수 없습니다.",
    ),
}
