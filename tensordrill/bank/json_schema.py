"""JSON Schemas of the bank's files, so that an editor completes and checks them."""

from __future__ import annotations

from typing import Any

import msgspec

from tensordrill.bank import schema
from tensordrill.bank.ideas import Ideas

_DRAFT = "https://json-schema.org/draft/2020-12/schema"


def topic_schema() -> str:
    """Give the schema of a topic file; a question is of the first kind whose key it has."""
    kinds = list(schema.KINDS.values())
    parts: list[Any] = [*kinds, schema.Intro, schema.Localized, schema.After, schema.Defaults]
    found, definitions = msgspec.json.schema_components(parts, ref_template="#/$defs/{name}")
    references = dict(zip([*schema.KINDS, "intro", "text", "after"], found[:-1], strict=True))
    shared = definitions.pop("Defaults")["properties"]
    text = {"anyOf": [{"type": "string"}, references["text"]]}
    question: dict[str, Any] = references["predict"]
    for kind in reversed([kind for kind in schema.KINDS if kind != "predict"]):
        question = {"if": {"required": [kind]}, "then": references[kind], "else": question}
    definitions["Question"] = {"type": "object", **question}
    whole = {
        "$schema": _DRAFT,
        "title": "A topic of a tensordrill bank",
        "type": "object",
        "properties": {
            "format": {"const": schema.FORMAT},
            "topic": {"type": "string", "description": "equals the file's name"},
            "title": text,
            "language": {"enum": ["en", "ko"], "description": "the language of plain strings"},
            "after": references["after"],
            **shared,
            "intro": references["intro"],
            "questions": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/Question"}},
        },
        "required": ["format", "topic", "title", "questions"],
        "additionalProperties": False,
        "$defs": definitions,
    }
    return _text(whole)


def ideas_schema() -> str:
    """Give the schema of `ideas.yaml`."""
    return _text(
        {"$schema": _DRAFT, "title": "The ideas of a tensordrill bank", **msgspec.json.schema(Ideas)}
    )


def _text(value: dict[str, Any]) -> str:
    portable = msgspec.json.encode(value).decode().replace("\\\\Z", "$")
    return msgspec.json.format(portable, indent=2)
