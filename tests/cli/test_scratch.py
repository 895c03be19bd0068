"""`explain FILE` of a script that writes files: it finds them again as under Python, and none is left or changed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.needs import rarely

from .conftest import run

_WRITES = """
import glob, io, json, logging, os, shutil, tempfile
from pathlib import Path
here = os.getcwd()

def tree():
    for folder, folders, files in sorted(os.walk(".")):
        print(folder, sorted(folders), sorted(files))

def attempt(function, *words):
    try:
        print(function(*words))
    except OSError as error:
        print(type(error).__name__, error)

def read(name):
    with open(name) as file:
        return file.read()

# --- files and folders are made
os.makedirs("runs/a", exist_ok=True)
Path("runs/b/c").mkdir(parents=True, exist_ok=True)
with open("runs/a/log.txt", "w") as log:
    print(log.name, log.write("one\\n"), log.mode)
with open("runs/a/log.txt", "a") as log:
    log.write("two\\n")
Path("runs/b/c/x.json").write_text(json.dumps([1, 2]))
Path("runs/touched").touch()
print(read("runs/a/log.txt"), os.path.getsize("runs/a/log.txt"), Path("runs/touched").exists())
print(sorted(glob.glob("runs/**/*", recursive=True)), sorted(map(str, Path("runs").rglob("*.json"))))
tree()
for entry in sorted(os.scandir("runs"), key=lambda entry: entry.path):
    print(entry.name, entry.path, os.fspath(entry), entry.is_dir(), entry.is_file(), entry.is_symlink())
# --- files that were there are changed
with open("data/kept.txt", "a") as file:
    file.write("more\\n")
with open("data/cut.txt", "r+") as file:
    file.truncate(3)
os.truncate("data/short.txt", 1)
Path("data/over.txt").write_text("new")
print([read(path) for path in sorted(glob.glob("data/*.txt"))], os.path.samefile("data", here + "/data"))
# --- files are moved and copied
os.replace("data/kept.txt", "moved.txt")
os.rename("moved.txt", "data/again.txt")
shutil.copy("data/again.txt", "copy.txt")
shutil.copytree("data", "data2")
shutil.move("copy.txt", "data2/copy.txt")
tree()
print(read("data2/copy.txt"))
# --- files and folders are removed
os.remove("data/cut.txt")
Path("data/over.txt").unlink()
print(os.path.exists("data/cut.txt"), sorted(os.listdir("data")), [e.name for e in os.scandir("data") if e.is_dir()])
shutil.rmtree("data")
print(os.path.exists("data"), os.path.isdir("data/inner"))
os.makedirs("data")
tree()
os.rmdir("data")
# --- what fails
attempt(open, "nowhere/x", "w")
attempt(open, "missing.txt")
attempt(open, "kept/one.txt", "x")
attempt(os.mkdir, "kept")
attempt(os.rmdir, "kept")
attempt(os.remove, "missing.txt")
attempt(os.remove, "kept")
attempt(os.listdir, "missing")
attempt(os.stat, "missing")
attempt(open, "kept", "w")
attempt(open, "", "w")
# --- the folder changes
os.mkdir("sub")
os.chdir("sub")
print(os.path.relpath(os.getcwd(), here), read("../kept/one.txt"), Path("../kept/one.txt").resolve().exists())
with open("in_sub.txt", "w") as file:
    file.write("x")
os.chdir("..")
print(os.path.relpath(os.getcwd(), here), read("sub/in_sub.txt"), os.path.relpath(os.path.realpath("sub"), here))
# --- temporary files
with tempfile.TemporaryDirectory() as folder:
    with open(os.path.join(folder, "x"), "w") as file:
        file.write("x")
    print(os.listdir(folder), folder.startswith(tempfile.gettempdir()))
print(os.path.exists(folder))
with tempfile.NamedTemporaryFile("w+") as file:
    file.write("abc")
    file.flush()
    print(read(file.name), os.path.dirname(file.name) == tempfile.gettempdir())
print(os.path.exists(file.name))
with tempfile.TemporaryFile() as file:
    print(file.write(b"abc"))
# --- descriptors
number = os.open("raw.bin", os.O_RDWR | os.O_CREAT, 0o600)
print(os.write(number, b"bytes"), os.lseek(number, 0, 0), os.read(number, 9), os.fstat(number).st_size)
os.close(number)
print(io.open("raw.bin", "rb", 0).read(2), open(os.open("raw.bin", os.O_RDONLY)).read())
with open(os.devnull, "w") as file:
    print(file.write("gone"))
# --- logs
logging.basicConfig(filename="run.log", level=logging.INFO, format="%(message)s")
logging.info("said")
print(read("run.log"))
"""
_SAVES = """
import os
import numpy as np
import torch
os.makedirs("ckpt")
torch.save({"x": torch.ones(2)}, "ckpt/model.pt")
torch.save(torch.arange(3), "ckpt/모델.pt")
print(torch.load("ckpt/model.pt"), torch.load("ckpt/모델.pt"), torch.load("ckpt/model.pt", mmap=False))
try:
    torch.save(torch.ones(1), "nowhere/model.pt")
