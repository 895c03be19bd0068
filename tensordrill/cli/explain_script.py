"""`tensordrill explain train.py`: the user's own script runs, and the tensor line that failed is explained."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from msgspec.structs import replace

from tensordrill.cli.options import console
from tensordrill.errors import TensordrillError
from tensordrill.lab.client import Lab
from tensordrill.lab.protocol import Job, Limits, Observation, Program
from tensordrill.text import Language, say
from tensordrill.trace.explanation import Explanation, explanation
from tensordrill.trace.sources import Sources

_MEMORY = 8 << 30
_MOST_BYTES = 4_000_000


class Script:
    """A file of the user's own, in its folder."""

    def __init__(self, path: Path, arguments: Sequence[str], seconds: float) -> None:
        self.path = path.resolve()
        self._arguments = tuple(arguments)
        self._limits = Limits(seconds=seconds, memory=_MEMORY)
        self.source = _read(path)

    def explanation(self, language: Language) -> Explanation:
        """Run it where it lies and explain what happened."""
        program = Program(code=self.source, trace=True, file=str(self.path), arguments=self._arguments)
        with Lab(own=self.path.parent) as lab:
            (seen,) = lab.run(Job((program,), "learner", self._limits))
        return self._named_from_here(explanation(self.source, seen, language, self._modules(seen)))

    def _named_from_here(self, found: Explanation) -> Explanation:
        """Name modules as they are seen from the script's folder."""
        steps = tuple(replace(step, file=self._relative(step.file)) for step in found.steps)
        error = found.error and replace(found.error, file=self._relative(found.error.file))
        return replace(found, steps=steps, error=error)

    def _relative(self, file: str) -> str:
        return os.path.relpath(file, self.path.parent) if file else ""

    def _modules(self, seen: Observation) -> Sources:
        """Read the modules of the folder that the trace speaks of."""
        return {
            name: _read(Path(name)) for name in _named(seen) if Path(name).is_relative_to(self.path.parent)
        }


def _named(seen: Observation) -> Iterable[str]:
    if seen.trace is None:
        return ()
    places = [step.place for step in seen.trace.steps]
    places += [seen.trace.failure.place] if seen.trace.failure else []
    return {place.file for place in places if place.file}


def _read(path: Path) -> str:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise TensordrillError(f"{path}: a script has at most {_MOST_BYTES // 10**6} MB")
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise TensordrillError(f"{path}: the script cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise TensordrillError(f"{path}: the script is not UTF-8; save it as UTF-8") from error


def without_early_steps(found: Explanation) -> Explanation:
    """Keep what belongs to the line that failed: a script has many others."""
    error = found.error
    here = error is not None and not error.file
    return replace(found, first_line=error.line if error and here else found.source.count("\n") + 2)


def print_no_error(found: Explanation, path: Path, language: Language) -> None:
    """Say that nothing failed, and how to see the steps."""
    count = len(found.steps) + found.more
    console().print(say("explain-no-error", language, path=path.name, count=count), soft_wrap=True)
