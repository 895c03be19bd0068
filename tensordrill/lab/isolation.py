"""How a process that runs torch is started, and what it may read.

Each child puts Landlock, seccomp and limits on itself (`child/harden.py`); this module decides
what surrounds them.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal, TypeAlias

from tensordrill.errors import LabError

Mode: TypeAlias = Literal["fork", "serve"]

_ZYGOTE = Path(__file__).parent / "child" / "zygote.py"
_PACKAGES = ("torch", "numpy", "sympy")
_SYSTEM = ("/usr/lib", "/usr/lib64", "/lib", "/lib64", "/etc/ld.so.cache")
_ENVIRONMENT = {
    "LANG": "C.UTF-8",
    "OMP_NUM_THREADS": "1",
    "OMP_THREAD_LIMIT": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "PYTHONHASHSEED": "0",
    "TORCH_DEVICE_BACKEND_AUTOLOAD": "0",
    "TORCHINDUCTOR_CACHE_DIR": "/tmp",  # noqa: S108 (must exist; nothing is written there)
}
_NEEDED_ON_WINDOWS = ("SYSTEMROOT", "PATH", "TEMP", "TMP")


def start(mode: Mode, **pipes: Any) -> subprocess.Popen[bytes]:
    """Start one process in a session of its own, with a cleared environment, at the root folder.

    Raises LabError where torch is not installed, or no process can be started.
    """
    folders, linked = _package_folders()
    config = {"path": folders, "readable": [*_python_folders(), *folders, *linked, *_SYSTEM], "mode": mode}
    # not -I, which would ignore PYTHONHASHSEED; the environment is ours, so nothing else comes in
    command = [sys.executable, "-s", "-P", "-S", "-B", str(_ZYGOTE), json.dumps(config)]
    environment = _ENVIRONMENT | {name: os.environ[name] for name in _NEEDED_ON_WINDOWS if name in os.environ}
    try:
        return subprocess.Popen(  # noqa: S603 (our own interpreter and script)
            command,
            cwd=Path(sys.executable).anchor,
            env=environment if os.name == "nt" else _ENVIRONMENT,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            **pipes,
        )
    except OSError as error:
        raise LabError(
            f"`{sys.executable}` cannot be started ({error.strerror}); free memory or end programs"
        ) from error


@cache
def _package_folders() -> tuple[list[str], list[str]]:
    """Give the folders that the packages are imported from, and where their files are linked from."""
    found: dict[str, None] = {}
    linked: dict[str, None] = {}
    for name in _PACKAGES:
        spec = find_spec(name)
        if spec is None or spec.origin is None:
            if name == "torch":
                raise LabError("torch is not installed here; the README's first lines say how to install it")
            continue
        found[str(Path(spec.origin).parent.parent)] = None
        linked[str(Path(spec.origin).resolve().parent.parent)] = None
    return list(found), [folder for folder in linked if folder not in found]


def _python_folders() -> list[str]:
    paths = {sys.prefix, sys.base_prefix, sys.base_exec_prefix, sysconfig.get_path("stdlib")}
    return sorted(str(Path(path).resolve()) for path in paths)
