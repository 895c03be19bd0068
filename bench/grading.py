"""How many submissions are graded a second, against one fresh `pytest` process a submission."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from msgspec import Struct

from bench.homework import Homework
from bench.pairs import command, seconds
from bench.pytests import pytests
from tensordrill.course.results.export import GRADES_JSON
from tensordrill.course.results.read_grades_json import read_grades

JOBS = 2
_STUDENTS = 1000
_PYTESTS = 8
_A_SECOND = 100
_TIMES = 50

_GRADE = """
import atexit, sys

def say_peak(path):
    peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM:"))
    open(path, "w").write(peak.split()[1])

atexit.register(say_peak, sys.argv.pop(1))
from tensordrill.cli.app import main
main()
"""


class Graded(Struct, frozen=True):
    """A whole `assignment grade`: seconds from its start to its end, and the peak of its own memory in bytes."""

    seconds: float
    memory: int


def main() -> None:
    """Grade a class in isolation, with pytest before and after it, and print the rate and the ratio."""
    with tempfile.TemporaryDirectory() as folder:
        homework = Homework(Path(folder), _STUDENTS)
        homework.hand_in()
        before = pytests(homework, Path(folder) / "before", _PYTESTS, JOBS)
        each = graded(homework, Path(folder) / "grades").seconds / _STUDENTS
        fresh = (before + pytests(homework, Path(folder) / "after", _PYTESTS, JOBS)) / 2
    verdict = "ok  " if each * _A_SECOND <= 1 and fresh / each >= _TIMES else "OVER"
    print(
        f"{verdict} {'submissions of 5 questions, graded a second':<44} {1 / each:.0f} (at least {_A_SECOND})   "
        f"{fresh / each:.0f} times one fresh pytest a submission (at least {_TIMES})"
    )


def graded(homework: Homework, out: Path) -> Graded:
    """Grade what was handed in, as the command does, with all that it writes."""
    peak = out.with_suffix(".peak")
    words = ["assignment", "grade", str(homework.assignment), str(homework.handed_in)]
    options = ["--out", str(out), "--isolation", "auto"]
    taken = seconds(lambda: command([sys.executable, "-c", _GRADE, str(peak), *words, *options]))
    assert len(read_grades(out / GRADES_JSON).lines) == homework.students
    return Graded(taken, int(peak.read_text()) * 1024)


if __name__ == "__main__":
    main()
