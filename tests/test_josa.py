"""Korean particles follow how the word before is read aloud."""

from __future__ import annotations

import pytest

from tensordrill.messages import say
from tensordrill.messages.josa import settled


@pytest.mark.parametrize(
    ("marked", "read"),
    [
        ("dim 0은(는)", "dim 0은"),
        ("dim 2은(는)", "dim 2는"),
        ("(3, 4)을(를)", "(3, 4)를"),
        ("(3,)을(를)", "(3,)을"),
        ("`view`은(는)", "`view`는"),
        ("`sum`은(는)", "`sum`은"),
        ("`cat`이(가)", "`cat`이"),
        ("`add_`과(와)", "`add_`와"),
        ("`x.t()`(으)로", "`x.t()`로"),
        ("`y.long()`(으)로", "`y.long()`으로"),
        ("`x.float()`(으)로", "`x.float()`로"),
        ("1(으)로", "1로"),
        ("3(으)로", "3으로"),
        ("텐서이(가)", "텐서가"),
        ("모델을(를)", "모델을"),
        ("`@`은(는)", "`@`는"),
        ("1과(와) 2이(가) 다릅니다", "1과 2가 다릅니다"),
        ("no mark", "no mark"),
    ],
)
def test_a_mark_becomes_the_particle(marked: str, read: str) -> None:
    assert settled(marked) == read


def test_sentences_of_the_interface_are_settled() -> None:
    assert say("fill-blank", "ko", blank="____") == "`fill`에는 빈칸 `____`이 있어야 합니다."
    assert say("draw-no-integer", "ko", bound="n", value="x").startswith("`n`은 10^9")
