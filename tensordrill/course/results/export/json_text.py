"""JSON that a person can read: in one order, Korean as it is, and only what could steer a terminal escaped."""

from __future__ import annotations

import json
import re
from typing import Any

import msgspec

from tensordrill.course.sanitize import STEERING


def json_text(value: Any, *, indent: int | None = None) -> str:
    """Return JSON text; every character of every text comes back when it is read."""
    # outside strings JSON has no such character, so that each one found stands in a string
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, sort_keys=True)
    text = STEERING.sub(_escaped, text)
    return text if indent is None else msgspec.json.format(text, indent=indent)


def _escaped(match: re.Match[str]) -> str:
    return json.dumps(match[0])[1:-1]
