"""One grammar reads every kind of value; the static type settles what is ambiguous.

>>> read("2,3", "shape"), read("2x3", "shape"), read("5", "shape")
(Literally(value=(2, 3)), Literally(value=(2, 3)), Literally(value=(5,)))
>>> read("RuntimeError", "shape")
Raises(name='RuntimeError')
"""

from __future__ import annotations

import ast
import math
import re
from collections.abc import Callable, Iterable

from tensordrill.bank.schema import AnswerType, PlainType
from tensordrill.kinds.answer_type import Piece, plain_type
from tensordrill.kinds.answers import (
    Answer,
    Literally,
    Typed,
    TypedComplex,
    TypedFloat,
    TypedTensor,
    Unreadable,
    Word,
)  # fmt: skip
from tensordrill.kinds.classes import read_raises
from tensordrill.kinds.code import NOT_PYTHON, quiet_parser
from tensordrill.kinds.numbers import ALIASES, DTYPES
from tensordrill.kinds.words import MAX_LENGTH, NO, NONE, SCALAR, YES, normalized, plain

MAX_DEPTH = 30
MAX_BITS = 1024
_ZERO = TypedFloat("0")

_NO_LINE = frozenset(["no line", "no error", "에러 없음", "에러가 없음", "오류 없음", "에러 안 남"])
_LINE = re.compile(
    r"(?:line|줄|행|라인)\s*(?:no\.?|number|번호)?\s*[:#]?\s*(?P<after>\d{1,6})"
    r"|(?P<before>\d{1,6})\s*(?:(?:st|nd|rd|th)\s+line|(?:번째?)?\s*(?:줄|행|라인)|번째)",
    re.IGNORECASE,
)
_PRODUCT = re.compile(r"\d{1,19}(?:\s*[x×*]\s*\d{1,19})+", re.IGNORECASE)
_SPACED = re.compile(r"\d{1,19}(?:\s+\d{1,19})+")
_WHOLE = re.compile(r"[-+]?\d{1,300}\.0*")
_LITERAL_DTYPE = re.compile(r"(?:dtype\s*[=:]?\s*)?(?:torch\.)?(\w+)", re.IGNORECASE)
_GRAD_FN = re.compile(r",\s*grad_fn=<\w*>")
_PARAMETER = re.compile(r"Parameter containing:\s*")


def read(
    text: str,
    type_: AnswerType,
    pieces: frozenset[Piece] | None = None,
    own: Iterable[str] = (),
    *,
    has_several: bool = False,
) -> Answer | Unreadable:
    """Read a typed answer to a question of a static type; what cannot be read names an example.

    `pieces` are what a tuple may hold, where that is known, and `has_several` says that there is more than one: a
    single word, as `maybe`, is no such tuple. `own` are exceptions that the program defines.
    """
    base = plain_type(type_)
    if len(text) > MAX_LENGTH:
        return Unreadable("too-long")
    clean = normalized(text)
    raises = read_raises(" ".join(clean.split()), base, own)
    if raises is not None:
        return raises
    typed = None if base != type_ and plain(clean) in NONE else _typed(clean, base)
    if isinstance(typed, Unreadable):
        return typed
    if has_several and isinstance(typed, tuple) and len(typed) == 1 and isinstance(typed[0], Word):
        return Unreadable(base)
    if base in ("int", "line", "shape") or (base == "tuple" and pieces and "float" not in pieces):
        typed = _whole(typed)
    return Literally(typed) if _is_of(typed, type_, pieces) else Unreadable(base)


def _typed(clean: str, base: PlainType) -> Typed | Unreadable:
    word = plain(clean)
    if not clean:
        return Unreadable(base)
    if word in NONE and base not in ("text", "bool"):
        return None
    if base in ("text", "output"):
        return Word(clean.strip("\"'`"))
    if base == "bool" and word in YES | NO:
        return word in YES
    if base == "dtype":
        return _dtype(clean)
    if base == "line" and word in _NO_LINE:
        return None
    if base == "line" and (match := _LINE.fullmatch(word)):
        return int(match["after"] or match["before"])
    if base == "shape" and word in SCALAR:
        return ()
    if base == "shape" and (_PRODUCT.fullmatch(clean) or _SPACED.fullmatch(clean)):
        return tuple(int(size) for size in re.findall(r"\d+", clean))
    value = _literal(clean, base)
    if isinstance(value, tuple | Unreadable):
        return value
    is_size = isinstance(value, int | TypedFloat) and not isinstance(value, bool)
    return (value,) if base == "tuple" or (base == "shape" and is_size) else value


