"""The store keeps what it acknowledged, and says in one sentence what it could not do."""

from __future__ import annotations

import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from types import TracebackType

import msgspec
import platformdirs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tensordrill.drill import database
from tensordrill.drill import store as store_module
from tensordrill.drill.folder import data_folder
from tensordrill.drill.migrations import DERIVING_MIGRATION, MIGRATIONS
from tensordrill.drill.progress import Progress
from tensordrill.drill.review import Review, iso
from tensordrill.drill.store import Store
from tensordrill.errors import StoreError
from tests.drill.stored import tallies, totals
from tests.needs import linux, only_where, skip_elsewhere
from tests.reviews import review_of

NOW = "2026-03-01T09:30:00+00:00"
ELSEWHERE = "set `TENSORDRILL_HOME` to a folder that you can write to."
READ_ONLY = f"cannot be written; make it and its folder writable, or {ELSEWHERE}"

REVIEW = review_of(
    "view/flatten-a-transpose",
    7,
    kind="",
    answer_type="",
    level=0,
    at=NOW,
    outcome="incorrect",
    idea="view-copies",
    hints=1,
    unsure=True,
    seconds=4.25,
    versions={"tensordrill": "0.1.0", "torch": "2.6.0", "python": "3.12.1"},
)


def answered(answer: str) -> Review:
    return msgspec.structs.replace(REVIEW, answer=answer)


def answers(store: Store) -> list[str]:
    return [review.answer for review in store.reviews()]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "home") as opened:
        yield opened


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "PATIENCE", 0.05)


# What is written is what is read.


@pytest.mark.parametrize(
    "review",
    [
        pytest.param(REVIEW, id="incorrect, with an idea"),
        pytest.param(msgspec.structs.replace(REVIEW, outcome="correct", idea=None), id="correct"),
        pytest.param(msgspec.structs.replace(REVIEW, outcome="skipped", answer=""), id="skipped"),
        pytest.param(msgspec.structs.replace(REVIEW, unsure=False, hints=0), id="sure, without hints"),
        pytest.param(msgspec.structs.replace(REVIEW, answer="가로 2 × 세로 3"), id="Korean"),
        pytest.param(msgspec.structs.replace(REVIEW, answer="0" * 1_000_000), id="a megabyte"),
        pytest.param(msgspec.structs.replace(REVIEW, versions={}), id="no versions"),
    ],
)
def test_a_review_comes_back_as_it_was(store: Store, review: Review) -> None:
    store.append(review)
    assert store.reviews() == [review]


def with_escapes(text: str) -> str:
    return re.sub("[\ud800-\udfff]", lambda match: f"\\u{ord(match[0]):04x}", text)


@given(st.lists(st.text(st.characters() | st.characters(categories=["Cs"])), max_size=5))
@example(["a\0b", "read as \udcff from a terminal", ""])
def test_no_text_is_lost(texts: list[str]) -> None:
    """Any text comes back as typed; a lone surrogate, which UTF-8 lacks, comes back as its escape."""
    with tempfile.TemporaryDirectory() as folder:
        with Store.open(Path(folder)) as store:
            for text in texts:
                store.append(answered(text))
        with Store.open(Path(folder)) as store:
            assert answers(store) == [with_escapes(text) for text in texts]


@given(st.lists(st.integers(min_value=0, max_value=9) | st.none(), max_size=12))
def test_undo_takes_out_that_review_only(steps: list[int | None]) -> None:
    """A store is a list: None appends, a number undoes that review, the others keep their order."""
    expected: dict[int, str] = {}
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder)) as store:
        for number, step in enumerate(steps):
            if step is None:
                expected[store.append(answered(str(number)))] = str(number)
            else:
                store.undo(step)
                expected.pop(step, None)
        assert answers(store) == list(expected.values())


