"""A submission runs: on what its student may see, then once more step by step where it was wrong, then on hidden draws.

In this order, so that a hidden draw is in no memory before everything that reaches the student has been said. Answers
that only compute share a fork while all goes well; any other has one of its own, since what runs in a process can
answer for whatever runs there later.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from msgspec import Struct

from tensordrill.bank.schema import Compared
from tensordrill.bank.variant import Variant
from tensordrill.course.assignment.sheet import SheetItem
from tensordrill.course.grading.vocabulary import only_computes
from tensordrill.explanation.tracing import in_steps
from tensordrill.judging import LEARNER
from tensordrill.kinds import KINDS
from tensordrill.kinds.answer_key import Key
from tensordrill.kinds.answers import Answer, Difference, Unreadable
from tensordrill.kinds.code_kinds import is_wrong_at_first, shown_programs
from tensordrill.sandbox.client import Pending, Sandbox
from tensordrill.sandbox.protocol import Job, Observation, Program


class Attempt(Struct, frozen=True):
    """One question of a submission before it has run; no answer where the cell is untouched."""

    item: SheetItem
    variant: Variant
    text: str = ""
    answer: Answer | Unreadable | None = None

    @property
    def programs(self) -> tuple[Program, ...]:
        """The programs that have to run before it can be judged."""
        if self.answer is None or isinstance(self.answer, Unreadable):
            return ()
        return KINDS[self.variant.kind].learner_programs(self.variant, self.answer)


class Run(Struct):
    """An attempt that runs, beside the question's own key."""

    attempt: Attempt
    key: Key
    shown: tuple[Program, ...]
    """Its programs on operands that its student may see; the first one's is what the hand-out shows."""
    hidden: tuple[Program, ...]
    observations: tuple[Observation, ...] = ()
    steps: Observation | None = None
    """The steps of code that is wrong on the first operand."""

    def differences(self) -> list[Difference]:
        """Return what differs from the key, once all programs have run; nothing of what was not answered."""
        answer, variant = self.attempt.answer, self.attempt.variant
        if answer is None or isinstance(answer, Unreadable):
            return []
        return KINDS[variant.kind].judge(variant, self.key, answer, self.observations)

    @property
    def _has_ended(self) -> bool:
        return not any(observation.failure for observation in self.observations)

    @property
    def _deserves_a_picture(self) -> bool:
        variant = self.attempt.variant
        if (
            not isinstance(variant.question, Compared)
            or not self.observations
            or self.observations[0].failure
        ):
            return False
        return is_wrong_at_first(variant, self.key, self.observations)


def runs(sandbox: Sandbox, submissions: Sequence[Sequence[tuple[Attempt, Key]]]) -> Iterator[list[Run]]:
    """Run each submission; the next one runs while the caller looks at what one did.

    No program runs while another is waited for: its time is measured only then, and must not depend on its
    neighbours. Raises SandboxError where torch cannot be started.
    """
    waiting = [[_run(attempt, key) for attempt, key in pairs] for pairs in submissions]
    forks = [_forks(submission) if sandbox.mode == "fork" else [submission] for submission in waiting]
    following = chain.from_iterable(forks)
    running = _start(sandbox, next(following, ()))
    for submission, of_submission in zip(waiting, forks, strict=True):
        for fork in of_submission:
            if running is not None:
                _finish(fork, running)
            running = _start(sandbox, next(following, ()))
        yield submission


def _forks(submission: Sequence[Run]) -> list[list[Run]]:
    """Divide a submission into what shares a fork.

    Where processes are not forked, one takes seconds to start and confines nothing: there all answers share one.
    """
    together: list[Run] = []
    alone: list[list[Run]] = []
    for run in submission:
        if only_computes((*run.shown, *run.hidden)):
            together.append(run)
        else:
            alone.append([run])
    return [together, *alone]


def _run(attempt: Attempt, key: Key) -> Run:
    programs, question = attempt.programs, attempt.variant.question
    shown = shown_programs(question) if isinstance(question, Compared) else len(programs)
    return Run(attempt, key, programs[:shown], programs[shown:])


def _start(sandbox: Sandbox, submission: Sequence[Run]) -> Pending | None:
    """Start what may be shown; room is made for what follows."""
    groups = [run.shown for run in submission]
    followers = len(submission) + sum(len(run.hidden) for run in submission)
    shown = _joined(groups)
    return sandbox.start(Job(shown, "learner", LEARNER, _lengths(groups), followers)) if shown else None


def _finish(submission: Sequence[Run], pending: Pending) -> None:
    """Note what all programs did. A program that did not end on what is shown is not tried again."""
    try:
        observations = _cut(pending.result(keep=True), [len(run.shown) for run in submission])
        for run, shown in zip(submission, observations, strict=True):
            run.observations = shown
        if wrong := [run for run in submission if run._deserves_a_picture]:
            pending = pending.follow(tuple(in_steps(run.shown[0]) for run in wrong), (1,) * len(wrong))
            for run, steps in zip(wrong, pending.result(keep=True), strict=True):
                run.steps = steps
        groups = [run.hidden if run._has_ended else () for run in submission]
        more: tuple[Observation, ...] = ()
        if programs := _joined(groups):
            pending = pending.follow(programs, _lengths(groups))
            more = pending.result()
        for run, hidden in zip(submission, _cut(more, _lengths(groups)), strict=True):
            run.observations += hidden or run.observations[-1:] * len(run.hidden)
    finally:
        pending.close()


def _joined(groups: Sequence[tuple[Program, ...]]) -> tuple[Program, ...]:
    return tuple(program for group in groups for program in group)


def _lengths(groups: Sequence[tuple[Program, ...]]) -> tuple[int, ...]:
    return tuple(map(len, groups))


def _cut(observations: Sequence[Observation], counts: Sequence[int]) -> list[tuple[Observation, ...]]:
    rest = iter(observations)
    return [tuple(next(rest) for _ in range(count)) for count in counts]
