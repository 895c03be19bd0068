"""The protocol between the parent and the processes that run torch.

Parent → child, one frame a job: `Job`. Child → parent, one frame a program as it finishes:
`Reply`. A frame is four bytes of length (big endian) and that many bytes of JSON, at most
MAX_FRAME. Anything that does not decode into these structs is a crash of that program. Tensor
values travel as dtype, shape and base64 bytes, so that NaN and -0.0 survive.
"""

from __future__ import annotations

import json
from typing import Annotated, Literal, TypeAlias

import msgspec
from msgspec import Meta, Struct

from tensordrill.sandbox.calls import CallLog
from tensordrill.sandbox.child.wire import MAX_CLASSES, Layers
from tensordrill.sandbox.clues import Clues
from tensordrill.sandbox.trace import Line, Trace
from tensordrill.sandbox.values import Bool as Bool
from tensordrill.sandbox.values import Class as Class
from tensordrill.sandbox.values import Complex as Complex
from tensordrill.sandbox.values import Dict as Dict
from tensordrill.sandbox.values import Dtype as Dtype
from tensordrill.sandbox.values import Float as Float
from tensordrill.sandbox.values import Int as Int
from tensordrill.sandbox.values import List as List
from tensordrill.sandbox.values import Nothing as Nothing
from tensordrill.sandbox.values import Other as Other
from tensordrill.sandbox.values import Size as Size
from tensordrill.sandbox.values import Tensor as Tensor
from tensordrill.sandbox.values import Text as Text
from tensordrill.sandbox.values import Tuple as Tuple
from tensordrill.sandbox.values import Value as Value
from tensordrill.sandbox.values import Words as Words

MAX_NAMES = 32
"""The most tensors of `given` that a report says to have changed, or to have a gradient."""

Trust: TypeAlias = Literal["bank", "learner"]
Lost: TypeAlias = Literal["lost"]
"""The process that runs forks is gone, which is not the program's doing."""
Refusal: TypeAlias = Literal[
    "processes", "network", "files", "input", "module", "device", "memory", "system"
]  # fmt: skip
"""The act that the sandbox refused: starting processes or threads, the network, writing files and reading those
that are not Python's or torch's, a module that is not there, a GPU, memory over the limit, other system calls."""
Adjustment: TypeAlias = Literal["workers", "files"]
"""A deviation of a script's run from its text: its loaders started no workers, its files went to a scratch folder."""
Level: TypeAlias = Literal["bwrap-user", "bwrap-root", "bare", "none"]
"""The confinement around the process that runs torch; `isolation` describes each."""


class Program(Struct, frozen=True, omit_defaults=True):
    """One run in a fresh namespace: `setup`, `given`, then `code`, then `it = value`, then `ask`.

    What functions of `setup` call is in no log and in no trace, and its lines have no numbers. `facets`
    lists what is reported of the result beyond its values; `watch` has its torch calls reported;
    `generator` seeds torch's generator; `exact` runs in deterministic mode; `trace` reports each step of
    `given` and `code`, joined by a newline. With a `file`, `code` is that script of the user's own: it runs
    as Python's main module, its folder's modules are traced, too, and `argv` and `environ` are what
    `sys.argv` and `os.environ` hold there.
    """

    given: str = ""
    code: str = ""
    value: str | None = None
    ask: str | None = None
    facets: tuple[str, ...] = ()
    watch: bool = False
    generator: int = 0
    exact: bool = False
    trace: bool = False
    file: str = ""
    argv: tuple[str, ...] = ()
    environ: tuple[tuple[str, str], ...] = ()
    setup: str = ""


class Limits(Struct, frozen=True):
    """Bounds of a job: seconds of wall clock and of CPU a program, bytes of memory beyond torch's own."""

    seconds: float = 3.0
    memory: int = 512 << 20
    patience: int = 1
    """The number of programs of a group that may run out of time or crash before the rest of it is given up."""
    cpu: float | None = None
    """Seconds of CPU; those of the clock where it is None, fewer for what a busy machine should not end."""


