"""write: give an expression, statements, a function or a class; it runs beside the solution."""

from __future__ import annotations

import ast
import re
import textwrap

from tensordrill.bank.schema import Write, as_kind
from tensordrill.bank.variant import Variant
from tensordrill.errors import DrawError
from tensordrill.kinds import code_kinds
from tensordrill.kinds.answer_key import Key
from tensordrill.kinds.answers import Answer, Code, Form, Unreadable
from tensordrill.kinds.code import MAX_CODE, is_expression, parsed, problem
from tensordrill.messages import message
from tensordrill.sandbox.protocol import Program

_RETURNS = re.compile(r"\breturn\b")
_OF_A_CLASS_BODY = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Assign, ast.AnnAssign, ast.Pass)


def type_of(question: Write) -> str:
    """Return the form that is asked for: expression, statements, function or class."""
    return question.write


def programs(variant: Variant, question: Write) -> tuple[Program, ...]:
    """Return one program an operand, running the question's solution."""
    code = as_code(question, question.solution)
    code = Code(question.solution) if isinstance(code, Unreadable) else code
    return _programs(variant, question, code, watch=code_kinds.is_watched(variant, question))


def _programs(variant: Variant, question: Write, answer: Code, *, watch: bool = True) -> tuple[Program, ...]:
    code, ask = answer.text, question.ask
    value: str | None = None
    if question.write == "expression":
        code, value = answer.preamble, code
    elif question.write == "function":
        value = called(question)
    else:
        ask = ask or "None"
    if question.write == "class":
        check_header(question)
    return code_kinds.programs(variant, question, code, value, ask, watch=watch)


def called(question: Write) -> str:
    """Return the call of a function question: its name, with the given operands.

    >>> called(Write(id="q", task="t", write="function", signature="outer(a, b=2)", solution="a"))
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


def check_header(question: Write) -> None:
    """Raise DrawError where `class` is no class's header."""
    if parsed(f"{question.head} pass") is None:
        raise DrawError(message("class-no-header", header=question.class_header)).below("class")


def learner_programs(variant: Variant, answer: Answer) -> tuple[Program, ...]:
    """Return one program an operand, running the learner's code."""
    assert isinstance(answer, Code)
    return _programs(variant, as_kind(variant.question, Write), answer)


def read(variant: Variant, text: str) -> Answer | Unreadable:
    """Read code of the form asked for; a syntax error is unreadable, not wrong."""
    return as_code(as_kind(variant.question, Write), text)


def as_code(question: Write, text: str) -> Code | Unreadable:
    """Return code ready to run: an expression without `name =`, or a whole `def` or `class`."""
    if len(text) > MAX_CODE:
        return Unreadable("too-long")
    code = textwrap.dedent(text).strip("\n").rstrip() if "\n" in text else text.strip()
    if code.strip(" .") == "":
        return Unreadable("empty-code")
    tree = parsed(code)
    if tree is None:
        return Unreadable(question.write, problem(code))
    match question.write:
        case "expression":
            return _expression(tree, code)
        case "function" | "class":
            return _definition(question, tree, code)
        case "statements":
            return _runnable(code, "statements")


def _expression(tree: ast.Module, code: str) -> Code | Unreadable:
    match tree.body:
        case [ast.Expr(value=value)] if not problem(code, "eval"):
            text = code
        case [ast.Expr(value=value)] | [ast.Assign(targets=[ast.Name()], value=value)]:
            text = ast.get_source_segment(code, value) or code
            text = f"({text})" if problem(text, "eval") else text
        case _:
            return Unreadable("expression")
    if isinstance(value, ast.Constant) and value.value is ...:
        return Unreadable("empty-code")
    words = problem(text, "eval")
    return Unreadable("expression", words) if words else Code(text)


def _definition(question: Write, tree: ast.Module, code: str) -> Code | Unreadable:
    """Return the code of a function or class, whose body, or whose returned value, alone may have been typed.

    A class of another name is no answer, unless the one that was asked for stands beside it.
    """
    form, solution = question.write, question.solution
    kind = ast.ClassDef if form == "class" else ast.FunctionDef
    definitions = [node for node in tree.body if isinstance(node, kind)]
    named = [node for node in definitions if node.name == question.name]
    if named:
        return Unreadable("empty-code") if _is_unanswered(named[-1]) else _runnable(code, form)
    if form == "class":
        is_body = any(isinstance(node, _OF_A_CLASS_BODY) for node in tree.body)
    elif len(tree.body) == 1 and isinstance(tree.body[0], ast.Expr):
        return _runnable(f"{question.head}\n    return {code}", form)
    else:
        returns = _RETURNS.search(solution) or is_expression(solution)
        is_body = not returns or _RETURNS.search(code) is not None
    if not is_body:
        return Unreadable(form)
    return _runnable(f"{question.head}\n{textwrap.indent(code, '    ')}", form)


def _is_unanswered(definition: ast.FunctionDef | ast.ClassDef) -> bool:
    """Whether a function or class ends with `...`, as it was handed out."""
    match definition.body[-1]:
        case ast.Expr(value=ast.Constant(value=value)):
            return value is ...
        case _:
            return False


def _runnable(code: str, form: Form) -> Code | Unreadable:
    words = problem(code)
    return Unreadable(form, words) if words else Code(code)


def expected(variant: Variant, key: Key) -> str:
    """Return the solution."""
    return as_kind(variant.question, Write).solution


def typed_by(variant: Variant, key: Key, index: int) -> str:
    """Return the code that a learner who holds this misconception writes."""
    return as_kind(key.wrong[index][0].question, Write).solution


judge, diagnose = code_kinds.judge, code_kinds.diagnose
