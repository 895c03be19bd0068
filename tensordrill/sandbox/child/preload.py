"""Modules that torch imports lazily, at the first use of an optimizer, a meta tensor, `torch.func` and others.

There are 800 of them, and a fork that imports them spends a second, the next fork again. A preloaded process has
imported them. In any other one, `LazyImports` gives up the program that needs them, so that it runs there.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

LAZY = frozenset(("sympy", "torch._dynamo"))
"""Each of the slow first uses begins with one of these, and those that take under a tenth of a second with neither."""

FIRST_USES = (
    "import sympy, torch._dynamo",
    "w.sum().backward(); adam = torch.optim.AdamW([w]); adam.step(); torch.optim.lr_scheduler.StepLR(adam, 1).step()",
    "m = torch.ones(2, 2, device='meta'); repr(torch.cat([m.softmax(-1) @ (m + m).relu(), m[0:1]]).sum(0))",
    "with torch.device('meta'): nn.Sequential(nn.Conv2d(1, 2, 1), nn.LayerNorm(3))(torch.ones(1, 1, 3, 3))",
    "torch.func.hessian(torch.exp)(w.detach()); torch.func.jvp(torch.exp, (w.detach(),), (w.detach(),))",
    "from torch.utils.checkpoint import checkpoint; checkpoint(torch.exp, w, use_reentrant=False).sum().backward()",
    "from torch.utils.data import DataLoader; list(DataLoader(torch.ones(2), shuffle=True))",
    "import io; torch.save(w, file := io.BytesIO()); file.seek(0); torch.load(file)",
    "torch.testing.assert_close(w, w)",
)
"""Programs after which the uses that they stand for import nothing more; `w` is a leaf that requires grad."""


def preload(observe: Callable[[dict[str, Any]], object]) -> None:
    """Import the lazy modules by running what needs them; a use that this torch lacks leaves out its own."""
    gc.disable()  # as where torch is imported
    for use in FIRST_USES:
        observe({"given": "w = torch.ones(1, requires_grad=True)", "code": use, "ask": "1"})
    gc.freeze()
    gc.enable()


class LazyImports(MetaPathFinder):
    """A finder of no module, which at the first lazy one calls `give_up` and ends the process."""

    def __init__(self) -> None:
        self.give_up: Callable[[], None] | None = None

    def install(self) -> None:
        """Put this finder before all others."""
        sys.meta_path.insert(0, self)

    def find_spec(self, name: str, _path: Any, _target: ModuleType | None = None) -> ModuleSpec | None:
        """Return None, so that the other finders are asked."""
        if name in LAZY and self.give_up is not None:
            self.give_up()
            os._exit(0)
        return None
