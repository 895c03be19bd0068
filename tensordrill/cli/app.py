"""The program: its commands, and the one place where problems become sentences and exit codes.

Exit codes: 0 done, 1 a foreseen problem, 2 wrong usage, 3 a bug (with a log file), 130 stopped by ^C
(128 and the number of a signal).
"""

from __future__ import annotations

import errno
import io
import os
import signal
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

import typer

from tensordrill.cli import options
from tensordrill.cli.commands import HELP, CommandEntry, CommandGroup, build
from tensordrill.errors import TensordrillError
from tensordrill.messages import Language, say
from tensordrill.version import __version__

if TYPE_CHECKING:
    from typer._click import Command as AnyCommand
    from typer._click import Context, Parameter

_OF_THE_PATH = frozenset(
    (
        errno.EACCES,
        errno.EPERM,
        errno.ENAMETOOLONG,
        errno.ELOOP,
        errno.EROFS,
        errno.ENOSPC,
        errno.EDQUOT,
        errno.EIO,
    )
)
"""Errors for which a named file or folder, and no code of ours, can be the reason."""

_SIGNALLED = 128
"""Plus a signal's number: the exit code that a shell shows for it."""


class Commands(CommandGroup):
    """All commands."""

    table: ClassVar = {
        "quiz": CommandEntry("tensordrill.cli.quiz", "quiz-summary", "panel-learn"),
        "practice": CommandEntry("tensordrill.cli.practice", "practice-summary", "panel-learn"),
        "review": CommandEntry("tensordrill.cli.review", "review-summary", "panel-learn"),
        "topics": CommandEntry("tensordrill.cli.topics", "topics-summary", "panel-learn"),
        "stats": CommandEntry("tensordrill.cli.stats", "stats-summary", "panel-learn"),
        "show": CommandEntry("tensordrill.cli.show", "show-summary", "panel-learn"),
        "explain": CommandEntry("tensordrill.cli.explain", "explain-summary", "panel-learn"),
        "run": CommandEntry("tensordrill.cli.run", "run-summary", "panel-learn"),
        "check": CommandEntry("tensordrill.cli.check", "check-summary", "panel-class"),
        "assignment": CommandEntry("tensordrill.cli.assignment", "assignment-summary", "panel-class"),
        "history": CommandEntry("tensordrill.cli.history", "history-summary", "panel-tools"),
        "bank": CommandEntry("tensordrill.cli.bank", "bank-summary", "panel-tools"),
        "doctor": CommandEntry("tensordrill.cli.doctor", "doctor-summary", "panel-tools"),
    }

    def invoke(self, ctx: Context) -> Any:
        """Run a command; ^C leaves the line that the terminal has written it on."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt as error:
            print(file=sys.stderr)
            number: int = getattr(error, "number", signal.SIGINT)  # of another signal that ends a program
            raise typer.Exit(_SIGNALLED + number) from error


app = typer.Typer(
    cls=Commands,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": list(HELP)},
)


def _print_version(asked: bool) -> None:
    if asked:
        print(f"tensordrill {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True, help="app-help", epilog="app-examples")
def tensordrill(
    context: typer.Context,
    *,
    version: Annotated[  # noqa: ARG001 (its callback ends the program)
        bool, typer.Option("--version", "-V", is_eager=True, callback=_print_version, help="option-version")
    ] = False,
    lang: options.Lang = "en",
) -> int:
    """Show what there is to do, where no command is given, and go on with what is chosen."""
    if context.invoked_subcommand is not None:
        return 0
    from tensordrill.cli.home import home_choice

    is_option = (source := context.get_parameter_source("lang")) is not None and source.name == "COMMANDLINE"
    choice = home_choice(lang, has_language=is_option or options.has_language())
    return 0 if choice is None else run(["--lang", choice.language, *choice.words])


def _install_completion(context: Context, option: Parameter, asked: bool) -> None:  # noqa: ARG001 (typer's)
    """Install completion as typer does, and say so in the context's language."""
    if asked and not context.resilient_parsing:
        from typer.completion import install  # type: ignore[attr-defined]  # imported there from a private module

        shell, path = install()
        print(say("completion-installed", context.obj, shell=shell, path=path))
        raise typer.Exit


def _command(language: Language) -> AnyCommand:
    command = build(app, language)
    for option in command.params:
        if option.name == "install_completion":
            option.callback = _install_completion
    return command


def main() -> None:
    """Run the program and turn what goes wrong into one sentence and an exit code."""
    for stream in (sys.stdin, sys.stdout):
        if isinstance(stream, io.TextIOWrapper):  # where the system's encoding has no `›` or `값`
            stream.reconfigure(errors="replace")
    if os.environ.get("_TENSORDRILL_COMPLETE") == "complete_bash":
        from tensordrill.cli.completion import complete_in_bash

        sys.exit(complete_in_bash(os.environ, lambda: run(sys.argv[1:])))
    sys.exit(run(sys.argv[1:]))


def run(words: Sequence[str]) -> int:
    """Run a command; return its exit code."""
    language = options.language_of(words)

    def command() -> int:
        code = _command(language).main(words, prog_name="tensordrill", standalone_mode=False, obj=language)
        sys.stdout.flush()
        return code if isinstance(code, int) else 0

    return run_or_report(command, language, lambda sentence: print(sentence, file=sys.stderr))


def run_or_report(command: Callable[[], int], language: Language, report: Callable[[str], None]) -> int:
    """Run a command, and report what goes wrong as one sentence; return the exit code."""
    try:
        return command()
    except typer.TyperException as error:
        from tensordrill.cli.usage import usage_problem

        report(usage_problem(error, language))
        return error.exit_code
    except (KeyboardInterrupt, typer.Abort):
        return _SIGNALLED + signal.SIGINT
    except BrokenPipeError:
        return _unread()
    except TensordrillError as error:
        problem = error.text(language)
        report(problem if "\n" in problem else f"tensordrill: {problem}")
        return 1
    except OSError as error:
        if sys.platform == "win32" and error.errno == errno.EINVAL and error.filename is None:
            return _unread()  # how a write to a closed pipe fails there
        if error.errno not in _OF_THE_PATH or error.filename is None:
            return _bug(language, report)
        report(f"tensordrill: {os.fsdecode(error.filename)}: {error.strerror}")
        return 1
    except ModuleNotFoundError as error:
        return _missing(error, language, report)
    except Exception:
        return _bug(language, report)


def _unread() -> int:
    """Discard the output to a closed pipe, which Python would write again at its end; return the exit code."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 1


def _missing(error: ModuleNotFoundError, language: Language, report: Callable[[str], None]) -> int:
    """Name the package that a command needs; return the exit code."""
    from tensordrill.cli.dependencies import missing_sentence

    sentence = missing_sentence(error)
    if sentence is None:
        return _bug(language, report)
    report(sentence)
    return 1


def _bug(language: Language, report: Callable[[str], None]) -> int:
    """Report a bug with the name of its log; return the exit code."""
    from tensordrill.cli import bug

    report(bug.report(language))
    return 3


if __name__ == "__main__":
    main()
