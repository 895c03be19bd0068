"""The process that runs torch. Started by path, with one argument, a JSON object:

    path       folders to import from
    packages   the folder of each package that is imported from elsewhere
    readable   files and folders that the children may read
    mode       "fork" or "serve"
    uid        fork, started as root: the user to become before anything else
    reads_all  with uid: keep the right to read what that user could not, as far as `readable` goes
    proc       fork: an open descriptor of /proc, or null where /proc itself is there
    own        the folder of a script of the user's own, whose programs import what they like
    scratch    with own: the folder that a script writes to
    preloaded  serve: import what torch imports lazily, too

fork: standard input is a SOCK_SEQPACKET socket. It says `protocol.Begun` as JSON, imports torch once,
computes nothing but REHEARSAL and never reads a job. It answers with one `protocol.Ready` and then takes, as text,

    run JOB CPU_SECONDS MEMORY   with a socket: fork a child that serves one job from it
    preload JOB                  with a socket, and perhaps a descriptor of /proc: fork a preloaded zygote
    kill JOB                     end that child

and says `protocol.Exited` for every child that ended. A preloaded zygote shares the memory of the first, imports
what torch imports lazily, says `Ready` on its own socket and takes the same commands from there. When standard
input ends, all ends.

serve: standard input has frames, each a job; standard output has `Ready` and then the replies.

A job and its replies are frames as `protocol` describes them. A child flushes each reply at once,
and leaves the rest of its job unanswered when a program changed torch's global state or ran out of memory.
"""

from __future__ import annotations

import gc
import json
import os
import queue
import select
import signal
import socket
import sys
import threading
import time
import warnings
from collections.abc import Iterator
from functools import partial
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path
from typing import Any, BinaryIO

sys.path.insert(0, str(Path(__file__).parent))
import harden
from hugepages import Heap
from preload import LazyImports, preload
from wire import MAX_FRAME

MAX_JOB = 64 << 20
MAX_REASON = 2000
IDLE_MS = 5
FACETS = ["stride", "contiguous", "memory", "changed"]
FORKS_BEFORE_HEAP = 16
"""Moving the heap pays after about as many forks as this, a block each."""
REHEARSAL = """
x = torch.arange(24.0).reshape(2, 3, 4)
w, b = torch.ones(5, 4), torch.zeros(5)
y = torch.relu(x.transpose(1, 2).contiguous().view(2, -1).unsqueeze(0).squeeze(0).permute(1, 0))
z = torch.addmm(b, x[0], w.t()) + F.linear(x[1], w, b) + x[0].mm(w.t()) * 2 - torch.matmul(x, w.t()).sum(0)
s = torch.cat([x, x], 1).mean(2, keepdim=True), torch.stack((b, b)), x.bmm(x.mT), x[x > 3], (x == 0).any()
s += x.softmax(-1), x.max(0).values, x.to(torch.int64).argmax(1), torch.where(x > 1, x, 0.0), x[:, [0, 2]].flatten()
import io
torch.save(b, file := io.BytesIO()), file.seek(0), torch.load(file), repr(b)
"""
"""Uses that programs often make. It makes ready what each fork would have to, such as what this processor is, which
`half` asks and a confined process could not find out."""


def main() -> None:
    """Import torch, say so, and serve until standard input ends."""
    config = json.loads(sys.argv[1])
    sys.path[1:1] = config["path"]
    sys.meta_path.append(_Packages(config["packages"]))
    sys.path += config.get("installed", [])
    os.chdir(config.get("own", "."))
    if config["mode"] == "fork":
        heap = _heap(config.get("proc"))
        powers = (
            harden.become(config["uid"], reads_all=config.get("reads_all", False)) if "uid" in config else 0
        )
        control = socket.socket(fileno=os.dup(0))
        control.send(_json({"event": "begun"}))
        os.dup2(os.open(os.devnull, os.O_RDWR | os.O_CLOEXEC), 2)
        harden.protect_zygote()
        ready = _import_torch()
        control.send(_json(ready))
        if "failed" not in ready:
            runner = _Runner(gives_up="own" not in config, scratch=config.get("scratch"))
            _Zygote(control, ready, config["readable"], powers, heap, runner).serve()
    else:
        _serve(config)


