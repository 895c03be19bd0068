"""How soon something is on screen, against `import torch`."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from bench.banks import large_bank
from bench.pairs import IMPORT_TORCH, command, ratio, seconds, spread
from bench.terminal import Terminal

TENSORDRILL = str(Path(sys.executable).with_name("tensordrill"))
RUNS = 9
ONE = ("--topic", "view/flatten-a-transpose")
TAB = {"_TENSORDRILL_COMPLETE": "complete_bash", "COMP_WORDS": "tensordrill\nshow\nview/f", "COMP_CWORD": "2"}
"""What bash asks for the questions of a topic with."""


def main() -> None:
    """Measure help, topics, the first question of the shipped bank and of a large one."""
    with tempfile.TemporaryDirectory() as home:
        os.environ["TENSORDRILL_HOME"] = home
        os.environ["PROMPT_TOOLKIT_NO_CPR"] = "1"  # this terminal does not answer where its cursor is
        command([TENSORDRILL, "practice", *ONE])  # shows the worked example, which comes only once

        def torch() -> float:
            return seconds(lambda: command(IMPORT_TORCH))

        ratio("tensordrill --help : import torch", plainly("--help"), torch, RUNS, 0.14)
        ratio("--help with its panels : import torch", panels, torch, RUNS, 0.14)
        ratio("tensordrill topics : import torch", plainly("topics"), torch, RUNS, 0.14)
        ratio("a Tab behind a topic : import torch", plainly(**TAB), torch, RUNS, 0.18)
        quiz, practice = partial(first_question, "quiz"), partial(first_question, "practice", *ONE)
        ratio("first question of a quiz : import torch", quiz, torch, RUNS, 0.18)
        ratio("first question of a practice : import torch", practice, torch, RUNS, 0.18)
        large = ["--bank", str(large_bank(Path(home) / "large"))]
        of_large = partial(first_question, "practice", *large, "--topic", "topic-7")
        ratio("quiz of 10,000 questions : of the shipped bank", partial(quiz, *large), quiz, RUNS, 2.0)
        ratio("practice of 10,000 questions : of the shipped", of_large, practice, RUNS, 2.0)
        spread(
            "an Enter before torch is ready is acknowledged", [acknowledged() for _ in range(RUNS)], 100, 100
        )


def plainly(*words: str, **variables: str) -> Callable[[], float]:
    """Return a function that runs a command into a pipe and returns the seconds that it took."""
    environment = {**os.environ, **variables}
    return partial(seconds, partial(command, [TENSORDRILL, *words], environment))


def panels() -> float:
    """Return the seconds until the last line of a help screen is in a terminal."""
    with Terminal(TENSORDRILL, ["--help", "--lang", "en"], {**os.environ, "TERM": "xterm"}) as terminal:
        return terminal.until("explains a command")


def first_question(*words: str) -> float:
    """Return the seconds until a round's first prompt is on screen."""
    with Terminal(TENSORDRILL, [*words, "--lang", "en"], dict(os.environ)) as terminal:
        return terminal.until("question 1")


def acknowledged() -> float:
    """Return the seconds from an early Enter to the sentence that the answer is kept."""
    words = ["quiz", "--topic", "view/flatten-a-transpose", "--lang", "en"]
    with Terminal(TENSORDRILL, words, dict(os.environ)) as terminal:
        terminal.until("›")
        terminal.type("2,3")
        typed = time.perf_counter()
        terminal.until("your answer is kept")
        return time.perf_counter() - typed


if __name__ == "__main__":
    main()
