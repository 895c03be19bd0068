"""Other systems, simulated on this one: `python machines.py SYSTEM SCRIPT …` runs a script as on SYSTEM.

SYSTEM is `darwin` or `win32`. Gone is every name of the standard library that typeshed, which comes with mypy, does
not know there. On `win32`, files follow its rules, processes are started by its flags, and a text file without an
encoding is an error, since it would be one that cannot hold Korean or `✓` on half of the machines.

What others have written is imported before, while the system is still this one: only tensordrill is tried. `os.name`
stays, since pathlib goes by it; tensordrill goes by `sys.platform`.
"""

from __future__ import annotations

import ast
import contextlib
import importlib
import os
import platform
import re
import runpy
import shutil
import signal
import subprocess
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

STARTED: list[dict[str, Any]] = []
"""The processes that were started since the system is another: their `command`, `flags`, `session` and `pid`."""

_WINDOWS_NAMES = {
    "CREATE_NEW_PROCESS_GROUP": 0x200,
    "CREATE_NO_WINDOW": 0x8000000,
    "IDLE_PRIORITY_CLASS": 0x40,
}
_POSIX_OPTIONS = ("preexec_fn", "pass_fds", "user", "group", "extra_groups", "umask", "process_group")
_NO_NAME = re.compile(r'[<>:"|?*\x00-\x1f]|[ .]$|^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$', re.IGNORECASE)
_CREATES = os.O_CREAT | os.O_TRUNC
_killpg, _SIGKILL = os.killpg, signal.SIGKILL


def imported_by(files: Iterator[Path]) -> set[str]:
    """Return all modules that Python files import anywhere, within functions as well."""
    modules: set[str] = set()
    for file in files:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                modules |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                modules |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return modules


def become(system: str) -> None:
    """Make this Python one of another system, for good."""
    platform.platform()  # remembered; it asks the real system
    for module in (os, signal):
        vars(subprocess)[module.__name__] = _copied(module)  # which starts and ends processes as here
    vars(shutil)["os"] = vars(subprocess)["os"]  # which removes folders as here
    sys.platform = system
    for name, names, is_missing in [*_lacking(system)]:
        if is_missing:
            sys.modules[name] = None  # type: ignore[assignment]  # which forbids to import it
        elif name in sys.modules:
            for each in names & vars(sys.modules[name]).keys():
                delattr(sys.modules[name], each)
    if system == "win32":
        vars(subprocess).update(_WINDOWS_NAMES)
        sys.addaudithook(_file_rules)
        warnings.filterwarnings("error", category=EncodingWarning, module=r"tensordrill")
    vars(subprocess)["Popen"] = _Process


def _copied(module: ModuleType) -> ModuleType:
    copy = ModuleType(module.__name__)
    vars(copy).update(vars(module))
    return copy


class _Process(subprocess.Popen):  # type: ignore[type-arg]
    """A process as the other system starts it; one that runs torch is of that system, too."""

    def __init__(self, command: list[Any], **options: Any) -> None:
        words = [str(word) for word in command]
        flags = options.pop("creationflags", 0)
        started = {"command": [*words], "flags": flags, "session": options.pop("start_new_session", False)}
        if sys.platform == "win32":
            assert not any(options.get(name) for name in _POSIX_OPTIONS), options
            if words[0].endswith("taskkill.exe"):
                _taskkill(words)
                words = ["true"]
        for at, word in enumerate(words):
            if word.endswith("zygote.py"):
                words[at:at] = [__file__, sys.platform]
                break
        super().__init__(words, start_new_session=True, **options)
        STARTED.append({**started, "pid": self.pid})


def _taskkill(words: list[str]) -> None:
    assert words[1:-1] == ["/F", "/T", "/PID"]
    with contextlib.suppress(ProcessLookupError):
        _killpg(int(words[-1]), _SIGKILL)


