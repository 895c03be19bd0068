"""Arguments of the wrong type or number, in terms of what the function's parser says of them and of what they are."""

from __future__ import annotations

import re

from tensordrill.explanation.call import Argument, Call, Failed, integer, sequence
from tensordrill.explanation.rules.dims import RANGE
from tensordrill.explanation.rules.memory import on_expanded
from tensordrill.explanation.rules.rule import LAST, Fix, Reason, changed, of, of_two, rule
from tensordrill.explanation.rules.sizes import differing
from tensordrill.explanation.rules.values import at_least
from tensordrill.explanation.shapes import from_front
from tensordrill.messages import message
from tensordrill.sandbox.values import Bool

_PARSED = re.compile(r"\w+\(\): argument '(\w+)'(?: \(position (\d+)\))? must be ([\w .\[\]]+), not (\w+)\Z")
_OVERLOADS = re.compile(r"^ \* \(([^*)\n]*)", re.MULTILINE)
"""The parameters of each signature that torch's parser tried, without those by keyword alone."""
_CLASH = re.compile(
    r"The size of tensor a \((\d+)\) must match the size of tensor b \((\d+)\) at non-singleton dimension (\d+)"
)
_LACKING = re.compile(
    r"'(\w+)' object has no attribute '(?:size|dim|shape|dtype|device)'\Z"
    r"|\w+\(\): argument '\w+' \(position \d+\) must be Tensor, not (\w+)\Z"
)
_NO_DIMS = re.compile(r"Dimension specified as -?\d+ but tensor has no dimensions")
_OF_ITS_INPUT = frozenset("gather amax amin take index_select".split())
"""Functions whose result has the dtype of their input."""
_TAKEN = {
    "int": {"int", "float", "Number", "complex", "tuple of ints", "tuple of floats"},
    "float": {"float", "Number", "complex", "tuple of floats"},
    "str": {"str", "torch.device", "Device", "name"},
}
"""The types of parameters that take a value of a type."""
_OF_NUMBERS = frozenset("add sub mul div floor_divide copy".split())
"""Functions that take numbers for tensors: https://github.com/pytorch/pytorch/blob/main/torch/csrc/utils/python_arg_parser.cpp."""
_PLAIN = ("int", "float", "bool", "str", "list", "tuple", "None")


def _placed(call: Call) -> list[Argument]:
    return [each for each in _given(call) if each.role == "self" or each.role.isdigit()]


def _given(call: Call) -> list[Argument]:
    return [*call.arguments.values(), *call.rest]


@rule(
    "sum",
    "mean",
    "prod",
    "std",
    "var",
    "amax",
    "amin",
    "any",
    "all",
    "norm",
    raises="TypeError",
    needs=("input",),
)
def dims_apart(call: Failed, _: Argument) -> Reason:
    """`x.sum(0, 1)`: dims one by one, where one tuple is taken."""
    dims = [each.integer for name in ("dim", "unbiased", "keepdim") if (each := call.get(name))]
    dims += [each.integer for each in call.rest]
    if len(dims) < 2 or None in dims:
        return None
    fix = tuple(dims)
    proposal = message("fixes-use", fix=f"{call.arguments['input'].dotted}.{call.function}({fix})")
    return message("arguments-tuple", function=call.function), Fix(
        proposal, f"{{input}}.{call.function}({fix})"
    )


@rule(LAST, raises="TypeError")
def wrong_type(call: Failed) -> Reason:
    """An argument of another type than the function's only signature has, which torch's parser names."""
    match = _PARSED.match(call.raised.message)
    if match is None or not call.is_of_torch:
        return None
    name, position, wanted, _ = match.groups()
    placed = _placed(call)
    at = int(position) - 1 if position else len(placed)
    x = placed[at] if at < len(placed) else next((each for each in _given(call) if each.role == name), None)
    if x is None or (x.type not in _PLAIN and (x.tensor is None or wanted == "Tensor")):
        return None
    makes = changed(x, "torch.tensor({})") if wanted == "Tensor" else ()
    values = {"name": name, "wanted": wanted, "type": x.type or "Tensor"}
    return message("arguments-type", function=call.function, x=x.code, **values), *makes


