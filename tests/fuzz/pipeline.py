"""Each mutated frame goes where a child's goes: it is decoded, explained, drawn, shown, judged and told.

`python -m tests.fuzz.pipeline CORPUS FIRST COUNT` does that with frames FIRST to FIRST + COUNT - 1, in little
memory, and says as JSON what came of them. A frame is made from its number alone, so that each can be tried again.
"""

from __future__ import annotations

import io
import json
import resource
import sys
import time
import traceback
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import Any, NoReturn, get_args

import msgspec
from msgspec import Struct
from rich.console import Console

from tensordrill.bank.load import Bank
from tensordrill.course.assignment.assignment import Assignment, Item, PinnedBank
from tensordrill.course.assignment.roster import Student
from tensordrill.course.assignment.sheet import SheetItem, Variants
from tensordrill.course.gradebook import Gradebook, SubmissionResult
from tensordrill.course.grading.journal import read_back
from tensordrill.course.grading.judge import Judge
from tensordrill.course.grading.runs import Attempt
from tensordrill.course.results.export import write_all
from tensordrill.course.results.export.grades_json import grade_as_json
from tensordrill.course.results.export.json_text import json_text
from tensordrill.course.results.feedback import feedback_on
from tensordrill.drill.explaining import Comparison
from tensordrill.explanation import suspicious
from tensordrill.explanation.as_json import as_json
from tensordrill.explanation.explanation import Explanation, explanation
from tensordrill.explanation.mistake import Subject, of_code, of_program
from tensordrill.explanation.outline import outline
from tensordrill.explanation.pictures import of_the_error
from tensordrill.explanation.tracing import source_of
from tensordrill.kinds import KINDS
from tensordrill.kinds.answers import Unreadable
from tensordrill.messages import LANGUAGES, Language
from tensordrill.render.as_html import as_html
from tensordrill.render.comparison import ComparisonScreen
from tensordrill.render.explanation import ExplanationScreen
from tensordrill.render.explanation_page import fragment, page
from tensordrill.render.feedback import FOLDER, draw, html, markdown, write_feedback
from tensordrill.render.pictures import pictured
from tensordrill.render.report_page import report
from tensordrill.sandbox.client import Sandbox
from tensordrill.sandbox.frames import Replies
from tensordrill.sandbox.protocol import CRASHED, Job, Observation, Program, Reply
from tests.fuzz.mutations import Corpus

MEMORY = 400 << 20
"""Bytes that the process may take beyond what it has when it begins."""
SECONDS = 5.0
"""Of processor time, the most that one frame may cost; a busy machine takes longer."""
KEPT = 200
"""Records that are written as a class together."""


class Seed(Struct, frozen=True):
    """A program, and what a child said of it."""

    program: Program
    observation: Observation


class Recorded(Struct, frozen=True):
    """The corpus that a fuzzer begins with."""

    seeds: tuple[Seed, ...]
    bank: str
    keys: tuple[Seed, ...]
    """Observations of the bank's own programs."""
    answers: tuple[tuple[str, str], ...]
    """Questions and what is answered."""


class Result(Struct):
    """The outcome of some frames."""

    first: int
    refused: int = 0
    decoded: int = 0
    faults: list[tuple[int, str]] = []
    slowest: tuple[float, int] = (0.0, 0)
    seconds: float = 0.0
    peak: int = 0
    """Kilobytes."""


class Forged(Sandbox):
    """A sandbox whose learners' programs and tried fixes say what they are told to; a bank's what they said once."""

    def __init__(self, keys: dict[Program, Observation]) -> None:
        self.mode = "fork"
        self._keys = keys
        self.said: list[Observation] = []

    def run(self, job: Job) -> tuple[Observation, ...]:
        observations = zip(job.programs, self.next(len(job.programs)), strict=True)
        return tuple(self._keys.get(program, forged) for program, forged in observations)

    def start(self, job: Job) -> Any:
        return _Pending(self, len(job.programs))

    def next(self, count: int) -> tuple[Observation, ...]:
        return tuple(
            self.said[index % len(self.said)] if self.said else Observation() for index in range(count)
        )


class _Pending:
    def __init__(self, sandbox: Forged, count: int) -> None:
        self._sandbox, self._count = sandbox, count

    def result(self, *, keep: bool = False) -> tuple[Observation, ...]:  # noqa: ARG002 (as a run's)
        return self._sandbox.next(self._count)

    def follow(self, programs: tuple[Program, ...], _: tuple[int, ...] = ()) -> _Pending:
        return _Pending(self._sandbox, len(programs))

    def close(self) -> None: ...


