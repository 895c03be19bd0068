"""A class to test with: right, wrong, unreadable, unanswered and hidden answers, and hostile ones.

>>> gradebook(30)                      # thirty students, and five who try to break what is written
>>> gradebook(10_000, hostile=False)   # as many as you like; records are made as they are walked
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from tensordrill.bank.ideas import Ideas
from tensordrill.bank.schema import Idea, Localized
from tensordrill.course.assignment.assignment import Assignment, Item, PinnedBank
from tensordrill.course.assignment.roster import Student
from tensordrill.course.gradebook import (
    ABSENT,
    Gradebook,
    Override,
    QuestionResult,
    Rejected,
    SubmissionResult,
)
from tensordrill.kinds.answers import Difference
from tensordrill.messages import Language

FLATTEN = "view/flatten-a-transpose"
WRITTEN = "view/write-into-a-reshape"
COLUMNS = "view/down-the-columns"
BEFORE = "view/before-the-view"
HEADS = "view/split-the-heads"
WHICH = "view/which-reshapes-share"
VOID = "view/what-minus-one-becomes"

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "[click](javascript:alert(1)) ![x](https://example.org/x.png) **bold** `code` | cell |",
    '=HYPERLINK("https://example.org","open me")',
    "+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1:A9)",
    "\x1b[31mred\x1b[0m \x1b]0;title\x07 \x9b31m",
    "nul \x00 bell \x07 delete \x7f next line \x85 end",
    "lone \ud800 surrogate \udfff, not a character \uffff",
    "right-to-left \u202egnp.exe\u202c isolate \u2066x\u2069",
    "``` ```` ````` fence\n~~~\n</code></pre>\n# heading\n---\n- item",
    "]]> <!-- --> <![CDATA[ &amp; &#0; &nosuch;",
    'a,"b";c\t\r\nd',
    "{{ 7 * 7 }} {% raw %} {# comment #}",
    "줄이 " + "길다 " * 40_000,
)
"""Texts that mean something in a terminal, a page, a spreadsheet, XML, JSON or a template."""

IDEAS: Ideas = {
    "view-copies": Idea(
        title=Localized(en="`view` copies where it has to", ko="`view`는 필요하면 복사합니다"),
        rule=Localized(
            en="`view` never copies; where strides are not enough it raises.",
            ko="`view`는 복사하지 않으므로 stride로 나타낼 수 없으면 에러를 냅니다.",
        ),
        source="https://docs.pytorch.org/docs/stable/generated/torch.Tensor.view.html",
    ),
    "reshape-never-copies": Idea(
        title=Localized(en="`reshape` always shares memory", ko="`reshape`는 늘 메모리를 공유합니다"),
        rule=Localized(
            en="`reshape` copies where a view is not possible.",
            ko="`reshape`는 view를 만들 수 없을 때 복사합니다.",
        ),
    ),
    "view-reorders": Idea(
        title=Localized(en="`view` swaps dims", ko="`view`로 차원을 바꿀 수 있습니다"),
        rule=Localized(
            en="`view` keeps the order of the numbers; `permute` swaps dims.",
            ko="`view`는 값의 순서를 바꾸지 않으며, 차원은 `permute`로 바꿉니다.",
        ),
    ),
}
"""The ideas that the bank names; misconceptions whose own id is their idea are not here."""

ITEMS = (
    Item(id=FLATTEN, points=2),
    Item(id=WRITTEN),
    Item(id=COLUMNS, points={"shape": 1, "values": 1, "memory": 0.5}),
    Item(id=BEFORE, points=1.5),
    Item(id=HEADS, points=3, hidden=True),
    Item(id=WHICH),
    Item(id=VOID, void=True),
)


class Way(Struct, frozen=True):
    """One way in which a question is answered; `weight` says how often among the wrong ones."""

    answer: str
    weight: float = 1.0
    idea: str | None = None
    because: str | None = None
    differences: tuple[Difference, ...] = ()
    error: tuple[str, str] | None = None
    error_is_hidden: bool = False
    earned: tuple[str, ...] = ()
    detail: str = ""
    printed: str = ""


RIGHT: dict[str, tuple[str, ...]] = {
    FLATTEN: ("raises", "RuntimeError", "에러"),
    WRITTEN: ("[[0, 1, 2], [3, 4, 5]]",),
    COLUMNS: ("x.t()", "x.T", "x.permute(1, 0)", "x.transpose(0, 1)"),
    BEFORE: ("contiguous()",),
    HEADS: ("n, t, d = x.shape\nreturn x.view(n, t, heads, d // heads).transpose(1, 2)",),
    WHICH: ("1 3", "3 1"),
    VOID: ("(6,)",),
}
KEYS = {question: answers[0] for question, answers in RIGHT.items()} | {FLATTEN: "raises RuntimeError"}
HARD = {FLATTEN: 0.55, WRITTEN: 0.65, COLUMNS: 0.4, BEFORE: 0.3, HEADS: 0.75, WHICH: 0.5, VOID: 0.2}
"""The ability, from 0 to 1, from which on a student is right more often than not."""

WRONG: dict[str, tuple[Way, ...]] = {
    FLATTEN: (
        Way(
            "10",
            3,
            "view-copies",
            "That is what `x.t().reshape(-1)` gives. `view` never copies, it raises.",
            (Difference("outcome", "raises RuntimeError", "(10,)"),),
        ),
        Way(
            "5,2",
            1,
            "minus-one-keeps-the-size",
            "You left the shape as it was; `-1` is the size that torch works out.",
            (Difference("outcome", "raises RuntimeError", "(5, 2)"),),
        ),
    ),
    WRITTEN: (
        Way(
            "[[9, 1, 2], [3, 4, 5]]",
            3,
            "reshape-never-copies",
            "`reshape` had to copy here, so `x` never sees the write.",
            (Difference("values", "[[0, 1, 2], [3, 4, 5]]", "[[9, 1, 2], [3, 4, 5]]"),),
        ),
        Way("[0]", 1, None, None, (Difference("values", "[[0, 1, 2], [3, 4, 5]]", "[0]"),)),
    ),
    COLUMNS: (
        Way(
            "x.view(3, 2)",
            3,
            "view-reorders",
            "`view` keeps the order of the numbers.",
            (Difference("values", "[[0, 3], [1, 4], [2, 5]]", "[[0, 1], [2, 3], [4, 5]]"),),
            earned=("shape", "memory"),
        ),
        Way(
            "x.t().clone()",
            2,
            "copy-to-be-safe",
            "The numbers are right, but they no longer share `x`'s memory.",
            (Difference("memory", "shares with x", "shares with nothing"),),
            earned=("shape", "values"),
        ),
        Way(
            "x.t().squeeze()",
            1,
            None,
            None,
            (Difference("shape", "(3, 1)", "(3,)", "x = torch.arange(3).reshape(1, 3)"),),
            printed="x is tensor([[0, 1, 2]])\n",
        ),
    ),
    BEFORE: (
        Way(
            "clone()",
            2,
            "clone-is-contiguous",
            "`clone` keeps the strides of a transpose.",
            (Difference("outcome", "(6,)", "raises RuntimeError"),),
            ("RuntimeError", "view size is not compatible with input tensor's size and stride"),
        ),
    ),
    HEADS: (
        Way(
            "n, t, d = x.shape\nreturn x.view(n, heads, t, d // heads)",
            2,
            "view-reorders",
            "`view` keeps the order of the numbers: each head gets whole tokens.",
            (Difference("values", "[SECRET-EXPECTED]", "[SECRET-GOT]", "x = SECRET-OPERAND", hidden=True),),
            earned=("shape",),
        ),
        Way(
            "return x.view(1, 2, 3, 4)",
            2,
            None,
            None,
            (Difference("outcome", "SECRET-SHAPE", "raises RuntimeError", "SECRET-OPERAND", hidden=True),),
            ("SecretError", "shape '[1, 2, 3, 4]' is invalid for input of size SECRET-SIZE"),
            error_is_hidden=True,
        ),
        Way("while True:\n    pass", 1, None, None, (), ("timeout", "")),
    ),
    WHICH: (
        Way(
            "1",
            2,
            "reshape-always-copies",
            "`reshape` shares memory wherever strides allow it.",
            (Difference("picks", "1 3", "1"),),
        ),
        Way("none", 1, None, None, (Difference("picks", "1 3", "none"),)),
    ),
    VOID: (Way("(-1,)", 1, None, None, (Difference("values", "(6,)", "(-1,)"),)),),
}

UNREADABLE: dict[str, Way] = {
    FLATTEN: Way("wide", detail="I could not read that as a shape."),
    WRITTEN: Way("the same", detail="I could not read that as tensor values."),
    COLUMNS: Way("x.t(", detail="Python says: '(' was never closed (line 12)."),
    BEFORE: Way("contiguous(", detail="Python says: '(' was never closed (line 15)."),
    HEADS: Way("return x.viev(1)", detail="'Tensor' object has no attribute 'viev'"),
    WHICH: Way("9", detail="The numbers go from 1 to 4; or: none"),
    VOID: Way("minus one", detail="I could not read that as a shape."),
}

NAMES = (
    "김서연",
    "Ada Lovelace",
    "이준호",
    "Zoë Müller",
    "박지민",
    "Jean-Luc O'Neill",
    "최유진",
    "Noor Aziz",
)


def gradebook(
    students: int = 30,
    *,
    hostile: bool = True,
    language: Language = "en",
    isolation: str = "full",
    items: tuple[Item, ...] = ITEMS,
    overrides: tuple[Override, ...] | None = None,
) -> Gradebook:
    """Return a class of so many students, and with `hostile` one more for each hostile text."""
    assignment = Assignment(
        format=1,
        assignment="homework-1",
        title=Localized(en="Views and copies", ko="뷰와 복사"),
        language=language,
        bank=PinnedBank(folder="shipped", hash="sha256:" + "5e" * 32),
        versions={"tensordrill": "0.1.0", "torch": "2.9.0"},
        questions=items,
    )
    chosen = OVERRIDES if overrides is None else overrides
    return Gradebook(
        assignment,
        IDEAS,
        lambda: records(students, hostile=hostile),
        (
            Rejected("s900.py", "s900.py:3: nobody in the roster has the id `s900`; rename the file"),
            Rejected(
                "huge.py",
                "huge.py: 1024 MB, more than a submission can have; hand in the file you were given",
            ),
        ),
        {(override.student, override.question): override for override in chosen},
        isolation,
        {"tensordrill": "0.1.0", "torch": "2.9.0", "python": "3.11.9"},
    )


OVERRIDES = (
    Override("s00001", COLUMNS, 2.0, "the memory was right on paper"),
    Override("s00003", FLATTEN, 0.0, "=2+2 was copied from <b>elsewhere</b>"),
)


def records(students: int, *, hostile: bool) -> Iterator[SubmissionResult]:
    """Yield the class's records, ordered by student; the hostile ones come first."""
    yield from sorted(
        (_hostile(index) for index in range(len(HOSTILE) * hostile)), key=lambda r: r.student.id
    )
    for index in range(students):
        yield record(index)


