"""Late files: what the policy takes off, where it is said, and that a person can set it otherwise."""

from __future__ import annotations

import csv
import json
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from tensordrill.bank.load import Bank
from tensordrill.course.assignment.assignment import ASSIGNMENT_FILE, Item, load_assignment, written
from tensordrill.course.assignment.folder import open_folder, questions
from tensordrill.course.assignment.late import DueDate, LatePolicy, SubmissionTimes
from tensordrill.course.assignment.moment import read_moment
from tensordrill.course.assignment.roster import Student
from tensordrill.course.gradebook import LATE, Gradebook, Override, QuestionResult, SubmissionResult
from tensordrill.course.grading.grade import Grading
from tensordrill.course.handout.handout import parts
from tensordrill.course.results.analysis import analyse
from tensordrill.course.results.comparison import changes
from tensordrill.course.results.export import GRADES_JSON, write_all
from tensordrill.course.results.overrides import read_overrides
from tensordrill.course.results.read_grades_json import read_grades
from tensordrill.course.submission.header import HandoutHeader
from tensordrill.course.submission.intake import RECORD, sources
from tensordrill.errors import CourseError, FileProblems
from tensordrill.messages import Language
from tensordrill.render.feedback import FOLDER, write_feedback
from tensordrill.render.grading import due_text, summary
from tensordrill.render.report_page import report
from tests.course.gradebooks import COLUMNS, FLATTEN, gradebook
from tests.course.homework import assignment, class_folder

DUE = "2027-03-19 23:59 Asia/Seoul"
POLICY = LatePolicy(percent_a_day=10, grace_minutes=15, until="2027-03-26 23:59")
_DUE = read_moment(DUE)
assert _DUE is not None
DUE_DATE = DueDate(_DUE, _DUE + timedelta(days=7), 10, 15)

LATENESS = [
    ("an hour early", timedelta(hours=-1), 0, 0),
    ("to the second", timedelta(), 0, 0),
    ("a second late", timedelta(seconds=1), 1, 0),
    ("the last of the grace", timedelta(minutes=15), 15, 0),
    ("after the grace", timedelta(minutes=15, seconds=1), 16, 10),
    ("a day", timedelta(days=1), 1440, 10),
    ("a day and a second", timedelta(days=1, seconds=1), 1441, 20),
    ("the last moment", timedelta(days=7), 10080, 70),
    ("after the last day", timedelta(days=7, minutes=1), 10081, 100),
]


@pytest.mark.parametrize(
    ("late", "minutes", "percent"), [row[1:] for row in LATENESS], ids=[row[0] for row in LATENESS]
)
def test_each_day_that_has_begun_takes_off(late: timedelta, minutes: int, percent: float) -> None:
    lateness = DUE_DATE.lateness(DUE_DATE.due + late)
    assert (lateness.minutes, lateness.percent, lateness.is_late) == (minutes, percent, minutes > 0)


def test_no_more_than_everything_is_taken_off() -> None:
    assert replace(DUE_DATE, until=None).lateness(DUE_DATE.due + timedelta(days=30)).percent == 100


def test_a_day_is_24_hours_where_clocks_are_turned() -> None:
    due = read_moment("2027-03-27 23:59 Europe/Berlin")
    assert due is not None
    submitted = read_moment("2027-03-29 00:30 Europe/Berlin")
    assert submitted is not None
    lateness = DueDate(due, percent_a_day=10).lateness(submitted)
    assert (lateness.minutes, lateness.percent) == (23 * 60 + 31, 10)


SEOUL = "2027-03-19 23:59 Asia/Seoul (UTC+09:00)"
LAST = "2027-03-26 23:59 Asia/Seoul (UTC+09:00)"
BEFOREHAND: list[tuple[str, LatePolicy | None, str, str]] = [
    ("nothing is taken off", None, f"Due {SEOUL}.", f"제출 마감은 {SEOUL}입니다."),
    (
        "a whole policy",
        POLICY,
        f"Due {SEOUL}. Coming late takes off 10% of the points for each day that has begun. Up to 15 minutes late, "
        f"nothing is taken off. What comes after {LAST} earns no points.",
        f"제출 마감은 {SEOUL}입니다. 늦게 내면 마감부터 하루가 시작될 때마다 점수의 10%를 뺍니다. "
        f"15분까지는 늦어도 빼지 않습니다. {LAST} 뒤에 내면 0점입니다.",
    ),
    (
        "no day before the last moment",
        LatePolicy(percent_a_day=10, grace_minutes=15, until="2027-03-19 15:05 UTC"),
        f"Due {SEOUL}. What comes after 2027-03-20 00:05 Asia/Seoul (UTC+09:00) earns no points.",
        f"제출 마감은 {SEOUL}입니다. 2027-03-20 00:05 Asia/Seoul (UTC+09:00) 뒤에 내면 0점입니다.",
    ),
    (
        "grace of nothing",
        LatePolicy(grace_minutes=1),
        f"Due {SEOUL}.",
        f"제출 마감은 {SEOUL}입니다.",
    ),
    (
        "one minute and half a per cent",
        LatePolicy(percent_a_day=0.5, grace_minutes=1),
        f"Due {SEOUL}. Coming late takes off 0.5% of the points for each day that has begun. Up to 1 minute late, "
        "nothing is taken off.",
        f"제출 마감은 {SEOUL}입니다. 늦게 내면 마감부터 하루가 시작될 때마다 점수의 0.5%를 뺍니다. "
        "1분까지는 늦어도 빼지 않습니다.",
    ),
]


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize(
    ("policy", "english", "korean"), [row[1:] for row in BEFOREHAND], ids=[row[0] for row in BEFOREHAND]
)
def test_students_and_the_teacher_read_it_before_anything_is_handed_in(
    policy: LatePolicy | None, english: str, korean: str, language: Language
) -> None:
    text = english if language == "en" else korean
    asked = replace(assignment([Item(id=FLATTEN)], language), due=DUE, late=policy)
    for file in ("hw1.py", "hw1.ipynb"):
        head = next(parts(asked, HandoutHeader("hw1", "s1", "", "m"), [], file))
        assert head.text.splitlines()[0] == text
    free = {"en": " Coming late takes off nothing.", "ko": " 늦게 내도 점수를 빼지 않습니다."}
    costs = policy is not None and (policy.percent_a_day or policy.until)
    assert due_text(asked, language) == text + ("" if costs else free[language])


