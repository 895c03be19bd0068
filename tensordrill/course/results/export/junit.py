"""`junit.xml`: a test suite a student and a test case a question, for whatever reads xunit2.

https://github.com/jenkinsci/xunit-plugin/blob/xunit-2.3.2/src/main/resources/org/jenkinsci/plugins/xunit/types/model/xsd/junit-10.xsd

The same grades give the same bytes: there is no time and no host in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from xml.sax.saxutils import escape, quoteattr

from tensordrill.course.gradebook import Gradebook
from tensordrill.course.output import Output
from tensordrill.course.results.export.take import Take
from tensordrill.course.results.feedback import Feedback, QuestionFeedback, Sign

FILE = "junit.xml"

_ELEMENTS: dict[Sign, str] = {"unreadable": "error", "unanswered": "skipped", "void": "skipped"}
"""The element in a test case that is neither passed nor a plain failure; the totals count these."""


@contextmanager
def export(gradebook: Gradebook, output: Output) -> Iterator[Take]:
    """Write one suite a student."""
    assignment = gradebook.assignment
    with output.file(FILE) as stream:
        stream.write('<?xml version="1.0" encoding="utf-8"?>\n')
        stream.write(f"<testsuites name={quoteattr(assignment.assignment)}>\n")
        yield lambda _, feedback: stream.writelines(_suite(feedback, assignment.assignment))
        stream.write("</testsuites>\n")


def _suite(feedback: Feedback, assignment: str) -> Iterator[str]:
    counts = Counter(map(_element, feedback.questions))
    yield (
        f' <testsuite name={quoteattr(feedback.student)} errors="{counts["error"]}" failures="{counts["failure"]}" '
        f'skipped="{counts["skipped"]}" tests="{len(feedback.questions)}" time="0">\n'
    )
    for question in feedback.questions:
        yield from _case(question, assignment, feedback.absence)
    yield " </testsuite>\n"


def _case(question: QuestionFeedback, assignment: str, absence: str) -> Iterator[str]:
    yield f'  <testcase classname={quoteattr(assignment)} name={quoteattr(question.id)} time="0">\n'
    yield f"   <properties>{_property('points', question.points)}{_property('of', question.max_points)}</properties>\n"
    element = _element(question)
    if element:
        message = quoteattr(absence or " ".join((question.outcome, *question.facts[:1])))
        body = escape(question.text)
        yield f"   <{element} message={message}>{body}</{element}>\n"
    yield "  </testcase>\n"


def _element(question: QuestionFeedback) -> str:
    if question.passed and question.sign != "void":
        return ""
    return _ELEMENTS.get(question.sign, "failure")


def _property(name: str, value: str) -> str:
    return f"<property name={quoteattr(name)} value={quoteattr(value)}/>"
