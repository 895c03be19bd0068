"""The parent's side of the sandbox: jobs go out, observations come back, dead processes are replaced.

>>> with Sandbox() as sandbox:
...     (observation,) = sandbox.run(Job((Program(given="x = torch.zeros(2, 3)", ask="x.t().shape"),)))
>>> observation.value
Size(v=(3, 2))
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from itertools import accumulate
from pathlib import Path
from types import TracebackType
from typing import NoReturn, Protocol

from tensordrill.errors import SandboxError
from tensordrill.messages import message
from tensordrill.sandbox.isolation import ISOLATIONS, Isolation, check_engine, check_layers
from tensordrill.sandbox.preload import needs_preload
from tensordrill.sandbox.protocol import Job, Lost, Observation, Program, Ready, Reply

START_SECONDS = 120.0
STARTS = 3


class ChildRun(Protocol):
    """A job under way in one child process."""

    def next(self, seconds: float) -> Reply | Observation | Lost:
        """Return the next reply, or why there is none within `seconds`."""

    def follow(self, job: Job) -> bool:
        """Hand another job to the same child, which has answered the one before; return whether it takes one."""

    def close(self) -> None:
        """End the child."""


class Engine(Protocol):
    """A way to have child processes: forks of a warm one, or whole ones started in advance."""

    def warm(self, *, preloaded: bool = False) -> None: ...
    def ready(self, seconds: float, *, preloaded: bool = False) -> Ready | Lost | None: ...
    def start(self, job: Job, *, preloaded: bool = False) -> ChildRun: ...
    def close(self) -> None: ...


class Pending:
    """A job under way; `result` waits for its observations.

    `_done` are the observations so far, in the order of the programs; `_run` is the child that runs the rest. A child
    answers its programs in turn until it asks to `stop`, crashes or runs out of time: then `_run` is replaced by a
    new child, which gets the rest alone. `_is_first` holds as long as that has not happened, for only a child that
    answered everything may be handed what follows. A child that needs preloading is replaced by one that is
    `_preloaded`, where all others of this job are from then on.
    """

    def __init__(
        self, sandbox: Sandbox, job: Job, run: ChildRun | None = None, *, preloaded: bool = False
    ) -> None:
        self._sandbox = sandbox
        self._job = job
        self._preloaded = preloaded
        self._run = run or self._started(job)
        self._is_first = True
        self._done: list[Observation] = []

    def result(self, *, keep: bool = False) -> tuple[Observation, ...]:
        """Wait for all observations, in the order of the programs; `keep` the child for those that follow.

        Raises SandboxError where torch cannot be started.
        """
        try:
            self._collect()
        except BaseException:
            self.close()
            raise
        if not keep:
            self.close()
        _compile_in_background()
        return tuple(self._done)

    def follow(self, programs: tuple[Program, ...], groups: tuple[int, ...] = ()) -> Pending:
        """Run more programs after `result(keep=True)`; use the result in place of this.

        They go to the same child if it is still healthy, else to a new one; until then no child has them in its
        memory. Raises SandboxError where torch cannot be started.
        """
        job = Job(programs, self._job.trust, self._job.limits, groups)
        if self._is_first and self._run.follow(job):
            return Pending(self._sandbox, job, self._run, preloaded=self._preloaded)
        self.close()
        return Pending(self._sandbox, job, preloaded=self._preloaded)

    def close(self) -> None:
        """End what still runs."""
        self._run.close()

    def _collect(self) -> None:
        job, starts = self._job, STARTS
        if len(self._done) < len(job.programs):
            self._sandbox.wait_ready(preloaded=self._preloaded)
        for end in accumulate(job.groups or (len(job.programs),)):
            patience = job.limits.patience
            while len(self._done) < end:
                reply = self._run.next(job.limits.seconds)
                if isinstance(reply, Reply) and reply.needs_preload and not self._preloaded:
                    self._preloaded = True
                    self._again()
                elif isinstance(reply, Reply):
                    self._done.append(reply.observation)
                    if reply.stop:
                        self._again()
                elif isinstance(reply, Observation):
                    patience -= 1
                    given_up = 1 if patience > 0 else end - len(self._done)
                    self._done += [reply] * given_up
                    self._again()
                elif starts := starts - 1:
                    self._again()
                else:
                    raise SandboxError(message("torch-keeps-ending"))

    def _again(self) -> None:
        self._is_first = False
        self._run.close()
        rest = self._job.programs[len(self._done) :]
        if rest:
            self._run = self._started(Job(rest, self._job.trust, self._job.limits))
            self._sandbox.wait_ready(preloaded=self._preloaded)

    def _started(self, job: Job) -> ChildRun:
        return self._sandbox.engine.start(job, preloaded=self._preloaded)


class Sandbox:
    """The sandbox's client; nothing is started before the first `warm` or job.

    `isolation` says what has to surround them: `auto` takes the best that works here, `bubblewrap` and
    `landlock` are demands, and `none` demands nothing and leaves bubblewrap out, while each fork still
    puts on itself the layers that this machine has. TENSORDRILL_ISOLATION stands in for `auto`.
    `own` is the folder of a script of the user's own: programs run there, and may read it and what is installed.
    Raises SandboxError for a choice that cannot be; that a machine cannot meet a demand shows when the first
    process starts.
    """

    def __init__(
        self,
        environ: Mapping[str, str] | None = None,
        isolation: Isolation = "auto",
        own: Path | None = None,
    ) -> None:
        environ = os.environ if environ is None else environ
        self.mode = _mode(environ)
        self.isolation = _isolation(environ) if isolation == "auto" else isolation
        self._own = own
        check_engine(self.isolation, self.mode)
        self._processes = _engine(self.mode, self.isolation, own)
        self.engine: Engine = self._processes

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def warm(self, *, preloaded: bool = False) -> None:
        """Start importing torch in the background, and with `preloaded` what it imports lazily as well."""
        self.engine.warm(preloaded=preloaded)

    @property
    def is_ready(self) -> bool:
        """Whether all imports of torch that are under way have been done; never waits."""
        return isinstance(self.engine.ready(0), Ready) and self.engine.ready(0, preloaded=True) is not None

    def wait_ready(self, *, preloaded: bool = False) -> Ready:
        """Wait until a process, `preloaded` or not, has imported torch; raises SandboxError where it cannot."""
        for _ in range(STARTS):
            self.engine.warm(preloaded=preloaded)
            ready = self.engine.ready(START_SECONDS, preloaded=preloaded)
            if ready != "lost":
                break
        if ready == "lost":
            raise SandboxError(message("torch-keeps-ending"))
        if ready is None:
            raise SandboxError(message("torch-did-not-start"))
        if ready.failed:
            raise SandboxError(message("torch-not-imported", reason=ready.failed))
        check_layers(self.isolation, ready)
        return ready

    def start(self, job: Job) -> Pending:
        """Hand a job over without waiting for it.

        Its programs run in a preloaded process where they name what torch imports lazily. A script of the
        user's own imports it itself: it has minutes, and must not begin twice.
        """
        return Pending(self, job, preloaded=self._own is None and needs_preload(job.programs))

    def run(self, job: Job) -> tuple[Observation, ...]:
        """Run a job and wait for its observations, in the order of its programs."""
        return self.start(job).result()

    def stop(self) -> None:
        """Start nothing any more: threads that wait for programs get a SandboxError once `close` has ended them."""
        self.engine = _Stopped()

    def close(self) -> None:
        """End all processes."""
        self._processes.close()


class _Stopped:
    """The engine of a sandbox that was stopped."""

    def warm(self, *, preloaded: bool = False) -> NoReturn:  # noqa: ARG002 (an engine's)
        raise SandboxError(message("sandbox-stopped"))

    def ready(self, seconds: float, *, preloaded: bool = False) -> Ready | Lost | None:  # noqa: ARG002
        return None

    def start(self, job: Job, *, preloaded: bool = False) -> NoReturn:  # noqa: ARG002
        raise SandboxError(message("sandbox-stopped"))

    def close(self) -> None:
        """Nothing is left to end."""


def _compile_in_background() -> None:
    """Start compiling torch for the next start where it is not compiled, once this start is over."""
    from tensordrill.sandbox.bytecode import make_in_background

    make_in_background()


def _mode(environ: Mapping[str, str]) -> str:
    asked = environ.get("TENSORDRILL_LAB")
    if asked not in (None, "", "fork", "spawn"):
        raise SandboxError(message("sandbox-mode", asked=asked))
    if asked == "fork" and sys.platform != "linux":
        raise SandboxError(message("sandbox-fork-only-linux"))
    if asked:
        return asked
    return "fork" if sys.platform == "linux" else "spawn"


def _isolation(environ: Mapping[str, str]) -> Isolation:
    asked = environ.get("TENSORDRILL_ISOLATION") or "auto"
    for known in ISOLATIONS:
        if asked == known:
            return known
    *choices, last = (f"`{known}`" for known in ISOLATIONS)
    raise SandboxError(message("sandbox-isolation", asked=asked, others=", ".join(choices), last=last))


def _engine(mode: str, isolation: Isolation, own: Path | None) -> Engine:
    if sys.platform == "linux" and mode == "fork":
        from tensordrill.sandbox.engines.fork import ForkEngine

        return ForkEngine(isolation, own)
    from tensordrill.sandbox.engines.spawn import SpawnEngine

    return SpawnEngine(own)