def _file_rules(event: str, arguments: tuple[Any, ...]) -> None:
    """Refuse what Windows refuses: names that no file may have, and changes of a file that is open."""
    is_path = bool(arguments) and isinstance(arguments[0], str | bytes)
    if event == "os.mkdir" or (event == "open" and is_path and arguments[2] & _CREATES):
        _check_name(arguments[0])
    elif event == "os.rename":
        _check_name(arguments[1])
        _check_closed(arguments[:2])
    elif event == "os.remove":
        _check_closed(arguments[:1])


def _check_name(path: Any) -> None:
    name = os.path.basename(os.fsdecode(path))
    if _NO_NAME.search(name):
        raise OSError(22, "Invalid argument", path)


def _check_closed(paths: tuple[Any, ...]) -> None:
    for path in paths:
        if os.path.realpath(os.fsdecode(path)) in _open_files():
            raise PermissionError(13, "Access is denied", path)


def _open_files() -> Iterator[str]:
    for descriptor in os.listdir("/proc/self/fd"):
        with contextlib.suppress(OSError):  # the one that lists them
            yield os.readlink(f"/proc/self/fd/{descriptor}")


# What typeshed knows.


def _lacking(system: str) -> Iterator[tuple[str, set[str], bool]]:
    """Yield modules with the names that they have here and not there, and whether nothing public is left."""
    import mypy

    for path in (Path(str(mypy.__file__)).parent / "typeshed" / "stdlib").iterdir():
        stub = path if path.suffix == ".pyi" else path / "__init__.pyi"
        text = stub.read_text(encoding="utf-8") if stub.is_file() else ""
        if "sys.platform" in text:
            body = ast.parse(text).body
            here, there = _names(body, "linux"), _names(body, system)
            yield path.stem, here - there, bool(_public(here)) and not _public(there)


def _public(names: set[str]) -> set[str]:
    return {name for name in names if not name.startswith("_")}


def _names(body: list[ast.stmt], system: str) -> set[str]:
    """Return the names that a stub defines for a system, those that it takes from others included."""
    names: set[str] = set()
    known = SimpleNamespace(platform=system, version_info=sys.version_info)

    def visit(body: list[ast.stmt]) -> None:
        for node in body:
            match node:
                case ast.If(test, body, orelse):
                    visit(body if _holds(test, known) else orelse)
                case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                    names.add(name)
                case ast.AnnAssign(target=ast.Name(id=name)) | ast.Assign(targets=[ast.Name(id=name)]):
                    names.add(name)
                case ast.ImportFrom(names=aliases):
                    names.update(alias.asname for alias in aliases if alias.asname)  # the others are its own

    visit(body)
    return names


def _holds(test: ast.expr, known: SimpleNamespace) -> bool:
    return bool(eval(compile(ast.Expression(test), "<stub>", "eval"), {"sys": known}))  # noqa: S307 (mypy's own files)


def main() -> None:
    """Run a script as on another system."""
    system, script, *arguments = sys.argv[1:]
    child = Path(script).parent if script.endswith("zygote.py") else None
    root = Path(__file__).parent.parent
    if child is not None:
        _import_all(_import_folders(arguments), child.glob("*.py"))
    else:
        _import_all({}, (root / "tensordrill").glob("[!_]*/**/*.py"))
    become(system)
    sys.argv = [script, *arguments]
    runpy.run_path(script, {"STARTED": STARTED}, "__main__")


def _import_folders(arguments: list[str]) -> dict[str, str]:
    import json

    folders: dict[str, str] = json.loads(arguments[0])["packages"]
    return folders


def _import_all(folders: dict[str, str], files: Iterator[Path]) -> None:
    """Import what files import of others while this is still this system."""
    own = {"tensordrill"}
    sys.path += dict.fromkeys(folders.values())
    for name in sorted(imported_by(files)):
        if name.partition(".")[0] not in own:
            with contextlib.suppress(ImportError):
                importlib.import_module(name)


if __name__ == "__main__":
    main()
