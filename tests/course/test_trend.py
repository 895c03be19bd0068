"""A class over several assignments: what became of an idea, as far as later answers say."""

from __future__ import annotations

from pathlib import Path

import pytest

from tensordrill.course.gradebook import Override
from tensordrill.course.results.export import GRADES_JSON
from tensordrill.course.results.read_grades_json import read_grades
from tensordrill.course.results.trend import IdeaCount, Trend, trend
from tests.course.terms import IDEA, graded


def _trend(*folders: Path) -> Trend:
    return trend([read_grades(folder / GRADES_JSON) for folder in folders])


@pytest.mark.parametrize(
    ("lines", "course", "is_held"),
    [
        pytest.param(["i+", "++"], "gone", False, id="right-after"),
        pytest.param(["ii", "+-"], "gone", True, id="one-right-question-is-enough"),
        pytest.param(["i+", "+i"], "stays", True, id="again"),
        pytest.param(["i+", "i+"], "stays", False, id="again-in-the-same-question"),
        pytest.param(["++", "i+"], "new", False, id="only-in-the-last"),
        pytest.param(["i+", ".."], "open", False, id="left-open"),
        pytest.param(["i+", "--"], "open", False, id="wrong-otherwise"),
        pytest.param(["i+", "??"], "open", False, id="unreadable"),
        pytest.param(["i+", ""], "open", False, id="absent"),
        pytest.param(["", "ii"], "new", True, id="absent-before"),
        pytest.param(["i+", "++", "i+"], "stays", False, id="comes-back"),
        pytest.param(["i+", "i+", "++"], "gone", False, id="gone-in-the-end"),
        pytest.param(["i+", "++", ".."], "gone", False, id="gone-and-not-asked-again"),
    ],
)
def test_what_became_of_an_idea(lines: list[str], course: str, is_held: bool, tmp_path: Path) -> None:
    class_trend = _trend(*(graded(tmp_path, f"hw{place}", [line]) for place, line in enumerate(lines)))
    (student,) = class_trend.students
    (idea,) = student.ideas
    assert (idea.course, idea.is_held) == (course, is_held)
    assert idea.given == tuple(place for place, line in enumerate(lines) if "i" in line)
    (whole,) = class_trend.ideas
    assert (dict(whole.students), whole.held) == ({course: (student.student,)}, is_held)


def test_an_assignment_that_cannot_show_an_idea_says_nothing_about_it(tmp_path: Path) -> None:
    class_trend = _trend(graded(tmp_path, "hw1", ["i+"]), graded(tmp_path, "hw2", ["++"], shows=False))
    (idea,) = class_trend.ideas
    assert idea.counts == (IdeaCount(1, 1), None)
    assert list(idea.students) == ["open"]


def test_an_answer_that_a_person_accepted_gives_no_idea(tmp_path: Path) -> None:
    accepted = Override("s1", "t/q1", 1.0, "right on paper")
    class_trend = _trend(
        graded(tmp_path, "hw1", ["i+"], overrides=(accepted,)), graded(tmp_path, "hw2", ["++"])
    )
    assert (class_trend.ideas, class_trend.students[0].ideas) == ((), ())


def test_a_class_is_counted_by_assignment_and_ordered_by_what_is_left(tmp_path: Path) -> None:
    class_trend = _trend(
        graded(tmp_path, "hw1", ["i+", "i-", "", "++"]), graded(tmp_path, "hw2", ["++", "ii", "i."])
    )
    (idea,) = class_trend.ideas
    assert idea.counts == (IdeaCount(2, 3), IdeaCount(2, 3))
    ids = {course: [student.id for student in students] for course, students in idea.students.items()}
    assert ids == {"gone": ["s1"], "stays": ["s2"], "new": ["s3"]}
    assert [student.scores for student in class_trend.students] == [
        (0.5, 1.0),
        (0.0, 0.0),
        (None, 0.0),
        (1.0, None),
    ]


def test_a_record_of_an_older_version_has_no_titles_and_proves_nothing_gone(tmp_path: Path) -> None:
    folders = [graded(tmp_path, name, [line]) for name, line in (("hw1", "i+"), ("hw2", "++"))]
    for folder in folders:
        file = folder / GRADES_JSON
        text = file.read_text(encoding="utf-8")
        file.write_text(text[: text.rindex('],\n"ideas"')] + "]\n}\n", encoding="utf-8")
    class_trend = _trend(*folders)
    (idea,) = class_trend.ideas
    assert (idea.idea, idea.title, idea.counts) == (IDEA, None, (IdeaCount(1, 1), None))
    assert list(idea.students) == ["open"]
