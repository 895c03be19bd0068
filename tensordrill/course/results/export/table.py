"""Cells of a CSV file that no spreadsheet takes for a formula."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from typing import TextIO

from tensordrill.course.sanitize import sanitize

_RISKY = re.compile("[ \u00a0\u3000]*[-=+@＝＋－＠\0-\x1f\x7f-\x9f]")
"""The first characters of a formula, in the full width of Korean keyboards too.

https://owasp.org/www-community/attacks/CSV_Injection
"""
_LONGEST = 30_000
"""A little less than the 32,767 characters that a cell of Excel holds.

https://support.microsoft.com/en-us/office/excel-specifications-and-limits-1672b34d-7043-467e-8e27-269d656771c3
"""


def cell(text: str) -> str:
    """Return text as it may stand in a cell: one that could be a formula gets a `'` before it."""
    shown = sanitize(text, _LONGEST)
    return f"'{shown}" if _RISKY.match(text) else shown


def write_row(stream: TextIO, cells: Iterable[str]) -> None:
    """Write one row, with the line end that RFC 4180 asks for."""
    csv.writer(stream).writerow(cells)
