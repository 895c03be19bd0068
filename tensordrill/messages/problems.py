"""Foreseen problems: what is wrong, where, and what to do next."""

from __future__ import annotations

from typing import Literal, TypeAlias

from tensordrill.messages import Sentence

Name: TypeAlias = Literal[
    "did-you-mean", "and", "in-file", "no-bank", "empty-bank", "bank-no-zip", "bank-no-package", "topic-twice", "bank-not-packed", "idea-twice", "no-topic", "no-id", "no-question", "other-torch", "keys-not-read", "no-keys",
    "no-seed", "nothing-to-ask", "nothing-of-that-level", "program-timeout", "program-crashed", "program-refused",
    "no-topic-name", "topic-is-there", "topic-not-written", "torch-keeps-ending", "torch-did-not-start",
    "torch-not-imported", "torch-not-installed", "sandbox-process", "sandbox-stopped", "sandbox-mode", "sandbox-fork-only-linux",
    "sandbox-isolation", "isolation-fork-only", "isolation-no-bubblewrap", "isolation-bubblewrap-fails",
    "isolation-no-layer", "isolation-two-layers", "data-no-home", "data-elsewhere", "data-no-folder",
    "data-in-the-way", "data-newer", "data-old-sqlite", "data-busy", "data-read-only", "data-full",
    "data-disk", "data-damaged", "data-moved", "data-foreign", "data-not-set-aside", "data-rebuilt", "history-not-written", "history-not-read", "history-is-there", "history-line",
    "history-line-too-long", "history-no-object", "history-unknown-key", "history-missing-key",
    "history-invalid-value", "history-more-lines", "history-nothing-imported", "script-not-read", "script-not-utf-8", "script-too-long",
    "editor-failed", "editor-needs-terminal", "handout-not-running", "handout-no-cell-run",
    "grading-stopped", "grading-stopped-writing", "grading-not-confined",
]  # fmt: skip

