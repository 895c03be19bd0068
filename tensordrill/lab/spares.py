"""The spawn engine, where a warm process cannot be forked: whole processes, started in advance.

One warm process runs bank programs; a warm spare takes each learner program and ends with it.
"""

from __future__ import annotations

import contextlib
import queue
import subprocess
import threading
import time
from typing import IO

import msgspec

from tensordrill.lab import isolation
from tensordrill.lab.frames import Frames, remaining
from tensordrill.lab.protocol import (
    CRASHED,
    TIMED_OUT,
    Job,
    Lost,
    Observation,
    Ready,
    Reply,
    decode_ready,
    decode_reply,
    encode,
)

_START_SECONDS = 120.0


class SpawnEngine:
    """Keeps one process for bank programs and one spare for a learner's."""

    def __init__(self) -> None:
        self._bank: _Server | None = None
        self._spare: _Server | None = None

    def warm(self) -> None:
        """Start both processes where they are not alive."""
        if self._bank is None or not self._bank.is_free():
            self._end(self._bank)
            self._bank = _Server()
        if self._spare is None or not self._spare.is_free():
            self._end(self._spare)
            self._spare = _Server()

    def ready(self, seconds: float) -> Ready | None:
        """Give what the bank's process says of itself, or None where it has not within `seconds`."""
        return None if self._bank is None else self._bank.ready(seconds)

    def start(self, job: Job) -> SpawnRun:
        """Hand a job to a process that nothing else uses."""
        self.warm()
        assert self._bank is not None
        if job.trust == "bank":
            return SpawnRun(self._bank, job)
        spare, self._spare = self._spare, _Server()
        assert spare is not None
        return SpawnRun(spare, job)

    def close(self) -> None:
        """End both processes."""
        self._end(self._bank)
        self._end(self._spare)
        self._bank = self._spare = None

    def _end(self, server: _Server | None) -> None:
        if server is not None:
            server.end()


class SpawnRun:
    """One job in one process."""

    def __init__(self, server: _Server, job: Job) -> None:
        self._server = server
        self._unanswered = len(job.programs)
        self._single_use = job.trust == "learner"
        server.send(job)

    def next(self, seconds: float) -> Reply | Observation | Lost:
        """Give the next reply, or a timeout or a crash."""
        if self._server.ready(_START_SECONDS) is None:
            return "lost"
        try:
            body = self._server.body(seconds)
            if body is None:
                return CRASHED
            reply = decode_reply(body)
        except TimeoutError:
            return TIMED_OUT
        except (msgspec.MsgspecError, RecursionError):
            return CRASHED
        self._unanswered -= 1
        if reply.stop:
            self._server.end()
        return reply

    def close(self) -> None:
        """End the process unless it can take another job of the bank."""
        if self._single_use or self._unanswered:
            self._server.end()
        self._server.busy = False


class _Server:
    def __init__(self) -> None:
        self._process = isolation.start("serve", stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self._bodies: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._ready: Ready | None = None
        self.busy = False
        assert self._process.stdout is not None
        threading.Thread(target=_read, args=(self._process.stdout, self._bodies), daemon=True).start()

    def is_free(self) -> bool:
        return not self.busy and self._process.poll() is None

    def ready(self, seconds: float) -> Ready | None:
        if self._ready is None:
            with contextlib.suppress(TimeoutError):
                body = self.body(seconds)
                self._ready = decode_ready(body) if body else Ready(failed="the process ended at once")
        return self._ready

    def send(self, job: Job) -> None:
        self.busy = True
        body = encode(job)
        assert self._process.stdin is not None
        with contextlib.suppress(OSError):
            self._process.stdin.write(len(body).to_bytes(4, "big") + body)
            self._process.stdin.flush()

    def body(self, seconds: float) -> bytes | None:
        deadline = time.monotonic() + seconds
        try:
            return self._bodies.get(timeout=max(remaining(deadline), 0.0001))
        except queue.Empty:
            raise TimeoutError from None

    def end(self) -> None:
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()


def _read(stream: IO[bytes], bodies: queue.SimpleQueue[bytes | None]) -> None:
    frames = Frames()
    try:
        while received := stream.read1(1 << 16):  # type: ignore[attr-defined]  # a BufferedReader has it
            frames.feed(received)
            while (body := frames.next_body()) is not None:
                bodies.put(body)
    except ValueError:
        pass  # a frame too long, or a stream that was closed: nothing more can be read
    bodies.put(None)
