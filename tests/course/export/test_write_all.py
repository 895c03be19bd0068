"""One walk writes everything, in memory that does not grow with the class."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from msgspec.structs import replace

from tensordrill.course.gradebook import Gradebook, SubmissionResult
from tensordrill.course.output import Output
from tensordrill.course.results.export import EACH, EXPORTS, write_all
from tensordrill.course.results.export.take import Take
from tensordrill.errors import CourseError
from tensordrill.render.feedback import write_feedback
from tests.course.gradebooks import gradebook, records


def _files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_every_export_is_written_and_one_walk_is_enough(out: Path) -> None:
    walks = []

    def walked() -> Iterator[SubmissionResult]:
        walks.append(1)
        return records(3, hostile=True)

    book = replace(gradebook(3), results=walked)
    write_all(book, out, reveal=False, also={"feedback": write_feedback})
    assert len(walks) == 1
    assert sorted(path.name for path in out.iterdir()) == sorted([*EXPORTS, *EACH, "feedback"])
    assert len(list((out / "feedback").iterdir())) == 2 * 19


def test_the_same_grades_are_the_same_bytes(tmp_path: Path) -> None:
    for folder, isolation in (("one", "full"), ("other", "none")):
        write_all(
            gradebook(12, isolation=isolation),
            tmp_path / folder,
            reveal=True,
            also={"feedback": write_feedback},
        )
    assert _files(tmp_path / "one") == _files(tmp_path / "other")


def test_no_file_that_a_student_gets_tells_of_a_hidden_draw(out: Path) -> None:
    write_all(gradebook(100, hostile=False), out, reveal=False, also={"feedback": write_feedback})
    telling = {name for name, content in _files(out).items() if b"SECRET" in content}
    assert telling == {"grades.json"}


def test_a_walk_that_fails_leaves_the_class_as_it_was(out: Path) -> None:
    write_all(gradebook(3, hostile=False), out, reveal=False)
    before = {path: path.read_bytes() for path in out.iterdir() if path.is_file()}

    def failing() -> Iterator[SubmissionResult]:
        yield from records(1, hostile=False)
        raise CourseError("the journal broke off")

    with pytest.raises(CourseError, match=r"^the journal broke off$"):
        write_all(replace(gradebook(3), results=failing), out, reveal=True)
    assert {path: path.read_bytes() for path in out.iterdir() if path.is_file()} == before


def test_memory_does_not_grow_with_the_class(tmp_path: Path) -> None:
    peaks = []

    @contextmanager
    def one_folder(gradebook: Gradebook, output: Output) -> Iterator[Take]:
        yield lambda grade, _: output.write("last", f"{grade.student.id} {gradebook.max_points}")

    for students in (50, 400):
        tracemalloc.start()
        write_all(
            gradebook(students, hostile=False),
            tmp_path / str(students),
            reveal=False,
            also={"last": one_folder},
        )
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.5 * peaks[0] + 200_000
    assert (tmp_path / "400" / "last").read_text() == "s00399 11.0"
