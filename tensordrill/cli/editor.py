"""The learner's editor, for an answer of several lines."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from tensordrill import command_line
from tensordrill.errors import TensordrillError
from tensordrill.messages import message

_USUAL = ("sensible-editor", "vim", "nano", "vi")


def edit(text: str, environ: Mapping[str, str]) -> str | None:
    """Run the editor on a text; return what was saved, or None where nothing was.

    Raises TensordrillError where the editor cannot be run or fails.
    """
    editor = _editor(environ)
    text = text if text.endswith("\n") else f"{text}\n"
    with tempfile.TemporaryDirectory(prefix="tensordrill-") as folder:
        file = Path(folder, "answer.py")
        file.write_text(text, encoding="utf-8")
        try:
            subprocess.run(_command(editor, file), check=True)  # noqa: S603 (what the user has named)
            saved = file.read_text(encoding="utf-8-sig", errors="replace")
        except OSError as error:
            raise TensordrillError(message("in-file", file=editor, problem=error.strerror)) from error
        except ValueError as error:  # quotes that nothing closes
            raise TensordrillError(message("in-file", file=editor, problem=error)) from error
        except subprocess.CalledProcessError as error:
            raise TensordrillError(message("editor-failed", editor=editor, code=error.returncode)) from error
    return None if saved == text else saved


def _command(editor: str, file: Path) -> str | list[str]:
    """Return the command that opens a file; Windows takes a line apart itself, where `\\` escapes nothing."""
    if sys.platform == "win32":
        return f"{editor} {command_line.join([str(file)])}"
    return [*shlex.split(editor), str(file)]


def _editor(environ: Mapping[str, str]) -> str:
    named = environ.get("VISUAL") or environ.get("EDITOR")
    if named:
        return named
    if sys.platform == "win32":
        return "notepad"
    return next(filter(shutil.which, _USUAL), "vi")
