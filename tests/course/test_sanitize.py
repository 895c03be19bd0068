"""Other people's text, made safe to look at."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tensordrill.course.sanitize import CUT, STEERING, sanitize, sanitize_line
from tests.course.texts import ANYTHING

BLOCKS = [
    pytest.param("a\tb\nc", "a\tb\nc", id="tabs and lines stay"),
    pytest.param("a\r\nb\rc", "a\nb\nc", id="every line end is one"),
    pytest.param("a\n\n\n", "a", id="no empty lines at the end"),
    pytest.param("\x1b[31mred", "\\x1b[31mred", id="escape sequence"),
    pytest.param("a\x00b\x85c", "a\\x00b\\x85c", id="control characters"),
    pytest.param("\u202egnp.exe", "\\u202egnp.exe", id="right to left"),
    pytest.param("\ud800", "\\ud800", id="half of a pair"),
    pytest.param("\U000e0041", "\\U000e0041", id="tag"),
    pytest.param("김서연 é 🎓 می\u200cخواهم", "김서연 é 🎓 می\u200cخواهم", id="names as they are spelled"),
]


@pytest.mark.parametrize(("text", "shown"), BLOCKS)
def test_a_block_shows_what_would_steer(text: str, shown: str) -> None:
    assert sanitize(text) == shown


def test_a_block_is_cut_by_letters_and_by_lines() -> None:
    assert sanitize("x" * 1_000_000, 100) == "x" * 100 + CUT
    assert sanitize("\n".join("abc" for _ in range(1_000))).count("\n") == 119
    assert sanitize("\0" * 50, 100) == "\\x00" * 25 + CUT


def test_a_line_is_one_and_is_cut() -> None:
    assert sanitize_line("  a\n\tb\x1b ") == "a b\\x1b"
    assert sanitize_line("x" * 1_000_000) == "x" * 299 + CUT
    assert sanitize_line("x" * 300) == "x" * 300


@given(ANYTHING, st.integers(1, 50))
def test_nothing_that_steers_is_left_and_nothing_is_longer_than_asked(text: str, letters: int) -> None:
    for shown in (sanitize(text, letters), sanitize_line(text, letters)):
        assert not STEERING.search(shown)
        assert len(shown) <= letters + len(CUT)
        shown.encode()
    assert "\n" not in sanitize_line(text)
