"""Words by which somebody asks for help, or to go on, where an answer is read.

They are no answers: whoever types `help` or `모름` is shown the commands, and nothing is counted.
"""

from __future__ import annotations

import ast
import re

from tensordrill.bank.schema import BLANK, AnyQuestion, Fill, Predict, Write
from tensordrill.kinds.code import parsed
from tensordrill.kinds.predict import type_of
from tensordrill.kinds.words import MAX_LENGTH, normalized, plain

_PLEAS = frozenset(
    (
        "help|hint|hints|a hint|skip|quit|exit|idk|i don't know|i dont know|don't know|dont know|dunno|no idea"
        "|not sure|pass"
        "|모름|모르겠음|모르겠다|모르겠어|모르겠어요|모르겠습니다|잘 모르겠어요|잘 모르겠습니다|몰라|몰라요|모릅니다"
        "|도움|도움말|도와줘|도와주세요|힌트|힌트 주세요|건너뛰기|넘기기|넘어가기|패스|그만|종료|끝내기|나가기"
    ).split("|")
)
_ONLY_MARKS = re.compile(r"[\s.!…]*\?[\s.!?…]*")


def is_plea(question: AnyQuestion, text: str) -> bool:
    """Whether a text asks for help and cannot be an answer to this question."""
    if len(text) > MAX_LENGTH:
        return False
    clean = normalized(text).strip("\"'`")
    word = plain(clean.rstrip("?")).removesuffix("()")
    if _ONLY_MARKS.fullmatch(clean):
        return True
    return word in _PLEAS and not _may_be_meant(question, word)


def _may_be_meant(question: AnyQuestion, word: str) -> bool:
    """Whether a word may be an answer: any word where a text is asked for, and in code a name that stands there."""
    match question:
        case Predict():
            return question.ask != "warns" and type_of(question).endswith("text")
        case Fill(fill=fill):
            return not _is_name(fill.replace(BLANK, word), word) or _stands_in(fill, question, word)
        case Write():
            return word == "pass" or _stands_in(question.signature or "", question, word)
        case _:
            return False


def _stands_in(code: str, question: Write | Fill, word: str) -> bool:
    return re.search(rf"\b{re.escape(word)}\b", f"{question.given}\n{code}") is not None


def _is_name(code: str, word: str) -> bool:
    """Whether a word stands as a name in code: in a text, letters may be meant, as `idk` in a product's rule."""
    tree = parsed(code)
    names = (
        (getattr(node, "id", None), getattr(node, "attr", None)) for node in ast.walk(tree or ast.Pass())
    )
    return tree is None or any(word in pair for pair in names)
