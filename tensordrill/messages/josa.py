"""Korean particles after values: 은/는, 이/가, 을/를, 과/와 and (으)로, by how the value before is read aloud."""

from __future__ import annotations

import re

_MARK = re.compile(r"(은\(는\)|이\(가\)|을\(를\)|과\(와\)|\(으\)로)")
_PAIRS = {"은(는)": ("은", "는"), "이(가)": ("이", "가"), "을(를)": ("을", "를"), "과(와)": ("과", "와")}
_CLOSED_DIGITS = "013678"
_LIQUID = "178l"
"""Words that end in ㄹ when they are read, after which 로 stays 로."""
_FIRST_HANGUL = 0xAC00


def settled(sentence: str) -> str:
    """Choose the particle for what stands before each mark."""
    pieces = _MARK.split(sentence)
    for at in range(1, len(pieces), 2):
        word = _word("".join(pieces[:at]))
        pieces[at] = _chosen(pieces[at], word)
    return "".join(pieces)


def _word(before: str) -> str:
    """Return the last word or number, without what is not read aloud."""
    match = re.search(r"([A-Za-z_]+|[0-9]|[가-힣])[^A-Za-z0-9가-힣]*$", before)
    return match[1].rstrip("_") if match else ""


def _chosen(mark: str, word: str) -> str:
    if mark == "(으)로":
        return "으로" if is_closed(word) and word[-1:] not in _LIQUID else "로"
    closed, open_ = _PAIRS[mark]
    return closed if is_closed(word) else open_


def is_closed(word: str) -> bool:
    """Whether a word ends in a consonant as Koreans read it."""
    word = word.lower()
    last = word[-1:]
    if "가" <= last <= "힣":
        return (ord(last) - _FIRST_HANGUL) % 28 != 0
    if last.isdigit():
        return last in _CLOSED_DIGITS
    if len(word) == 1:
        return last in "lmnr"
    is_short = bool(re.search("[aeiou][ptkc]$", word)) and word != "float"
    return is_short or last in ("l", "m", "n") or word.endswith("ng")
