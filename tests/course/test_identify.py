"""The owner of a submission: proved by its header, else by a name that fits one student, and never guessed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from tensordrill.course.assignment.assignment import Item
from tensordrill.course.assignment.naming import Naming
from tensordrill.course.assignment.roster import Student
from tensordrill.course.assignment.seeds import EVERYBODY, SecretSeeds, Seeds, StoredSeeds, StudentSeeds
from tensordrill.course.gradebook import Rejected
from tensordrill.course.submission.header import HandoutHeader, header_line
from tensordrill.course.submission.identify import Identify, OwnedSource
from tensordrill.course.submission.intake import sources

from .homework import SECRET, WRITE, assignment

MINJI, JUN, KIM, NOVA = (
    Student("2023001", "김민지", "minji@x.ac.kr"),
    Student("2023002", "Lee Jun", "jun@x.ac.kr"),
    Student("23", "Kim Minji", "kim.m@x.ac.kr"),
    Student("nova", "Zoë Novák"),
)
CLASS = (MINJI, JUN, KIM, NOVA)
ASKED = assignment([Item(id=WRITE)])
SEEDS = SecretSeeds(SECRET, "hw1")


def _file(
    student: str = "", *, mark: str | None = None, header: str = "hw1", drawn: str | None = None
) -> str:
    """Return a hand-out's text; without a header where `header` is empty."""
    mark = SEEDS.mark(student) if mark is None else mark
    seed = SEEDS.variant(student if drawn is None else drawn, WRITE)
    line = f"{header_line(HandoutHeader(header, student, mark=mark))}\n" if header else ""
    return f"{line}# {WRITE}@{seed}\nanswer = x\n"


def _is_answered(owned: OwnedSource) -> bool:
    return "answer = x" in owned.load().cells[-1].text


def _owners(
    folder: Path, files: dict[str, str], roster: Sequence[Student] = CLASS, seeds: Seeds = SEEDS
) -> tuple[list[OwnedSource], list[Rejected]]:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    submission_files, _ = sources([folder])
    return Identify(ASKED, seeds, roster, _is_answered).owners(submission_files)


def _told(
    submission_files: tuple[list[OwnedSource], list[Rejected]],
) -> tuple[dict[str, str], list[Rejected]]:
    return {owned.student.id: owned.source.name for owned in submission_files[0]}, submission_files[1]


# --- by the header ---


@pytest.mark.parametrize(
    ("name", "text", "owner"),
    [
        pytest.param("hw1.py", _file("2023001"), "2023001", id="as-handed-out"),
        pytest.param("2023001.py", _file("2023001"), "2023001", id="named-after-the-id"),
        pytest.param("김민지_hw1.py", _file("2023001"), "2023001", id="named-after-the-name"),
        pytest.param("submission_23/hw1.py", _file("2023001"), "2023001", id="gradescope-folder"),
        pytest.param("hw1 (23).py", _file("2023001"), "2023001", id="downloaded-again"),
    ],
)
def test_a_header_with_its_mark_is_proof(name: str, text: str, owner: str, tmp_path: Path) -> None:
    assert _told(_owners(tmp_path, {name: text})) == ({owner: name}, [])


