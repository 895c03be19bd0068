"""What wrong code did, on the operand that its student saw: a picture, and why it raised."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from tensordrill.bank.schema import Fill, Write
from tensordrill.bank.variant import Variant
from tensordrill.course.plain import block, line
from tensordrill.lab.client import Lab
from tensordrill.lab.protocol import Job, Observation, Program
from tensordrill.mark import LEARNER
from tensordrill.text import Language
from tensordrill.trace.alignment import Alignment
from tensordrill.trace.explanation import explanation
from tensordrill.trace.pictures import Picture, shortest
from tensordrill.trace.tracing import source_of

_KEPT = 2000
_MOST_NAME = 60
_MOST_REASON = 600


class Seen(Struct, frozen=True):
    """What a person would look at: nothing where nothing about the code could surprise."""

    picture: Picture | None = None
    reason: str | None = None
    """Why an operation raised, in terms of the program."""


_Name: TypeAlias = tuple[str, str]


class Pictures:
    """Draws pictures, from one lab; the same code on the same numbers is drawn once."""

    def __init__(self, lab: Lab, language: Language) -> None:
        self._lab = lab
        self._language: Language = language
        self._known: dict[_Name, Seen] = {}

    def of(self, answers: Sequence[tuple[Variant, Program]]) -> list[Seen]:
        """Draw what answers of one submission did; they run in a job of their own."""
        names = [(source_of(program), _compared(variant)) for variant, program in answers]
        new = [name for name in dict.fromkeys(names) if name not in self._known]
        programs = tuple(Program(code=source, trace=True) for source, _ in new)
        if programs:
            seen = self._lab.run(Job(programs, "learner", LEARNER, (1,) * len(programs)))
            self._known |= {name: self._drawn(*name, each) for name, each in zip(new, seen, strict=True)}
        found = [self._known[name] for name in names]
        if len(self._known) > _KEPT:
            self._known.clear()
        return found

    def _drawn(self, source: str, compared: str, seen: Observation) -> Seen:
        found = explanation(source, seen, self._language)
        picture = shortest(found, compared)
        reason = found.error.reason if found.error else None
        return Seen(picture and _plain(picture), reason and block(reason, _MOST_REASON))


def _plain(picture: Picture) -> Picture:
    """Give a picture whose names, which a student wrote, steer nothing."""
    drawing = picture.drawing
    if isinstance(drawing, Alignment):
        drawing = replace(drawing, names=tuple(line(name, _MOST_NAME) for name in drawing.names))
    return replace(picture, expression=line(picture.expression, _MOST_NAME), drawing=drawing)


def _compared(variant: Variant) -> str:
    """Name what the answer is compared on, which says what its picture is about."""
    question = variant.question
    return " ".join(question.must) if isinstance(question, Write | Fill) else ""
