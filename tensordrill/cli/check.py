"""`tensordrill check`: a student grades a hand-out; running the file itself does the same."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tensordrill.cli import options
from tensordrill.cli.commands import Command
from tensordrill.messages import Language, message, say

if TYPE_CHECKING:
    from tensordrill.course.assignment.bundle import Bundle
    from tensordrill.course.grading.selfcheck import SelfCheck
    from tensordrill.course.submission.submission import Submission
    from tensordrill.sandbox.client import Sandbox


app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command("check", cls=Command, help="check-help", epilog="check-examples")
def check(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="check-file")],
    *,
    watch: Annotated[bool, typer.Option("--watch", help="check-watch")] = False,
    bank: Annotated[Path | None, typer.Option("--bank", metavar="FILE", help="check-bank")] = None,
    lang: options.Lang = "en",
    json: options.Json = False,
) -> int:
    """Grade a hand-out; return the exit code, which is 0 only when everything is right."""
    from tensordrill.sandbox.client import Sandbox

    with Sandbox() as sandbox:
        sandbox.warm()
        if watch:
            return _watch(sandbox, file, bank, lang, json)
        return check_file(sandbox, file, bank, lang, json=json)


def check_file(sandbox: Sandbox, file: Path, bank: Path | None, language: Language, *, json: bool) -> int:
    """Check a student's file once and print what came of it; return the exit code."""
    submission = read_handout(file)
    return check_submission(sandbox, submission, bank or _bank_beside(submission, file, language), json=json)


def read_handout(file: Path) -> Submission:
    """Read a student's file; raises CourseError with its name where it cannot be."""
    from tensordrill.course.submission.intake import SubmissionFile
    from tensordrill.course.submission.submission import parse
    from tensordrill.errors import CourseError

    try:
        return parse(SubmissionFile(file.name, file.resolve()).read(), file.name)
    except CourseError as error:
        raise CourseError(message("in-file", file=file, problem=error.problem)) from error


def check_submission(sandbox: Sandbox, submission: Submission, bank: Path, *, json: bool) -> int:
    """Check a submission and print what came of it; return the exit code."""
    from tensordrill.course.assignment.bundle import open_bundle
    from tensordrill.course.grading.selfcheck import SelfCheck

    bundle = open_bundle(bank)
    return _checked(SelfCheck(bundle, sandbox), bundle, submission, json)


def _checked(checking: SelfCheck, bundle: Bundle, submission: Submission, json: bool) -> int:
    """Check and print; where that fails by a fault of ours, say so of the file."""
    from tensordrill.errors import TensordrillError

    try:
        return _show(checking, bundle, submission, json)
    except TensordrillError:
        raise
    except Exception:
        from tensordrill.cli.bug import sentence

        language = bundle.assignment.language
        problem = say("check-not-graded", language, file=submission.name, problem=sentence(language))
        if json:
            _say_problem(problem, json)
        else:
            print(problem, file=sys.stderr)
        return 3


def _show(checking: SelfCheck, bundle: Bundle, submission: Submission, json: bool) -> int:
    result = checking.check(submission)
    if json:
        from tensordrill.cli.json_lines import emit
        from tensordrill.render.check import as_events

        for event in as_events(result):
            emit(event)
    else:
        from tensordrill.render.check import checked

        options.console().print(checked(result, bundle.ideas, bundle.assignment.language))
    return 0 if result.is_right else 1


def _bank_beside(submission: Submission, file: Path, language: Language) -> Path:
    from tensordrill.course.grading.selfcheck import bank_beside

    return bank_beside(submission, file.parent, language)


def _watch(sandbox: Sandbox, file: Path, bank: Path | None, language: Language, json: bool) -> int:
    from tensordrill.cli.watching import changes
    from tensordrill.course.assignment.bundle import open_bundle
    from tensordrill.course.grading.selfcheck import SelfCheck
    from tensordrill.errors import TensordrillError

    first = read_handout(file)
    bundle = open_bundle(bank or _bank_beside(first, file, language))
    checking = SelfCheck(bundle, sandbox)
    for _ in changes(lambda: [file]):
        if not json:
            options.console().clear()
        try:
            _checked(checking, bundle, read_handout(file), json)
        except TensordrillError as error:
            _say_problem(error.text(language), json)
        if not json:
            sentence = say("checked-watching", bundle.assignment.language, time=time.strftime("%H:%M:%S"))
            print(sentence, flush=True)
    return 0


def _say_problem(problem: str, json: bool) -> None:
    if json:
        from tensordrill.cli.json_lines import emit

        emit({"event": "problem", "text": problem})
    else:
        print(problem)
