"""Which torch functions a program calls, seen as they are called."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from torch.overrides import TorchFunctionMode

MAX_CALLS = 1000


class CallLog(TorchFunctionMode):  # type: ignore[misc]  # torch is not typed here
    """Notes the name of every torch function, method, operator and property used inside it.

    What a function calls in its turn is not seen: a learner's `flatten` is not a `reshape`.
    """

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []

    def __torch_function__(
        self,
        func: Callable[..., Any],
        types: Iterable[type],
        args: tuple[Any, ...] = (),
        kwargs: Mapping[str, Any] | None = None,
    ) -> Any:
        name = _name(func)
        if name not in self.names and len(self.names) < MAX_CALLS:
            self.names.append(name)
        return func(*args, **(kwargs or {}))


def _name(func: Callable[..., Any]) -> str:
    name: str = getattr(func, "__name__", type(func).__name__)
    if name in ("__get__", "__set__", "__delete__"):
        name = getattr(getattr(func, "__self__", None), "__name__", name)
    return name
