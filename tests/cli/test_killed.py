"""Programs killed at random moments: what was acknowledged is in the file, once, and nothing else.

A practice by script keeps each answer; an import and a reset are done, or nothing of them is.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Timer

from tensordrill.drill.history import History, read, save
from tensordrill.drill.review import Review, iso
from tensordrill.drill.store import Store
from tests.drill.stored import check
from tests.reviews import review_of

from .conftest import PROGRAM, Event, environ_with, right, run, write_basics

Answered = tuple[str, str]  # address and outcome

_START = 3.0  # seconds, in which torch may become ready
_ROUND = 0.5  # seconds, in which dozens of answers are judged


def test_a_killed_practice_keeps_what_it_acknowledged(home: Path, tmp_path: Path, thorough: bool) -> None:
    bank = tmp_path / "bank"
    bank.mkdir()
    write_basics(bank)
    moments = random.Random(3)  # noqa: S311 (nothing is secret)
    acknowledged: list[Answered] = []
    for number in range(200 if thorough else 4):
        stopped_by = moments.choice([signal.SIGKILL, signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
        seconds = moments.random() * (_ROUND if number % 4 else _START)
        acknowledged += _practised(
            bank, home, seconds, stopped_by, after="verdict" if number % 4 else "question"
        )
        with Store.open(home / "data") as store:
            kept = [(review.address, review.outcome) for review in check(store)]
        # An answer that was written and not yet acknowledged is the last one.
        assert kept[: len(acknowledged)] == acknowledged
        assert len(kept) - len(acknowledged) in (0, 1)
        acknowledged = list[Answered](kept)
    assert acknowledged


def _practised(
    bank: Path, home: Path, seconds: float, stopped_by: signal.Signals, after: str
) -> list[Answered]:
    """Answer questions until the program is stopped, some seconds after its first event of a kind.

    Returns the addresses and outcomes of its verdicts.
    """
    command = [str(PROGRAM), "practice", "--json", "--bank", str(bank)]
    with subprocess.Popen(
        command,
        env={**os.environ, **environ_with(home)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        stop = Timer(seconds, process.send_signal, [stopped_by])
        verdicts: list[Answered] = []
        for event in _events(process):
            if event["event"] == after and not stop.ident:
                stop.start()
            if event["event"] == "verdict":
                verdicts.append((f"{event['id']}@{event['seed']}", event["outcome"]))
        stop.join()
    return verdicts


def _events(process: subprocess.Popen[str]) -> Iterator[Event]:
    """Yield what the program prints, and answer its questions."""
    assert process.stdin is not None
    assert process.stdout is not None
    for number, line in enumerate(process.stdout):
        if not line.endswith("\n"):
            return  # the program was stopped while it wrote this one
        event = json.loads(line)
        yield event
        if event["event"] == "question":
            answer = {"answer": right(event)} if number % 5 else {"command": "skip"}
            with suppress(BrokenPipeError):
                process.stdin.write(json.dumps(answer) + "\n")
                process.stdin.flush()


def test_a_killed_import_adds_all_or_nothing(home: Path, tmp_path: Path, thorough: bool) -> None:
    moments, data, file = random.Random(4), home / "data", tmp_path / "answers.jsonl"  # noqa: S311
    save(History(_REVIEWS), file)
    for _ in range(100 if thorough else 5):
        _killed(home, ["history", "import", str(file)], moments.random(), moments)
        with Store.open(data) as store:
            assert check(store) in ([], _REVIEWS)
    assert run("history", "import", str(file)).code == 0
    with Store.open(data) as store:
        assert check(store) == _REVIEWS


def test_a_killed_reset_deletes_a_topic_or_nothing(home: Path, thorough: bool) -> None:
    """Where the topic is gone, its backup has it."""
    moments, data = random.Random(5), home / "data"  # noqa: S311
    kept = [review for review in _REVIEWS if review.topic != "view"]
    for _ in range(100 if thorough else 5):
        with Store.open(data) as store:
            store.merge(History(_REVIEWS))
        _killed(home, ["history", "reset", "--topic", "view", "--yes"], moments.random(), moments)
        with Store.open(data) as store:
            left = check(store)
        assert left in (kept, _REVIEWS)
        backups = list(data.glob("reviews.backup-*.jsonl"))
        assert left == _REVIEWS or any(_read(backup) == _REVIEWS for backup in backups)
        for backup in backups:
            assert _read(backup) == _REVIEWS
            backup.unlink()


_REVIEWS = [
    review_of(
        f"{topic}/a",
        number,
        at=iso(1_700_000_000 + 60 * number),
        answer=f"({number}, 3)",
        outcome="correct" if number % 3 else "incorrect",
        seconds=4.25,
        session=f"s{number // 20}",
    )
    for number in range(2000)
    for topic in [("view", "dtype")[number % 2]]
]


def _read(backup: Path) -> list[Review]:
    with backup.open("rb") as file:
        return list(read(backup.name, file).reviews)


def _killed(home: Path, words: list[str], seconds: float, moments: random.Random) -> None:
    """Run a command and stop it after some seconds, unless it has ended by then."""
    command, environ = [str(PROGRAM), *words], {**os.environ, **environ_with(home)}
    nowhere = subprocess.DEVNULL
    with subprocess.Popen(command, env=environ, stdin=nowhere, stdout=nowhere, stderr=nowhere) as process:
        with suppress(subprocess.TimeoutExpired):
            process.wait(seconds)
        process.send_signal(moments.choice([signal.SIGKILL, signal.SIGKILL, signal.SIGINT]))
