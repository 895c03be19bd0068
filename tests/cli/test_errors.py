"""Mistakes of users and lacks of machines: one sentence and an exit code, never a traceback."""

from __future__ import annotations

import errno
import os
import platform
import re
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
import typer

from tensordrill import __version__
from tensordrill.cli import app
from tensordrill.cli.commands import CommandEntry

from .conftest import Environment, only, run, run_process, said

_REPOSITORY = Path(__file__).parent.parent.parent


_WRONG = [
    pytest.param(
        ["qiuz"],
        "there is no command `qiuz`; did you mean `quiz`?",
        "`qiuz` 명령은 없습니다. 혹시 `quiz`인가요?",
        id="unknown-command",
    ),
    pytest.param(["dance"], "there is no command `dance`", "`dance` 명령은 없습니다.", id="no-guess"),
    pytest.param(
        ["grade", "hw1"],
        "there is no command `grade`; did you mean `assignment grade`?",
        "`grade` 명령은 없습니다. 혹시 `assignment grade`인가요?",
        id="a-command-of-a-group-alone",
    ),
    pytest.param(
        ["help"],
        "there is no command `help`; did you mean `--help`?",
        "`help` 명령은 없습니다. 혹시 `--help`인가요?",
        id="help-without-dashes",
    ),
    pytest.param(
        ["bank", "chekc"],
        "there is no command `chekc`; did you mean `check`?",
        "`chekc` 명령은 없습니다. 혹시 `check`인가요?",
        id="unknown-command-of-a-group",
    ),
    pytest.param(
        ["quiz", "--tpic", "view"],
        "there is no option `--tpic`; did you mean `--topic`?",
        "`--tpic` 옵션은 없습니다. 혹시 `--topic`인가요?",
        id="unknown-option",
    ),
    pytest.param(["practice", "-x"], "there is no option `-x`", "`-x` 옵션은 없습니다.", id="unknown-letter"),
    pytest.param(
        ["practice", "--exam"],
        "there is no option `--exam`",
        "`--exam` 옵션은 없습니다.",
        id="of-another-command",
    ),
    pytest.param(
        ["quiz", "-n", "0"],
        "`-n` should be at least 1, not 0",
        "`-n`에는 1 이상을 적으세요(입력한 값: 0).",
        id="no-questions",
    ),
    pytest.param(
        ["quiz", "-n", "it's ten"],
        "`-n` should be a whole number, not `it's ten`",
        "`-n`에는 정수를 적으세요(입력한 값: `it's ten`).",
        id="not-a-number",
    ),
    pytest.param(
        ["quiz", "--seed", "1.5"],
        "`--seed` should be a whole number, not `1.5`",
        "`--seed`에는 정수를 적으세요(입력한 값: `1.5`).",
        id="not-a-seed",
    ),
    pytest.param(
        ["practice", "--level", "4"],
        "`--level` should be from 1 to 3, not 4",
        "`--level`에는 1부터 3까지의 수를 적으세요(입력한 값: 4).",
        id="no-such-level",
    ),
    pytest.param(
        ["explain", "x", "--seconds", "long"],
        "`--seconds` should be a number, not `long`",
        "`--seconds`에는 수를 적으세요(입력한 값: `long`).",
        id="not-a-duration",
    ),
    pytest.param(
        ["quiz", "--lang", "fr"],
        "`--lang` should be one of `en`, `ko`, not `fr`",
        None,
        id="no-such-language",
    ),
    pytest.param(
        ["assignment", "grade", "a", "b", "--out", "c", "--isolation", "docker"],
        "`--isolation` should be one of `auto`, `bubblewrap`, `landlock`, `none`, not `docker`",
        "`--isolation`에는 `auto`, `bubblewrap`, `landlock`, `none` 가운데 하나를 적으세요(입력한 값: `docker`).",
        id="no-such-isolation",
    ),
    pytest.param(["show"], "`ID[@SEED]` is missing", "`ID[@SEED]` 인자가 필요합니다.", id="nothing-to-show"),
    pytest.param(
        ["assignment", "build", "hw1"],
        "the option `--out` is missing",
        "`--out` 옵션이 필요합니다.",
        id="nowhere-to-write",
    ),
    pytest.param(
        ["quiz", "--topic"], "`--topic` needs a value", "`--topic` 옵션에 값을 적으세요.", id="no-value"
    ),
    pytest.param(
        ["quiz", "--json=yes"],
        "`--json` takes no value",
        "`--json` 옵션에는 값을 적지 않습니다.",
        id="a-value-too-many",
    ),
    pytest.param(
        ["quiz", "view"],
        "`view` is more than this command takes; did you mean `--topic view`?",
        "이 명령은 `view` 인자를 받지 않습니다. 혹시 `--topic view`인가요?",
        id="a-topic-without-its-option",
    ),
    pytest.param(
        ["practice", "veiw/flatten-a-transpose"],
        "`veiw/flatten-a-transpose` is more than this command takes; did you mean "
        "`--topic view/flatten-a-transpose`?",
        "이 명령은 `veiw/flatten-a-transpose` 인자를 받지 않습니다. 혹시 `--topic view/flatten-a-transpose`인가요?",
        id="a-question-without-its-option",
    ),
    pytest.param(
        ["doctor", "please", "help"],
        "`please help` is more than this command takes",
        "이 명령은 `please help` 인자를 받지 않습니다.",
        id="words-that-mean-nothing",
    ),
    pytest.param(
        ["show", "view/flatten-a-transpose", "--watch", "--json"],
        "`--watch`, `--python` and `--json` are three ways to show; choose one",
        "`--watch`, `--python`, `--json`은 함께 쓸 수 없습니다. 하나만 고르세요.",
        id="two-ways-to-show",
    ),
    pytest.param(
        ["explain", "x = 1", "y"],
        "only a script takes arguments; put CODE in quotes",
        "인자는 스크립트에만 줄 수 있습니다. CODE는 따옴표로 묶으세요.",
        id="code-without-quotes",
    ),
    pytest.param(
        ["assignment", "new", "hw1", "--kinds", "wrte"],
        "`wrte` is no kind; choose from write, fill, order, which, predict",
        "`wrte` 종류는 없습니다. write, fill, order, which, predict 가운데 고르세요.",
        id="no-such-kind",
    ),
    pytest.param(
        ["assignment", "new", "hw1", "--points", "nan"],
        "`nan` is no number of points; write one from 0 to 1000000",
        "`nan`은 점수가 될 수 없습니다. 0부터 1000000까지의 수를 적으세요.",
        id="no-number-of-points",
    ),
    pytest.param(
        ["assignment", "build", "hw1", "--out", "h", "--recorded", "--current"],
        "`--recorded` and `--current` are two ways to take the questions; choose one",
        "`--recorded`와 `--current`는 함께 쓸 수 없습니다. 하나만 고르세요.",
        id="two-ways-to-take-questions",
    ),
]


