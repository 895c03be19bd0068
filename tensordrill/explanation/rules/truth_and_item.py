"""A tensor where Python wants one number, one truth, a length, or a given count of pieces."""

from __future__ import annotations

from tensordrill.explanation.rules.operation import Given, Operation, Told
from tensordrill.explanation.rules.shapes import numel
from tensordrill.sandbox.traced import TensorFact

WORDS = {
    "scalars-truth": (
        "{x} {shape} has {count} elements, and Python asks it for one truth. "
        "`.any()` asks whether any is true, `.all()` whether all are.",
        "{x} {shape}의 원소는 {count}개인데 Python은 참/거짓 하나를 묻습니다. "
        "하나라도 참인지는 `.any()`, 모두 참인지는 `.all()`로 묻습니다.",
    ),
    "scalars-truth-empty": (
        "{x} {shape} has no elements, so that it is neither true nor false. `.numel() == 0` asks for that.",
        "{x} {shape}에는 원소가 없어서 참도 거짓도 아닙니다. 비어 있는지는 `.numel() == 0`으로 묻습니다.",
    ),
    "scalars-chain": (
        "Python reads {x} as two comparisons joined by `and`, which asks a whole tensor for one truth. "
        "Join them with `&`, each in brackets.",
        "Python은 {x}을(를) `and`로 이은 비교 두 개로 읽으므로, 텐서 전체에 참/거짓 하나를 묻게 됩니다. "
        "각각 괄호로 묶어 `&`로 이으세요.",
    ),
    "scalars-compared": (
        "`{function}` wants one truth from each comparison, and comparing tensors of several elements gives several.",
        "`{function}`에서는 비교할 때마다 참/거짓 하나가 필요한데, 원소가 여럿인 텐서를 비교하면 여러 개가 나옵니다.",
    ),
    "scalars-equal": (
        "`torch.equal` compares two tensors as a whole, `is` asks for the very same one.",
        "텐서 전체가 같은지는 `torch.equal`, 같은 객체인지는 `is`로 확인하세요.",
    ),
    "scalars-extreme": (
        "`x.{function}()` is the {function} of all elements, `torch.{full}(x, y)` compares two tensors element by element.",
        "모든 원소의 {function}은(는) `x.{function}()`, 두 텐서를 원소끼리 비교하려면 `torch.{full}(x, y)`를 쓰세요.",
    ),
    "scalars-one": (
        "`{function}` gives one Python number; {x} {shape} has {count} elements.",
        "`{function}`은(는) Python 숫자 하나를 만듭니다. {x} {shape}의 원소는 {count}개입니다.",
    ),
    "scalars-list": ("`{fix}.tolist()` gives them all.", "모두 꺼내려면 `{fix}.tolist()`을(를) 쓰세요."),
    "scalars-torch": (
        "`torch.{function}` works on every element.",
        "원소마다 계산하려면 `torch.{function}`을(를) 쓰세요.",
    ),
    "scalars-length": (
        "{x} is 0-d: it has no dim, so no length. `{fix}.item()` gives its number.",
        "{x}에는 dim이 없어서(0-d) 길이도 없습니다. 값은 `{fix}.item()`(으)로 꺼냅니다.",
    ),
    "scalars-iteration": (
        "{x} is 0-d: there is no dim to go through. `{fix}.item()` gives its number.",
        "{x}에는 dim이 없어서(0-d) 반복할 수 없습니다. 값은 `{fix}.item()`(으)로 꺼냅니다.",
    ),
    "scalars-unpacking": (
        "Unpacking goes along dim 0; {x} {shape} gives {count}, and another number of names stands on the left.",
        "풀어서 대입하면 dim 0을 따라 나눕니다. {x} {shape}에서는 {count}개가 나오는데 왼쪽 이름의 개수가 다릅니다.",
    ),
    "scalars-index": (
        "`{function}` wants an integer; {x} is a tensor of {dtype} with shape {shape}.",
        "`{function}`에는 정수가 필요합니다. {x}은(는) shape {shape}, dtype {dtype}인 텐서입니다.",
    ),
}

_LOOPS = frozenset(
    "list tuple set enumerate zip map filter iter sum any all sorted reversed min max next dict".split()
)
_EXTREMES = {"max": "maximum", "min": "minimum"}
_COMPARING = frozenset(("max", "min", "sorted"))
_NUMBERS = frozenset(("int", "float", "complex"))


def truth(op: Operation) -> list[Told]:
    """`if x`, `not x`, `x and y`."""
    given = op.get("value")
    if given is None or given.tensor is None or not op.is_a("RuntimeError", "ValueError"):
        return []
    return _ambiguous(given, given.tensor)


def _ambiguous(given: Given, tensor: TensorFact) -> list[Told]:
    count = numel(tensor.shape)
    values = {"x": given.code, "shape": tensor.shape, "count": count}
    if count == 1:
        return []
    return [Told("scalars-truth" if count else "scalars-truth-empty", values)]


