"""Refusals of the sandbox are told from exceptions of torch, wherever they come up."""

from __future__ import annotations

from typing import get_args

import pytest

from tensordrill.sandbox.client import Sandbox
from tensordrill.sandbox.protocol import Job, Limits, Program, Refusal
from tests.needs import linux, without_cuda

REFUSED: dict[str, tuple[str, Refusal]] = {
    "workers": (
        "from torch.utils.data import DataLoader\nlist(DataLoader(torch.ones(4), num_workers=2))",
        "processes",
    ),
    "subprocess": ("import subprocess\nsubprocess.run(['ls'])", "processes"),
    "multiprocessing": (
        "import torch.multiprocessing as mp\nmp.get_context('fork').Process(target=print).start()",
        "processes",
    ),
    "thread": ("import threading\nthreading.Thread(target=print).start()", "processes"),
    "pool": (
        "from concurrent.futures import ThreadPoolExecutor\nThreadPoolExecutor().submit(print)",
        "processes",
    ),
    "socket": ("import socket\nsocket.socket()", "network"),
    "address": ("import socket\nsocket.getaddrinfo('example.com', 80)", "network"),
    "urlopen": ("import urllib.request\nurllib.request.urlopen('http://example.com')", "network"),
    "rendezvous": (
        "torch.distributed.init_process_group('gloo', 'tcp://localhost:29501', rank=0, world_size=1)",
        "network",
    ),
    "input": ("input('how many? ')", "input"),
    "write": ("open('x', 'w')", "files"),
    "path": ("from pathlib import Path\nPath('/tmp/x').write_text('x')", "files"),
    "save": ("torch.save(torch.ones(2), 'x.pt')", "files"),
    "numpy save": ("np.save('/tmp/x', np.ones(2))", "files"),
    "folder": ("import os\nos.makedirs('/tmp/a/b')", "files"),
    "temporary": ("import tempfile\ntempfile.TemporaryFile()", "files"),
    "shared memory": ("torch.ones(2).share_memory_()", "files"),
    "mapped": ("torch.from_file('/tmp/x', shared=True, size=4)", "files"),
    "load": ("torch.load('x.pt')", "files"),
    "text": ("np.loadtxt('x.csv')", "files"),
    "another file": ("open('/etc/passwd')", "files"),
    "many files": ("files = [open(torch.__file__) for _ in range(99)]", "files"),
    "pandas": ("import pandas", "module"),
    "submodule": ("from torchvision.models import resnet18", "module"),
    "needed by torch's own": ("from torch.utils.tensorboard import SummaryWriter", "module"),
    "a GPU": (
        "def missing(): raise RuntimeError('No CUDA GPUs are available')\n"
        "torch._C._cuda_getDeviceCount = torch._C._cuda_init = torch.cuda._cudart = missing\ntorch.cuda.init()",
        "device",
    ),
    "tensor": ("torch.ones(10**12)", "memory"),
    "bytes": ("bytearray(1 << 40)", "memory"),
    "array": ("np.ones(10**12)", "memory"),
    "growing": ("x = [0]\nwhile True: x += x", "memory"),
    "fork": ("import os\nos.fork()", "system"),
    "signal": ("import os\nos.kill(os.getppid(), 9)", "system"),
    "profiler": ("with torch.profiler.profile(): pass", "system"),
    "raised again": ("try:\n  open('x', 'w')\nexcept OSError as e:\n  raise e", "files"),
    "memory, raised again": ("try:\n  bytearray(1 << 40)\nexcept MemoryError:\n  raise", "memory"),
    "from it": ("try:\n  open('x', 'w')\nexcept OSError as e:\n  raise ValueError('no') from e", "files"),
    "while it is handled": ("try:\n  open('x', 'w')\nexcept OSError:\n  1 / 0", "files"),
}
NOT_REFUSED = {
    "shapes": "torch.ones(2, 3) @ torch.ones(2, 3)",
    "index": "torch.ones(2)[3]",
    "overflow": "torch.empty(2**62)",
    "no gradient": "torch.ones(2).sum().backward()",
    "no such name": "from torch import frobnicate",
    "no such submodule": "import torch.nn.frobnicate",
    "no such submodule of Python's": "import os.frobnicate",
    "recursion": "def f(): f()\nf()",
    "raised by itself": "raise PermissionError('mine')",
    "missing by itself": "raise FileNotFoundError('mine')",
    "an end by itself": "raise EOFError",
    "import by itself": "raise ModuleNotFoundError('mine')",
    "runtime error": "raise RuntimeError('mine')",
    "memory by itself": "raise MemoryError",
    "a number by itself": "raise PermissionError(1, 'mine', 'x')",
    "a missing file by itself": "raise FileNotFoundError(2, 'mine', 'x')",
    "no memory by itself": "raise OSError(12, 'mine')",
    "words of the system by itself": "raise RuntimeError('Operation not permitted')",
    "a thread by itself": 'raise RuntimeError("can\'t start new thread")',
    "in a function of its own": "def f(): raise MemoryError\nf()",
    "handled": "try:\n  open('x', 'w')\nexcept OSError: pass\n1 / 0",
    "missing, and handled": "try:\n  open('/x')\nexcept OSError:\n  1 / 0",
    "hidden": "try:\n  open('x', 'w')\nexcept OSError:\n  raise ValueError('other') from None",
    "a lie": "class Lie(Exception):\n  __cause__ = property(lambda self: 1 / 0)\nraise Lie",
    "words that can't be said": (
        "class Mute(RuntimeError):\n  def __str__(self): raise SystemExit\nraise Mute"
    ),
}


def refusal(sandbox: Sandbox, code: str, *, trace: bool = False) -> Refusal | None:
    program = Program(given="x = torch.ones(2)", code=code, trace=trace)
    (observation,) = sandbox.run(Job((program,), "learner", Limits(seconds=10.0)))
    assert observation.raised is not None
    return observation.raised.refusal


@linux
@pytest.mark.parametrize(("code", "refused"), [pytest.param(*v, id=k) for k, v in REFUSED.items()])
def test_a_refusal_is_told(sandbox: Sandbox, code: str, refused: Refusal) -> None:
    assert refusal(sandbox, code) == refused


@linux
@pytest.mark.parametrize("code", [pytest.param(code, id=name) for name, code in NOT_REFUSED.items()])
def test_what_python_and_torch_raise_is_none(sandbox: Sandbox, code: str) -> None:
    assert refusal(sandbox, code) is None


@linux
@without_cuda
def test_a_build_that_can_use_no_gpu_is_not_refused_one(sandbox: Sandbox) -> None:
    assert refusal(sandbox, "torch.ones(1).cuda()") is None


@linux
@pytest.mark.parametrize(
    ("code", "refused"),
    [
        pytest.param(*REFUSED["save"], id="save"),
        pytest.param(*REFUSED["text"], id="text"),
        pytest.param("raise FileNotFoundError('mine')", None, id="missing by itself"),
        pytest.param("x.view(3)", None, id="view"),
    ],
)
def test_it_is_told_step_by_step_too(sandbox: Sandbox, code: str, refused: Refusal | None) -> None:
    assert refusal(sandbox, code, trace=True) == refused


@linux
def test_what_a_program_catches_is_its_own_affair(sandbox: Sandbox) -> None:
    caught = Program(code="try:\n  open('x', 'w')\nexcept OSError as e:\n  y = type(e).__name__", ask="y")
    (observation,) = sandbox.run(Job((caught,), "learner"))
    assert observation.raised is None


def test_each_refusal_is_tried() -> None:
    assert {refused for _, refused in REFUSED.values()} == set(get_args(Refusal))
