"""What a user can do wrong, and what a machine can lack: one sentence and an exit code, never a traceback."""

from __future__ import annotations

import platform
import re
import sys
import tempfile
from pathlib import Path

import click
import pytest

from tensordrill import __version__
from tensordrill.cli import app

from .conftest import Environment, only, run, run_process, said

_REPOSITORY = Path(__file__).parent.parent.parent


def _usage(command: str, arguments: str = "[OPTIONS]") -> str:
    return f"Usage: tensordrill {command} {arguments}\nTry 'tensordrill {command} --help' for help.\n\n"


@pytest.mark.parametrize(
    ("arguments", "err"),
    [
        pytest.param(
            ["qiuz"],
            "Usage: tensordrill [OPTIONS] [COMMAND] [ARGS]...\nTry 'tensordrill --help' for help.\n\n"
            "Error: No such command 'qiuz'. Did you mean 'quiz'?",
            id="unknown-command",
        ),
        pytest.param(
            ["quiz", "--tpic", "view"],
            _usage("quiz") + "Error: No such option '--tpic'. Did you mean '--topic'?",
            id="unknown-option",
        ),
        pytest.param(
            ["quiz", "-n", "0"],
            _usage("quiz") + "Error: Invalid value for '-n': 0 is not in the range x>=1.",
            id="no-questions",
        ),
        pytest.param(
            ["quiz", "-n", "ten"],
            _usage("quiz") + "Error: Invalid value for '-n': 'ten' is not a valid integer range.",
            id="not-a-number",
        ),
        pytest.param(
            ["practice", "--level", "4"],
            _usage("practice") + "Error: Invalid value for '--level' / '-l': 4 is not in the range 1<=x<=3.",
            id="no-such-level",
        ),
        pytest.param(
            ["quiz", "--lang", "fr"],
            _usage("quiz") + "Error: Invalid value for '--lang': 'fr' is not one of 'en', 'ko'.",
            id="no-such-language",
        ),
        pytest.param(
            ["show"],
            _usage("show", "[OPTIONS] ID[@SEED]") + "Error: Missing argument 'ID[@SEED]'.",
            id="nothing-to-show",
        ),
        pytest.param(
            ["quiz", "view"],
            _usage("quiz") + "Error: Got unexpected extra argument (view)",
            id="a-topic-without-its-option",
        ),
        pytest.param(
            ["practice", "--exam"],
            _usage("practice") + "Error: No such option '--exam'.",
            id="practice-is-no-exam",
        ),
    ],
)
def test_wrong_usage_exits_2(arguments: list[str], err: str) -> None:
    ran = run(*arguments)
    assert (ran.code, ran.out, ran.err) == (2, "", f"{err}\n")


_BANK = _REPOSITORY / "questions"


@pytest.mark.parametrize(
    ("arguments", "err"),
    [
        pytest.param(
            ["quiz", "--topic", "veiw"],
            f"there is no topic `veiw` in {_BANK}; did you mean `view`?",
            id="misspelt-topic",
        ),
        pytest.param(
            ["practice", "--topic", "gardening"],
            f"there is no topic `gardening` in {_BANK}",
            id="unknown-topic",
        ),
        pytest.param(
            ["topics", "mutmul"],
            f"there is no topic `mutmul` in {_BANK}; did you mean `matmul`?",
            id="misspelt-topic-to-list",
        ),
        pytest.param(
            ["show", "view/flatten-the-transpose"],
            "there is no question `view/flatten-the-transpose`; did you mean `view/flatten-a-transpose`?",
            id="misspelt-question",
        ),
        pytest.param(
            ["show", "view"],
            "`view` is not a question's id; it looks like `view/flatten-a-transpose`",
            id="a-topic-for-a-question",
        ),
        pytest.param(
            ["show", "view/flatten-a-transpose@seven"],
            "`seven` in `view/flatten-a-transpose@seven` is not a seed; a seed is an integer, as in "
            "`view/flatten-a-transpose@7`",
            id="not-a-seed",
        ),
        pytest.param(
            ["quiz", "--topic", "view/flatten-the-transpose"],
            "there is no question `view/flatten-the-transpose`; did you mean `view/flatten-a-transpose`?",
            id="misspelt-question-to-ask",
        ),
        pytest.param(
            ["quiz", "--level", "1", "--topic", "view/flatten-a-transpose"],
            "there is no question of level 1 to ask; `tensordrill topics` lists what there is",
            id="nothing-of-that-level",
        ),
        pytest.param(
            ["bank", "new", "My Topic"],
            "`My Topic` cannot name a topic; use lower-case words joined by `-`, as in `my-topic`",
            id="a-name-that-no-topic-can-have",
        ),
        pytest.param(
            ["quiz", "--bank", "/no/such/bank"],
            "/no/such/bank: the bank cannot be read: No such file or directory",
            id="no-bank",
        ),
        pytest.param(
            ["bank", "check", "/dev/null"],
            "/dev/null: the bank cannot be read: Not a directory",
            id="a-file-for-a-bank",
        ),
    ],
)
def test_a_foreseen_problem_exits_1(arguments: list[str], err: str, tmp_path: Path) -> None:
    ran = run(*arguments, cwd=tmp_path)
    assert (ran.code, ran.out, ran.err) == (1, "", f"tensordrill: {err}\n")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["home"]


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


def test_an_unknown_kind_of_lab_is_named(basics: Path) -> None:
    ran = run("quiz", "--json", *only(basics, "swap"), stdin=said("3,2"), TENSORDRILL_LAB="cloud")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == "tensordrill: TENSORDRILL_LAB is `cloud`; it may be `fork` or `spawn`\n"


def test_the_spawning_lab_plays_the_same_round(basics: Path) -> None:
    arguments = ["quiz", "--json", "--seed", "1", *only(basics, "column")]
    spawned, forked = (run(*arguments, stdin=said("v.t()"), TENSORDRILL_LAB=lab) for lab in ("spawn", "fork"))
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


def test_a_bug_exits_3_and_names_a_log_with_the_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def burst() -> None:
        raise ZeroDivisionError("three\nlines\n" + "long " * 100)

    monkeypatch.setitem(app.app.commands, "burst", click.Command("burst", callback=burst))
    monkeypatch.setattr(sys, "argv", ["tensordrill", "burst"])
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert app._exit_code() == 3
    out, err = capsys.readouterr()
    said = re.fullmatch(
        r"tensordrill: this is a bug \(ZeroDivisionError: (.*)\); please report it with the log at (\S+)\n",
        err,
        re.DOTALL,
    )
    assert said
    assert (out, len(said[1])) == ("", 200)
    log = Path(said[2])
    assert log.parent == tmp_path
    text = log.read_text(encoding="utf-8")
    head = f"tensordrill {__version__}, Python {platform.python_version()}, {platform.platform()}"
    assert text.splitlines()[:4] == [head, "command: ['burst']", "", "Traceback (most recent call last):"]
    assert 'raise ZeroDivisionError("three' in text


def test_a_bug_is_said_even_where_no_log_can_be_written(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def burst() -> None:
        raise ZeroDivisionError("nothing")

    monkeypatch.setitem(app.app.commands, "burst", click.Command("burst", callback=burst))
    monkeypatch.setattr(sys, "argv", ["tensordrill", "burst"])
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    assert app._exit_code() == 3
    assert capsys.readouterr().err == (
        "tensordrill: this is a bug (ZeroDivisionError: nothing); its log could not be written\n"
    )
