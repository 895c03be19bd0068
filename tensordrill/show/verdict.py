"""What became of an answer, as a learner sees it."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.text import Text

from tensordrill.bank.schema import Compared, Order
from tensordrill.bank.variant import Variant
from tensordrill.kinds import order
from tensordrill.kinds.answers import Difference, Unreadable, Verdict
from tensordrill.kinds.asking import blank_alone, facet_name, unreadable_sentence
from tensordrill.show.code import code, prose
from tensordrill.show.layout import Sides, indented
from tensordrill.show.pictures import pictured
from tensordrill.show.wrapping import whole
from tensordrill.text import Language, Name, say
from tensordrill.trace.pictures import Picture

_SAID_AT_MOST = 40
_ONE_LINE = 70
_LONGEST = 200
_PRINTED_LINES = 5
_ENDED: dict[str, Name] = {"timeout": "your-code-timeout", "crashed": "your-code-crashed"}
"""What a run that did not end by itself is called in place of an exception, which has a class of that name."""


def verdict(
    seen: Verdict,
    variant: Variant,
    language: Language,
    *,
    again: bool,
    guess: Name | None = None,
    picture: Picture | None = None,
) -> RenderableType:
    """Give a verdict: the mark, the key unless there is another try, what differs, a picture, and why."""
    parts: list[RenderableType] = [Text(), _headline(seen, variant, language, again)]
    if not again:
        parts += _solution(seen, variant, language)
    parts += [indented(line, (0, 4), hanging=2) for line in _details(seen, variant, language, again)]
    if picture is not None:
        parts += [Text(), indented(pictured(picture, language), (0, 4))]
    if seen.because:
        parts += [Text(), indented(prose(seen.because), (0, 1))]
    if again:
        parts += [Text(), indented(Text(say("try-again", language), "bold"), (0, 1))]
    if guess:
        parts.append(indented(Text(say(guess, language), "dim"), (0, 1)))
    if not again:
        parts.append(indented(Text(variant.address, "dim"), (0, 1)))
    return Group(*parts)


def _headline(seen: Verdict, variant: Variant, language: Language, again: bool) -> RenderableType:
    mark, style = {"correct": ("✓", "bold green"), "incorrect": ("✗", "bold red")}.get(
        seen.outcome, ("–", "bold yellow")
    )
    said = " ".join(seen.answer.split())
    said = said[:_SAID_AT_MOST] + "…" if len(said) > _SAID_AT_MOST else said
    show_answer = seen.outcome == "incorrect" and not again and "\n" not in seen.answer
    aside = say("you-said", language, answer=said) if show_answer else ""
    right = whole(Text(say("skipped", language) if seen.outcome == "skipped" else aside, "dim"))
    headline = prose(_sentence(seen, variant, language, again))
    return Sides(Text.assemble(" ", (mark, style), "  ").append_text(headline), right)


def _sentence(seen: Verdict, variant: Variant, language: Language, again: bool) -> str:
    if again:
        return say("not-quite", language)
    expected = seen.expected or ""
    is_value = variant.kind in ("predict", "which")
    if seen.outcome == "correct":
        is_short = is_value and "\n" not in expected
        return say("right-is", language, expected=expected) if is_short else say("right", language)
    if not is_value:
        return say("not-quite", language) if seen.outcome == "incorrect" else ""
    if expected.startswith("raises "):
        return say("it-raises", language, name=expected.removeprefix("raises "))
    return say("it-prints" if "\n" in expected else "it-is", language, expected=expected)


def _solution(seen: Verdict, variant: Variant, language: Language) -> list[RenderableType]:
    if seen.outcome == "correct" or seen.expected is None:
        return []
    if not isinstance(variant.question, Compared):
        several = Text(seen.expected) if "\n" in seen.expected else None
        return [] if several is None else [indented(several, (0, 6))]
    if isinstance(variant.question, Order):
        right = say("a-right-order", language, expected=seen.expected)
        return [indented(Text(right), (0, 4)), indented(code("\n".join(variant.question.order)), (0, 6))]
    label = Text(say("a-solution", language, expected="").rstrip())
    source = code(seen.expected)
    if "\n" in seen.expected:
        return [indented(label, (0, 4)), indented(source, (0, 6))]
    return [indented(label.append(" ").append_text(source), (0, 4), hanging=2)]


def _details(seen: Verdict, variant: Variant, language: Language, again: bool) -> list[Text]:
    lines = []
    if isinstance(variant.question, Compared):
        if isinstance(variant.question, Order) and seen.outcome == "incorrect" and not again:
            lines += _parting(seen, variant, language)
        if seen.error:
            lines.append(raised(seen.error, language))
        shown = [each for each in seen.differences if each.facet != "outcome" or each.blank]
        lines += [line for difference in shown for line in facet(difference, language, again)]
    if seen.printed:
        lines.append(Text(say("printed", language), "dim"))
        lines += [Text("  " + line, "dim") for line in seen.printed.splitlines()[:_PRINTED_LINES]]
    return lines


def _parting(seen: Verdict, variant: Variant, language: Language) -> list[Text]:
    """Return where an answer and the right order that is shown begin to differ."""
    answer = order.read(variant, seen.answer)
    parting = None if isinstance(answer, Unreadable) else order.parts_at(variant, answer)
    if parting is None:
        return []
    place, line = parting
    if not line:
        return [Text(say("order-ends", language, place=place - 1))]
    return [Text(say("order-parts", language, place=place, line=line.strip().partition("\n")[0]))]


def raised(error: tuple[str, str], language: Language) -> Text:
    """Say what a learner's code raised, or how it ended, on one line."""
    name, message = error
    if not message and name in _ENDED:
        return Text(say(_ENDED[name], language))
    first = message.strip().splitlines()[0] if message.strip() else ""
    return Text(say("your-code-raises", language, name=name, message=first[:300]))


def facet(difference: Difference, language: Language, again: bool) -> list[Text]:
    """Give one difference as a line, or as several where it is long; without the key before another try."""
    if alone := blank_alone(difference, language):
        return [Text(alone)]
    name = facet_name(difference, language)
    on = say("facet-on", language, on=_short(difference.on)) if difference.on else ""
    got = say("facet-got", language, got=_short(difference.got))
    parts = [got] if again else [say("facet-expected", language, expected=_short(difference.expected)), got]
    line = f"{name}: {', '.join(parts)}"
    if len(line) + len(on) <= _ONE_LINE:
        return [Text(line).append_text(whole(Text(f"  ({on})" if on else "")))]
    return [Text(f"{name}  ").append_text(whole(Text(on))), *(Text(f"  {part}") for part in parts)]


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST else flat[: _LONGEST - 1] + "…"


def unreadable(what: Unreadable, language: Language) -> RenderableType:
    """Give a kind sentence about what could not be read, with an example."""
    return indented(prose(unreadable_sentence(what, language)), (0, 1))