def chain(op: Operation) -> list[Told]:
    """`0 < x < 1`."""
    return [Told("scalars-chain", {"x": op.code("value")})] if op.is_a("RuntimeError", "ValueError") else []


def iteration(op: Operation) -> list[Told]:
    """A loop over a 0-d tensor, or taking one apart."""
    given = op.get("value")
    if given is None or given.tensor is None:
        return []
    if not given.tensor.shape:
        return (
            [Told("scalars-iteration", {"x": given.code, "fix": given.dotted})]
            if op.is_a("TypeError")
            else []
        )
    values = {"x": given.code, "shape": given.tensor.shape, "count": given.tensor.shape[0]}
    is_count = op.failure.within == "unpacking" and op.is_a("ValueError")
    return [Told("scalars-unpacking", values)] if is_count else []


def python_call(op: Operation) -> list[Told]:
    """Python's own functions of a tensor."""
    first = op.rest[0] if op.rest else None
    if first is None or not op.is_a("RuntimeError", "TypeError", "ValueError"):
        return []
    if first.tensor is None:
        return _compared(op, first)
    shape = first.tensor.shape
    if not shape and op.is_a("TypeError"):
        if op.written == "len":
            return [Told("scalars-length", {"x": first.code, "fix": first.dotted})]
        if op.written in _LOOPS:
            return [Told("scalars-iteration", {"x": first.code, "fix": first.dotted})]
    if op.written == "bool":
        return _ambiguous(first, first.tensor)
    if op.written == "range":
        values = {"function": "range", "x": first.code, "dtype": first.tensor.dtype, "shape": shape}
        return [Told("scalars-index", values)] if op.is_a("TypeError") else []
    if op.written in ("max", "min", "sorted", "any", "all") and shape:
        return _several(op)
    return _number(op, first, first.tensor)


def _number(op: Operation, given: Given, tensor: TensorFact) -> list[Told]:
    count = numel(tensor.shape)
    if count == 1:
        return []
    values = {"function": op.written, "x": given.code, "shape": tensor.shape, "count": count}
    if op.written in _NUMBERS:
        return [Told("scalars-one", values), Told("scalars-list", {"fix": given.dotted})]
    if op.written in ("sqrt", "exp", "log", "sin", "cos", "tan", "floor", "ceil", "pow"):
        return [Told("scalars-one", values), Told("scalars-torch", {"function": op.written})]
    return []


def _several(op: Operation) -> list[Told]:
    """`max(x, y)`, or `max(x)` of a tensor whose pieces are no numbers."""
    first = op.rest[0].tensor
    is_deep = first is not None and len(first.shape) > 1
    if op.is_a("NotImplementedError") or not op.is_a("RuntimeError", "ValueError"):
        return []
    is_several = any(given.tensor is not None and numel(given.tensor.shape) > 1 for given in op.rest)
    is_compared = len(op.rest) > 1 or (is_deep and first is not None and first.shape[0] > 1)
    return _comparing(op) if is_several and is_compared else []


def _comparing(op: Operation) -> list[Told]:
    told = [Told("scalars-compared", {"function": op.written})]
    if op.written in _EXTREMES:
        told.append(Told("scalars-extreme", {"function": op.written, "full": _EXTREMES[op.written]}))
    return told


def _compared(op: Operation, first: Given) -> list[Told]:
    """`max` or `sorted` of a list of tensors."""
    several = [item for item in first.items if item.tensor is not None and numel(item.tensor.shape) > 1]
    is_ambiguous = op.is_a("RuntimeError", "ValueError") and not op.is_a("NotImplementedError")
    return (
        _comparing(op)
        if len(first.items) > 1 and several and op.written in _COMPARING and is_ambiguous
        else []
    )


def contained(op: Operation) -> list[Told]:
    """`x in [y, z]`, `[y, z].index(x)`."""
    given = op.get("input") or (op.rest[0] if op.rest else None)
    if given is None or given.tensor is None or not op.is_a("RuntimeError", "ValueError"):
        return []
    held = op.get("other") or op.get("self")
    items = [item.tensor for item in held.items if item.tensor is not None] if held else []
    if op.is_a("NotImplementedError") or op.written not in ("in", "not in", "index", "remove", "count"):
        return []
    if not any(numel(each.shape) > 1 for each in (given.tensor, *items)):
        return []
    return [Told("scalars-compared", {"function": op.written}), Told("scalars-equal")]


def item(op: Operation) -> list[Told]:
    """`.item()` of several elements."""
    given = op.get("input")
    if given is None or given.tensor is None or not op.is_a("RuntimeError", "ValueError"):
        return []
    count = numel(given.tensor.shape)
    if count == 1:
        return []
    values = {"function": op.written, "x": given.code, "shape": given.tensor.shape, "count": count}
    return [Told("scalars-one", values), Told("scalars-list", {"fix": given.dotted})]
