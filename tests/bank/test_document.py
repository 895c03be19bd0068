"""YAML 1.2's core values with places, or one sentence that says where and what."""

from __future__ import annotations

import json
import math
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tensordrill.bank.document import MAX_BYTES, Document, read
from tensordrill.errors import FileProblems

TOO_DEEP = "this is nested more than 40 levels deep"
NO_ALIASES = "aliases (`*name`) are not used here; write the value again"


def document(folder: Path, text: str | bytes) -> Document:
    path = folder / "a.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read(path)


def said(folder: Path, text: str | bytes) -> list[str]:
    """Return the problems of a text, without the file's name in front."""
    with pytest.raises(FileProblems) as caught:
        document(folder, text)
    return [problem.removeprefix(f"{folder / 'a.yaml'}:") for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param("no", "no", id="no is a word"),
        pytest.param("yes", "yes", id="yes is a word"),
        pytest.param("on", "on", id="on is a word"),
        pytest.param("true", True, id="true"),
        pytest.param("FALSE", False, id="FALSE"),
        pytest.param("truE", "truE", id="a mixed case is a word"),
        pytest.param("12", 12, id="integer"),
        pytest.param("-3", -3, id="negative"),
        pytest.param("0", 0, id="zero"),
        pytest.param("010", "010", id="no octals"),
        pytest.param("00.5", "00.5", id="a leading zero makes a word of a decimal too"),
        pytest.param("1:2", "1:2", id="no sexagesimals"),
        pytest.param("1_000", "1_000", id="no underscores"),
        pytest.param("0x1F", "0x1F", id="no hexadecimals"),
        pytest.param("2001-01-01", "2001-01-01", id="no dates"),
        pytest.param("0.5", 0.5, id="decimal"),
        pytest.param("2.", 2.0, id="a point at the end"),
        pytest.param("1e3", 1000.0, id="exponent"),
        pytest.param("-.inf", -math.inf, id="infinity"),
        pytest.param(".", ".", id="a point alone"),
        pytest.param("~", None, id="tilde"),
        pytest.param("null", None, id="null"),
        pytest.param('"5"', "5", id="a quoted number is a text"),
        pytest.param("!!str 5", "5", id="a tag that says what is there"),
        pytest.param("!!int 5", 5, id="a tag that agrees"),
        pytest.param("[1, [], {}]", [1, [], {}], id="nested and empty"),
        pytest.param("{a: , b: 1}", {"a": None, "b": 1}, id="nothing after a colon"),
        pytest.param("5: x", {"5": "x"}, id="a key is its text"),
        pytest.param("\ufeffa: 1", {"a": 1}, id="a byte order mark is no text"),
        pytest.param("텐서: 행렬", {"텐서": "행렬"}, id="Korean"),
        pytest.param("a: |\n  x\n  y\n", {"a": "x\ny\n"}, id="block"),
    ],
)
def test_a_scalar_is_what_the_core_schema_says(tmp_path: Path, text: str, value: object) -> None:
    result = document(tmp_path, text).value
    assert (result, type(result)) == (value, type(value))


