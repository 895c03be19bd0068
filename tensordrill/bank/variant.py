"""A question with its seed applied: concrete program text, ready to run.

A variant's `question` and each of its `wrong` programs are questions of the same kind whose
program texts are final; texts for people stay templates, since some speak of what the run gave.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, NamedTuple, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from tensordrill.bank import schema
from tensordrill.bank.draw import Parameters, Pick, by_seed, draw, shuffled
from tensordrill.bank.load import Bank, no_topic
from tensordrill.bank.template import below, evaluate, render
from tensordrill.bank.topic import Entry
from tensordrill.errors import BankError, DrawError
from tensordrill.messages import Language, choose, message
from tensordrill.messages.josa import settled

HIDDEN_DRAWS = 5
_TRIES_FOR_HIDDEN = 50


class Wrong(Struct, frozen=True):
    """A misconception on this draw: the question as it misreads it, or what it would pick or type.

    `picks` are places among the shown options, or among the shown lines in the order that it puts them in.
    """

    index: int
    name: str
    question: schema.AnyQuestion
    picks: tuple[int, ...] | None
    answer: str | None
    because: schema.Text | None
    when: str | None = None
    """The condition that only the run decides: whether it is wrong where the reference raises what it raises."""


class Operand(NamedTuple):
    """The set-up that code starts from: `given`, and the `setup` that ran before it."""

    given: str
    setup: str = ""


class Variant(Struct, frozen=True):
    """One question with concrete numbers; `order` holds the shown options' or lines' indices as written."""

    entry: Entry
    seed: int
    parameters: Parameters
    question: schema.AnyQuestion
    wrong: tuple[Wrong, ...]
    order: tuple[int, ...] = ()
    hidden: tuple[Operand, ...] = ()

    @property
    def address(self) -> str:
        """The address `topic/id@seed`, from which the same variant is made again."""
        return f"{self.entry.id}@{self.seed}"

    @property
    def kind(self) -> str:
        """The kind of question, a key of KINDS."""
        return self.entry.kind

    def say(self, text: schema.Text, language: Language, **facts: Any) -> str:
        """Render a text of the bank for a person; `facts` are key, got and raised after a run.

        In Korean, particles follow their values: of `은(는)` one is chosen. Raises DrawError where the text does not
        render.
        """
        rendered = render(choose(text, language), {**self.parameters, **facts}).strip()
        return settled(rendered) if language == "ko" else rendered


Rendered: TypeAlias = dict[tuple[str, str, tuple[int, ...]], tuple[schema.AnyQuestion, tuple[Wrong, ...]]]
"""A question and its misconceptions rendered, by id, parameters and order: many seeds give the same draw."""


def make(entry: Entry, seed: int, hidden: str | None = None, known: Rendered | None = None) -> Variant:
    """Apply a seed to a question.

    `hidden` is a text that fixes the hidden draws, else the seed does; `known` keeps what was rendered,
    for those who make many variants. Raises DrawError where no draw is possible.
    """
    pick = by_seed(f"{entry.seeded_as}@{seed}")
    parameters, _ = draw(entry.question, pick)
    return from_parameters(entry, seed, parameters, pick, pick if hidden is None else by_seed(hidden), known)


def from_parameters(
    entry: Entry,
    seed: int,
    parameters: Parameters,
    pick: Pick,
    hidden_pick: Pick | None = None,
    known: Rendered | None = None,
) -> Variant:
    """Make the variant of one draw.

    What is still drawn comes from `pick`: the options' order, and hidden draws where they have no pick.
    """
    order: tuple[int, ...] = ()
    if isinstance(entry.question, schema.Which):
        order = _shown(entry.question, pick)
    elif isinstance(entry.question, schema.Order):
        order = tuple(shuffled(range(len(entry.question.order) + len(entry.question.distractors)), pick))
    hidden = _hidden(entry, parameters, hidden_pick or pick, known or {})
    name = (entry.id, repr(parameters), order)
    rendered = known.get(name) if known is not None else None
    if rendered is None:
        wrong = tuple(
            _wrong(entry.question, index, misconception, parameters, order)
            for index, misconception in enumerate(entry.question.misconceptions)
            if _may_be_wrong(index, misconception, parameters)
        )
        rendered = _rendered(entry.question, parameters, order), wrong
        if known is not None:
            known[name] = rendered
    return Variant(entry, seed, parameters, *rendered, order, hidden)


def _may_be_wrong(index: int, misconception: schema.Misconception, parameters: Parameters) -> bool:
    """Whether a misconception is wrong on a draw, as far as that is known before anything runs."""
    if misconception.when is None:
        return True
    with below("misconceptions", index, "when"):
        if not misconception.waits_for_the_run:
            return bool(evaluate(misconception.when, parameters))
        for raised in (None, "RuntimeError"):  # a broken expression is reported now
            evaluate(misconception.when, parameters | {"raised": raised})
    return True


def _shown(question: schema.Which, pick: Pick) -> tuple[int, ...]:
    """Return the indices of the shown options: those that always are, and the first of the others as drawn."""
    drawn = shuffled(range(len(question.options)), pick)
    always = {number - 1 for number in question.always}
    others = [index for index in drawn if index not in always]
    shown = always | set(others if question.show is None else others[: question.show - len(always)])
    return tuple(index for index in drawn if index in shown)


def from_address(bank: Bank, address: str, seed: int) -> Variant:
    """Make the variant that `topic/id@seed` names; without `@seed` the seed given is taken."""
    full_id, fixed = split_address(address)
    return make(bank.entry(full_id), seed if fixed is None else fixed)


def split_address(address: str) -> tuple[str, int | None]:
    """Return the id and the seed that an address names; raises BankError where `@` has no integer after it."""
    full_id, at, digits = address.partition("@")
    if at and not re.fullmatch(r"-?[0-9]{1,18}", digits):
        raise BankError(message("no-seed", digits=digits, address=address, id=full_id))
    return full_id, int(digits) if at else None


Selection: TypeAlias = dict[str, dict[str, int | None] | None]
"""Topics, each with the ids chosen from it and the seeds fixed for them, or None for all of it."""


def select(bank: Bank, names: Iterable[str]) -> Selection:
    """Return which questions `--topic T|ID …` names; no name means every topic.

    Raises BankError (with a guess) for a name that is not there.
    """
    chosen: Selection = {}
    for name in names:
        topic, slash, _ = name.partition("/")
        if topic not in bank.names:
            raise no_topic(topic, bank)
        if not slash:
            chosen[topic] = None
            continue
        full_id, seed = split_address(name)
        ids = chosen.setdefault(topic, {})
        if ids is not None:
            ids[bank.entry(full_id).id] = seed
    return chosen or dict.fromkeys(bank.names)


def selected(bank: Bank, chosen: Selection) -> dict[str, list[Entry]]:
    """Return the chosen questions by topic; raises FileProblems where a topic cannot be loaded."""
    return {
        name: [entry for entry in bank.topic(name).entries if ids is None or entry.id in ids]
        for name, ids in chosen.items()
    }


_PROGRAM_FIELDS = tuple(
    "setup given code ask solution fill which signature class_header also_on order distractors options".split()
)


def _rendered(
    question: schema.AnyQuestion, parameters: Parameters, order: tuple[int, ...]
) -> schema.AnyQuestion:
    changes: dict[str, Any] = {}
    for name in _PROGRAM_FIELDS:
        value = getattr(question, name, None)
        if name == "options" and value is not None:
            changes[name] = tuple(_render(value[index], parameters, name, index) for index in order)
        elif isinstance(value, tuple):
            changes[name] = tuple(_render(text, parameters, name, at) for at, text in enumerate(value))
        elif value is not None:
            changes[name] = _render(value, parameters, "def" if name == "signature" else name)
    return _replaced(question, changes)


def _render(source: str, parameters: Parameters, *keys: str | int) -> str:
    with below(*keys):
        return render(source, parameters)


def _replaced(question: schema.AnyQuestion, changes: dict[str, Any]) -> schema.AnyQuestion:
    try:
        return replace(question, **changes)
    except ValueError as error:
        problem = error.problem if isinstance(error, schema.Invalid) else str(error)
        raise DrawError(message("draw-on-this", problem=problem)) from error


def _wrong(
    question: schema.AnyQuestion,
    index: int,
    misconception: schema.Misconception,
    parameters: Parameters,
    order: tuple[int, ...],
) -> Wrong:
    picks = misconception.picks
    if picks is not None:
        picks = tuple(sorted(order.index(pick - 1) for pick in picks if pick - 1 in order))
    if misconception.order is not None:
        picks = tuple(order.index(line - 1) for line in misconception.order)
    answer = misconception.answer
    with below("misconceptions", index):
        rendered = _rendered(_misread(question, misconception), parameters, order)
        typed = None if answer is None else _render(answer, parameters, "answer")
    when = misconception.when if misconception.waits_for_the_run else None
    return Wrong(index, misconception.name, rendered, picks, typed, misconception.because, when)


def _misread(question: schema.AnyQuestion, misconception: schema.Misconception) -> schema.AnyQuestion:
    fields = {name: getattr(misconception, name) for name in ("given", "ask", "which")}
    changes: dict[str, Any] = {name: value for name, value in fields.items() if value is not None}
    code = misconception.code
    if isinstance(question, schema.Order) and misconception.order is not None:
        lines = (*question.order, *question.distractors)
        changes["order"] = tuple(lines[line - 1] for line in misconception.order)
    if isinstance(question, schema.Fill) and isinstance(code, tuple):
        pairs = zip(code, question.fillings, strict=True)
        changes["solution"] = tuple(right if wrong == schema.BLANK else wrong for wrong, right in pairs)
    elif code is not None:
        changes["solution" if hasattr(question, "solution") else "code"] = code
    return _replaced(question, changes)


def _hidden(entry: Entry, parameters: Parameters, pick: Pick, known: Rendered) -> tuple[Operand, ...]:
    question = entry.question
    if not isinstance(question, schema.Write) or question.write != "function":
        return ()
    draws = {repr(parameters): parameters}
    for _ in range(_TRIES_FOR_HIDDEN):
        if len(draws) > HIDDEN_DRAWS:
            break
        hidden, _ = draw(question, pick)
        draws.setdefault(repr(hidden), hidden)
    del draws[repr(parameters)]
    return tuple(_operand(entry, name, hidden, known) for name, hidden in draws.items())


def _operand(entry: Entry, name: str, parameters: Parameters, known: Rendered) -> Operand:
    """Return the operand of a draw, which somebody may have been given as their own."""
    rendered = known.get((entry.id, name, ()))
    if rendered is not None:
        return Operand(rendered[0].given, rendered[0].setup)
    return Operand(*(render(text, parameters) for text in (entry.question.given, entry.question.setup)))
