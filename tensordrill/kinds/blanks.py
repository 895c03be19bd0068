"""Several blanks: typed and judged together, told from each other by runs in which only one has the answer's filling.

A learner types one filling a line, or all on one line with `;` between them. The whole answer decides whether it is
right. The wrong blank is found by runs: each filling also runs with the solution's in all other blanks.
"""

from __future__ import annotations

import re
import tokenize
from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec.structs import replace

from tensordrill.bank.schema import BLANK, Fill, as_kind
from tensordrill.bank.variant import Variant, Wrong
from tensordrill.kinds.answer_key import Key
from tensordrill.kinds.answers import Difference
from tensordrill.kinds.code import tokens
from tensordrill.kinds.code_kinds import behaving_like, differing
from tensordrill.sandbox.protocol import Observation

SEPARATOR = "; "


def filled(question: Fill, fillings: Sequence[str]) -> str:
    """Return the code with its blanks filled, in their order."""
    first, *others = question.fill.split(BLANK)
    return first + "".join(f"{filling}{piece}" for filling, piece in zip(fillings, others, strict=True))


def one_by_one(question: Fill, fillings: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Yield, for each blank, its filling with the solution's in all others."""
    for at, filling in enumerate(fillings):
        yield (*question.fillings[:at], filling, *question.fillings[at + 1 :])


def split(question: Fill, text: str) -> tuple[str, ...]:
    """Return the fillings that a text holds: its lines, or the parts of its only line between `;`.

    Whole lines of the code, typed with their blanks filled, hold them too.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    code = [line.strip() for line in question.fill.splitlines() if BLANK in line]
    whole = re.fullmatch("\n".join(map(re.escape, code)).replace(BLANK, "(.+?)"), "\n".join(lines))
    if whole and set(code) != {BLANK}:
        return tuple(filling.strip() for filling in whole.groups())
    return _parts(lines[0]) if len(lines) == 1 else tuple(lines)


def _parts(line: str) -> tuple[str, ...]:
    """Split a line at the semicolons outside its texts and brackets; the reader reports what is left open.

    >>> _parts("2; -1"), _parts("';'; a[0]")
    (('2', '-1'), ("';'", 'a[0]'))
    """
    depth, cuts = 0, [-1]
    for token in tokens(line):
        depth += (token.string in "([{") - (token.string in ")]}") if token.type == tokenize.OP else 0
        if token.string == ";" and depth == 0:
            cuts.append(token.start[1])
    return tuple(line[left + 1 : right].strip() for left, right in pairwise([*cuts, len(line)]))


# ---- judging ----


def judge(variant: Variant, key: Key, observations: Sequence[Observation]) -> list[Difference]:
    """Return what differs, blank by blank where one alone leads to a difference."""
    together, *alone = _runs(key, observations)
    differences = differing(variant, key, together)
    if not differences:
        return []
    by_blank = [
        replace(difference, blank=number)
        for number, run in enumerate(alone, 1)
        for difference in differing(variant, key, run)
    ]
    return by_blank or differences


def diagnose(variant: Variant, key: Key, observations: Sequence[Observation]) -> Wrong | None:
    """Return the misconception that behaves like the answer, or like its filling of one blank alone."""
    together, *alone = _runs(key, observations)
    wrong = behaving_like(variant, key, together)
    for at, run in enumerate(alone):
        if wrong is not None:
            break
        own = tuple(pair for pair in key.wrong if _wrong_blanks(variant, pair[0]) == {at})
        wrong = behaving_like(variant, Key(key.reference, own), run)
    return wrong


def _runs(key: Key, observations: Sequence[Observation]) -> list[tuple[Observation, ...]]:
    """Return the runs of the whole answer, then those of each filling alone."""
    count = len(key.reference)
    return [tuple(observations[start : start + count]) for start in range(0, len(observations), count)]


def _wrong_blanks(variant: Variant, wrong: Wrong) -> set[int]:
    fillings = (as_kind(question, Fill).fillings for question in (variant.question, wrong.question))
    return {at for at, (right, misread) in enumerate(zip(*fillings, strict=True)) if right != misread}
