"""What a class costs as it grows: the same seconds a submission, and no more memory."""

from __future__ import annotations

import tempfile
from pathlib import Path

from bench.grading import Graded, graded
from bench.homework import Homework

_SIZES = (100, 1_000, 10_000)
_LINEAR = 1.2
_BYTES_A_STUDENT = 3_000


def main() -> None:
    """Grade ever larger classes; print what each submission more has cost in seconds and in bytes."""
    before: tuple[int, Graded] | None = None
    rates = []
    for size in _SIZES:
        now = size, _graded(size)
        print(f"     {size:>6} submissions: {_said(now)}", flush=True)
        if before is not None:
            rates.append(_growth(before, now))
        before = now
    (early, _), (late, memory) = rates[0], rates[-1]
    verdict = "ok  " if late <= early * _LINEAR and memory <= _BYTES_A_STUDENT else "OVER"
    print(
        f"{verdict} {'grading as the class grows':<44} seconds a submission, later by earlier "
        f"{late / early:.2f} (limit {_LINEAR:g})   {memory:.0f} bytes a student (limit {_BYTES_A_STUDENT})"
    )


def _graded(size: int) -> Graded:
    with tempfile.TemporaryDirectory() as folder:
        homework = Homework(Path(folder), size)
        homework.hand_in()
        return graded(homework, Path(folder) / "grades")


def _said(measured: tuple[int, Graded]) -> str:
    size, found = measured
    each = found.seconds / size * 1e3
    return f"{found.seconds:.1f} s, {each:.1f} ms each, peak {found.memory / 1e6:.0f} MB"


def _growth(before: tuple[int, Graded], now: tuple[int, Graded]) -> tuple[float, float]:
    """Return what each submission more has cost: seconds and bytes."""
    more = now[0] - before[0]
    return (now[1].seconds - before[1].seconds) / more, (now[1].memory - before[1].memory) / more


if __name__ == "__main__":
    main()
