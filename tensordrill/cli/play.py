"""A round for a person: questions and verdicts on a screen, answers from a line."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import UTC, datetime

from rich.console import RenderableType
from rich.text import Text

from tensordrill.bank.ideas import Ideas
from tensordrill.cli.answer_line import AnswerLine, command_of, pause_command
from tensordrill.cli.slow_start import slow_start
from tensordrill.cli.stage import Stage
from tensordrill.drill import explaining
from tensordrill.drill.review_log import Warn
from tensordrill.drill.session import AskedQuestion, Drill, JudgedAnswer, Moment
from tensordrill.errors import BankError, Problem, TensordrillError
from tensordrill.messages import Language, Name, choose, say
from tensordrill.render.code import code, prose
from tensordrill.render.layout import indented
from tensordrill.render.option_rows import OptionRows
from tensordrill.render.question import question_parts, shown_program, typed_answer
from tensordrill.render.verdict import Context, unreadable, verdict_parts
from tensordrill.sandbox.client import Sandbox

_EXPLAINING = ("x", "c")


class _StopRound(Exception):  # noqa: N818 (a learner's wish, not an error)
    pass


def now() -> str:
    """Return the time as ISO 8601 in UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds")


class Play:
    """Runs a drill's loop on a stage."""

    def __init__(
        self,
        drill: Drill,
        sandbox: Sandbox,
        stage: Stage,
        line: AnswerLine,
        language: Language,
        *,
        ideas: Callable[[], Ideas],
        exam: bool = False,
        trusted: bool = False,
        before: Callable[[AskedQuestion], bool] = lambda _: False,
    ) -> None:
        self._drill = drill
        self._sandbox = sandbox
        self._stage = stage
        self._language = language
        self._ideas = ideas
        self._exam = exam
        self._trusted = trusted
        self._before = before
        self._line = line
        self._held_back: list[JudgedAnswer] = []
        self._warned = False

    def run(self) -> bool:
        """Ask until the round is over or the learner stops; return whether ^C stopped it."""
        interrupted = False
        try:
            self._questions()
            self._review()
        except _StopRound:
            self._stage.blank()
        except KeyboardInterrupt:
            interrupted = True
            self._stage.blank()
        self._say_problems()
        return interrupted

    def _questions(self) -> None:
        back: AskedQuestion | None = None
        try:
            while asked := back or self._drill.next():
                self._say_problems()
                try:
                    back = self._one(asked)
                except BankError as error:
                    back = None
                    self._drill.drop(asked, error)
        except _StopRound:
            if not self._held_back:
                raise

    def _one(self, asked: AskedQuestion) -> AskedQuestion | None:
        """Play one question; return another one where the learner went back."""
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
                self._stage.add(unreadable(judged.verdict.unreadable, self._language))
            elif judged.again:
                self._show_verdict(judged)
            else:
                return self._after(judged)

    def _show(self, asked: AskedQuestion) -> None:
        if self._before(asked):
            self._pause()
        if self._drill.has_choices(asked):
            self._wait("starting")
        self._drill.offer(asked)
        self._stage.page(self._question(asked))
        self._drill.begin(asked)
        if not self._exam:
            explaining.prepare(asked)
        self._line.drop_typed()

    def _question(self, asked: AskedQuestion, *, is_answered: bool = False) -> list[RenderableType]:
        choices = asked.choices.options if asked.choices else ()
        return question_parts(
            asked.variant, asked.number, self._drill.total, self._language, choices, is_answered=is_answered
        )

    def _read(self, asked: AskedQuestion) -> str:
        try:
            return self._line.read(asked.variant, choosing=asked.choices is not None)
        except EOFError:
            raise _StopRound from None

    def _command(self, asked: AskedQuestion, command: str) -> str:
        """Do a command; return an answer where it made one."""
        if command == "hint":
            self._hint(asked)
        elif command == "q":
            raise _StopRound
        elif command == "e":
            return self._edit(asked)
        elif command == "d" and asked.variant.question.setup:
            self._stage.add(indented(code(asked.variant.question.setup), (0, 4)))
        elif command in ("h", ""):
            self._add_help()
        else:
            self._note("unknown-command", command=f":{command}")
            self._note("help-hint")
        return ""

    def _hint(self, asked: AskedQuestion) -> None:
        if self._exam:
            self._note("no-hints-in-exam")
            return
        hint = self._drill.hint(asked)
        of = len(asked.variant.entry.question.hints)
        if hint is None:
            self._note("no-more-hints" if of else "no-hints")
            return
        label = say("hint-of", self._language, number=asked.hints, of=of)
        self._stage.add(indented(Text(label + "  ", "bold").append_text(prose(hint)), (0, 1)))

    def _add_help(self) -> None:
        names: list[Name] = ["commands-exam" if self._exam else "commands"]
        if self._line.has_editor:
            names.append("command-editor")
        self._stage.add(self._dim("   ".join(say(name, self._language) for name in names)))

    def _edit(self, asked: AskedQuestion) -> str:
        task = asked.variant.entry.question.task
        notes = [asked.variant.say(task, self._language)] if task is not None else []
        try:
            text = self._line.edit(asked.variant, [*notes, *shown_program(asked.variant).splitlines()])
        except TensordrillError as error:
            self._note("no-editor", problem=error.problem)
            return ""
        if text:
            self._stage.add(code(text))
        return text or ""

    def _answer(self, asked: AskedQuestion, text: str, started: float) -> JudgedAnswer:
        moment = self._moment(started)
        self._wait("waiting")
        judged = self._drill.answer(asked, text, moment)
        if not self._warned:
            self._warned = True
            if not self._trusted and not self._sandbox.wait_ready().holds:
                self._stage.notice(self._remark("nothing-holds"))
        return judged

    def _wait(self, name: Name) -> None:
        if not self._sandbox.is_ready:
            self._note(name)
            if (why := slow_start(os.environ, self._language)) is not None:
                self._stage.add(self._dim(why))

    def _moment(self, started: float) -> Moment:
        return Moment(now(), round(time.monotonic() - started, 3))

    def _after(self, judged: JudgedAnswer) -> AskedQuestion | None:
        if self._exam:
            self._held_back.append(judged)
            return None
        self._show_verdict(judged)
        return self._undo(judged.asked) if self._pause(judged) == "u" else None

    def _pause(self, judged: JudgedAnswer | None = None) -> str:
        """Wait for Enter where somebody is there to press it; return the command typed before it."""
        self._line.drop_typed()
        while True:
            try:
                typed = self._line.pause(self._pause_prompt(judged))
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

    def _pause_prompt(self, judged: JudgedAnswer | None) -> str:
        names: list[Name] = []
        if judged is not None:
            is_code = judged.asked.variant.kind not in ("predict", "which")
            names = ["explains", *(("compares",) if is_code else ()), "more-commands"]
        return "   ".join(say(name, self._language) for name in (*names, "next"))

    def _explain(self, judged: JudgedAnswer, command: str) -> None:
        """Show what torch did in the program, or in the learner's beside the solution's."""
        from tensordrill.render.comparison import ComparisonScreen
        from tensordrill.render.explanation import ExplanationScreen

        if command == "c":
            both = explaining.both(judged, self._language)
            if both is None:
                self._note("nothing-to-compare")
            else:
                self._stage.add(ComparisonScreen(both, self._language))
        elif options := judged.question_session.options(judged.verdict.answer):
            is_skipped = judged.verdict.outcome == "skipped"
            self._stage.add(OptionRows(options, self._language, is_full=True, is_skipped=is_skipped))
        else:
            explanation = explaining.explanation(judged, self._language)
            self._stage.add(ExplanationScreen(explanation, self._language))

    def _undo(self, asked: AskedQuestion) -> AskedQuestion | None:
        back = self._drill.undo(asked)
        if back is None:
            self._note("nothing-to-undo")
            return None
        self._held_back = [judged for judged in self._held_back if judged.asked is not back]
        self._stage.notice(self._remark("undone"))
        return back

    def _show_verdict(self, judged: JudgedAnswer) -> None:
        """Show a verdict, on a terminal below its question and the answer, and in a pipe by itself."""
        parts = self._verdict(judged)
        if self._stage.clears:
            parts = [*self._answered(judged), *parts]
        self._stage.page([*parts, Text()] if judged.again else parts)

    def _answered(self, judged: JudgedAnswer) -> list[RenderableType]:
        question = self._question(judged.asked, is_answered=not judged.again)
        answer = judged.verdict.answer
        return [*question, typed_answer(answer)] if answer else question

    def _verdict(self, judged: JudgedAnswer) -> list[RenderableType]:
        context = Context(
            picture=explaining.picture(judged, self._language),
            options=judged.question_session.options(judged.verdict.answer),
            idea=self._idea(judged.verdict.misconception),
            history=judged.history,
            guess=_guess(judged, self._drill.total, self._language),
        )
        return verdict_parts(
            judged.verdict, judged.asked.variant, self._language, again=judged.again, context=context
        )

    def _idea(self, name: str | None) -> str | None:
        idea = self._ideas().get(name) if name else None
        return choose(idea.title, self._language) if idea else None

    def _review(self) -> None:
        """Show what an exam held back, each question with its answer and verdict, one page at a time."""
        if self._held_back:
            self._stage.notice(self._remark("review-begins"))
        for judged in self._held_back:
            self._stage.page([*self._answered(judged), *self._verdict(judged)])
            self._pause(judged)

    def _say_problems(self) -> None:
        for problem in self._drill.problems:
            self._stage.notice(self._remark("left-out", problem=problem))
        self._drill.problems.clear()

    def _note(self, name: Name, **values: object) -> None:
        self._stage.add(self._remark(name, **values))

    def _remark(self, name: Name, **values: object) -> RenderableType:
        return self._dim(say(name, self._language, **values))

    def _dim(self, text: str) -> RenderableType:
        return indented(Text(text, "dim"), (0, 1))


def warn_on(stage: Stage, language: Language) -> Warn:
    """Return a function that says once what a store could not do."""

    def warn(name: Name, problem: Problem) -> None:
        stage.notice(indented(Text(say(name, language, problem=problem), "yellow"), (1, 1)))

    return warn


def _guess(judged: JudgedAnswer, of: int | None, language: Language) -> str:
    """Return the sentence on an answer marked with `?`; only a practice brings its question back."""
    if not judged.unsure:
        return ""
    return say("guess", language) if of is not None else say("guess-returns", language)
