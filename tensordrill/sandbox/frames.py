"""Bytes become replies: length-prefixed JSON with a hard limit on its length."""

from __future__ import annotations

import time
from collections.abc import Sequence

import msgspec

from tensordrill.sandbox.child.wire import MAX_FRAME
from tensordrill.sandbox.clues import last_line
from tensordrill.sandbox.protocol import Program, Reply, decode_reply


class Frames:
    """A buffer of bytes as they come, which returns whole frames."""

    def __init__(self) -> None:
        self._bytes = bytearray()

    def feed(self, received: bytes) -> None:
        """Take bytes as they come."""
        self._bytes += received

    def next_body(self) -> bytes | None:
        """Return the next frame's body, or None until it is whole; raises ValueError for one too long."""
        if len(self._bytes) < 4:
            return None
        length = int.from_bytes(self._bytes[:4], "big")
        if length > MAX_FRAME:
            raise ValueError(f"a frame of {length} bytes")
        if len(self._bytes) < 4 + length:
            return None
        body = bytes(self._bytes[4 : 4 + length])
        del self._bytes[: 4 + length]
        return body


class Replies:
    """Decodes the replies to some programs, of which the first for each counts."""

    def __init__(self, programs: Sequence[Program]) -> None:
        self._programs = programs
        self._index = 0

    def decode(self, body: bytes) -> Reply | None:
        """Return the reply that is due, or None for one more to a program that was answered before.

        Raises ValueError for anything else.
        """
        try:
            reply = decode_reply(body)
        except (msgspec.MsgspecError, RecursionError) as error:
            raise ValueError("not a reply") from error
        if reply.index > self._index or reply.index == len(self._programs):
            raise ValueError(f"a reply to program {reply.index} before that to {self._index}")
        if reply.index < self._index:
            return None
        trace, lines = reply.observation.trace, _lines(self._programs[self._index])
        if trace is not None and trace.last_line > lines:
            raise ValueError("a step outside of the program")
        if last_line(reply.observation.clues) > lines:
            raise ValueError("a clue outside of the program")
        self._index += 1
        return reply


def _lines(program: Program) -> int:
    """Return how many lines a program has, one more for an error that Python finds at its very end."""
    breaks = sum(part.count(mark) for part in (program.given, program.code) for mark in "\n\r")
    return breaks + 2 + bool(program.given)


def remaining(deadline: float) -> float:
    """Return the seconds left until a `time.monotonic` deadline, never negative."""
    return max(0.0, deadline - time.monotonic())