WORDS: dict[Name, Sentence] = {
    "did-you-mean": ("; did you mean `{near}`?", " 혹시 `{near}`인가요?"),
    "and": ("{one} and {other}", "{one}, {other}"),
    "in-file": ("{file}: {problem}", "{file}: {problem}"),
    # a bank, and what is asked of it
    "no-bank": (
        "{folder}: the bank cannot be read: {reason}",
        "{folder}: 문제 은행을 읽을 수 없습니다: {reason}",
    ),
    "empty-bank": (
        "{folder}: no topic file (`*.yaml`) here; `tensordrill bank new TOPIC` writes one",
        "{folder}: 주제 파일(`*.yaml`)이 없습니다. `tensordrill bank new TOPIC`으로 새로 쓸 수 있습니다.",
    ),
    "bank-no-zip": (
        "{path}: this is neither a folder nor a sound zip archive; `tensordrill bank pack DIR` makes one",
        "{path}: 폴더도 아니고 온전한 zip 파일도 아닙니다. `tensordrill bank pack DIR`로 만들 수 있습니다.",
    ),
    "bank-no-package": (
        "the bank `{name}` is declared as the package `{package}`, which is not there; install it again",
        "`{name}` 문제 은행은 `{package}` 패키지에 있다고 되어 있지만, 그런 패키지가 없습니다. 다시 설치해 보세요.",
    ),
    "bank-not-packed": (
        "{path}: the bank cannot be packed: {reason}",
        "{path}: 문제 은행을 묶을 수 없습니다: {reason}",
    ),
    "topic-twice": (
        "the topic `{topic}` is in two banks: {first} and {second}; rename one, or open only one of the banks",
        "`{topic}` 주제가 두 문제 은행에 있습니다: {first}, {second}. 하나의 이름을 바꾸거나 한쪽만 여세요.",
    ),
    "idea-twice": (
        "the idea `{idea}` is named by two of {where}, and they say different things of it; rename one",
        "{where} 가운데 두 곳이 `{idea}`에 서로 다른 설명을 붙였습니다. 하나의 이름을 바꾸세요.",
    ),
    "no-topic": (
        "there is no topic `{topic}` in {folder}{near}",
        "{folder}에 `{topic}` 주제가 없습니다.{near}",
    ),
    "no-id": (
        "`{id}` is not a question's id; it looks like `view/flatten-a-transpose`",
        "`{id}`: 문제의 id가 아닙니다. id는 `view/flatten-a-transpose`처럼 적습니다.",
    ),
    "no-question": ("there is no question `{id}`{near}", "`{id}` 문제가 없습니다.{near}"),
    "other-torch": (
        "`{id}` is for torch {versions}; here it is {torch}",
        "`{id}`은 torch {versions}용 문제입니다. 여기에는 {torch} 버전이 있습니다.",
    ),
    "keys-not-read": (
        "{path}: the recorded keys cannot be read: {reason}",
        "{path}: 기록한 정답을 읽을 수 없습니다: {reason}",
    ),
    "no-keys": (
        "{path}: these are no recorded keys; `bank check --record FILE` writes some",
        "{path}: 기록한 정답 파일이 아닙니다. `bank check --record FILE`로 만들 수 있습니다.",
    ),
    "no-seed": (
        "`{digits}` in `{address}` is not a seed; a seed is an integer, as in `{id}@7`",
        "`{address}`: `{digits}` 부분이 시드가 아닙니다. 시드는 `{id}@7`처럼 정수로 적습니다.",
    ),
    "nothing-to-ask": (
        "there is no question to ask; `tensordrill topics` lists what there is",
        "낼 문제가 없습니다. `tensordrill topics`로 어떤 문제가 있는지 보세요.",
    ),
    "nothing-of-that-level": (
        "there is no question of level {level} to ask; `tensordrill topics` lists what there is",
        "난이도 {level}인 문제가 없습니다. `tensordrill topics`로 어떤 문제가 있는지 보세요.",
    ),
    "program-timeout": (
        "{address}: the question's own program ran out of time",
        "{address}: 문제 속 프로그램이 제시간에 끝나지 않았습니다.",
    ),
    "program-crashed": (
        "{address}: the question's own program crashed",
        "{address}: 문제 속 프로그램이 비정상 종료되었습니다.",
    ),
    "program-refused": (
        "{address}: the sandbox refuses the question's own program ({raised})",
        "{address}: 샌드박스가 문제 속 프로그램을 허용하지 않았습니다({raised}).",
    ),
    "no-topic-name": (
        "`{topic}` cannot name a topic; use lower-case words joined by `-`, as in `my-topic`",
        "`{topic}` 이름은 주제에 쓸 수 없습니다. `my-topic`처럼 소문자 낱말을 `-`로 이으세요.",
    ),
    "topic-is-there": (
        "{path} is there already; choose another name or edit it",
        "{path} 파일이 이미 있습니다. 다른 이름을 고르거나 그 파일을 고치세요.",
    ),
    "topic-not-written": ("{path} cannot be written: {reason}", "{path} 파일을 쓸 수 없습니다: {reason}"),
    # torch, and what confines programs
    "torch-keeps-ending": (
        "the process that runs torch keeps ending; `tensordrill doctor` shows what this machine has",
        "torch를 실행하는 프로세스가 자꾸 끝납니다. `tensordrill doctor`로 이 컴퓨터의 상태를 보세요.",
    ),
    "torch-did-not-start": (
        "torch did not start; `tensordrill doctor` shows what this machine has",
        "torch를 시작하지 못했습니다. `tensordrill doctor`로 이 컴퓨터의 상태를 보세요.",
    ),
    "torch-not-imported": (
        "torch cannot be imported ({reason}); the README says how to install it",
        "torch를 불러올 수 없습니다({reason}). README에 설치 방법이 있습니다.",
    ),
    "torch-not-installed": (
        "torch is not installed here; the README's first lines say how to install it",
        "torch가 설치되어 있지 않습니다. README 첫머리에 설치 방법이 있습니다.",
    ),
    "sandbox-process": (
        "`{command}` cannot be started ({reason}); free memory or end programs",
        "`{command}` 프로세스를 시작할 수 없습니다({reason}). 메모리를 비우거나 다른 프로그램을 끝내세요.",
    ),
    "sandbox-stopped": ("torch was stopped", "torch 실행을 멈췄습니다."),
    "sandbox-mode": (
        "TENSORDRILL_LAB is `{asked}`; it may be `fork` or `spawn`",
        "TENSORDRILL_LAB 값이 `{asked}`입니다. `fork`나 `spawn`만 쓸 수 있습니다.",
    ),
    "sandbox-fork-only-linux": (
        "TENSORDRILL_LAB is `fork`, which only Linux can; leave it out, or say `spawn`",
        "TENSORDRILL_LAB 값이 `fork`인데 Linux에서만 쓸 수 있습니다. 값을 지우거나 `spawn`으로 바꾸세요.",
    ),
    "sandbox-isolation": (
        "TENSORDRILL_ISOLATION is `{asked}`; it may be {others} or {last}",
        "TENSORDRILL_ISOLATION 값이 `{asked}`입니다. {others}, {last} 가운데 하나만 쓸 수 있습니다.",
    ),
    "isolation-fork-only": (
        "isolation `{asked}` is for Linux, where the sandbox forks; TENSORDRILL_LAB must not be `spawn`",
        "격리 방법 `{asked}`는 프로세스를 fork하는 Linux에서만 쓸 수 있습니다. TENSORDRILL_LAB을 `spawn`으로 두지 마세요.",
    ),
    "isolation-no-bubblewrap": (
        "isolation `bubblewrap` needs the program `bwrap`, which is not on PATH; `apt install bubblewrap` brings it",
        "격리 방법 `bubblewrap`에는 `bwrap` 프로그램이 필요한데 PATH에 없습니다. `apt install bubblewrap`으로 설치하세요.",
    ),
    "isolation-bubblewrap-fails": (
        "isolation `bubblewrap` does not work here ({reason}); allow user namespaces, or choose isolation `landlock`",
        "격리 방법 `bubblewrap`이 여기서는 동작하지 않습니다({reason}). 사용자 네임스페이스를 허용하거나 `landlock`을 고르세요.",
    ),
    "isolation-no-layer": (
        "isolation `landlock` needs {layers}, which this kernel does not offer; choose isolation `bubblewrap`",
        "격리 방법 `landlock`에 필요한 {layers} 기능이 이 커널에 없습니다. `bubblewrap`을 고르세요.",
    ),
    "isolation-two-layers": ("Landlock and seccomp", "Landlock과 seccomp"),
    # the learner's data
    "data-no-home": (
        "No home folder is known to keep your answers in; {elsewhere}.",
        "답을 저장할 홈 폴더를 알 수 없습니다. {elsewhere}.",
    ),
    "data-elsewhere": (
        "set `TENSORDRILL_HOME` to a folder that you can write to",
        "쓸 수 있는 폴더를 `TENSORDRILL_HOME`에 지정하세요",
    ),
    "data-no-folder": (
        "The data folder `{folder}` cannot be made: {reason}; {elsewhere}.",
        "데이터 폴더 `{folder}`을(를) 만들 수 없습니다: {reason}. {elsewhere}.",
    ),
    "data-in-the-way": ("a file is in the way", "같은 이름의 파일이 있습니다"),
    "data-newer": (
        "`{path}` was written by a newer tensordrill; upgrade tensordrill.",
        "`{path}` 파일은 더 새로운 tensordrill이 썼습니다. tensordrill을 업그레이드하세요.",
    ),
    "data-old-sqlite": (
        "This Python comes with SQLite {version}, which is too old to keep your answers; "
        "use a Python with SQLite 3.37 or newer.",
        "이 Python에 든 SQLite {version}은 너무 오래되어 답을 저장할 수 없습니다. SQLite 3.37 이상이 든 Python을 쓰세요.",
    ),
    "data-busy": (
        "`{path}` is in use by another program; close that program, then try again.",
        "`{path}` 파일을 다른 프로그램이 쓰고 있습니다. 그 프로그램을 닫고 다시 시도하세요.",
    ),
    "data-read-only": (
        "`{path}` cannot be written; make it and its folder writable, or {elsewhere}.",
        "`{path}` 파일에 쓸 수 없습니다. 파일과 폴더에 쓰기 권한을 주거나, {elsewhere}.",
    ),
    "data-full": (
        "`{path}` cannot grow, because its disk is full; free some space.",
        "`{path}` 파일을 늘릴 수 없습니다. 디스크가 가득 찼습니다. 공간을 비우세요.",
    ),
    "data-disk": (
        "`{path}` cannot be read or written; check its disk, the room left there, and your quota.",
        "`{path}` 파일을 읽거나 쓸 수 없습니다. 디스크와 남은 공간, 할당량을 확인하세요.",
    ),
    "data-damaged": ("`{path}` is damaged.", "`{path}` 파일이 손상되었습니다."),
    "data-moved": (
        "`{path}` was moved or deleted while it was in use.",
        "사용하는 중에 `{path}` 파일이 옮겨지거나 지워졌습니다.",
    ),
    "data-foreign": (
        "`{path}` is not tensordrill's and was left as it is; move it away, and a new file is started.",
        "`{path}` 파일은 tensordrill의 것이 아니라서 그대로 두었습니다. 다른 곳으로 옮기면 새로 만듭니다.",
    ),
    "data-not-set-aside": (
        "`{path}` is damaged and cannot be replaced: {reason}.",
        "`{path}` 파일이 손상되었지만 새로 만들 수 없습니다: {reason}.",
    ),
    "data-rebuilt": (
        "`{path}` was damaged. {count:answer} could be read and {count:is|are} kept; the damaged file is now `{aside}`, "
        "beside it.",
        "`{path}` 파일이 손상되어, 읽을 수 있는 답 {count}개로 새로 만들었습니다. 손상된 파일은 같은 폴더의 `{aside}`에 "
        "남겨 두었습니다.",
    ),
    "history-not-written": (
        "`{path}` cannot be written: {reason}.",
        "`{path}` 파일에 쓸 수 없습니다: {reason}.",
    ),
    "history-not-read": ("`{path}` cannot be read: {reason}.", "`{path}` 파일을 읽을 수 없습니다: {reason}."),
    "history-is-there": (
        "`{path}` exists; `--overwrite` replaces it.",
        "`{path}` 파일이 이미 있습니다. `--overwrite`를 붙이면 덮어씁니다.",
    ),
    "history-line": ("{place}: {problem}", "{place}: {problem}"),
    "history-line-too-long": (
        "The line is too long for an answer.",
        "답 하나가 차지하기에는 줄이 너무 깁니다.",
    ),
    "history-no-object": (
        "This is not an answer as `tensordrill history export` writes it, one JSON object a line.",
        "`tensordrill history export`가 쓰는 답이 아닙니다. 한 줄에 JSON 객체가 하나씩 있어야 합니다.",
    ),
    "history-unknown-key": (
        "An answer has no key {key}. If a newer tensordrill wrote it, upgrade tensordrill.",
        "답에 {key} 키는 없습니다. 더 새로운 tensordrill이 썼다면 tensordrill을 업그레이드하세요.",
    ),
    "history-missing-key": ("The key `{key}` is missing.", "`{key}` 키가 없습니다."),
    "history-invalid-value": ("`{key}` cannot be {value}.", "`{key}`의 값이 올바르지 않습니다: {value}"),
    "history-more-lines": (
        "{name}: {count} more {count:line|lines} cannot be read.",
        "{name}: 읽을 수 없는 줄이 {count}개 더 있습니다.",
    ),
    "history-nothing-imported": ("Nothing was imported.", "아무것도 가져오지 않았습니다."),
    # scripts, editors and hand-outs
    "script-not-read": (
        "{path}: the script cannot be read: {reason}",
        "{path}: 스크립트를 읽을 수 없습니다: {reason}",
    ),
    "script-not-utf-8": (
        "{path}: the script is not UTF-8; save it as UTF-8",
        "{path}: 스크립트가 UTF-8이 아닙니다. UTF-8로 저장하세요.",
    ),
    "script-too-long": (
        "{path}: a script has at most {most} MB",
        "{path}: 스크립트는 {most} MB까지만 읽습니다.",
    ),
    "editor-failed": ("{editor}: it ended with exit code {code}", "{editor}: 종료 코드 {code}로 끝났습니다"),
    "editor-needs-terminal": ("an editor needs a terminal", "편집기는 터미널에서만 쓸 수 있습니다"),
    "handout-not-running": (
        "there is no hand-out running here; `tensordrill check FILE` checks a file",
        "여기서 실행 중인 과제가 없습니다. 파일은 `tensordrill check FILE`로 채점합니다.",
    ),
    "handout-no-cell-run": (
        "no cell of a hand-out has been run yet, and only cells that were run are checked; run all cells",
        "아직 실행한 과제 셀이 없습니다. 실행한 셀만 채점하므로 셀을 모두 실행하세요.",
    ),
    "grading-stopped": (
        "stopped with {done} of {total} graded; the same command goes on",
        "{total}개 중 {done}개를 채점하고 멈췄습니다. 같은 명령으로 이어서 채점합니다.",
    ),
    "grading-stopped-writing": (
        "stopped while results were written; all grades are kept, and the same command writes them",
        "결과를 쓰다가 멈췄습니다. 점수는 모두 저장했으니 같은 명령으로 다시 쓰세요.",
    ),
    "grading-not-confined": (
        "nothing on this machine confines submissions, so they are not run; `tensordrill doctor` says what "
        "is missing, and `--isolation none` runs them with your rights",
        "이 컴퓨터에는 제출물을 격리할 방법이 없어 실행하지 않습니다. 무엇이 없는지는 `tensordrill doctor`가 알려 주고, "
        "`--isolation none`을 주면 내 권한으로 실행합니다.",
    ),
}