def test_an_undone_review_stays_in_the_file(store: Store) -> None:
    store.undo(store.append(REVIEW))
    with closing(sqlite3.connect(store.path)) as db:
        assert db.execute("select answer, undone from reviews").fetchall() == [("(2, 3)", 1)]


def test_reviews_of_one_topic(store: Store) -> None:
    for answer, topic in [("a", "view"), ("b", "expand"), ("c", "view")]:
        store.append(msgspec.structs.replace(REVIEW, answer=answer, topic=topic))
    assert [review.answer for review in store.reviews("view")] == ["a", "c"]
    assert store.reviews("vie_") == []


def test_a_seen_topic_is_remembered_with_its_first_time(store: Store) -> None:
    assert not store.topic_seen("view")
    store.mark_topic_seen("view", NOW)
    store.mark_topic_seen("view", "2027-01-01T00:00:00+00:00")
    assert store.topic_seen("view")
    assert not store.topic_seen("expand")
    with closing(sqlite3.connect(store.path)) as db:
        assert db.execute("select topic, at from seen_topics").fetchall() == [("view", NOW)]


def test_one_file_is_all_there_is_to_copy(store: Store) -> None:
    store.append(REVIEW)
    assert [path.name for path in store.path.parent.iterdir()] == ["reviews.db"]


def test_a_bug_is_not_told_as_a_problem_of_the_file(store: Store) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="CHECK constraint failed"):
        store.append(msgspec.structs.replace(REVIEW, outcome="right"))


# The folder.


@pytest.mark.parametrize(
    ("environ", "folder"),
    [
        pytest.param({"TENSORDRILL_HOME": "/data/drill"}, "/data/drill", id="set"),
        pytest.param({"TENSORDRILL_HOME": ""}, "/share/tensordrill", id="empty"),
        pytest.param({}, "/share/tensordrill", id="not set"),
    ],
)
@linux
def test_data_folder(environ: dict[str, str], folder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", "/share")
    assert data_folder(environ) == Path(folder)


def a_relative_path(*_: object, **__: object) -> Path:
    return Path("~/.local/share/tensordrill")


def a_refusal(*_: object, **__: object) -> Path:
    raise RuntimeError


@pytest.mark.parametrize("answer", [a_relative_path, a_refusal])
def test_data_folder_without_a_home(answer: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platformdirs, "user_data_path", answer)
    with pytest.raises(StoreError) as error:
        data_folder({})
    assert str(error.value) == f"No home folder is known to keep your answers in; {ELSEWHERE}"


def test_importing_the_store_is_cheap() -> None:
    code = "import sys, tensordrill.drill.store; print({'platformdirs', 'torch', 'rich'} & set(sys.modules))"
    assert run(code) == "set()\n"


# What cannot be opened is said in one sentence, and left as it is.


def a_file(home: Path) -> None:
    home.write_text("my notes")


def below_a_file(home: Path) -> None:
    home.parent.rmdir()
    home.parent.write_text("my notes")


def a_folder_in_its_place(home: Path) -> None:
    (home / "reviews.db").mkdir(parents=True)


def newer(home: Path) -> None:
    Store.open(home).close()
    with closing(sqlite3.connect(home / "reviews.db")) as db:
        db.execute(f"pragma user_version = {len(MIGRATIONS) + 1}")


@pytest.mark.parametrize(
    ("prepare", "message"),
    [
        (a_file, f"The data folder `{{home}}` cannot be made: a file is in the way; {ELSEWHERE}"),
        (below_a_file, f"The data folder `{{home}}` cannot be made: a file is in the way; {ELSEWHERE}"),
        (a_folder_in_its_place, f"`{{home}}/reviews.db` {READ_ONLY}"),
        (newer, "`{home}/reviews.db` was written by a newer tensordrill; upgrade tensordrill."),
    ],
)
def test_what_cannot_be_opened(prepare: Callable[[Path], None], message: str, tmp_path: Path) -> None:
    home = tmp_path / "parent" / "home"
    home.parent.mkdir()
    prepare(home)
    before = files(tmp_path)
    with pytest.raises(StoreError) as error:
        Store.open(home)
    assert str(error.value) == message.format(home=home)
    assert files(tmp_path) == before


def files(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@only_where(Path("/proc/self").exists(), "one with /proc, where even root makes no folder")
def test_a_folder_that_even_root_cannot_make() -> None:
    with pytest.raises(StoreError) as error:
        Store.open(Path("/proc/tensordrill"))
    reason = "No such file or directory"
    assert str(error.value) == f"The data folder `/proc/tensordrill` cannot be made: {reason}; {ELSEWHERE}"


def test_a_sqlite_without_strict_tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 36, 0))
    with pytest.raises(StoreError) as error:
        Store.open(tmp_path)
    assert str(error.value) == (
        f"This Python comes with SQLite {sqlite3.sqlite_version}, which is too old to keep your answers; "
        "use a Python with SQLite 3.37 or newer."
    )


