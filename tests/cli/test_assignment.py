"""`tensordrill assignment new` and `build`: from choosing questions to a folder that is handed out."""

from __future__ import annotations

from pathlib import Path

import pytest

from tensordrill.course.assignment.assignment import load_assignment

from .conftest import Ran, run

ROSTER = "id,name,email\n2023001,김민지,minji@x.ac.kr\n2023002,Lee Jun,jun@x.ac.kr\n"


_PUBLIC = (
    "4 questions can be looked up: students have the same bank, "
    "and `tensordrill show ID --answer` prints its keys\n"
)


def _made(folder: Path, *more: str) -> Ran:
    return run(
        "assignment", "new", "hw1", "--topic", "view", "--topic", "matmul", "-n", "4", *more, cwd=folder
    )


def test_new_and_build_say_what_they_wrote_and_what_is_next(tmp_path: Path) -> None:
    (tmp_path / "roster.csv").write_text(ROSTER, encoding="utf-8")
    made = _made(tmp_path, "--points", "2.5", "--lang", "ko")
    assert (made.code, made.err, made.out) == (
        0,
        "",
        "hw1/assignment.yaml: 4문제, 10점\n"
        "찾아볼 수 있는 문제가 4개입니다. 학생에게도 같은 문제 은행이 있어 "
        "`tensordrill show ID --answer`로 정답을 볼 수 있습니다.\n"
        "마감일이 없습니다. assignment.yaml에 `due`를 적으면 과제 파일에도 나옵니다.\n"
        "다음: tensordrill assignment build hw1/assignment.yaml --roster roster.csv --out handout/\n",
    )
    asked = load_assignment(tmp_path / "hw1")
    assert (asked.language, asked.variants, {item.points for item in asked.questions}) == ("ko", "own", {2.5})
    assert [item.id.partition("/")[0] for item in asked.questions] == ["view", "view", "matmul", "matmul"]
    built = run(
        "assignment",
        "build",
        "hw1/assignment.yaml",
        "--roster",
        "roster.csv",
        "--out",
        "handout",
        cwd=tmp_path,
    )
    assert (built.code, built.err, built.out) == (
        0,
        "",
        f"handout: 2 hand-outs, and hw1.bank to check with\n{_PUBLIC}",
    )
    assert sorted(path.name for path in (tmp_path / "handout").iterdir()) == [
        "hw1-2023001.py",
        "hw1-2023002.py",
        "hw1.bank",
    ]


@pytest.mark.parametrize(("year", "is_over"), [(2020, True), (2900, False)])
def test_a_due_date_that_is_over_is_said_before_handing_out(year: int, is_over: bool, tmp_path: Path) -> None:
    run("assignment", "new", "hw1", "-t", "view/join-the-heads", cwd=tmp_path)
    file = tmp_path / "hw1" / "assignment.yaml"
    file.write_text(f"{file.read_text()}due: {year}-03-19 23:59 Asia/Seoul\n")
    built = run("assignment", "build", "hw1", "--out", "handout", cwd=tmp_path)
    checked = run("assignment", "check", "hw1", cwd=tmp_path)
    sentence = "The due date is over already: whatever is handed in now comes late."
    assert [sentence in ran.out for ran in (built, checked)] == [is_over, is_over]
    assert [ran.code for ran in (built, checked)] == [0, 0]


def test_an_opaque_hand_out_tells_no_id_from_new_to_feedback(tmp_path: Path) -> None:
    named = ["view/join-the-heads", "matmul/two-steps-away"]
    (tmp_path / "roster.csv").write_text(ROSTER, encoding="utf-8")
    made = run(
        "assignment",
        "new",
        "hw1",
        "--opaque",
        *(part for name in named for part in ("-t", name)),
        cwd=tmp_path,
    )
    public = "students have 2 questions in a bank of theirs; the hand-outs do not tell which\n"
    assert public in made.out
    file = tmp_path / "hw1" / "assignment.yaml"
    file.write_text(file.read_text(encoding="utf-8") + "    hidden: true\n", encoding="utf-8")
    assert [(item.id, item.alias) for item in load_assignment(file).questions] == [
        (named[0], "hw1/1"),
        (named[1], "hw1/2"),
    ]
    build = ["assignment", "build", "hw1", "--roster", "roster.csv", "--hidden-anyway", "--out", "handout"]
    assert public in run(*build, cwd=tmp_path).out
    handout = tmp_path / "handout" / "hw1-2023001.py"
    text = handout.read_text(encoding="utf-8")
    assert not any(name in text for name in named)
    handout.write_text(
        text.replace("answer = ...", "answer = x.transpose(1, 2).flatten(2)", 1), encoding="utf-8"
    )
    checked = run("check", "handout/hw1-2023001.py", cwd=tmp_path)
    assert [" ".join(line.split()[:4]) for line in checked.out.splitlines() if "hw1/" in line] == [
        "✓ 1 1/1 hw1/1",
        "· 2 –/1 hw1/2",
    ]
    graded = run("assignment", "grade", "hw1", "handout/hw1-2023001.py", "--out", "grades", cwd=tmp_path)
    assert (graded.code, graded.err) == (0, "")
    (feedback,) = (tmp_path / "grades" / "feedback").glob("2023001*.md")
    words = feedback.read_text(encoding="utf-8")
    assert "## 1. hw1/1: 1 of 1" in words
    assert not any(name in words for name in named)
    like = run("assignment", "new", "hw2", "--like", "hw1", "--same-questions", cwd=tmp_path)
    assert like.code == 0
    assert [(item.id, item.alias) for item in load_assignment(tmp_path / "hw2").questions] == [
        (named[0], "hw2/1"),
        (named[1], "hw2/2"),
    ]


