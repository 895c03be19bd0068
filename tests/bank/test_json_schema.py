"""The JSON Schemas for editors accept the files that the loader takes."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from tensordrill.bank.document import read
from tensordrill.bank.json_schema import ideas_schema, topic_schema
from tensordrill.bank.sources import shipped
from tensordrill.bank.starter import write_starter
from tensordrill.bank.topic import load_topic
from tensordrill.errors import FileProblems
from tests.needs import rarely

TOPICS = [path for path in sorted(shipped().glob("*.yaml")) if path.name != "ideas.yaml"]
_ROWS = [pytest.param(path, id=path.stem) for path in TOPICS]
HEAD = "format: 1\ntopic: t\ntitle: T\nquestions:\n"


@cache
def validator(schema: str) -> Draft202012Validator:
    return Draft202012Validator(json.loads(ideas_schema() if schema == "ideas" else topic_schema()))


def objections(schema: str, value: Any) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in validator(schema).iter_errors(value)]


@pytest.mark.parametrize("schema", ["topic", "ideas"])
def test_a_schema_is_one(schema: str) -> None:
    content = validator(schema).schema
    Draft202012Validator.check_schema(content)
    assert isinstance(content, dict)
    assert content["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize("path", [*_ROWS[:4], *rarely(_ROWS[4:])])
def test_a_shipped_topic_is_valid_and_names_its_schema(path: Path) -> None:
    assert objections("topic", read(path).value) == []
    assert path.read_text(encoding="utf-8").startswith("# yaml-language-server: $schema=schema.json\n")


def test_the_shipped_ideas_are_valid_and_name_their_schema() -> None:
    path = shipped() / "ideas.yaml"
    assert objections("ideas", read(path).value) == []
    assert path.read_text(encoding="utf-8").startswith("# yaml-language-server: $schema=ideas.schema.json\n")


def test_the_starting_file_is_valid(tmp_path: Path) -> None:
    write_starter(tmp_path, "my-topic")
    assert objections("topic", read(tmp_path / "my-topic.yaml").value) == []


@pytest.mark.parametrize(
    ("file", "options"),
    [
        pytest.param("schema.json", [], id="topic"),
        pytest.param("ideas.schema.json", ["--ideas"], id="ideas"),
    ],
)
def test_a_shipped_schema_is_what_the_command_prints(file: str, options: list[str]) -> None:
    printed = subprocess.run(
        [sys.executable, "-m", "tensordrill", "bank", "schema", *options],
        capture_output=True,
        text=True,
        check=True,
    )
    assert printed.stderr == ""
    assert (shipped() / file).read_text(encoding="utf-8") == printed.stdout


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("{id: a, given: x = 1, ask: x}", id="predict"),
        pytest.param("{id: a, task: t, write: expression, solution: x}", id="write"),
        pytest.param("{id: a, task: t, write: function, def: f(a), solution: return a}", id="function"),
        pytest.param("{id: a, task: t, write: class, class: A(B), solution: pass, ask: A()}", id="class"),
        pytest.param('{id: a, task: t, fill: "y = ____", solution: x}', id="fill"),
        pytest.param(
            '{id: a, task: t, fill: "y = x[____, ____]", solution: [a, b], misconceptions: [{id: m, code: [a, ____]}]}',
            id="several blanks",
        ),
        pytest.param("{id: a, which: it, options: [x, y], show: 2}", id="which"),
        pytest.param(
            "{id: a, task: t, order: [x, y], distractors: [z], ask: x, misconceptions: [{id: m, order: [2, 3]}]}",
            id="order",
        ),
        pytest.param("{id: a, given: x = 1, ask: x, draw: {n: {int: [1, n]}, m: n + 1, k: 3}}", id="draws"),
        pytest.param(
            "{id: a, given: x = 1, ask: x, draw: {s: {sizes: {rank: [1, 2], from: [1, 2], ones: 1}}}}",
            id="sizes",
        ),
        pytest.param("{id: a, given: x = 1, ask: x, draw: {c: {choice: [1, {a: b}]}}}", id="choice"),
        pytest.param("{id: a, given: x = 1, ask: x, because: {ko: 글}, hints: [a, {en: b}]}", id="texts"),
        pytest.param(
            "{id: a, which: it, options: [x, y], misconceptions: [{id: m, picks: [1]}]}", id="misconception"
        ),
        pytest.param(
            "{id: a, given: x = 1, ask: x, draw: {e: 0.5, f: true, s: [2, [3, b], {c: d}]}}", id="constants"
        ),
        pytest.param("{id: a, setup: import os, given: x = 1, ask: x}", id="setup"),
    ],
)
def test_what_loads_is_valid(tmp_path: Path, question: str) -> None:
    path = tmp_path / "t.yaml"
    path.write_text(f"{HEAD}  - {question}\n", encoding="utf-8")
    load_topic(path)
    assert objections("topic", read(path).value) == []


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("{given: x = 1, ask: x}", id="no id"),
        pytest.param("{id: A b, given: x = 1, ask: x}", id="an id in capitals"),
        pytest.param("{id: a, given: x = 1}", id="no ask"),
        pytest.param("{id: a, given: x = 1, ask: x, wher: [a]}", id="an unknown key"),
        pytest.param("{id: a, given: x = 1, ask: 5}", id="a number as code"),
        pytest.param("{id: a, given: x = 1, ask: x, level: 4}", id="no such level"),
        pytest.param("{id: a, given: x = 1, ask: x, type: shap}", id="no such type"),
        pytest.param("{id: a, given: x = 1, ask: x, draw: {n: {itn: [1, 2]}}}", id="no such draw"),
        pytest.param("{id: a, given: x = 1, ask: x, draw: {n: {int: [1]}}}", id="half a range"),
        pytest.param("{id: a, given: x = 1, ask: x, because: {fr: a}}", id="no such language"),
        pytest.param("{id: a, given: x = 1, ask: x, misconceptions: [{id: m, cod: x}]}", id="misconception"),
        pytest.param("{id: a, task: t, write: expresion, solution: x}", id="no such form"),
        pytest.param("{id: a, task: t, write: expression}", id="no solution"),
        pytest.param("{id: a, task: t, write: expression, solution: x, must: [shapes]}", id="no such facet"),
        pytest.param("{id: a, which: it, options: [x]}", id="one option"),
        pytest.param("{id: a, task: t, order: [x], ask: x}", id="one line"),
        pytest.param("{id: a, which: it, options: [x, y], show: 1}", id="one shown"),
        pytest.param("{id: a, which: it, fill: ____, options: [x, y]}", id="two kinds"),
        pytest.param("5", id="no mapping"),
    ],
)
def test_what_an_editor_marks_does_not_load_either(tmp_path: Path, question: str) -> None:
    path = tmp_path / "t.yaml"
    path.write_text(f"{HEAD}  - {question}\n", encoding="utf-8")
    with pytest.raises(FileProblems):
        load_topic(path)
    assert objections("topic", yaml.safe_load(path.read_text(encoding="utf-8"))) != []


@pytest.mark.parametrize(
    ("head", "is_valid"),
    [
        pytest.param("setup: import os\ngiven: x = 1\n", True, id="programs"),
        pytest.param("draw: {n: {int: [1, 2]}, e: 0.5}\n", True, id="draws"),
        pytest.param("only: [add]\n", True, id="a rule"),
        pytest.param("draw: {n: {itn: [1, 2]}}\n", False, id="no draw"),
        pytest.param("forbid: add\n", False, id="no list"),
        pytest.param("setup: null\n", False, id="nothing"),
        pytest.param("where: [x]\n", False, id="what is not inherited"),
    ],
)
def test_what_a_topic_says_once_is_checked(tmp_path: Path, head: str, is_valid: bool) -> None:
    path = tmp_path / "t.yaml"
    path.write_text(f"{head}{HEAD}  - {{id: a, given: x = 1, ask: x}}\n", encoding="utf-8")
    assert (objections("topic", read(path).value) == []) == is_valid
    with nullcontext() if is_valid else pytest.raises(FileProblems):
        load_topic(path)


# --- mutations: what one of the two refuses, the other refuses ---

_FORMS = Path(__file__).parent.parent / "forms"
_UNSAID = (
    "they count from 1 to",
    "is here twice; remove one",
    "but there are",
    "so it has fewer than `show`",
    "is used in line",
    "is an id of",
    "names no versions",
    "the topic is",
    "is what its tag",
)
"""Parts of what the loader says of rules that compare two values, which a JSON Schema cannot."""
_VALUES: list[Any] = [
    None,
    True,
    0,
    1,
    -3,
    2.5,
    "",
    "x",
    "raised",
    "____",
    "output",
    [],
    ["x"],
    [1],
    [1, 2],
    {},
    {"en": "x"},
]


@cache
def _questions() -> list[dict[str, Any]]:
    """Return questions of every kind and form, as they stand in files."""
    return [
        question
        for path in [*TOPICS, *sorted(_FORMS.glob("*.yaml"))]
        if path.name != "ideas.yaml"
        for question in read(path).value["questions"]
    ]


def _places(value: Any, above: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    children = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    for key, child in children:
        yield (*above, key)
        yield from _places(child, (*above, key))


def _mutated(topic: dict[str, Any], random: Random) -> dict[str, Any]:
    """Return a topic with one place removed, renamed, doubled or given another value."""
    topic = json.loads(json.dumps(topic))
    *above, key = random.choice(list(_places(topic)))
    inside: Any = topic
    for step in above:
        inside = inside[step]
    how = random.choice(["remove", "value", "value", "key", "add"])
    if how == "remove":
        del inside[key]
    elif how == "value":
        inside[key] = random.choice(_VALUES)
    elif isinstance(inside, list):
        inside.append(inside[key])
    elif how == "key":
        inside[random.choice(_keys())] = inside.pop(key)
    else:
        inside[random.choice(_keys())] = random.choice(_VALUES)
    return topic


@cache
def _keys() -> list[str]:
    """Return the names that stand in questions, and some that may not."""
    names = {place[-1] for question in _questions() for place in _places(question)}
    return sorted(
        {*(name for name in names if isinstance(name, str)), "en", "ko", "int", "key", "Not", "a b"}
    )


def _loaded(folder: Path, topic: dict[str, Any]) -> list[str]:
    """Return what the loader says of a topic."""
    path = folder / "t.yaml"
    path.write_text(json.dumps(topic), encoding="utf-8")
    try:
        load_topic(path)
    except FileProblems as error:
        return list(error.problems)
    return []


def test_the_schema_refuses_what_the_loader_refuses(tmp_path: Path, thorough: bool) -> None:
    random = Random(0)  # noqa: S311 (mutations that a failure can be replayed with)
    disagreements = []
    for _ in range(20_000 if thorough else 300):
        topic = {"format": 1, "topic": "t", "title": "T", "questions": [random.choice(_questions())]}
        mutated = _mutated(topic, random)
        problems = _loaded(tmp_path, mutated)
        if any(part in line for line in problems for part in _UNSAID):
            continue
        refused = objections("topic", mutated)
        if bool(problems) != bool(refused):
            disagreements.append((problems, refused, mutated["questions"]))
    assert disagreements == []
