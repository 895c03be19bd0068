"""Train your tensor handling: live questions whose answer key is what torch really does.

Two functions stand in a hand-out: `check` in its last cell, and `check_on_error` in its first.
`explain` shows every tensor of some code, and `%load_ext tensordrill` brings `%%explain` to a notebook.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tensordrill.version import __version__ as __version__

if TYPE_CHECKING:
    from tensordrill.cli.notebook import Shown

__all__ = ["__version__", "check", "check_on_error", "explain", "load_ipython_extension"]


def check() -> None:
    """Grade the hand-out that is running, a script or a notebook, and print what came of it.

    A script ends here, with exit code 0 only when everything is right.
    """
    from tensordrill.cli.running import check_running

    check_running()


def check_on_error() -> None:
    """See to it that a script is graded even if one of its answers raises before the last cell."""
    from tensordrill.cli.running import check_when_raised

    check_when_raised()


def explain(code: str, lang: str | None = None) -> Shown:
    """Run code in a process of its own and show each tensor: its shape, strides, and where its memory is.

    `lang` is `en` or `ko`. Raises LabError where torch cannot be started.
    """
    from tensordrill.cli.notebook import explain_code

    return explain_code(code, lang)


def load_ipython_extension(shell: Any) -> None:
    """Give IPython the cell magic `%%explain`."""
    from tensordrill.cli.notebook import load_magics

    load_magics(shell)
