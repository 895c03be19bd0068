"""The hash of a question's task, which changes where the task does, and not where only the wording does."""

from __future__ import annotations

import hashlib

import msgspec

from tensordrill.bank.topic import Entry

_WORDING = frozenset("id level task because hints misconceptions source torch constant was".split())


def task_hash(entry: Entry) -> str:
    """Return 16 hexadecimal digits of a question's draw and programs, and of the id that its draws come from."""
    fields = msgspec.to_builtins(entry.question)
    task = {name: value for name, value in fields.items() if name not in _WORDING}
    text = msgspec.json.encode([entry.kind, entry.seeded_as, task], order="sorted")
    return hashlib.sha256(text).hexdigest()[:16]
