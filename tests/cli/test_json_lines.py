"""`--json`: a round as lines of JSON, for editors and scripts."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tensordrill.bank.load import Bank

from .conftest import (
    PROGRAM,
    Event,
    Ran,
    Session,
    environ_with,
    only,
    review,
    reviews,
    right,
    run,
    run_process,
    said,
    write_basics,
)

_HERE = Path(__file__).parent
_SHARING = _HERE.parent.parent / "tensordrill" / "sandbox" / "child" / "memory_overlap.py"
_NOT_UNDERSTOOD = 'one JSON object a line: {"answer": "2,3"} or {"command": "hint"}, "skip" or "quit"'

KEYS = {
    "question": [
        "event",
        "number",
        "of",
        "id",
        "topic",
        "level",
        "seed",
        "address",
        "kind",
        "type",
        "setup",
        "given",
        "code",
        "ask",
        "task",
        "options",
        "lines",
        "must",
        "prompt",
    ],
    "verdict": [
        "event",
        "id",
        "seed",
        "outcome",
        "answer",
        "expected",
        "differences",
        "misconception",
        "because",
        "error",
    ],
    "hint": ["event", "text"],
    "summary": ["event", "asked", "correct", "skipped", "topics", "seed"],
}


# --- a program that knows only these lines ---


def _solve(questions: int, *command: str) -> dict[str, Any]:
    arguments = [
        sys.executable,
        str(_HERE / "solver.py"),
        str(_SHARING),
        str(questions),
        str(PROGRAM),
        *command,
    ]
    done = subprocess.run(arguments, capture_output=True, timeout=300, check=False)
    assert (done.returncode, done.stderr.decode()) == (0, "")
    solved: dict[str, Any] = json.loads(done.stdout)
    return solved


def test_a_program_that_runs_given_code_and_ask_in_its_own_torch_gets_every_verdict_right(
    shipped_bank: Bank, thorough: bool
) -> None:
    count = 300 if thorough else 10
    solved = _solve(count, "practice", "--json", "--seed", "1", *_predicts(shipped_bank))
    assert solved == {"answered": count, "seeds": count, "wrong": []}


@pytest.mark.thorough
def test_a_quiz_of_all_predict_questions_has_none_that_such_a_program_gets_wrong(shipped_bank: Bank) -> None:
    topics = _predicts(shipped_bank)
    count = len(topics) // 2
    solved = _solve(1000, "quiz", "--json", "--seed", "300", "-n", str(count), *topics)
    assert solved == {"answered": count, "seeds": 1, "wrong": []}


def _predicts(bank: Bank) -> list[str]:
    """Return the options that ask for all predict questions of a bank."""
    entries = [entry for topic in bank.topics() for entry in topic.entries if entry.kind == "predict"]
    return [word for entry in entries for word in ("--topic", entry.id)]


# --- whole events ---

_OTHER = "a = torch.arange(1, 3); b = torch.arange(4)"
_VERDICTS = [
    pytest.param(
        "swap",
        "(3, 2)",
        {"outcome": "correct", "expected": "(3, 2)", "because": "`t()` exchanges rows and columns."},
        id="right",
    ),
    pytest.param(
        "swap",
        "3x2?",
        {
            "outcome": "correct",
            "answer": "3x2",
            "expected": "(3, 2)",
            "because": "`t()` exchanges rows and columns.",
        },
        id="right-in-another-spelling-and-unsure",
    ),
    pytest.param(
        "swap",
        "2, 3",
        {
            "outcome": "incorrect",
            "expected": "(3, 2)",
            "differences": [{"facet": "shape", "expected": "(3, 2)", "got": "(2, 3)", "on": None}],
            "misconception": "nothing-moves",
            "because": "That is the shape of `x` itself.",
        },
        id="wrong-and-named",
    ),
    pytest.param(
        "swap",
        "raises",
        {
            "outcome": "incorrect",
            "expected": "(3, 2)",
            "differences": [{"facet": "outcome", "expected": "(3, 2)", "got": "raises", "on": None}],
            "because": "`t()` exchanges rows and columns.",
        },
        id="wrong-and-not-named",
    ),
    pytest.param(
        "swap",
        "wide",
        {
            "outcome": "unreadable",
            "because": "I could not read that as a shape. A shape looks like 2,3 or (2, 3); () is a scalar; "
            "or: raises",
        },
        id="unreadable",
    ),
    pytest.param(
        "swap",
        "모름",
        {
            "outcome": "unreadable",
            "because": "I could not read that as an answer. Type ? for a hint, :s to skip, :q to stop",
        },
        id="a-plea",
    ),
    pytest.param(
        "swap",
        "IndexErr",
        {
            "outcome": "unreadable",
            "because": "I could not read that as an exception's class. Did you mean `IndexError`?",
        },
        id="a-misspelt-class",
    ),
    pytest.param(
        "swap",
        {"command": "skip"},
        {
            "outcome": "skipped",
            "answer": None,
            "expected": "(3, 2)",
            "because": "`t()` exchanges rows and columns.",
        },
        id="skipped",
    ),
    pytest.param(
        "dense",
        "아니요",
        {"outcome": "correct", "expected": "False", "because": "Its rows are columns of `x`."},
        id="no-in-korean",
    ),
    pytest.param(
        "column",
        "v.reshape(3, 1)",
        {"outcome": "correct", "expected": "v.unsqueeze(1)", "because": "The new dim comes last."},
        id="other-code-that-does-the-same",
    ),
    pytest.param(
        "column",
        "v.unsqueeze(1).clone()",
        {
            "outcome": "incorrect",
            "expected": "v.unsqueeze(1)",
            "differences": [
                {"facet": "memory", "expected": "shares with v", "got": "shares with nothing", "on": None}
            ],
            "because": "The new dim comes last.",
        },
        id="a-facet-differs",
    ),
    pytest.param(
        "column",
        "v.reshape(3, 2)",
        {
            "outcome": "incorrect",
            "expected": "v.unsqueeze(1)",
            "differences": [
                {
                    "facet": "outcome",
                    "expected": "a value",
                    "got": "RuntimeError: shape '[3, 2]' is invalid for input of size 3",
                    "on": None,
                }
            ],
            "because": "The new dim comes last.",
            "error": {
                "type": "RuntimeError",
                "message": "shape '[3, 2]' is invalid for input of size 3",
                "on": None,
            },
        },
        id="code-that-raises",
    ),
    pytest.param(
        "column",
        "v.unsqueeze(",
        {
            "outcome": "unreadable",
            "because": "I could not read that as an expression. Python says: '(' was never closed. "
            "An expression looks like x.t() or x[0] + 1",
        },
        id="a-syntax-error-is-not-wrong",
    ),
    pytest.param(
        "outer",
        "def outer(a, b):\n    return torch.outer(a, b)",
        {"outcome": "correct", "expected": "return a[:, None] * b"},
        id="a-whole-def",
    ),
    pytest.param(
        "outer",
        "import time\ntime.sleep(1000)\nreturn a",
        {
            "outcome": "incorrect",
            "expected": "return a[:, None] * b",
            "differences": [{"facet": "outcome", "expected": "a value", "got": "timeout", "on": None}],
            "error": {"type": "timeout", "message": "", "on": None},
        },
        id="endless",
    ),
    pytest.param(
        "outer",
        "def outer(a, b):\n    return a[:, None] * b[[0, 1, 2]] if len(b) == 3 else b[[4]]",
        {
            "outcome": "incorrect",
            "expected": "return a[:, None] * b",
            "differences": [
                {
                    "facet": "outcome",
                    "expected": "a value",
                    "got": "IndexError: index 4 is out of bounds for dimension 0 with size 4",
                    "on": _OTHER,
                }
            ],
            "error": {
                "type": "IndexError",
                "message": "index 4 is out of bounds for dimension 0 with size 4",
                "on": _OTHER,
            },
        },
        id="an-error-on-another-operand",
    ),
    pytest.param(
        "outer",
        "def outer(a, b):\n    return b[[9]] if len(b) == 4 else a[:, None] * b.clamp(max=1)",
        {
            "outcome": "incorrect",
            "expected": "return a[:, None] * b",
            "differences": [
                {
                    "facet": "values",
                    "expected": "[[0, 0, 0], [0, 1, 2]]",
                    "got": "[[0, 0, 0], [0, 1, 1]]",
                    "on": None,
                }
            ],
            "error": {
                "type": "IndexError",
                "message": "index 9 is out of bounds for dimension 0 with size 4",
                "on": _OTHER,
            },
        },
        id="a-difference-as-shown-and-an-error-on-another-operand",
    ),
    pytest.param("blank", "-2", {"outcome": "correct", "expected": "1"}, id="a-filling-that-does-the-same"),
    pytest.param(
        "blank",
        "0",
        {
            "outcome": "incorrect",
            "expected": "1",
            "differences": [{"facet": "shape", "expected": "(2, 1, 3)", "got": "(1, 2, 3)", "on": None}],
            "misconception": "in-front",
            "because": "That puts it first.",
        },
        id="a-filling-that-is-named",
    ),
]


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Event]]:
    """Play one practice in which every answer of the table is given; events by the table's ids."""
    folder = tmp_path_factory.mktemp("played")
    write_basics(folder)
    waiting = {str(case.id): (f"basics/{case.values[0]}", case.values[1]) for case in _VERDICTS}
    events: dict[str, list[Event]] = {}
    with Session("practice", "--bank", str(folder), "--seed", "1", **environ_with(folder)) as session:
        while waiting:
            question = session.event()
            case = next((case for case, (asked, _) in waiting.items() if asked == question["id"]), None)
            session.say(waiting.pop(case)[1] if case else right(question))
            verdict = session.event()
            if case:
                events[case] = [question, verdict]
            if verdict["outcome"] == "unreadable":
                session.say(right(question))
                session.event()
        ended = session.end()
    assert (ended.code, ended.err) == (0, "")
    return events


