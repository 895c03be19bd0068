"""The grader, run as a program by some user and watched: what it says, and what it leaves."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from msgspec import Struct

from tests.needs import skip_elsewhere
from tests.torch_once.sitecustomize import VARIABLE as TORCH_ONCE

USER = 54321
CANARY = "canary-7c1e90d2"
_RUNNER = Path(__file__).parent / "watched.py"


class GraderRun(Struct, frozen=True):
    """One run of `assignment grade`: its exit code, its words, and how many processes outlived it."""

    code: int
    stdout: str
    stderr: str
    left: int


class Stop(NamedTuple):
    """Stop the grader with a signal once `after` records are in its journal."""

    after: int
    signal: int


class ClassFolder(NamedTuple):
    """A folder with an assignment in `hw`, submissions in `in`, and room for the grader's own files."""

    around: Path

    @property
    def hw(self) -> Path:
        return self.around / "hw"

    @property
    def handed_in(self) -> Path:
        return self.around / "in"

    @property
    def out(self) -> Path:
        return self.around / "out"

    def grades(self) -> dict[str, str]:
        """Return each student's line of `grades.json`, by the student's id."""
        lines = (
            (self.out / "grades.json").read_text(encoding="utf-8").split('"students": [\n')[1].splitlines()
        )
        students = [line.rstrip(",") for line in lines if line.startswith("{")]
        return {json.loads(line)["student"]["id"]: line for line in students}

    def marks(self, student: str) -> dict[str, Any]:
        """Return a student's questions of `grades.json`, by their ids without the topic."""
        questions = json.loads(self.grades()[student])["questions"]
        return {each["mark"]["question"].partition("/")[2]: each for each in questions}

    def copied_to(self, around: Path, user: int | None) -> ClassFolder:
        """Return the same in another folder, which belongs to a user."""
        shutil.copytree(self.around, around, symlinks=True)
        if user is not None:
            for path in (around, *around.rglob("*")):
                os.chown(path, user, user, follow_symlinks=False)
        return ClassFolder(around)


def snapshot(place: ClassFolder) -> dict[str, object]:
    """Return what lies in a place, but for the grader's `out`, with what would show any change."""
    results: dict[str, object] = {}
    for path in sorted(place.around.rglob("*")):
        status = path.lstat()
        is_ours = path != place.out and place.out not in path.parents
        if is_ours:
            size = 0 if path.is_dir() else status.st_size
            changed = 0 if path in (place.around, place.around / "tmp") else status.st_mtime_ns
            results[str(path.relative_to(place.around))] = (status.st_mode, status.st_uid, size, changed)
    return results


def grade(
    place: ClassFolder,
    *options: str,
    submissions: Sequence[Path] = (),
    user: int | None = None,
    stop: Stop | None = None,
    file_size: int | None = None,
    disk: int | None = None,
) -> GraderRun:
    """Run the program with short limits; skip the test where that user cannot run it here."""
    tmp = place.around / "tmp"
    wanted = {
        "command": ["assignment", "grade", str(place.hw), *map(str, submissions or [place.handed_in])],
        "options": ["--out", str(place.out), *options],
        "out": str(place.out),
        "user": user,
        "stop": stop,
        "file_size": file_size,
        "disk": disk,
    }
    done = subprocess.run(
        [*_namespace(user, disk), sys.executable, str(_RUNNER), json.dumps(wanted)],
        capture_output=True,
        text=True,
        timeout=300,
        env=_environment(tmp),
        check=False,
    )
    if done.returncode == 77:
        skip_elsewhere("one where root can mount")
    assert done.returncode == 0, done.stderr
    return GraderRun(**json.loads(done.stdout))


def _namespace(user: int | None, disk: int | None) -> list[str]:
    """Let mounts be made that nobody else sees, where this is root."""
    private = os.geteuid() == 0 and shutil.which("unshare") and (user is not None or disk is not None)
    return ["unshare", "-m"] if private else []


def _environment(tmp: Path) -> Mapping[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "LANG": "C.UTF-8",
        "HOME": str(tmp),
        "TMPDIR": str(tmp),
        "XDG_CACHE_HOME": str(tmp),
        "TENSORDRILL_CANARY": CANARY,
        "PYTHONDONTWRITEBYTECODE": "1",
        "COLUMNS": "100",
        **{name: os.environ[name] for name in ("PYTHONPATH", TORCH_ONCE) if name in os.environ},
    }
