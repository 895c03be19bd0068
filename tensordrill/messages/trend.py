"""A class over several assignments."""

from __future__ import annotations

from typing import Literal, TypeAlias

from tensordrill.messages import Sentence

Name: TypeAlias = Literal[
    "trend-title", "trend-kind", "trend-skip", "trend-summary", "trend-ideas", "trend-ideas-how",
    "trend-ideas-caption", "trend-no-ideas", "trend-count", "trend-not-asked", "trend-held",
    "trend-held-word", "trend-students", "trend-students-caption", "trend-nothing",
    "trend-means", "trend-means-gone", "trend-means-stays", "trend-means-new", "trend-means-open",
    "trend-means-held", "trend-means-questions", "trend-two", "trend-line",
]  # fmt: skip
Course: TypeAlias = Literal["gone", "stays", "new", "open"]

WORDS: dict[Name, Sentence] = {
    "trend-title": ("{names}: class over time", "{names}: 학급의 변화"),
    "trend-kind": ("Class over time", "학급의 변화"),
    "trend-skip": ("Skip to the ideas", "본문으로 건너뛰기"),
    "trend-summary": (
        "{students:student}, {ideas:idea}: gone {gone:time}, not gone {left:time}",
        "학생 {students}명, 오해 {ideas}가지: 사라짐 {gone}번, 남음 {left}번",
    ),
    "trend-ideas": ("Ideas", "오해"),
    "trend-ideas-how": (
        "Wrong ideas that somebody gave, those that most students may still have first, each with the rule to teach.",
        "한 번이라도 나타난 오해입니다. 아직 남아 있을 학생이 많은 것부터, 가르칠 규칙과 함께 보여 줍니다.",
    ),
    "trend-ideas-caption": (
        "How many of the graded students gave the idea, and what became of it",
        "채점한 학생 가운데 그 오해가 나타난 학생 수와 그 뒤의 변화",
    ),
    "trend-no-ideas": ("No answer matches a wrong idea.", "오해와 일치하는 답이 없습니다."),
    "trend-count": ("{given} of {graded}", "{graded}명 중 {given}명"),
    "trend-not-asked": ("not asked", "묻지 않음"),
    "trend-held": ("held by {count}", "{count}명에게서 확인됨"),
    "trend-held-word": ("held", "확인됨"),
    "trend-students": ("Students", "학생"),
    "trend-students-caption": (
        "Share of the points in each assignment, and what became of the ideas that the student gave",
        "과제별 득점률과 그 학생에게 나타난 오해의 변화",
    ),
    "trend-nothing": ("–", "–"),
    "trend-means": ("What the words mean", "용어 설명"),
    "trend-means-gone": (
        "gone: given before, never again, and right since on a question that can show it.",
        "사라짐: 전에 나타났지만 다시 나타나지 않았고, 그 뒤에 그 오해를 볼 수 있는 문제를 맞혔습니다.",
    ),
    "trend-means-stays": (
        "stays: given in two assignments or more, and not gone.",
        "남아 있음: 둘 이상의 과제에서 나타났고 사라지지 않았습니다.",
    ),
    "trend-means-new": (
        "new: given in the last assignment for the first time.",
        "새로 나타남: 마지막 과제에서 처음 나타났습니다.",
    ),
    "trend-means-open": (
        "open: given once; since then no answer says whether it is gone.",
        "알 수 없음: 한 과제에서 나타났고, 그 뒤로는 사라졌는지 보여 주는 답이 없습니다.",
    ),
    "trend-means-held": (
        "held: given in two questions or more of all assignments together, and not of yes-or-no answers alone.",
        "확인됨: 모든 과제를 통틀어 두 문제 이상에서 나타났습니다. 예/아니요로 답한 문제만으로는 확인하지 않습니다.",
    ),
    "trend-means-questions": (
        "A question can show an idea where the bank lists it; with some numbers it may not have shown. "
        "Students of whom nothing was graded are part of no count of that assignment.",
        "문제 은행에 그 오해가 있으면 볼 수 있는 문제로 봅니다. 숫자에 따라서는 드러나지 않을 수도 있습니다. "
        "채점한 제출물이 없는 학생은 그 과제의 집계에 들어가지 않습니다.",
    ),
    "trend-two": (
        "one assignment has no trend; name two or more `grades.json`, or their folders",
        "과제 하나로는 변화를 볼 수 없습니다. `grades.json`이나 그 폴더를 둘 이상 적으세요.",
    ),
    "trend-line": ("  {name}: {counts}", "  {name}: {counts}"),
}
COURSES: dict[Course, Sentence] = {
    "gone": ("gone", "사라짐"),
    "stays": ("stays", "남아 있음"),
    "new": ("new", "새로 나타남"),
    "open": ("open", "알 수 없음"),
}
"""The course of an idea over assignments."""
