"""Practice that is handed in."""

from __future__ import annotations

from typing import Literal, TypeAlias

from tensordrill.messages import Sentence

Name: TypeAlias = Literal[
    "handout-not-read", "handout-no-header", "handout-for-all", "history-not-signed", "participation-other-assignment",
    "participation-stranger", "participation-changed", "participation-no-export", "participation-shared",
    "participation-written", "participation-rejected", "participation-no-date", "participation-days-turned",
]  # fmt: skip

WORDS: dict[Name, Sentence] = {
    "handout-not-read": (
        "{path}: the hand-out cannot be read: {reason}",
        "{path}: 과제 파일을 읽을 수 없습니다: {reason}",
    ),
    "handout-no-header": (
        "{path}: there is no header in it; sign with the hand-out as your teacher gave it to you",
        "{path}: 머리글이 없습니다. 선생님이 준 과제 파일로 서명하세요.",
    ),
    "handout-for-all": (
        "{path}: this hand-out is the same for everybody and names nobody; sign with one of your own",
        "{path}: 모두에게 같은 과제 파일이라 학생을 알 수 없습니다. 내 이름으로 받은 과제 파일로 서명하세요.",
    ),
    "history-not-signed": (
        "it is not signed; `tensordrill history export FILE --signed HANDOUT` signs it",
        "서명이 없습니다. `tensordrill history export FILE --signed HANDOUT`로 서명합니다.",
    ),
    "participation-other-assignment": (
        "it is signed with a hand-out of `{other}`; name that assignment, or sign with one of `{name}`",
        "`{other}` 과제 파일로 서명했습니다. 그 과제를 지정하거나 `{name}` 과제 파일로 서명하세요.",
    ),
    "participation-stranger": (
        "it is signed for `{student}`, who is not in the roster",
        "`{student}` 학생의 서명인데 명단에 없습니다.",
    ),
    "participation-changed": (
        "it is signed for `{student}`, but was changed since, or its hand-out was; ask for a new export",
        "`{student}` 학생의 서명이지만 그 뒤에 내용이나 과제 파일이 바뀌었습니다. 다시 내보내 달라고 하세요.",
    ),
    "participation-no-export": ("handed in no practice", "제출한 연습 없음"),
    "participation-shared": (
        "{count:answer} to the second as of {students}",
        "{students} 학생과 시각까지 같은 답 {count}개",
    ),
    "participation-written": (
        "{path}: {count} of {total:student} handed in a practice, {rejected:file} not counted",
        "{path}: 학생 {total}명 중 {count}명이 연습을 제출했고, 세지 못한 파일은 {rejected}개입니다.",
    ),
    "participation-rejected": ("  not counted: {source}: {reason}", "  세지 못함: {source}: {reason}"),
    "participation-no-date": (
        "`{date}` is no date; write it as 2027-03-02",
        "`{date}`은(는) 날짜가 아닙니다. 2027-03-02처럼 적으세요.",
    ),
    "participation-days-turned": (
        "`--since` is later than `--until`; exchange them",
        "`--since`가 `--until`보다 늦습니다. 순서를 바꾸세요.",
    ),
}
