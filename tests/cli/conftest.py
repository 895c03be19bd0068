"""The program here or as a process: in a pipe, line by line, or in a terminal; and a small bank of fixed questions."""

from __future__ import annotations

import contextlib
import io
import json
import os
import pty
import re
import signal
import sqlite3
import subprocess
import sys
import termios
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Any, ClassVar, NoReturn, Self

import pexpect
import ptyprocess
import pyte
import pytest

from tensordrill.cli.app import main
from tensordrill.sandbox import client
from tensordrill.sandbox.client import Engine, Sandbox
from tensordrill.sandbox.isolation import Isolation
from tests.commands import UnclosedEngine

ROWS = 100
PROGRAM = Path(sys.executable).parent / "tensordrill"
Event = dict[str, Any]

_ESCAPES = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]?|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-Z\\-_=>78]|$)")
_COLUMNS = ("address", "answer", "outcome", "idea", "hints", "unsure", "undone")


@dataclass(frozen=True)
class Ran:
    """The output of a finished run, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def events(self) -> list[Event]:
        """The lines of JSON that it printed."""
        return [json.loads(line) for line in self.out.splitlines()]


Reply = Callable[[Event], object]
"""A function from the event printed last to the line that answers it."""


def run(*arguments: str, stdin: str | bytes | Reply = "", cwd: Path | None = None, **variables: str) -> Ran:
    """Run the program to its end within this process, where it finds torch started already.

    What is given is added to the environment. `run_process` is for what a process of its own is needed for.
    """
    out, err = io.BytesIO(), io.BytesIO()
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {"COLUMNS": "80", **variables}.items():
            patch.setenv(name, value)
        if cwd is not None:
            patch.chdir(cwd)
        patch.setattr(sys, "argv", ["tensordrill", *arguments])
        patch.setattr(sys, "stdin", _Replies(stdin, out) if callable(stdin) else _text(_bytes(stdin)))
        patch.setattr(sys, "stdout", printed := _text(out))
        patch.setattr(sys, "stderr", complained := _text(err))
        with pytest.raises(SystemExit) as ended:
            main()
        printed.flush()
        complained.flush()
    assert isinstance(ended.value.code, int)
    return Ran(ended.value.code, out.getvalue().decode(), err.getvalue().decode())


def _bytes(stdin: str | bytes) -> io.BytesIO:
    return io.BytesIO(stdin.encode() if isinstance(stdin, str) else stdin)


def _text(stream: io.BytesIO) -> io.TextIOWrapper:
    return io.TextIOWrapper(stream, encoding="utf-8")


class _Replies(io.TextIOBase):
    """Standard input that is written while the program goes on."""

    def __init__(self, reply: Reply, out: io.BytesIO) -> None:
        self._reply = reply
        self._out = out

    def readline(self, size: int = -1, /) -> str:  # type: ignore[override]  # noqa: ARG002 (a whole line)
        return said(self._reply(json.loads(self._out.getvalue().splitlines()[-1])))


def run_process(
    *arguments: str,
    stdin: str | bytes = "",
    cwd: Path | None = None,
    program: tuple[str | Path, ...] = (PROGRAM,),
    **variables: str,
) -> Ran:
    """Run the program to its end in a process of its own, with these variables added to the environment."""
    done = subprocess.run(
        [*program, *arguments],
        input=stdin.encode() if isinstance(stdin, str) else stdin,
        capture_output=True,
        timeout=120,
        cwd=cwd,
        env={**os.environ, **variables},
        check=False,
    )
    out, err = (text.decode(errors="surrogateescape") for text in (done.stdout, done.stderr))
    return Ran(done.returncode, out, err)


def _inherit(engine: Engine) -> None:
    """Let a fork of this process use its zygote: with numbers for its jobs, and the zygote is no child of its own."""
    vars(engine)["_jobs"] = count(os.getpid() << 32)
    process = vars(vars(engine)["_zygote"])["_process"]
    vars(process)["has_ended"] = lambda: False


@pytest.fixture(scope="package", autouse=True)
def _one_start_of_torch(sandbox: Sandbox) -> Iterator[None]:
    """Run commands of this process in the sandbox of all tests; scripts of one folder share one, too."""
    engine = client._engine
    scripts: dict[Path, Engine] = {}
    here = os.getpid()

    def kept(mode: str, isolation: Isolation, own: Path | None) -> object:
        if (mode, isolation) != (sandbox.mode, sandbox.isolation):
            return engine(mode, isolation, own)
        if own is None:
            if os.getpid() != here:
                _inherit(sandbox.engine)
            return UnclosedEngine(sandbox.engine)
        if own not in scripts:
            end_scripts()
            scripts[own] = engine(mode, isolation, own)
        return UnclosedEngine(scripts[own])

    def end_scripts() -> None:
        while scripts:
            scripts.popitem()[1].close()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(client, "_engine", kept)
        patch.setattr(_Fork, "sandbox", sandbox, raising=False)
        yield
    end_scripts()


def said(*lines: object) -> str:
    """Return input lines for `--json`: a text is an answer, anything else stands as it is."""
    events = [{"answer": line} if isinstance(line, str) else line for line in lines]
    return "".join(json.dumps(event) + "\n" for event in events)


class Session:
    """A `--json` round that is answered while it goes on."""

    def __init__(self, *arguments: str, **environment: str) -> None:
        self._process = subprocess.Popen(
            [PROGRAM, *arguments, "--json"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            env={**os.environ, **environment},
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout, self._process.stderr):
            if stream is not None:
                with contextlib.suppress(BrokenPipeError):
                    stream.close()

    def event(self) -> Event:
        """Read the next event."""
        assert self._process.stdout
        event: Event = json.loads(self._process.stdout.readline())
        return event

    def say(self, line: object) -> None:
        """Send one line: a text is an answer."""
        assert self._process.stdin
        self._process.stdin.write(said(line))
        self._process.stdin.flush()

    def kill(self) -> None:
        """Kill the program, and only the program, at once."""
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()

    def end(self) -> Ran:
        """End the input and wait for the program."""
        assert self._process.stdin
        assert self._process.stdout
        assert self._process.stderr
        self._process.stdin.close()
        out = self._process.stdout.read()  # not `communicate`, which misses what `readline` took ahead
        err = self._process.stderr.read()
        return Ran(self._process.wait(60), out, err)


class _Fork(pexpect.spawn):  # type: ignore[type-arg]  # generic for type checkers alone
    """The program as a fork of this process, where it finds torch started and modules imported already."""

    sandbox: ClassVar[Sandbox]

    def _spawnpty(
        self, args: list[bytes], *, env: Mapping[str, str], dimensions: tuple[int, int], **_: object
    ) -> ptyprocess.PtyProcess:
        import tensordrill.cli.play  # noqa: F401 (once for all forks)

        self.sandbox.wait_ready(
            preloaded=True
        )  # which is said but once, and a fork would hear it in our place
        ours, theirs = pty.openpty()
        termios.tcsetwinsize(theirs, dimensions)
        pid = os.fork()
        if pid == 0:
            os.close(ours)
            _become_the_program(theirs, [*map(os.fsdecode, args[1:])], env)
        os.close(theirs)
        return ptyprocess.PtyProcess(pid, ours)


def _become_the_program(terminal: int, arguments: Sequence[str], environment: Mapping[str, str]) -> NoReturn:
    """Run the program on a terminal to its end in a fork, and end the fork as its process would end.

    Whatever is raised, a terminal that was closed too, ends here: above are the frames of pytest.
    """
    code: object = 3
    try:
        os.login_tty(terminal)
        os.environ.update(environment)
        sys.argv = ["tensordrill", *arguments]
        streams = (os.fdopen(number, mode, encoding="utf-8") for number, mode in enumerate("rww"))
        sys.stdin, sys.stdout, sys.stderr = streams
        main()
    except SystemExit as ended:
        code = ended.code
    finally:
        try:
            sys.stdout.flush()
        finally:
            os._exit(code if isinstance(code, int) else 3)


class Terminal:
    """The program in a real terminal of 80 columns, or as many as a subclass says, as a fork of this process."""

    _spawn: ClassVar[Callable[..., pexpect.spawn[str]]] = _Fork
    columns: ClassVar = 80
    rows: ClassVar = ROWS

    def __init__(self, *arguments: str, **environment: str) -> None:
        variables = {"TERM": "xterm-256color", "PROMPT_TOOLKIT_NO_CPR": "1", **environment}
        self._child = self._spawn(
            str(PROGRAM),
            list(arguments),
            env={**os.environ, "COLUMNS": str(self.columns), "LINES": str(self.rows), **variables},
            dimensions=(self.rows, self.columns),
            timeout=60,
            encoding="utf-8",
        )
        self.raw = ""
        self._seen = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._child.close(force=True)

    @property
    def pid(self) -> int:
        """The program's process."""
        assert self._child.pid is not None
        return self._child.pid

    @property
    def text(self) -> str:
        """Everything printed so far, without escape sequences."""
        return _ESCAPES.sub("", self.raw).replace("\r\n", "\n")

    def until(self, *wanted: str) -> None:
        """Wait until these texts have appeared in this order, after what was waited for before."""
        for text in wanted:
            self.until_match(re.escape(text))

    def until_match(self, pattern: str) -> re.Match[str]:
        """Wait for a pattern, after what was waited for before."""
        while not (match := re.compile(pattern).search(self.text, self._seen)):
            try:
                self.read()
            except (pexpect.EOF, pexpect.TIMEOUT) as error:
                raise AssertionError(f"{pattern!r} did not come after:\n{self.text[self._seen :]}") from error
        self._seen = match.end()
        return match

    def read(self) -> None:
        """Wait for more to be printed."""
        self.raw += self._child.read_nonblocking(4096, timeout=60)

    def press(self, keys: str) -> None:
        """Press keys, without Enter."""
        self._child.send(keys)

    def type(self, text: str) -> None:
        """Type and press Enter."""
        self._child.send(text + "\r")

    def prompt(self) -> None:
        """Wait for the answer line; the space after the mark is not printed but stepped over."""
        self.until_match("\\n ›")

    def answer(self, text: str, *more: str) -> None:
        """Wait for the answer line, then type and press Enter; `more` are the lines that go on."""
        self.prompt()
        self.type(text)
        for line in more:
            self.until_match("\\n ·")
            self.type(line)

    def control(self, letter: str) -> None:
        """Press a key together with Ctrl."""
        self._child.sendcontrol(letter)

    def kill(self) -> None:
        """Kill the program at once."""
        self._child.kill(signal.SIGKILL)
        self._child.wait()

    def end(self) -> int:
        """Wait for the program's end; give its exit code."""
        while True:
            try:
                self.read()
            except pexpect.EOF:
                break
        self._child.close()
        assert self._child.exitstatus is not None
        return self._child.exitstatus

    def screen(self) -> list[str]:
        """Return the lines that a person sees now."""
        screen = pyte.Screen(self.columns, self.rows)
        pyte.Stream(screen).feed(self.raw)
        return [line.rstrip() for line in screen.display]