@rule(LAST, raises="TypeError")
def no_overload(call: Failed) -> Reason:
    """An argument of a type that none of the function's signatures has at its place, which torch's parser lists."""
    overloads = [_parameters(text) for text in _OVERLOADS.findall(call.raised.message)]
    placed = _placed(call)
    is_plain = call.failure.call.owner == "torch" and all(each.type in _PLAIN for each in _given(call))
    if placed and is_plain and overloads and all("Tensor" in dict(each) for each in overloads):
        x = placed[0]
        no_tensor = message("attributes-no-tensor", function=call.function, x=x.code, type=x.type)
        return no_tensor, *changed(x, "torch.tensor({})")
    if call.failure.call.owner == "tensor":
        placed = [each for each in placed if each.role != "self"]
    for at, x in enumerate(placed if call.is_of_torch else ()):
        pairs = [each[at] for each in overloads if at < len(each)]
        types, names = (list(dict.fromkeys(pair[part] for pair in pairs)) for part in (0, 1))
        is_number = "Tensor" in types and call.name in _OF_NUMBERS
        if not types or x.type not in _TAKEN or _TAKEN[x.type] & {*types} or is_number:
            continue
        values = {"name": "/".join(names), "wanted": " / ".join(types), "type": x.type}
        makes = changed(x, "torch.tensor({})") if "Tensor" in types else ()
        return message("arguments-type", function=call.function, x=x.code, **values), *makes
    return None


def _parameters(text: str) -> list[tuple[str, str]]:
    """Return the types and names of a signature's parameters."""
    words = (each.partition(" = ")[0].rpartition(" ") for each in text.split(", ") if " " in each)
    return [(type_.strip(), name) for type_, _, name in words]


@rule(LAST, raises="IndexError")
def dim_out_of_range(call: Failed) -> Reason:
    """A dim that torch found out of range, of a tensor with as many dims as it says."""
    match = RANGE.match(call.raised.message)
    if match is None:
        return None
    low, high, dim = map(int, match.groups())
    tensors = [each for each in _given(call) if each.tensor is not None]
    x = tensors[0] if tensors else None
    named = [each for name, each in call.arguments.items() if "dim" in name and each.value is not None]
    is_given = any(dim in (each.integers or ()) for each in named)
    if x is None or not is_given or len(x.shape) != -low or not call.function:
        return None
    return message("dims-range", function=call.function, low=low, high=high, dim=dim, **of(x))


@rule(LAST, raises="IndexError")
def no_dims(call: Failed) -> Reason:
    """A dim of a 0-d tensor."""
    tensors = [each for each in _given(call) if each.tensor is not None]
    if not _NO_DIMS.match(call.raised.message) or not tensors or tensors[0].shape or not call.function:
        return None
    return message("dims-none", x=tensors[0].code, function=call.function)


@rule(LAST)
def clash(call: Failed) -> Reason:
    """Two operands that torch could not broadcast, found by the sizes that it names."""
    match = _CLASH.match(call.raised.message)
    m, n, dim = map(int, match.groups()) if match else (0, 0, 0)
    tensors = [each for each in _given(call) if each.tensor is not None and each.shape]
    for a in tensors if match else ():
        for b in tensors:
            count = max(len(a.shape), len(b.shape))
            i, j = (len(each.shape) - count + dim for each in (a, b))
            if a is not b and min(i, j) >= 0 and dim < count and (a.shape[i], b.shape[j]) == (m, n):
                return message("broadcasts-clash", i=i, j=j, m=m, n=n, **of_two(a, b))
    return None


@rule(LAST, needs=("out",))
def out(call: Failed, x: Argument) -> Reason:
    """`out=` with several elements at one place, or of another dtype."""
    source = call.get("input")
    is_of_it = call.name in _OF_ITS_INPUT and source is not None and source.tensor is not None
    if is_of_it and source is not None and source.dtype != x.dtype:
        dtypes = {"dtype": source.dtype, "out": x.code, "dtype_out": x.dtype}
        return message("arguments-out", function=call.function, x=source.code, **dtypes)
    expanded = on_expanded(x)
    return expanded[0] if isinstance(expanded, tuple) else None  # its fix, a clone, would get the result