def _heap(proc: int | None) -> Heap:
    if proc is None:
        return Heap()
    heap = Heap(proc)
    os.close(proc)  # it shows the processes outside
    return heap


class _Packages:
    """Imports the packages that were named, and no other of those that lie beside them."""

    def __init__(self, folders: dict[str, str]) -> None:
        self.folders = folders

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        folder = None if path else self.folders.get(name)
        return PathFinder.find_spec(name, [folder], target) if folder else None


def _import_torch(*, preloads: bool = False) -> dict[str, Any]:
    import tempfile

    tempfile.tempdir = tempfile.tempdir or (None if sys.platform == "win32" else "/tmp")  # noqa: S108 (a name, never written)
    started = time.perf_counter()
    gc.disable()  # next to nothing of what is imported is garbage, and to look for it takes a tenth of the time
    try:
        import run
        import torch

        gc.freeze()
        gc.enable()
        torch.set_num_threads(1)
        with warnings.catch_warnings(action="ignore"):
            torch.cuda.is_available()  # asks the driver, which a program may not, and remembers the answer: none
        torch.set_warn_always(True)
        run.observe({"given": REHEARSAL, "code": "y = x.half()", "ask": "y, z, s", "facets": FACETS})
        if preloads:
            preload(run.observe)
    except BaseException as error:
        return {"event": "ready", "failed": f"{type(error).__name__}: {error}"[:MAX_REASON]}
    return {
        "event": "ready",
        "torch": str(torch.__version__),
        "python": sys.version.split()[0],
        "seconds": time.perf_counter() - started,
        "layers": harden.available(),
    }


