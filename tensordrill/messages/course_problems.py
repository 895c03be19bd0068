"""Foreseen problems of class work: what is wrong, where, and what to do next."""

from __future__ import annotations

from typing import Literal, TypeAlias

from tensordrill.messages import Sentence

Name: TypeAlias = Literal[
    "course-not-written", "output-link", "output-not-written", "rows-not-read",
    "rows-too-large", "rows-not-csv", "rows-encoding", "rows-no-columns", "rows-column-twice",
    "rows-broken", "rows-roster", "rows-overrides", "rows-times", "assignment-too-few", "assignment-none", "assignment-question-twice", "assignment-alias-twice", "assignment-no-facet", "assignment-as-a-whole", "assignment-facet-not-compared",
    "assignment-is-there", "assignment-no-name", "assignment-name-is-path", "assignment-hidden-public", "assignment-not-recorded", "assignment-no-record",
    "assignment-no-bank", "assignment-bank-changed", "seeds-no-student", "seeds-no-question", "seeds-not-read",
    "secret-missing", "secret-not-read", "secret-broken", "bundle-newer", "bundle-damaged",
    "bundle-not-read", "handout-secret", "roster-no-id", "roster-long-id", "roster-control",
    "roster-rounded", "roster-twice", "roster-empty", "overrides-no-student", "overrides-no-question",
    "overrides-unknown-student", "overrides-unknown-question", "overrides-no-points",
    "overrides-no-reason", "overrides-twice", "no-time", "no-time-zone", "late-without-due", "times-without-due", "late-until-before-due", "submissions-nowhere", "submission-not-read",
    "submission-too-large", "submission-empty", "submission-not-text", "submission-encoding",
    "submission-accents", "submission-json", "submission-no-cells", "submission-link",
    "submission-no-file", "submission-folder", "submission-folder-not-read", "submission-other-file",
    "archive-not-read", "archive-inner-not-read", "archive-not-unpacked", "archive-deep", "archive-lies",
    "archive-large", "archive-files", "archive-unpacks", "archive-unpacks-within", "archive-password",
    "archive-damaged", "owner-other-assignment", "owner-no-question", "owner-two-headers",
    "owner-not-in-roster", "owner-changed", "owner-two-names", "owner-header-changed", "owner-several",
    "owner-unknown", "owner-several-files", "owner-other-suffix", "owner-untouched", "autograder-unconfined", "grading-not-there",
    "grading-versions", "grading-no-version", "journal-not-used", "journal-not-written",
    "cluster-lost", "cluster-lost-workers", "cluster-no-dask", "cluster-no-address",
    "cluster-no-scheduler", "cluster-no-worker", "cluster-cannot-run", "grades-not-read",
    "grades-not-utf-8", "grades-other-form", "grades-newer", "grades-cut-off", "grades-not-json",
    "grades-other-version",
]  # fmt: skip

