"""Problems of a file's values: one sentence each, with its place, and a guess where a known name is near."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from msgspec import Struct

from tensordrill.bank import schema
from tensordrill.bank.document import FilePlace, Problem
from tensordrill.messages import Message, Name, message


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the known word that is nearest, or nothing where none is near."""
    return next(iter(difflib.get_close_matches(word, list(known), n=1)), "")


def near(word: str, known: Iterable[str]) -> Message | str:
    """Return `; did you mean …?`, or nothing where no known word is near."""
    guess = nearest(word, known)
    return message("did-you-mean", near=guess) if guess else ""


_EXPLAINED: tuple[tuple[str, Name, tuple[str, ...]], ...] = (
    (r"Object missing required field `(.+)`", "value-missing", ("key",)),
    (r"Expected `str(?: \| .*)?`, got `(?:int|float|bool)`", "value-text", ()),
    (r"Expected `.+`, got `null`", "value-nothing", ()),
    (r"Expected `str` matching regex .*\)\*/.*", "value-full-id", ()),
    (r"Expected `str` matching regex .*", "value-name", ()),
    (r"Expected `array` of length (\d+), got (\d+)", "value-list-of", ("length", "found")),
    (r"Expected `array` of length >= (\d+)", "value-list-at-least", ("least",)),
    (r"Expected `int` >= (\d+)", "value-int-at-least", ("least",)),
    (r"Expected `float` >= (\d+)\.0", "value-float-at-least", ("least",)),
    (r"Expected `float` <= (\d+)\.0", "value-float-at-most", ("most",)),
)
"""msgspec's messages about a value, the sentence for each, and the names of the values in it."""

_TYPES: dict[str, Name] = {
    "str": "type-text", "int": "type-int", "float": "type-float", "bool": "type-bool", "array": "type-list",
    "object": "type-mapping",
}  # fmt: skip


_EXPECTED = {"float": message("type-number")}
"""Types whose values people write in more ways than they are read: 2 is a number as well as 2.0."""


def explained(error: msgspec.ValidationError, place: FilePlace, struct: type[Struct]) -> Problem:
    """Turn msgspec's error into a sentence at its place, with a guess for an unknown key."""
    text, _, path = str(error).partition(" - at `")
    parts = re.findall(r"\.([^.\[\]]+)|\[(\d+|\.\.\.)\]", path.rstrip("`"))
    keys = [name or (int(index) if index.isdigit() else index) for name, index in parts]
    if isinstance(error.__cause__, schema.Invalid):
        problem = error.__cause__.problem
        is_parameter = problem.name.startswith("parameter-")
        at = place.at("draw").key(str(problem.values["name"])) if is_parameter else place.at(*keys)
        return Problem(str(at), problem)
    if unknown := re.match(r"Object contains unknown field `(.+)`", text):
        key = unknown[1]
        hint = near(key, _struct_at(struct, keys).__struct_encode_fields__)
        return place.at(*keys).key(key).problem("value-unknown-key", key=key, near=hint)
    return Problem(str(place.at(*keys)), _sentence(text, struct, keys))


def _sentence(text: str, struct: type[Struct], keys: list[str | int]) -> str | Message:
    if impossible := re.match(r"Invalid enum value (.+)", text, re.DOTALL):
        return _impossible(impossible[1], struct, keys)
    for pattern, name, values in _EXPLAINED:
        if match := re.match(pattern, text, re.DOTALL):
            return message(name, **dict(zip(values, match.groups(), strict=True)))
    if match := re.match(r"Expected `(.+)`, got `(.+)`$", text):
        expected = [_EXPECTED.get(name) or _type(name) for name in match[1].split(" | ") if name != "null"]
        return message("value-type", expected=_or(expected), found=_type(match[2]))
    return text[:1].lower() + text[1:]


def _type(name: str) -> Message | str:
    return message(_TYPES[name]) if name in _TYPES else name


def _or(words: Sequence[Message | str]) -> Message | str:
    first, *others = words
    return message("or", one=first, other=_or(others)) if others else first


_BELOW: dict[str, type[Struct]] = {
    "draw": schema.Draw,
    "ints": schema.Ints,
    "sizes": schema.Sizes,
    "misconceptions": schema.Misconception,
    "intro": schema.Intro,
    **dict.fromkeys(("title", "task", "because", "hints", "text", "rule"), schema.Localized),
}


def _struct_at(struct: type[Struct], keys: list[str | int]) -> type[Struct]:
    for key in keys:
        struct = _BELOW.get(str(key), struct)
    return struct


def _impossible(value: str, struct: type[Struct], keys: list[str | int]) -> Message:
    """Return that a value is none of those that are possible at a place, with these where they are known."""
    names = [key for key in keys if isinstance(key, str)]
    described = msgspec.json.schema(_struct_at(struct, keys[:-1]))["$defs"] if keys else {}
    for definition in described.values():
        values = list(map(str, _enum(definition.get("properties", {}).get(names[-1], {}))))
        if values:
            text = re.match(r"'(.+)'\Z", value)
            guess = near(text[1], values) if text else ""
            quoted = ", ".join(f"`{possible}`" for possible in values)
            return message("value-impossible-of", value=value, values=quoted, near=guess)
    return message("value-impossible", value=value)


def _enum(description: dict[str, Any]) -> list[Any]:
    if "enum" in description:
        return list(description["enum"])
    parts = [description.get("items", {}), description.get("propertyNames", {})]
    parts += description.get("anyOf", [])
    return next((values for part in parts if (values := _enum(part))), []) if any(parts) else []
