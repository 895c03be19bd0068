"""The commands beside quiz and practice: welcome, topics, show, doctor and the tools for authors."""

from __future__ import annotations

import json
import platform
import re
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from tensordrill import __version__
from tensordrill.bank.load import Bank
from tensordrill.bank.schema import Predict
from tensordrill.bank.sources import shipped
from tensordrill.bank.variant import make
from tensordrill.judging import QuestionSession
from tensordrill.render.script import script
from tensordrill.sandbox.client import Sandbox

from .conftest import PROGRAM, Terminal, run, run_process, write_basics


def _out(*arguments: str, **environment: str) -> str:
    ran = run(*arguments, cwd=None, **environment)
    assert (ran.code, ran.err) == (0, "")
    return ran.out


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.splitlines() if line.strip()]


# --- what there is ---


def test_bare_tensordrill_says_what_to_type_next() -> None:
    assert _lines(_out()) == [
        " tensordrill — train your tensor handling",
        " Questions about shapes, strides and memory, with fresh numbers each time.",
        " The answer key is what torch really does when the program runs.",
        " tensordrill quiz                   ten questions over all topics",
        " tensordrill practice --topic view  one topic until you stop",
        " tensordrill topics                 what there is to learn",
        " tensordrill --help                 everything else",
    ]


@pytest.mark.parametrize(
    "variable", ["LC_ALL", pytest.param("TENSORDRILL_LANG", id="TENSORDRILL_LANG-goes-first")]
)
def test_the_environment_says_which_language(variable: str) -> None:
    variables = {"LC_ALL": "ko_KR.UTF-8"} if variable == "LC_ALL" else {"TENSORDRILL_LANG": "ko"}
    assert _lines(_out(**variables))[0] == " tensordrill — 텐서 다루기 연습"


def test_the_module_is_the_program() -> None:
    ran = run_process("--version", program=(sys.executable, "-m", "tensordrill"))
    assert (ran.code, ran.out, ran.err) == (0, f"tensordrill {__version__}\n", "")
    assert run_process("-V") == ran


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        pytest.param([], 0, id="bare"),
        pytest.param(["quiz", "--tpic"], 2, id="wrong-usage"),
        pytest.param(["topics"], 0, id="topics"),
        pytest.param(["topics", "nowhere"], 1, id="no-such-topic"),
        pytest.param(["show", "basics/swap", "--answer", "--lang", "ko"], 0, id="show"),
        pytest.param(["explain", "torch.ones(2).view(3)"], 1, id="explain"),
    ],
)
def test_a_process_of_its_own_says_what_the_other_tests_see(
    arguments: list[str], code: int, basics: Path
) -> None:
    ran = run_process(*arguments, TENSORDRILL_BANK=str(basics))
    assert ran.code == code
    assert ran == run(*arguments, TENSORDRILL_BANK=str(basics))


def test_topics_are_listed(basics: Path) -> None:
    assert _lines(_out("topics", "--bank", str(basics))) == [
        " basics  First steps  6 questions",
        " tensordrill topics TOPIC lists its questions; tensordrill practice --topic",
        " TOPIC starts.",
    ]


def test_the_questions_of_a_topic_are_listed_by_level(basics: Path) -> None:
    assert _lines(_out("topics", "basics", "--bank", str(basics), "--lang", "ko")) == [
        " 첫걸음",
        " 예측 2, 코드 작성 2, 빈칸 채우기 1, 고르기 1",
        " basics/swap     예측         난이도 1",
        " basics/dense    예측         난이도 1",
        " basics/column   코드 작성    난이도 2",
        " basics/blank    빈칸 채우기  난이도 2",
        " basics/sharing  고르기       난이도 2",
        " basics/outer    코드 작성    난이도 3",
    ]


def test_topics_are_listed_as_json(basics: Path) -> None:
    (line,) = _out("topics", "--json", "--bank", str(basics)).splitlines()
    rows = json.loads(line)
    assert (rows["topic"], rows["title"]) == ("basics", "First steps")
    assert rows["questions"][:2] == [
        {"id": "basics/swap", "kind": "predict", "level": 1},
        {"id": "basics/dense", "kind": "predict", "level": 1},
    ]
    assert len(rows["questions"]) == 6


