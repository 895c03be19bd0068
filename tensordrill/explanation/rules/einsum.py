"""`einsum`: operands that its equation does not count, dims without a letter, letters with two sizes."""

from __future__ import annotations

from tensordrill.explanation.rules.operation import Given, Operation, Told
from tensordrill.sandbox.traced import TensorFact
from tensordrill.sandbox.values import Text

WORDS = {
    "einsum-operands": (
        "The equation `{equation}` has {wanted} operands before `->`; {count} given.",
        "식 `{equation}`에서 `->` 앞의 피연산자는 {wanted}개인데 텐서는 {count}개를 주었습니다.",
    ),
    "einsum-letters": (
        "Each dim has one letter: `{letters}` names {wanted}, {x} {shape} has {n}.",
        "dim마다 글자가 하나씩 필요합니다. `{letters}`의 글자는 {wanted}개인데 {x} {shape}의 dim은 {n}개입니다.",
    ),
    "einsum-sizes": (
        "The letter `{letter}` stands for one size: it is {m} in {a} {shape_a} and {n} in {b} {shape_b}.",
        "글자 `{letter}`의 크기는 하나여야 합니다. {a} {shape_a}에서는 {m}, {b} {shape_b}에서는 {n}입니다.",
    ),
    "einsum-output": (
        "The letter `{letter}` after `->` is in no operand.",
        "`->` 뒤의 글자 `{letter}`이(가) 어느 피연산자에도 없습니다.",
    ),
}


def einsum(op: Operation) -> list[Told]:
    """An equation that does not fit its operands; equations with `...` are left to torch."""
    given = op.get("equation")
    if given is None or not isinstance(given.value, Text) or not op.is_a("RuntimeError", "ValueError"):
        return []
    equation = given.value.v.replace(" ", "")
    operands = op.rest[0].items if len(op.rest) == 1 and op.rest[0].items else op.rest
    tensors = [(each, each.tensor) for each in operands if each.tensor is not None]
    if "." in equation or len(tensors) != len(operands) or not tensors:
        return []
    left, _, right = equation.partition("->")
    terms = left.split(",")
    if len(terms) != len(tensors):
        values = {"equation": equation, "wanted": len(terms), "count": len(tensors)}
        return [Told("einsum-operands", values)]
    return _letters(terms, tensors) or _sizes(terms, tensors) or _output(left, right)


def _letters(terms: list[str], tensors: list[tuple[Given, TensorFact]]) -> list[Told]:
    for term, (given, tensor) in zip(terms, tensors, strict=True):
        if len(term) != len(tensor.shape):
            values = {"letters": term, "wanted": len(term), "x": given.code, "shape": tensor.shape}
            return [Told("einsum-letters", values | {"n": len(tensor.shape)})]
    return []


def _sizes(terms: list[str], tensors: list[tuple[Given, TensorFact]]) -> list[Told]:
    seen: dict[str, tuple[int, Given, TensorFact]] = {}
    for term, (given, tensor) in zip(terms, tensors, strict=True):
        for letter, size in zip(term, tensor.shape, strict=True):
            m, first, other = seen.setdefault(letter, (size, given, tensor))
            if m == 1 and size != 1:
                seen[letter] = (size, given, tensor)
            elif size not in (m, 1):
                values = {"letter": letter, "m": m, "a": first.code, "shape_a": other.shape}
                return [Told("einsum-sizes", values | {"n": size, "b": given.code, "shape_b": tensor.shape})]
    return []


def _output(left: str, right: str) -> list[Told]:
    return next(
        (
            [Told("einsum-output", {"letter": letter})]
            for letter in right
            if letter.isalpha() and letter not in left
        ),
        [],
    )