# Migrations.


def version(path: Path) -> int:
    with closing(sqlite3.connect(path)) as db:
        return int(db.execute("pragma user_version").fetchone()[0])


def test_an_empty_database_is_migrated(tmp_path: Path) -> None:
    (tmp_path / "reviews.db").touch()
    with Store.open(tmp_path) as store:
        store.append(REVIEW)
        assert store.reviews() == [REVIEW]
    assert version(tmp_path / "reviews.db") == len(MIGRATIONS)


def test_a_migration_keeps_the_reviews(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Store.open(tmp_path) as store:
        store.append(REVIEW)
    later = (*MIGRATIONS, ("alter table reviews add column mood text",))
    monkeypatch.setattr(store_module, "MIGRATIONS", later)
    with Store.open(tmp_path) as store:
        assert store.reviews() == [REVIEW]
    assert version(tmp_path / "reviews.db") == len(later)


def test_another_program_migrates_first(tmp_path: Path) -> None:
    """A program that waited for another one's migration does not migrate again."""
    with closing(sqlite3.connect(tmp_path / "reviews.db", isolation_level=None)) as other:
        other.execute("begin immediate")
        for statement in MIGRATIONS[0]:
            other.execute(statement)
        other.execute("pragma user_version = 1")
        with ThreadPoolExecutor() as pool:
            opened = pool.submit(lambda: Store.open(tmp_path).close())
            time.sleep(0.1)
            other.execute("commit")
            opened.result()


def test_a_failed_migration_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Store.open(tmp_path).close()
    before = files(tmp_path)
    broken = ("alter table reviews add column mood text", "alter table missing add column mood text")
    monkeypatch.setattr(store_module, "MIGRATIONS", (*MIGRATIONS, broken))
    with pytest.raises(sqlite3.OperationalError, match="no such table: missing"):  # a bug, and told as one
        Store.open(tmp_path)
    assert files(tmp_path) == before


def test_reviews_of_an_older_version_are_kept_and_scheduled(tmp_path: Path) -> None:
    """Reviews of the tables before `DERIVING_MIGRATION` come out as they went in, and have their cards."""
    row = (
        "insert into reviews (address, question, topic, bank, task, at, answer, outcome, idea, hints, unsure, seconds,"
        " session, undone, versions) values (?, 'view/a', 'view', 'shipped', 'f0', ?, ?, ?, ?, 0, 0, 2.5, ?, ?, '{}')"
    )
    with closing(sqlite3.connect(tmp_path / "reviews.db", isolation_level=None)) as db:
        for migration in MIGRATIONS[: DERIVING_MIGRATION - 1]:
            for statement in migration:
                db.execute(statement)
        db.execute(f"pragma user_version = {DERIVING_MIGRATION - 1}")
        for values in [
            ("view/a@1", NOW, "6", "incorrect", "view-copies", "s1", 0),
            ("view/a@2", NOW, "taken back", "correct", None, "s1", 1),
            ("view/a@2", NOW, "raises", "correct", None, "s2", 0),
        ]:
            db.execute(row, values)
    old = {
        "address": "view/a@1",
        "question": "view/a",
        "task": "f0",
        "versions": {},
        "seconds": 2.5,
        "hints": 0,
    }
    wrong = msgspec.structs.replace(
        REVIEW, **old, answer="6", unsure=False, session="s1", kind="", answer_type=""
    )
    right = msgspec.structs.replace(
        wrong, address="view/a@2", answer="raises", outcome="correct", idea=None, session="s2"
    )
    with Store.open(tmp_path) as store:
        assert store.reviews() == [wrong, right]
        progress = Progress()
        for review in (wrong, right):
            progress.add(review)
        assert store.progress().cards == progress.cards
        assert store.progress().ideas["view-copies"].met == 1
        assert tallies(store) == progress.tallies


# What is derived from the reviews.

QUESTIONS = ["view/a", "view/b", "expand/c"]
IDEAS = ["copies", "moves"]


def a_review(number: int, question: str, outcome: str, idea: str, hour: int) -> Review:
    return review_of(
        question,
        number,
        outcome=outcome,
        idea=idea if outcome == "incorrect" else None,
        ideas=tuple(IDEAS),
        seconds=4.25,
        at=iso(1_700_000_000 + hour * 3600),
    )


reviews = st.builds(
    a_review,
    st.integers(0, 9),
    st.sampled_from(QUESTIONS),
    st.sampled_from(["correct", "incorrect", "skipped"]),
    st.sampled_from(IDEAS),
    st.integers(0, 200),
)


@given(st.lists(st.tuples(reviews, st.booleans()), max_size=12))
def test_what_is_derived_is_what_the_reviews_that_stand_give(steps: list[tuple[Review, bool]]) -> None:
    """After any appends and undoings, also out of order, the tables hold what a fold over the reviews gives."""
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder), utc_offset=9 * 3600) as store:
        ids: list[int] = []
        for review, is_undoing in steps:
            if is_undoing and ids:
                store.undo(ids.pop(review.time % len(ids)))
            else:
                ids.append(store.append(review))
        folded = Progress(9 * 3600)
        for review in store.reviews():
            folded.add(review)
        stored = store.progress()
        stored.tallies = tallies(store)
        assert stored == folded
        assert store.totals() == totals(folded.tallies)
        assert store.totals(["view"]) == totals(folded.tallies, "view")
        store.set(level="1")  # which derives all of it anew
        again = store.progress()
        again.tallies = tallies(store)
        assert again == folded


