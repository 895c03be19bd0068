"""The draws of one question as torch sees them: each program runs once, whichever draws need it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from tensordrill.bank.schema import Compared, Predict, Write
from tensordrill.bank.variant import Variant, Wrong
from tensordrill.judging import key_programs
from tensordrill.kinds import KINDS
from tensordrill.kinds.answer_key import Key, is_wrong, key_of
from tensordrill.kinds.code_kinds import shown_operands
from tensordrill.kinds.compare import differences
from tensordrill.sandbox.client import Sandbox
from tensordrill.sandbox.protocol import Job, Limits, Observation, Program, Value

SLOW = 1.0
"""Seconds from which a program is too slow to wait for."""
LIMITS = Limits(SLOW + 1, patience=2)
MOST_PROGRAMS = 4000


class Programs:
    """The programs of one question that have run, in one sandbox, with what was observed of each."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._known: dict[Program, Observation | None] = {}

    def __len__(self) -> int:
        return len(self._known)

    def run(self, programs: Iterable[Program], limits: Limits = LIMITS) -> None:
        """Run those that have not run yet."""
        new = tuple(dict.fromkeys(program for program in programs if program not in self._known))
        parts = [new[start : start + MOST_PROGRAMS] for start in range(0, len(new), MOST_PROGRAMS)]
        jobs = [self._sandbox.start(Job(part, "bank", limits)) for part in parts]
        for part, job in zip(parts, jobs, strict=True):
            self._known.update(zip(part, ran(job.result(), limits.patience), strict=True))

    def observations(self, group: Iterable[Program]) -> tuple[Observation, ...]:
        """Return what was observed of programs that have run, the failure of one also for what was given up after it.

        Nothing where one was given up because others failed.
        """
        observations: list[Observation] = []
        failed: Observation | None = None
        for program in group:
            observation = self._known[program]
            if observation is not None and observation.failure:
                failed = observation
            complete = observation or failed
            if complete is None:
                return ()
            observations.append(complete)
        return tuple(observations)


def ran(observations: Iterable[Observation], patience: int) -> Iterator[Observation | None]:
    """Yield a job's observations, None for what it gave up after `patience` failures.

    >>> timed_out = Observation(failure="timeout")
    >>> observations = ran([timed_out, Observation(), timed_out, timed_out], patience=2)
    >>> [observation and observation.failure for observation in observations]
    ['timeout', None, 'timeout', None]
    """
    for observation in observations:
        yield observation if patience else None
        patience -= bool(patience and observation.failure)


class ObservedDraw(Struct, frozen=True):
    """One draw with all that was observed of it; `x_shape` is that of the given `x`, if it was asked for.

    `again` is on the shown operands. It and `key.wrong` lack what was given up after too many programs ran out of
    time or crashed.
    """

    variant: Variant
    key: Key
    again: tuple[Observation, ...]
    x_shape: Value | None

    @property
    def wrong(self) -> tuple[Wrong, ...]:
        """The misconceptions that are wrong on this draw, those that were given up among them."""
        return tuple(
            wrong for wrong in self.variant.wrong if is_wrong(self.variant, wrong, self.key.reference)
        )


def observe(variants: Sequence[Variant], programs: Programs) -> list[ObservedDraw]:
    """Run the programs of a question's draws: the reference, that again in another state, and the misconceptions.

    Draws whose reference was given up are left out. Raises DrawError where a `when` cannot be computed.
    """
    groups_of = [(variant, _groups(variant)) for variant in variants]
    programs.run(program for _, groups in groups_of for group in groups for program in group)
    draws = []
    for variant, groups in groups_of:
        reference, again, x_shape, *wrong = map(programs.observations, groups)
        if reference:
            pairs = [pair for pair in zip(variant.wrong, wrong, strict=True) if pair[1]]
            shape = x_shape[0].value if x_shape else None
            draws.append(ObservedDraw(variant, key_of(variant, reference, pairs), again, shape))
    undecided = [_undecided(draw) for draw in draws]
    run_again = _run_again(draws, undecided, programs, unwatched)
    draws = [_on_all_operands(draw, indices) for draw, indices in zip(run_again, undecided, strict=True)]
    return with_calls(draws, map(_doubtful, draws), programs)


