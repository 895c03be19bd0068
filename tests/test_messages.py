"""The interface's own sentences: every name has one, no member of a closed list is without, and all are said."""

from __future__ import annotations

import ast
import pkgutil
import re
import string
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import get_args, get_type_hints

import jinja2
import pytest

import tensordrill
from tensordrill import messages
from tensordrill.bank import schema
from tensordrill.course import gradebook
from tensordrill.course.assignment.assignment import Assignment
from tensordrill.course.results import analysis
from tensordrill.course.results import feedback as given_back
from tensordrill.course.results import trend as trends
from tensordrill.drill.progress import HIGHEST
from tensordrill.explanation.explanation import Ending, Suspicious
from tensordrill.kinds import answers
from tensordrill.messages import (
    LANGUAGES,
    Language,
    Sentence,
    assignment_commands,
    bank_commands,
    bank_problems,
    course_problems,
    drill,
    explanation,
    feedback,
    fill,
    findings,
    homework,
    learner_commands,
    machine,
    participation,
    parts,
    preview,
    problems,
    progress,
    provenance,
    question,
    reasons,
    report,
    say,
    suspicions,
    trend,
    usage,
)
from tensordrill.sandbox import protocol, trace

PARTS: tuple[ModuleType, ...] = (
    question,
    drill,
    usage,
    learner_commands,
    assignment_commands,
    bank_commands,
    progress,
    explanation,
    *(import_module(f"{reasons.__name__}.{each.name}") for each in pkgutil.iter_modules(reasons.__path__)),
    provenance,
    suspicions,
    homework,
    feedback,
    report,
    preview,
    trend,
    participation,
    problems,
    machine,
    course_problems,
    bank_problems,
    findings,
)
PAIRS: list[tuple[str, Sentence]] = [pair for part in PARTS for pair in part.WORDS.items()]
WORDS = dict(PAIRS)
TABLES: dict[str, Mapping[str, Sentence]] = {
    f"{part.__name__.rpartition('.')[2]}.{name}": table
    for part in PARTS
    for name, table in vars(part).items()
    if isinstance(table, dict) and name.isupper() and name != "WORDS"
}
WRONG = ("incorrect", "unreadable", "unanswered")
LISTS: dict[str, Iterable[str]] = {
    "question.FACETS": get_args(answers.Aspect),
    "question.FORMS": get_args(answers.Form),
    "question.EXAMPLES": get_args(answers.Form),
    "question.WRITE": get_args(schema.Form),
    "question.WORDS_ASKED": ("line", "warns", "output"),
    "question.REFUSALS": get_args(protocol.Refusal),
    "drill.KINDS": {*schema.KINDS, "predict"},
    "progress.MONTHS": map(str, range(1, 13)),
    "progress.WEEKDAYS": map(str, range(7)),
    "progress.LEVELS": map(str, range(1, HIGHEST + 1)),
    "explanation.RELATIONS": set(get_args(trace.Memory)) - {"new"},
    "explanation.ENDINGS": get_args(Ending),
    "explanation.ADJUSTMENTS": get_args(protocol.Adjustment),
    "suspicions.CERTAINTIES": get_args(get_type_hints(Suspicious)["certainty"]),
    "homework.WRITE": get_args(schema.Form),
    "homework.ASKED_WORDS": ("line", "warns", "output"),
    "homework.CHECKED": set(get_args(gradebook.Outcome)) - {"correct"},
    "feedback.SIGNS": get_args(given_back.Sign),
    "feedback.OUTCOMES": get_args(gradebook.Outcome),
    "report.UNDEFINED": get_args(analysis.Undefined),
    "report.DIFFICULTIES": get_args(analysis.Difficulty),
    "report.SEPARATIONS": get_args(analysis.Separation),
    "trend.COURSES": get_args(trends.Course),
    "report.VARIANTS": get_args(get_type_hints(Assignment)["variants"]),
}
"""The closed list that each table has sentences about."""
ALL = [
    *PAIRS,
    *((f"{table}[{key}]", sentence) for table, each in TABLES.items() for key, sentence in each.items()),
]
PACKAGE = Path(tensordrill.__file__).parent
SAYING = ("say", "Invalid", "message", "note", "_note", "t")
"""Functions that take the name of a sentence and its values."""


def blanks(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


# ---- the catalogue ----


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.__name__)
def test_the_names_of_a_part_are_those_that_have_a_sentence(part: ModuleType) -> None:
    assert sorted(get_args(part.Name)) == sorted(part.WORDS)


def test_no_name_stands_for_two_sentences() -> None:
    names = [name for name, _ in PAIRS]
    assert sorted(set(names)) == sorted(names)


def test_every_module_is_one_of_the_parts() -> None:
    stems = sorted(
        path.stem
        for path in Path(messages.__file__).parent.rglob("*.py")
        if path.stem not in ("__init__", "josa")
    )
    assert sorted(part.__name__.rpartition(".")[2] for part in PARTS) == stems
    assert [part.WORDS for part in PARTS] == list(parts())