RENAMED = {"view/a": "view/b", "view/older": "view/b"}


@given(st.lists(st.tuples(reviews, st.booleans()), max_size=12), st.integers(0, 12))
def test_reviews_under_a_former_id_are_reviews_of_the_same_question(
    steps: list[tuple[Review, bool]], before: int
) -> None:
    """Whenever a renaming is heard of, what is derived is as if the question had always had its present id."""
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder)) as store:
        ids: list[int] = []
        for number, (review, is_undoing) in enumerate(steps):
            if number == before:
                store.rename(RENAMED)
            if is_undoing and ids:
                store.undo(ids.pop(review.time % len(ids)))
            else:
                ids.append(store.append(review))
        store.rename(RENAMED)
        folded = Progress()
        for review in store.reviews():
            name = RENAMED.get(review.question, review.question)
            folded.add(msgspec.structs.replace(review, question=name))
        stored = store.progress()
        assert (stored.cards, stored.ideas) == (folded.cards, folded.ideas)
        assert stored.ramps == folded.ramps


def test_renamings_add_up_and_what_is_known_writes_nothing(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        store.append(msgspec.structs.replace(REVIEW, question="view/old"))
        store.rename({"view/old": "view/new"})
        store.rename({"sum/old": "sum/new"})
        assert list(store.progress().cards) == [("question", "view/new")]
        content = store.path.read_bytes()
        store.rename({"sum/old": "sum/new"})
        assert store.path.read_bytes() == content
        store.rename({"view/old": "view/newest", "view/new": "view/newest"})
        assert list(store.progress().cards) == [("question", "view/newest")]
        assert [review.question for review in store.reviews()] == ["view/old"]


# What could not be written is written later, once and in order.


@pytest.mark.usefixtures("impatient")
def test_a_locked_file_delays_reviews(tmp_path: Path) -> None:
    message = f"`{tmp_path}/reviews.db` is in use by another program; close that program, then try again."
    with Store.open(tmp_path) as store, closing(sqlite3.connect(store.path, isolation_level=None)) as other:
        store.append(answered("1"))
        other.execute("begin immediate")
        for waiting in (["2"], ["2", "3"]):
            with pytest.raises(StoreError) as error:
                store.append_all([answered(answer) for answer in waiting])
            assert str(error.value) == message
        other.execute("rollback")
        assert store.append_all([answered("2"), answered("3"), answered("4")]) == [2, 3, 4]
        assert answers(store) == ["1", "2", "3", "4"]


@pytest.mark.usefixtures("impatient")
def test_a_locked_file_cannot_be_opened(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "reviews.db", isolation_level=None)) as other:
        other.execute("begin exclusive")
        with pytest.raises(StoreError) as error:
            Store.open(tmp_path)
    assert str(error.value) == (
        f"`{tmp_path}/reviews.db` is in use by another program; close that program, then try again."
    )


