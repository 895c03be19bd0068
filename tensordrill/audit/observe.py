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

    >>> list(ran([TIMED_OUT, Observation(), TIMED_OUT, TIMED_OUT], 2))[2:]
    [Observation(failure='timeout'), None]
    """
    for seen in observations:
        yield seen if patience else None
        patience -= bool(patience and seen.failure)


class Seen(Struct, frozen=True):
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


def observe(variants: Sequence[Variant], programs: Programs) -> list[Seen]:
    """Run the programs of a question's draws: the reference, that again in another state, and the misconceptions.

    Draws whose reference was given up are left out. Raises DrawError where a `when` cannot be computed.
    """
    draws = [(variant, _groups(variant)) for variant in variants]
    programs.run(program for _, groups in draws for group in groups for program in group)
    seen = []
    for variant, groups in draws:
        reference, again, x_shape, *wrong = map(programs.observations, groups)
        if reference:
            pairs = [pair for pair in zip(variant.wrong, wrong, strict=True) if pair[1]]
            shape = x_shape[0].value if x_shape else None
            seen.append(Seen(variant, key_of(variant, reference, pairs), again, shape))
    undecided = [_undecided(one) for one in seen]
    run_again = _run_again(seen, undecided, programs, unwatched)
    seen = [_on_all_operands(one, again) for one, again in zip(run_again, undecided, strict=True)]
    return with_calls(seen, map(_doubtful, seen), programs)


def _groups(variant: Variant) -> list[tuple[Program, ...]]:
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


def with_calls(seen: Sequence[Seen], wanted: Iterable[Iterable[int]], programs: Programs) -> list[Seen]:
    """Return draws with the calls of those misconceptions of each key that are wanted: they run again for that."""
    return _run_again(seen, wanted, programs, tuple)


def _run_again(
    seen: Sequence[Seen],
    wanted: Iterable[Iterable[int]],
    programs: Programs,
    change: Callable[[tuple[Program, ...]], tuple[Program, ...]],
) -> list[Seen]:
    """Return draws with the runs on all operands of those misconceptions of each key that are wanted."""
    groups = [
        {
            index: change(KINDS[one.variant.kind].programs(one.variant, one.key.wrong[index][0].question))
            for index in indices
        }
        for one, indices in zip(seen, wanted, strict=True)
    ]
    programs.run(program for group in groups for each in group.values() for program in each)
    return [
        replace(
            one,
            key=_with_runs(one.key, {index: programs.observations(each) for index, each in group.items()}),
        )
        for one, group in zip(seen, groups, strict=True)
    ]


def _with_runs(key: Key, runs: dict[int, tuple[Observation, ...]]) -> Key:
    pairs = enumerate(key.wrong)
    return Key(key.reference, tuple((wrong, runs.get(index) or before) for index, (wrong, before) in pairs))


def _undecided(seen: Seen) -> set[int]:
    """Return the misconceptions of which the first operand does not tell that they are wrong in a way of their own."""
    question = seen.variant.question
    return _alike(question, seen.key, to_reference=True) if isinstance(question, Write) else set()


def _on_all_operands(seen: Seen, undecided: Collection[int]) -> Seen:
    """Return a draw each of whose misconceptions has a run for each operand; one that was given up is left out.

    What is wrong on the first operand, and in a way of its own, is so whatever it gives on the others: it did not run
    there, and stands with what the reference gave.
    """
    reference = seen.key.reference
    pairs = tuple(
        (wrong, (*runs, *reference[len(runs) :]))
        for index, (wrong, runs) in enumerate(seen.key.wrong)
        if index not in undecided or len(runs) >= len(reference)
    )
    return replace(seen, key=Key(reference, pairs))


def _doubtful(seen: Seen) -> set[int]:
    """Return the misconceptions that give what the reference or another gives: their calls may differ."""
    question = seen.variant.question
    if not isinstance(question, Compared):
        return set()
    return _alike(question, seen.key, to_reference=bool(question.forbid or question.only))


def _alike(question: Compared, key: Key, *, to_reference: bool) -> set[int]:
    """Return the misconceptions that gave, as far as they ran, what another or, if asked, the reference gave."""
    alike: set[int] = set()
    for index, (_, runs) in enumerate(key.wrong):
        others = {other for other in range(index) if are_alike(question, key.wrong[other][1], runs)}
        if others or (to_reference and are_alike(question, key.reference[: len(runs)], runs)):
            alike |= {index, *others}
    return alike


def are_alike(question: Compared, some: Sequence[Observation], others: Sequence[Observation]) -> bool:
    """Whether two programs gave the same on each operand."""
    return not any(differences(one, other, question.must) for one, other in zip(some, others, strict=True))
