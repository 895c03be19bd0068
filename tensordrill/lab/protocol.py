"""What travels between the parent and the processes that run torch.

Parent → child, one frame a job: `Job`. Child → parent, one frame a program as it finishes:
`Reply`. A frame is four bytes of length (big endian) and that many bytes of JSON, at most
MAX_FRAME. Anything that does not decode into these structs is a crash of that program. Tensor
values travel as dtype, shape and base64 bytes, so that NaN and -0.0 survive.
"""

from __future__ import annotations

import json
import math
from typing import Annotated, Literal, TypeAlias

import msgspec
from msgspec import Meta, Struct

MAX_FRAME = 1 << 20
MAX_DIMS = 64
ITEM_BYTES = {
    "bool": 1,
    "uint8": 1,
    "int8": 1,
    "uint16": 2,
    "int16": 2,
    "uint32": 4,
    "int32": 4,
    "uint64": 8,
    "int64": 8,
    "float16": 2,
    "bfloat16": 2,
    "float32": 4,
    "float64": 8,
    "complex64": 8,
    "complex128": 16,
}
"""The dtypes whose values travel, with the bytes of one element."""

Words: TypeAlias = Annotated[str, Meta(pattern=r"^[^\x00-\x08\x0b-\x1f\x7f-\x9f]*\Z")]
"""Text that cannot steer a terminal; a child escapes what could, and a forger's is refused."""

Trust: TypeAlias = Literal["bank", "learner"]
Lost: TypeAlias = Literal["lost"]
"""The process that runs forks is gone, which is not the program's doing."""
Level: TypeAlias = Literal["bwrap-user", "bwrap-root", "bare", "none"]
"""What surrounds the process that runs torch; `isolation` describes each."""


class Program(Struct, frozen=True, omit_defaults=True):
    """One run in a fresh namespace: `given`, then `code`, then `it = value`, then `ask`.

    `facets` lists what is reported of the result beyond its values; `watch` turns the log of
    called functions on; `generator` seeds torch's generator; `exact` runs in deterministic mode.
    """

    given: str = ""
    code: str = ""
    value: str | None = None
    ask: str | None = None
    facets: tuple[str, ...] = ()
    watch: bool = False
    generator: int = 0
    exact: bool = False


class Limits(Struct, frozen=True):
    """Bounds of a job: seconds of wall clock a program, bytes of memory beyond torch's own."""

    seconds: float = 3.0
    memory: int = 512 << 20
    patience: int = 1
    """How many programs of a group may run out of time or crash before the rest of it is given up."""


class Job(Struct, frozen=True):
    """Programs of one trust, run in one fork while all goes well.

    `groups` says how many programs belong together, in order, as those of one question do: a group
    whose patience is used up costs the other groups nothing. Without it, all are one group.
    Raises ValueError where the groups do not add up to the programs.
    """

    programs: tuple[Program, ...]
    trust: Trust = "bank"
    limits: Limits = Limits()
    groups: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if self.groups and (min(self.groups) < 0 or sum(self.groups) != len(self.programs)):
            raise ValueError(f"groups of {self.groups} programs do not divide {len(self.programs)} programs")


class _Value(Struct, frozen=True, forbid_unknown_fields=True, tag_field="t", omit_defaults=True):
    pass


class Nothing(_Value, frozen=True, tag="none"):
    """None."""


class Bool(_Value, frozen=True, tag="bool"):
    """True or False."""

    v: bool


class Int(_Value, frozen=True, tag="int"):
    """A Python integer, as decimal text."""

    v: Annotated[str, Meta(pattern=r"^-?[0-9]{1,4000}\Z")]


class Float(_Value, frozen=True, tag="float"):
    """A Python float, as `repr` gives it."""

    v: Annotated[str, Meta(pattern=r"^(-?[0-9]+(\.[0-9]+)?(e[-+][0-9]+)?|-?inf|nan)\Z")]


class Complex(_Value, frozen=True, tag="complex"):
    """A Python complex number."""

    real: Float
    imag: Float


class Text(_Value, frozen=True, tag="text"):
    """A string."""

    v: Words


class Dtype(_Value, frozen=True, tag="dtype"):
    """A torch.dtype, without `torch.`."""

    v: Words


