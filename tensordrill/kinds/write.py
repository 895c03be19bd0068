"""write: give an expression, statements, a function or a class; it runs beside the solution."""

from __future__ import annotations

import ast
import re
import textwrap

from tensordrill.bank.schema import Write
from tensordrill.bank.variant import Operand, Variant
from tensordrill.errors import DrawError
from tensordrill.kinds import code_kinds
from tensordrill.kinds.answers import Answer, Code, Form, Unreadable
from tensordrill.kinds.class_code import as_class, check_header
from tensordrill.kinds.code import MAX_CODE, is_expression, parsed, problem
from tensordrill.messages import message
from tensordrill.sandbox.protocol import Program

_RETURNS = re.compile(r"\breturn\b")


def type_of(question: Write) -> str:
    """Return the form that is asked for: expression, statements, function or class."""
    return question.write


def programs(variant: Variant, question: Write) -> tuple[Program, ...]:
    """Return one program an operand, running the question's solution."""
    code = as_code(question, question.solution)
    code = Code(question.solution) if isinstance(code, Unreadable) else code
    watch = code_kinds.is_watched(variant, question)
    return _programs(question, code_kinds.operands(variant, question), code, watch=watch)


def _programs(
    question: Write, operands: tuple[Operand, ...], answer: Code, *, watch: bool = True
) -> tuple[Program, ...]:
    code, ask = answer.text, question.ask
    value: str | None = None
    if question.write == "expression":
        code, value = answer.above, code
    elif question.write == "function":
        value = called(question)
    else:
        ask = ask or "None"
    if question.write == "class":
        check_header(question)
    return tuple(code_kinds.program(question, each, code, value, ask, watch=watch) for each in operands)


def called(question: Write) -> str:
    """Return the call of a function question: its name, with the given operands.

    >>> called(question)  # def: outer(a, b=2)
    'outer(a, b)'

    Raises DrawError where `def` is not a signature.
    """
    signature = question.signature or ""
    name, _, parameters = signature.partition("(")
    module = parsed(f"def {name}({parameters}: pass")
    tree = module.body[0] if module else None
    if not isinstance(tree, ast.FunctionDef):
        raise DrawError(message("def-no-signature", signature=signature)).below("def")
    names = [argument.arg for argument in (*tree.args.posonlyargs, *tree.args.args)]
    return f"{name.strip()}({', '.join(names)})"


def learner_programs(variant: Variant, answer: Answer) -> tuple[Program, ...]:
    """Return one program an operand, running the learner's code."""
    assert isinstance(answer, Code)
    question = _question(variant)
    return _programs(question, code_kinds.operands(variant, question), answer)


def read(variant: Variant, text: str) -> Answer | Unreadable:
    """Read code of the form asked for; a syntax error is unreadable, not wrong."""
    return as_code(_question(variant), text)


def as_code(question: Write, text: str) -> Code | Unreadable:
    """Return code ready to run: an expression without `name =`, or a whole `def`."""
    if len(text) > MAX_CODE:
        return Unreadable("too-long")
    code = textwrap.dedent(text).strip("\n").rstrip() if "\n" in text else text.strip()
    if code.strip(" .") == "":
        return Unreadable("empty-code")
    if question.write == "expression":
        return _expression(code)
    if question.write == "function":
        return _function(question, code)
    if question.write == "class":
        return as_class(question, code)
    return _runnable(code, "statements")


def _expression(code: str) -> Code | Unreadable:
    tree = parsed(code)
    if tree is None:
        return Unreadable("expression", problem(code))
    match tree.body:
        case [ast.Expr(value=value)] if not problem(code, "eval"):
            text = code
        case [ast.Expr(value=value)] | [ast.Assign(targets=[ast.Name()], value=value)]:
            text = ast.get_source_segment(code, value) or code
            text = f"({text})" if problem(text, "eval") else text
        case _:
            return Unreadable("expression")
    if _is_unanswered(value):
        return Unreadable("empty-code")
    words = problem(text, "eval")
    return Unreadable("expression", words) if words else Code(text)


def _is_unanswered(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is ...


def _runnable(code: str, form: Form) -> Code | Unreadable:
    words = problem(code)
    return Unreadable(form, words) if words else Code(code)


def _function(question: Write, code: str) -> Code | Unreadable:
    tree = parsed(code)
    if tree is None:
        return Unreadable("function", problem(code))
    written = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == question.name]
    if written:
        last = written[-1].body[-1]
        unanswered = isinstance(last, ast.Expr) and _is_unanswered(last.value)
        return Unreadable("empty-code") if unanswered else _runnable(code, "function")
    if len(tree.body) == 1 and isinstance(tree.body[0], ast.Expr):
        return _runnable(f"{question.head}\n    return {code}", "function")
    solution = question.solution
    if not _RETURNS.search(code) and (_RETURNS.search(solution) or is_expression(solution)):
        return Unreadable("function")
    return _runnable(f"{question.head}\n{textwrap.indent(code, '    ')}", "function")


judge, diagnose = code_kinds.judge, code_kinds.diagnose
expected, typed_by, facts = code_kinds.expected, code_kinds.typed_by, code_kinds.facts


def _question(variant: Variant) -> Write:
    assert isinstance(variant.question, Write)
    return variant.question
