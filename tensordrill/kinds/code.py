"""Code as it is typed: does it parse, and if not, what does Python say?

Text of a learner may hold anything: halves of surrogate pairs, NUL, brackets without end, an integer of more
digits than Python turns into text. Here stands what each of Python's own readers raises for such.
"""

from __future__ import annotations

import ast
import io
import threading
import tokenize
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Literal

MAX_CODE = 20_000
_SHORT = 400
"""Characters of code whose reading is kept: a class answers much the same, and its bank's code comes again."""
NOT_PYTHON = (SyntaxError, ValueError, RecursionError, MemoryError)
"""Errors of `ast.parse`, `compile` and `ast.unparse`; a UnicodeError is a ValueError."""
_PARSER = threading.Lock()


@contextmanager
def quiet_parser() -> Iterator[None]:
    """Parse without Python's warnings, in one thread at a time.

    The filters of warnings belong to the whole process. So does the depth of the tree that `ast.parse` builds, in
    CPython 3.11.7 for one, where two threads at once may end in a SystemError
    (https://github.com/python/cpython/issues/106905).
    """
    with _PARSER, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def parsed(code: str) -> ast.Module | None:
    """Return the parsed code, which nobody may change, or None where it is not Python."""
    try:
        return _parse_again(code) if len(code) <= _SHORT else _parse(code)
    except NOT_PYTHON:
        return None


def expression(code: str) -> ast.expr | None:
    """Return the parsed expression that code is, or None where it is none."""
    try:
        with quiet_parser():
            return ast.parse(code.strip(), mode="eval").body
    except NOT_PYTHON:
        return None


def spelled_alike(code: str) -> str:
    """Return code as Python writes it, so that spaces, quotes and brackets around it make no difference.

    >>> spelled_alike("x.sum( dim = 0 )") == spelled_alike("(x.sum(dim=0))")
    True
    """
    tree = parsed(code)
    return ast.unparse(tree) if tree else code


def is_expression(code: str) -> bool:
    """Whether code is one expression."""
    return expression(code) is not None


def unparsed(node: ast.AST) -> str | None:
    """Return a node's code, or None where it is too deep or holds too long an integer to be written."""
    try:
        return ast.unparse(node)
    except NOT_PYTHON:
        return None


def dumped(node: ast.AST) -> str | None:
    """Return a text that is the same for nodes that are, or None where it cannot be written."""
    try:
        return ast.dump(node)
    except NOT_PYTHON:
        return None


def tokens(code: str) -> Iterator[tokenize.TokenInfo]:
    """Yield the tokens of code up to its ENDMARKER; fewer where it is not Python."""
    try:
        yield from tokenize.generate_tokens(io.StringIO(code).readline)
    except (*NOT_PYTHON, tokenize.TokenError):
        return


def problem(code: str, mode: Literal["exec", "eval"] = "exec") -> str:
    """Return in Python's words why code does not compile; an empty text where it does."""
    return _problem_again(code, mode) if len(code) <= _SHORT else _problem(code, mode)


def _problem(code: str, mode: Literal["exec", "eval"]) -> str:
    try:
        with quiet_parser():
            compile(code, "<answer>", mode, dont_inherit=True)
    except SyntaxError as error:
        where = f" (line {error.lineno})" if error.lineno and "\n" in code else ""
        return f"{error.msg}{where}"
    except NOT_PYTHON as error:
        return str(error) or type(error).__name__
    return ""


def _parse(code: str) -> ast.Module:
    with quiet_parser():
        return ast.parse(code)


_parse_again = lru_cache(maxsize=500)(_parse)
_problem_again = lru_cache(maxsize=2000)(_problem)