def test_without_a_due_date_a_hand_out_says_nothing_and_the_teacher_how_to_set_one() -> None:
    asked = assignment([Item(id=FLATTEN)])
    head = next(parts(asked, HandoutHeader("hw1", "s1", "", "m"), [], "hw1.py"))
    assert head.text.startswith("Write each answer in its cell")
    assert "`due` in assignment.yaml sets one" in due_text(asked, "en")


PROBLEMS = [
    ("due: soon", "`soon` is no time"),
    ("due: 2027-03-19 23:59", "needs a time zone, as in `2027-03-19 23:59 Asia/Seoul`"),
    ("late:\n  percent_a_day: 10", "`late` needs a `due` date"),
    (f"due: {DUE}\nlate:\n  until: 2027-03-01 10:00", "`until` is before the due date"),
    (f"due: {DUE}\nlate:\n  until: never", "`never` is no time"),
    (f"due: {DUE}\nlate:\n  percent_a_day: 101", "100"),
    (
        f"due: {DUE}\nlate:\n  percent: 10",
        "the key `percent` is not known here; did you mean `percent_a_day`?",
    ),
]


@pytest.mark.parametrize(("lines", "problem"), PROBLEMS)
def test_a_policy_that_cannot_be_is_said_with_its_place(
    lines: str, problem: str, tmp_path: Path, shipped_bank: Bank
) -> None:
    folder = class_folder(tmp_path / "hw1", shipped_bank, FLATTEN)
    file = folder.path / ASSIGNMENT_FILE
    file.write_text(f"{file.read_text()}{lines}\n")
    with pytest.raises(FileProblems) as raised:
        open_folder(file)
    (line,) = str(raised.value).splitlines()
    assert line.startswith(f"{file}:"), line
    assert problem in line


def test_a_policy_is_written_as_it_is_read(tmp_path: Path, shipped_bank: Bank) -> None:
    folder = class_folder(tmp_path / "hw1", shipped_bank, FLATTEN)
    with_policy = replace(folder.assignment, due=DUE, late=POLICY)
    (folder.path / ASSIGNMENT_FILE).write_text(written(with_policy))
    assert load_assignment(folder.path) == with_policy
    assert with_policy.due_date == replace(DUE_DATE, until=with_policy.due_date and DUE_DATE.until)


def _book(language: Language = "en", **fields: Any) -> Gradebook:
    """Return a class of four: on time, two days late, late without a time, and without any time."""
    made = gradebook(0, language=language)
    assignment = replace(made.assignment, due=DUE, late=POLICY)
    answers = (QuestionResult(FLATTEN, "correct", 1), QuestionResult(COLUMNS, "correct", 1))
    results = [SubmissionResult(Student(f"s{number}"), f"s{number}.py", results=answers) for number in "1234"]
    moments = {"s1": _at(hours=-3), "s2": _at(days=1, hours=14, minutes=6)}
    book = Gradebook(
        assignment, made.ideas, lambda: results, times=SubmissionTimes(moments, frozenset({"s3"}))
    )
    return replace(book, **fields)


def _at(**late: int) -> datetime:
    return DUE_DATE.due + timedelta(**late)


BY_PERSON = {("s2", LATE): Override("s2", LATE, 0.5, "was ill")}
ON_QUESTION = {("s2", FLATTEN): Override("s2", FLATTEN, 1, "half of it")}


@pytest.mark.parametrize(
    ("overrides", "points"),
    [({}, [4.5, 3.6, 4.5, 4.5]), (BY_PERSON, [4.5, 4, 4.5, 4.5]), (ON_QUESTION, [4.5, 3, 4.5, 4.5])],
    ids=["the policy", "a person sets what is taken off", "what a person set stays as it was set"],
)
def test_points_are_less(overrides: Any, points: list[float]) -> None:
    assert [grade.points for grade in _book(overrides=overrides).grades()] == points