def test_nan_is_read_as_a_number(tmp_path: Path) -> None:
    assert math.isnan(document(tmp_path, ".nan").value)


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        pytest.param(
            "a: [1", ["1:4: this is not YAML: the `[` that begins here is never closed"], id="an open bracket"
        ),
        pytest.param(
            "a:\n- {b: 1\n- c",
            ["2:3: this is not YAML: the `{` that begins here is never closed"],
            id="an open brace, of which the next line makes nothing",
        ),
        pytest.param(
            "a: 1\nb: 'it\nc: 2\n",
            ["2:4: this is not YAML: the `'` that begins here is never closed"],
            id="an open quote, which takes in the rest of the file",
        ),
        pytest.param(
            "a: [x[0], x]",
            [
                "1:6: this is not YAML: `,` or `]` is expected here; a text with brackets or braces needs quotes"
            ],
            id="brackets in a one-line list",
        ),
        pytest.param(
            "a: x\u202ey",
            ["1:4: a control character is in this text; remove it"],
            id="a mark that turns text round",
        ),
        pytest.param(
            "a:\n\t- b",
            ["2:1: this is not YAML: a tab is here; indent with spaces"],
            id="a tab",
        ),
        pytest.param(
            "a:\n  b: `x` is a view",
            ["2:6: this is not YAML: a text that begins with a backtick needs quotes around it"],
            id="a backtick",
        ),
        pytest.param(
            "a: y = {1: 2}[x]: 3",
            ["1:10: this is not YAML: mapping values are not allowed in this context"],
            id="code without quotes",
        ),
        pytest.param(
            "a: 1\n--- \nb: 2\n",
            ["2:1: this is not YAML: expected a single document in the stream but found another document"],
            id="two documents",
        ),
        pytest.param("a: *b", ["1:4: this is not YAML: found undefined alias"], id="an alias of nothing"),
        pytest.param(
            "a: 1\nb: x\0y", ["2:5: this is not YAML: a control character is here; remove it"], id="NUL"
        ),
        pytest.param("\x07", ["1:1: this is not YAML: a control character is here; remove it"], id="a bell"),
        pytest.param(
            '"\\ud800"',
            [
                "1:4: this is not YAML: while parsing a quoted scalar"
                " found invalid Unicode character escape code"
            ],
            id="half a surrogate pair",
        ),
        pytest.param(b"a: 1\nb: \xff", ["2:4: this is not UTF-8; save the file as UTF-8"], id="Latin-1"),
        pytest.param(
            "a: 1".encode("utf-16"), ["1:1: this is not UTF-8; save the file as UTF-8"], id="UTF-16"
        ),
        pytest.param("", [" the file is empty; `tensordrill bank new TOPIC` writes a start"], id="empty"),
        pytest.param(
            "# x\n", [" the file is empty; `tensordrill bank new TOPIC` writes a start"], id="a comment only"
        ),
        pytest.param("a: 1\na: 2", ["2:1: the key `a` is here twice; remove one"], id="a key twice"),
        pytest.param(
            "{a: {b: 1, b: 2}, a: 3}",
            ["1:12: the key `b` is here twice; remove one", "1:19: the key `a` is here twice; remove one"],
            id="two keys twice, both said",
        ),
        pytest.param("[a]: 1", ["1:1: a key must be a word"], id="a list as key"),
        pytest.param("a: &x 1\nb: *x", [f"2:1: {NO_ALIASES}"], id="an alias"),
        pytest.param("a: &x 1\nb: [2,\n  *x]", [f"2:4: {NO_ALIASES}"], id="an alias in a list"),
        pytest.param("&a [*a]", [f"1:1: {NO_ALIASES}"], id="a list that contains itself"),
        pytest.param(
            "!!int foo", ["1:1: `foo` is not what its tag `!!int` says; write a plain value"], id="no integer"
        ),
        pytest.param(
            '!!bool ""', ["1:1: `` is not what its tag `!!bool` says; write a plain value"], id="no bool"
        ),
        pytest.param(
            "!!float x", ["1:1: `x` is not what its tag `!!float` says; write a plain value"], id="no float"
        ),
        pytest.param("!x 1", ["1:1: the tag `!x` is not used here; write a plain value"], id="an own tag"),
        pytest.param(
            "!!python/object:os.system {a: 1}",
            [
                "1:1: the tag `tag:yaml.org,2002:python/object:os.system`"
                " is not used here; write a plain value"
            ],
            id="a Python object",
        ),
        pytest.param(
            "- !!set {a, b}",
            ["1:3: the tag `tag:yaml.org,2002:set` is not used here; write a plain value"],
            id="a set",
        ),
    ],
)
def test_what_is_not_plain_data_is_said_with_its_place(
    tmp_path: Path, text: str | bytes, problems: list[str]
) -> None:
    assert said(tmp_path, text) == problems


CLOSERS_IN_COMMENTS = ("#" + "]" * 1900 + "\n") * 60


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        pytest.param("[" * 41 + "]" * 41, f"1:41: {TOO_DEEP}", id="one level too deep"),
        pytest.param("[" * 100_000, f"1:41: {TOO_DEEP}", id="a line of brackets"),
        pytest.param("{a: " * 100_000, f"1:161: {TOO_DEEP}", id="mappings in mappings"),
        pytest.param(
            CLOSERS_IN_COMMENTS + ("[" * 1900 + "\n") * 60,
            f"61:41: {TOO_DEEP}",
            id="brackets that comments seem to close",
        ),
        pytest.param("- " * 990 + "x", f"1:81: {TOO_DEEP}", id="a line of dashes"),
        pytest.param(
            "".join(" " * i + "a:\n" for i in range(1, 1900)), f"41:42: {TOO_DEEP}", id="a staircase"
        ),
    ],
)
def test_what_nests_too_deep_is_refused(tmp_path: Path, text: str, problem: str) -> None:
    assert said(tmp_path, text) == [problem]


