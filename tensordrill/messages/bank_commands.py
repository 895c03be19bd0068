"""`tensordrill bank`: the help of its commands, and what they print."""

from __future__ import annotations

from typing import Literal, TypeAlias

from tensordrill.messages import Sentence

Name: TypeAlias = Literal[
    "bank-summary", "bank-help", "bank-examples", "bank-list-summary", "bank-list-help", "bank-list-examples",
    "bank-open", "banks-next", "bank-broken", "bank-size", "source-shipped", "source-folder", "source-zip",
    "source-package", "bank-pack-summary", "bank-pack-help", "bank-pack-examples", "bank-pack-folder",
    "bank-pack-out", "bank-packed", "bank-contents-summary", "bank-contents-help", "bank-contents-examples",
    "bank-index-summary", "bank-index-help", "bank-index-examples", "index-title", "index-about",
    "index-questions", "index-sources", "index-single", "bank-new-summary", "bank-check-summary",
    "bank-schema-summary", "bank-check-help", "bank-check-examples", "bank-seeds", "bank-strict",
    "bank-watch", "bank-watching", "bank-watch-alone", "bank-record", "bank-against", "key-changed",
    "keys-changed", "keys-recorded", "starter-wrote", "starter-look", "starter-check", "bank-schema-help",
    "bank-schema-examples", "bank-ideas", "bank-new-help", "bank-new-examples", "bank-topic", "bank-here",
]  # fmt: skip

