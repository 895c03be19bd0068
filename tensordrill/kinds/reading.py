"""One grammar reads every kind of value; the static type settles what is ambiguous.

>>> read("2,3", "shape"), read("2x3", "shape"), read("5", "shape")
(Literally(value=(2, 3)), Literally(value=(2, 3)), Literally(value=(5,)))
>>> read("RuntimeError", "shape")
Raises(name='RuntimeError')
"""

from __future__ import annotations

import ast
import builtins
import difflib
import re
import unicodedata
import warnings
from collections.abc import Callable

from tensordrill.kinds.answers import (
    Answer,
    Literally,
    Raises,
    Typed,
    TypedComplex,
    TypedFloat,
    TypedTensor,
    Unreadable,
    Word,
)
from tensordrill.kinds.imaginary import imaginary, negated, summed
from tensordrill.kinds.numbers import ALIASES, DTYPES

MAX_LENGTH = 10_000
MAX_DEPTH = 30
MAX_BITS = 1024

_YES = frozenset(["yes", "y", "true", "t", "예", "네", "응", "참"])
_NO = frozenset(["no", "n", "false", "f", "아니요", "아니오", "아뇨", "아니", "거짓"])
_NONE = frozenset(["none", "없음", "없다"])
_SCALAR = frozenset(["scalar", "스칼라"])
_RAISES = re.compile(
    r"(?:it\s+)?(?:raises?|throws?|an?\s+error|errors?|exception|에러|오류|예외)"
    r"(?:\s*(?:발생|가?\s*발생한다|가?\s*난다|남))?\s*[:,(]?\s*(?:an?\s+)?(?P<name>[A-Za-z_][\w.]*)?\)?\.?",
    re.IGNORECASE,
)
_CLASS = re.compile(
    r"(?:an?\s+)?(?P<name>[A-Za-z_][\w.]*(?:Error|Exception|Warning|Interrupt|Exit))(?:\s*(?:에러|오류)|:.*)?"
)
_WARNS = re.compile(r"(?:it\s+)?(?:warns?)?\s*[:,(]?\s*(?:an?\s+)?(?P<name>[A-Za-z_][\w.]*Warning)\)?\.?")
_EXCEPTIONS = {
    name.lower(): name
    for name, value in {
        **vars(builtins),
        "OutOfMemoryError": RuntimeError,
        "LinAlgError": RuntimeError,
    }.items()
    if isinstance(value, type) and issubclass(value, BaseException)
}
"""The classes that torch and Python raise, by their names in lower case; what comes near one is a slip."""
_ANY_CLASS = frozenset(["", "error", "errors", "exception"])
_PRODUCT = re.compile(r"\d{1,19}(?:\s*[x×*]\s*\d{1,19})+", re.IGNORECASE)
_SPACED = re.compile(r"\d{1,19}(?:\s+\d{1,19})+")
_LITERAL_DTYPE = re.compile(r"(?:torch\.)?(\w+)")


def normalized(text: str) -> str:
    """Give the text with full-width characters as their usual ones, without space around it."""
    return unicodedata.normalize("NFKC", text).strip()


def read(text: str, type_: str) -> Answer | Unreadable:
    """Read a typed answer to a question of a static type; what cannot be read names an example."""
    base = type_.removeprefix("none-or-")
    if len(text) > MAX_LENGTH:
        return Unreadable("too-long")
    clean = normalized(text)
    raises = _raises(" ".join(clean.split()), base)
    if raises:
        return raises
    typed = None if base != type_ and clean.lower() in _NONE else _typed(clean, base)
    if not isinstance(typed, Unreadable) and not _is_of(typed, type_):
        typed = Unreadable(base)
    return typed if isinstance(typed, Unreadable) else Literally(typed)


def read_warning(text: str) -> Answer | Unreadable:
    """Read a warning's class, or any way to say that there is none as `no`.

    >>> read_warning("warns: UserWarning"), read_warning("아니요")
    (Literally(value=Word(text='UserWarning')), Literally(value=Word(text='no')))
    """
    if len(text) > MAX_LENGTH:
        return Unreadable("too-long")
    clean = " ".join(normalized(text).split())
    if clean.lower() in _NO | _NONE:
        return Literally(Word("no"))
    warns = _WARNS.fullmatch(clean)
    return Literally(Word(warns["name"].rpartition(".")[2])) if warns else read(text, "text")


def _raises(clean: str, base: str) -> Raises | None:
    match = _RAISES.fullmatch(clean) or (_CLASS.fullmatch(clean) if base != "text" else None)
    if match is None:
        return None
    name = (match["name"] or "").rpartition(".")[2]
    if name.lower() in _ANY_CLASS:
        return Raises()
    if known := _EXCEPTIONS.get(name.lower()):
        return Raises(known)
    is_slip = bool(difflib.get_close_matches(name.lower(), _EXCEPTIONS, n=1, cutoff=0.9))
    is_class = name[0].isupper() or name.endswith(("error", "exception"))
    return Raises(name) if is_class and not is_slip else None


def _typed(clean: str, base: str) -> Typed | Unreadable:
    lower = clean.lower()
    if not clean:
        return Unreadable(base)
    if lower in _NONE and base not in ("text", "bool"):
        return None
    if base in ("text", "output"):
        return Word(clean.strip("\"'`"))
    if base == "bool" and lower in _YES | _NO:
        return lower in _YES
    if base == "dtype":
        return _dtype(clean)
    if base == "shape":
        return _shape(clean, lower)
    value = _literal(clean, base)
    return (value,) if base == "tuple" and not isinstance(value, tuple | Unreadable) else value