def test_forty_levels_are_read(tmp_path: Path) -> None:
    value = document(tmp_path, "[" * 40 + "7" + "]" * 40).value
    for _ in range(40):
        (value,) = value
    assert value == 7


def test_aliases_that_would_double_are_refused_one_by_one(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x, x]", *(f"a{i}: &a{i} [*a{i - 1}, *a{i - 1}]" for i in range(1, 40))]
    problems = said(tmp_path, "\n".join(lines))
    assert len(problems) == 78
    assert {problem.split(": ", 1)[1] for problem in problems} == {NO_ALIASES}


def test_a_file_that_is_too_large_is_refused(tmp_path: Path) -> None:
    assert said(tmp_path, b"#" * (MAX_BYTES + 1)) == [" the file has more than 4000000 bytes; split it"]


def an_endless_file(path: Path) -> None:
    path.symlink_to("/dev/zero")


def a_pipe_without_writer(path: Path) -> None:
    os.mkfifo(path)


@pytest.mark.parametrize("make", [an_endless_file, a_pipe_without_writer, Path.mkdir])
def test_what_is_not_a_file_is_not_opened(tmp_path: Path, make: Callable[[Path], None]) -> None:
    path = tmp_path / "a.yaml"
    make(path)
    with pytest.raises(FileProblems) as caught:
        read(path)
    assert caught.value.problems == (f"{path}: this is not a file; move it out of the bank",)


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        pytest.param("nothing", "No such file or directory", id="a link to nothing"),
        pytest.param("a.yaml", "Too many levels of symbolic links", id="a link to itself"),
    ],
)
def test_a_file_that_cannot_be_read_is_said(tmp_path: Path, target: str, reason: str) -> None:
    path = tmp_path / "a.yaml"
    path.symlink_to(tmp_path / target)
    with pytest.raises(FileProblems) as caught:
        read(path)
    assert caught.value.problems == (f"{path}: the file cannot be read: {reason}",)


def test_a_place_is_the_deepest_key_that_is_there(tmp_path: Path) -> None:
    root = document(tmp_path, "a:\n  - {b: 1}\n  - {b: 22, c: 3}\n").place
    assert [
        str(place).removeprefix(f"{tmp_path}/a.yaml:")
        for place in (
            root,
            root.at("a", 1, "b"),
            root.at("a", 1, "b", "no"),
            root.at("a", 5),
            root.at("no", 1),
            root.at("a", 1).key("c"),
            root.at("a", 1).key("no"),
        )
    ] == ["1:1", "3:9", "3:9", "2:3", "1:1", "3:13", "3:5"]


printable = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn")), max_size=9)
plain = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**17), 10**17)
    | st.floats(allow_nan=False, allow_infinity=False)
    | printable,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(printable, inner, max_size=3),
    max_leaves=8,
)


@given(plain)
def test_what_json_writes_is_read_as_it_was(tmp_path_factory: pytest.TempPathFactory, value: Any) -> None:
    """For every plain value: YAML reads its JSON as the same value (JSON is a part of YAML 1.2)."""
    text = json.dumps(value, ensure_ascii=False)
    assert document(tmp_path_factory.getbasetemp(), text).value == value


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])) | st.binary())
def test_whatever_a_file_holds_it_is_data_or_problems(
    tmp_path_factory: pytest.TempPathFactory, content: str | bytes
) -> None:
    """For every text and every bytes: reading gives a document or FileProblems that name the file."""
    folder = tmp_path_factory.getbasetemp()
    try:
        document(folder, content)
    except FileProblems as error:
        problems = error.problems
    else:
        return
    assert problems
    assert [problem for problem in problems if not problem.startswith(f"{folder / 'a.yaml'}:")] == []


@pytest.mark.parametrize(
    ("text", "key", "number", "place"),
    [
        pytest.param("a: |\n  x\n  y\n", "a", 1, "2:3", id="the first line of a block"),
        pytest.param("a: |\n  x\n\n    y\n", "a", 3, "4:5", id="a line with more indentation"),
        pytest.param("a: |\n  x\n", "a", 2, "1:4", id="a line beyond the block"),
        pytest.param("a: x\n", "a", 1, "1:4", id="a text of one line"),
        pytest.param("a: >-\n  x\n  y\n", "a", 2, "1:4", id="a folded text, whose lines are joined"),
    ],
)
def test_a_line_of_a_text_has_a_place(tmp_path: Path, text: str, key: str, number: int, place: str) -> None:
    assert str(document(tmp_path, text).place.at(key).line(number)).endswith(f".yaml:{place}")
