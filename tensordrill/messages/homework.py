"""Class work on its way: the hand-out, its own check, and what is noted of a submission."""

from __future__ import annotations

from typing import Literal, TypeAlias

from tensordrill.messages import Sentence

Name: TypeAlias = Literal[
    "handout-example-class", "handout-fill-several", "handout-order", "handout-order-some",
    "due-at", "due-percent", "due-grace", "due-until",
    "handout-intro", "handout-run", "handout-run-notebook", "handout-point", "handout-points",
    "handout-by-facet", "handout-check", "handout-hidden", "handout-example", "handout-fill",
    "handout-fill-quoted", "handout-which", "handout-predict", "handout-predict-task",
    "checked-later", "checked-more",
    "checked-no-cell", "check-no-bank", "check-none-beside", "check-several-beside", "checked-watching",
    "slip", "note-no-header", "note-other-numbers", "note-not-graded", "note-not-graded-because", "not-graded-bug", "check-not-graded",
    "not-graded-log", "not-graded-no-log",
]  # fmt: skip
Write: TypeAlias = Literal["expression", "statements", "function", "class"]
Checked: TypeAlias = Literal["incorrect", "unreadable", "unanswered"]

WORDS: dict[Name, Sentence] = {
    # a due date, before anything is handed in
    "due-at": ("Due {due}.", "제출 마감은 {due}입니다."),
    "due-percent": (
        "Coming late takes off {percent}% of the points for each day that has begun.",
        "늦게 내면 마감부터 하루가 시작될 때마다 점수의 {percent}%를 뺍니다.",
    ),
    "due-grace": (
        "Up to {minutes:minute} late, nothing is taken off.",
        "{minutes}분까지는 늦어도 빼지 않습니다.",
    ),
    "due-until": (
        "What comes after {until} earns no points.",
        "{until} 뒤에 내면 0점입니다.",
    ),
    # a hand-out
    "handout-intro": (
        "Write each answer in its cell; `...` means not answered yet. Every cell stands for itself: an answer "
        "may use what its own cell gives, torch, nn, F, np and math.",
        "각 셀에 답을 적으세요. `...`은 아직 답하지 않았다는 뜻입니다. 셀은 서로 독립적이라서 답에는 그 셀이 준 값과 "
        "torch, nn, F, np, math만 쓸 수 있습니다.",
    ),
    "handout-run": (
        "Run this file, or `tensordrill check {file}`, to see how you are doing. With a syntax error anywhere in it, "
        "Python runs none of the file; the command checks the rest all the same.",
        "이 파일이나 `tensordrill check {file}` 명령을 실행하면 채점 결과가 나옵니다. 문법 오류가 하나라도 있으면 Python은 "
        "파일 전체를 실행하지 못하지만, 이 명령은 나머지를 그대로 채점합니다.",
    ),
    "handout-run-notebook": (
        "Run all cells to see how you are doing; the last one checks what was run.",
        "셀을 모두 실행하면 채점 결과가 나옵니다. 마지막 셀이 실행된 셀을 채점합니다.",
    ),
    "handout-point": ("{points} point", "{points}점"),
    "handout-points": ("{points:point}", "{points}점"),
    "handout-by-facet": ("points: {facets}", "배점: {facets}"),
    "handout-check": ("How am I doing?", "채점하기"),
    "handout-hidden": (
        "This one is checked only after you hand it in.",
        "이 문제는 제출한 뒤에만 채점됩니다.",
    ),
    "handout-example": ("It is called with values such as", "예를 들어 다음 값으로 호출합니다."),
    "handout-example-class": ("It is used with values such as", "예를 들어 다음 값으로 사용합니다."),
    "handout-fill": (
        "What goes in place of `____`?",
        "`____` 자리에 들어갈 코드는 무엇일까요?",
    ),
    "handout-fill-quoted": (
        "What goes in place of `____`? Write it in quotes.",
        "`____` 자리에 들어갈 코드는 무엇일까요? 따옴표 안에 적으세요.",
    ),
    "handout-fill-several": (
        "What goes in place of each `____`? List them in their order; what stands in quotes stays in quotes.",
        "각 `____` 자리에 들어갈 코드를 순서대로 목록에 적으세요. 따옴표가 있는 자리는 따옴표 안에 적으세요.",
    ),
    "handout-which": (
        'Write the numbers that you pick, as `[1, 3]`, or `"none"`.',
        '고른 번호를 `[1, 3]`처럼 적으세요. 없으면 `"none"`을 적으세요.',
    ),
    "handout-order": (
        "Write all the numbers in the right order, as `[3, 1, 2]`.",
        "모든 번호를 올바른 순서로 `[3, 1, 2]`처럼 적으세요.",
    ),
    "handout-order-some": (
        "Write the numbers in the right order, as `[3, 1, 2]`; some lines belong nowhere.",
        "번호를 올바른 순서로 `[3, 1, 2]`처럼 적으세요. 쓰지 않는 줄도 있습니다.",
    ),
    "handout-predict": (
        'What is `{ask}` after these lines? Write a value, or `"raises"`.',
        '이 코드를 실행한 뒤 `{ask}`의 값은 무엇일까요? 값을 적거나 `"raises"`를 적으세요.',
    ),
    "handout-predict-task": (
        'Write a value, or `"raises"`.',
        '값을 적거나 `"raises"`를 적으세요.',
    ),
    # a check
    "checked-later": ("checked after you hand it in", "제출한 뒤에 채점합니다"),
    "checked-more": (
        "and {points} more after you hand it in",
        "제출한 뒤에 채점하는 {points}점이 더 있습니다",
    ),
    "checked-no-cell": (
        "Its cell is missing: put back the line `# {question}@SEED` above the answer.",
        "셀을 찾을 수 없습니다. 답 위에 `# {question}@SEED` 줄을 되살려 주세요.",
    ),
    "check-no-bank": (
        "{path}: the questions' file is missing; put it beside the hand-out, or name it with `--bank`",
        "{path}: 문제 파일이 없습니다. 과제 파일과 같은 폴더에 두거나 `--bank`로 지정하세요.",
    ),
    "check-none-beside": (
        "{file}: there is no questions' file (`*{suffix}`) beside it; name it with `--bank`",
        "{file}: 같은 폴더에 문제 파일(`*{suffix}`)이 없습니다. `--bank`로 지정하세요.",
    ),
    "check-several-beside": (
        "{file}: there are several questions' files (`*{suffix}`) beside it; name it with `--bank`",
        "{file}: 같은 폴더에 문제 파일(`*{suffix}`)이 여러 개 있습니다. `--bank`로 하나를 지정하세요.",
    ),
    "checked-watching": (
        "Checked at {time}; waiting for the next save (^C ends)",
        "{time} 채점 완료. 저장하면 다시 채점합니다(^C로 끝내기)",
    ),
    # a submission
    "slip": (
        "The code did not run, which looks like a slip: {detail}",
        "코드가 실행되지 않았습니다. 오타로 보입니다: {detail}",
    ),
    "note-no-header": (
        "The file has no header; its name tells whose it is.",
        "파일에 머리글이 없어 파일 이름으로 학생을 찾았습니다.",
    ),
    "note-other-numbers": (
        "Another student's numbers are in {count} of {of} cells.",
        "셀 {of}개 중 {count}개에 다른 학생의 숫자가 들어 있습니다.",
    ),
    "note-not-graded-because": (
        "{source} was handed in but could not be graded: {reason}.",
        "{source} 파일을 냈지만 채점하지 못했습니다: {reason}",
    ),
    "note-not-graded": (
        "{source} was handed in but could not be graded; ask your teacher.",
        "{source} 파일을 제출했지만 채점하지 못했습니다. 선생님께 문의하세요.",
    ),
    "check-not-graded": ("{file}: not graded: {problem}", "{file}: 채점하지 못했습니다. {problem}"),
    "not-graded-bug": (
        "the grader failed on it ({what}), which is a bug; grade it by hand, or run the same command again with a "
        "newer version",
        "채점 프로그램이 이 파일에서 오류를 냈습니다({what}). 직접 채점하거나 새 버전에서 같은 명령을 다시 실행하세요.",
    ),
    "not-graded-log": (
        "{count} of them failed by a bug; please report it with the log at {log}",
        "이 중 {count}개는 채점 프로그램의 오류입니다. 로그와 함께 알려 주세요: {log}",
    ),
    "not-graded-no-log": (
        "{count} of them failed by a bug, whose log could not be written",
        "이 중 {count}개는 채점 프로그램의 오류이고, 로그는 저장하지 못했습니다.",
    ),
}
ASKED_WORDS: dict[str, Sentence] = {
    "line": (
        'Which of these lines raises? Write its number, or `"none"`.',
        '몇 번째 줄에서 에러가 날까요? 줄 번호를 적으세요. 없으면 `"none"`을 적으세요.',
    ),
    "warns": (
        'Which warning does it give? Write its class in quotes, or `"no"`.',
        '어떤 경고가 나올까요? 경고 클래스를 따옴표 안에 적으세요. 없으면 `"no"`를 적으세요.',
    ),
    "output": (
        'What do these lines print? Write it between the quotes, or `"raises"`, or `"nothing"`.',
        '이 코드는 무엇을 출력할까요? 따옴표 안에 적으세요. 에러가 나면 `"raises"`, 없으면 `"nothing"`을 적으세요.',
    ),
}
"""The task where `ask` is a word."""
WRITE: dict[Write, Sentence] = {
    "expression": ("`answer` is one expression.", "`answer`에는 표현식 하나를 적으세요."),
    "statements": (
        "Write your lines below `# answer:`.",
        "`# answer:` 아래에 문장을 적으세요.",
    ),
    "function": ("Complete the function.", "함수를 완성하세요."),
    "class": ("Complete the class.", "클래스를 완성하세요."),
}
"""The place for code, by its form."""
CHECKED: dict[Checked, Sentence] = {
    "incorrect": ("not right yet", "틀렸습니다"),
    "unreadable": ("could not be read", "읽을 수 없습니다"),
    "unanswered": ("not answered", "아직 답하지 않았습니다"),
}
"""A check's sentence on a question that is not right, by its outcome."""