class _Zygote:
    """The process that forks, one poll for its control socket and its forks.

    `children` has each fork that was not waited for yet: its pidfd, with the number of its job and its process. While
    there are none and nothing is asked, `blocks` moves the heap to huge pages, a block each IDLE_MS; after
    FORKS_BEFORE_HEAP forks, each further fork moves one besides. It is `settled` when no block is left.
    """

    def __init__(
        self,
        control: socket.socket,
        ready: dict[str, Any],
        readable: list[str],
        powers: int,
        heap: Heap,
        runner: _Runner,
    ) -> None:
        self.control = control
        self.ready = ready
        self.readable = readable
        self.powers = powers
        self.runner = runner
        self.blocks = heap.collapse()
        self.settled = False
        self.forks = 0
        self.children: dict[int, tuple[int, int]] = {}
        harden.prepare(readable, runner.writable)
        self.poll = select.poll()
        self.poll.register(control, select.POLLIN)

    def serve(self) -> None:
        while True:
            events = self.poll.poll(None if self.settled else IDLE_MS)
            if not events and not self.children:
                self.settle()
            for descriptor, _ in events:
                if descriptor != self.control.fileno():
                    self.reap(descriptor)
                elif not self.command():
                    self.end()

    def settle(self) -> None:
        """Make forks cheaper by one block of the heap."""
        self.settled = next(self.blocks, None) is None
        if self.settled:
            gc.freeze()

    def command(self) -> bool:
        try:
            message, descriptors, _, _ = socket.recv_fds(self.control, 4096, 2)
        except ConnectionResetError:
            return False  # the parent has gone without having read of every exit
        words = message.decode("ascii").split()
        if not words:
            return False
        if words[0] == "run" and descriptors:
            self.fork(int(words[1]), descriptors[0], *map(int, words[2:]))
        elif words[0] == "preload" and descriptors:
            self.fork_preloaded(int(words[1]), *descriptors)
        elif words[0] == "kill":
            self.kill(int(words[1]))
        return True

    def fork(self, job: int, descriptor: int, cpu_seconds: int, memory: int) -> None:
        self.forks += 1
        if not self.settled and self.forks > FORKS_BEFORE_HEAP:
            self.settle()
        parent = os.getpid()
        pid = os.fork()
        if pid == 0:
            self.child(descriptor, cpu_seconds, memory, parent)
        os.close(descriptor)
        self.keep(job, pid)

    def fork_preloaded(self, job: int, control: int, proc: int | None = None) -> None:
        parent = os.getpid()
        pid = os.fork()
        if pid == 0:
            try:
                self.preloaded(socket.socket(fileno=control), proc, parent).serve()
            finally:
                os._exit(0)
        os.close(control)
        if proc is not None:
            os.close(proc)
        self.keep(job, pid)

    def preloaded(self, control: socket.socket, proc: int | None, parent: int) -> _Zygote:
        """Become a preloaded zygote, in a fork: let go of what was the first one's, and import."""
        harden.die_with(parent)
        os.dup2(2, 0)  # nowhere: it was the other socket
        self.control.close()
        for pidfd in self.children:
            os.close(pidfd)
        heap = _heap(proc)
        preload(self.runner.observe)
        control.send(_json(self.ready))
        return _Zygote(control, self.ready, self.readable, self.powers, heap, _Runner(gives_up=False))

    def keep(self, job: int, pid: int) -> None:
        pidfd = os.pidfd_open(pid)
        self.children[pidfd] = (job, pid)
        self.poll.register(pidfd, select.POLLIN)

    def child(self, descriptor: int, cpu_seconds: int, memory: int, parent: int) -> None:
        try:
            harden.confine(
                readable=self.readable,
                cpu_seconds=cpu_seconds,
                memory=memory,
                keep=[descriptor],
                parent=parent,
                powers=self.powers,
                writable=self.runner.writable,
            )
            gc.freeze()  # what is freed when must not depend on how far the zygote was from its next collection
            with os.fdopen(descriptor, "rb") as jobs:
                while (job := _read_frame(jobs)) is not None and self.runner.answers(job, descriptor):
                    pass  # what follows may need what went before to be answered already
        finally:
            os._exit(0)

    def reap(self, pidfd: int) -> None:
        job, pid = self.children.pop(pidfd)
        self.poll.unregister(pidfd)
        os.close(pidfd)
        _, status = os.waitpid(pid, 0)
        try:
            self.control.send(_json({"event": "exited", "job": job, "status": status}), socket.MSG_DONTWAIT)
        except OSError:
            return  # nobody is reading: how a child ended is of interest only to a waiting parent

    def kill(self, job: int) -> None:
        for number, pid in self.children.values():
            if number == job:
                os.kill(pid, signal.SIGKILL)

    def end(self) -> None:
        for _, pid in self.children.values():
            os.kill(pid, signal.SIGKILL)
        for _, pid in self.children.values():
            os.waitpid(pid, 0)
        os._exit(0)


def _serve(config: dict[str, Any]) -> None:
    if sys.platform == "linux":
        harden.die_with(os.getppid())
    stream = os.fdopen(os.dup(0), "rb")
    replies = os.dup(1)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    ready = _import_torch(preloads=config["preloaded"])
    _write(replies, _frame(ready))
    if "failed" in ready:
        return
    gives_up = not config["preloaded"] and "own" not in config
    runner = _Runner(gives_up=gives_up, scratch=config.get("scratch"))
    for job in _jobs(stream):
        if job["trust"] == "learner":
            limits = job["limits"]
            cpu_seconds = int((limits["cpu"] or limits["seconds"]) * len(job["programs"])) + 2
            keep = [stream.fileno(), replies]
            harden.confine(
                readable=config["readable"],
                cpu_seconds=cpu_seconds,
                memory=limits["memory"],
                keep=keep,
                parent=None,
                writable=runner.writable,
            )
        if not runner.answers(job, replies):
            os._exit(0)


