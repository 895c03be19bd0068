"""A round for a person: questions and verdicts on a screen, answers from a line."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import UTC, datetime

from rich.text import Text

from tensordrill.cli.answer_line import command_of, pause_command
from tensordrill.cli.front import Front, Screen
from tensordrill.cli.slow_start import slow_start
from tensordrill.drill import explaining
from tensordrill.drill.recording import Warn
from tensordrill.drill.session import Asked, Drill, Judged, Moment
from tensordrill.errors import BankError, Problem, TensordrillError
from tensordrill.lab.client import Lab
from tensordrill.show.code import code, prose
from tensordrill.show.layout import indented
from tensordrill.show.question import question, shown_program
from tensordrill.show.verdict import unreadable, verdict
from tensordrill.text import Language, Name, say

_EXPLAINING = ("x", "c")


class _StopRound(Exception):  # noqa: N818 (a learner's wish, not an error)
    pass


def now() -> str:
    """Give the time as ISO 8601 in UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds")


class Play:
    """Runs a drill's loop on a front end."""

    def __init__(
        self,
        drill: Drill,
        lab: Lab,
        front: Front,
        language: Language,
        *,
        exam: bool = False,
        trusted: bool = False,
        before: Callable[[Asked], bool] = lambda _: False,
    ) -> None:
        self._drill = drill
        self._lab = lab
        self._screen = front.screen
        self._language = language
        self._exam = exam
        self._trusted = trusted
        self._before = before
        self._line = front.line
        self._held_back: list[Judged] = []
        self._warned = False

    def run(self) -> bool:
        """Ask until the round is over or the learner stops; give whether ^C stopped it."""
        interrupted = False
        try:
            self._questions()
        except _StopRound:
            self._screen.print()
        except KeyboardInterrupt:
            interrupted = True
            self._screen.print()
        self._say_problems()
        self._show_held_back()
        return interrupted

    def _questions(self) -> None:
        back: Asked | None = None
        while asked := back or self._drill.next():
            self._say_problems()
            try:
                back = self._one(asked)
            except BankError as error:
                back = None
                self._drill.drop(asked, error)

    def _one(self, asked: Asked) -> Asked | None:
        """Play one question; give another one where the learner went back."""
        self._show(asked)
        started = time.monotonic()
        while True:
            text = self._read(asked)
            command = command_of(text, asked.variant)
            if command == "u":
                if back := self._undo(asked):
                    return back
                continue
            if command == "s":
                self._wait("starting")
                return self._after(self._drill.skip(asked, self._moment(started)))
            if command is not None:
                text = self._command(asked, command)
            if not text.strip():
                continue
            judged = self._answer(asked, text, started)
            if judged.verdict.unreadable is not None:
                self._screen.print(unreadable(judged.verdict.unreadable, self._language))
            elif judged.again:
                self._print_verdict(judged)
                self._screen.print()
            else:
                return self._after(judged)

    def _show(self, asked: Asked) -> None:
        if self._before(asked):
            self._pause()
        if self._drill.has_choices(asked):
            self._wait("starting")
        choices = self._drill.offer(asked)
        options = choices.options if choices else ()
        self._screen.print(question(asked.variant, asked.number, self._drill.of, self._language, options))
        self._drill.begin(asked)

    def _read(self, asked: Asked) -> str:
        try:
            return self._line.read(asked.variant, choosing=asked.choices is not None)
        except EOFError:
            raise _StopRound from None

    def _command(self, asked: Asked, command: str) -> str:
        """Do a command; give an answer where it made one."""
        if command == "hint":
            self._hint(asked)
        elif command == "q":
            raise _StopRound
        elif command == "e":
            return self._edit(asked)
        elif command == "d" and asked.variant.question.setup:
            self._screen.print(indented(code(asked.variant.question.setup), (0, 4)))
        elif command in ("h", ""):
            self._note("commands")
        else:
            self._note("unknown-command", command=f":{command}")
            self._note("help-hint")
        return ""

    def _hint(self, asked: Asked) -> None:
        hint = self._drill.hint(asked)
        of = len(asked.variant.entry.question.hints)
        if hint is None:
            self._note("no-more-hints" if of else "no-hints")
            return
        label = say("hint-of", self._language, number=asked.hints, of=of)
        self._screen.print(indented(Text(label + "  ", "bold").append_text(prose(hint)), (0, 1)))

    def _edit(self, asked: Asked) -> str:
        task = asked.variant.entry.question.task
        notes = [asked.variant.say(task, self._language)] if task is not None else []
        try:
            text = self._line.edit(asked.variant, [*notes, *shown_program(asked.variant).splitlines()])
        except TensordrillError as error:
            self._note("no-editor", problem=error.problem)
            return ""
        if text:
            self._screen.print(code(text))
        return text or ""

    def _answer(self, asked: Asked, text: str, started: float) -> Judged:
        moment = self._moment(started)
        self._wait("waiting")
        judged = self._drill.answer(asked, text, moment)
        if not self._warned:
            self._warned = True
            if not self._trusted and not self._lab.wait_ready().holds:
                self._note("nothing-holds")
        return judged

    def _wait(self, name: Name) -> None:
        if not self._lab.is_ready:
            self._note(name)
            if (why := slow_start(os.environ, self._language)) is not None:
                self._screen.print(indented(Text(why, "dim"), (0, 1)))

    def _moment(self, started: float) -> Moment:
        return Moment(now(), round(time.monotonic() - started, 3))

    def _after(self, judged: Judged) -> Asked | None:
        if self._exam:
            self._held_back.append(judged)
            return None
        self._print_verdict(judged)
        return self._undo(judged.asked) if self._pause(judged) == "u" else None

    def _pause(self, judged: Judged | None = None) -> str:
        """Wait for Enter where somebody is there to press it; give the command typed before it."""
        while True:
            try:
                typed = self._line.pause(say("next", self._language))
            except EOFError:
                raise _StopRound from None
            command = pause_command(typed)
            if command == "q":
                raise _StopRound
            if command == "h":
                self._note("commands-after")
            elif judged is not None and command in _EXPLAINING:
                self._explain(judged, command)
            else:
                return command

    def _explain(self, judged: Judged, command: str) -> None:
        """Show what torch did in the program, or in the learner's beside the solution's."""
        from tensordrill.show.comparison import compared
        from tensordrill.show.explanation import explained

        if command == "x":
            found = explaining.explanation(judged, self._language)
            if found is not None:
                self._screen.print(explained(found, self._language))
            return
        both = explaining.both(judged, self._language)
        if both is None:
            self._note("nothing-to-compare")
        else:
            self._screen.print(compared(both, self._language))

    def _undo(self, asked: Asked) -> Asked | None:
        back = self._drill.undo(asked)
        if back is None:
            self._note("nothing-to-undo")
            return None
        self._held_back = [judged for judged in self._held_back if judged.asked is not back]
        self._note("undone")
        return back

    def _print_verdict(self, judged: Judged) -> None:
        shown = verdict(
            judged.verdict,
            judged.asked.variant,
            self._language,
            again=judged.again,
            guess=_guess(judged, self._drill.of),
            picture=explaining.picture(judged, self._language),
        )
        self._screen.print(shown)

    def _show_held_back(self) -> None:
        for judged in self._held_back:
            options = judged.asked.choices.options if judged.asked.choices else ()
            number = judged.asked.number
            self._screen.print(
                question(judged.asked.variant, number, self._drill.of, self._language, options)
            )
            self._print_verdict(judged)
        self._held_back = []

    def _say_problems(self) -> None:
        for problem in self._drill.problems:
            self._note("left-out", problem=problem)
        self._drill.problems.clear()

    def _note(self, name: Name, **values: object) -> None:
        self._screen.print(indented(Text(say(name, self._language, **values), "dim"), (0, 1)))


def warn_on(screen: Screen, language: Language) -> Warn:
    """Give a function that says once what a store could not do."""

    def warn(name: Name, problem: Problem) -> None:
        screen.print(indented(Text(say(name, language, problem=problem), "yellow"), (1, 1)))

    return warn


def _guess(judged: Judged, of: int | None) -> Name | None:
    """Name what is said of an answer marked with `?`; only a practice brings its question back."""
    return ("guess" if of is not None else "guess-returns") if judged.unsure else None
