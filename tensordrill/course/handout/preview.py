"""An assignment before it is handed out: each question as an imaginary student gets it, and how it is answered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from tensordrill.bank import schema
from tensordrill.bank.topic import Entry
from tensordrill.bank.variant import Rendered, Variant, make
from tensordrill.course.assignment.assignment import Assignment, Item
from tensordrill.course.assignment.bundle import Bundle
from tensordrill.course.assignment.folder import Folder
from tensordrill.course.assignment.roster import Student
from tensordrill.course.assignment.sheet import SheetItem, hidden_draws, sheet
from tensordrill.course.handout.handout import Part, question_part
from tensordrill.errors import TensordrillError
from tensordrill.explanation.mistake import compared_about, of_code
from tensordrill.explanation.pictures import Picture
from tensordrill.judging import QuestionSession
from tensordrill.messages import Language, Message, choose, message, say
from tensordrill.sandbox.client import Sandbox

_NOBODY = "?"
"""The imaginary student; an id of a roster may be the same, and the sheet is then that student's."""
_IMAGINARY = 30
"""Students whose numbers are compared where the class is not known yet."""
_MINUTES = {"predict": 1.0, "which": 1.5, "fill": 1.5, "order": 2.0, "write": 3.0}
_LEVELS = (1.0, 1.5, 2.5)
"""Minutes by kind, and their multiples by level. A rule of thumb: nobody has measured a class."""


class Mistake(Struct, frozen=True):
    """A misconception on these numbers: what a student who has it writes, and then reads and sees."""

    idea: str
    title: str
    answer: str
    because: str | None
    picture: Picture | None


class Answers(Struct, frozen=True):
    """The key of a question as a student could write it, why it is right, and the mistakes that are known."""

    key: str
    because: str | None
    mistakes: tuple[Mistake, ...]


class QuestionPreview(Struct, frozen=True):
    """One question of the imaginary student's sheet; `answers` is why there are none where grading would fail."""

    number: int
    item: Item
    kind: str
    level: int
    minutes: float
    address: str
    cell: Part
    answers: Answers | Message
    different: int
    """The number of different draws among the students."""
    same_share: float
    """The share of pairs of students who have the same numbers, from 0 to 1."""


class IdeaCoverage(Struct, frozen=True):
    """An idea, and the numbers of the questions that can show it."""

    idea: str
    title: str
    questions: tuple[int, ...]


class Preview(Struct, frozen=True):
    """An assignment as it would be handed out; void questions are left out."""

    assignment: Assignment
    questions: tuple[QuestionPreview, ...]
    ideas: tuple[IdeaCoverage, ...]
    students: int
    """The number of students whose draws were compared."""
    is_imaginary: bool
    """Whether these students are imaginary, as no roster is known."""

    @property
    def minutes(self) -> float:
        """The minutes that the questions take together."""
        return sum(question.minutes for question in self.questions)

    @property
    def points(self) -> float:
        """The points there are to have."""
        return round(sum(question.item.total for question in self.questions), 6)

    @property
    def problems(self) -> int:
        """The number of questions that could not be graded."""
        return sum(isinstance(question.answers, Message) for question in self.questions)


def preview(folder: Folder, bundle: Bundle, roster: Sequence[Student], sandbox: Sandbox) -> Preview:
    """Return an assignment as its students would get it; raises DrawError for a question that cannot be drawn."""
    ids = [student.id for student in roster] or [f"?{number}" for number in range(_IMAGINARY)]
    sheets = [sheet(folder.assignment, folder.seeds, student) for student in (_NOBODY, *ids)]
    entries = bundle.entries
    items = [(number, item) for number, item in enumerate(folder.assignment.questions, 1) if not item.void]
    questions = []
    for number, item in items:
        drawn = [sheet[number - 1] for sheet in sheets]
        questions.append(_question(number, item, entries[item.id], drawn, bundle, sandbox))
    return Preview(
        folder.assignment, tuple(questions), tuple(_ideas(items, bundle)), len(ids), is_imaginary=not roster
    )


def _question(
    number: int, item: Item, entry: Entry, drawn: Sequence[SheetItem], bundle: Bundle, sandbox: Sandbox
) -> QuestionPreview:
    language = bundle.assignment.language
    rendered: Rendered = {}
    first, *others = drawn
    variant = make(entry, first.seed, hidden_draws(first), rendered)
    cells = (question_part(number, item, make(entry, each.seed, None, rendered), language) for each in others)
    counts = Counter((cell.text, cell.code) for cell in cells)
    return QuestionPreview(
        number,
        item,
        variant.kind,
        entry.question.level,
        _MINUTES[variant.kind] * _LEVELS[entry.question.level - 1],
        variant.address,
        question_part(number, item, variant, language),
        _answers(variant, bundle, sandbox),
        len(counts),
        _same_share(counts.values()),
    )


def _same_share(counts: Iterable[int]) -> float:
    """Return the share of pairs that lie in one group, of groups of these sizes."""
    sizes = list(counts)
    pairs = sum(sizes) * (sum(sizes) - 1)
    return sum(size * (size - 1) for size in sizes) / pairs if pairs else 0.0


def _answers(variant: Variant, bundle: Bundle, sandbox: Sandbox) -> Answers | Message:
    """Answer a question as it is graded: rightly, and with each misconception."""
    language = bundle.assignment.language
    try:
        session = QuestionSession(sandbox, variant)
        key = session.expected
        if session.judge(key, language).outcome != "correct":
            return message("preview-key-fails", key=key)
        mistakes = [
            _mistake(session, name, typed, bundle, language) for name, typed in session.misconceptions()
        ]
        return Answers(key, session.because(language, key), tuple(mistakes))
    except TensordrillError as error:
        return message("preview-problem", problem=error.problem)


def _mistake(session: QuestionSession, name: str, typed: str, bundle: Bundle, language: Language) -> Mistake:
    verdict = session.judge(typed, language)
    explanation = session.explanation_of(typed, language) if verdict.outcome == "incorrect" else None
    question = session.variant.question
    must = question.must if isinstance(question, schema.Compared) else ()
    about = compared_about(verdict.differences, must)
    picture = None if explanation is None else of_code(explanation, about)
    return Mistake(name, _title(name, bundle), typed, verdict.because, picture)


def _ideas(items: Iterable[tuple[int, Item]], bundle: Bundle) -> Iterator[IdeaCoverage]:
    """Yield the ideas that questions can show, those of most questions first."""
    entries = bundle.entries
    numbers: dict[str, list[int]] = {}
    for number, item in items:
        for name in dict.fromkeys(wrong.name for wrong in entries[item.id].question.misconceptions):
            numbers.setdefault(name, []).append(number)
    for name, places in sorted(numbers.items(), key=lambda pair: (-len(pair[1]), pair[1])):
        yield IdeaCoverage(name, _title(name, bundle), tuple(places))


def _title(name: str, bundle: Bundle) -> str:
    language, idea = bundle.assignment.language, bundle.ideas.get(name)
    return choose(idea.title, language) if idea else say("report-untitled-idea", language)