# --- show ---


def test_show_shows_a_question_as_a_learner_sees_it(basics: Path) -> None:
    assert _lines(_out("show", "basics/blank", "--bank", str(basics))) == [
        " basics · blank                                                              ●●○",
        "   1  x = torch.zeros(2, 3)",
        "   2  y = x.unsqueeze(____)",
        " Make y of shape (2, 1, 3).",
        " What goes into the blank?",
    ]


def test_show_answer_adds_the_key_and_what_each_idea_gives(basics: Path) -> None:
    lines = _lines(_out("show", "basics/swap@4", "--answer", "--bank", str(basics), "--lang", "ko"))
    assert lines[4:] == [
        " ✓  (3, 2)",
        "    t()는 행과 열을 맞바꿉니다.",
        " ✗  (2, 3)   t()는 아무것도 바꾸지 않습니다",
        "    그것은 x 자신의 shape입니다.",
    ]


def test_the_seed_of_an_address_fixes_the_numbers() -> None:
    first, again, other = (
        _out("show", f"view/flatten-a-transpose@{seed}", "--json") for seed in ("1", "1", "2")
    )
    assert first == again
    assert json.loads(first)["given"] != json.loads(other)["given"]


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        pytest.param("swap", "1.\n  y.shape  -> torch.Size([3, 2])\n", id="predict"),
        pytest.param("blank", "1.\n  y  -> tensor([[[0., 0., 0.]],\n\n        [[0., 0., 0.]]])\n", id="fill"),
        pytest.param(
            "sharing",
            "1.\n  shares_memory(x, it)  -> True\n"
            "2.\n  shares_memory(x, it)  -> True\n"
            "3.\n  shares_memory(x, it)  -> False\n",
            id="which",
        ),
        pytest.param(
            "outer",
            "1.\n  it  -> tensor([[0, 0, 0],\n        [0, 1, 2]])\n"
            "2.\n  it  -> tensor([[0, 1, 2, 3],\n        [0, 2, 4, 6]])\n",
            id="write",
        ),
    ],
)
def test_the_file_that_settles_a_dispute_prints_the_key(
    name: str, printed: str, settled: dict[str, str]
) -> None:
    assert settled[name] == printed


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The output of the files for all questions of the small bank, by their names."""
    bank, files = (tmp_path_factory.mktemp(name) for name in ("bank", "files"))
    write_basics(bank)
    for name in ("swap", "blank", "sharing", "outer"):
        script = _out("show", f"basics/{name}@1", "--python", "--bank", str(bank))
        (files / name).write_text(script, encoding="utf-8")
    return _printed_by_all(files)


_RUN_ALL = """
import contextlib, io, json, pathlib, sys
import torch
for path in sorted(pathlib.Path(sys.argv[1]).iterdir()):
    printed = io.StringIO()
    torch.set_default_dtype(torch.float32)
    with contextlib.redirect_stdout(printed):
        exec(compile(path.read_text(encoding="utf-8"), path.name, "exec"), {"__name__": "__main__"})
    print(json.dumps([path.name, printed.getvalue()]))
