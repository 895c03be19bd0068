"""Which torch functions a program calls, seen as they are called."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterable, Mapping
from types import FrameType
from typing import Any

from torch.overrides import TorchFunctionMode

MAX_CALLS = 1000


class CallLog(TorchFunctionMode):  # type: ignore[misc]  # torch is not typed here
    """Notes the name of every torch function, method, operator and property used inside it.

    What a function calls in its turn is not seen: a learner's `flatten` is not a `reshape`. A call counts
    for the innermost of the program's own files that it comes from, so that a helper of `uncounted`, which a
    learner calls, may call what it likes.
    """

    def __init__(self, counted: Collection[str], uncounted: Collection[str]) -> None:
        super().__init__()
        self.names: list[str] = []
        self._own = {**dict.fromkeys(counted, True), **dict.fromkeys(uncounted, False)}

    def __torch_function__(
        self,
        func: Callable[..., Any],
        types: Iterable[type],
        args: tuple[Any, ...] = (),
        kwargs: Mapping[str, Any] | None = None,
    ) -> Any:
        name = _name(func)
        if name not in self.names and len(self.names) < MAX_CALLS and self._counts(sys._getframe(1)):
            self.names.append(name)
        return func(*args, **(kwargs or {}))

    def _counts(self, frame: FrameType | None) -> bool:
        while frame is not None:
            if (counts := self._own.get(frame.f_code.co_filename)) is not None:
                return counts
            frame = frame.f_back
        return True


def _name(func: Callable[..., Any]) -> str:
    name: str = getattr(func, "__name__", type(func).__name__)
    if name in ("__get__", "__set__", "__delete__"):
        name = getattr(getattr(func, "__self__", None), "__name__", name)
    return name
