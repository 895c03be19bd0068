"""Banks as a list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec
from rich.console import Group, RenderableType
from rich.text import Text

from tensordrill.bank.contents import contents
from tensordrill.bank.load import Bank
from tensordrill.errors import TensordrillError
from tensordrill.messages import Language, Name, say
from tensordrill.render.layout import Rows, indented

_KINDS: dict[str, Name] = {
    "shipped": "source-shipped",
    "folder": "source-folder",
    "zip": "source-zip",
    "package": "source-package",
}


def banks_table(banks: Sequence[tuple[Bank, bool]], language: Language) -> RenderableType:
    """Return one row a bank of one source: its name, its kind, how much it holds and where; open ones are marked."""
    rows = []
    for bank, is_open in banks:
        [source] = bank.sources
        mark = say("bank-open", language) if is_open else ""
        kind = say(_KINDS[source.kind], language)
        rows.append(
            (
                Text(source.name, "bold cyan"),
                Text(f"{kind}, {_size(bank, language)}", "dim"),
                Text(source.where),
                Text(mark, "dim"),
            )
        )
    following = indented(Text(say("banks-next", language), "dim"), (0, 0))
    return indented(Group(Rows(rows), Text(), following), (1, 1))


def _size(bank: Bank, language: Language) -> str:
    """Return how much a bank holds, or what is wrong with it."""
    try:
        questions = sum(len(topic.ids) for topic in contents(bank))
    except TensordrillError:
        return say("bank-broken", language, bank=bank.where)
    return say("bank-size", language, topics=len(bank.names), questions=questions)


def as_json(banks: Iterable[tuple[Bank, bool]]) -> str:
    """Return one JSON object a bank, a line each."""
    return "\n".join(msgspec.json.encode(_described(bank, is_open)).decode() for bank, is_open in banks)


def _described(bank: Bank, is_open: bool) -> dict[str, object]:
    [source] = bank.sources
    about = {"bank": source.name, "kind": source.kind, "where": source.where, "open": is_open}
    try:
        topics = {topic.name: len(topic.ids) for topic in contents(bank)}
    except TensordrillError as error:
        return {**about, "problem": str(error)}
    return {**about, "topics": topics}
