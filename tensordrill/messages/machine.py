"""`doctor`: what a machine has, what that means, and what to do about what it lacks."""

from __future__ import annotations

from typing import Literal, TypeAlias

from tensordrill.messages import Sentence

Name: TypeAlias = Literal[
    "doctor-sandbox", "doctor-isolation", "doctor-limits", "doctor-bank", "doctor-data", "doctor-bytecode",
    "doctor-no-landlock", "doctor-no-seccomp", "machine-python", "machine-torch", "machine-fork",
    "machine-spawn", "machine-bwrap-user", "machine-bwrap-root", "machine-bare", "machine-none",
    "machine-landlock", "machine-scope", "machine-seccomp", "machine-limits", "machine-not",
    "machine-bank", "machine-not-writable", "advice-bubblewrap", "advice-level-fails", "advice-setting",
    "advice-landlock", "advice-seccomp", "advice-compiled", "advice-compiled-soon", "advice-compile",
]  # fmt: skip

WORDS: dict[Name, Sentence] = {
    # the names of lines
    "doctor-sandbox": ("sandbox", "실행 방식"),
    "doctor-isolation": ("isolation", "격리"),
    "doctor-limits": ("limits", "자원 제한"),
    "doctor-bank": ("bank", "문제 은행"),
    "doctor-data": ("data", "데이터"),
    "doctor-bytecode": ("bytecode", "바이트코드"),
    "doctor-no-landlock": ("no landlock", "landlock 없음"),
    "doctor-no-seccomp": ("no seccomp", "seccomp 없음"),
    # what is there
    "machine-python": ("{version} on {platform}", "{version}, {platform}"),
    "machine-torch": ("{version}, imported in {seconds} s", "{version}, 불러오는 데 {seconds}초"),
    "machine-fork": (
        "one process imports torch, and every answer runs in a fork of it",
        "프로세스 하나가 torch를 불러오고, 답은 그 fork에서 실행합니다",
    ),
    "machine-spawn": (
        "whole processes, started in advance; slower than fork",
        "프로세스를 미리 따로 시작합니다. fork보다 느립니다",
    ),
    "machine-bwrap-user": (
        "bubblewrap in a user namespace: programs see Python, torch and nothing else",
        "사용자 네임스페이스의 bubblewrap. 프로그램은 Python과 torch만 볼 수 있습니다",
    ),
    "machine-bwrap-root": (
        "bubblewrap as root, then a user of its own: programs see Python, torch and nothing else",
        "루트로 시작한 뒤 전용 사용자로 바꾸는 bubblewrap. 프로그램은 Python과 torch만 볼 수 있습니다",
    ),
    "machine-bare": (
        "no bubblewrap: programs read only Python and torch, but can tell which files exist",
        "bubblewrap 없음. 프로그램은 Python과 torch만 읽을 수 있지만, 어떤 파일이 있는지는 알 수 있습니다",
    ),
    "machine-none": (
        "not all programs are confined; run only those that you trust",
        "격리하지 못하는 프로그램이 있습니다. 믿을 수 있는 것만 실행하세요",
    ),
    "machine-landlock": (
        "programs read only Python and torch",
        "프로그램은 Python과 torch만 읽을 수 있습니다",
    ),
    "machine-scope": (
        "programs cannot signal other processes",
        "프로그램은 다른 프로세스에 시그널을 보낼 수 없습니다",
    ),
    "machine-seccomp": (
        "programs cannot start processes or open connections",
        "프로그램은 프로세스를 시작하거나 네트워크에 연결할 수 없습니다",
    ),
    "machine-limits": ("memory, time and file size are bounded", "메모리, 시간, 파일 크기에 한도가 있습니다"),
    "machine-not": (
        "not on this machine, so not: {meaning}",
        "이 컴퓨터에 없어서 다음을 보장하지 못합니다: {meaning}",
    ),
    "machine-bank": (
        "{folder}: {topics:topic}, {questions:question}",
        "{folder}: 주제 {topics}개, 문제 {questions}개",
    ),
    "machine-not-writable": ("{folder}: cannot be written", "{folder}: 쓸 수 없습니다"),
    # what is missing
    "advice-bubblewrap": (
        "not installed; `apt install bubblewrap` brings it, and then files are hidden too",
        "설치되어 있지 않습니다. `apt install bubblewrap`으로 설치하면 파일도 숨깁니다",
    ),
    "advice-level-fails": ("does not work here: {reason}", "여기서는 동작하지 않습니다: {reason}"),
    "advice-setting": (
        "it is {value}, which keeps bubblewrap out; `sysctl {key}={other}` lets it in",
        "값이 {value}이라서 bubblewrap이 막힙니다. `sysctl {key}={other}`로 풀 수 있습니다",
    ),
    "advice-landlock": (
        "Linux 5.13 or newer has it, where `landlock` is among the boot option `lsm=`",
        "Linux 5.13 이상에서 부팅 옵션 `lsm=`에 `landlock`이 있으면 쓸 수 있습니다",
    ),
    "advice-seccomp": (
        "a kernel with CONFIG_SECCOMP_FILTER on x86_64 or aarch64 has it",
        "x86_64나 aarch64에서 CONFIG_SECCOMP_FILTER를 켠 커널이면 쓸 수 있습니다",
    ),
    "advice-compiled": (
        "torch has none, so that each start compiles it and takes twice as long; {remedy}",
        "torch에 없어서 시작할 때마다 컴파일하느라 두 배 오래 걸립니다. {remedy}",
    ),
    "advice-compiled-soon": (
        "the first answer has it made in the background",
        "첫 답을 낼 때 백그라운드에서 만듭니다",
    ),
    "advice-compile": ("`{command}` makes it", "`{command}` 명령으로 만들 수 있습니다"),
}
