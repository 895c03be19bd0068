"""Modules, optimizers and loaders: state dicts, parameters, batches, and classes taken for functions."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tensordrill.explanation.call import Argument, Failed
from tensordrill.explanation.rules.rule import FIRST, Fix, Reason, of_two, rule
from tensordrill.messages import message

_KEYS = re.compile(r'(Missing|Unexpected) key\(s\) in state_dict: ((?:"[^"]*"(?:, )?)+)')
_SIZES = re.compile(
    r"size mismatch for (\S+): copying a param with shape torch\.Size\(\[([^\]]*)\]\) from checkpoint, "
    r"the shape in current model is torch\.Size\(\[([^\]]*)\]\)"
)
_MOST_KEYS = 3


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
