"""Where answers are typed: a line with history, colour and completion, or a plain pipe."""

from __future__ import annotations

import codeop
import os
import re
import sys
import warnings
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Protocol

from rich.console import Console
from rich.text import Text

from tensordrill.bank.schema import Fill, Predict, Write
from tensordrill.bank.variant import Variant
from tensordrill.errors import TensordrillError
from tensordrill.kinds.answers import Raises
from tensordrill.kinds.blanks import split
from tensordrill.kinds.output import asks_output
from tensordrill.kinds.output import read as read_output
from tensordrill.kinds.setup import defines
from tensordrill.text import Language, message, say

if TYPE_CHECKING:
    from prompt_toolkit import PromptSession
    from prompt_toolkit.completion import Completer
    from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent

PROMPT = " › "
_MORE = " · "
_NOTE = "#| "
_COMMANDS = frozenset("seuqh")
_SAME_KEY = {
    "ㄴ": "s", "ㄷ": "e", "ㅕ": "u", "ㅂ": "q", "ㅗ": "h", "ㅌ": "x", "ㅊ": "c", "ㅇ": "d", "?": "h", "？": "h",
}  # fmt: skip
"""What the keys s, e, u, q, h, x, c, d type while a Korean keyboard layout is on; `:?` is help too."""
_FUNCTIONS = (
    "torch.arange torch.zeros torch.ones torch.tensor torch.matmul torch.mm torch.mv torch.bmm "
    "torch.dot torch.addmm torch.einsum torch.cat torch.stack torch.squeeze torch.unsqueeze "
    "torch.reshape torch.permute torch.transpose view reshape flatten unflatten squeeze unsqueeze "
    "transpose permute contiguous clone expand expand_as repeat matmul mm mv bmm dot addmm baddbmm t "
    "T mT shape stride size dim numel is_contiguous sum mean max min argmax item tolist float long "
    "double detach narrow select split chunk unbind movedim return requires_grad"
).split()


class AnswerLine(Protocol):
    """Reads what is typed; raises EOFError at the end and KeyboardInterrupt for ^C."""

    def read(self, variant: Variant, *, choosing: bool = False) -> str:
        """Read one answer or command; where one chooses among options, a letter is enough."""

    def pause(self, prompt: str) -> str:
        """Wait for Enter after a verdict; give what was typed before it."""

    def edit(self, variant: Variant, notes: Iterable[str]) -> str | None:
        """Have an answer written in an editor; raises TensordrillError where that cannot be."""


def answer_line(console: Console) -> AnswerLine:
    """Give the line that fits: prompt_toolkit's in a terminal, plain lines from a pipe."""
    if sys.stdin.isatty() and console.is_terminal:
        return TerminalLine(console)
    return PipeLine(console)


def takes_lines(variant: Variant) -> bool:
    """Tell whether an answer may have several lines."""
    if isinstance(variant.question, Predict):
        return asks_output(variant.question)
    return isinstance(variant.question, Write) and variant.question.write != "expression"


def command_of(text: str, variant: Variant) -> str | None:
    """Give the command that a line is, or None where it is an answer.

    `hint`, or one of s, e, u, q, h, and d where there is a setup to show; in code, a colon may begin an answer
    such as `::2`.
    """
    clean = text.strip()
    if clean in ("?", "？"):
        return "hint"
    if clean[:1] not in (":", "："):
        return None
    word = clean[1:].strip()
    word = _SAME_KEY.get(word, word)
    commands = _COMMANDS | {"d"} if variant.question.setup else _COMMANDS
    if word in commands or not isinstance(variant.question, Write | Fill):
        return word
    return None


def pause_command(text: str) -> str:
    """Give the command typed where only Enter is waited for; the colon may be left out there."""
    word = text.strip().lstrip(":：").strip()
    return _SAME_KEY.get(word, word)


