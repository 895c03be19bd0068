"""Several banks on the command line; what is said of a question that has changed; checks that follow a file."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tensordrill.cli import watching
from tensordrill.drill.store import Store

from .conftest import PROGRAM, run

TOPIC = """\
format: 1
topic: mine
title: Mine
questions:
  - id: size
    draw:
      n: {int: [3, 900]}
    given: x = torch.zeros({{ n }}, 2)
    ask: x.shape
    misconceptions:
      - id: turned
        ask: x.t().shape
        because: Rows come first.
"""


@pytest.fixture
def mine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A bank of one topic, in the working directory."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "mine.yaml").write_text(TOPIC, encoding="utf-8")
    return folder


def test_several_banks_are_open_side_by_side(mine: Path) -> None:
    events = run("topics", "--json", "--bank", "shipped", "--bank", str(mine)).events
    assert {topic["topic"] for topic in events} >= {"view", "squeeze", "mine"}


def test_the_variable_opens_several(mine: Path) -> None:
    both = os.pathsep.join(["shipped", str(mine)])
    ran = run("show", "mine/size@3", TENSORDRILL_BANK=both)
    assert (ran.code, ran.err) == (0, "")
    assert "mine · size" in ran.out


@pytest.mark.usefixtures("mine")
def test_banks_are_listed_with_what_they_hold() -> None:
    (own, shipped) = run("bank", "list", "--json", "--bank", "mine").events
    assert own == {"bank": "mine", "kind": "folder", "where": "mine", "open": True, "topics": {"mine": 1}}
    assert (shipped["bank"], shipped["open"]) == ("shipped", False)
    out = run("bank", "list", "--bank", "mine", COLUMNS="120").out
    assert " mine     folder, 1 topic, 1 question" in out


def test_a_bank_that_cannot_be_read_is_listed_so(mine: Path) -> None:
    (mine / "mine.yaml").write_text("questions", encoding="utf-8")
    ran = run("bank", "list", "--bank", "mine", COLUMNS="160")
    assert ran.code == 0
    assert " mine     folder, cannot be loaded: `tensordrill bank check mine`" in ran.out


def test_a_packed_bank_is_played(mine: Path) -> None:
    ran = run("bank", "pack", "mine")
    assert (ran.code, ran.out) == (0, "mine.zip: a bank of 1 topic\n")
    played = run(
        "quiz", "--bank", "mine.zip", "-n", "1", "--seed", "3", "--json", stdin='{"command": "skip"}\n'
    )
    assert played.events[0]["topic"] == "mine"
    assert mine.is_dir()


def test_a_pack_that_cannot_be_written_is_said(mine: Path) -> None:
    ran = run("bank", "pack", str(mine), "--out", "nowhere/mine.zip")
    assert (ran.code, ran.err) == (
        1,
        "tensordrill: nowhere/mine.zip: the bank cannot be packed: No such file or directory\n",
    )


def test_an_assignment_takes_questions_from_several_banks(mine: Path) -> None:
    chosen = ["-t", "mine/size", "-t", "view/flatten-a-transpose", "--kinds", "predict"]
    ran = run("assignment", "new", "hw1", "--bank", "shipped", "--bank", str(mine), *chosen)
    assert (ran.code, ran.err) == (0, "")
    assert '  folder: ["shipped","../mine"]\n' in Path("hw1/assignment.yaml").read_text(encoding="utf-8")
    Path("roster.csv").write_text("id,name\n1,Kim\n", encoding="utf-8")
    ran = run("assignment", "build", "hw1", "--roster", "roster.csv", "--out", "handout")
    assert (ran.code, ran.err) == (0, "")
    handed_out = Path("handout/hw1-1.py").read_text(encoding="utf-8")
    assert "mine/size" in handed_out
    assert "view/flatten-a-transpose" in handed_out


# --- a question that has changed ---


def _answer(home: Path) -> None:
    answer = ["quiz", "--bank", "mine", "-t", "mine/size@5", "-n", "1", "--json"]
    ran = run(*answer, stdin='{"answer": "1"}\n', TENSORDRILL_HOME=str(home))
    assert ran.code == 0


def test_an_address_whose_question_has_changed_says_so(mine: Path, tmp_path: Path) -> None:
    _answer(tmp_path)
    show = ["show", "mine/size@5", "--bank", "mine"]
    assert "asks something else" not in run(*show, TENSORDRILL_HOME=str(tmp_path)).out
    (mine / "mine.yaml").write_text(TOPIC.replace("Rows come first.", "Rows first."), encoding="utf-8")
    assert run(*show, "--json", TENSORDRILL_HOME=str(tmp_path)).events[0]["answered_otherwise"] is None
    (mine / "mine.yaml").write_text(TOPIC.replace("900", "800"), encoding="utf-8")
    shown = run(*show, TENSORDRILL_HOME=str(tmp_path)).out
    assert "\n\n mine/size@5: the question asks something else since you answered it on" in shown
    assert run(*show, "--json", TENSORDRILL_HOME=str(tmp_path)).events[0]["answered_otherwise"] is not None


def test_a_renamed_question_keeps_its_history(mine: Path, tmp_path: Path) -> None:
    _answer(tmp_path)
    renamed = TOPIC.replace("id: size\n", "id: rows-and-columns\n    was: size\n")
    (mine / "mine.yaml").write_text(renamed.replace("900", "800"), encoding="utf-8")
    for address in ("mine/size@5", "mine/rows-and-columns@5"):
        event = run("show", address, "--bank", "mine", "--json", TENSORDRILL_HOME=str(tmp_path)).events[0]
        assert (event["address"], event["answered_otherwise"] is None) == ("mine/rows-and-columns@5", False)


@pytest.mark.parametrize("command", [[], ["topics"], ["stats"]], ids=["first review", "topics", "stats"])
def test_a_renamed_question_keeps_its_card(mine: Path, tmp_path: Path, command: list[str]) -> None:
    """It counts as met, and is known to be due, whichever command hears of its new id first."""
    _answer(tmp_path)
    home = str(tmp_path)
    (mine / "mine.yaml").write_text(
        TOPIC.replace("id: size\n", "id: rows\n    was: size\n"), encoding="utf-8"
    )
    if command:
        assert run(*command, "--bank", "mine", TENSORDRILL_HOME=home).code == 0
    else:
        review = ["quiz", "--bank", "mine", "-t", "mine/rows", "-n", "1", "--json"]
        assert run(*review, stdin='{"answer": "1"}\n', TENSORDRILL_HOME=home).code == 0
    (topic,) = run("stats", "--bank", "mine", "--json", TENSORDRILL_HOME=home).events[0]["topics"]
    assert (topic["questions"], topic["new"]) == (1, 0)
    with Store.open(tmp_path) as store:
        assert list(store.progress().cards) == [("question", "mine/rows")]


# --- what a check finds ---

BROKEN = """\
format: 1
topic: mine
title: {en: Mine, ko: 내 것}
questions:
  - id: never
    draw: {n: {int: [3, 4]}}
    where: [n > 4]
    given: x = torch.zeros({{ n }})
    ask: x.shape
  - id: unknown
    given: x = torch.zeros({{ m }})
    ask: x.shape
  - id: slip
    draw: {n: {int: [3, 4]}}
    given: x = torch.zeros({{ n }})
    ask: y.shape
    because: {en: "{{ n }}", ko: "{{ n }}"}
    hints: [{en: Look., ko: 보세요.}]
    source: https://docs.pytorch.org
  - id: right
    draw: {n: {int: [3, 4]}}
    given: x = torch.zeros({{ n }}, 2)
    ask: x.shape
    because: {en: Rows come first., ko: 행이 먼저입니다.}
    hints: [{en: "{{ (n, 2) }}", ko: 행부터 보세요.}]
    source: https://docs.pytorch.org
    misconceptions:
      - {id: same, title: {en: S, ko: 같다}, ask: "x.shape[:]", because: {en: No., ko: 아닙니다.}}
      - {idea: turning, ask: x.t().shape, because: {en: No., ko: 아닙니다.}}
  - id: lazy
    given: v = torch.zeros(3)
    task: Zeros.
    write: expression
    solution: v + 0
    forbid: [reshap]
    misconceptions:
      - {id: ones, code: v + 1}
