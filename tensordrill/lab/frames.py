"""Bytes become replies: length-prefixed JSON with a hard limit on its length."""

from __future__ import annotations

import time
from collections.abc import Iterator

import msgspec

from tensordrill.lab.protocol import MAX_FRAME, Observation, Reply, decode_reply
from tensordrill.lab.values import Value, is_too_deep


class Frames:
    """Collects bytes as they come and gives whole frames."""

    def __init__(self) -> None:
        self._bytes = bytearray()

    def feed(self, received: bytes) -> None:
        """Take bytes as they come."""
        self._bytes += received

    def next_body(self) -> bytes | None:
        """Give the next frame's body, or None until it is whole; raises ValueError for one too long."""
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
    """Decodes the replies to one job, of which the first for each program counts."""

    def __init__(self) -> None:
        self._index = 0

    def decode(self, body: bytes) -> Reply | None:
        """Give the reply that is due, or None for one more to a program that was answered before.

        Raises ValueError for anything else.
        """
        try:
            reply = decode_reply(body)
        except (msgspec.MsgspecError, RecursionError) as error:
            raise ValueError("not a reply") from error
        if any(map(is_too_deep, _values(reply.observation))):
            raise ValueError("a value too deep to be walked through")
        if reply.index > self._index:
            raise ValueError(f"a reply to program {reply.index} before that to {self._index}")
        if reply.index < self._index:
            return None
        self._index += 1
        return reply


def _values(seen: Observation) -> Iterator[Value | None]:
    yield seen.value
    yield from (seen.changed or {}).values()
    yield from (seen.grads or {}).values()


def remaining(deadline: float) -> float:
    """Give the seconds left until a `time.monotonic` deadline, never negative."""
    return max(0.0, deadline - time.monotonic())
