"""Homework for tests: hand-outs of any questions, and answers written into their cells as a student would."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml
from msgspec.structs import replace

from tensordrill.bank.load import Bank
from tensordrill.bank.schema import Fill, Write
from tensordrill.bank.variant import Variant, make
from tensordrill.course.assignment.assignment import ASSIGNMENT_FILE, Assignment, Item, PinnedBank
from tensordrill.course.assignment.folder import Folder, create, open_folder
from tensordrill.course.assignment.seeds import SECRET_FILE
from tensordrill.course.assignment.sheet import SheetItem
from tensordrill.course.gradebook import QuestionResult
from tensordrill.course.grading.judge import Judge
from tensordrill.course.handout.handout import Part, notebook, parts, script
from tensordrill.course.submission.answers import in_quotes
from tensordrill.course.submission.header import HandoutHeader
from tensordrill.course.submission.submission import parse
from tensordrill.kinds.blanks import split
from tensordrill.kinds.code import parsed
from tensordrill.messages import Language
from tensordrill.sandbox.client import Sandbox

SECRET = bytes(range(32))
WRITE, STATEMENTS, FUNCTION, FILL, QUOTED, WHICH, PREDICT = (
    "view/join-the-heads",
    "view/set-one-number-of-x",
    "matmul/a-layer-by-hand",
    "view/one-row-per-pixel",
    "matmul/add-to-one-or-to-each",
    "view/which-views-are-possible",
    "view/flatten-a-transpose",
)


def assignment(questions: Sequence[Item], language: Language = "en", name: str = "hw1") -> Assignment:
    """Return an assignment of these questions of the shipped bank."""
    return Assignment(
        format=1,
        assignment=name,
        language=language,
        bank=PinnedBank(folder="shipped", hash=""),
        questions=tuple(questions),
    )


def class_folder(path: Path, bank: Bank, *questions: str, shared: bool = False) -> Folder:
    """Make an assignment's folder with a secret that is always the same."""
    create(path, bank, [Item(id=name) for name in questions], shared=shared, language="en")
    (path / SECRET_FILE).write_text(SECRET.hex(), encoding="ascii")
    return open_folder(path)


def edit(folder: Path, **replaced: str) -> None:
    """Change texts of an assignment's file."""
    file = folder / ASSIGNMENT_FILE
    text = file.read_text(encoding="utf-8")
    for old, new in replaced.items():
        assert old in text
        text = text.replace(old, new)
    file.write_text(text, encoding="utf-8")


def cells(variants: Sequence[Variant], language: Language, file: str) -> list[Part]:
    """Return the cells of a hand-out with these variants."""
    asked = assignment([Item(id=variant.entry.id) for variant in variants], language)
    return list(parts(asked, HandoutHeader("hw1"), variants, file))


def text_of(parts: Sequence[Part], file: str) -> bytes:
    """Return a hand-out's bytes, a notebook or a script by its name."""
    return (notebook if file.endswith(".ipynb") else script)(parts).encode()


def answered(parts: Sequence[Part], variants: Sequence[Variant], typed: Mapping[str, str]) -> list[Part]:
    """Write an answer, as it is typed in a drill, into each question's cell."""
    done = [
        replace(part, code=written(variant, part.code, typed[variant.entry.id]))
        for part, variant in zip(parts[1:-1], variants, strict=True)
    ]
    return [parts[0], *done, parts[-1]]


def written(variant: Variant, code: str, typed: str) -> str:
    """Return a cell's code with the answer where its text says that it goes."""
    question = variant.question
    if isinstance(question, Write) and question.name:
        return code[: code.rindex(question.head)] + _definition(question, typed)
    if code.endswith('"""'):
        return code.replace('"""\n...\n"""', f'"""\n{typed}\n"""')
    if isinstance(question, Fill) and len(question.fillings) > 1:
        texts = [
            json.dumps(text) if in_quotes(question, at) else text
            for at, text in enumerate(split(question, typed))
        ]
        return f"{code[: code.rindex('[')]}[{', '.join(texts)}]"
    assert code.endswith(("...", '"..."'))
    start = code[: code.rindex('"..."' if code.endswith('"') else "...")]
    if isinstance(question, Write):
        return start + typed
    if isinstance(question, Fill):
        return start + (json.dumps(typed) if in_quotes(question) else typed)
    is_value = variant.kind == "predict" and parsed(typed) and not re.match("raises|none|no$", typed)
    return start + (typed if is_value else json.dumps(typed))


def judged(question: dict[str, Any], code: str, folder: Path, sandbox: Sandbox) -> QuestionResult:
    """Judge a cell that holds this code, after the given lines of a question of one's own if it is no function."""
    topic = {"format": 1, "topic": "t", "title": "T", "questions": [question]}
    (folder / "t.yaml").write_text(yaml.safe_dump(topic), encoding="utf-8")
    bank, name = Bank(folder), f"t/{question['id']}"
    variant = make(bank.entry(name), 3)
    given = "" if "def" in question else f"{variant.question.given}\n"
    text = f"# %% 1\n# {name}@3\n{given}{code}"
    attempt = Judge.attempt(SheetItem(name, 3, 0), variant, parse(text.encode(), "hw1.py"))
    ((mark,),) = Judge(bank, sandbox, "en").question_results([[attempt]])
    return mark


def _definition(question: Write, typed: str) -> str:
    if typed.startswith(question.head):
        return typed
    body = typed if "return" in typed or "\n" in typed or question.write == "class" else f"return {typed}"
    return f"{question.head}\n{textwrap.indent(body, '    ')}"
