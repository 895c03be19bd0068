"""Timing in pairs: the measured thing and its baseline in turns, so that a drifting machine cancels out."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence

IMPORT_TORCH = (sys.executable, "-c", "import torch")


def seconds(action: Callable[[], object]) -> float:
    """Return how long an action takes."""
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


def command(words: Sequence[str], environment: Mapping[str, str] | None = None) -> None:
    """Run a command to its end, its output thrown away."""
    nowhere = subprocess.DEVNULL
    subprocess.run(words, stdin=nowhere, stdout=nowhere, stderr=nowhere, env=environment, check=True)


def ratio(
    name: str, measured: Callable[[], float], baseline: Callable[[], float], runs: int, limit: float
) -> None:
    """Print the median of the pairwise ratios, with both medians, beside the limit."""
    measured(), baseline()
    pairs = [(measured(), baseline()) for _ in range(runs)]
    one, other = (statistics.median(column) for column in zip(*pairs, strict=True))
    middle = statistics.median(a / b for a, b in pairs)
    verdict = "ok  " if middle <= limit else "OVER"
    print(
        f"{verdict} {name:<44} ratio {middle:6.2f}  (limit {limit:g})   {one * 1e3:8.1f} ms : {other * 1e3:8.1f} ms"
    )


def beyond(
    name: str, measured: Callable[[], float], baseline: Callable[[], float], runs: int, limit: float
) -> None:
    """Print by how many seconds the measured thing takes longer, pair by pair, beside the limit."""
    measured(), baseline()
    pairs = [(measured(), baseline()) for _ in range(runs)]
    one, other = (statistics.median(column) for column in zip(*pairs, strict=True))
    middle = statistics.median(a - b for a, b in pairs)
    verdict = "ok  " if middle <= limit else "OVER"
    print(
        f"{verdict} {name:<44} {middle * 1e3:+8.1f} ms (limit {limit * 1e3:g})   "
        f"{one * 1e3:.1f} ms : {other * 1e3:.1f} ms"
    )


def spread(name: str, values: Sequence[float], median_limit: float, p99_limit: float) -> None:
    """Print median and 99th percentile of seconds beside their limits, in milliseconds."""
    ordered = sorted(values)
    middle = statistics.median(ordered) * 1e3
    p99 = ordered[min(len(ordered) - 1, round(0.99 * len(ordered)))] * 1e3
    verdict = "ok  " if middle <= median_limit and p99 <= p99_limit else "OVER"
    print(
        f"{verdict} {name:<44} median {middle:6.2f} ms ({median_limit:g})   p99 {p99:6.2f} ms ({p99_limit:g})"
    )


def most(name: str, value: float, limit: float) -> None:
    """Print a figure beside the most that it may be."""
    print(f"{'ok  ' if value <= limit else 'OVER'} {name:<44} {value:8.2f} (limit {limit:g})")
