"""Code as it is typed: does it parse, and if not, what does Python say?"""

from __future__ import annotations

import ast
import warnings
from functools import lru_cache
from typing import Literal

MAX_CODE = 20_000
_SHORT = 400
"""Characters of code whose reading is kept: a class answers much the same, and its bank's code comes again."""


def parsed(code: str) -> ast.Module | None:
    """Give the parsed code, which nobody may change, or None where it is not Python."""
    try:
        return _parse_again(code) if len(code) <= _SHORT else _parse(code)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def is_expression(code: str) -> bool:
    """Tell whether code is one expression."""
    try:
        ast.parse(code.strip(), mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


def problem(code: str, mode: Literal["exec", "eval"] = "exec") -> str:
    """Say in Python's words what is wrong with code that does not compile; nothing where it does."""
    return _problem_again(code, mode) if len(code) <= _SHORT else _problem(code, mode)


def _problem(code: str, mode: Literal["exec", "eval"]) -> str:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(code, "<answer>", mode, dont_inherit=True)
    except SyntaxError as error:
        where = f" (line {error.lineno})" if error.lineno and "\n" in code else ""
        return f"{error.msg}{where}"
    except (ValueError, RecursionError, MemoryError) as error:
        return str(error) or type(error).__name__
    return ""


def _parse(code: str) -> ast.Module:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.parse(code)


_parse_again = lru_cache(maxsize=500)(_parse)
_problem_again = lru_cache(maxsize=2000)(_problem)
