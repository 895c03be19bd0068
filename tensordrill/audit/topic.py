"""A topic as a whole: no constant answer wins, no two questions are the same."""

from __future__ import annotations

import keyword
import re
import tokenize
from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct

from tensordrill.audit.findings import Findings
from tensordrill.audit.observe import ObservedDraw
from tensordrill.bank.schema import Predict, as_kind
from tensordrill.bank.topic import Entry
from tensordrill.kinds import predict
from tensordrill.kinds.code import tokens
from tensordrill.messages import Message, message

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


def outline(draws: Sequence[ObservedDraw]) -> Outline:
    """Return the outline of a question's draws, of which there is one at least."""
    entry = draws[0].variant.entry
    constants = _CONSTANTS if isinstance(entry.question, Predict) else ()
    shares = tuple(sum(map(is_right, draws)) / len(draws) for _, is_right in constants)
    programs = frozenset(map(renamed, {_NUMBER.sub("0", _program(draw)) for draw in draws}))
    return Outline(entry, shares, programs)


def check_constant_answers(name: str, outlines: Sequence[Outline], findings: Findings) -> None:
    """Look for one answer that is right on too many of a topic's predict draws.

    Each question counts the same, however many draws it has.
    """
    questions = [question for question in outlines if question.constants]
    if len(questions) < FEWEST:
        return
    for index, (answer, _) in enumerate(_CONSTANTS):
        share = sum(question.constants[index] for question in questions) / len(questions)
        if share > MOST_CONSTANT:
            place = questions[0].entry.place
            problem = message("found-constant-answer", answer=answer, share=f"{share:.0%}")
            findings.fault(place, name, problem, message("do-ask-other"), str(answer))


def _key(draw: ObservedDraw) -> str:
    return predict.expected(draw.variant, draw.key)


def _is_shape_of_x(draw: ObservedDraw) -> bool:
    result = predict.outcome(as_kind(draw.variant.question, Predict), draw.key.reference[0])
    return draw.x_shape is not None and result == draw.x_shape


_CONSTANTS: tuple[tuple[str | Message, Callable[[ObservedDraw], bool]], ...] = (
    ("raises", lambda draw: _key(draw).startswith("raises")),
    ("yes", lambda draw: _key(draw) == "True"),
    ("no", lambda draw: _key(draw) == "False"),
    (message("the-shape-of-x"), _is_shape_of_x),
)


def check_constant_key(draws: Sequence[ObservedDraw], findings: Findings) -> None:
    """Advise where the key is the same on every draw and that is not said to be meant."""
    entry = draws[0].variant.entry
    if entry.question.constant or entry.kind != "predict" or len(draws) < 2:
        return
    if len(set(map(_key, draws))) == 1:
        problem = message("found-constant-key", key=_key(draws[0])[:60])
        findings.advice(entry.place, entry.id, problem, message("do-draw-decides"))


def check_twins(outlines: Iterable[Outline], findings: Findings) -> None:
    """Look for two questions whose draws give programs that are equal after renaming names and numbers."""
    first: dict[frozenset[str], Entry] = {}
    for question in outlines:
        entry = question.entry
        twin = first.setdefault(question.programs, entry)
        if twin is not entry:
            findings.fault(
                entry.place, entry.id, message("found-twin", id=twin.id), message("do-remove-twin")
            )


def _program(draw: ObservedDraw) -> str:
    question = draw.variant.question
    names = ("setup", "given", "code", "ask", "fill", "solution", "which")
    parts = [str(getattr(question, name, None) or "") for name in names]
    for name in ("options", "order", "distractors"):
        parts += sorted(getattr(question, name, ()))
    return "\n".join([draw.variant.kind, *parts])


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