def is_complete(code: str) -> bool:
    """Tell whether code needs no further line; a block needs an empty one to end it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SyntaxWarning)
            return code.endswith("\n") or codeop.compile_command(code) is not None
    except (SyntaxError, ValueError, OverflowError, RecursionError, MemoryError):
        return True


def _is_done(text: str, variant: Variant, *, choosing: bool) -> bool:
    """Whether an answer needs no further line.

    A class goes on until an empty one, for methods follow methods, and so does what a program prints.
    """
    if choosing:
        return is_complete(text)
    if isinstance(variant.question, Predict):
        return text.endswith("\n") or isinstance(read_output(text), Raises)
    is_class = isinstance(variant.question, Write) and variant.question.write == "class"
    return text.endswith("\n") if is_class else is_complete(text)


def has_blanks(variant: Variant) -> bool:
    """Whether an answer fills several blanks."""
    return isinstance(variant.question, Fill) and len(variant.question.fillings) > 1


def _blank_by_blank(variant: Variant, read: Callable[[str], str]) -> str:
    """Read the fillings of several blanks one after the other; the first line may hold them all."""
    question = variant.question
    assert isinstance(question, Fill)
    count = len(question.fillings)
    typed: list[str] = []
    while len(typed) < count:
        line = read(f" {len(typed) + 1}/{count}{PROMPT}")
        if command_of(line, variant) or (not typed and len(split(question, line)) != 1):
            return line
        if line.strip():
            typed.append(line)
    return "\n".join(typed)


def _line_by_line(
    variant: Variant, first: Callable[[str], str], following: Callable[[], str], *, choosing: bool
) -> str:
    """Read an answer of one line, or of several; a block of code goes on until an empty one."""
    if has_blanks(variant) and not choosing:
        return _blank_by_blank(variant, first)
    text = first(PROMPT)
    if not takes_lines(variant) or command_of(text, variant) or not text.strip():
        return text
    while not _is_done(text, variant, choosing=choosing):
        try:
            text += "\n" + following()
        except EOFError:
            break
    return text


class PipeLine:
    """Lines from standard input."""

    def __init__(self, console: Console) -> None:
        self._console = console

    def read(self, variant: Variant, *, choosing: bool = False) -> str:
        return _line_by_line(variant, self._prompted, self._line, choosing=choosing)

    def _prompted(self, prompt: str) -> str:
        self._console.print(Text(prompt), end="")
        return self._line()

    def _line(self) -> str:
        line = sys.stdin.readline()
        if not line:
            raise EOFError
        self._console.print(Text(line.rstrip("\n")[:200]))
        return line.rstrip("\n")

    def pause(self, prompt: str) -> str:  # noqa: ARG002 (a pipe is not asked to wait)
        return ""

    def edit(self, variant: Variant, notes: Iterable[str]) -> str | None:  # noqa: ARG002 (no terminal for an editor)
        raise TensordrillError(message("editor-needs-terminal"))


class InputLine:
    """Lines from Python's `input`, which a notebook's kernel has its front end ask for.

    `echo` gets what was typed, for a front end that does not leave it below the cell.
    """

    def __init__(self, language: Language, echo: Callable[[str], None]) -> None:
        self._language = language
        self._echo = echo

    def read(self, variant: Variant, *, choosing: bool = False) -> str:
        return _line_by_line(variant, self._first, lambda: self._line(_MORE), choosing=choosing)

    def _first(self, prompt: str) -> str:
        return self._line(say("your-answer", self._language) + prompt)

    def _line(self, prompt: str) -> str:
        try:
            line = input(prompt)
        except NotImplementedError:  # the kernel's StdinNotImplementedError
            raise TensordrillError(message("nobody-answers")) from None
        self._echo(prompt + line)
        return line

    def pause(self, prompt: str) -> str:
        return self._line(f"{prompt} ")

    def edit(self, variant: Variant, notes: Iterable[str]) -> str | None:  # noqa: ARG002 (no terminal for an editor)
        raise TensordrillError(message("editor-needs-terminal"))


class TerminalLine:
    """A line that is edited in place, with the history of this round."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._session: PromptSession[str] | None = None

    def read(self, variant: Variant, *, choosing: bool = False) -> str:
        if has_blanks(variant) and not choosing:
            return _blank_by_blank(variant, lambda prompt: self._read(variant, prompt))
        return self._read(variant, PROMPT, choosing=choosing)

    def _read(self, variant: Variant, prompt: str, *, choosing: bool = False) -> str:
        from prompt_toolkit.formatted_text import FormattedText
        from prompt_toolkit.lexers import PygmentsLexer
        from pygments.lexers.python import PythonLexer

        several = takes_lines(variant)
        is_code = isinstance(variant.question, Write | Fill)
        return self._prompt().prompt(
            FormattedText([("bold", prompt)]),
            lexer=PygmentsLexer(PythonLexer) if is_code else None,
            completer=_completer(variant) if is_code else None,
            complete_while_typing=False,
            multiline=several,
            prompt_continuation=_MORE if several else "",
            key_bindings=_several_lines(variant, choosing=choosing) if several else None,
        )

    def pause(self, prompt: str) -> str:
        from prompt_toolkit import prompt as ask
        from prompt_toolkit.formatted_text import FormattedText

        return ask(FormattedText([("fg:ansibrightblack", f" {prompt} ")]))

    def edit(self, variant: Variant, notes: Iterable[str]) -> str | None:
        return edited(variant, notes)

    def _prompt(self) -> PromptSession[str]:
        if self._session is None:
            from prompt_toolkit import PromptSession
            from prompt_toolkit.history import InMemoryHistory
            from prompt_toolkit.styles import Style

            self._session = PromptSession(
                history=InMemoryHistory(),
                style=None
                if self._console.no_color
                else Style.from_dict({"pygments.keyword": "ansimagenta"}),
            )
        return self._session


def _completer(variant: Variant) -> Completer:
    from prompt_toolkit.completion import WordCompleter

    names = re.findall(r"^(\w+)\s*=", variant.question.given, re.MULTILINE)
    return WordCompleter(
        [*defines(variant.question.setup), *names, *_FUNCTIONS], pattern=re.compile(r"[\w.]+$|(?<=\.)\w*$")
    )


def _several_lines(variant: Variant, *, choosing: bool) -> KeyBindings:
    from prompt_toolkit.key_binding import KeyBindings

    bindings = KeyBindings()

    @bindings.add("enter")
    def _enter(event: KeyPressEvent) -> None:
        buffer = event.current_buffer
        line = buffer.document.current_line
        is_done = not line.strip() or _is_done(buffer.text, variant, choosing=choosing)
        if command_of(buffer.text, variant) or is_done:
            buffer.validate_and_handle()
            return
        buffer.insert_text("\n")

    return bindings


def edited(variant: Variant, notes: Iterable[str]) -> str | None:
    """Have an answer written in $EDITOR; give it without the notes, or None where nothing was saved.

    Raises TensordrillError where the editor cannot be run.
    """
    from tensordrill.cli.editor import edit

    head = "".join(f"{_NOTE}{line}\n" for line in notes)
    start = ""
    if isinstance(variant.question, Write) and variant.question.name:
        start = f"{variant.question.head}\n    "
    text = edit(head + start, os.environ)
    if text is None:
        return None
    return "\n".join(line for line in text.splitlines() if not line.startswith(_NOTE)).strip("\n")
