"""Misspelt attributes and keywords: errors that an author's slip makes, and that no learner is to be asked for."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence

from tensordrill.audit.findings import Findings
from tensordrill.audit.identifiers import unknown_names
from tensordrill.audit.observe import ObservedDraw
from tensordrill.audit.places import place_of_misconception, place_of_program
from tensordrill.bank.document import FilePlace
from tensordrill.bank.schema import Predict
from tensordrill.bank.variant import Wrong
from tensordrill.messages import message
from tensordrill.sandbox.client import Sandbox
from tensordrill.sandbox.protocol import Observation, Raised

_ATTRIBUTE = re.compile(r"has no attribute '(\w+)'")
_KEYWORD = re.compile(r"unexpected keyword argument '(\w+)'")
_OVERLOADS = re.compile(r"got \((?P<got>[^)]*)\), but expected (?P<expected>.*)", re.DOTALL)
"""Torch's refusal of the arguments of a function that is written in C++: it lists every signature."""

_KEYWORDS = (
    "bias device dim dim0 dim1 dims dtype end end_dim equal_nan generator high in_features index input keepdim low "
    "mask memory_format non_blocking other out out_features padding_idx reduction repeats requires_grad shifts size "
    "source src start start_dim step stride tensors unbiased weight"
).split()
_NUMPYS = frozenset("axis axes keepdims newshape decimals ddof repeats order casting".split())
"""Keywords of NumPy, which a question may well put to torch."""

_OF_NAMES = ("AttributeError", "TypeError")
_PYTHONS = frozenset(
    "AssertionError AttributeError ImportError ModuleNotFoundError UnboundLocalError ZeroDivisionError".split()
)
"""Errors that Python itself raises, whatever torch is asked to do."""


def check_spelling(draws: Sequence[ObservedDraw], sandbox: Sandbox, findings: Findings) -> None:
    """Look at the errors of one question for attributes and keywords that are near to ones that exist."""
    errors = [error for draw in draws for error in _errors(draw)]
    names = {match[1] for *_, raised in errors if (match := _ATTRIBUTE.search(raised.message))}
    near = unknown_names(names, sandbox)
    for place, address, raised in errors:
        attribute = _ATTRIBUTE.search(raised.message)
        word, guess = (attribute[1], near.get(attribute[1])) if attribute else _keyword(raised.message)
        if guess and guess != word:  # else it is another function's: what torch makes of it may be asked
            reason = raised.message.splitlines()[0][:100]
            problem = message("found-misspelt", word=word, error=raised.name, reason=reason)
            findings.fault(place, address, problem, message("do-near", near=guess), word)


def _errors(draw: ObservedDraw) -> Iterator[tuple[FilePlace, str, Raised]]:
    """Yield the errors of a draw that can come from a misspelt name, with the places of their programs."""
    variant = draw.variant
    for index, observation in enumerate(draw.key.reference):
        if (raised := observation.raised) and raised.name in _OF_NAMES:
            yield place_of_program(variant, index, observation), variant.address, raised
    for wrong, observations in draw.key.wrong:
        for observation in observations:
            if (raised := observation.raised) and raised.name in _OF_NAMES:
                yield place_of_misconception(variant, wrong, observation), variant.address, raised


def _keyword(message: str) -> tuple[str, str]:
    """Return the keyword that a function does not have, and the near one that it has, or nothing."""
    if match := _KEYWORD.search(message):
        return match[1], _near(match[1], _KEYWORDS)
    if match := _OVERLOADS.search(message):
        known = re.findall(r"\w+", match["expected"])
        unknown = (word for word in re.findall(r"(\w+)=", match["got"]) if word not in known)
        return next(((word, near) for word in unknown if (near := _near(word, known))), ("", ""))
    return "", ""


def _near(word: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(word, list(known), 1, 0.7)
    return near[0] if near and word not in _NUMPYS else ""


def _is_pythons(raised: Raised) -> bool:
    """Whether an error is Python's own: torch's modules raise AttributeError, too, in words of their own."""
    if raised.name == "AttributeError" and not _ATTRIBUTE.search(raised.message):
        return False
    return raised.name in _PYTHONS and not raised.refusal


def check_errors_of_python(draws: Sequence[ObservedDraw], findings: Findings) -> None:
    """Look for misconceptions that raise on every draw, for a reason that is Python's and not torch's."""
    errors: dict[int, list[tuple[ObservedDraw, Wrong, Observation] | None]] = {}
    for draw in draws:
        for wrong, (observation, *_) in draw.key.wrong:
            raised = observation.raised if observation.value is None and not wrong.answer else None
            is_pythons = raised is not None and _is_pythons(raised)
            errors.setdefault(wrong.index, []).append((draw, wrong, observation) if is_pythons else None)
    for of_wrong in errors.values():
        if of_wrong[0] is None or None in of_wrong:
            continue
        draw, wrong, observation = of_wrong[0]
        assert observation.raised is not None
        place = place_of_misconception(draw.variant, wrong, observation)
        problem = message("found-wrong-python", name=wrong.name, error=observation.raised.name)
        predicts = isinstance(draw.variant.question, Predict)
        remedy = message("do-mend-its-program-or-answer" if predicts else "do-mend-its-program")
        findings.fault(place, draw.variant.address, problem, remedy)
