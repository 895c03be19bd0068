"""Provenance: the step in which a size of a failed call came to be.

Values of Korean sentences are followed by particles in both forms, as in `reasons`.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from tensordrill.messages import Sentence

Name: TypeAlias = Literal[
    "provenance-line", "provenance-file", "provenance-merged", "provenance-became", "provenance-joined",
    "provenance-dropped", "provenance-born", "provenance-until", "provenance-module", "provenance-program", "provenance-squeeze", "provenance-viewed", "provenance-rows",
    "provenance-callers", "provenance-call", "mend-fits", "mend-layer",
]  # fmt: skip

WORDS: dict[Name, Sentence] = {
    "provenance-line": ("in line {line}", "{line}번째 줄"),
    "provenance-file": ("in {file}:{line}", "{file}:{line}"),
    "provenance-program": ("in line {line} of the program", "프로그램의 {line}번째 줄"),
    "provenance-squeeze": (
        "Without a dim, `squeeze` drops a batch of 1, too.",
        "dim을 지정하지 않은 `squeeze`는 크기가 1인 배치 차원도 없앱니다.",
    ),
    "provenance-rows": (
        "{code} keeps dim 0: {shape}.",
        "{code}을(를) 쓰면 dim 0이 그대로 남습니다: {shape}.",
    ),
    "provenance-merged": (
        "{size} = {sizes}: {code} {where}, from {source}.",
        "{size} = {sizes}: {where}의 {code}, 원래 shape는 {source}입니다.",
    ),
    "provenance-viewed": (
        "{size} = {sizes}: a view made {shape} of {source}.",
        "{size} = {sizes}: view가 {source}을(를) {shape}(으)로 바꿨습니다.",
    ),
    "provenance-became": (
        "Dim {dim} became {size} {where}: {code}, from {source} to {shape}.",
        "{where}에서 dim {dim}의 크기가 {size}이(가) 되었습니다: {code}, {source} → {shape}.",
    ),
    "provenance-joined": (
        "Dim {dim} became {size} = {sizes} {where}: {code}.",
        "{where}에서 dim {dim}의 크기가 {size} = {sizes}이(가) 되었습니다: {code}.",
    ),
    "provenance-dropped": (
        "{code} {where} drops {count:dim|dims} {dims}: {source} becomes {shape}.",
        "{where}의 {code}에서 {count:dim|dim} {dims}이(가) 없어집니다: {source} → {shape}.",
    ),
    "provenance-born": (
        "{size} comes from {code} {where}: {shape}.",
        "{size}은(는) {where}의 {code} {shape}에서 온 크기입니다.",
    ),
    "provenance-until": (
        "Until then it was {was}, as it still is in {other}.",
        "그 전의 크기는 {was}입니다. {other}에서는 지금도 {was}입니다.",
    ),
    "provenance-module": ("in {module} ({type}) of {outermost}", "{outermost}의 {module} ({type})"),
    "provenance-callers": ("called by {calls}", "호출 순서: {calls}"),
    "provenance-call": ("{code} {where}", "{where} {code}"),
    "mend-fits": (
        "{code} {shape} would fit {other} {fits}.",
        "{code} {shape}은(는) {other} {fits}에 맞습니다.",
    ),
    "mend-layer": ("{code} would take it.", "이 입력은 {code}에 맞습니다."),
}
