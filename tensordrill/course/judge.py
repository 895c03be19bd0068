"""Submissions become records: each runs in forks of its own; what it did is compared with the keys."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from tensordrill.bank.load import Bank
from tensordrill.bank.schema import Fill, Write
from tensordrill.bank.variant import Variant
from tensordrill.course.gradebook import Mark, Record
from tensordrill.course.keys import Keys
from tensordrill.course.pictures import Pictures
from tensordrill.course.roster import Student
from tensordrill.course.sheet import Drawn, Sheet, Variants, has_hidden_draws
from tensordrill.course.submission import Submission, parse
from tensordrill.kinds import KINDS
from tensordrill.kinds.answers import Answer, Code, Difference, Unreadable, Verdict
from tensordrill.kinds.asking import unreadable_sentence
from tensordrill.kinds.compared import earned, shown_operands
from tensordrill.kinds.key import Key
from tensordrill.lab.client import Lab, Pending
from tensordrill.lab.protocol import Job, Observation, Program
from tensordrill.mark import LEARNER, verdict
from tensordrill.text import Language, say

_MOST_TEXT = 4000
_ADDRESS = re.compile(r"\b0x[0-9a-f]{6,16}\b")
_Divided: TypeAlias = tuple[tuple[Program, ...], tuple[Program, ...]]
"""A question's programs: those on operands that its student may see, and those on hidden draws."""


class Paper(Struct, frozen=True):
    """One student's submission, ready to be judged anywhere."""

    student: Student
    source: str
    digest: str
    sheet: Sheet
    raw: bytes
    notes: tuple[str, ...] = ()


class Attempt(Struct, frozen=True):
    """One question of a submission before it has run; no answer where the cell is untouched."""

    drawn: Drawn
    variant: Variant
    text: str = ""
    answer: Answer | Unreadable | None = None

    @property
    def programs(self) -> tuple[Program, ...]:
        """What has to run before it can be judged."""
        if self.answer is None or isinstance(self.answer, Unreadable):
            return ()
        return KINDS[self.variant.kind].learner_programs(self.variant, self.answer)


class Tried(Struct, frozen=True):
    """An attempt that has run, beside the question's own key; `wrong` where a misconception may explain it."""

    attempt: Attempt
    key: Key
    seen: tuple[Observation, ...]
    wrong: bool


def tried(attempt: Attempt, key: Key, seen: tuple[Observation, ...]) -> Tried:
    """Compare what an attempt did with the key."""
    answer = attempt.answer
    if answer is None or isinstance(answer, Unreadable):
        return Tried(attempt, key, seen, wrong=False)
    differences = KINDS[attempt.variant.kind].judge(attempt.variant, key, answer, seen)
    return Tried(attempt, key, seen, wrong=bool(differences))


class Judge:
    """Judges submissions of one bank in one lab."""

    def __init__(self, bank: Bank, lab: Lab, language: Language) -> None:
        self._variants = Variants(bank)
        self._lab = lab
        self._language: Language = language
        self._keys = Keys(lab)
        self._pictures = Pictures(lab, language)

    def records(self, papers: Sequence[Paper]) -> list[Record]:
        """Judge submissions; the records come in their order.

        Raises BankError where a question's own program does not end.
        """
        marks = self.marks([self._attempts(paper) for paper in papers])
        return [
            Record(paper.student, paper.source, paper.digest, tuple(each), paper.notes)
            for paper, each in zip(papers, marks, strict=True)
        ]

    def marks(self, every: Sequence[Sequence[Attempt]]) -> list[list[Mark]]:
        """Judge the attempts of several submissions, each submission in jobs of its own."""
        keys = iter(self._keys.references([attempt.variant for attempts in every for attempt in attempts]))
        every_tried = [
            [tried(attempt, next(keys), part) for attempt, part in zip(attempts, seen, strict=True)]
            for attempts, seen in zip(every, self._runs(every), strict=True)
        ]
        wrong = [each.attempt.variant for tries in every_tried for each in tries if each.wrong]
        complete = iter(self._keys.complete(wrong))
        return [
            self._with_pictures(
                tries,
                [
                    self._mark(each.attempt, next(complete) if each.wrong else each.key, each.seen)
                    for each in tries
                ],
            )
            for tries in every_tried
        ]

    def _with_pictures(self, tries: Sequence[Tried], marks: Sequence[Mark]) -> list[Mark]:
        """Draw what wrong code did, where it is wrong on the operand that its student saw."""
        drawn = [index for index, mark in enumerate(marks) if _is_worth_a_picture(tries[index], mark)]
        attempts = [tries[index].attempt for index in drawn]
        seen = self._pictures.of([(attempt.variant, attempt.programs[0]) for attempt in attempts])
        found = dict(zip(drawn, seen, strict=True))
        return [
            replace(mark, picture=found[index].picture, reason=found[index].reason)
            if index in found
            else mark
            for index, mark in enumerate(marks)
        ]

    def _attempts(self, paper: Paper) -> list[Attempt]:
        submission = parse(paper.raw, paper.source)
        return [
            self.attempt(drawn, self._variants.graded(drawn), submission) for drawn in paper.sheet.questions
        ]

    @staticmethod
    def attempt(drawn: Drawn, variant: Variant, submission: Submission) -> Attempt:
        """Find and read one answer."""
        written = submission.answer(drawn.question, variant.question, drawn.seed)
        if written is None or isinstance(written, Unreadable):
            return Attempt(drawn, variant, answer=written)
        answer = KINDS[variant.kind].read(variant, written.text)
        if isinstance(answer, Code):
            answer = replace(answer, above=written.above)
        empty = isinstance(answer, Unreadable) and answer.example == "empty-code"
        return Attempt(drawn, variant, written.shown, None if empty else answer)

    def _runs(self, every: Sequence[Sequence[Attempt]]) -> Iterator[list[tuple[Observation, ...]]]:
        """Run each submission; the next one runs while the caller looks at what one did.

        No program runs while another is waited for: its time is measured only then, and must not depend
        on its neighbours.
        """
        parts = [[_divided(attempt) for attempt in attempts] for attempts in every]
        running = self._start(parts[0]) if parts else None
        for this, following in zip(parts, [*parts[1:], None], strict=True):
            seen = _with_hidden(this, running)
            running = self._start(following) if following is not None else None
            yield seen

    def _start(self, parts: Sequence[_Divided]) -> Pending | None:
        """Start what may be shown; what is hidden follows it."""
        shown = _joined([shown for shown, _ in parts])
        followers = sum(len(hidden) for _, hidden in parts)
        groups = tuple(len(shown) for shown, _ in parts)
        return self._lab.start(Job(shown, "learner", LEARNER, groups, followers)) if shown else None

    def _mark(self, attempt: Attempt, key: Key, seen: tuple[Observation, ...]) -> Mark:
        drawn, variant = attempt.drawn, attempt.variant
        hidden_seed = drawn.hidden_seed if has_hidden_draws(variant.question) else None
        mark = Mark(drawn.question, "unanswered", drawn.seed, hidden_seed, _short(attempt.text))
        if attempt.answer is None:
            return mark
        if isinstance(attempt.answer, Unreadable):
            detail = unreadable_sentence(attempt.answer, self._language)
            return replace(mark, outcome="unreadable", detail=_steady(detail))
        found = verdict(variant, key, attempt.text, attempt.answer, seen, self._language)
        if found.unreadable is not None:
            detail = say("slip", self._language, detail=found.unreadable.detail)
            return replace(mark, outcome="unreadable", detail=_steady(detail))
        return _judged(mark, variant, key, seen, found)