@pytest.mark.parametrize(
    ("name", "text", "rejections"),
    [
        pytest.param(
            "hw1.py",
            _file("2023002", mark=SEEDS.mark("2023001")),
            Rejected("hw1.py", "its header says `2023002`, but it was changed; ask who wrote it"),
            id="id-changed",
        ),
        pytest.param(
            "hw1-2023001.py",
            _file("2023002", mark=""),
            Rejected(
                "hw1-2023001.py", "its header says `2023002`, but it was changed; ask who wrote it", "2023001"
            ),
            id="mark-removed",
        ),
        pytest.param(
            "hw1.py",
            _file("", mark="00"),
            Rejected("hw1.py", "its header was changed; ask who wrote it"),
            id="id-removed",
        ),
        pytest.param(
            "hw1.py",
            _file("2023009"),
            Rejected("hw1.py", "its header says `2023009`, who is not in the roster"),
            id="stranger",
        ),
        pytest.param(
            "hw1.py",
            _file("2023001", header="hw2"),
            Rejected("hw1.py", "this is a hand-out of `hw2`, not of `hw1`"),
            id="another-assignment",
        ),
        pytest.param(
            "Lee Jun.py",
            _file("2023001"),
            Rejected(
                "Lee Jun.py",
                "its header says `2023001`, but its name says `2023002`; ask who wrote it",
                "2023002",
            ),
            id="renamed-to-another-student",
        ),
        pytest.param(
            "hw1.py",
            _file("2023001") + "# %%\n" + _file("2023002"),
            Rejected("hw1.py", "it has two headers that differ; keep the one of the hand-out"),
            id="two-headers",
        ),
        pytest.param(
            "2023001.py",
            "print(1)\n",
            Rejected("2023001.py", "no question of `hw1` is in it", "2023001"),
            id="no-hand-out",
        ),
        pytest.param(
            "2023001.py",
            "",
            Rejected("2023001.py", "the file is empty; hand in the file that has the answers", "2023001"),
            id="empty",
        ),
    ],
)
def test_what_is_in_doubt_is_listed(name: str, text: str, rejections: Rejected, tmp_path: Path) -> None:
    assert _told(_owners(tmp_path, {name: text})) == ({}, [rejections])


def test_an_empty_mark_proves_nothing_where_seeds_are_stored(tmp_path: Path) -> None:
    stored = StoredSeeds({"2023001": StudentSeeds("ab", {WRITE: 1}, {WRITE: 2})})
    files = {"a.py": _file("x", mark=""), "b.py": _file("", mark="")}
    assert _told(_owners(tmp_path, files, (), stored)) == (
        {},
        [
            Rejected("a.py", "its header says `x`, but it was changed; ask who wrote it"),
            Rejected("b.py", "its header was changed; ask who wrote it"),
        ],
    )


def test_a_student_without_stored_seeds_costs_one_sentence(tmp_path: Path) -> None:
    stored = StoredSeeds(
        {"2023001": StudentSeeds("ab", {WRITE: SEEDS.variant("2023001", WRITE)}, {WRITE: 2})}
    )
    files = {"2023001.py": _file("2023001", mark="ab"), "2023002.py": _file(header="")}
    assert _told(_owners(tmp_path, files, CLASS, stored)) == (
        {"2023001": "2023001.py"},
        [
            Rejected(
                "2023002.py",
                "there are no seeds for `2023002` here; pack the assignment again with the new roster",
                "2023002",
            )
        ],
    )


# --- several ---


def test_of_equal_files_one_is_taken(tmp_path: Path) -> None:
    files = {"a/hw1.py": _file("2023001"), "b/hw1.py": _file("2023001")}
    assert _told(_owners(tmp_path, files)) == ({"2023001": "a/hw1.py"}, [])


def test_of_different_files_none_is_taken(tmp_path: Path) -> None:
    files = {"a.py": _file("2023001"), "b.py": _file("2023001") + "answer = x", "c.py": _file("2023002")}
    reason = "`2023001` handed in several that differ: a.py, b.py; keep one"
    assert _told(_owners(tmp_path, files)) == (
        {"2023002": "c.py"},
        [Rejected("a.py", reason, "2023001"), Rejected("b.py", reason, "2023001")],
    )


OTHER = _file("2023001").replace("answer = x", "answer = x + 1")
UNTOUCHED = _file("2023001").replace("answer = x", "answer = ...")
_OTHER_SUFFIX = "the same student handed in {}, which is graded in its place"
_UNTOUCHED = "no question in it is answered; the same student's {} is graded in its place"