@pytest.mark.parametrize(("asked", "answer", "verdict"), _VERDICTS)
def test_a_verdict(
    asked: str,
    answer: object,
    verdict: Event,
    played: dict[str, list[Event]],
    request: pytest.FixtureRequest,
) -> None:
    question, result = played[request.node.callspec.id]
    whole = {
        "event": "verdict",
        "id": f"basics/{asked}",
        "seed": question["seed"],
        "answer": answer,
        "expected": None,
        "differences": [],
        "misconception": None,
        "because": None,
        "error": None,
    }
    assert result == {**whole, **verdict}
    assert list(result) == KEYS["verdict"]


_QUESTIONS = [
    pytest.param(
        "swap",
        {
            "level": 1,
            "kind": "predict",
            "type": "shape",
            "given": "x = torch.zeros(2, 3)",
            "code": "y = x.t()",
            "ask": "y.shape",
            "prompt": "What is y.shape?  Or does it raise?",
        },
        id="predict",
    ),
    pytest.param(
        "dense",
        {
            "level": 1,
            "kind": "predict",
            "type": "bool",
            "given": "x = torch.zeros(2, 3)",
            "code": "y = x.t()",
            "ask": "y.is_contiguous()",
            "prompt": "Is y.is_contiguous() true?  yes, no, or: raises",
        },
        id="predict-yes-or-no",
    ),
    pytest.param(
        "column",
        {
            "level": 2,
            "kind": "write",
            "type": "expression",
            "given": "v = torch.arange(3.)",
            "task": "Turn `v` into a column.",
            "must": ["shape", "values", "memory"],
            "prompt": "One expression.",
        },
        id="write-expression",
    ),
    pytest.param(
        "outer",
        {
            "level": 3,
            "kind": "write",
            "type": "function",
            "given": "a = torch.arange(2)\nb = torch.arange(3)",
            "task": "Write the outer product.",
            "must": ["shape", "dtype", "values"],
            "prompt": "The body of outer(a, b), or the whole def; an empty line ends a block.",
        },
        id="write-function",
    ),
    pytest.param(
        "blank",
        {
            "level": 2,
            "kind": "fill",
            "type": "filling",
            "given": "x = torch.zeros(2, 3)",
            "code": "y = x.unsqueeze(____)",
            "task": "Make `y` of shape (2, 1, 3).",
            "must": ["shape"],
            "prompt": "What goes into the blank?",
        },
        id="fill",
    ),
    pytest.param(
        "sharing",
        {
            "level": 2,
            "kind": "which",
            "type": "picks",
            "given": "x = torch.arange(6).reshape(2, 3)",
            "code": "",
            "ask": "shares_memory(x, it)",
            "options": ["x.t()", "x[0]", "x + 0"],
            "prompt": "For which options, called it, is shares_memory(x, it) true?  Numbers, as in: 1 3   or: none",
        },
        id="which",
    ),
]


