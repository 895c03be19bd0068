"""`python -m bench [start|verdict|explain|in-process …]`: all measurements but the long ones, or those named."""

from __future__ import annotations

import sys

from bench import (
    check,
    check_handout,
    explain,
    grading,
    grading_scale,
    history,
    in_process,
    simulation,
    start,
    verdict,
)

MEASUREMENTS = {
    "start": start.main,
    "verdict": verdict.main,
    "explain": explain.main,
    "in-process": in_process.main,
    "check": check.main,
    "check_handout": check_handout.main,
    "grading": grading.main,
}
LONG = {"grading-scale": grading_scale.main, "history": history.main, "simulation": simulation.main}

ALL = {**MEASUREMENTS, **LONG}

for name in sys.argv[1:] or MEASUREMENTS:
    if name not in ALL:
        sys.exit(f"there is no measurement `{name}`; there are {', '.join(ALL)}")
    ALL[name]()
