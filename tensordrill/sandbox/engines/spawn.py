"""The spawn engine, where a warm process cannot be forked: whole processes, started in advance.

One warm process runs bank programs; a warm spare takes each learner job and ends with it.
"""

from __future__ import annotations

import contextlib
import os
import queue
import subprocess
import threading
import time
import weakref
from pathlib import Path
from typing import IO

from tensordrill.sandbox import start
from tensordrill.sandbox.frames import Frames, Replies, remaining
from tensordrill.sandbox.protocol import (
    CRASHED,
    TIMED_OUT,
    Job,
    Lost,
    Observation,
    Ready,
    Reply,
    decode_ready,
    encode,
)

_START_SECONDS = 120.0
_MOST_FREE = 2
_MOST_UNREAD = 8


class SpawnEngine:
    """A process for bank programs and a spare for a learner's; jobs under way have their own.

    The same again, preloaded, once a job needs it.
    """

    def __init__(self, own: Path | None = None) -> None:
        self._own = own
        self._banks: list[_Server] = []
        self._spares: dict[bool, _Server] = {}
        self._runs: weakref.WeakSet[SpawnRun] = weakref.WeakSet()

    def warm(self, *, preloaded: bool = False) -> None:
        """Start a process of each sort where none is alive."""
        for server in [server for server in self._banks if not server.is_alive()]:
            self._banks.remove(server)
            server.end()
        if not self._banks_that(preloaded):
            self._banks.append(self._started(preloaded))
        if preloaded in self._spares and not self._spares[preloaded].is_alive():
            self._spares.pop(preloaded).end()
        if preloaded not in self._spares:
            self._spares[preloaded] = self._started(preloaded)

    def ready(self, seconds: float, *, preloaded: bool = False) -> Ready | Lost | None:
        """Return what the bank's process reports of itself, None where it has not within `seconds`."""
        banks = self._banks_that(preloaded)
        return banks[0].ready(seconds) if banks else "lost"

    def start(self, job: Job, *, preloaded: bool = False) -> SpawnRun:
        """Hand a job to a process that nothing else uses."""
        self.warm(preloaded=preloaded)
        server = self._spare(preloaded) if job.trust == "learner" else self._free_bank(preloaded)
        run = SpawnRun(self, server, job)
        self._runs.add(run)
        run.send(job)
        return run

    def keep(self, server: _Server) -> bool:
        """Take back a process that can run another job of the bank, unless enough of them wait."""
        banks = self._banks_that(server.preloaded)
        return server in banks and sum(not bank.busy for bank in banks) < _MOST_FREE

    def close(self) -> None:
        """End all processes."""
        for run in list(self._runs):
            run.close()
        for server in (*self._banks, *self._spares.values()):
            server.end()
        self._banks, self._spares = [], {}

    def _banks_that(self, are_preloaded: bool) -> list[_Server]:
        return [bank for bank in self._banks if bank.preloaded == are_preloaded]

    def _free_bank(self, preloaded: bool) -> _Server:
        for server in self._banks_that(preloaded):
            if not server.busy:
                return server
        self._banks.append(self._started(preloaded))
        return self._banks[-1]

    def _spare(self, preloaded: bool) -> _Server:
        taken, self._spares[preloaded] = self._spares[preloaded], self._started(preloaded)
        return taken

    def _started(self, preloaded: bool) -> _Server:
        return _Server(self._own, preloaded)


class SpawnRun:
    """One job in one process."""

    def __init__(self, engine: SpawnEngine, server: _Server, job: Job) -> None:
        self._engine = engine
        self._server = server
        self._replies = Replies(job.programs)
        self._unanswered = len(job.programs)
        self._reusable = job.trust == "bank"
        self._open = True
        server.busy = True

    def send(self, job: Job) -> None:
        """Write the job; a process that is gone shows when its replies are read."""
        self._server.send(encode(job))

    def follow(self, job: Job) -> bool:  # noqa: ARG002 (as a fork's)
        """Take no other job: a learner's process has given up what it would need to begin one."""
        return False

    def next(self, seconds: float) -> Reply | Observation | Lost:
        """Return the next reply, or a timeout, a crash, or `lost` where the process never began."""
        ready = self._server.ready(_START_SECONDS)
        if not isinstance(ready, Ready) or ready.failed:
            return "lost"
        deadline = time.monotonic() + seconds
        try:
            reply = None
            while reply is None:
                body = self._server.body(remaining(deadline))
                if body is None:
                    return CRASHED
                reply = self._replies.decode(body)
        except TimeoutError:
            return TIMED_OUT
        except ValueError:
            return CRASHED
        self._unanswered -= 1
        self._reusable = self._reusable and not reply.stop
        return reply

    def close(self) -> None:
        """End the process unless it can take another job of the bank."""
        if self._open:
            self._open = False
            if self._unanswered or not self._reusable or not self._engine.keep(self._server):
                self._server.end()
            self._server.busy = False

    def __del__(self) -> None:
        self.close()


class _Server:
    """One process, from its start to its end."""

    def __init__(self, own: Path | None, preloaded: bool) -> None:
        self.preloaded = preloaded
        self._scratch = start.scratch(own)
        folder = None if self._scratch is None else self._scratch.name
        self._process = start.server(
            own, folder, preloaded=preloaded, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0
        )
        self._bodies: queue.Queue[bytes | None] = queue.Queue(_MOST_UNREAD)
        self._ready: Ready | Lost | None = None
        self._ended = threading.Event()
        self.busy = False
        assert self._process.stdout is not None
        threading.Thread(target=self._read, args=(self._process.stdout,), daemon=True).start()

    def is_alive(self) -> bool:
        return self._ready != "lost" and not self._ended.is_set() and self._process.poll() is None

    def ready(self, seconds: float) -> Ready | Lost | None:
        if self._ready is None:
            with contextlib.suppress(TimeoutError):
                body = self.body(seconds)
                self._ready = "lost" if body is None else decode_ready(body)
        return self._ready

    def send(self, body: bytes) -> None:
        assert self._process.stdin is not None
        unsent = memoryview(len(body).to_bytes(4, "big") + body)
        with contextlib.suppress(OSError):
            while unsent:
                unsent = unsent[self._process.stdin.write(unsent) :]

    def body(self, seconds: float) -> bytes | None:
        """Return the next frame's body, or None where no more can come; raises TimeoutError."""
        try:
            return self._bodies.get(block=seconds > 0, timeout=seconds)
        except queue.Empty:
            raise TimeoutError from None

    def end(self) -> None:
        self._ended.set()
        start.end(self._process)
        assert self._process.stdin is not None
        self._process.stdin.close()
        if self._scratch is not None:
            self._scratch.cleanup()

    def _read(self, stream: IO[bytes]) -> None:
        frames = Frames()
        with stream, contextlib.suppress(ValueError):  # a frame too long: nothing after it can be read
            while received := os.read(stream.fileno(), 1 << 16):
                frames.feed(received)
                while (body := frames.next_body()) is not None:
                    self._put(body)
        self._put(None)

    def _put(self, body: bytes | None) -> None:
        """Wait for room: what a process can make its parent keep is bounded."""
        while not self._ended.is_set():
            with contextlib.suppress(queue.Full):
                self._bodies.put(body, timeout=1.0)
                return
