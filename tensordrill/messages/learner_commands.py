"""The learner's commands: their help with examples, and what they print."""

from __future__ import annotations

from typing import Literal, TypeAlias

from tensordrill.messages import Sentence

Name: TypeAlias = Literal[
    "quiz-summary", "practice-summary", "review-summary", "topics-summary", "stats-summary", "show-summary",
    "explain-summary", "check-summary", "doctor-summary", "quiz-help", "quiz-examples", "quiz-count",
    "quiz-exam", "practice-help", "review-help", "review-examples", "review-count", "practice-examples",
    "topics-help", "topics-examples", "topics-topic", "stats-help", "stats-examples", "stats-topic",
    "stats-html", "show-help", "show-examples", "show-address", "show-answer", "show-python", "show-watch",
    "show-watching", "show-one-way", "explain-help", "explain-examples", "explain-code", "explain-arguments",
    "explain-steps", "explain-seconds", "explain-html", "explain-no-arguments", "run-summary", "run-help",
    "run-examples", "run-file", "run-arguments", "run-module", "run-deep", "run-deep-ended", "run-trying", "run-deep-may-tell", "check-help", "check-examples", "check-file", "check-watch", "check-bank", "history-summary", "history-help",
    "history-examples", "history-export-summary", "history-export-help", "history-export-examples",
    "history-export-file", "history-signed", "history-overwrite", "history-exported", "history-import-summary",
    "history-import-help", "history-import-examples", "history-import-files", "history-imported",
    "history-reset-summary", "history-reset-help", "history-reset-examples", "history-reset-topic",
    "history-yes", "history-ask", "history-deleted", "history-none", "history-none-of-topic", "history-kept",
    "doctor-help", "doctor-examples",
]  # fmt: skip

