"""The keys that wait in a terminal, as each system has them."""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import IO


def drop_typed(stream: IO[str]) -> None:
    """Forget the keys that were pressed and not read yet; nothing where the stream is no terminal."""
    if not stream.isatty():
        return
    if sys.platform == "win32":
        import msvcrt

        while msvcrt.kbhit():
            msvcrt.getwch()
    else:
        import termios

        with suppress(termios.error):  # a terminal that was closed meanwhile
            termios.tcflush(stream, termios.TCIFLUSH)