def record(index: int) -> SubmissionResult:
    """Return one student's record: every seventh answers half, every eleventh is absent."""
    student = Student(
        f"s{index:05}", f"{NAMES[index % len(NAMES)]} {index}", f"s{index:05}@example.org" * (index % 5 != 4)
    )
    if index % 11 == 10:
        return SubmissionResult(student, ABSENT)
    answered = 3 if index % 7 == 6 else len(ITEMS)
    marks = tuple(mark(student.id, item.id) for item in ITEMS[:answered])
    notes = ("handed in twice; the newer file counts",) if index % 13 == 5 else ()
    return SubmissionResult(
        student, f"{student.id}.py", hashlib.sha256(student.id.encode()).hexdigest(), marks, notes
    )


def mark(student: str, question: str) -> QuestionResult:
    """Return a student's mark: able students are right more often, and the rest have their reasons."""
    seed = int(chance(student, question, "seed") * 2**32)
    able = chance(student, "able") - HARD[question] + 0.5
    luck = chance(student, question, "luck")
    hidden = seed + 1 if question == HEADS else None
    if luck < able:
        answers = RIGHT[question]
        answer = answers[int(chance(student, question, "right") * len(answers))]
        return QuestionResult(question, "correct", seed, hidden, answer, KEYS[question])
    if luck > 0.97:
        return QuestionResult(question, "unanswered", seed, hidden)
    if luck > 0.9:
        return marked(question, "unreadable", seed, hidden, UNREADABLE[question])
    return marked(
        question, "incorrect", seed, hidden, _chosen(WRONG[question], chance(student, question, "why"))
    )