def test_every_member_of_a_closed_list_has_a_sentence() -> None:
    assert {name: sorted(table) for name, table in TABLES.items() if name != "question.MUST"} == {
        name: sorted(members) for name, members in LISTS.items()
    }
    assert set(question.MUST) <= set(get_args(schema.Facet))


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_sentence_is_said(language: Language) -> None:
    for name, sentence in ALL:
        values = dict.fromkeys(blanks(sentence[0]), "3")
        spoken = fill(sentence, language, **values)
        assert spoken.strip()
        if name in WORDS:
            assert say(name, language, **values) == spoken  # type: ignore[arg-type]  # any name


def test_both_languages_fill_the_same_blanks() -> None:
    assert [name for name, (english, korean) in ALL if blanks(english) != blanks(korean)] == []


def test_each_finding_has_korean_letters() -> None:
    letters = {name: [re.sub(r"{.*?}", "", side) for side in pair] for name, pair in findings.WORDS.items()}
    assert [
        name
        for name, (english, korean) in letters.items()
        if re.search("[a-z]", english) and not re.search("[가-힣]", korean)
    ] == []


def test_a_name_that_is_not_there_is_named() -> None:
    with pytest.raises(KeyError, match="no-such-sentence"):
        say("no-such-sentence", "en")  # type: ignore[arg-type]  # which is what this tries


# ---- what the program says ----


@cache
def trees() -> list[tuple[Path, ast.Module]]:
    return [
        (path, ast.parse(path.read_text(encoding="utf-8")))
        for path in sorted(PACKAGE.rglob("*.py"))
        if not path.is_relative_to(PACKAGE / "messages")
    ]


@cache
def templates() -> list[tuple[Path, jinja2.nodes.Template]]:
    return [
        (path, jinja2.Environment(autoescape=True).parse(path.read_text(encoding="utf-8")))
        for path in sorted(PACKAGE.rglob("*.jinja"))
    ]


def test_every_sentence_is_said_by_the_program() -> None:
    strings = {
        *(node.value for _, tree in trees() for node in ast.walk(tree) if isinstance(node, ast.Constant)),
        *(node.value for _, tree in templates() for node in tree.find_all(jinja2.nodes.Const)),
    }
    assert [name for name in WORDS if name not in strings] == []
    named = {node.id for _, tree in trees() for node in ast.walk(tree) if isinstance(node, ast.Name)}
    assert [name for name in TABLES if name.rpartition(".")[2] not in named] == []


def called(tree: ast.Module) -> Iterator[tuple[set[str], set[str] | None]]:
    """Yield the names that each call may say, and its values; None where they are computed."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args:
            function = (
                node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            )
            names = set(literals(node.args[0])) if function in SAYING else set()
            values = {keyword.arg for keyword in node.keywords}
            if names:
                yield names, None if None in values else {value for value in values if value}


def literals(node: ast.expr) -> Iterator[str]:
    match node:
        case ast.Constant(value=str(name)):
            yield name
        case ast.IfExp(body=body, orelse=other):
            yield from (*literals(body), *literals(other))


def said_in(tree: jinja2.nodes.Template) -> Iterator[tuple[set[str], set[str] | None]]:
    for node in tree.find_all(jinja2.nodes.Call):
        if isinstance(node.node, jinja2.nodes.Name) and node.node.name in SAYING:
            name, values = node.args[0], {keyword.key for keyword in node.kwargs}
            assert isinstance(name, jinja2.nodes.Const | jinja2.nodes.Name), "a name that is put together"
            if isinstance(name, jinja2.nodes.Const):
                yield {name.value}, values


def test_a_sentence_gets_the_values_that_it_has_blanks_for() -> None:
    wanted = {name: blanks(sentence[0]) for name, sentence in PAIRS}
    calls = [
        *((path, *call) for path, tree in trees() for call in called(tree)),
        *((path, *call) for path, tree in templates() for call in said_in(tree)),
    ]
    assert len(calls) > 250
    assert [
        f"{path.name}: {names} with {values}"
        for path, names, values in calls
        if names - wanted.keys()
        or (values is not None and any(wanted[name] - values for name in names))
        or (values is not None and values - set().union(*(wanted[name] for name in names)))
    ] == []


def test_templates_name_only_sentences_that_are_there() -> None:
    consts = {node.value for _, tree in templates() for node in tree.find_all(jinja2.nodes.Const)}
    prefixes = ("report-", "feedback-", "explain-", "strip-", "merge-", "align-")
    assert {each for each in consts if str(each).startswith(prefixes)} <= WORDS.keys()


def test_no_name_is_put_together() -> None:
    """An f-string that is a sentence's name would be one that neither types nor tests know."""
    results = [
        f"{path.name}:{node.lineno}"
        for path, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name | ast.Attribute)
        and (node.func.id if isinstance(node.func, ast.Name) else node.func.attr) in SAYING
        and node.args
        and isinstance(node.args[0], ast.JoinedStr | ast.BinOp)
    ]
    assert results == []


def test_what_a_first_question_says_is_read_alone() -> None:
    program = (
        "import sys, tensordrill.cli.play, tensordrill.cli.rounds\n"
        "from tensordrill.messages import say\n"
        "say('question', 'ko', number=1)\n"
        "print(*(name for name in sys.modules if name.startswith('tensordrill.')))"
    )
    process = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    imported = set(process.stdout.split())
    assert imported & {part.__name__ for part in PARTS} == {"tensordrill.messages.question"}
    assert [name for name in imported if name.startswith("tensordrill.explanation.rules")] == []
