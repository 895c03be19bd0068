"""Products of matrices and vectors: dims that are missing, sizes that do not meet, dtypes that differ."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from msgspec.structs import replace

from tensordrill.explanation.alignment import FACTORS
from tensordrill.explanation.call import WEIGHTED, Argument, Failed
from tensordrill.explanation.dtypes import BOOL, kind
from tensordrill.explanation.rules.dtypes import differ
from tensordrill.explanation.rules.rule import Fix, Reason, changed, instead, of, of_two, rule
from tensordrill.explanation.shapes import RANKS, broadcast, fits, product
from tensordrill.messages import Message, message

_MATRICES, _VECTORS = (2, 2), (1, 1)
_WANTED = {
    _MATRICES: message("products-matrices"),
    (2, 1): message("products-matrix-vector"),
    _VECTORS: message("products-two-vectors"),
    (3, 3): message("products-batches"),
}
_OUTER = frozenset(("outer", "ger", "addr"))


@rule(*FACTORS, raises="RuntimeError IndexError")
def formed(call: Failed) -> Reason:
    """`mm`, `mv`, `dot`, `bmm` and their like, whose factors have fixed numbers of dims."""
    a, b = map(call.get, FACTORS[call.name])
    if a is None or b is None or a.tensor is None or b.tensor is None:
        return None
    return _dims(call, a, b) or _meeting(call, a, b) or _added(call, a, b) or _dtypes(call, a, b)


def _dims(call: Failed, a: Argument, b: Argument) -> Reason:
    misfit = next(
        (each for each in product(call.name, a.shape, b.shape).misfits if each.kind == "rank"), None
    )
    if misfit is None:
        return None
    x = (a, b)[misfit.operand]
    values = {"function": call.function, "wanted": _WANTED[RANKS[call.name]]}
    use = () if RANKS[call.name] == _VECTORS else _matmul(call)
    if not x.shape:
        return message("products-no-dims", x=x.code, **values), *use
    return message("products-ndim", n=len(x.shape), **values, **of(x)), *use


def _matmul(call: Failed) -> Sequence[Message | Fix]:
    """Propose `@`, which takes factors of any number of dims."""
    a, b = FACTORS[call.name]
    return () if "input" not in FACTORS[call.name] else instead(call, f"{{{a}}} @ {{{b}}}")


def _meeting(call: Failed, a: Argument, b: Argument) -> Reason:
    function = call.function
    if len(a.shape) == 1:
        if a.shape == b.shape or call.name in _OUTER:
            return None
        m, n = a.shape[0], b.shape[0]
        return message("products-lengths", function=function, a=a.code, b=b.code, m=m, n=n)
    if len(a.shape) == 3 and a.shape[0] != b.shape[0]:
        m, n = a.shape[0], b.shape[0]
        return message("products-batch-equal", function=function, m=m, n=n, **of_two(a, b)), *_matmul(call)
    return _inner(call, a, b)


def _inner(call: Failed, a: Argument, b: Argument) -> Reason:
    m, n = a.shape[-1], b.shape[-2:][0]
    if m == n:
        return None
    last = message("products-last") if len(a.shape) > 1 else message("products-only")
    first = message("products-last-but-one") if len(b.shape) > 1 else message("products-only")
    values = {"function": call.function, "m": m, "n": n, "last": last, "first": first}
    return message("products-inner", **values, **of_two(a, b)), *_fix(call, a, b)


def _fix(call: Failed, a: Argument, b: Argument) -> Sequence[Message | Fix]:
    """Return how the same two would meet: by vectors, or with one of them transposed."""
    names, factors = FACTORS.get(call.name, ("input", "other")), "{{{}}} @ {{{}}}"
    if len(a.shape) > 2 and len(b.shape) == 2 and b.shape == (*a.shape[:-2], a.shape[-1]):
        return message("products-shared"), *instead(call, factors.format(*names) + ".unsqueeze(-1)")
    if len(b.shape) < 2 or a.shape[-1] != b.shape[-1]:
        return ()
    is_whole = call.name == "matmul" or (call.name in FACTORS and "input" in names)
    return instead(call, factors.format(*names) + ".mT") if is_whole else changed(b, "{}.mT")


def _added(call: Failed, a: Argument, b: Argument) -> Reason:
    x = call.get("input")
    if x is None or x.tensor is None or "input" in FACTORS[call.name]:
        return None
    result = (*a.shape, *b.shape) if call.name == "addr" else product(call.name, a.shape, b.shape).sizes
    result = result[1:] if call.name == "addbmm" else result
    if fits(x.shape, result):
        return None
    return message("products-added", function=call.function, result=result, **of(x))


@rule("_sparse_mm", needs=("input", "mat2"))
def sparse(call: Failed, a: Argument, b: Argument) -> Reason:
    """`torch.sparse.mm` of matrices whose sizes do not meet."""
    return (
        _inner(replace(call, function="torch.sparse.mm"), a, b) if len(a.shape) == len(b.shape) == 2 else None
    )


@rule("matmul", needs=("input", "other"))
def at(call: Failed, a: Argument, b: Argument) -> Reason:
    """`@` and `matmul`, with the shapes that the program wrote."""
    for x in (a, b):
        if not x.shape:
            return message("products-scalar", function=call.function, x=x.code)
    return _inner(call, a, b) or _batches(a, b) or _dtypes(call, a, b)


def _batches(a: Argument, b: Argument) -> Reason:
    clash = broadcast(a.shape[:-2], b.shape[:-2]).clash
    if clash is None:
        return None
    i, j = clash
    return message("products-batch", i=i, j=j, m=a.shape[i], n=b.shape[j], **of_two(a, b))


@rule("matmul", raises="TypeError")
def numbers(call: Failed) -> Reason:
    """A number on one side of `@`."""
    for name in ("input", "other") if call.failure.call.node == "operator" else ():
        x = call.get(name)
        if x is not None and x.type in ("int", "float", "bool"):
            return message("products-number", x=x.code, type=x.type)
    return None


def _dtypes(call: Failed, a: Argument, b: Argument) -> Reason:
    """Two dtypes in one product, or two that have none."""
    if call.name in ("outer", "ger"):
        return None
    added = call.get("input")
    if a.dtype == b.dtype and added and added.tensor and added.dtype != a.dtype:
        b = added
    if a.dtype == b.dtype:
        is_bool = (
            kind(a.dtype) == BOOL and "meta" not in (a.fact.device, b.fact.device) and call.name != "addr"
        )
        product = "{{{}}}.int() @ {{{}}}.int()".format(*FACTORS.get(call.name, ("input", "other")))
        return (message("products-bool"), *instead(call, product)) if is_bool else None
    return differ(call.function, a, b)


@rule("linear", *WEIGHTED, raises="RuntimeError ValueError")
def linear(call: Failed) -> Reason:
    """`F.linear`, `nn.Linear` and recurrent layers: the weight is stored as (out, in)."""
    x, weight = map(call.get, WEIGHTED.get(call.name, WEIGHTED["Linear"]))
    if x is None or weight is None or x.tensor is None or weight.tensor is None:
        return None
    if not x.shape:
        return message("products-scalar", function=call.function, x=x.code)
    if len(weight.shape) == 2 and x.shape[-1] != weight.shape[1]:
        values = {"weight": weight.shape, "size": x.shape[-1], "wanted": weight.shape[1]}
        return message("products-linear", function=call.function, **values, **of(x))
    return differ(call.function, weight, x) or _dtypes(call, x, weight)


@rule("inner", needs=("input", "other"))
def inner(call: Failed, a: Argument, b: Argument) -> Reason:
    """`inner`, which multiplies along the last dims of both."""
    if not a.shape or not b.shape or a.shape[-1] == b.shape[-1]:
        return None
    last = message("products-last")
    values = {"m": a.shape[-1], "n": b.shape[-1], "last": last, "first": last}
    return message("products-inner", function=call.function, **values, **of_two(a, b))


@rule("linalg_multi_dot", "chain_matmul")
def chained(call: Failed) -> Reason:
    """A chain of matrices of which two neighbours do not meet."""
    given = call.get("tensors")
    for a, b in pairwise(given.items if given is not None else call.rest):
        are_known = a.tensor is not None and b.tensor is not None and a.shape and b.shape
        if are_known and (reason := _inner(call, a, b)):
            return reason
    return None
