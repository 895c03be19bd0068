"""Values that arguments take: numbers in a range, words of a list, so many numbers, dtypes: one line a function."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

from tensordrill.explanation.call import Argument, Failed, number, sequence
from tensordrill.explanation.dtypes import COMPLEX, FLOAT, INT, kind
from tensordrill.explanation.rules.elements import first
from tensordrill.explanation.rules.rule import FIRST, Reason, changed, rule
from tensordrill.kinds.numbers import DTYPES
from tensordrill.messages import Message, message
from tensordrill.sandbox.values import Dtype, Text

LINES = """
conv1d conv2d conv3d Conv1d Conv2d Conv3d: stride >= 1, padding >= 0, dilation >= 1, groups >= 1
conv_transpose1d conv_transpose2d conv_transpose3d: stride >= 1, padding >= 0, dilation >= 1, groups >= 1
ConvTranspose1d ConvTranspose2d ConvTranspose3d: stride >= 1, padding >= 0, dilation >= 1, groups >= 1
max_pool1d max_pool2d max_pool3d: kernel_size >= 1, stride >= 1, padding >= 0, dilation >= 1
avg_pool1d AvgPool1d: kernel_size >= 1, stride >= 1, padding >= 0
avg_pool2d AvgPool2d: kernel_size >= 1, stride >= 1, padding >= 0, divisor_override nonzero
avg_pool3d AvgPool3d: kernel_size >= 1, stride >= 1, padding >= 0, divisor_override nonzero
adaptive_avg_pool1d adaptive_max_pool1d: output_size >= 0, output_size 1 number
adaptive_avg_pool2d adaptive_max_pool2d: output_size >= 0, output_size 2 numbers
adaptive_avg_pool3d adaptive_max_pool3d: output_size >= 0, output_size 3 numbers
max_unpool1d max_unpool2d max_unpool3d: indices int64
group_norm: num_groups >= 1
pad: mode constant|reflect|replicate|circular
grid_sample: mode bilinear|nearest|bicubic, padding_mode zeros|border|reflection
embedding_bag: input int64|int32, offsets int64|int32, mode sum|mean|max
dropout dropout1d dropout2d dropout3d alpha_dropout feature_dropout feature_alpha_dropout: p 0 to 1
Dropout Dropout1d Dropout2d Dropout3d AlphaDropout FeatureAlphaDropout: p 0 to 1
celu: alpha nonzero
gelu: approximate none|tanh
softshrink: lambd >= 0
huber_loss: delta > 0
smooth_l1_loss: beta >= 0
triplet_margin_loss triplet_margin_with_distance_loss: margin > 0
multi_margin_loss: target int64, p 1|2
multilabel_margin_loss: target int64
cross_entropy: label_smoothing 0 to 1
binary_cross_entropy: target 0 to 1
gaussian_nll_loss: var >= 0
kl_div: input floats, target floats
SGD Adam AdamW: lr >= 0, weight_decay >= 0
pack_padded_sequence: lengths >= 1
cosine hamming hann bartlett blackman nuttall general_hamming: M >= 0, dtype float32|float64
exponential: M >= 0, tau > 0, dtype float32|float64
gaussian: M >= 0, std > 0, dtype float32|float64
kaiser: M >= 0, beta >= 0, dtype float32|float64
general_cosine: M >= 0, a some numbers, dtype float32|float64
normal_: std >= 0
log_normal_: std > 0
cauchy_: sigma > 0
exponential_: lambd > 0
geometric_: p between 0 1
bernoulli: input 0 to 1
bernoulli_: p 0 to 1
multinomial: num_samples >= 1, input floats, input finite, input >= 0, out int64
arange: start finite, end finite
linspace logspace: steps >= 0
zeros ones empty rand randn: *size >= 0
full: size >= 0
tile: *dims >= 0
repeat: *repeats >= 0
one_hot: input int64, input >= 0
eye: n >= 0, m >= 0
randperm: n >= 0
tril_indices triu_indices: row >= 0, col >= 0
combinations: r >= 0
kthvalue: k >= 1
topk: k >= 0
diff: n >= 0
mean nanmean: dtype inexact
div: rounding_mode trunc|floor
isclose allclose: rtol >= 0, atol >= 0
gradient: edge_order 1|2
quantile nanquantile: input float32|float64, q 0 to 1, interpolation linear|lower|higher|midpoint|nearest
cov: fweights integers, fweights >= 0, aweights floats, aweights >= 0
complex: real float32|float64|float16, imag float32|float64|float16
bincount: input integers, input >= 0, minlength >= 0
histc: bins >= 1
renorm: p > 0, maxnorm >= 0
linalg_qr: mode reduced|complete|r
searchsorted: side left|right
meshgrid: indexing ij|xy
where: condition bool|uint8
masked_select masked_scatter masked_fill: mask bool
gather index_select index_add: index int64|int32
index_fill index_copy take: index int64
scatter: index int64|int32, reduce add|multiply
scatter_add: index int64|int32
scatter_reduce: index int64|int32, reduce sum|prod|mean|amax|amin
index_reduce: index int64|int32, reduce prod|mean|amax|amin
take_along_dim: indices int64
repeat_interleave: repeats int64|int32, repeats >= 0
as_strided: size >= 0, stride >= 0
ctc_loss: input_lengths >= 0, target_lengths >= 0
narrow: start integers, length >= 0
chunk: chunks >= 1
rot90: dims 2 numbers
roll: shifts some numbers
"""


class Condition(NamedTuple):
    """A condition on an argument, and the function that returns how one breaks it."""

    wanted: Message
    breach: Callable[[Argument], Message | None]
    fix: str = ""
    """Code in place of an argument that breaks it."""


def _within(wanted: Message, holds: Callable[[float], bool]) -> Condition:
    """Return the condition that numbers, and a tensor's elements, are in a range."""

    def breach(x: Argument) -> Message | None:
        if x.tensor is not None:
            value = first(x, lambda each: not holds(each))
            return None if value is None else message("values-element", x=x.code, value=value)
        numbers = map(number, sequence(x.value) or (x.value,))
        value = next((each for each in numbers if each is not None and not holds(each)), None)
        return None if value is None else message("values-here", value=value)

    return Condition(wanted, breach)


