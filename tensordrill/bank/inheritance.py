"""Fields that a topic says once for all its questions, each of which may say otherwise.

`setup`, `given`, `forbid` and `only` are defaults; a question's own stands in their place. Parameters of `draw`
are merged: the topic's are drawn first, and one of the question's with the same name takes its place there.
"""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import Struct

from tensordrill.bank.schema import Defaults

_RULES = frozenset({"forbid", "only"})


def defaults(topic: Any) -> dict[str, Any]:
    """Return the fields of a topic file that its questions inherit, as far as each is sound by itself."""
    names = Defaults.__struct_encode_fields__ if isinstance(topic, dict) else ()
    return {name: topic[name] for name in names if name in topic and _is_sound(name, topic[name])}


def _is_sound(name: str, value: Any) -> bool:
    try:
        msgspec.convert({name: value}, Defaults)
    except msgspec.ValidationError:
        return False
    return True


def inherit(topic: dict[str, Any], question: dict[str, Any], kind: type[Struct]) -> dict[str, Any]:
    """Return a question's fields, with its topic's where it has none of its own and its kind knows them.

    A `forbid` or `only` of its own stands in place of both, even where it is empty.
    """
    own = question.keys() | (_RULES if _RULES & question.keys() else set())
    known = set(kind.__struct_encode_fields__)
    fields = {name: value for name, value in topic.items() if name in known and name not in own} | question
    if "draw" in topic and isinstance(question.get("draw"), dict):
        fields["draw"] = topic["draw"] | question["draw"]
    return fields
