"""Completion: what the program offers, and what bash, zsh and fish make of it on a line that is really typed."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

import pexpect
import pytest

from tensordrill.bank.load import Bank
from tensordrill.bank.sources import shipped
from tensordrill.cli.completion import joined_words
from tensordrill.drill.review import Review
from tensordrill.drill.store import Store
from tests.needs import rarely, require_shell
from tests.reviews import review_of

from .conftest import PROGRAM, Ran, environ_with, run, run_process, write_basics

_STARTS = {
    "bash": ["bash", "--noprofile", "-i"],
    "zsh": ["zsh", "-i"],
    "fish": ["fish", "-i"],
}
_INSTALLED = {
    "bash": ".bash_completions/tensordrill.sh",
    "zsh": ".zfunc/_tensordrill",
    "fish": ".config/fish/completions/tensordrill.fish",
}
_SHOW_LINE = {
    "bash": r"""bind -x '"\C-x": printf "<<%s>>\n" "$READLINE_LINE"'; bind 'set show-all-if-ambiguous on'""",
    "zsh": r"""show() { print -r -- "<<$BUFFER>>" }; zle -N show; bindkey '^X' show; setopt list_ambiguous""",
    "fish": r"""bind \cx 'printf "<<%s>>\n" (commandline)'""",
}
"""For each shell, a key that prints the line as it is after all keys before it."""


class Shell:
    """A shell in a terminal, with completion as `tensordrill --install-completion` has installed it."""

    def __init__(self, name: str, folder: Path, environment: Mapping[str, str]) -> None:
        self._child = pexpect.spawn(
            _STARTS[name][0],
            _STARTS[name][1:],
            cwd=str(folder),
            env={**environment, "TERM": "xterm", "fish_greeting": ""},
            encoding="utf-8",
            timeout=60,
            dimensions=(50, 160),
        )
        self._child.sendline(f"{_SHOW_LINE[name]}; echo rea''dy")
        self._child.expect("ready\r")
        if name == "zsh":
            self.complete(
                "tensordrill quiz "
            )  # the first Tab loads typer's script, and completes nothing yet

    def complete(self, typed: str) -> str:
        """Type a line and press Tab; return the line that it became."""
        self._child.send(typed + "\t")
        self._child.send("\x18")
        self._child.expect("<<([^<>]*)>>")
        assert isinstance(self._child.match, re.Match)
        line: str = self._child.match[1]
        self._child.sendcontrol("u")
        return line

    def end(self) -> None:
        """End the shell."""
        self._child.close(force=True)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a bank, scripts and hand-outs, and a home whose learner has answered three questions."""
    folder = tmp_path_factory.mktemp("completion")
    (folder / "home").mkdir()
    (folder / "bank").mkdir()
    write_basics(folder / "bank")
    for name in ("hw1-2026.py", "my answers.py", "training.py", "notes.txt"):
        (folder / name).write_text("", encoding="utf-8")
    (folder / "handout").mkdir()
    with Store.open(folder / "home" / "data") as store:
        for seed in (7, 4711, 7):
            store.append(_review(f"basics/swap@{seed}"))
    return folder


def _review(address: str) -> Review:
    return review_of(address.partition("@")[0], address=address)


@pytest.fixture(scope="module")
def environment(folder: Path) -> Mapping[str, str]:
    """The variables of a shell in that folder."""
    path = f"{PROGRAM.parent}{os.pathsep}{os.environ['PATH']}"
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "TENSORDRILL_"))
    }
    return {**kept, **environ_with(folder / "home"), "PATH": path, "TENSORDRILL_BANK": str(folder / "bank")}


@pytest.fixture(scope="module")
def shells() -> Iterator[dict[str, Shell]]:
    """The shells that were started so far."""
    started: dict[str, Shell] = {}
    yield started
    for shell in started.values():
        shell.end()


@pytest.fixture
def shell(
    request: pytest.FixtureRequest, shells: dict[str, Shell], folder: Path, environment: Mapping[str, str]
) -> Shell:
    """A shell of the name that the test is parametrized with, in which completion was installed."""
    name: str = request.param
    require_shell(name)
    if name not in shells:
        command = (
            "tensordrill --install-completion; true"  # with `true`, the shell stays the program's parent
        )
        subprocess.run([name, "-c", command], env=environment, cwd=folder, check=True, timeout=60)
        assert (folder / "home" / _INSTALLED[name]).is_file()
        shells[name] = Shell(name, folder, environment)
    return shells[name]


