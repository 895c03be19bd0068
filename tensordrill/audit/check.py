"""The whole check: topics, their questions, their draws; the lab computes while results are looked at."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from tensordrill.audit.draws import Draws, draws_of, with_seeds
from tensordrill.audit.findings import Counts, Findings, Report
from tensordrill.audit.frame import check_frame, check_ideas
from tensordrill.audit.names import check_functions, check_ids, check_parameters
from tensordrill.audit.places import place_of_text
from tensordrill.audit.question import SLOW, Plan, Seen, check_decoys, check_draw, ran
from tensordrill.audit.sides import check_sides
from tensordrill.audit.spelling import check_errors_of_python, check_spelling
from tensordrill.audit.texts import check_presence
from tensordrill.audit.topic import check_constant_answers, check_constant_key, check_twins
from tensordrill.bank.load import Bank, Entry, Topic
from tensordrill.bank.variant import Selection, make
from tensordrill.errors import DrawError
from tensordrill.lab.client import Lab, Pending
from tensordrill.lab.protocol import Job, Limits
from tensordrill.text import Message, Name, message

_LIMITS = Limits(SLOW + 1, patience=2)
MOST_PROGRAMS = 4000
_MEND = message("do-every-seed")
_NO_DRAW: dict[Name, Name] = {"draw-none": "found-no-draw", "draw-none-in-tries": "found-no-draw-in-tries"}
"""Problems of the draws as a whole, by the messages that say what to do about them as well."""


def check(
    bank: Bank,
    chosen: Selection,
    seeds: int,
    lab: Lab,
    progress: Callable[[str], None] = lambda _: None,
) -> Report:
    """Check the chosen questions of a bank over their draws.

    Raises FileProblems where a file cannot be loaded, with the problems of all files.
    """
    findings, counts = Findings(), Counts()
    bank.topics(chosen)
    entries = [entry for name, ids in chosen.items() for entry in _chosen(bank.topic(name), ids)]
    check_ids(bank, entries, findings)
    check_functions(entries, lab, findings)
    for name, ids in chosen.items():
        topic = bank.topic(name)
        seen = [
            _finish(lab, work, findings, counts)
            for work in _ahead(topic, ids, seeds, lab, findings, progress)
        ]
        check_frame(topic, bank, lab, findings)
        check_constant_answers(name, seen, findings)
        check_twins(seen, findings)
    check_ideas(bank, findings)
    return Report(tuple(findings.all()), counts)


def _chosen(topic: Topic, ids: Collection[str] | None) -> list[Entry]:
    return [entry for entry in topic.entries if ids is None or entry.id in ids]


class _Work:
    def __init__(self, entry: Entry, draws: Draws, plan: Plan, pending: list[Pending], seeds: int) -> None:
        self.entry = entry
        self.seeds = seeds
        self.draws = draws
        self.plan = plan
        self.pending = pending


def _ahead(
    topic: Topic,
    ids: Collection[str] | None,
    seeds: int,
    lab: Lab,
    findings: Findings,
    progress: Callable[[str], None],
) -> Iterator[_Work]:
    """Give one question's work while the next one's programs already run."""
    waiting: _Work | None = None
    for entry in _chosen(topic, ids):
        progress(entry.id)
        started = _start(entry, seeds, lab, findings)
        if started is None:
            continue
        if waiting is not None:
            yield waiting
        waiting = started
    if waiting is not None:
        yield waiting


def _start(entry: Entry, seeds: int, lab: Lab, findings: Findings) -> _Work | None:
    try:
        draws = draws_of(entry, seeds)
        plan = Plan(draws.variants)
    except DrawError as error:
        problem, remedy = error.problem, _MEND
        if isinstance(problem, Message) and problem.name in _NO_DRAW:
            problem, remedy = message(_NO_DRAW[problem.name], **problem.values), message("do-widen-draws")
        findings.fault(place_of_text(entry, error), _first_without_variant(entry, seeds), problem, remedy)
        return None
    parts = range(0, len(plan.programs), MOST_PROGRAMS)
    jobs = [Job(tuple(plan.programs[i : i + MOST_PROGRAMS]), "bank", _LIMITS) for i in parts]
    return _Work(entry, draws, plan, [lab.start(job) for job in jobs], seeds)


def _first_without_variant(entry: Entry, seeds: int) -> str:
    """Give the address of the first seed that makes no variant, else the question's id."""
    for seed in range(seeds):
        try:
            make(entry, seed)
        except DrawError:
            return f"{entry.id}@{seed}"
    return entry.id


def _finish(lab: Lab, work: _Work, findings: Findings, counts: Counts) -> list[Seen]:
    try:
        seen = work.plan.seen(one for p in work.pending for one in ran(p.result(), _LIMITS.patience))
    except DrawError as error:  # a `when` that speaks of what was raised
        findings.fault(place_of_text(work.entry, error), work.entry.id, error.problem, _MEND)
        return []
    sound = [one for one in seen if check_draw(one, findings)]
    held = {wrong.index for one in seen for wrong in one.wrong}
    check_presence(work.entry, held, findings)
    check_parameters(work.entry, findings)
    if sound:
        check_constant_key(sound, findings)
    check_spelling(sound, lab, findings)
    check_errors_of_python(sound, findings)
    decoyed = check_decoys(lab, sound, findings)
    if sound:
        decoyed += check_sides(lab, work.entry, work.seeds, _LIMITS, findings)
    findings.readdress(with_seeds(work.entry, work.draws, findings.addresses()))
    counts.questions += 1
    counts.draws += len(seen)
    counts.enumerated += work.draws.enumerated
    counts.rejected += work.draws.rejected
    counts.tried += work.draws.tried
    counts.programs += len(work.plan.programs) + decoyed
    return sound
