"""Several banks side by side: folders, zip archives, the shipped bank and those of installed packages."""

from __future__ import annotations

import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tensordrill.bank.archive import pack
from tensordrill.bank.load import Bank
from tensordrill.bank.sources import find, installed, named, shipped, source_at
from tensordrill.errors import BankError, FileProblems

ONE = "    given: x = 1\n    ask: x\n"


def topic(name: str, *ids: str) -> str:
    questions = "".join(f"  - id: {id}\n{ONE}" for id in ids or ("one",))
    return f"format: 1\ntopic: {name}\ntitle: T\nquestions:\n{questions}"


def idea(name: str, rule: str = "R") -> str:
    return f"{name}:\n  title: T\n  rule: {rule}\n"


Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a bank's folder, its topics and ideas by name."""

    def folder(name: str, **files: str) -> Path:
        made = tmp_path / name
        made.mkdir()
        for stem, text in files.items():
            (made / f"{stem}.yaml").write_text(text, encoding="utf-8")
        return made

    return folder


def test_topics_of_several_banks_are_in_one(write: Write) -> None:
    bank = Bank(write("own", mine=topic("mine")), write("course", hers=topic("hers")))
    assert bank.names == ("hers", "mine")
    assert [entry.id for name in bank.names for entry in bank.topic(name).entries] == ["hers/one", "mine/one"]
    assert [bank.entry(id).bank for id in ("hers/one", "mine/one")] == ["course", "own"]
    assert not bank.is_shipped


def test_the_shipped_bank_is_one_of_several(write: Write) -> None:
    bank = Bank(source_at(shipped()), write("own", mine=topic("mine")))
    assert set(bank.names) == {*Bank(shipped()).names, "mine"}
    assert (bank.source("view").name, bank.source("mine").name) == ("shipped", "own")
    assert Bank(shipped()).is_shipped
    assert not bank.is_shipped


def test_a_topic_in_two_banks_is_refused_with_both_places(write: Write) -> None:
    first, second = write("a", mine=topic("mine")), write("b", mine=topic("mine"))
    with pytest.raises(BankError) as caught:
        _ = Bank(first, second).names
    assert str(caught.value) == (
        f"the topic `mine` is in two banks: {first}/mine.yaml and {second}/mine.yaml; "
        "rename one, or open only one of the banks"
    )


def test_ideas_of_all_banks_and_of_the_shipped_one_are_known(write: Write) -> None:
    ideas = Bank(
        write("a", one=topic("one"), ideas=idea("theirs")), write("b", two=topic("two"), ideas=idea("ours"))
    ).named_ideas
    assert {"ours", "theirs", "squeeze-drops-one"} <= ideas.keys()


def test_a_bank_may_word_a_shipped_idea_anew(write: Write) -> None:
    bank = Bank(write("a", one=topic("one"), ideas=idea("squeeze-drops-one")))
    assert bank.named_ideas["squeeze-drops-one"].title == "T"


def test_two_banks_that_say_different_things_of_one_idea_are_refused(write: Write) -> None:
    first = write("a", one=topic("one"), ideas=idea("same") + idea("other", "A"))
    second = write("b", two=topic("two"), ideas=idea("same") + idea("other", "B"))
    with pytest.raises(FileProblems) as caught:
        Bank(first, second).topics()
    assert caught.value.problems == (
        f"the idea `other` is named by two of {first}, {second}, and they say different things of it; rename one",
    )


# --- zip archives ---


def test_a_packed_bank_is_the_same_bank(write: Write, tmp_path: Path) -> None:
    folder = write("own", mine=topic("mine", "one", "two"), ideas=idea("ours"))
    (folder / "notes.txt").write_text("not packed", encoding="utf-8")
    pack(folder, tmp_path / "own.zip")
    bank, again = Bank(folder), Bank(tmp_path / "own.zip")
    assert [entry.question for entry in again.topic("mine").entries] == [
        entry.question for entry in bank.topic("mine").entries
    ]
    assert again.own_ideas == bank.own_ideas
    assert zipfile.ZipFile(tmp_path / "own.zip").namelist() == ["contents.json", "ideas.yaml", "mine.yaml"]


def test_packing_twice_gives_the_same_bytes(write: Write, tmp_path: Path) -> None:
    folder = write("own", mine=topic("mine"))
    pack(folder, tmp_path / "a.zip")
    pack(folder, tmp_path / "b.zip")
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


def test_a_broken_bank_is_not_packed(write: Write, tmp_path: Path) -> None:
    folder = write("own", mine=topic("mine").replace("ask", "asks"))
    with pytest.raises(FileProblems):
        pack(folder, tmp_path / "own.zip")
    assert not (tmp_path / "own.zip").exists()


