"""Korean rounds: no sentence of English is left in what is said of an answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec import structs

from tensordrill.kinds.answers import Difference
from tensordrill.kinds.compare import differences
from tensordrill.messages.drill import WORDS as DRILL
from tensordrill.messages.question import EXAMPLES, FACETS, FORMS, MUST, WORDS, WORDS_ASKED, WRITE
from tensordrill.render.verdict import facet
from tensordrill.sandbox.protocol import Bool, Observation, Raised, Tensor

_GOLDEN = Path(__file__).parent / "golden"
_TYPED = ("--- ", " ›", " ·")
_TENSOR = Tensor(dtype="float32", shape=(2,), data=b"\0\0\x80?\0\0\0@", contiguous=True, memory=("x",))
_TABLES = (WORDS, DRILL, EXAMPLES, FACETS, FORMS, MUST, WORDS_ASKED, WRITE)


def _english() -> Iterator[str]:
    """Yield what the English sentences of a round say in two words or more that the Korean ones do not say."""
    for table in _TABLES:
        for english, korean in table.values():
            for piece in re.split(r"\{[^}]*\}|`[^`]*`|\n", english):
                words = piece.strip(" .:;?!…")
                if re.search(r"[a-z]{2} [a-z]{2}", words) and words not in korean:
                    yield words


@pytest.mark.parametrize("file", sorted(_GOLDEN.glob("*-ko-*.txt")), ids=lambda file: file.stem)
def test_no_sentence_of_a_screen_is_english(file: Path) -> None:
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith(_TYPED)]
    assert [(words, line) for words in set(_english()) for line in lines if words in line] == []
    assert [line for line in lines if re.search(r"답은 (True|False|none)|기대 |실제 ", line)] == []


def _differences() -> Iterator[Difference]:
    """Yield a difference of each aspect that is told in words."""
    plain = structs.replace(_TENSOR, memory=())
    strided = structs.replace(_TENSOR, contiguous=False)
    runs = [
        (Observation(value=_TENSOR), Observation(value=plain), ("memory",)),
        (Observation(value=_TENSOR), Observation(value=strided), ("contiguous",)),
        (Observation(value=_TENSOR, changed={"x": plain}), Observation(value=_TENSOR), ("changed",)),
        (Observation(value=_TENSOR), Observation(value=_TENSOR, grads={"x": plain}), ("grad",)),
        (Observation(value=_TENSOR), Observation(failure="timeout"), ("values",)),
        (Observation(value=_TENSOR), Observation(failure="crashed"), ("values",)),
        (Observation(value=Bool(True)), Observation(value=plain), ("values",)),
        (Observation(raised=Raised(("ValueError",), "m", 1, "code")), Observation(value=plain), ("values",)),
    ]
    for expected, got, must in runs:
        pairs = differences(expected, got, must)
        assert pairs
        yield from pairs
    yield Difference("calls", "without reshape", "calls reshape")
    yield Difference("calls", "only view", "calls reshape")
    yield Difference("bool", "True", "False")
    yield Difference("picks", "1", "none")
    yield Difference("values", "[1]", "[2]", on="x = torch.arange(3)")
    yield Difference("outcome", "a value", "timeout", blank=2)


_CODE = frozenset(
    "bool m reshape shape dtype stride view x torch arange ValueError Tensor Parameter grad contiguous".split()
)


@pytest.mark.parametrize("difference", [*_differences()], ids=lambda d: f"{d.facet}: {d.expected}, {d.got}")
def test_no_difference_is_half_translated(difference: Difference) -> None:
    sentence = "\n".join(line.plain for line in facet(difference, "ko", again=False))
    assert set(re.findall("[A-Za-z]+", sentence)) <= _CODE
    assert re.search("[가-힣]", sentence)


def test_the_english_sentences_are_found() -> None:
    assert "shares with nothing" in set(_english())
    assert "One more try; the first answer counts" in set(_english())
