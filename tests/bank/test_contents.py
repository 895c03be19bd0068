"""The topics of a bank in short, as `contents.json` keeps them or as they are loaded."""

from __future__ import annotations

import tracemalloc
import zipfile
from pathlib import Path

import pytest

from tensordrill.bank.contents import CONTENTS_FILE, Content, contents, contents_file
from tensordrill.bank.load import Bank
from tensordrill.errors import FileProblems

ONE = "  - id: one\n    given: x = 1\n    ask: x\n"
TWO = ONE.replace("one", "two")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A bank of two topics."""
    write(tmp_path, "apples", ONE + TWO)
    write(tmp_path, "pears", ONE)
    return tmp_path


def write(folder: Path, topic: str, questions: str, title: str = "T") -> None:
    text = f"format: 1\ntopic: {topic}\ntitle: {title}\nafter: []\nquestions:\n{questions}"
    (folder / f"{topic}.yaml").write_text(text, encoding="utf-8")


def keep(folder: Path) -> None:
    (folder / CONTENTS_FILE).write_bytes(contents_file(Bank(folder)))


def said(folder: Path) -> list[tuple[str, object, int]]:
    return [(each.name, each.title, len(each.ids)) for each in contents(Bank(folder))]


def test_they_are_the_same_kept_or_loaded(folder: Path) -> None:
    loaded = contents(Bank(folder))
    keep(folder)
    assert contents(Bank(folder)) == loaded
    assert [each.questions for each in loaded] == [("apples/one", "apples/two"), ("pears/one",)]


def test_what_is_kept_is_not_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(folder)
    monkeypatch.setattr(Bank, "topic", None)
    assert said(folder) == [("apples", "T", 2), ("pears", "T", 1)]


def test_a_topic_that_has_changed_is_loaded(folder: Path) -> None:
    keep(folder)
    write(folder, "pears", ONE + TWO, "Pears")
    write(folder, "plums", ONE)
    (folder / "apples.yaml").unlink()
    assert said(folder) == [("pears", "Pears", 2), ("plums", "T", 1)]


def test_a_broken_topic_that_has_changed_is_said(folder: Path) -> None:
    keep(folder)
    write(folder, "pears", ONE.replace("ask", "asks"))
    with pytest.raises(FileProblems, match="the key `asks` is not known here"):
        contents(Bank(folder))


@pytest.mark.parametrize("text", ["", "[", "{}", '[{"name": 5}]', "\xff"])
def test_contents_that_cannot_be_read_are_of_no_use_and_do_no_harm(folder: Path, text: str) -> None:
    (folder / CONTENTS_FILE).write_text(text, encoding="latin-1")
    assert said(folder) == [("apples", "T", 2), ("pears", "T", 1)]


def test_a_topic_that_depends_on_torch_is_always_loaded(folder: Path) -> None:
    write(folder, "pears", ONE + TWO + "    torch: '<2'\n")
    keep(folder)
    assert "pears" not in (folder / CONTENTS_FILE).read_text(encoding="utf-8")
    assert said(folder) == [("apples", "T", 2), ("pears", "T", 1)]


def test_a_content_says_what_the_topic_builds_on(folder: Path) -> None:
    text = (folder / "pears.yaml").read_text(encoding="utf-8").replace("[]", "[apples]")
    (folder / "pears.yaml").write_text(text, encoding="utf-8")
    assert [each.after for each in contents(Bank(folder))] == [(), ("apples",)]
    assert isinstance(contents(Bank(folder))[0], Content)


def test_a_bomb_in_an_archive_is_not_unpacked(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "own.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("apples.yaml", b" " * 60_000_000)
        archive.writestr(CONTENTS_FILE, b" " * 60_000_000)
    tracemalloc.start()
    with pytest.raises(FileProblems, match="more than 4000000 bytes; split it"):
        contents(Bank(tmp_path / "own.zip"))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 50_000_000
