"""`forbid` and `only`: torch functions by name, with operators and aliases as one."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

_OPERATORS = {
    "truediv": "div", "floordiv": "floor_divide", "mod": "remainder", "and": "bitwise_and", "or": "bitwise_or",
    "xor": "bitwise_xor", "invert": "bitwise_not", "lshift": "bitwise_left_shift", "rshift": "bitwise_right_shift",
    "getitem": "index", "setitem": "index_put",
}  # fmt: skip
"""Special methods whose function has another name, without their underscores."""
OPERATORS = {
    "+": "add", "-": "sub", "*": "mul", "/": "div", "//": "floor_divide", "%": "remainder", "**": "pow",
    "@": "matmul", "&": "bitwise_and", "|": "bitwise_or", "^": "bitwise_xor", "~": "bitwise_not",
    "<<": "bitwise_left_shift", ">>": "bitwise_right_shift",
    "==": "eq", "!=": "ne", "<": "lt", "<=": "le", ">": "gt", ">=": "ge", "[]": "index",
}  # fmt: skip
"""Python's operators, with the functions that stand for them in a log."""
_ALIASES = {
    alias: name
    for name, aliases in {
        "transpose": "swapaxes swapdims mT", "t": "T", "movedim": "moveaxis", "view": "view_as",
        "reshape": "reshape_as", "expand": "expand_as", "cat": "concat concatenate", "mul": "multiply",
        "sub": "subtract rsub", "div": "divide true_divide rdiv", "neg": "negative", "abs": "absolute",
        "clamp": "clip", "gt": "greater", "ge": "greater_equal", "lt": "less", "le": "less_equal", "ne": "not_equal",
    }.items()
    for alias in aliases.split()
}  # fmt: skip
_LOOKING = frozenset(
    (
        "shape size dim ndim ndimension numel nelement stride storage_offset dtype device "
        "is_contiguous requires_grad is_leaf len bool int float item tolist repr str format layout "
        "itemsize element_size grad data hash"
    ).split()
)
"""Names that only look at a tensor, which `only` never forbids."""


NAMES_IN_LOGS = frozenset((*_OPERATORS.values(), *_ALIASES, *_ALIASES.values(), *OPERATORS.values()))
"""Names of calls in a log, though torch may have no function of that name."""


WITHOUT, ONLY, CALLS = "without ", "only ", "calls "
"""The beginning of a broken rule in every language; `instructions.result_in_words` is for people."""


class Violation(NamedTuple):
    """The rule that was broken and the function that broke it."""

    rule: str
    called: str


@lru_cache(maxsize=4096)
def canonical(name: str) -> str:
    """Return one name for a function, its operators, in-place form and aliases.

    >>> [canonical(name) for name in ("__matmul__", "__radd__", "add_", "swapaxes", "T")]
    ['matmul', 'add', 'add', 'transpose', 't']
    """
    name = name.rpartition(".")[2]
    if name.startswith("__") and name.endswith("__"):
        name = name.strip("_")
        if name[:1] in "ri" and name[1:] in _REVERSIBLE:
            name = name[1:]
        name = _OPERATORS.get(name, name)
    else:
        name = name.rstrip("_")
    return _ALIASES.get(name, name)


_REVERSIBLE = frozenset("add sub mul truediv floordiv mod pow matmul and or xor lshift rshift".split())


def violation(called: Iterable[str], forbid: Iterable[str], only: Iterable[str]) -> Violation | None:
    """Return the first broken rule among the functions that were called, or None."""
    forbidden = {canonical(name) for name in forbid}
    allowed = {canonical(name) for name in only}
    for name in map(canonical, called):
        if name in forbidden:
            return Violation(WITHOUT + name, CALLS + name)
        is_setting = name.startswith("_")  # torch.no_grad calls it, and it is not public
        if allowed and not is_setting and name not in allowed | _LOOKING:
            return Violation(ONLY + ", ".join(sorted(allowed)), CALLS + name)
    return None