class OwnTerminal(Terminal):
    """The program as a process of its own in such a terminal, which starts torch for itself."""

    _spawn = pexpect.spawn


def reviews(home: Path) -> list[dict[str, Any]]:
    """Read the learner's answers from the file that they are kept in."""
    with closing(sqlite3.connect(home / "data" / "reviews.db")) as db:
        rows = db.execute(
            f"select coalesce(address, name || '@' || seed), {', '.join(_COLUMNS[1:])}"  # noqa: S608
            " from reviews join questions on questions.id = question order by reviews.id"
        ).fetchall()
    return [dict(zip(_COLUMNS, row, strict=True)) for row in rows]


def review(address: str, answer: str, outcome: str, **other: object) -> dict[str, Any]:
    """Return a review as `reviews` reads it; what is usual need not be said."""
    usual = {"idea": None, "hints": 0, "unsure": 0, "undone": 0}
    return {"address": address, "answer": answer, "outcome": outcome, **usual, **other}


Environment = Callable[..., Path]


@pytest.fixture
def environment(tmp_path: Path) -> Environment:
    """Make an environment that has all that this one has, without tensordrill and without what is named.

    Gives its Python.
    """

    def make(*without: str) -> Path:
        folder = tmp_path / "environment"
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True, timeout=60)
        ours, theirs = (_packages(Path(python)) for python in (sys.executable, folder / "bin" / "python"))
        for path in ours.iterdir():
            if not re.match(
                "|".join(("tensordrill", "_editable", "__editable", "_tensordrill", *without)), path.name
            ):
                (theirs / path.name).symlink_to(path)
        return folder / "bin" / "python"

    return make


