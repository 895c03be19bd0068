"""A student's feedback as a page: Markdown, or one HTML file that needs nothing else.

Both take a `Feedback`, which holds nothing secret and nothing that steers; here it is only made inert.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, lru_cache

from jinja2 import Template
from markupsafe import Markup

from tensordrill.course.file_name import file_name
from tensordrill.course.gradebook import Grade, Gradebook
from tensordrill.course.output import Output
from tensordrill.course.results.export.take import Take
from tensordrill.course.results.feedback import Feedback, QuestionFeedback, Sign
from tensordrill.explanation.drawing import Drawing
from tensordrill.messages import Language, Name, say
from tensordrill.render.explanation_page import picture_html, style
from tensordrill.render.html import environment, parts
from tensordrill.render.pictures import picture_text

FOLDER = "feedback"
_PICTURES = 1000
"""Pictures that are kept, of some 10 kB each."""

SIGNS: dict[Sign, str] = {
    "right": "✓",
    "partly": "◐",
    "wrong": "✗",
    "unreadable": "?",
    "unanswered": "–",
    "void": "∅",
}
"""The mark before each outcome; its words say the same."""

_ACTIVE = re.compile(r"([\\`*_{}\[\]<>()!|&~$^@])|(?<=https)(:)|(?<=http)(:)|(?<=www)(\.)", re.IGNORECASE)
_AT_THE_START = re.compile(r"\A(?:(?=[#+=-])|([0-9]{1,9})(?=[.)]))")


@contextmanager
def write_feedback(gradebook: Gradebook, output: Output) -> Iterator[Take]:
    """Write both pages of each student."""
    folder = output.inside(FOLDER)

    def take(grade: Grade, feedback: Feedback) -> None:
        name = file_name(grade.student.id, gradebook.twins)
        folder.write(f"{name}.md", markdown(feedback))
        folder.write(f"{name}.html", html(feedback))

    yield take


@lru_cache(maxsize=_PICTURES)
def draw(drawing: Drawing, language: Language) -> tuple[Markup, str]:
    """Return a picture as the HTML page has it and as the Markdown page has it.

    Each is drawn when it is looked whether it can be, and again when the pages are written.
    """
    return picture_html(drawing, language), picture_text(drawing, language)


def html(feedback: Feedback) -> str:
    """Return a student's feedback as one HTML page."""
    return _template().render(feedback=feedback, signs=SIGNS)


@cache
def _template() -> Template:
    templates = environment(keeps_last_newline=True, draw=draw, picture_style=style)
    return templates.get_template("feedback.html.jinja")


def markdown(feedback: Feedback) -> str:
    """Return a student's feedback as Markdown that shows learners' texts and obeys none of them."""
    return "\n".join(_lines(feedback)) + "\n"


def _lines(feedback: Feedback) -> Iterator[str]:
    points = say("feedback-points", feedback.language, points=feedback.points, of=feedback.max_points)
    title = say("feedback-of", feedback.language, assignment=feedback.assignment)
    yield from (
        f"# {_inert(title)}",
        "",
        f"{_inert(feedback.name)} ({_inert(feedback.student)}): **{points}**".strip(),
        "",
    )
    for sentence in (feedback.lateness, feedback.absence):
        if sentence:
            yield from (_inert(sentence), "")
    if feedback.notes:
        yield from (
            f"{say('feedback-notes', feedback.language)}:",
            "",
            *(f"- {_inert(note)}" for note in feedback.notes),
            "",
        )
    for number, question in enumerate(() if feedback.absence else feedback.questions, 1):
        yield from _question(number, question, feedback.language)


def _question(number: int, question: QuestionFeedback, language: Language) -> Iterator[str]:
    points = say("feedback-points-short", language, points=question.points, of=question.max_points)
    yield from (f"## {number}. {question.id}: {points}", "")
    yield from (f"{SIGNS[question.sign]} {question.outcome} `{question.address}`", "")
    if question.task:
        yield from (_inert(question.task), "")
    for text in (question.program, question.options):
        if text:
            yield from (*_fenced(text, "python"), "")
    if question.answer:
        yield from (f"{say('feedback-your-answer', language)}:", "", *_fenced(question.answer, "python"), "")
    later = [say("feedback-checked-later", language)] if question.hidden else []
    sentences = [f"- {_inert(sentence)}" for sentence in (*question.sentences(language), *later)]
    if sentences:
        yield from (*sentences, "")
    if question.picture:
        title = say("feedback-picture", language, expression=question.picture.expression)
        yield from (f"{_inert(title)}:", "", *_fenced(draw(question.picture.drawing, language)[1]), "")
    texts: tuple[tuple[Name, str], ...] = (
        ("feedback-printed", question.printed),
        ("feedback-key", question.key),
    )
    for name, text in texts:
        if text:
            yield from (f"{say(name, language)}:", "", *_fenced(text), "")


def _fenced(text: str, language: str = "") -> Iterator[str]:
    """Yield text as a code block whose fence is longer than any in it."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    yield from (f"{fence}{language}", text, fence)


def _inert(text: str) -> str:
    """Return one line of Markdown that shows the text as it is, but for its `code` parts."""
    written = "".join(
        f"`{part}`" if is_code else _ACTIVE.sub(r"\\\g<0>", part) for part, is_code in parts(text)
    )
    return _AT_THE_START.sub(r"\g<1>\\", written)
