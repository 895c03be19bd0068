"""The clock: what time it is, and how far the learner's is from UTC."""

from __future__ import annotations

import time
from datetime import datetime


def seconds() -> int:
    """Return the time in seconds since 1970."""
    return int(time.time())


def utc_offset() -> int:
    """Return how many seconds the learner's clock is ahead of UTC."""
    offset = datetime.now().astimezone().utcoffset()
    assert offset is not None
    return round(offset.total_seconds())