def test_an_archive_may_hold_the_folder_itself(write: Write, tmp_path: Path) -> None:
    folder = write("own", mine=topic("mine"))
    with zipfile.ZipFile(tmp_path / "own.zip", "w") as archive:
        archive.write(folder / "mine.yaml", "own-1.2/mine.yaml")
    assert Bank(tmp_path / "own.zip").names == ("mine",)


def test_a_problem_in_an_archive_is_said_at_its_place(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "own.zip", "w") as archive:
        archive.writestr("mine.yaml", topic("mine").replace("ask", "asks"))
    with pytest.raises(FileProblems) as caught:
        Bank(tmp_path / "own.zip").topics()
    assert caught.value.problems == (
        f"{tmp_path}/own.zip/mine.yaml:7:5: the key `asks` is not known here; did you mean `ask`?",
    )


def _damage(file: Path) -> None:
    raw = bytearray(file.read_bytes())
    at = raw.index(b"topic: mine")
    raw[at : at + 5] = b"XXXXX"
    file.write_bytes(raw)


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        pytest.param(
            lambda file: file.write_bytes(b"no archive"),
            "{file}: this is neither a folder nor a sound zip archive; `tensordrill bank pack DIR` makes one",
            id="no archive",
        ),
        pytest.param(
            lambda file: file.write_bytes(file.read_bytes()[:40]),
            "{file}: this is neither a folder nor a sound zip archive; `tensordrill bank pack DIR` makes one",
            id="cut off",
        ),
        pytest.param(
            _damage,
            "{file}/mine.yaml: the archive is damaged here; pack the bank again",
            id="other bytes",
        ),
        pytest.param(
            lambda file: zipfile.ZipFile(file, "w").close(),
            "{file}: no topic file (`*.yaml`) here; `tensordrill bank new TOPIC` writes one",
            id="empty",
        ),
    ],
)
def test_a_spoilt_archive_is_one_sentence(
    tmp_path: Path, spoil: Callable[[Path], None], sentence: str
) -> None:
    file = tmp_path / "own.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mine.yaml", topic("mine"))
    spoil(file)
    with pytest.raises((BankError, FileProblems)) as caught:
        Bank(file).topics()
    assert str(caught.value) == sentence.format(file=file)


def test_a_bomb_in_an_archive_is_not_unpacked(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "own.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mine.yaml", b" " * 50_000_000)
    with pytest.raises(FileProblems, match="more than 4000000 bytes; split it"):
        Bank(tmp_path / "own.zip").topics()


# --- names ---


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An installed package with a bank, as an installer leaves it."""
    folder = tmp_path / "site" / "drills" / "bank"
    folder.mkdir(parents=True)
    (folder.parent / "__init__.py").write_text("", encoding="utf-8")
    (folder / "packaged.yaml").write_text(topic("packaged"), encoding="utf-8")
    about = tmp_path / "site" / "drills-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: drills\nVersion: 1.0\n", encoding="utf-8")
    (about / "entry_points.txt").write_text(
        "[tensordrill.banks]\ndrills = drills.bank\ngone = drills.nowhere\n", encoding="utf-8"
    )
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    yield folder
    for name in [name for name in sys.modules if name.partition(".")[0] == "drills"]:
        del sys.modules[name]


def test_an_installed_bank_is_opened_by_its_name(package: Path) -> None:
    bank = Bank(find("drills"))
    assert (bank.names, bank.sources[0].kind, bank.sources[0].folder) == (("packaged",), "package", package)
    assert [source.name for source in installed()] == ["drills"]


def test_a_declared_bank_that_is_not_there_is_said(package: Path) -> None:
    assert package.is_dir()
    with pytest.raises(BankError) as caught:
        find("gone")
    assert str(caught.value) == (
        "the bank `gone` is declared as the package `drills.nowhere`, which is not there; install it again"
    )


def test_a_path_comes_before_an_installed_name(
    package: Path, write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert package.is_dir()
    write("drills", mine=topic("mine"))
    monkeypatch.chdir(tmp_path)
    assert Bank(find("drills")).names == ("mine",)


@pytest.mark.parametrize(
    ("environ", "names"),
    [
        pytest.param({}, ["shipped"], id="nothing said"),
        pytest.param({"TENSORDRILL_BANK": ""}, ["shipped"], id="empty"),
        pytest.param({"TENSORDRILL_BANK": "mine"}, ["mine"], id="one"),
        pytest.param({"TENSORDRILL_BANK": "shipped:mine"}, ["shipped", "mine"], id="several"),
    ],
)
def test_the_variable_is_a_list_of_banks(
    environ: dict[str, str], names: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.pathsep", ":")
    assert named(environ) == names