def test_without_a_due_date_times_mean_nothing() -> None:
    book = _book()
    plain = replace(book, assignment=replace(book.assignment, due=None, late=None))
    assert [(grade.points, grade.late) for grade in plain.grades()] == [(4.5, None)] * 4


def test_an_override_of_lateness_needs_a_due_date(tmp_path: Path) -> None:
    file = tmp_path / "overrides.csv"
    file.write_text("student,question,points,reason\ns2,late,0.5,was ill\n")
    assignment = _book().assignment
    assert read_overrides(file, assignment, ()) == BY_PERSON
    with pytest.raises(CourseError, match="the question `late` is not in the assignment"):
        read_overrides(file, replace(assignment, due=None, late=None), ())


SENTENCES = {
    "en": (
        "Handed in at 2027-03-21 14:05 +09:00, 1 day 14 hours 6 minutes after the due date (2027-03-19 23:59 +09:00). "
        "20% of the points are taken off: 0.9."
    ),
    "ko": (
        "2027-03-21 14:05 +09:00에 제출해 마감(2027-03-19 23:59 +09:00)보다 1일 14시간 6분 늦었습니다. "
        "점수의 20%인 0.9점을 뺐습니다."
    ),
}


@pytest.mark.parametrize("language", ["en", "ko"])
def test_every_export_says_so(language: Language, tmp_path: Path) -> None:
    book = _book(language)
    analysis = write_all(book, tmp_path, reveal=False, also={FOLDER: write_feedback})
    assert (analysis.late, analysis.untimed) == (2, 1)
    for name in ("feedback/s2.md", "feedback/s2.html", "gradescope/s2.json", "moodle.csv"):
        text = (tmp_path / name).read_text(encoding="utf-8-sig").replace("\\", "")
        assert SENTENCES[language] in text, name
    assert "+09:00" not in (tmp_path / "feedback" / "s1.html").read_text(encoding="utf-8")
    rows = _table(tmp_path / "grades.csv")
    assert rows[0][-3:] == ["submitted", "minutes late", "taken off"]
    assert [row[-3:] for row in rows[1:]] == [
        ["2027-03-19 20:59 +09:00", "0", "0"],
        ["2027-03-21 14:05 +09:00", "2286", "0.9"],
        ["", "0", "0"],
        ["", "", ""],
    ]
    assert [row[-1] for row in _table(tmp_path / "canvas.csv")[2:]] == ["4.5", "3.6", "4.5", "4.5"]
    lines = (tmp_path / GRADES_JSON).read_text(encoding="utf-8").splitlines()
    (late,) = (json.loads(line.rstrip(","))["late"] for line in lines if '"id": "s2"' in line)
    assert late == {"submitted": "2027-03-21 14:05 +09:00", "minutes": 2286, "percent": 20.0, "points": 0.9}
    assert read_grades(tmp_path / GRADES_JSON).grade("s2").points == 3.6


def _table(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream))


@pytest.mark.parametrize(("language", "late"), [("en", "1 day 14 hours 6 minutes"), ("ko", "1일 14시간 6분")])
def test_the_report_and_the_screen_have_who_was_late(language: Language, late: str) -> None:
    book = _book(language, overrides=BY_PERSON)
    page = "".join(report(book))
    assert late in page
    assert "0.5*" in page
    lines = [line.plain for line in summary(book, analyse(book), Path("out"), language)]
    if language == "en":
        sentence = "  2 late, due at 2027-03-19 23:59 +09:00; 1 without a known time counts as on time"
        assert sentence in lines
    without = "".join(report(gradebook(3, language=language)))
    assert "+09:00" not in without


def test_a_comparison_says_what_is_taken_off_and_why(tmp_path: Path) -> None:
    for name, overrides in (("before", {}), ("after", BY_PERSON)):
        write_all(_book(overrides=overrides), tmp_path / name, reveal=False)
    before, after = (read_grades(tmp_path / name / GRADES_JSON) for name in ("before", "after"))
    (change,) = changes(before, after, "en")
    assert (change.sentence, change.reasons) == (
        "s2: 3.6 of 11 → 4 of 11",
        ("taken off for coming late: 0.9 → 0.5 (0.5 points are taken off, as a person has set: was ill)",),
    )


def test_a_record_that_cannot_be_read_is_listed_and_the_class_goes_on(
    tmp_path: Path, shipped_bank: Bank
) -> None:
    folder = class_folder(tmp_path / "hw1", shipped_bank, FLATTEN)
    (tmp_path / "in").mkdir()
    with (tmp_path / "in" / RECORD).open("wb") as large:
        large.truncate(65_000_000)
    handed_in, bundle = sources([tmp_path / "in"]), questions(folder, snapshot=False)
    grading = Grading(folder, bundle, handed_in, (), tmp_path, "auto")
    with closing(grading.journal):
        (rejection,) = grading.rejected
    assert (rejection.source, rejection.reason[:13]) == (RECORD, "it has 65 MB,")
