"""`python -m bench [start|verdict|check …]`: all measurements, or those named."""

from __future__ import annotations

import sys

from bench import check, start, verdict

MEASUREMENTS = {"start": start.main, "verdict": verdict.main, "check": check.main}

for name in sys.argv[1:] or MEASUREMENTS:
    MEASUREMENTS[name]()
