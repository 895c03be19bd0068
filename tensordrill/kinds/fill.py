"""fill: one blank; every filling that makes the program behave like the solution is right."""

from __future__ import annotations

import ast
import io
import tokenize

from tensordrill.bank.schema import BLANK, Fill
from tensordrill.bank.variant import Operand, Variant
from tensordrill.kinds import compared
from tensordrill.kinds.answers import Answer, Code, Unreadable
from tensordrill.kinds.code import MAX_CODE, is_expression, parsed, problem
from tensordrill.lab.protocol import Program


def type_of(question: Fill) -> str:
    """Give the name of the form that an answer has."""
    return "filling"


def programs(variant: Variant, question: Fill) -> tuple[Program, ...]:
    """Give one program an operand, with the solution in the blank."""
    return _programs(question, compared.operands(variant, question), Code(question.solution))


def _programs(question: Fill, operands: tuple[Operand, ...], filling: Code) -> tuple[Program, ...]:
    code, above = question.fill.replace(BLANK, filling.text), filling.above
    if is_expression(code):
        return tuple(compared.program(question, each, above, code, question.ask) for each in operands)
    ask = question.ask or assigned(question.fill.replace(BLANK, question.solution))
    code = f"{above}\n{code}" if above else code
    return tuple(compared.program(question, each, code, None, ask) for each in operands)


def assigned(code: str) -> str:
    """Give the name that the last line assigns, or `None` where it assigns none."""
    tree = parsed(code)
    last = tree.body[-1] if tree and tree.body else None
    target = last.targets[0] if isinstance(last, ast.Assign) else getattr(last, "target", None)
    return target.id if isinstance(target, ast.Name) else "None"


def learner_programs(variant: Variant, answer: Answer) -> tuple[Program, ...]:
    """Give one program an operand, with the learner's filling in the blank."""
    assert isinstance(answer, Code)
    question = _question(variant)
    return _programs(question, compared.operands(variant, question), answer)


def read(variant: Variant, text: str) -> Answer | Unreadable:
    """Read a filling: one line that leaves the program a program."""
    question, filling = _question(variant), text.strip()
    if len(text) > MAX_CODE:
        return Unreadable("too-long")
    if filling.strip(" ._") == "" and filling != "...":
        return Unreadable("filling")
    filling = _without_surroundings(question.fill, filling)
    if "\n" in filling or not _balanced(filling):
        return Unreadable("filling")
    code = question.fill.replace(BLANK, filling)
    words = problem(code)
    return Unreadable("filling", words) if words else Code(filling)


def _without_surroundings(fill: str, filling: str) -> str:
    """Take the whole line, typed with its blank filled, as the filling that it holds."""
    line = next(line.strip() for line in fill.splitlines() if BLANK in line)
    before, _, after = line.partition(BLANK)
    if before and filling.startswith(before) and filling.endswith(after):
        return filling[len(before) : len(filling) - len(after)].strip()
    return filling


def _balanced(filling: str) -> bool:
    depth = 0
    try:
        for token in tokenize.generate_tokens(io.StringIO(f"({filling}\n)").readline):
            depth += (token.string in "([{") - (token.string in ")]}") if token.type == tokenize.OP else 0
            if token.string == ";" or (depth == 0 and token.type == tokenize.OP and token.start[0] == 1):
                return False
    except (tokenize.TokenError, SyntaxError, IndentationError):
        return False
    return depth == 0


judge, diagnose = compared.judge, compared.diagnose
expected, typed_by, facts = compared.expected, compared.typed_by, compared.facts


def _question(variant: Variant) -> Fill:
    assert isinstance(variant.question, Fill)
    return variant.question
