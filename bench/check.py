"""How many programs a second `bank check` runs on one core, against one fresh process a program."""

from __future__ import annotations

import os
import time

from bench.pairs import IMPORT_TORCH, command, seconds
from tensordrill.audit.check import check
from tensordrill.bank.load import Bank
from tensordrill.bank.sources import shipped
from tensordrill.sandbox.client import Sandbox

LIMIT = 2000


def main() -> None:
    """Check the shipped bank on one core and print the rate."""
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(cores)})
    bank = Bank(shipped())
    with Sandbox() as sandbox:
        sandbox.warm()
        sandbox.wait_ready()
        started = time.perf_counter()
        report = check(bank, dict.fromkeys(bank.names), 50, sandbox)
        taken = time.perf_counter() - started
    rate = report.counts.programs / taken
    fresh = 1 / seconds(lambda: command(IMPORT_TORCH))
    os.sched_setaffinity(0, cores)
    verdict = "ok  " if rate >= LIMIT else "OVER"
    print(
        f"{verdict} {'bank check, programs a second on one core':<44} {rate:.0f} (at least {LIMIT})"
        f"   {rate / fresh:.0f} times one fresh process a program ({report.counts.programs} programs)"
    )


if __name__ == "__main__":
    main()
