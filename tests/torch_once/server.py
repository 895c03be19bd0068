"""`python server.py CHILD PACKAGES`: with a listening socket as standard input, fork a zygote for each who asks.

CHILD is the folder of the zygote's scripts, PACKAGES its configuration's, as JSON. Who asks sends the zygote's argument
and its control socket, and sees the end of the connection when the zygote has ended. torch is imported when somebody
asks first, with all that it imports lazily.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import sys
from importlib import import_module
from types import ModuleType
from typing import NoReturn

_MOST_BYTES = 1 << 20


def main() -> None:
    """Serve until the process that started this one ends."""
    sys.path.insert(0, sys.argv[1])
    zygote = import_module("zygote")
    zygote.harden.die_with(os.getppid())
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the zygotes
    with socket.socket(fileno=0) as server:
        while True:
            connection, _ = server.accept()
            with connection:
                text, (control,), _, _ = socket.recv_fds(connection, _MOST_BYTES, 1)
                if "torch" not in sys.modules:
                    _import_torch(zygote)
                if os.fork() == 0:
                    _become(zygote, text.decode(), control)
                os.close(control)


def _import_torch(zygote: ModuleType) -> None:
    """Import torch and move the heap to huge pages, which the forks need not do again."""
    sys.meta_path.append(zygote._Packages(json.loads(sys.argv[2])))
    zygote._import_torch(preloads=True)
    for _ in zygote.Heap().collapse():
        pass
    zygote.Heap.collapse = lambda _: iter(())


def _become(zygote: ModuleType, text: str, control: int) -> NoReturn:
    try:
        os.setsid()
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.dup2(control, 0)
        os.close(control)
        sys.argv[1:] = [text]
        zygote.main()
    finally:
        os._exit(0)


if __name__ == "__main__":
    main()
