"""A round for a program: one JSON object a line out, one a line in.

In: `{"answer": "2,3"}` or `{"command": "hint"|"skip"|"quit"}`. A list answers several blanks, or puts lines in order.
"""

from __future__ import annotations

import sys
import time
from typing import Any

import msgspec

from tensordrill.bank import schema
from tensordrill.bank.variant import Variant
from tensordrill.cli.play import now
from tensordrill.drill.choices import Choices
from tensordrill.drill.session import AskedQuestion, Drill, JudgedAnswer, Moment
from tensordrill.errors import BankError
from tensordrill.kinds import KINDS
from tensordrill.kinds.answers import Verdict
from tensordrill.kinds.code_kinds import operands
from tensordrill.kinds.instructions import unreadable_sentence
from tensordrill.kinds.order import shown_lines
from tensordrill.messages import Language, say
from tensordrill.render.question import prompt

_HELP = 'one JSON object a line: {"answer": "2,3"} or {"command": "hint"}, "skip" or "quit"'


class _Request(msgspec.Struct, forbid_unknown_fields=True):
    answer: str | list[str | int] | None = None
    command: str | None = None


def emit(event: dict[str, Any]) -> None:
    """Print one event."""
    sys.stdout.write(msgspec.json.encode(event).decode() + "\n")
    sys.stdout.flush()


def question_event(
    variant: Variant, number: int | None, of: int | None, language: Language, choices: Choices | None
) -> dict[str, Any]:
    """Describe a question; what does not apply is null."""
    question = variant.question
    code = question.fill if isinstance(question, schema.Fill) else getattr(question, "code", None)
    options = list(choices.options) if choices else getattr(question, "options", None)
    lines = list(shown_lines(variant)) if isinstance(question, schema.Order) else None
    return {
        "event": "question",
        "number": number,
        "of": of,
        "id": variant.entry.id,
        "topic": variant.entry.topic,
        "level": question.level,
        "seed": variant.seed,
        "address": variant.address,
        "kind": variant.kind,
        "type": KINDS[variant.kind].type_of(question),
        "setup": question.setup or None,
        "given": question.given,
        "code": code,
        "ask": question.which if isinstance(question, schema.Which) else question.ask,
        "task": None if question.task is None else variant.say(question.task, language),
        "options": options,
        "lines": lines,
        "must": list(question.must) if isinstance(question, schema.Compared) else None,
        "prompt": prompt(variant, language, choices is not None),
    }


def verdict_event(judged: JudgedAnswer, language: Language) -> dict[str, Any]:
    """Describe a verdict; `because` of an unreadable answer says how to write it."""
    verdict, variant = judged.verdict, judged.asked.variant
    because = verdict.because
    if verdict.unreadable is not None:
        because = unreadable_sentence(verdict.unreadable, language)
    return {
        "event": "verdict",
        "id": variant.entry.id,
        "seed": variant.seed,
        "outcome": verdict.outcome,
        "answer": None if verdict.outcome == "skipped" else verdict.answer,
        "expected": verdict.expected,
        "differences": [
            {
                "facet": difference.facet,
                "expected": difference.expected,
                "got": difference.got,
                "on": difference.on or None,
                **difference.places,
            }
            for difference in verdict.differences
        ],
        "misconception": verdict.misconception,
        "because": because,
        "error": _error(verdict, variant),
    }


def _error(verdict: Verdict, variant: Variant) -> dict[str, Any] | None:
    """Describe how an answer's code ended; `on` is the operand where the shown one does not tell."""
    if verdict.error is None:
        return None
    name, words = verdict.error
    question, operand, on = variant.question, verdict.error_operand, None
    if operand and isinstance(question, schema.Compared):
        on = operands(variant, question)[operand].given
    return {"type": name, "message": words, "on": on}


class JsonRound:
    """Runs a drill's loop over lines of JSON."""

    def __init__(self, drill: Drill, language: Language, seed: int, *, exam: bool = False) -> None:
        self._drill = drill
        self._language = language
        self._seed = seed
        self._exam = exam
        self._held_back: list[JudgedAnswer] = []

    def run(self) -> None:
        """Ask until the round is over, `quit` comes, or the input ends; then print the summary."""
        while asked := self._next():
            try:
                if not self._one(asked):
                    break
            except BankError as error:
                self._drill.drop(asked, error)
        for judged in self._held_back:
            emit(verdict_event(judged, self._language))
        self._summary()

    def _next(self) -> AskedQuestion | None:
        asked = self._drill.next()
        for problem in self._drill.problems:
            print(
                f"tensordrill: {say('left-out-of-round', self._language, problem=problem)}", file=sys.stderr
            )
        self._drill.problems.clear()
        return asked

    def _one(self, asked: AskedQuestion) -> bool:
        choices = self._drill.offer(asked)
        emit(question_event(asked.variant, asked.number, self._drill.total, self._language, choices))
        self._drill.begin(asked)
        started = time.monotonic()
        while line := sys.stdin.readline():
            moment = Moment(now(), round(time.monotonic() - started, 3))
            request = _read(line)
            if request is None:
                self._give(JudgedAnswer(asked, Verdict("unreadable", line.rstrip("\n"), because=_HELP), True))
            elif request.command == "hint":
                emit({"event": "hint", "text": self._drill.hint(asked)})
            elif request.command == "quit":
                return False
            elif request.command == "skip":
                self._give(self._drill.skip(asked, moment))
                return True
            elif request.answer is not None:
                text = (
                    request.answer if isinstance(request.answer, str) else "\n".join(map(str, request.answer))
                )
                judged = self._drill.answer(asked, text, moment)
                self._give(judged)
                if not judged.again:
                    return True
        return False

    def _give(self, judged: JudgedAnswer) -> None:
        if self._exam and judged.verdict.outcome != "unreadable":
            self._held_back.append(judged)
        else:
            emit(verdict_event(judged, self._language))

    def _summary(self) -> None:
        tally = self._drill.summary()
        emit(
            {
                "event": "summary",
                "asked": tally.asked,
                "correct": tally.correct,
                "skipped": tally.skipped,
                "topics": {n: {"asked": s.asked, "correct": s.correct} for n, s in tally.topics.items()},
                "seed": self._seed,
            }
        )


def _read(line: str) -> _Request | None:
    try:
        request = msgspec.json.decode(line.encode("utf-8", "replace"), type=_Request)
    except (msgspec.MsgspecError, RecursionError):
        return None
    known = request.command in (None, "hint", "skip", "quit") and (
        request.command or request.answer is not None
    )
    return request if known else None
