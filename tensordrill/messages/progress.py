"""Words of a learner's progress: home, the first run, mastery, statistics."""

from __future__ import annotations

from typing import Literal, TypeAlias

from tensordrill.messages import Sentence

Name: TypeAlias = Literal[
    "home-due", "home-minutes", "home-run", "home-ideas", "home-nothing-due", "home-new",
    "home-review", "home-practice", "home-quiz", "home-topics", "home-stats", "home-leave", "home-first",
    "first-language", "first-level", "first-key", "first-begins", "head-mastery", "head-level", "mastery-due", "mastery-new", "mastery-means",
    "date", "date-of-year", "date-short", "today", "stats-answers", "stats-hours", "stats-minutes",
    "stats-right", "stats-remembered", "stats-remembered-means", "stats-until", "stats-count", "stats-time", "stats-days", "stats-answers-on", "stats-topics", "head-remembered",
    "stats-not-begun", "stats-ideas", "stats-held", "stats-overcome", "stats-no-ideas", "stats-more",
    "stats-week", "stats-nothing-due", "stats-nothing", "stats-nothing-of", "stats-title", "changes-overcome", "changes-done", "changes-perfect",
]  # fmt: skip

WORDS: dict[Name, Sentence] = {
    # home
    "home-due": ("{count} due", "복습할 것 {count}개"),
    "home-minutes": ("about {count:minute}", "약 {count}분"),
    "home-run": ("{count:day} in a row", "{count}일 연속"),
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
    "home-stats": ("days, topics, ideas, and the week ahead", "푼 날, 주제, 오해, 이번 주 복습"),
    "home-first": ("five questions to begin with", "처음 다섯 문제"),
    "home-leave": ("leave", "나가기"),
    # the first run
    "first-language": ("Which language?", "어떤 언어로 할까요?"),
    "first-level": ("Where do you stand?", "PyTorch를 얼마나 아세요?"),
    "first-key": ("Press a number; q leaves.", "번호를 누르세요. q를 누르면 나갑니다."),
    "first-begins": (
        "Five questions to begin with follow. At the answer line, ? gives a hint and :q stops.",
        "다섯 문제로 시작합니다. 답을 적는 줄에서 ?는 힌트, :q는 종료입니다.",
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
    # statistics
    "date": ("{month} {day}", "{month} {day}일"),
    "date-of-year": ("{month} {day}, {year}", "{year}년 {month} {day}일"),
    "date-short": ("{month} {day}", "{month} {day}"),
    "today": ("today", "오늘"),
    "stats-title": ("Your tensordrill", "나의 tensordrill"),
    "stats-answers": ("{count:answer} on {days:day}", "{days}일 동안 {count}문제"),
    "stats-hours": ("{hours} h {minutes} min", "{hours}시간 {minutes}분"),
    "stats-minutes": ("{minutes} min", "{minutes}분"),
    "stats-right": ("{percent}% right", "정답률 {percent}%"),
    "stats-remembered": (
        "{percent}% remembered after a day or more ({recalled} of {recalls})",
        "하루 이상 지나 다시 푼 {recalls}문제 중 {recalled}문제를 기억({percent}%)",
    ),
    "stats-remembered-means": (
        "{recalled} of {recalls} after a day or more",
        "하루 이상 지난 {recalls}문제 중 {recalled}문제",
    ),
    "stats-until": ("Up to {date}", "{date}까지"),
    "stats-count": ("Answers", "푼 문제"),
    "stats-time": ("Time", "걸린 시간"),
    "stats-days": ("Days", "푼 날"),
    "stats-answers-on": ("{date}: {count:answer}", "{date}: {count}문제"),
    "stats-topics": ("Topics", "주제"),
    "head-remembered": ("remembered", "기억"),
    "stats-not-begun": ("{count:topic} not begun", "아직 시작하지 않은 주제 {count}개"),
    "stats-ideas": ("Wrong ideas", "오해"),
    "stats-held": ("held since {date}", "{date}부터"),
    "stats-overcome": ("overcome {date}", "{date} 극복"),
    "stats-no-ideas": ("None was found in two questions.", "두 문제 이상에서 드러난 오해는 없습니다."),
    "stats-more": ("and {count} more", "그 밖에 {count}개"),
    "stats-week": ("Due this week", "이번 주 복습"),
    "stats-nothing-due": ("Nothing is due this week.", "이번 주에는 복습할 것이 없습니다."),
    "stats-nothing": (
        "Nothing is recorded yet; `tensordrill` begins with five questions.",
        "아직 푼 문제가 없습니다. `tensordrill`을 실행하면 다섯 문제로 시작합니다.",
    ),
    "stats-nothing-of": (
        "No question on this topic was answered yet; `{command}` begins.",
        "이 주제에서 아직 푼 문제가 없습니다. `{command}` 명령으로 시작합니다.",
    ),
    # the end of a round
    "changes-overcome": ("You have overcome an idea: {title}", "오해 하나를 극복했습니다: {title}"),
    "changes-done": (
        "{topic} is done: you were right in each of its questions the last time.",
        "{topic} 주제를 마쳤습니다. 모든 문제의 마지막 답이 맞았습니다.",
    ),
    "changes-perfect": ("A perfect round. Well done!", "모두 맞혔습니다. 잘하셨습니다!"),
}

WEEKDAYS: dict[str, Sentence] = {
    "0": ("Mon", "월"),
    "1": ("Tue", "화"),
    "2": ("Wed", "수"),
    "3": ("Thu", "목"),
    "4": ("Fri", "금"),
    "5": ("Sat", "토"),
    "6": ("Sun", "일"),
}
"""The days of a week as `date.weekday` counts them."""
MONTHS: dict[str, Sentence] = {
    "1": ("Jan", "1월"),
    "2": ("Feb", "2월"),
    "3": ("Mar", "3월"),
    "4": ("Apr", "4월"),
    "5": ("May", "5월"),
    "6": ("Jun", "6월"),
    "7": ("Jul", "7월"),
    "8": ("Aug", "8월"),
    "9": ("Sep", "9월"),
    "10": ("Oct", "10월"),
    "11": ("Nov", "11월"),
    "12": ("Dec", "12월"),
}
LEVELS: dict[str, Sentence] = {
    "1": ("new to PyTorch", "PyTorch가 처음입니다"),
    "2": ("I know the basics", "기초는 압니다"),
    "3": ("I know it well", "잘 압니다"),
}
"""The standing of a newcomer, by the level at which topics begin for them."""