def _judged(mark: Mark, variant: Variant, key: Key, seen: tuple[Observation, ...], found: Verdict) -> Mark:
    return replace(
        mark,
        outcome="correct" if found.outcome == "correct" else "incorrect",
        expected=_short(found.expected or ""),
        differences=tuple(map(_steady_difference, found.differences)),
        idea=found.misconception,
        because=found.because if found.is_of_idea else None,
        why=None if found.is_of_idea else found.because,
        error=found.error and (found.error[0], _steady(found.error[1])),
        error_is_hidden=_raised_on_hidden(variant, seen),
        printed=_steady(found.printed),
        earned=_earned(variant, key, seen, found),
    )


def _is_worth_a_picture(this: Tried, mark: Mark) -> bool:
    is_code = isinstance(this.attempt.variant.question, Write | Fill)
    ended = bool(this.seen) and this.seen[0].failure is None
    return is_code and ended and mark.outcome == "incorrect" and not any(each.on for each in mark.differences)


def _earned(variant: Variant, key: Key, seen: tuple[Observation, ...], found: Verdict) -> tuple[str, ...]:
    if found.outcome == "correct" and isinstance(variant.question, Write | Fill):
        return tuple(variant.question.must)
    return earned(variant, key, seen) if seen else ()


def _raised_on_hidden(variant: Variant, seen: Sequence[Observation]) -> bool:
    """Tell whether the first run that did not end well was one of a hidden draw."""
    if not isinstance(variant.question, Write | Fill):
        return False
    failed = [at for at, each in enumerate(seen) if each.failure or (each.raised and each.value is None)]
    return bool(failed) and failed[0] >= shown_operands(variant.question)


def _divided(attempt: Attempt) -> _Divided:
    programs, question = attempt.programs, attempt.variant.question
    if not isinstance(question, Write | Fill):
        return programs, ()
    shown = shown_operands(question)
    return programs[:shown], programs[shown:]


def _with_hidden(parts: Sequence[_Divided], running: Pending | None) -> list[tuple[Observation, ...]]:
    """Give what a submission's programs did on what is shown, and then on hidden draws.

    The hidden ones are handed over when all that reaches the student has been said, so that they are in no
    memory before. A program that did not end on what is shown is not tried again.
    """
    if running is None:
        return [() for _ in parts]
    seen = _cut(running.result(keep=True), [len(shown) for shown, _ in parts])
    ended = [not any(each.failure for each in shown) for shown in seen]
    groups = [hidden if has else () for (_, hidden), has in zip(parts, ended, strict=True)]
    counts = tuple(map(len, groups))
    more = _cut(running.follow(_joined(groups), counts), counts)
    return [
        shown + (ran if has else shown[-1:] * len(hidden))
        for (_, hidden), shown, ran, has in zip(parts, seen, more, ended, strict=True)
    ]


def _joined(groups: Sequence[tuple[Program, ...]]) -> tuple[Program, ...]:
    return tuple(program for group in groups for program in group)


def _cut(seen: Sequence[Observation], counts: Sequence[int]) -> list[tuple[Observation, ...]]:
    each = iter(seen)
    return [tuple(next(each) for _ in range(count)) for count in counts]


def _steady_difference(difference: Difference) -> Difference:
    return replace(
        difference,
        expected=_steady(difference.expected),
        got=_steady(difference.got),
        on=_short(difference.on),
    )


def _steady(text: str) -> str:
    """Give a text of bounded length without addresses, which differ from run to run."""
    return _short(_ADDRESS.sub("0x…", text))


def _short(text: str) -> str:
    return text if len(text) <= _MOST_TEXT else text[: _MOST_TEXT - 1] + "…"
