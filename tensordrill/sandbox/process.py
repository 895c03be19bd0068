"""One process that runs torch, with bubblewrap around it or without. Linux only."""

from __future__ import annotations

import contextlib
import os
import re
import select
import signal
import subprocess

_END_SECONDS = 5.0
_MOST_BYTES = 4096
_CHILD = re.compile(rb'"child-pid": *([0-9]+)')
_KILLED = (-signal.SIGTERM, -signal.SIGKILL, 128 + signal.SIGTERM, 128 + signal.SIGKILL)


class Process:
    """A started process; `info` is where bubblewrap writes the number of the one inside it."""

    def __init__(self, started: subprocess.Popen[bytes], info: int | None = None) -> None:
        self._started = started
        self._info = info
        self._inside: int | None = None
        self.last_words = ""
        """The last line of its standard error, once it has ended."""

    @property
    def pid(self) -> int:
        """The number of what was started, which is bubblewrap where it is used."""
        return self._started.pid

    def has_ended(self) -> bool:
        """Whether it has ended; never waits."""
        return self._started.poll() is not None

    def was_killed(self) -> bool:
        """Whether somebody else ended it, rather than it itself."""
        return self._started.returncode in _KILLED

    def hold(self) -> None:
        """Take hold of the process inside bubblewrap: ending bubblewrap would not end that one."""
        if self._info is None:
            return
        info, self._info = self._info, None
        with os.fdopen(info, "rb", buffering=0) as stream, contextlib.suppress(OSError):
            if select.select([stream], [], [], _END_SECONDS)[0]:
                number = _CHILD.search(stream.read(_MOST_BYTES) or b"")
                self._inside = os.pidfd_open(int(number[1])) if number and not self.has_ended() else None

    def end(self, seconds: float = 0.0) -> None:
        """End it and wait for that; it has `seconds` to end by itself."""
        self.hold()
        ended = seconds > 0 and self._has_ended_within(seconds)
        if self._inside is not None:
            with contextlib.suppress(OSError):
                signal.pidfd_send_signal(self._inside, signal.SIGKILL)
            ended = ended or self._has_ended_within(_END_SECONDS)
            os.close(self._inside)
            self._inside = None
        if not ended:
            with contextlib.suppress(PermissionError):  # another user's: the end of its socket ends it
                self._started.kill()
            self._started.wait()
        self._hear_last_words()

    def _hear_last_words(self) -> None:
        stderr = self._started.stderr
        if stderr is not None and not stderr.closed:
            with stderr:
                os.set_blocking(stderr.fileno(), False)
                lines = (stderr.read(_MOST_BYTES) or b"").decode("utf-8", "replace").strip().splitlines()
            self.last_words = lines[-1] if lines else "it ended without a word"

    def _has_ended_within(self, seconds: float) -> bool:
        try:
            self._started.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        return True
