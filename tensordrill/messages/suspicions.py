"""Words of what is suspicious in a run that ended well."""

from __future__ import annotations

from typing import Literal, TypeAlias

from tensordrill.messages import Sentence

Name: TypeAlias = Literal[
    "suspicions", "explain-suspicious", "suspicious-broadcast", "suspicious-broadcast-unequal", "suspicious-softmax-one",
    "suspicious-misaligned", "suspicious-no-log-softmax", "suspicious-no-log", "suspicious-last-of-batch", "suspicious-last-of-batch-first",
    "suspicious-nearly-equal", "suspicious-unused", "suspicious-unused-twin", "suspicious-rebound", "suspicious-repeated",
    "suspicious-expanded", "suspicious-remade-parameter",
    "suspicious-one-class", "suspicious-softmax-dim", "suspicious-softmax-twice",
    "suspicious-log-softmax-twice", "suspicious-sigmoid-twice", "suspicious-probabilities",
    "suspicious-value", "suspicious-data", "suspicious-gradient", "suspicious-zero-gradients", "suspicious-cleared",
    "suspicious-frozen", "suspicious-idle",
    "suspicious-cut-leaf",
    "suspicious-no-step", "suspicious-remade", "suspicious-accumulated", "suspicious-accumulated-leaf", "suspicious-accumulated-read",
    "suspicious-cut", "suspicious-no-grad", "suspicious-no-gradient", "suspicious-left-out",
    "suspicious-replaced", "suspicious-non-leaf", "suspicious-non-leaf-anywhere", "suspicious-shared", "suspicious-two-names", "suspicious-duplicates-of-slices",
    "suspicious-unregistered-layers", "suspicious-unregistered-tensors", "suspicious-unregistered-tensor",
    "suspicious-train-mode", "suspicious-train-mode-dropout", "suspicious-train-mode-norm",
    "suspicious-eval-mode", "suspicious-dropout-function", "suspicious-view", "suspicious-lost-write",
    "suspicious-duplicates", "suspicious-duplicates-once", "suspicious-overlap", "suspicious-own-state",
    "suspicious-same-memory", "suspicious-warned", "why-unknown", "why-zero-by-zero", "why-negative-log",
    "why-negative-root", "why-masked-row", "why-one-element", "why-no-element", "why-infinities",
    "why-all-ignored", "why-overflow", "why-zero-division", "why-log-of-zero",
]  # fmt: skip
Certainty: TypeAlias = Literal["certain", "likely", "look", "warned"]