def _one_of(choices: list[str]) -> Condition:
    """Return the condition that a word, or an integer, is one of a list."""

    def breach(x: Argument) -> Message | None:
        value = x.value.v if isinstance(x.value, Text) else x.integer
        if value is None or isinstance(value, int) != choices[0].isdigit() or str(value) in choices:
            return None
        return message("values-here", value=f"`{value}`")

    return Condition(_is([f"`{each}`" for each in choices]), breach)


def _counted(wanted: Message, holds: Callable[[int], bool]) -> Condition:
    """Return the condition that a list has so many numbers; a number alone is none."""

    def breach(x: Argument) -> Message | None:
        pieces = sequence(x.value)
        return None if pieces is None or holds(len(pieces)) else message("values-counted", count=len(pieces))

    return Condition(wanted, breach)


def _of_dtypes(wanted: Message, fix: str, holds: Callable[[str], bool]) -> Condition:
    """Return the condition that a tensor, or a `dtype`, is of some dtypes."""

    def breach(x: Argument) -> Message | None:
        if isinstance(x.value, Dtype):
            return None if holds(x.value.v) else message("values-here", value=x.value.v)
        if x.tensor is None or holds(x.dtype):
            return None
        return message("values-dtype", x=x.code, dtype=x.dtype)

    return Condition(wanted, breach, fix)


def _is(words: list[str]) -> Message:
    *before, last = words
    listed = ", ".join(before)
    return message("values-one-of", words=listed, last=last) if before else message("values-is", value=last)


_KINDS = {
    "integers": _of_dtypes(message("values-integers"), "{}.long()", lambda dtype: kind(dtype) == INT),
    "floats": _of_dtypes(message("values-floats"), "{}.float()", lambda dtype: kind(dtype) == FLOAT),
    "inexact": _of_dtypes(message("values-inexact"), "", lambda dtype: kind(dtype) in (FLOAT, COMPLEX)),
    "finite": _within(message("values-finite"), math.isfinite),
    "nonzero": _within(message("values-nonzero"), lambda value: value != 0),
    "some numbers": _counted(message("values-some"), lambda count: count > 0),
}


_CASTS = {"int64": "{}.long()", "float32": "{}.float()", "bool": "{}.bool()"}


