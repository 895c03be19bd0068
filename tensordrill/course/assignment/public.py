"""Questions whose keys students can print: those that the shipped bank, which they have, holds word for word."""

from __future__ import annotations

from tensordrill.bank.load import Bank
from tensordrill.bank.sources import SHIPPED, find
from tensordrill.course.assignment.assignment import Assignment
from tensordrill.course.assignment.bundle import Bundle, content_hash
from tensordrill.errors import BankError, CourseError
from tensordrill.messages import message


def public_questions(bundle: Bundle) -> list[str]:
    """Return the ids of the questions that the shipped bank has with the same content."""
    shipped = Bank(find(SHIPPED))
    return [name for name, entry in bundle.entries.items() if _hash(shipped, name) == content_hash([entry])]


def _hash(bank: Bank, full_id: str) -> str:
    """Return the hash of a question; nothing where a bank does not have it."""
    try:
        return content_hash([bank.entry(full_id)])
    except BankError:
        return ""


def refuse_public_hidden(assignment: Assignment, bundle: Bundle) -> None:
    """Raise CourseError for a hidden question of an assignment whose key students can print."""
    public = set(public_questions(bundle))
    for item in assignment.questions:
        if item.hidden and item.id in public:
            raise CourseError(message("assignment-hidden-public", question=item.id))
