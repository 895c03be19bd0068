"""A renamed question keeps its numbers, its addresses and its history; a changed task is told from a changed text."""

from __future__ import annotations

from pathlib import Path

import pytest

from tensordrill.bank.load import Bank
from tensordrill.bank.topic import load_topic
from tensordrill.bank.variant import from_address, make, select
from tensordrill.errors import FileProblems

HEAD = "format: 1\ntopic: t\ntitle: T\nquestions:\n"
ONE = """\
  - id: one
    draw:
      n: {int: [1, 1000]}
    given: x = torch.zeros({{ n }})
    ask: x.shape
    because: A text.
    hints: [Look.]
    misconceptions:
      - {id: wrong, ask: x.ndim, because: A text.}
"""
SEEDS = range(20)


def bank(folder: Path, text: str) -> Bank:
    folder.mkdir(exist_ok=True)
    (folder / "t.yaml").write_text(HEAD + text, encoding="utf-8")
    return Bank(folder)


def renamed(was: str) -> str:
    return ONE.replace("id: one\n", f"id: new\n    was: {was}\n")


def numbers(bank: Bank, id: str) -> list[object]:
    return [make(bank.entry(id), seed).parameters for seed in SEEDS]


@pytest.mark.parametrize("was", ["one", "[one]", "[between, one]"])
def test_a_renamed_question_draws_what_it_drew_under_its_first_id(tmp_path: Path, was: str) -> None:
    before, now = bank(tmp_path / "a", ONE), bank(tmp_path / "b", renamed(was))
    assert numbers(before, "t/one") == numbers(now, "t/new") == numbers(now, "t/one")


def test_an_address_with_a_former_id_is_of_the_question(tmp_path: Path) -> None:
    opened = bank(tmp_path, renamed("[between, one]"))
    assert [from_address(opened, f"t/{id}@7", 1).address for id in ("one", "between", "new")] == [
        "t/new@7"
    ] * 3
    assert select(opened, ["t/one@7"]) == {"t": {"t/new": 7}}
    assert opened.entry("t/one").ids == ("t/new", "t/between", "t/one")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        pytest.param(
            ONE + renamed("one"),
            "`one` is an id of `one` already; a former id belongs to one question",
            id="taken",
        ),
        pytest.param(
            renamed("old") + renamed("old").replace("id: new", "id: newer"),
            "`old` is an id of `new` already; a former id belongs to one question",
            id="of two",
        ),
        pytest.param(
            renamed("new"), "`new` is an id of `new` already; a former id belongs to one question", id="own"
        ),
        pytest.param(
            renamed("t/one"),
            "`t/one` in `was` is not an id: lower-case words joined by `-`",
            id="with a topic",
        ),
    ],
)
def test_a_former_id_belongs_to_one_question(tmp_path: Path, text: str, sentence: str) -> None:
    file = tmp_path / "t.yaml"
    file.write_text(HEAD + text, encoding="utf-8")
    with pytest.raises(FileProblems) as caught:
        load_topic(file)
    assert [line.partition(": ")[2] for line in caught.value.problems] == [sentence]


@pytest.mark.parametrize(
    ("old", "new", "is_another"),
    [
        pytest.param("A text.", "Another text.", False, id="because"),
        pytest.param("Look.", "Look again.", False, id="hint"),
        pytest.param("id: wrong", "id: other", False, id="misconception"),
        pytest.param("    ask: x.shape\n", "    ask: x.shape\n    level: 2\n", False, id="level"),
        pytest.param("id: one\n", "id: new\n    was: one\n", False, id="renamed"),
        pytest.param("1000", "999", True, id="draw"),
        pytest.param("zeros", "ones", True, id="program"),
        pytest.param("ask: x.shape", "ask: x.ndim", True, id="asked"),
        pytest.param("id: one\n", "id: new\n", True, id="another question"),
    ],
)
def test_the_hash_is_of_the_task_and_not_of_its_wording(
    tmp_path: Path, old: str, new: str, is_another: bool
) -> None:
    (before,) = bank(tmp_path / "a", ONE).topic("t").entries
    (now,) = bank(tmp_path / "b", ONE.replace(old, new)).topic("t").entries
    assert (before.task_hash != now.task_hash) == is_another