def marked(
    question: str, outcome: Literal["incorrect", "unreadable"], seed: int, hidden: int | None, way: Way
) -> QuestionResult:
    """Return the mark of an answer that went one way."""
    return QuestionResult(
        question,
        outcome,
        seed,
        hidden,
        way.answer,
        KEYS[question] if outcome == "incorrect" else None,
        way.differences,
        way.idea,
        way.because,
        way.error,
        way.error_is_hidden,
        way.detail,
        way.printed,
        way.earned,
    )


def chance(*names: str) -> float:
    """Return a number from 0 to 1 that only these names settle."""
    return int.from_bytes(hashlib.sha256(" ".join(names).encode()).digest()[:6]) / 2**48


def _chosen(ways: tuple[Way, ...], chance: float) -> Way:
    left = chance * sum(way.weight for way in ways)
    for way in ways[:-1]:
        left -= way.weight
        if left < 0:
            return way
    return ways[-1]


def hostile_mark(question: str, text: str) -> QuestionResult:
    """Return a wrong mark that says one text wherever a learner's program can."""
    difference = Difference("values", "[0]", text, text)
    return QuestionResult(
        question,
        "incorrect",
        7,
        None,
        text,
        "[0]",
        (difference,),
        None,
        None,
        (text, text),
        False,
        text,
        text,
    )


def _hostile(index: int) -> SubmissionResult:
    text = HOSTILE[index]
    printable = "".join(letter for letter in text if letter.isprintable())[:80]
    student = Student(f"{printable} {index}", text, text)
    marks = tuple(hostile_mark(item.id, text) for item in ITEMS)
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return SubmissionResult(student, f"{printable}.py", digest, marks, (text,))
