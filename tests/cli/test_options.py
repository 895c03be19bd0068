"""Values that options resolve to."""

from __future__ import annotations

import locale
import sys
from pathlib import Path

import pytest

from tensordrill.cli import options
from tensordrill.drill.store import Store


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


@pytest.mark.parametrize(
    ("option", "variables", "spoken"),
    [
        pytest.param(None, {}, "ko", id="as-chosen"),
        pytest.param(None, {"LC_ALL": "en_US.UTF-8"}, "ko", id="whatever-the-locale"),
        pytest.param(None, {"TENSORDRILL_LANG": "en"}, "en", id="not-where-the-variable-says-otherwise"),
        pytest.param("en", {}, "en", id="not-where-the-option-says-otherwise"),
    ],
)
def test_the_learner_s_choice_is_spoken(
    option: str | None, variables: dict[str, str], spoken: str, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store.open(home / "data") as store:
        store.set(language="ko")
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert options.language(option) == spoken


@pytest.mark.parametrize("content", [b"", b"no database", None], ids=["empty", "damaged", "a-folder"])
def test_a_choice_that_cannot_be_read_is_none(content: bytes | None, home: Path) -> None:
    file = home / "data" / "reviews.db"
    if content is None:
        file.mkdir(parents=True)
    else:
        file.parent.mkdir()
        file.write_bytes(content)
    assert options.language(None) == "en"
    assert content is None or file.read_bytes() == content
