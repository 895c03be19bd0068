"""The same submissions give the same grades, whatever happens on the way."""

from __future__ import annotations

import json
import re
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.course.attacked import HONEST, attacking, hand_in, make
from tests.course.exploits import exploits
from tests.course.grader import ClassFolder, Stop, grade
from tests.needs import linux, rarely

pytestmark = linux

_STEADY = (1, 2, 7, 8, 19, 21, 23)
"""The rows whose submissions do the same each time, soon."""
_LOOKS_AROUND = ("leak-frames", "leak-objects")
_FEW = (
    "equal-to-all",
    "nan",
    "hostile-class",
    "typed-text",
    "picks-all",
    "hard-coded",
    "leak-message",
    "warns-and-prints",
)
"""The submissions of a run that is not thorough."""
_GRADES = "grades.json"


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory, thorough: bool) -> ClassFolder:
    """A class that one worker has graded in one run."""
    place = ClassFolder(tmp_path_factory.mktemp("class") / "graded")
    steady = [each for each in exploits() if each.row in _STEADY and each.id not in _LOOKS_AROUND]
    steady = [each for each in steady if thorough or each.id in _FEW]
    handouts = make(place.around, [*HONEST, *(each.id for each in steady)])
    hand_in(place, handouts)
    for each in steady:
        text = attacking(handouts[each.id], each, Path("/nowhere"), 9)
        (place.handed_in / f"{each.id}.py").write_text(text, encoding="utf-8")
    assert grade(place, "--jobs", "1").code == 0
    return place


@pytest.fixture
def place(graded: ClassFolder, tmp_path: Path) -> ClassFolder:
    """The same class, of which nothing is graded yet."""
    copy = graded.copied_to(tmp_path / "class", None)
    for path in [*copy.out.rglob("*")][::-1]:
        path.rmdir() if path.is_dir() else path.unlink()
    return copy


def _grades(place: ClassFolder) -> bytes:
    return (place.out / _GRADES).read_bytes()


def _backwards(place: ClassFolder) -> None:
    files = sorted(place.handed_in.iterdir(), reverse=True)
    assert grade(place, "--jobs", "3", submissions=files).code == 0


def _in_two_parts(place: ClassFolder) -> None:
    files = sorted(place.handed_in.iterdir())
    assert grade(place, "--jobs", "2", submissions=files[::2]).code == 0
    assert grade(place, "--jobs", "1").code == 0


def _full(place: ClassFolder) -> None:
    full = grade(place, "--jobs", "1", file_size=5_000)
    journal = place.out / "journal.jsonl"
    sentence = f"tensordrill: {journal}: it cannot be written: File too large; make room and go on\n"
    assert (full.code, full.stderr) == (1, sentence)
    assert grade(place, "--jobs", "1").code == 0


def _killed_and_stopped(place: ClassFolder) -> None:
    count = sum(1 for _ in place.handed_in.iterdir())
    killed = grade(place, "--jobs", "1", stop=Stop(1, signal.SIGKILL))
    assert (killed.code, killed.left) == (-signal.SIGKILL, 0)
    stopped = grade(place, "--jobs", "1", stop=Stop(7, signal.SIGINT))
    assert (stopped.code, stopped.left) == (130, 0)
    lines = (place.out / "journal.jsonl").read_text(encoding="utf-8").splitlines()
    kept = {json.loads(line)["record"]["student"]["id"] for line in lines}
    sentence = f"tensordrill: stopped with {len(kept)} of {count} graded; the same command goes on"
    assert stopped.stderr.strip() == sentence
    assert not (place.out / _GRADES).exists()
    assert grade(place, "--jobs", "1").code == 0


@pytest.mark.parametrize(
    "way",
    [
        pytest.param(_killed_and_stopped, id="killed-then-stopped"),
        *rarely(
            [
                pytest.param(_backwards, id="backwards-by-three"),
                pytest.param(_in_two_parts, id="in-two-parts"),
                pytest.param(_full, id="without-room-at-first"),
            ]
        ),
    ],
)
def test_the_same_submissions_give_the_same_grades(
    way: Callable[[ClassFolder], None], place: ClassFolder, graded: ClassFolder
) -> None:
    way(place)
    assert _grades(place) == _grades(graded)


def test_what_has_not_changed_is_not_graded_again(graded: ClassFolder, tmp_path: Path) -> None:
    copy = graded.copied_to(tmp_path / "class", None)
    journal = copy.out / "journal.jsonl"
    content = journal.read_bytes()
    assert content.count(b'"printed":"noise') == 1
    journal.write_bytes(content.replace(b'"printed":"noise', b'"printed":"voice'))
    (copy.handed_in / "ben.py").write_bytes((copy.handed_in / "ben.py").read_bytes() + b"# another\n")
    assert grade(copy, "--jobs", "1").code == 0
    before, after = graded.grades(), copy.grades()
    changed = [name for name in before if before[name] != after[name]]
    assert changed == ["ben", "warns-and-prints"]
    assert '"printed": "voice' in after["warns-and-prints"]


def test_a_result_that_cannot_be_written_is_one_sentence(graded: ClassFolder, tmp_path: Path) -> None:
    copy = graded.copied_to(tmp_path / "class", None)
    report = copy.out / "report.html"
    full = grade(copy, "--jobs", "1", file_size=report.stat().st_size - 1)
    assert full.code == 1
    assert re.fullmatch(r"tensordrill: \S+: (it|this) cannot be written: File too large.*\n", full.stderr)
    assert _grades(copy) == _grades(graded)


@pytest.mark.usefixtures("root")
def test_a_full_disk_is_one_sentence(place: ClassFolder) -> None:
    full = grade(place, "--jobs", "1", disk=16384)
    journal = place.out / "journal.jsonl"
    sentence = f"tensordrill: {journal}: it cannot be written: No space left on device; make room and go on\n"
    assert (full.code, full.stderr) == (1, sentence)
