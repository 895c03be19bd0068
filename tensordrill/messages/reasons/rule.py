"""Reasons: proposals of a fix."""

from __future__ import annotations

from typing import Literal, TypeAlias

from tensordrill.messages import Sentence

Name: TypeAlias = Literal["fixes-copy", "fixes-with", "fixes-use"]

WORDS: dict[Name, Sentence] = {
    "fixes-copy": ("`{fix}` copies, and works.", "복사하는 `{fix}`은(는) 됩니다."),
    "fixes-with": ("With `{fix}` it works.", "`{fix}`을(를) 쓰면 됩니다."),
    "fixes-use": ("`{fix}` works.", "`{fix}`(으)로 쓰면 됩니다."),
}
