"""A real terminal that tells when something has appeared on it."""

from __future__ import annotations

import time
from types import TracebackType

import pexpect


class Terminal:
    """Runs a command in a pseudo-terminal."""

    def __init__(self, command: str, arguments: list[str], environment: dict[str, str]) -> None:
        self.started = time.perf_counter()
        self._child = pexpect.spawn(command, arguments, env=environment, dimensions=(40, 80), timeout=60)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._child.close(force=True)

    def until(self, text: str) -> float:
        """Wait until the text has appeared; give the seconds since the start."""
        self._child.expect_exact(text.encode())
        return time.perf_counter() - self.started

    def type(self, text: str) -> None:
        """Type and press Enter."""
        self._child.send(text + "\r")
