"""A verdict as a learner sees it."""

from __future__ import annotations

import re

from msgspec import Struct
from msgspec.structs import replace
from rich.console import Group, RenderableType
from rich.text import Text

from tensordrill.bank.schema import Compared, Order
from tensordrill.bank.variant import Variant
from tensordrill.drill.progress import IdeaRecord
from tensordrill.explanation.pictures import Picture
from tensordrill.kinds import KINDS, order
from tensordrill.kinds.answers import Difference, Unreadable, Verdict
from tensordrill.kinds.code_kinds import operands
from tensordrill.kinds.instructions import (
    blank_alone,
    broken_rule,
    error_sentence,
    facet_name,
    operand_line,
    result_in_words,
    unreadable_sentence,
)
from tensordrill.kinds.which import Option
from tensordrill.messages import Language, Name, say
from tensordrill.render.code import code, prose
from tensordrill.render.fitting import Cuttable, Spare
from tensordrill.render.layout import Sides, indented
from tensordrill.render.option_rows import OptionRows
from tensordrill.render.pictures import pictured
from tensordrill.render.wrapping import whole

_SAID_AT_MOST = 40
_ONE_LINE = 70
_LONGEST = 200
_PRINTED_LINES = 5
_OPERAND_LINES = 4
_RAISING = re.compile(r"\brais|\bfail|\brefus|\berror|에러|실패|거부", re.IGNORECASE)
"""Words of a reason that give away that the program raises."""


class Context(Struct, frozen=True, kw_only=True):
    """The parts beside a verdict: a picture, the options of a `which`, and the idea with its history."""

    picture: Picture | None = None
    options: tuple[Option, ...] = ()
    idea: str | None = None
    history: IdeaRecord | None = None
    guess: str = ""


def verdict(
    verdict: Verdict, variant: Variant, language: Language, *, again: bool, context: Context | None = None
) -> RenderableType:
    """Return a verdict: the mark, the key unless there is another try, what differs, a picture, and why."""
    return Group(*verdict_parts(verdict, variant, language, again=again, context=context))


def verdict_parts(
    verdict: Verdict, variant: Variant, language: Language, *, again: bool, context: Context | None = None
) -> list[RenderableType]:
    """Return the parts of a verdict; before another try there is nothing of the key among them."""
    context = context or Context()
    parts: list[RenderableType] = [Text(), _headline(verdict, variant, language, again)]
    if context.options and not again:
        parts.append(OptionRows(context.options, language, is_skipped=verdict.outcome == "skipped"))
    if not again:
        parts += _solution(verdict, variant, language)
    parts += [indented(line, (0, 4), hanging=2) for line in _details(verdict, variant, language, again)]
    if context.picture is not None:
        parts += [Text(), _picture(context.picture, language)]
    idea = _idea(context, language)
    because = verdict.because if not again or (verdict.is_of_idea and not _tells_key(verdict)) else None
    if because or idea:
        parts.append(Text())
    if because:
        parts.append(indented(prose(because), (0, 1)))
    if idea:
        parts.append(indented(idea, (0, 1), hanging=2))
    if again:
        parts += [Text(), indented(Text(say("try-again", language), "bold"), (0, 1))]
    guess = Text(context.guess, "dim")
    if not again:
        parts.append(Sides(Text(f" {variant.address}", "dim"), guess))
    elif context.guess:
        parts.append(indented(guess, (0, 1)))
    return parts


def _picture(picture: Picture, language: Language) -> Cuttable:
    shown = indented(pictured(picture, language), (0, 4))
    return Cuttable(shown, indented(Text(say("picture-cut", language), "dim"), (0, 4)))


def _idea(context: Context, language: Language) -> Text | None:
    """Return the idea behind an answer by its title, with how often it was met before."""
    if context.idea is None:
        return None
    line = Text(say("idea", language) + " ", "bold")
    line.append_text(prose(context.idea))
    if context.history is not None and context.history.met:
        line.append(f" — {_history(context.history, language)}", "dim")
    return line


