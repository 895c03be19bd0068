"""Results that a dtype can't hold, and functions that a dtype does not have."""

from __future__ import annotations

from tensordrill.explanation.rules.elements import elements
from tensordrill.explanation.rules.operation import Given, Operation, Told, integer, number, sequence
from tensordrill.explanation.rules.shapes import BOOL, COMPLEX, FLOAT, INT, kind
from tensordrill.sandbox.values import Bool, Complex, Float, Int, Value

WORDS = {
    "dtypes-cast": (
        "`{function}` writes into {x}, and {dtype} can't hold the result, which is {kind}. "
        "Without the in-place form there is a new tensor that can.",
        "`{function}`은(는) 결과를 {x}에 쓰는데 {x}의 dtype은 {dtype}이라 {kind} 결과를 담을 수 없습니다. 제자리(in-place) 연산이 아니면 결과에 맞는 새 텐서가 생깁니다.",
    ),
    "dtypes-bool-minus": (
        "torch has no `-` for bools, because it could mean two things. `{fix}` is one of them.",
        "torch에서 bool에는 `-`를 쓸 수 없습니다. 뜻이 둘일 수 있기 때문입니다. `{fix}`처럼 쓰세요.",
    ),
    "dtypes-floats-only": (
        "`{function}` is for floating-point numbers; {x} is {dtype}. `{fix}.float()` converts it.",
        "`{function}`은(는) 부동소수점 텐서에만 쓸 수 있습니다. {x}의 dtype은 {dtype}입니다. `{fix}.float()`(으)로 변환하세요.",
    ),
    "dtypes-integers-only": (
        "`{function}` works on the bits of integers and bools; {x} is {dtype}.",
        "`{function}`은(는) 정수나 bool의 비트를 다룹니다. {x}의 dtype은 {dtype}입니다.",
    ),
    "dtypes-negative-power": (
        "{x} is {dtype}, and an integer to the power {power} is no integer. `{fix}.float()` first gives fractions.",
        "{x}의 dtype은 {dtype}이고, 정수의 {power} 제곱은 정수가 아닙니다. `{fix}.float()`(으)로 먼저 변환하세요.",
    ),
    "dtypes-grad": (
        "Only floating-point and complex tensors can require gradients; {x} is {dtype}.",
        "gradient는 부동소수점이나 복소수 텐서에만 있습니다. {x}의 dtype은 {dtype}입니다.",
    ),
    "dtypes-grad-literal": (
        "Only floating-point and complex tensors can require gradients, and numbers without a point give {dtype}. "
        "Write them with a point, or add `dtype=torch.float32`.",
        "gradient는 부동소수점이나 복소수 텐서에만 있습니다. 소수점이 없는 수로 만들면 dtype이 {dtype}이(가) 됩니다. "
        "소수점을 붙이거나 `dtype=torch.float32`를 쓰세요.",
    ),
    "dtypes-convert": ("`{fix}.float()` converts it.", "`{fix}.float()`(으)로 변환하세요."),
}

_ARITHMETIC = frozenset("add sub mul div pow remainder fmod floor_divide atan2".split())
_FLOATING = frozenset("exp log sqrt rsqrt sin cos tan tanh sigmoid log2 log10 log1p expm1 reciprocal".split())
FLOATS_ONLY = frozenset(
    "mean nanmean std var std_mean var_mean softmax log_softmax logcumsumexp norm normalize cdist gelu silu glu".split()
)
"""Functions that raise for integers and bools."""
_BITS = frozenset("bitwise_and bitwise_or bitwise_xor bitwise_not".split())
_NAMES = {BOOL: "bool", INT: "int", FLOAT: "float", COMPLEX: "complex"}


def kind_of(given: Given) -> int | None:
    """Return the kind of a tensor's dtype, or of a Python number."""
    if given.tensor is not None:
        return kind(given.tensor.dtype)
    kinds: dict[type, int] = {Bool: BOOL, Int: INT, Float: FLOAT, Complex: COMPLEX}
    return kinds.get(type(given.value))


def cast(op: Operation) -> list[Told]:
    """An in-place operation whose result is of a higher kind than the tensor."""
    target = op.get("input")
    if not op.in_place or target is None or target.tensor is None or not op.is_a("RuntimeError"):
        return []
    if op.name not in _ARITHMETIC | _FLOATING:
        return []
    own = kind_of(target)
    kinds = [
        found for name in ("other", "exponent", "alpha") if name in op.by and (found := kind_of(op.by[name]))
    ]
    if own is None:
        return []
    result = max([own, *kinds])
    is_true_division = op.name == "div" and op.get("rounding_mode") is None
    if is_true_division or op.name in _FLOATING or op.name == "atan2":
        result = max(result, FLOAT)
    if result <= own:
        return []
    values = {"function": op.written, "x": target.code, "dtype": target.tensor.dtype, "kind": _NAMES[result]}
    return [Told("dtypes-cast", values)]