@pytest.mark.parametrize(("name", "question"), _QUESTIONS)
def test_a_question(name: str, question: Event, basics: Path) -> None:
    (observation,) = run("show", f"basics/{name}@1", "--bank", str(basics), "--json").events
    whole = {
        "event": "question",
        "number": None,
        "of": None,
        "id": f"basics/{name}",
        "topic": "basics",
        "seed": 1,
        "address": f"basics/{name}@1",
        "setup": None,
        "code": None,
        "ask": None,
        "task": None,
        "options": None,
        "lines": None,
        "must": None,
    }
    assert observation == {**whole, **question, "answered_otherwise": None}
    assert list(observation) == [*KEYS["question"], "answered_otherwise"]


def test_the_answers_of_show_are_what_a_learner_with_each_idea_types(basics: Path) -> None:
    (observation,) = run("show", "basics/sharing@1", "--bank", str(basics), "--json", "--answer").events
    added = {name: observation[name] for name in observation if name not in KEYS["question"]}
    assert added == {
        "answered_otherwise": None,
        "expected": "1 2",
        "misconceptions": [{"idea": "only-whole", "answer": "1"}],
    }


# --- how a round goes ---


def _shape(events: list[Event]) -> list[str]:
    """Name each event by its kind, and a verdict by its outcome."""
    return [str(event.get("outcome", event["event"])) for event in events]