def _history(history: IdeaRecord, language: Language) -> str:
    met = say("idea-met", language, times=_times(history.met, language))
    if not history.right_since:
        return met
    return met + say("idea-right-since", language, times=_times(history.right_since, language))


def _times(count: int, language: Language) -> str:
    names: dict[int, Name] = {1: "once", 2: "twice"}
    return say(names.get(count, "times"), language, count=count)


def _tells_key(verdict: Verdict) -> bool:
    """Whether the reason of a wrong idea has the key in it, or says that it raises."""
    expected, because = verdict.expected or "", verdict.because or ""
    if expected.startswith("raises "):
        return bool(_RAISING.search(because)) or expected.removeprefix("raises ") in because
    return bool(re.search(rf"(?<![\w.]){re.escape(expected)}(?![\w]|\.\d)", because))


def _headline(verdict: Verdict, variant: Variant, language: Language, again: bool) -> RenderableType:
    mark, style = {"correct": ("✓", "bold green"), "incorrect": ("✗", "bold red")}.get(
        verdict.outcome, ("–", "bold yellow")
    )
    answer = " ".join(verdict.answer.split())
    answer = answer[:_SAID_AT_MOST] + "…" if len(answer) > _SAID_AT_MOST else answer
    show_answer = verdict.outcome == "incorrect" and not again and "\n" not in verdict.answer
    aside = say("you-said", language, answer=answer) if show_answer else ""
    right = whole(Text(say("skipped", language) if verdict.outcome == "skipped" else aside, "dim"))
    headline = prose(_sentence(verdict, variant, language, again))
    return Sides(Text.assemble(" ", (mark, style), "  ").append_text(headline), right)


def _sentence(verdict: Verdict, variant: Variant, language: Language, again: bool) -> str:
    if again:
        return say("not-quite", language)
    expected = verdict.expected or ""
    is_value = variant.kind in ("predict", "which")
    if verdict.outcome == "correct":
        is_short = is_value and "\n" not in expected
        return (
            say("right-is", language, expected=_key(verdict, variant, language))
            if is_short
            else say("right", language)
        )
    if not is_value:
        return say("not-quite", language) if verdict.outcome == "incorrect" else ""
    if expected.startswith("raises "):
        return say("it-raises", language, name=expected.removeprefix("raises "))
    return say(
        "it-prints" if "\n" in expected else "it-is", language, expected=_key(verdict, variant, language)
    )


def _key(verdict: Verdict, variant: Variant, language: Language) -> str:
    """Return the key in the learner's language: true and false, none, and that it raises."""
    expected = verdict.expected or ""
    if expected.startswith("raises "):
        return say("option-raises", language, name=expected.removeprefix("raises "))
    type_ = KINDS[variant.kind].type_of(variant.question)
    if type_ == "bool":
        return result_in_words("bool", expected, language)
    return result_in_words("picks", expected, language) if type_ in ("picks", "line") else expected


def _solution(verdict: Verdict, variant: Variant, language: Language) -> list[RenderableType]:
    if verdict.outcome == "correct" or verdict.expected is None:
        return []
    if not isinstance(variant.question, Compared):
        several = Text(verdict.expected) if "\n" in verdict.expected else None
        return [] if several is None else [indented(several, (0, 6))]
    if isinstance(variant.question, Order):
        right = say("a-right-order", language, expected=verdict.expected)
        lines = Spare(indented(code("\n".join(variant.question.order)), (0, 6)))
        return [indented(Text(right), (0, 4)), lines]
    label = Text(say("a-solution", language, expected="").rstrip())
    source = code(verdict.expected)
    if "\n" in verdict.expected:
        return [indented(label, (0, 4)), indented(source, (0, 6))]
    return [indented(label.append(" ").append_text(source), (0, 4), hanging=2)]


