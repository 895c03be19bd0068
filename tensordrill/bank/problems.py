"""What is wrong with a file's values, as one sentence at its place, with a guess where one is near."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from typing import Any

import msgspec
from msgspec import Struct

from tensordrill.bank import schema
from tensordrill.bank.document import Place, Problem
from tensordrill.text import Message, message


def near(word: str, known: Iterable[str]) -> Message | str:
    """Return `; did you mean …?`, or nothing where no known word is near."""
    words = difflib.get_close_matches(word, list(known), n=1)
    return message("did-you-mean", near=words[0]) if words else ""


def guess(word: str, known: Iterable[str]) -> str:
    """Give `; did you mean …?`, or nothing where no known word is near."""
    near = difflib.get_close_matches(word, list(known), n=1)
    return f"; did you mean `{near[0]}`?" if near else ""


_EXPLAINED = (
    (r"Object missing required field `(.+)`", r"the key `\1` is missing"),
    (r"Expected `str(?: \| .*)?`, got `(int|float|bool)`", r"a text is expected here; put quotes around it"),
    (r"Expected `(.+)`, got `null`", r"nothing is here; give a value or remove the key"),
    (
        r"Expected `str` matching regex .*",
        r"this must be lower-case words joined by `-`, as in `flatten-a-transpose`",
    ),
    (r"Invalid enum value (.+)", r"\1 is not possible here"),
    (r"Expected `array` of length (\d+), got (\d+)", r"a list of \1 is expected here, not of \2"),
    (r"Expected `array` of length >= (\d+)", r"a list of at least \1 is expected here"),
    (r"Expected `int` >= (\d+)", r"a whole number of at least \1 is expected here"),
    (r"Expected `float` >= (\d+)\.0", r"a number of at least \1 is expected here"),
    (r"Expected `float` <= (\d+)\.0", r"a number of at most \1 is expected here"),
)

_WORDS = {
    "str": "a text",
    "int": "a whole number",
    "float": "a decimal number",
    "bool": "true or false",
    "array": "a list",
    "object": "a mapping",
}


def explained(error: msgspec.ValidationError, place: Place, struct: type[Struct]) -> Problem:
    """Turn msgspec's error into a sentence at its place, with a guess for an unknown key."""
    message, _, path = str(error).partition(" - at `")
    keys = _keys(path.rstrip("`"))
    unknown = re.match(r"Object contains unknown field `(.+)`", message)
    if unknown:
        key = unknown[1]
        hint = guess(key, _known_keys(struct, keys))
        return Problem(str(place.at(*keys).key(key)), f"the key `{key}` is not known here{hint}")
    parameter = re.match(r"`(.+)` cannot name a parameter", message)
    if parameter:
        return Problem(str(place.at("draw").key(parameter[1])), message)
    for pattern, sentence in _EXPLAINED:
        if re.match(pattern, message, re.DOTALL):
            message = re.sub(rf"(?s){pattern}", sentence, message, count=1)
            break
    message = re.sub(r"^Expected `(.+)`, got `(.+)`$", _in_words, message)
    return Problem(str(place.at(*keys)), message[:1].lower() + message[1:] + _possible(message, struct, keys))


def _in_words(found: re.Match[str]) -> str:
    expected = [_WORDS.get(name, name) for name in found[1].split(" | ") if name != "null"]
    return f"{' or '.join(expected)} is expected here, not {_WORDS.get(found[2], found[2])}"


def _keys(path: str) -> list[str | int]:
    parts = re.findall(r"\.([^.\[\]]+)|\[(\d+|\.\.\.)\]", path)
    return [name or (int(index) if index.isdigit() else index) for name, index in parts]


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


def _known_keys(struct: type[Struct], keys: list[str | int]) -> list[str]:
    return list(_struct_at(struct, keys).__struct_encode_fields__)


def _possible(message: str, struct: type[Struct], keys: list[str | int]) -> str:
    if "is not possible here" not in message or not keys:
        return ""
    names = [key for key in keys if isinstance(key, str)]
    described = msgspec.json.schema(_struct_at(struct, keys[:-1]))["$defs"]
    for definition in described.values():
        values = _enum(definition.get("properties", {}).get(names[-1], {}))
        if values:
            return "; possible are " + ", ".join(f"`{value}`" for value in values) + _near(message, values)
    return ""


def _near(message: str, values: Iterable[Any]) -> str:
    written = re.match(r"'(.+)' is not possible here", message)
    return guess(written[1], map(str, values)) if written else ""


def _enum(description: dict[str, Any]) -> list[Any]:
    if "enum" in description:
        return list(description["enum"])
    parts = [description.get("items", {}), description.get("propertyNames", {})]
    parts += description.get("anyOf", [])
    return next((values for part in parts if (values := _enum(part))), []) if any(parts) else []
