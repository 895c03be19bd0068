"""A history: a learner's reviews as lines of JSON, and the order of two histories that are merged."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from hashlib import blake2b
from pathlib import Path
from typing import IO, Annotated, Any, Literal, NamedTuple, TypeAlias

import msgspec
from msgspec import Meta

from tensordrill.drill.review import Review, iso
from tensordrill.errors import StoreError
from tensordrill.messages import Message, Messages, message

LONGEST_ANSWER = 1_000_000
LONGEST_LINE = 8_000_000
"""In bytes: JSON writes a character as up to six."""
END = 7_258_118_400
"""The year 2200 begins: FSRS plans up to a hundred years ahead, and Python's years end with 9999."""
MOST_PROBLEMS = 20
"""The number of lines of a file that are complained of one by one."""

_Text = Annotated[str, Meta(max_length=5000)]
_Name = Annotated[str, Meta(min_length=1, max_length=5000)]
_VALUES: dict[str, Any] = {
    **dict.fromkeys(("address", "question", "topic"), _Name),
    **dict.fromkeys(("bank", "task", "kind", "answer_type", "session"), _Text),
    "level": Annotated[int, Meta(ge=0, le=3)],
    "at": Annotated[str, Meta(max_length=40)],
    "answer": Annotated[str, Meta(max_length=LONGEST_ANSWER)],
    "outcome": Literal["correct", "incorrect", "skipped"],
    "idea": _Name | None,
    "ideas": Annotated[tuple[_Name, ...], Meta(max_length=1000)],
    "hints": Annotated[int, Meta(ge=0, le=1000)],
    "unsure": bool,
    "seconds": Annotated[float, Meta(ge=0, le=1e9)],
    "versions": Annotated[dict[_Text, _Text], Meta(max_length=100)],
}
"""The limits of a review's values."""
_DECODERS = {key: msgspec.json.Decoder(kind) for key, kind in _VALUES.items()}
_NEEDED = [field.encode_name for field in msgspec.structs.fields(Review) if field.required]
_LEVEL = "starting_level"
SIGNATURE = "signature"
"""The key of the line that signs a history, which says nothing of an answer."""
_LEVEL_DECODER = msgspec.json.Decoder(Annotated[int, Meta(ge=1, le=3)])
_OBJECT = msgspec.json.Decoder(dict[str, msgspec.Raw])
_SORTED = msgspec.json.Encoder(order="deterministic")


class History(NamedTuple):
    """Reviews in their order, and the level at which the learner's topics begin, where one was chosen."""

    reviews: Iterable[Review]
    starting_level: int | None = None


# Written.

Writer: TypeAlias = Callable[[History, IO[bytes]], int]
"""Writes a history and returns how many reviews these are."""


def write(history: History, file: IO[bytes]) -> int:
    """Write a line a review, after one with the starting level; return how many reviews these are."""
    if history.starting_level is not None:
        file.write(msgspec.json.encode({_LEVEL: history.starting_level}) + b"\n")
    count = 0
    for count, review in enumerate(history.reviews, 1):  # noqa: B007 (counts)
        file.write(msgspec.json.encode(review) + b"\n")
    return count


def save(history: History, path: Path, write: Writer = write) -> int:
    """Write a history to the file at `path`, all of it or nothing; return how many reviews these are."""
    try:
        if path.exists() and not path.is_file():  # a pipe or a device cannot be replaced
            with path.open("wb") as file:
                return write(history, file)
        return _replace(path.resolve(), history, write)
    except OSError as problem:
        raise StoreError(message("history-not-written", path=path, reason=problem.strerror)) from problem


