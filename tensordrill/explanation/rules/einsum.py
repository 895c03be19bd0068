"""`einsum`: operands that its equation does not count, dims without a letter, letters with two sizes."""

from __future__ import annotations

from tensordrill.explanation.call import Argument, Failed
from tensordrill.explanation.rules.rule import Reason, of, of_two, rule
from tensordrill.messages import message
from tensordrill.sandbox.values import Text


@rule("einsum", raises="RuntimeError ValueError", needs=("equation:any",))
def einsum(call: Failed, given: Argument) -> Reason:
    """An equation that does not fit its operands; equations with `...` are left to torch."""
    operands = call.rest[0].items if len(call.rest) == 1 and call.rest[0].items else call.rest
    tensors = [each for each in operands if each.tensor is not None]
    equation = given.value.v.replace(" ", "") if isinstance(given.value, Text) else "..."
    if "." in equation or len(tensors) != len(operands) or not tensors:
        return None
    left, _, right = equation.partition("->")
    terms = left.split(",")
    if len(terms) != len(tensors):
        return message("einsum-operands", equation=equation, wanted=len(terms), count=len(tensors))
    for term, x in zip(terms, tensors, strict=True):
        if len(term) != len(x.shape):
            return message("einsum-letters", letters=term, wanted=len(term), n=len(x.shape), **of(x))
    unknown = next((letter for letter in right if letter.isalpha() and letter not in left), None)
    return _sizes(terms, tensors) or (message("einsum-output", letter=unknown) if unknown else None)


def _sizes(terms: list[str], tensors: list[Argument]) -> Reason:
    sizes: dict[str, tuple[int, Argument]] = {}
    for term, x in zip(terms, tensors, strict=True):
        for letter, size in zip(term, x.shape, strict=True):
            m, first = sizes.setdefault(letter, (size, x))
            if m == 1 and size != 1:
                sizes[letter] = (size, x)
            elif size not in (m, 1):
                return message("einsum-sizes", letter=letter, m=m, n=size, **of_two(first, x))
    return None