def _jobs(stream: BinaryIO) -> Iterator[dict[str, Any]]:
    """Yield jobs until their stream ends, which it does with the parent.

    Where the kernel does not end this process then, a thread reads ahead and does, even within a program that
    would never end. It starts when torch is loaded: a library that Windows loads meanwhile may wait for the pipe
    that a thread reads, for ever (https://github.com/numpy/numpy/issues/24290).
    """
    if sys.platform == "linux":
        return iter(lambda: _read_frame(stream), None)
    jobs: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
    threading.Thread(target=_read_ahead, args=(stream, jobs), daemon=True).start()
    return iter(jobs.get, None)


def _read_ahead(stream: BinaryIO, jobs: queue.SimpleQueue[dict[str, Any]]) -> None:
    while (job := _read_frame(stream)) is not None:
        jobs.put(job)
    os._exit(0)


class _Runner:
    """The module that runs programs, imported once: a script may have a module of its own called `run`.

    With `gives_up`, a program that begins a lazy import ends the process, and its reply is that it does. `scratch` is
    the folder in which each process has one for what its script writes.
    """

    def __init__(self, *, gives_up: bool, scratch: str | None = None) -> None:
        import run
        from global_state import GlobalState

        self.observe = run.observe
        self.state = GlobalState()
        self.writable = [scratch] if scratch else []
        self.lazy_imports = LazyImports() if gives_up else None
        if self.lazy_imports:
            self.lazy_imports.install()

    def answers(self, job: dict[str, Any], replies: int) -> bool:
        """Run a job's programs in turn; return False where the rest needs a new process."""
        for index, program in enumerate(job["programs"]):
            if self.lazy_imports:
                unobserved = {"index": index, "observation": {}, "stop": True, "needs_preload": True}
                self.lazy_imports.give_up = partial(_write, replies, _frame(unobserved))
            for folder in self.writable:
                program["scratch"] = os.path.join(folder, str(os.getpid()))
            observation = self.observe(program)
            if job["trust"] == "learner":
                gc.freeze()  # what a program left behind is not collected in the next one's time, `__del__` and all
            stop = _is_out_of_memory(observation) or not self.state.is_untouched()
            _write(replies, _reply(index, observation, stop))
            if stop:
                return False
        return True


def _reply(index: int, observation: dict[str, Any], stop: bool) -> bytes:
    frame = _frame({"index": index, "observation": observation, "stop": stop})
    if len(frame) <= MAX_FRAME:
        return frame
    trace = observation.get("trace")
    if trace and trace["steps"]:
        counted = {"steps": [], "more": len(trace["steps"]) + trace["more"]}
        return _reply(index, {**observation, "trace": counted}, stop)
    excess = {"t": "other", "type": "result", "text": "more than 1 MiB, too much to compare"}
    return _frame({"index": index, "observation": {"value": excess}, "stop": stop})


def _is_out_of_memory(observation: dict[str, Any]) -> bool:
    """Whether the next program could run out of memory because of what this one still holds."""
    refusal: str | None = observation.get("raised", {}).get("refusal")
    return refusal == "memory"


def _json(message: dict[str, Any]) -> bytes:
    return json.dumps(message).encode("ascii")


def _frame(message: dict[str, Any]) -> bytes:
    body = _json(message)
    return len(body).to_bytes(4, "big") + body


def _write(descriptor: int, frame: bytes) -> None:
    while frame:
        frame = frame[os.write(descriptor, frame) :]


def _read_frame(stream: BinaryIO) -> dict[str, Any] | None:
    head = stream.read(4)
    if len(head) < 4:
        return None
    length = int.from_bytes(head, "big")
    if length > MAX_JOB:
        return None
    body = stream.read(length)
    job: dict[str, Any] = json.loads(body)
    return job


if __name__ == "__main__":
    main()
