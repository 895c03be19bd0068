"""Findings of a check: each says where, on which draw, what happened and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from tensordrill.bank.document import FilePlace
from tensordrill.errors import Problem
from tensordrill.messages import Language, Message, say

Severity = Literal["fault", "advice"]


class BankFinding(Struct, frozen=True):
    """A problem and its remedy; `draws` counts the draws on which it was found."""

    severity: Severity
    place: str
    address: str
    problem: Problem
    remedy: Message
    draws: int = 1

    @property
    def what(self) -> str:
        """The problem in English."""
        return _one_line(self.problem, "en")

    @property
    def do(self) -> str:
        """The remedy in English."""
        return self.remedy.text("en")

    def text(self, language: Language) -> str:
        """Return where, on which draw, what happened and what to do."""
        problem, remedy = _one_line(self.problem, language), self.remedy.text(language)
        values = {"place": self.place, "address": self.address, "problem": problem, "remedy": remedy}
        if self.draws > 1:
            return say("finding-on-draws", language, draws=self.draws, **values)
        return say("finding", language, **values)

    def __str__(self) -> str:
        return self.text("en")

    def line(self, language: Language) -> str:
        """Return the line of a report."""
        text = self.text(language)
        return say("finding-advice", language, finding=text) if self.severity == "advice" else text


def _one_line(problem: Problem, language: Language) -> str:
    text = problem if isinstance(problem, str) else problem.text(language)
    return " ".join(text.splitlines())


class Findings:
    """Collects findings; the same thing on many draws is one line with a count."""

    def __init__(self) -> None:
        self._findings: dict[tuple[str, str], BankFinding] = {}
        self._last: dict[tuple[str, str], str] = {}

    def fault(
        self,
        place: FilePlace,
        address: str,
        problem: Problem,
        remedy: Message,
        same: str = "",
        field: FilePlace | None = None,
        severity: Severity = "fault",
    ) -> None:
        """Add something that makes a question wrong, unfair or unclear.

        Those of one `field` (else place) with one `same` (else remedy) are counted together.
        """
        key = (str(field or place), same or remedy.text("en"))
        first = self._findings.get(key)
        if first is None:
            self._findings[key] = BankFinding(severity, str(place), address, problem, remedy)
        elif self._last[key] != address:
            self._findings[key] = replace(first, draws=first.draws + 1)
        self._last[key] = address

    def advice(self, place: FilePlace, address: str, problem: Problem, remedy: Message) -> None:
        """Add something that a finished bank should have."""
        self.fault(place, address, problem, remedy, severity="advice")

    def merge(self, others: Findings) -> None:
        """Add the findings of another collection, of another question."""
        self._findings |= others._findings

    def readdress(self, addresses: Mapping[str, str]) -> None:
        """Put other addresses in place of those given."""
        for key, finding in self._findings.items():
            if finding.address in addresses:
                self._findings[key] = replace(finding, address=addresses[finding.address])

    def addresses(self) -> frozenset[str]:
        """Return the addresses that findings speak of."""
        return frozenset(finding.address for finding in self._findings.values())

    def all(self) -> list[BankFinding]:
        """Return the findings in the order they were made."""
        return list(self._findings.values())


class Counts(Struct):
    """The amount of work that a check did."""

    questions: int = 0
    draws: int = 0
    enumerated: int = 0
    programs: int = 0
    rejected: int = 0
    tried: int = 0

    def add(self, others: Counts) -> None:
        """Add what another check did."""
        for name in self.__struct_fields__:
            setattr(self, name, getattr(self, name) + getattr(others, name))


class Report(Struct, frozen=True):
    """A whole check."""

    findings: tuple[BankFinding, ...]
    counts: Counts

    @property
    def faults(self) -> int:
        """The number of findings that are faults."""
        return sum(finding.severity == "fault" for finding in self.findings)
