"""The steps that quiz, practice and review share: a round is put together, played and summed up."""

from __future__ import annotations

import os
import platform
import secrets
import sys
from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct
from rich.text import Text

from tensordrill.bank.contents import contents, renamed
from tensordrill.bank.load import Bank
from tensordrill.bank.variant import Selection, select
from tensordrill.cli import clock
from tensordrill.cli.front import Front, front_end
from tensordrill.cli.options import open_bank
from tensordrill.cli.play import Play, now, warn_on
from tensordrill.cli.stage import Stage
from tensordrill.drill.changes import changes
from tensordrill.drill.order import DueOnly, QuestionOrder, Quiz
from tensordrill.drill.practice import Practice
from tensordrill.drill.progress import Progress
from tensordrill.drill.review_log import ReviewLog, Warn
from tensordrill.drill.session import AskedQuestion, Drill, Rules, Summary
from tensordrill.drill.standing import due
from tensordrill.errors import Problem
from tensordrill.kinds.format_value import format_value
from tensordrill.messages import Language, Name, say
from tensordrill.render.changes import changed
from tensordrill.render.layout import indented
from tensordrill.render.question import intro, intro_value
from tensordrill.render.summary import summary, weakest
from tensordrill.sandbox.client import Sandbox
from tensordrill.sandbox.protocol import Job, Program
from tensordrill.version import __version__

_SEEDS = 100_000
QUESTIONS = 10
"""Questions of a quiz without `-n`."""


class Round(Struct, frozen=True):
    """The options of a round, in the order of `quiz`, `practice` and `review`, which share most of them."""

    command: str
    topics: Sequence[str] | None
    level: int | None
    seed: int | None
    choices: bool
    banks: Sequence[str] | None
    lang: Language
    json: bool
    no_clear: bool
    count: int | None = None
    exam: bool = False


def play_round(options: Round) -> int:
    """Play a round; return the exit code."""
    lang = options.lang
    bank = open_bank(options.banks)
    chosen = select(bank, options.topics or ())
    seed = secrets.randbelow(_SEEDS) if options.seed is None else options.seed
    if options.json:
        return _play_on(options, bank, chosen, seed, None)
    front = front_end(lang, _words(options), no_clear=options.no_clear)
    return front.run(lambda: _play_on(options, bank, chosen, seed, front))


def _play_on(options: Round, bank: Bank, chosen: Selection, seed: int, front: Front | None) -> int:
    """Play a round on a front end, or by lines of JSON; return the exit code."""
    lang = options.lang
    with Sandbox() if front is None else front.sandbox() as sandbox:
        sandbox.warm()
        warn = _warn_on_stderr(lang) if front is None else warn_on(front.stage, lang)
        recording = ReviewLog(os.environ, warn, clock.utc_offset(), lambda: renamed(contents(bank, chosen)))
        order = _order(options, bank, chosen, seed, recording)
        rules = Rules(
            lang,
            f"{now()} {options.command} {seed}",
            {"tensordrill": __version__, "python": platform.python_version()},
            choices=options.choices,
            second_try=options.command != "quiz" and not options.json,
        )
        drill = Drill(sandbox, order, rules, recording)
        try:
            if front is None:
                from tensordrill.cli.json_lines import JsonRound

                JsonRound(drill, lang, seed, exam=options.exam).run()
                return int(drill.dropped > 0 and not drill.done)
            if isinstance(order, DueOnly) and not order.total:
                front.stage.page([indented(Text(_nothing_due(order, lang)), (1, 1))])
                return 0
            return _play(options, drill, sandbox, bank, front, seed, recording)
        finally:
            recording.close()
            if front is not None:
                front.stage.close()


def _order(options: Round, bank: Bank, chosen: Selection, seed: int, recording: ReviewLog) -> QuestionOrder:
    time = clock.seconds()
    if options.command == "practice":
        return Practice(bank, chosen, options.level, seed, recording.progress, time)
    if options.command == "review":
        return DueOnly(bank, chosen, options.count, options.level, seed, recording.progress, time)
    return Quiz(bank, chosen, options.count or QUESTIONS, options.level, seed)


