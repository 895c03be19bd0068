"""The pages in docs/ do what they say: the examples, the commands, and the options that they name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from typer.core import TyperCommand, TyperOption

from tensordrill.audit.check import check
from tensordrill.audit.findings import Report
from tensordrill.bank.load import Bank
from tensordrill.bank.variant import make
from tensordrill.cli.app import app
from tensordrill.cli.commands import CommandGroup, build
from tensordrill.judging import QuestionSession
from tensordrill.sandbox.client import Sandbox
from tests.documented import EXAMPLE, ROOT, ConsoleCommand, blocks, clone, run, run_page

_DOCUMENT = Path(__file__).parent.parent / "docs" / "authoring.md"
_BANKS = Path("docs", "banks.md")
_BLOCKS = [
    block.text
    for page in (Path("docs", "authoring.md"), _BANKS)
    for block in blocks(page)
    if block.kind == "yaml"
]
_TOPICS = [block for block in _BLOCKS if block.startswith("format: 1\n")]
_SMALLEST = next(block for block in _BLOCKS if block.startswith("# joining.yaml\n"))
_IDEAS = next(block for block in _BLOCKS if block.startswith("# ideas.yaml\n"))
_FINISHED = next(block for block in _TOPICS if "ko:" in block)
_REPORTED = re.findall(r"^(mybank/\S+: .*)$", _DOCUMENT.read_text(encoding="utf-8"), re.MULTILINE)


def _bank(folder: Path, block: str) -> Bank:
    named = re.search(r"^topic: (\S+)$", block, re.MULTILINE)
    assert named
    (folder / f"{named[1]}.yaml").write_text(block, encoding="utf-8")
    if "idea: " in block:
        (folder / "ideas.yaml").write_text(_IDEAS, encoding="utf-8")
    return Bank(folder)


def _check(bank: Bank, sandbox: Sandbox) -> Report:
    return check(bank, dict.fromkeys(bank.names), 50, sandbox)


def _name(block: str) -> str:
    return "/".join(re.findall(r"^(?:topic:|  - id:) (\S+)$", block, re.MULTILINE))


def test_every_yaml_block_is_one_of_the_three_sorts() -> None:
    assert sorted(_BLOCKS) == sorted([*_TOPICS, _SMALLEST, _IDEAS])


@pytest.mark.parametrize("block", _TOPICS, ids=_name)
def test_a_topic_of_the_document_passes_the_check(block: str, tmp_path: Path, sandbox: Sandbox) -> None:
    report = _check(_bank(tmp_path, block), sandbox)
    finished = "ko:" in block
    assert [str(finding) for finding in report.findings if finished or finding.severity == "fault"] == []
    assert report.counts.questions == block.count("\n  - id:")


@pytest.mark.parametrize(
    "block", [_SMALLEST, _FINISHED.replace("        when: more == 0\n", "", 1)], ids=["smallest", "no-when"]
)
def test_a_fault_is_reported_in_the_document_s_words(block: str, tmp_path: Path, sandbox: Sandbox) -> None:
    report = _check(_bank(tmp_path, block), sandbox)
    faults = [
        str(finding).replace(str(tmp_path), "mybank")
        for finding in report.findings
        if finding.severity == "fault"
    ]
    assert faults
    assert {_without_seed(fault) for fault in faults} <= {_without_seed(line) for line in _REPORTED}


def test_the_page_on_banks_runs(tmp_path: Path) -> None:
    assert run_page(_BANKS, tmp_path, {}) > 5


def _without_seed(line: str) -> str:
    return re.sub(r"@\d+", "", line)


@pytest.mark.parametrize("block", [_SMALLEST, *_TOPICS], ids=_name)
def test_what_a_misconception_types_names_it(block: str, tmp_path: Path, sandbox: Sandbox) -> None:
    bank = _bank(tmp_path, block)
    for topic in bank.topics():
        for entry in topic.entries:
            for seed in range(5):
                question_session = QuestionSession(sandbox, make(entry, seed))
                assert question_session.judge(question_session.expected, "en").outcome == "correct"
                for name, typed in question_session.misconceptions():
                    assert question_session.judge(typed, "en").misconception == name


# --- class work ---

_TEACHERS = Path("docs", "assignments.md")
_STUDENTS = (Path("docs", "students.md"), Path("docs", "students.ko.md"))
_CLASS_WORK = (
    ("assignment", "new"),
    ("assignment", "check"),
    ("assignment", "build"),
    ("assignment", "grade"),
    ("assignment", "trend"),
    ("assignment", "participation"),
    ("assignment", "pack", "gradescope"),
    ("check",),
)
_EVERYWHERE = {"--lang"}  # every command has it
_OPTION = re.compile(r"(?<![\w-])--?[a-z][a-z-]*")


def _text(*pages: Path) -> str:
    return "\n".join((ROOT / page).read_text(encoding="utf-8") for page in pages)


def _options(command: TyperCommand) -> set[str]:
    """Return the names of a command's options; typer adds `--help`."""
    return {name for option in command.params if isinstance(option, TyperOption) for name in option.opts}