except RuntimeError as error:
    print(error)
np.save("a.npy", np.arange(3))
np.savez("b.npz", a=np.ones(2), b=np.zeros(1))
np.savetxt("c.txt", np.eye(2))
print(np.load("a.npy"), sorted(np.load("b.npz")), np.loadtxt("c.txt"), np.load("a.npy", mmap_mode="r+").sum())
memory = np.memmap("d.bin", "int32", "w+", shape=(4,))
memory[:] = 7
memory.flush()
print(np.fromfile("d.bin", "int32"), sorted(os.listdir(".")))
"""
_FILES = {
    "data/kept.txt": "kept\n",
    "data/cut.txt": "cut here",
    "data/short.txt": "short",
    "data/over.txt": "old",
    "data/inner/deep.txt": "deep",
    "kept/one.txt": "one",
}


def _prepared(folder: Path, source: str) -> Path:
    for name, text in {**_FILES, "train.py": source}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def _contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The one folder of the scripts, for which torch is started once."""
    return tmp_path_factory.mktemp("scratch")


@pytest.mark.parametrize(
    "source",
    [pytest.param(_WRITES, id="Python"), *rarely([pytest.param(_SAVES, id="torch and numpy")])],
)
def test_a_script_finds_what_it_wrote_as_under_python(source: str, folder: Path, tmp_path: Path) -> None:
    by_python = subprocess.run(
        [sys.executable, "train.py"],
        cwd=_prepared(tmp_path / "python", source),
        capture_output=True,
        text=True,
        check=True,
    )
    before = _contents(_prepared(folder, source))
    ran = json.loads(run("explain", "train.py", "--json", cwd=folder).out)
    assert ran["error"] is None
    assert ran["stdout"] == by_python.stdout
    assert ran["adjustments"] == ["files"]
    assert _contents(folder) == before


@pytest.mark.parametrize(
    "variables",
    [
        *rarely(
            [
                pytest.param({"TENSORDRILL_ISOLATION": "landlock"}, id="landlock"),
                pytest.param({"TENSORDRILL_ISOLATION": "none"}, id="none"),
                pytest.param({"TENSORDRILL_LAB": "spawn"}, id="spawn"),
            ]
        )
    ],
)
def test_it_does_so_at_each_level(variables: dict[str, str], tmp_path: Path) -> None:
    folder = _prepared(tmp_path / "project", _SAVES)
    before = _contents(folder)
    ran = json.loads(run("explain", "train.py", "--json", cwd=folder, **variables).out)
    assert (ran["error"], ran["adjustments"]) == (None, ["files"])
    assert _contents(folder) == before


_LOADS = """import sys, warnings
import torch
from torch.utils.data import DataLoader

options = dict(persistent_workers=True, prefetch_factor=3, timeout=5, multiprocessing_context="spawn")
loader = DataLoader(list(range(6)), 2, False, None, None, 4, **options)
print(len(list(loader)), loader.num_workers, loader.batch_size)
torch.save(loader.num_workers, "ckpt.pt")
print(torch.load("ckpt.pt"))
print("epoch 1", file=sys.stderr)
warnings.warn("careful")
try:
    DataLoader([1], nonsense=2)
except TypeError as error:
    print(error)
"""
_SAID = """train.py ran to its end (0 steps; --steps shows them).

 Nothing failed, but this is suspicious:

 !  warnings.warn("careful")                                    warning  line 11
    UserWarning: careful


 It printed:
 │ 3 0 2
 │ 0
 │ DataLoader.__init__() got an unexpected keyword argument 'nonsense'

 On standard error:
 │ epoch 1

    num_workers was taken as 0: no processes are started here.
    tensordrill run train.py starts them.

    What it wrote went to a scratch folder that is gone now.
    tensordrill run train.py keeps it.

"""


def test_writes_that_python_does_not_see_are_refused_in_a_sentence(folder: Path) -> None:
    source = "import torch\ntorch.jit.script(torch.nn.Linear(2, 2)).save('net.pt')\n"
    ran = run("explain", "train.py", cwd=_prepared(folder, source))
    words = " ".join(ran.out.split())
    assert "It writes with Python's functions and torch.save." in words
    assert words.endswith(
        "tensordrill run train.py runs it in a process of its own, where nothing is refused, and explains what raises."
    )


def test_a_script_hears_what_was_done_otherwise(folder: Path) -> None:
    _prepared(folder, _LOADS)
    ran = run("explain", "train.py", cwd=folder)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == _SAID
    assert run("explain", "train.py", "--html", "page.html", cwd=folder).code == 0
    page = (folder / "page.html").read_text(encoding="utf-8")
    assert '<pre class="td-printed">epoch 1</pre>' in page
    assert "<code>tensordrill run</code> keeps it." in page
    korean = run("explain", "--lang", "ko", "train.py", cwd=folder).out
    assert "`" not in korean
    for sentence in (
        "tensordrill run train.py: 그대로 실행합니다",
        "tensordrill run train.py: 파일이 남습니다",
    ):
        assert sentence in " ".join(korean.split())