class Job(Struct, frozen=True):
    """Programs of one trust, run in one fork while all goes well.

    `groups` says how many programs belong together, in order, as those of one question do: a group
    whose patience is used up costs the other groups nothing. Without it, all are one group. `followers`
    is how many programs may be handed over later to the same fork.
    Raises ValueError where the groups do not add up to the programs.
    """

    programs: tuple[Program, ...]
    trust: Trust = "bank"
    limits: Limits = Limits()
    groups: tuple[int, ...] = ()
    followers: int = 0

    def __post_init__(self) -> None:
        if self.groups and (min(self.groups) < 0 or sum(self.groups) != len(self.programs)):
            raise ValueError(f"groups of {self.groups} programs do not divide {len(self.programs)} programs")


class Raised(Struct, frozen=True, forbid_unknown_fields=True):
    """An exception: its classes from the most special one up, its message and line (of given + code).

    `refusal` is set where the sandbox caused it, and not torch.
    """

    classes: Annotated[tuple[Words, ...], Meta(min_length=1, max_length=MAX_CLASSES)]
    message: Words
    line: Line | None
    where: Literal["setup", "given", "code", "value", "ask", "facets"]
    refusal: Refusal | None = None

    @property
    def name(self) -> str:
        """The class's own name."""
        return self.classes[0]

    @property
    def summary(self) -> str:
        """The class's own name and the first line of the message, as a traceback ends."""
        first = self.message.strip().partition("\n")[0]
        return f"{self.name}: {first}" if first else self.name


class Observation(Struct, frozen=True, forbid_unknown_fields=True):
    """The report of one run; a program that raised has no `value` unless `ask` reads `raised`."""

    value: Value | None = None
    raised: Raised | None = None
    warned: Words | None = None
    changed: Annotated[dict[Words, Value], Meta(max_length=MAX_NAMES)] | None = None
    grads: Annotated[dict[Words, Value], Meta(max_length=MAX_NAMES)] | None = None
    calls: CallLog | None = None
    stdout: Words = ""
    stderr: Words = ""
    """Of a script alone; warnings that are among the clues are left out."""
    adjustments: Annotated[tuple[Adjustment, ...], Meta(max_length=2)] = ()
    seconds: Annotated[float, Meta(ge=0, le=1e6)] = 0.0
    failure: Literal["timeout", "crashed"] | None = None
    trace: Trace | None = None
    clues: Clues = ()


class Reply(Struct, frozen=True, forbid_unknown_fields=True):
    """One frame: the observation of program `index`; `stop` says that the rest needs a new fork.

    `needs_preload` is set where the program was given up unobserved, as it began a lazy import.
    """

    index: int
    observation: Observation
    stop: bool = False
    needs_preload: bool = False


class Begun(Struct, frozen=True, tag_field="event", tag="begun"):
    """A started process runs its own program, so that what surrounds it works."""


class Ready(Struct, frozen=True, tag_field="event", tag="ready"):
    """The first frame of a started process; `failed` where torch could not be imported.

    The parent adds the `level` that holds, `none` where learners' programs are not confined.
    """

    torch: str = ""
    python: str = ""
    seconds: float = 0.0
    layers: Layers = Layers()
    failed: str | None = None
    level: Level = "none"

    @property
    def holds(self) -> bool:
        """Whether programs are confined: they reach neither other processes nor files but torch's."""
        return self.level != "none"


class Exited(Struct, frozen=True, tag_field="event", tag="exited"):
    """A fork has ended, with its wait status."""

    job: int
    status: int


TIMED_OUT = Observation(failure="timeout")
CRASHED = Observation(failure="crashed")

decode_reply = msgspec.json.Decoder(Reply).decode
decode_ready = msgspec.json.Decoder(Ready).decode
decode_event = msgspec.json.Decoder(Begun | Ready | Exited).decode


def encode(job: Job) -> bytes:
    """Return a job as JSON; a lone surrogate, which UTF-8 has no place for, as its escape."""
    try:
        return msgspec.json.encode(job)
    except UnicodeEncodeError:
        return json.dumps(msgspec.to_builtins(job)).encode("ascii")