def _whole(typed: Typed) -> Typed:
    """Return integers for numbers that were typed as `6.0` where only an integer can be meant."""
    if isinstance(typed, TypedFloat) and _WHOLE.fullmatch(typed.text):
        return int(typed.text.partition(".")[0])
    return tuple(map(_whole, typed)) if isinstance(typed, tuple) else typed


def _dtype(clean: str) -> Typed | Unreadable:
    match = _LITERAL_DTYPE.fullmatch(clean)
    name = match[1].lower() if match else ""
    name = ALIASES.get(name, name)
    return Word(name) if name in DTYPES else Unreadable("dtype")


def _literal(clean: str, base: PlainType) -> Typed | Unreadable:
    if _depth(clean) > MAX_DEPTH:
        return Unreadable(base)
    clean = _PARAMETER.sub("", _GRAD_FN.sub("", clean), 1)
    for candidate in (clean, re.sub(r"(?<=[\d.\])a-z])\s+(?=[-+\d\[(])", ", ", clean)):
        try:
            with quiet_parser():
                tree = ast.parse(candidate, mode="eval")
            return _value(tree.body, candidate)
        except NOT_PYTHON:
            continue
    return Unreadable(base)


def _depth(text: str) -> int:
    depth = deepest = 0
    for bracket in re.findall(r"[\[\](){}]|(?<=[-+~])[-+~]", text):
        depth += -1 if bracket in "])}" else 1
        deepest = max(deepest, depth)
    return deepest


def _value(node: ast.expr, source: str) -> Typed:
    match node:
        case ast.Tuple(elts=items) | ast.List(elts=items):
            return tuple(_value(item, source) for item in items)
        case ast.Constant():
            return _constant(node, source)
        case ast.UnaryOp(op=ast.USub() | ast.UAdd() as sign, operand=operand):
            number = _value(operand, source)
            negated = _negated(number)  # which refuses what has no sign
            return negated if isinstance(sign, ast.USub) else number
        case ast.BinOp(left=left, op=ast.Add() | ast.Sub() as sign, right=right):
            parts = _value(left, source), _value(right, source)
            return _complex(*parts, minus=isinstance(sign, ast.Sub))
        case ast.Name(id=name) | ast.Attribute(value=ast.Name(), attr=name):
            return _name(name)
        case ast.Call():
            return _call(node, source)
        case _:
            raise ValueError("not a value")


def _constant(node: ast.Constant, source: str) -> Typed:
    value = node.value
    if isinstance(value, int) and value.bit_length() > MAX_BITS:
        raise ValueError("no answer is that large")
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return Word(value)
    if not isinstance(value, float | complex):
        raise ValueError("not a value")
    digits = (ast.get_source_segment(source, node) or repr(value)).replace("_", "")
    return TypedFloat(digits) if isinstance(value, float) else TypedComplex(_ZERO, TypedFloat(digits[:-1]))


def _negated(value: Typed) -> Typed:
    """Return a number with the other sign; raises ValueError for what is no number."""
    match value:
        case int() if not isinstance(value, bool):
            return -value
        case TypedFloat():
            return _negated_float(value)
        case TypedComplex(real, imag):
            return TypedComplex(_negated_float(real), _negated_float(imag))
        case _:
            raise ValueError("only a number has a sign")


def _negated_float(value: TypedFloat) -> TypedFloat:
    return TypedFloat(value.text[1:] if value.text.startswith("-") else f"-{value.text.lstrip('+')}")