@pytest.mark.parametrize(
    ("files", "graded", "rejected"),
    [
        pytest.param(
            {"a.py": _file("2023001"), "b.py": _file("2023001").replace("\n", "\r\n"), "c.py": UNTOUCHED},
            "a.py",
            {"c.py": _UNTOUCHED.format("a.py")},
            id="equal-but-for-line-ends-and-an-untouched-one",
        ),
        pytest.param(
            {"a.py": UNTOUCHED, "b.py": UNTOUCHED + "# later\n"},
            "a.py",
            {"b.py": _UNTOUCHED.format("a.py")},
            id="none-answered",
        ),
        pytest.param(
            {"a.py": _file("2023001"), "a.py~": OTHER},
            "a.py",
            {"a.py~": _OTHER_SUFFIX.format("a.py")},
            id="backup",
        ),
        pytest.param(
            {"a.py": UNTOUCHED, "a.txt": _file("2023001")},
            "a.txt",
            {"a.py": _UNTOUCHED.format("a.txt")},
            id="answered-in-a-text-file",
        ),
    ],
)
def test_of_several_files_one_goes_before(
    files: dict[str, str], graded: str, rejected: dict[str, str], tmp_path: Path
) -> None:
    rejections = [Rejected(name, reason, "2023001") for name, reason in rejected.items()]
    assert _told(_owners(tmp_path, files)) == ({"2023001": graded}, rejections)


# --- called otherwise ---

_NONE = "a submission is a `.py` or `.ipynb` file, or a zip of them; hand in that"
_NOTEBOOK = json.dumps({"cells": [{"cell_type": "code", "source": _file("2023001")}]})


@pytest.mark.parametrize(
    ("name", "text"),
    [
        pytest.param("hw1", _file("2023001"), id="no-suffix"),
        pytest.param("hw1.py.txt", _file("2023001"), id="txt"),
        pytest.param(".hw1.py", _file("2023001"), id="hidden"),
        pytest.param("hw1.ipynb.json", _NOTEBOOK, id="ipynb-json"),
        pytest.param("hw1.py", _NOTEBOOK, id="notebook-called-py"),
        pytest.param("hw1.py.part", _file("2023001"), id="part"),
        pytest.param("hw1.png", _file("2023001"), id="png"),
        pytest.param("2023001.txt", _file("2023001", header=""), id="no-header"),
    ],
)
def test_a_hand_out_is_known_by_its_content(name: str, text: str, tmp_path: Path) -> None:
    assert _told(_owners(tmp_path, {name: text})) == ({"2023001": name}, [])


@pytest.mark.parametrize(
    ("name", "text", "student"),
    [
        pytest.param("2023001", "print(1)", "2023001", id="no-suffix"),
        pytest.param("2023001.pdf", "%PDF\0", "2023001", id="pdf"),
        pytest.param("hw1.png", "", "", id="empty"),
        pytest.param("data.csv", "a,b\n1,2\n", "", id="data"),
        pytest.param("notes.json", '{"a": 1}', "", id="json"),
        pytest.param("2023001.txt", "x" * 5_000_000, "2023001", id="large"),
    ],
)
def test_whatever_else_is_handed_in_is_listed(name: str, text: str, student: str, tmp_path: Path) -> None:
    assert _told(_owners(tmp_path, {name: text})) == ({}, [Rejected(name, _NONE, student)])


# --- by the file's name ---

_NO_HEADER = "The file has no header; its name tells whose it is."


