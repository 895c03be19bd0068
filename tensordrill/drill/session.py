"""One learner's round, whatever it is shown on: questions, hints, answers, verdicts and the tally.

The front ends (terminal, pipe, JSON lines) call `next`, `hint`, `answer`, `skip` and `undo`; time
comes from them. Every judged answer is handed to `record` before its verdict is given back.
"""

from __future__ import annotations

from typing import Protocol

from msgspec import Struct

from tensordrill.bank.variant import Variant
from tensordrill.drill.choices import Choices, choices_for
from tensordrill.drill.order import QuestionOrder
from tensordrill.drill.progress import IdeaRecord, Progress
from tensordrill.drill.review import Review
from tensordrill.errors import BankError, Problem
from tensordrill.judging import QuestionSession
from tensordrill.kinds import KINDS
from tensordrill.kinds.answers import Unreadable, Verdict
from tensordrill.kinds.pleas import is_plea
from tensordrill.messages import Language, message
from tensordrill.sandbox.client import Sandbox


class Recorder(Protocol):
    """Keeps reviews, and what they add up to; says what it cannot keep by itself."""

    @property
    def progress(self) -> Progress: ...

    def append(self, review: Review) -> None: ...
    def undo_last(self) -> None: ...


class Moment(Struct, frozen=True):
    """The time of an answer, and the seconds that it took."""

    at: str
    seconds: float


class Rules(Struct, frozen=True):
    """The rules of a round."""

    language: Language
    session: str
    versions: dict[str, str]
    choices: bool = False
    second_try: bool = False


class AskedQuestion(Struct):
    """A question on screen."""

    number: int
    variant: Variant
    hints: int = 0
    first: Verdict | None = None
    choices: Choices | None = None
    question_session: QuestionSession | None = None


class JudgedAnswer(Struct, frozen=True):
    """A verdict; `again` says that the same question takes another answer.

    `history` is what the reviews before this answer say of the idea that it shows.
    """

    asked: AskedQuestion
    verdict: Verdict
    again: bool
    unsure: bool = False
    history: IdeaRecord | None = None

    @property
    def question_session(self) -> QuestionSession:
        """The session in which it was judged."""
        assert self.asked.question_session is not None
        return self.asked.question_session


class Score(Struct):
    """A topic's part of the tally."""

    asked: int = 0
    correct: int = 0


class Summary(Struct, frozen=True):
    """The tally of a round; `ideas` are the wrong ones that were met, in order."""

    asked: int
    correct: int
    skipped: int
    topics: dict[str, Score]
    ideas: tuple[str, ...]
    unsure: int


