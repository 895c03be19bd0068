"""Two gradings of a class compared: whose grade changed, and why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from msgspec import Struct

from tensordrill.course.assignment.late import Lateness
from tensordrill.course.assignment.roster import Student
from tensordrill.course.gradebook import Override, ScoredQuestion, shown_points
from tensordrill.course.results.lateness import taken_off
from tensordrill.course.results.read_grades_json import Grades, GradesHeader, StoredGrade
from tensordrill.course.sanitize import sanitize_line
from tensordrill.messages import Language, Name, fill, say
from tensordrill.messages.feedback import OUTCOMES

_Overrides: TypeAlias = dict[tuple[str, str], Override]


class GradeChange(Struct, frozen=True):
    """One student whose grade changed: a sentence with both grades, and a reason for each question."""

    student: Student
    sentence: str
    reasons: tuple[str, ...] = ()


def general_changes(old: Grades, new: Grades, language: Language) -> list[str]:
    """Return what changed for the whole class, as sentences: the bank, what graded it, and what is void."""
    before, after = old.header, new.header
    names = before.assignment.assignment, after.assignment.assignment
    sentences = [say("changed-assignment", language, old=names[0], new=names[1])] * (names[0] != names[1])
    if before.assignment.bank.hash != after.assignment.bank.hash:
        sentences.append(say("changed-bank", language))
    for name in sorted({**before.versions, **after.versions}):
        versions = [sanitize_line(header.versions.get(name, "–"), 40) for header in (before, after)]
        if versions[0] != versions[1]:
            sentences.append(
                say(
                    "changed-version",
                    language,
                    name=sanitize_line(name, 40),
                    old=versions[0],
                    new=versions[1],
                )
            )
    return [*sentences, *_voids(before, after, language)]


def _voids(old: GradesHeader, new: GradesHeader, language: Language) -> list[str]:
    """Return which questions are dropped for everybody since, and which count again."""
    before = {item.id: item.void for item in old.assignment.questions}
    return [
        f"{sanitize_line(item.id)}: {say('changed-voided' if item.void else 'changed-unvoided', language)}"
        for item in new.assignment.questions
        if before.get(item.id, item.void) != item.void
    ]


def changes(old: Grades, new: Grades, language: Language) -> Iterator[GradeChange]:
    """Yield each student whose grade changed, in the new order; those who are gone come last."""
    overrides = _overrides(old.header), _overrides(new.header)
    for student in new.lines:
        grade = new.grade(student)
        if student not in old.lines:
            yield _alone("changed-new", grade, language)
            continue
        before = old.grade(student)
        reasons = [
            reason
            for pair in _pairs(before, grade)
            for reason in _question(pair, student, overrides, language)
        ]
        reasons += _late(before, grade, language)
        if reasons:
            sentence = _both(before, grade, language)
            yield GradeChange(grade.student, sentence, (*_handed_in(before, grade, language), *reasons))
    for student in old.lines:
        if student not in new.lines:
            yield _alone("changed-gone", old.grade(student), language)


def _overrides(header: GradesHeader) -> _Overrides:
    return {(override.student, override.question): override for override in header.overrides}


def _alone(sentence: Name, grade: StoredGrade, language: Language) -> GradeChange:
    points, of = shown_points(grade.points), shown_points(grade.max_points)
    return GradeChange(
        grade.student, say(sentence, language, student=_named(grade.student), points=points, of=of)
    )


def _both(old: StoredGrade, new: StoredGrade, language: Language) -> str:
    return say(
        "changed-grade",
        language,
        student=_named(new.student),
        old=shown_points(old.points),
        old_of=shown_points(old.max_points),
        new=shown_points(new.points),
        new_of=shown_points(new.max_points),
    )


def _named(student: Student) -> str:
    return sanitize_line(f"{student.id} {student.name}".strip(), 120)


def _handed_in(old: StoredGrade, new: StoredGrade, language: Language) -> list[str]:
    if old.source and new.source:
        return [say("changed-file", language)] * (old.digest != new.digest)
    if old.source or new.source:
        gone: Name = "changed-refused" if new.refused else "changed-withdrawn"
        return [say("changed-handed-in" if new.source else gone, language)]
    return []


def _late(old: StoredGrade, new: StoredGrade, language: Language) -> list[str]:
    """Return what coming late takes off, where that is something else, and why."""
    before, after = ((grade.late or Lateness()).points for grade in (old, new))
    if before == after:
        return []
    change = say("changed-late", language, old=shown_points(before), new=shown_points(after))
    return [f"{change} ({taken_off(new.late, language)})" if new.late else change]


_Pair: TypeAlias = tuple[ScoredQuestion | None, ScoredQuestion | None]


def _pairs(old: StoredGrade, new: StoredGrade) -> list[_Pair]:
    """Return each question before and after, in the new order; those that are gone come last."""
    before = {question.result.question: question for question in old.questions}
    pairs: list[_Pair] = [
        (before.pop(question.result.question, None), question) for question in new.questions
    ]
    return [*pairs, *((question, None) for question in before.values())]


def _question(
    pair: _Pair, student: str, overrides: tuple[_Overrides, _Overrides], language: Language
) -> list[str]:
    old, new = pair
    present = new or old
    assert present is not None
    question = sanitize_line(present.result.question)
    if old is None or new is None:
        alone: Name = "changed-question-added" if old is None else "changed-question-removed"
        points, of = shown_points(present.points), shown_points(present.max_points)
        return [say(alone, language, question=question, points=points, of=of)]
    key = student, present.result.question
    why = [
        *_settled(old, new, language),
        *([] if new.void else _overridden(overrides[0].get(key), overrides[1].get(key), language)),
        *_judged(old, new, language),
    ]
    is_same = old.points == new.points
    if is_same and (not why or old.void != new.void):
        return []
    before, after = shown_points(old.points), shown_points(new.points)
    if before == after:
        head = say("changed-nothing", language, question=question, points=after)
    else:
        head = say("changed-points", language, question=question, old=before, new=after)
    return [f"{head} ({'; '.join(why)})" if why else head]


def _settled(old: ScoredQuestion, new: ScoredQuestion, language: Language) -> list[str]:
    """Return what the assignment settles: what is void, and what it is worth."""
    if old.void != new.void:
        return [say("changed-voided" if new.void else "changed-unvoided", language)]
    if old.max_points != new.max_points:
        return [
            say("changed-worth", language, old=shown_points(old.max_points), new=shown_points(new.max_points))
        ]
    return []


def _overridden(before: Override | None, after: Override | None, language: Language) -> list[str]:
    if before == after:
        return []
    present = after or before
    assert present is not None
    alone: Name = "changed-override-added" if after else "changed-override-removed"
    name = "changed-override" if before and after else alone
    return [say(name, language, reason=sanitize_line(present.reason))]


def _judged(old: ScoredQuestion, new: ScoredQuestion, language: Language) -> list[str]:
    """Return what is judged otherwise; another answer alone changes no grade, and is named only with one."""
    sentences = []
    is_other = old.result.outcome != new.result.outcome
    if is_other:
        outcomes = [fill(OUTCOMES[question.result.outcome], language) for question in (old, new)]
        sentences.append(say("changed-outcome", language, old=outcomes[0], new=outcomes[1]))
    if is_other or old.points != new.points:
        sentences += [say("changed-answer", language)] * (old.result.answer != new.result.answer)
        sentences += [say("changed-seed", language)] * (old.result.seed != new.result.seed)
    return sentences