def bool_minus(op: Operation) -> list[Told]:
    """`-` between bools, or of one."""
    a, b = op.get("input"), op.get("other")
    if a is None or not op.is_a("RuntimeError") or op.name not in ("sub", "neg"):
        return []
    if op.name == "neg":
        return [Told("dtypes-bool-minus", {"fix": f"~{a.dotted}"})] if kind_of(a) == BOOL else []
    if b is None or BOOL not in (kind_of(a), kind_of(b)):
        return []
    if kind_of(a) == kind_of(b) == BOOL:
        return [Told("dtypes-bool-minus", {"fix": f"{a.dotted} ^ {b.dotted}"})]
    if a.tensor is None:
        return [Told("dtypes-bool-minus", {"fix": f"~{b.dotted}"})]
    bools, other = (a, b) if kind_of(a) == BOOL else (b, a)
    left = f"{a.dotted}.int()" if bools is a else a.dotted
    right = f"{b.dotted}.int()" if bools is b else other.dotted if other is b else b.dotted
    return [Told("dtypes-bool-minus", {"fix": f"{left} - {right}"})]


def floats_only(op: Operation) -> list[Told]:
    """`mean`, `std`, `softmax` and others of integers or bools."""
    given = op.get("input")
    if given is None or given.tensor is None or op.get("dtype") is not None or not op.is_a("RuntimeError"):
        return []
    if op.name not in FLOATS_ONLY or kind_of(given) not in (BOOL, INT):
        return []
    values = {"function": op.written, "x": given.code, "dtype": given.tensor.dtype, "fix": given.dotted}
    return [Told("dtypes-floats-only", values)]


def bits(op: Operation) -> list[Told]:
    """`&`, `|`, `^` and `~` of floats."""
    if op.name not in _BITS or not op.is_a("RuntimeError", "TypeError"):
        return []
    for name in ("input", "other"):
        given = op.get(name)
        if given is not None and kind_of(given) in (FLOAT, COMPLEX):
            dtype = given.tensor.dtype if given.tensor else given.type
            return [Told("dtypes-integers-only", {"function": op.written, "x": given.code, "dtype": dtype})]
    return []


def negative_power(op: Operation) -> list[Told]:
    """An integer tensor to a negative power."""
    base = op.get("input")
    power = op.get("exponent") or op.get("other")
    if (
        base is None
        or base.tensor is None
        or power is None
        or kind_of(base) != INT
        or not op.is_a("RuntimeError")
    ):
        return []
    exponent = integer(power.value)
    if power.tensor is not None and kind_of(power) == INT:
        exponent = next((int(each) for each in elements(power.tensor) if each < 0), None)
    if exponent is None or exponent >= 0:
        return []
    values = {"x": base.code, "dtype": base.tensor.dtype, "power": exponent, "fix": base.dotted}
    return [Told("dtypes-negative-power", values)]


def grad_of_integers(op: Operation) -> list[Told]:
    """Gradients wanted of integers."""
    if not op.is_a("RuntimeError"):
        return []
    given = op.get("input") or op.get("data") or op.get("self")
    if op.name in ("tensor", "arange"):
        return _made(op)
    if given is None or given.tensor is None or kind_of(given) not in (BOOL, INT):
        return []
    return [
        Told("dtypes-grad", {"x": given.code, "dtype": given.tensor.dtype}),
        Told("dtypes-convert", {"fix": given.dotted}),
    ]


def grad_flag(op: Operation) -> list[Told]:
    """`x.requires_grad = True` of integers."""
    return grad_of_integers(op) if op.written == "requires_grad" else []


def _made(op: Operation) -> list[Told]:
    """A tensor made of integers, with a gradient wanted."""
    flag = op.get("requires_grad")
    if flag is None or flag.value != Bool(True) or op.get("dtype") is not None:
        return []
    named = [op.by[name] for name in ("data", "start", "end", "step") if name in op.by]
    dtypes = [None if each.value is None else _literal(each.value) for each in named]
    if not dtypes or None in dtypes:
        return []
    return [Told("dtypes-grad-literal", {"dtype": dtypes[0]})]


def _literal(value: Value) -> str | None:
    """Return the dtype that nested lists of integers or bools have as a tensor; None with a float among them."""
    leaves, todo = [], [value]
    while todo:
        each = todo.pop()
        pieces = sequence(each)
        todo += pieces or ()
        leaves += [] if pieces is not None else [each]
    if leaves and all(isinstance(leaf, Bool) for leaf in leaves):
        return "bool"
    is_whole = leaves and all(isinstance(leaf, Bool) or number(leaf) is not None for leaf in leaves)
    return "int64" if is_whole and not any(isinstance(leaf, Float) for leaf in leaves) else None