def _condition(words: str) -> Condition:
    """Read a condition of `LINES`."""
    if words in _KINDS:
        return _KINDS[words]
    match words.split():
        case [">=", bound]:
            low = int(bound)
            return _within(message("values-least", low=low), lambda value: value >= low)
        case [">", bound]:
            low = int(bound)
            return _within(message("values-above", low=low), lambda value: value > low)
        case ["between", *bounds]:
            low, high = map(int, bounds)
            return _within(message("values-between", low=low, high=high), lambda value: low < value < high)
        case [first, "to", last]:
            low, high = int(first), int(last)
            return _within(message("values-from-to", low=low, high=high), lambda value: low <= value <= high)
        case [number, "number" | "numbers"]:
            count = int(number)
            return _counted(message("values-numbers", count=count), lambda each: each == count)
    choices = words.split("|")
    if choices[0] not in DTYPES:
        return _one_of(choices)
    return _of_dtypes(_is(choices), _CASTS[choices[0]], choices.__contains__)


def _conditions(text: str) -> tuple[tuple[str, Condition], ...]:
    pairs = (each.split(maxsplit=1) for each in text.split(", "))
    return tuple((name, _condition(words)) for name, words in pairs)


CONDITIONS: dict[str, tuple[tuple[str, Condition], ...]] = {
    name: _conditions(text)
    for names, _, text in (line.partition(": ") for line in LINES.strip().splitlines())
    for name in names.split()
}
"""The conditions on arguments of each function, in the order in which they are looked at."""
_REDUCTION = ("reduction", _one_of(["none", "mean", "sum"]))
_RAISES = "RuntimeError ValueError IndexError NotImplementedError AssertionError ZeroDivisionError"


def at_least(function: str, name: str, low: int, value: int) -> Message:
    """Return that a number is too small."""
    words = {"wanted": message("values-least", low=low), "breach": message("values-here", value=value)}
    return message("values-condition", function=function, name=name, **words)


@rule(FIRST, raises=_RAISES)
def conditions(call: Failed) -> Reason:
    """An argument that is not what its function takes."""
    reductions = (_REDUCTION,) if call.is_a("ValueError") else ()
    for name, condition in (*CONDITIONS.get(call.name, ()), *reductions):
        for x in call.rest if name[0] == "*" else filter(None, [call.get(name)]):
            breach = condition.breach(x)
            if breach is not None:
                words = {"name": name.removeprefix("*"), "wanted": condition.wanted, "breach": breach}
                reason = message("values-condition", function=call.function, **words)
                is_safe = x.tensor is None or kind(x.dtype) != COMPLEX  # a cast drops the imaginary parts
                return reason, *changed(x, condition.fix) * (
                    condition.fix != "" and name != "out" and is_safe
                )
    return None


ORDERED = {
    "hardtanh": ("min_val", "max_val"), "rrelu": ("lower", "upper"), "uniform_": ("from", "to"),
    "histc": ("min", "max"),
}  # fmt: skip
"""Two numbers of which the first may not be the larger one."""


@rule(*ORDERED, raises="RuntimeError ValueError")
def ordered(call: Failed) -> Reason:
    """A lower limit above the upper one."""
    low, high = ORDERED[call.name]
    first, second = (number(x.value) if (x := call.get(name)) else None for name in (low, high))
    if first is None or second is None or first <= second:
        return None
    return message("values-ordered", function=call.function, low=low, high=high, m=first, n=second)


DIVIDED = {
    **{f"{name}{count}d": (("in_channels", "groups"), ("out_channels", "groups"))
       for name in ("Conv", "ConvTranspose") for count in (1, 2, 3)},
    "GroupNorm": (("num_channels", "num_groups"),), "MultiheadAttention": (("embed_dim", "num_heads"),),
}  # fmt: skip
"""A number that is a multiple of another one."""


@rule(*DIVIDED, raises="ValueError AssertionError")
def divided(call: Failed) -> Reason:
    """A layer whose channels or features can't be cut into so many parts."""
    for name, parts in DIVIDED[call.name]:
        m, n = call.integer(name), call.integer(parts)
        if m is not None and n and m % n:
            return message("values-multiple", function=call.function, name=name, parts=parts, m=m, n=n)
    return None
