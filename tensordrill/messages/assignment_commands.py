"""`tensordrill assignment`: the help of its commands, and what they print."""

from __future__ import annotations

from typing import Literal, TypeAlias

from tensordrill.messages import Sentence

Name: TypeAlias = Literal[
    "assignment-summary", "assignment-help", "assignment-examples", "assignment-new-summary",
    "assignment-like", "assignment-same-questions", "assignment-same-as-what", "assignment-like-alone",
    "assignment-like-others", "assignment-like-same", "assignment-like-secret",
    "assignment-participation-summary", "assignment-participation-help", "assignment-participation-examples",
    "assignment-participation-exports", "assignment-participation-out", "assignment-participation-since",
    "assignment-participation-until",
    "assignment-trend-summary", "assignment-trend-help", "assignment-trend-examples", "assignment-trend-grades",
    "assignment-trend-html",
    "assignment-check-summary", "assignment-check-help", "assignment-check-examples", "assignment-check-html",
    "assignment-build-summary", "assignment-grade-summary", "assignment-pack-summary", "assignment-new-help",
    "assignment-new-examples", "assignment-name", "assignment-count", "assignment-points", "assignment-kinds",
    "assignment-shared", "assignment-opaque", "assignment-lang", "assignment-no-kind", "assignment-no-points", "assignment-made",
    "assignment-next", "assignment-build-help", "assignment-build-examples", "assignment-file",
    "assignment-roster", "assignment-handout", "assignment-notebook", "assignment-recorded",
    "assignment-current", "assignment-recorded-or-current", "assignment-record", "assignment-rebuild",
    "assignment-built", "assignment-public", "assignment-public-opaque", "assignment-hidden-anyway", "assignment-strangers", "assignment-more-files", "assignment-grade-help",
    "assignment-grade-examples", "assignment-submissions", "assignment-grades", "assignment-jobs",
    "assignment-cluster", "assignment-reveal", "assignment-diff", "assignment-pack-help",
    "assignment-pack-examples", "assignment-gradescope-summary", "assignment-gradescope-help",
    "assignment-zip", "grading-isolation", "grading-bwrap-user", "grading-bwrap-root", "grading-bare",
    "grading-none", "grading-counts", "grading-mean", "grading-refused", "grading-more-refused",
    "grading-report", "grading-late", "assignment-no-due", "assignment-overdue", "assignment-late-free", "assignment-times", "assignment-archive-times", "grading-more-changes", "gradescope-holds-own", "gradescope-holds-shared",
    "gradescope-unconfined", "gradescope-confined",
]  # fmt: skip