def _complex(real: Typed, imag: Typed, *, minus: bool) -> TypedComplex:
    """Return the sum, or the difference, of a real number and an imaginary one, whose digits count.

    Raises ValueError where the sum is anything else, since an answer is a value and no calculation.
    """
    if isinstance(real, bool) or not isinstance(real, int | TypedFloat):
        raise ValueError("the real part of a complex number is a number")
    if not isinstance(imag, TypedComplex) or imag.real.text != "0":
        raise ValueError("the imaginary part of a complex number has a j")
    typed_real = real if isinstance(real, TypedFloat) else TypedFloat(str(real))
    return TypedComplex(typed_real, _negated_float(imag.imag) if minus else imag.imag)


def _name(name: str) -> Typed:
    lower = name.lower()
    if lower in ("nan", "inf", "infinity"):
        return TypedFloat("nan" if lower == "nan" else "inf")
    if lower in NONE:
        return None
    if lower in YES or lower in NO:
        return lower in YES
    return Word(ALIASES.get(lower, lower) if lower in ALIASES or lower in DTYPES else name)


def _call(node: ast.Call, source: str) -> Typed:
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    if name in ("Size", "size", "tuple", "list") and not node.keywords and len(node.args) <= 1:
        inner = _value(node.args[0], source) if node.args else ()
        if isinstance(inner, tuple):
            return inner
    if name in ("tensor", "Tensor") and len(node.args) == 1:
        keywords = [keyword for keyword in node.keywords if keyword.arg in ("dtype", "size")]
        named = {keyword.arg: _value(keyword.value, source) for keyword in keywords}
        dtype, items = named.get("dtype"), _value(node.args[0], source)
        size = _size(named["size"], items) if "size" in named else None
        return TypedTensor(items, dtype.text if isinstance(dtype, Word) else None, size)
    if name == "float" and len(node.args) == 1 and isinstance(node.args[0], ast.Constant):
        text = str(node.args[0].value).strip().lower()
        float(text)
        return TypedFloat(text)
    raise ValueError("not a value")


def _size(size: Typed, items: Typed) -> tuple[int, ...]:
    """Return the size that an empty tensor is printed with; raises ValueError where it is no empty one's."""
    sizes = tuple(dim for dim in size if isinstance(dim, int)) if isinstance(size, tuple) else ()
    if items != () or size != sizes or math.prod(sizes) != 0:
        raise ValueError("only an empty tensor is printed with its size")
    return sizes


def _is_of(typed: Typed, type_: AnswerType, pieces: frozenset[Piece] | None) -> bool:
    base = plain_type(type_)
    if typed is None:
        return base != type_ or base == "line" or (base == "tuple" and (pieces is None or "none" in pieces))
    if base == "tuple" and pieces is not None:
        return isinstance(typed, tuple) and _is_made_of(typed, pieces)
    if isinstance(typed, TypedTensor):
        return base in ("tensor", "tuple") and _is_nested(typed.items)
    return _CHECKS[base](typed)


def _is_made_of(typed: Typed, pieces: frozenset[Piece]) -> bool:
    """Whether a typed value, or each piece of it, is one of those that a tuple may hold."""
    match typed:
        case tuple():
            return all(_is_made_of(piece, pieces) for piece in typed)
        case None:
            return "none" in pieces
        case bool():
            return "bool" in pieces
        case int():
            return not pieces.isdisjoint(("int", "float"))
        case TypedFloat():
            return "float" in pieces
        case Word():
            return "text" in pieces or ("dtype" in pieces and typed.text in DTYPES)
        case _:
            return False


def _is_int(value: Typed) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_nested(value: Typed) -> bool:
    if isinstance(value, tuple):
        return all(map(_is_nested, value))
    return isinstance(value, bool | int | TypedFloat | TypedComplex)


_CHECKS: dict[PlainType, Callable[[Typed], bool]] = {
    **dict.fromkeys(("int", "line"), _is_int),
    "float": lambda value: _is_int(value) or isinstance(value, TypedFloat),
    "bool": lambda value: isinstance(value, bool),
    "shape": lambda value: isinstance(value, tuple) and all(map(_is_int, value)),
    "tensor": _is_nested,
    "tuple": lambda value: isinstance(value, tuple),
    **dict.fromkeys(("dtype", "text", "output"), lambda value: isinstance(value, Word)),
}
