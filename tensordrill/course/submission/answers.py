"""The answer in a cell: what follows `answer =`, the lines below `# answer:`, or a function's or class's definition."""

from __future__ import annotations

import ast
import re
import tokenize
from collections.abc import Sequence

from msgspec import Struct

from tensordrill.bank import schema
from tensordrill.course.submission.preamble import own_lines, without_setup
from tensordrill.kinds.answers import Unreadable
from tensordrill.kinds.blanks import filled
from tensordrill.kinds.code import MAX_CODE, parsed, problem, tokens, unparsed

NAME = "answer"
BELOW = "# answer:"
_ASSIGNED = re.compile(rf"^{NAME}[ \t]*(?::[^\n=]*)?=(?!=)[ \t]*", re.MULTILINE)
_BELOW = re.compile(r"^#[ \t]*answer[ \t]*:[^\n]*$", re.MULTILINE | re.IGNORECASE)
_NOTHING = frozenset(("", "...", "…", "____", "''", '""'))
_OF_THE_HANDOUT = re.compile(
    r"^(?:tensordrill\.check(?:_on_error)?\(\)|import tensordrill)[ \t]*(?:#[^\n]*)?$"
    r'|^"""\#{1,2} .{,4000}?"""[ \t]*$',
    re.MULTILINE | re.DOTALL,
)
"""The hand-out's own code, and its headings as Colab's "Download .py" writes them, which end in the cell above where
the marks between cells are lost."""
_OF_IPYTHON = re.compile(r"^[ \t]*(?:[%!][^\n]*|\?{1,2}[\w.]+|[\w.]+\?{1,2})[ \t]*$", re.MULTILINE)
"""Magics, shell commands and questions for help: https://ipython.readthedocs.io/en/stable/interactive/reference.html"""
_LOST = Unreadable("no-answer-line")
_MOST_ASSIGNMENTS = 20


class AnswerText(Struct, frozen=True):
    """An answer as it stands in a cell, before its kind has read it."""

    text: str
    above: str = ""
    """The student's own lines that run before it."""

    @property
    def shown(self) -> str:
        """The whole of it."""
        return f"{self.above}\n{NAME} = {self.text}" if self.above else self.text


def answer_in(question: schema.AnyQuestion, body: str) -> AnswerText | Unreadable | None:
    """Find the answer in a cell's text; None where the cell is as it was handed out."""
    if len(body) > 4 * MAX_CODE:
        return Unreadable("too-long")
    body = _without_ipython(_OF_THE_HANDOUT.sub("", without_setup(body, question.setup)))
    match question:
        case schema.Write(write="statements"):
            return _written(_below(body))
        case schema.Write(write="function" | "class"):
            return _definition(question, body)
        case _:
            return _assigned(question, body)


def _without_ipython(body: str) -> str:
    """Return a cell without the lines that only IPython can run; a line that is Python there as well stays."""
    return _OF_IPYTHON.sub("", body) if _OF_IPYTHON.search(body) and parsed(body) is None else body


def _written(text: str | None) -> AnswerText | Unreadable | None:
    if text is None:
        return _LOST
    return None if _without_comments(text).strip() in _NOTHING else AnswerText(text)


def _without_comments(text: str) -> str:
    return "\n".join(line for line in text.split("\n") if not line.lstrip().startswith("#"))


# ---- answer = … ------------------------------------------------------------------------------------------


def _assigned(question: schema.AnyQuestion, body: str) -> AnswerText | Unreadable | None:
    """Return what `answer` is set to; of several the last one that says something."""
    matches = list(_ASSIGNED.finditer(body))
    if not matches:
        return _LOST
    for match in reversed(matches[-_MOST_ASSIGNMENTS:]):
        written = _value(question, body[match.end() :])
        if written is not None:
            return _with_lines_above(question, written, body[: match.start()])
    return None


def _with_lines_above(
    question: schema.AnyQuestion, written: AnswerText | Unreadable, above: str
) -> AnswerText | Unreadable:
    if isinstance(written, Unreadable) or not isinstance(question, schema.Write | schema.Fill):
        return written
    if len(above) > MAX_CODE:
        return Unreadable("too-long")
    return AnswerText(written.text, own_lines(above, question.given, written.text, NAME))


def _value(question: schema.AnyQuestion, rest: str) -> AnswerText | Unreadable | None:
    text = _first_statement(rest)
    tree = parsed(f"{NAME} = {text}")
    value = tree.body[0].value if tree and tree.body and isinstance(tree.body[0], ast.Assign) else None
    if isinstance(question, schema.Fill) and len(question.fillings) == len(parts := _items(value)) > 1:
        return _several(question, f"{NAME} = {text}", parts)
    if value is not None:
        text = _unquoted(question, value, _source(f"{NAME} = {text}", value, question))
    else:
        text = text.partition("#")[0].strip()
    return None if text.strip() in _NOTHING else AnswerText(text)


