"""The folder that exports are written into, and nowhere else: each file appears whole, or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from tensordrill.errors import CourseError
from tensordrill.messages import message

_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


class Output:
    """A folder to write into; raises CourseError where it cannot be one."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with _explained(path):
            path.mkdir(parents=True, exist_ok=True)

    def inside(self, name: str) -> Output:
        """Return a folder inside; raises CourseError where a link stands in its place."""
        path = self.path / name
        if path.is_symlink():
            raise CourseError(message("output-link", path=path))
        return Output(path)

    @contextmanager
    def file(self, name: str, *, bom: bool = False) -> Iterator[TextIO]:
        """Open a file to write; it takes its name when everything was written, and stays as it was if not."""
        encoding = "utf-8-sig" if bom else "utf-8"
        with self._whole(name) as opened, open(opened, "w", encoding=encoding, newline="") as stream:
            yield stream

    def write(self, name: str, text: str) -> None:
        """Write a whole file."""
        with (
            self._whole(name) as opened,
            open(opened, "wb") as file,
        ):  # faster than a text file for a single text
            file.write(text.encode("utf-8"))

    @contextmanager
    def _whole(self, name: str) -> Iterator[int]:
        path, part = self.path / name, self.path / f".{name}.part"
        with _explained(path):
            opened = _created(part)
            try:
                yield opened
                os.replace(part, path)
            except BaseException:
                part.unlink(missing_ok=True)
                raise


def _created(part: Path) -> int:
    """Create a file; what an earlier run has left in its place goes."""
    try:
        return os.open(part, _FLAGS, 0o666)
    except FileExistsError:
        os.unlink(part)
        return os.open(part, _FLAGS, 0o666)


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise CourseError(message("output-not-written", path=path, reason=error.strerror or error)) from error
