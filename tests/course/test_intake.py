"""Whatever lies among the submissions costs one sentence at most, and the rest is read."""

from __future__ import annotations

import io
import os
import struct
import subprocess
import unicodedata
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tensordrill.course.gradebook import Rejected
from tensordrill.course.submission.intake import SubmissionFile, sources
from tensordrill.errors import CourseError
from tests.needs import skip_elsewhere

GOOD = b"# view/one@1\nanswer = 1\n"
_LINK = "this is a link, which is not followed; hand in the file itself"


def _zip(members: Mapping[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, body in members.items():
            archive.writestr(name, body)
    return buffer.getvalue()


def _read(*paths: Path) -> tuple[list[str], list[Rejected]]:
    """Return the names of what can be read, and what is listed with its reason."""
    files, rejected = sources(paths)
    names = []
    for source in files:
        try:
            source.read()
            names.append(source.name)
        except CourseError as error:
            rejected.append(Rejected(source.name, str(error)))
    return names, rejected


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one good submission, in which the rest must not be noticed."""
    path = tmp_path / "submissions"
    path.mkdir()
    (path / "good.py").write_bytes(GOOD)
    return path


def _sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(1 << 30)


@pytest.mark.parametrize(
    ("name", "make", "reason"),
    [
        pytest.param("a.py", lambda path: path.symlink_to("/etc/passwd"), _LINK, id="link-to-a-file"),
        pytest.param("a.py", lambda path: path.symlink_to("nowhere"), _LINK, id="link-to-nothing"),
        pytest.param("a", lambda path: path.symlink_to("/etc"), _LINK, id="link-to-a-folder"),
        pytest.param("a.zip", lambda path: path.symlink_to("/etc/passwd"), _LINK, id="link-called-zip"),
        pytest.param("a.py", os.mkfifo, "this is not a regular file; hand in the file itself", id="pipe"),
        pytest.param(
            "a.zip", os.mkfifo, "this is not a regular file; hand in the file itself", id="pipe-called-zip"
        ),
        pytest.param(
            "a.py",
            _sparse,
            "it has 1074 MB, and a submission at most 4; hand in the file itself",
            id="a-gigabyte",
        ),
        pytest.param(
            "a.zip",
            _sparse,
            "the archive cannot be read (File is not a zip file); zip the submissions again",
            id="a-gigabyte-called-zip",
        ),
        pytest.param("a.py", Path.mkdir, "this is a folder; hand in the file itself", id="folder-called-py"),
        pytest.param(
            "a.zip",
            Path.touch,
            "the archive cannot be read (File is not a zip file); zip the submissions again",
            id="empty-zip",
        ),
        pytest.param(
            "a.zip",
            lambda path: path.write_bytes(_zip({"x.py": GOOD})[:-30]),
            "the archive cannot be read (File is not a zip file); zip the submissions again",
            id="half-a-zip",
        ),
    ],
)
def test_what_is_no_submission_is_listed_and_the_rest_goes_on(
    name: str, make: Callable[[Path], object], reason: str, folder: Path
) -> None:
    make(folder / name)
    assert _read(folder) == (["good.py"], [Rejected(name, reason)])


def test_rules_are_said_in_the_assignment_s_language(folder: Path) -> None:
    (folder / "b.py").symlink_to("/etc/passwd")
    (folder / "c.zip").write_bytes(_zip({"x.zip": _zip({"y.zip": b""}), "z.zip": b"PK"}))
    (folder / "d.py").mkdir()
    _, rejected = sources([folder], language="ko")
    assert rejected == [
        Rejected("d.py", "폴더입니다. 파일을 그대로 내세요."),
        Rejected("c.zip/x.zip/y.zip", "압축 파일이 세 겹으로 들어 있어 열지 않습니다. 파일을 그대로 내세요."),
        Rejected(
            "c.zip/z.zip", "압축 파일을 읽을 수 없습니다(File is not a zip file). 파일을 그대로 내세요."
        ),
    ]


def test_what_systems_leave_beside_files_is_passed_over(folder: Path) -> None:
    for name in (
        "__MACOSX/._good.py",
        "__pycache__/good.cpython-311.pyc",
        ".ipynb_checkpoints/good-checkpoint.ipynb",
        ".git/config",
        ".DS_Store",
        "._good.py",
        "Thumbs.db",
        "desktop.ini",
        "hw1.bank",
    ):
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(GOOD)
    (folder / "all.zip").write_bytes(
        _zip({"__MACOSX/x.py": GOOD, "a/._b.py": GOOD, "a/.git/x.py": GOOD, "a/": b"", "a/b.py": GOOD})
    )
    assert _read(folder) == (["all.zip/a/b.py", "good.py"], [])


def test_whatever_else_lies_there_is_a_source(folder: Path) -> None:
    names = ["a", "a.ipynb.json", "a.pdf", "a.png", "a.py.part", "a.py~", ".a.py.swp", "data.csv"]
    for name in names:
        (folder / name).write_bytes(b"\x89PNG")
    (folder / "z.zip").write_bytes(_zip(dict.fromkeys(names, b"%PDF")))
    assert _read(folder) == (sorted([*names, "good.py", *(f"z.zip/{name}" for name in names)]), [])


def test_folders_zips_and_zips_in_zips_are_searched(folder: Path) -> None:
    (folder / "kim").mkdir()
    (folder / "kim" / "hw1.IPYNB").write_bytes(GOOD)
    inner = _zip({"lee/hw1.py": GOOD, "notes.pdf": b"x"})
    (folder / "all.ZIP").write_bytes(_zip({"park.py": GOOD, "lee.zip": inner}))
    assert _read(folder) == (
        [
            "all.ZIP/lee.zip/lee/hw1.py",
            "all.ZIP/lee.zip/notes.pdf",
            "all.ZIP/park.py",
            "good.py",
            "kim/hw1.IPYNB",
        ],
        [],
    )


def test_what_was_named_is_called_without_its_folder(folder: Path) -> None:
    archive = folder / "all.zip"
    archive.write_bytes(_zip({"park.py": GOOD, "park.docx": b""}))
    assert _read(folder / "good.py", archive) == (["good.py", "park.docx", "park.py"], [])


def test_a_path_that_is_not_there_stops_everything(folder: Path) -> None:
    with pytest.raises(CourseError) as caught:
        sources([folder / "nowhere"])
    assert str(caught.value) == (
        f"{folder / 'nowhere'}: there is no such file or folder; name submissions, folders or zips"
    )


def test_sources_come_in_one_order(folder: Path) -> None:
    (folder / "b.py").write_bytes(GOOD)
    (folder / "a.zip").write_bytes(_zip({"b.py": GOOD, "a.py": GOOD}))
    paths = [folder / name for name in ("b.py", "a.zip", "good.py")]
    assert sources(paths)[0] == sources(paths[::-1])[0]


@pytest.mark.usefixtures("no_override")
def test_what_may_not_be_read_is_said(folder: Path) -> None:
    (folder / "a.py").touch(0)
    (folder / "b").mkdir(0)
    assert _read(folder) == (
        ["good.py"],
        [
            Rejected("b", "the folder cannot be read: Permission denied"),
            Rejected("a.py", "it cannot be read: Permission denied"),
        ],
    )


# --- names ---


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param("김민지.py".encode("cp949"), id="cp949"),
        pytest.param("김민지.py".encode(), id="utf-8"),
        pytest.param(unicodedata.normalize("NFD", "김민지.py").encode(), id="nfd"),
    ],
)
def test_korean_names_on_disk(raw: bytes, folder: Path) -> None:
    (folder / os.fsdecode(raw)).write_bytes(GOOD)
    assert _read(folder) == (["good.py", "김민지.py"], [])


def _named(name: bytes, flag: int) -> bytes:
    """Return a zip whose only member has this name, as other systems' programs write it."""
    stand_in = b"x" * (len(name) - 3) + b".py"
    raw = bytearray(_zip({stand_in.decode(): GOOD}).replace(stand_in, name))
    for signature, offset in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        at = raw.index(signature) + offset
        raw[at : at + 2] = struct.pack("<H", flag)
    return bytes(raw)


@pytest.mark.parametrize(
    ("name", "flag", "shown"),
    [
        pytest.param("김민지.py".encode("cp949"), 0, "김민지.py", id="cp949-as-korean-windows"),
        pytest.param("김민지.py".encode(), 0, "김민지.py", id="utf-8-without-saying-so"),
        pytest.param("김민지.py".encode(), 0x800, "김민지.py", id="utf-8"),
        pytest.param(
            unicodedata.normalize("NFD", "김민지.py").encode(), 0x800, "김민지.py", id="nfd-as-macos"
        ),
        pytest.param(b"/etc/cron.d/a.py", 0, "etc/cron.d/a.py", id="absolute"),
        pytest.param(b"../../../etc/a.py", 0, "etc/a.py", id="upwards"),
        pytest.param(b"..\\..\\etc\\a.py", 0, "etc/a.py", id="upwards-with-backslashes"),
    ],
)
def test_names_in_zips(name: bytes, flag: int, shown: str, folder: Path) -> None:
    (folder / "z.zip").write_bytes(_named(name, flag))
    assert _read(folder / "z.zip") == ([shown], [])


# --- archives made to do harm ---


def _lying() -> bytes:
    """A zip that says that its file is small."""
    raw = bytearray(_zip({"a.py": b"0" * 10_000_000}))
    for signature, offset in ((b"PK\3\4", 22), (b"PK\1\2", 24)):
        at = raw.index(signature) + offset
        raw[at : at + 4] = struct.pack("<I", 100)
    return bytes(raw)


def _encrypted() -> bytes:
    raw = bytearray(_zip({"a.py": GOOD}))
    for signature, offset in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        at = raw.index(signature) + offset
        raw[at : at + 2] = struct.pack("<H", 1)
    return bytes(raw)


def _damaged() -> bytes:
    raw = bytearray(_zip({"a.py": os.urandom(2000)}))
    raw[200:1500] = b"\xff" * 1300
    return bytes(raw)


def _link() -> bytes:
    info = zipfile.ZipInfo("a.py")
    info.external_attr = 0o120777 << 16
    return _zip({info: b"/etc/passwd"})


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        pytest.param(
            _zip({"a.py": b"0" * 5_000_000}),
            "it has 5 MB, and a submission at most 4; hand in the file itself",
            id="a-bomb",
        ),
        pytest.param(_link(), _LINK, id="a-link"),
        pytest.param(
            _encrypted(),
            "it cannot be unpacked (it has a password); hand in the file itself",
            id="a-password",
        ),
    ],
)
def test_a_member_that_cannot_be_had_is_listed(raw: bytes, reason: str, folder: Path) -> None:
    (folder / "z.zip").write_bytes(raw)
    assert _read(folder) == (["good.py"], [Rejected("z.zip/a.py", reason)])