def interrupted(_: object) -> None:
    raise KeyboardInterrupt


def test_an_interrupt_before_the_commit_loses_nothing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(store, "_insert", interrupted)
        with pytest.raises(KeyboardInterrupt):
            store.append(answered("interrupted"))
    assert answers(store) == []
    store.append_all([answered("interrupted"), answered("later")])
    assert answers(store) == ["interrupted", "later"]


class InterruptedAfterCommit:
    """A connection whose user presses ^C while a transaction ends."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.execute = db.execute
        self._db = db

    def __enter__(self) -> None:
        self._db.__enter__()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._db.__exit__(kind, error, trace)
        raise KeyboardInterrupt


def test_an_interrupt_after_the_commit_writes_nothing_twice(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = [answered("earlier"), answered("interrupted")]
    with monkeypatch.context() as patch:
        patch.setattr(store, "_db", InterruptedAfterCommit(store._db))
        with pytest.raises(KeyboardInterrupt):
            store.append_all(waiting)
    assert store.append_all([*waiting, answered("later")]) == [1, 2, 3]
    assert answers(store) == ["earlier", "interrupted", "later"]


# Real processes: killed, at once, without room.

WRITER = """
import sys
from pathlib import Path
import msgspec
from tensordrill.drill.review import Review
from tensordrill.drill.store import Store

review = msgspec.json.decode(sys.argv[2], type=Review)
print("ready", flush=True)
sys.stdin.readline()
with Store.open(Path(sys.argv[1])) as store:
    for number in range(int(sys.argv[4])):
        print(store.append(msgspec.structs.replace(review, answer=f"{sys.argv[3]} {number}")), flush=True)
