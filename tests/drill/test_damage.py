"""A damaged file is set aside and rebuilt from what can be read; what was never a store is left alone."""

from __future__ import annotations

import random
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tensordrill.drill import database
from tensordrill.drill.history import History
from tensordrill.drill.migrations import DERIVING_MIGRATION, MIGRATIONS
from tensordrill.drill.review import Review, iso
from tensordrill.drill.salvage import salvage
from tensordrill.drill.store import Store
from tensordrill.errors import StoreError
from tensordrill.messages import Message
from tests.drill.stored import check
from tests.needs import mostly, only_where
from tests.reviews import review_of

START = 1_700_000_000
PAGE = 4096


def a_review(number: int, answer: str = "(2, 3)") -> Review:
    question = f"topic-{number % 3}/question-{number % 17}"
    return review_of(
        question,
        address=f"{question}@{number}" if number % 5 else f"{question}@a seed that is no number",
        level=1 + number % 3,
        at=iso(START + 1000 * number),
        answer=answer,
        outcome="correct" if number % 4 else "incorrect",
        idea=None if number % 4 else f"idea-{number % 2}",
        ideas=(f"idea-{number % 2}", "모양"),
        hints=number % 2,
        unsure=not number % 7,
        seconds=[3.0, 4.25][number % 2],
        session=f"round {number // 10}",
        versions={"torch": "2.6.0", "tensordrill": "0.1.0"},
    )


REVIEWS = [a_review(number) for number in range(300)]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a store with these reviews."""
    with Store.open(tmp_path_factory.mktemp("whole")) as store:
        store.set(level="2")
        store.mark_topic_seen("topic-1", iso(START))
        store.merge(History(REVIEWS))
        return store.path.read_bytes()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The path of a store that is not there yet."""
    folder = tmp_path / "data"
    folder.mkdir()
    return folder / "reviews.db"


class Told(list[str]):
    """The warnings, as they came."""

    def __call__(self, message: Message) -> None:
        self.append(message.text("en"))


def aside(file: Path) -> list[Path]:
    return sorted(path for path in file.parent.iterdir() if path != file)


# What is read of a file that is whole is all of it.

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=9) | st.sampled_from(
    ["x" * 5000, "값" * 99_999]
)


@given(st.lists(st.tuples(TEXT, st.sampled_from(["keep", "undo", "remove", "merge"])), max_size=30))
def test_all_of_a_whole_file_is_read(steps: list[tuple[str, str]]) -> None:
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder)) as store:
        store.set(language="ko")
        for number, (answer, step) in enumerate(steps):
            id = store.append(a_review(number, answer))
            if step == "undo":
                store.undo(id)
            elif step == "remove":
                store.remove("topic-1", Path(folder) / "backup.jsonl")
                store.mark_topic_seen("topic-2", iso(number))
            elif step == "merge":
                store.merge(History([replace(a_review(0, answer), at=iso(START - number))]))
        remains = salvage(store.path.read_bytes())
        assert remains is not None
        with closing(sqlite3.connect(store.path)) as db:
            rows = db.execute("select id, undone from reviews order by id").fetchall()
            topics = dict(db.execute("select topic, at from seen_topics"))
            settings = dict(db.execute("select name, value from settings"))
        assert [(id, is_undone) for id, _, is_undone in remains.reviews] == rows
        assert [review for _, review, is_undone in remains.reviews if not is_undone] == store.reviews()
        assert (remains.seen_topics, remains.settings) == (topics, settings)


@pytest.mark.parametrize("version", range(1, DERIVING_MIGRATION))
def test_all_of_an_older_file_is_read(version: int, file: Path) -> None:
    columns = "address, question, topic, at, answer, outcome, idea, hints, unsure, seconds, session, undone, versions"
    insert = f"insert into reviews ({columns}) values ({', '.join('?' * 13)})"  # noqa: S608
    with closing(sqlite3.connect(file, isolation_level=None)) as db:
        for number, migration in enumerate(MIGRATIONS[:version], 1):
            for statement in migration:
                db.execute(statement)
            for answer in ("6", "x" * 9000):
                values = ("v/a@1", "v/a", "v", iso(START), answer, "incorrect", "i", 1, 0, 2.0, "s", 0, "{}")
                db.execute(insert, values)
            db.execute(f"pragma user_version = {number}")
    remains = salvage(file.read_bytes())
    with Store.open(file.parent) as store:
        assert remains is not None
        assert [review for _, review, _ in remains.reviews] == store.reviews()
        assert len(remains.reviews) == 2 * version


# A page that is damaged.


def damaged(whole: bytes, page: int, what: bytes = b"\0") -> bytes:
    at = (page - 1) * PAGE
    return whole[:at] + (what * PAGE)[: len(whole[at : at + PAGE])] + whole[at + PAGE :]


