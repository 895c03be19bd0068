"""Results that a dtype can't hold, and functions that a dtype does not have."""

from __future__ import annotations

import re

from tensordrill.explanation.call import Argument, Failed, number, sequence
from tensordrill.explanation.dtypes import BOOL, COMPLEX, FLOAT, INT, kind
from tensordrill.explanation.rules.elements import LARGEST, outside
from tensordrill.explanation.rules.rule import ELEMENTWISE, LAST, Fix, Reason, changed, instead, rule
from tensordrill.messages import message
from tensordrill.sandbox.values import Bool, Complex, Float, Int, Value

_ARITHMETIC = frozenset("add sub mul div pow remainder fmod floor_divide atan2".split())
_FLOATING = frozenset("exp log sqrt rsqrt sin cos tan tanh sigmoid log2 log10 log1p expm1 reciprocal".split())
FLOATS_ONLY = frozenset(
    "mean nanmean std var std_mean var_mean softmax log_softmax logcumsumexp norm normalize cdist gelu silu glu "
    "linalg_norm linalg_vector_norm linalg_matrix_norm linalg_det linalg_slogdet linalg_inv linalg_cholesky linalg_eig "
    "linalg_eigh linalg_svd linalg_qr linalg_vecdot linalg_pinv".split()
)
"""Functions that raise for integers and bools."""
_BITS = frozenset(
    "bitwise_and bitwise_or bitwise_xor bitwise_not bitwise_left_shift bitwise_right_shift".split()
)
_NAMES = {BOOL: "bool", INT: "int", FLOAT: "float", COMPLEX: "complex"}
_KINDS: dict[type, int] = {Bool: BOOL, Int: INT, Float: FLOAT, Complex: COMPLEX}


def kind_of(x: Argument | None) -> int | None:
    """Return the kind of a tensor's dtype, or of a Python number."""
    if x is None:
        return None
    return kind(x.dtype) if x.tensor is not None else _KINDS.get(type(x.value))


@rule("neg", ELEMENTWISE, needs=("input:any",))
def bool_minus(call: Failed, a: Argument) -> Reason:
    """`-` between bools, or of one."""
    if call.name not in ("neg", "sub"):
        return None
    b = call.get("other")
    is_bool = [kind_of(each) == BOOL for each in (a, b)]
    if call.name == "neg":
        return (message("dtypes-bool-minus"), *instead(call, "~{input}")) if is_bool[0] else None
    if b is None or not any(is_bool):
        return None
    if all(is_bool):
        return message("dtypes-bool-minus"), *instead(call, "{input} ^ {other}")
    if a.tensor is None:
        return message("dtypes-bool-minus"), *instead(call, "~{other}")
    left, right = (name + ".int()" * one for name, one in zip(("{input}", "{other}"), is_bool, strict=True))
    return message("dtypes-bool-minus"), *instead(call, f"{left} - {right}")


@rule(ELEMENTWISE, needs=("input",))
def cast(call: Failed, x: Argument) -> Reason:
    """An in-place operation whose result is of a higher kind than the tensor."""
    own = kind_of(x)
    if not call.is_in_place or call.name not in _ARITHMETIC | _FLOATING or own is None:
        return None
    result = max(own, *(kind_of(call.get(name)) or own for name in ("other", "exponent", "alpha")))
    is_true_division = call.name == "div" and call.get("rounding_mode") is None
    if is_true_division or call.name in _FLOATING or call.name == "atan2":
        result = max(result, FLOAT)
    if result == own:
        return None
    values = {"dtype": x.dtype, "kind": _NAMES[result]}
    return message("dtypes-cast", function=call.function, x=x.code, **values), Fix(
        message("dtypes-new"), "{new}"
    )


@rule("bitwise_not", ELEMENTWISE, raises="RuntimeError TypeError")
def bits(call: Failed) -> Reason:
    """`&`, `|`, `^` and `~` of floats."""
    for x in filter(None, map(call.get, ("input", "other"))):
        if call.name in _BITS and kind_of(x) in (FLOAT, COMPLEX):
            dtype = x.dtype if x.tensor else x.type
            return message("dtypes-integers-only", function=call.function, x=x.code, dtype=dtype)
    return None


@rule("pow", needs=("input", "exponent|other:any"))
def negative_power(_: Failed, x: Argument, power: Argument) -> Reason:
    """An integer tensor to a negative power."""
    exponent = power.integer
    if power.tensor is not None and kind_of(power) == INT:
        exponent = outside(power, 0, LARGEST)
    if kind_of(x) != INT or exponent is None or exponent >= 0:
        return None
    negative = message("dtypes-negative-power", x=x.code, dtype=x.dtype, power=exponent)
    return negative, *changed(x, "{}.float()")