WORDS: dict[Name, Sentence] = {
    # files that cannot be written or read
    "course-not-written": ("{path}: it cannot be written: {reason}", "{path}: 쓸 수 없습니다: {reason}"),
    "output-link": (
        "{path}: this is a link; remove it, so that nothing is written elsewhere",
        "{path}: 링크입니다. 다른 곳에 쓰지 않도록 지워 주세요.",
    ),
    "output-not-written": ("{path}: this cannot be written: {reason}", "{path}: 쓸 수 없습니다: {reason}"),
    "rows-not-read": (
        "{path}: the {what} cannot be read: {reason}",
        "{path}: {what} 파일을 읽을 수 없습니다: {reason}",
    ),
    "rows-too-large": (
        "{path}: a {what} has at most {most} MB; is this the right file?",
        "{path}: {what} 파일은 {most} MB까지입니다. 맞는 파일인지 확인하세요.",
    ),
    "rows-not-csv": (
        "{path}: this is not a CSV file; save the {what} as `CSV UTF-8`",
        "{path}: CSV 파일이 아닙니다. {what} 파일을 `CSV UTF-8`로 저장하세요.",
    ),
    "rows-encoding": (
        "{path}: this is neither UTF-8 nor CP949; save it as `CSV UTF-8`",
        "{path}: UTF-8도 CP949도 아닙니다. `CSV UTF-8`로 저장하세요.",
    ),
    "rows-no-columns": (
        "{path}:1: the first line should name the columns: `{columns}`",
        "{path}:1: 첫 줄에 열 이름을 적어야 합니다: `{columns}`",
    ),
    "rows-column-twice": (
        "{path}:1: the column `{column}` is there twice; remove one",
        "{path}:1: `{column}` 열이 두 번 있습니다. 하나를 지우세요.",
    ),
    "rows-broken": (
        "{path}:{line}: this is not a CSV file ({reason}); save it as `CSV UTF-8`",
        "{path}:{line}: CSV 파일이 아닙니다({reason}). `CSV UTF-8`로 저장하세요.",
    ),
    "rows-roster": ("roster", "명단"),
    "rows-overrides": ("table of overrides", "점수 조정"),
    "rows-times": ("table of times", "제출 시각"),
    # an assignment
    "assignment-too-few": (
        "there {available:is|are} {available} {kinds} {available:question|questions} to choose from, not {count}; add topics or kinds",
        "고를 수 있는 {kinds} 문제가 {available}개뿐이라 {count}개를 고를 수 없습니다. 주제나 종류를 늘리세요.",
    ),
    "assignment-none": (
        "this is not an assignment; `tensordrill assignment new NAME` writes one",
        "과제 파일이 아닙니다. `tensordrill assignment new NAME`으로 만들 수 있습니다.",
    ),
    "assignment-question-twice": (
        "`{id}` is question {number} already; remove one",
        "`{id}`은(는) {number}번 문제로 이미 있습니다. 하나를 지우세요.",
    ),
    "assignment-alias-twice": (
        "`{alias}` names another question already; give each question an alias of its own",
        "`{alias}`은(는) 이미 다른 문제를 가리킵니다. 문제마다 다른 alias를 적으세요.",
    ),
    "assignment-no-facet": (
        "no facet has points; write a number, or points by facet",
        "점수를 받는 항목이 없습니다. 점수 하나를 적거나 항목별 점수를 적으세요.",
    ),
    "assignment-as-a-whole": (
        "`{id}` is right or wrong as a whole; give it one number of points",
        "`{id}`은(는) 전체가 맞거나 틀립니다. 점수 하나를 적으세요.",
    ),
    "assignment-facet-not-compared": (
        "`{facet}` is not compared in `{id}`; split its points among {facets}",
        "`{id}`에서는 `{facet}`을(를) 비교하지 않습니다. 점수를 {facets}에 나누세요.",
    ),
    "assignment-is-there": (
        "{file}: it exists already; choose another name, or remove it",
        "{file}: 이미 있습니다. 다른 이름을 고르거나 그 파일을 지우세요.",
    ),
    "assignment-no-name": (
        "`{name}` cannot name an assignment; use lower-case words joined by `-`, as in `{example}`",
        "`{name}` 이름은 과제에 쓸 수 없습니다. `{example}`처럼 소문자 낱말을 `-`로 이으세요.",
    ),
    "assignment-name-is-path": (
        "`{name}` is a path; go to the folder where the assignment shall lie, and give its name alone, as in `hw1`",
        "`{name}` 경로는 과제 이름이 될 수 없습니다. 과제를 만들 폴더로 이동한 뒤 `hw1`처럼 이름만 적으세요.",
    ),
    "assignment-hidden-public": (
        "`{question}` is hidden, but students have the bank that it is from; take a question of your own, "
        "or build with `--hidden-anyway`",
        "`{question}` 문제는 숨겼지만 학생에게도 같은 문제 은행이 있습니다. 직접 만든 문제를 쓰거나 `--hidden-anyway`로 "
        "만드세요.",
    ),
    "assignment-not-recorded": (
        "{path}: `{question}` was not among the questions when they were recorded; "
        "`tensordrill assignment build` records them anew",
        "{path}: 문제를 기록할 때 `{question}` 문제가 없었습니다. `tensordrill assignment build`로 다시 기록하세요.",
    ),
    "assignment-no-record": (
        "{path}: the bank has changed since, and there is no {record} here; "
        "`tensordrill assignment build --current` takes the questions as they are now",
        "{path}: 문제 은행이 바뀌었고 {record} 파일도 없습니다. "
        "`tensordrill assignment build --current`를 쓰면 지금의 문제로 만듭니다.",
    ),
    "assignment-no-bank": (
        "{problem}; name the bank as it is seen from this file, or take the questions as they were with `--recorded`",
        "{problem}. 이 파일에서 본 경로로 문제 은행을 적거나, `--recorded`로 그때의 문제를 쓰세요.",
    ),
    "assignment-bank-changed": (
        "{path}: the bank has changed since the assignment was made: {questions}; `--recorded` takes the questions "
        "as they were, `tensordrill assignment build --current` takes them as they are now",
        "{path}: 과제를 만든 뒤 문제 은행이 바뀌었습니다: {questions}. `--recorded`는 그때의 문제를 쓰고, "
        "`tensordrill assignment build --current`는 지금의 문제를 씁니다.",
    ),
    "seeds-no-student": (
        "there are no seeds for `{student}` here; pack the assignment again with the new roster",
        "`{student}` 학생의 시드가 없습니다. 새 명단으로 과제를 다시 묶으세요.",
    ),
    "seeds-no-question": (
        "there is no seed for `{question}` here; pack the assignment again",
        "`{question}` 문제의 시드가 없습니다. 과제를 다시 묶으세요.",
    ),
    "seeds-not-read": (
        "{path}: the seeds cannot be read ({reason}); pack the assignment again",
        "{path}: 시드를 읽을 수 없습니다({reason}). 과제를 다시 묶으세요.",
    ),
    "secret-missing": (
        "{path}: the secret is missing, and with it everybody's numbers; put the file back",
        "{path}: 비밀 값이 없어서 학생들의 숫자를 알 수 없습니다. 파일을 되돌려 놓으세요.",
    ),
    "secret-not-read": (
        "{path}: the secret cannot be read: {reason}",
        "{path}: 비밀 값을 읽을 수 없습니다: {reason}",
    ),
    "secret-broken": (
        "{path}: this is not a secret that `assignment new` wrote; put the file back",
        "{path}: `assignment new`가 쓴 비밀 값이 아닙니다. 파일을 되돌려 놓으세요.",
    ),
    "bundle-newer": (
        "{path}: it is newer than this program; upgrade tensordrill",
        "{path}: 이 프로그램보다 새로운 파일입니다. tensordrill을 업그레이드하세요.",
    ),
    "bundle-damaged": (
        "{path}: this is not a questions' file, or it is damaged; get it again",
        "{path}: 문제 파일이 아니거나 손상되었습니다. 다시 받으세요.",
    ),
    "bundle-not-read": (
        "{path}: the bank cannot be read: {reason}",
        "{path}: 문제 파일을 읽을 수 없습니다: {reason}",
    ),
    "handout-secret": (
        "{out}: the secret lies here, which nobody else may have; hand out another folder",
        "{out}: 아무에게도 주면 안 되는 비밀 값이 있는 폴더입니다. 다른 폴더를 나눠 주세요.",
    ),
    # the class
    "roster-no-id": (
        "this line has no id; every student needs one",
        "이 줄에 id가 없습니다. 학생마다 id가 있어야 합니다.",
    ),
    "roster-long-id": (
        "an id is at most {most} printable characters",
        "id에는 인쇄할 수 있는 글자를 {most}자까지만 쓸 수 있습니다.",
    ),
    "roster-control": (
        "a control character is in this line; remove it",
        "이 줄에 제어 문자가 있습니다. 지우세요.",
    ),
    "roster-rounded": (
        "the id `{id}` was rounded by a spreadsheet; make it a text there and save it again",
        "스프레드시트가 id를 `{id}`로 반올림했습니다. 텍스트 형식으로 바꿔 다시 저장하세요.",
    ),
    "roster-twice": (
        "the id `{id}` is in line {line} already; each student has one line",
        "id `{id}`가 이미 {line}번째 줄에 있습니다. 학생마다 한 줄만 쓰세요.",
    ),
    "roster-empty": (
        "nobody is in this roster; give each student a line `id,name,email`",
        "명단에 아무도 없습니다. 학생마다 `id,name,email` 한 줄을 쓰세요.",
    ),
    "overrides-no-student": ("there is no student", "학생이 적혀 있지 않습니다."),
    "overrides-no-question": ("there is no question", "문제가 적혀 있지 않습니다."),
    "overrides-unknown-student": (
        "the student `{name}` is not in the class{near}",
        "`{name}` 학생이 명단에 없습니다.{near}",
    ),
    "overrides-unknown-question": (
        "the question `{name}` is not in the assignment{near}",
        "`{name}` 문제가 과제에 없습니다.{near}",
    ),
    "overrides-no-points": (
        "`{points}` is no number of points; write one from 0 to {most}, as in `1.5`",
        "`{points}`: 점수가 아닙니다. `1.5`처럼 0부터 {most}까지의 수를 적으세요.",
    ),
    "overrides-no-reason": (
        "there is no reason; say why, it is told to the student",
        "이유가 없습니다. 학생에게 보여 줄 이유를 적으세요.",
    ),
    "overrides-twice": (
        "`{student}` has points for `{question}` in line {line} already; remove one",
        "`{student}` 학생의 `{question}` 점수가 이미 {line}번째 줄에 있습니다. 하나를 지우세요.",
    ),
    # times
    "no-time": (
        "`{time}` is no time; write it as `2027-03-19 23:59 Asia/Seoul` or `2027-03-19 23:59 +09:00`",
        "`{time}`: 시각이 아닙니다. `2027-03-19 23:59 Asia/Seoul`이나 `2027-03-19 23:59 +09:00`처럼 적으세요.",
    ),
    "no-time-zone": (
        "`{time}` needs a time zone, as in `{time} Asia/Seoul` or `{time} +09:00`",
        "`{time}`: 시간대가 필요합니다. `{time} Asia/Seoul`이나 `{time} +09:00`처럼 적으세요.",
    ),
    "late-without-due": (
        "`late` needs a `due` date, such as `2027-03-19 23:59 Asia/Seoul`",
        "`late`에는 `2027-03-19 23:59 Asia/Seoul` 같은 `due`(마감)가 필요합니다.",
    ),
    "times-without-due": (
        "{path}: times need a due date; write one as `due: 2027-03-19 23:59 Asia/Seoul`",
        "{path}: 제출 시각을 쓰려면 마감이 필요합니다. `due: 2027-03-19 23:59 Asia/Seoul`처럼 적으세요.",
    ),
    "late-until-before-due": (
        "`until` is before the due date; give the last moment that counts",
        "`until`이 마감보다 이릅니다. 제출을 인정하는 마지막 시각을 적으세요.",
    ),
    # submissions
    "submissions-nowhere": (
        "{path}: there is no such file or folder; name submissions, folders or zips",
        "{path}: 그런 파일이나 폴더가 없습니다. 제출 파일, 폴더, zip을 적으세요.",
    ),
    "submission-not-read": ("it cannot be read: {reason}", "읽을 수 없습니다: {reason}"),
    "submission-too-large": (
        "it has {size} MB, and a submission at most {most}; hand in the file itself",
        "파일이 {size} MB입니다. 제출물은 {most} MB까지이니 과제 파일만 내세요.",
    ),
    "submission-empty": (
        "the file is empty; hand in the file that has the answers",
        "빈 파일입니다. 답이 적힌 파일을 내세요.",
    ),
    "submission-not-text": (
        "this is not a text file; hand in the `.py` or `.ipynb` file itself",
        "텍스트 파일이 아닙니다. `.py`나 `.ipynb` 파일을 그대로 내세요.",
    ),
    "submission-encoding": (
        "this is neither UTF-8 nor CP949; save it as UTF-8 and hand that in",
        "UTF-8도 CP949도 아닙니다. UTF-8로 저장해서 내세요.",
    ),
    "submission-accents": (
        "a letter in it has {most} accents or more; hand in what you wrote",
        "악센트가 {most}개 이상 붙은 글자가 있습니다. 직접 쓴 파일을 내세요.",
    ),
    "submission-json": (
        "this is not a notebook: its JSON is broken; save it again and hand that in",
        "노트북이 아닙니다. JSON이 깨져 있습니다. 다시 저장해서 내세요.",
    ),
    "submission-no-cells": (
        "this is not a notebook: it has no cells; save it again and hand that in",
        "노트북이 아닙니다. 셀이 없습니다. 다시 저장해서 내세요.",
    ),
    "submission-link": (
        "this is a link, which is not followed; hand in the file itself",
        "링크는 따라가지 않습니다. 파일을 그대로 내세요.",
    ),
    "submission-no-file": (
        "this is not a regular file; hand in the file itself",
        "일반 파일이 아닙니다. 파일을 그대로 내세요.",
    ),
    "submission-folder": ("this is a folder; hand in the file itself", "폴더입니다. 파일을 그대로 내세요."),
    "submission-folder-not-read": (
        "the folder cannot be read: {reason}",
        "폴더를 읽을 수 없습니다: {reason}",
    ),
    "submission-other-file": (
        "a submission is a `.py` or `.ipynb` file, or a zip of them; hand in that",
        "제출물은 `.py`나 `.ipynb` 파일, 또는 그것을 담은 zip이어야 합니다. 그 파일을 내세요.",
    ),
    # archives
    "archive-not-read": (
        "the archive cannot be read ({reason}); zip the submissions again",
        "압축 파일을 읽을 수 없습니다({reason}). 제출물을 다시 압축하세요.",
    ),
    "archive-inner-not-read": (
        "the archive cannot be read ({reason}); hand in the file itself",
        "압축 파일을 읽을 수 없습니다({reason}). 파일을 그대로 내세요.",
    ),
    "archive-not-unpacked": (
        "it cannot be unpacked ({reason}); hand in the file itself",
        "압축을 풀 수 없습니다({reason}). 파일을 그대로 내세요.",
    ),
    "archive-deep": (
        "an archive in an archive in an archive is not opened; hand in the file itself",
        "압축 파일이 세 겹으로 들어 있어 열지 않습니다. 파일을 그대로 내세요.",
    ),
    "archive-lies": (
        "it unpacks to more than it says; hand in the file itself",
        "적힌 크기보다 크게 풀립니다. 파일을 그대로 내세요.",
    ),
    "archive-large": ("it is too large", "너무 큽니다"),
    "archive-files": ("it has {count:file}", "파일이 {count}개나 됩니다"),
    "archive-unpacks": ("it unpacks to too much", "풀면 너무 커집니다"),
    "archive-unpacks-within": (
        "the archives within unpack to too much",
        "안에 든 압축 파일을 풀면 너무 커집니다",
    ),
    "archive-password": ("it has a password", "암호가 걸려 있습니다"),
    "archive-damaged": ("it is damaged", "손상되었습니다"),
    # whose a submission is
    "owner-other-assignment": (
        "this is a hand-out of `{other}`, not of `{name}`",
        "`{name}` 과제가 아니라 `{other}` 과제의 파일입니다.",
    ),
    "owner-no-question": ("no question of `{name}` is in it", "`{name}` 과제의 문제가 하나도 없습니다."),
    "owner-two-headers": (
        "it has two headers that differ; keep the one of the hand-out",
        "서로 다른 머리글이 두 개 있습니다. 받은 파일의 머리글만 남기세요.",
    ),
    "owner-not-in-roster": (
        "its header says `{student}`, who is not in the roster",
        "머리글에는 `{student}` 학생의 것이라고 적혀 있지만 명단에 없습니다.",
    ),
    "owner-changed": (
        "its header says `{student}`, but it was changed; ask who wrote it",
        "머리글에는 `{student}` 학생의 것이라고 적혀 있지만 고친 흔적이 있습니다. 누가 썼는지 확인하세요.",
    ),
    "owner-two-names": (
        "its header says `{student}`, but its name says {named}; ask who wrote it",
        "머리글에는 `{student}` 학생의 것이라고 적혀 있지만 파일 이름은 {named} 학생의 것입니다. 누가 썼는지 확인하세요.",
    ),
    "owner-header-changed": (
        "its header was changed; ask who wrote it",
        "머리글을 고친 흔적이 있습니다. 누가 썼는지 확인하세요.",
    ),
    "owner-several": (
        "its name fits {named}; name it after one of them",
        "파일 이름이 {named} 학생에게 모두 맞습니다. 그중 한 명의 이름으로 바꾸세요.",
    ),
    "owner-unknown": (
        "neither its header nor its name tells whose it is; name it after the id",
        "머리글로도 파일 이름으로도 누구의 것인지 알 수 없습니다. 파일 이름을 학생 id로 바꾸세요.",
    ),
    "owner-several-files": (
        "`{student}` handed in several that differ: {files}; keep one",
        "`{student}` 학생이 서로 다른 파일을 여럿 냈습니다: {files}. 하나만 남기세요.",
    ),
    "owner-other-suffix": (
        "the same student handed in {files}, which is graded in its place",
        "같은 학생이 낸 {files} 파일을 대신 채점합니다.",
    ),
    "owner-untouched": (
        "no question in it is answered; the same student's {files} is graded in its place",
        "답이 하나도 없습니다. 같은 학생이 낸 {files} 파일을 대신 채점합니다.",
    ),
    "autograder-unconfined": (
        "this autograder may not run submissions unconfined; tell your teacher",
        "이 자동 채점기는 격리 없이 제출물을 실행하지 않습니다. 선생님께 알려 주세요.",
    ),
    # grading
    "grading-not-there": (
        "nothing on {machine} confines submissions, so they are not run there",
        "{machine}에는 제출물을 격리할 방법이 없어 실행하지 않습니다.",
    ),
    "grading-versions": (
        "{where}: it has {name} {version} and not {wanted} as here; grades are equal only where versions are, so "
        "install the same",
        "{where}: {name} 버전이 {version}이고 여기는 {wanted}입니다. 버전이 같아야 점수도 같으니 같은 버전을 설치하세요.",
    ),
    "grading-no-version": ("not at all", "없음"),
    "journal-not-used": ("{path}: it cannot be used: {reason}", "{path}: 쓸 수 없습니다: {reason}"),
    "journal-not-written": (
        "{path}: it cannot be written: {reason}; make room and go on",
        "{path}: 쓸 수 없습니다: {reason}. 공간을 비우고 계속하세요.",
    ),
    "cluster-lost": (
        "{address}: the Dask scheduler was lost; what is graded is kept, and the same command goes on",
        "{address}: Dask 스케줄러와 연결이 끊겼습니다. 채점한 것은 저장했으니 같은 명령으로 이어서 하세요.",
    ),
    "cluster-lost-workers": (
        "{address}: a batch lost one worker after another; what is graded is kept, and the same command goes on",
        "{address}: 같은 묶음을 맡은 워커가 잇따라 끊겼습니다. 채점한 것은 저장했으니 같은 명령으로 이어서 하세요.",
    ),
    "cluster-no-dask": (
        "`--cluster` needs Dask; `pip install 'tensordrill[cluster]'` brings it",
        "`--cluster`에는 Dask가 필요합니다. `pip install 'tensordrill[cluster]'`로 설치하세요.",
    ),
    "cluster-no-address": (
        "`{address}` is no address of a Dask scheduler; write it as `tcp://HOST:PORT`",
        "`{address}`: Dask 스케줄러의 주소가 아닙니다. `tcp://HOST:PORT`처럼 적으세요.",
    ),
    "cluster-no-scheduler": (
        "{address}: no Dask scheduler answers there; start one with `dask scheduler`",
        "{address}: 응답하는 Dask 스케줄러가 없습니다. `dask scheduler`로 시작하세요.",
    ),
    "cluster-no-worker": (
        "{address}: no worker is there; start some with `dask worker {address}`, then go on",
        "{address}: 워커가 없습니다. `dask worker {address}`로 시작한 뒤 계속하세요.",
    ),
    "cluster-cannot-run": (
        "{worker}: this worker, or the scheduler, cannot run tensordrill ({problem}); install the same version there",
        "{worker}: 이 워커나 스케줄러가 tensordrill을 실행할 수 없습니다({problem}). 같은 버전을 설치하세요.",
    ),
    # grades.json
    "grades-not-read": (
        "{path}: the grades cannot be read: {reason}",
        "{path}: 점수를 읽을 수 없습니다: {reason}",
    ),
    "grades-not-utf-8": (
        "{path}: this is no text in UTF-8; give a `grades.json`",
        "{path}: UTF-8 텍스트가 아닙니다. `grades.json`을 주세요.",
    ),
    "grades-other-form": (
        "{path}: this is no `grades.json` as grading writes it, with one student a line",
        "{path}: 채점이 쓴 `grades.json`이 아닙니다. 한 줄에 학생 한 명씩이어야 합니다.",
    ),
    "grades-newer": (
        "{path}: format {format} is newer than {known}; upgrade tensordrill",
        "{path}: 형식 {format}은 {known}보다 새롭습니다. tensordrill을 업그레이드하세요.",
    ),
    "grades-cut-off": (
        "{path}: the file ends too early; write it again by grading again",
        "{path}: 파일이 중간에 끝납니다. 다시 채점해서 쓰세요.",
    ),
    "grades-not-json": (
        "{place}: this is not JSON as grading writes it; grade again",
        "{place}: 채점이 쓴 JSON이 아닙니다. 다시 채점하세요.",
    ),
    "grades-other-version": (
        "{place}: {problem}; this is no `grades.json` of this version, grade again",
        "{place}: {problem}. 이 버전의 `grades.json`이 아닙니다. 다시 채점하세요.",
    ),
}
