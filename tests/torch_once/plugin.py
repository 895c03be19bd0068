"""The server that has imported torch, from the start of all tests to their end, and the fixtures that use it or not."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tensordrill.sandbox import start
from tensordrill.sandbox.packages import import_folders
from tensordrill.sandbox.readable import CHILD

from .sitecustomize import VARIABLE, fork_zygotes

_FOLDER = Path(__file__).parent


def pytest_configure(config: pytest.Config) -> None:
    """Start the server, which waits until it is asked, and tell workers and programs where it is."""
    if sys.platform != "linux" or VARIABLE in os.environ:  # a worker has it from the first
        return
    folder, packages = Path(tempfile.mkdtemp(dir="/tmp")), import_folders()  # a socket's path is short
    words: list[str | Path] = [_FOLDER / "server.py", CHILD, json.dumps(packages)]
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(folder / "socket"))
        listening.listen(64)
        server = subprocess.Popen(
            [sys.executable, *start._OPTIONS, *words],
            stdin=listening.fileno(),
            stdout=subprocess.DEVNULL,
            env=start._ENVIRONMENT,
            start_new_session=True,
        )
    os.environ[VARIABLE] = f"{folder / 'socket'}:{packages['torch']}"

    def end() -> None:
        del os.environ[VARIABLE]
        server.kill()
        server.wait()
        shutil.rmtree(folder)

    config.add_cleanup(end)


@pytest.fixture(autouse=True)
def _torch_once(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Zygotes of this process and of programs that it starts are forks of the server."""
    if VARIABLE in os.environ and "torch_anew" not in request.fixturenames:
        monkeypatch.setenv("PYTHONPATH", str(_FOLDER))
        monkeypatch.setattr(start, "zygote", fork_zygotes(start))


@pytest.fixture
def torch_anew() -> None:
    """Zygotes import torch themselves, in the isolation that users have."""
