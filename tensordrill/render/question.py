"""A question as a learner sees it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from string import ascii_lowercase

from rich.console import Group, RenderableType
from rich.text import Text

from tensordrill.bank import schema
from tensordrill.bank.variant import Variant
from tensordrill.kinds import KINDS
from tensordrill.kinds.instructions import rules
from tensordrill.kinds.order import shown_lines
from tensordrill.kinds.predict import asks_a_word
from tensordrill.kinds.setup import defines
from tensordrill.messages import Language, choose, fill, say
from tensordrill.messages.question import WORDS_ASKED, WRITE
from tensordrill.render.code import code, prose
from tensordrill.render.fitting import Spare
from tensordrill.render.layout import Beside, Sides, indented
from tensordrill.render.wrapping import whole

_NUMBERS = range(1, 1000)
_LEVELS = ("●○○", "●●○", "●●●")
_NAMED = 6
"""Names that the line about a setup has room for."""


def question(
    variant: Variant, number: int | None, of: int | None, language: Language, choices: tuple[str, ...] = ()
) -> RenderableType:
    """Return a whole question: where it is from, its program, what is asked, and its options."""
    return Group(*question_parts(variant, number, of, language, choices))


def question_parts(
    variant: Variant,
    number: int | None,
    of: int | None,
    language: Language,
    choices: tuple[str, ...] = (),
    *,
    is_answered: bool = False,
) -> list[RenderableType]:
    """Return the parts of a question; of one that `is_answered`, how to answer may be left out.

    The options of an answered `which` are left out, since its verdict has a line for each.
    """
    parts: list[RenderableType] = [Text(), _heading(variant, number, of, language), Text()]
    if variant.question.setup:
        parts += [_setup(variant.question.setup, number is not None, language), Text()]
    program = shown_program(variant)
    if program:
        parts += [code(program, numbered_from=1), Text()]
    first, *rest = (indented(line, (0, 1)) for line in asked(variant, language, bool(choices)))
    parts += [first, *(map(Spare, rest) if is_answered else rest)]
    numbered = numbered_parts(variant)
    if numbered and not (is_answered and isinstance(variant.question, schema.Which)):
        parts += [Text(), _options(numbered, _NUMBERS)]
    if choices:
        options = _options(choices, ascii_lowercase)
        parts += [Text(), Spare(options) if is_answered else options]
    return parts


def typed_answer(text: str) -> RenderableType:
    """Return an answer as it was typed behind the mark of the answer line."""
    first, *rest = text.split("\n") or [""]
    lines = [(" › ", first), *((" · ", line) for line in rest)]
    return Text("\n").join(Text.assemble((mark, "bold"), line) for mark, line in lines)


def numbered_parts(variant: Variant) -> tuple[str, ...]:
    """Return what is shown with numbers to answer by: options, or lines to be put in order."""
    match variant.question:
        case schema.Which(options=options):
            return options
        case schema.Order():
            return shown_lines(variant)
        case _:
            return ()


def _heading(variant: Variant, number: int | None, of: int | None, language: Language) -> RenderableType:
    name = Text.assemble(" ", (variant.entry.topic, "bold"), " · ", variant.entry.question.id)
    place = _place(number, of, language)
    level = _LEVELS[variant.entry.question.level - 1]
    return Sides(name, Text(f"{level}  {place}" if place else level, "dim"))


def _place(number: int | None, of: int | None, language: Language) -> str:
    if number is None:
        return ""
    return say("question" if of is None else "question-of", language, number=number, of=of)


def _setup(setup: str, is_round: bool, language: Language) -> RenderableType:
    """Return the line that stands for a setup: what it defines, and how its code is seen."""
    names = defines(setup)
    shown = ", ".join(f"`{name}`" for name in names[:_NAMED]) + (" …" if len(names) > _NAMED else "")
    what = say("setup-defines", language, names=shown) if names else say("setup-runs", language)
    how = say("setup-command" if is_round else "setup-script", language)
    return indented(prose(f"{what}  ({how})", "dim"), (0, 1))


def shown_program(variant: Variant) -> str:
    """Return the program as it is shown: the given, then the code or the line with the blank."""
    question = variant.question
    code_part = question.fill if isinstance(question, schema.Fill) else getattr(question, "code", "")
    return "\n".join(part for part in (question.given, code_part) if part)


def asked(variant: Variant, language: Language, choosing: bool) -> list[Text]:
    """Return what is asked, in words: the task, then how to answer."""
    question = variant.question
    lines = []
    if question.task is not None:
        lines.append(prose(variant.say(question.task, language)))
    if question.task is None or not choosing:
        lines.append(prose(_how(variant, language), "dim" if lines else "bold"))
    if isinstance(question, schema.Compared):
        lines += [Text(line, "dim") for line in rules(question, language)]
    if choosing:
        lines.append(Text(say("ask-choice", language), "dim"))
    return lines


def prompt(variant: Variant, language: Language, choosing: bool = False) -> str:
    """Return the sentence that says how to answer, without marks."""
    return (say("ask-choice", language) if choosing else _how(variant, language)).replace("`", "")


def _how(variant: Variant, language: Language) -> str:
    question = variant.question
    match question:
        case schema.Predict():
            return _predict_prompt(question, language)
        case schema.Write():
            signature = question.signature or question.class_header
            return fill(WRITE[question.write], language, signature=f"`{signature}`")
        case schema.Fill(solution=tuple() as fillings):
            return say("ask-fill-several", language, count=len(fillings))
        case schema.Fill():
            return say("ask-fill", language)
        case schema.Order(distractors=distractors):
            return say("ask-order-some" if distractors else "ask-order", language)
        case schema.Which(which=test, task=None):
            return f"{say('ask-test', language, test=f'`{test}`')}  {say('ask-which', language)}"
        case _:
            return say("ask-which", language)


def _predict_prompt(question: schema.Predict, language: Language) -> str:
    if asks_a_word(question):
        return fill(WORDS_ASKED[question.ask], language)
    if question.task is not None:
        return say("ask-or-raises", language)
    is_bool = KINDS["predict"].type_of(question) == "bool"
    return say("ask-bool" if is_bool else "ask", language, ask=f"`{question.ask}`")


def _options(options: Sequence[str], labels: Iterable[object]) -> RenderableType:
    return Group(
        *(
            Beside(Text(f"{label:>4}  ", "bold"), code(option))
            for label, option in zip(labels, options, strict=False)
        )
    )


def intro(title: schema.Text, worked: schema.Intro, language: Language) -> RenderableType:
    """Return a topic's worked example, all but the value that torch gives."""
    heading = indented(Text(say("worked-example", language, title=choose(title, language)), "bold"), (0, 1))
    text = prose(choose(worked.text, language))
    return Group(
        Text(), heading, Text(), code(worked.given, numbered_from=1), Text(), indented(text, (0, 1)), Text()
    )


def intro_value(worked: schema.Intro, value: str) -> RenderableType:
    """Return the line that says what the worked example's expression is."""
    line = whole(Text(worked.ask, "bold cyan")).append("  →  ").append(value, "bold")
    return Group(indented(line, (0, 1, 0, 6), hanging=4), Text())
