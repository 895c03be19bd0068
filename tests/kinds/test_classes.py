"""Classes of exceptions and warnings are read as people write them; a slip is asked again, with a guess."""

from __future__ import annotations

import builtins

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tensordrill.kinds.answers import Literally, Raises, Unreadable, Word
from tensordrill.kinds.classes import read_raises, read_warning
from tensordrill.kinds.words import MAX_LENGTH


@pytest.mark.parametrize(
    ("text", "guess"),
    [
        pytest.param("IndexErr", "IndexError", id="cut-off"),
        pytest.param("RuntimError", "RuntimeError", id="a-letter-less"),
        pytest.param("RuntimeErorr", "RuntimeError", id="two-letters-turned"),
        pytest.param("raises IndexErr", "IndexError", id="said"),
        pytest.param("raises ValueEror", "ValueError", id="said-a-letter-less"),
        pytest.param("typerror", "TypeError", id="in-lower-case"),
        pytest.param("IndexErr 발생", "IndexError", id="in-a-korean-sentence"),
        pytest.param("IndexErr: out of range", "IndexError", id="with-a-message"),
        pytest.param("torch.OutOfMemoryErr", "OutOfMemoryError", id="of-torch"),
    ],
)
def test_a_misspelt_class_is_asked_again_with_a_guess(text: str, guess: str) -> None:
    assert read_raises(text, "shape") == Unreadable("exception", guess)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        pytest.param("raises Boom", Raises("Boom"), id="said"),
        pytest.param("UnpicklingError", Raises("UnpicklingError"), id="of-a-library"),
        pytest.param("boom", None, id="a-word"),
        pytest.param("Boom", None, id="a-name"),
        pytest.param("a", None, id="a-letter"),
        pytest.param("doubt", None, id="no-error-but-a-doubt"),
    ],
)
def test_another_class_is_one_where_it_is_said_to_be(text: str, answer: Raises | None) -> None:
    assert read_raises(text, "shape") == answer


def test_a_class_of_the_program_is_no_slip() -> None:
    own = ("IndexErr", "Boom")
    assert [read_raises(text, "shape", own) for text in ("IndexErr", "boom", "raises Boom")] == [
        Raises("IndexErr"),
        Raises("Boom"),
        Raises("Boom"),
    ]


def test_where_a_text_is_asked_for_a_class_may_be_the_answer() -> None:
    assert [read_raises(text, "text") for text in ("RuntimeError", "IndexErr", "raises RuntimeError")] == [
        Raises("RuntimeError", "RuntimeError"),
        None,
        Raises("RuntimeError", "raises RuntimeError"),
    ]


NO = Literally(Word("no"))


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        pytest.param("UserWarning", Literally(Word("UserWarning")), id="class"),
        pytest.param("userwarning", Literally(Word("UserWarning")), id="lower-case"),
        pytest.param("a UserWarning", Literally(Word("UserWarning")), id="article"),
        pytest.param("UserWarning.", Literally(Word("UserWarning")), id="full-stop"),
        pytest.param("warns: UserWarning", Literally(Word("UserWarning")), id="warns"),
        pytest.param("UserWarning: this is deprecated", Literally(Word("UserWarning")), id="message"),
        pytest.param("UserWarning 경고가 나옵니다", Literally(Word("UserWarning")), id="korean-sentence"),
        pytest.param("torch.FutureWarning", Literally(Word("FutureWarning")), id="module"),
        pytest.param("SlowWarning", Literally(Word("SlowWarning")), id="a-class-of-a-library"),
        pytest.param("no", NO, id="no"),
        pytest.param("No.", NO, id="no-with-a-full-stop"),
        pytest.param("none", NO, id="none"),
        pytest.param("no warning", NO, id="no-warning"),
        pytest.param("No warnings", NO, id="no-warnings"),
        pytest.param("아니요", NO, id="korean-no"),
        pytest.param("없음", NO, id="korean-none"),
        pytest.param("경고 없음", NO, id="korean-no-warning"),
        pytest.param("경고가 없습니다.", NO, id="korean-no-warning-sentence"),
        pytest.param("경고 안 남", NO, id="korean-does-not-warn"),
        pytest.param("raises", Raises(), id="raises"),
        pytest.param("RuntimeError", Raises("RuntimeError"), id="raises-a-class"),
        pytest.param("UserWarnin", Unreadable("exception", "UserWarning"), id="slip"),
        pytest.param("DepricationWarning", Unreadable("exception", "DeprecationWarning"), id="another-slip"),
        pytest.param("warning", Unreadable("warning"), id="which-one"),
        pytest.param("Warning", Unreadable("warning"), id="which-class"),
        pytest.param("yes", Unreadable("warning"), id="yes"),
        pytest.param("help", Unreadable("warning"), id="a-word"),
        pytest.param("", Unreadable("warning"), id="nothing"),
        pytest.param("1" * 1_000_000, Unreadable("too-long"), id="too-long"),
    ],
)
def test_a_warning_is_a_class_or_no(text: str, answer: object) -> None:
    assert read_warning(text) == answer


def test_a_warning_of_the_program_may_have_any_name() -> None:
    assert read_warning("slow", ("Slow",)) == Literally(Word("Slow"))


@given(st.one_of(st.text(max_size=200), st.text(st.characters(categories=["Cs", "Lo", "Ll", "Po"]))))
def test_any_text_is_read_or_not(text: str) -> None:
    """Neither function raises, whatever the text."""
    assert isinstance(read_warning(text), Literally | Raises | Unreadable)
    assert isinstance(read_raises(" ".join(text.split()), "shape"), Raises | Unreadable | None)
    assert read_warning("x" * (MAX_LENGTH + 1)) == Unreadable("too-long")


LONG = [name for name in vars(builtins) if name.endswith("Error") and len(name) > 7]


@given(st.sampled_from(LONG), st.data())
def test_one_wrong_letter_makes_no_other_class(name: str, data: st.DataObject) -> None:
    """A known class with a letter left out, doubled or turned with the next is a known class or is asked again."""
    at = data.draw(st.integers(0, len(name) - 2))
    slips = (
        name[:at] + name[at + 1 :],
        name[: at + 1] + name[at:],
        name[:at] + name[at + 1] + name[at] + name[at + 2 :],
    )
    for slip in (data.draw(st.sampled_from(slips)), f"raises {data.draw(st.sampled_from(slips))}"):
        answer = read_raises(slip, "shape")
        assert isinstance(answer, Unreadable) or (
            isinstance(answer, Raises) and hasattr(builtins, str(answer.name))
        )
