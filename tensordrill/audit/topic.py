"""A topic as a whole: no constant answer wins, no two questions are the same."""

from __future__ import annotations

import keyword
import re
import tokenize
from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct

from tensordrill.audit.findings import Findings
from tensordrill.audit.observe import Seen
from tensordrill.bank.schema import Predict
from tensordrill.bank.topic import Entry
from tensordrill.kinds import KINDS, predict
from tensordrill.kinds.code import tokens
from tensordrill.messages import Message, message
from tensordrill.sandbox.protocol import Raised

MOST_CONSTANT = 0.6
FEWEST = 4
_NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d*)?")


class Outline(Struct, frozen=True):
    """The summary of one question by which its topic as a whole is judged.

    `constants` are the shares of draws on which each of the constant answers is right, of a predict question only;
    `programs` are the programs of its draws with their names and numbers made equal.
    """

    entry: Entry
    constants: tuple[float, ...]
    programs: frozenset[str]


def outline(seen: Sequence[Seen]) -> Outline:
    """Return the outline of a question's draws, of which there is one at least."""
    entry = seen[0].variant.entry
    constants = _CONSTANTS if isinstance(entry.question, Predict) else ()
    shares = tuple(sum(map(is_right, seen)) / len(seen) for _, is_right in constants)
    programs = frozenset(map(renamed, {_NUMBER.sub("0", _program(one)) for one in seen}))
    return Outline(entry, shares, programs)


def check_constant_answers(name: str, outlines: Sequence[Outline], findings: Findings) -> None:
    """Look for one answer that is right on too many of a topic's predict draws.

    Each question counts the same, however many draws it has.
    """
    questions = [each for each in outlines if each.constants]
    if len(questions) < FEWEST:
        return
    for index, (answer, _) in enumerate(_CONSTANTS):
        share = sum(each.constants[index] for each in questions) / len(questions)
        if share > MOST_CONSTANT:
            place = questions[0].entry.place
            problem = message("found-constant-answer", answer=answer, share=f"{share:.0%}")
            findings.fault(place, name, problem, message("do-ask-other"), str(answer))


def _said(seen: Seen) -> str:
    return KINDS["predict"].expected(seen.variant, seen.key)


def _is_shape_of_x(seen: Seen) -> bool:
    assert isinstance(seen.variant.question, Predict)
    result = predict.outcome(seen.variant.question, seen.key.reference[0])
    return seen.x_shape is not None and not isinstance(result, Raised) and result == seen.x_shape


_CONSTANTS: tuple[tuple[str | Message, Callable[[Seen], bool]], ...] = (
    ("raises", lambda seen: _said(seen).startswith("raises")),
    ("yes", lambda seen: _said(seen) == "True"),
    ("no", lambda seen: _said(seen) == "False"),
    (message("the-shape-of-x"), _is_shape_of_x),
)


def check_constant_key(seen: Sequence[Seen], findings: Findings) -> None:
    """Advise where the key is the same on every draw and that is not said to be meant."""
    entry = seen[0].variant.entry
    if entry.question.constant or entry.kind not in ("predict",) or len(seen) < 2:
        return
    if len({_said(one) for one in seen}) == 1:
        problem = message("found-constant-key", key=_said(seen[0])[:60])
        findings.advice(entry.place, entry.id, problem, message("do-draw-decides"))


def check_twins(outlines: Iterable[Outline], findings: Findings) -> None:
    """Look for two questions whose draws give programs that are equal after renaming names and numbers."""
    first: dict[frozenset[str], Entry] = {}
    for each in outlines:
        if each.programs in first:
            problem = message("found-twin", id=first[each.programs].id)
            findings.fault(each.entry.place, each.entry.id, problem, message("do-remove-twin"))
        first.setdefault(each.programs, each.entry)


def _program(seen: Seen) -> str:
    question = seen.variant.question
    names = ("setup", "given", "code", "ask", "fill", "solution", "which")
    parts = [str(getattr(question, name, None) or "") for name in names]
    several = [
        line for name in ("options", "order", "distractors") for line in sorted(getattr(question, name, ()))
    ]
    return "\n".join([seen.variant.kind, *parts, *several])


def renamed(code: str) -> str:
    """Return the code with its own names and numbers made equal.

    >>> renamed("x = torch.zeros(2, 3)") == renamed("y = torch.zeros(4, 5)")
    True
    """
    names: dict[str, str] = {}
    texts, last = [], None
    for token in tokens(code):
        text, after_dot, last = token.string, last is not None and last.string == ".", token
        if token.type == tokenize.NUMBER:
            text = "0"
        elif (
            token.type == tokenize.NAME
            and not after_dot
            and not keyword.iskeyword(text)
            and text not in _KEPT
        ):
            text = names.setdefault(text, f"n{len(names)}")
        texts.append(text)
    is_python = last is not None and last.type == tokenize.ENDMARKER
    return " ".join(texts) if is_python else code


_KEPT = frozenset(["torch", "nn", "F", "np", "math", "raised", "warned", "changed", "shares_memory", "it"])