_EVERYWHERE = {
    "tensordrill quiz -t bas": "tensordrill quiz -t basics ",
    "tensordrill show basics/swap@4": "tensordrill show basics/swap@4711 ",
    "tensordrill check my": "tensordrill check my\\ answers.py ",
}
_IN_BASH = {
    "tensordrill pract": "tensordrill practice ",
    "tensordrill quiz --ex": "tensordrill quiz --exam ",
    "tensordrill show basics/sw": "tensordrill show basics/swap ",
    "tensordrill check han": "tensordrill check handout/",
    "tensordrill assignment bui": "tensordrill assignment build ",
    "tensordrill --lang k": "tensordrill --lang ko ",
    "tensordrill topics b": "tensordrill topics basics ",
    "tensordrill show bas": "tensordrill show basics/",
    "tensordrill quiz -t basics/swap@4": "tensordrill quiz -t basics/swap@4711 ",
    "tensordrill check hw": "tensordrill check hw1-2026.py ",
    "tensordrill explain tra": "tensordrill explain training.py ",
    "tensordrill explain basics/sw": "tensordrill explain basics/swap ",
    "tensordrill assignment new x --kinds write,wh": "tensordrill assignment new x --kinds write,which ",
}
_IN_BASH_ALONE = {
    "tensordrill quiz --topic=bas": "tensordrill quiz --topic=basics ",
    "tensordrill quiz --topic=basics/swap@4": "tensordrill quiz --topic=basics/swap@4711 ",
    "tensordrill quiz --bank=han": "tensordrill quiz --bank=handout/",
}


def _typed(shell: str, lines: Mapping[str, str]) -> list[pytest.ParameterSet]:
    """Return the shell, what is typed, and the line that it becomes."""
    return [
        pytest.param(shell, typed, line, id=f"{shell}-{typed.removeprefix('tensordrill ')}")
        for typed, line in lines.items()
    ]


_TYPED = [
    *_typed("bash", _EVERYWHERE | _IN_BASH_ALONE),
    *(each for shell in ("zsh", "fish") for each in _typed(shell, _EVERYWHERE)),
    *rarely([each for shell in ("bash", "zsh", "fish") for each in _typed(shell, _IN_BASH)]),
]


@pytest.mark.filterwarnings("ignore:.*forkpty.*:DeprecationWarning")
@pytest.mark.parametrize(("shell", "typed", "line"), _TYPED, indirect=["shell"])
def test_a_line_is_completed(shell: Shell, typed: str, line: str) -> None:
    assert shell.complete(typed) == line


@pytest.mark.parametrize(
    ("language", "printed"),
    [
        ("en", "completion for bash is installed in {path}; open a new terminal to use it\n"),
        ("ko", "bash 자동 완성을 {path}에 설치했습니다. 새 터미널을 열면 쓸 수 있습니다.\n"),
    ],
)
def test_installing_says_where(language: str, printed: str, home: Path) -> None:
    command = f"'{PROGRAM}' --install-completion --lang {language}; exit $?"
    ran = run_process("-c", command, program=("bash",))
    path = home / _INSTALLED["bash"]
    assert ran == Ran(0, printed.format(path=path), "")
    assert f"source '{path}'" in (home / ".bashrc").read_text(encoding="utf-8")
    shown = run_process("-c", f"'{PROGRAM}' --show-completion; exit $?", program=("bash",))
    assert shown == Ran(0, f"{path.read_text(encoding='utf-8')}\n", "")


# --- what the program offers ---


