"""Limits of what travels, which the parent and its children read from this one file.

A child keeps to them; the parent refuses what does not. Standard library only.
"""

from typing import Final

MAX_FRAME: Final = 1 << 20
"""Bytes of a child's reply."""
MAX_TEXT: Final = 4000
"""Letters of a text; escaped, each may become six."""
MAX_DEPTH: Final = 20
"""How many containers, one in the other, a value may have."""
MAX_DIMS: Final = 64
"""Dims of a tensor, as many as torch's kernels take."""
MAX_PIECES: Final = 64
"""Tensors, or other arguments, of one call in a report of calls."""
MAX_CLASSES: Final = 100
"""How many classes an exception is one of."""
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
