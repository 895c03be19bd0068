"""The fork engine: one zygote has imported torch, and every job gets a fork of it. Linux only."""

from __future__ import annotations

import contextlib
import math
import os
import socket
import threading
import time
import weakref
from itertools import count
from pathlib import Path

import msgspec

from tensordrill.errors import SandboxError
from tensordrill.sandbox import start
from tensordrill.sandbox.frames import Frames, Replies, remaining
from tensordrill.sandbox.isolation import Isolation, StartMethod, StartMethods, level_of
from tensordrill.sandbox.process import Process
from tensordrill.sandbox.protocol import (
    CRASHED,
    TIMED_OUT,
    Begun,
    Exited,
    Job,
    Lost,
    Observation,
    Ready,
    Reply,
    decode_event,
    encode,
)

_CONTROL_BYTES = 65536
_MAX_CPU_SECONDS = 600
_SEND_SECONDS = 120.0
_KILL_SECONDS = 2.0
_BEGIN_SECONDS = 1.0
_POLL_SECONDS = 0.01


class ForkEngine:
    """A zygote, started when it is first needed and again whenever it is gone; threads may share it.

    `_zygote` is the process that has imported torch, `_preloaded` its fork that has imported what torch imports
    lazily; each is None until a job needs it, and one that has ended is replaced at the next job. `_attempts` says
    how the next zygote is started. `_jobs` numbers forks, for both. `_runs` are the jobs under way, which `close`
    ends. Whoever holds `_lock` may change the first two and read from their sockets.
    """

    def __init__(self, isolation: Isolation = "auto", own: Path | None = None) -> None:
        self._lock = threading.RLock()
        self._attempts = StartMethods(isolation, own)
        self._own = own
        self._zygote: _ZygoteProcess | None = None
        self._preloaded: _Preloaded | None = None
        self._jobs = count(1)
        self._runs: weakref.WeakSet[ForkRun] = weakref.WeakSet()

    def warm(self, *, preloaded: bool = False) -> None:
        """Start the zygote where none is alive, and have it fork the preloaded one."""
        with self._lock:
            if self._zygote is None or not self._zygote.is_alive():
                self._replace()
            assert self._zygote is not None
            if preloaded and (self._preloaded is None or not self._preloaded.is_alive()):
                self._end_preloaded()
                self._preloaded = self._zygote.preload(next(self._jobs))

    def ready(self, seconds: float, *, preloaded: bool = False) -> Ready | Lost | None:
        """Return what the zygote reports of itself, None where it has not within `seconds`.

        One that never gets there is replaced by one at the next level.
        """
        deadline = time.monotonic() + seconds
        with self._lock:
            report = self._zygote_ready(deadline)
        if not preloaded or not isinstance(report, Ready) or report.failed:
            return report
        while (report := self._preloaded_ready()) is None and remaining(deadline):
            time.sleep(_POLL_SECONDS)  # without the lock: jobs of the zygote go on meanwhile
        return report

    def start(self, job: Job, *, preloaded: bool = False) -> ForkRun:
        """Fork for a job; a zygote that has gone is replaced."""
        number = next(self._jobs)
        seconds = job.limits.cpu or job.limits.seconds
        cpu = min(math.ceil(seconds * (len(job.programs) + job.followers)) + 1, _MAX_CPU_SECONDS)
        ours, theirs = socket.socketpair()
        try:
            with theirs, self._lock:
                server = self._hand_over(number, f"{cpu} {job.limits.memory}", theirs.fileno(), preloaded)
                run = ForkRun(server, number, ours)
                self._runs.add(run)
        except BaseException:
            ours.close()
            raise
        run.send(job)
        return run

    def close(self) -> None:
        """End the zygote, which ends its forks."""
        with self._lock:
            for run in list(self._runs):
                run.close()
            self._end()

    def _end(self) -> None:
        self._end_preloaded()
        if self._zygote is not None:
            self._zygote.end()
        self._zygote = None

    def _end_preloaded(self) -> None:
        if self._preloaded is not None:
            self._preloaded.end()
        self._preloaded = None

    def _replace(self) -> None:
        self._end()
        self._zygote = self._started()

    def _started(self) -> _ZygoteProcess:
        while True:
            way = self._attempts.best()
            try:
                return _ZygoteProcess(way, self._own, self._lock)
            except SandboxError as error:
                if way.becomes != "before" or not self._attempts.reject(way, str(error)):
                    raise

    def _zygote_ready(self, deadline: float) -> Ready | Lost | None:
        while self._zygote is not None:
            report = self._zygote.ready(remaining(deadline))
            if not self._reject():
                return report
            self._replace()
        return "lost"

    def _preloaded_ready(self) -> Ready | Lost | None:
        with self._lock:
            return "lost" if self._preloaded is None else self._preloaded.ready(0)

    def _reject(self) -> bool:
        """Whether the zygote is to be replaced by one that is started in another way."""
        failure = None if self._zygote is None else self._zygote.failure()
        return bool(self._zygote and failure is not None and self._attempts.reject(self._zygote.way, failure))

    def _hand_over(self, job: int, limits: str, descriptor: int, preloaded: bool) -> _ForkServer:
        self.warm()
        assert self._zygote is not None
        if not self._zygote.has_begun(_BEGIN_SECONDS):
            self.ready(0)
        server = self._server(preloaded)
        if not server.fork(job, limits, descriptor):
            server = self._server(preloaded)
            server.fork(job, limits, descriptor)  # in vain again: then the run finds its server gone
        return server

    def _server(self, preloaded: bool) -> _ForkServer:
        self.warm(preloaded=preloaded)
        server = self._preloaded if preloaded else self._zygote
        assert server is not None
        return server