def _offered(*words: str) -> list[str]:
    """Return the completions of the last word, which bash has split as it does."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("_TENSORDRILL_COMPLETE", "complete_bash")
        patch.setenv("COMP_WORDS", "\n".join(("tensordrill", *words)))
        patch.setenv("COMP_CWORD", str(len(words)))
        ran = run()
    assert (ran.code, ran.err) == (0, "")
    return ran.out.split()


_BANK = Bank(shipped()).names


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        pytest.param(["--l"], ["--lang"], id="before-the-command"),
        pytest.param(["quiz", "-t", ""], list(_BANK), id="all-topics"),
        pytest.param(["quiz", "-t", "view", "-t", "matm"], ["matmul"], id="another-topic"),
        pytest.param(["show", ""], [f"{name}/" for name in _BANK], id="topics-of-questions"),
        pytest.param(["show", "gard"], [], id="no-topic"),
        pytest.param(["show", "gardening/"], [], id="no-topic-to-open"),
        pytest.param(["show", "view/join-the"], ["view/join-the-heads"], id="a-question"),
        pytest.param(["show", "view/join-the-heads", "view/"], [], id="one-word-too-many"),
        pytest.param(["explain", ""], [], id="files-first"),
        pytest.param(["check", ""], [], id="files-only"),
        pytest.param(
            ["assignment", "new", "x", "--kinds", ""],
            ["write", "fill", "order", "which", "predict"],
            id="kinds",
        ),
        pytest.param(
            ["assignment", "new", "x", "--kinds", "fill,"],
            ["fill,write", "fill,order", "fill,which", "fill,predict"],
            id="other-kinds",
        ),
        pytest.param(["assignment", "grade", "a", "b", "--isolation", "b"], ["bubblewrap"], id="isolation"),
        pytest.param(["bank", "check", "nowhere", "-t", ""], [], id="a-bank-that-is-not-there"),
        pytest.param(["quiz", "--level", "9", "-t", "mat"], ["matmul"], id="behind-a-mistake"),
    ],
)
def test_what_is_offered(words: list[str], offered: list[str]) -> None:
    assert _offered(*words) == offered


def test_behind_a_topic_its_questions_are_offered_too() -> None:
    offered = _offered("quiz", "-t", "view")
    assert offered[0] == "view"
    assert {each.partition("/")[0] for each in offered} == {"view"}
    assert len(offered) > 10


def test_the_bank_of_the_line_is_read(basics: Path) -> None:
    assert _offered("show", "--bank", str(basics), "basics/s") == ["basics/swap", "basics/sharing"]
    assert _offered("bank", "check", str(basics), "-t", "b") == ["basics"]


def test_a_broken_topic_offers_nothing(basics: Path) -> None:
    (basics / "basics.yaml").write_text("{", encoding="utf-8")
    assert _offered("show", "--bank", str(basics), "basics/s") == []


def test_addresses_are_offered_newest_first_and_nothing_is_made(
    folder: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = ["quiz", "--bank", str(folder / "bank"), "-t", "basics/swap", "@"]
    assert _offered(*asked) == []
    assert list(home.iterdir()) == []
    monkeypatch.setenv("TENSORDRILL_HOME", str(folder / "home" / "data"))
    assert _offered(*asked) == ["@7", "@4711"]


@pytest.mark.parametrize(
    ("words", "joined", "kept"),
    [
        pytest.param(["t", "show", "a/b"], ["t", "show", "a/b"], "", id="no-split"),
        pytest.param(["t", "show", "a/b", "@"], ["t", "show", "a/b@"], "a/b", id="at"),
        pytest.param(["t", "show", "a/b", "@", "7"], ["t", "show", "a/b@7"], "a/b", id="seed"),
        pytest.param(["t", "--topic", "=", "v"], ["t", "--topic=v"], "", id="equals"),
        pytest.param(["t", "--topic", "="], ["t", "--topic="], "", id="nothing-yet"),
        pytest.param(["t", "-t", "a/b", "@", "7", "x"], ["t", "-t", "a/b@7", "x"], "", id="earlier"),
        pytest.param(["t", "--topic", "=", "a/b", "@", "7"], ["t", "--topic=a/b@7"], "a/b", id="both"),
    ],
)
def test_what_bash_splits_is_joined(words: list[str], joined: list[str], kept: str) -> None:
    assert joined_words(words) == (joined, kept)


def test_completing_never_imports_torch_and_reads_one_topic(basics: Path) -> None:
    (basics / "other.yaml").write_text("not a topic", encoding="utf-8")
    program = (
        "import atexit, sys; atexit.register(lambda: print('torch' in sys.modules, file=sys.stderr)); "
        "from tensordrill.cli.app import main; main()"
    )
    ran = run_process(
        "-c",
        program,
        program=(PROGRAM.parent / "python",),
        _TENSORDRILL_COMPLETE="complete_bash",
        COMP_WORDS="tensordrill\nshow\nbasics/sw",
        COMP_CWORD="2",
        TENSORDRILL_BANK=str(basics),
    )
    assert ran == Ran(0, "basics/swap\n", "False\n")