def _checked(ran: Ran, err: str = "") -> list[Event]:
    """Return the events of a run that ended well, each with exactly its keys."""
    assert (ran.code, ran.err) == (0, err)
    assert all(list(event) == KEYS[event["event"]] for event in ran.events)
    return ran.events


@pytest.mark.parametrize(
    ("lines", "events"),
    [
        pytest.param(said("3,2"), ["question", "correct", "summary"], id="an-answer"),
        pytest.param(
            said("wide", "", "3,2"),
            ["question", "unreadable", "unreadable", "correct", "summary"],
            id="unreadable-then-right",
        ),
        pytest.param(said({"command": "skip"}), ["question", "skipped", "summary"], id="skip"),
        pytest.param(said({"command": "quit"}, "3,2"), ["question", "summary"], id="quit"),
        pytest.param("", ["question", "summary"], id="no-input"),
        pytest.param(said("wide"), ["question", "unreadable", "summary"], id="the-input-ends-early"),
        pytest.param('{"answer": "3,2"}', ["question", "correct", "summary"], id="no-newline-at-the-end"),
        pytest.param(
            said("3,2", "4,4", {"command": "hint"}),
            ["question", "correct", "summary"],
            id="more-lines-than-questions",
        ),
        pytest.param(
            said("x" * 1_000_000, "3,2"),
            ["question", "unreadable", "correct", "summary"],
            id="an-answer-of-a-megabyte",
        ),
    ],
)
def test_lines_in_and_events_out(lines: str, events: list[str], basics: Path) -> None:
    ran = run("quiz", "--json", "--seed", "5", *only(basics, "swap"), stdin=lines)
    assert _shape(_checked(ran)) == events


_BAD_LINES = [
    "3,2",
    "",
    '"3,2"',
    "{}",
    "[]",
    '{"answer": 5}',
    '{"answer": null}',
    '{"command": "undo"}',
    '{"answer": "3,2", "sure": true}',
    "[" * 100_000,
    '{"answer": "\\ud800',
]