WORDS: dict[Name, Sentence] = {
    "suspicions": ("Nothing failed, but this is suspicious:", "실패는 없었지만 의심스러운 곳이 있습니다."),
    "explain-suspicious": (
        "{path} ran to its end ({count:step}; --steps shows them).",
        "{path} 파일이 끝까지 실행되었습니다(단계 {count}개, --steps로 볼 수 있음).",
    ),
    "suspicious-broadcast": (
        "`{first}` {one} and `{second}` {other} stretch to {shape}: each of {pairs} elements meets each, and {count} "
        "values come out where {pairs} were meant. `{fix}` gives both one shape.",
        "`{first}` {one}과(와) `{second}` {other}이(가) {shape}(으)로 브로드캐스팅됩니다. 원소 {pairs}개가 짝을 이루는 대신 모든 "
        "조합 {count}개가 계산에 들어갑니다. `{fix}`(으)로 shape를 맞추세요.",
    ),
    "suspicious-broadcast-unequal": (
        "`{first}` {one} and `{second}` {other} differ in shape and stretch to {shape}. If element is to meet element, "
        "give both one shape first.",
        "`{first}` {one}과(와) `{second}` {other}의 shape가 달라 {shape}(으)로 브로드캐스팅됩니다. 원소끼리 비교하려던 것이면 먼저 "
        "shape를 같게 하세요.",
    ),
    "suspicious-misaligned": (
        "`{reduction}` {other} has a value for each index of the dims but dim {dim}, and beside `{tensor}` {shape} its last dim "
        "goes with dim {last}: the sizes are equal, so it broadcasts along the wrong dim. Keep the dim: `keepdim=True`.",
        "`{reduction}` {other}의 값은 dim {dim}을 뺀 차원의 인덱스마다 하나인데, `{tensor}` {shape}과(와) 계산할 때는 오른쪽부터 맞춰 "
        "dim {last}에 놓입니다. 크기가 같아 에러 없이 다른 차원으로 브로드캐스팅됩니다. `keepdim=True`로 차원을 남기세요.",
    ),
    "suspicious-no-log-softmax": (
        "`{loss}` takes log-probabilities, which are never above 0: {count} of {numel:element} of its input {count:is|are}. Apply "
        "`log_softmax` first, or give the logits to `cross_entropy`.",
        "`{loss}`에는 로그 확률을 넣어야 하고 로그 확률은 0을 넘지 않는데, 입력의 원소 {numel}개 중 {count}개가 0보다 큽니다. 먼저 "
        "`log_softmax`를 적용하거나 logit을 `cross_entropy`에 넣으세요.",
    ),
    "suspicious-no-log": (
        "`{loss}` takes log-probabilities, which are never above 0: {count} of {numel:element} of its input {count:is|are}. Apply "
        "`log_softmax` to logits, or `log` to probabilities, first.",
        "`{loss}`의 입력은 로그 확률이어야 하고 로그 확률은 0을 넘지 않는데, 원소 {numel}개 중 {count}개가 0보다 큽니다. logit이면 "
        "`log_softmax`를, 확률이면 `log`를 먼저 적용하세요.",
    ),
    "suspicious-last-of-batch": (
        "`{layer}` in line {line} has `batch_first=False`: dim 0 of its output {shape} is time and dim 1 the batch. `{index}` takes the last "
        "of {count} in the batch, at each time. If dim 0 is your batch, make the layer with `batch_first=True`; else the last time "
        "step is `[-1]`.",
        "{line}번째 줄의 `{layer}`은(는) `batch_first=False`라서 출력 {shape}의 dim 0이 시간, dim 1이 배치입니다. `{index}`은(는) 시간마다 "
        "배치 {count}개 중 마지막을 꺼냅니다. dim 0이 배치라면 레이어를 `batch_first=True`로 만들고, 아니라면 마지막 시점은 "
        "`[-1]`입니다.",
    ),
    "suspicious-last-of-batch-first": (
        "`{layer}` in line {line} has `batch_first=True`: dim 0 of its output {shape} is the batch and dim 1 time. `{index}` takes the last "
        "of {count} in the batch, at all times. The last time step is `[:, -1]`.",
        "{line}번째 줄의 `{layer}`은(는) `batch_first=True`라서 출력 {shape}의 dim 0이 배치, dim 1이 시간입니다. `{index}`은(는) 배치 "
        "{count}개 중 마지막을 모든 시점에 걸쳐 꺼냅니다. 마지막 시점은 `[:, -1]`입니다.",
    ),
    "suspicious-nearly-equal": (
        "{count} of {numel:pair} {count:differs|differ} only by rounding, and this takes {count:it|them} for unequal. Compare computed numbers with "
        "`torch.isclose` or `torch.allclose`.",
        "{numel}쌍 중 {count}쌍은 반올림 오차만큼만 다른데 여기서는 서로 다른 값으로 봅니다. 계산한 실수는 `torch.isclose`나 "
        "`torch.allclose`로 비교하세요.",
    ),
    "suspicious-unused": (
        "`{call}` gives another tensor and leaves `{tensor}` as it is, and the result is thrown away. Assign it: "
        "`{tensor} = {call}`.",
        "`{call}`은(는) 다른 텐서를 반환하고 `{tensor}`은(는) 그대로 둡니다. 반환값을 쓰는 곳이 없습니다. 결과를 대입하세요: "
        "`{tensor} = {call}`.",
    ),
    "suspicious-unused-twin": (
        "`{call}` gives another tensor and leaves `{tensor}` as it is, and the result is thrown away. Assign it, or write "
        "`{method}_` to change `{tensor}` itself.",
        "`{call}`은(는) 다른 텐서를 반환하고 `{tensor}`은(는) 그대로 둡니다. 반환값을 쓰는 곳이 없습니다. 결과를 대입하거나, `{tensor}`을(를) "
        "직접 바꾸려면 `{method}_`을(를) 쓰세요.",
    ),
    "suspicious-rebound": (
        "This gives the name `{name}` a new tensor, which nothing reads: what the loop goes over stays as it is. To change it, "
        "write in place, as `{name}.copy_({value})`, for parameters inside `torch.no_grad()`.",
        "이름 `{name}`에 새 텐서를 붙일 뿐이고 읽는 곳도 없어, 반복하는 대상은 바뀌지 않습니다. 바꾸려면 `{name}.copy_({value})`처럼 "
        "제자리에서 쓰세요. 파라미터라면 `torch.no_grad()` 안에서 써야 합니다.",
    ),
    "suspicious-repeated": (
        "The list holds one and the same tensor {times} times, and line {line} writes to it: all {times} change. Make each "
        "anew: `[… for _ in range({times})]`.",
        "목록에 같은 텐서 하나가 {times}번 들어 있는데 {line}번째 줄에서 값을 씁니다. {times}개가 모두 바뀝니다. "
        "`[… for _ in range({times})]`처럼 매번 새로 만드세요.",
    ),
    "suspicious-expanded": (
        "`{tensor}` was expanded: {times} of its elements are one and the same memory, and this changes all {times}. Copy it before you write: "
        "`.clone()`.",
        "`{tensor}`은(는) expand한 텐서라 원소 {times}개가 같은 메모리입니다. 여기서 쓰면 {times}개가 모두 바뀝니다. 쓰기 전에 "
        "`.clone()`으로 복사하세요.",
    ),
    "suspicious-softmax-one": (
        "`{function}` goes along dim {dim} of {shape}, which has size 1: each result is {result}, whatever the input. "
        "Take the dim that holds what is to be compared.",
        "`{function}`을(를) {shape}의 dim {dim}에 적용했는데 크기가 1입니다. 입력이 무엇이든 결과는 모두 {result}입니다. 서로 "
        "비교할 값이 있는 차원을 지정하세요.",
    ),
    "suspicious-one-class": (
        "`{input}` {shape} has one class in dim 1, so softmax gives 1 and the loss is 0, whatever the model. For two "
        "classes give 2 outputs, or keep 1 and use `binary_cross_entropy_with_logits`.",
        "`{input}` {shape}에는 dim 1에 클래스가 하나뿐이라 softmax가 항상 1이고 손실은 항상 0입니다. 이진 분류라면 출력을 "
        "2개로 하거나, 출력 1개에 `binary_cross_entropy_with_logits`를 쓰세요.",
    ),
    "suspicious-softmax-dim": (
        "`{function}` goes along dim {dim} of {shape}, so probabilities add up to 1 along dim {dim}. "
        "`{user}` in line {line} reads them along dim {last}: `dim=-1` makes each row add up to 1.",
        "`{function}`을(를) {shape}의 dim {dim}에 적용해 합이 1이 되는 방향이 dim {dim}입니다. 그런데 {line}번째 줄의 `{user}`은(는) "
        "dim {last} 방향으로 읽습니다. 행마다 합이 1이 되게 하려면 `dim=-1`을 쓰세요.",
    ),
    "suspicious-softmax-twice": (
        "`{loss}` in line {line} applies log_softmax itself, and its input went through `softmax` already. Logits "
        "between 0 and 1 keep the loss far from 0 and the gradients small. Drop the softmax; apply it only to show "
        "probabilities.",
        "{line}번째 줄의 `{loss}`은(는) 안에서 log_softmax를 적용하는데, 입력에 이미 `softmax`를 적용했습니다. 입력이 0과 1 "
        "사이로 눌려 손실이 0에 가까워지지 못하고 기울기도 작아집니다. softmax를 빼고 logit을 그대로 넣으세요.",
    ),
    "suspicious-log-softmax-twice": (
        "`{loss}` in line {line} applies log_softmax itself; the one before it changes nothing and can go. With it, "
        "`nll_loss` says the same.",
        "{line}번째 줄의 `{loss}`은(는) 안에서 log_softmax를 적용하므로 그 앞의 log_softmax는 있으나 마나입니다. 빼거나, 그대로 두고 "
        "`nll_loss`를 쓰세요.",
    ),
    "suspicious-sigmoid-twice": (
        "`{loss}` in line {line} applies sigmoid itself, and its input went through `{function}` already: it sees "
        "values from 0.5 to 0.73 only. Drop the `{function}` and give it logits.",
        "{line}번째 줄의 `{loss}`은(는) 안에서 sigmoid를 적용하는데, 입력에 이미 `{function}`을(를) 적용했습니다. 그래서 확률이 0.5에서 "
        "0.73 사이에 머뭅니다. `{function}`을(를) 빼고 logit을 넣으세요.",
    ),
    "suspicious-probabilities": (
        "`{loss}` in line {line} takes log-probabilities, and its input is what `{function}` gave: probabilities. "
        "Use `log_softmax` in its place.",
        "{line}번째 줄의 `{loss}`에는 로그 확률을 넣어야 하는데 `{function}`의 결과인 확률이 들어갔습니다. `log_softmax`를 쓰세요.",
    ),
    "suspicious-value": (
        "The first {what} of the run: {count} of {numel:element}, and no operand has one. {cause}",
        "이 실행에서 처음 나온 {what}입니다. 원소 {numel}개 중 {count}개이며, 피연산자에는 없었습니다. {cause}",
    ),
    "suspicious-data": (
        "{count} of {numel:element} {count:is|are} {what} in the data, and a loss that `backward` was called on is not finite. Drop "
        "or fill them before they are used: `x.isnan().any()` finds them.",
        "데이터의 원소 {numel}개 중 {count}개가 {what}이고, `backward`를 호출한 손실도 유한하지 않습니다. 쓰기 전에 빼거나 채우세요. "
        "`x.isnan().any()`로 찾을 수 있습니다.",
    ),
    "suspicious-zero-gradients": (
        "All {total:gradient} of this optimizer were 0 at each of its {steps:step}: nothing is learned. Gradients are 0 "
        "after `round`, `sign` or a comparison, outside the bounds of a `clamp` or below 0 of a `relu`, and after a softmax of "
        "one element.",
        "이 옵티마이저의 기울기 {total}개가 업데이트 {steps}번 모두 0이어서 학습되지 않습니다. `round`, `sign`, 비교 연산이나 원소 "
        "하나의 softmax를 거치면, 또는 `clamp`의 범위를 벗어나거나 `relu`의 입력이 음수이면 기울기가 0이 됩니다.",
    ),
    "suspicious-cleared": (
        "`backward` gave gradients, and none was left at any of the {steps:step} of this optimizer: they were cleared in "
        "between, and nothing is learned. Call `zero_grad()` before `backward`, not after it.",
        "`backward`가 구한 기울기를 업데이트 전에 지워서, 이 옵티마이저의 업데이트 {steps}번 모두 남은 기울기가 없었습니다. 학습되지 않습니다. "
        "`zero_grad()`는 `backward` 뒤가 아니라 앞에서 호출하세요.",
    ),
    "suspicious-frozen": (
        "The last {idle} of {steps:step} of this optimizer changed nothing: all its parameters have `requires_grad=False` by then, and "
        "no gradient. Set it back to True where they are to train again.",
        "이 옵티마이저의 업데이트 {steps}번 중 마지막 {idle}번은 아무것도 바꾸지 않았습니다. 그때는 파라미터가 모두 `requires_grad=False`이고 "
        "기울기도 없습니다. 다시 학습할 곳에서 True로 되돌리세요.",
    ),
    "suspicious-idle": (
        "The last {idle} of {steps:step} of this optimizer changed nothing: none of its parameters had a gradient any more. "
        "Call `backward` on a loss that is computed from them before each step.",
        "이 옵티마이저의 업데이트 {steps}번 중 마지막 {idle}번은 아무것도 바꾸지 않았습니다. 파라미터에 기울기가 하나도 남지 않았습니다. 업데이트하기 "
        "전에 이 파라미터로 계산한 손실에 `backward`를 호출하세요.",
    ),
    "suspicious-cut-leaf": (
        "`{cut}` ends the graph here, so `backward` in line {line} does not reach {names}, whose `.grad` stays None. "
        "Compute the loss from the tensor itself.",
        "`{cut}`에서 그래프가 끊겨 {line}번째 줄의 `backward`가 {names}까지 닿지 않고 `.grad`는 None으로 남습니다. 텐서 자체로 손실을 "
        "계산하세요.",
    ),
    "suspicious-no-step": (
        "`backward` was called {backwards} times, and this optimizer never stepped: the parameters stay as they are. "
        "Call its `step()` after each `backward`.",
        "`backward`를 {backwards}번 호출하는 동안 이 옵티마이저의 `step()`은 한 번도 호출하지 않아 파라미터가 그대로입니다. `backward` "
        "뒤에 `step()`을 호출하세요.",
    ),
    "suspicious-remade": (
        "Each call of `forward` makes a new {name} here ({times} so far): its weights are random each time, and no "
        "optimizer has them. Make it once, in `__init__`.",
        "`forward`를 호출할 때마다 {name}을(를) 새로 만듭니다(지금까지 {times}번). 가중치가 매번 무작위이고 옵티마이저에도 없습니다. "
        "`__init__`에서 한 번만 만드세요.",
    ),
    "suspicious-gradient": (
        "The loss is finite, but {count} of {numel:element} of the gradient of `{name}` {count:is|are} {what}: the next step "
        "makes it {what}. Look for `sqrt` or `norm` of 0, or a `where` whose other branch divides by 0.",
        "손실은 유한한데 `{name}`의 기울기 {numel}개 중 {count}개가 {what}입니다. 다음 업데이트에서 값도 {what}이(가) 됩니다. 0의 "
        "`sqrt`나 `norm`, 다른 쪽에서 0으로 나누는 `where`가 있는지 보세요.",
    ),
    "suspicious-remade-parameter": (
        "Each call of `forward` makes a new parameter here ({times} so far): it begins anew each time, and no optimizer has "
        "it. Make it once, in `__init__`.",
        "`forward`를 호출할 때마다 파라미터를 새로 만듭니다(지금까지 {times}번). 매번 처음 값으로 돌아가고 옵티마이저에도 없습니다. "
        "`__init__`에서 한 번만 만드세요.",
    ),
    "suspicious-accumulated": (
        "{times} of {updates:step} of `{optimizer}` used gradients to which those of the step before were added: "
        "`backward` adds to `.grad`, and nothing cleared it in between. Call `{optimizer}.zero_grad()` before `backward`.",
        "`{optimizer}`의 업데이트 {updates}번 중 {times}번이 이전 기울기까지 더해진 값을 썼습니다. `backward`는 `.grad`에 더하는데 "
        "지우는 곳이 없습니다. `backward` 전에 `{optimizer}.zero_grad()`를 호출하세요.",
    ),
    "suspicious-accumulated-leaf": (
        "{times} of {updates:update} used gradients to which those of the update before were added: `backward` adds to "
        "`.grad`, and nothing cleared it in between. Set `.grad` to None, or call `.grad.zero_()`, after each update.",
        "업데이트 {updates}번 중 {times}번이 이전 기울기까지 더해진 값을 썼습니다. `backward`는 `.grad`에 더하는데 지우는 곳이 "
        "없습니다. 업데이트할 때마다 `.grad`를 None으로 하거나 `.grad.zero_()`를 호출하세요.",
    ),
    "suspicious-accumulated-read": (
        "This `backward` added to a `.grad` that was read before and not cleared, and the sum was read after it. For the "
        "gradient of this loss alone, set `.grad` to None before.",
        "이 `backward`는 앞에서 읽은 `.grad`를 지우지 않은 채 거기에 더했고, 그 합을 다시 읽었습니다. 이 손실만의 기울기가 필요하면 먼저 "
        "`.grad`를 None으로 하세요.",
    ),
    "suspicious-cut": (
        "`{cut}` ends the graph here: what comes after it does not know the parameters before it. {count} of {total} "
        "parameters of the optimizer never got a gradient ({names}) and do not train.",
        "`{cut}`에서 그래프가 끊깁니다. 그 뒤의 계산은 앞의 파라미터와 이어지지 않습니다. 옵티마이저의 파라미터 {total}개 중 "
        "{count}개({names})가 기울기를 한 번도 받지 못해 학습되지 않습니다.",
    ),
    "suspicious-no-grad": (
        "`{cut}` runs without gradients, and {count} of {total} parameters of the optimizer never got one ({names}): "
        "they do not train. If that is meant, leave them out of the optimizer.",
        "`{cut}`이(가) 기울기 없이 실행되어 옵티마이저의 파라미터 {total}개 중 {count}개({names})가 기울기를 한 번도 받지 "
        "못했습니다. 의도한 것이면 옵티마이저에서 빼세요.",
    ),
    "suspicious-no-gradient": (
        "{count} of {total} parameters of this optimizer never got a gradient ({names}): no loss that `backward` was "
        "called on was computed from them. They do not train.",
        "이 옵티마이저의 파라미터 {total}개 중 {count}개({names})가 기울기를 한 번도 받지 못했습니다. `backward`를 호출한 손실이 "
        "이 파라미터로 계산되지 않았습니다. 학습되지 않습니다.",
    ),
    "suspicious-left-out": (
        "{count:parameter} with a gradient {count:is|are} in no optimizer ({names}), and no step changes {count:it|them}. "
        "If that is meant, `requires_grad_(False)` says so and saves the work.",
        "기울기가 있는 파라미터 {count}개({names})가 어느 옵티마이저에도 없어 바뀌지 않습니다. 의도한 것이면 "
        "`requires_grad_(False)`로 밝히면 계산도 줄어듭니다.",
    ),
    "suspicious-replaced": (
        "This optimizer holds parameters that the model no longer has, and not the {count} that took their place "
        "({names}): these get gradients and never change. Make the optimizer after the last layer is in place.",
        "이 옵티마이저에는 모델에서 이미 빠진 파라미터가 있고, 그 자리에 들어온 {count}개({names})는 없습니다. 기울기를 받아도 "
        "바뀌지 않습니다. 레이어를 모두 바꾼 다음에 옵티마이저를 만드세요.",
    ),
    "suspicious-non-leaf": (
        "`{expression}` is None: `{tensor}` is no leaf, it was computed by `{source}` in line {line}, and `backward` "
        "keeps gradients of leaves only. Make it with its final dtype and device, or call `{tensor}.retain_grad()`.",
        "`{expression}`은(는) None입니다. `{tensor}`은(는) {line}번째 줄의 `{source}`로 계산된 텐서라 leaf가 아니고, `backward`는 leaf의 "
        "기울기만 남깁니다. 처음부터 원하는 dtype과 device로 만들거나 `{tensor}.retain_grad()`를 호출하세요.",
    ),
    "suspicious-non-leaf-anywhere": (
        "`{expression}` is None: `{tensor}` is no leaf, and `backward` keeps gradients of leaves only. Read the "
        "gradient of the tensor that it was computed from, or call `{tensor}.retain_grad()`.",
        "`{expression}`은(는) None입니다. `{tensor}`은(는) leaf가 아니고, `backward`는 leaf의 기울기만 남깁니다. 원래 텐서의 기울기를 "
        "읽거나 `{tensor}.retain_grad()`를 호출하세요.",
    ),
    "suspicious-shared": (
        "The list holds one and the same {name} {times} times, so all {times} share their weights. For layers of their "
        "own make each anew: `[… for _ in range({times})]`.",
        "목록에 같은 {name} 하나가 {times}번 들어 있어 {times}개가 가중치를 공유합니다. 따로따로 두려면 "
        "`[… for _ in range({times})]`처럼 매번 새로 만드세요.",
    ),
    "suspicious-two-names": (
        "Two attributes of this model are one and the same {name}, so they share their weights and are trained as one. "
        "For a layer of its own make a second one.",
        "이 모델의 속성 두 개가 같은 {name} 하나여서 가중치를 공유하고 함께 학습됩니다. 따로 두려면 하나를 더 만드세요.",
    ),
    "suspicious-unregistered-layers": (
        "`{attribute}` of {owner} holds layers in a plain list, tuple or dict, so `parameters()` does not see their "
        "{count:weight}: no optimizer trains them, `.to()` and `state_dict()` leave them out. Use `nn.ModuleList` or "
        "`nn.ModuleDict`.",
        "{owner}의 `{attribute}`이(가) 레이어를 일반 list, tuple, dict에 담고 있어 `parameters()`에 가중치 {count}개가 보이지 "
        "않습니다. 학습되지 않고 `.to()`와 `state_dict()`에서도 빠집니다. `nn.ModuleList`나 `nn.ModuleDict`를 쓰세요.",
    ),
    "suspicious-unregistered-tensors": (
        "`{attribute}` of {owner} holds tensors in a plain list, tuple or dict, so `parameters()` does not see their "
        "{count:element}: no optimizer trains them. Use `nn.ParameterList` or `nn.ParameterDict`.",
        "{owner}의 `{attribute}`이(가) 텐서를 일반 list, tuple, dict에 담고 있어 `parameters()`에 원소 {count}개가 보이지 않습니다. "
        "학습되지 않습니다. `nn.ParameterList`나 `nn.ParameterDict`를 쓰세요.",
    ),
    "suspicious-unregistered-tensor": (
        "`{attribute}` of {owner} needs gradients and is no `nn.Parameter`, so `parameters()` does not see its "
        "{count:element}: no optimizer trains it. Wrap it in `nn.Parameter` as the last step, after a `.to()`.",
        "{owner}의 `{attribute}`은(는) requires_grad가 켜져 있지만 `nn.Parameter`가 아니어서 `parameters()`에 원소 {count}개가 보이지 "
        "않습니다. 학습되지 않습니다. `.to()` 등을 모두 적용한 다음 마지막에 `nn.Parameter`로 감싸세요.",
    ),
    "suspicious-train-mode": (
        "`{model}` is in training mode here: {dropouts:dropout} {dropouts:drops|drop} values at random, and {norms:BatchNorm} use "
        "this batch's statistics and change their own. To evaluate it, call `{model}.eval()` before and `{model}.train()` after.",
        "여기서 `{model}`은(는) 학습 모드입니다. dropout {dropouts}개가 값을 무작위로 지우고, BatchNorm {norms}개가 이 배치의 통계를 "
        "쓰면서 자기 통계를 바꿉니다. 평가하려면 먼저 `{model}.eval()`, 뒤에 `{model}.train()`을 호출하세요.",
    ),
    "suspicious-train-mode-dropout": (
        "`{model}` is in training mode here: {dropouts:dropout} {dropouts:drops|drop} values at random, so the same "
        "input gives another result each time. To evaluate it, call `{model}.eval()` before and `{model}.train()` after.",
        "여기서 `{model}`은(는) 학습 모드입니다. dropout {dropouts}개가 값을 무작위로 지워, 같은 입력에도 매번 다른 결과가 나옵니다. 평가하려면 "
        "먼저 `{model}.eval()`, 뒤에 `{model}.train()`을 호출하세요.",
    ),
    "suspicious-train-mode-norm": (
        "`{model}` is in training mode here: {norms:BatchNorm} {norms:uses|use} the statistics of this batch and "
        "{norms:changes its|change their} own. To evaluate it, call `{model}.eval()` before and `{model}.train()` after.",
        "여기서 `{model}`은(는) 학습 모드입니다. BatchNorm {norms}개가 이 배치의 통계를 쓰면서 자기 통계를 바꿉니다. 평가하려면 먼저 "
        "`{model}.eval()`, 뒤에 `{model}.train()`을 호출하세요.",
    ),
    "suspicious-eval-mode": (
        "After this `eval()`, `{model}` went on training in evaluation mode for {steps:step}: dropouts do nothing, batch "
        "norms keep their statistics. Call `{model}.train()` before training goes on.",
        "이 `eval()` 뒤로 `{model}`이(가) 평가 모드인 채 {steps}번 더 학습했습니다. dropout은 꺼져 있고 batch norm의 통계도 그대로입니다. "
        "다시 학습하기 전에 `{model}.train()`을 호출하세요.",
    ),
    "suspicious-dropout-function": (
        "This dropout drops values although {model} is in evaluation mode: `F.dropout` does not know the mode. Pass "
        "`training=self.training`, or use `nn.Dropout`.",
        "{model}이(가) 평가 모드인데도 이 dropout은 값을 지웁니다. `F.dropout`은 모드를 모릅니다. `training=self.training`을 넘기거나 "
        "`nn.Dropout`을 쓰세요.",
    ),
    "suspicious-view": (
        "The sizes change places, the elements don't: element [{here}] of `{call}` is `{tensor}[{is}]`, and with the "
        "dims in that order it would be `{tensor}[{would}]`. To swap dims write `{fix}`.",
        "크기의 순서만 바뀌고 원소는 그대로라 차원이 섞입니다. `{call}`의 [{here}]는 `{tensor}[{is}]`인데, 차원을 그 순서로 옮긴다면 "
        "`{tensor}[{would}]`이어야 합니다. 차원을 바꾸려면 `{fix}`을(를) 쓰세요.",
    ),
    "suspicious-lost-write": (
        "This writes to a copy: `{copy}` has memory of its own, nothing refers to it, and `{source}` stays as it was. "
        "Write to `{source}` itself, with one index: `{source}[…] = …`.",
        "복사본에 쓰고 있습니다. `{copy}`은(는) 메모리가 따로이고 가리키는 이름도 없어 `{source}`은(는) 바뀌지 않습니다. 인덱스 하나로 "
        "`{source}[…] = …`처럼 `{source}`에 직접 쓰세요.",
    ),
    "suspicious-duplicates": (
        "`{index}` holds {count} indices, {distinct} of them distinct, and each place is written once: {lost} of "
        "{count:addition} {lost:is|are} lost. `{target}.index_put_(({index},), values, accumulate=True)` adds all.",
        "`{index}`의 인덱스 {count}개 중 서로 다른 것은 {distinct}개이고, 자리마다 한 번만 씁니다. {count}번 더하려던 것 중 "
        "{lost}번이 사라집니다. `{target}.index_put_(({index},), values, accumulate=True)`은(는) 모두 더합니다.",
    ),
    "suspicious-duplicates-of-slices": (
        "`{index}` holds {count} indices, {distinct} of them distinct, and each place is written once: {lost} of "
        "{count:addition} {lost:is|are} lost. `{target}.index_add_(dim, index, values)` adds all.",
        "`{index}`의 인덱스 {count}개 중 서로 다른 것은 {distinct}개이고, 자리마다 한 번만 씁니다. {count}번 더하려던 것 중 "
        "{lost}번이 사라집니다. `{target}.index_add_(dim, index, values)`는 모두 더합니다.",
    ),
    "suspicious-duplicates-once": (
        "`{index}` holds {count} indices, {distinct} of them distinct, and each place is written once, however often "
        "it is named.",
        "`{index}`의 인덱스 {count}개 중 서로 다른 것은 {distinct}개입니다. 여러 번 나온 자리도 한 번만 씁니다.",
    ),
    "suspicious-overlap": (
        "`{operand}` reads memory that this writes at the same time: what is read late has changed already, and torch "
        "promises no order. Copy it first: `{operand}.clone()`.",
        "`{operand}`이(가) 읽는 메모리에 동시에 쓰고 있습니다. 나중에 읽는 값은 이미 바뀌었을 수 있고, torch는 순서를 보장하지 "
        "않습니다. 먼저 복사하세요: `{operand}.clone()`.",
    ),
    "suspicious-own-state": (
        "`{value}` holds the model's own tensors, which change with it: loading them changes nothing. Keep a copy when "
        "you save it: `copy.deepcopy(model.state_dict())`.",
        "`{value}`에는 모델의 텐서 자체가 들어 있어 모델과 함께 바뀝니다. 불러와도 달라지는 것이 없습니다. 저장할 때 "
        "`copy.deepcopy(model.state_dict())`로 복사하세요.",
    ),
    "suspicious-same-memory": (
        "The list gets the same memory again, which was changed in between: the entries that share it all show the latest values. "
        "Append a copy: `{copy}`.",
        "목록에 같은 메모리를 다시 넣었는데 그 사이 값이 바뀌었습니다. 이 메모리를 쓰는 항목은 모두 마지막 값을 보여 줍니다. 복사본을 넣으세요: "
        "`{copy}`.",
    ),
    "suspicious-warned": ("{category}: {words}", "{category}: {words}"),
    "why-unknown": ("It comes out of this operation.", "이 연산에서 생겼습니다."),
    "why-zero-by-zero": (
        "0 / 0 is nan: add a small number below, or count what is there first.",
        "0 / 0은 nan입니다. 분모에 작은 수를 더하거나 개수를 먼저 확인하세요.",
    ),
    "why-negative-log": (
        "The log of a negative number is nan: clamp the input, or work with log-probabilities.",
        "음수의 log는 nan입니다. 입력을 clamp하거나 로그 확률로 계산하세요.",
    ),
    "why-negative-root": (
        "A root of a negative number is nan: clamp the input at 0.",
        "음수의 제곱근은 nan입니다. 입력을 0에서 clamp하세요.",
    ),
    "why-masked-row": (
        "A row in which everything is masked has only -inf, and its softmax is nan: keep one entry of each row, or set "
        "such rows to 0 afterwards.",
        "모두 가려진 행은 값이 전부 -inf라 softmax가 nan입니다. 행마다 하나는 남기거나, 그런 행을 나중에 0으로 채우세요.",
    ),
    "why-one-element": (
        "The spread of a single element is nan: it divides by n - 1, which is 0. `correction=0` divides by n.",
        "원소 하나의 표준편차나 분산은 n - 1 = 0으로 나누므로 nan입니다. `correction=0`은 n으로 나눕니다.",
    ),
    "why-no-element": (
        "The mean of no element is nan: the tensor is empty.",
        "빈 텐서의 평균은 nan입니다.",
    ),
    "why-infinities": (
        "An operand has infinities: inf - inf, 0 · inf and inf / inf are nan.",
        "피연산자에 inf가 있습니다. inf - inf, 0 · inf, inf / inf는 nan입니다.",
    ),
    "why-all-ignored": (
        "All targets are -100, which is ignored: the mean over no target is nan.",
        "타깃이 모두 무시되는 -100이라 평균 낼 것이 없습니다.",
    ),
    "why-overflow": (
        "The result is larger than its dtype can hold; a loss is computed from it.",
        "결과가 dtype의 범위를 넘었고, 손실이 이 값으로 계산됩니다.",
    ),
    "why-zero-division": (
        "It divides by 0, and a loss is computed from it.",
        "0으로 나누었고, 손실이 이 값으로 계산됩니다.",
    ),
    "why-log-of-zero": (
        "The log of 0 is -inf, and a loss is computed from it: clamp the input, or use `log_softmax` or "
        "`logsigmoid` on logits.",
        "log 0은 -inf이고, 손실이 이 값으로 계산됩니다. 입력을 clamp하거나 logit에 `log_softmax`, `logsigmoid`를 쓰세요.",
    ),
}
CERTAINTIES: dict[Certainty, Sentence] = {
    "certain": ("certain", "확실"),
    "likely": ("likely", "가능성 높음"),
    "look": ("worth a look", "확인 필요"),
    "warned": ("warning", "경고"),
}
"""The certainty that something else was meant."""
