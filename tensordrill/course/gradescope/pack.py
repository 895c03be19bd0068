"""The zip that Gradescope runs: this program, the recorded questions, everybody's seeds, not the secret.

https://gradescope-autograders.readthedocs.io/en/latest/specs/
Gradescope unpacks it to `/autograder/source`, runs `setup.sh` once, and `run_autograder` for each
submission, in a container of that submission's own.
"""

from __future__ import annotations

import importlib.metadata
import io
import stat
import zipfile
from collections.abc import Iterator, Sequence
from importlib.resources import files
from importlib.resources.abc import Traversable

import msgspec

from tensordrill.bank.load import Bank
from tensordrill.course.assignment.assignment import ASSIGNMENT_FILE, SNAPSHOT_FILE, Assignment, written
from tensordrill.course.assignment.bundle import pack as pack_bundle
from tensordrill.course.assignment.folder import Folder
from tensordrill.course.assignment.roster import ROSTER_FILE, Student
from tensordrill.course.assignment.seeds import EVERYBODY, SEEDS_FILE, StudentSeeds
from tensordrill.course.handout.build import roster_text
from tensordrill.sandbox.isolation import Isolation

_EPOCH = (1980, 1, 1, 0, 0, 0)
_NEEDED = ("msgspec", "PyYAML", "Jinja2", "numpy")
"""The packages that grading needs beside torch, which has an index of its own."""
_COPIED = (".py", ".jinja", ".css", ".js")

_SETUP = """\
#!/usr/bin/env bash
# Gradescope runs this once, when the autograder is built.
set -euo pipefail
apt-get update
apt-get install -y bubblewrap
python=""
for name in python3 python3.13 python3.12 python3.11; do
    if command -v "$name" >/dev/null && "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
        python=$name
    fi
done
if [ -z "$python" ]; then
    apt-get install -y python3.11
    python=python3.11
fi
apt-get install -y "$python-venv"
"$python" -m venv /autograder/venv
/autograder/venv/bin/pip install torch=={torch} --index-url https://download.pytorch.org/whl/cpu
/autograder/venv/bin/pip install {needed}
"""

_RUN = """\
#!/usr/bin/env bash
# Gradescope runs this for each submission.
cd /
export PYTHONPATH=/autograder/source/lib
exec /autograder/venv/bin/python -m tensordrill.cli.autograder {isolation}
"""


def gradescope_zip(folder: Folder, bank: Bank, roster: Sequence[Student], isolation: Isolation) -> bytes:
    """Return the archive; `isolation` is what holds there, or nothing is run."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body, mode in _members(folder, bank, roster, isolation):
            info = zipfile.ZipInfo(name, _EPOCH)
            info.external_attr = (stat.S_IFREG | mode) << 16
            archive.writestr(info, body, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _members(
    folder: Folder, bank: Bank, roster: Sequence[Student], isolation: Isolation
) -> Iterator[tuple[str, bytes, int]]:
    assignment = folder.assignment
    torch = _version("torch").partition("+")[0]
    needed = " ".join(f"{name}=={_version(name)}" for name in _NEEDED)
    yield "setup.sh", _SETUP.format(torch=torch, needed=needed).encode(), 0o755
    yield "run_autograder", _RUN.format(isolation=isolation).encode(), 0o755
    yield f"assignment/{ASSIGNMENT_FILE}", written(assignment).encode(), 0o600
    yield f"assignment/{SNAPSHOT_FILE}", pack_bundle(assignment, bank, handed_out=False), 0o600
    yield f"assignment/{SEEDS_FILE}", _seeds(folder, assignment, roster), 0o600
    if roster:
        yield f"assignment/{ROSTER_FILE}", roster_text(roster).encode(), 0o600
    package = files("tensordrill")
    for path, file in _below(package, "lib/tensordrill"):
        yield path, file.read_bytes(), 0o644


def _below(folder: Traversable, at: str) -> Iterator[tuple[str, Traversable]]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir() and entry.name not in ("__pycache__", "questions"):
            yield from _below(entry, f"{at}/{entry.name}")
        elif entry.is_file() and entry.name.endswith(_COPIED):
            yield f"{at}/{entry.name}", entry


def _seeds(folder: Folder, assignment: Assignment, roster: Sequence[Student]) -> bytes:
    students = {student.id for student in roster} | {EVERYBODY}
    seeds = {name: _seeds_of(folder, assignment, name) for name in sorted(students)}
    return msgspec.json.encode(seeds)


def _seeds_of(folder: Folder, assignment: Assignment, student: str) -> StudentSeeds:
    seeds, ids = folder.seeds, [item.id for item in assignment.questions]
    return StudentSeeds(
        seeds.mark(student),
        {name: seeds.variant(student, name) for name in ids},
        {name: seeds.hidden(student, name) for name in ids},
    )


def _version(name: str) -> str:
    return importlib.metadata.version(name)
