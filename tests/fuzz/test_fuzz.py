"""Whatever a child answers, the parent goes on: no mutated frame raises, takes much memory, or much time.

FUZZ_FRAMES says how many are tried (100 where nothing does), FUZZ_SEED where their numbers begin, so that other
frames are tried. A number that failed is tried alone with FUZZ_SEED=NUMBER FUZZ_FRAMES=1.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from tensordrill.bank.load import Bank
from tensordrill.course.assignment.sheet import SheetItem, Variants
from tensordrill.explanation.explanation import explanation
from tensordrill.judging import key_programs
from tensordrill.sandbox.child.wire import MAX_FRAME
from tensordrill.sandbox.client import Sandbox
from tensordrill.sandbox.protocol import Job, Limits, Observation, Program
from tests.explanation import test_rules_autograd as autograd
from tests.explanation import test_rules_broadcasts as broadcasts
from tests.explanation import test_rules_cat_stack_split as joins
from tests.explanation import test_rules_dims as dims
from tests.explanation import test_rules_dtypes as dtypes
from tests.explanation import test_rules_indexing as indexing
from tests.explanation import test_rules_products as products
from tests.explanation import test_rules_python as python
from tests.explanation import test_rules_views as views
from tests.explanation.programs import PROGRAMS, one_of_each_kind
from tests.fuzz.largest import LARGEST
from tests.fuzz.pipeline import SECONDS, Fuzzer, Recorded, Result, Seed
from tests.needs import rarely

FRAMES = int(os.environ.get("FUZZ_FRAMES", "100"))
SEED = int(os.environ.get("FUZZ_SEED", "0"))
PROCESSES = max(1, min(os.cpu_count() or 1, FRAMES // 1000))
MEMORY = 100 << 20
LIMITS = Limits(seconds=30.0)
TABLES = (autograd, broadcasts, dims, dtypes, indexing, joins, products, python, views)
"""The file that lists programs that fail, with their reasons."""
VALUES = (
    Program(
        given="x = torch.arange(6.).reshape(2, 3)", value="x.t()", facets=("stride", "contiguous", "memory")
    ),
    Program(
        given="x = torch.arange(6.)", code="x[0] = 7", value="x", facets=("changed", "memory"), watch=True
    ),
    Program(given="w = torch.ones(2, requires_grad=True)", value="w * 2", facets=("grad",), watch=True),
    Program(
        given="x = torch.ones(2)", ask="(x, [x, 1, 2.5, None], {'a': x.shape}, 'text', x.dtype, type(x), 1j)"
    ),
    Program(code="import warnings; warnings.warn('so'); print('printed')", ask="torch.bfloat16"),
    Program(given="x = torch.ones(2)", code="x.view(3)"),
)
BANK = """
format: 1
topic: t
title: T
questions:
  - id: turned
    given: x = torch.arange(6.).reshape(2, 3)
    task: Turn it.
    write: expression
    solution: x.t()
    must: [shape, dtype, values, stride, contiguous, memory]
    misconceptions: [{id: copied, code: 'x.t().clone()', because: Copied.}]
  - id: several
    given: x = torch.arange(6.)
    task: Change it.
    write: statements
    solution: "y = {'a': (x, 1)}"
    ask: y
    must: [shape, dtype, values, changed]
    forbid: [clone]
    misconceptions: [{id: less, code: 'y = (x, 1)', because: Less.}]
  - id: called
    draw: {n: {int: [2, 5]}}
    given: x = torch.ones({{ n }}, requires_grad=True)
    task: Double it.
    write: function
    def: double(x)
    solution: return x * 2
    must: [shape, values, grad]
    misconceptions: [{id: thrice, code: return x * 3, because: Thrice.}]
