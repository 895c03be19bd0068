"""Modules, optimizers and loaders: state dicts, parameters, batches, and classes taken for functions."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tensordrill.explanation.call import Argument, Failed, sequence, value_type
from tensordrill.explanation.rules.rule import FIRST, Fix, Reason, changed, of_two, rule
from tensordrill.explanation.rules.sizes import differing
from tensordrill.messages import message
from tensordrill.sandbox.values import Class

_KEYS = re.compile(r'(Missing|Unexpected) key\(s\) in state_dict: ((?:"[^"]*"(?:, )?)+)')
_SIZES = re.compile(
    r"size mismatch for (\S+): copying a param with shape torch\.Size\(\[([^\]]*)\]\) from checkpoint, "
    r"the shape in current model is torch\.Size\(\[([^\]]*)\]\)"
)
_SIZE = re.compile(r"argument 'size' .*\bfloat\b")
_MOST_KEYS = 3
OPTIMIZERS = ("SGD", "Adam", "AdamW")


@rule(FIRST)
def state_dict(call: Failed) -> Reason:
    """`load_state_dict` with a prefix before each key, with other keys, or with other sizes.

    torch's message lists them all, and the call's operands don't.
    """
    if call.failure.call.function != "load_state_dict":
        return None
    keys = {kind: re.findall(r'"([^"]*)"', names) for kind, names in _KEYS.findall(call.raised.message)}
    missing, unexpected = keys.get("Missing", []), keys.get("Unexpected", [])
    prefix = unexpected[0].partition(".")[0] + "." if unexpected else ""
    if missing and sorted(prefix + name for name in missing) == sorted(unexpected):
        return message("modules-prefix", prefix=prefix)
    sentences = []
    if missing:
        sentences.append(message("modules-missing", count=len(missing), keys=_listed(missing)))
    if unexpected:
        sentences.append(message("modules-unexpected", count=len(unexpected), keys=_listed(unexpected)))
    for key, given, own in _SIZES.findall(call.raised.message)[:1]:
        sentences.append(message("modules-sizes", key=key, given=_shape(given), own=_shape(own)))
    return sentences


def _listed(keys: Sequence[str]) -> str:
    return ", ".join(f"`{key}`" for key in keys[:_MOST_KEYS])


def _shape(sizes: str) -> tuple[int, ...]:
    return tuple(int(size) for size in sizes.split(", ") if size)


@rule(FIRST, raises="ValueError")
def no_parameters(call: Failed) -> Reason:
    """An optimizer of a module without parameters."""
    if call.raised.message != "optimizer got an empty parameter list":
        return None
    return message("modules-no-parameters", function=call.function)


@rule(FIRST, raises="RuntimeError TypeError ValueError")
def loss_class(call: Failed) -> Reason:
    """`nn.CrossEntropyLoss(output, target)`: a class is called with what its instance takes."""
    given = call.rest
    if call.failure.call.owner != "class" or not call.function.endswith("Loss") or len(given) < 2:
        return None
    if any(each.tensor is None for each in given[:2]):
        return None
    fix = f"nn.{call.function}()({', '.join(each.text for each in given)})"
    return message("modules-class", function=call.function), Fix(
        message("fixes-use", fix=fix), f"nn.{call.function}()({{rest}})"
    )


@rule("collate_tensor_fn", needs=("batch:any",))
def collated(_: Failed, batch: Argument) -> Reason:
    """A `DataLoader` whose samples have different shapes."""
    tensors = [each for each in batch.items if each.tensor is not None]
    other = next((each for each in tensors if each.shape != tensors[0].shape), None)
    return message("modules-collated", **of_two(tensors[0], other)) if other else None


@rule("collate", raises="RuntimeError TypeError", needs=("batch:any",))
def collated_pieces(call: Failed, batch: Argument) -> Reason:
    """A `DataLoader` whose samples hold lists of different lengths, or what it can't join."""
    pieces = sequence(batch.value) or ()
    lengths = list(dict.fromkeys(len(each) for piece in pieces if (each := sequence(piece)) is not None))
    if call.is_a("RuntimeError"):
        return message("modules-lengths", m=lengths[0], n=lengths[1]) if len(lengths) > 1 else None
    return message("modules-pieces", type=value_type(pieces[0])) if pieces and not lengths else None


@rule("DataLoader", raises="ValueError")
def no_samples(call: Failed) -> Reason:
    """A `DataLoader` that draws from an empty list."""
    x = call.get("input")
    if x is None or x.value is None or sequence(x.value) != () or x.items:
        return None
    return message("modules-no-samples", x=x.code)


@rule("TensorDataset", raises="AssertionError")
def paired(call: Failed) -> Reason:
    """A `TensorDataset` of tensors with different numbers of samples."""
    tensors = [x for x in call.given if x.tensor is not None and x.shape]
    other = next((x for x in tensors if x.shape[0] != tensors[0].shape[0]), None)
    return None if other is None else differing(call.function, tensors[0], other, 0, 0)


@rule(*OPTIMIZERS, raises="ValueError TypeError", needs=("params:any",))
def optimized(call: Failed, params: Argument) -> Reason:
    """An optimizer of one tensor, or of tensors that are computed."""
    if params.tensor is not None:
        return message("modules-one-parameter", function=call.function, x=params.code), *changed(
            params, "[{}]"
        )
    x = next((each for each in params.items if each.tensor is not None and not each.tensor.is_leaf), None)
    return message("modules-no-leaf", function=call.function, x=x.code, grad_fn=x.fact.grad_fn) if x else None


@rule("class call", raises="TypeError")
def made(call: Failed) -> Reason:
    """A layer of a float's size, or `Sequential` of what is no module."""
    for part in call.rest if call.function == "Sequential" else ():
        if isinstance(part.value, Class):
            return message("modules-sequence-class", x=part.code, x_=part.text)
        if part.type in ("list", "tuple", "function", "builtin_function_or_method"):
            return message("modules-sequence", x=part.code, type=part.type)
    x = next((each for each in call.rest if each.type == "float"), None)
    if x is None or not _SIZE.search(call.raised.message):
        return None
    whole = [message("views-whole", quotient=x.text)] * ("/" in x.text.replace("//", ""))
    return message("views-type", value=x.code, type="float"), *whole
