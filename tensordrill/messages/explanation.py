"""Words of explanations: the steps of a program, their pictures, and two programs compared."""

from __future__ import annotations

from typing import Literal, TypeAlias

from tensordrill.messages import Sentence

Name: TypeAlias = Literal[
    "explain-no-error", "explain-stride", "explain-nested", "explain-offset", "explain-new", "explain-not-contiguous",
    "explain-changed", "explain-more", "explain-printed", "explain-no-steps", "explain-failed",
    "strip-memory", "strip-order", "strip-empty", "strip-repeated", "strip-overlapping", "align-stretch",
    "align-added", "align-promoted", "align-contract", "align-gone", "align-kept", "align-joined",
    "align-new", "align-clash", "align-inner", "align-cat-clash", "align-stack-clash", "align-cannot",
    "align-cannot-grow", "align-in-place", "align-expand-dims", "align-no-dim", "align-cat-dims",
    "align-stack-dims", "align-scalar", "align-rank", "align-matmul-would", "align-bmm", "align-addmm",
    "merge-dims", "merge-can", "merge-cannot", "merge-free", "merge-fits", "merge-blocked", "corners",
    "explain-title", "explain-picture", "strip-spoken", "compare-yours",
    "compare-same", "compare-mark", "compare-elsewhere", "explain-lines", "numbered", "numbered-memory",
    "line-spoken", "walk-along", "walk-spoken", "cells-gather", "cells-index", "cells-spoken",
    "picture-yours", "picture-solution", "explain-run-instead", "explain-errors", "explain-refused-files",
]  # fmt: skip
Relation: TypeAlias = Literal["same", "view", "copy"]
Ending: TypeAlias = Literal["timeout", "crashed"]
Adjustment: TypeAlias = Literal["workers", "files"]

