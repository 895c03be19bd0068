"""A hand-out grades itself while it runs: as a script, by the Run button, or in a notebook."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any

from tensordrill.errors import CourseError, TensordrillError

_UNDONE = 1


def check_running() -> None:
    """Check the script or notebook that called; a script ends with the check's exit code."""
    script = _script()
    if script is not None:
        sys.exit(_said(lambda: _check_script(script)))
    _said(_check_notebook)


def check_when_raised() -> None:
    """Check the script when it ends in an exception, which is shown first."""
    if _script() is not None:
        sys.excepthook = _show_and_check


def _show_and_check(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    sys.__excepthook__(kind, error, trace)
    script = _script()
    if script is not None and issubclass(kind, Exception):
        _said(lambda: _check_script(script))


def _script() -> Path | None:
    """Give the file that is running as a program; a notebook has none."""
    file = getattr(sys.modules["__main__"], "__file__", None)
    return Path(file) if file and Path(file).suffix == ".py" and _shell() is None else None


def _shell() -> Any:
    """Give IPython's shell where this runs in one."""
    ipython = sys.modules.get("IPython")
    return ipython.get_ipython() if ipython is not None else None


def _said(do: Callable[[], int]) -> int:
    """Do it; a foreseen problem becomes one sentence."""
    try:
        return do()
    except TensordrillError as error:
        print(f"tensordrill: {error}", file=sys.stderr)
        return _UNDONE


def _check_script(script: Path) -> int:
    from tensordrill.cli.check import check_file
    from tensordrill.lab.client import Lab

    with Lab() as lab:
        lab.warm()
        return check_file(lab, script, None, json=False)


def _check_notebook() -> int:
    """Check the cells as they were last run; a cell that was never run is not answered."""
    from tensordrill.cli.check import check_submission
    from tensordrill.course.selfcheck import bank_beside
    from tensordrill.course.submission import from_cells
    from tensordrill.lab.client import Lab

    shell = _shell()
    if shell is None:
        raise CourseError("there is no hand-out running here; `tensordrill check FILE` checks a file")
    submission = from_cells([str(source) for source in shell.user_ns.get("In", ())], "the notebook")
    with Lab() as lab:
        lab.warm()
        return check_submission(lab, submission, bank_beside(submission, Path.cwd()), json=False)
