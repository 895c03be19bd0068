"""fill: one blank or several; all fillings that make the program behave like the solution are right."""

from __future__ import annotations

import ast
import tokenize
from collections.abc import Sequence

from tensordrill.bank.schema import BLANK, Fill, as_kind
from tensordrill.bank.variant import Variant, Wrong
from tensordrill.kinds import blanks, code_kinds
from tensordrill.kinds.answer_key import Key, Runs
from tensordrill.kinds.answers import Answer, Code, Difference, Fillings, Unreadable
from tensordrill.kinds.blanks import SEPARATOR, filled, one_by_one, split
from tensordrill.kinds.code import MAX_CODE, is_expression, parsed, problem, tokens
from tensordrill.sandbox.protocol import Program


def type_of(question: Fill) -> str:
    """Return the name of the form that an answer has."""
    return "filling"


def programs(variant: Variant, question: Fill) -> tuple[Program, ...]:
    """Return one program an operand, with the solution in the blanks."""
    watch = code_kinds.is_watched(variant, question)
    return _programs(variant, question, question.fillings, "", watch=watch)


def _programs(
    variant: Variant, question: Fill, fillings: Sequence[str], preamble: str, *, watch: bool = True
) -> tuple[Program, ...]:
    code, ask = filled(question, fillings), question.ask
    value: str | None = None
    if is_expression(code):
        code, value = preamble, code
    else:
        ask = ask or assigned(filled(question, question.fillings))
        code = f"{preamble}\n{code}" if preamble else code
    return code_kinds.programs(variant, question, code, value, ask, watch=watch)


def assigned(code: str) -> str:
    """Return the name that the last line assigns, or `None` where it assigns none."""
    tree = parsed(code)
    last = tree.body[-1] if tree and tree.body else None
    target = last.targets[0] if isinstance(last, ast.Assign) else getattr(last, "target", None)
    return target.id if isinstance(target, ast.Name) else "None"


def learner_programs(variant: Variant, answer: Answer) -> tuple[Program, ...]:
    """Return one program an operand, with the learner's filling in the blank.

    Of several blanks, those of the whole answer first, then those of each filling with the solution in the others.
    """
    question = as_kind(variant.question, Fill)
    if isinstance(answer, Code):
        return _programs(variant, question, (answer.text,), answer.preamble)
    assert isinstance(answer, Fillings)
    versions = (answer.texts, *one_by_one(question, answer.texts))
    return tuple(p for texts in versions for p in _programs(variant, question, texts, answer.preamble))


def read(variant: Variant, text: str) -> Answer | Unreadable:
    """Read a filling, or one for each blank: one line that leaves the program a program."""
    question = as_kind(variant.question, Fill)
    if len(text) > MAX_CODE:
        return Unreadable("too-long")
    if len(question.fillings) > 1:
        fillings, count = split(question, text), len(question.fillings)
        if len(fillings) != count or any(map(_is_empty, fillings)) or not all(map(_is_balanced, fillings)):
            return Unreadable("fillings", str(count))
        words = problem(filled(question, fillings))
        return Unreadable("filling", words) if words else Fillings(fillings)
    if _is_empty(text.strip()):
        return Unreadable("filling")
    filling = _without_surroundings(question.fill, text.strip())
    if "\n" in filling or not _is_balanced(filling):
        return Unreadable("filling")
    words = problem(filled(question, (filling,)))
    return Unreadable("filling", words) if words else Code(filling)


def _is_empty(filling: str) -> bool:
    """Whether a blank was left as it is shown; `...` is code."""
    return filling.strip("._ ") == "" and filling != "..."


def _without_surroundings(fill: str, filling: str) -> str:
    """Take the whole line, typed with its blank filled, as the filling that it holds."""
    line = next(line.strip() for line in fill.splitlines() if BLANK in line)
    before, _, after = line.partition(BLANK)
    if before and filling.startswith(before) and filling.endswith(after):
        return filling[len(before) : len(filling) - len(after)].strip()
    return filling


def _is_balanced(filling: str) -> bool:
    """Whether a filling is one piece: its brackets match, and it ends no statement."""
    depth, last = 0, tokenize.ENCODING
    for token in tokens(f"({filling}\n)"):
        last = token.type
        depth += (token.string in "([{") - (token.string in ")]}") if token.type == tokenize.OP else 0
        if token.string == ";" or (depth == 0 and token.type == tokenize.OP and token.start[0] == 1):
            return False
    return depth == 0 and last == tokenize.ENDMARKER


def judge(variant: Variant, key: Key, answer: Answer, runs: Runs) -> list[Difference]:
    """Return what differs between the learner's runs and the solution's, blank by blank where there are several."""
    judge_runs = blanks.judge if isinstance(answer, Fillings) else code_kinds.differing
    return judge_runs(variant, key, runs)


def diagnose(variant: Variant, key: Key, answer: Answer, runs: Runs) -> Wrong | None:
    """Return the misconception whose program behaves like the answer."""
    diagnose_runs = blanks.diagnose if isinstance(answer, Fillings) else code_kinds.behaving_like
    return diagnose_runs(variant, key, runs)


def expected(variant: Variant, key: Key) -> str:
    """Return the solution as a learner could have typed it."""
    return SEPARATOR.join(as_kind(variant.question, Fill).fillings)


def typed_by(variant: Variant, key: Key, index: int) -> str:
    """Return what a learner who holds this misconception types."""
    return SEPARATOR.join(as_kind(key.wrong[index][0].question, Fill).fillings)
