"""Reasons: gradients, graphs, and tensors changed in place."""

from __future__ import annotations

from typing import Literal, TypeAlias

from tensordrill.messages import Sentence

Name: TypeAlias = Literal[
    "autograd-scalar", "autograd-scalar-grad", "autograd-gradient", "autograd-detached", "autograd-cut", "autograd-cut-no-grad",
    "autograd-freed", "autograd-retain-graph", "autograd-carried", "autograd-kept", "autograd-round", "autograd-overwritten",
    "autograd-overwritten-inside", "autograd-overwritten-leaf", "autograd-result", "autograd-operand",
    "autograd-change", "autograd-overwritten-fix", "autograd-overwritten-list", "autograd-updated", "autograd-leaf",
    "autograd-leaf-no-grad", "autograd-no-grad", "autograd-leaf-view", "autograd-many-views",
    "autograd-numpy", "autograd-flag", "autograd-retain", "autograd-grad-shape", "autograd-grad-dtype",
    "autograd-inputs",
    "autograd-arrays",
    "autograd-create-graph", "autograd-unused", "autograd-numpy-dtype",
]  # fmt: skip

WORDS: dict[Name, Sentence] = {
    "autograd-scalar": (
        "`backward` without an argument begins at one number; {x} {shape} has {count}.",
        "인수 없이 `backward`를 부르려면 값이 하나여야 합니다. {x} {shape}의 원소는 {count}개입니다.",
    ),
    "autograd-scalar-grad": (
        "`grad` without `grad_outputs` begins at one number; {x} {shape} has {count}.",
        "`grad_outputs` 없이 `grad`를 부르려면 값이 하나여야 합니다. {x} {shape}의 원소는 {count}개입니다.",
    ),
    "autograd-gradient": (
        "`backward` takes a gradient of the shape of {x}, {shape}; {gradient} has {shape_gradient}.",
        "`backward`에 주는 gradient의 shape는 {x}의 shape {shape}과(와) 같아야 합니다. {gradient}의 shape는 {shape_gradient}입니다.",
    ),
    "autograd-detached": (
        "{x} has no graph that a gradient could flow back through: its `requires_grad` is False and it has no `grad_fn`.",
        "{x}에는 gradient가 거슬러 올라갈 그래프가 없습니다. `requires_grad`가 False이고 `grad_fn`이 없습니다.",
    ),
    "autograd-cut": (
        "{step} in line {line} cut it: what went in requires a gradient, what came out doesn't.",
        "{line}번째 줄의 {step}에서 끊겼습니다. 들어간 텐서에는 gradient가 필요하지만 나온 텐서에는 없습니다.",
    ),
    "autograd-cut-no-grad": (
        "{step} in line {line} ran while gradients were switched off, as inside `torch.no_grad()`.",
        "{line}번째 줄의 {step}은(는) `torch.no_grad()` 안처럼 gradient 계산이 꺼진 상태에서 실행되었습니다.",
    ),
    "autograd-freed": (
        "The `backward` in line {line} freed what this graph had saved ({function}).",
        "{line}번째 줄의 `backward`가 이 그래프에 저장된 값({function})을 이미 지웠습니다.",
    ),
    "autograd-retain-graph": (
        "Compute the value again, or call the first one with `retain_graph=True`.",
        "값을 다시 계산하거나 첫 번째 호출에 `retain_graph=True`를 쓰세요.",
    ),
    "autograd-carried": (
        "It was called there before, in an earlier round or call, and {names} from then is part of this graph. "
        "`{fix}` leaves the graph of that time behind.",
        "앞선 반복이나 호출에서 이미 실행된 것으로, 그때의 {names}이(가) 이 그래프에 이어져 있습니다. "
        "`{fix}`(으)로 그때의 그래프를 떼어 내세요.",
    ),
    "autograd-kept": (
        "It was called there before, and {name}, which was computed before that, is part of this graph. "
        "Compute it again each time, or `.detach()` it.",
        "앞서 같은 줄에서 호출된 것으로, 그 전에 계산한 {name}이(가) 이 그래프에 이어져 있습니다. "
        "매번 다시 계산하거나 `.detach()`하세요.",
    ),
    "autograd-round": (
        "It was called there before, and something computed before that is part of this graph. "
        "Compute it again each time, or `.detach()` it.",
        "앞서 같은 줄에서 호출된 것으로, 그 전에 계산한 텐서가 이 그래프에 이어져 있습니다. 매번 다시 계산하거나 `.detach()`하세요.",
    ),
    "autograd-overwritten": (
        "`backward` needs {what} of {step}, and that tensor was changed in place since.",
        "`backward`에는 {step}의 {what} 필요한데, 그 텐서가 뒤에 제자리(in-place) 연산으로 바뀌었습니다.",
    ),
    "autograd-overwritten-inside": (
        "`backward` needs a tensor that a step inside {step} saved ({function}), and it was changed in place since.",
        "`backward`에는 {step} 안의 연산이 저장한 텐서({function})가 필요한데, 그 텐서가 뒤에 제자리(in-place) 연산으로 바뀌었습니다.",
    ),
    "autograd-overwritten-leaf": (
        "`backward` needs `{name}` as it was in {step}, and it was changed in place since.",
        "`backward`에는 {step}을(를) 계산할 때의 `{name}`이(가) 필요한데, 뒤에 제자리(in-place) 연산으로 바뀌었습니다.",
    ),
    "autograd-result": ("the result", "결과가"),
    "autograd-operand": ("an operand", "피연산자가"),
    "autograd-change": ("{change} in line {line} changed it.", "{line}번째 줄의 {change}에서 바뀌었습니다."),
    "autograd-overwritten-fix": (
        "The same without the in-place form leaves it as it was.",
        "제자리 연산 대신 새 텐서를 만드는 연산을 쓰면 됩니다.",
    ),
    "autograd-overwritten-list": (
        "All views of a tensor count its changes together. A list of the steps that `torch.stack` joins changes none.",
        "한 텐서의 뷰들은 변경 횟수를 함께 셉니다. 값을 리스트에 모아 `torch.stack`으로 합치면 아무것도 바뀌지 않습니다.",
    ),
    "autograd-updated": (
        "{change} in line {line} updated it: call that after the last `backward` that needs it.",
        "{line}번째 줄의 {change}에서 갱신되었습니다. 이 값이 필요한 `backward`를 모두 부른 뒤에 호출하세요.",
    ),
    "autograd-leaf": (
        "{x} is a leaf that requires a gradient, and `{function}` would change it in place, "
        "which autograd can't follow.",
        "{x}은(는) gradient가 필요한 leaf입니다. `{function}`(으)로 제자리에서 바꾸면 autograd가 추적할 수 없습니다.",
    ),
    "autograd-leaf-no-grad": (
        "{x} is a view that {step} gave in line {line} while gradients were switched off, and `{function}` "
        "would change it in place, which autograd can't follow.",
        "{x}은(는) gradient 계산이 꺼진 상태에서 {line}번째 줄의 {step}(으)로 만든 view입니다. "
        "`{function}`(으)로 제자리에서 바꾸면 autograd가 추적할 수 없습니다.",
    ),
    "autograd-no-grad": (
        "Inside `with torch.no_grad():` it works.",
        "`with torch.no_grad():` 안에서 바꾸면 됩니다.",
    ),
    "autograd-leaf-view": (
        "{x} is a view of {leaf}, a leaf that requires a gradient, and `{function}` would change that in place.",
        "{x}은(는) gradient가 필요한 leaf {leaf}의 view입니다. `{function}`(으)로 바꾸면 그 leaf가 제자리에서 바뀝니다.",
    ),
    "autograd-many-views": (
        "{x} is one of several views that one call gave, and autograd can't follow in-place changes of those.",
        "{x}은(는) 한 번의 호출로 나온 여러 view 중 하나라서 제자리에서 바꾸면 autograd가 추적할 수 없습니다.",
    ),
    "autograd-numpy": (
        "{x} requires a gradient, and numpy would lose it.",
        "{x}은(는) gradient가 필요한 텐서인데 numpy로 바꾸면 gradient 추적이 끊깁니다.",
    ),
    "autograd-flag": (
        "{x} was computed ({grad_fn}), so whether it requires a gradient follows from what it came from.",
        "{x}은(는) 계산된 텐서({grad_fn})라서 `requires_grad`는 원래 텐서에 따라 정해집니다.",
    ),
    "autograd-retain": (
        "`retain_grad` keeps a gradient that passes through; {x} does not require one.",
        "`retain_grad`는 지나가는 gradient를 남겨 둡니다. {x}은(는) gradient가 필요 없는 텐서입니다.",
    ),
    "autograd-grad-shape": (
        "`.grad` has the shape of its tensor: {x} is {shape}, {value} is {shape_value}.",
        "`.grad`의 shape는 텐서의 shape와 같습니다. {x}의 shape는 {shape}, {value}의 shape는 {shape_value}입니다.",
    ),
    "autograd-grad-dtype": (
        "`.grad` has the dtype of its tensor: {x} is {dtype}, {value} is {dtype_value}.",
        "`.grad`의 dtype은 텐서의 dtype과 같습니다. {x}의 dtype은 {dtype}, {value}의 dtype은 {dtype_value}입니다.",
    ),
    "autograd-inputs": (
        "`grad` wants tensors that require a gradient; {x} does not.",
        "`grad`에는 gradient가 필요한 텐서를 줍니다. {x}의 `requires_grad`는 False입니다.",
    ),
    "autograd-arrays": (
        "`[each.detach() for each in {x}]` leaves the graph behind.",
        "`[each.detach() for each in {x}]`은(는) 그래프를 떼어 냅니다.",
    ),
    "autograd-create-graph": (
        "`{name}` comes from {code} in line {line}, which keeps the graph of its gradients only with `create_graph=True`.",
        "`{name}`은(는) {line}번째 줄의 {code}에서 왔습니다. `create_graph=True`를 주어야 gradient의 그래프가 남습니다.",
    ),
    "autograd-unused": (
        "{name} has no part in what the gradient is taken of. With `allow_unused=True` its gradient is None.",
        "{name}은(는) 미분하는 값의 계산에 쓰이지 않았습니다. `allow_unused=True`를 주면 그 gradient는 None입니다.",
    ),
    "autograd-numpy-dtype": (
        "numpy has no bfloat16, which {x} {shape} is.",
        "{x} {shape}의 dtype은 bfloat16인데 numpy에는 없습니다.",
    ),
}
