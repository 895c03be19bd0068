"""What explanations in the user's own process cost: a training step with the hooks, and a script's start and end."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.pairs import most, ratio, seconds
from bench.start import TENSORDRILL

PAIRS = 60
RUNS = 7
TRAINING = """
import statistics, sys, time
import torch
from torch import nn
import tensordrill

torch.set_num_threads(1)
model = nn.Sequential(
    nn.Conv2d(1, 8, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(8, 16, 3), nn.ReLU(), nn.Flatten(), nn.Linear(1936, 10)
)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
x, y = torch.randn(32, 1, 28, 28), torch.randint(10, (32,))

def steps():
    started = time.perf_counter()
    for _ in range(10):
        optimizer.zero_grad()
        nn.functional.cross_entropy(model(x), y).backward()
        optimizer.step()
    return time.perf_counter() - started

def installed():
    tensordrill.install()
    taken = steps()
    tensordrill.uninstall()
    return taken

steps(), installed()
for turn in range(int(sys.argv[1])):
    pair = (steps(), installed()) if turn % 2 else (installed(), steps())[::-1]
    print(pair[1] / pair[0])
"""
FAILING = "import torch\na = torch.ones(2, 3)\na.view(4)\n"


def main() -> None:
    """Measure training steps in turns, and a script from its start to the explanation."""
    command = [sys.executable, "-c", TRAINING, str(PAIRS)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    ratios = [float(line) for line in done.stdout.split()]
    most("a CNN's training step, hooks installed : without", statistics.median(ratios), 1.02)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "fails.py")
        file.write_text(FAILING, encoding="utf-8")
        run = [TENSORDRILL, "run", str(file)]
        ratio(
            "`run` of a script that fails : `python`",
            lambda: seconds(lambda: _failing(run)),
            lambda: seconds(lambda: _failing([sys.executable, str(file)])),
            RUNS,
            1.5,
        )


def _failing(command: list[str]) -> None:
    code = subprocess.run(command, capture_output=True, check=False).returncode
    assert code == 1