def test_questions_that_are_named_are_all_taken(tmp_path: Path) -> None:
    named = ["view/join-the-heads", "view/split-the-heads", "matmul/two-steps-away"]
    made = run("assignment", "new", "hw1", *(part for name in named for part in ("-t", name)), cwd=tmp_path)
    assert made.out.startswith("hw1/assignment.yaml: 3 questions, 3 points\n")
    assert sorted(item.id for item in load_assignment(tmp_path / "hw1").questions) == sorted(named)


def test_the_same_choice_is_made_again_with_another_secret(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    _made(tmp_path)
    _made(tmp_path / "b")
    first, again = (load_assignment(path / "hw1") for path in (tmp_path, tmp_path / "b"))
    assert first == again
    assert (tmp_path / "hw1" / "secret").read_text() != (tmp_path / "b" / "hw1" / "secret").read_text()


def test_an_edited_list_is_recorded_and_a_changed_bank_is_asked_about(basics: Path) -> None:
    made = run("assignment", "new", "hw1", "-n", "1", "--topic", "basics/column", "--bank", str(basics))
    assert made.code == 0
    file = Path("hw1/assignment.yaml")
    file.write_text(file.read_text(encoding="utf-8") + "  - id: basics/blank\n", encoding="utf-8")
    build = ["assignment", "build", "hw1", "--out", "h"]
    wrote = "h: 1 hand-out, and hw1.bank to check with\n"
    assert run(*build).out == f"hw1/recorded.bank: the questions are recorded as they are now\n{wrote}"
    assert run(*build).out == wrote
    bank = basics / "basics.yaml"
    text = bank.read_text(encoding="utf-8")
    bank.write_text(text.replace("x.unsqueeze(____)", "x.unsqueeze(dim=____)"), encoding="utf-8")
    ran = run(*build)
    assert (ran.code, ran.out, ran.err) == (
        1,
        "",
        "tensordrill: hw1/assignment.yaml: the bank has changed since the assignment was made: `basics/blank`; "
        "`--recorded` takes the questions as they were, `tensordrill assignment build --current` takes them "
        "as they are now\n",
    )
    assert run(*build, "--recorded").out == wrote
    assert "dim=____" not in Path("h/hw1.py").read_text(encoding="utf-8")
    assert run(*build, "--current").out == (
        "hw1/recorded.bank: the questions are recorded as they are now\n"
        "files that were handed out before may have other numbers; hand out these in their place\n" + wrote
    )
    assert "dim=____" in Path("h/hw1.py").read_text(encoding="utf-8")
    assert run(*build).out == wrote


def test_a_hidden_question_that_students_can_look_up_is_refused(tmp_path: Path) -> None:
    _made(tmp_path)
    file = tmp_path / "hw1" / "assignment.yaml"
    last = load_assignment(file).questions[-1].id
    file.write_text(file.read_text(encoding="utf-8") + "    hidden: true\n", encoding="utf-8")
    build = ["assignment", "build", "hw1", "--out", "h"]
    for options in ([], ["--recorded"]):
        ran = run(*build, *options, cwd=tmp_path)
        assert (ran.code, ran.out, ran.err) == (
            1,
            "",
            f"tensordrill: `{last}` is hidden, but students have the bank that it is from; take a question of your "
            "own, or build with `--hidden-anyway`\n",
        )
    assert not (tmp_path / "h").exists()
    ran = run(*build, "--hidden-anyway", cwd=tmp_path)
    assert (ran.code, ran.out) == (0, f"h: 1 hand-out, and hw1.bank to check with\n{_PUBLIC}")


def test_a_question_of_one_s_own_may_be_hidden(basics: Path) -> None:
    made = run("assignment", "new", "hw1", "-n", "1", "--topic", "basics/column", "--bank", str(basics))
    assert "looked up" not in made.out
    file = Path("hw1/assignment.yaml")
    file.write_text(file.read_text(encoding="utf-8") + "    hidden: true\n", encoding="utf-8")
    assert (
        run("assignment", "build", "hw1", "--out", "h").out == "h: 1 hand-out, and hw1.bank to check with\n"
    )


@pytest.mark.parametrize("name", ["..", ".", "a/hw1", "/hw1", "../hw1"])
@pytest.mark.parametrize(
    ("language", "problem"),
    [
        (
            "en",
            "is a path; go to the folder where the assignment shall lie, and give its name alone, as in `hw1`",
        ),
        ("ko", "경로는 과제 이름이 될 수 없습니다. 과제를 만들 폴더로 이동한 뒤 `hw1`처럼 이름만 적으세요."),
    ],
)
def test_a_name_is_no_path(name: str, language: str, problem: str, tmp_path: Path) -> None:
    ran = run("assignment", "new", name, "--lang", language, cwd=tmp_path)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith(f"tensordrill: `{name}`")
    assert ran.err.endswith(f"{problem}\n")
    assert [path.name for path in tmp_path.iterdir()] == []


@pytest.mark.parametrize(
    ("arguments", "code", "err"),
    [
        pytest.param(
            ["new", "HW_1"],
            1,
            "tensordrill: `HW_1` cannot name an assignment; use lower-case words joined by `-`, as in `hw-1`\n",
            id="name",
        ),
        pytest.param(
            ["new", "hw1", "--topic", "view", "-n", "500"],
            1,
            "tensordrill: there are 12 fill and write questions to choose from, not 500; add topics or kinds\n",
            id="too-many",
        ),
        pytest.param(
            ["new", "hw1", "-t", "view/join-the-heads", "-n", "2"],
            1,
            "tensordrill: there is 1 fill and write question to choose from, not 2; add topics or kinds\n",
            id="only-one",
        ),
        pytest.param(
            ["build", "nowhere", "--out", "h"],
            1,
            "tensordrill: nowhere: the file cannot be read: No such file or directory\n",
            id="no-assignment",
        ),
    ],
)
def test_what_cannot_be_done_costs_one_sentence(
    arguments: list[str], code: int, err: str, tmp_path: Path
) -> None:
    ran = run("assignment", *arguments, cwd=tmp_path)
    assert (ran.code, ran.out, ran.err) == (code, "", err)
    assert [path.name for path in tmp_path.iterdir()] == []


@pytest.mark.parametrize(
    ("options", "language", "lines"),
    [
        pytest.param(
            [],
            "en",
            "hw2/assignment.yaml: 4 questions, 10 points\n"
            "3 questions are not in hw1, but of the same topic, kind and level\n"
            "1 question is in hw1, too, with new numbers here\n"
            "the secret is new: no seed and no hand-out of hw1 is valid here, and hw1 itself stays as it is\n",
            id="others",
        ),
        pytest.param(
            ["--same-questions"],
            "ko",
            "hw2/assignment.yaml: 4문제, 10점\n"
            "hw1에도 있는 문제가 4개이고, 숫자는 새로 뽑습니다.\n"
            "비밀 값을 새로 만들었습니다. hw1의 시드와 과제 파일은 여기서 쓸 수 없고, hw1 자체는 그대로입니다.\n",
            id="same",
        ),
    ],
)
def test_an_assignment_like_another(options: list[str], language: str, lines: str, tmp_path: Path) -> None:
    _made(tmp_path, "--points", "2.5", "--lang", language, "--shared")
    ran = run("assignment", "new", "hw2", "--like", "hw1", *options, "--lang", language, cwd=tmp_path)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(lines)
    first, second = (load_assignment(tmp_path / name) for name in ("hw1", "hw2"))
    assert (second.language, second.variants, second.assignment) == (language, "shared", "hw2")
    same = {item.id for item in first.questions} & {item.id for item in second.questions}
    assert len(same) == (4 if options else 1)
    assert (tmp_path / "hw1" / "secret").read_bytes() != (tmp_path / "hw2" / "secret").read_bytes()


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        pytest.param(["--same-questions"], "`--same-questions` needs `--like ASSIGNMENT`", id="same-alone"),
        *(
            pytest.param(["--like", "hw1", *option], f"leave out `{option[0]}`", id=option[0])
            for option in (
                ["--topic", "view"],
                ["-n", "3"],
                ["--points", "1"],
                ["--kinds", "fill"],
                ["--shared"],
            )
        ),
    ],
)
def test_like_takes_the_whole_choice(options: list[str], problem: str, tmp_path: Path) -> None:
    _made(tmp_path)
    ran = run("assignment", "new", "hw2", *options, cwd=tmp_path)
    assert ran.code == 2
    assert problem in " ".join(ran.err.split())
    assert not (tmp_path / "hw2").exists()