@rule("requires_grad_", "Parameter", "set attribute", needs=("input|data|self",))
def grad_of_integers(call: Failed, x: Argument) -> Reason:
    """Gradients wanted of integers."""
    if kind_of(x) not in (BOOL, INT) or (call.name == "set attribute" and call.function != "requires_grad"):
        return None
    return message("dtypes-grad", x=x.code, dtype=x.dtype), *changed(x, "{}.float()")


@rule("tensor", "arange", needs=("requires_grad:any",))
def made(call: Failed, flag: Argument) -> Reason:
    """A tensor made of integers, with a gradient wanted."""
    if flag.value != Bool(True) or call.get("dtype") is not None:
        return None
    numbers = [call.arguments[name] for name in ("data", "start", "end", "step") if name in call.arguments]
    dtypes = [None if each.value is None else _literal(each.value) for each in numbers]
    if not dtypes or None in dtypes:
        return None
    return message("dtypes-grad-literal", dtype=dtypes[0])


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


@rule(LAST, needs=("input|A|x",))
def floats_only(call: Failed, x: Argument) -> Reason:
    """`mean`, `std`, `softmax` and others of integers or bools."""
    if call.name not in FLOATS_ONLY or call.get("dtype") is not None or kind_of(x) not in (BOOL, INT):
        return None
    floats = message("dtypes-floats-only", function=call.function, x=x.code, dtype=x.dtype)
    return floats, *changed(x, "{}.float()")


ONE_DTYPE = {
    "complex": ("real", "imag"), "polar": ("abs", "angle"), "quantile": ("input", "q"), "nanquantile": ("input", "q"),
    "lerp": ("input", "end"), "heaviside": ("input", "values"), "put": ("input", "source"),
    "masked_scatter": ("input", "source"), "index_add": ("input", "source"),
    "index_copy": ("input", "source"), "index_reduce": ("input", "source"), "linalg_solve": ("A", "B"),
    "linalg_lstsq": ("A", "B"), "cdist": ("x1", "x2"),
    "bilinear": ("input1", "input2", "weight"), "grid_sample": ("input", "grid"),
    "RNN": ("weight_ih_l0", "hx"), "GRU": ("weight_ih_l0", "hx"), "RNNCell": ("weight_ih", "hx"),
    "GRUCell": ("weight_ih", "hx"), "tensordot": ("a", "b"), "inner": ("input", "other"),
    "scaled_dot_product_attention": ("query", "key", "value"), "embedding_bag": ("weight", "per_sample_weights"),
}  # fmt: skip
"""Tensors that are of one dtype."""


@rule(*ONE_DTYPE)
def one_dtype(call: Failed) -> Reason:
    """Tensors of two dtypes where a function promotes none."""
    given = [x for name in ONE_DTYPE[call.name] if (x := call.get(name)) is not None and x.tensor is not None]
    other = next((x for x in given if x.dtype != given[0].dtype), None)
    return None if other is None else differ(call.function, given[0], other)


def differ(function: str, a: Argument, b: Argument) -> Reason:
    """Return that two dtypes differ; the one of the lower kind, else the second, can become the other."""
    if a.dtype == b.dtype:
        return None
    x, to = (a, b.dtype) if (kind(a.dtype) or 0) < (kind(b.dtype) or 0) else (b, a.dtype)
    dtypes = {"a": a.code, "b": b.code, "dtype_a": a.dtype, "dtype_b": b.dtype}
    return message("dtypes-one", function=function, **dtypes), *changed(x, f"{{}}.to(torch.{to})")


_MIXED = re.compile(r"mixed dtype \(CPU\)")
_UNSUPPORTED = re.compile(r'"\w+" not implemented for \'(\w+)\'\Z')
_TORCH_NAMES = {
    "Bool": "bool", "Byte": "uint8", "Char": "int8", "Short": "int16", "Int": "int32", "Long": "int64",
    "Half": "float16", "BFloat16": "bfloat16", "Float": "float32", "Double": "float64",
    "ComplexFloat": "complex64", "ComplexDouble": "complex128",
}  # fmt: skip
"""Dtypes by the names that torch's messages have for them."""


@rule("batch_norm", "layer_norm", "group_norm", "rms_norm", needs=("input", "weight"))
def normalized(call: Failed, x: Argument, weight: Argument) -> Reason:
    """A norm of another dtype than its weight's, which goes for some dtypes and not for others."""
    return differ(call.function, weight, x) if _MIXED.match(call.raised.message) else None


@rule(LAST, raises="NotImplementedError RuntimeError")
def unsupported(call: Failed) -> Reason:
    """A function that has no implementation for the dtype of its tensors; torch alone knows which it has."""
    match = _UNSUPPORTED.match(call.raised.message)
    dtype = _TORCH_NAMES.get(match[1]) if match else None
    x = next((each for each in call.given if each.tensor is not None and each.dtype == dtype), None)
    if x is None or not call.function:
        return None
    floats = changed(x, "{}.float()") if kind(x.dtype) in (BOOL, INT) else ()
    return message("dtypes-unsupported", function=call.function, x=x.code, dtype=dtype), *floats
