"""Memory on huge pages: what was moved holds the same and does the same, in its process and in forks of it."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

from tensordrill.judging import LEARNER
from tensordrill.sandbox.client import Sandbox
from tensordrill.sandbox.packages import import_folders
from tensordrill.sandbox.protocol import Job, Program
from tensordrill.sandbox.readable import CHILD
from tests.needs import linux, skip_elsewhere

pytestmark = linux

PRELUDE = f"""
import json, os, re, sys
sys.path.insert(0, {str(CHILD)!r})
import hugepages
from hugepages import Memory

def huge():
    return sum(map(int, re.findall("AnonHugePages: +([0-9]+)", open("/proc/self/smaps").read())))
"""
TORCH = f"""
sys.path += {list(import_folders().values())!r}
import torch, zygote, run
torch.set_num_threads(1)
WORK = {{"given": zygote.REHEARSAL, "code": "w.mm(w)", "value": "y", "ask": "y, z, s, raised", "facets": zygote.FACETS}}

def work(programs=({{}}, {{"code": "y = x.half()"}})):
    seen = [run.observe({{**WORK, **program}}) for program in programs]
    return [{{key: value for key, value in each.items() if key != "seconds"}} for each in seen]
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
memory_of_this = Memory({proc})
moved = list(memory_of_this.move_heap())
grown = huge() > before
collapses = any([hugepages._collapse(block) for block in memory_of_this._blocks(hugepages._HEAP)])
print(json.dumps([collapses, len(moved), grown, len(filler), filler[-1]]))
""")
    assert rest == [200_000, [199_999]]
    if not collapses:
        skip_elsewhere("a kernel that makes huge pages on request")
    assert moved > 0
    assert grown


def test_moved_code_does_the_same() -> None:
    raised, page, moved, grown, mapped, same, same_in_a_fork = run_alone(f"""{TORCH}
before, at_first = work(), huge()
page = hugepages._huge_page()
moved = list(Memory().move_code())
grown = (huge() - at_first) // 2048
maps = open("/proc/self/maps").read()
mapped = sum(f"{{block:x}}-" in maps for block in moved)
sys.stdout.flush()
pid = os.fork()
if not pid:
    os._exit(work() != before)
raised = before[1].get("raised")
print(json.dumps([raised, page is not None, len(moved), grown, mapped, work() == before, os.waitpid(pid, 0)[1] == 0]))
""")
    assert raised is None
    assert same
    assert same_in_a_fork
    if page:
        assert moved > 10
        assert grown >= moved
        assert mapped > 0


def test_what_cannot_be_moved_or_is_not_worth_it_stays() -> None:
    nowhere, no_page, other_processor, wanted, same = run_alone(f"""{TORCH}
before = work()
nowhere = Memory("/nowhere")
nowhere = [*nowhere.move_heap(), *nowhere.move_code()]
here = Memory()
collapse, machine = hugepages._collapse, hugepages.platform.machine
hugepages._collapse = lambda block: False
no_page = [*here.move_heap(), *here.move_code()]
hugepages._collapse, hugepages.platform.machine = collapse, lambda: "aarch64"
other_processor = list(here.move_code())
hugepages.platform.machine = machine
touched = {{block: here._touched(block) for block in here._blocks(hugepages._CODE)}}
wanted = [touched[block] for block in here.move_code()]
print(json.dumps([nowhere, no_page, other_processor, wanted, work() == before]))
""")
    assert nowhere == no_page == other_processor == []
    assert wanted == sorted(wanted, reverse=True)
    assert all(64 <= pages <= 512 for pages in wanted)
    assert same


def test_a_sandbox_answers_alike_before_and_after_it_moved(sandbox: Sandbox) -> None:
    programs = (Program(given="x = torch.arange(12.).reshape(3, 4)", value="x @ x.mT", facets=("stride",)),)
    seen = [sandbox.run(Job(programs, "learner", LEARNER))[0].value for _ in range(160)]
    assert all(value == seen[0] for value in seen)
    assert seen[0] is not None