@pytest.mark.parametrize(("arguments", "english", "korean"), _WRONG)
def test_wrong_usage_exits_2(arguments: list[str], english: str, korean: str | None, tmp_path: Path) -> None:
    ran = run(*arguments, cwd=tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.split("\n\n")[0] == f"tensordrill: {english}"
    if korean is not None:
        assert run("--lang", "ko", *arguments, cwd=tmp_path).err.split("\n\n")[0] == f"tensordrill: {korean}"
    assert [path.name for path in tmp_path.iterdir()] == []


@pytest.mark.parametrize(
    ("arguments", "call"),
    [
        pytest.param(["qiuz"], "tensordrill [OPTIONS] COMMAND [ARGS]...", id="a-group"),
        pytest.param(["show"], "tensordrill show [OPTIONS] ID[@SEED]", id="an-argument"),
        pytest.param(
            ["topics", "--x"], "tensordrill topics [OPTIONS] [TOPIC]", id="an-argument-that-may-be-left-out"
        ),
        pytest.param(
            ["explain", "--steps=1"],
            "tensordrill explain [OPTIONS] [CODE|FILE|ADDRESS|-] [ARGUMENTS]...",
            id="arguments",
        ),
        pytest.param(
            ["assignment", "grade", "hw1"],
            "tensordrill assignment grade [OPTIONS] ASSIGNMENT SUBMISSIONS...",
            id="several",
        ),
    ],
)
def test_wrong_usage_shows_how_a_command_is_called(arguments: list[str], call: str) -> None:
    command = " ".join(word for word in call.split() if word.islower())
    for language, usage, explains in (
        ("en", "Usage:", f"`{command} --help` explains."),
        ("ko", "사용법:", f"`{command} --help`로 설명을 봅니다."),
    ):
        lines = run("--lang", language, *arguments).err.splitlines()
        assert lines[1:] == ["", f"{usage} {call}", explains]


@pytest.mark.parametrize("command", [["bank"], ["assignment"], ["assignment", "pack"]], ids=" ".join)
def test_a_group_alone_is_wrong_usage_that_its_help_answers(command: list[str]) -> None:
    alone, helped = run(*command), run(*command, "--help")
    assert (alone.code, alone.out, alone.err) == (2, "", helped.out)


_BANK = _REPOSITORY / "questions"


@pytest.mark.parametrize(
    ("arguments", "english", "korean"),
    [
        pytest.param(
            ["quiz", "--topic", "veiw"],
            f"there is no topic `veiw` in {_BANK}; did you mean `view`?",
            f"{_BANK}에 `veiw` 주제가 없습니다. 혹시 `view`인가요?",
            id="misspelt-topic",
        ),
        pytest.param(
            ["practice", "--topic", "gardening"],
            f"there is no topic `gardening` in {_BANK}",
            f"{_BANK}에 `gardening` 주제가 없습니다.",
            id="unknown-topic",
        ),
        pytest.param(
            ["topics", "mutmul"],
            f"there is no topic `mutmul` in {_BANK}; did you mean `matmul`?",
            f"{_BANK}에 `mutmul` 주제가 없습니다. 혹시 `matmul`인가요?",
            id="misspelt-topic-to-list",
        ),
        pytest.param(
            ["show", "view/flatten-the-transpose"],
            "there is no question `view/flatten-the-transpose`; did you mean `view/flatten-a-transpose`?",
            "`view/flatten-the-transpose` 문제가 없습니다. 혹시 `view/flatten-a-transpose`인가요?",
            id="misspelt-question",
        ),
        pytest.param(
            ["show", "view"],
            "`view` is not a question's id; it looks like `view/flatten-a-transpose`",
            "`view`: 문제의 id가 아닙니다. id는 `view/flatten-a-transpose`처럼 적습니다.",
            id="a-topic-for-a-question",
        ),
        pytest.param(
            ["show", "view/flatten-a-transpose@seven"],
            "`seven` in `view/flatten-a-transpose@seven` is not a seed; a seed is an integer, as in "
            "`view/flatten-a-transpose@7`",
            "`view/flatten-a-transpose@seven`: `seven` 부분이 시드가 아닙니다. 시드는 "
            "`view/flatten-a-transpose@7`처럼 정수로 적습니다.",
            id="not-a-seed",
        ),
        pytest.param(
            ["quiz", "--topic", "view/flatten-the-transpose"],
            "there is no question `view/flatten-the-transpose`; did you mean `view/flatten-a-transpose`?",
            "`view/flatten-the-transpose` 문제가 없습니다. 혹시 `view/flatten-a-transpose`인가요?",
            id="misspelt-question-to-ask",
        ),
        pytest.param(
            ["quiz", "--level", "1", "--topic", "view/flatten-a-transpose"],
            "there is no question of level 1 to ask; `tensordrill topics` lists what there is",
            "난이도 1인 문제가 없습니다. `tensordrill topics`로 어떤 문제가 있는지 보세요.",
            id="nothing-of-that-level",
        ),
        pytest.param(
            ["bank", "new", "My Topic"],
            "`My Topic` cannot name a topic; use lower-case words joined by `-`, as in `my-topic`",
            "`My Topic` 이름은 주제에 쓸 수 없습니다. `my-topic`처럼 소문자 낱말을 `-`로 이으세요.",
            id="a-name-that-no-topic-can-have",
        ),
        pytest.param(
            ["quiz", "--bank", "/no/such/bank"],
            "/no/such/bank: the bank cannot be read: No such file or directory",
            "/no/such/bank: 문제 은행을 읽을 수 없습니다: No such file or directory",
            id="no-bank",
        ),
        pytest.param(
            ["bank", "check", "/dev/null"],
            "/dev/null: the bank cannot be read: Not a directory",
            "/dev/null: 문제 은행을 읽을 수 없습니다: Not a directory",
            id="a-file-for-a-bank",
        ),
        pytest.param(
            ["explain", "nowhere.py"],
            "nowhere.py: the script cannot be read: No such file or directory",
            "nowhere.py: 스크립트를 읽을 수 없습니다: No such file or directory",
            id="no-script",
        ),
    ],
)
def test_a_foreseen_problem_exits_1(arguments: list[str], english: str, korean: str, tmp_path: Path) -> None:
    ran, spoken = run(*arguments, cwd=tmp_path), run(*arguments, "--lang", "ko", cwd=tmp_path)
    assert (ran.code, ran.out, ran.err) == (1, "", f"tensordrill: {english}\n")
    assert (spoken.code, spoken.out, spoken.err) == (1, "", f"tensordrill: {korean}\n")
    assert run("--lang", "ko", *arguments, cwd=tmp_path) == spoken
    assert sorted(path.name for path in tmp_path.iterdir()) == []


def test_an_empty_bank_says_how_to_begin(tmp_path: Path) -> None:
    ran = run("topics", "--bank", str(tmp_path))
    assert (ran.code, ran.out, ran.err) == (
        1,
        "",
        f"tensordrill: {tmp_path}: no topic file (`*.yaml`) here; `tensordrill bank new TOPIC` writes one\n",
    )


# --- the environment ---


def test_the_bank_of_the_environment_is_used_unless_another_is_named(basics: Path, tmp_path: Path) -> None:
    elsewhere = str(tmp_path / "nowhere")
    assert '"basics/swap"' in run("topics", "--json", TENSORDRILL_BANK=str(basics)).out
    assert '"basics/swap"' in run("topics", "--json", "--bank", str(basics), TENSORDRILL_BANK=elsewhere).out
    missing = run("topics", TENSORDRILL_BANK=elsewhere)
    assert (missing.code, missing.err) == (
        1,
        f"tensordrill: {elsewhere}: the bank cannot be read: No such file or directory\n",
    )


def test_an_unknown_kind_of_sandbox_is_named(basics: Path) -> None:
    ran = run("quiz", "--json", *only(basics, "swap"), stdin=said("3,2"), TENSORDRILL_LAB="cloud")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == "tensordrill: TENSORDRILL_LAB is `cloud`; it may be `fork` or `spawn`\n"


def test_the_spawning_sandbox_plays_the_same_round(basics: Path) -> None:
    arguments = ["quiz", "--json", "--seed", "1", *only(basics, "column")]
    spawned, forked = (
        run(*arguments, stdin=said("v.t()"), TENSORDRILL_LAB=sandbox) for sandbox in ("spawn", "fork")
    )
    assert (spawned.code, spawned.err) == (0, "")
    assert spawned.out == forked.out


def test_without_torch_questions_are_shown_and_a_round_says_what_is_missing(
    environment: Environment, basics: Path
) -> None:
    python = environment("torch", "functorch")
    program = (python, "-m", "tensordrill")
    path = str(_REPOSITORY)
    missing = "torch is not installed here; the README's first lines say how to install it"
    shown = run_process("show", "basics/swap", "--bank", str(basics), program=program, PYTHONPATH=path)
    assert (shown.code, shown.err) == (0, "")
    answered = run_process(
        "quiz", "--json", *only(basics, "swap"), stdin=said("3,2"), program=program, PYTHONPATH=path
    )
    assert (answered.code, answered.err) == (1, f"tensordrill: {missing}\n")
    doctor = run_process("doctor", program=program, PYTHONPATH=path, COLUMNS="1000")
    assert doctor.code == 1
    assert f"✗  torch        {missing}" in [line.rstrip() for line in doctor.out.splitlines()]


# --- broken banks ---


def test_all_problems_of_a_bank_are_reported_together(basics: Path) -> None:
    (basics / "one.yaml").write_text(
        "format: 1\ntopic: one\ntitle: One\nquestions:\n"
        "  - {id: a, gievn: x = 1, ask: x}\n"
        "  - {id: b, level: 9, given: x = 1, ask: x}\n",
        encoding="utf-8",
    )
    (basics / "two.yaml").write_text("format: 2\ntopic: two\n", encoding="utf-8")
    ran = run("bank", "check", str(basics))
    assert (ran.code, ran.out) == (1, "")
    assert [line.split(": ", 1) for line in ran.err.splitlines()] == [
        [f"{basics}/one.yaml:5:13", "the key `gievn` is not known here; did you mean `given`?"],
        [f"{basics}/one.yaml:6:20", "9 is not possible here; possible are `1`, `2`, `3`"],
        [f"{basics}/two.yaml:1:9", "format 2 is newer than this program's 1; upgrade tensordrill"],
    ]


def test_a_question_whose_own_program_does_not_end_is_left_out_and_the_next_one_works(basics: Path) -> None:
    (basics / "endless.yaml").write_text(
        "format: 1\ntopic: endless\ntitle: Endless\nquestions:\n"
        "  - id: loop\n    given: x = 1\n    code: import time; time.sleep(1000)\n    ask: x\n",
        encoding="utf-8",
    )
    arguments = ["quiz", "--json", "--bank", str(basics), "--topic", "endless", "--topic", "basics/swap"]
    ran = run(*arguments, "--seed", "1", stdin=said("1", "3,2", "3,2"))
    assert ran.code == 0
    assert ran.err == ("tensordrill: left out: endless/loop@1: the question's own program ran out of time\n")
    verdicts = [(event["id"], event["outcome"]) for event in ran.events if event["event"] == "verdict"]
    assert verdicts == [("basics/swap", "correct")]


# --- bugs ---


def add_command(monkeypatch: pytest.MonkeyPatch, burst: Callable[[], None]) -> None:
    """Add the command `burst` for a test."""
    commands = typer.Typer()
    commands.command()(burst)
    module = ModuleType("burst")
    vars(module)["app"] = commands
    monkeypatch.setitem(sys.modules, "burst", module)
    monkeypatch.setitem(app.Commands.table, "burst", CommandEntry("burst", "quiz-summary"))


@pytest.fixture
def burst(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A command with a bug, and a folder for its log."""

    def burst() -> None:
        raise ZeroDivisionError("three\nlines\n" + "long " * 100)

    add_command(monkeypatch, burst)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))


@pytest.mark.usefixtures("burst")
def test_a_bug_exits_3_and_names_a_log_with_the_traceback(tmp_path: Path) -> None:
    ran = run("burst")
    assert (ran.code, ran.out) == (3, "")
    match = re.fullmatch(
        r"tensordrill: this is a bug \(ZeroDivisionError: (.*)\); please report it with the log at (\S+)\n",
        ran.err,
        re.DOTALL,
    )
    assert match
    assert len(match[1]) == 200
    log = Path(match[2])
    assert log.parent == tmp_path
    text = log.read_text(encoding="utf-8")
    head = f"tensordrill {__version__}, Python {platform.python_version()}, {platform.platform()}"
    assert text.splitlines()[:4] == [head, "command: ['burst']", "", "Traceback (most recent call last):"]
    assert 'raise ZeroDivisionError("three' in text


@pytest.mark.usefixtures("burst")
def test_a_bug_is_said_in_korean() -> None:
    err = run("--lang", "ko", "burst").err
    assert re.fullmatch(
        r"tensordrill: 프로그램의 버그입니다\(ZeroDivisionError: .*\)\. \S+\.log 파일을 첨부해 알려 주세요\.\n",
        err,
        re.DOTALL,
    )


@pytest.mark.usefixtures("burst")
def test_a_bug_is_said_even_where_no_log_can_be_written(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    ran = run("burst")
    assert ran.code == 3
    assert ran.err.endswith("); its log could not be written\n")


def test_a_pipe_that_nobody_reads_on_windows_is_no_bug(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def burst() -> None:
        raise OSError(errno.EINVAL, "Invalid argument")

    monkeypatch.setattr(sys, "platform", "win32")
    add_command(monkeypatch, burst)
    kept = os.dup(1)
    try:
        assert app.run(["burst"]) == 1
    finally:
        os.dup2(kept, 1)
        os.close(kept)
    assert capfd.readouterr() == ("", "")