def _command(names: tuple[str, ...]) -> TyperCommand:
    command = build(app, "en")
    for name in names:
        assert isinstance(command, CommandGroup)
        command = command.get_command(typer.Context(command, obj="en"), name) or pytest.fail(f"{names}")
    assert isinstance(command, TyperCommand)
    return command


def _inline(page: Path) -> Iterator[str]:
    """Yield what a page has between backticks, and its commands."""
    text = _text(page)
    yield from re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", text, flags=re.DOTALL))
    for block in blocks(page):
        if block.kind in ("console", "sh"):
            yield from (line for line in block.text.splitlines() if "tensordrill " in line)


@pytest.mark.parametrize("names", _CLASS_WORK, ids=" ".join)
def test_every_option_is_told(names: tuple[str, ...]) -> None:
    pages = [_STUDENTS[0]] if names == ("check",) else [_TEACHERS]
    options = {option for page in pages for text in _inline(page) for option in _OPTION.findall(text)}
    assert _options(_command(names)) - options - _EVERYWHERE == set()


@pytest.mark.parametrize("page", [_TEACHERS, *_STUDENTS], ids=str)
def test_no_option_is_invented(page: Path) -> None:
    known = {
        option
        for names in (*_CLASS_WORK, ("bank", "check"), ("show",), ("history", "export"))
        for option in _options(_command(names))
    }
    options = {option for text in _inline(page) for option in _OPTION.findall(text)}
    assert options - known == set()


def test_both_student_pages_name_the_same_commands_and_signs() -> None:
    english, korean = (
        {text for text in _inline(page) if _OPTION.search(text) or text.startswith("tensordrill")}
        for page in _STUDENTS
    )
    english = {text for text in english if not text.startswith("$ ")}
    assert english == {text for text in korean if not text.startswith("$ ")}


def test_both_readmes_name_the_same_commands_and_pages() -> None:
    english, korean = ((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.ko.md"))
    for pattern in (r"^\$ (.*?)(?:  +#.*)?$", r"\]\(([^)#:]+)\)", r"`([^`\n]+)`"):
        named = [
            {name.replace(".ko.md", ".md") for name in re.findall(pattern, page, re.MULTILINE)}
            for page in (english, korean)
        ]
        assert named[0] == named[1]


def test_the_teachers_page_does_what_it_says(tmp_path: Path) -> None:
    csv = {
        "id,name,email": "roster.csv",
        "student,submitted": "times.csv",
        "student,question,points,reason": "course/hw1/overrides.csv",
    }
    assert run_page(_TEACHERS, clone(tmp_path), csv) == 11
    assert (tmp_path / "hw1-gradescope.zip").exists()


@pytest.mark.parametrize("page", _STUDENTS, ids=str)
def test_a_student_s_page_does_what_it_says(page: Path, tmp_path: Path) -> None:
    folder = clone(tmp_path)
    build = f"tensordrill assignment build {EXAMPLE / 'hw1'} --out . --hidden-anyway && cp {EXAMPLE}/submissions/* ."
    run(ConsoleCommand(build, ""), folder)
    assert run_page(page, folder, {}) == (1 if page == _STUDENTS[0] else 0)


_PAGES = [*sorted((ROOT / "docs").glob("*.md")), *sorted(ROOT.glob("*.md"))]


@pytest.mark.parametrize("page", _PAGES, ids=lambda page: page.name)
def test_every_link_to_a_file_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


_FILES = r"(?<![\w/.-])(?:tests|bench|tensordrill|examples|questions)/[a-z0-9_/.-]+\.(?:py|yaml|json|md)\b"


@pytest.mark.parametrize("page", _PAGES, ids=lambda page: page.name)
def test_every_file_of_the_project_that_is_named_is_there(page: Path) -> None:
    named = re.findall(_FILES, page.read_text(encoding="utf-8"))
    assert [name for name in named if not (ROOT / name).exists()] == []