@pytest.mark.parametrize("raw", [pytest.param(_lying(), id="lying"), pytest.param(_damaged(), id="damaged")])
def test_a_member_that_is_broken_is_listed_in_zips_own_words(raw: bytes, folder: Path) -> None:
    (folder / "z.zip").write_bytes(raw)
    names, (rejected,) = _read(folder)
    assert (names, rejected.source) == (["good.py"], "z.zip/a.py")
    assert rejected.reason.startswith("it cannot be unpacked (")
    assert rejected.reason.endswith("); hand in the file itself")


@pytest.mark.parametrize(
    ("inner", "name", "reason"),
    [
        pytest.param(
            b"PK no zip",
            "kim.zip",
            "the archive cannot be read (File is not a zip file); hand in the file itself",
            id="no-zip",
        ),
        pytest.param(
            b"0" * 40_000_000,
            "kim.zip",
            "it has 40 MB, and a submission at most 32; hand in the file itself",
            id="a-bomb",
        ),
        pytest.param(
            _zip({f"{number}.py": b"" for number in range(201)}),
            "kim.zip",
            "the archive cannot be read (it has 201 files); hand in the file itself",
            id="too-many-files",
        ),
        pytest.param(
            _zip({"deep.zip": _zip({"a.py": GOOD})}),
            "kim.zip/deep.zip",
            "an archive in an archive in an archive is not opened; hand in the file itself",
            id="too-deep",
        ),
    ],
)
def test_an_archive_within_that_cannot_be_had_is_listed(
    inner: bytes, name: str, reason: str, folder: Path
) -> None:
    (folder / "z.zip").write_bytes(_zip({"kim.zip": inner, "lee.py": GOOD}))
    assert _read(folder) == (["good.py", "z.zip/lee.py"], [Rejected(f"z.zip/{name}", reason)])


