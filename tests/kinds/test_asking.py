"""The sentence about an answer that could not be read."""

from __future__ import annotations

import pytest

from tensordrill.kinds.answers import Unreadable
from tensordrill.kinds.instructions import unreadable_sentence
from tensordrill.messages import Language


@pytest.mark.parametrize(
    ("detail", "text"),
    [
        pytest.param("invalid syntax", "Python says: invalid syntax. ", id="no-end-of-its-own"),
        pytest.param("invalid syntax.", "Python says: invalid syntax. ", id="a-full-stop"),
        pytest.param(
            "invalid syntax. Maybe you meant '==' or ':=' instead of '='?",
            "Python says: invalid syntax. Maybe you meant '==' or ':=' instead of '='? ",
            id="a-question",
        ),
        pytest.param("", "", id="nothing"),
    ],
)
def test_what_python_says_ends_once(detail: str, text: str) -> None:
    assert unreadable_sentence(Unreadable("expression", detail), "en") == (
        f"I could not read that as an expression. {text}An expression looks like x.t() or x[0] + 1"
    )


@pytest.mark.parametrize(
    ("unreadable", "english", "korean"),
    [
        pytest.param(
            Unreadable("exception", "IndexError"),
            "I could not read that as an exception's class. Did you mean `IndexError`?",
            "예외 클래스로 읽을 수 없습니다. `IndexError`인가요?",
            id="class",
        ),
        pytest.param(
            Unreadable("warning"),
            "I could not read that as a warning. A warning is its class, as UserWarning; or: no",
            "경고로 읽을 수 없습니다. 경고는 UserWarning처럼 클래스로 적습니다. 없으면: 없음",
            id="warning",
        ),
        pytest.param(
            Unreadable("plea"),
            "I could not read that as an answer. Type ? for a hint, :s to skip, :q to stop",
            "답으로 읽을 수 없습니다. 힌트를 보려면 ?, 건너뛰려면 :s, 끝내려면 :q를 치세요.",
            id="plea",
        ),
        pytest.param(
            Unreadable("plea-in-a-file"),
            "I could not read that as an answer. Leave `...` where you have no answer",
            "답으로 읽을 수 없습니다. 답을 모르면 `...`을 그대로 두세요.",
            id="plea-in-a-file",
        ),
    ],
)
def test_what_is_no_answer_is_said_in_both_languages(
    unreadable: Unreadable, english: str, korean: str
) -> None:
    assert (unreadable_sentence(unreadable, "en"), unreadable_sentence(unreadable, "ko")) == (english, korean)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (
            "en",
            "The sandbox lets no program start processes or threads. Python says: RuntimeError: can't start new "
            "thread. Nothing is counted; write it another way",
        ),
        (
            "ko",
            "샌드박스에서는 프로세스나 스레드를 만들 수 없습니다. Python 메시지: RuntimeError: can't start new thread. "
            "채점하지 않았으니 다른 방법으로 적어 보세요.",
        ),
    ],
)
def test_a_refusal_of_the_sandbox_is_not_called_unreadable(language: Language, sentence: str) -> None:
    refused = Unreadable("typo", "RuntimeError: can't start new thread", "processes")
    assert unreadable_sentence(refused, language) == sentence


def test_a_refusal_without_python_s_words() -> None:
    refused = Unreadable("typo", "", "network")
    assert unreadable_sentence(refused, "en") == (
        "The sandbox lets no program use the network. Nothing is counted; write it another way"
    )
