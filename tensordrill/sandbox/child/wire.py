"""Limits of what travels, and the layers of a sandbox, which the parent and its children read from this one file.

A child keeps to the limits; the parent refuses what does not. Standard library only.
"""

from typing import Final, NamedTuple


class Layers(NamedTuple):
    """The layers that each child puts on itself: whether a machine offers them, or they hold in a process."""

    landlock: bool = False
    scope: bool = False
    seccomp: bool = False
    limits: bool = False


MAX_FRAME: Final = 1 << 20
"""Bytes of a child's reply."""
MAX_TEXT: Final = 4000
"""Letters of a text; escaped, each may become six."""
MAX_DEPTH: Final = 20
"""Containers of a value, one in the other."""
MAX_DIMS: Final = 64
"""Dims of a tensor, as many as torch's kernels take."""
MAX_PIECES: Final = 64
"""Tensors, or other arguments, of one call in a report of calls."""
MAX_CLASSES: Final = 100
"""Classes of an exception."""
MAX_STEPS: Final = 800
"""Steps of a trace."""
MAX_CHANGED: Final = 400
"""The names of tensors that one step changed."""
MAX_VALUES: Final = 256
"""Elements that are reported of a tensor or a storage; of a larger tensor its corners."""
MAX_OPERANDS: Final = 64
"""Operands of one operation."""
MAX_ITEMS: Final = 16
"""The pieces of a list or tuple that are reported."""
MAX_NESTED: Final = 6
"""Such lists, one in the other."""
MAX_SAVED: Final = 4
"""Tensors that a backward can't read any more."""
MAX_CHANGES: Final = 3
"""The latest changes of such a tensor."""
MAX_NEAR: Final = 3
"""Names that are spelt like a missing one."""
MAX_CALLERS: Final = 6
"""The calls of the program that lead to a failing one, the innermost ones."""
MAX_CLUES: Final = 60
"""Clues of a run."""
MAX_LISTED: Final = 4
"""The parameters that a clue names."""
ITEM_BYTES: Final = {
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
