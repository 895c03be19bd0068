"""The whole check: topics, their questions, their draws; the sandbox computes while results are looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from typing import NamedTuple

from tensordrill.audit.decoys import check_decoys
from tensordrill.audit.draws import draws_of, with_seeds
from tensordrill.audit.findings import Counts, Findings, Report
from tensordrill.audit.frame import check_frame, check_ideas
from tensordrill.audit.identifiers import check_functions, check_ids, check_parameters
from tensordrill.audit.observe import Programs, observe
from tensordrill.audit.places import place_of_text
from tensordrill.audit.question import check_draw
from tensordrill.audit.sides import check_sides
from tensordrill.audit.spelling import check_errors_of_python, check_spelling
from tensordrill.audit.texts import check_presence
from tensordrill.audit.topic import Outline, check_constant_answers, check_constant_key, check_twins, outline
from tensordrill.bank.load import Bank
from tensordrill.bank.topic import Entry
from tensordrill.bank.variant import Selection, make, selected
from tensordrill.errors import DrawError
from tensordrill.messages import Message, Name, message
from tensordrill.sandbox.client import Sandbox

_THREADS = 2
"""The questions that are looked at at once: one in Python, while the programs of another run in a fork."""
_MEND = message("do-every-seed")
_NO_DRAW: dict[str, Name] = {"draw-none": "found-no-draw", "draw-none-in-tries": "found-no-draw-in-tries"}
"""Problems of the draws as a whole, by the messages that say what to do about them as well."""


class _Checked(NamedTuple):
    """The findings about one question; no outline where none of its draws is sound."""

    findings: Findings
    counts: Counts
    outline: Outline | None = None


def check(
    bank: Bank,
    chosen: Selection,
    seeds: int,
    sandbox: Sandbox,
    progress: Callable[[str], None] = lambda _: None,
) -> Report:
    """Check the chosen questions of a bank over their draws.

    Raises FileProblems where a file cannot be loaded, with the problems of all files.
    """
    findings, counts = Findings(), Counts()
    bank.topics(chosen)
    entries = selected(bank, chosen)
    everything = [entry for of_topic in entries.values() for entry in of_topic]
    check_ids(bank, everything, findings)
    check_functions(everything, sandbox, findings)
    with _threads(sandbox) as executor:
        under_way = {entry.id: executor.submit(_question, entry, seeds, sandbox) for entry in everything}
        for name, of_topic in entries.items():
            outlines = []
            for entry in of_topic:
                progress(entry.id)
                checked = under_way.pop(entry.id).result()
                findings.merge(checked.findings)
                counts.add(checked.counts)
                outlines += [checked.outline] if checked.outline else []
            check_frame(bank.topic(name), bank, sandbox, findings)
            check_constant_answers(name, outlines, findings)
            check_twins(outlines, findings)
    check_ideas(bank, findings)
    return Report(tuple(findings.all()), counts)


@contextmanager
def _threads(sandbox: Sandbox) -> Iterator[Executor]:
    """Yield an executor, whose threads look at some questions while the sandbox runs the programs of others."""
    executor = ThreadPoolExecutor(_THREADS if sandbox.mode == "fork" else 1, thread_name_prefix="check")
    try:
        yield executor
    except KeyboardInterrupt:
        sandbox.stop()
        raise
    finally:
        executor.shutdown(wait=False, cancel_futures=True)


def _question(entry: Entry, seeds: int, sandbox: Sandbox) -> _Checked:
    """Check one question over its draws."""
    findings, programs = Findings(), Programs(sandbox)
    try:
        draws = draws_of(entry, seeds)
        observed = observe(draws.variants, programs)
    except DrawError as error:
        problem, remedy = error.problem, _MEND
        if isinstance(problem, Message) and problem.name in _NO_DRAW:
            problem, remedy = message(_NO_DRAW[problem.name], **problem.values), message("do-widen-draws")
        findings.fault(place_of_text(entry, error), _first_without_variant(entry, seeds), problem, remedy)
        return _Checked(findings, Counts())
    sound = [draw for draw in observed if check_draw(draw, findings)]
    held = {wrong.index for draw in observed for wrong in draw.wrong}
    check_presence(entry, held, findings)
    check_parameters(entry, findings)
    if sound:
        check_constant_key(sound, findings)
        check_spelling(sound, sandbox, findings)
        check_errors_of_python(sound, findings)
        check_decoys(sound, programs, findings)
        check_sides(entry, seeds, programs, findings)
    findings.readdress(with_seeds(entry, draws, findings.addresses()))
    counts = Counts(1, len(observed), draws.enumerated, len(programs), draws.rejected, draws.tried)
    return _Checked(findings, counts, outline(sound) if sound else None)


def _first_without_variant(entry: Entry, seeds: int) -> str:
    """Return the address of the first seed that makes no variant, else the question's id."""
    for seed in range(seeds):
        try:
            make(entry, seed)
        except DrawError:
            return f"{entry.id}@{seed}"
    return entry.id
