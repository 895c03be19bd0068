"""The command line: help screens with their examples, and what wrong usage is answered with."""

from __future__ import annotations

from typing import Literal, TypeAlias

from tensordrill.messages import Sentence

Name: TypeAlias = Literal[
    "usage", "panel-arguments", "panel-options", "panel-examples", "panel-commands", "panel-learn",
    "panel-class", "panel-tools", "help-default", "help-required", "help-more", "app-help",
    "app-examples", "quiz-summary", "practice-summary", "review-summary", "review-help", "review-examples", "review-count",
    "topics-summary", "stats-summary", "stats-help", "stats-examples", "stats-topic", "stats-html", "show-summary",
    "explain-summary", "check-summary", "assignment-summary", "bank-summary", "doctor-summary",
    "quiz-help", "quiz-examples", "quiz-count", "quiz-exam", "practice-help", "practice-examples",
    "topics-help", "topics-examples", "topics-topic", "show-help", "show-examples", "show-address",
    "show-answer", "show-python", "show-watch", "show-watching", "show-one-way", "explain-help",
    "explain-examples", "explain-code", "explain-arguments", "explain-steps", "explain-seconds",
    "explain-html", "explain-no-arguments", "check-help", "check-examples", "check-file", "check-watch",
    "check-bank", "assignment-help", "assignment-examples", "assignment-new-summary",
    "assignment-build-summary", "assignment-grade-summary", "assignment-pack-summary",
    "assignment-new-help", "assignment-new-examples", "assignment-name", "assignment-count",
    "assignment-points", "assignment-kinds", "assignment-shared", "assignment-lang",
    "assignment-no-kind", "assignment-no-points", "assignment-made",
    "assignment-next", "assignment-build-help", "assignment-build-examples", "assignment-file",
    "assignment-roster", "assignment-handout", "assignment-notebook", "assignment-recorded",
    "assignment-current", "assignment-recorded-or-current", "assignment-record", "assignment-rebuild",
    "assignment-built", "assignment-strangers", "assignment-more-files",
    "assignment-grade-help", "assignment-grade-examples", "assignment-submissions", "assignment-grades",
    "assignment-jobs", "assignment-cluster", "assignment-reveal", "assignment-diff",
    "assignment-pack-help", "assignment-pack-examples", "assignment-gradescope-summary",
    "assignment-gradescope-help", "assignment-zip", "grading-isolation", "grading-bwrap-user",
    "grading-bwrap-root", "grading-bare", "grading-none", "grading-counts", "grading-mean",
    "grading-refused", "grading-more-refused", "grading-report", "grading-more-changes",
    "gradescope-holds-own", "gradescope-holds-shared", "gradescope-unconfined", "gradescope-confined",
    "history-summary", "history-help", "history-examples", "history-export-summary", "history-export-help",
    "history-export-examples", "history-export-file", "history-overwrite", "history-exported",
    "history-import-summary", "history-import-help", "history-import-examples", "history-import-files",
    "history-imported", "history-reset-summary", "history-reset-help", "history-reset-examples",
    "history-reset-topic", "history-yes", "history-ask", "history-deleted", "history-none", "history-none-of-topic",
    "history-kept",
    "bank-help", "bank-examples", "bank-list-summary", "bank-list-help", "bank-list-examples", "bank-open", "banks-next", "bank-broken", "bank-size", "source-shipped", "source-folder", "source-zip", "source-package", "bank-pack-summary", "bank-index-summary", "bank-contents-summary", "bank-contents-help", "bank-contents-examples", "bank-index-help", "bank-index-examples", "index-title", "index-about", "index-questions", "index-sources", "index-single", "bank-pack-help", "bank-pack-examples", "bank-pack-folder", "bank-pack-out", "bank-packed", "bank-new-summary", "bank-check-summary", "bank-schema-summary",
    "bank-check-help", "bank-check-examples", "bank-seeds", "bank-strict", "bank-watch", "bank-watching", "bank-watch-alone", "bank-record", "bank-against",
    "key-changed", "keys-changed", "keys-recorded", "starter-wrote",
    "starter-look", "starter-check", "bank-schema-help", "bank-schema-examples", "bank-ideas",
    "bank-new-help", "bank-new-examples", "bank-topic", "bank-here", "doctor-help", "doctor-examples",
    "option-help", "option-version", "option-lang", "option-install-completion",
    "option-show-completion", "option-bank", "option-topics", "option-level", "option-seed",
    "option-choices", "option-no-clear", "option-json", "option-isolation", "completion-installed", "bug", "bug-no-log",
    "usage-help", "usage-near", "usage-no-command", "usage-no-option", "usage-too-many",
    "usage-missing-argument", "usage-missing-option", "usage-missing-command", "usage-needs-value",
    "usage-takes-no-value", "usage-int", "usage-float", "usage-at-least", "usage-between",
    "usage-one-of",
]  # fmt: skip

