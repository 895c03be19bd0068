"""A sandbox in a process of its own, under another Python or user, driven by lines of JSON; run with `-c`.

Argument: the choice of isolation. Each line asks for a job, {"programs": [...], "seconds": s, "memory": n},
or for something to happen, {"act": "kill-outside" | "kill-inside" | "stop-inside" | "leave-running"}.
Each answer tells what came of the programs and of an honest job after them, and how the zygote looks from outside.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
import time
from pathlib import Path
from typing import Any

import msgspec

from tensordrill.sandbox.client import Sandbox
from tensordrill.sandbox.protocol import Job, Limits, Observation, Program


def children(parent: int) -> list[int]:
    """The processes that one has started and not yet waited for; none where it has gone itself."""
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        return [int(pid) for pid in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]
    return []


def below(parent: int) -> list[int]:
    return [pid for child in children(parent) for pid in (child, *below(child))]


def zygotes(sandbox: Sandbox) -> list[int]:
    """The zygote, after the bubblewrap around it where there is one."""
    (outside,) = children(os.getpid())
    return [outside, *children(outside)][: 2 if sandbox.wait_ready().level.startswith("bwrap") else 1]


def run_state(pid: int) -> str:
    """R, S or D while it runs, T where it is stopped, Z when it has ended."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]


def state(pids: list[int]) -> list[Any]:
    """Return the state that an attack on the zygote and the preloaded one would change, once their forks have ended."""
    deadline = time.monotonic() + 10
    while len(left := below(pids[-1])) > 1 and time.monotonic() < deadline:
        time.sleep(0.002)
    page_text = [
        [
            pid,
            os.getpriority(os.PRIO_PROCESS, pid),
            os.sched_getscheduler(pid),
            sorted(os.sched_getaffinity(pid)),
            Path(f"/proc/{pid}/limits").read_text(),
            Path(f"/proc/{pid}/oom_score_adj").read_text(),
            run_state(pid) in "SRD",
        ]
        for pid in (*pids, *left)
    ]
    return [page_text, left]


def outcome(observation: Observation) -> Any:
    if observation.failure or observation.raised:
        return observation.failure or (observation.raised and observation.raised.name)
    return plain(msgspec.to_builtins(observation.value))


def plain(value: Any) -> Any:
    """A value as JSON has it, as far as these tests look at it."""
    kind = value["t"]
    if kind == "none":
        return None
    if kind in ("list", "tuple"):
        return [plain(item) for item in value["v"]]
    if kind == "dict":
        return {plain(key): plain(item) for key, item in value["v"]}
    return int(value["v"]) if kind == "int" else value.get("v")


def serve(sandbox: Sandbox, asked: dict[str, Any]) -> dict[str, Any]:
    act = asked.get("act", "")
    pids = zygotes(sandbox)
    if act == "leave-running":
        kept.append(sandbox.start(Job((Program(code="import time; time.sleep(1000)"),))))
        while len(children(pids[-1])) < 2:
            time.sleep(0.002)
        return {"left": below(os.getpid())}
    if act:
        number = signal.SIGSTOP if act == "stop-inside" else signal.SIGKILL
        os.kill(pids[0] if act == "kill-outside" else pids[-1], number)
        while run_state(pids[-1]) not in "TZ" if act == "stop-inside" else run_state(pids[0]) != "Z":
            time.sleep(0.002)
        return {}
    programs = tuple(Program(**program) for program in asked["programs"])
    limits = Limits(asked["seconds"], asked["memory"], patience=100)
    results = [outcome(one) for one in sandbox.run(Job(programs, "learner", limits))]
    following = [
        outcome(one) for one in sandbox.run(Job((Program(ask="torch.arange(3).sum().item()"),), "learner"))
    ]
    sandbox.wait_ready(preloaded=True)
    return {"seen": results, "next": following, "state": state(zygotes(sandbox))}


kept: list[Any] = []

if __name__ == "__main__":
    with Sandbox(None, sys.argv[1]) as opened:  # type: ignore[arg-type]
        ready = opened.wait_ready(preloaded=True)
        print(json.dumps({"level": ready.level, "state": state(zygotes(opened))}), flush=True)
        for line in sys.stdin:
            print(json.dumps(serve(opened, json.loads(line))), flush=True)
