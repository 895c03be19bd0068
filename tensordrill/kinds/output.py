"""`ask: output`: what a program prints, line by line; space that means nothing does not count.

>>> normal("tensor([[1, 2],\\n        [3, 4]])\\n") == normal("tensor([[1,2], [3,4]])")
True
>>> normal("1 2") == normal("12")
False
"""

from __future__ import annotations

import re
import unicodedata

from msgspec.structs import replace

from tensordrill.bank.schema import Predict
from tensordrill.kinds.answers import Answer, Literally, Raises, Unreadable, Word
from tensordrill.kinds.parse_answer import read as read_value
from tensordrill.kinds.setup import defines
from tensordrill.kinds.words import MAX_LENGTH

NOTHING = "nothing"
_NOTHING = frozenset(("nothing", "it prints nothing", "prints nothing", "(nothing)", "없음", "출력 없음"))
_AROUND = re.compile(r" ?([\[\](){},:=]) ?")


def asks_output(question: Predict) -> bool:
    """Whether `ask: output` asks for what is printed, rather than for a variable of that name."""
    if question.ask != "output" or question.type not in (None, "output"):
        return False
    program = "\n".join((question.setup, question.given, question.code))
    return question.type == "output" or "output" not in defines(program)


def printed(stdout: str) -> str:
    """Return what was printed as it is shown: without space at the ends of lines, or a word for nothing."""
    return "\n".join(line.rstrip() for line in stdout.splitlines()).strip("\n") or NOTHING


def normal(text: str) -> str:
    """Return the form in which two outputs are compared.

    Empty lines go, a run of space is one, and brackets, commas, colons and `=` need none. A line goes on in the
    next one while a bracket is open, as torch prints tensors.
    """
    lines: list[str] = []
    depth = 0
    for line in unicodedata.normalize("NFKC", text).splitlines():
        words = " ".join(line.split())
        if not words:
            continue
        if depth > 0:
            lines[-1] += f" {words}"
        else:
            lines.append(words)
        depth = max(0, depth + sum((mark in "([{") - (mark in ")]}") for mark in words))
    return "\n".join(_AROUND.sub(r"\1", line) for line in lines)


def read(text: str) -> Answer | Unreadable:
    """Read what somebody says is printed, or that the program raises, or that it prints nothing."""
    if len(text) > MAX_LENGTH:
        return Unreadable("too-long")
    clean = normal(text)
    if not clean:
        return Unreadable("output")
    if clean.lower() in _NOTHING:
        return Literally(Word(NOTHING))
    raises = None if "\n" in clean else read_value(clean, "text")
    return replace(raises, typed=clean) if isinstance(raises, Raises) else Literally(Word(clean))
