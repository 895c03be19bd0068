"""A hand-out grades itself while it runs: as a script, by the Run button, or in a notebook."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType, TracebackType

from tensordrill.cli.kernel import ipython_shell
from tensordrill.cli.options import language
from tensordrill.errors import CourseError, TensordrillError
from tensordrill.messages import message

_UNDONE = 1
_STOPPED = 130


def check_running() -> None:
    """Check the script or notebook whose code called `tensordrill.check`.

    A script ends with the check's exit code, unless an interactive Python goes on after it.
    """
    script = _script(sys._getframe(2))
    code = _exit_code(_check_notebook if script is None else lambda: _check_script(script))
    if script is not None and ipython_shell() is None:
        sys.exit(code)


def check_when_raised() -> None:
    """Check the script when it ends in an exception, which is shown first."""
    script = _script(sys._getframe(2))
    if script is None or ipython_shell() is not None:
        return

    def show_and_check(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        sys.__excepthook__(kind, error, trace)
        if issubclass(kind, Exception):
            _exit_code(lambda: _check_script(script))

    sys.excepthook = show_and_check


def _script(caller: FrameType) -> Path | None:
    """Return the file that code stands in; a notebook's stands in none, even where it names one."""
    file = Path(caller.f_code.co_filename)
    return file if file.suffix.lower() == ".py" and file.is_file() else None


def _exit_code(do: Callable[[], int]) -> int:
    """Do it; a foreseen problem becomes one sentence, a bug a log file."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # where the system's encoding has no `✓`
            stream.reconfigure(errors="replace")
    try:
        sys.stdout.flush()
        return do()
    except TensordrillError as error:
        print(f"tensordrill: {error.text(language(None))}", file=sys.stderr)
        return _UNDONE
    except KeyboardInterrupt:
        print(file=sys.stderr)
        return _STOPPED
    except Exception as error:
        from tensordrill.cli.bug import report
        from tensordrill.cli.dependencies import missing_sentence

        sentence = missing_sentence(error) if isinstance(error, ModuleNotFoundError) else None
        print(sentence or report(language(None)), file=sys.stderr)
        return _UNDONE


def _check_script(script: Path) -> int:
    from tensordrill.cli.check import check_file
    from tensordrill.sandbox.client import Sandbox

    with Sandbox() as sandbox:
        sandbox.warm()
        return check_file(sandbox, script, None, language(None), json=False)


def _check_notebook() -> int:
    """Check the cells as they were last run; a cell that was never run is not answered."""
    from tensordrill.cli.check import check_submission
    from tensordrill.course.grading.selfcheck import bank_beside
    from tensordrill.course.submission.submission import from_cells
    from tensordrill.sandbox.client import Sandbox

    shell = ipython_shell()
    if shell is None:
        raise CourseError(message("handout-not-running"))
    submission = from_cells([str(source) for source in shell.history_manager.input_hist_raw], "the notebook")
    if not submission.cells:
        raise CourseError(message("handout-no-cell-run"))
    with Sandbox() as sandbox:
        sandbox.warm()
        bank = bank_beside(submission, Path.cwd(), language(None))
        return check_submission(sandbox, submission, bank, json=False)
