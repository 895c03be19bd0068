"""The kinds of question: the programs each needs, how its answer is read and how it is judged."""

from __future__ import annotations

from typing import Any, Protocol

from tensordrill.bank.schema import Predict
from tensordrill.bank.variant import Variant, Wrong
from tensordrill.kinds import fill, order, predict, which, write
from tensordrill.kinds.answer_key import Key, Runs
from tensordrill.kinds.answers import Answer, Difference, Unreadable
from tensordrill.sandbox.protocol import Program


class Kind(Protocol):
    """The interface of a kind; a module with these functions is one."""

    def type_of(self, question: Any, /) -> str:
        """Name the form of the answer."""

    def programs(self, variant: Variant, question: Any, /) -> tuple[Program, ...]:
        """Return the programs of the question, or of a misreading of it."""

    def read(self, variant: Variant, text: str, /) -> Answer | Unreadable:
        """Read what was typed."""

    def learner_programs(self, variant: Variant, answer: Answer, /) -> tuple[Program, ...]:
        """Return the programs that an answer needs run before it can be judged."""

    def judge(self, variant: Variant, key: Key, answer: Answer, runs: Runs, /) -> list[Difference]:
        """Return what differs from the key; nothing where the answer is right."""

    def diagnose(self, variant: Variant, key: Key, answer: Answer, runs: Runs, /) -> Wrong | None:
        """Return the misconception that leads to this answer."""

    def expected(self, variant: Variant, key: Key, /) -> str:
        """Return the key as a learner could have typed it."""

    def typed_by(self, variant: Variant, key: Key, index: int, /) -> str:
        """Return what a learner who holds misconception `index` of the key types."""


KINDS: dict[str, Kind] = {"predict": predict, "write": write, "fill": fill, "which": which, "order": order}


def facts(variant: Variant, key: Key) -> dict[str, object]:
    """Return the values that a `because` may use: the key, and the class of what the program raised."""
    if isinstance(variant.question, Predict):
        return predict.facts(variant, key)
    return {"key": KINDS[variant.kind].expected(variant, key), "raised": None}
