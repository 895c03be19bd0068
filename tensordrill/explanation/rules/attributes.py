"""Attributes that are called, methods that are not, and names that are not there."""

from __future__ import annotations

import difflib

from tensordrill.explanation.call import Argument, Failed
from tensordrill.explanation.rules.rule import FIRST, LAST, Reason, changed, of, rule
from tensordrill.explanation.signatures import SIGNATURES
from tensordrill.explanation.sources import text_at
from tensordrill.messages import message

PROPERTIES = frozenset(
    "shape dtype device ndim T mT H mH grad grad_fn requires_grad is_leaf data layout real imag itemsize nbytes "
    "is_cuda is_meta is_sparse names output_nr retains_grad".split()
)
_METHODS = frozenset(("builtin_function_or_method", "method", "method-wrapper"))
_NUMPY = {
    "astype": "to", "copy": "clone", "expand_dims": "unsqueeze", "append": "cat", "array": "tensor",
    "ascontiguousarray": "contiguous", "resize": "reshape", "newaxis": "None", "ndarray": "Tensor",
    "broadcast_arrays": "broadcast_tensors", "power": "pow", "repeat_elements": "repeat_interleave",
}  # fmt: skip
_IMPORTS = {
    "torch": "import torch",
    "nn": "from torch import nn",
    "F": "import torch.nn.functional as F",
    "np": "import numpy as np",
    "math": "import math",
    "plt": "import matplotlib.pyplot as plt",
}
_NEEDS_DIM = "softmax log_softmax cumsum cumprod cummax cummin logcumsumexp unsqueeze".split()
_MAKERS = frozenset(("tensor", "einsum"))
_PAIRS = frozenset("max min sort topk median mode".split())
_TENSORS = ("other", "mat1", "mat2", "vec", "vec2", "mat", "tensor", "batch1", "batch2")
_BETWEEN_TENSORS = frozenset(
    "maximum minimum fmax fmin matmul mm mv dot inner outer bmm addmm addmv baddbmm logical_and logical_or "
    "view_as expand_as reshape_as".split()
)
_OTHER_KEYWORDS = 0.6


@rule(FIRST, raises="NameError")
def unnamed(call: Failed) -> Reason:
    """`F.relu(x)` without an import."""
    name = text_at(call.failure.place, call.sources) if call.raised.name == "NameError" else ""
    if call.failure.call.node != "name" or name not in _IMPORTS:
        return None
    return message("attributes-unnamed", name=name, import_=_IMPORTS[name])


@rule(FIRST, raises="TypeError")
def called(call: Failed) -> Reason:
    """`x.shape()`: an attribute's value is called."""
    x, value = call.get("self"), call.get("function")
    if x is not None and x.tensor is not None and call.function in PROPERTIES:
        return message("attributes-called", name=call.function, x=x.dotted)
    if value is None or not (value.tensor or value.type in ("int", "float", "tuple", "list")):
        return None
    return message("attributes-value-called", x=value.code, type=value.type or "tensor")


@rule(FIRST, raises="TypeError")
def dtype_called(call: Failed) -> Reason:
    """`torch.float(x)`: a dtype is called."""
    if call.raised.message != "'torch.dtype' object is not callable" or len(call.rest) != 1:
        return None
    return message("attributes-dtype", name=call.function)


@rule(FIRST, raises="TypeError AttributeError")
def uncalled(call: Failed) -> Reason:
    """`x.t.shape`: a method is taken for what it gives."""
    given = [each for name in ("self", "input", "other", "value") if (each := call.get(name)) is not None]
    if call.is_of_torch:
        given += [*call.arguments.values(), *call.rest]
    x = next((each for each in given if each.type in _METHODS and "." in each.text), None)
    return message("attributes-method", x=x.code, x_=x.text) if x else None


@rule(FIRST, raises="AttributeError", needs=("self:any",))
def missing(call: Failed, x: Argument) -> Reason:
    """A name that is not there, with those that are spelt like it."""
    name = call.function
    if call.failure.call.node not in ("attribute", "call"):
        return None
    if name in _NUMPY and (x.tensor is not None or not x.type):
        return message("attributes-numpy", name=name, torch=_NUMPY[name])
    near = ", ".join(f"`{each}`" for each in call.failure.near[:3])
    return message("attributes-near", x=x.code, name=name, near=near) if near else None


@rule(FIRST, raises="TypeError AttributeError RuntimeError")
def pair(call: Failed) -> Reason:
    """`x.max(1) > 0`: what `max` along a dim gives is taken for a tensor."""
    for x in call.given:
        if x.type in _PAIRS and x.items:
            return message("attributes-pair", x=x.code, x_=x.dotted)
    return None


@rule(LAST, raises="TypeError")
def keyword(call: Failed) -> Reason:
    """A keyword that a function does not have."""
    if not call.unknown:
        return None
    name = call.unknown[0]
    known = [each for each in sorted(SIGNATURES[call.name].known) if not each.startswith("_")]
    close = difflib.get_close_matches(name, known, 1, _OTHER_KEYWORDS)
    listed = ", ".join(f"`{each}`" for each in close or known if each not in ("input", "params", "out"))
    return message("attributes-keyword", function=call.function, name=name, known=listed) if listed else None


@rule(LAST, raises="TypeError", needs=("input",))
def needs_dim(call: Failed, x: Argument) -> Reason:
    """A function without the dim that it works along."""
    if call.name not in _NEEDS_DIM or call.get("dim") is not None or call.unknown:
        return None
    return message("attributes-missing", function=call.function, name="dim", **of(x))


@rule(LAST, raises="TypeError")
def no_tensor(call: Failed) -> Reason:
    """A function of torch that was given a list or a number for a tensor."""
    is_first = call.failure.call.owner == "torch" and call.name in SIGNATURES and call.name not in _MAKERS
    names = ("input",) * is_first + _TENSORS * (call.name in _BETWEEN_TENSORS)
    for x in filter(None, map(call.get, names)):
        if x.type in ("list", "tuple", "int", "float", "bool") and not x.items:
            no_tensor = message("attributes-no-tensor", function=call.function, x=x.code, type=x.type)
            return no_tensor, *changed(x, "torch.tensor({})")
    return None