@pytest.mark.parametrize("what", mostly(b"lorem ipsum ", b"\0", b"\xff"))
def test_all_that_is_on_other_pages_is_kept(whole: bytes, file: Path, what: bytes) -> None:
    """Whichever page is lost; and the round goes on."""
    pages = len(whole) // PAGE
    lost: list[int] = []
    for page in range(1, pages + 1):
        content = damaged(whole, page, what)
        file.write_bytes(content)
        warnings = Told()
        with Store.open(file.parent, tell=warnings) as store:
            id = store.append(a_review(300))
            store.progress()
            store.totals()
            reviews = store.reviews()
            if warnings:
                assert check(store) == reviews
            else:  # a page of an index or of a table that was not needed
                assert reviews == [*REVIEWS, a_review(300)]
            rest = iter([*REVIEWS, a_review(300)])
            assert all(review in rest for review in reviews)  # in their order, and none is another one
            assert reviews[-1] == a_review(300)
            lost.append(301 - len(reviews))
            store.undo(id)
            assert store.reviews() == reviews[:-1]
        [*others] = aside(file)
        assert len(warnings) == len(others) <= 1
        for path, text in zip(others, warnings, strict=True):
            at = slice((page - 1) * PAGE, page * PAGE)
            assert path.read_bytes()[at] == content[at]
            [kept] = re.findall(r"was damaged. (\d+) answers could be read", text)
            assert int(kept) in (len(reviews) - 1, len(reviews))  # it may show after the answer was written
            assert text.endswith(f"are kept; the damaged file is now `{path.name}`, beside it.")
            path.unlink()
    print(lost)
    assert max(lost) < 150
    assert sum(lost) < 400  # a row is on one page; only a lost page of questions takes others along


@pytest.mark.parametrize("size", [99, 512, 5000, 4096 * 9, 4096 * 20 + 7])
def test_all_before_the_end_of_a_file_that_was_cut_off_is_kept(whole: bytes, file: Path, size: int) -> None:
    file.write_bytes(whole[:size])
    warnings = Told()
    if size < 512:  # too little to know it by
        with pytest.raises(StoreError, match="is not tensordrill's and was left as it is"):
            Store.open(file.parent)
        assert file.read_bytes() == whole[:size]
        return
    with Store.open(file.parent, tell=warnings) as store:
        rest = iter(REVIEWS)
        assert all(review in rest for review in check(store))
    assert len(warnings) == 1
    [path] = aside(file)
    assert path.read_bytes() == whole[:size]


def test_a_file_of_zeros_is_what_a_power_cut_leaves(file: Path) -> None:
    file.write_bytes(bytes(PAGE * 3))
    with Store.open(file.parent, tell=(warnings := Told())) as store:
        assert check(store) == []
    assert "0 answers could be read" in warnings[0]


def test_bytes_at_random_break_nothing(whole: bytes, file: Path, thorough: bool) -> None:
    """Whatever they are, a store opens, is whole and takes answers."""
    for seed in range(300 if thorough else 15):
        rng = random.Random(seed)  # noqa: S311
        content = bytearray(whole)
        for _ in range(rng.choice([1, 5, 50, 500])):
            content[rng.randrange(len(content))] = rng.randrange(256)
        content[60:64] = whole[60:64]  # the version, or it may be a newer one
        file.write_bytes(content)
        with Store.open(file.parent) as store:
            store.append(a_review(300))
            store.progress()
            store.totals()
            assert a_review(300) in store.reviews()
            store.set(level="1")  # which derives all of it anew
        for path in aside(file):
            path.unlink()


DAMAGE = [
    pytest.param(
        "update reviews set answer = cast(x'ff' as text) where id = 2", 1, id="text that is not UTF-8"
    ),
    pytest.param("update sessions set versions = '{'", 2, id="broken JSON"),
    pytest.param("update idea_lists set ideas = '3' where id = 2", 2, id="other JSON"),
    pytest.param("drop table tallies", 2, id="no table of what is derived"),
    pytest.param("drop table sessions", 2, id="no sessions"),
    pytest.param("drop table questions", 0, id="no questions"),
    pytest.param("alter table reviews add column mood text", 2, id="another column"),
    pytest.param("pragma user_version = 0", 2, id="no version"),
]


@pytest.mark.parametrize(("damage", "kept"), DAMAGE)
def test_damage_that_sqlite_knows_nothing_of(file: Path, damage: str, kept: int) -> None:
    with Store.open(file.parent) as store:
        store.append(a_review(1))
        store.append(a_review(2))
    with closing(sqlite3.connect(file, isolation_level=None)) as db:
        db.execute(damage)
    warnings = Told()
    with Store.open(file.parent, tell=warnings) as store:
        reviews = store.reviews()
        store.append(a_review(3))
        store.progress()
        store.totals()
        assert check(store) == [*reviews, a_review(3)]
        assert [review.answer for review in reviews] == ["(2, 3)"] * kept
    assert len(warnings) == len(aside(file))
    if kept == 2 and damage not in (
        "update sessions set versions = '{'",
        "update idea_lists set ideas = '3' where id = 2",
    ):
        assert reviews[0].question == a_review(1).question