"""


def _printed_by_all(folder: Path) -> dict[str, str]:
    """Run the files of a folder with Python and torch alone, where no warning is let through."""
    program = (sys.executable, "-I", "-W", "error", "-c", _RUN_ALL)
    ran = run_process(str(folder), program=program)
    assert (ran.code, ran.err) == (0, "")
    return dict(json.loads(line) for line in ran.out.splitlines())


@pytest.mark.thorough
def test_what_such_a_file_prints_of_a_shipped_question_is_judged_right(
    shipped_bank: Bank, sandbox: Sandbox, tmp_path: Path
) -> None:
    folder = tmp_path / "scripts"
    folder.mkdir()
    entries = [entry for topic in shipped_bank.topics() for entry in topic.entries if entry.kind == "predict"]
    variants = {}
    for entry in entries:
        if isinstance(entry.question, Predict) and entry.question.ask not in ("line", "warns", "output"):
            variant = make(entry, 7)
            variants[entry.id.replace("/", "--")] = variant
            (folder / entry.id.replace("/", "--")).write_text(script(variant), encoding="utf-8")
    printed = _printed_by_all(folder)
    assert list(printed) == sorted(variants)
    for name, text in printed.items():
        value = text.partition("  -> ")[2].partition("\n  warns ")[0]
        answer = re.sub(r"\s+", " ", value or text.partition("raises ")[2].partition(":")[0])
        verdict = QuestionSession(sandbox, variants[name]).judge(answer, "en")
        assert (name, answer, verdict.outcome) == (name, answer, "correct")


@pytest.mark.filterwarnings("ignore:.*forkpty.*:DeprecationWarning")
def test_watch_shows_each_save_as_a_learner_sees_it(basics: Path, tmp_path: Path) -> None:
    def save(**replaced: str) -> None:
        """Save as an editor does, in one step: the program never sees half a file, and shows a save once."""
        write_basics(tmp_path, **replaced)
        (tmp_path / "basics.yaml").replace(basics / "basics.yaml")

    shown = "(^C ends)\n"
    with Terminal("show", "basics/swap", "--watch", "--bank", str(basics)) as terminal:
        terminal.until("basics · swap", "x = torch.zeros(2, 3)", shown)
        save(**{"torch.zeros(2, 3)": "torch.zeros(7, 3)"})
        terminal.until("x = torch.zeros(7, 3)", shown)
        save(**{"level: 1": "levle: 1"})
        terminal.until("did you mean `level`?", shown)
        save()
        terminal.until("x = torch.zeros(2, 3)", shown)
        terminal.control("c")
        assert terminal.end() == 130


# --- doctor ---


def test_doctor_tells_all_and_changes_nothing(home: Path, basics: Path) -> None:
    out = _out("doctor", "--bank", str(basics), COLUMNS="1000")
    facts = dict(re.findall(r"^✓  (\S+) +(.*?) *$", out, re.MULTILINE))
    assert list(facts) == [
        "tensordrill",
        "python",
        "torch",
        "sandbox",
        "isolation",
        "landlock",
        "scope",
        "seccomp",
        "limits",
        "bank",
        "data",
    ]
    assert facts["tensordrill"] == __version__
    assert facts["python"].startswith(platform.python_version())
    assert re.fullmatch(r"\d\S+, imported in \d+\.\d s", facts["torch"])
    assert facts["bank"].startswith(f"{basics}: 1 topic")
    assert facts["data"] == str(home / "data")
    assert [line for line in _out("doctor", "--bank", str(basics)).splitlines() if len(line) > 80] == []
    assert list(home.iterdir()) == []


def test_doctor_says_the_same_in_korean(basics: Path) -> None:
    english, korean = (
        json.loads(_out(*words, "--json", "--bank", str(basics)))
        for words in (["doctor"], ["--lang", "ko", "doctor"])
    )
    same = {"tensordrill", "data"}
    assert list(english) == list(korean)
    assert {name for name in english if english[name] == korean[name]} == same
    assert {name for name in korean if re.search("[가-힣]", korean[name])} == set(english) - same - {"python"}
    lines = _lines(_out("doctor", "--lang", "ko", "--bank", str(basics), COLUMNS="1000"))
    assert f"✓  문제 은행    {basics}: 주제 1개, 문제 6개" in [line.rstrip() for line in lines]


def test_doctor_speaks_json_and_fails_where_something_is_wrong(home: Path, tmp_path: Path) -> None:
    (home / "data").write_text("in the way", encoding="utf-8")
    ran = run_process("doctor", "--json", "--bank", str(tmp_path / "nowhere"))
    assert (ran.code, ran.err) == (1, "")
    (events,) = ran.events
    assert events["bank"] == f"{tmp_path / 'nowhere'}: the bank cannot be read: No such file or directory"
    assert events["data"].startswith(f"{home / 'data'}")
    assert events["tensordrill"] == __version__


# --- for authors ---


def test_a_new_topic_passes_the_check(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    assert _out("bank", "new", "my-topic", "--bank", str(folder)) == (
        f"wrote {folder}/my-topic.yaml\n"
        f"look at it:  tensordrill show my-topic/rows-of-a-sum --bank {folder} --watch\n"
        f"check it:    tensordrill bank check {folder}\n"
    )
    ran = run_process("bank", "check", str(folder), "--strict")
    assert (ran.code, ran.err) == (0, "")
    assert re.fullmatch(
        r"\d+ questions \(.*\), \d+ draws.*, \d+ programs in .* a second\): no fault\n", ran.out
    )


def test_a_new_topic_is_not_written_over_an_old_one(basics: Path) -> None:
    before = (basics / "basics.yaml").read_text(encoding="utf-8")
    ran = run_process("bank", "new", "basics", "--bank", str(basics))
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == (
        f"tensordrill: {basics}/basics.yaml is there already; choose another name or edit it\n"
    )
    assert (basics / "basics.yaml").read_text(encoding="utf-8") == before


def test_a_check_reports_faults_as_lines_and_as_json(basics: Path) -> None:
    write_basics(
        basics, **{'code: y = x\n        because: {en: "That': 'code: y = x.t()\n        because: {en: "That'}
    )
    asked = ["bank", "check", str(basics), "--topic", "basics/swap"]
    plain, machine = run(*asked), run(*asked, "--json")
    assert (plain.code, plain.err, machine.code, machine.err) == (1, "", 1, "")
    (fault,) = [line for line in plain.out.splitlines()[:-1] if not line.startswith("advice: ")]
    assert fault == (
        f"{basics}/basics.yaml:19:9: basics/swap@0: misconception `nothing-moves` gives `(3, 2)`, which is right "
        "here (nothing is drawn); limit it with `when`, or narrow the draws"
    )
    *findings, report = machine.events
    assert {finding["event"] for finding in findings} == {"finding"}
    assert (report["event"], report["faults"], report["findings"]) == ("report", 1, len(findings))
    assert f"{findings[0]['place']}: {findings[0]['address']}: {findings[0]['what']}" in plain.out


def test_the_schemas_are_those_that_the_shipped_files_name() -> None:
    for option, name in (([], "schema.json"), (["--ideas"], "ideas.schema.json")):
        text = _out("bank", "schema", *option)
        jsonschema.Draft202012Validator.check_schema(json.loads(text))
        assert text == (shipped() / name).read_text(encoding="utf-8")


def test_the_shipped_files_name_their_schema() -> None:
    named = {path.name: path.read_text(encoding="utf-8").splitlines()[0] for path in shipped().glob("*.yaml")}
    assert named == {
        **{f"{name}.yaml": "# yaml-language-server: $schema=schema.json" for name in Bank(shipped()).names},
        "ideas.yaml": "# yaml-language-server: $schema=ideas.schema.json",
    }


def test_the_program_is_installed_beside_this_python() -> None:
    assert subprocess.run([PROGRAM, "--version"], capture_output=True, check=True, timeout=60).stdout


def test_keys_are_recorded_and_compared(basics: Path, tmp_path: Path) -> None:
    file = tmp_path / "keys.json"
    record = run("bank", "check", str(basics), "--record", str(file))
    assert record.code == 0
    assert re.fullmatch(
        rf"{re.escape(str(file))}: \d+ keys under torch [\d.]+\S*", record.out.splitlines()[-1]
    )
    same = run("bank", "check", str(basics), "--against", str(file))
    assert same.code == 0
    assert re.fullmatch(r"0 keys have changed from torch \S+ to torch \S+", same.out.splitlines()[-1])
    file.write_text(file.read_text(encoding="utf-8").replace('"(3, 2)"', '"(9, 9)"'), encoding="utf-8")
    other = run("bank", "check", str(basics), "--against", str(file))
    assert other.code == 1
    assert "basics/swap@0: the key was `(9, 9)` and is `(3, 2)`" in other.out.splitlines()


def test_keys_that_are_none_are_refused_before_anything_runs(basics: Path, tmp_path: Path) -> None:
    ran = run("bank", "check", str(basics), "--against", str(tmp_path / "nothing.json"))
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.endswith("nothing.json: the recorded keys cannot be read: No such file or directory\n")
