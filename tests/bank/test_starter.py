"""`bank new` writes a file to start from, and never over another one."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from tensordrill.audit.check import check
from tensordrill.bank.load import Bank
from tensordrill.bank.schema import Predict, Write
from tensordrill.bank.starter import write_starter
from tensordrill.bank.variant import make, select
from tensordrill.errors import BankError
from tensordrill.sandbox.client import Sandbox


def test_the_file_is_a_topic_with_questions_in_both_languages(tmp_path: Path) -> None:
    write_starter(tmp_path, "my-topic")
    topic = Bank(tmp_path).topic("my-topic")
    assert {type(entry.question) for entry in topic.entries} == {Predict, Write}
    assert "TOPIC" not in topic.path.read_text(encoding="utf-8")


def test_the_file_passes_the_strict_check(tmp_path: Path, sandbox: Sandbox) -> None:
    write_starter(tmp_path, "my-topic")
    bank = Bank(tmp_path)
    report = check(bank, select(bank, []), 20, sandbox)
    assert [str(finding) for finding in report.findings] == []
    assert report.counts.questions == len(bank.topic("my-topic").entries)


def test_what_is_said_names_the_file_and_what_to_do_next(tmp_path: Path) -> None:
    folder = tmp_path / "new bank"
    sentence = write_starter(folder, "my-topic")
    quoted = shlex.quote(str(folder))
    assert sentence.text("en").splitlines() == [
        f"wrote {folder / 'my-topic.yaml'}",
        f"look at it:  tensordrill show my-topic/rows-of-a-sum --bank {quoted} --watch",
        f"check it:    tensordrill bank check {quoted}",
    ]
    assert make(Bank(folder).entry("my-topic/rows-of-a-sum"), 0).address == "my-topic/rows-of-a-sum@0"


def test_a_file_that_is_there_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "my-topic.yaml"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(BankError) as caught:
        write_starter(tmp_path, "my-topic")
    assert str(caught.value) == f"{path} is there already; choose another name or edit it"
    assert path.read_text(encoding="utf-8") == "mine"


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(BankError) as caught:
        write_starter(tmp_path / "file" / "bank", "my-topic")
    path = tmp_path / "file" / "bank" / "my-topic.yaml"
    assert str(caught.value) == f"{path} cannot be written: Not a directory"


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("ideas", id="the ideas' file"),
        pytest.param("My-Topic", id="capitals"),
        pytest.param("my topic", id="a space"),
        pytest.param("../topic", id="a path"),
        pytest.param("", id="nothing"),
        pytest.param("topic\n", id="a line end"),
        pytest.param("주제", id="Korean"),
    ],
)
def test_what_cannot_name_a_topic_is_said_and_nothing_is_written(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "bank"
    with pytest.raises(BankError) as caught:
        write_starter(folder, name)
    assert str(caught.value) == (
        f"`{name}` cannot name a topic; use lower-case words joined by `-`, as in `my-topic`"
    )
    assert not folder.exists()