WORDS: dict[Name, Sentence] = {
    # every help screen
    "usage": ("Usage:", "사용법:"),
    "panel-arguments": ("Arguments", "인자"),
    "panel-options": ("Options", "옵션"),
    "panel-examples": ("Examples", "예시"),
    "panel-commands": ("Commands", "명령"),
    "panel-learn": ("Learn", "배우기"),
    "panel-class": ("Class work", "수업"),
    "panel-tools": ("Tools", "도구"),
    "help-default": ("[default: {value}]", "[기본값: {value}]"),
    "help-required": ("[required]", "[필수]"),
    "help-more": (
        "`{command} COMMAND --help` explains a command.",
        "`{command} 명령 --help`로 각 명령의 설명을 봅니다.",
    ),
    # tensordrill
    "app-help": (
        "Train your tensor handling: live questions whose answer key is what torch really does.",
        "텐서 다루기를 연습합니다. 정답은 torch를 실제로 실행한 결과입니다.",
    ),
    "app-examples": (
        "tensordrill quiz  # ten questions over all topics\n"
        "tensordrill practice -t view  # one topic until you stop\n"
        "tensordrill explain 'x = torch.arange(6).view(2, 3).t()'  # see strides and memory",
        "tensordrill quiz  # 전체 주제에서 열 문제\n"
        "tensordrill practice -t view  # 한 주제를 그만둘 때까지\n"
        "tensordrill explain 'x = torch.arange(6).view(2, 3).t()'  # stride와 메모리 보기",
    ),
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
    "check-summary": ("Check your homework before you hand it in", "과제를 내기 전에 채점해 보기"),
    "assignment-summary": (
        "Make an assignment, hand it out, grade a class",
        "과제를 만들고, 나눠 주고, 채점하기",
    ),
    "bank-summary": ("Write questions and check them", "문제를 쓰고 검사하기"),
    "doctor-summary": ("What this machine has and lacks", "이 컴퓨터에 있는 것과 없는 것"),
    # quiz and practice
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
    # topics and show
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
    # explain
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
    # check
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
    # assignment
    "assignment-help": (
        "Class work: make an assignment, hand it out, grade what comes back.",
        "수업용 명령입니다. 과제를 만들고, 나눠 주고, 돌아온 것을 채점합니다.",
    ),
    "assignment-examples": (
        "tensordrill assignment new hw1 -t view -t matmul -n 8  # choose questions\n"
        "tensordrill assignment build hw1 --roster roster.csv --out handout/  # a file for each student\n"
        "tensordrill assignment grade hw1 submissions.zip --out grades/  # grade the class",
        "tensordrill assignment new hw1 -t view -t matmul -n 8  # 문제 고르기\n"
        "tensordrill assignment build hw1 --roster roster.csv --out handout/  # 학생마다 파일 하나씩\n"
        "tensordrill assignment grade hw1 submissions.zip --out grades/  # 학급 채점",
    ),
    "assignment-new-summary": ("Choose questions", "문제 고르기"),
    "assignment-build-summary": ("Write a file for each student", "학생마다 파일 만들기"),
    "assignment-grade-summary": ("Grade what was handed in", "제출물 채점하기"),
    "assignment-pack-summary": ("Pack it for another system", "다른 시스템용으로 묶기"),
    "assignment-new-help": (
        "Choose questions and write NAME/assignment.yaml and NAME/secret.",
        "문제를 고르고 NAME/assignment.yaml과 NAME/secret을 씁니다.",
    ),
    "assignment-new-examples": (
        "tensordrill assignment new hw1 -t view -t matmul -n 8 --lang ko  # eight questions, in Korean\n"
        "tensordrill assignment new hw2 -t view/join-the-heads --points 5  # this very question",
        "tensordrill assignment new hw1 -t view -t matmul -n 8 --lang ko  # 한국어로 여덟 문제\n"
        "tensordrill assignment new hw2 -t view/join-the-heads --points 5  # 바로 이 문제",
    ),
    "assignment-name": ("The assignment's name, and its new folder.", "과제 이름이자 새로 만들 폴더."),
    "assignment-count": (
        "How many questions.  [default: all where -t names ids only, else 8]",
        "문제 수.  [기본값: -t에 id만 적으면 전부, 아니면 8]",
    ),
    "assignment-points": ("Points a question.", "문제당 점수."),
    "assignment-kinds": (
        "Kinds, of write, fill, order, which and predict (which running torch answers).",
        "문제 종류. write, fill, order, which, predict 가운데 고릅니다(predict는 torch를 실행하면 답이 나옵니다).",
    ),
    "assignment-shared": ("The same numbers for everybody.", "모두 같은 숫자로 풉니다."),
    "assignment-lang": (
        "The language of hand-outs and feedback.  [default: $TENSORDRILL_LANG, or the locale's]",
        "과제와 피드백의 언어.  [기본값: $TENSORDRILL_LANG, 없으면 로캘]",
    ),
    "assignment-no-kind": (
        "`{kind}` is no kind; choose from {kinds}",
        "`{kind}` 종류는 없습니다. {kinds} 가운데 고르세요.",
    ),
    "assignment-no-points": (
        "`nan` is no number of points; write one from 0 to 1000000",
        "`nan`은 점수가 될 수 없습니다. 0부터 1000000까지의 수를 적으세요.",
    ),
    "assignment-made": ("{path}: {count:question}, {points:point}", "{path}: {count}문제, {points}점"),
    "assignment-next": ("next: {command}", "다음: {command}"),
    "assignment-build-help": (
        "Write a file for each student (one for all without a roster), and the bank for checking it.",
        "학생마다 파일을 하나씩(명단이 없으면 모두에게 하나) 쓰고, 채점해 볼 수 있는 문제 파일도 씁니다.",
    ),
    "assignment-build-examples": (
        "tensordrill assignment build hw1 --roster roster.csv --out handout/  # numbers of their own\n"
        "tensordrill assignment build hw1 --out handout/ --notebook  # one notebook for all",
        "tensordrill assignment build hw1 --roster roster.csv --out handout/  # 학생마다 다른 숫자\n"
        "tensordrill assignment build hw1 --out handout/ --notebook  # 모두에게 노트북 하나",
    ),
    "assignment-file": (
        "The assignment's folder, or its assignment.yaml.",
        "과제 폴더, 또는 그 안의 assignment.yaml.",
    ),
    "assignment-roster": (
        "The class: a CSV file with id,name,email.",
        "학급 명단. id,name,email 열이 있는 CSV 파일.",
    ),
    "assignment-handout": ("The folder to hand out.", "나눠 줄 폴더."),
    "assignment-notebook": (
        "Notebooks (.ipynb) instead of scripts (.py).",
        "스크립트(.py) 대신 노트북(.ipynb)으로 씁니다.",
    ),
    "assignment-recorded": (
        "Take the questions as they were recorded, whatever the bank says now.",
        "문제 은행이 바뀌었어도 기록해 둔 문제를 그대로 씁니다.",
    ),
    "assignment-current": (
        "Take the questions as they are now, and record them.",
        "지금의 문제를 쓰고, 그것을 기록합니다.",
    ),
    "assignment-recorded-or-current": (
        "`--recorded` and `--current` are two ways to take the questions; choose one",
        "`--recorded`와 `--current`는 함께 쓸 수 없습니다. 하나만 고르세요.",
    ),
    "assignment-record": (
        "{path}: the questions are recorded as they are now",
        "{path}: 지금의 문제를 기록했습니다",
    ),
    "assignment-rebuild": (
        "files that were handed out before may have other numbers; hand out these in their place",
        "전에 나눠 준 파일과 숫자가 다를 수 있습니다. 이 파일로 바꿔 나눠 주세요.",
    ),
    "assignment-built": (
        "{out}: {count:hand-out}, and {bank} to check with",
        "{out}: 과제 파일 {count}개, 그리고 채점해 볼 때 쓰는 {bank}",
    ),
    "assignment-strangers": (
        "{out}: {files} from before: not written now, so look before you hand out the whole folder",
        "{out}: {files} 파일은 전에 쓴 것이고 이번에 쓰지 않았습니다. 폴더를 통째로 나눠 주기 전에 확인하세요.",
    ),
    "assignment-more-files": ("{files} and {count} more", "{files} 등 {count}개 더"),
    "assignment-grade-help": (
        "Grade submissions. The same command goes on where it was stopped.",
        "제출물을 채점합니다. 중단했다면 같은 명령으로 이어서 채점합니다.",
    ),
    "assignment-grade-examples": (
        "tensordrill assignment grade hw1 submissions.zip --out grades/  # everything in a zip\n"
        "tensordrill assignment grade hw1 late/ --out grades/ --diff before.json  # and what changed",
        "tensordrill assignment grade hw1 submissions.zip --out grades/  # zip 하나를 통째로\n"
        "tensordrill assignment grade hw1 late/ --out grades/ --diff before.json  # 바뀐 점수까지",
    ),
    "assignment-submissions": ("Files, folders or zips.", "파일, 폴더, 또는 zip."),
    "assignment-grades": (
        "The folder for grades, feedback and the report.",
        "점수, 피드백, 보고서를 쓸 폴더.",
    ),
    "assignment-jobs": (
        "How many are graded at a time.  [default: one more than cores]",
        "한 번에 채점할 개수.  [기본값: 코어 수 + 1]",
    ),
    "assignment-cluster": ("Hand the work to a Dask scheduler.", "Dask 스케줄러에 채점을 맡깁니다."),
    "assignment-reveal": ("Put the keys into the feedback.", "피드백에 정답을 넣습니다."),
    "assignment-diff": (
        "Say whose grade changed since then, and why.",
        "그때와 점수가 달라진 학생과 이유를 알려 줍니다.",
    ),
    "assignment-pack-help": (
        "Put an assignment into the form that another system grades.",
        "과제를 다른 시스템이 채점하는 형식으로 묶습니다.",
    ),
    "assignment-pack-examples": (
        "tensordrill assignment pack gradescope hw1 --roster roster.csv  # write hw1-gradescope.zip",
        "tensordrill assignment pack gradescope hw1 --roster roster.csv  # hw1-gradescope.zip을 쓰기",
    ),
    "assignment-gradescope-summary": ("Write the zip that Gradescope runs", "Gradescope용 zip 만들기"),
    "assignment-gradescope-help": (
        "Write the zip that Gradescope runs: with everybody's seeds, without the secret.",
        "Gradescope가 실행하는 zip을 씁니다. 모두의 시드가 들어가고, 비밀 값은 들어가지 않습니다.",
    ),
    "assignment-zip": (
        "The zip.  [default: NAME-gradescope.zip]",
        "쓸 zip 파일.  [기본값: NAME-gradescope.zip]",
    ),
    # what grading prints
    "grading-isolation": ("isolation: {level} ({how})", "격리: {level}({how})"),
    "grading-bwrap-user": (
        "bubblewrap in a user namespace, and each submission confines itself",
        "사용자 네임스페이스의 bubblewrap, 제출물마다 추가 격리",
    ),
    "grading-bwrap-root": (
        "bubblewrap with a user of its own, and each submission confines itself",
        "전용 사용자로 실행하는 bubblewrap, 제출물마다 추가 격리",
    ),
    "grading-bare": (
        "no bubblewrap; each submission confines itself (Landlock, seccomp, limits)",
        "bubblewrap 없음, 제출물마다 격리(Landlock, seccomp, 자원 제한)",
    ),
    "grading-none": (
        "none; submissions run with your rights",
        "없음, 제출물이 내 권한으로 실행됨",
    ),
    "grading-counts": (
        "{graded} graded, {absent} of the class handed nothing in, {refused:file} not graded",
        "채점 {graded}명, 미제출 {absent}명, 채점하지 못한 파일 {refused}개",
    ),
    "grading-mean": ("; {mean} of {of:point} on average", ", 평균 {of}점 만점에 {mean}점"),
    "grading-refused": ("  not graded: {source}: {reason}", "  채점 못 함: {source}: {reason}"),
    "grading-more-refused": (
        "  … and {count} more, all in {report}",
        "  … 그 밖에 {count}개, 모두 {report}에 있습니다",
    ),
    "grading-report": ("report: {path}", "보고서: {path}"),
    "grading-more-changes": ("… and {count} more", "… 그 밖에 {count}명"),
    "gradescope-holds-own": (
        "{path}: the questions with their solutions and the seeds of {count:student}, not the secret",
        "{path}: 문제와 풀이, 학생 {count}명의 시드가 들어 있습니다. 비밀 값은 없습니다.",
    ),
    "gradescope-holds-shared": (
        "{path}: the questions with their solutions and the seeds of the shared hand-out, not the secret",
        "{path}: 문제와 풀이, 공용 과제의 시드가 들어 있습니다. 비밀 값은 없습니다.",
    ),
    "gradescope-unconfined": (
        "isolation {isolation}: a submission may read all that, and write its own result",
        "격리 {isolation}: 제출물이 이 내용을 모두 읽고 자기 결과를 직접 쓸 수 있습니다.",
    ),
    "gradescope-confined": (
        "isolation {isolation}: where nothing holds, a submission is not run and its result says so",
        "격리 {isolation}: 격리할 수 없는 곳에서는 제출물을 실행하지 않고, 결과에 그렇게 적습니다.",
    ),
    # bank
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
        "tensordrill history export > answers.jsonl  # through the shell",
        "tensordrill history export answers.jsonl  # 옮길 파일 만들기\n"
        "tensordrill history export > answers.jsonl  # 셸을 거쳐서",
    ),
    "history-export-file": ("The file.  [default: standard output]", "만들 파일.  [기본값: 표준 출력]"),
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
    # doctor
    "doctor-help": (
        "Versions, torch, what confines programs, and where banks and data are. Nothing is changed.",
        "버전, torch, 격리 방법, 문제 은행과 데이터의 위치를 봅니다. 아무것도 바꾸지 않습니다.",
    ),
    "doctor-examples": (
        "tensordrill doctor --json  # one object, for a bug report",
        "tensordrill doctor --json  # 버그를 알릴 때 붙일 JSON",
    ),
    # options that several commands have
    "option-help": ("Show this help.", "이 도움말을 보여 줍니다."),
    "option-version": ("Show the version.", "버전을 보여 줍니다."),
    "option-lang": (
        "The language.  [default: $TENSORDRILL_LANG, or the locale's]",
        "언어.  [기본값: $TENSORDRILL_LANG, 없으면 로캘]",
    ),
    "option-install-completion": (
        "Install completion for your shell.",
        "지금 쓰는 셸에 자동 완성을 설치합니다.",
    ),
    "option-show-completion": (
        "Show the completion script, to copy or change it.",
        "자동 완성 스크립트를 출력합니다.",
    ),
    "option-bank": (
        "A folder or zip of topic files, an installed bank's name, or `shipped`; several side by side.  "
        "[default: $TENSORDRILL_BANK, or the shipped bank]",
        "주제 파일이 있는 폴더나 zip 파일, 설치된 문제 은행의 이름, 또는 `shipped`. 여러 개를 함께 열 수 있습니다.  "
        "[기본값: $TENSORDRILL_BANK, 또는 기본 문제 은행]",
    ),
    "option-topics": (
        "A topic or a question's id; may be given again.",
        "주제 또는 문제의 id. 여러 번 쓸 수 있습니다.",
    ),
    "option-level": ("1 recall, 2 apply, 3 analyse.", "난이도. 1 기억, 2 적용, 3 분석."),
    "option-seed": ("Fixes the questions and their numbers.", "문제와 숫자를 정하는 시드."),
    "option-no-clear": (
        "Print on below what is there, and leave the screen as it is.",
        "화면을 지우지 않고 아래에 이어서 출력합니다.",
    ),
    "option-choices": (
        "Multiple choice among what misconceptions give.",
        "오해했을 때 나오는 답을 보기로 하는 객관식으로 풉니다.",
    ),
    "option-json": ("Speak lines of JSON.", "JSON을 한 줄씩 주고받습니다."),
    "option-isolation": (
        "How programs are kept from the machine: auto, bubblewrap, landlock, or none, which runs them even "
        "where nothing confines them.",
        "프로그램을 격리하는 방법. auto, bubblewrap, landlock, none 가운데 하나이며, none은 격리할 방법이 없어도 실행합니다.",
    ),
    "completion-installed": (
        "completion for {shell} is installed in {path}; open a new terminal to use it",
        "{shell} 자동 완성을 {path}에 설치했습니다. 새 터미널을 열면 쓸 수 있습니다.",
    ),
    # a bug
    "bug": (
        "this is a bug ({problem}); please report it with the log at {log}",
        "프로그램의 버그입니다({problem}). {log} 파일을 첨부해 알려 주세요.",
    ),
    "bug-no-log": (
        "this is a bug ({problem}); its log could not be written",
        "프로그램의 버그입니다({problem}). 로그 파일을 쓸 수 없었습니다.",
    ),
    # wrong usage
    "usage-help": ("`{command} --help` explains.", "`{command} --help`로 설명을 봅니다."),
    "usage-near": ("; did you mean {words}?", " 혹시 {words}인가요?"),
    "usage-no-command": (
        "there is no command `{word}`{near}",
        "`{word}` 명령은 없습니다.{near}",
    ),
    "usage-no-option": (
        "there is no option `{word}`{near}",
        "`{word}` 옵션은 없습니다.{near}",
    ),
    "usage-too-many": (
        "`{word}` is more than this command takes{near}",
        "이 명령은 `{word}` 인자를 받지 않습니다.{near}",
    ),
    "usage-missing-argument": ("`{name}` is missing", "`{name}` 인자가 필요합니다."),
    "usage-missing-option": ("the option `{name}` is missing", "`{name}` 옵션이 필요합니다."),
    "usage-missing-command": ("a command is missing", "명령이 필요합니다."),
    "usage-needs-value": ("`{name}` needs a value", "`{name}` 옵션에 값을 적으세요."),
    "usage-takes-no-value": ("`{name}` takes no value", "`{name}` 옵션에는 값을 적지 않습니다."),
    "usage-int": (
        "`{where}` should be a whole number, not `{value}`",
        "`{where}`에는 정수를 적으세요(입력한 값: `{value}`).",
    ),
    "usage-float": (
        "`{where}` should be a number, not `{value}`",
        "`{where}`에는 수를 적으세요(입력한 값: `{value}`).",
    ),
    "usage-at-least": (
        "`{where}` should be at least {low}, not {value}",
        "`{where}`에는 {low} 이상을 적으세요(입력한 값: {value}).",
    ),
    "usage-between": (
        "`{where}` should be from {low} to {high}, not {value}",
        "`{where}`에는 {low}부터 {high}까지의 수를 적으세요(입력한 값: {value}).",
    ),
    "usage-one-of": (
        "`{where}` should be one of {choices}, not `{value}`",
        "`{where}`에는 {choices} 가운데 하나를 적으세요(입력한 값: `{value}`).",
    ),
}