def _groups(variant: Variant) -> list[tuple[Program, ...]]:
    """Return the programs of the reference, of that again, of the shape of `x`, and of each misconception."""
    question = variant.question
    reference, *wrong = key_programs(variant)
    count = shown_operands(question) if isinstance(question, Write) else len(reference)
    shown, hidden = reference[:count], reference[count:]
    x_shape = Program(setup=question.setup, given=question.given, ask="x.shape")
    return [
        (*shown, *unwatched(hidden)),
        tuple(replace(program, watch=False, generator=1, exact=True) for program in shown),
        (x_shape,) if isinstance(question, Predict) else (),
        *(unwatched(group[:1] if isinstance(question, Write) else group) for group in wrong),
    ]


def unwatched(programs: Iterable[Program]) -> tuple[Program, ...]:
    """Return programs without a look at their calls, which takes longer than all else that they do."""
    return tuple(replace(program, watch=False) for program in programs)


def with_calls(
    draws: Sequence[ObservedDraw], wanted: Iterable[Iterable[int]], programs: Programs
) -> list[ObservedDraw]:
    """Return draws with the calls of those misconceptions of each key that are wanted: they run again for that."""
    return _run_again(draws, wanted, programs, tuple)


def _run_again(
    draws: Sequence[ObservedDraw],
    wanted: Iterable[Iterable[int]],
    programs: Programs,
    change: Callable[[tuple[Program, ...]], tuple[Program, ...]],
) -> list[ObservedDraw]:
    """Return draws with the runs on all operands of those misconceptions of each key that are wanted."""
    groups = []
    for draw, indices in zip(draws, wanted, strict=True):
        kind, wrong = KINDS[draw.variant.kind], draw.key.wrong
        groups.append(
            {index: change(kind.programs(draw.variant, wrong[index][0].question)) for index in indices}
        )
    programs.run(program for by_index in groups for group in by_index.values() for program in group)
    observed = []
    for draw, by_index in zip(draws, groups, strict=True):
        runs = {index: programs.observations(group) for index, group in by_index.items()}
        pairs = enumerate(draw.key.wrong)
        wrong = tuple((misread, runs.get(index) or before) for index, (misread, before) in pairs)
        observed.append(replace(draw, key=Key(draw.key.reference, wrong)))
    return observed


def _undecided(draw: ObservedDraw) -> set[int]:
    """Return the misconceptions that the first operand does not prove to be wrong in a way of their own."""
    question = draw.variant.question
    return _alike(question, draw.key, to_reference=True) if isinstance(question, Write) else set()


def _on_all_operands(draw: ObservedDraw, undecided: Collection[int]) -> ObservedDraw:
    """Return a draw each of whose misconceptions has a run for each operand; one that was given up is left out.

    What is wrong on the first operand, and in a way of its own, is so whatever it gives on the others: it did not run
    there, and stands with what the reference gave.
    """
    reference = draw.key.reference
    pairs = tuple(
        (wrong, (*runs, *reference[len(runs) :]))
        for index, (wrong, runs) in enumerate(draw.key.wrong)
        if index not in undecided or len(runs) >= len(reference)
    )
    return replace(draw, key=Key(reference, pairs))


def _doubtful(draw: ObservedDraw) -> set[int]:
    """Return the misconceptions that give what the reference or another gives: their calls may differ."""
    question = draw.variant.question
    if not isinstance(question, Compared):
        return set()
    return _alike(question, draw.key, to_reference=bool(question.forbid or question.only))


def _alike(question: Compared, key: Key, *, to_reference: bool) -> set[int]:
    """Return the misconceptions that gave, as far as they ran, what another or, if asked, the reference gave."""
    alike: set[int] = set()
    for index, (_, runs) in enumerate(key.wrong):
        before = {earlier for earlier in range(index) if are_alike(question, key.wrong[earlier][1], runs)}
        if before or (to_reference and are_alike(question, key.reference[: len(runs)], runs)):
            alike |= {index, *before}
    return alike


def are_alike(question: Compared, some: Sequence[Observation], others: Sequence[Observation]) -> bool:
    """Whether two programs gave the same on each operand."""
    return not any(differences(*pair, question.must) for pair in zip(some, others, strict=True))
