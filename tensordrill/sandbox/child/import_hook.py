"""An import hook: the modules in the folder of a user's own script are traced, too."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from importlib.util import decode_source
from pathlib import Path
from types import CodeType, ModuleType

from tracer import Tracer


class OwnModules(MetaPathFinder):
    """Finds the modules below a folder, and leaves all others to Python."""

    def __init__(self, folder: str, tracer: Tracer) -> None:
        self._folder = Path(folder)
        self._tracer = tracer

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return the spec of a module of the user's own, None for any other."""
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
        """Return instrumented code, never what is kept in a cache."""
        path = self.get_filename(fullname)
        return self._tracer.instrument(decode_source(self.get_data(path)), path)