class _ForkServer:
    """The parent's end of a process that forks for jobs; its events are for the thread that holds its engine's `lock`.

    `_forks` are the numbers of the forks that were asked for and have not been reported as ended: a run whose socket
    ended waits until its number has left the set, or the server is `_gone`, and so knows a crash of the program from
    the loss of the server. `_ready` is the server's report, None until it came. A server is gone once its socket has
    ended, and never comes back.
    """

    def __init__(self, way: StartMethod, control: socket.socket, lock: threading.RLock) -> None:
        self.way = way
        self._control = control
        self._lock = lock
        self._forks: set[int] = set()
        self._ready: Ready | None = None
        self._gone = False

    def ready(self, seconds: float) -> Ready | Lost | None:
        """Return its report of itself, None where none came within `seconds`."""
        deadline = time.monotonic() + seconds
        while self._ready is None and self._hear(remaining(deadline)):
            pass
        return "lost" if self._ready is None and self._gone else self._ready

    def is_alive(self) -> bool:
        """Whether it still has its end of the control socket."""
        with self._lock:
            while self._hear(0):
                pass
            return not self._gone

    def fork(self, job: int, limits: str, descriptor: int) -> bool:
        """Ask it to fork for a job; return whether it is there."""
        self._forks.add(job)
        return self.send(f"run {job} {limits}", descriptor)

    def send(self, command: str, *descriptors: int) -> bool:
        """Send a command; return whether it is there."""
        try:
            self._control.settimeout(_SEND_SECONDS)
            socket.send_fds(self._control, [command.encode("ascii")], descriptors)
        except OSError:
            self.end()
        return not self._gone

    def kill(self, job: int) -> None:
        """End the fork of a job; one that has ended already is left alone."""
        with self._lock:
            if not self._gone:
                self.send(f"kill {job}")

    def has_ended(self, job: int) -> bool:
        """End the fork of a job and wait for it; a server that does not manage to is ended itself."""
        with self._lock:
            if self._hears_of(job, 0):
                return True
            self.kill(job)
            if self._hears_of(job, _KILL_SECONDS):
                return True
            self.end()
        return False

    def end(self) -> None:
        """End the process, which ends its forks."""
        self._gone = True
        self._control.close()

    def _hears_of(self, job: int, seconds: float) -> bool:
        deadline = time.monotonic() + seconds
        while job in self._forks and self._hear(remaining(deadline)):
            pass
        return job not in self._forks

    def _hear(self, seconds: float) -> Begun | Ready | Exited | None:
        """Return the next event after noting it; None where none came within `seconds` or none will."""
        if self._gone:
            return None
        try:
            self._control.settimeout(seconds)
            received = self._control.recv(_CONTROL_BYTES)
        except (BlockingIOError, TimeoutError):
            return None
        except OSError:  # it ended with commands unread
            received = b""
        self._gone = not received
        return self._note(decode_event(received)) if received else None

    def _note(self, event: Begun | Ready | Exited) -> Begun | Ready | Exited:
        if isinstance(event, Ready):
            self._ready = msgspec.structs.replace(event, level=level_of(self.way, event.layers))
        elif isinstance(event, Exited):
            self._forks.discard(event.job)
        return event