def _shape(clean: str, lower: str) -> Typed | Unreadable:
    if lower in _SCALAR:
        return ()
    if _PRODUCT.fullmatch(clean) or _SPACED.fullmatch(clean):
        return tuple(int(size) for size in re.findall(r"\d+", clean))
    value = _literal(clean, "shape")
    return (value,) if isinstance(value, int) and not isinstance(value, bool) else value


def _dtype(clean: str) -> Typed | Unreadable:
    match = _LITERAL_DTYPE.fullmatch(clean)
    name = match[1].lower() if match else ""
    name = ALIASES.get(name, name)
    return Word(name) if name in DTYPES else Unreadable("dtype")


def _literal(clean: str, base: str) -> Typed | Unreadable:
    if _depth(clean) > MAX_DEPTH:
        return Unreadable(base)
    for candidate in (clean, re.sub(r"(?<=[\d.\])a-z])\s+(?=[-+\d\[(])", ", ", clean)):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                tree = ast.parse(candidate, mode="eval")
            return _value(tree.body, candidate)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
    return Unreadable(base)


def _depth(text: str) -> int:
    depth = deepest = 0
    for bracket in re.findall(r"[\[\](){}]|(?<=[-+~])[-+~]", text):
        depth += -1 if bracket in "])}" else 1
        deepest = max(deepest, depth)
    return deepest


def _value(node: ast.expr, source: str) -> Typed:
    if isinstance(node, ast.Tuple | ast.List):
        return tuple(_value(item, source) for item in node.elts)
    if isinstance(node, ast.Constant):
        return _constant(node, source)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub | ast.UAdd):
        return _signed(_value(node.operand, source), isinstance(node.op, ast.USub))
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub):
        left, right = _value(node.left, source), _value(node.right, source)
        return summed(left, right, minus=isinstance(node.op, ast.Sub))
    if isinstance(node, ast.Name):
        return _name(node.id)
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        return _name(node.attr)
    if isinstance(node, ast.Call):
        return _call(node, source)
    raise ValueError("not a value")


def _constant(node: ast.Constant, source: str) -> Typed:
    value = node.value
    if isinstance(value, int) and value.bit_length() > MAX_BITS:
        raise ValueError("no answer is that large")
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, float):
        return TypedFloat((ast.get_source_segment(source, node) or repr(value)).replace("_", ""))
    if isinstance(value, complex):
        return imaginary(ast.get_source_segment(source, node) or repr(value))
    if isinstance(value, str):
        return Word(value)
    raise ValueError("not a value")


def _signed(value: Typed, negative: bool) -> Typed:
    if isinstance(value, int) and not isinstance(value, bool):
        return -value if negative else value
    if isinstance(value, TypedFloat):
        sign = "-" if negative else ""
        return TypedFloat(f"{sign}{value.text}") if value.text[0] not in "-+" else _flipped(value, negative)
    if isinstance(value, TypedComplex):
        return TypedComplex(negated(value.real), negated(value.imag)) if negative else value
    raise ValueError("only a number has a sign")


def _flipped(value: TypedFloat, negative: bool) -> TypedFloat:
    if not negative:
        return value
    return TypedFloat(value.text[1:] if value.text[0] == "-" else f"-{value.text.lstrip('+')}")


def _name(name: str) -> Typed:
    lower = name.lower()
    if lower in ("nan", "inf", "infinity"):
        return TypedFloat("nan" if lower == "nan" else "inf")
    if lower in _NONE:
        return None
    if lower in _YES or lower in _NO:
        return lower in _YES
    return Word(ALIASES.get(lower, lower) if lower in ALIASES or lower in DTYPES else name)


def _call(node: ast.Call, source: str) -> Typed:
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    if name in ("Size", "tuple", "list") and not node.keywords and len(node.args) <= 1:
        inner = _value(node.args[0], source) if node.args else ()
        if isinstance(inner, tuple):
            return inner
    if name in ("tensor", "Tensor") and len(node.args) == 1:
        dtype = next((_value(k.value, source) for k in node.keywords if k.arg == "dtype"), None)
        return TypedTensor(_value(node.args[0], source), dtype.text if isinstance(dtype, Word) else None)
    if name == "float" and len(node.args) == 1 and isinstance(node.args[0], ast.Constant):
        text = str(node.args[0].value).strip().lower()
        float(text)
        return TypedFloat(text)
    raise ValueError("not a value")


def _is_of(typed: Typed, type_: str) -> bool:
    base = type_.removeprefix("none-or-")
    if typed is None:
        return base != type_ or base in ("line", "tuple")
    if isinstance(typed, TypedTensor):
        return base in ("tensor", "tuple") and _is_of(typed.items, "tensor")
    return _CHECKS[base](typed)


def _is_int(value: Typed) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_nested(value: Typed) -> bool:
    if isinstance(value, tuple):
        return all(map(_is_nested, value))
    return isinstance(value, bool | int | TypedFloat | TypedComplex)


_CHECKS: dict[str, Callable[[Typed], bool]] = {
    "int": _is_int,
    "line": _is_int,
    "float": lambda value: _is_int(value) or isinstance(value, TypedFloat),
    "bool": lambda value: isinstance(value, bool),
    "shape": lambda value: isinstance(value, tuple) and all(map(_is_int, value)),
    "tensor": _is_nested,
    "tuple": lambda value: isinstance(value, tuple),
    "dtype": lambda value: isinstance(value, Word),
    "text": lambda value: isinstance(value, Word),
    "output": lambda value: isinstance(value, Word),
}
