"""Judging: a variant and an answer become a verdict. The only place where kinds meet the sandbox.

>>> with Sandbox() as sandbox:
...     question_session = QuestionSession(sandbox, variant)       # the key is computed while the learner reads
...     verdict = question_session.judge("2,3", "en")
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import islice
from typing import get_args

from tensordrill.bank.schema import Compared, Predict, Text, Which
from tensordrill.bank.variant import Variant
from tensordrill.errors import BankError
from tensordrill.explanation.explanation import Ending, Explanation
from tensordrill.explanation.tracing import explain_beside, tracing_job
from tensordrill.kinds import KINDS, facts, order, which
from tensordrill.kinds.answer_key import Key, key_of
from tensordrill.kinds.answers import Answer, Arrangement, Difference, Unreadable, Verdict
from tensordrill.kinds.code_kinds import operands
from tensordrill.messages import Language, Name, message
from tensordrill.sandbox.client import Pending, Sandbox
from tensordrill.sandbox.protocol import Job, Limits, Observation, Program, Trust

REFERENCE = Limits(seconds=3.0, patience=2)
LEARNER = Limits(seconds=3.0, patience=1)


def reference_programs(variant: Variant) -> tuple[Program, ...]:
    """Return the programs of the question itself."""
    return KINDS[variant.kind].programs(variant, variant.question)


def key_programs(variant: Variant) -> list[tuple[Program, ...]]:
    """Return the programs of the reference and then of each misconception."""
    kind = KINDS[variant.kind]
    return [reference_programs(variant), *(kind.programs(variant, wrong.question) for wrong in variant.wrong)]


def key_from(
    variant: Variant, groups: Sequence[Sequence[Program]], observations: Sequence[Observation]
) -> Key:
    """Put the observations of `key_programs`, run in one row, back to their programs.

    With those of the reference alone, the key has no misconceptions. Raises DrawError where a `when` that
    speaks of the run cannot be computed.
    """
    rest = iter(observations)
    reference, *wrong = [tuple(islice(rest, len(group))) for group in groups]
    return key_of(variant, reference, zip(variant.wrong, wrong, strict=False))


def usable(variant: Variant, key: Key) -> Key:
    """Return the key back; raises BankError where the bank's own program did not end, or the sandbox refused it."""
    for observation in key.reference:
        raised = observation.raised
        if observation.failure:
            ended: Name = "program-timeout" if observation.failure == "timeout" else "program-crashed"
            raise BankError(message(ended, address=variant.address))
        if raised and raised.refusal:
            raise BankError(message("program-refused", address=variant.address, raised=raised.summary))
    return key


class QuestionSession:
    """One variant in front of one learner; its key is under way from the start."""

    def __init__(self, sandbox: Sandbox, variant: Variant) -> None:
        self.variant = variant
        self._sandbox = sandbox
        self._kind = KINDS[variant.kind]
        self._groups = key_programs(variant)
        programs = tuple(program for group in self._groups for program in group)
        self._pending = sandbox.start(Job(programs, "bank", REFERENCE))
        self._options: tuple[Observation, ...] | None = None
        self._ahead: Pending | None = None

    @cached_property
    def key(self) -> Key:
        """The answer key, waited for if need be.

        Raises BankError where the bank's own program does not end, SandboxError where torch is missing.
        """
        return usable(self.variant, key_from(self.variant, self._groups, self._pending.result()))

    def close(self) -> None:
        """End what still runs for this variant."""
        self._pending.close()
        if self._ahead is not None:
            self._ahead.close()
            self._ahead = None  # an explanation that is asked for later has to run anew

    def trace_ahead(self) -> None:
        """Start to trace the bank's programs that a wrong answer is shown beside, while the learner reads.

        What comes of it is asked for by the explanations, or ended by `close`.
        """
        programs = self._shown_beside
        if self._ahead is None and programs:
            self._ahead = self._sandbox.start(tracing_job(programs, "bank", REFERENCE))

    @cached_property
    def _shown_beside(self) -> tuple[Program, ...]:
        """The solution on each operand; of a prediction, the program and those that it is misread as."""
        if isinstance(self.variant.question, Compared):
            return self._groups[0]
        groups = self._groups if isinstance(self.variant.question, Predict) else []
        return tuple(dict.fromkeys(group[0] for group in groups if group))

    @cached_property
    def _traced(self) -> Mapping[Program, Observation]:
        """The explanations that were traced ahead."""
        if self._ahead is None:
            return {}
        return dict(zip(self._shown_beside, self._ahead.result(), strict=True))

    def explanation(self, language: Language, operand: int = 0) -> Explanation:
        """Explain the question's own program, or its solution on an operand."""
        return self._explained([(self._groups[0][operand], "bank")], language)[0]

    def explanation_of(self, text: str, language: Language, operand: int = 0) -> Explanation | None:
        """Explain the program of an answer on an operand; None where an answer is no program."""
        program = self._program_of(text, operand)
        return None if program is None else self._explained([(program, "learner")], language)[0]

    def both_explanations(
        self, text: str, language: Language, operand: int = 0
    ) -> tuple[Explanation, Explanation] | None:
        """Explain the program of an answer and the solution on an operand; None where an answer is no program."""
        program = self._program_of(text, operand)
        if program is None:
            return None
        pair: list[tuple[Program, Trust]] = [(program, "learner"), (self._groups[0][operand], "bank")]
        yours, solution = self._explained(pair, language)
        return yours, solution

    def misreading(self, name: str | None, language: Language) -> tuple[Explanation, Explanation | None]:
        """Explain the question's own program, and the one that a misconception takes it for, if that has one."""
        misread = (wrong for wrong, _ in self.key.wrong if wrong.name == name and wrong.answer is None)
        programs = [self._groups[0][0]]
        programs += [self._kind.programs(self.variant, wrong.question)[0] for wrong in islice(misread, 1)]
        explanation, *others = self._explained([(program, "bank") for program in programs], language)
        return explanation, others[0] if others else None

    def _program_of(self, text: str, operand: int) -> Program | None:
        answer = self.read(text)
        if isinstance(answer, Unreadable):
            return None
        programs = self._kind.learner_programs(self.variant, answer)
        return programs[operand] if programs else None

    def _explained(
        self, programs: Sequence[tuple[Program, Trust]], language: Language
    ) -> tuple[Explanation, ...]:
        return explain_beside(self._sandbox, programs, language, known=self._traced)

    def options(self, text: str) -> tuple[which.Option, ...]:
        """Return the options of a `which` beside an answer, each with what it gave; none for other kinds."""
        question = self.variant.question
        if not isinstance(question, Which):
            return ()
        if self._options is None:
            self._options = self._sandbox.run(Job(which.option_programs(question), "bank", REFERENCE))
        return which.options(self.variant, self.key, self.read(text), self._options)

    @property
    def expected(self) -> str:
        """The key as a learner could have typed it."""
        return self._kind.expected(self.variant, self.key)

    def read(self, text: str) -> Answer | Unreadable:
        """Read what was typed; needs no torch."""
        return self._kind.read(self.variant, text)

    def judge(self, text: str, language: Language) -> Verdict:
        """Judge what was typed."""
        answer = self.read(text)
        if isinstance(answer, Unreadable):
            return Verdict("unreadable", text, unreadable=answer)
        programs = self._kind.learner_programs(self.variant, answer)
        observations = self._sandbox.run(Job(programs, "learner", LEARNER)) if programs else ()
        return verdict(self.variant, self.key, text, answer, observations, language)

    def skip(self, language: Language) -> Verdict:
        """Skip the question and return a verdict that shows its key."""
        return Verdict("skipped", "", self.expected, because=self.because(language, ""))

    def because(self, language: Language, got: str, text: Text | None = None) -> str | None:
        """Return the reason: the misconception's, else the question's."""
        return because(self.variant, self.key, language, got, text)

    def misconceptions(self) -> list[tuple[str, str]]:
        """Return each misconception's name and what a learner who holds it types."""
        return [
            (wrong.name, self._kind.typed_by(self.variant, self.key, index))
            for index, (wrong, _) in enumerate(self.key.wrong)
        ]


