"""Programs that need a preloaded process: one that has imported what torch imports lazily.

>>> needs_preload([Program(code="sgd = torch.optim.SGD([w], lr=0.1)")])
True

The text decides, before anything runs. A use that no name shows begins to run without, is given up at its first
lazy import (`child/preload.py`) and runs again in a preloaded process; a name that stands for something else costs
nothing but that process.
"""

from __future__ import annotations

from collections.abc import Iterable

from tensordrill.sandbox.protocol import Program

_NAMES = (
    "optim", "_scheduler", "'meta'", '"meta"', "torch.func", "functorch", "checkpoint(", "gradcheck",
    "assert_close", "torch.compile", "torch.export", "torch.jit", "custom_op", "jagged", "DispatchMode",
    "FakeTensor", "FlopCounter", "use_deterministic_algorithms", "torch._dynamo", "sympy",
)  # fmt: skip


def needs_preload(programs: Iterable[Program]) -> bool:
    """Whether a program names something at whose first use torch imports lazily."""
    return any(map(_names_a_lazy_import, programs))


def _names_a_lazy_import(program: Program) -> bool:
    text = "\n".join((program.given, program.code, program.value or "", program.ask or ""))
    return any(name in text for name in _NAMES)
