"""An assignment like another one: what is chosen anew, and numbers that do not come back."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from tensordrill.bank.load import Bank
from tensordrill.bank.schema import Facet
from tensordrill.course.assignment.assignment import Item
from tensordrill.course.assignment.folder import Folder, create, open_folder, questions
from tensordrill.course.assignment.reuse import reuse
from tensordrill.course.assignment.roster import Student
from tensordrill.course.assignment.seeds import SECRET_FILE
from tensordrill.course.handout.build import build
from tensordrill.course.submission.identify import Identify, OwnedSource
from tensordrill.course.submission.intake import sources
from tensordrill.errors import CourseError

from .homework import edit

CLASS = tuple(Student(str(number)) for number in range(5))


def _write(level: int, *names: str) -> str:
    return "".join(
        f"""
  - id: {name}
    level: {level}
    draw:
      n: {{int: [2, 5]}}
    given: x = torch.arange({{{{ n }}}})
    task: Double `x`.
    write: expression
    solution: 2 * x
    must: [shape, values]
    misconceptions:
      - id: not-{name}
        code: x
"""
        for name in names
    )


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """An assignment of a bank with other questions of level 1, one of level 2 and none of level 3."""
    bank = tmp_path / "bank"
    bank.mkdir()
    text = _write(1, "a", "b", "c", "d") + _write(2, "e", "f", "g") + _write(3, "h")
    (bank / "t.yaml").write_text(f"format: 1\ntopic: t\ntitle: T\nquestions:{text}", encoding="utf-8")
    split: dict[Facet, float] = {"shape": 1.0, "values": 2.0}
    items = [
        Item(id="t/h", points=2),
        Item(id="t/a", points=split),
        Item(id="t/e"),
        Item(id="t/f", hidden=True),
    ]
    create(tmp_path / "hw1", Bank(bank), items, shared=False, language="ko")
    return open_folder(tmp_path / "hw1")


def test_each_question_becomes_another_of_its_kind_and_level(folder: Folder) -> None:
    reused = reuse(folder.path, None, same_questions=False)
    assert [(item.id, item.points, item.hidden) for item in reused.items] == [
        ("t/h", 2, False),
        ("t/c", {"shape": 1.0, "values": 2.0}, False),
        ("t/g", 1, False),
        ("t/e", 1, True),
    ]
    assert reused.same == 2


def test_the_same_questions_can_be_asked_for(folder: Folder) -> None:
    reused = reuse(folder.path / "assignment.yaml", None, same_questions=True)
    assert reused.items == folder.assignment.questions
    assert reused.same == 4


@pytest.mark.parametrize("same_questions", [True, False])
def test_aliases_are_given_anew(same_questions: bool, folder: Folder) -> None:
    edit(folder.path, **{"- id: t/a\n": "- id: t/a\n    alias: hw1/1\n"})
    reused = reuse(folder.path, None, same_questions=same_questions)
    assert (reused.opaque, {item.alias for item in reused.items}) == (True, {None})


def test_a_void_question_comes_back_last_and_counts_again(folder: Folder) -> None:
    edit(folder.path, **{"t/e\n    points: 1": "t/e\n    points: 1\n    void: true"})
    reused = reuse(folder.path, None, same_questions=False)
    assert [(item.id, item.void) for item in reused.items[2:]] == [("t/g", False), ("t/f", False)]
    kept = reuse(folder.path, None, same_questions=True)
    assert [item.void for item in kept.items] == [False] * 4


def test_points_by_facet_become_one_where_a_question_does_not_compare_them(folder: Folder) -> None:
    edit(folder.path, **{"{shape: 1, values: 2}": "{shape: 1, stride: 2}"})
    assert reuse(folder.path, None, same_questions=False).items[1].points == 3


def test_a_question_that_was_never_recorded_is_named(folder: Folder) -> None:
    edit(folder.path, **{"id: t/h": "id: t/b"})
    with pytest.raises(CourseError) as caught:
        reuse(folder.path, None, same_questions=False)
    assert str(caught.value) == (
        f"{folder.path}/recorded.bank: `t/b` was not among the questions when they were recorded; "
        "`tensordrill assignment build` records them anew"
    )


# --- last term's numbers ---


@pytest.fixture
def next_term(folder: Folder, tmp_path: Path) -> Folder:
    """The same questions under the same name, a term later."""
    reused = reuse(folder.path, None, same_questions=True)
    path = tmp_path / "next" / "hw1"
    create(path, reused.bank, reused.items, shared=False, language="en")
    return open_folder(path)


def test_no_number_of_last_term_comes_back(folder: Folder, next_term: Folder) -> None:
    ids = [item.id for item in folder.assignment.questions]
    pairs = list(product([student.id for student in CLASS], ids))
    before, after = (
        {seed for pair in pairs for seed in (seeds.variant(*pair), seeds.hidden(*pair))}
        for seeds in (folder.seeds, next_term.seeds)
    )
    assert len(before) == len(after) == 2 * len(pairs)
    assert before & after == set()
    marks = [{seeds.mark(student.id) for student in CLASS} for seeds in (folder.seeds, next_term.seeds)]
    assert marks[0] & marks[1] == set()


def test_the_old_secret_is_not_needed_and_stays_as_it_is(folder: Folder) -> None:
    secret = folder.path / SECRET_FILE
    before = secret.read_bytes()
    reuse(folder.path, None, same_questions=False)
    assert secret.read_bytes() == before
    secret.unlink()
    assert len(reuse(folder.path, None, same_questions=False).items) == 4


def _owners(folder: Folder, handed_in: Path) -> tuple[list[OwnedSource], list[str]]:
    files, _ = sources([handed_in])
    identify = Identify(folder.assignment, folder.seeds, CLASS, lambda _: True)
    owned, rejected = identify.owners(files)
    return owned, [each.reason for each in rejected]


def test_old_hand_outs_belong_to_their_own_folder_only(
    folder: Folder, next_term: Folder, tmp_path: Path
) -> None:
    handout = tmp_path / "handout"
    build(folder, questions(folder, snapshot=True), CLASS, handout, as_notebook=False)
    (handout / "hw1.bank").unlink()
    owned, reasons = _owners(folder, handout)
    assert ([each.student for each in owned], reasons) == (list(CLASS), [])
    owned, reasons = _owners(next_term, handout)
    assert owned == []
    assert reasons == [
        f"its header says `{student.id}`, but it was changed; ask who wrote it" for student in CLASS
    ]
