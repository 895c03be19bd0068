"""What a learner has done and has to do: home, the first run, mastery, statistics."""

from __future__ import annotations

from typing import Literal, TypeAlias

from tensordrill.text import Sentence

Name: TypeAlias = Literal[
    "home-due", "home-minutes", "home-run", "home-questions", "home-ideas", "home-nothing-due", "home-new",
    "home-review", "home-practice", "home-quiz", "home-topics", "home-leave", "home-first",
    "first-language", "first-level", "first-key", "first-begins", "head-mastery", "head-level", "mastery-due", "mastery-new", "mastery-means",
]  # fmt: skip

WORDS: dict[Name, Sentence] = {
    # home
    "home-due": ("{count} due", "복습할 것 {count}개"),
    "home-minutes": ("about {count:minute}", "약 {count}분"),
    "home-run": ("{count:day} in a row", "{count}일 연속"),
    "home-questions": ("{count:question}", "{count}문제"),
    "home-ideas": ("{count} wrong {count:idea|ideas} that you still hold", "아직 남아 있는 오해 {count}개"),
    "home-nothing-due": ("Nothing is due.", "지금 복습할 것은 없습니다."),
    "home-new": (
        "{count} {count:question is|questions are} new to you.",
        "아직 풀지 않은 문제가 {count}개 있습니다.",
    ),
    "home-review": ("what is due, the most forgotten first", "복습할 것을 많이 잊은 것부터"),
    "home-practice": (
        "new questions among known ones, until you stop",
        "새 문제와 풀어 본 문제를 섞어 그만둘 때까지",
    ),
    "home-quiz": ("ten questions over all topics", "전체 주제에서 열 문제"),
    "home-topics": ("what there is to learn, and what you know of it", "배울 수 있는 주제와 익힌 정도"),
    "home-first": ("five questions to begin with", "처음 다섯 문제"),
    "home-leave": ("leave", "나가기"),
    # the first run
    "first-language": ("Which language?", "어떤 언어로 할까요?"),
    "first-level": ("Where do you stand?", "PyTorch를 얼마나 아세요?"),
    "first-key": ("Press a number; q leaves.", "번호를 누르세요. q를 누르면 나갑니다."),
    "first-begins": (
        "Five questions to begin with follow. At the answer line, ? gives a hint and :q stops.",
        "다섯 문제로 시작합니다. 답을 적는 줄에서 ?는 힌트, :q는 끝내기입니다.",
    ),
    # topics
    "head-mastery": ("mastery", "익힌 정도"),
    "head-level": ("level", "난이도"),
    "mastery-due": ("{count} due", "복습 {count}"),
    "mastery-new": ("{count} new", "새 문제 {count}"),
    "mastery-means": (
        "Mastery is the share of a topic's questions that you would get right today.",
        "익힌 정도는 주제의 전체 문제 중 오늘 맞힐 수 있는 비율입니다.",
    ),
}

LEVELS: dict[str, Sentence] = {
    "1": ("new to PyTorch", "PyTorch가 처음입니다"),
    "2": ("I know the basics", "기초는 압니다"),
    "3": ("I know it well", "잘 압니다"),
}
"""Where a newcomer stands, by the level at which topics begin for them."""
