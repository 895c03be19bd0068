"""`tensordrill explain train.py`: the user's own script runs, and the tensor line that failed is explained."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from importlib.util import decode_source
from pathlib import Path
from typing import TypeVar

from msgspec.structs import replace
from rich.console import Group

from tensordrill import command_line
from tensordrill.cli.options import console
from tensordrill.errors import TensordrillError
from tensordrill.explanation.explanation import Caller, Error, Explanation, Suspicious
from tensordrill.explanation.provenance import Origin
from tensordrill.explanation.sources import Sources
from tensordrill.explanation.step import Step
from tensordrill.explanation.suspicious import explanation
from tensordrill.messages import Language, Name, fill, message, say
from tensordrill.messages.explanation import ADJUSTMENTS
from tensordrill.render.code import prose
from tensordrill.render.explanation import output_blocks
from tensordrill.render.layout import indented
from tensordrill.render.sanitize_explanation import sanitize_explanation
from tensordrill.render.step_rows import MARGIN
from tensordrill.render.suspicious import SuspiciousPlaces
from tensordrill.sandbox.client import Sandbox
from tensordrill.sandbox.protocol import Job, Limits, Observation, Program

_MEMORY = 8 << 30
_MOST_BYTES = 4_000_000


_Placed = TypeVar("_Placed", Step, Error, Origin, Caller, Suspicious)


class UserScript:
    """A file of the user's own, in its folder."""

    def __init__(self, path: Path, arguments: Sequence[str], seconds: float) -> None:
        self.path = path.resolve()
        self.words = (str(path), *arguments)
        """The file and its arguments, as they are typed here."""
        self._argv = (str(path) if path.is_absolute() else path.name, *arguments)
        self._limits = Limits(seconds=seconds, memory=_MEMORY)
        self.source = _read(path)
        self.is_refused = False
        """Whether the sandbox refused what the script needs, once it has run."""

    def explanation(self, language: Language) -> Explanation:
        """Run it where it lies and explain what happened."""
        program = Program(
            code=self.source,
            file=str(self.path),
            argv=self._argv,
            environ=tuple(os.environ.items()),
            trace=True,
        )
        with Sandbox(own=self.path.parent) as sandbox:
            (observation,) = sandbox.run(Job((program,), "learner", self._limits))
            explained = explanation_of(observation, self.source, self.path.parent, language, sandbox)
        refusal = observation.raised and observation.raised.refusal
        self.is_refused = refusal is not None
        if explained.error is not None and refusal == "files":
            error = replace(explained.error, reason=say("explain-refused-files", language))
            explained = replace(explained, error=error)
        return explained


def explanation_of(
    observation: Observation, source: str, folder: Path, language: Language, sandbox: Sandbox | None = None
) -> Explanation:
    """Explain the run of a script, its modules named as they are seen from its folder."""
    modules = modules_of(observation, folder)
    explained = explanation(source, observation, language, modules, sandbox=sandbox)

    def named(part: _Placed) -> _Placed:
        return replace(part, file=os.path.relpath(part.file, folder) if part.file else "")

    error = explained.error and named(explained.error)
    if error is not None:
        origins, callers = tuple(map(named, error.origins)), tuple(map(named, error.callers))
        error = replace(error, origins=origins, callers=callers)
    return replace(
        explained,
        steps=tuple(map(named, explained.steps)),
        error=error,
        modules={os.path.relpath(name, folder): text for name, text in modules.items()},
        suspicious=tuple(map(named, explained.suspicious)),
    )


def modules_of(observation: Observation, folder: Path) -> Sources:
    """Read the modules of a folder that a trace speaks of; what cannot be read is left out."""
    texts: dict[str, str] = {}
    room = _MOST_BYTES
    for name in sorted(_named(observation)):
        with suppress(OSError, ValueError, RuntimeError, SyntaxError):
            path = Path(name).resolve()
            if path.suffix == ".py" and path.is_relative_to(folder) and path.is_file():
                texts[name] = _text(path, room)
                room -= len(texts[name])
    return texts


def _named(observation: Observation) -> Iterable[str]:
    if observation.trace is None:
        return ()
    places = [step.place for step in observation.trace.steps]
    if observation.trace.failure is not None:
        places += (observation.trace.failure.place, *observation.trace.failure.callers)
    return {place.file for place in places if place.file}


def _read(path: Path) -> str:
    try:
        return _text(path, _MOST_BYTES)
    except OSError as error:
        raise TensordrillError(message("script-not-read", path=path, reason=error.strerror)) from error
    except (UnicodeDecodeError, SyntaxError) as error:
        raise TensordrillError(message("script-not-utf-8", path=path)) from error
    except ValueError as error:
        raise TensordrillError(message("script-too-long", path=path, most=_MOST_BYTES // 10**6)) from error


def _text(path: Path, most: int) -> str:
    """Read a file as Python does; raises ValueError where it has more bytes, SyntaxError where it is no text."""
    with path.open("rb") as file:
        content = file.read(most + 1)
    if len(content) > most:
        raise ValueError(path)
    return decode_source(content)


def without_early_steps(explanation: Explanation) -> Explanation:
    """Keep what the line that failed did at last: a script has many others."""
    first = len(explanation.steps)
    if explanation.error is not None and not explanation.more:
        failed = (explanation.error.file, explanation.error.line)
        while first and (explanation.steps[first - 1].file, explanation.steps[first - 1].line) == failed:
            first -= 1
    return replace(explanation, first_step=first, more=0)


def print_no_error(explanation: Explanation, path: Path, language: Language) -> None:
    """Print that nothing failed, how to see the steps, what is suspicious, and what the script wrote."""
    count, screen = len(explanation.steps) + explanation.more, console()
    name: Name = "explain-suspicious" if explanation.suspicious else "explain-no-error"
    screen.print(say(name, language, path=path.name, count=count))
    if explanation.suspicious:
        screen.print(SuspiciousPlaces(explanation, language))
    if explanation.stdout or explanation.stderr:
        screen.print(
            Group(*output_blocks(sanitize_explanation(explanation), language, screen.width - MARGIN), "")
        )


def print_way_out(script: UserScript, explanation: Explanation, language: Language) -> None:
    """Print the command that runs a script where nothing is refused or done otherwise, if something was."""
    command = command_line.join(["tensordrill", "run", *script.words])
    sentences = [fill(ADJUSTMENTS[each], language, command=command) for each in explanation.adjustments]
    if script.is_refused:
        sentences = [say("explain-run-instead", language, command=command)]
    for sentence in sentences:
        console().print(indented(prose(sentence), (0, 1, 1, 4)))