def verdict(
    variant: Variant,
    key: Key,
    text: str,
    answer: Answer,
    observations: tuple[Observation, ...],
    language: Language,
    differences: Sequence[Difference] | None = None,
) -> Verdict:
    """Judge an answer by what its programs did; `text` is the answer as it was typed.

    `differences` are those from the key, where they are known already.
    """
    kind = KINDS[variant.kind]
    if differences is None:
        differences = kind.judge(variant, key, answer, observations)
    if differences and (refused := _refused(observations)):
        return Verdict("unreadable", text, unreadable=refused)
    wrong = kind.diagnose(variant, key, answer, observations) if differences else None
    slip = (
        _slip(observations) if differences and wrong is None and not isinstance(answer, Arrangement) else None
    )
    if slip:
        return Verdict("unreadable", text, unreadable=Unreadable("typo", slip))
    error, operand = _error(variant, answer, observations)
    return Verdict(
        "incorrect" if differences else "correct",
        text,
        kind.expected(variant, key),
        tuple(differences),
        wrong.name if wrong else None,
        because(variant, key, language, text, None if wrong is None else wrong.because),
        error,
        operand,
        printed=observations[0].stdout if observations else "",
        is_of_idea=wrong is not None and wrong.because is not None,
    )


def because(variant: Variant, key: Key, language: Language, got: str, text: Text | None = None) -> str | None:
    """Return the reason: the misconception's, else the question's."""
    chosen = text or variant.question.because
    if chosen is None:
        return None
    return variant.say(chosen, language, got=got, **facts(variant, key))


def _slip(observations: Sequence[Observation]) -> str | None:
    """Return the message of a misspelt name on the shown operand: that is a typo, not a wrong answer."""
    raised = observations[0].raised if observations else None
    if raised is None or observations[0].value is not None:
        return None
    if raised.name == "NameError":
        return raised.message
    # Not torch's own, as of a module whose `__init__` has not called super's, nor the lack of what is asked for.
    is_of_a_name = raised.name == "AttributeError" and "has no attribute" in raised.message
    is_asked_for = raised.where == "ask" and raised.line is None
    return raised.message if is_of_a_name and not is_asked_for else None


def _refused(observations: Sequence[Observation]) -> Unreadable | None:
    """Return what the sandbox refused the answer's code on an operand: it could not run as it was written.

    Only the shown operand's error is returned, since others may be hidden.
    """
    for at, observation in enumerate(observations):
        if (raised := observation.raised) and raised.refusal:
            return Unreadable("typo", "" if at else raised.summary, raised.refusal)
    return None


def _error(
    variant: Variant, answer: Answer, observations: Sequence[Observation]
) -> tuple[tuple[str, str] | None, int]:
    """Return how the first run that did not end well ended, and the place of its operand."""
    question = variant.question
    count = len(operands(variant, question)) if isinstance(question, Compared) else len(observations)
    for index, observation in enumerate(observations):
        if observation.failure:
            return (observation.failure, ""), index % count
        if (raised := observation.raised) and observation.value is None:
            is_order = isinstance(answer, Arrangement)
            text = (
                order.located(variant, answer, observations, raised.message) if is_order else raised.message
            )
            # a class of the learner's own may be called as the end of a run is
            name = f"{raised.name}()" if raised.name in get_args(Ending) else raised.name
            return (name, text), index % count
    return None, 0
