"""Threads that share a lab: each gets what its own programs did, whatever happens to those of the others."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from tensordrill.lab.client import Lab
from tensordrill.lab.protocol import Int, Job, Limits, Observation, Program
from tensordrill.lab.zygotes import ForkEngine
from tests.needs import linux

pytestmark = linux
SHORT = Limits(seconds=0.3)
LONG = Limits(seconds=30)
ROUNDS = 12


def outcome(seen: Observation) -> object:
    return int(seen.value.v) if isinstance(seen.value, Int) else seen.failure


def rounds(lab: Lab, value: str, limits: Limits = LONG) -> Callable[[], list[object]]:
    def run() -> list[object]:
        programs = tuple(Program(value=f"{value} + {number}") for number in range(2))
        return [outcome(lab.run(Job(programs, "learner", limits))[0]) for _ in range(ROUNDS)]

    return run


def test_what_does_not_end_in_one_thread_costs_the_others_nothing(lab: Lab) -> None:
    hangs = rounds(lab, "sum(iter(int, 1))", SHORT)
    dies = rounds(lab, "__import__('os')._exit(1)")
    works = rounds(lab, "20")
    lab.wait_ready()
    assert isinstance(lab.engine, ForkEngine)
    zygote = lab.engine._zygote
    with ThreadPoolExecutor(4) as threads:
        found = [threads.submit(run) for run in (hangs, works, dies, works)]
        hung, first, died, second = (each.result() for each in found)
    assert first == second == [20] * ROUNDS
    assert hung == ["timeout"] * ROUNDS
    assert died == ["crashed"] * ROUNDS
    assert lab.engine._zygote is zygote


def test_threads_that_lose_their_process_share_the_next_one() -> None:
    begun = Barrier(3)

    def run(value: int) -> object:
        begun.wait()
        program = Program(given="import time; time.sleep(0.5)", value=str(value))
        return outcome(lab.run(Job((program,), "learner"))[0])

    with Lab({"TENSORDRILL_LAB": "fork"}, "none") as lab, ThreadPoolExecutor(2) as threads:
        lab.wait_ready()
        assert isinstance(lab.engine, ForkEngine)
        assert lab.engine._zygote is not None
        found = [threads.submit(run, value) for value in (1, 2)]
        begun.wait()
        time.sleep(0.2)
        os.kill(lab.engine._zygote._process.pid, signal.SIGKILL)
        assert [each.result() for each in found] == [1, 2]
