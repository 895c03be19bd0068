"""A question as its student reads it: in words, its program, and what there is to pick from."""

from __future__ import annotations

from itertools import count

from tensordrill.bank import schema
from tensordrill.bank.variant import Variant
from tensordrill.course.submission.answers import in_quotes
from tensordrill.kinds.order import shown_lines
from tensordrill.kinds.predict import asks_a_word
from tensordrill.messages import Language, fill, say
from tensordrill.messages.homework import ASKED_WORDS, WRITE


def task(variant: Variant, language: Language) -> str:
    """Return the task of a question, else how it is answered."""
    question = variant.question
    return how(question, language) if question.task is None else variant.say(question.task, language)


def how(question: schema.AnyQuestion, language: Language) -> str:
    """Return where and how the answer is written."""
    match question:
        case schema.Write():
            return fill(WRITE[question.write], language)
        case schema.Fill(solution=tuple()):
            return say("handout-fill-several", language)
        case schema.Fill():
            return say("handout-fill-quoted" if in_quotes(question) else "handout-fill", language)
        case schema.Which():
            return say("handout-which", language)
        case schema.Order(distractors=distractors):
            return say("handout-order-some" if distractors else "handout-order", language)
        case schema.Predict() if asks_a_word(question):
            return fill(ASKED_WORDS[question.ask], language)
        case schema.Predict(task=None):
            return say("handout-predict", language, ask=question.ask)
        case _:
            return say("handout-predict-task", language)


def program(variant: Variant) -> str:
    """Return the program of a question: the given, then the code, the line with blanks or the head to complete."""
    question = variant.question
    match question:
        case schema.Fill():
            code = question.fill
        case schema.Write():
            code = question.head if question.name else ""
        case schema.Order():
            code = ""
        case _:
            code = question.code
    text = "\n".join(part for part in (question.given, code) if part)
    return _numbered(text) if isinstance(question, schema.Predict) and question.ask == "line" else text


def options(variant: Variant) -> str:
    """Return what there is to pick from, or the lines to put in order, numbered; nothing for other kinds."""
    question = variant.question
    match question:
        case schema.Which():
            labels = [(f"{number}  ", option) for number, option in enumerate(question.options, 1)]
        case schema.Order():
            labels = [
                (f"{number:>2}  ", line) for number, line in zip(count(1), shown_lines(variant), strict=False)
            ]
        case _:
            labels = []
    return "\n".join(label + text.replace("\n", f"\n{' ' * len(label)}") for label, text in labels)


def _numbered(program: str) -> str:
    lines = program.split("\n")
    width = len(str(len(lines)))
    return "\n".join(f"{number:>{width}}  {line}" for number, line in enumerate(lines, 1))
