"""Attributes that are called, methods that are not, and names that are not there."""

from __future__ import annotations

import difflib

from tensordrill.explanation.rules.operation import Given, Operation, Told
from tensordrill.explanation.rules.signatures import SIGNATURES
from tensordrill.explanation.sources import text_at

WORDS = {
    "attributes-called": (
        "`{name}` is an attribute, not a method: write `{x}.{name}` without the brackets.",
        "`{name}`은(는) 메서드가 아니라 속성입니다. 괄호 없이 `{x}.{name}`(으)로 쓰세요.",
    ),
    "attributes-value-called": (
        "{x} is of type {type}, which can't be called.",
        "{x}의 타입은 {type}입니다. 함수가 아니므로 호출할 수 없습니다.",
    ),
    "attributes-method": (
        "{x} is the method itself; `{x_}()` calls it.",
        "{x}은(는) 메서드 자체입니다. `{x_}()`(으)로 호출하세요.",
    ),
    "attributes-near": (
        "{x} has no `{name}`; it has {near}.",
        "{x}에는 `{name}`이(가) 없습니다. 비슷한 이름: {near}.",
    ),
    "attributes-numpy": (
        "`{name}` is numpy's; torch has `{torch}` for it.",
        "`{name}`은(는) numpy의 이름입니다. torch에서는 `{torch}`을(를) 씁니다.",
    ),
    "attributes-keyword": (
        "`{function}` has no keyword `{name}`; it has {known}.",
        "`{function}`에는 `{name}`이라는 키워드가 없습니다. 쓸 수 있는 키워드: {known}.",
    ),
    "attributes-missing": (
        "`{function}` also needs `{name}`, the dim that it works along; torch chooses none for {x} {shape}.",
        "`{function}`에는 `{name}`도 필요합니다. {x} {shape}의 어느 dim을 따라 계산할지 torch가 대신 고르지 않습니다.",
    ),
    "attributes-no-tensor": (
        "`{function}` takes a tensor; {x} is of type {type}. `torch.tensor({x_})` makes one.",
        "`{function}`에는 텐서를 주어야 합니다. {x}의 타입은 {type}입니다. `torch.tensor({x_})`(으)로 텐서를 만드세요.",
    ),
    "attributes-unnamed": (
        "`{name}` is not defined here; it usually comes from `{import_}`.",
        "`{name}`이(가) 정의되지 않았습니다. 보통 `{import_}`(으)로 불러옵니다.",
    ),
    "attributes-pair": (
        "{x} is a pair of values and indices; `{x_}.values` is the tensor.",
        "{x}은(는) (values, indices) 쌍입니다. 텐서는 `{x_}.values`입니다.",
    ),
}

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
_NEEDS_DIM = frozenset("softmax log_softmax cumsum cumprod cummax cummin logcumsumexp unsqueeze".split())
_MAKERS = frozenset(("tensor", "einsum"))
_TENSORS = ("other", "mat1", "mat2", "vec", "vec2", "mat", "tensor", "batch1", "batch2")
_BETWEEN_TENSORS = frozenset(
    "maximum minimum fmax fmin matmul mm mv dot inner outer bmm addmm addmv baddbmm logical_and logical_or "
    "view_as expand_as reshape_as".split()
)
_OTHER_KEYWORDS = 0.6


def called(op: Operation) -> list[Told]:
    """`x.shape()`: an attribute's value is called."""
    given, function = op.get("self"), op.get("function")
    if not op.is_a("TypeError"):
        return []
    if given is not None and given.tensor is not None and op.written in PROPERTIES:
        return [Told("attributes-called", {"name": op.written, "x": given.dotted})]
    if function is not None and (
        function.tensor is not None or function.type in ("int", "float", "tuple", "list")
    ):
        kind = "tensor" if function.tensor is not None else function.type
        return [Told("attributes-value-called", {"x": function.code, "type": kind})]
    return []


def uncalled(op: Operation) -> list[Told]:
    """`x.t.shape`: a method is taken for what it gives."""
    if not op.is_a("TypeError", "AttributeError"):
        return []
    for name in ("self", "input", "other", "value"):
        given = op.get(name)
        if given is not None and _is_method(given):
            return [Told("attributes-method", {"x": given.code, "x_": given.expression})]
    if op.failure.owner not in ("tensor", "torch"):
        return []
    for given in [*op.by.values(), *op.rest]:
        if _is_method(given):
            return [Told("attributes-method", {"x": given.code, "x_": given.expression})]
    return []


def _is_method(given: Given) -> bool:
    return given.type in _METHODS and "." in given.expression


def missing(op: Operation) -> list[Told]:
    """A name that is not there, with those that are spelt like it."""
    given = op.get("self")
    if given is None or not op.is_a("AttributeError") or op.failure.node not in ("attribute", "call"):
        return []
    name = op.written
    if name in _NUMPY and (given.tensor is not None or not given.type):
        return [Told("attributes-numpy", {"name": name, "torch": _NUMPY[name]})]
    near = ", ".join(f"`{each}`" for each in op.failure.near[:3])
    return [Told("attributes-near", {"x": given.code, "name": name, "near": near})] if near else []


def keyword(op: Operation) -> list[Told]:
    """A keyword that a function does not have."""
    if not op.unknown or not op.is_a("TypeError"):
        return []
    name = next(iter(op.unknown))
    known = [each for each in sorted(SIGNATURES[op.name].known) if not each.startswith("_")]
    close = difflib.get_close_matches(name, known, 1, _OTHER_KEYWORDS)
    listed = ", ".join(f"`{each}`" for each in close or known if each not in ("input", "out"))
    return (
        [Told("attributes-keyword", {"function": op.written, "name": name, "known": listed})]
        if listed
        else []
    )


def unnamed(op: Operation) -> list[Told]:
    """`F.relu(x)` without an import."""
    name = text_at(op.failure.place, op.sources)
    if op.raised.classes[:1] != ("NameError",) or op.failure.node != "name" or name not in _IMPORTS:
        return []
    return [Told("attributes-unnamed", {"name": name, "import_": _IMPORTS[name]})]


def needs_dim(op: Operation) -> list[Told]:
    """A function without the dim that it works along."""
    given = op.get("input")
    if op.name not in _NEEDS_DIM or given is None or given.tensor is None or not op.is_a("TypeError"):
        return []
    if op.get("dim") is not None or op.unknown:
        return []
    values = {"function": op.written, "name": "dim", "x": given.code, "shape": given.tensor.shape}
    return [Told("attributes-missing", values)]


def no_tensor(op: Operation) -> list[Told]:
    """A function of torch that was given a list or a number for a tensor."""
    if not op.is_a("TypeError") or op.name not in SIGNATURES:
        return []
    names = ("input",) if op.failure.owner == "torch" and op.name not in _MAKERS else ()
    for name in (*names, *(_TENSORS if op.name in _BETWEEN_TENSORS else ())):
        given = op.get(name)
        if given is not None and given.type in ("list", "tuple", "int", "float", "bool") and not given.items:
            values = {"function": op.written, "x": given.code, "x_": given.expression, "type": given.type}
            return [Told("attributes-no-tensor", values)]
    return []


def pair(op: Operation) -> list[Told]:
    """`x.max(1) > 0`: what `max` along a dim gives is taken for a tensor."""
    if not op.is_a("TypeError", "AttributeError", "RuntimeError"):
        return []
    for name in ("input", "other", "self"):
        given = op.get(name)
        if (
            given is not None
            and given.type in ("max", "min", "sort", "topk", "median", "mode")
            and given.items
        ):
            return [Told("attributes-pair", {"x": given.code, "x_": given.dotted})]
    return []
