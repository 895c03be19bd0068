"""The standard output and standard error of a program, of which the beginning is kept."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, Final

from wire import MAX_TEXT

_KEPT: Final = MAX_TEXT + 1
"""Characters, one more than are sent, so that `encode.text` marks where there were more."""
_MAX_BYTES: Final = 4 * _KEPT
"""A character takes at most four bytes of UTF-8."""


class Printed(io.TextIOBase):
    """A stream for programs that print: to make it takes next to no time, and it has no bytes below."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._room = _KEPT

    def write(self, printed: str, /) -> int:
        if self._room > 0:
            self._pieces.append(str(printed)[: self._room])
            self._room -= len(printed)
        return len(printed)

    @contextmanager
    def in_place(self) -> Iterator[None]:
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


class _FirstBytes(io.RawIOBase):
    """A binary stream that keeps the first bytes that are written to it."""

    mode = "wb"

    def __init__(self, descriptor: int, name: str) -> None:
        self.content = bytearray()
        self._descriptor = descriptor
        self.name = name

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._descriptor

    def write(self, written: Any, /) -> int:
        content = memoryview(written).cast("B")
        self.content += content[: _MAX_BYTES - len(self.content)]
        return len(content)


class StandardStream:
    """A stream like Python's own, as `python FILE` has it at a pipe: `stdout` or `stderr`."""

    def __init__(self, name: str) -> None:
        is_error = name == "stderr"
        self._name = name
        self._kept = _FirstBytes(1 + is_error, f"<{name}>")
        self._buffer = io.BufferedWriter(self._kept)
        errors = "backslashreplace" if is_error else "surrogateescape"
        self.stream = io.TextIOWrapper(self._buffer, "utf-8", errors, "\n", line_buffering=is_error)
        self.stream.mode = "w"  # type: ignore[misc]  # as Python sets it when it starts

    @contextmanager
    def in_place(self) -> Iterator[None]:
        """Replace `sys.stdout` or `sys.stderr` by it; at the end, flush it and what the program put in its place."""
        names = (self._name, f"__{self._name}__")
        before = [getattr(sys, name) for name in names]
        for name in names:
            setattr(sys, name, self.stream)
        try:
            yield
        finally:
            for stream in (getattr(sys, self._name, None), self.stream, self._buffer):
                with suppress(BaseException):
                    stream.flush()  # type: ignore[union-attr]
            for name, value in zip(names, before, strict=True):
                setattr(sys, name, value)

    def text(self) -> str:
        """Return the beginning of what was written; bytes that are no UTF-8 as escapes."""
        return self._kept.content.decode("utf-8", "backslashreplace")
