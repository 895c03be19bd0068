"""The start of a process that runs torch, with its command, environment and descriptors, and its end."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

from tensordrill.errors import SandboxError
from tensordrill.messages import message
from tensordrill.sandbox import bubblewrap
from tensordrill.sandbox.isolation import StartMethod
from tensordrill.sandbox.packages import import_folders, packages
from tensordrill.sandbox.readable import CHILD, Readable, of_users, readable
from tensordrill.sandbox.user import next_uid

_SCRIPT = "zygote.py"
# not -I, which would ignore PYTHONHASHSEED; the environment is ours, so nothing else comes in
_OPTIONS = ("-s", "-P", "-S", "-B")
_ENVIRONMENT = {
    # autograd starts a thread for each GPU that it sees, and then works in no fork (torch/csrc/autograd/engine.cpp)
    "CUDA_VISIBLE_DEVICES": "",
    "LANG": "C.UTF-8",
    "OMP_NUM_THREADS": "1",
    "OMP_THREAD_LIMIT": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "PYTHONHASHSEED": "0",
    "TORCH_DEVICE_BACKEND_AUTOLOAD": "0",
    "TORCHINDUCTOR_CACHE_DIR": "/tmp",  # noqa: S108 (must exist; nothing is written there)
}
_NEEDED_ON_WINDOWS = ("SYSTEMROOT", "PATH", "TEMP", "TMP", "PROGRAMFILES", "PROCESSOR_ARCHITECTURE")
"""Variables that Windows and Python need there, and torch to find its libraries."""
_END_SECONDS = 5.0


def scratch(own: Path | None) -> tempfile.TemporaryDirectory[str] | None:
    """Make the folder that a process writes to which runs a script of the user's own; its end is `cleanup`."""
    if own is None:
        return None
    place = os.path.realpath(tempfile.gettempdir())
    return tempfile.TemporaryDirectory(prefix="tensordrill-", dir=place, ignore_cleanup_errors=True)


def server(
    own: Path | None, scratch: str | None, *, preloaded: bool, **pipes: Any
) -> subprocess.Popen[bytes]:
    """Start a process that serves jobs itself, in a session of its own, with a cleared environment.

    Raises SandboxError where torch is not installed, or no process can be started.
    """
    config = {**_bare_config("serve", own, scratch), "preloaded": preloaded}
    command = [sys.executable, *_OPTIONS, str(CHILD / _SCRIPT), json.dumps(config)]
    return _popen(command, env=_environment(), stderr=subprocess.DEVNULL, **pipes)


def end(server: subprocess.Popen[bytes]) -> None:
    """End a process that serves jobs, with the processes that its programs have started, and wait for it."""
    if server.returncode is None:  # else its number may be another's by now
        if sys.platform == "win32":
            _end_tree(server.pid)
        else:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(server.pid, signal.SIGKILL)
    server.kill()
    server.wait()