WORDS: dict[Name, Sentence] = {
    "assignment-summary": (
        "Make an assignment, hand it out, grade a class",
        "과제를 만들고, 나눠 주고, 채점하기",
    ),
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
    "assignment-check-summary": ("Look at it before you hand it out", "나눠 주기 전에 점검하기"),
    "assignment-check-help": (
        "Show an imaginary student's sheet with its keys, the feedback on known mistakes, the expected minutes, and "
        "whether students' numbers differ.",
        "가상의 학생이 받을 문제를 정답, 알려진 오답의 피드백, 예상 시간과 함께 보여 주고, 학생마다 숫자가 다른지 점검합니다.",
    ),
    "assignment-check-examples": (
        "tensordrill assignment check hw1  # on the screen\n"
        "tensordrill assignment check hw1 --html hw1.html  # as a page, with pictures",
        "tensordrill assignment check hw1  # 화면에서 보기\n"
        "tensordrill assignment check hw1 --html hw1.html  # 그림이 있는 페이지로 보기",
    ),
    "assignment-check-html": ("Write a page instead, for you alone.", "선생님만 볼 페이지를 대신 씁니다."),
    "assignment-build-summary": ("Write a file for each student", "학생마다 파일 만들기"),
    "assignment-grade-summary": ("Grade what was handed in", "제출물 채점하기"),
    "assignment-pack-summary": ("Pack it for another system", "다른 시스템용으로 묶기"),
    "assignment-new-help": (
        "Choose questions and write NAME/assignment.yaml and NAME/secret.",
        "문제를 고르고 NAME/assignment.yaml과 NAME/secret을 씁니다.",
    ),
    "assignment-new-examples": (
        "tensordrill assignment new hw1 -t view -t matmul -n 8 --lang ko  # eight questions, in Korean\n"
        "tensordrill assignment new hw2 -t view/join-the-heads --points 5  # this very question\n"
        "tensordrill assignment new hw2 --like hw1  # other questions of the same sort",
        "tensordrill assignment new hw1 -t view -t matmul -n 8 --lang ko  # 한국어로 여덟 문제\n"
        "tensordrill assignment new hw2 -t view/join-the-heads --points 5  # 바로 이 문제\n"
        "tensordrill assignment new hw2 --like hw1  # hw1과 같은 유형의 다른 문제",
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
    "assignment-opaque": (
        "Hand-outs call the questions hw1/1, hw1/2, …, and do not tell their ids.",
        "과제 파일에 문제 id 대신 hw1/1, hw1/2, …를 적습니다.",
    ),
    "assignment-like": (
        "Choose as for this assignment: other questions of its topics, kinds, levels and points.",
        "이 과제처럼 고릅니다. 주제, 종류, 난이도, 배점이 같은 다른 문제가 됩니다.",
    ),
    "assignment-same-questions": (
        "With --like: its very questions, with new numbers.",
        "--like와 함께 쓰면 같은 문제를 새 숫자로 냅니다.",
    ),
    "assignment-same-as-what": (
        "`--same-questions` needs `--like ASSIGNMENT`, which has the questions",
        "`--same-questions`는 `--like ASSIGNMENT`와 함께 쓰세요. 문제를 그 과제에서 가져옵니다.",
    ),
    "assignment-like-alone": (
        "`--like` takes the choice from that assignment; leave out `{option}`, or edit assignment.yaml afterwards",
        "`--like`를 쓰면 그 과제와 같은 기준으로 고릅니다. `{option}`을 빼거나, 만든 뒤에 assignment.yaml을 고치세요.",
    ),
    "assignment-like-others": (
        "{count:question} {count:is|are} not in {name}, but of the same topic, kind and level",
        "{name}에 없는 문제 {count}개를 같은 주제, 종류, 난이도에서 골랐습니다.",
    ),
    "assignment-like-same": (
        "{count:question} {count:is|are} in {name}, too, with new numbers here",
        "{name}에도 있는 문제가 {count}개이고, 숫자는 새로 뽑습니다.",
    ),
    "assignment-like-secret": (
        "the secret is new: no seed and no hand-out of {name} is valid here, and {name} itself stays as it is",
        "비밀 값을 새로 만들었습니다. {name}의 시드와 과제 파일은 여기서 쓸 수 없고, {name} 자체는 그대로입니다.",
    ),
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
    "assignment-no-due": (
        "There is no due date; `due` in assignment.yaml sets one, and hand-outs then say it.",
        "마감일이 없습니다. assignment.yaml에 `due`를 적으면 과제 파일에도 나옵니다.",
    ),
    "assignment-overdue": (
        "The due date is over already: whatever is handed in now comes late.",
        "마감이 이미 지났습니다. 지금 내는 것은 모두 늦은 제출이 됩니다.",
    ),
    "assignment-late-free": ("Coming late takes off nothing.", "늦게 내도 점수를 빼지 않습니다."),
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
    "assignment-public": (
        "{count:question} can be looked up: students have the same bank, and `tensordrill show ID --answer` prints its keys",
        "찾아볼 수 있는 문제가 {count}개입니다. 학생에게도 같은 문제 은행이 있어 `tensordrill show ID --answer`로 정답을 볼 수 있습니다.",
    ),
    "assignment-public-opaque": (
        "students have {count:question} in a bank of theirs; the hand-outs do not tell which",
        "학생의 문제 은행에도 있는 문제가 {count}개입니다. 과제 파일에는 어느 문제인지 나오지 않습니다.",
    ),
    "assignment-hidden-anyway": (
        "Build also where students can look up a hidden question.",
        "학생이 찾아볼 수 있는 숨긴 문제가 있어도 만듭니다.",
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
    "assignment-trend-summary": ("A class over several assignments", "여러 과제에 걸친 학급의 변화 보기"),
    "assignment-trend-help": (
        "Show which wrong ideas of a class are gone, which stay and which are new, from assignment to assignment.",
        "과제가 이어지는 동안 어떤 오해가 사라지고, 남고, 새로 나타났는지 보여 줍니다.",
    ),
    "assignment-trend-examples": (
        "tensordrill assignment trend grades/hw1 grades/hw2  # on the screen\n"
        "tensordrill assignment trend grades/* --html trend.html  # with every student, as a page",
        "tensordrill assignment trend grades/hw1 grades/hw2  # 화면에서 보기\n"
        "tensordrill assignment trend grades/* --html trend.html  # 학생별로 볼 수 있는 페이지",
    ),
    "assignment-trend-grades": (
        "Folders that `grade` wrote, or their grades.json, the earliest first.",
        "`grade`가 쓴 폴더나 그 안의 grades.json. 먼저 낸 과제부터 적습니다.",
    ),
    "assignment-trend-html": ("Write a page instead, for you alone.", "선생님만 볼 페이지를 대신 씁니다."),
    "assignment-participation-summary": ("Count practice that was handed in", "제출한 연습 집계하기"),
    "assignment-participation-help": (
        "Count practice that students hand in (`history export --signed`): days, questions, ideas overcome.",
        "학생이 제출한 연습(`history export --signed`)을 집계합니다. 연습한 날, 문제, 극복한 오해를 셉니다.",
    ),
    "assignment-participation-examples": (
        "tensordrill assignment participation hw1 exports/ --since 2027-03-02  # this term",
        "tensordrill assignment participation hw1 exports/ --since 2027-03-02  # 이번 학기",
    ),
    "assignment-participation-exports": (
        "Files, folders or zips with signed exports.",
        "서명한 파일, 그런 파일이 든 폴더나 zip.",
    ),
    "assignment-participation-out": ("The table, a row a student.", "학생마다 한 줄인 표."),
    "assignment-participation-since": ("The first day that counts.", "집계할 첫날."),
    "assignment-participation-until": ("The last day that counts.", "집계할 마지막 날."),
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
    "grading-late": (
        "  {count} late, due at {due}; {untimed} without a known time {untimed:counts|count} as on time",
        "  늦은 제출 {count}개(마감 {due}), 제출 시각을 알 수 없어 제때 낸 것으로 본 제출물 {untimed}개",
    ),
    "assignment-times": (
        "When submissions came: a table with a student and a time in each row.  [default: times.csv beside assignment.yaml]",
        "제출 시각. 학생과 시각이 한 줄씩 있는 CSV 파일.  [기본값: assignment.yaml 옆의 times.csv]",
    ),
    "assignment-archive-times": (
        "Take the times in zip archives for those of the submissions.",
        "zip 파일 안에 적힌 시각을 제출 시각으로 봅니다.",
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
}
