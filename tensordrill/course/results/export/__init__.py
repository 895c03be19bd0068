"""What a gradebook is written as: one walk over the class feeds every file.

An export opens what it writes and gives a function that takes each grade in turn, so that no class is
ever held in memory. Every file is written whole; those of the whole class appear when the walk is over, and
a walk that fails leaves the ones before.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from typing import TypeAlias

from tensordrill.course.gradebook import Grade, Gradebook
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
    "gradescope": gradescope.export,
}


def write_all(gradebook: Gradebook, out: Path, *, reveal: bool, also: Mapping[str, Export] = {}) -> None:
    """Write a gradebook as everything that there is, and as what is given with `also`, in one walk.

    Raises CourseError where something cannot be written.
    """
    output = Output(out)
    with ExitStack() as opened:
        exports = {**EXPORTS, **also}.values()
        takers = [opened.enter_context(export(gradebook, output, reveal)) for export in exports]
        for grade in gradebook.grades():
            for take in takers:
                take(grade)
