"""Reviews for tests, which state only what they are about."""

from __future__ import annotations

from msgspec.structs import replace

from tensordrill.drill.review import DAY, Review, iso

START = 1_700_000_000 // DAY * DAY
"""The beginning of a day, in seconds since 1970."""
_REVIEW = Review(
    address="",
    question="",
    topic="",
    bank="shipped",
    task="0123456789abcdef",
    kind="predict",
    answer_type="shape",
    level=1,
    at=iso(START),
    answer="(2, 3)",
    outcome="correct",
    idea=None,
    hints=0,
    unsure=False,
    seconds=20,
    session="round-1",
    versions={},
)


def review_of(question: str, seed: int = 1, /, **changes: object) -> Review:
    """Return a review of a question: right and sure, neither fast nor with a hint, unless the changes say otherwise."""
    topic = question.partition("/")[0]
    return replace(
        _REVIEW, **{"address": f"{question}@{seed}", "question": question, "topic": topic, **changes}
    )
