"""An assignment before it is handed out: on a terminal, as a page, and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import msgspec
from rich.console import Group, RenderableType
from rich.text import Text

from tensordrill.course.gradebook import shown_points
from tensordrill.course.handout.preview import Answers, IdeaCoverage, Mistake, Preview, QuestionPreview
from tensordrill.messages import Language, choose, say
from tensordrill.render.answer import marked
from tensordrill.render.class_page import frame, template
from tensordrill.render.code import code, prose
from tensordrill.render.explanation_page import picture_html, style
from tensordrill.render.grading import due_text
from tensordrill.render.layout import indented
from tensordrill.render.pictures import pictured


def preview_screen(preview: Preview, language: Language) -> Iterator[RenderableType]:
    """Yield an assignment question by question, then its totals."""
    for question in preview.questions:
        yield Group(*_question(question, preview, language))
    yield Text(say("preview-ideas", language) if preview.ideas else say("preview-no-ideas", language), "bold")
    for idea in preview.ideas:
        places = _places(idea, language)
        yield indented(Text.assemble("· ", prose(idea.title), (f" ({places})", "dim")), (0, 1), hanging=2)
    yield Text()
    for sentence in summary(preview, language):
        yield indented(prose(sentence), (0, 0))


def summary(preview: Preview, language: Language) -> list[str]:
    """Return the totals of an assignment, a sentence a line."""
    return [
        say(
            "preview-summary",
            language,
            count=len(preview.questions),
            points=shown_points(preview.points),
            minutes=max(1, round(preview.minutes)),
        ),
        say("preview-rule-of-thumb", language),
        *_compared(preview, language),
        due_text(preview.assignment, language),
        say("preview-not-ready", language, count=preview.problems)
        if preview.problems
        else say("preview-ready", language),
    ]


def _compared(preview: Preview, language: Language) -> list[str]:
    """Return whose numbers were compared."""
    if preview.assignment.variants == "shared":
        return [say("preview-shared", language)]
    if preview.is_imaginary:
        return [say("preview-imaginary", language, students=preview.students)]
    return [say("preview-roster", language, students=preview.students)]


def facts(question: QuestionPreview, preview: Preview, language: Language) -> list[str]:
    """Return what is known of a question: its minutes, its numbers, whether it is hidden."""
    lines = [say("preview-minutes", language, minutes=shown_points(question.minutes))]
    if question.different == preview.students > 1:
        lines.append(say("preview-same-never", language, students=preview.students))
    elif question.different > 1:
        share = max(1, round(100 * question.same_share))
        lines.append(
            say(
                "preview-same-share",
                language,
                different=question.different,
                students=preview.students,
                share=share,
            )
        )
    elif preview.assignment.variants == "own" and preview.students > 1:
        lines.append(say("preview-same-always", language, students=preview.students))
    return [*lines, *([say("preview-hidden", language)] if question.item.hidden else [])]


def _question(question: QuestionPreview, preview: Preview, language: Language) -> Iterator[RenderableType]:
    yield Text(question.cell.heading, "bold")
    yield from (indented(Text(line, "dim"), (0, 1)) for line in facts(question, preview, language))
    yield Text()
    yield from (indented(prose(line), (0, 1)) for line in question.cell.text.splitlines())
    yield indented(code(question.cell.code), (1, 4, 0, 4))
    if not isinstance(question.answers, Answers):
        yield indented(Text(f"! {question.answers.text(language)}", "bold red"), (0, 1), hanging=2)
    else:
        answers = question.answers
        yield from _answered(Text("✓  ", "bold green"), answers.key, Text(), answers.because)
        for mistake in answers.mistakes:
            yield from _mistake(mistake, preview.assignment.language)
    yield Text()


def _mistake(mistake: Mistake, language: Language) -> Iterator[RenderableType]:
    title = prose(mistake.title, "dim")
    yield from _answered(Text("✗  ", "bold red"), mistake.answer, title, mistake.because)
    if mistake.picture is not None:
        yield indented(pictured(mistake.picture, language), (0, 0, 0, 4))


def _answered(mark: Text, answer: str, title: Text, because: str | None) -> Iterator[RenderableType]:
    yield Text()
    yield from marked(mark, answer, title)
    if because:
        yield indented(prose(because), (0, 4))


def _places(idea: IdeaCoverage, language: Language) -> str:
    """Return the questions that can show an idea, in words."""
    if len(idea.questions) == 1:
        return say("preview-in-question", language, number=idea.questions[0])
    return say("preview-in-questions", language, numbers=", ".join(map(str, idea.questions)))


def preview_page(preview: Preview) -> str:
    """Return the page, in the assignment's language."""
    assignment, language = preview.assignment, preview.assignment.language
    return template("preview.html.jinja").render(
        t=lambda name, **values: say(name, language, **values),
        language=language,
        title=choose(assignment.title, language) if assignment.title else assignment.assignment,
        preview=preview,
        summary=summary(preview, language),
        facts=partial(facts, preview=preview, language=language),
        problem=lambda question: (
            "" if isinstance(question.answers, Answers) else question.answers.text(language)
        ),
        picture=lambda drawing: picture_html(drawing, language),
        places=partial(_places, language=language),
        **frame(style()),
    )


def preview_as_json(preview: Preview, language: Language) -> Iterator[dict[str, Any]]:
    """Yield an event a question, an event an idea, and one for the whole."""
    for question in preview.questions:
        event: dict[str, Any] = {
            "event": "question",
            "number": question.number,
            "question": question.item.id,
            "address": question.address,
            "kind": question.kind,
            "level": question.level,
            "points": question.item.total,
            "hidden": question.item.hidden,
            "minutes": question.minutes,
            "different": question.different,
            "same_share": round(question.same_share, 6),
            "text": question.cell.text,
            "code": question.cell.code,
        }
        if isinstance(question.answers, Answers):
            event |= {
                "expected": question.answers.key,
                "because": question.answers.because,
                "misconceptions": [
                    {
                        "idea": mistake.idea,
                        "title": mistake.title,
                        "answer": mistake.answer,
                        "because": mistake.because,
                        "picture": mistake.picture is not None,
                    }
                    for mistake in question.answers.mistakes
                ],
            }
        else:
            event["problem"] = question.answers.text(language)
        yield event
    for idea in preview.ideas:
        yield {"event": "idea", "idea": idea.idea, "title": idea.title, "questions": idea.questions}
    yield {
        "event": "preview",
        "assignment": preview.assignment.assignment,
        "questions": len(preview.questions),
        "points": preview.points,
        "due": preview.assignment.due,
        "late": msgspec.to_builtins(preview.assignment.late),
        "minutes": preview.minutes,
        "students": preview.students,
        "imaginary": preview.is_imaginary,
        "problems": preview.problems,
    }
