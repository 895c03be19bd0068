"""The program: its commands, and the one place where problems become sentences and exit codes.

Exit codes: 0 done, 1 a foreseen problem, 2 wrong usage, 3 a bug (with a log file), 130 stopped by ^C.
"""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from tensordrill import __version__
from tensordrill.cli import bank, doctor, practice, quiz, show, topics
from tensordrill.errors import TensordrillError

app = typer.Typer(
    name="tensordrill",
    help="Train your tensor handling: live questions whose answer key is what torch really does.",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
app.command("quiz")(quiz.quiz)
app.command("practice")(practice.practice)
app.command("topics")(topics.topics)
app.command("show")(show.show)
app.command("doctor")(doctor.doctor)
app.add_typer(bank.app, name="bank")


@app.callback(invoke_without_command=True)
def welcome(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False,
) -> None:
    """Train your tensor handling: live questions whose answer key is what torch really does."""
    if version:
        print(f"tensordrill {__version__}")
    elif context.invoked_subcommand is None:
        from tensordrill.cli.welcome import print_welcome

        print_welcome()


def main() -> None:
    """Run the program and turn what goes wrong into one sentence and an exit code."""
    sys.exit(_exit_code())


def _exit_code() -> int:
    import click

    try:
        result = app(standalone_mode=False)
        return result if isinstance(result, int) else 0
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.UsageError as error:
        error.show()
        return 2
    except (KeyboardInterrupt, click.Abort):
        print(file=sys.stderr)
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except TensordrillError as error:
        print(f"tensordrill: {error}" if "\n" not in str(error) else str(error), file=sys.stderr)
        return 1
    except Exception:
        from tensordrill.cli.bug import report

        print(report(), file=sys.stderr)
        return 3


if __name__ == "__main__":
    main()
