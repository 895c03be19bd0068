"""Seeds of an assignment: derived from a secret that only the teacher has, or kept from an earlier derivation.

Each is HMAC-SHA-256 over what it is for, so that no seed tells another, nor the secret.
"""

from __future__ import annotations

import hmac
import json
import os
import secrets
from pathlib import Path
from typing import Protocol

import msgspec
from msgspec import Struct

from tensordrill.errors import CourseError
from tensordrill.messages import message

SECRET_FILE = "secret"  # noqa: S105 (a file's name)
SEEDS_FILE = "seeds.json"
_BYTES = 32
_SEED_BYTES = 6
_MARK_LETTERS = 16
EVERYBODY = ""
"""The student in whose name shared variants are drawn."""


class Seeds(Protocol):
    """The seeds of a student's questions, derived from the secret: the same each time."""

    def variant(self, student: str, question: str) -> int:
        """Return the seed of a student's variant of a question."""

    def hidden(self, student: str, question: str) -> int:
        """Return the seed of the hidden draws that a student's function is run on."""

    def mark(self, student: str) -> str:
        """Return the mark that proves whose hand-out a file is."""


class SecretSeeds:
    """Seeds derived from a secret for one assignment."""

    def __init__(self, secret: bytes, assignment: str) -> None:
        self._secret = secret
        self._assignment = assignment

    def variant(self, student: str, question: str) -> int:
        return int.from_bytes(self._digest("variant", student, question)[:_SEED_BYTES], "big")

    def hidden(self, student: str, question: str) -> int:
        return int.from_bytes(self._digest("hidden", student, question)[:_SEED_BYTES], "big")

    def mark(self, student: str) -> str:
        return self._digest("handout", student).hex()[:_MARK_LETTERS]

    def _digest(self, *parts: str) -> bytes:
        purpose = json.dumps([self._assignment, *parts]).encode("ascii")
        return hmac.digest(self._secret, purpose, "sha256")


class StudentSeeds(Struct, frozen=True):
    """One student's seeds, by question."""

    mark: str
    variants: dict[str, int]
    hidden: dict[str, int]


class StoredSeeds:
    """Seeds derived before, for a place that must not have the secret."""

    def __init__(self, students: dict[str, StudentSeeds]) -> None:
        self._students = students

    def variant(self, student: str, question: str) -> int:
        return _seed(self._of(student).variants, question)

    def hidden(self, student: str, question: str) -> int:
        return _seed(self._of(student).hidden, question)

    def mark(self, student: str) -> str:
        return self._of(student).mark if student in self._students else ""

    def _of(self, student: str) -> StudentSeeds:
        if student not in self._students:
            raise CourseError(message("seeds-no-student", student=student))
        return self._students[student]


def _seed(seeds: dict[str, int], question: str) -> int:
    if question not in seeds:
        raise CourseError(message("seeds-no-question", question=question))
    return seeds[question]


def write_secret(path: Path) -> None:
    """Write a new secret that only its owner can read, and see to it that git leaves it out."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(_BYTES) + "\n")
    with open(path.parent / ".gitignore", "a+", encoding="utf-8", errors="surrogateescape") as file:
        file.seek(0)
        lines = file.read().split("\n")
        if path.name not in lines:
            file.write(("\n" if lines[-1] else "") + f"{path.name}\n")


def load_seeds(folder: Path, assignment: str) -> Seeds:
    """Return the seeds of the assignment in a folder: from its secret, else from its stored seeds.

    Raises CourseError where there is neither, or it is broken.
    """
    path = folder / SECRET_FILE
    stored = folder / SEEDS_FILE
    if not path.exists() and stored.exists():
        return StoredSeeds(_stored(stored))
    try:
        secret = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except FileNotFoundError as error:
        raise CourseError(message("secret-missing", path=path)) from error
    except OSError as error:
        raise CourseError(message("secret-not-read", path=path, reason=error.strerror)) from error
    except ValueError:
        secret = b""
    if len(secret) != _BYTES:
        raise CourseError(message("secret-broken", path=path))
    return SecretSeeds(secret, assignment)


def _stored(path: Path) -> dict[str, StudentSeeds]:
    try:
        return msgspec.json.decode(path.read_bytes(), type=dict[str, StudentSeeds])
    except (OSError, msgspec.MsgspecError) as error:
        raise CourseError(message("seeds-not-read", path=path, reason=error)) from error