@pytest.mark.parametrize(
    ("name", "owner"),
    [
        pytest.param("2023001.py", "2023001", id="id"),
        pytest.param("hw1-2023001.py", "2023001", id="id-after-the-assignment"),
        pytest.param("2023001/hw1.py", "2023001", id="id-as-the-folder"),
        pytest.param("hw1_김민지.py", "2023001", id="korean-name"),
        pytest.param("김 민지 과제.py", "2023001", id="korean-name-with-a-space"),
        pytest.param("LEE JUN hw1 final.py", "2023002", id="capitals"),
        pytest.param("jun_lee.py", "2023002", id="last-name-last"),
        pytest.param("leejun_12345_678_hw1.py", "2023002", id="canvas"),
        pytest.param("leejun_LATE_12345_678_hw1-1.py", "2023002", id="canvas-late-again"),
        pytest.param("Lee Jun_12345_assignsubmission_file_/hw1.py", "2023002", id="moodle"),
        pytest.param("jun@x.ac.kr.py", "2023002", id="e-mail"),
        pytest.param("minji.py", "2023001", id="e-mail-without-its-host"),
        pytest.param("Zoë Novák.py", "nova", id="letters-with-marks"),
        pytest.param("23.py", "23", id="short-number-alone"),
        pytest.param("hw1-23.py", "23", id="short-number-after-the-assignment"),
        pytest.param("lee jun 2023001.py", None, id="id-of-one-and-name-of-another"),
        pytest.param("김민지 2023001.py", "2023001", id="id-and-name"),
        pytest.param("20230012.py", None, id="number-within-a-number"),
        pytest.param("x2023001.py", None, id="number-within-a-word"),
        pytest.param("week 23.py", None, id="short-number-among-words"),
        pytest.param("hw1 (23).py", None, id="number-of-a-download"),
        pytest.param("submission_2023001/hw1.py", None, id="number-of-gradescope"),
        pytest.param("hw1.py", None, id="nothing"),
    ],
)
def test_a_name_is_taken_only_where_it_fits_one(name: str, owner: str | None, tmp_path: Path) -> None:
    owned, rejections = _owners(tmp_path, {name: _file(owner or "", header="")})
    assert [(each.student.id, each.notes) for each in owned] == [(owner, (_NO_HEADER,))] * (owner is not None)
    assert len(owned) + len(rejections) == 1


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        pytest.param(
            "김민지 and Lee Jun.py",
            "its name fits `2023001` and `2023002`; name it after one of them",
            id="two-names",
        ),
        pytest.param(
            "hw1.py", "neither its header nor its name tells whose it is; name it after the id", id="no-name"
        ),
    ],
)
def test_why_a_name_is_not_taken(name: str, reason: str, tmp_path: Path) -> None:
    assert _told(_owners(tmp_path, {name: _file(header="")})) == ({}, [Rejected(name, reason)])


def test_namesakes_are_told_apart_by_their_ids() -> None:
    twins = Naming([Student("1001", "Kim Minji"), Student("1002", "Kim Minji")], "hw1")
    assert set(twins.named("kim minji.py")) == {"1001", "1002"}
    assert set(twins.named("kim minji 1002.py")) == {"1002"}


def test_an_assignments_own_words_name_nobody() -> None:
    naming = Naming([Student("view", "Week One"), Student("1")], "week-1")
    assert [
        set(naming.named(name)) for name in ("week-1.py", "week 1 (1).py", "week-1-view.py", "week_1_1.py")
    ] == [
        set(),
        set(),
        {"view"},
        {"1"},
    ]


def test_every_student_of_a_class_is_found_by_id_and_by_name() -> None:
    everybody = [Student(f"s{number}", f"Given{number} Family{number}") for number in range(2000)]
    naming = Naming(everybody, "hw1")
    for student in everybody:
        assert list(naming.named(f"{student.id}_hw1.py")) == [student.id]
        assert list(naming.named(f"x/{student.name}/hw1.ipynb")) == [student.id]


# --- without a roster, and hand-outs for all ---


def test_without_a_roster_the_header_or_the_file_names_the_student(tmp_path: Path) -> None:
    files = {"a.py": _file("2023001"), "b/hw1.py": _file(), "c.py": _file(header="")}
    assert _told(_owners(tmp_path, files, ())) == ({"2023001": "a.py", "b/hw1": "b/hw1.py", "c": "c.py"}, [])


@pytest.mark.parametrize("roster", [pytest.param((), id="no-roster"), pytest.param(CLASS, id="roster")])
def test_a_hand_out_for_all_keeps_its_numbers(roster: Sequence[Student], tmp_path: Path) -> None:
    files = {"2023001.py": _file(), "2023002.py": _file(header="")}
    owned, rejections = _owners(tmp_path, files, roster)
    assert rejections == []
    assert [(each.student.id, each.drawn_for) for each in owned] == [
        ("2023001", EVERYBODY),
        ("2023002", EVERYBODY),
    ]
    assert not [note for each in owned for note in each.notes if "numbers" in note]


def test_ones_own_numbers_are_ones_own(tmp_path: Path) -> None:
    files = {"2023001.py": _file("2023001"), "2023002.py": _file("2023002", header="")}
    owned, _ = _owners(tmp_path, files)
    assert [each.drawn_for for each in owned] == ["2023001", "2023002"]


def test_numbers_of_another_student_are_noted(tmp_path: Path) -> None:
    owned, _ = _owners(tmp_path, {"2023001.py": _file("2023001", drawn="2023002")})
    assert owned[0].notes == ("Another student's numbers are in 1 of 1 cells.",)
