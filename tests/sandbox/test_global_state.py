"""Global state that a program left as it was: told by Python's numbers of changes, and without them by the names."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import tensordrill.sandbox
from tests.needs import linux

CHILD = Path(tensordrill.sandbox.__file__).parent / "child"
CHANGES = {
    "nothing": ("torch.arange(6.).view(2, 3).t().sum(); torch.mm(torch.ones(2, 2), torch.ones(2, 2))", True),
    "a layer is used": ("nn.Linear(2, 3)(torch.ones(1, 2)).sum().backward()", True),
    "a function is replaced": ("torch.mm = torch.matmul", False),
    "a name is added": ("torch.mine = 1", False),
    "a name is deleted": ("del torch.mm", False),
    "a method is replaced": ("torch.Tensor.view = torch.Tensor.reshape", False),
    "a method of all layers is replaced": ("nn.Module.__call__ = None", False),
    "a function of nn.functional is replaced": ("nn.functional.relu = abs", False),
    "the default dtype": ("torch.set_default_dtype(torch.float64)", False),
    "gradients are turned off": ("torch.set_grad_enabled(False)", False),
    "the number of threads": ("torch.set_num_threads(torch.get_num_threads() + 1)", False),
    "how tensors are printed": ("torch.set_printoptions(precision=2)", False),
    "the default device": ("torch.set_default_device('meta')", False),
    "what a reader of settings needs": ("del torch._C._get_warnAlways", False),
}
SCRIPT = """
import json, os, sys
sys.path.insert(0, sys.argv[1])
import torch, global_state
from torch import nn

told = sys.argv[2]
if told == "_Names":
    global_state._changes_are_numbered = lambda: False
state = global_state.GlobalState()
kinds = {type(names).__name__ for names in state.names}
seen = {}
for name, code in json.loads(sys.argv[3]).items():
    if pid := os.fork():
        seen[name] = os.waitpid(pid, 0)[1] == 0
    else:
        exec(code)
        os._exit(not state.is_untouched())
print(json.dumps([list(kinds), seen]))
"""


@linux
@pytest.mark.parametrize("told_by", ["_Versions", "_Names"])
def test_a_change_is_seen(told_by: str) -> None:
    codes = {name: code for name, (code, _) in CHANGES.items()}
    words = [sys.executable, "-c", SCRIPT, str(CHILD), told_by, json.dumps(codes)]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    expected = told_by if sys.version_info < (3, 14) else "_Names"
    assert json.loads(done.stdout) == [[expected], {name: is_un for name, (_, is_un) in CHANGES.items()}]
