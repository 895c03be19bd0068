"""Exports of a gradebook: one walk over the class feeds every file.

An export opens what it writes and gives a function that takes each grade in turn, so that no class is
ever held in memory. Every file is written whole; those of the whole class appear when the walk is over, and
a walk that fails leaves the ones before. Helpers walk the class, too, and write the files of some students each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager, ExitStack
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TypeAlias

from tensordrill.course.gradebook import Grade, Gradebook
from tensordrill.course.helpers import helped, is_left_alone
from tensordrill.course.output import Output
from tensordrill.course.results.export import canvas, grades_csv, grades_json, gradescope, junit, moodle

Export: TypeAlias = Callable[[Gradebook, Output, bool], AbstractContextManager[Callable[[Grade], None]]]
"""Takes the gradebook, where to write, and whether students may see keys and solutions."""

GRADES_JSON = "grades.json"

EXPORTS: dict[str, Export] = {
    "grades.csv": grades_csv.export,
    GRADES_JSON: grades_json.export,
    "junit.xml": junit.export,
    "canvas.csv": canvas.export,
    "moodle.csv": moodle.export,
}
"""Files of the whole class."""

EACH: dict[str, Export] = {"gradescope": gradescope.export}
"""Folders with a file for each student."""


def write_all(
    gradebook: Gradebook, out: Path, *, reveal: bool, also: Mapping[str, Export] = {}, helpers: int = 0
) -> None:
    """Write a gradebook as everything that there is, and as folders for each student that `also` gives.

    Without helpers that is one walk. Raises CourseError where something cannot be written.
    """
    output = Output(out)
    each = [*EACH.values(), *also.values()]
    write = partial(_write, gradebook, output, reveal)
    with helped([partial(write, each, part, helpers) for part in range(helpers)]):
        write([*EXPORTS.values(), *([] if helpers else each)])


def _write(
    gradebook: Gradebook,
    output: Output,
    reveal: bool,
    exports: Iterable[Export],
    part: int = 0,
    parts: int = 1,
) -> None:
    """Write some exports of one of so many parts of the class."""
    with ExitStack() as opened:
        takers = [opened.enter_context(export(gradebook, output, reveal)) for export in exports]
        for grade in islice(gradebook.grades(), part, None, parts):
            for take in takers:
                take(grade)
            if is_left_alone():
                return
