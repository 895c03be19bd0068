"""Creation: tensors of lists, arrays and other tensors, and of sizes."""

from __future__ import annotations

from tensordrill.explanation.call import Argument, Failed, number, sequence, value_type
from tensordrill.explanation.rules.rule import Fix, Reason, instead, rule
from tensordrill.messages import message

_CLASSES = (
    "Tensor",
    "FloatTensor",
    "DoubleTensor",
    "HalfTensor",
    "LongTensor",
    "IntTensor",
    "BoolTensor",
    "ByteTensor",
)
_PLAIN = ("int", "float", "bool", "str", "list", "tuple", "None")


@rule("arange")
def steps(call: Failed) -> Reason:
    """`arange` whose steps don't lead from its start to its end."""
    given = [number(each.value) for name in ("start", "end", "step") if (each := call.get(name))]
    if len(given) != 3 or None in given:
        return None
    start, end, step = (each or 0 for each in given)
    if (end - start) * step > 0 or (start == end and step):
        return None
    return message("creation-step", start=given[0], end=given[1], step=given[2])


@rule("empty_permuted", needs=("size:ints", "physical_layout:ints"))
def laid_out(call: Failed, size: tuple[int, ...], order: tuple[int, ...]) -> Reason:
    """`empty_permuted` whose layout is no order of the dims."""
    if sorted(order) == list(range(len(size))):
        return None
    return message("creation-order", function=call.function, size=size, order=order, n=len(size))


@rule("tensor", "as_tensor", raises="ValueError TypeError RuntimeError", needs=("data:any",))
def nested(call: Failed, data: Argument) -> Reason:
    """`torch.tensor` of lists with different lengths, or of what is no number."""
    level = [data.value] if data.value is not None and not data.items else []
    while level:
        pieces = [sequence(each) for each in level]
        others = [value_type(each) for each, piece in zip(level, pieces, strict=True) if piece is None]
        other = next((name for name in others if name in ("str", "None", "dict", "set")), None)
        if other is not None and len(level) > 1:
            return message("creation-number", function=call.function, x=data.code, type=other)
        lengths = list(dict.fromkeys(len(piece or ()) for piece in pieces))
        if not others and len(lengths) > 1:
            return message("creation-ragged", x=data.code, m=lengths[0], n=lengths[1])
        level = [each for piece in pieces for each in piece or ()]
    return None


@rule("from_numpy", raises="TypeError", needs=("ndarray:any",))
def no_array(call: Failed, x: Argument) -> Reason:
    """`from_numpy` of a list."""
    if x.type not in _PLAIN:
        return None
    return message("creation-array", function=call.function, x=x.code, type=x.type), *instead(
        call, "torch.tensor({ndarray})"
    )


@rule("tensor", *_CLASSES, raises="ValueError TypeError RuntimeError", needs=("data|input:any",))
def of_tensors(call: Failed, data: Argument) -> Reason:
    """`torch.tensor` of a list of tensors that are no numbers."""
    x = next((each for each in data.items if each.tensor is not None and each.fact.shape), None)
    if x is None or all(each.tensor is None or each.shape == (1,) for each in data.items):
        return None
    name = "data" if "data" in call.arguments else "input"
    stacked = Fix(message("fixes-use", fix=f"torch.stack({data.text})"), f"torch.stack({{{name}}})")
    return message("creation-tensors", function=call.function, x=data.code), *[stacked] * bool(
        data.expression
    )


@rule("from_numpy", "tensor", "as_tensor", raises="TypeError ValueError", needs=("ndarray|data:any",))
def array(call: Failed, x: Argument) -> Reason:
    """An array of Python's objects, or one that is read backwards."""
    if x.type != "ndarray":
        return None
    if "type numpy.object_" in call.raised.message:
        return message("creation-objects", x=x.code)
    if call.raised.message.startswith("At least one stride in the given numpy array is negative"):
        return message("creation-backwards", x=x.code, x_=x.dotted)
    return None


@rule("zeros", "ones", "empty", "rand", "randn", raises="TypeError")
def sized(call: Failed) -> Reason:
    """A new tensor of a float's size."""
    x = next((each for each in call.given if each.type == "float" and each.role.isdigit()), None)
    if x is None:
        return None
    whole = [message("views-whole", quotient=x.text)] * ("/" in x.text.replace("//", ""))
    return message("views-type", value=x.code, type="float"), *whole
