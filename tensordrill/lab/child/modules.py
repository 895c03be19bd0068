"""A script of the user's own: its folder's modules are imported traced, too."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from importlib.util import decode_source
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

from tracing import Tracer


def prepare(file: str, arguments: Sequence[str], tracer: Tracer) -> None:
    """Have `sys.argv` and imports be what they are for a script that Python runs."""
    folder = str(Path(file).parent)
    _give_up_our_names()
    sys.argv = [file, *arguments]
    sys.path.insert(0, folder)
    sys.meta_path.insert(0, OwnModules(folder, tracer))


def _give_up_our_names() -> None:
    """Let the user have modules that are called as ours are; ours are all imported by now."""
    ours = Path(__file__).parent
    sys.path[:] = [path for path in sys.path if Path(path) != ours]
    for name, module in list(sys.modules.items()):
        if name != "__main__" and Path(getattr(module, "__file__", None) or ".").parent == ours:
            del sys.modules[name]


class OwnModules(MetaPathFinder):
    """Finds the modules below a folder, and leaves all others to Python."""

    def __init__(self, folder: str, tracer: Tracer) -> None:
        self._folder = Path(folder)
        self._tracer = tracer

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Give the spec of a module of the user's own."""
        spec = PathFinder.find_spec(name, path, target)
        if spec is None or not isinstance(spec.loader, SourceFileLoader) or not spec.origin:
            return None
        if not Path(spec.origin).is_relative_to(self._folder) or "site-packages" in spec.origin:
            return None
        spec.loader = _TracedModule(name, spec.origin, self._tracer)
        return spec


class _TracedModule(SourceFileLoader):
    def __init__(self, name: str, path: str, tracer: Tracer) -> None:
        super().__init__(name, path)
        self._tracer = tracer

    def get_code(self, fullname: str) -> CodeType:
        """Give instrumented code, never what is kept in a cache."""
        path = self.get_filename(fullname)
        return self._tracer.instrument(decode_source(self.get_data(path)), path)

    def exec_module(self, module: ModuleType) -> None:
        names: dict[str, Any] = vars(module)
        names |= self._tracer.names()
        exec(self.get_code(module.__name__), names)  # noqa: S102 (the user's own module)
