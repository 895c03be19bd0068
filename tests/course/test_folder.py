"""An assignment's folder: made once, edited by hand, and kept apart from a bank that goes on changing."""

from __future__ import annotations

import re
import shutil
import stat
from pathlib import Path

import pytest
from msgspec.structs import replace

from tensordrill.bank.load import Bank
from tensordrill.bank.schema import Localized, Text
from tensordrill.bank.sources import shipped
from tensordrill.course.assignment.assignment import Item, load_assignment, written
from tensordrill.course.assignment.bundle import content_hash, open_bundle
from tensordrill.course.assignment.folder import Folder, create, open_folder, questions, update_snapshot
from tensordrill.errors import CourseError, FileProblems, TensordrillError

from .homework import FILL, PREDICT, WRITE, class_folder, edit

OTHER = "view/the-bits-of-a-float"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An assignment of two questions of a bank that can be changed."""
    shutil.copytree(shipped(), tmp_path / "bank")
    class_folder(tmp_path / "hw1", Bank(tmp_path / "bank"), WRITE, FILL)
    return tmp_path / "hw1"


def _ids(folder: Path, *, snapshot: bool = False, current: bool = False) -> list[str]:
    bundle = questions(open_folder(folder), snapshot=snapshot, current=current)
    return list(bundle.entries)


def _problem(folder: Path, *, snapshot: bool = False) -> str:
    with pytest.raises(TensordrillError) as caught:
        _ids(folder, snapshot=snapshot)
    return str(caught.value).replace(f"{folder}/", "")


def test_points_by_facet_add_up_as_decimals() -> None:
    assert Item(id=WRITE, points={"shape": 0.1, "values": 0.2, "memory": 0.3}).total == 0.6


def _change_bank(folder: Path, old: str, new: str) -> None:
    file = folder.parent / "bank" / "view.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


# --- what is made ---


def test_a_new_folder_holds_all_that_a_class_needs(folder: Path) -> None:
    assert sorted(path.name for path in folder.iterdir()) == [
        ".gitignore",
        "assignment.yaml",
        "recorded.bank",
        "secret",
    ]
    assert stat.S_IMODE((folder / "secret").stat().st_mode) == 0o600
    assert (folder / ".gitignore").read_text(encoding="utf-8") == "secret\n"
    assignment = load_assignment(folder)
    assert (assignment.bank.folder, [item.id for item in assignment.questions]) == ("../bank", [WRITE, FILL])
    assert load_assignment(folder / "assignment.yaml") == assignment


def test_what_is_written_is_read_back(tmp_path: Path, shipped_bank: Bank) -> None:
    items = [
        Item(id=WRITE, points=1234567 / 4),
        Item(id=FILL, points={"shape": 0.125, "values": 1}, hidden=True),
        Item(id=PREDICT, points=0, void=True),
    ]
    made = create(tmp_path / "hw1", shipped_bank, items, shared=True, language="ko")
    assert load_assignment(tmp_path / "hw1") == made
    assert made.questions == tuple(items)


@pytest.mark.parametrize(
    "title",
    [None, "A: 'b' \"c\"", Localized(en="Tensors"), Localized(en="Tensors: 1", ko="텐서 {1}")],
    ids=["none", "one text", "one language", "both languages"],
)
def test_every_title_is_read_back(title: Text | None, folder: Path) -> None:
    made = replace(load_assignment(folder), title=title)
    (folder / "assignment.yaml").write_text(written(made), encoding="utf-8")
    assert load_assignment(folder) == made


def test_a_lost_record_is_written_again(folder: Path) -> None:
    file = folder / "recorded.bank"
    text = (folder / "assignment.yaml").read_bytes()
    file.unlink()
    bundle = questions(open_folder(folder), snapshot=False, current=True)
    assert update_snapshot(open_folder(folder), bundle)
    assert (_ids(folder, snapshot=True), (folder / "assignment.yaml").read_bytes()) == ([WRITE, FILL], text)


def test_what_git_leaves_out_already_stays(tmp_path: Path, shipped_bank: Bank) -> None:
    (tmp_path / "hw1").mkdir()
    (tmp_path / "hw1" / ".gitignore").write_bytes(b"caf\xe9\nsubmissions/")
    create(tmp_path / "hw1", shipped_bank, [Item(id=WRITE)], shared=False, language="en")
    assert (tmp_path / "hw1" / ".gitignore").read_bytes() == b"caf\xe9\nsubmissions/\nsecret\n"


@pytest.mark.parametrize(
    ("name", "guess"),
    [("HW_1", "hw-1"), ("hw 1", "hw-1"), ("과제", "hw1"), ("hw--1", "hw-1")],
    ids=["capitals", "space", "korean", "two-dashes"],
)
def test_a_name_that_is_none_is_refused(name: str, guess: str, tmp_path: Path, shipped_bank: Bank) -> None:
    with pytest.raises(CourseError) as caught:
        create(tmp_path / name, shipped_bank, [Item(id=WRITE)], shared=False, language="en")
    assert str(caught.value) == (
        f"`{name}` cannot name an assignment; use lower-case words joined by `-`, as in `{guess}`"
    )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("file", ["assignment.yaml", "secret"])
def test_nothing_is_written_over(file: str, folder: Path, shipped_bank: Bank) -> None:
    for path in folder.iterdir():
        if path.name != file:
            path.unlink()
    before = (folder / file).read_bytes()
    with pytest.raises(CourseError) as caught:
        create(folder, shipped_bank, [Item(id=WRITE)], shared=False, language="en")
    assert str(caught.value) == f"{folder / file}: it exists already; choose another name, or remove it"
    assert (folder / file).read_bytes() == before


# --- what is opened ---


@pytest.mark.parametrize(
    ("old", "new", "problems"),
    [
        pytest.param(
            "", None, "{f}: the file is empty; `tensordrill assignment new NAME` writes a start", id="empty"
        ),
        pytest.param(
            "",
            "hello",
            "{f}:1:1: this is not an assignment; `tensordrill assignment new NAME` writes one",
            id="a-word",
        ),
        pytest.param(
            "format: 1",
            "format: 2",
            "{f}:1:9: format 2 is newer than this program's 1; upgrade tensordrill",
            id="newer",
        ),
        pytest.param(
            "points: 1\n",
            "points: much\n",
            "{f}:11:13: a number or a mapping is expected here, not a text\n"
            "{f}:13:13: a number or a mapping is expected here, not a text",
            id="points-in-words",
        ),
        pytest.param(
            WRITE,
            WRITE.partition("/")[2],
            "{f}:10:9: this must be a question's full id, in lower case and without a seed, as in "
            "`view/flatten-a-transpose`",
            id="half-an-id",
        ),
        pytest.param(
            "format: 1", "format: 0", "{f}:1:9: format 0 is not known; write `format: 1`", id="unknown-format"
        ),
        pytest.param("assignment: hw1\n", "", "{f}:1:1: the key `assignment` is missing", id="half-written"),
        pytest.param(
            "bank:\n",
            "bnak:\n",
            "{f}:4:1: the key `bnak` is not known here; did you mean `bank`?",
            id="unknown-key",
        ),
        pytest.param(
            "  folder:",
            "  foldr:",
            "{f}:5:3: the key `foldr` is not known here; did you mean `folder`?",
            id="unknown-key-of-the-bank",
        ),
        pytest.param(
            "points: 1\n",
            "ponts: 1\n",
            "{f}:11:5: the key `ponts` is not known here; did you mean `points`?\n"
            "{f}:13:5: the key `ponts` is not known here; did you mean `points`?",
            id="unknown-key-of-each-question",
        ),
        pytest.param(FILL, WRITE, f"{{f}}:12:9: `{WRITE}` is question 1 already; remove one", id="twice"),
        pytest.param(
            f"{FILL}\n",
            f"{FILL}\n    alias: {WRITE}\n",
            f"{{f}}:13:12: `{WRITE}` names another question already; give each question an alias of its own",
            id="an-alias-that-is-an-id",
        ),
        pytest.param(
            "points: 1\n",
            "points: 1\n    alias: hw1/1\n",
            "{f}:15:12: `hw1/1` names another question already; give each question an alias of its own",
            id="an-alias-twice",
        ),
        pytest.param(
            "points: 1\n",
            "points: -1\n",
            "{f}:11:13: a number of at least 0 is expected here\n{f}:13:13: a number of at least 0 is expected here",
            id="negative-points",
        ),
        pytest.param(
            "points: 1\n  - id: view/one",
            "points: {strides: 1}\n  - id: view/one",
            "{f}:11:13: 'strides' is not possible here; possible are `changed`, `contiguous`, `dtype`, `grad`, "
            "`memory`, `shape`, `stride`, `values`; did you mean `stride`?",
            id="a-facet-misspelt",
        ),
        pytest.param(
            "points: 1\n  - id: view/one",
            "points: {}\n  - id: view/one",
            "{f}:11:13: no facet has points; write a number, or points by facet",
            id="no-facet",
        ),
        pytest.param(
            "variants: own",
            "variants: mine",
            "{f}:8:11: 'mine' is not possible here; possible are `own`, `shared`",
            id="unknown-variants",
        ),
    ],
)
def test_a_broken_assignment_says_every_problem_with_its_place(
    old: str, new: str | None, problems: str, folder: Path
) -> None:
    file = folder / "assignment.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text((text.replace(old, new or "") if old else new or ""), encoding="utf-8")
    with pytest.raises(FileProblems) as caught:
        open_folder(folder)
    assert str(caught.value) == problems.format(f=file)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        pytest.param(
            None, "the secret is missing, and with it everybody's numbers; put the file back", id="missing"
        ),
        pytest.param(
            "abc", "this is not a secret that `assignment new` wrote; put the file back", id="not-hex"
        ),
        pytest.param(
            "ab" * 31, "this is not a secret that `assignment new` wrote; put the file back", id="short"
        ),
        pytest.param(
            "비밀", "this is not a secret that `assignment new` wrote; put the file back", id="korean"
        ),
    ],
)
def test_a_broken_secret(text: str | None, problem: str, folder: Path) -> None:
    (folder / "secret").unlink()
    if text is not None:
        (folder / "secret").write_text(text, encoding="utf-8")
    with pytest.raises(CourseError) as caught:
        open_folder(folder)
    assert str(caught.value) == f"{folder / 'secret'}: {problem}"


# --- the questions ---


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        pytest.param(
            FILL,
            "view/one-row-per-pixl",
            "assignment.yaml:12:9: there is no question `view/one-row-per-pixl`; "
            "did you mean `view/one-row-per-pixel`?",
            id="unknown-question",
        ),
        pytest.param(
            FILL,
            "veiw/one-row-per-pixel",
            "assignment.yaml:12:9: there is no topic `veiw` in ../bank; did you mean `view`?",
            id="unknown-topic",
        ),
        pytest.param(
            f"{FILL}\n    points: 1",
            f"{FILL}\n    points: {{stride: 1, shape: 1, memory: 2}}",
            f"assignment.yaml:13:14: `stride` is not compared in `{FILL}`; split its points among shape, values\n"
            f"assignment.yaml:13:35: `memory` is not compared in `{FILL}`; split its points among shape, values",
            id="facets-that-are-not-compared",
        ),
        pytest.param(
            f"{FILL}\n    points: 1",
            f"{PREDICT}\n    points: {{shape: 1}}",
            f"assignment.yaml:13:14: `{PREDICT}` is right or wrong as a whole; give it one number of points",
            id="facets-of-a-value",
        ),
    ],
)
def test_what_the_bank_does_not_have(old: str, new: str, problem: str, folder: Path) -> None:
    edit(folder, **{old: new})
    assert _problem(folder) == problem


def test_an_edited_list_of_questions_is_no_changed_bank(folder: Path) -> None:
    edit(folder, **{FILL: OTHER})
    assert _ids(folder) == [WRITE, OTHER]
    assert _problem(folder, snapshot=True) == (
        f"recorded.bank: `{OTHER}` was not among the questions when they were recorded; "
        "`tensordrill assignment build` records them anew"
    )


def test_recording_anew_changes_the_hash_and_nothing_else(folder: Path) -> None:
    edit(folder, **{FILL: f"{OTHER}  # instead"})
    before = (folder / "assignment.yaml").read_text(encoding="utf-8")
    bundle = questions(open_folder(folder), snapshot=False)
    fresh = content_hash(bundle.entries.values())
    assert update_snapshot(open_folder(folder), bundle)
    after = (folder / "assignment.yaml").read_text(encoding="utf-8")
    assert after == re.sub(r"sha256:\w+", fresh, before)
    assert _ids(folder, snapshot=True) == [WRITE, OTHER]
    bundle = questions(open_folder(folder), snapshot=False)
    assert content_hash(bundle.entries.values()) == open_folder(folder).assignment.bank.hash


def test_what_is_recorded_already_is_not_written(folder: Path) -> None:
    before = (folder / "recorded.bank").stat().st_mtime_ns
    bundle = questions(open_folder(folder), snapshot=False)
    assert not update_snapshot(open_folder(folder), bundle)
    assert (folder / "recorded.bank").stat().st_mtime_ns == before


_CHANGED = (
    "assignment.yaml: the bank has changed since the assignment was made: {names}; `--recorded` takes the "
    "questions as they were, `tensordrill assignment build --current` takes them as they are now"
)


@pytest.mark.parametrize(
    ("old", "new", "names"),
    [
        pytest.param("head 0 first", "head 0 foremost", f"`{WRITE}`", id="a-text"),
        pytest.param("id: one-row-per-pixel", "id: a-row-per-pixel", f"`{FILL}`", id="gone"),
    ],
)
def test_a_changed_bank_names_the_questions_and_the_record_goes_on(
    old: str, new: str, names: str, folder: Path
) -> None:
    bundle = open_bundle(folder / "recorded.bank")
    before = content_hash(bundle.entries.values())
    _change_bank(folder, old, new)
    assert _problem(folder) == _CHANGED.format(names=names)
    bundle = questions(open_folder(folder), snapshot=True)
    assert content_hash(bundle.entries.values()) == before


def test_the_questions_as_they_are_now_can_be_taken(folder: Path) -> None:
    _change_bank(folder, "head 0 first", "head 0 foremost")
    bundle = questions(open_folder(folder), snapshot=False, current=True)
    assert update_snapshot(open_folder(folder), bundle)
    assert _ids(folder) == [WRITE, FILL]
    assert _ids(folder, snapshot=True) == [WRITE, FILL]


def test_another_question_of_the_bank_may_change(folder: Path) -> None:
    _change_bank(folder, "the float32 numbers", "all float32 numbers")
    assert _ids(folder) == [WRITE, FILL]


def test_a_bank_that_is_not_there(folder: Path) -> None:
    file = folder / "assignment.yaml"
    file.write_text(re.sub(r"folder: .*", 'folder: "nowhere"', file.read_text()))
    assert _problem(folder) == (
        "assignment.yaml:5:11: nowhere: the bank cannot be read: No such file or directory; name the "
        "bank as it is seen from this file, or take the questions as they were with `--recorded`"
    )
    assert _ids(folder, snapshot=True) == [WRITE, FILL]


def test_a_changed_bank_without_a_record(folder: Path) -> None:
    (folder / "recorded.bank").unlink()
    assert _ids(folder) == [WRITE, FILL]
    _change_bank(folder, "head 0 first", "head 0 foremost")
    assert _problem(folder) == (
        "assignment.yaml: the bank has changed since, and there is no recorded.bank here; "
        "`tensordrill assignment build --current` takes the questions as they are now"
    )
    assert (
        _problem(folder, snapshot=True) == "recorded.bank: the bank cannot be read: No such file or directory"
    )


def test_a_broken_record(folder: Path) -> None:
    (folder / "recorded.bank").write_bytes(b"PK")
    assert _ids(folder) == [WRITE, FILL]
    assert (
        _problem(folder, snapshot=True)
        == "recorded.bank: this is not a questions' file, or it is damaged; get it again"
    )


def test_a_folder_knows_its_class(folder: Path, tmp_path: Path) -> None:
    opened: Folder = open_folder(folder)
    assert opened.roster() == ()
    (folder / "roster.csv").write_text("id\n1\n", encoding="utf-8")
    (tmp_path / "other.csv").write_text("id\n2\n", encoding="utf-8")
    assert [each.id for each in opened.roster()] == ["1"]
    assert [each.id for each in opened.roster(tmp_path / "other.csv")] == ["2"]