class Class(_Value, frozen=True, tag="class"):
    """A class, by its name."""

    v: Words


class Size(_Value, frozen=True, tag="size"):
    """A torch.Size."""

    v: tuple[int, ...]


class Tensor(_Value, frozen=True, tag="tensor"):
    """A plain tensor or Parameter; facets that were not asked for are None."""

    dtype: str
    shape: tuple[int, ...]
    data: bytes
    parameter: bool = False
    stride: tuple[int, ...] | None = None
    contiguous: bool | None = None
    memory: tuple[Words, ...] | None = None

    def __post_init__(self) -> None:
        cells = math.prod(max(size, 1) for size in self.shape)
        if len(self.shape) > MAX_DIMS or cells > MAX_FRAME or min(self.shape, default=0) < 0:
            raise ValueError("a shape that no tensor has")
        if ITEM_BYTES.get(self.dtype, -1) * math.prod(self.shape) != len(self.data):
            raise ValueError("bytes that do not fit dtype and shape")
        if self.stride is not None and len(self.stride) != len(self.shape):
            raise ValueError("strides that do not fit the shape")


class Other(_Value, frozen=True, tag="other"):
    """Anything else, by the name of its type and its text."""

    type: Words
    text: Words


class Tuple(_Value, frozen=True, tag="tuple"):
    """A tuple, piece by piece."""

    v: tuple[Value, ...]


class List(_Value, frozen=True, tag="list"):
    """A list, piece by piece."""

    v: tuple[Value, ...]


class Dict(_Value, frozen=True, tag="dict"):
    """A dict, as pairs in its order."""

    v: tuple[tuple[Value, Value], ...]


Value: TypeAlias = (
    Nothing
    | Bool
    | Int
    | Float
    | Complex
    | Text
    | Dtype
    | Class
    | Size
    | Tensor
    | Other
    | Tuple
    | List
    | Dict
)


class Raised(Struct, frozen=True, forbid_unknown_fields=True):
    """An exception: its classes from the most special one up, its message and line (of given + code)."""

    classes: tuple[Words, ...]
    message: Words
    line: int | None
    where: Literal["given", "code", "value", "ask", "facets"]

    @property
    def name(self) -> str:
        """The class's own name."""
        return self.classes[0]


class Observation(Struct, frozen=True, forbid_unknown_fields=True):
    """What torch reported about one run; a program that raised has no `value` unless `ask` speaks of it."""

    value: Value | None = None
    raised: Raised | None = None
    warned: Words | None = None
    changed: dict[Words, Value] | None = None
    grads: dict[Words, Value] | None = None
    calls: tuple[Words, ...] | None = None
    stdout: Words = ""
    seconds: float = 0.0
    failure: Literal["timeout", "crashed"] | None = None


class Reply(Struct, frozen=True, forbid_unknown_fields=True):
    """One frame: the observation of program `index`; `stop` says that the rest needs a new fork."""

    index: int
    observation: Observation
    stop: bool = False


class Layers(Struct, frozen=True):
    """The layers that each child puts on itself, and whether this machine has them."""

    landlock: bool = False
    scope: bool = False
    seccomp: bool = False
    limits: bool = False


class Begun(Struct, frozen=True, tag_field="said", tag="begun"):
    """A started process runs its own program, so that what surrounds it works."""


class Ready(Struct, frozen=True, tag_field="said", tag="ready"):
    """What a started process says of itself; `failed` where torch could not be imported.

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


class Exited(Struct, frozen=True, tag_field="said", tag="exited"):
    """A fork has ended, with its wait status."""

    job: int
    status: int


TIMED_OUT = Observation(failure="timeout")
CRASHED = Observation(failure="crashed")

decode_reply = msgspec.json.Decoder(Reply).decode
decode_ready = msgspec.json.Decoder(Ready).decode
decode_said = msgspec.json.Decoder(Begun | Ready | Exited).decode


def encode(job: Job) -> bytes:
    """Give a job as JSON; a lone surrogate, which UTF-8 has no place for, as its escape."""
    try:
        return msgspec.json.encode(job)
    except UnicodeEncodeError:
        return json.dumps(msgspec.to_builtins(job)).encode("ascii")
