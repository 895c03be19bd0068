"""Pages that commands write."""

from __future__ import annotations

from pathlib import Path

from tensordrill.errors import TensordrillError


def write_page(path: Path, html: str) -> None:
    """Write a page and print its path; raises TensordrillError where it cannot be written."""
    try:
        path.write_text(html, encoding="utf-8")
    except OSError as error:
        raise TensordrillError(f"{path}: {error.strerror}") from error
    print(path)
