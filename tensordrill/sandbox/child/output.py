"""The standard output of a program, of which the beginning is kept."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, Final

from wire import MAX_TEXT

_MAX_BYTES: Final = 4 * MAX_TEXT
"""A character takes at most four bytes of UTF-8."""


class Printed(io.TextIOBase):
    """A stream for programs that print: to make it takes next to no time, and it has no bytes below."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._room = MAX_TEXT

    def write(self, printed: str, /) -> int:
        if self._room > 0:
            self._pieces.append(str(printed)[: self._room])
            self._room -= len(printed)
        return len(printed)

    @contextmanager
    def as_stdout(self) -> Iterator[None]:
        """Replace `sys.stdout` by this stream."""
        before = sys.stdout
        sys.stdout = self
        try:
            yield
        finally:
            sys.stdout = before

    def text(self) -> str:
        """Return the beginning of what was printed."""
        return "".join(self._pieces)


class _Kept(io.RawIOBase):
    """A binary stream that keeps the first bytes that are written to it."""

    name = "<stdout>"
    mode = "wb"

    def __init__(self) -> None:
        self.content = bytearray()

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return 1

    def write(self, written: Any, /) -> int:
        content = memoryview(written).cast("B")
        self.content += content[: _MAX_BYTES - len(self.content)]
        return len(content)


class StandardOutput:
    """A stream like Python's own, as `python FILE` has it at a pipe."""

    def __init__(self) -> None:
        self._kept = _Kept()
        self._buffer = io.BufferedWriter(self._kept)
        self._stream = io.TextIOWrapper(self._buffer, "utf-8", "surrogateescape", "\n")
        self._stream.mode = "w"  # type: ignore[misc]  # as Python sets it when it starts

    @contextmanager
    def as_stdout(self) -> Iterator[None]:
        """Replace `sys.stdout` by this stream; at the end, flush it and what the program put in its place."""
        before = sys.stdout, sys.__stdout__
        sys.stdout = sys.__stdout__ = self._stream  # type: ignore[misc]
        try:
            yield
        finally:
            for stream in (getattr(sys, "stdout", None), self._stream, self._buffer):
                with suppress(BaseException):
                    stream.flush()  # type: ignore[union-attr]
            sys.stdout, sys.__stdout__ = before  # type: ignore[misc]

    def text(self) -> str:
        """Return the beginning of what was printed; bytes that are no UTF-8 as escapes."""
        return self._kept.content.decode("utf-8", "backslashreplace")
