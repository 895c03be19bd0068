"""The program: its commands, and the one place where problems become sentences and exit codes.

Exit codes: 0 done, 1 a foreseen problem, 2 wrong usage, 3 a bug (with a log file), 130 stopped by ^C.
"""

from __future__ import annotations

import errno
import io
import os
import sys

import click

from tensordrill.cli import assignment, bank, check, doctor, explain, practice, quiz, show, topics
from tensordrill.errors import TensordrillError
from tensordrill.version import __version__

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
"""What a file or folder that was named, and no code of ours, can be the reason of."""


@click.group(
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, message="tensordrill %(version)s")
@click.pass_context
def app(context: click.Context) -> None:
    """Train your tensor handling: live questions whose answer key is what torch really does."""
    if context.invoked_subcommand is None:
        from tensordrill.cli.welcome import print_welcome

        print_welcome()


for command in (
    quiz.quiz,
    practice.practice,
    topics.topics,
    show.show,
    explain.explain,
    check.check,
    assignment.assignment,
    doctor.doctor,
    bank.bank,
):
    app.add_command(command)


def main() -> None:
    """Run the program and turn what goes wrong into one sentence and an exit code."""
    for stream in (sys.stdin, sys.stdout):
        if isinstance(stream, io.TextIOWrapper):  # where the system's encoding has no `›` or `값`
            stream.reconfigure(errors="replace")
    sys.exit(_exit_code())


def _exit_code() -> int:
    try:
        code = app(prog_name="tensordrill", standalone_mode=False)
        sys.stdout.flush()
        return code if isinstance(code, int) else 0
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        print(file=sys.stderr)
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except TensordrillError as error:
        print(error if "\n" in str(error) else f"tensordrill: {error}", file=sys.stderr)
        return 1
    except OSError as error:
        if error.errno not in _OF_THE_PATH or error.filename is None:
            return _bug()
        print(f"tensordrill: {os.fsdecode(error.filename)}: {error.strerror}", file=sys.stderr)
        return 1
    except Exception:
        return _bug()


def _bug() -> int:
    """Say that it is one, with its log; the exit code."""
    from tensordrill.cli.bug import report

    print(report(), file=sys.stderr)
    return 3


if __name__ == "__main__":
    main()
