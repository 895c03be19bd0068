"""Words of class work: the feedback, and what changed between two gradings."""

from __future__ import annotations

from typing import Literal, TypeAlias

from tensordrill.messages import Sentence

Name: TypeAlias = Literal[
    "feedback-override", "feedback-hidden-error", "feedback-on-hidden", "feedback-by-facet",
    "feedback-points", "feedback-points-short", "feedback-of", "feedback-absent", "feedback-refused",
    "feedback-your-answer", "feedback-key", "feedback-idea", "feedback-rule", "feedback-printed",
    "feedback-checked-later", "feedback-questions", "feedback-notes", "feedback-picture", "changed-grade",
    "changed-points", "changed-nothing", "changed-outcome", "changed-answer", "changed-file",
    "changed-handed-in", "changed-withdrawn", "changed-refused", "changed-seed", "changed-worth",
    "changed-override-added", "changed-override-removed", "changed-override", "changed-voided",
    "changed-unvoided", "changed-question-added", "changed-question-removed", "changed-new",
    "changed-gone", "changed-bank", "changed-version", "changed-assignment", "changed-late",
    "late-submitted", "late-unknown", "late-percent", "late-free", "late-by-person", "duration-days", "duration-hours",
    "duration-minutes",
]  # fmt: skip
Sign: TypeAlias = Literal["right", "partly", "wrong", "unreadable", "unanswered", "void"]
Outcome: TypeAlias = Literal["correct", "incorrect", "unreadable", "unanswered"]

