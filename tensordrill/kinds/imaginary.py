"""Complex numbers as they are typed: `1+2j`, `-2j`, `(1.5-0.5j)`."""

from __future__ import annotations

from tensordrill.kinds.answers import Typed, TypedComplex, TypedFloat


def imaginary(text: str) -> TypedComplex:
    """Return the number that the source of a Python literal such as `2j` says."""
    return TypedComplex(TypedFloat("0"), TypedFloat(text.rstrip("jJ").replace("_", "")))


def summed(left: Typed, right: Typed, *, minus: bool) -> TypedComplex:
    """Return `left + right`, or `left - right`: a real number and an imaginary one, whose digits count.

    Raises ValueError where the sum is anything else, since an answer is a value and no calculation.
    """
    if isinstance(left, bool) or not isinstance(left, int | TypedFloat):
        raise ValueError("the real part of a complex number is a number")
    if not isinstance(right, TypedComplex) or right.real.text != "0":
        raise ValueError("the imaginary part of a complex number has a j")
    real = left if isinstance(left, TypedFloat) else TypedFloat(str(left))
    return TypedComplex(real, negated(right.imag) if minus else right.imag)


def negated(number: TypedFloat) -> TypedFloat:
    """Return a number with the other sign."""
    text = number.text
    return TypedFloat(text[1:] if text.startswith("-") else f"-{text.lstrip('+')}")
