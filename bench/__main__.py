"""`python -m bench [start|verdict|check …]`: all measurements, or those named."""

from __future__ import annotations

import sys

from bench import check, check_handout, start, verdict

MEASUREMENTS = {
    "start": start.main,
    "verdict": verdict.main,
    "check": check.main,
    "check_handout": check_handout.main,
}

for name in sys.argv[1:] or MEASUREMENTS:
    MEASUREMENTS[name]()
