"""Histories that are signed: whose they are, and that nobody else has changed them."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

import pytest
from msgspec.structs import replace

from tensordrill.drill.history import History, read
from tensordrill.drill.review import Review
from tensordrill.drill.signature import HistorySignature, read_signed, write_signed
from tensordrill.errors import StoreError

from .test_history import REVIEW

MARK = "47d6f0f8935609b7"
CLAIM = HistorySignature("hw1", "2023001", "김민지")
REVIEWS = (REVIEW, replace(REVIEW, question="view/b", answer="두 줄\n답"))


def _signed(reviews: Sequence[Review] = REVIEWS, mark: str = MARK) -> bytes:
    file = io.BytesIO()
    assert write_signed(History(reviews, 2), file, CLAIM, mark) == len(reviews)
    return file.getvalue()


@pytest.mark.parametrize("reviews", [REVIEWS, ()], ids=["answers", "none"])
def test_a_signed_history_is_read_as_it_was_written(reviews: tuple[Review, ...]) -> None:
    signed = read_signed("me.jsonl", _signed(reviews))
    assert signed.reviews == reviews
    assert replace(signed.signature, proof="") == replace(CLAIM, answers=len(reviews))
    assert signed.is_proved_by(MARK)


def test_the_proof_stays_what_it_is() -> None:
    proof = read_signed("me.jsonl", _signed(())).signature.proof
    assert proof == "6b372b8faf49b8078715edb6f2ec7e224164b3bd5d18b74cacb504df2a2e32b6"


def test_an_import_reads_a_signed_history_as_any_other() -> None:
    assert read("me.jsonl", io.BytesIO(_signed())) == History(list(REVIEWS), 2)


CHANGES: list[object] = [
    pytest.param(lambda raw: raw.replace(b'"(2, 3)"', b'"(3, 2)"', 1), id="an-answer"),
    pytest.param(lambda raw: raw.replace(b'"incorrect"', b'"correct"', 1), id="an-outcome"),
    pytest.param(lambda raw: raw[raw.index(b"\n", 30) + 1 :], id="a-line-less"),
    pytest.param(lambda raw: raw[: raw.index(b"\n", 30) + 1] + raw, id="a-line-more"),
    pytest.param(lambda raw: raw.replace(b'"2023001"', b'"2023002"'), id="the-student"),
    pytest.param(lambda raw: raw.replace(b'"hw1"', b'"hw2"'), id="the-assignment"),
    pytest.param(lambda raw: raw.replace(b'"answers":2', b'"answers":3'), id="the-count"),
    pytest.param(lambda raw: raw.replace(b'"proof":"', b'"proof":"\\u00e9'), id="the-proof"),
]


@pytest.mark.parametrize("change", CHANGES)
def test_any_change_is_seen(change: Callable[[bytes], bytes]) -> None:
    raw = change(_signed())
    assert raw != _signed()
    assert not read_signed("me.jsonl", raw).is_proved_by(MARK)


@pytest.mark.parametrize("mark", ["", "47d6f0f8935609b8"], ids=["none", "another-student's"])
def test_another_mark_proves_nothing(mark: str) -> None:
    assert not read_signed("me.jsonl", _signed()).is_proved_by(mark)
    assert not read_signed("me.jsonl", _signed(mark="")).is_proved_by("")


@pytest.mark.parametrize("raw", [pytest.param(raw, id=name) for name, raw in {
    "empty": b"",
    "unsigned": b'{"starting_level":2}\n',
    "no-json": b"answer = x\n",
    "deep": b"[" * 100_000,
    "bytes": b"\xff\xfe\x00",
    "number": b'{"signature":1}',
    "unknown-key": b'{"signature":{"assignment":"a","student":"s","name":"","answers":0,"more":1}}',
}.items()])  # fmt: skip
def test_what_is_not_signed_says_how_to_sign_it(raw: bytes) -> None:
    with pytest.raises(StoreError) as caught:
        read_signed("me.jsonl", raw)
    assert str(caught.value) == (
        "it is not signed; `tensordrill history export FILE --signed HANDOUT` signs it"
    )
