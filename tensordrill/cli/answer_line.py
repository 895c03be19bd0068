"""The answer line: with history, colour and completion on a terminal, or a plain pipe."""

from __future__ import annotations

import ast
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
from tensordrill.cli.keyboard import drop_typed
from tensordrill.cli.word_completion import completer
from tensordrill.errors import TensordrillError
from tensordrill.kinds.answers import Raises
from tensordrill.kinds.blanks import split
from tensordrill.kinds.code import parsed
from tensordrill.kinds.output import asks_output
from tensordrill.kinds.output import read as read_output
from tensordrill.kinds.setup import defines
from tensordrill.messages import Language, message, say

if TYPE_CHECKING:
    from prompt_toolkit import PromptSession
    from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent

PROMPT = " › "
_MORE = " · "
_NOTE = "#| "
_COMMANDS = frozenset((*"seuqh", "hint"))
_ASSIGNED = re.compile(r"^\s*(\w+)\s*=(?!=)", re.MULTILINE)
_SAME_KEY = {
    "ㄴ": "s", "ㄷ": "e", "ㅕ": "u", "ㅂ": "q", "ㅗ": "h", "ㅌ": "x", "ㅊ": "c", "ㅇ": "d", "?": "h", "？": "h",
}  # fmt: skip
"""The letters on the keys s, e, u, q, h, x, c, d of a Korean keyboard layout; `:?` is help too."""


class AnswerLine(Protocol):
    """Reads what is typed; raises EOFError at the end and KeyboardInterrupt for ^C."""

    has_editor: bool
    """Whether `edit` can open one."""

    def read(self, variant: Variant, *, choosing: bool = False) -> str:
        """Read one answer or command; where one chooses among options, a letter is enough."""

    def pause(self, prompt: str) -> str:
        """Wait for Enter after a verdict; return what was typed before it."""

    def drop_typed(self) -> None:
        """Forget the keys that were pressed before what they would answer was shown."""

    def edit(self, variant: Variant, notes: Iterable[str]) -> str | None:
        """Open an editor for an answer; raises TensordrillError where there is none."""


def answer_line(console: Console) -> AnswerLine:
    """Return the line that fits: prompt_toolkit's in a terminal, plain lines from a pipe."""
    if sys.stdin.isatty() and console.is_terminal:
        return TerminalLine(console)
    return PipeLine(console)


def takes_lines(variant: Variant) -> bool:
    """Whether an answer may have several lines."""
    if isinstance(variant.question, Predict):
        return asks_output(variant.question)
    return isinstance(variant.question, Write) and variant.question.write != "expression"


def command_of(text: str, variant: Variant) -> str | None:
    """Return the command that a line is, or None where it is an answer.

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
    """Return the command typed where only Enter is waited for; the colon may be left out there."""
    word = text.strip().lstrip(":：").strip()
    return _SAME_KEY.get(word, word)


def is_complete(code: str) -> bool:
    """Whether code needs no further line; a block needs an empty one to end it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SyntaxWarning)
            return code.endswith("\n") or codeop.compile_command(code) is not None
    except (SyntaxError, ValueError, OverflowError, RecursionError, MemoryError):
        return True


def is_done(text: str, variant: Variant, *, choosing: bool) -> bool:
    """Whether an answer needs no further line.

    A class goes on until an empty one, for methods follow methods, and so does what a program prints. The body of a
    function goes on after a line that only names something, statements where the solution has several.
    """
    question = variant.question
    if choosing:
        return is_complete(text)
    if isinstance(question, Predict):
        return text.endswith("\n") or isinstance(read_output(text), Raises)
    assert isinstance(question, Write)
    if text.endswith("\n") or question.write == "class":
        return text.endswith("\n")
    if question.write == "statements" and len(_statements(question.solution)) > 1:
        return False
    is_body = question.write == "function"
    return is_complete(text) and not (is_body and _only_names(text))


_NAMING = (ast.Assign, ast.AnnAssign, ast.AugAssign, ast.Import, ast.ImportFrom)


def _only_names(code: str) -> bool:
    """Whether the last of the statements gives a name to something, which a function never ends with."""
    return any(isinstance(statement, _NAMING) for statement in _statements(code)[-1:])


def _statements(code: str) -> list[ast.stmt]:
    """Return the statements of code, none where it is not Python."""
    tree = parsed(code)
    return tree.body if tree else []


def has_blanks(variant: Variant) -> bool:
    """Whether an answer fills several blanks."""
    return isinstance(variant.question, Fill) and len(variant.question.fillings) > 1


