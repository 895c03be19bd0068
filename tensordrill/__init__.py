"""Train your tensor handling: live questions whose answer key is what torch really does.

Two functions stand in a hand-out: `check` in its last cell, and `check_on_error` in its first.
"""

from tensordrill.version import __version__ as __version__

__all__ = ["__version__", "check", "check_on_error"]


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
