"""The report of `bank check`, as lines for a person or a program."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TextIO

import msgspec

from tensordrill.audit.findings import BankFinding, Report
from tensordrill.audit.keys import KeyChange
from tensordrill.messages import Language, message, say


def print_report(report: Report, seconds: float, language: Language, *, strict: bool, json: bool) -> None:
    """Print every finding, then how much was looked at."""
    if json:
        for finding in report.findings:
            print(msgspec.json.encode(_event(finding)).decode())
        counts = msgspec.structs.asdict(report.counts)
        total = {"event": "report", "faults": report.faults, "findings": len(report.findings), **counts}
        print(msgspec.json.encode(total).decode())
        return
    for finding in report.findings:
        print(finding.line(language))
    print(_total(report, seconds, strict, language))


def _event(finding: BankFinding) -> dict[str, object]:
    """Return a finding as a program reads it: in English, whatever the language."""
    return {
        "event": "finding",
        "severity": finding.severity,
        "place": finding.place,
        "address": finding.address,
        "what": finding.what,
        "do": finding.do,
        "draws": finding.draws,
    }


def print_changed_keys(
    changed: Sequence[KeyChange], before: str, now: str, language: Language, *, json: bool
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


def _total(report: Report, seconds: float, strict: bool, language: Language) -> str:
    counts = report.counts
    advice = len(report.findings) - report.faults
    faults = report.faults + (advice if strict else 0)
    share = f"{counts.rejected / counts.tried:.0%}" if counts.rejected else ""
    return say(
        "checked",
        language,
        questions=counts.questions,
        enumerated=counts.enumerated,
        draws=counts.draws,
        rejected=message("checked-rejected", share=share) if share else "",
        programs=counts.programs,
        seconds=f"{seconds:.1f}",
        rate=f"{counts.programs / seconds if seconds else 0:.0f}",
        faults=message("checked-faults", count=faults) if faults else message("checked-no-fault"),
        advice=message("checked-advice", count=advice) if advice and not strict else "",
    )


@contextmanager
def progress_on(stream: TextIO) -> Iterator[Callable[[str], None]]:
    """Yield a function that shows what is being checked, in place, on a terminal only."""
    if not stream.isatty():
        yield lambda _: None
        return

    def show(name: str) -> None:
        stream.write(f"\r\x1b[K{name}")
        stream.flush()

    yield show
    stream.write("\r\x1b[K")
    stream.flush()