@rule("gradient", needs=("input",))
def sampled(call: Failed, x: Argument) -> Reason:
    """`gradient` along dims that are too short, or with another number of spacings."""
    dims, spacing = call.integers("dim") or tuple(range(len(x.shape))), call.get("spacing")
    pieces = sequence(spacing.value) or spacing.items if spacing else ()
    if pieces and len(pieces) != len(dims):
        return message("arguments-spacing", function=call.function, spacings=len(pieces), dims=len(dims))
    least = call.integer("edge_order", 1)
    for dim in from_front(dims, len(x.shape)) or () if x.shape else ():
        if least is not None and x.shape[dim] <= least:
            values = {"least": least + 1, "dim": dim, "size": x.shape[dim]}
            return message("arguments-short", function=call.function, **values, **of(x))
    return None


@rule("histogramdd", needs=("input", "bins:any"))
def binned(call: Failed, x: Argument, bins: Argument) -> Reason:
    """`histogramdd` with bins for another number of dims than a point has."""
    pieces = sequence(bins.value) or bins.items
    if not x.shape or not pieces or len(pieces) == x.shape[-1]:
        return None
    return message("arguments-bins", function=call.function, count=len(pieces), n=x.shape[-1], **of(x))


@rule("diagonal", "diag_embed", "linalg_diagonal", needs=("input|A",))
def diagonal(call: Failed, x: Argument) -> Reason:
    """A diagonal of one dim alone."""
    is_new = call.name == "diag_embed"
    defaults = (0, 1) if call.name == "diagonal" else (-2, -1)
    dims = [call.integer(name, dim) for name, dim in zip(("dim1", "dim2"), defaults, strict=True)]
    if None in dims:
        return None
    placed = from_front([dim for dim in dims if dim is not None], len(x.shape) + is_new)
    if placed is None or placed[0] != placed[1]:
        return None
    return message("arguments-diagonal", function=call.function, dim=placed[0])


@rule("movedim", needs=("input", "source:ints", "destination:ints"))
def moved(call: Failed, x: Argument, source: tuple[int, ...], destination: tuple[int, ...]) -> Reason:
    """`movedim` with more dims on one side, or with one dim twice."""
    if len(source) != len(destination):
        counts = {"m": len(source), "n": len(destination)}
        return message(
            "arguments-moved", function=call.function, source=source, destination=destination, **counts
        )
    for dims in (source, destination):
        placed = from_front(dims, len(x.shape)) or []
        repeated = next((dim for dim in placed if placed.count(dim) > 1), None)
        if repeated is not None:
            return message("dims-order-repeated", function=call.function, dims=dims, dim=repeated)
    return None


@rule("roll", needs=("input", "shifts:ints", "dims:ints"))
def rolled(call: Failed, _: Argument, shifts: tuple[int, ...], dims: tuple[int, ...]) -> Reason:
    """`roll` with more shifts than dims."""
    if len(shifts) == len(dims):
        return None
    values = {"source": shifts, "destination": dims, "m": len(shifts), "n": len(dims)}
    return message("arguments-moved", function=call.function, **values)


@rule("unfold", needs=("input", "dimension:int", "size:int"))
def unfolded(call: Failed, x: Argument, dim: int, size: int) -> Reason:
    """`unfold` with windows that are longer than the dim."""
    if call.failure.call.owner != "tensor" or not -len(x.shape) <= dim < len(x.shape):
        return None
    if (step := call.integer("step", 1)) is not None and step < 1:
        return at_least(call.function, "step", 1, step)
    if size < 0:
        return at_least(call.function, "size", 0, size)
    if size <= x.shape[dim]:
        return None
    most = {"dim": dim % len(x.shape), "most": x.shape[dim], "value": size}
    return message("arguments-most", function=call.function, name="size", **most, **of(x))


