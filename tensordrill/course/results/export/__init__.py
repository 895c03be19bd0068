"""Exports of a gradebook: one walk over the class feeds every file, and the analysis.

An export opens what it writes and gives a function that takes each grade in turn, so that no class is
ever held in memory. Every file is written whole; those of the whole class appear when the walk is over, and
a walk that fails leaves the ones before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path

from tensordrill.course.gradebook import Gradebook
from tensordrill.course.output import Output
from tensordrill.course.results.analysis import Analysis, ClassTally
from tensordrill.course.results.export import canvas, grades_csv, grades_json, gradescope, junit, moodle
from tensordrill.course.results.export.take import Export
from tensordrill.course.results.feedback import feedback_on

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


def write_all(gradebook: Gradebook, out: Path, *, reveal: bool, also: Mapping[str, Export] = {}) -> Analysis:
    """Write a gradebook as everything that there is, and as what `also` gives; return its analysis.

    With `reveal`, students may see keys and solutions. Raises CourseError where something cannot be written.
    """
    exports = (*EXPORTS.values(), *EACH.values(), *also.values())
    return write(exports, gradebook, Output(out), reveal=reveal)


def write(exports: Iterable[Export], gradebook: Gradebook, output: Output, *, reveal: bool) -> Analysis:
    """Write some exports; return what the walk has shown of the class."""
    tally = ClassTally(gradebook)
    with ExitStack() as opened:
        takers = [opened.enter_context(export(gradebook, output)) for export in exports]
        for grade in gradebook.grades():
            tally.add(grade)
            feedback = feedback_on(
                grade, gradebook.assignment, gradebook.ideas, reveal=reveal, variant=gradebook.variant
            )
            for take in takers:
                take(grade, feedback)
    return tally.analysis()