def blank_by_blank(variant: Variant, read: Callable[[str], str]) -> str:
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
        return blank_by_blank(variant, first)
    text = first(PROMPT)
    if not takes_lines(variant) or command_of(text, variant) or not text.strip():
        return text
    while not is_done(text, variant, choosing=choosing):
        try:
            text += "\n" + following()
        except EOFError:
            break
    return text


class LineWithoutEditor:
    """A line that no editor can be opened on, and that forgets nothing: all that it holds is meant to be read."""

    has_editor = False

    def drop_typed(self) -> None:
        """Forget nothing."""

    def edit(self, variant: Variant, notes: Iterable[str]) -> str | None:  # noqa: ARG002 (no terminal for an editor)
        raise TensordrillError(message("editor-needs-terminal"))


class PipeLine(LineWithoutEditor):
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


class InputLine(LineWithoutEditor):
    """Lines from Python's `input`, which a notebook's kernel has its front end ask for.

    `echo` gets what was typed, for a front end that does not leave it below the cell.
    """

    def __init__(self, language: Language, echo: Callable[[str], None]) -> None:
        self._language = language
        self._echo = echo

    def read(self, variant: Variant, *, choosing: bool = False) -> str:
        head = say("your-answer", self._language)
        return _line_by_line(
            variant, lambda prompt: self._line(head + prompt), lambda: self._line(_MORE), choosing=choosing
        )

    def _line(self, prompt: str) -> str:
        try:
            line = input(prompt)
        except NotImplementedError:  # the kernel's StdinNotImplementedError
            raise TensordrillError(message("nobody-answers")) from None
        self._echo(prompt + line)
        return line

    def pause(self, prompt: str) -> str:
        return self._line(f"{prompt} ")


class TerminalLine:
    """A line that is edited in place, with the history of this round."""

    has_editor = True

    def __init__(self, console: Console) -> None:
        self._console = console
        self._session: PromptSession[str] | None = None

    def read(self, variant: Variant, *, choosing: bool = False) -> str:
        if has_blanks(variant) and not choosing:
            return blank_by_blank(variant, lambda prompt: self._read(variant, prompt))
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
            completer=completer(_names(variant)) if is_code else None,
            complete_while_typing=False,
            enable_suspend=True,
            multiline=several,
            prompt_continuation=_MORE if several else "",
            key_bindings=_keys(variant if several else None, choosing=choosing),
        )

    def pause(self, prompt: str) -> str:
        from prompt_toolkit import prompt as ask
        from prompt_toolkit.formatted_text import FormattedText

        text = FormattedText([("fg:ansibrightblack", f" {prompt} ")])
        return ask(text, enable_suspend=True, key_bindings=_keys(None, choosing=False))

    def drop_typed(self) -> None:
        from prompt_toolkit.application import get_app_session
        from prompt_toolkit.input.typeahead import clear_typeahead

        clear_typeahead(get_app_session().input)
        drop_typed(sys.stdin)

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


def _names(variant: Variant) -> list[str]:
    """Return the names that an answer may use: those of the setup and of the program on screen."""
    question = variant.question
    shown = (question.given, question.fill if isinstance(question, Fill) else "")
    assigned = (name for text in shown for name in _ASSIGNED.findall(text))
    return list(dict.fromkeys([*defines(question.setup), *assigned]))


def _keys(variant: Variant | None, *, choosing: bool) -> KeyBindings:
    """Return the keys of a line: ^C clears it before it ends the round.

    With a `variant`, its answers may have several lines. The only state is prompt_toolkit's buffer, which is asked
    anew at each Enter: a command, an empty line, or a text that `is_done` ends the input; any other Enter adds a
    line. So what ends an answer depends on its whole text and never on which keys made it, and a pasted block, whose
    lines come without an Enter, is one answer. `PipeLine` and the widget end an answer by the same `is_done`.
    """
    from prompt_toolkit.key_binding import KeyBindings

    bindings = KeyBindings()

    @bindings.add("c-c")
    def _interrupt(event: KeyPressEvent) -> None:
        if event.current_buffer.text:
            event.current_buffer.reset()
        else:
            event.app.exit(exception=KeyboardInterrupt, style="class:aborting")

    if variant is not None:

        @bindings.add("enter")
        def _enter(event: KeyPressEvent) -> None:
            buffer = event.current_buffer
            line = buffer.document.current_line
            is_whole = not line.strip() or is_done(buffer.text, variant, choosing=choosing)
            if command_of(buffer.text, variant) or is_whole:
                buffer.validate_and_handle()
                return
            buffer.insert_text("\n")

    return bindings


def edited(variant: Variant, notes: Iterable[str]) -> str | None:
    """Open $EDITOR for an answer; return it without the notes, or None where nothing was saved.

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
