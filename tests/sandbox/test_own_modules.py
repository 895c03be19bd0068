"""A script's own modules may be called as those of the sandbox are, and as libraries are."""

from __future__ import annotations

from pathlib import Path

import tensordrill.sandbox
from tensordrill.sandbox.client import Sandbox
from tensordrill.sandbox.protocol import Bool, Job, Program

CHILD = Path(tensordrill.sandbox.__file__).parent / "child"


def test_a_script_gets_its_own_module_whatever_it_is_called(tmp_path: Path) -> None:
    names = [path.stem for path in CHILD.glob("*.py")]
    assert {"run", "autograd_graph", "import_hook", "tensors"} <= set(names)
    names += ["random", "numpy"]  # which the process has imported already; under Python these come first, too
    for name in names:
        (tmp_path / f"{name}.py").write_text(f"mine = '{name}'\n")
    code = "".join(f"import {name}\nassert {name}.mine == '{name}'\n" for name in names)
    script = tmp_path / "train.py"
    script.write_text(code)
    with Sandbox({}, own=tmp_path) as sandbox:
        observation, again = sandbox.run(
            Job((Program(code=code, file=str(script), trace=True), Program(ask="True")), "learner")
        )
    assert (observation.raised, observation.failure, again.value) == (None, None, Bool(v=True))
