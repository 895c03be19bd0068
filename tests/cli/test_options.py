"""What options resolve to."""

from __future__ import annotations

import locale
import sys

import pytest

from tensordrill.cli import options


@pytest.mark.parametrize(
    ("of_windows", "environment", "spoken"),
    [
        pytest.param("Korean_Korea", None, "ko", id="korean-by-its-name"),
        pytest.param("ko_KR", None, "ko", id="korean-by-its-code"),
        pytest.param("English_United States", None, "en", id="english"),
        pytest.param(None, None, "en", id="none"),
        pytest.param("Korean_Korea", "en", "en", id="the-environment-comes-first"),
    ],
)
def test_windows_speaks_a_language_that_no_variable_names(
    of_windows: str | None, environment: str | None, spoken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name)
    if environment is not None:
        monkeypatch.setenv("TENSORDRILL_LANG", environment)
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(locale, "getlocale", lambda: (of_windows, "949"))
    assert options.language(None) == spoken


def test_a_locale_that_cannot_be_read_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown() -> None:
        raise ValueError("unknown locale: ko-KR")

    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(locale, "getlocale", unknown)
    assert options.language(None) == "en"
