"""Instructions beside a question's task: the rules of an answer, and why one could not be read."""

from __future__ import annotations

import re

from tensordrill.bank import schema
from tensordrill.kinds.answers import Aspect, Difference, Unreadable
from tensordrill.kinds.calls import CALLS, ONLY
from tensordrill.kinds.compare import A_VALUE, NOTHING, SHARES, UNCHANGED
from tensordrill.messages import Language, Name, fill, say
from tensordrill.messages.question import EXAMPLES, FACETS, FORMS, MUST, REFUSALS
from tensordrill.sandbox.protocol import Refusal

_TELLING = frozenset({"picks-range", "choice", "fillings", "order-range", "order-all", "exception"})
"""Examples that say the detail themselves; any other detail is what Python says."""


_RESULTS: dict[str, Name] = {
    "True": "true", "False": "false", "none": "none", A_VALUE: "a-value", "timeout": "no-end",
    "crashed": "ended-its-process",
}  # fmt: skip
"""Results of a run that are words: truth, nothing, and how it ended."""
_ENDED: dict[str, tuple[Name, Name]] = {
    "timeout": ("your-code-timeout", "your-code-timeout-on"),
    "crashed": ("your-code-crashed", "your-code-crashed-on"),
}
"""Stand-ins for an exception's class where a run did not end by itself: its sentence without and with an operand."""
_UNCOMPARED: dict[Name, re.Pattern[str]] = {
    "nested-tensor": re.compile("a nested tensor"),
    "wrapped-tensor": re.compile("a tensor inside `vmap` or `grad`"),
    "quantized-tensor": re.compile("a quantized tensor"),
    "tensor-of-layout": re.compile(r"a tensor with layout (?P<layout>\S+)"),
    "tensor-on-device": re.compile(r"a tensor on device (?P<device>\S+)"),
    "tensor-of-dtype": re.compile(r"a tensor of dtype (?P<dtype>\S+), which is not compared"),
    "tensor-too-long": re.compile(
        r"a tensor of (?P<count>\d+) elements; (?P<most>\d+) are the most that is compared"
    ),
    "tensor-too-large": re.compile(r"a tensor of shape (?P<shape>\(.*\)), too large to be compared"),
    "tensor-without-memory": re.compile("a tensor whose memory was taken away"),
}
"""The child's phrases for tensors whose elements it does not send."""


def rules(question: schema.Compared, language: Language) -> list[str]:
    """Return what an answer is compared on, where that is unusual, and what code of one's own may not call."""
    lines = []
    if set(question.must) - {"shape", "dtype", "values"}:
        facets = [in_words(facet, language) for facet in question.must]
        lines.append(say("must", language, facets=", ".join(facets)))
    if isinstance(question, schema.Order):
        return lines
    if question.forbid:
        lines.append(say("forbid", language, names=", ".join(question.forbid)))
    if question.only:
        lines.append(say("only", language, names=", ".join(question.only)))
    return lines


def in_words(facet: schema.Facet, language: Language) -> str:
    """Return what is compared, for somebody who has not answered yet."""
    return fill(MUST.get(facet) or FACETS[facet], language)


def facet_name(difference: Difference, language: Language) -> str:
    """Return the name of what differs, with the number of its piece and of the blank that leads to it."""
    name = fill(FACETS[difference.facet], language)
    if difference.piece:
        name = say("piece", language, number=difference.piece, facet=name)
    return say("blank", language, number=difference.blank, facet=name) if difference.blank else name


def result_in_words(aspect: Aspect, text: str, language: Language) -> str:
    """Return what was expected, or what came, in words, where a difference has a word of English for it."""
    match aspect:
        case "memory" if text.startswith(SHARES):
            names = text.removeprefix(SHARES)
            sentence: Name = "shares-nothing" if names == NOTHING else "shares"
            return say(sentence, language, names=names)
        case "changed" | "grad" if text.endswith(UNCHANGED):
            name: Name = "unchanged" if aspect == "changed" else "no-grad"
            return say(name, language, name=text.removesuffix(UNCHANGED))
        case "type":
            return _type_in_words(text, language)
        case "bool" | "contiguous" | "outcome" | "picks" if text in _RESULTS:
            return say(_RESULTS[text], language)
        case _:
            return text


def _type_in_words(text: str, language: Language) -> str:
    for name, phrase in _UNCOMPARED.items():
        if match := phrase.fullmatch(text):
            return say(name, language, **match.groupdict())
    return text


def broken_rule(difference: Difference, language: Language) -> str:
    """Return which function was called that must not be, and which may be; nothing where no rule is broken."""
    if difference.facet != "calls":
        return ""
    called = difference.got.removeprefix(CALLS)
    if difference.expected.startswith(ONLY):
        names = difference.expected.removeprefix(ONLY)
        return say("calls-others", language, called=called, names=names)
    return say("calls-forbidden", language, called=called)


def blank_alone(difference: Difference, language: Language) -> str:
    """Return how the code ends with one blank's filling and the solution's in the others; nothing where it runs."""
    if difference.facet != "outcome" or not difference.blank:
        return ""
    outcome = result_in_words("outcome", difference.got.partition(":")[0], language)
    return say("blank-alone", language, number=difference.blank, outcome=outcome)


def error_sentence(error: tuple[str, str], language: Language, on: str = "") -> str:
    """Return what a learner's code raised, or how it ended, and on which operand where that is to be said."""
    name, words = error
    alone, with_operand = _ENDED.get("" if words else name, ("your-code-raises", "your-code-raises-on"))
    first = next(iter(words.strip().splitlines()), "")
    sentence = say(with_operand if on else alone, language, name=name, message=first, on=on)
    return sentence if first else sentence.removesuffix(": ")


def operand_line(given: str) -> str:
    """Return the lines that give an operand as one."""
    return "; ".join(given.splitlines())


def unreadable_sentence(what: Unreadable, language: Language) -> str:
    """Return a kind sentence about what could not be read, with an example."""
    if what.refusal is not None:
        return f"{refusal_sentence(what.refusal, what.detail, language)} {say('not-counted', language)}"
    parts = [say("cannot-read", language, kind=fill(FORMS[what.example], language))]
    if what.detail and what.example not in _TELLING:
        parts.append(say("python-says", language, detail=_closed(what.detail)))
    parts.append(fill(EXAMPLES[what.example], language, detail=what.detail))
    return " ".join(parts)


def refusal_sentence(refusal: Refusal, detail: str, language: Language) -> str:
    """Return what the sandbox refused a program, with Python's words for it where they may be told."""
    sentence = fill(REFUSALS[refusal], language)
    return f"{sentence} {say('python-says', language, detail=_closed(detail))}" if detail else sentence


def _closed(message: str) -> str:
    return message if message.endswith(("?", "!")) else message.rstrip(".") + "."