def test_each_line_that_is_not_of_the_protocol_is_unreadable_and_costs_nothing(
    basics: Path, home: Path
) -> None:
    lines = "".join(f"{line}\n" for line in _BAD_LINES) + said("3,2")
    ran = run("quiz", "--json", "--seed", "5", *only(basics, "swap"), stdin=lines)
    events = _checked(ran)
    assert _shape(events) == ["question", *["unreadable"] * len(_BAD_LINES), "correct", "summary"]
    assert {event["because"] for event in events[1:-2]} == {_NOT_UNDERSTOOD}
    assert reviews(home) == [review("basics/swap@5", "3,2", "correct")]


def test_hints_come_one_after_another_and_then_there_are_none(basics: Path) -> None:
    ran = run("quiz", "--json", *only(basics, "swap"), stdin=said(*[{"command": "hint"}] * 3, "3,2"))
    events = _checked(ran)
    assert _shape(events) == ["question", "hint", "hint", "hint", "correct", "summary"]
    assert [event["text"] for event in events[1:4]] == ["Which dim comes first now?", "Draw `x`.", None]


def test_the_summary_counts_by_topic_and_names_the_seed(basics: Path) -> None:
    questions: list[Event] = []

    def reply(event: Event) -> object:
        if event["event"] == "verdict":
            return "raises"  # after an answer that could not be read
        questions.append(event)
        return [right(event), right(event), "1", {"command": "skip"}][len(questions) - 1]

    ran = run("quiz", "--json", "--seed", "2", *only(basics, "swap", "dense", "blank", "column"), stdin=reply)
    assert [(q["number"], q["of"], q["seed"]) for q in questions] == [(n, 4, 2) for n in range(1, 5)]
    assert len({question["id"] for question in questions}) == 4
    correct = 3 if questions[2]["id"] == "basics/blank" else 2
    assert _checked(ran)[-1] == {
        "event": "summary",
        "asked": 4,
        "correct": correct,
        "skipped": 1,
        "topics": {"basics": {"asked": 4, "correct": correct}},
        "seed": 2,
    }


def test_the_seed_replays_a_round() -> None:
    first, again, other = (
        run("quiz", "--json", "--seed", seed, "-n", "1").events for seed in ("8", "8", "9")
    )
    assert first == again
    assert first[0] != other[0]


def test_an_exam_keeps_the_verdicts_for_the_end(basics: Path) -> None:
    lines = said("wide", "no", "no", "3,2")
    ran = run("quiz", "--json", "--exam", "--seed", "2", *only(basics, "swap", "dense"), stdin=lines)
    events = _checked(ran)
    asked = [event["id"] for event in events if event["event"] == "question"]
    judged = [event["id"] for event in events if event.get("outcome") in ("correct", "incorrect")]
    assert judged == asked
    kinds = [kind if kind in ("question", "unreadable", "summary") else "verdict" for kind in _shape(events)]
    assert [kind for kind in kinds if kind != "unreadable"] == ["question"] * 2 + ["verdict"] * 2 + [
        "summary"
    ]


def test_what_was_answered_in_an_exam_is_judged_when_the_input_ends(basics: Path) -> None:
    ran = run(
        "quiz", "--json", "--exam", "--lang", "en", *only(basics, "swap", "dense"), stdin=said("raises")
    )
    assert _shape(_checked(ran)) == ["question", "question", "incorrect", "summary"]


def test_choices_are_answered_by_letter(basics: Path, home: Path) -> None:
    def reply(question: Event) -> object:
        return "abc"[question["options"].index("(2, 3)")]

    ran = run("quiz", "--json", "--choices", "--seed", "1", *only(basics, "swap"), stdin=reply)
    question, verdict, _ = _checked(ran)
    assert sorted(question["options"]) == ["(2, 3)", "(3, 2)", "raises"]
    assert question["prompt"] == "The letter of your choice, as in: a"
    assert (verdict["outcome"], verdict["answer"], verdict["misconception"]) == (
        "incorrect",
        "(2, 3)",
        "nothing-moves",
    )
    assert reviews(home) == [review("basics/swap@1", "(2, 3)", "incorrect", idea="nothing-moves")]


def test_practice_goes_on_until_it_is_told_to_stop(basics: Path) -> None:
    lines = said(*[{"command": "skip"}] * 8, {"command": "quit"})
    events = _checked(run("practice", "--json", "--seed", "1", "--bank", str(basics), stdin=lines))
    questions = [event for event in events if event["event"] == "question"]
    assert [(q["number"], q["of"]) for q in questions] == [(number, None) for number in range(1, 10)]
    assert (events[-1]["asked"], events[-1]["skipped"]) == (8, 8)