def test_an_archive_that_changed_is_opened_again(folder: Path) -> None:
    path = folder / "z.zip"
    path.write_bytes(_zip({"a.py": b"1"}))
    (source,), _ = sources([path])
    assert source.read() == b"1"
    path.write_bytes(_zip({"a.py": b"22"}))
    assert source.read() == b"22"
    path.unlink()
    with pytest.raises(CourseError, match=r"^it cannot be unpacked \(.*\); hand in the file itself$"):
        source.read()


def test_nothing_is_unpacked_to_disk(folder: Path) -> None:
    (folder / "z.zip").write_bytes(_zip({"../escaped.py": GOOD, "/tmp/escaped.py": GOOD}))  # noqa: S108
    before = sorted(folder.parent.rglob("*"))
    assert _read(folder)[1] == []
    assert sorted(folder.parent.rglob("*")) == before


@pytest.mark.usefixtures("root")
def test_a_device_is_not_read(folder: Path) -> None:
    device = folder / "a.py"
    if subprocess.run(["mknod", device, "c", "1", "5"], capture_output=True, check=False).returncode:
        skip_elsewhere("one where root makes devices")
    reason = "this is not a regular file; hand in the file itself"
    assert _read(folder) in (
        (["good.py"], [Rejected("a.py", reason)]),
        (["good.py"], [Rejected("a.py", "it cannot be read: Permission denied")]),
    )


def test_a_source_says_where_it_lies(folder: Path) -> None:
    assert sources([folder])[0] == [SubmissionFile("good.py", folder / "good.py")]


@pytest.mark.parametrize("out", ["grades", "late/../grades"], ids=["as it is", "in other words"])
def test_what_grading_wrote_among_the_submissions_was_not_handed_in(folder: Path, out: str) -> None:
    (folder / "late").mkdir()
    (folder / "late" / "b.py").write_bytes(GOOD)
    (folder / "grades").mkdir()
    (folder / "grades" / "report.html").touch()
    (folder / "grades" / "s1.py").write_bytes(GOOD)
    files, rejected = sources([folder], folder / out)
    assert ([source.name for source in files], rejected) == (["good.py", "late/b.py"], [])
