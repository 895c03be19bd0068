"""A class that a learner writes: the whole of it, or its body."""

from __future__ import annotations

import ast
import textwrap

from tensordrill.bank.schema import Write
from tensordrill.errors import DrawError
from tensordrill.kinds.answers import Code, Unreadable
from tensordrill.kinds.code import parsed, problem
from tensordrill.messages import message

_OF_A_BODY = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Assign, ast.AnnAssign, ast.Pass)


def as_class(question: Write, code: str) -> Code | Unreadable:
    """Return the code of a class, whose body alone may have been typed.

    A class of another name is no answer, unless the one that was asked for stands beside it.
    """
    tree = parsed(code)
    if tree is None:
        return Unreadable("class", problem(code))
    whole = [node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == question.name]
    if not whole:
        if not any(isinstance(node, _OF_A_BODY) for node in tree.body):
            return Unreadable("class")
        code = f"{question.head}\n{textwrap.indent(code, '    ')}"
    elif _is_unanswered(whole[-1]):
        return Unreadable("empty-code")
    words = problem(code)
    return Unreadable("class", words) if words else Code(code)


def check_header(question: Write) -> None:
    """Raise DrawError where `class` is no class's header."""
    if parsed(f"{question.head} pass") is None:
        raise DrawError(message("class-no-header", header=question.class_header)).below("class")


def _is_unanswered(written: ast.ClassDef) -> bool:
    match written.body[-1]:
        case ast.Expr(value=ast.Constant(value=value)):
            return value is ...
        case _:
            return False