def _replace(path: Path, history: History, write: Writer) -> int:
    number, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with open(number, "wb") as file:
            count = write(history, file)
            file.flush()
            os.fsync(number)
        os.replace(name, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(name)
        raise
    return count


# Read.


class _Invalid(Exception):  # noqa: N818 (it becomes a sentence)
    """A line that is no review; its argument says why, without the place."""


def read(name: str, file: IO[bytes]) -> History:
    """Read a history; raise StoreError with a sentence for each line that is none of a history."""
    reviews: list[Review] = []
    level: int | None = None
    problems: list[Message] = []
    for number, line in enumerate(_lines(file), 1):
        try:
            values = _values(line)
            if _LEVEL in values:
                level = values[_LEVEL]
            elif values:
                reviews.append(Review(**values))
        except _Invalid as invalid:
            [problem] = invalid.args
            problems.append(message("history-line", place=f"{name}:{number}", problem=problem))
    if problems:
        more = len(problems) - MOST_PROBLEMS
        rest = [message("history-more-lines", name=name, count=more)] if more > 0 else []
        raise StoreError(Messages((*problems[:MOST_PROBLEMS], *rest, message("history-nothing-imported"))))
    return History(reviews, level)


def _lines(file: IO[bytes]) -> Iterator[bytes]:
    """Yield the lines; of one that is too long no more than shows it."""
    is_rest = False
    while line := file.readline(LONGEST_LINE + 1):
        if not is_rest:
            yield line
        is_rest = not line.endswith(b"\n")


def _values(line: bytes) -> dict[str, Any]:
    """Return what a line holds: the fields of a review, a starting level, or nothing."""
    if len(line) > LONGEST_LINE:
        raise _Invalid(message("history-line-too-long"))
    line = line.removeprefix(b"\xef\xbb\xbf").strip()
    if not line:
        return {}
    try:
        raw = _OBJECT.decode(line)
    except (ValueError, RecursionError) as problem:
        raise _Invalid(message("history-no-object")) from problem
    if raw.keys() == {SIGNATURE}:
        return {}
    if raw.keys() == {_LEVEL}:
        return {_LEVEL: _value(_LEVEL, raw[_LEVEL], _LEVEL_DECODER)}
    for key in raw:
        if key not in _DECODERS:
            raise _Invalid(message("history-unknown-key", key=_shown(msgspec.json.encode(key))))
    for key in _NEEDED:
        if key not in raw:
            raise _Invalid(message("history-missing-key", key=key))
    values = {key: _value(key, value, _DECODERS[key]) for key, value in raw.items()}
    try:
        at = datetime.fromisoformat(values["at"])
        time = int(at.timestamp()) if at.tzinfo else -1
    except (ValueError, OverflowError):
        time = -1
    if not 0 <= time < END:
        raise _invalid_value("at", raw["at"])
    if not values["question"].startswith(f"{values['topic']}/"):
        raise _invalid_value("topic", raw["topic"])
    return {**values, "at": iso(time), "seconds": values["seconds"] + 0.0}  # -0.0 would come back as 0.0


def _value(key: str, raw: msgspec.Raw, decoder: msgspec.json.Decoder[Any]) -> Any:
    try:
        return decoder.decode(raw)
    except (ValueError, RecursionError) as problem:
        raise _invalid_value(key, raw) from problem


def _invalid_value(key: str, raw: msgspec.Raw) -> _Invalid:
    return _Invalid(message("history-invalid-value", key=key, value=_shown(bytes(raw))))


def _shown(raw: bytes) -> str:
    return raw[:60].decode(errors="replace") + "…" * (len(raw) > 60)


# Merged.


class ReviewKey(NamedTuple):
    """The identity of a review in every history: its time, its content, and how many equal ones are before it.

    Keys are ordered by time, and in one second by content, which says nothing but is the same everywhere.
    """

    time: int
    content: bytes
    number: int


def keys(reviews: Iterable[Review]) -> Iterator[ReviewKey]:
    """Yield the key of each review of a history."""
    numbers: dict[bytes, int] = {}
    for review in reviews:
        content = blake2b(_SORTED.encode(review), digest_size=16).digest()
        number = numbers[content] = numbers.get(content, -1) + 1
        yield ReviewKey(review.time, content, number)


def merged(first: Sequence[ReviewKey], second: Sequence[ReviewKey]) -> list[ReviewKey]:
    """Return the keys of both, each once, in an order that both agree with where they agree with each other.

    The lower head of the two goes first: where no clock went backwards, this sorts them, and where one did, each
    stands where the running maximum of its history's times puts it. A part of a history, merged with the whole one,
    changes nothing, and it does not matter which of the two is the first.
    """
    order: list[ReviewKey] = []
    first_rest, second_rest = set(first), set(second)
    i = j = 0
    while i < len(first) and j < len(second):
        a, b = first[i], second[j]
        if a <= b:
            i += 1
            first_rest.discard(a)
        if b <= a:
            j += 1
            second_rest.discard(b)
        head = min(a, b)
        if head not in (second_rest if a < b else first_rest):  # else it comes later there
            order.append(head)
    return [*order, *first[i:], *second[j:]]
