"""Whether what the sandbox imports is compiled, and that it is compiled by the way where it is not."""

from __future__ import annotations

import os
import py_compile
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from py_compile import PycInvalidationMode

import pytest

from tensordrill.sandbox import bytecode, make_bytecode
from tensordrill.sandbox.client import Sandbox
from tensordrill.sandbox.protocol import Job, Program


@pytest.fixture
def torch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small torch that is not compiled, a module and a folder of libraries, and nothing else."""
    folder = tmp_path / "torch"
    for name in ("__init__.py", "_tensor.py", "nn/__init__.py", "nn/functional.py"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"name = {name!r}\n")
    (tmp_path / "typing_extensions.py").write_text("")
    (tmp_path / "nvidia" / "lib").mkdir(parents=True)
    packages = {path.name: path for path in tmp_path.iterdir()}
    monkeypatch.setattr(bytecode, "packages", lambda: packages)
    monkeypatch.setattr(bytecode, "_processes", [])
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    bytecode.make_in_background.cache_clear()
    return folder


def compiled(source: Path, mode: PycInvalidationMode = PycInvalidationMode.TIMESTAMP) -> Path:
    """Compile a file; return its bytecode."""
    return Path(str(py_compile.compile(str(source), invalidation_mode=mode)))


def _not_at_all(source: Path) -> None:
    (source.parent / "__pycache__").mkdir()


def _before_it_was_edited(source: Path) -> None:
    compiled(source)
    os.utime(source, (1, 1))


def _for_another_python(source: Path) -> None:
    pyc = compiled(source)
    pyc.rename(pyc.with_name("__init__.cpython-38.pyc"))


def _of_another_version(source: Path) -> None:
    pyc = compiled(source)
    pyc.write_bytes(b"\0\0\r\n" + pyc.read_bytes()[4:])


def _by_its_hash(source: Path) -> None:
    compiled(source, PycInvalidationMode.UNCHECKED_HASH)
    os.utime(source, (1, 1))


@pytest.mark.parametrize(
    ("done", "is_slow"),
    [
        pytest.param(_not_at_all, True, id="not-at-all"),
        pytest.param(compiled, False, id="compiled"),
        pytest.param(_before_it_was_edited, True, id="before-it-was-edited"),
        pytest.param(_for_another_python, True, id="for-another-python"),
        pytest.param(_of_another_version, True, id="of-another-version"),
        pytest.param(_by_its_hash, False, id="by-its-hash"),
    ],
)
def test_torch_starts_slowly_where_it_is_not_compiled(
    torch: Path, done: Callable[[Path], object], is_slow: bool
) -> None:
    done(torch / "__init__.py")
    assert bytecode.starts_slowly() is is_slow


def test_a_folder_without_python_needs_no_bytecode(torch: Path) -> None:
    assert {path.name for path in bytecode.uncompiled()} == {"torch", "typing_extensions.py"}
    compiled(torch / "__init__.py")
    assert [path.name for path in bytecode.uncompiled()] == ["typing_extensions.py"]


def test_the_scripts_of_the_sandbox_are_among_what_was_installed(
    torch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    child = torch.parent / "site-packages" / "child"
    child.mkdir(parents=True)
    (child / "run.py").touch()
    (child / "zygote.py").touch()
    monkeypatch.setattr(bytecode, "CHILD", child)
    assert child in bytecode.uncompiled()
    compiled(child / "zygote.py")
    assert child not in bytecode.uncompiled()


def test_all_is_compiled_in_the_background(torch: Path) -> None:
    bytecode.make_in_background()
    (process,) = bytecode._processes
    assert os.getsid(process.pid) != os.getsid(0)
    process.wait(60)
    assert bytecode.uncompiled() == []
    made = {path.relative_to(torch).as_posix().split(".")[0] for path in torch.rglob("*.pyc")}
    assert made == {f"{at}__pycache__/{name}" for at, name in _MODULES}
    assert not list(torch.rglob("tensordrill-compiling"))


_MODULES = [("", "__init__"), ("", "_tensor"), ("nn/", "__init__"), ("nn/", "functional")]


def test_a_packages_own_file_is_compiled_last_so_that_it_stands_for_all(torch: Path) -> None:
    names = [path.relative_to(torch).as_posix() for path in make_bytecode._sources(torch)]
    assert names == ["nn/functional.py", "nn/__init__.py", "_tensor.py", "__init__.py"]


def test_a_file_that_does_not_compile_stops_nothing(torch: Path) -> None:
    (torch / "_broken.py").write_text("def f[T](")
    bytecode.make_in_background()
    bytecode._processes[0].wait(60)
    assert bytecode.uncompiled() == []


def test_nothing_is_started_where_all_is_compiled(torch: Path) -> None:
    for source in (torch / "__init__.py", torch.parent / "typing_extensions.py"):
        compiled(source)
    bytecode.make_in_background()
    assert bytecode._processes == []


def _without_leave(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)


def _unwanted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)


@pytest.mark.parametrize("forbid", [_without_leave, _unwanted])
def test_nothing_is_started_where_it_may_not_be(
    torch: Path, forbid: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    forbid(monkeypatch)
    bytecode.make_in_background()
    assert bytecode._processes == []
    assert bytecode.starts_slowly()
    assert not list(torch.rglob("*.pyc"))


@pytest.mark.parametrize(
    ("missing", "can_be_made"), [("", True), ("nowhere", False)], ids=["writable", "not-writable"]
)
def test_windows_is_asked_by_writing(
    torch: Path, missing: str, can_be_made: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(bytecode, "packages", lambda: {"torch": torch / missing})
    before = sorted(torch.iterdir())
    assert bytecode.can_be_made() is can_be_made
    assert sorted(torch.iterdir()) == before


@pytest.mark.parametrize(
    ("age", "is_compiled"), [(1, False), (make_bytecode.SECONDS + 60, True)], ids=["at-work", "gone"]
)
def test_one_process_at_a_time(torch: Path, age: float, is_compiled: bool) -> None:
    claim = torch / "__pycache__" / "tensordrill-compiling"
    claim.parent.mkdir()
    claim.touch()
    os.utime(claim, (time.time() - age,) * 2)
    script = [sys.executable, make_bytecode.__file__, str(torch), str(torch)]
    subprocess.run(script, check=True, capture_output=True)
    assert bytecode.starts_slowly() is not is_compiled
    assert claim.exists() is not is_compiled


@pytest.mark.usefixtures("torch")
def test_a_job_has_it_done_once_it_is_finished(sandbox: Sandbox) -> None:
    pending = sandbox.start(Job((Program(ask="1"),)))
    assert bytecode._processes == []
    pending.result()
    sandbox.run(Job((Program(ask="1"),)))
    (process,) = bytecode._processes
    process.wait(60)
    assert not bytecode.starts_slowly()
