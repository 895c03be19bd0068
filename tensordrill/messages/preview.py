"""An assignment before it is handed out."""

from __future__ import annotations

from typing import Literal, TypeAlias

from tensordrill.messages import Sentence

Name: TypeAlias = Literal[
    "preview-title", "preview-kind", "preview-skip", "preview-summary", "preview-minutes",
    "preview-rule-of-thumb", "preview-same-never", "preview-same-share",
    "preview-same-always", "preview-shared", "preview-imaginary", "preview-roster", "preview-hidden",
    "preview-sheet", "preview-key", "preview-mistakes", "preview-mistakes-how", "preview-ideas",
    "preview-no-ideas", "preview-in-question", "preview-in-questions", "preview-can-be-held", "preview-problem", "preview-key-fails",
    "preview-ready", "preview-not-ready",
]  # fmt: skip

WORDS: dict[Name, Sentence] = {
    "preview-title": ("{title}: before handing out", "{title}: 나눠 주기 전 점검"),
    "preview-kind": ("Before handing out", "나눠 주기 전 점검"),
    "preview-skip": ("Skip to the questions", "본문으로 건너뛰기"),
    "preview-summary": (
        "{count:question}, {points:point}, about {minutes:minute}",
        "{count}문제, {points}점, 약 {minutes}분",
    ),
    "preview-minutes": ("about {minutes:minute}", "약 {minutes}분"),
    "preview-rule-of-thumb": (
        "The minutes are a rule of thumb by kind and level, not a measurement.",
        "시간은 문제 종류와 난이도로 어림한 값이며, 측정한 값이 아닙니다.",
    ),
    "preview-same-never": (
        "numbers: all {students:student} have different ones",
        "숫자: 학생 {students}명이 모두 다름",
    ),
    "preview-same-share": (
        "numbers: {different} different sets among {students:student}; {share}% of all pairs have the same",
        "숫자: 학생 {students}명에 {different}가지. 숫자가 같은 두 학생은 전체 쌍의 {share}%",
    ),
    "preview-same-always": (
        "numbers: all {students:student} have the same, so an answer can be copied",
        "숫자: 학생 {students}명이 모두 같아 답을 베낄 수 있음",
    ),
    "preview-shared": (
        "Everybody has the same numbers, as `variants: shared` says.",
        "`variants: shared`이므로 모두 같은 숫자로 풉니다.",
    ),
    "preview-imaginary": (
        "Numbers are compared for {students} imaginary students; with a roster, for the class.",
        "가상의 학생 {students}명의 숫자를 비교했습니다. 명단이 있으면 학급의 숫자를 비교합니다.",
    ),
    "preview-roster": (
        "Numbers are compared for the {students:student} of the roster.",
        "명단에 있는 학생 {students}명의 숫자를 비교했습니다.",
    ),
    "preview-hidden": ("hidden: not in the students' bank", "숨김: 학생용 문제 파일에 없음"),
    "preview-sheet": ("What an imaginary student gets", "가상의 학생이 받는 문제"),
    "preview-key": ("right", "정답"),
    "preview-mistakes": ("Mistakes that are recognised", "알아보는 오답"),
    "preview-mistakes-how": (
        "What a student writes who has the idea, and what that student reads and sees.",
        "그 오해가 있는 학생이 적는 답과, 그 학생이 읽고 보게 될 피드백입니다.",
    ),
    "preview-ideas": ("Wrong ideas that the questions can show", "이 과제로 알아볼 수 있는 오해"),
    "preview-no-ideas": (
        "No question can show a wrong idea.",
        "오해를 알아볼 수 있는 문제가 없습니다.",
    ),
    "preview-in-question": ("question {number}", "{number}번"),
    "preview-in-questions": ("questions {numbers}", "{numbers}번"),
    "preview-can-be-held": (
        "An idea of one question only can be given, but not held: two questions are needed for that.",
        "한 문제에서만 볼 수 있는 오해는 나타날 수는 있어도 확인되지는 않습니다. 확인에는 두 문제가 필요합니다.",
    ),
    "preview-problem": ("cannot be graded: {problem}", "채점할 수 없습니다. {problem}"),
    "preview-key-fails": (
        "cannot be graded: its own key `{key}` is not judged right; run `tensordrill bank check`",
        "채점할 수 없습니다. 문제의 정답 `{key}`이(가) 정답으로 판정되지 않습니다. `tensordrill bank check`를 실행해 보세요.",
    ),
    "preview-ready": ("Every question can be graded.", "모든 문제를 채점할 수 있습니다."),
    "preview-not-ready": (
        "{count:question} cannot be graded: repair {count:it|them} before you hand out.",
        "채점할 수 없는 문제가 {count}개입니다. 나눠 주기 전에 고치세요.",
    ),
}
