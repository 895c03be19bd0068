"""Files appear whole or not at all, and only inside the folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from tensordrill.course.output import Output
from tensordrill.errors import CourseError


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_has_its_name_only_when_it_is_whole(tmp_path: Path) -> None:
    output = Output(tmp_path / "new" / "out")
    with output.file("grades.csv", bom=True) as stream:
        stream.write("a\r\n")
        assert _names(output.path) == [".grades.csv.part"]
    assert _names(output.path) == ["grades.csv"]
    assert (output.path / "grades.csv").read_bytes() == b"\xef\xbb\xbfa\r\n"


def test_a_file_that_fails_leaves_the_one_before(out: Path) -> None:
    output = Output(out)
    output.write("a.md", "before")
    with pytest.raises(KeyError), output.file("a.md") as stream:
        stream.write({"a": "b"}["nobody"])
    assert _names(out) == ["a.md"]
    assert (out / "a.md").read_text() == "before"


def test_what_an_earlier_run_left_is_written_over(out: Path) -> None:
    output = Output(out)
    (out / ".a.md.part").write_text("half of somethi")
    output.write("a.md", "whole")
    assert _names(out) == ["a.md"]
    assert (out / "a.md").read_text() == "whole"


@pytest.mark.parametrize("name", ["a.md", ".a.md.part"])
def test_a_planted_link_is_replaced_and_not_followed(tmp_path: Path, name: str) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_text("mine")
    output = Output(tmp_path / "out")
    (output.path / name).symlink_to(elsewhere)
    output.write("a.md", "text")
    assert elsewhere.read_text() == "mine"
    assert (output.path / "a.md").read_text() == "text"
    assert not (output.path / "a.md").is_symlink()


def test_a_link_in_place_of_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    output = Output(tmp_path / "out")
    (output.path / "feedback").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(CourseError) as caught:
        output.inside("feedback")
    path = output.path / "feedback"
    assert str(caught.value) == f"{path}: this is a link; remove it, so that nothing is written elsewhere"


def test_what_cannot_be_written_is_one_sentence(tmp_path: Path, out: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CourseError, match=r"file: this cannot be written: File exists$"):
        Output(tmp_path / "file")
    (out / "a.md").mkdir(parents=True)
    with pytest.raises(CourseError, match=r"a\.md: this cannot be written: Is a directory$"):
        Output(out).write("a.md", "text")
    assert _names(out) == ["a.md"]
