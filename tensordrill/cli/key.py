"""One key of a terminal, without Enter."""

from __future__ import annotations

import os
import sys

_SAME_KEY = {"ㅂ": "q", "\r": "\n"}
"""The letter on the key q of a Korean keyboard layout, and Enter as a terminal sends it."""
_END = ("\x04", "\x1a", "")
"""^D, ^Z as Windows ends an input, and a terminal that is gone."""
_PREFIXES = "\x1b\x00\xe0"
"""The first characters of keys without a letter: ESC in a terminal (ECMA-48, 5.4), 0 and 0xE0 from Windows' `_getwch`.

https://learn.microsoft.com/en-us/cpp/c-runtime-library/reference/getch-getwch
"""


def has_keys() -> bool:
    """Whether somebody is there who sees the screen and can press a key."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def read_key() -> str:
    """Wait for a key and return its letter, `\\n` for Enter; keys that have none, as an arrow, are passed.

    Raises EOFError where none will come, and KeyboardInterrupt for ^C.
    """
    while True:
        key = _read()
        if key in _END:
            raise EOFError
        if key == "\x03":
            raise KeyboardInterrupt
        if len(key) == 1 or key[0] not in _PREFIXES:
            return _SAME_KEY.get(key[0], key[0])


if sys.platform == "win32":

    def _read() -> str:
        import msvcrt

        key = msvcrt.getwch()
        return key + msvcrt.getwch() if key in _PREFIXES[1:] else key  # the two of a function key

else:

    def _read() -> str:
        import termios
        import tty

        terminal = sys.stdin.fileno()
        before = termios.tcgetattr(terminal)
        try:
            tty.setcbreak(terminal)
            return os.read(terminal, 64).decode(errors="replace")
        finally:
            termios.tcsetattr(terminal, termios.TCSADRAIN, before)