WORDS: dict[Name, Sentence] = {
    "bank-summary": ("Write questions and check them", "문제를 쓰고 검사하기"),
    "bank-help": ("Tools for those who write banks.", "문제를 만드는 사람을 위한 명령입니다."),
    "bank-examples": (
        "tensordrill bank new my-topic --bank mybank  # a commented file to begin with\n"
        "tensordrill bank check mybank --strict  # run every question over its draws",
        "tensordrill bank new my-topic --bank mybank  # 설명이 달린 파일로 시작하기\n"
        "tensordrill bank check mybank --strict  # 모든 문제를 여러 숫자로 실행해 보기",
    ),
    "bank-list-summary": ("The banks there are, and where they lie", "문제 은행의 목록과 위치"),
    "bank-list-help": (
        "The open banks, the shipped one, and those of installed packages.",
        "열린 문제 은행, 기본 문제 은행, 그리고 설치된 패키지의 문제 은행을 봅니다.",
    ),
    "bank-list-examples": (
        "tensordrill bank list --bank shipped --bank mybank  # both open, side by side",
        "tensordrill bank list --bank shipped --bank mybank  # 둘 다 나란히 열기",
    ),
    "bank-open": ("open", "열림"),
    "banks-next": (
        "`--bank` opens a bank by its name or path, and may be given several times.",
        "`--bank`에 이름이나 경로를 주면 문제 은행이 열립니다. 여러 번 쓸 수 있습니다.",
    ),
    "bank-broken": (
        "cannot be loaded: `tensordrill bank check {bank}`",
        "읽을 수 없음: `tensordrill bank check {bank}`",
    ),
    "bank-size": ("{topics:topic}, {questions:question}", "주제 {topics}개, 문제 {questions}개"),
    "source-shipped": ("shipped", "기본"),
    "source-folder": ("folder", "폴더"),
    "source-zip": ("zip archive", "zip 파일"),
    "source-package": ("installed package", "설치된 패키지"),
    "bank-pack-summary": ("A bank in one file, to hand on", "문제 은행을 파일 하나로 묶기"),
    "bank-pack-help": (
        "Write a bank's topics and ideas to one zip archive, which `--bank` takes as it takes a folder.",
        "문제 은행의 주제와 오해 목록을 zip 파일 하나로 묶습니다. `--bank`에 폴더 대신 쓸 수 있습니다.",
    ),
    "bank-pack-examples": (
        "tensordrill bank pack mybank  # writes mybank.zip\ntensordrill bank pack mybank --out course-2.zip  # under another name",
        "tensordrill bank pack mybank  # mybank.zip 만들기\ntensordrill bank pack mybank --out course-2.zip  # 다른 이름으로 만들기",
    ),
    "bank-pack-folder": ("The bank's folder.", "문제 은행 폴더."),
    "bank-pack-out": ("The archive.  [default: DIR.zip, here]", "만들 파일.  [기본값: 현재 폴더의 DIR.zip]"),
    "bank-packed": ("{path}: a bank of {topics:topic}", "{path}: 주제 {topics}개를 묶었습니다"),
    "bank-contents-summary": ("The topics in short, for a quick list", "주제를 빨리 보여 주기 위한 요약"),
    "bank-contents-help": (
        "`contents.json`: the topics' titles and the ids of their questions. A large bank that has it is listed at once.",
        "`contents.json`을 출력합니다. 주제의 제목과 문제 id가 들어 있어, 큰 문제 은행도 목록이 바로 나옵니다.",
    ),
    "bank-contents-examples": (
        "tensordrill bank contents --bank mybank > mybank/contents.json  # after each change",
        "tensordrill bank contents --bank mybank > mybank/contents.json  # 바꿀 때마다",
    ),
    "bank-index-summary": ("The wrong ideas of a bank, as a page", "문제 은행이 다루는 오해를 한 페이지로"),
    "bank-index-help": (
        "A page in Markdown: each wrong idea, the rule that replaces it, its questions and its sources.",
        "Markdown 페이지를 출력합니다. 오해마다 올바른 규칙, 다루는 문제, 출처를 적습니다.",
    ),
    "bank-index-examples": (
        "tensordrill bank index > misconceptions.md  # of the shipped bank",
        "tensordrill bank index > misconceptions.md  # 기본 문제 은행의 오해",
    ),
    "index-title": ("Wrong ideas about tensors", "텐서에 관한 오해"),
    "index-about": (
        "What people believe, and the rule that holds. Each heading is a wrong idea; below it stand the rule, the "
        "questions in which the idea gives a wrong answer, and where the fact comes from. `tensordrill show ID --answer` "
        "shows a question with what torch gives. `tensordrill bank index` writes this page.",
        "흔히 하는 오해와 실제 규칙입니다. 제목이 오해이고, 그 아래에 올바른 규칙, 그 오해가 틀린 답으로 이어지는 문제, "
        "출처가 있습니다. `tensordrill show ID --answer --lang ko`로 문제와 torch의 결과를 볼 수 있습니다. 이 페이지는 "
        "`tensordrill bank index --lang ko`로 만듭니다.",
    ),
    "index-questions": ("Questions", "문제"),
    "index-sources": ("Sources", "출처"),
    "index-single": ("Met in one question", "한 문제에서 다루는 오해"),
    "bank-new-summary": ("Write a commented topic file", "설명이 달린 주제 파일 쓰기"),
    "bank-check-summary": ("Run every question over its draws", "모든 문제를 여러 숫자로 실행해 보기"),
    "bank-schema-summary": ("The JSON Schema of topic files", "주제 파일의 JSON Schema"),
    "bank-check-help": (
        "Run every question over its draws: keys are well defined, misconceptions wrong and told apart.",
        "모든 문제를 여러 숫자로 실행해 봅니다. 정답이 하나로 정해지는지, 오해의 답이 모두 틀리고 서로 구별되는지 검사합니다.",
    ),
    "bank-check-examples": (
        "tensordrill bank check mybank -t my-topic  # one topic\n"
        "tensordrill bank check mybank --strict --seeds 200  # before you publish",
        "tensordrill bank check mybank -t my-topic  # 한 주제\n"
        "tensordrill bank check mybank --strict --seeds 200  # 공개하기 전에",
    ),
    "bank-seeds": (
        "How many seeds, where the draws are too many to enumerate.",
        "뽑을 수 있는 숫자가 너무 많을 때 써 볼 시드의 수.",
    ),
    "bank-strict": ("Advice counts as a fault.", "조언도 결함으로 칩니다."),
    "bank-watch": (
        "Check again what was saved, until ^C.",
        "저장할 때마다 바뀐 주제를 다시 검사합니다(^C로 끝내기).",
    ),
    "bank-watching": (
        "checked {time}, waiting for the next save (^C ends)",
        "{time}에 검사했습니다. 저장하면 다시 검사합니다(^C로 끝내기)",
    ),
    "bank-watch-alone": (
        "--watch goes without --record, --against and --json",
        "--watch는 --record, --against, --json과 함께 쓸 수 없습니다",
    ),
    "bank-record": (
        "Write each question's keys to FILE, with the version of torch that gave them.",
        "문제의 정답을 torch 버전과 함께 FILE에 기록합니다.",
    ),
    "bank-against": (
        "List the keys that are others than those recorded in FILE.",
        "FILE에 기록된 것과 달라진 정답을 보여 줍니다.",
    ),
    "key-changed": (
        "{address}: the key was `{before}` and is `{now}`",
        "{address}: 정답이 `{before}`에서 `{now}`(으)로 바뀌었습니다",
    ),
    "keys-changed": (
        "{count} keys have changed from torch {before} to torch {now}",
        "torch {before}에서 torch {now}(으)로 오면서 정답 {count}개가 바뀌었습니다",
    ),
    "keys-recorded": (
        "{path}: {count} keys under torch {torch}",
        "{path}: torch {torch}의 정답 {count}개를 기록했습니다",
    ),
    "starter-wrote": ("wrote {path}", "{path} 파일을 썼습니다"),
    "starter-look": (
        "look at it:  tensordrill show {topic}/rows-of-a-sum --bank {folder} --watch",
        "보기:    tensordrill show {topic}/rows-of-a-sum --bank {folder} --watch",
    ),
    "starter-check": (
        "check it:    tensordrill bank check {folder}",
        "검사하기: tensordrill bank check {folder}",
    ),
    "bank-schema-help": (
        "Print the JSON Schema of a topic file, for editors.",
        "편집기가 쓸 주제 파일의 JSON Schema를 출력합니다.",
    ),
    "bank-schema-examples": (
        "tensordrill bank schema > mybank/schema.json  # completion and checks in your editor",
        "tensordrill bank schema > mybank/schema.json  # 편집기의 자동 완성과 검사",
    ),
    "bank-ideas": ("The schema of ideas.yaml instead.", "ideas.yaml의 스키마를 출력합니다."),
    "bank-new-help": (
        "Write a commented topic file that passes the check.",
        "검사를 통과하는, 설명이 달린 주제 파일을 씁니다.",
    ),
    "bank-new-examples": (
        "tensordrill bank new my-topic --bank mybank  # write mybank/my-topic.yaml",
        "tensordrill bank new my-topic --bank mybank  # mybank/my-topic.yaml을 쓰기",
    ),
    "bank-topic": (
        "The topic's name: lower-case words joined by `-`.",
        "주제 이름. 소문자 낱말을 `-`로 이어 적습니다.",
    ),
    "bank-here": ("The bank's folder.  [default: here]", "문제 은행 폴더.  [기본값: 현재 폴더]"),
}
