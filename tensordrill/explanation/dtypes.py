"""The kinds of dtypes, from bool up to complex, as torch promotes them."""

from __future__ import annotations

_KINDS = {"bool": 0, "int": 1, "uint": 1, "float": 2, "bfloat": 2, "complex": 3}
BOOL, INT, FLOAT, COMPLEX = range(4)


def kind(dtype: str) -> int | None:
    """Return BOOL, INT, FLOAT or COMPLEX; None for any other dtype."""
    return _KINDS.get(dtype.rstrip("0123456789"))


def item_bytes(dtype: str) -> int | None:
    """Return the bytes of an element."""
    digits = dtype[len(dtype.rstrip("0123456789")) :]
    if dtype == "bool":
        return 1
    return int(digits) // 8 if kind(dtype) is not None and digits and len(digits) < 4 else None
