"""The fork engine: one zygote has imported torch, and every job gets a fork of it. Linux only."""

from __future__ import annotations

import contextlib
import math
import socket
import subprocess
import time
import weakref
from itertools import count

from tensordrill.lab import isolation
from tensordrill.lab.frames import Frames, Replies, remaining
from tensordrill.lab.protocol import (
    CRASHED,
    TIMED_OUT,
    Job,
    Lost,
    Observation,
    Ready,
    Reply,
    decode_exited,
    decode_ready,
    encode,
)

_CONTROL_BYTES = 65536
_MAX_CPU_SECONDS = 600
_SEND_SECONDS = 120.0
_KILL_SECONDS = 2.0


class ForkEngine:
    """Starts the zygote when it is first needed and again whenever it is gone."""

    def __init__(self) -> None:
        self._zygote: _Zygote | None = None
        self._jobs = count(1)
        self._runs: weakref.WeakSet[ForkRun] = weakref.WeakSet()

    def warm(self) -> None:
        """Start the zygote where none is alive."""
        if self._zygote is None or not self._zygote.is_alive():
            self._end()
            self._zygote = _Zygote()

    def ready(self, seconds: float) -> Ready | Lost | None:
        """Give what the zygote says of itself, None where it has not within `seconds`."""
        return None if self._zygote is None else self._zygote.ready(seconds)

    def start(self, job: Job) -> ForkRun:
        """Fork for a job; a zygote that has gone is replaced."""
        number = next(self._jobs)
        cpu = min(math.ceil(job.limits.seconds * len(job.programs)) + 1, _MAX_CPU_SECONDS)
        ours, theirs = socket.socketpair()
        try:
            with theirs:
                zygote = self._hand_over(f"run {number} {cpu} {job.limits.memory}", theirs.fileno())
        except BaseException:
            ours.close()
            raise
        run = ForkRun(zygote, number, ours)
        self._runs.add(run)
        run.send(job)
        return run

    def close(self) -> None:
        """End the zygote, which ends its forks."""
        for run in list(self._runs):
            run.close()
        self._end()

    def _end(self) -> None:
        if self._zygote is not None:
            self._zygote.end()
        self._zygote = None

    def _hand_over(self, command: str, descriptor: int) -> _Zygote:
        self.warm()
        assert self._zygote is not None
        if not self._zygote.send(command, descriptor):
            self.warm()
            self._zygote.send(command, descriptor)  # in vain again: then the run finds its zygote gone
        return self._zygote


class _Zygote:
    """One process, from its start to its end."""

    def __init__(self) -> None:
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._ready: Ready | None = None
        self._gone = False
        try:
            with theirs:
                self._process = isolation.start("fork", stdin=theirs, stdout=subprocess.DEVNULL)
        except BaseException:
            self._control.close()
            raise

    def ready(self, seconds: float) -> Ready | Lost | None:
        """Give what it says of itself, None where it has not within `seconds`."""
        if self._ready is None:
            said = self._next_word(seconds)
            if said:
                self._ready = decode_ready(said)
        if self._ready is None and self._gone:
            return "lost"
        return self._ready

    def is_alive(self) -> bool:
        """Tell whether it still has its end of the control socket; drops what it said of exits."""
        if self._ready is not None:
            while self._next_word(0):
                pass
        return not self._gone and self._process.poll() is None

    def send(self, command: str, *descriptors: int) -> bool:
        """Give a command, or tell that it has gone."""
        try:
            self._control.settimeout(_SEND_SECONDS)
            socket.send_fds(self._control, [command.encode("ascii")], descriptors)
        except OSError:
            self.end()
        return not self._gone

    def kill(self, job: int) -> None:
        """End the fork of a job; one that has ended already is left alone."""
        if not self._gone:
            self.send(f"kill {job}")

    def has_ended(self, job: int) -> bool:
        """End the fork of a job and wait for it; a zygote that does not manage to is ended itself."""
        while said := self._next_word(0):
            if decode_exited(said).job == job:
                return True
        self.kill(job)
        deadline = time.monotonic() + _KILL_SECONDS
        while said := self._next_word(remaining(deadline)):
            if decode_exited(said).job == job:
                return True
        self.end()
        return False

    def end(self) -> None:
        """End the process, which ends its forks."""
        self._gone = True
        self._control.close()
        if self._ready is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(1.0)
        self._process.kill()
        self._process.wait()

    def _next_word(self, seconds: float) -> bytes | None:
        """Give the next message, or None where none came within `seconds` or none will."""
        if self._gone:
            return None
        try:
            self._control.settimeout(seconds)
            said = self._control.recv(_CONTROL_BYTES)
        except (BlockingIOError, TimeoutError):
            return None
        except OSError:  # it ended with commands unread
            said = b""
        self._gone = not said
        return said or None


class ForkRun:
    """One job in one fork."""

    def __init__(self, zygote: _Zygote, number: int, channel: socket.socket) -> None:
        self._zygote = zygote
        self._number = number
        self._channel = channel
        self._frames = Frames()
        self._replies = Replies()

    def send(self, job: Job) -> None:
        """Write the job; a fork that is gone shows when its replies are read."""
        body = encode(job)
        self._channel.settimeout(_SEND_SECONDS)
        with contextlib.suppress(OSError):
            self._channel.sendall(len(body).to_bytes(4, "big") + body)

    def next(self, seconds: float) -> Reply | Observation | Lost:
        """Give the next reply, or a timeout, a crash, or `lost` where the zygote has gone."""
        deadline = time.monotonic() + seconds
        while True:
            try:
                while (body := self._frames.next_body()) is not None:
                    reply = self._replies.decode(body)
                    if reply is not None:
                        return reply
            except ValueError:
                return CRASHED
            received = self._receive(remaining(deadline))
            if received is None:
                return TIMED_OUT if self._zygote.has_ended(self._number) else "lost"
            if not received:
                return CRASHED if self._zygote.is_alive() else "lost"
            self._frames.feed(received)

    def _receive(self, seconds: float) -> bytes | None:
        """Give what came, nothing at its end, None where nothing came within `seconds`."""
        if not seconds:
            return None  # though more may have come: a flood of frames has no end
        try:
            self._channel.settimeout(seconds)
            return self._channel.recv(1 << 18)
        except TimeoutError:
            return None
        except OSError:
            return b""

    def close(self) -> None:
        """End the fork, whatever it is doing."""
        if self._channel.fileno() != -1:
            self._channel.close()
            self._zygote.kill(self._number)

    def __del__(self) -> None:
        self.close()