"""
FOUND = """\
mine/mine.yaml:29:16: mine/right: `turning` 오해가 ideas.yaml에 없습니다. ideas.yaml에 추가하거나, 그 이름을 오해의 `id`로 적으세요.
mine/mine.yaml:35:14: mine/lazy: torch에 `reshap` 함수가 없습니다. 혹시 `reshape`인가요?
mine/mine.yaml:6:11: mine/never@0: `where`를 만족하는 값이 없습니다. `draw`의 범위를 넓히거나 `where`를 느슨하게 하세요.
mine/mine.yaml:11:12: mine/unknown@0: `x = torch.zeros({{ m }})`을 채울 수 없습니다('m' is undefined). 어떤 시드를 써도 문제가 만들어지게 고치세요.
mine/mine.yaml:16:10: mine/slip@1: (뽑은 값 2가지에서) 문제의 프로그램을 실행하면 NameError 에러가 납니다(name 'y' is not defined). 프로그램을 고치세요.
조언: mine/mine.yaml:13:5: mine/slip: 뽑아 본 값을 모두 살펴도 해당하는 오해가 0개뿐입니다. 오해를 두 개 이상 적으세요.
mine/mine.yaml:28:9: mine/right@0: (뽑은 값 2가지에서) `same` 오해의 결과가 `(3, 2)`인데, 이 값에서는 정답입니다(n=3). `when`으로 제한하거나 `draw`의 범위를 좁히세요.
mine/mine.yaml:25:13: mine/right@0: (뽑은 값 2가지에서) 힌트에 정답(`(3, 2)`)이 나옵니다. 답이 드러나지 않게 줄이세요.
조언: mine/mine.yaml:30:9: mine/lazy: `hints` 항목이 없습니다. `hints`도 적으세요.
조언: mine/mine.yaml:30:9: mine/lazy: `source` 항목이 없습니다. `source`도 적으세요.
조언: mine/mine.yaml:30:9: mine/lazy: `because` 항목이 없습니다. `because`도 적으세요.
조언: mine/mine.yaml:37:7: mine/lazy: 뽑아 본 값을 모두 살펴도 해당하는 오해가 1개뿐입니다. 오해를 두 개 이상 적으세요.
조언: mine/mine.yaml:37:9: mine/lazy: `ones` 오해에 `because`가 없습니다. `because`도 적으세요.
조언: mine/mine.yaml:37:9: mine/lazy: `ones` 오해에 `title`이 없습니다. 요약과 보고서에 쓰이니, 무엇을 잘못 알고 있는지 몇 단어로 적으세요.
조언: mine/mine.yaml:32:11: mine/lazy: `ko` 글이 없습니다. `ko`도 적으세요.
mine/mine.yaml:34:15: mine/lazy@0: `torch.zeros((3,), dtype=torch.float32)` 답이 정답으로 채점됩니다. `also_on`에 까다로운 입력을 추가하거나 `must`에 더 적으세요.
"""  # noqa: E501 (a finding is a line)


@pytest.fixture
def broken(mine: Path) -> Path:
    """A bank whose questions have one thing wrong each."""
    (mine / "mine.yaml").write_text(BROKEN, encoding="utf-8")
    return mine


@pytest.mark.usefixtures("broken")
def test_findings_are_said_in_korean() -> None:
    ran = run("bank", "check", "mine", "--seeds", "5", "--lang", "ko")
    lines, _, total = ran.out[:-1].rpartition("\n")
    assert (ran.code, ran.err, f"{lines}\n") == (1, "", FOUND)
    assert re.fullmatch(
        r"문제 3개\(3개는 가능한 값을 모두 시험\), 뽑은 값 5가지, 프로그램 27개를 [\d.]+초에 실행\(초당 \d+개\): "
        "결함 8개, 조언 8개",
        total,
    )


@pytest.mark.usefixtures("broken")
def test_a_strict_check_counts_advice_in_korean() -> None:
    ran = run("bank", "check", "mine", "-t", "mine/lazy", "--strict", "--lang", "ko")
    assert ran.out.endswith(": 결함 9개\n")


@pytest.mark.usefixtures("broken")
def test_findings_as_json_are_english_in_every_language() -> None:
    asked = ["bank", "check", "mine", "-t", "mine/slip", "--json", "--lang"]
    english, korean = run(*asked, "en").events, run(*asked, "ko").events
    assert english == korean
    assert english[0] == {
        "event": "finding",
        "severity": "fault",
        "place": "mine/mine.yaml:16:10",
        "address": "mine/slip@1",
        "what": "the question's own program raises NameError: name 'y' is not defined",
        "do": "mend the program",
        "draws": 2,
    }


@pytest.mark.usefixtures("broken")
def test_a_watched_question_has_its_findings_in_korean(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "changes", lambda _: iter([frozenset[Path]()]))
    ran = run("show", "mine/right", "--bank", "mine", "--watch", "--lang", "ko")
    assert (ran.code, ran.err) == (0, "")
    assert [line for line in FOUND.splitlines() if "mine/right" in line] == [
        line for line in ran.out.splitlines() if ": mine/right" in line
    ]


# --- watching ---


@pytest.fixture
def watched(mine: Path, request: pytest.FixtureRequest) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [PROGRAM, *request.param],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        cwd=mine.parent,
    )
    yield process
    process.kill()
    process.communicate()


def _save(file: Path, text: str) -> None:
    """Replace a file at once, as editors do."""
    fresh = file.with_suffix(".new")
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(file)


def _round(process: subprocess.Popen[str]) -> str:
    """Return what is printed until the next save is waited for."""
    assert process.stdout
    lines: list[str] = []
    while "waiting for the next save" not in (line := process.stdout.readline()):
        assert line, lines
        lines.append(line)
    return "".join(lines)


@pytest.mark.parametrize(
    "watched",
    [
        pytest.param(["bank", "check", "mine", "--watch", "--seeds", "5"], id="bank check"),
        pytest.param(["show", "mine/size", "--bank", "mine", "--watch"], id="show"),
    ],
    indirect=True,
)
def test_a_question_is_checked_again_when_it_is_saved(watched: subprocess.Popen[str], mine: Path) -> None:
    fault = "misconception `turned` gives `("
    file = mine / "mine.yaml"
    assert fault not in _round(watched)
    _save(file, TOPIC.replace("x.t().shape", "x.shape"))
    assert fault in _round(watched)
    _save(file, TOPIC.replace("x.t().shape", "x + {{ m }}"))
    assert "undefined" in _round(watched)
    _save(file, TOPIC.replace("ask: x.shape", "asks: x.shape"))
    assert "mine.yaml:9:5: the key `asks` is not known here; did you mean `ask`?" in _round(watched)
    _save(file, TOPIC)
    assert fault not in _round(watched)
    watched.send_signal(signal.SIGINT)
    watched.communicate(timeout=60)
    assert watched.returncode == 130


def test_watching_goes_alone(mine: Path) -> None:
    ran = run("bank", "check", str(mine), "--watch", "--json")
    assert (ran.code, json.dumps("--watch goes without --record, --against and --json")[1:-1] in ran.err) == (
        2,
        True,
    )
