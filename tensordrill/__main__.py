"""`tensordrill`, as it is installed, and `python -m tensordrill`."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the program; where a package is missing that it needs from the start, name it instead."""
    try:
        from tensordrill.cli.app import main as run
    except ModuleNotFoundError as error:
        from tensordrill.cli.dependencies import missing_sentence

        sentence = missing_sentence(error)
        if sentence is None:
            raise
        print(sentence, file=sys.stderr)
        sys.exit(1)
    run()


if __name__ == "__main__":
    main()
