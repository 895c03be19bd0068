"""Histories that are handed in: their last line names the student and proves, by the mark of a hand-out, whose it is.

The signature is HMAC-SHA-256 over all lines before it and what it says, under the mark that stands in the student's own
hand-out and that the teacher's secret gives again. It binds a history to a student, and shows a change by anybody else.
It cannot show that the answers are the student's work: whoever has the mark can sign whatever they like.
"""

from __future__ import annotations

import hmac
import io
from hmac import compare_digest
from typing import IO

import msgspec
from msgspec import Struct

from tensordrill.drill.history import SIGNATURE, History, read, write
from tensordrill.drill.review import Review
from tensordrill.errors import StoreError
from tensordrill.messages import message


class HistorySignature(Struct, frozen=True, forbid_unknown_fields=True):
    """The claim of a history: whose it is, by the hand-out of an assignment, and how many answers it has."""

    assignment: str
    student: str
    name: str
    answers: int = 0
    proof: str = ""
    """64 hexadecimal digits."""

    def made_with(self, mark: str, lines: bytes) -> HistorySignature:
        """Return the signature with its proof, for lines that are signed with a mark."""
        claim = msgspec.structs.replace(self, proof="")
        text = lines + msgspec.json.encode(claim, order="deterministic")
        return msgspec.structs.replace(self, proof=hmac.digest(mark.encode(), text, "sha256").hex())


class SignedHistory(Struct, frozen=True):
    """A history that was read with its signature."""

    signature: HistorySignature
    reviews: tuple[Review, ...]
    lines: bytes

    def is_proved_by(self, mark: str) -> bool:
        """Whether it was signed with a mark, and not changed since."""
        proof = self.signature.made_with(mark, self.lines).proof
        return bool(mark) and compare_digest(proof.encode(), self.signature.proof.encode())


class _SignatureLine(Struct, frozen=True):
    signature: HistorySignature


def write_signed(history: History, file: IO[bytes], claim: HistorySignature, mark: str) -> int:
    """Write a history and its signature; return how many reviews these are."""
    lines = io.BytesIO()
    count = write(history, lines)
    signature = msgspec.structs.replace(claim, answers=count).made_with(mark, lines.getvalue())
    file.write(lines.getvalue() + msgspec.json.encode({SIGNATURE: signature}) + b"\n")
    return count


def read_signed(name: str, raw: bytes) -> SignedHistory:
    """Read a signed history; raises StoreError where it is none, or a line is no answer."""
    text = raw.rstrip()
    start = text.rfind(b"\n") + 1
    try:
        signature = msgspec.json.decode(text[start:], type=_SignatureLine).signature
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise StoreError(message("history-not-signed")) from error
    reviews = tuple(read(name, io.BytesIO(text[:start])).reviews)
    return SignedHistory(signature, reviews, text[:start])
