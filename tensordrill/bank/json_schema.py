"""JSON Schemas of the bank's files, so that an editor completes and checks them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

import msgspec

from tensordrill.bank import schema
from tensordrill.bank.ideas import Ideas

_DRAFT = "https://json-schema.org/draft/2020-12/schema"


def topic_schema() -> str:
    """Return the schema of a topic file; a question is of the first kind whose key it has."""
    kinds = list(schema.KINDS.values())
    parts: list[Any] = [*kinds, schema.Intro, schema.Localized, schema.After, schema.Name, schema.Defaults]
    references, definitions = msgspec.json.schema_components(parts, ref_template="#/$defs/{name}")
    named = dict(zip([*schema.KINDS, "intro", "text", "after", "name"], references[:-1], strict=True))
    shared = definitions.pop("Defaults")["properties"]
    text = {"anyOf": [{"type": "string"}, named["text"]]}
    question: dict[str, Any] = named["predict"]
    for kind in reversed([kind for kind in schema.KINDS if kind != "predict"]):
        question = {"if": {"required": [kind]}, "then": named[kind], "else": question}
    definitions["Question"] = {"type": "object", **question}
    for name, rules in _rules().items():
        definitions[name]["allOf"] = rules
    for name in (struct.__name__ for struct in kinds):
        definitions[name]["properties"]["draw"] |= _PARAMETER_NAMES
    shared["draw"] |= _PARAMETER_NAMES
    whole = {
        "$schema": _DRAFT,
        "title": "A topic of a tensordrill bank",
        "type": "object",
        "properties": {
            "format": {"const": schema.FORMAT},
            "topic": {**named["name"], "description": "equals the file's name"},
            "title": text,
            "language": {"enum": ["en", "ko"], "description": "the language of plain strings"},
            "after": named["after"],
            **shared,
            "intro": named["intro"],
            "questions": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/Question"}},
        },
        "required": ["format", "topic", "title", "questions"],
        "additionalProperties": False,
        "allOf": [_FORBID_OR_ONLY, _PROGRAM_SOMEWHERE],
        "$defs": definitions,
    }
    return _text(whole)


def ideas_schema() -> str:
    """Return the schema of `ideas.yaml`."""
    return _text(
        {"$schema": _DRAFT, "title": "The ideas of a tensordrill bank", **msgspec.json.schema(Ideas)}
    )


_Rule: TypeAlias = dict[str, Any]


def _has(name: str, rule: _Rule | None = None) -> _Rule:
    """Return the rule that a key is there, with a value that keeps a rule; else with any but `null`."""
    return {"required": [name], "properties": {name: rule or {"not": {"type": "null"}}}}


_MOST_BLANKS = 6
"""A schema cannot count: up to so many blanks it knows how many fillings belong to them."""

_IN_ANY_CASE = (
    "".join(f"[{letter.upper()}{letter}]" for letter in word) for word in sorted(schema.TEMPLATE_WORDS)
)
"""Patterns for the words of templates: those of JSON Schema have no flag for it."""
_PARAMETER_NAMES: _Rule = {
    "propertyNames": {
        "pattern": r"^[A-Za-z][A-Za-z0-9_]*$",
        "not": {
            "anyOf": [
                {"enum": sorted(schema.RESERVED)},
                {"pattern": f"^({'|'.join(_IN_ANY_CASE)})$"},
            ]
        },
    }
}
_PROGRAM_SOMEWHERE: _Rule = {
    "if": {"not": _has("given", {"minLength": 1})},
    "then": {
        "properties": {
            "questions": {
                "items": {
                    "if": {
                        "not": {"anyOf": [{"required": [kind]} for kind in schema.KINDS if kind != "predict"]}
                    },
                    "then": {"anyOf": [_has(name, {"minLength": 1}) for name in ("given", "code")]},
                }
            }
        }
    },
}


def _rules() -> dict[str, list[_Rule]]:
    """Return what the structs of `schema` check by themselves, as far as a JSON Schema can say it."""
    task = _has("task")
    only_changed = _has("must", {"items": {"const": "changed"}, "minItems": 1})
    replaced = [_has(name) for name in schema.REPLACED]
    rules: dict[str, list[_Rule]] = {
        "Localized": [{"anyOf": [_has("en"), _has("ko")]}],
        "Draw": [
            {"oneOf": [_has(name) for name in schema.Draw.__struct_encode_fields__]},
            {"properties": {"choice": {"not": {"const": []}}}},
        ],
        "Misconception": [
            {"anyOf": [_has("id"), _has("idea")]},
            {"not": {"allOf": [_has("idea"), _has("title")]}},
            {"anyOf": replaced},
        ],
        "Predict": [
            _if(
                {"properties": {"type": {"const": "output"}}, "required": ["type"]},
                {"properties": {"ask": {"const": "output"}}},
            ),
        ],
        "Write": [
            task,
            _FORBID_OR_ONLY,
            *(
                {"if": _writes(form), "then": _has(field), "else": {"not": _has(field)}}
                for form, field in (("function", "def"), ("class", "class"))
            ),
            _if(_writes("class"), _has("ask")),
            _if(_writes("statements"), {"anyOf": [_has("ask"), only_changed]}),
        ],
        "Fill": [
            task,
            _FORBID_OR_ONLY,
            {"properties": {"fill": {"pattern": schema.BLANK}}},
            *_blanks(),
        ],
        "Which": [_if(_has("always", {"minItems": 1}), _has("show"))],
        "Order": [task, _FORBID_OR_ONLY, {"anyOf": [_has("ask"), only_changed]}],
    }
    for kind in schema.KINDS.values():
        rules[kind.__name__].append(_replaceable(kind))
    return rules


def _writes(form: str) -> _Rule:
    return {"properties": {"write": {"const": form}}}


def _if(condition: _Rule, then: _Rule) -> _Rule:
    return {"if": condition, "then": then}


_FORBID_OR_ONLY = {"not": {"allOf": [_has(field, {"minItems": 1}) for field in ("forbid", "only")]}}


def _replaceable(kind: type[schema.Question]) -> _Rule:
    """Return the rule of what a kind's misconceptions may replace, and how."""
    fields: dict[str, Any] = {
        name: {"type": "null"} for name in schema.REPLACED if name not in kind.replaceable
    }
    if kind is not schema.Predict:
        fields["when"] = {"not": {"type": "string", "pattern": r"\braised\b"}}
    if "code" in kind.replaceable and kind is not schema.Fill:
        fields["code"] = {"not": {"type": "array"}}
    return {"properties": {"misconceptions": {"items": {"properties": fields}}}}


def _blanks() -> Iterator[_Rule]:
    """Yield the rules that a question of one blank has one filling, and one of several a list of as many."""
    rest = f"((?!{schema.BLANK})[\\s\\S])*"
    for count in range(1, _MOST_BLANKS + 1):
        exactly = f"^{rest}({schema.BLANK}{rest}){{{count}}}$"
        several = {"minItems": count, "maxItems": count, "type": "array"}
        fillings = {"type": "string"} if count == 1 else several
        wrong = {"properties": {"code": {"anyOf": [fillings, {"type": "null"}]}}}
        yield _if(
            {"properties": {"fill": {"pattern": exactly}}, "required": ["fill"]},
            {"properties": {"solution": fillings, "misconceptions": {"items": wrong}}},
        )


def _text(value: dict[str, Any]) -> str:
    portable = msgspec.json.encode(value).decode().replace("\\\\Z", "$")
    return msgspec.json.format(portable, indent=2)
