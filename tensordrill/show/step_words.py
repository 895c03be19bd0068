"""What is said of one step beside its shape and stride, as short words in the interface's language."""

from __future__ import annotations

from collections.abc import Iterator

from tensordrill.lab.traced import TensorFact
from tensordrill.text import Language, say
from tensordrill.trace.outline import Row


def shape(tensor: TensorFact) -> str:
    """Give a shape as Python prints it."""
    return _tuple(tensor.shape)


def stride(tensor: TensorFact, language: Language) -> str:
    """Give strides, and the offset where it is not 0; nothing for a tensor without strides."""
    if tensor.stride is None:
        return ""
    text = say("explain-stride", language, stride=_tuple(tensor.stride))
    if tensor.storage_offset:
        text += "  " + say("explain-offset", language, offset=tensor.storage_offset)
    return text


def words(row: Row, language: Language) -> str:
    """Give where the tensor's memory is and what is special about it, as one list."""
    return ", ".join(word for word in _words(row, language) if word)


def _words(row: Row, language: Language) -> Iterator[str]:
    tensor = row.step.tensor
    if row.step.memory == "new":
        yield say("explain-new", language)
    elif row.of is not None:
        yield say(f"explain-{row.step.memory}", language, of=short(row.of))
    if not tensor.contiguous:
        yield say("explain-not-contiguous", language)
    if row.dtype:
        yield row.dtype
    if tensor.device != "cpu":
        yield tensor.device
    if tensor.type not in ("Tensor", "FakeTensor"):
        yield tensor.type
    yield from _autograd(tensor)


def _autograd(tensor: TensorFact) -> Iterator[str]:
    if tensor.grad_fn is not None:
        yield f"grad_fn {tensor.grad_fn}"
    elif tensor.requires_grad:
        yield "requires_grad, leaf" if tensor.is_leaf else "requires_grad"


def changed(row: Row, language: Language) -> str:
    """Name the tensors whose values a step changed, variables first."""
    names = sorted(row.step.changed, key=lambda name: not name.isidentifier())
    return say("explain-changed", language, names=", ".join(map(short, names))) if names else ""


def short(expression: str, most: int = 40) -> str:
    """Give an expression that fits into a sentence, its middle left out where it is long."""
    if len(expression) <= most:
        return expression
    start = (most - 1) // 2
    return expression[:start] + "…" + expression[start + 1 - most :]


def _tuple(numbers: tuple[int, ...]) -> str:
    return f"({numbers[0]},)" if len(numbers) == 1 else f"({', '.join(map(str, numbers))})"
