"""Whatever fails for one submission is that submission's result, and the rest of its batch is judged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from msgspec.structs import replace

from tensordrill.bank.load import Bank
from tensordrill.course.assignment.assignment import Item
from tensordrill.course.assignment.bundle import Bundle
from tensordrill.course.assignment.folder import versions
from tensordrill.course.assignment.roster import Student
from tensordrill.course.fault import Fault
from tensordrill.course.gradebook import QuestionResult, SubmissionResult
from tensordrill.course.grading import batch
from tensordrill.course.grading.judge import Judge, PendingSubmission
from tensordrill.course.submission.submission import Submission
from tensordrill.errors import BankError, SandboxError
from tensordrill.explanation.drawing import Drawing
from tensordrill.explanation.pictures import Picture
from tensordrill.explanation.strip import Strip
from tensordrill.kinds.answers import Difference
from tensordrill.messages import Language
from tensordrill.sandbox.client import Sandbox
from tensordrill.sandbox.protocol import Job, Observation
from tests.course.homework import WRITE, assignment

ASKED = assignment([Item(id=WRITE)])
_BUG = (
    "the grader failed on it ({}), which is a bug; grade it by hand, or run the same command again with a "
    "newer version"
)


@pytest.fixture
def context(shipped_bank: Bank) -> batch.GradingContext:
    return batch.GradingContext(Bundle(ASKED, shipped_bank), "none", versions())


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    yield
    batch.close_judges()


def pending(*names: str) -> tuple[PendingSubmission, ...]:
    return tuple(
        PendingSubmission(Student(name), Submission(f"{name}.py", "", None, ()), ()) for name in names
    )


def failing(monkeypatch: pytest.MonkeyPatch, error: BaseException, *names: str) -> None:
    """Let judging fail for some students, alone or among others."""

    def records(_: Judge, pending: Sequence[PendingSubmission]) -> list[SubmissionResult]:
        if any(each.student.id in names for each in pending):
            raise error
        return [SubmissionResult(each.student, each.submission.name) for each in pending]

    monkeypatch.setattr(Judge, "results", records)


def outcomes(context: batch.GradingContext, *names: str) -> dict[str, SubmissionResult | Fault]:
    return dict(zip(names, batch.judge_batch(context, pending(*names)), strict=True))


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        pytest.param(KeyError("facet-line"), _BUG.format("KeyError: 'facet-line'"), id="a bug"),
        pytest.param(ValueError("x" * 999), _BUG.format(f"ValueError: {'x' * 200}"), id="a long message"),
        pytest.param(MemoryError(), _BUG.format("MemoryError"), id="no memory"),
        pytest.param(RecursionError("too deep"), _BUG.format("RecursionError: too deep"), id="too deep"),
        pytest.param(
            BankError("t/q@3: it timed out"), "t/q@3: it timed out", id="a question that does not end"
        ),
        pytest.param(SandboxError("torch keeps ending"), "torch keeps ending", id="a sandbox that is killed"),
    ],
)
def test_what_fails_for_one_is_its_own(
    error: Exception, reason: str, context: batch.GradingContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing(monkeypatch, error, "b")
    results = outcomes(context, "a", "b", "c")
    assert [results[name] for name in "ac"] == [
        SubmissionResult(Student(name), f"{name}.py") for name in "ac"
    ]
    fault = results["b"]
    assert isinstance(fault, Fault)
    assert fault.reason == reason
    assert bool(fault.traceback) == ("bug" in reason)
    assert type(error).__name__ in (fault.traceback or type(error).__name__)


def test_a_reason_is_in_the_assignments_language(
    context: batch.GradingContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing(monkeypatch, KeyError("x"), "a")
    korean = replace(context, bundle=replace(context.questions, assignment=replace(ASKED, language="ko")))
    (fault,) = outcomes(korean, "a").values()
    assert isinstance(fault, Fault)
    assert fault.reason.startswith("채점 프로그램이 이 파일에서 오류를 냈습니다(KeyError: 'x').")


def test_a_sandbox_that_is_gone_ends_the_class(
    context: batch.GradingContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(_: Sandbox, __: Job) -> tuple[Observation, ...]:
        raise SandboxError("torch does not start")

    failing(monkeypatch, SandboxError("torch keeps ending"), "b")
    monkeypatch.setattr(Sandbox, "run", run)
    with pytest.raises(SandboxError, match=r"^torch does not start$"):
        outcomes(context, "a", "b")


def test_stopping_is_no_fault_of_a_submission(
    context: batch.GradingContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing(monkeypatch, KeyboardInterrupt(), "b")
    with pytest.raises(KeyboardInterrupt):
        outcomes(context, "a", "b")


@pytest.mark.parametrize(
    ("mark", "what"),
    [
        pytest.param(
            QuestionResult(WRITE, "incorrect", 1, differences=(Difference("guilt", "a", "b"),)),  # type: ignore[arg-type]
            "KeyError: 'guilt'",
            id="nothing to say of it",
        ),
        pytest.param(QuestionResult(WRITE, "incorrect", 1, answer="\ud800"), "UnicodeEncodeError", id="no JSON"),
        pytest.param(
            QuestionResult(WRITE, "incorrect", 1, picture=Picture(Strip((), 0, 0, None), "x")), "OverflowError: large",
            id="a picture that cannot be drawn",
        ),
    ],
)  # fmt: skip
def test_what_could_not_be_told_or_kept_fails_before_anything_is_written(
    mark: QuestionResult, what: str, context: batch.GradingContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        Judge,
        "results",
        lambda _, pending: [
            SubmissionResult(each.student, each.submission.name, results=(mark,)) for each in pending
        ],
    )
    (fault,) = outcomes(replace(context, draw=_draw), "a").values()
    assert isinstance(fault, Fault)
    assert what in fault.reason


def _draw(_: Drawing, __: Language) -> None:
    raise OverflowError("large")
