"""Train your tensor handling: live questions whose answer key is what torch really does.

Two functions stand in a hand-out: `check` in its last cell, and `check_on_error` in its first.
`explain` shows every tensor of some code; `quiz`, `practice` and `review` play a round. `install` and `explaining`
explain what raises in your own process. `%load_ext tensordrill` brings all of these to a notebook, and `pytest -p
tensordrill` to failing tests.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from tensordrill.version import __version__ as __version__

if TYPE_CHECKING:
    from tensordrill.cli.notebook import ExplanationOutput
    from tensordrill.in_process.hooks import Explaining

__all__ = [
    "__version__",
    "check",
    "check_on_error",
    "explain",
    "explaining",
    "install",
    "load_ipython_extension",
    "practice",
    "quiz",
    "review",
    "uninstall",
    "unload_ipython_extension",
]


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


def explain(code: str, lang: str | None = None) -> ExplanationOutput:
    """Run code in a process of its own and show each tensor: its shape, strides, and where its memory is.

    `lang` is `en` or `ko`. Raises SandboxError where torch cannot be started.
    """
    from tensordrill.cli.notebook import explain_code

    return explain_code(code, lang)


def install(lang: str | None = None) -> None:
    """Explain tensor operations that raise from now on: below the traceback of an exception that nobody caught.

    The program runs as ever, in its own process and without being traced; nothing runs again. In a notebook each
    failing cell is explained. `lang` is `en` or `ko`.
    """
    from tensordrill.in_process import hooks

    hooks.install(lang)


def uninstall() -> None:
    """Undo `install`."""
    from tensordrill.in_process import hooks

    hooks.uninstall()


def explaining(lang: str | None = None) -> Explaining:
    """Return a context manager: what raises in its block is explained on standard error, and goes on.

    `lang` is `en` or `ko`.
    """
    from tensordrill.in_process.hooks import Explaining

    return Explaining(lang)


def quiz(
    *topics: str,
    n: int = 10,
    level: int | None = None,
    seed: int | None = None,
    choices: bool = False,
    exam: bool = False,
    bank: str | Sequence[str] | None = None,
    lang: str | None = None,
    widget: bool = True,
) -> None:
    """Play a quiz of `n` questions over topics or questions, over all where none is named: below the cell of a
    notebook, else in the terminal.

    The options are those of `tensordrill quiz`. Where a notebook has ipywidgets, a widget asks, and the call returns at
    once; with `widget=False` an input line asks (in a terminal: `--no-clear`). What cannot be played is said in one
    sentence.
    """
    from tensordrill.cli.notebook_round import play

    play(
        "quiz",
        topics,
        n=n,
        level=level,
        seed=seed,
        choices=choices,
        exam=exam,
        bank=bank,
        lang=lang,
        widget=widget,
    )


def practice(
    *topics: str,
    level: int | None = None,
    seed: int | None = None,
    choices: bool = False,
    bank: str | Sequence[str] | None = None,
    lang: str | None = None,
    widget: bool = True,
) -> None:
    """Practise until you stop, below the cell of a notebook, else in the terminal; what went wrong comes back."""
    from tensordrill.cli.notebook_round import play

    play("practice", topics, level=level, seed=seed, choices=choices, bank=bank, lang=lang, widget=widget)


def review(
    *topics: str,
    n: int | None = None,
    level: int | None = None,
    seed: int | None = None,
    choices: bool = False,
    bank: str | Sequence[str] | None = None,
    lang: str | None = None,
    widget: bool = True,
) -> None:
    """Ask what is due, `n` questions at most, below the cell of a notebook, else in the terminal."""
    from tensordrill.cli.notebook_round import play

    play("review", topics, n=n, level=level, seed=seed, choices=choices, bank=bank, lang=lang, widget=widget)


def load_ipython_extension(shell: Any) -> None:
    """Explain cells that fail, and register `%%explain` with IPython, and `%quiz`, `%practice` and `%review`."""
    from tensordrill.cli.notebook import load_magics

    load_magics(shell)
    install()


def unload_ipython_extension(_shell: Any) -> None:
    """Explain no more cells."""
    uninstall()


def pytest_configure(config: Any) -> None:
    """Register the plugin of `pytest -p tensordrill`."""
    from tensordrill.in_process import pytest_plugin

    config.pluginmanager.register(pytest_plugin)
