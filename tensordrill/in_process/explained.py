"""An exception of this process, explained."""

from __future__ import annotations

import os
from functools import partial

from msgspec.structs import replace

from tensordrill.cli.options import language
from tensordrill.explanation.explanation import Explanation, explanation, fixes
from tensordrill.in_process.fixes import FixableOutput
from tensordrill.in_process.workers import sent_report
from tensordrill.sandbox.in_process import Uncaught, decode_report, report_of


def explained(
    error: BaseException, since: float, lang: str | None, *, is_traced: bool = False
) -> FixableOutput | None:
    """Explain the tensor operation behind an exception, here or in a worker; None where there is none.

    Files that were changed after `since` (`time.time()`) count only if what ran is still in them.
    """
    report = sent_report(error) or report_of(error, since)
    if report is None:
        return None
    uncaught, spoken = decode_report(report), language(lang)
    result = explanation(uncaught.source, uncaught.observation, spoken)
    if not uncaught.has_tensors and (result.error is None or result.error.reason is None):
        return None  # it says no more than the traceback
    fixing = partial(fixes, uncaught.source, uncaught.observation, spoken, {})
    return FixableOutput(_in_its_file(result, uncaught), spoken, fixing, is_traced=is_traced)


def _in_its_file(explanation: Explanation, uncaught: Uncaught) -> Explanation:
    """Name the file, as seen from here; a cell of a notebook is no file."""
    if explanation.error is None or not os.path.exists(uncaught.file):
        return explanation
    name = os.path.relpath(uncaught.file)
    name = uncaught.file if name.startswith(os.pardir) else name
    error = replace(explanation.error, file=name)
    return replace(explanation, error=error, modules={name: uncaught.source})