def _packages(python: Path) -> Path:
    (result,) = python.parent.parent.glob("lib/python*/site-packages")
    return result


@pytest.fixture
def basics(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A bank of six questions that have the same numbers for every seed, in the folder where programs start."""
    monkeypatch.chdir(tmp_path)
    folder = Path("bank")
    folder.mkdir()
    write_basics(folder)
    return folder


def write_basics(folder: Path, **replaced: str) -> None:
    """Write the bank; texts in it may be replaced."""
    text = BASICS
    for old, new in replaced.items():
        text = text.replace(old, new)
    (folder / "basics.yaml").write_text(text, encoding="utf-8")
    (folder / "ideas.yaml").write_text(IDEAS, encoding="utf-8")


def only(bank: Path, *names: str) -> list[str]:
    """Return the options that ask these questions of the bank."""
    return ["--bank", str(bank), *(word for name in names for word in ("--topic", f"basics/{name}"))]


def environ_with(home: Path) -> Mapping[str, str]:
    """Return the variables that keep a program away from the real home."""
    return {"HOME": str(home), "TENSORDRILL_HOME": str(home / "data"), "LC_ALL": "C.UTF-8", "LANG": "C.UTF-8"}


_RIGHT = {
    "basics/swap": "3,2",
    "basics/dense": "no",
    "basics/column": "v[:, None]",
    "basics/outer": "return torch.outer(a, b)",
    "basics/blank": "1",
}


def right(question: Event) -> str:
    """Return a right answer to a question of the bank; options stand in another order for each seed."""
    if question["id"] == "basics/sharing":
        return " ".join(str(n) for n, option in enumerate(question["options"], 1) if option != "x + 0")
    return _RIGHT[question["id"]]


IDEAS = """\
nothing-moves:
  title: {en: "`t()` changes nothing", ko: "`t()`는 아무것도 바꾸지 않습니다"}
  rule: {en: "`t()` exchanges the two dims.", ko: "`t()`는 두 차원을 맞바꿉니다."}
"""
BASICS = """\
format: 1
topic: basics
title: {en: First steps, ko: 첫걸음}
intro:
  text: {en: "`x.t()` exchanges the dims of `x`.", ko: "`x.t()`는 `x`의 차원을 맞바꿉니다."}
  given: x = torch.zeros(4, 5)
  ask: x.t().shape
questions:
  - id: swap
    level: 1
    given: x = torch.zeros(2, 3)
    code: y = x.t()
    ask: y.shape
    because: {en: "`t()` exchanges rows and columns.", ko: "`t()`는 행과 열을 맞바꿉니다."}
    hints:
      - {en: "Which dim comes first now?", ko: "이제 어느 차원이 먼저일까요?"}
      - {en: "Draw `x`.", ko: "`x`를 그려 보세요."}
    misconceptions:
      - idea: nothing-moves
        code: y = x
        because: {en: "That is the shape of `x` itself.", ko: "그것은 `x` 자신의 shape입니다."}
  - id: dense
    level: 1
    given: x = torch.zeros(2, 3)
    code: y = x.t()
    ask: y.is_contiguous()
    because: {en: "Its rows are columns of `x`.", ko: "`y`의 행은 `x`의 열입니다."}
    misconceptions:
      - idea: nothing-moves
        code: y = x
        because: {en: "`x` is contiguous, `y` is not.", ko: "`x`는 연속이지만 `y`는 아닙니다."}
  - id: column
    level: 2
    given: v = torch.arange(3.)
    task: {en: "Turn `v` into a column.", ko: "`v`를 열로 바꾸세요."}
    write: expression
    solution: v.unsqueeze(1)
    must: [shape, values, memory]
    because: {en: "The new dim comes last.", ko: "새 차원이 마지막에 옵니다."}
    misconceptions:
      - id: row-not-column
        code: v.unsqueeze(0)
        because: {en: "That is a row.", ko: "그것은 행입니다."}
  - id: outer
    level: 3
    given: |-
      a = torch.arange(2)
      b = torch.arange(3)
    task: {en: "Write the outer product.", ko: "외적을 작성하세요."}
    write: function
    def: outer(a, b)
    solution: return a[:, None] * b
    also_on: ["a = torch.arange(1, 3); b = torch.arange(4)"]
    misconceptions:
      - id: inner
        code: return (a * a).sum() * b
        because: {en: "That adds up.", ko: "그것은 더합니다."}
  - id: blank
    level: 2
    given: x = torch.zeros(2, 3)
    task: {en: "Make `y` of shape (2, 1, 3).", ko: "`y`의 shape를 (2, 1, 3)으로 만드세요."}
    fill: y = x.unsqueeze(____)
    solution: "1"
    must: [shape]
    misconceptions:
      - id: in-front
        code: "0"
        because: {en: "That puts it first.", ko: "그러면 맨 앞에 옵니다."}
  - id: sharing
    level: 2
    given: x = torch.arange(6).reshape(2, 3)
    options: ["x.t()", "x + 0", "x[0]"]
    which: shares_memory(x, it)
    because: {en: "Only `x + 0` makes new numbers.", ko: "`x + 0`만 새 값을 만듭니다."}
    misconceptions:
      - id: only-whole
        which: shares_memory(x, it) and it.numel() == 6
        because: {en: "A part shares, too.", ko: "일부도 메모리를 공유합니다."}
"""