WORDS: dict[Name, Sentence] = {
    "quiz-summary": ("A round of questions over all topics", "여러 주제에서 고른 문제 풀기"),
    "practice-summary": (
        "Questions until you stop; mistakes come back",
        "그만둘 때까지 풀기(틀린 문제는 다시 나옴)",
    ),
    "review-summary": ("What is due today, over all topics", "오늘 복습할 문제를 주제 구분 없이 풀기"),
    "topics-summary": ("The topics there are, and their questions", "주제와 그 문제의 목록"),
    "stats-summary": (
        "Days, topics, ideas, and the week ahead",
        "푼 날, 주제, 오해, 이번 주 복습",
    ),
    "show-summary": ("One question, with its key if you like", "문제 하나를 보고, 원하면 정답까지"),
    "explain-summary": (
        "What torch did to each tensor, and why a line fails",
        "torch가 텐서마다 한 일과 에러가 난 이유",
    ),
    "run-summary": (
        "Your own script as ever, and why a line fails",
        "내 스크립트를 그대로 실행하고 에러가 난 이유 보기",
    ),
    "check-summary": ("Check your homework before you hand it in", "과제를 내기 전에 채점해 보기"),
    "doctor-summary": ("What this machine has and lacks", "이 컴퓨터에 있는 것과 없는 것"),
    "quiz-help": (
        "A round of questions, balanced over topics. Each answer is judged by running torch.",
        "여러 주제에서 고루 고른 문제를 풉니다. 답은 torch를 실행해 채점합니다.",
    ),
    "quiz-examples": (
        "tensordrill quiz -n 5 -t view -t matmul  # five questions on two topics\n"
        "tensordrill quiz --exam --seed 7  # an exam that can be given again\n"
        "tensordrill quiz -t view/flatten-a-transpose@7  # one question with these very numbers",
        "tensordrill quiz -n 5 -t view -t matmul  # 두 주제에서 다섯 문제\n"
        "tensordrill quiz --exam --seed 7  # 똑같이 다시 낼 수 있는 시험\n"
        "tensordrill quiz -t view/flatten-a-transpose@7  # 바로 그 숫자로 한 문제",
    ),
    "quiz-count": ("How many questions.", "문제 수."),
    "quiz-exam": ("Keep the verdicts for the end.", "채점 결과를 끝에 한꺼번에 봅니다."),
    "practice-help": (
        "Questions until you stop: what is due, ideas that misled you before, and new questions, easy ones first. "
        "What goes wrong comes back with new numbers.",
        "그만둘 때까지 문제를 풉니다. 복습할 문제, 전에 헷갈렸던 내용, 새 문제를 섞어 쉬운 것부터 냅니다. "
        "틀린 문제는 새로운 숫자로 다시 나옵니다.",
    ),
    "review-help": (
        "The questions that you are about to forget, with new numbers, the most forgotten first. When a question "
        "comes back is FSRS's choice: sooner after a wrong answer, a hint or a guess, later each time it is right.",
        "잊어버릴 때가 된 문제를 새로운 숫자로 다시 풉니다. 가장 많이 잊었을 문제부터 나옵니다. 복습 시점은 "
        "FSRS가 정합니다. 틀리거나 힌트를 보거나 자신 없이 답하면 빨리, 맞힐수록 천천히 돌아옵니다.",
    ),
    "review-examples": (
        "tensordrill review  # everything that is due\n"
        "tensordrill review -t view -n 5  # at most five questions of one topic",
        "tensordrill review  # 오늘 복습할 문제 전부\n"
        "tensordrill review -t view -n 5  # 한 주제에서 최대 다섯 문제",
    ),
    "review-count": ("ask N questions at most", "최대 N문제만 풀기"),
    "practice-examples": (
        "tensordrill practice -t view  # one topic\n"
        "tensordrill practice --level 1 --choices  # easy ones, with answers to choose from",
        "tensordrill practice -t view  # 한 주제\n"
        "tensordrill practice --level 1 --choices  # 쉬운 문제를 객관식으로",
    ),
    "topics-help": (
        "The topics of the bank, or the questions of one.",
        "문제 은행의 주제 목록, 또는 한 주제의 문제 목록을 봅니다.",
    ),
    "topics-examples": (
        "tensordrill topics  # all topics\ntensordrill topics view  # the questions of one",
        "tensordrill topics  # 전체 주제\ntensordrill topics view  # 한 주제의 문제",
    ),
    "topics-topic": ("List the questions of this topic.", "이 주제의 문제를 봅니다."),
    "stats-help": (
        "What your answers come to: days, what you know of each topic, ideas held and overcome, and what is due.",
        "지금까지 푼 결과를 봅니다. 푼 날, 주제마다 익힌 정도, 남은 오해와 극복한 오해, 이번 주 복습이 나옵니다.",
    ),
    "stats-examples": (
        "tensordrill stats  # over all topics\n"
        "tensordrill stats -t view  # of one topic\n"
        "tensordrill stats --html stats.html  # as a page",
        "tensordrill stats  # 전체 주제\n"
        "tensordrill stats -t view  # 한 주제\n"
        "tensordrill stats --html stats.html  # HTML 파일로",
    ),
    "stats-topic": ("Only of this topic.", "이 주제만 봅니다."),
    "stats-html": ("Write a page instead.", "화면 대신 HTML 파일로 씁니다."),
    "show-help": (
        "One question with its numbers, as a learner sees it.",
        "문제 하나를 학습자가 보는 그대로 봅니다.",
    ),
    "show-examples": (
        "tensordrill show view/flatten-a-transpose@7 --answer  # with its key and what wrong ideas give\n"
        "tensordrill show view/flatten-a-transpose@7 --python  # a file that settles a dispute",
        "tensordrill show view/flatten-a-transpose@7 --answer  # 정답과, 오해하면 나오는 답까지\n"
        "tensordrill show view/flatten-a-transpose@7 --python  # 직접 실행해 확인할 파일",
    ),
    "show-address": (
        "A question's id; `@SEED` fixes its numbers, as each verdict shows them.",
        "문제의 id. `@SEED`를 붙이면 숫자가 정해집니다. 채점 결과마다 이 주소가 나옵니다.",
    ),
    "show-answer": (
        "Add the key and what misconceptions give.",
        "정답과, 오해하면 나오는 답을 함께 보여 줍니다.",
    ),
    "show-python": (
        "Print a file that settles it with plain Python and torch.",
        "Python과 torch만으로 확인할 수 있는 파일을 출력합니다.",
    ),
    "show-watch": (
        "Show it again each time its file is saved.",
        "문제 파일을 저장할 때마다 다시 보여 줍니다.",
    ),
    "show-watching": (
        "{path}: shown {time}, waiting for the next save (^C ends)",
        "{path}: {time}에 표시했습니다. 저장하면 다시 보여 줍니다(^C로 끝내기)",
    ),
    "show-one-way": (
        "`--watch`, `--python` and `--json` are three ways to show; choose one",
        "`--watch`, `--python`, `--json`은 함께 쓸 수 없습니다. 하나만 고르세요.",
    ),
    "explain-help": (
        "Every tensor of a program: its shape, its strides, where its memory is, and why a line fails.\n\n"
        "With nothing to explain, lines are read at a prompt, and what they made is kept.",
        "프로그램의 모든 텐서를 봅니다. shape, stride, 메모리 위치, 그리고 에러가 난 이유가 나옵니다.\n\n"
        "설명할 것을 주지 않으면 프롬프트에서 한 줄씩 읽고, 만든 변수를 기억합니다.",
    ),
    "explain-examples": (
        "tensordrill explain 'x = torch.arange(6).view(2, 3).t()'  # each tensor and its strides\n"
        "tensordrill explain train.py --epochs 1  # your script: the line that failed, and why\n"
        "tensordrill explain view/flatten-a-transpose@7  # the program of a question",
        "tensordrill explain 'x = torch.arange(6).view(2, 3).t()'  # 텐서와 stride 하나하나\n"
        "tensordrill explain train.py --epochs 1  # 내 스크립트에서 에러가 난 줄과 이유\n"
        "tensordrill explain view/flatten-a-transpose@7  # 문제 속 프로그램",
    ),
    "explain-code": (
        "Python text (torch, nn, F, np and math are there), a script of your own, a question's address, or `-` "
        "for standard input.",
        "Python 코드(torch, nn, F, np, math를 바로 쓸 수 있습니다), 내 스크립트, 문제의 주소, 또는 표준 입력을 뜻하는 `-`.",
    ),
    "explain-arguments": (
        "What the script is called with; words that have the name of an option here come after `--`.",
        "스크립트에 넘길 인자. 아래 옵션과 이름이 같은 인자는 `--` 뒤에 적으세요.",
    ),
    "explain-steps": (
        "Show every step of a script, not only what failed.",
        "스크립트의 모든 단계를 보여 줍니다.",
    ),
    "explain-seconds": (
        "How long the program may run.  [default: 10, a script 600]",
        "실행 시간 제한(초).  [기본값: 10, 스크립트는 600]",
    ),
    "explain-html": ("Write a page instead.", "화면 대신 HTML 파일로 씁니다."),
    "explain-no-arguments": (
        "only a script takes arguments; put CODE in quotes",
        "인자는 스크립트에만 줄 수 있습니다. CODE는 따옴표로 묶으세요.",
    ),
    "run-help": (
        "Run a program as Python does: in its own process, with its files, threads, workers and GPU. When a "
        "tensor operation raises, the traceback is followed by its operands, a picture and the reason. No code of "
        "the program runs twice, and without --deep nothing is traced.",
        "프로그램을 Python과 똑같이 실행합니다. 파일, 스레드, 워커 프로세스, GPU를 모두 쓸 수 있습니다. 텐서 연산에서 에러가 나면 "
        "traceback 아래에 피연산자, 그림, 이유를 보여 줍니다. 프로그램의 코드는 두 번 실행되지 않고, --deep이 없으면 추적하지도 않습니다.",
    ),
    "run-examples": (
        "tensordrill run train.py --epochs 1  # words after the file are the script's own\n"
        "tensordrill run -m package.train  # as python -m package.train\n"
        "tensordrill run --deep train.py  # with all steps that led to an error",
        "tensordrill run train.py --epochs 1  # 파일 뒤의 인자는 스크립트에 전달됩니다\n"
        "tensordrill run -m package.train  # python -m package.train처럼\n"
        "tensordrill run --deep train.py  # 에러에 이르는 모든 단계까지",
    ),
    "run-file": ("The script; with -m, the module.", "실행할 스크립트. -m이 있으면 모듈."),
    "run-module": ("Run a module, as `python -m` does.", "`python -m`처럼 모듈을 실행합니다."),
    "run-deep": (
        "Trace every step, as `explain` does: several times slower, with what led to an error, and with what is "
        "suspicious where none came.",
        "`explain`처럼 모든 단계를 추적합니다. 몇 배 느리지만 에러에 이른 과정을 보여 주고, 에러가 없으면 의심스러운 곳을 알려 줍니다.",
    ),
    "run-deep-ended": (
        "{path} ran to its end ({count:step}).",
        "{path} 파일이 끝까지 실행되었습니다(단계 {count}개).",
    ),
    "run-deep-may-tell": (
        "What happened before may tell why: `tensordrill run --deep` traces it.",
        "앞에서 일어난 일이 원인일 수 있습니다. `tensordrill run --deep`으로 실행하면 그 과정을 추적합니다.",
    ),
    "run-trying": (
        "    Trying a fix in a process of its own …",
        "    별도의 프로세스에서 고친 코드를 시험하고 있습니다…",
    ),
    "run-arguments": ("What the script is called with.", "스크립트에 넘길 인자."),
    "check-help": (
        "Grade a hand-out that you are working on. The exit code is 0 only when everything is right.",
        "풀고 있는 과제 파일을 채점합니다. 모두 맞았을 때만 종료 코드가 0입니다.",
    ),
    "check-examples": (
        "tensordrill check hw1-20260103.py  # once\n"
        "tensordrill check hw1-20260103.py --watch  # each time you save",
        "tensordrill check hw1-20260103.py  # 한 번\n"
        "tensordrill check hw1-20260103.py --watch  # 저장할 때마다",
    ),
    "check-file": ("Your `.py` or `.ipynb` file.", "내 `.py` 또는 `.ipynb` 파일."),
    "check-watch": ("Check again each time the file is saved.", "파일을 저장할 때마다 다시 채점합니다."),
    "check-bank": (
        "The questions' file.  [default: beside the hand-out]",
        "문제 파일.  [기본값: 과제 파일과 같은 폴더에 있는 것]",
    ),
    "history-summary": ("Move your answers, or start afresh", "답을 옮기거나 처음부터 다시 시작하기"),
    "history-help": (
        "Your answers: write them to a file, add those from another machine, or start afresh.",
        "지금까지의 답을 파일로 내보내고, 다른 컴퓨터의 답을 가져오고, 처음부터 다시 시작합니다.",
    ),
    "history-examples": (
        "tensordrill history export answers.jsonl  # on the old machine\n"
        "tensordrill history import answers.jsonl  # on the new one",
        "tensordrill history export answers.jsonl  # 쓰던 컴퓨터에서\n"
        "tensordrill history import answers.jsonl  # 새 컴퓨터에서",
    ),
    "history-export-summary": ("Write your answers to a file", "답을 파일로 내보내기"),
    "history-export-help": (
        "Write your answers as JSON, one a line. Answers that you took back are left out.",
        "지금까지의 답을 한 줄에 하나씩 JSON으로 씁니다. 되돌린 답은 빠집니다.",
    ),
    "history-export-examples": (
        "tensordrill history export answers.jsonl  # a file to take along\n"
        "tensordrill history export > answers.jsonl  # through the shell\n"
        "tensordrill history export me.jsonl --signed hw1-2023001.py  # to hand in",
        "tensordrill history export answers.jsonl  # 옮길 파일 만들기\n"
        "tensordrill history export > answers.jsonl  # 셸을 거쳐서\n"
        "tensordrill history export me.jsonl --signed hw1-2023001.py  # 제출할 파일 만들기",
    ),
    "history-export-file": ("The file.  [default: standard output]", "만들 파일.  [기본값: 표준 출력]"),
    "history-signed": (
        "Sign it with your own hand-out, to hand it in.",
        "내 과제 파일로 서명합니다. 제출할 때 씁니다.",
    ),
    "history-overwrite": ("Replace the file if it exists.", "파일이 이미 있으면 덮어씁니다."),
    "history-exported": ("{path}: {count:answer}", "{path}: 답 {count}개를 내보냈습니다."),
    "history-import-summary": ("Add answers from exported files", "내보낸 파일의 답을 가져오기"),
    "history-import-help": (
        "Add the answers in exported files to yours. An answer that you have is not added twice, and the schedule "
        "follows from all of them.",
        "내보낸 파일의 답을 지금 있는 답에 더합니다. 이미 있는 답은 두 번 더하지 않고, 복습 일정은 모든 답에서 새로 "
        "계산합니다.",
    ),
    "history-import-examples": (
        "tensordrill history import answers.jsonl  # from another machine\n"
        "tensordrill history import laptop.jsonl desktop.jsonl  # several at once",
        "tensordrill history import answers.jsonl  # 다른 컴퓨터에서 가져오기\n"
        "tensordrill history import laptop.jsonl desktop.jsonl  # 여러 파일을 한 번에",
    ),
    "history-import-files": (
        "What `history export` wrote; - is standard input.",
        "`history export`로 만든 파일. -는 표준 입력.",
    ),
    "history-imported": (
        "Added {added:answer}; {known:answer} {known:was|were} here already.",
        "답 {added}개를 더했습니다. {known}개는 이미 있었습니다.",
    ),
    "history-reset-summary": (
        "Start afresh, in one topic or in all",
        "한 주제 또는 전체를 처음부터 다시 시작하기",
    ),
    "history-reset-help": (
        "Delete your answers, and the schedule and statistics that follow from them. A backup is written first, "
        "which `tensordrill history import` adds again.",
        "답을 지우고, 그 답에서 나온 복습 일정과 통계도 지웁니다. 먼저 백업을 만들며, `tensordrill history import`로 되살릴 "
        "수 있습니다.",
    ),
    "history-reset-examples": (
        "tensordrill history reset --topic view  # one topic\n"
        "tensordrill history reset --yes  # all topics, without being asked",
        "tensordrill history reset --topic view  # 한 주제\n"
        "tensordrill history reset --yes  # 묻지 않고 모든 주제",
    ),
    "history-reset-topic": ("The topic; without it, all.", "주제. 없으면 전체."),
    "history-yes": ("Do not ask.", "묻지 않습니다."),
    "history-ask": (
        "Delete {count:answer}? A backup is written first. [y/N] ",
        "답 {count}개를 지울까요? 먼저 백업을 만듭니다. [y/N] ",
    ),
    "history-deleted": (
        "Deleted {count:answer}. The backup is {path}; this adds it again:\n{command}",
        "답 {count}개를 지웠습니다. 백업은 {path}에 있습니다. 되살리려면:\n{command}",
    ),
    "history-none": ("There are no answers to delete.", "지울 답이 없습니다."),
    "history-none-of-topic": (
        "There are no answers on `{topic}` to delete.",
        "`{topic}` 주제에는 지울 답이 없습니다.",
    ),
    "history-kept": ("Nothing was deleted.", "아무것도 지우지 않았습니다."),
    "doctor-help": (
        "Versions, torch, what confines programs, and where banks and data are. Nothing is changed.",
        "버전, torch, 격리 방법, 문제 은행과 데이터의 위치를 봅니다. 아무것도 바꾸지 않습니다.",
    ),
    "doctor-examples": (
        "tensordrill doctor --json  # one object, for a bug report",
        "tensordrill doctor --json  # 버그를 알릴 때 붙일 JSON",
    ),
}
