"""What `bank check` found, as lines for a person or a program."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TextIO

import msgspec

from tensordrill.audit.findings import Report
from tensordrill.audit.keys import Change
from tensordrill.text import Language, say


def print_report(report: Report, seconds: float, *, strict: bool, json: bool) -> None:
    """Print every finding, then how much was looked at."""
    if json:
        for finding in report.findings:
            event = {"event": "finding", **msgspec.structs.asdict(finding)}
            print(msgspec.json.encode(event).decode())
        counts = msgspec.structs.asdict(report.counts)
        total = {"event": "report", "faults": report.faults, "findings": len(report.findings), **counts}
        print(msgspec.json.encode(total).decode())
        return
    for finding in report.findings:
        print(finding.line)
    print(_total(report, seconds, strict))


def print_changed_keys(
    changed: Sequence[Change], before: str, now: str, language: Language, *, json: bool
) -> None:
    """Print the keys that are others under the torch that is here than under the one they were recorded under."""
    if json:
        for change in changed:
            event = {"event": "changed-key", **msgspec.structs.asdict(change), "torch": before}
            print(msgspec.json.encode(event).decode())
        return
    for change in changed:
        print(say("key-changed", language, address=change.address, before=change.before, now=change.now))
    print(say("keys-changed", language, count=len(changed), before=before, now=now))


def _total(report: Report, seconds: float, strict: bool) -> str:
    counts = report.counts
    rate = counts.programs / seconds if seconds else 0
    rejected = f", {counts.rejected / counts.tried:.0%} of draws rejected" if counts.rejected else ""
    looked = (
        f"{counts.questions} questions ({counts.enumerated} over all their draws), {counts.draws} draws{rejected}, "
        f"{counts.programs} programs in {seconds:.1f} s ({rate:.0f} a second)"
    )
    advice = len(report.findings) - report.faults
    if strict:
        return f"{looked}: {_count(report.faults + advice, 'fault')}"
    return f"{looked}: {_count(report.faults, 'fault')}" + (f", {advice} advice" if advice else "")


def _count(number: int, noun: str) -> str:
    return f"no {noun}" if number == 0 else f"{number} {noun}{'s' * (number > 1)}"


@contextmanager
def progress_on(stream: TextIO) -> Iterator[Callable[[str], None]]:
    """Give a function that shows what is being checked, in place, on a terminal only."""
    if not stream.isatty():
        yield lambda _: None
        return

    def show(name: str) -> None:
        stream.write(f"\r\x1b[K{name}")
        stream.flush()

    yield show
    stream.write("\r\x1b[K")
    stream.flush()
