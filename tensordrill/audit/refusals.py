"""What an author is told of a program that the sandbox refuses: a refusal is never a key."""

from __future__ import annotations

from tensordrill.lab.protocol import Raised, Refusal

_MOST_SHOWN = 80
_RULES: dict[Refusal, tuple[str, str]] = {
    "processes": (
        "raises {raised}: the sandbox lets programs start no processes or threads, though torch alone would",
        "leave them out, as `num_workers=0` does",
    ),
    "network": (
        "raises {raised}: the sandbox lets programs use no network, though torch alone would",
        "write the data into the program",
    ),
    "files": (
        "raises {raised}: the sandbox lets programs write no files, and read only Python's and torch's",
        "write the data into the program; `torch.save` and `torch.load` take an `io.BytesIO()`",
    ),
    "module": (
        "raises {raised}: the sandbox has no modules but Python's own, torch and what torch needs",
        "leave the module out",
    ),
    "memory": ("needs more memory than the sandbox gives it", "take smaller tensors"),
    "system": ("raises {raised}: the sandbox does not let programs do this to the system", "leave it out"),
}


def what_happened(raised: Raised, refusal: Refusal) -> str:
    """Return, as the predicate of a sentence about a program, that the sandbox stopped it."""
    return _RULES[refusal][0].format(raised=raised.summary[:_MOST_SHOWN])


def what_to_do(refusal: Refusal) -> str:
    """Return the way out."""
    return _RULES[refusal][1]
