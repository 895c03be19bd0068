"""Isolation levels of the process that runs torch, and which of them a machine can do.

bwrap-user   bubblewrap in a user namespace; started as root, as another user
bwrap-root   bubblewrap with root's rights, which the process inside gives up first of all
bare         no bubblewrap; started as root, as another user where that can be

Each child puts Landlock, seccomp and limits on itself besides (`child/harden.py`). Without seccomp a
program could freeze the process that it was forked from, and without Landlock `bare` would let it read
every file, so that nothing holds then.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, NamedTuple, TypeAlias, get_args

from tensordrill.errors import SandboxError
from tensordrill.messages import message
from tensordrill.sandbox.child.wire import Layers
from tensordrill.sandbox.packages import packages
from tensordrill.sandbox.protocol import Level, Ready
from tensordrill.sandbox.readable import CHILD, readable
from tensordrill.sandbox.user import can_become_others, others_can_read

Isolation: TypeAlias = Literal["auto", "bubblewrap", "landlock", "none"]
ISOLATIONS: tuple[Isolation, ...] = get_args(Isolation)


class StartMethod(NamedTuple):
    """A way to start the process, which may turn out not to work on this machine.

    `becomes` says when it becomes a user of its own: `before` it starts, first thing `inside`, or
    never. `strict` forbids further user namespaces, which older bubblewraps cannot.
    """

    level: Level
    becomes: Literal["before", "inside", "never"]
    strict: bool = True


_failed: dict[StartMethod, str] = {}
"""The attempts that did not work in this process of tensordrill, and why."""


class StartMethods:
    """The ways that a choice of isolation allows, best first; `own` is a folder that has to be readable."""

    def __init__(self, asked: Isolation, own: Path | None = None) -> None:
        self._asked = asked
        self._own = own

    def best(self) -> StartMethod:
        """Return the first that has not failed; the last way without bubblewrap is always tried again.

        Raises SandboxError where torch is not installed, or bubblewrap was asked for and cannot be had.
        """
        packages()  # without torch nothing works, whatever surrounds it
        ways = self._ways()
        for way in ways:
            if way not in _failed:
                return way
        if ways and ways[-1].level == "bare":
            return ways[-1]
        if not ways:
            raise SandboxError(message("isolation-no-bubblewrap"))
        raise SandboxError(message("isolation-bubblewrap-fails", reason=_failed[ways[0]]))

    def reject(self, way: StartMethod, why: str) -> bool:
        """Remember that a way does not work; return whether there is another one to try."""
        if way.level == "bare" and way == self._ways()[-1]:
            return False
        _failed[way] = why
        return True

    def _ways(self) -> list[StartMethod]:
        bubblewrap = self._asked in ("auto", "bubblewrap") and shutil.which("bwrap") is not None
        if self._own is not None and can_become_others() and not others_can_read([self._own]):
            return list(_without_bubblewrap())  # only there can another user be let in
        ways = list(_with_bubblewrap()) if bubblewrap else []
        return ways if self._asked == "bubblewrap" else [*ways, *_without_bubblewrap()]


def _with_bubblewrap() -> Iterator[StartMethod]:
    root = can_become_others()
    if not root or _others_can_run():
        for strict in (True, False):
            yield StartMethod("bwrap-user", "before" if root else "never", strict)
    if root:
        yield StartMethod("bwrap-root", "inside")


def _without_bubblewrap() -> Iterator[StartMethod]:
    if can_become_others():
        yield StartMethod("bare", "before" if _others_can_run() else "inside")
    yield StartMethod("bare", "never")


def _others_can_run() -> bool:
    """Whether another user could start Python and import torch."""
    shown = readable()
    return others_can_read([*shown.places, *packages().values(), *CHILD.glob("*.py")])


def level_of(way: StartMethod, layers: Layers) -> Level:
    """Return the level that holds, given the layers that each child puts on itself."""
    holds = layers.seccomp and (layers.landlock or way.level != "bare")
    return way.level if holds else "none"


def check_engine(asked: Isolation, mode: str) -> None:
    """Raise SandboxError where an isolation is asked for that an engine cannot give."""
    if mode == "spawn" and asked in ("bubblewrap", "landlock"):
        raise SandboxError(message("isolation-fork-only", asked=asked))


def check_layers(asked: Isolation, ready: Ready) -> None:
    """Raise SandboxError where Landlock was asked for and a layer is missing."""
    names = {"Landlock": ready.layers.landlock, "seccomp": ready.layers.seccomp}
    missing = [name for name, held in names.items() if not held]
    if asked == "landlock" and missing:
        layers = message("isolation-two-layers") if len(missing) == 2 else missing[0]
        raise SandboxError(message("isolation-no-layer", layers=layers))


def failures() -> dict[Level, str]:
    """Return why each level that was tried did not work, the last reason of each."""
    return {way.level: why for way, why in _failed.items()}
