"""Any text in any field: what a student may be called, may answer, print and raise."""

from __future__ import annotations

import hashlib

from hypothesis import strategies as st

from tensordrill.course.assignment.roster import Student
from tensordrill.course.gradebook import Gradebook, Override, SubmissionResult
from tests.course.gradebooks import HOSTILE, ITEMS, gradebook, hostile_mark

ANYTHING = st.one_of(
    st.text(st.characters(exclude_categories=())),
    st.text(
        st.sampled_from("`~<>&\"'[](){}=+-@|*_#!\\:/;,$%\r\n\t \x00\x1b\x85\u2028\u202e\ud800\uffff한é1")
    ),
    st.sampled_from(HOSTILE),
)
"""Any characters at all, those that formats treat specially, and known attacks."""


def saying(text: str, student: str = "s1") -> Gradebook:
    """Return a class of one, who says one text wherever a person or a program can."""
    marks = tuple(hostile_mark(item.id, text) for item in ITEMS)
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    record = SubmissionResult(Student(student, text, text), text or "s1.py", digest, marks, (text,))
    override = Override(student, ITEMS[0].id, 1.0, text or "none")
    book = gradebook(0, hostile=False, overrides=(override,))
    return Gradebook(
        book.assignment,
        book.ideas,
        lambda: [record],
        book.rejected,
        book.overrides,
        book.isolation,
        {"torch": text},
    )
