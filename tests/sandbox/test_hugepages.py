"""The heap on huge pages holds what it held, in its process and in forks of it."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

from tensordrill.judging import LEARNER
from tensordrill.sandbox.client import Sandbox
from tensordrill.sandbox.protocol import Job, Program
from tensordrill.sandbox.readable import CHILD
from tests.needs import linux, skip_elsewhere

pytestmark = linux

PRELUDE = f"""
import json, os, re, sys
sys.path.insert(0, {str(CHILD)!r})
import hugepages
from hugepages import Heap

def huge():
    return sum(map(int, re.findall("AnonHugePages: +([0-9]+)", open("/proc/self/smaps").read())))
"""


def run_alone(code: str) -> Any:
    """Run a program that can import the child's modules; give what it prints as JSON."""
    command = [sys.executable, "-c", PRELUDE + code]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.stderr == ""
    return json.loads(done.stdout)


@pytest.mark.parametrize(
    "proc", ["'/proc'", "os.open('/proc', os.O_RDONLY)"], ids=["by-its-path", "by-its-descriptor"]
)
def test_the_heap_moves(proc: str) -> None:
    collapses, moved, grown, *rest = run_alone(f"""
filler = [[number] for number in range(200_000)]
before = huge()
heap = Heap({proc})
moved = list(heap.collapse())
grown = huge() > before
collapses = any(hugepages.libc().madvise(block, 1 << 21, 25) == 0 for block in heap._blocks())
print(json.dumps([collapses, len(moved), grown, len(filler), filler[-1]]))
""")
    assert rest == [200_000, [199_999]]
    if not collapses:
        skip_elsewhere("a kernel that makes huge pages on request")
    assert moved > 0
    assert grown


def test_what_cannot_be_moved_stays() -> None:
    unknown, refused, filler = run_alone("""
filler = [[number] for number in range(200_000)]
unknown = list(Heap("/nowhere").collapse())
heap = Heap()
class Refusing:
    madvise = staticmethod(lambda *_: -1)
hugepages.libc = Refusing
refused = list(heap.collapse())
print(json.dumps([unknown, refused, filler[-1]]))
""")
    assert unknown == refused == []
    assert filler == [199_999]


def test_what_is_busy_is_tried_again() -> None:
    tried, moved = run_alone("""
import ctypes, errno
filler = [[number] for number in range(200_000)]
heap, tried = Heap(), []
class Busy:
    def madvise(block, *_):
        tried.append(block)
        ctypes.set_errno(errno.EAGAIN)
        return -(tried.count(block) == 1)
hugepages.libc = lambda: Busy
moved = list(heap.collapse())
print(json.dumps([tried, moved]))
""")
    assert moved
    assert tried == moved * 2


def test_a_sandbox_answers_alike_before_and_after_it_moved(sandbox: Sandbox) -> None:
    programs = (Program(given="x = torch.arange(12.).reshape(3, 4)", value="x @ x.mT", facets=("stride",)),)
    results = [sandbox.run(Job(programs, "learner", LEARNER))[0].value for _ in range(160)]
    assert all(value == results[0] for value in results)
    assert results[0] is not None