"""


def writer(folder: Path, name: str, count: int) -> subprocess.Popen[str]:
    """Start a process that appends `name 0`, `name 1` … when told to, and prints each id it was given."""
    arguments = [str(folder), msgspec.json.encode(REVIEW).decode(), name, str(count)]
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


@pytest.mark.parametrize("sent", [signal.SIGKILL, signal.SIGINT], ids=["kill -9", "^C"])
@pytest.mark.parametrize("milliseconds", [0, 3, 7, 20, 61])
def test_a_stopped_writer_lost_nothing(tmp_path: Path, sent: signal.Signals, milliseconds: int) -> None:
    """Every acknowledged review is there; at most one more was on its way; none is invented."""
    with writer(tmp_path, "a", 1_000_000) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdout.readline()
        process.stdin.write("\n")
        process.stdin.flush()
        first = process.stdout.readline()
        time.sleep(milliseconds / 1000)
        process.send_signal(sent)
        acknowledged = [int(line) for line in [first, *process.stdout]]
    with Store.open(tmp_path) as store:
        stored_answers = answers(store)
    assert acknowledged == list(range(1, len(acknowledged) + 1))
    assert stored_answers == [f"a {number}" for number in range(len(stored_answers))]
    assert len(stored_answers) - len(acknowledged) in (0, 1)


def test_programs_at_once_lose_nothing(tmp_path: Path) -> None:
    """Programs that start on a fresh folder at the same moment each write all of theirs, in order."""
    processes = [writer(tmp_path / "home", name, 25) for name in "abcd"]
    for process in processes:
        assert process.stdout is not None
        process.stdout.readline()
    ids = [line for output in gather(processes) for line in output.split()]
    with Store.open(tmp_path / "home") as store:
        stored_answers = answers(store)
    assert sorted(map(int, ids)) == list(range(1, 101))
    for name in "abcd":
        assert [answer for answer in stored_answers if answer.startswith(name)] == [
            f"{name} {n}" for n in range(25)
        ]


def gather(processes: list[subprocess.Popen[str]]) -> list[str]:
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    return [process.communicate()[0] for process in processes]


NO_ROOM = """
review = msgspec.json.decode(sys.argv[2], type=Review)
with Store.open(folder) as store:
    waiting = []

    def append(answer):
        waiting.append(msgspec.structs.replace(review, answer=answer))
        try:
            print(*store.append_all(waiting))
            waiting.clear()
        except StoreError as problem:
            print(problem)

    append("1")
    fill()
    append("2" * 100_000)
    append("3" * 100_000)
    free()
    append("4")
    print([review.answer[0] for review in store.reviews()])
"""

A_SMALLER_LIMIT = """
import msgspec, resource, sys
from pathlib import Path
from tensordrill.drill.review import Review
from tensordrill.drill.store import Store, StoreError

folder = Path(sys.argv[1])
soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)

def fill():
    size = (folder / "reviews.db").stat().st_size
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))

def free():
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
"""

A_FULL_DISK = """
import msgspec, sys
from pathlib import Path
from tensordrill.drill.review import Review
from tensordrill.drill.store import Store, StoreError

folder = Path(sys.argv[1])
ballast = folder / "ballast"

