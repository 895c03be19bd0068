"""The questions' file: the same questions come out of it, and nothing that breaks it breaks the program."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tensordrill.bank.load import Bank
from tensordrill.bank.sources import shipped
from tensordrill.bank.variant import make
from tensordrill.course.assignment.assignment import Item
from tensordrill.course.assignment.bundle import content_hash, open_bundle, pack, unpack
from tensordrill.errors import CourseError

from .homework import FILL, WRITE, assignment

_DAMAGED = "hw1.bank: this is not a questions' file, or it is damaged; get it again"
_ONE_IN = 5
"""Of so many shipped questions the gate packs one."""


@pytest.fixture(scope="module")
def raw(shipped_bank: Bank) -> bytes:
    return pack(assignment([Item(id=WRITE), Item(id=FILL)]), shipped_bank, handed_out=False)


def test_every_shipped_question_comes_out_as_it_went_in(shipped_bank: Bank, thorough: bool) -> None:
    entries = [entry for topic in shipped_bank.topics() for entry in topic.entries][
        :: 1 if thorough else _ONE_IN
    ]
    asked = assignment([Item(id=entry.id) for entry in entries])
    bundle = unpack(pack(asked, shipped_bank, handed_out=False), Path("hw1.bank"))
    assert bundle.assignment == asked
    assert list(bundle.entries) == [entry.id for entry in entries]
    for entry in entries:
        again = bundle.entries[entry.id]
        assert (entry.id, content_hash([again])) == (entry.id, content_hash([entry]))
        assert make(again, 7).question == make(entry, 7).question
    named = {wrong.name for entry in entries for wrong in entry.question.misconceptions}
    assert bundle.bank.ideas == {name: shipped_bank.ideas[name] for name in named & shipped_bank.ideas.keys()}


def test_the_same_questions_give_the_same_bytes(raw: bytes) -> None:
    again = pack(assignment([Item(id=WRITE), Item(id=FILL)]), Bank(shipped()), handed_out=False)
    assert again == raw


def test_hidden_questions_are_left_out_of_what_is_handed_out(shipped_bank: Bank) -> None:
    asked = assignment([Item(id=WRITE), Item(id=FILL, hidden=True)])
    handed_out = pack(asked, shipped_bank, handed_out=True)
    bundle = unpack(handed_out, Path("hw1.bank"))
    assert list(bundle.entries) == [WRITE]
    with zipfile.ZipFile(io.BytesIO(handed_out)) as archive:
        content = b"".join(archive.read(name) for name in archive.namelist())
    assert shipped_bank.entry(FILL).question.id.encode() not in content.replace(FILL.encode(), b"")


def test_nothing_is_left_of_a_hidden_question_with_an_alias(shipped_bank: Bank) -> None:
    asked = assignment([Item(id=WRITE, alias="hw1/1"), Item(id=FILL, alias="hw1/2", hidden=True)])
    handed_out = pack(asked, shipped_bank, handed_out=True)
    questions = unpack(handed_out, Path("hw1.bank")).assignment.questions
    assert [(item.id, item.alias) for item in questions] == [(WRITE, "hw1/1"), ("hw1/2", "hw1/2")]
    recorded = unpack(pack(asked, shipped_bank, handed_out=False), Path("recorded.bank"))
    assert recorded.assignment == asked


def test_all_questions_may_be_hidden(shipped_bank: Bank) -> None:
    handed_out = pack(assignment([Item(id=WRITE, hidden=True)]), shipped_bank, handed_out=True)
    bundle = unpack(handed_out, Path("hw1.bank"))
    assert bundle.entries == {}


def _repacked(raw: bytes, **changed: bytes | None) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            if changed.get(name, b"") is not None:
                new.writestr(name, changed.pop(name, None) or old.read(name))
        for name, body in changed.items():
            if body is not None:
                new.writestr(name, body)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        pytest.param(lambda _: b"", _DAMAGED, id="empty"),
        pytest.param(lambda _: b"hello", _DAMAGED, id="no-archive"),
        pytest.param(lambda raw: raw[: len(raw) // 2], _DAMAGED, id="half"),
        pytest.param(
            lambda raw: raw.replace(b"PK\1\2", b"PK\1\2", 1)[:60] + b"\xff" * 900 + raw[960:],
            _DAMAGED,
            id="overwritten",
        ),
        pytest.param(lambda raw: _repacked(raw, **{"assignment.json": None}), _DAMAGED, id="no-assignment"),
        pytest.param(lambda raw: _repacked(raw, **{"assignment.json": b"{}"}), _DAMAGED, id="no-format"),
        pytest.param(
            lambda raw: _repacked(raw, **{"view.yaml": b"nonsense: ["}), _DAMAGED, id="broken-topic"
        ),
        pytest.param(
            lambda raw: _repacked(raw, **{"../evil.yaml": b"x"}), _DAMAGED, id="name-that-leads-out"
        ),
        pytest.param(lambda raw: _repacked(raw, **{"evil.py": b"x"}), _DAMAGED, id="file-of-another-kind"),
        pytest.param(
            lambda raw: _repacked(raw, **{"assignment.json": b'{"format": 2, "new": 1}'}),
            "hw1.bank: it is newer than this program; upgrade tensordrill",
            id="newer",
        ),
    ],
)
def test_what_is_no_questions_file_says_so(
    change: Callable[[bytes], bytes], message: str, raw: bytes
) -> None:
    with pytest.raises(CourseError) as caught:
        unpack(change(raw), Path("hw1.bank"))
    assert str(caught.value) == message


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CourseError) as caught:
        open_bundle(tmp_path / "hw1.bank")
    assert str(caught.value) == f"{tmp_path / 'hw1.bank'}: the bank cannot be read: No such file or directory"


@given(st.data())
def test_any_damage_is_noticed_or_harmless(raw: bytes, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(raw) - 1))
    junk = data.draw(st.binary(min_size=1, max_size=40))
    damaged = raw[:start] + junk + raw[start + len(junk) :]
    try:
        bundle = unpack(damaged, Path("hw1.bank"))
        result = bundle.entries.keys() <= {WRITE, FILL}
    except CourseError as error:
        result = str(error).startswith("hw1.bank: ")
    assert result