class _ZygoteProcess(_ForkServer):
    """The process that imported torch, from its start to its end.

    It has begun once its own program runs, which shows that what surrounds it works; it is ready once torch is
    imported. One that ended before it was ready is a `failure` of the way in which it was started.
    """

    def __init__(self, way: StartMethod, own: Path | None, lock: threading.RLock) -> None:
        control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        super().__init__(way, control, lock)
        self._begun = False
        self._scratch = start.scratch(own)
        try:
            with theirs:
                folder = None if self._scratch is None else self._scratch.name
                self._process = Process(*start.zygote(way, theirs, own, folder))
        except BaseException:
            control.close()
            self._clean_up()
            raise

    def has_begun(self, seconds: float) -> bool:
        """Whether its own program runs, within `seconds`."""
        deadline = time.monotonic() + seconds
        while not self._begun and self._hear(remaining(deadline)):
            pass
        return self._begun

    def failure(self) -> str | None:
        """Return why it will never be ready, None where it may be or where somebody killed it."""
        if self._ready is not None:
            return self._ready.failed
        if not self._gone:
            return None
        self.end()
        return None if self._process.was_killed() else self._process.last_words

    def is_alive(self) -> bool:
        """Whether it still has its end of the control socket."""
        return super().is_alive() and not self._process.has_ended()

    def preload(self, job: int) -> _Preloaded:
        """Ask the zygote to fork a preloaded one, whose number among its forks is `job`."""
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        proc = start.open_proc()
        with theirs:
            self._forks.add(job)
            self.send(f"preload {job}", theirs.fileno(), *([] if proc is None else [proc]))
        if proc is not None:
            os.close(proc)
        return _Preloaded(self, job, ours, self._lock)

    def end(self) -> None:
        """End the process, which ends its forks."""
        super().end()
        self._process.end(1.0 if self._ready is not None else 0.0)
        self._clean_up()

    def _clean_up(self) -> None:
        if self._scratch is not None:
            self._scratch.cleanup()

    def _note(self, event: Begun | Ready | Exited) -> Begun | Ready | Exited:
        if isinstance(event, Begun):
            self._begun = True
            self._process.hold()
        return super()._note(event)


class _Preloaded(_ForkServer):
    """A fork of the zygote that has imported what torch imports lazily, and forks in its turn."""

    def __init__(
        self, zygote: _ZygoteProcess, job: int, control: socket.socket, lock: threading.RLock
    ) -> None:
        super().__init__(zygote.way, control, lock)
        self._zygote = zygote
        self._job = job

    def end(self) -> None:
        """End the process, which ends its forks."""
        super().end()
        self._zygote.kill(self._job)


class ForkRun:
    """One job in one fork."""

    def __init__(self, server: _ForkServer, number: int, channel: socket.socket) -> None:
        self._server = server
        self._number = number
        self._channel = channel
        self._frames = Frames()
        self._replies = Replies(())

    def send(self, job: Job) -> None:
        """Write the job; a fork that is gone shows when its replies are read."""
        self._replies = Replies(job.programs)
        body = encode(job)
        self._channel.settimeout(_SEND_SECONDS)
        with contextlib.suppress(OSError):
            self._channel.sendall(len(body).to_bytes(4, "big") + body)

    def follow(self, job: Job) -> bool:
        """Hand another job to the same fork, which has answered all of the one before."""
        if self._channel.fileno() == -1:
            return False
        self.send(job)
        return True

    def next(self, seconds: float) -> Reply | Observation | Lost:
        """Return the next reply, or a timeout, a crash, or `lost` where the zygote has gone."""
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
                return TIMED_OUT if self._server.has_ended(self._number) else "lost"
            if (
                not received
            ):  # where all of the server's processes die at once, its fork may be the first to be seen
                return CRASHED if self._server.has_ended(self._number) else "lost"
            self._frames.feed(received)

    def _receive(self, seconds: float) -> bytes | None:
        """Return what came, nothing at its end, None where nothing came within `seconds`."""
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
            self._server.kill(self._number)

    def __del__(self) -> None:
        self.close()
