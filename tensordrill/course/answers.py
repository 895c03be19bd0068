"""The answer in a cell: what follows `answer =`, the lines below `# answer:`, or a function's def."""

from __future__ import annotations

import ast
import re

from msgspec import Struct

from tensordrill.bank import schema
from tensordrill.kinds.answers import Unreadable
from tensordrill.kinds.code import MAX_CODE, parsed, problem

NAME = "answer"
BELOW = "# answer:"
_ASSIGNED = re.compile(rf"^{NAME}[ \t]*=(?!=)[ \t]*", re.MULTILINE)
_BELOW = re.compile(r"^#[ \t]*answer[ \t]*:[^\n]*$", re.MULTILINE | re.IGNORECASE)
_NOTHING = frozenset(("", "...", "…", "____"))


class Written(Struct, frozen=True):
    """An answer as it stands in a cell, before its kind has read it."""

    text: str


def answer_in(question: schema.AnyQuestion, body: str) -> Written | Unreadable | None:
    """Find the answer in a cell's text; None where the cell is as it was handed out."""
    if len(body) > 4 * MAX_CODE:
        return Unreadable("too-long")
    if isinstance(question, schema.Write) and question.write != "expression":
        text = _below(body) if question.write == "statements" else _function(body)
        return _unless_empty(text)
    text = _assigned(body)
    if text is None:
        return Unreadable("no-answer-line")
    if text.strip() in _NOTHING:
        return None
    return _unless_empty(_unquoted(question, text))


def _unless_empty(text: str | None) -> Written | Unreadable | None:
    if text is None:
        return Unreadable("no-answer-line")
    return None if _without_comments(text).strip() in _NOTHING else Written(text)


def _without_comments(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))


def _assigned(body: str) -> str | None:
    """Give what the last `answer =` is given: the fewest lines that are whole, else all of them."""
    found = list(_ASSIGNED.finditer(body))
    if not found:
        return None
    lines = body[found[-1].end() :].splitlines() or [""]
    for count in range(1, len(lines) + 1):
        text = "\n".join(lines[:count])
        tree = parsed(f"{NAME} = {text}")
        if tree and tree.body and isinstance(tree.body[0], ast.Assign):
            return ast.get_source_segment(f"{NAME} = {text}", tree.body[0].value) or text
    return "\n".join(lines).rstrip()


def _unquoted(question: schema.AnyQuestion, text: str) -> str:
    """Take the quotes from a value that was written as a Python text."""
    try:
        value = ast.literal_eval(text)
    except (ValueError, SyntaxError, MemoryError, RecursionError, TypeError):
        return text
    if not isinstance(value, str):
        return text
    if isinstance(question, schema.Fill):
        return value if in_quotes(question) or problem(_filled(question, text)) else text
    return text if isinstance(question, schema.Write) else value


def in_quotes(question: schema.Fill) -> bool:
    """Tell whether what fills the blank is no expression by itself, so that the hand-out asks for a text."""
    match parsed(f"{NAME} = {question.solution}"):
        case ast.Module(body=[ast.Assign(targets=[ast.Name()])]):
            return not _stands_alone(question)
        case _:
            return True


def _stands_alone(question: schema.Fill) -> bool:
    """Tell whether an expression in brackets may fill the blank as well as a bare one."""
    return not problem(_filled(question, "(0)"))


def _filled(question: schema.Fill, filling: str) -> str:
    return question.fill.replace(schema.BLANK, filling)


def _below(body: str) -> str | None:
    found = list(_BELOW.finditer(body))
    return body[found[-1].end() :].strip("\n") if found else None


def _function(body: str) -> str | None:
    """Give a cell's text from its first line of code on."""
    lines = body.splitlines()
    for number, line in enumerate(lines):
        if line.strip() and not line.startswith("#"):
            return "\n".join(lines[number:])
    return None
