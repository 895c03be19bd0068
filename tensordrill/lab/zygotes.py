"""The fork engine: one zygote has imported torch, and every job gets a fork of it. Linux only."""

from __future__ import annotations

import contextlib
import math
import select
import socket
import subprocess
import time
from itertools import count

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
    encode,
)

_CONTROL_BYTES = 65536
_MAX_CPU_SECONDS = 600


class ForkEngine:
    """Starts the zygote when it is first needed and again whenever it is gone."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._ready: Ready | None = None
        self._jobs = count(1)

    def warm(self) -> None:
        """Start the zygote where none is alive."""
        if self._process is not None and self._process.poll() is None:
            return
        self.close()
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = isolation.start("fork", stdin=theirs, stdout=subprocess.DEVNULL)
        self._control = ours

    def ready(self, seconds: float) -> Ready | None:
        """Give what the zygote says of itself, or None where it has not within `seconds`."""
        if self._ready is None and self._control is not None:
            readable, _, _ = select.select([self._control], [], [], seconds)
            if readable:
                said = self._control.recv(_CONTROL_BYTES)
                self._ready = decode_ready(said) if said else Ready(failed="the process ended at once")
        return self._ready

    def start(self, job: Job) -> ForkRun:
        """Fork for a job; a zygote that has gone is replaced."""
        number = next(self._jobs)
        ours, theirs = socket.socketpair()
        with theirs:
            limits = job.limits
            cpu = min(math.ceil(limits.seconds * len(job.programs)) + 1, _MAX_CPU_SECONDS)
            self._send(f"run {number} {cpu} {limits.memory}", theirs.fileno())
        run = ForkRun(self, number, ours)
        run.send(job)
        return run

    def kill(self, number: int) -> None:
        """End the fork of a job; one that has ended already is left alone."""
        with contextlib.suppress(OSError):
            if self._control is not None:
                self._control.send(f"kill {number}".encode())

    def is_alive(self) -> bool:
        """Tell whether the zygote still has its end of the control socket; drops what it said of exits."""
        if self._control is None or self._process is None:
            return False
        try:
            while self._ready is not None:
                if not self._control.recv(_CONTROL_BYTES, socket.MSG_DONTWAIT):
                    return False
        except BlockingIOError:
            return True
        except OSError:
            return False
        return self._process.poll() is None

    def close(self) -> None:
        """End the zygote, which ends its forks."""
        if self._control is not None:
            self._control.close()
        if self._process is not None:
            try:
                self._process.wait(1.0)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        self._process = self._control = self._ready = None

    def _send(self, command: str, descriptor: int) -> None:
        if not self.is_alive():
            self.close()
            self.warm()
        for attempt in (1, 2):
            assert self._control is not None
            try:
                socket.send_fds(self._control, [command.encode()], [descriptor])
                return
            except OSError:
                if attempt == 2:
                    raise
                self.close()
                self.warm()


class ForkRun:
    """One job in one fork."""

    def __init__(self, engine: ForkEngine, number: int, channel: socket.socket) -> None:
        self._engine = engine
        self._number = number
        self._channel = channel
        self._frames = Frames()
        self._open = True

    def send(self, job: Job) -> None:
        """Write the job; a fork that is gone shows when its replies are read."""
        body = encode(job)
        self._channel.settimeout(None)
        with contextlib.suppress(OSError):
            self._channel.sendall(len(body).to_bytes(4, "big") + body)

    def next(self, seconds: float) -> Reply | Observation | Lost:
        """Give the next reply, or a timeout, a crash, or `lost` where the zygote has gone."""
        deadline = time.monotonic() + seconds
        while True:
            try:
                reply = self._frames.next_reply()
            except (msgspec.MsgspecError, RecursionError, ValueError):
                return CRASHED
            if reply is not None:
                return reply
            self._channel.settimeout(max(remaining(deadline), 0.0001))
            try:
                received = self._channel.recv(1 << 18)
            except TimeoutError:
                return TIMED_OUT
            except OSError:
                received = b""
            if not received:
                return CRASHED if self._engine.is_alive() else "lost"
            self._frames.feed(received)

    def close(self) -> None:
        """End the fork, whatever it is doing."""
        if self._open:
            self._open = False
            self._channel.close()
            self._engine.kill(self._number)