class Drill:
    """A round under way."""

    def __init__(self, sandbox: Sandbox, order: QuestionOrder, rules: Rules, recorder: Recorder) -> None:
        self._sandbox = sandbox
        self._order = order
        self._rules = rules
        self._recorder = recorder
        self._asked = 0
        self._waiting: list[AskedQuestion] = []
        self.problems: list[Problem] = []
        self.dropped = 0
        self.done: list[JudgedAnswer] = []

    @property
    def total(self) -> int | None:
        """The number of questions in the round, or None where it goes on until the learner stops."""
        return self._order.total

    def next(self) -> AskedQuestion | None:
        """Return the next question, or None when the round is over; `begin` it once it is on screen."""
        if self._waiting:
            return self._waiting.pop()
        variant = self._order.next(self._asked, self._leave_out)
        if variant is None:
            return None
        self._asked += 1
        return AskedQuestion(self._asked, variant)

    def begin(self, asked: AskedQuestion) -> QuestionSession:
        """Start computing the key while the learner reads."""
        if asked.question_session is None:
            asked.question_session = QuestionSession(self._sandbox, asked.variant)
        return asked.question_session

    def has_choices(self, asked: AskedQuestion) -> bool:
        """Whether options are offered that wait for the key."""
        return self._rules.choices and asked.choices is None and asked.variant.kind != "which"

    def offer(self, asked: AskedQuestion) -> Choices | None:
        """Return the options of a multiple-choice round, waiting for the key; None in any other."""
        if self.has_choices(asked):
            asked.choices = choices_for(self.begin(asked))
        return asked.choices

    def hint(self, asked: AskedQuestion) -> str | None:
        """Return the next hint, or None where there is no more."""
        hints = asked.variant.entry.question.hints
        if asked.hints >= len(hints):
            return None
        asked.hints += 1
        return asked.variant.say(hints[asked.hints - 1], self._rules.language)

    def answer(self, asked: AskedQuestion, text: str, moment: Moment) -> JudgedAnswer:
        """Judge an answer; a trailing `?` says that it is a guess.

        Raises BankError where the question's own program fails: nothing is recorded then.
        """
        if is_plea(asked.variant.question, text):
            return _unreadable(asked, text, Unreadable("plea"))
        stripped = text.rstrip()
        unsure = stripped.endswith(("?", "？"))
        typed = stripped[:-1].rstrip() if unsure else text
        if asked.choices is not None:
            if not asked.choices.has(typed):
                return _unreadable(asked, text, Unreadable("choice", asked.choices.last_letter))
            typed = asked.choices.typed(typed)
        verdict = self.begin(asked).judge(typed, self._rules.language)
        if verdict.outcome == "unreadable":
            return JudgedAnswer(asked, verdict, True)
        history = self._recorder.progress.ideas.get(verdict.misconception or "")
        if asked.first is not None:
            return JudgedAnswer(asked, verdict, False, unsure, history)
        is_wrong_idea = verdict.outcome == "incorrect" and verdict.misconception is not None
        may_be_guessed = KINDS[asked.variant.kind].type_of(asked.variant.question) == "bool"
        again = self._rules.second_try and is_wrong_idea and not may_be_guessed
        judged = JudgedAnswer(asked, verdict, again, unsure, history)
        asked.first = verdict
        self._note(judged, moment)
        return judged

    def skip(self, asked: AskedQuestion, moment: Moment) -> JudgedAnswer:
        """Skip a question and return the verdict with its key."""
        judged = JudgedAnswer(asked, self.begin(asked).skip(self._rules.language), False)
        if asked.first is None:
            self._note(judged, moment)
        return judged

    def drop(self, asked: AskedQuestion, why: BankError) -> None:
        """Leave out a question whose own program fails."""
        if asked.question_session is not None:
            asked.question_session.close()
        self._order.leave_out(asked.variant.entry)
        self._asked -= 1
        address = asked.variant.address
        named = str(why).startswith(address)
        self._leave_out(why.problem if named else message("in-file", file=address, problem=why.problem))

    def _leave_out(self, problem: Problem) -> None:
        self.problems.append(problem)
        self.dropped += 1

    def undo(self, current: AskedQuestion | None) -> AskedQuestion | None:
        """Take the last answer back and give its question again; None where there is none."""
        if not self.done:
            return None
        last = self.done.pop()
        self._recorder.undo_last()
        self._order.taken_back()
        if current is not None and current is not last.asked:
            self._waiting.append(current)
        last.asked.first = None
        return last.asked

    def summary(self) -> Summary:
        """Return the tally so far."""
        topics: dict[str, Score] = {}
        for judged in self.done:
            score = topics.setdefault(judged.asked.variant.entry.topic, Score())
            score.asked += 1
            score.correct += judged.verdict.outcome == "correct"
        outcomes = [judged.verdict.outcome for judged in self.done]
        ideas = dict.fromkeys(j.verdict.misconception for j in self.done if j.verdict.misconception)
        unsure = sum(j.unsure and j.verdict.outcome == "correct" for j in self.done)
        skipped = outcomes.count("skipped")
        return Summary(len(outcomes), outcomes.count("correct"), skipped, topics, tuple(ideas), unsure)

    def _note(self, judged: JudgedAnswer, moment: Moment) -> None:
        asked, verdict = judged.asked, judged.verdict
        assert verdict.outcome != "unreadable"
        entry = asked.variant.entry
        self.done.append(judged)
        review = Review(
            address=asked.variant.address,
            question=entry.id,
            topic=entry.topic,
            bank=entry.bank,
            task=entry.task_hash,
            kind=entry.kind,
            answer_type=KINDS[entry.kind].type_of(entry.question),
            level=entry.question.level,
            at=moment.at,
            answer=verdict.answer,
            outcome=verdict.outcome,
            idea=verdict.misconception,
            ideas=tuple(dict.fromkeys(wrong.name for wrong in asked.variant.wrong)),
            hints=asked.hints,
            unsure=judged.unsure,
            seconds=moment.seconds,
            session=self._rules.session,
            versions={**self._rules.versions, "torch": self._sandbox.wait_ready().torch},
        )
        self._order.answered(self._asked, entry, review)
        self._recorder.append(review)


def _unreadable(asked: AskedQuestion, text: str, unreadable: Unreadable) -> JudgedAnswer:
    return JudgedAnswer(asked, Verdict("unreadable", text, unreadable=unreadable), again=True)
