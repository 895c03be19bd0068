"""The interface of an export."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TypeAlias

from tensordrill.course.gradebook import Grade, Gradebook
from tensordrill.course.output import Output
from tensordrill.course.results.feedback import Feedback

Take: TypeAlias = Callable[[Grade, Feedback], None]
"""Takes each student's grade in turn, with what the student may read of it."""
Export: TypeAlias = Callable[[Gradebook, Output], AbstractContextManager[Take]]
"""Opens what it writes for a gradebook in a folder."""