def _nothing_due(order: DueOnly, language: Language) -> str:
    if order.next_due is None:
        return say("nothing-due-yet", language)
    when = datetime.fromtimestamp(order.next_due).astimezone()
    return say("nothing-due", language, when=f"{when:%Y-%m-%d %H:%M}")


def _play(
    options: Round,
    drill: Drill,
    sandbox: Sandbox,
    bank: Bank,
    front: Front,
    seed: int,
    recording: ReviewLog,
) -> int:
    lang, stage = options.lang, front.stage
    intros = _Intros(bank, sandbox, stage, lang, recording) if options.command == "practice" else None
    before = intros.show if intros else lambda _: False
    play = Play(
        drill,
        sandbox,
        stage,
        front.line,
        lang,
        ideas=lambda: bank.ideas,
        exam=options.exam,
        trusted=bank.is_shipped,
        before=before,
    )
    interrupted = play.run()
    tally = drill.summary()
    asked = {name: [entry.id for entry in bank.topic(name).entries] for name in tally.topics}
    news = changes(recording.before, recording.progress, asked, tally)
    ideas = bank.ideas if tally.ideas or news.overcome else {}
    commands = [
        (label, front.spell(words)) for label, words in _commands(options, tally, seed, recording, bank)
    ]
    stage.page(summary(tally, ideas, commands, lang, changed(news, ideas, lang)))
    return 130 if interrupted else int(drill.dropped > 0 and not tally.asked)


def _commands(
    options: Round, tally: Summary, seed: int, recording: ReviewLog, bank: Bank
) -> list[tuple[Name, list[str]]]:
    """Return what may be typed next with what it is for; the last one is what is best."""
    commands: list[tuple[Name, list[str]]] = []
    if options.command == "quiz":
        commands.append(("replay", [*_words(options), "--seed", str(seed)]))
    if tally.asked:
        words = [word for name in options.banks or () for word in ("--bank", name)]
        commands.append(("go-on", [*_going_on(tally, recording.progress, bank), *words]))
    return commands


def _going_on(tally: Summary, progress: Progress, bank: Bank) -> list[str]:
    """Return the command that helps most: with what went wrong, with what is due, else with what is new."""
    if tally.correct < tally.asked:
        return ["practice", "--topic", weakest(tally)]
    return ["review"] if due(contents(bank), progress, clock.seconds()).count else ["practice"]


def _warn_on_stderr(language: Language) -> Warn:
    def warn(name: Name, problem: Problem) -> None:
        print(f"tensordrill: {say(name, language, problem=problem)}", file=sys.stderr)

    return warn


class _Intros:
    """Shows a topic's worked example before its first practice."""

    def __init__(
        self, bank: Bank, sandbox: Sandbox, stage: Stage, lang: Language, recording: ReviewLog
    ) -> None:
        self._bank = bank
        self._sandbox = sandbox
        self._stage = stage
        self._lang = lang
        self._recording = recording
        self._shown: set[str] = set()

    def show(self, asked: AskedQuestion) -> bool:
        """Show a topic's worked example where it was never shown; return whether it was now."""
        name = asked.variant.entry.topic
        if name in self._shown:
            return False
        self._shown.add(name)
        topic = self._bank.topic(name)
        if topic.intro is None or not self._recording.topic_is_new(name, now()):
            return False
        self._stage.page([intro(topic.title, topic.intro, self._lang)])
        (observation,) = self._sandbox.run(Job((Program(given=topic.intro.given, ask=topic.intro.ask),)))
        value = f"raises {observation.raised.name}" if observation.raised else format_value(observation.value)
        self._stage.add(intro_value(topic.intro, value))
        return True


def _words(options: Round) -> list[str]:
    words = [options.command]
    for name in options.topics or ():
        words += ["--topic", name]
    if options.count is not None and options.count != QUESTIONS:
        words += ["-n", str(options.count)]
    if options.level is not None:
        words += ["--level", str(options.level)]
    words += ["--choices"] * options.choices + ["--exam"] * options.exam + ["--no-clear"] * options.no_clear
    for name in options.banks or ():
        words += ["--bank", name]
    return words
