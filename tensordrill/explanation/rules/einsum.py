"""`einsum`: operands that its equation does not count, dims without a letter, letters with two sizes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tensordrill.explanation.call import Argument, Failed
from tensordrill.explanation.rules.dtypes import differ
from tensordrill.explanation.rules.rule import Reason, of, of_two, rule
from tensordrill.explanation.shapes import Shape, broadcast
from tensordrill.messages import message
from tensordrill.sandbox.values import Text

_DOTS = "..."


@rule("einsum", raises="TypeError", needs=("equation:any",))
def no_operands(call: Failed, given: Argument) -> Reason:
    """Something else than an equation and tensors."""
    if given.tensor is not None:
        return message("einsum-first", x=given.code)
    x = next((each for each in call.rest if each.type in ("int", "float")), None)
    return message("cat-no-tensor", function=call.function, x=x.code, type=x.type) if x else None


@rule("einsum", raises="RuntimeError ValueError", needs=("equation:any",))
def einsum(call: Failed, given: Argument) -> Reason:
    """An equation that does not fit its operands."""
    operands = call.rest[0].items if len(call.rest) == 1 and call.rest[0].items else call.rest
    tensors = [each for each in operands if each.tensor is not None]
    if not isinstance(given.value, Text) or len(tensors) != len(operands) or not tensors:
        return None
    equation = given.value.v.replace(" ", "")
    left, _, right = equation.partition("->")
    sign = next(
        (each for each in (left + right).replace(_DOTS, "").replace(",", "") if not each.isalpha()), None
    )
    if sign is not None:
        return message("einsum-sign", equation=equation, sign=sign)
    terms = left.split(",")
    if len(terms) != len(tensors):
        return message("einsum-operands", equation=equation, wanted=len(terms), count=len(tensors))
    for term, x in zip(terms, tensors, strict=True):
        letters = term.replace(_DOTS, "")
        if len(letters) > len(x.shape) or (len(letters) < len(x.shape) and _DOTS not in term):
            return message("einsum-letters", letters=term, wanted=len(letters), n=len(x.shape), **of(x))
    return (
        _sizes(terms, tensors) or _covered(terms, tensors) or _output(left, right) or _dtypes(call, tensors)
    )


def _lettered(term: str, shape: Shape) -> Iterator[tuple[str, int]]:
    """Yield each letter with its size; those after the dots are counted from the end."""
    head, _, tail = term.partition(_DOTS)
    yield from zip(head, shape, strict=False)
    yield from zip(tail, shape[len(shape) - len(tail) :], strict=False)


def _sizes(terms: Sequence[str], tensors: Sequence[Argument]) -> Reason:
    sizes: dict[str, tuple[int, Argument]] = {}
    for term, x in zip(terms, tensors, strict=True):
        for letter, size in _lettered(term, x.shape):
            m, first = sizes.setdefault(letter, (size, x))
            if m == 1 and size != 1:
                sizes[letter] = (size, x)
            elif size not in (m, 1):
                return message("einsum-sizes", letter=letter, m=m, n=size, **of_two(first, x))
    return None


def _covered(terms: Sequence[str], tensors: Sequence[Argument]) -> Reason:
    """Return two operands whose dims that dots stand for do not broadcast."""
    before: list[tuple[Argument, Shape]] = []
    for term, x in zip(terms, tensors, strict=True):
        head, dots, tail = term.partition(_DOTS)
        covered = x.shape[len(head) : len(x.shape) - len(tail)] if dots else ()
        for other, shape in before:
            if broadcast(shape, covered).is_clash:
                return message("einsum-covered", m=shape, n=covered, **of_two(other, x))
        before.append((x, covered))
    return None


def _output(left: str, right: str) -> Reason:
    letters = right.replace(_DOTS, "")
    unknown = next((letter for letter in letters if letter not in left), None)
    if unknown is not None:
        return message("einsum-output", letter=unknown)
    twice = next((letter for letter in letters if letters.count(letter) > 1), None)
    return None if twice is None else message("einsum-twice", letter=twice)


def _dtypes(call: Failed, tensors: Sequence[Argument]) -> Reason:
    """Return two dtypes, which some products take and others don't: torch's message alone says which."""
    if "scalar type" not in call.raised.message and "dtype" not in call.raised.message:
        return None
    other = next((x for x in tensors if x.dtype != tensors[0].dtype), None)
    return None if other is None else differ(call.function, tensors[0], other)
