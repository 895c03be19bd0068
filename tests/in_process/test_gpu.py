"""Failures on a GPU: tensors there are described as others are, and two devices are told apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from . import driver

_RAISING = {
    "operands": "a = torch.ones(2, 3, device='cuda')\nb = torch.ones(2, 3)\na + b\n",
    "layer": "m = nn.Linear(3, 2).cuda()\nx = torch.ones(4, 3)\nm(x)\n",
    "loss": "y = torch.zeros(4, dtype=torch.long)\nF.cross_entropy(torch.ones(4, 3, device='cuda'), y)\n",
    "index": "x = torch.ones(4, 3)\nx[torch.zeros(2, dtype=torch.long, device='cuda')]\n",
    "sizes": "a = torch.ones(2, 3, device='cuda')\n(a * 2) @ a\n",
}
_REASONS = {
    "operands": "`a` is on cuda:0 and `b` is on cpu",
    "layer": "`x` is on cpu and `weight` is on cuda:0",
    "loss": "is on cuda:0 and `target` is on cpu",
    "index": "is on cuda:0",
    "sizes": "2",
}


@pytest.mark.usefixtures("gpu")
def test_what_raised_on_a_gpu(tmp_path: Path) -> None:
    answers = driver.ask(tmp_path, _RAISING)["answers"]
    missing = {
        name: answers[name] for name, words in _REASONS.items() if words not in str(answers[name]["reason"])
    }
    assert missing == {}
    assert answers["sizes"]["facts"]["a"] == [[2, 3], [3, 1], "float32", "cuda:0", False]
