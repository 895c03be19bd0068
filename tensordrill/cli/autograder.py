"""`python -m tensordrill.cli.autograder ISOLATION`: what a Gradescope pack runs for each submission."""

from __future__ import annotations

import sys
from pathlib import Path

import msgspec

from tensordrill.course.gradescope.autograder import autograde
from tensordrill.sandbox.isolation import Isolation

_ROOT = Path("/autograder")


def main() -> None:
    """Grade the submission that lies in Gradescope's folders, or in those below a second argument."""
    isolation, *root = sys.argv[1:]
    autograde(Path(*root) if root else _ROOT, msgspec.convert(isolation, Isolation))


if __name__ == "__main__":
    main()