def _details(verdict: Verdict, variant: Variant, language: Language, again: bool) -> list[Text]:
    lines: list[Text] = []
    if isinstance(variant.question, Compared):
        if isinstance(variant.question, Order) and verdict.outcome == "incorrect" and not again:
            lines += _parting(verdict, variant, language)
        where, inputs = _where(verdict, variant.question, language), operands(variant, variant.question)
        operand = next((difference.operand for difference in verdict.differences), 0)
        if verdict.error and verdict.error_operand == operand:
            lines += [*where, raised(verdict.error, language)]
        elif verdict.error:
            given = inputs[verdict.error_operand].given
            lines += [raised(verdict.error, language, given), *where]
        else:
            lines += where
        shown = [
            difference
            for difference in verdict.differences
            if difference.facet != "outcome" or difference.blank
        ]
        for difference in shown:
            is_as_shown = len(inputs) > 1 and not difference.on and difference.facet != "calls"
            on = "" if difference.operand == operand else difference.on
            lines += facet(replace(difference, on=on), language, again, is_as_shown=is_as_shown)
    if verdict.printed:
        lines.append(Text(say("printed", language), "dim"))
        lines += [Text("  " + line, "dim") for line in verdict.printed.splitlines()[:_PRINTED_LINES]]
    return lines


def _where(verdict: Verdict, question: Compared, language: Language) -> list[Text]:
    """Return on which operand an answer is wrong that is right on the shown one."""
    difference = next((difference for difference in verdict.differences if difference.on), None)
    if difference is None:
        return []
    sentence: Name = "on-other-draw" if difference.hidden else "on-other-operand"
    lines = [line for line in difference.on.splitlines() if line.strip()][:_OPERAND_LINES]
    if difference.on == question.given:
        lines = []
    return [Text(say(sentence, language), "dim"), *(Text("  ").append_text(code(line)) for line in lines)]


def _parting(verdict: Verdict, variant: Variant, language: Language) -> list[Text]:
    """Return where an answer and the right order that is shown begin to differ."""
    answer = order.read(variant, verdict.answer)
    parting = None if isinstance(answer, Unreadable) else order.parts_at(variant, answer)
    if parting is None:
        return []
    place, line = parting
    if not line:
        return [Text(say("order-ends", language, place=place - 1))]
    return [Text(say("order-parts", language, place=place, line=line.strip().partition("\n")[0]))]


def raised(error: tuple[str, str], language: Language, given: str = "") -> Text:
    """Return what a learner's code raised, or how it ended, on one line; `given` is the operand, where it is said."""
    return Text(error_sentence((error[0], error[1].strip()[:300]), language, _short(operand_line(given))))


def facet(
    difference: Difference, language: Language, again: bool, *, is_as_shown: bool = False
) -> list[Text]:
    """Return one difference as a line, or as several where it is long; without the key before another try."""
    on = say("facet-on", language, on=_short(operand_line(difference.on))) if difference.on else ""
    if sentence := blank_alone(difference, language) or broken_rule(difference, language):
        return [_with_operand(sentence, on)]
    name = facet_name(difference, language)
    if is_as_shown:
        name = say("facet-as-shown", language, facet=name)
    expected, result = (
        _short(result_in_words(difference.facet, text, language))
        for text in (difference.expected, difference.got)
    )
    got = say("facet-got", language, got=result)
    parts = [got] if again else [say("facet-expected", language, expected=expected), got]
    line = f"{name}: {', '.join(parts)}"
    if len(line) + len(on) <= _ONE_LINE:
        return [_with_operand(line, on)]
    return [Text(f"{name}  ").append_text(whole(Text(on))), *(Text(f"  {part}") for part in parts)]


def _with_operand(line: str, on: str) -> Text:
    return Text(line).append_text(whole(Text(f"  ({on})" if on else "")))


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST else flat[: _LONGEST - 1] + "…"


def unreadable(what: Unreadable, language: Language) -> RenderableType:
    """Return a kind sentence about what could not be read, with an example."""
    return indented(prose(unreadable_sentence(what, language)), (0, 1))