@rule("topk", "kthvalue", needs=("input", "k:int", "dim:int=-1"))
def kth(call: Failed, x: Argument, k: int, dim: int) -> Reason:
    """More than the largest elements of a dim."""
    if not -len(x.shape) <= dim < len(x.shape) or k <= x.shape[dim]:
        return None
    most = {"dim": dim % len(x.shape), "most": x.shape[dim], "value": k}
    return message("arguments-most", function=call.function, name="k", **most, **of(x))


@rule("multinomial", needs=("input", "num_samples:int"))
def samples(call: Failed, x: Argument, count: int) -> Reason:
    """More samples than there are classes, each of which is drawn once."""
    replacement = call.get("replacement")
    if not x.shape or count <= x.shape[-1] or (replacement is not None and replacement.value != Bool(False)):
        return None
    most = {"dim": len(x.shape) - 1, "most": x.shape[-1], "value": count}
    return message("arguments-most", function=call.function, name="num_samples", **most, **of(x))


@rule("tensordot", raises="RuntimeError IndexError", needs=("a", "b", "dims:any"))
def tensordot(call: Failed, a: Argument, b: Argument, dims: Argument) -> Reason:
    """`tensordot` over dims that differ in number or size."""
    pieces, count = sequence(dims.value), dims.integer
    most = min(len(a.shape), len(b.shape))
    if count is not None and 0 <= count <= most:
        firsts, seconds = tuple(range(len(a.shape) - count, len(a.shape))), tuple(range(count))
    elif pieces is not None and len(pieces) == 2:
        firsts, seconds = (
            tuple(integer(each) or 0 for each in sequence(piece) or (piece,)) for piece in pieces
        )
    else:
        return (
            message("arguments-contracted", count=count, most=most, **of_two(a, b))
            if count is not None
            else None
        )
    if len(firsts) != len(seconds):
        values = {"source": firsts, "destination": seconds, "m": len(firsts), "n": len(seconds)}
        return message("arguments-moved", function=call.function, **values)
    for x, given in ((a, firsts), (b, seconds)):
        beyond = next((dim for dim in given if from_front([dim], len(x.shape)) is None), None)
        if beyond is not None and x.shape:
            limits = {"low": -len(x.shape), "high": len(x.shape) - 1, "dim": beyond}
            return message("dims-range", function=call.function, **limits, **of(x))
    pairs = zip(firsts, seconds, strict=True) if a.shape and b.shape else ()
    differ = next(((i, j) for i, j in pairs if a.shape[i] != b.shape[j]), None)
    if differ is None:
        return None
    return differing(call.function, a, b, differ[0] % len(a.shape), differ[1] % len(b.shape))


@rule("item", raises="IndexError", needs=("self:any",))
def sizes(call: Failed, x: Argument) -> Reason:
    """`x.shape[2]` of a tensor with two dims."""
    count = len(x.integers) if x.type == "torch.Size" and x.integers is not None else None
    index = call.rest[0].integer if len(call.rest) == 1 else None
    if count is None or index is None or -count <= index < count:
        return None
    return message(
        "arguments-sizes", x=x.code, sizes=x.integers, count=count, low=-count, high=count - 1, index=index
    )


@rule("pad", needs=("input", "pad:ints"))
def pad(_: Failed, x: Argument, pads: tuple[int, ...]) -> Reason:
    """`pad` with an odd number of pads, or with more pairs than dims."""
    values = {"pads": pads, "count": len(pads)}
    if len(pads) % 2:
        return message("arguments-pads-odd", **values)
    if len(pads) > 2 * len(x.shape):
        return message("arguments-pads-many", n=len(x.shape), most=2 * len(x.shape), **values, **of(x))
    return None


@rule(LAST, raises="AttributeError TypeError")
def no_tensor_in_torch(call: Failed) -> Reason:
    """A number or a list for a tensor, which a function of torch's or a layer finds out by what it lacks."""
    match = _LACKING.match(call.raised.message)
    kind = next(filter(None, match.groups()), "") if match and not call.is_inner else ""
    x = next((each for each in call.given if each.type == kind), None)
    if x is None or kind not in _PLAIN or call.failure.inner is None:
        return None
    return message("attributes-no-tensor", function=call.function, x=x.code, type=x.type), *changed(
        x, "torch.tensor({})"
    )
