"""A variant as a file that anyone runs with plain Python and torch, to settle a dispute."""

from __future__ import annotations

from pathlib import Path

from tensordrill.bank import schema
from tensordrill.bank.variant import Variant
from tensordrill.kinds import KINDS
from tensordrill.kinds.predict import asks_a_word
from tensordrill.sandbox.protocol import Program

_SHARING = Path(__file__).parent.parent / "sandbox" / "child" / "memory_overlap.py"

_HEAD = '''"""{address}

Prints what torch answers. It needs Python and torch, nothing else.
"""
'''

_NAMES = """
import math
import warnings

import torch
import torch.nn as nn
import torch.nn.functional as F

try:
    import numpy as np
except ImportError:
    np = None
"""

_RUN = '''
def run(given, code, value, ask, setup=""):
    """Run one program and print its answer."""
    names = dict(globals(), raised=None, warned=None)
    exec(setup, names)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            exec(given, names)
            kept = {name: (t, t.clone(), t.shape, t.stride()) for name, t in names.items() if type(t) is torch.Tensor}

            def changed(tensor):
                for name, (now, before, shape, stride) in kept.items():
                    if now is tensor or names.get(name) is tensor:
                        same = now.shape == shape and now.stride() == stride
                        return not (same and torch.equal(now, before))
                raise ValueError("changed() takes a tensor that the program was given")

            names["changed"] = changed
            exec(code, names)
            if value is not None:
                names["it"] = eval(value, names)
        except Exception as error:
            names["raised"] = type(error)
            print("  raises", type(error).__name__ + ":", error)
            if "raised" not in ask:
                return
        names["warned"] = caught[0].category if caught else None
        try:
            print("  " + ask + "  ->", eval(ask, names))
        except Exception as error:
            print("  raises", type(error).__name__ + ":", error)
        if caught:
            print("  warns", caught[0].category.__name__)
'''


def script(variant: Variant) -> str:
    """Return the file: the programs of the reference, each with what is asked of it."""
    parts = [_HEAD.format(address=variant.address), _NAMES]
    programs = KINDS[variant.kind].programs(variant, variant.question)
    if any("shares_memory" in text for program in programs for text in _texts(program)):
        source = _SHARING.read_text(encoding="utf-8")
        parts.append("\n" + source[source.index("_Base = ") :])
    parts.append(_RUN)
    for index, program in enumerate(programs, 1):
        parts.append(_call(index, program, variant))
    return "\n".join(part.rstrip("\n") + "\n" for part in parts).rstrip("\n")


def _texts(program: Program) -> tuple[str, ...]:
    return (program.setup, program.given, program.code, program.value or "", program.ask or "")


def _call(index: int, program: Program, variant: Variant) -> str:
    ask = program.ask or "it"
    if isinstance(variant.question, schema.Predict) and asks_a_word(variant.question):
        ask = "None"
    lines = [
        f'print("{index}.")',
        "run(",
        f"    given={_literal(program.given)},",
        f"    code={_literal(program.code)},",
        f"    value={program.value!r},",
        f"    ask={ask!r},",
        *([f"    setup={_literal(program.setup)},"] if program.setup else []),
        ")",
    ]
    return "\n" + "\n".join(lines)


def _literal(code: str) -> str:
    if "\n" not in code:
        return repr(code)
    quoted = code.replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
    return f'"""{quoted}\n"""'
