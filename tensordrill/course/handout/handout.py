"""A sheet becomes the file that a student works in: percent cells (`.py`), or a notebook (`.ipynb`)."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterator, Sequence

from msgspec import Struct

from tensordrill.bank import schema
from tensordrill.bank.variant import Variant
from tensordrill.course.assignment.assignment import Assignment, Item
from tensordrill.course.gradebook import shown_points
from tensordrill.course.statement import how, options, program
from tensordrill.course.submission.answers import BELOW, NAME, in_quotes
from tensordrill.course.submission.header import HandoutHeader, header_line
from tensordrill.kinds.instructions import in_words, rules
from tensordrill.kinds.output import asks_output
from tensordrill.messages import Language, Name, choose, say

_WIDTH = 88
_IMPORTS = """\
import math

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

import tensordrill"""


class Part(Struct, frozen=True):
    """One cell: what is said above its code, the code, and a question's address."""

    heading: str
    text: str
    code: str
    address: str = ""


def parts(
    assignment: Assignment, header: HandoutHeader, variants: Sequence[Variant], file: str
) -> Iterator[Part]:
    """Yield a hand-out cell by cell: the head, the questions in their order, and the check.

    `file` is its name, for the command that checks it.
    """
    language = assignment.language
    title = choose(assignment.title, language) if assignment.title else assignment.assignment
    student = f"{header.name} ({header.student})" if header.name else header.student
    run: Name = "handout-run-notebook" if file.endswith(".ipynb") else "handout-run"
    due = " ".join(assignment.due_date.sentences(language)) if assignment.due_date else ""
    how_to = f"{say('handout-intro', language)} {say(run, language, file=file)}"
    yield Part(
        " ".join((f"{title} · {student}" if student else title).split()),
        f"{due}\n{how_to}" if due else how_to,
        f"{header_line(header)}\n{_IMPORTS}\n\ntensordrill.check_on_error()",
    )
    for number, (item, variant) in enumerate(zip(assignment.questions, variants, strict=True), 1):
        yield question_part(number, item, variant, language)
    yield Part(say("handout-check", language), "", "tensordrill.check()")


def question_part(number: int, item: Item, variant: Variant, language: Language) -> Part:
    """Return the cell of one question."""
    form: Name = "handout-point" if item.total == 1 else "handout-points"
    points = say(form, language, points=shown_points(item.total))
    task = variant.question.task
    lines = [variant.say(task, language)] if task is not None else []
    lines.append(how(variant.question, language))
    if isinstance(variant.question, schema.Compared):
        lines += rules(variant.question, language)
    if isinstance(item.points, dict):
        worth = (f"{in_words(facet, language)} {shown_points(value)}" for facet, value in item.points.items())
        lines.append(say("handout-by-facet", language, facets=", ".join(worth)))
    if item.hidden:
        lines.append(say("handout-hidden", language))
    return Part(
        f"{number}. {item.handed_out_as} ({points})",
        "\n".join(lines),
        _cell(variant, language),
        f"{item.handed_out_as}@{variant.seed}",
    )


def _cell(variant: Variant, language: Language) -> str:
    """Return a cell's code: what runs before the answer, as a comment where the answer is no code."""
    setup = variant.question.setup
    is_code = isinstance(variant.question, schema.Write | schema.Fill)
    return _joined(setup if is_code else _comment(setup), _asked(variant, language))


def _asked(variant: Variant, language: Language) -> str:
    question = variant.question
    match question:
        case schema.Write(write="function" | "class"):
            return _definition(question, language)
        case schema.Write(write="statements"):
            return _joined(question.given, f"{BELOW}\n...")
        case schema.Write():
            return _joined(question.given, f"{NAME} = ...")
        case schema.Fill():
            blanks = ['"..."' if in_quotes(question, at) else "..." for at in range(len(question.fillings))]
            blank = blanks[0] if len(blanks) == 1 else f"[{', '.join(blanks)}]"
            return _joined(question.given, f"{_comment(question.fill)}\n{NAME} = {blank}")
        case schema.Which() | schema.Order():
            return _joined(_comment(program(variant)), f"{_comment(options(variant))}\n{NAME} = ...")
        case _:
            place = '"""\n...\n"""' if asks_output(question) else "..."
            return _joined(_comment(program(variant)), f"{NAME} = {place}")


def _definition(question: schema.Write, language: Language) -> str:
    called = say("handout-example-class" if question.write == "class" else "handout-example", language)
    example = f"{called}\n{question.given}" if question.given else ""
    return _joined(_comment(example), f"{question.head}\n    ...")


def _joined(above: str, below: str) -> str:
    return f"{above}\n\n{below}" if above else below


def _comment(text: str) -> str:
    return "\n".join(f"# {line}".rstrip() for line in text.splitlines())


def script(cells: Sequence[Part]) -> str:
    """Return a hand-out as a script of percent cells."""
    return "\n\n".join(_script_cell(part) for part in cells) + "\n"


def _script_cell(part: Part) -> str:
    """Return a percent cell; its address is in the second line, since editors drop the first when they export."""
    first = [f"# %% {part.heading}", *([f"# {part.address}"] if part.address else [])]
    between = ["#"] if part.address and part.code.startswith("#") else []
    return "\n".join([*first, *(f"# {line}".rstrip() for line in _wrapped(part.text)), *between, part.code])


def _wrapped(text: str) -> Iterator[str]:
    for line in text.splitlines():
        yield from _lines(line)


def _lines(text: str) -> Iterator[str]:
    """Break a line between words where it is wider than a screen."""
    line, room = "", _WIDTH
    for word in text.split(" "):
        if line.strip() and _width(word) + 1 > room:
            yield line
            line, room = word, _WIDTH - _width(word)
        else:
            line, room = (f"{line} {word}", room - _width(word) - 1) if line else (word, room - _width(word))
    yield line


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def notebook(cells: Sequence[Part]) -> str:
    """Return a hand-out as a notebook of format 4.5: https://nbformat.readthedocs.io/en/latest/format_description.html"""
    described = []
    for index, part in enumerate(cells):
        level = "##" if index else "#"
        described.append(
            _notebook_cell("markdown", f"{level} {part.heading}\n\n{_paragraphs(part.text)}".strip(), index)
        )
        first = f"# {part.address}\n" if part.address else ""
        described.append(_notebook_cell("code", first + part.code, index))
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    content = {
        "cells": described,
        "metadata": {"kernelspec": kernel, "language_info": {"name": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _paragraphs(text: str) -> str:
    return "\n\n".join(text.splitlines())


def _notebook_cell(kind: str, source: str, index: int) -> dict[str, object]:
    identity = hashlib.sha256(f"{kind} {index}".encode()).hexdigest()[:8]
    cell: dict[str, object] = {
        "cell_type": kind,
        "id": identity,
        "metadata": {},
        "source": source.splitlines(keepends=True),
    }
    if kind == "code":
        cell |= {"execution_count": None, "outputs": []}
    return cell
