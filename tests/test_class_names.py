"""One name for one class: whoever reads a name knows which class it is, wherever it stands."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_no_two_classes_have_one_name() -> None:
    files = defaultdict(list)
    for file in ROOT.glob("tensordrill/**/*.py"):
        for name in re.findall(r"^class (\w+)", file.read_text(encoding="utf-8"), re.MULTILINE):
            files[name].append(str(file.relative_to(ROOT)))
    assert len(files) > 300
    assert {name: those for name, those in files.items() if len(those) > 1} == {}
