"""Run the grader as a child and wait for all that it leaves; started by path, with one argument, a JSON object.

Whatever outlives the grader becomes a child of this process. Exit code 77: it cannot be run that way here.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, BinaryIO

_SUBREAPER = 36
_PATIENCE = 30.0
_START = """
import sys
from tensordrill.course.grading import grade, runs
from tensordrill.sandbox.protocol import Limits
runs.LEARNER = Limits(seconds=1.0, memory=128 << 20)
grade._BATCH = 2
from tensordrill.cli.app import main
main()
"""
"""The program, with limits that a test can wait for, and batches small enough to stop it between two."""


def main() -> None:
    wanted = json.loads(sys.argv[1])
    if wanted["disk"] is not None:
        _mount("-t", "tmpfs", "-o", f"size={wanted['disk']},mode=777", "tmpfs", wanted["out"])
    if wanted["user"] is not None:
        _let_others_run_python(Path(os.path.realpath(sys.executable)).parents[1])
    ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)
    with tempfile.TemporaryFile() as stdout, tempfile.TemporaryFile() as stderr:
        grader = _started(wanted, stdout, stderr)
        if wanted["stop"]:
            _stop(grader, Path(wanted["out"]) / "journal.jsonl", *wanted["stop"])
        code = grader.wait()
        reply = {"code": code, "stdout": _text(stdout), "stderr": _text(stderr), "left": _left()}
    print(json.dumps(reply))


def _started(wanted: dict[str, Any], stdout: BinaryIO, stderr: BinaryIO) -> subprocess.Popen[bytes]:
    user: dict[str, Any] = {}
    if wanted["user"] is not None:
        user = {"user": wanted["user"], "group": wanted["user"], "extra_groups": []}
    size = wanted["file_size"]
    return subprocess.Popen(
        [sys.executable, "-c", _START, *wanted["command"], *wanted["options"]],
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=stderr,
        cwd=Path(wanted["out"]).parent,
        preexec_fn=None if size is None else lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)),
        **user,
    )


def _stop(grader: subprocess.Popen[bytes], journal: Path, after: int, signal: int) -> None:
    while grader.poll() is None:
        with contextlib.suppress(OSError):
            if journal.read_bytes().count(b"\n") >= after:
                grader.send_signal(signal)
                return
        time.sleep(0.005)


def _left() -> int:
    """Count the processes that do not end by themselves once the grader has."""
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            ended, _ = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return 0
        if not ended:
            if time.monotonic() > deadline:
                return sum(1 for _ in _children())
            time.sleep(0.01)


def _children() -> list[str]:
    return Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()


def _let_others_run_python(prefix: Path) -> None:
    """Show Python to other users, in this process's own view of the file system."""
    closed = [folder for folder in prefix.parents if not folder.stat().st_mode & 0o001]
    if not closed:
        return
    with tempfile.TemporaryDirectory() as aside:
        _mount("--bind", str(prefix), aside)
        _mount("-t", "tmpfs", "-o", "mode=755", "tmpfs", str(closed[-1]))
        prefix.mkdir(parents=True)
        _mount("--bind", aside, str(prefix))
        subprocess.run(["umount", aside], check=True)


def _mount(*arguments: str) -> None:
    if subprocess.run(["mount", *arguments], capture_output=True, check=False).returncode:
        print("mounting is not allowed here", file=sys.stderr)
        raise SystemExit(77)


def _text(file: BinaryIO) -> str:
    file.seek(0)
    return file.read().decode("utf-8", "replace")


if __name__ == "__main__":
    main()