WORDS: dict[Name, Sentence] = {
    "explain-no-error": (
        "{path} ran to its end: nothing failed. --steps shows its steps ({count}).",
        "{path} 파일이 끝까지 실행되었습니다. 단계 {count}개, 에러 없음. --steps로 볼 수 있습니다.",
    ),
    "explain-run-instead": (
        "`{command}` runs it in a process of its own, where nothing is refused, and explains what raises.",
        "`{command}`: 제한 없이 별도의 프로세스에서 실행하고, 에러가 나면 이유를 보여 줍니다.",
    ),
    "explain-stride": ("stride {stride}", "stride {stride}"),
    "explain-nested": (
        "{operand} is nested: {count:piece} of shape {shapes}",
        "{operand}: 중첩 텐서, 조각 {count}개의 shape {shapes}",
    ),
    "explain-offset": ("offset {offset}", "offset {offset}"),
    "explain-new": ("new memory", "새 메모리"),
    "explain-not-contiguous": ("not contiguous", "contiguous 아님"),
    "explain-changed": ("changes {names}", "값이 바뀐 텐서: {names}"),
    "explain-more": ("… steps not shown: {count}", "… 외 {count}단계 더"),
    "explain-printed": ("It printed:", "출력:"),
    "explain-errors": ("On standard error:", "표준 에러:"),
    "explain-refused-files": (
        "Here a script reads its own folder and what is installed, and nothing else. It writes with Python's functions "
        "and `torch.save`.",
        "여기서 스크립트는 자기 폴더와 설치된 패키지만 읽을 수 있고, Python 함수와 `torch.save`로만 쓸 수 있습니다.",
    ),
    "explain-no-steps": ("No step gave a tensor.", "텐서를 만든 단계가 없습니다."),
    "explain-failed": ("line {line}", "{line}번째 줄"),
    "strip-memory": ("memory", "메모리"),
    "strip-order": ("order", "순서"),
    "strip-empty": ("no element: no cell is read", "원소가 없어서 읽는 칸도 없습니다"),
    "strip-repeated": (
        "each cell is read {times} times: writing one element changes {times}",
        "칸마다 {times}번씩 읽습니다. 원소 하나에 쓰면 {times}개가 바뀝니다",
    ),
    "strip-overlapping": (
        "elements overlap: some cells are read more than once",
        "원소가 겹칩니다. 여러 번 읽는 칸이 있습니다",
    ),
    "align-stretch": ("{names}: 1 stretches to {size}", "{names}: 1 → {size} (늘어남)"),
    "align-added": (
        "{names}: no dim here, used for each of the {size}",
        "{names}: 차원이 없어 {size}개 모두에 씁니다",
    ),
    "align-promoted": (
        "{names}: 1-D, so a 1 is added and removed again",
        "{names}: 1차원이라 1을 붙였다가 다시 뗍니다",
    ),
    "align-contract": ("{size} = {size}, contracted", "{size} = {size}: 곱해서 더하면 없어지는 차원"),
    "align-gone": ("reduced: this dim goes", "연산 후 없어지는 차원"),
    "align-kept": ("reduced, kept as 1", "연산 후 1로 남는 차원"),
    "align-joined": ("{sizes}: this dim adds up", "{sizes}: 이어 붙이는 차원"),
    "align-new": ("new dim, one for each of the {count}", "새 차원: 텐서 {count}개"),
    "align-clash": (
        "{left} against {right}: dims align from the right, and neither is 1",
        "{left} ≠ {right}: 오른쪽부터 맞추는데 둘 다 1이 아닙니다",
    ),
    "align-inner": (
        "{left} against {right}: these two have to be equal",
        "{left} ≠ {right}: 두 크기가 같아야 합니다",
    ),
    "align-cat-clash": (
        "{sizes}: only the dim that is joined may differ",
        "{sizes}: 이어 붙이는 차원만 달라도 됩니다",
    ),
    "align-stack-clash": ("{sizes}: all shapes have to be equal", "{sizes}: shape가 모두 같아야 합니다"),
    "align-cannot": ("{size}: only a 1 can stretch", "{size}: 1만 늘릴 수 있습니다"),
    "align-cannot-grow": ("{name} would have to grow here", "{name}: 여기서 커져야 합니다"),
    "align-in-place": (
        "{name} is written in place, so it keeps its shape and can't stretch",
        "{name}: 제자리(in-place) 연산이라 shape를 바꿀 수 없습니다",
    ),
    "align-expand-dims": (
        "{name} has {have} dims; the new shape names only {want}",
        "{name}: {have}차원인데 새 shape에는 {want}개만 있습니다",
    ),
    "align-no-dim": ("dims {dims}: {name} has {have} dims", "dim {dims}: {name}의 차원은 {have}개입니다"),
    "align-cat-dims": (
        "all need the same number of dims, at least one, and a dim {dim}",
        "모두 차원 수가 같고(1차원 이상) {dim}번 차원이 있어야 합니다",
    ),
    "align-stack-dims": (
        "all need the same shape, and room for a dim {dim}",
        "shape가 모두 같고 {dim}번 차원을 넣을 자리가 있어야 합니다",
    ),
    "align-scalar": (
        "{name} has no dims; a product needs at least one",
        "{name}: 0차원이라 곱할 수 없습니다",
    ),
    "align-rank": (
        "{name} is {have}-D; {function} takes {want}-D there",
        "{name}: {have}차원. {function}에는 {want}차원이 필요합니다",
    ),
    "align-matmul-would": (
        "matmul would take these",
        "matmul이라면 됩니다",
    ),
    "align-bmm": (
        "bmm does not broadcast: both batches need one size",
        "bmm은 브로드캐스팅하지 않아 배치 크기가 같아야 합니다",
    ),
    "align-addmm": (
        "{name}, {have}, can't stretch to {want}",
        "{name}: {have}에서 {want}까지 늘릴 수 없습니다",
    ),
    "merge-dims": ("dims {outer}, {inner}", "{outer}번, {inner}번 차원"),
    "merge-can": ("can merge", "합칠 수 있음"),
    "merge-cannot": ("can't merge", "합칠 수 없음"),
    "merge-free": (
        "size 1 (dim {dims}): its stride does not matter",
        "크기 1({dims}번 차원): stride는 상관없음",
    ),
    "merge-fits": (
        "{target} needs no other merge: a view will do",
        "{target}: 더 합칠 필요가 없어 view로 충분합니다",
    ),
    "merge-blocked": (
        "The {size} of {target} needs dims {outer} and {inner} merged: view refuses, reshape copies.",
        "{target}의 {size}에는 {outer}번과 {inner}번 차원을 합쳐야 합니다. view는 거부하고 reshape는 복사합니다.",
    ),
    "corners": ("{shape} = {numel:element}, too many to draw", "{shape} = {numel}개라 전부 그리지 않습니다"),
    "explain-title": ("What torch did, step by step", "torch가 한 일, 한 단계씩"),
    "explain-picture": ("picture", "그림"),
    "strip-spoken": (
        "In order, the tensor reads cells {cells} of its memory, which hold {texts}",
        "텐서는 메모리의 {cells}번 칸을 차례로 읽으며 그 값은 {texts}입니다",
    ),
    "compare-yours": ("your program", "내 프로그램"),
    "compare-same": ("Both have the same steps.", "두 프로그램의 단계가 같습니다."),
    "compare-mark": ("≠ is the first step that differs.", "≠ 표시는 처음으로 달라진 단계입니다."),
    "compare-elsewhere": (
        "Their tensors agree; the verdict says what differs.",
        "텐서는 서로 같습니다. 무엇이 다른지는 채점 결과를 보세요.",
    ),
    "numbered": (
        "the numbers count the elements, whose values would tell nothing",
        "값으로는 구별되지 않아 원소 번호로 나타냈습니다",
    ),
    "numbered-memory": (
        "the numbers count the cells, whose values are all alike",
        "값이 모두 같아 칸 번호로 나타냈습니다",
    ),
    "line-spoken": (
        "In order, the elements {texts}: first cut into {before}, then into {after}",
        "차례대로 늘어놓은 원소 {texts}: 처음에는 {before}, 다음에는 {after}(으)로 끊습니다",
    ),
    "walk-along": (
        "along dim {dims}, {count} at a time; the first ones are marked",
        "dim {dims} 방향으로 {count}개씩. 표시한 것이 첫 번째입니다",
    ),
    "walk-spoken": (
        "{given} becomes {result}: elements are taken together along dim {dims}, {count} at a time, first {texts}",
        "{given}에서 {result}: dim {dims} 방향으로 {count}개씩 함께 씁니다. 첫 번째는 {texts}입니다",
    ),
    "cells-gather": (
        "result[{place}] = input[{source}]",
        "result[{place}] = input[{source}]",
    ),
    "cells-index": ("index {shape}", "index {shape}"),
    "cells-spoken": (
        "Of {given}, the elements {texts} are taken; the result is {result}",
        "{given}에서 원소 {texts}을(를) 꺼내면 {result}입니다",
    ),
    "picture-yours": ("yours", "내 코드"),
    "picture-solution": ("a solution", "정답 예"),
    "explain-lines": (
        "Type a line; each tensor that it makes is explained. :q or ^D ends.",
        "코드를 한 줄씩 입력하면 만들어지는 텐서를 설명합니다. 끝내려면 :q 또는 ^D를 누르세요.",
    ),
}
ADJUSTMENTS: dict[Adjustment, Sentence] = {
    "workers": (
        "`num_workers` was taken as 0: no processes are started here. `{command}` starts them.",
        "여기서는 프로세스를 만들 수 없어 `num_workers`를 0으로 두었습니다. `{command}`: 그대로 실행합니다.",
    ),
    "files": (
        "What it wrote went to a scratch folder that is gone now. `{command}` keeps it.",
        "스크립트가 쓴 파일은 임시 폴더에 있다가 사라졌습니다. `{command}`: 파일이 남습니다.",
    ),
}
"""The deviations of a script's run from its text, with the command that runs it as it is."""
RELATIONS: dict[Relation, Sentence] = {
    "same": ("the same tensor as {of}", "같은 텐서: {of}"),
    "view": ("view of {of}", "{of}의 view"),
    "copy": ("copy of {of}", "{of}의 복사본"),
}
"""The relation of a tensor's memory to that of an earlier one."""
ENDINGS: dict[Ending, Sentence] = {
    "timeout": (
        "It did not end in time, so it was stopped.",
        "제시간에 끝나지 않아 중단했습니다.",
    ),
    "crashed": ("It ended the process that ran it.", "실행하던 프로세스를 끝내 버렸습니다."),
}
"""The endings of a program that did not end by itself."""