def test_it_is_said_once(whole: bytes, file: Path) -> None:
    warnings = Told()
    for number in (1, 2):
        file.write_bytes(damaged(whole, 1))
        Store.open(file.parent, tell=warnings).close()
        Store.open(file.parent, tell=warnings).close()
        assert len(warnings) == len(aside(file)) == number
    date = time.strftime("%Y-%m-%d", time.gmtime(file.stat().st_mtime))
    assert [path.name for path in aside(file)] == [
        f"reviews.damaged-{date}-2.db",
        f"reviews.damaged-{date}.db",
    ]


def test_damage_while_a_history_is_exported(whole: bytes, file: Path) -> None:
    """Reviews that were read before the damage showed are not read again."""
    pages = [page for page in range(2, len(whole) // PAGE) if whole[(page - 1) * PAGE] == 0x0D]
    file.write_bytes(damaged(whole, pages[len(pages) // 2]))
    warnings = Told()
    with Store.open(file.parent, tell=warnings) as store:
        reviews = list(store.history().reviews)
        assert reviews == store.reviews()
    assert len(warnings) == 1


# What was never ours, and what cannot be replaced.


def notes(file: Path) -> None:
    file.write_bytes(b"my notes " * 1000)


def of_another_program(file: Path) -> None:
    with closing(sqlite3.connect(file)) as db:
        db.execute("create table reviews (film text, stars integer)")
        db.execute("insert into reviews values ('Parasite', 5)")
        db.commit()


def damaged_of_another_program(file: Path) -> None:
    of_another_program(file)
    file.write_bytes(file.read_bytes()[:PAGE] + b"x" * PAGE)


def an_image(file: Path) -> None:
    file.write_bytes(random.Random(1).randbytes(50_000))  # noqa: S311


@pytest.mark.parametrize("prepare", [notes, of_another_program, damaged_of_another_program, an_image])
def test_what_was_never_ours_is_left_alone(file: Path, prepare: Callable[[Path], None]) -> None:
    prepare(file)
    before = file.read_bytes()
    with pytest.raises(StoreError) as error:
        Store.open(file.parent)
    assert str(error.value) == (
        f"`{file}` is not tensordrill's and was left as it is; move it away, and a new file is started."
    )
    assert file.read_bytes() == before
    assert aside(file) == []


def test_a_newer_file_that_is_damaged_is_left_alone(whole: bytes, file: Path) -> None:
    newer = bytearray(damaged(whole, 2))
    newer[60:64] = (len(MIGRATIONS) + 1).to_bytes(4, "big")
    file.write_bytes(newer)
    with pytest.raises(StoreError, match="was written by a newer tensordrill"):
        Store.open(file.parent)
    assert file.read_bytes() == newer
    assert aside(file) == []


@only_where(sys.platform != "win32", "one with permissions, as POSIX has them")
@pytest.mark.usefixtures("no_override")
def test_a_folder_that_cannot_be_written(whole: bytes, file: Path) -> None:
    file.write_bytes(damaged(whole, 1))
    file.parent.chmod(0o500)
    try:
        with pytest.raises(StoreError) as error:
            Store.open(file.parent)
    finally:
        file.parent.chmod(0o700)
    assert str(error.value) == f"`{file}` is damaged and cannot be replaced: Permission denied."
    assert file.read_bytes() == damaged(whole, 1)
    assert aside(file) == []


def test_where_no_file_has_two_names(whole: bytes, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    file.write_bytes(damaged(whole, 1))
    with Store.open(file.parent) as store:
        assert check(store) == REVIEWS
    assert len(aside(file)) == 1


def test_a_journal_is_not_played_back_into_the_new_file(whole: bytes, file: Path) -> None:
    """A program that was killed while it wrote leaves one, and the damage may keep SQLite from using it."""
    file.write_bytes(damaged(whole, 1))
    journal = Path(f"{file}-journal")
    journal.write_bytes(b"\xd9\xd5\x05\xf9 \xa1c\xd7" + bytes(504))  # a header alone, of no pages
    with Store.open(file.parent) as store:
        assert check(store) == REVIEWS
    assert not journal.exists()


# Other programs that have the file open.


def test_who_has_the_old_file_open_writes_to_the_new_one(whole: bytes, file: Path) -> None:
    file.write_bytes(whole)
    with Store.open(file.parent) as open_before:
        ids = [open_before.append(a_review(300)), open_before.append(a_review(301))]
        content = bytearray(file.read_bytes())
        content[:16] = b"x" * 16
        with file.open("rb+") as same:  # behind its back, as a broken disk does it
            same.write(content[:16])
        with Store.open(file.parent) as other:
            assert len(other.reviews()) == 302
        ids.append(open_before.append(a_review(302)))
        assert check(open_before) == [*REVIEWS, a_review(300), a_review(301), a_review(302)]
        for id in ids[1:]:
            open_before.undo(id)
        assert check(open_before) == [*REVIEWS, a_review(300)]
    assert len(aside(file)) == 1


@pytest.mark.parametrize("becomes", ["moved", "deleted", "deleted with its folder"])
@only_where(sys.platform != "win32", "one where an open file can be moved")
def test_a_file_that_is_gone_is_made_again(file: Path, becomes: str) -> None:
    with Store.open(file.parent) as store:
        store.append(a_review(1))
        id = store.append(a_review(2))
        if becomes == "moved":
            file.rename(file.with_name("elsewhere.db"))
        else:
            file.unlink()
        if becomes == "deleted with its folder":
            file.parent.rmdir()
        store.undo(id)  # which is no answer of the new file
        store.append(a_review(3))
        assert check(store) == [a_review(3)]


WRITER = """
import sys
import time
from pathlib import Path
import msgspec
from tensordrill.drill.review import Review
from tensordrill.drill import database
from tensordrill.drill.store import Store

database.PATIENCE = float(sys.argv[4])
review = msgspec.json.decode(sys.argv[2], type=Review)
with Store.open(Path(sys.argv[1])) as store:
    print("open", flush=True)
    number = 0
    while True:
        number += 1
        store.append(msgspec.structs.replace(review, answer=f"{sys.argv[3]} {number}"))
        print(number, flush=True)
        time.sleep(0.003)  # who never pauses keeps the file from all others
"""


@contextmanager
def writers(folder: Path, *names: str) -> Iterator[list[subprocess.Popen[str]]]:
    """Run programs that append `name 1`, `name 2` … and print the number of each that is acknowledged."""
    review = msgspec.json.encode(a_review(1)).decode()
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, folder, review, name, str(database.PATIENCE)],
            stdout=subprocess.PIPE,
            text=True,
        )
        for name in names
    ]
    try:
        for process in processes:
            assert process.stdout is not None
            assert process.stdout.readline() == "open\n"
        yield processes
    finally:
        for process in processes:
            process.kill()
            process.communicate()


def acknowledged(process: subprocess.Popen[str]) -> int:
    """Kill a writer; return how many of its answers were acknowledged."""
    process.send_signal(signal.SIGKILL)
    assert process.stdout is not None
    return len(process.stdout.readlines())


def test_programs_that_write_while_the_file_is_rebuilt_lose_nothing(
    whole: bytes, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Several times the header is lost under two writers; whoever notices rebuilds the file."""
    monkeypatch.setattr(database, "PATIENCE", 60.0)  # who writes without a pause keeps others waiting
    file.write_bytes(whole)
    with writers(file.parent, "a", "b") as processes:
        for _ in range(100):  # some go unnoticed: a writer may put the first page back
            if len(list(file.parent.glob("reviews.damaged-*.db"))) == 3:
                break
            time.sleep(0.1)
            with file.open("rb+") as same:
                same.write(b"x" * 28)  # with the change counter, by which a cached page is known to be old
            Store.open(file.parent).close()
        time.sleep(0.3)
        numbers = [acknowledged(process) for process in processes]
    assert len(list(file.parent.glob("reviews.damaged-*.db"))) >= 3
    with Store.open(file.parent) as store:
        reviews = check(store)
    assert reviews[:300] == REVIEWS
    for name, number in zip("ab", numbers, strict=True):
        answers = [review.answer for review in reviews if review.answer.startswith(name)]
        assert answers in ([f"{name} {n}" for n in range(1, number + more + 1)] for more in (0, 1))


OPENER = """
import sys
from pathlib import Path
from tensordrill.drill.store import Store

print("ready", flush=True)
Store.open(Path(sys.argv[1])).close()
"""


def test_whoever_is_killed_while_rebuilding_leaves_all_of_it(
    whole: bytes, file: Path, thorough: bool
) -> None:
    rng = random.Random(1)  # noqa: S311
    for _ in range(100 if thorough else 6):
        file.write_bytes(damaged(whole, 1))
        with subprocess.Popen(
            [sys.executable, "-c", OPENER, file.parent], stdout=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(rng.random() * 0.3)
            process.kill()
        with Store.open(file.parent) as store:
            assert check(store) == REVIEWS
        assert any(path.read_bytes() == damaged(whole, 1) for path in aside(file))
        for path in aside(file):
            path.unlink()