def _end_tree(pid: int) -> None:
    """End a process and all that descend from it, which only a program of the system's can on Windows."""
    taskkill = Path(os.environ.get("SYSTEMROOT", r"C:\Windows"), "System32", "taskkill.exe")
    with suppress(OSError, subprocess.TimeoutExpired):
        subprocess.run(  # noqa: S603 (the system's own program)
            [taskkill, "/F", "/T", "/PID", str(pid)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_END_SECONDS,
            check=False,
            **apart(),
        )


def _environment() -> dict[str, str]:
    if sys.platform != "win32":
        return _ENVIRONMENT
    needed = {name: os.environ[name] for name in _NEEDED_ON_WINDOWS if name in os.environ}
    return {**_ENVIRONMENT, **needed, "TORCHINDUCTOR_CACHE_DIR": needed.get("TEMP", r"C:\Windows\Temp")}


def zygote(
    way: StartMethod, control: Any, own: Path | None, scratch: str | None
) -> tuple[subprocess.Popen[bytes], int | None]:
    """Start a process that forks for each job, in one of the ways that isolation knows. Linux only.

    With it comes the descriptor on which bubblewrap writes the number of the process inside. `own` is the folder
    of a script of the user's own, which is then readable, and so is whatever is installed; `scratch` becomes the
    process's own.

    Raises SandboxError where torch is not installed, or no process can be started.
    """
    uid = None if way.becomes == "never" else next_uid()
    if scratch is not None and uid is not None and sys.platform != "win32":
        os.chown(scratch, uid, uid)
    inside = {"uid": uid} if way.becomes == "inside" else {}
    user: dict[str, Any] = {"user": uid, "group": uid, "extra_groups": []} if way.becomes == "before" else {}
    pipes = {"stdin": control, "stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE, "env": _ENVIRONMENT}
    if way.level == "bare":
        config = {**_bare_config("fork", own, scratch), **inside, "reads_all": True}
        command = [sys.executable, *_OPTIONS, str(CHILD / _SCRIPT), json.dumps(config)]
        return _popen(command, **user, **pipes), None
    numbers, info = os.pipe()
    proc = open_proc()
    handed = [info] if proc is None else [info, proc]
    try:
        config = {**_bubblewrap_config(own, scratch), **inside, "proc": proc}
        command = [
            *_bubblewrap(way, info, own, scratch),
            *_OPTIONS,
            f"{bubblewrap.SCRIPTS}/{_SCRIPT}",
            json.dumps(config),
        ]
        return _popen(command, pass_fds=handed, **user, **pipes), numbers
    except BaseException:
        os.close(numbers)
        raise
    finally:
        for descriptor in handed:
            os.close(descriptor)


def open_proc() -> int | None:
    """Return a descriptor of /proc, which a process inside bubblewrap cannot reach; the caller closes it."""
    try:
        return os.open("/proc", os.O_RDONLY)
    except OSError:
        return None


def _bubblewrap(way: StartMethod, info: int, own: Path | None, scratch: str | None) -> list[str]:
    program = shutil.which("bwrap") or "bwrap"
    as_root = way.level == "bwrap-root"
    return bubblewrap.command(
        program, _readable_beside(own), packages(), info, scratch, as_root=as_root, strict=way.strict
    )


def _readable_beside(own: Path | None) -> Readable:
    shown = readable()
    if own is None:
        return shown
    return shown._replace(places=tuple(dict.fromkeys([*shown.places, *of_users(own)])), hidden=())


def _bare_config(mode: str, own: Path | None, scratch: str | None) -> dict[str, Any]:
    """Return the argument of a process without bubblewrap."""
    shown = _readable_beside(own).without_hidden() if sys.platform == "linux" else []
    allowed = [*shown, *map(str, packages().values())]
    config = {"mode": mode, "path": [], "packages": import_folders(), "readable": allowed}
    return {**config, **_user_config(own, scratch)}


def _bubblewrap_config(own: Path | None, scratch: str | None) -> dict[str, Any]:
    """Return the argument of a process inside bubblewrap."""
    allowed = [*_readable_beside(own).places, bubblewrap.PACKAGES]
    config = {"mode": "fork", "path": [bubblewrap.PACKAGES], "packages": {}, "readable": allowed}
    return {**config, **_user_config(own, scratch)}


def _user_config(own: Path | None, scratch: str | None) -> dict[str, Any]:
    return {} if own is None else {"own": str(own), "installed": of_users(own)[1:], "scratch": scratch}


def _popen(command: list[str], **options: Any) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(  # noqa: S603 (our own interpreter and script)
            command, cwd=Path(sys.executable).anchor, **apart(), **options
        )
    except OSError as error:
        raise SandboxError(message("sandbox-process", command=command[0], reason=error.strerror)) from error


def apart() -> dict[str, Any]:
    """Return the options that keep a process apart from this terminal: ^C there is not for it.

    On Windows it gets no console of this program's either, and so no window where this program has none.
    """
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW}
    return {"start_new_session": True}