WORDS: dict[Name, Sentence] = {
    # feedback on class work
    "feedback-override": (
        "These points were set by a person: {reason}",
        "채점자가 점수를 조정했습니다: {reason}",
    ),
    "feedback-hidden-error": (
        "Your code raises or does not end on a hidden input.",
        "비공개 입력에서 코드가 에러를 내거나 끝나지 않습니다.",
    ),
    "feedback-on-hidden": ("wrong on a hidden input", "비공개 입력에서 다름"),
    "feedback-by-facet": ("Points: {facets}", "항목별 점수: {facets}"),
    "feedback-points": ("{points} of {of:point}", "{of}점 만점에 {points}점"),
    "feedback-points-short": ("{points} of {of}", "{points} / {of}"),
    "feedback-of": ("Feedback: {assignment}", "{assignment} 채점 결과"),
    "feedback-absent": ("Nothing was handed in.", "제출한 파일이 없습니다."),
    "feedback-refused": ("Handed in, but not graded.", "제출했지만 채점하지 못했습니다."),
    "feedback-your-answer": ("Your answer", "제출한 답"),
    "feedback-key": ("The answer", "정답"),
    "feedback-idea": ("Perhaps you thought: {title}", "이렇게 생각했을 수 있습니다: {title}"),
    "feedback-rule": ("The rule: {rule}", "규칙: {rule}"),
    "feedback-printed": ("Your code printed", "코드가 출력한 내용"),
    "feedback-checked-later": (
        "Not in the hand-out's own check.",
        "배포한 파일의 자체 점검에는 없던 문제입니다.",
    ),
    "feedback-questions": ("Questions", "문제 목록"),
    "feedback-notes": ("Notes on what was handed in", "제출물에 관한 참고 사항"),
    "feedback-picture": ("What {expression} did", "{expression}가 한 일"),
    # late submissions
    "late-submitted": (
        "Handed in at {submitted}, {late} after the due date ({due}).",
        "{submitted}에 제출해 마감({due})보다 {late} 늦었습니다.",
    ),
    "late-unknown": (
        "The learning platform calls it late, without a time.",
        "학습 플랫폼에는 늦은 제출로 표시되어 있지만 제출 시각은 나와 있지 않습니다.",
    ),
    "late-percent": (
        "{percent}% of the points are taken off: {points}.",
        "점수의 {percent}%인 {points}점을 뺐습니다.",
    ),
    "late-free": ("Nothing is taken off.", "점수를 빼지 않았습니다."),
    "late-by-person": (
        "{points:point} {points:is|are} taken off, as a person has set: {reason}",
        "채점자가 정한 감점은 {points}점입니다: {reason}",
    ),
    "duration-days": ("{count:day}", "{count}일"),
    "duration-hours": ("{count:hour}", "{count}시간"),
    "duration-minutes": ("{count:minute}", "{count}분"),
    # what changed between two gradings
    "changed-grade": (
        "{student}: {old} of {old_of} → {new} of {new_of}",
        "{student}: {old}/{old_of} → {new}/{new_of}",
    ),
    "changed-points": ("{question}: {old} → {new}", "{question}: {old}점 → {new}점"),
    "changed-nothing": ("{question}: {points}, as before", "{question}: {points}점 그대로"),
    "changed-outcome": ("{old} → {new}", "{old} → {new}"),
    "changed-answer": ("another answer", "답이 달라짐"),
    "changed-file": ("another file was handed in", "다른 파일을 제출함"),
    "changed-handed-in": ("handed in since", "새로 제출함"),
    "changed-withdrawn": ("nothing is handed in any more", "제출물이 없어짐"),
    "changed-refused": ("what is handed in now could not be graded", "지금 제출물은 채점하지 못함"),
    "changed-seed": ("other numbers were drawn", "문제의 숫자가 달라짐"),
    "changed-worth": ("worth {new} instead of {old}", "배점 {old}점 → {new}점"),
    "changed-override-added": ("points set by a person: {reason}", "채점자가 점수를 조정함: {reason}"),
    "changed-override-removed": (
        "a person's points are taken back: {reason}",
        "점수 조정을 취소함: {reason}",
    ),
    "changed-override": ("a person's points were changed: {reason}", "점수 조정이 바뀜: {reason}"),
    "changed-voided": ("dropped for everybody", "전체 채점에서 제외됨"),
    "changed-unvoided": ("counts again", "다시 채점에 포함됨"),
    "changed-question-added": (
        "{question}: new, {points} of {of}",
        "{question}: 추가된 문제, {points}/{of}점",
    ),
    "changed-question-removed": (
        "{question}: no longer asked, was {points} of {of}",
        "{question}: 빠진 문제, 이전 {points}/{of}점",
    ),
    "changed-new": ("{student}: new, {points} of {of}", "{student}: 추가된 학생, {points}/{of}"),
    "changed-gone": (
        "{student}: no longer in the class, was {points} of {of}",
        "{student}: 명단에서 빠짐, 이전 {points}/{of}",
    ),
    "changed-bank": ("The questions in the bank have changed.", "문제 은행의 내용이 바뀌었습니다."),
    "changed-version": ("{name} {old} → {new}", "{name} {old} → {new}"),
    "changed-late": (
        "taken off for coming late: {old} → {new}",
        "늦은 제출 감점: {old}점 → {new}점",
    ),
    "changed-assignment": (
        "These are two assignments: {old} and {new}.",
        "서로 다른 과제입니다: {old}, {new}.",
    ),
}
SIGNS: dict[Sign, Sentence] = {
    "right": ("Right.", "맞습니다."),
    "partly": ("Partly right.", "일부만 맞습니다."),
    "wrong": ("Wrong.", "틀렸습니다."),
    "unreadable": (
        "This could not be read as an answer.",
        "답을 읽을 수 없어 채점하지 못했습니다.",
    ),
    "unanswered": ("Not answered.", "답하지 않았습니다."),
    "void": (
        "This question was dropped for everybody and does not count.",
        "전체 채점에서 제외한 문제라 점수에 들어가지 않습니다.",
    ),
}
"""An answer's outcome, as a sentence to its student."""
OUTCOMES: dict[Outcome, Sentence] = {
    "correct": ("right", "정답"),
    "incorrect": ("wrong", "오답"),
    "unreadable": ("unreadable", "읽을 수 없음"),
    "unanswered": ("not answered", "답 없음"),
}
"""An answer's outcome in a word."""
