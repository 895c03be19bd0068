"""Words that answers are made of, in both languages, and how a text is made ready to be read."""

from __future__ import annotations

import unicodedata

MAX_LENGTH = 10_000

YES = frozenset(
    "yes y yep yeah yup true t 예 네 넵 넹 응 참 맞다 맞아 맞아요 맞음 맞습니다 그렇다 그래요 그렇습니다".split()
)
NO = frozenset(
    "no n nope false f 아니요 아니오 아뇨 아니 아님 아니다 아닙니다 아니에요 아니예요 거짓".split()
)
NONE = frozenset(["none", "없음", "없다", "없습니다", "없어요"])
SCALAR = frozenset(["scalar", "a scalar", "스칼라"])


def normalized(text: str) -> str:
    """Return a text with full-width characters as their usual ones, without space around it."""
    return unicodedata.normalize("NFKC", text).strip()


def plain(text: str) -> str:
    """Return a normalized text in lower case, without the marks that end a sentence.

    >>> plain("Yes."), plain("네!")
    ('yes', '네')
    """
    return " ".join(text.lower().split()).rstrip(".!。~… ")
