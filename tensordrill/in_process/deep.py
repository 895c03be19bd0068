"""`tensordrill run --deep`: a program is traced in its own process, as `explain` traces one in the sandbox.

Its main module and those of its folder are instrumented as they are imported. The tracer keeps the last value of each
expression, and with it the graph and the tensors behind it, until the expression is evaluated again.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from functools import partial
from importlib.machinery import PathFinder
from importlib.util import decode_source, find_spec
from pathlib import Path
from types import CodeType

import msgspec

from tensordrill.cli.explain_script import explanation_of, modules_of, without_early_steps
from tensordrill.cli.options import console, language
from tensordrill.explanation.explanation import fixes
from tensordrill.in_process import explained as untraced
from tensordrill.in_process.fixes import FixableOutput
from tensordrill.in_process.workers import sent_report
from tensordrill.messages import say
from tensordrill.render.suspicious import SuspiciousPlaces
from tensordrill.sandbox import in_process
from tensordrill.sandbox.protocol import Observation


class DeepRun:
    """The tracing of one program: of the modules in a folder, of which `main` says which one is the program's own."""

    def __init__(self, folder: str, lang: str | None) -> None:
        self._folder, self._language = Path(folder), language(lang)
        os.environ["TORCHDYNAMO_DISABLE"] = "1"  # `torch.compile` cannot read calls to the tracer
        self._tracer = in_process.module("tracer").Tracer()
        finder = in_process.module("import_hook").OwnModules(folder, self._tracer)
        sys.meta_path.insert(sys.meta_path.index(PathFinder), finder)

    def main(self, file: str) -> None:
        """Take a file as the main module."""
        self._file = Path(file)
        self._source = decode_source(self._file.read_bytes())
        self._tracer.program = file

    def find_main(self, module: str) -> bool:
        """Take the file that `python -m` runs as the main module; return whether there is one."""
        with suppress(Exception):  # which comes again when the module is run
            spec = find_spec(module)
            if spec is not None and spec.submodule_search_locations is not None:
                spec = find_spec(f"{module}.__main__")
            if spec is not None and spec.origin is not None:
                self.main(spec.origin)
                return True
        return False

    def code(self) -> CodeType:
        """Compile the main module so that it is traced."""
        code: CodeType = self._tracer.instrument(self._source, str(self._file))
        return code

    def explained(self, error: BaseException, since: float, lang: str | None) -> FixableOutput | None:
        """Explain what failed with the steps that led there; None where no tensor operation did."""
        if sent_report(error) is not None:
            return untraced.explained(error, since, lang, is_traced=True)
        observation = self._observation(error)
        explanation = explanation_of(observation, self._source, self._folder, self._language)
        failure = explanation.error
        if failure is None or (failure.reason is None and not failure.tensors):
            return None
        modules = modules_of(observation, self._folder)
        fixing = partial(fixes, self._source, observation, self._language, modules)
        return FixableOutput(without_early_steps(explanation), self._language, fixing, is_traced=True)

    def end(self) -> None:
        """Print on standard error that the program ran to its end, and what is suspicious."""
        observation, screen = self._observation(None), console(sys.stderr)
        explanation = explanation_of(observation, self._source, self._folder, self._language)
        count = len(explanation.steps) + explanation.more
        screen.print(say("run-deep-ended", self._language, path=self._file.name, count=count))
        if explanation.suspicious:
            screen.print(SuspiciousPlaces(explanation, self._language))

    def _observation(self, error: BaseException | None) -> Observation:
        report = {"trace": self._tracer.report(error), "clues": self._tracer.clues.report()}
        if error is not None:
            raised = in_process.module("raised").raised
            report["raised"] = raised(error, "code", str(self._file), is_confined=False)
        return msgspec.json.decode(json.dumps(report), type=Observation)