def fill():
    with open(ballast, "wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError:
            pass

def free():
    ballast.unlink()
"""


def run(code: str, *arguments: str, prefix: tuple[str, ...] = ()) -> str:
    command = [*prefix, sys.executable, "-c", code, *arguments]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


@pytest.fixture
def tiny_disk(tmp_path: Path) -> tuple[str, ...]:
    """The start of a command that sees a file system of 512 kB at `tmp_path`."""
    mount = 'mount -t tmpfs -o size=512k none "$0" && exec "$@"'
    prefix = ("unshare", "--user", "--map-root-user", "--mount", "sh", "-c", mount, str(tmp_path))
    try:
        subprocess.run([*prefix, "true"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        skip_elsewhere("one that lets everybody mount in a namespace of their own")
    return prefix


@only_where(sys.platform != "win32", "one with limits, as POSIX has them")
def test_a_limit_on_the_size_of_files(tmp_path: Path) -> None:
    output = run(A_SMALLER_LIMIT + NO_ROOM, str(tmp_path), msgspec.json.encode(REVIEW).decode())
    advice = "cannot be read or written; check its disk, the room left there, and your quota."
    problem = f"`{tmp_path}/reviews.db` {advice}"
    assert output.splitlines() == ["1", problem, problem, "2 3 4", "['1', '2', '3', '4']"]


def test_a_full_disk(tmp_path: Path, tiny_disk: tuple[str, ...]) -> None:
    code = A_FULL_DISK + NO_ROOM
    output = run(code, str(tmp_path), msgspec.json.encode(REVIEW).decode(), prefix=tiny_disk)
    problem = f"`{tmp_path}/reviews.db` cannot grow, because its disk is full; free some space."
    assert output.splitlines() == ["1", problem, problem, "2 3 4", "['1', '2', '3', '4']"]


MOVED_WITHOUT_ROOM = """
from tensordrill.drill.history import History, read

review = msgspec.json.decode(sys.argv[2], type=Review)
old, new = (
    [msgspec.structs.replace(review, at=at, answer="a" * 500 + str(n)) for n in range(60)]
    for at in ("2026-03-01T09:30:00+00:00", "2026-03-02T09:30:00+00:00")
)
backup = folder / "backup.jsonl"

def tried(change):
    fill()
    with open(ballast, "rb+") as file:
        file.truncate(max(ballast.stat().st_size - int(sys.argv[3]), 0))
    try:
        change()
        problem = None
    except StoreError as error:
        problem = str(error)
    free()
    return problem

with Store.open(folder) as store:
    store.merge(History(old))
    problem = tried(lambda: store.merge(History(new)))
    assert store.reviews() == (old if problem else old + new)
    if problem:
        store.merge(History(new))
    problems = {problem}
    problem = tried(lambda: store.remove(None, backup))
    if backup.exists():
        with backup.open("rb") as file:
            assert list(read("backup", file).reviews) == old + new
    assert store.reviews() == (old + new if problem else [])
    assert backup.exists() or problem
    assert {path.name for path in folder.iterdir()} <= {"reviews.db", "backup.jsonl"}
    for problem in sorted(filter(None, {*problems, problem})):
        print(problem)
"""


@pytest.mark.parametrize(
    ("room", "what"),
    [(0, ["backup", "reviews"]), (20_000, ["backup", "reviews"]), (130_000, ["reviews"]), (400_000, [])],
    ids=["none", "too little", "for the backup", "enough"],
)
def test_a_disk_that_is_full_while_answers_are_merged_or_deleted(
    tmp_path: Path, tiny_disk: tuple[str, ...], room: int, what: list[str]
) -> None:
    """All of it is done or nothing, and a backup that is there is whole."""
    code = A_FULL_DISK + MOVED_WITHOUT_ROOM
    review = msgspec.json.encode(REVIEW).decode()
    output = run(code, str(tmp_path), review, str(room), prefix=tiny_disk)
    problems = {
        "backup": f"`{tmp_path}/backup.jsonl` cannot be written: No space left on device.",
        "reviews": f"`{tmp_path}/reviews.db` cannot grow, because its disk is full; free some space.",
    }
    assert output.splitlines() == [problems[name] for name in what]


READ_ONLY_DISK = """
import msgspec, subprocess, sys
from pathlib import Path
from tensordrill.drill.review import Review
from tensordrill.drill.store import Store, StoreError

folder = Path(sys.argv[1])
review = msgspec.json.decode(sys.argv[2], type=Review)
with Store.open(folder) as store:
    store.append(review)
subprocess.run(["mount", "-o", "remount,ro", "none", folder], check=True)
with Store.open(folder) as store:
    print(store.reviews() == [review])
    try:
        store.append(review)
    except StoreError as problem:
        print(problem)
try:
    Store.open(folder / "new")
except StoreError as problem:
    print(problem)
"""


def test_a_read_only_disk_is_still_read(tmp_path: Path, tiny_disk: tuple[str, ...]) -> None:
    output = run(READ_ONLY_DISK, str(tmp_path), msgspec.json.encode(REVIEW).decode(), prefix=tiny_disk)
    assert output.splitlines() == [
        "True",
        f"`{tmp_path}/reviews.db` {READ_ONLY}",
        f"The data folder `{tmp_path}/new` cannot be made: Read-only file system; {ELSEWHERE}",
    ]