class Fuzzer:
    """Makes frames by their numbers, and looks what becomes of them."""

    def __init__(self, recorded: Recorded, out: Path) -> None:
        self.seeds, self.out = recorded.seeds, out
        bodies = [json.loads(msgspec.json.encode(Reply(0, seed.observation))) for seed in recorded.seeds]
        self.corpus = Corpus(bodies)
        self._traced = [at for at, seed in enumerate(self.seeds) if seed.program.trace]
        self._others = [at for at, seed in enumerate(self.seeds) if not seed.program.trace]
        self.sandbox = Forged({seed.program: seed.observation for seed in recorded.keys})
        bank = Bank(Path(recorded.bank))
        self.judges = {language: Judge(bank, self.sandbox, language) for language in LANGUAGES}
        variants = Variants(bank)
        self.attempts = [_attempt(variants, *answer) for answer in recorded.answers]
        items = tuple(Item(id=attempt.item.question) for attempt in self.attempts)
        self.books = {
            language: Assignment(
                format=1,
                assignment="hw",
                language=language,
                bank=PinnedBank(folder="x", hash=""),
                questions=items,
            )
            for language in LANGUAGES
        }
        self.ideas = bank.ideas
        self.records: list[SubmissionResult] = []

    def look(self, number: int) -> bool:
        """Send the frame of a number everywhere, and return whether it was one."""
        random = Random(number)  # noqa: S311 (frames, not secrets)
        at = random.choice(self._traced if random.random() < 0.7 else self._others)
        return self.send(self.seeds[at], self.corpus.mutated(random, self.corpus.frames[at]), number)

    def send(self, seed: Seed, body: bytes, number: int = 0) -> bool:
        """Send a frame everywhere, a crash in place of what is none, and return whether it was one."""
        reply = None
        with suppress(ValueError):
            reply = Replies((seed.program,)).decode(body)
        observation, language = reply.observation if reply else CRASHED, LANGUAGES[number % 2]
        if seed.program.trace:
            self._explain(seed, observation, language, number)
        self._judge(observation, language)
        return reply is not None

    def _explain(self, seed: Seed, observation: Observation, language: Language, number: int) -> None:
        source = source_of(seed.program)
        outcome = suspicious.explanation(source, observation, language)
        outline(outcome)
        of_the_error(outcome)
        honest = _honest(source, seed, language)
        for about in get_args(Subject):
            drawn = of_code(outcome, about, honest, shows_key=True), of_program(honest, outcome, about, "y")
            for picture in drawn:
                if picture is not None:
                    _printed(pictured(picture, language))
                    as_html(pictured(picture, language), language)
        json.dumps(as_json(outcome), allow_nan=False)
        match number % 4:
            case 0:
                _printed(ExplanationScreen(outcome, language))
            case 1:
                page(outcome, language)
            case 2:
                fragment(outcome, language)
            case _:
                _printed(ComparisonScreen(Comparison(outcome, honest, is_wrong=True), language))

    def _judge(self, observation: Observation, language: Language) -> None:
        self.sandbox.said = [observation]
        attempts = self.attempts
        (marks,) = self.judges[language].question_results([attempts])
        record = read_back(SubmissionResult(Student(f"s{len(self.records):04}"), "s.py", "", tuple(marks)))
        assignment = self.books[language]
        book = Gradebook(assignment, self.ideas, lambda: [record])
        (grade,) = book.grades()
        feedback = feedback_on(grade, assignment, self.ideas, reveal=True)
        markdown(feedback)
        html(feedback)
        json_text(grade_as_json(grade))
        for question in feedback.questions:
            if question.picture is not None:
                draw(question.picture.drawing, language)
        self.records.append(record)
        if len(self.records) == KEPT:
            self._write(assignment)

    def _write(self, assignment: Assignment) -> None:
        """Write the last records as a class."""
        records = self.records
        book = Gradebook(assignment, self.ideas, lambda: records)
        write_all(book, self.out, reveal=True, also={FOLDER: write_feedback})
        "".join(report(book))
        self.records = []


def _honest(source: str, seed: Seed, language: Language) -> Explanation:
    return explanation(source, seed.observation, language)


def _printed(what: Any) -> None:
    Console(file=io.StringIO(), width=80, color_system=None).print(what)


def _attempt(variants: Variants, question: str, text: str) -> Attempt:
    drawn = SheetItem(question, 7, 8)
    variant = variants.graded(drawn)
    answer = KINDS[variant.kind].read(variant, text)
    assert not isinstance(answer, Unreadable)
    return Attempt(drawn, variant, text, answer)


def fuzz(fuzzer: Fuzzer, first: int, count: int) -> Result:
    """Look at some frames; what fails is noted with its number."""
    result = Result(first, faults=[])
    began = time.process_time()
    for number in range(first, first + count):
        started = time.process_time()
        try:
            if fuzzer.look(number):
                result.decoded += 1
            else:
                result.refused += 1
        except Exception:
            result.faults.append((number, traceback.format_exc(limit=-6)))
        result.slowest = max(result.slowest, (round(time.process_time() - started, 3), number))
    result.seconds = round(time.process_time() - began, 1)
    result.peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return result


def _limit_memory() -> None:
    """Let a frame that would take much memory end in a MemoryError, which is a fault like others."""
    pages = int(Path("/proc/self/statm").read_text().split()[0]) if sys.platform == "linux" else 0
    limit = pages * resource.getpagesize() + MEMORY
    if pages:
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def main() -> NoReturn:
    """Read a corpus, fuzz, and say what came of it."""
    corpus, out, first, count = sys.argv[1:]
    fuzzer = Fuzzer(msgspec.json.decode(Path(corpus).read_bytes(), type=Recorded), Path(out))
    _limit_memory()
    print(msgspec.json.encode(fuzz(fuzzer, int(first), int(count))).decode())
    sys.exit(0)


if __name__ == "__main__":
    main()
