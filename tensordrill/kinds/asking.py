"""What a question says beside its task: the rules of an answer, and why one could not be read."""

from __future__ import annotations

from tensordrill.bank import schema
from tensordrill.kinds.answers import Difference, Unreadable
from tensordrill.text import Language, say
from tensordrill.text.question import WORDS

_COUNTED = frozenset({"picks-range", "fillings", "order-range", "order-all"})
"""What could not be read because of a number, which is its detail; else the detail is what Python says."""


def rules(question: schema.Compared, language: Language) -> list[str]:
    """Say what an answer is compared on, where that is unusual, and what code of one's own may not call."""
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


def in_words(facet: str, language: Language) -> str:
    """Say what is compared, to somebody who has not answered yet."""
    name = f"must-{facet}"
    return say(name if name in WORDS else f"facet-{facet}", language)


def facet_name(difference: Difference, language: Language) -> str:
    """Return the name of what differs, with the number of the blank that leads to it."""
    name = say(f"facet-{difference.facet}", language)
    return say("blank", language, number=difference.blank, facet=name) if difference.blank else name


def blank_alone(difference: Difference, language: Language) -> str:
    """Return how the code ends with one blank's filling and the solution's in the others; nothing where it runs."""
    if difference.facet != "outcome" or not difference.blank:
        return ""
    outcome = difference.got.partition(":")[0]
    return say("blank-alone", language, number=difference.blank, outcome=outcome)


def unreadable_sentence(what: Unreadable, language: Language) -> str:
    """Give a kind sentence about what could not be read, with an example."""
    parts = [say("cannot-read", language, kind=say(f"kind-{what.example}", language))]
    if what.detail and what.example not in _COUNTED:
        parts.append(say("python-says", language, detail=_closed(what.detail)))
    parts.append(say(f"example-{what.example}", language, detail=what.detail))
    return " ".join(parts)


def _closed(message: str) -> str:
    return message if message.endswith(("?", "!")) else message.rstrip(".") + "."