def test_what_went_wrong_returns_after_three_others_with_another_seed(basics: Path) -> None:
    asked: list[Event] = []

    def reply(question: Event) -> object:
        asked.append(question)
        swaps = [question["id"] for question in asked].count("basics/swap")
        if question["id"] != "basics/swap":
            return right(question)
        return "2,3" if swaps == 1 else {"command": "quit"}

    events = _checked(run("practice", "--json", "--seed", "1", "--bank", str(basics), stdin=reply))
    assert [event["outcome"] for event in events if event["event"] == "verdict"] == [
        "incorrect" if question["id"] == "basics/swap" else "correct" for question in asked[:-1]
    ]
    wrong, again = (n for n, question in enumerate(asked) if question["id"] == "basics/swap")
    assert again - wrong == 4
    assert asked[again]["seed"] != asked[wrong]["seed"]
    assert len({question["id"] for question in asked[wrong:again]}) == 4


def test_each_judged_answer_is_kept_and_what_could_not_be_read_is_not(basics: Path, home: Path) -> None:
    lines: dict[str, list[object]] = {
        "swap": [{"command": "hint"}, "wide", "2,3"],
        "dense": ["no?"],
        "blank": [{"command": "skip"}],
        "column": ["v[:, None]"],
    }
    kept = {
        "swap": review("basics/swap@5", "2,3", "incorrect", hints=1, idea="nothing-moves"),
        "dense": review("basics/dense@5", "no", "correct", unsure=1),
        "blank": review("basics/blank@5", "", "skipped"),
        "column": review("basics/column@5", "v[:, None]", "correct"),
    }
    order: list[str] = []

    def reply(event: Event) -> object:
        if event["event"] == "question":
            order.append(event["id"].removeprefix("basics/"))
        return lines[order[-1]].pop(0)

    _checked(run("quiz", "--json", "--seed", "5", *only(basics, *lines), stdin=reply))
    assert reviews(home) == [kept[name] for name in order]


def test_an_answer_is_on_disk_before_its_verdict_is_told(basics: Path, home: Path) -> None:
    with Session("quiz", "--seed", "5", *only(basics, "swap", "dense")) as session:
        first = session.event()
        session.say("raises")
        session.event()
        session.kill()
    assert reviews(home) == [review(first["address"], "raises", "incorrect")]


def test_a_home_that_cannot_be_written_is_said_once_on_stderr(basics: Path, home: Path) -> None:
    (home / "data").write_text("in the way", encoding="utf-8")
    ran = run("quiz", "--json", *only(basics, "swap", "dense"), stdin=said("raises", "raises"))
    assert _shape(ran.events) == ["question", "incorrect", "question", "incorrect", "summary"]
    assert ran.code == 0
    assert ran.err == (
        f"tensordrill: The data folder `{home / 'data'}` cannot be made: a file is in the way; set "
        "`TENSORDRILL_HOME` to a folder that you can write to. This round goes on, but its answers are not kept.\n"
    )


@pytest.mark.parametrize("encoding", ["ascii", "cp949:strict"])
def test_lines_are_utf_8_whatever_the_system_prefers(encoding: str, basics: Path) -> None:
    lines = said("２，３").encode() + '{"answer": "에러"}\n'.encode()
    asked = ["quiz", "--json", "--lang", "ko", *only(basics, "swap")]
    ran = run_process(*asked, stdin=lines, PYTHONIOENCODING=encoding)
    assert ran.code == 0
    assert [event["because"] for event in ran.events if event["event"] == "verdict"] == [
        "그것은 `x` 자신의 shape입니다."
    ]


def test_bytes_that_are_not_utf_8_are_one_bad_line(basics: Path) -> None:
    lines = b'{"answer": "\xff\xfe"}\n' + said("3,2").encode()
    ran = run("quiz", "--json", *only(basics, "swap"), stdin=lines)
    assert _shape(_checked(ran)) == ["question", "unreadable", "correct", "summary"]
