"""Threads that share a sandbox: each gets what its own programs did, whatever happens to those of the others."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from tensordrill.sandbox.client import Sandbox
from tensordrill.sandbox.engines.fork import ForkEngine
from tensordrill.sandbox.protocol import Int, Job, Limits, Observation, Program
from tests.needs import linux

pytestmark = linux
SHORT = Limits(seconds=0.3)
LONG = Limits(seconds=30)
ROUNDS = 12


def outcome(observation: Observation) -> object:
    return int(observation.value.v) if isinstance(observation.value, Int) else observation.failure


def rounds(sandbox: Sandbox, value: str, limits: Limits = LONG) -> Callable[[], list[object]]:
    def run() -> list[object]:
        programs = tuple(Program(value=f"{value} + {number}") for number in range(2))
        return [outcome(sandbox.run(Job(programs, "learner", limits))[0]) for _ in range(ROUNDS)]

    return run


def test_what_does_not_end_in_one_thread_costs_the_others_nothing(sandbox: Sandbox) -> None:
    hangs = rounds(sandbox, "sum(iter(int, 1))", SHORT)
    dies = rounds(sandbox, "__import__('os')._exit(1)")
    works = rounds(sandbox, "20")
    sandbox.wait_ready()
    assert isinstance(sandbox.engine, ForkEngine)
    zygote = sandbox.engine._zygote
    with ThreadPoolExecutor(4) as threads:
        futures = [threads.submit(run) for run in (hangs, works, dies, works)]
        hung, first, died, second = (each.result() for each in futures)
    assert first == second == [20] * ROUNDS
    assert hung == ["timeout"] * ROUNDS
    assert died == ["crashed"] * ROUNDS
    assert sandbox.engine._zygote is zygote


def test_threads_that_lose_their_process_share_the_next_one() -> None:
    begun = Barrier(3)

    def run(value: int) -> object:
        begun.wait()
        program = Program(given="import time; time.sleep(0.5)", value=str(value))
        return outcome(sandbox.run(Job((program,), "learner"))[0])

    with Sandbox({"TENSORDRILL_LAB": "fork"}, "none") as sandbox, ThreadPoolExecutor(2) as threads:
        sandbox.wait_ready()
        assert isinstance(sandbox.engine, ForkEngine)
        assert sandbox.engine._zygote is not None
        futures = [threads.submit(run, value) for value in (1, 2)]
        begun.wait()
        time.sleep(0.2)
        os.kill(sandbox.engine._zygote._process.pid, signal.SIGKILL)
        assert [each.result() for each in futures] == [1, 2]