"""
ANSWERS = (("t/turned", "x.t()"), ("t/several", "y = x"), ("t/called", "return x"))


@pytest.fixture(scope="module")
def corpus(sandbox: Sandbox, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Replies of children for many programs, and observations of the bank's own."""
    folder = tmp_path_factory.mktemp("fuzz")
    (folder / "bank").mkdir()
    (folder / "bank" / "t.yaml").write_text(BANK, encoding="utf-8")
    failing = [source for table in TABLES for source, _ in table.FAILING.values()]
    sources = [
        *(source for name, source in PROGRAMS.items() if name != "endless"),
        *failing,
        *one_of_each_kind(),
    ]
    programs = (*(Program(code=source, trace=True) for source in sources), *VALUES)
    seeds = [seed for seed in _seeds(sandbox, programs) if seed.observation.failure is None]
    assert len(seeds) == len(programs)
    variants = Variants(Bank(folder / "bank"))
    graded = [variants.graded(SheetItem(question, 7, 8)) for question, _ in ANSWERS]
    keys = _seeds(sandbox, [program for each in graded for group in key_programs(each) for program in group])
    record = Recorded(tuple(seeds), str(folder / "bank"), tuple(keys), ANSWERS)
    (folder / "corpus.json").write_bytes(msgspec.json.encode(record))
    return folder / "corpus.json"


def _seeds(sandbox: Sandbox, programs: list[Program] | tuple[Program, ...]) -> Iterator[Seed]:
    observations: tuple[Observation, ...] = sandbox.run(
        Job(tuple(programs), "learner", LIMITS, (1,) * len(programs))
    )
    return map(Seed, programs, observations)


def test_no_frame_fails_or_takes_much(corpus: Path, tmp_path: Path) -> None:
    share = -(-FRAMES // PROCESSES)
    command = [sys.executable, "-m", "tests.fuzz.pipeline", str(corpus)]
    children = [
        subprocess.Popen(
            [*command, str(tmp_path / str(at)), str(SEED + at * share), str(share)],
            stdout=subprocess.PIPE,
            text=True,
        )
        for at in range(PROCESSES)
    ]
    texts = [child.communicate()[0] for child in children]
    assert [child.returncode for child in children] == [0] * PROCESSES
    results = [msgspec.json.decode(each, type=Result) for each in texts]
    print(*(replace(result, faults=[]) for result in results), sep="\n")
    faults = [f"{number}\n{trace}" for result in results for number, trace in result.faults]
    assert not faults, "\n".join(faults[:20])
    assert max(result.slowest for result in results) < (SECONDS, 0)
    decoded = sum(result.decoded for result in results)
    assert FRAMES < 100 or 0.3 < decoded / FRAMES < 0.9  # enough of both sorts


@pytest.fixture(scope="module")
def fuzzer(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Fuzzer:
    return Fuzzer(msgspec.json.decode(corpus.read_bytes(), type=Recorded), tmp_path_factory.mktemp("out"))


def test_no_number_in_a_message_is_believed(fuzzer: Fuzzer) -> None:
    for seed in fuzzer.seeds:
        raised = seed.observation.raised
        if raised is None or not seed.program.trace:
            continue
        for number in re.finditer(r"\d+", raised.message):
            for other in ("0", "9", "9" * 20):
                words = raised.message[: number.start()] + other + raised.message[number.end() :]
                observation = replace(seed.observation, raised=replace(raised, message=words))
                explanation(seed.program.code, observation, "en")


_LARGEST = [pytest.param(body, id=name) for name, body in LARGEST.items()]


@pytest.mark.parametrize("way", [0, *rarely([pytest.param(1), pytest.param(2), pytest.param(3)])])
@pytest.mark.parametrize("body", [*_LARGEST[:8], *rarely(_LARGEST[8:])])
def test_the_largest_frames_take_little_memory(body: bytes, way: int, fuzzer: Fuzzer) -> None:
    """Decoded, explained, drawn, shown in one of the four ways, judged and told, with all that this takes meanwhile."""
    assert len(body) <= MAX_FRAME
    seed = next(seed for seed in fuzzer.seeds if seed.program.trace)
    tracemalloc.start()
    assert fuzzer.send(seed, body, way)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < MEMORY