def _items(value: ast.expr | None) -> list[ast.expr]:
    return value.elts if isinstance(value, ast.List | ast.Tuple) else []


def _several(question: schema.Fill, code: str, values: Sequence[ast.expr]) -> AnswerText | Unreadable | None:
    """Return the fillings of several blanks, one a line; what is answered in part cannot be read."""
    texts = [
        _unquoted(question, value, _source(code, value, question), at) for at, value in enumerate(values)
    ]
    open_ones = [text for text in texts if text.strip() in _NOTHING]
    if open_ones and set(open_ones) - set(question.fillings):
        return None if len(open_ones) == len(texts) else Unreadable("fillings", str(len(texts)))
    return AnswerText("\n".join(texts))


def _first_statement(text: str) -> str:
    """Return the lines of the first statement; only the first line where the text is not Python."""
    line, _, _ = text.partition("\n")
    if parsed(f"{NAME} = {line}"):
        return line
    for token in tokens(f"{NAME} = {text}\n"):
        if token.type == tokenize.NEWLINE:
            return "\n".join(text.split("\n")[: token.end[0]])
    return line


def _source(code: str, value: ast.expr, question: schema.AnyQuestion) -> str:
    """Return an expression as it was written; on one line where it fills a blank."""
    text = ast.get_source_segment(code, value) or ""
    if "\n" not in text:
        return text
    if isinstance(question, schema.Write):
        return f"({text})" if problem(text, "eval") else text
    return unparsed(value) or text


def _unquoted(question: schema.AnyQuestion, value: ast.expr, text: str, at: int = 0) -> str:
    """Take the quotes from a value that was written as a Python text; `at` says which of several blanks it fills."""
    if not (isinstance(value, ast.Constant) and isinstance(value.value, str)):
        return text
    inner = value.value.encode("utf-8", "replace").decode()  # an escape can write half a character
    if isinstance(question, schema.Write):
        return inner if _computes(inner) and not _is_text(question.solution) else text
    if isinstance(question, schema.Fill):
        is_code = not _is_text(question.fillings[at]) or problem(_filled(question, at, text))
        return inner if is_code or in_quotes(question, at) else text
    return inner


def _computes(code: str) -> bool:
    """Whether code is an expression that does more than name or state something."""
    match parsed(code.strip()):
        case ast.Module(body=[ast.Expr(value=ast.Name() | ast.Constant())]):
            return False
        case ast.Module(body=[ast.Expr()]):
            return True
        case _:
            return False


def _is_text(code: str) -> bool:
    match parsed(code.strip()):
        case ast.Module(body=[ast.Expr(value=ast.Constant(value=str()) | ast.JoinedStr())]):
            return True
        case _:
            return False


def in_quotes(question: schema.Fill, at: int = 0) -> bool:
    """Whether what fills a blank is no expression by itself, so that the hand-out asks for a text."""
    match parsed(f"{NAME} = {question.fillings[at]}"):
        case ast.Module(body=[ast.Assign(targets=[ast.Name()])]):
            return not _stands_alone(question, at)
        case _:
            return True


def _stands_alone(question: schema.Fill, at: int) -> bool:
    """Whether an expression in brackets may fill the blank as well as a bare one."""
    return not problem(_filled(question, at, "(0)"))


def _filled(question: schema.Fill, at: int, filling: str) -> str:
    return filled(question, [*question.fillings[:at], filling, *question.fillings[at + 1 :]])


# ---- statements and definitions --------------------------------------------------------------------------


def _below(body: str) -> str | None:
    matches = list(_BELOW.finditer(body))
    return body[matches[-1].end() :].strip("\n") if matches else None


def _definition(question: schema.Write, body: str) -> AnswerText | Unreadable | None:
    """Return a cell's text from its first line of code on, with the definition that was asked for in it."""
    lines = body.split("\n")
    code = next((at for at, line in enumerate(lines) if line.strip() and not line.startswith("#")), None)
    if code is None:
        return _LOST
    text = "\n".join(lines[code:])
    tree = parsed(text)
    if tree is None:
        return _written(text)
    kind = ast.ClassDef if question.write == "class" else ast.FunctionDef
    definitions = [node for node in tree.body if isinstance(node, kind) and node.name == question.name]
    if not definitions:
        return _LOST
    match definitions[-1].body[-1]:
        case ast.Expr(value=ast.Constant(value=value)) if value is ...:
            return None
        case _:
            return _written(text)
