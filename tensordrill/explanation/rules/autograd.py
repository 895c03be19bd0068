"""Gradients: where a backward can't begin, what it can't read, and what may not be changed in place."""

from __future__ import annotations

from tensordrill.explanation.rules.operation import Both, Given, Operation, Told
from tensordrill.explanation.rules.shapes import numel
from tensordrill.explanation.sources import text_at
from tensordrill.sandbox.traced import Saved, Step, TensorFact
from tensordrill.sandbox.values import Bool, Nothing

WORDS = {
    "autograd-scalar": (
        "`backward` without an argument begins at one number; {x} {shape} has {count}. "
        "`{fix}.sum().backward()` adds them up first.",
        "인수 없이 `backward`를 부르려면 값이 하나여야 합니다. {x} {shape}의 원소는 {count}개입니다. "
        "`{fix}.sum().backward()`처럼 먼저 하나로 줄이세요.",
    ),
    "autograd-gradient": (
        "`backward` takes a gradient of the shape of {x}, {shape}; {gradient} has {shape_gradient}.",
        "`backward`에 주는 gradient의 shape는 {x}의 shape {shape}과(와) 같아야 합니다. {gradient}의 shape는 {shape_gradient}입니다.",
    ),
    "autograd-detached": (
        "{x} was not computed from anything that requires a gradient: its `requires_grad` is False and "
        "it has no `grad_fn`.",
        "{x}은(는) gradient가 필요한 텐서에서 계산된 것이 아닙니다. `requires_grad`가 False이고 `grad_fn`이 없습니다.",
    ),
    "autograd-freed": (
        "The `backward` in line {line} freed what this graph had saved ({function}). "
        "Compute the value again, or call the first one with `retain_graph=True`.",
        "{line}번째 줄의 `backward`가 이 그래프에 저장된 값({function})을 이미 지웠습니다. "
        "값을 다시 계산하거나 첫 번째 호출에 `retain_graph=True`를 쓰세요.",
    ),
    "autograd-overwritten": (
        "`backward` needs {what} of {step}, and that tensor was changed in place since.",
        "`backward`에는 {step}의 {what} 필요한데, 그 텐서가 뒤에 제자리(in-place) 연산으로 바뀌었습니다.",
    ),
    "autograd-overwritten-by": ("Changed since: {changes}.", "그 뒤의 변경: {changes}."),
    "autograd-overwritten-fix": (
        "The same without the in-place form leaves it as it was.",
        "제자리 연산 대신 새 텐서를 만드는 연산을 쓰면 됩니다.",
    ),
    "autograd-leaf": (
        "{x} is a leaf that requires a gradient, and `{function}` would change it in place, "
        "which autograd can't follow. Update it inside `with torch.no_grad():`.",
        "{x}은(는) gradient가 필요한 leaf입니다. `{function}`(으)로 제자리에서 바꾸면 autograd가 추적할 수 없습니다. "
        "`with torch.no_grad():` 안에서 바꾸세요.",
    ),
    "autograd-leaf-view": (
        "{x} is a view of {leaf}, a leaf that requires a gradient, and `{function}` would change that in place. "
        "Update it inside `with torch.no_grad():`.",
        "{x}은(는) gradient가 필요한 leaf {leaf}의 view입니다. `{function}`(으)로 바꾸면 그 leaf가 제자리에서 바뀝니다. "
        "`with torch.no_grad():` 안에서 바꾸세요.",
    ),
    "autograd-many-views": (
        "{x} is one of several views that one call gave (`{function}`), and autograd can't follow in-place "
        "changes of those. `{fix}.clone()` can be changed.",
        "{x}은(는) 한 번의 호출(`{function}`)로 나온 여러 view 중 하나라서 제자리에서 바꾸면 autograd가 추적할 수 없습니다. "
        "`{fix}.clone()`은(는) 바꿀 수 있습니다.",
    ),
    "autograd-numpy": (
        "{x} requires a gradient, and numpy would lose it. `{fix}.detach().numpy()` says that this is meant.",
        "{x}은(는) gradient가 필요한 텐서인데 numpy로 바꾸면 gradient 추적이 끊깁니다. `{fix}.detach().numpy()`(으)로 쓰세요.",
    ),
    "autograd-flag": (
        "{x} was computed ({grad_fn}), so whether it requires a gradient follows from what it came from. "
        "`{fix}.detach()` gives one that does not.",
        "{x}은(는) 계산된 텐서({grad_fn})라서 `requires_grad`는 원래 텐서에 따라 정해집니다. "
        "`{fix}.detach()`(으)로 떼어 내세요.",
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
}  # fmt: skip

_WHAT = {"result": Both("the result", "결과가")}
_SEVERAL = frozenset(("SplitBackward0", "UnbindBackward0", "SplitWithSizesBackward0", "ChunkBackward0"))
_IN_PLACE_ASSIGNED = ("operator", "assignment")


def backward(op: Operation) -> list[Told]:
    """`backward` from several numbers, from what needs no gradient, twice, or over what was changed."""
    given = op.get("input")
    if given is None or given.tensor is None or not op.is_a("RuntimeError"):
        return []
    tensor, gradient = given.tensor, op.get("gradient")
    if not tensor.requires_grad:
        return [Told("autograd-detached", {"x": given.code})]
    if told := _seed(given, tensor, gradient):
        return told
    return _saved(op)


def _seed(given: Given, tensor: TensorFact, gradient: Given | None) -> list[Told]:
    values: dict[str, object] = {"x": given.code, "shape": tensor.shape, "fix": given.dotted}
    if gradient is None or isinstance(gradient.value, Nothing):
        if numel(tensor.shape) == 1:
            return []
        return [Told("autograd-scalar", values | {"count": numel(tensor.shape)})]
    if gradient.tensor is None or gradient.tensor.shape == tensor.shape:
        return []
    told = {"gradient": gradient.code, "shape_gradient": gradient.tensor.shape}
    return [Told("autograd-gradient", values | told)]


def _saved(op: Operation) -> list[Told]:
    """Return a sentence on what a backward could not read."""
    saved = op.failure.saved
    if not saved:
        return []
    first = saved[0]
    if first.freed is not None:
        return [Told("autograd-freed", {"line": first.freed, "function": first.function})]
    what = _WHAT.get(first.what, Both("an operand", "피연산자가"))
    told = [Told("autograd-overwritten", {"what": what, "step": _forward(op, first)})]
    changes = _changes(op, first)
    if changes:
        told.append(Told("autograd-overwritten-by", {"changes": ", ".join(changes)}))
    return [*told, Told("autograd-overwritten-fix")]


def _forward(op: Operation, saved: Saved) -> str:
    if saved.step is None or not 0 <= saved.step < len(op.steps):
        return f"`{saved.function}`"
    return f"`{_text(op, op.steps[saved.step])}`"


def _changes(op: Operation, saved: Saved) -> list[str]:
    """Return the places that changed tensors after the step that saved one."""
    after = saved.step if saved.step is not None else -1
    found: dict[str, None] = {}
    for index, step in enumerate(op.steps):
        if index > after and step.changed and step.kind != "grad":
            found[f"`{_text(op, step)}`"] = None
    return list(found)[:3]


def _text(op: Operation, step: Step) -> str:
    text = text_at(step.place, op.sources).replace("`", "'")
    return text if len(text) <= 48 else text[:47] + "…"


def grad(op: Operation) -> list[Told]:
    """`torch.autograd.grad` of what needs no gradient."""
    given, inputs = op.get("outputs"), op.get("inputs")
    if given is None or not op.is_a("RuntimeError"):
        return []
    if given.tensor is not None:
        if not given.tensor.requires_grad:
            return [Told("autograd-detached", {"x": given.code})]
        if told := _seed(given, given.tensor, op.get("grad_outputs")):
            return told
    for each in (inputs, *inputs.items) if inputs is not None else ():
        if each is not None and each.tensor is not None and not each.tensor.requires_grad:
            return [Told("autograd-inputs", {"x": each.code})]
    return _saved(op)


def in_place(op: Operation) -> list[Told]:
    """An in-place change of a leaf that requires a gradient, or of a view of one."""
    target = op.get("input") or op.get("self")
    changes = op.in_place or op.failure.node == "assignment"
    if target is None or target.tensor is None or not changes or not op.is_a("RuntimeError"):
        return []
    if op.written.startswith("requires_grad") or not target.tensor.requires_grad:
        return []
    function = op.written if op.written != "[]" else "[] ="
    values: dict[str, object] = {"x": target.code, "function": function, "fix": target.dotted}
    if target.tensor.is_leaf:
        if op.failure.node != "assignment" or op.written == "[]":
            return [Told("autograd-leaf", values)]
        return []
    if target.tensor.grad_fn in _SEVERAL:
        several = (target.tensor.grad_fn or "").removesuffix("Backward0").lower()
        return [Told("autograd-many-views", values | {"function": several})]
    leaf = _leaf(op, target)
    return [Told("autograd-leaf-view", values | {"leaf": f"`{leaf}`"})] if leaf else []


def _leaf(op: Operation, target: Given) -> str:
    """Name the leaf that requires a gradient and whose memory a tensor has."""
    memory = target.tensor.storage if target.tensor else None
    leaves = [
        step
        for step in op.steps
        if step.tensor.is_leaf and step.tensor.requires_grad and step.kind == "value"
    ]
    same = [step for step in leaves if memory and step.tensor.storage and step.tensor.storage.id == memory.id]
    names = [_text(op, step) for step in same]
    return next((name for name in names if name.isidentifier()), names[0] if names else "")


def numpy(op: Operation) -> list[Told]:
    """`.numpy()` of a tensor that requires a gradient."""
    given = op.get("input")
    if given is None or given.tensor is None or not given.tensor.requires_grad or not op.is_a("RuntimeError"):
        return []
    if op.get("force") is not None and op.by["force"].value == Bool(True):
        return []
    return [Told("autograd-numpy", {"x": given.code, "fix": given.dotted})]


def flag(op: Operation) -> list[Told]:
    """`requires_grad` of a computed tensor set to False."""
    given = op.get("input") or op.get("self")
    if given is None or given.tensor is None or given.tensor.is_leaf or not op.is_a("RuntimeError"):
        return []
    grad_fn = given.tensor.grad_fn or ""
    return [Told("autograd-flag", {"x": given.code, "grad_fn": grad_fn, "fix": given.dotted})]


def retain(op: Operation) -> list[Told]:
    """`retain_grad` of what needs no gradient."""
    given = op.get("input")
    if given is None or given.tensor is None or given.tensor.requires_grad or not op.is_a("RuntimeError"):
        return []
    return [Told("autograd-retain", {"x": given.code})]


def assigned_grad(op: Operation) -> list[Told]:
    """`x.grad = …` with another shape or dtype."""
    given, value = op.get("self"), op.get("value")
    if given is None or value is None or given.tensor is None or value.tensor is None:
        return []
    if op.written != "grad" or not op.is_a("RuntimeError"):
        return []
    x, new = given.tensor, value.tensor
    values: dict[str, object] = {"x": given.code, "value": value.code}
    if new.shape != x.shape:
        return [Told("autograd-grad-shape", values | {"shape": x.shape, "shape_value": new.shape})]
    if new.dtype != x.dtype:
        return [Told("autograd-grad-dtype", values | {"dtype": x.dtype, "dtype_value": new.dtype})]
    return []
