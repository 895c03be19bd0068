"""The choice of a level, the fall-back where one fails, and the files that the process inside can read."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tensordrill.errors import SandboxError
from tensordrill.sandbox import advice, bubblewrap, bytecode, isolation, packages, readable, user
from tensordrill.sandbox.child.wire import Layers
from tensordrill.sandbox.client import Sandbox
from tensordrill.sandbox.isolation import Isolation, StartMethod, StartMethods, check_layers, level_of
from tensordrill.sandbox.protocol import Int, Job, Level, Limits, Program, Ready
from tests.needs import linux

pytestmark = pytest.mark.usefixtures("torch_anew")
ALL = Layers(landlock=True, scope=True, seccomp=True, limits=True)


@pytest.fixture(autouse=True)
def nothing_has_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolation, "_failed", {})


@pytest.fixture
def fake_bwrap(reachable: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The log of a bwrap that fails, which is the only one on PATH; any user may start it."""
    program, log = reachable / "bwrap", reachable / "log"
    program.write_text(
        f"#!/bin/sh\necho started >>{log}\necho 'bwrap: No permissions to create new namespace' >&2\nexit 1\n"
    )
    program.chmod(0o755)
    log.write_text("")
    log.chmod(0o666)
    monkeypatch.setenv("PATH", str(reachable))
    return log


def values(sandbox: Sandbox, *asked: str) -> list[object]:
    observations = sandbox.run(
        Job(tuple(Program(code="import sys", ask=ask) for ask in asked), "learner", Limits(seconds=10))
    )
    return [one.value for one in observations]


# ---- the choice ------------------------------------------------------------------------------------------


@linux
@pytest.mark.parametrize(
    ("environ", "asked", "sentence"),
    [
        ({}, "auto", "auto"),
        ({"TENSORDRILL_ISOLATION": ""}, "auto", "auto"),
        ({"TENSORDRILL_ISOLATION": "landlock"}, "auto", "landlock"),
        ({"TENSORDRILL_ISOLATION": "landlock"}, "none", "none"),
        ({"TENSORDRILL_ISOLATION": "none", "TENSORDRILL_LAB": "spawn"}, "auto", "none"),
    ],
)
def test_the_environment_stands_in_for_auto(environ: dict[str, str], asked: Isolation, sentence: str) -> None:
    assert Sandbox(environ, asked).isolation == sentence


def test_an_unknown_choice() -> None:
    with pytest.raises(SandboxError) as caught:
        Sandbox({"TENSORDRILL_ISOLATION": "docker"})
    sentence = "TENSORDRILL_ISOLATION is `docker`; it may be `auto`, `bubblewrap`, `landlock` or `none`"
    assert str(caught.value) == sentence


@pytest.mark.parametrize("asked", ["bubblewrap", "landlock"])
def test_processes_that_are_not_forked_are_not_isolated(asked: Isolation) -> None:
    with pytest.raises(SandboxError) as caught:
        Sandbox({"TENSORDRILL_LAB": "spawn"}, asked)
    assert str(caught.value).startswith(f"isolation `{asked}` is for Linux, where the sandbox forks")


def test_spawned_processes_hold_nothing() -> None:
    assert not Ready(layers=ALL).holds


@pytest.mark.parametrize(
    ("level", "missing", "expected_level"),
    [
        ("bwrap-user", "", "bwrap-user"),
        ("bwrap-user", "landlock", "bwrap-user"),
        ("bwrap-root", "seccomp", "none"),
        ("bare", "", "bare"),
        ("bare", "landlock", "none"),
        ("bare", "seccomp", "none"),
        ("bare", "scope", "bare"),
    ],
)
def test_the_level_that_holds(level: Level, missing: str, expected_level: Level) -> None:
    layers = Layers(**{name: name != missing for name in ("landlock", "scope", "seccomp", "limits")})
    assert level_of(StartMethod(level, "never"), layers) == expected_level
    assert Ready(level=expected_level).holds is (expected_level != "none")


def test_landlock_is_demanded() -> None:
    check_layers("landlock", Ready(layers=ALL))
    check_layers("auto", Ready())
    with pytest.raises(
        SandboxError, match="isolation `landlock` needs Landlock and seccomp, which this kernel"
    ):
        check_layers("landlock", Ready())


# ---- the ways, best first --------------------------------------------------------------------------------


@linux
@pytest.mark.parametrize(
    ("root", "public", "asked", "ways"),
    [
        (False, False, "auto", ["bwrap-user never", "bwrap-user never", "bare never"]),
        (False, True, "bubblewrap", ["bwrap-user never", "bwrap-user never"]),
        (False, True, "landlock", ["bare never"]),
        (
            *(True, True, "auto"),
            ["bwrap-user before", "bwrap-user before", "bwrap-root inside", "bare before", "bare never"],
        ),
        (True, False, "auto", ["bwrap-root inside", "bare inside", "bare never"]),
        (True, False, "none", ["bare inside", "bare never"]),
    ],
)
def test_ways(
    root: bool, public: bool, asked: Isolation, ways: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(isolation, "can_become_others", lambda: root)
    monkeypatch.setattr(isolation, "others_can_read", lambda _: public)
    monkeypatch.setattr("shutil.which", lambda _: "/usr/bin/bwrap")
    attempts, methods = StartMethods(asked), []
    while True:
        methods.append(attempts.best())
        if not attempts.reject(methods[-1], "it failed"):
            break
        if asked == "bubblewrap" and len(methods) == len(ways):
            with pytest.raises(SandboxError, match=r"does not work here \(it failed\)"):
                attempts.best()
            break
    assert [f"{way.level} {way.becomes}" for way in methods] == ways
    assert len(set(methods)) == len(methods)


@linux
def test_a_bubblewrap_that_fails_is_tried_once(fake_bwrap: Path) -> None:
    with Sandbox({}) as sandbox:
        pending = sandbox.start(Job((Program(ask="1"),)))
        assert pending.result()[0].value == Int("1")
        assert sandbox.wait_ready().level == ("bare" if sandbox.wait_ready().layers == ALL else "none")
        tries = fake_bwrap.read_text().count("started")
        assert tries == len([way for way in isolation._failed if way.level.startswith("bwrap")]) > 0
        assert set(isolation.failures().values()) == {"bwrap: No permissions to create new namespace"}
        sandbox.close()
        assert values(sandbox, "2") == [Int("2")]
    assert fake_bwrap.read_text().count("started") == tries


@linux
def test_a_bubblewrap_that_fails_where_it_is_demanded(fake_bwrap: Path) -> None:
    assert fake_bwrap.read_text() == ""
    with Sandbox({}, "bubblewrap") as sandbox, pytest.raises(SandboxError) as caught:
        sandbox.wait_ready()
    assert "does not work here (bwrap: No permissions to create new namespace); allow user" in str(
        caught.value
    )


@linux
def test_no_bubblewrap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with Sandbox({}, "bubblewrap") as demanding, pytest.raises(SandboxError) as caught:
        demanding.warm()
    assert "`apt install bubblewrap` brings it" in str(caught.value)
    assert {way.level for way in StartMethods("auto")._ways()} == {"bare"}


# ---- starting --------------------------------------------------------------------------------------------


@linux
def test_a_zygote_outlives_the_thread_that_started_it() -> None:
    with Sandbox({}) as sandbox:
        thread = threading.Thread(target=sandbox.warm)
        thread.start()
        thread.join()
        first = sandbox.engine._zygote  # type: ignore[attr-defined]
        assert values(sandbox, "3") == [Int("3")]
        assert sandbox.engine._zygote is first  # type: ignore[attr-defined]


@pytest.mark.thorough
@linux
def test_torch_in_a_folder_that_is_a_link(tmp_path: Path) -> None:
    """Another torch than the installed one is found first, through a link."""
    (tmp_path / "torch").symlink_to(packages.packages()["torch"])
    code = (
        "from tensordrill.sandbox.client import Sandbox\n"
        "from tensordrill.sandbox.protocol import *\n"
        "with Sandbox({}) as sandbox:\n"
        "    asked = Program(code='import sympy', ask='torch.linalg.norm(torch.ones(4)).item()')\n"
        "    print(sandbox.run(Job((asked,), 'learner'))[0].value.v, sandbox.wait_ready().level)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    with Sandbox({}) as sandbox:
        assert (done.stdout, done.stderr) == (f"2.0 {sandbox.wait_ready().level}\n", "")


# ---- what is shown ---------------------------------------------------------------------------------------


def test_torchs_packages_are_found_and_nothing_else() -> None:
    folders = packages.packages()
    assert {"torch", "torchgen", "numpy", "sympy", "mpmath", "typing_extensions.py", "jinja2"} <= set(folders)
    assert not {"tensordrill", "pytest", "msgspec", "rich", "pip"} & {
        name.partition(".")[0] for name in folders
    }
    assert all(place.name == name and place.exists() for name, place in folders.items())


def test_what_a_distribution_needs_is_read_from_its_metadata(tmp_path: Path) -> None:
    info = tmp_path / "Some_Thing-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(
        "Name: some-thing\nRequires-Dist: Typing_Extensions>=4.8\nRequires-Dist: nvidia-cublas-cu12==12.1; os == 'x'\n"
        "Requires-Dist: extra-one; extra == 'all'\n\nRequires-Dist: of the text\n"
    )
    (info / "RECORD").write_text(
        "some/__init__.py,sha256=x,1\nsome.libs/a.so,,\nmodule.py,,\n../../bin/some,,\nsome.pth,,\n"
        "Some_Thing-1.0.dist-info/RECORD,,\n__pycache__/module.cpython-311.pyc,,\n"
    )
    assert packages._installed([str(tmp_path)])["some-thing"] == info
    assert list(packages._requirements(info)) == ["typing-extensions", "nvidia-cublas-cu12"]
    assert packages._top_names(info) == ["module.py", "some", "some.libs"]
    (info / "RECORD").unlink()
    assert packages._top_names(info) == []
    (info / "top_level.txt").write_text("some\nmodule\n")
    assert packages._top_names(info) == ["some", "module", "some.py", "module.py", "Some_Thing.libs"]
    (info / "top_level.txt").write_text("some\nsome/_C\nsome/backends\nmodule\n")
    assert packages._top_names(info) == ["some", "module", "some.py", "module.py", "Some_Thing.libs"]


@linux
def test_installed_packages_are_hidden_inside_the_standard_library(tmp_path: Path) -> None:
    folder = tmp_path / "lib"
    for name in ("json", "site-packages/secret", "lib-dynload"):
        (folder / name).mkdir(parents=True)
    shown = readable.Readable("python", (str(folder), "/usr/lib64"), (str(folder / "site-packages"),), {})
    assert shown.without_hidden() == [str(folder / "json"), str(folder / "lib-dynload"), "/usr/lib64"]
    own = readable.readable()
    assert not [place for place in own.without_hidden() if "site-packages" in place]
    assert os.path.realpath(sys.executable) == own.python


@linux
@pytest.mark.parametrize("as_root", [True, False])
@pytest.mark.parametrize("strict", [True, False])
def test_each_folder_is_named_before_what_lies_in_it(as_root: bool, strict: bool) -> None:
    own = readable.readable()
    words = bubblewrap.command("bwrap", own, packages.packages(), 9, as_root=as_root, strict=strict)
    made: set[str] = {"/"}
    for at, word in enumerate(words):
        if word == "--dir":
            assert words[at - 2 : at] == ["--perms", "0755"]
            assert os.path.dirname(words[at + 1]) in made
            made.add(words[at + 1])
        elif word in ("--ro-bind", "--dev-bind"):
            assert os.path.dirname(words[at + 2]) in made
    assert ("--unshare-user" in words, "--cap-add" in words) == (not as_root, as_root)
    assert ("--disable-userns" in words) is (strict and not as_root)
    assert words[-4:] == ["--remount-ro", "/", "--", own.python]
    assert "--die-with-parent" not in words
    assert str(packages.packages()["torch"].parent) not in words


# ---- users -----------------------------------------------------------------------------------------------


def test_each_process_gets_a_number_of_its_own() -> None:
    numbers = [user.next_uid() for _ in range(100)]
    assert len(set(numbers)) == 100
    assert all(0x77770000 <= number < 0x77780000 for number in numbers)


@linux
def test_others_can_read(tmp_path: Path) -> None:
    file = tmp_path / "open" / "shut" / "file"
    file.parent.mkdir(parents=True)
    file.write_text("")
    file.parent.chmod(0o700)
    assert not user.others_can_read([file])
    assert user.others_can_read(["/usr/bin", "/usr/bin/env"])
    (tmp_path / "link").symlink_to("/usr/bin/env")
    assert user.others_can_read([tmp_path / "link"])


# ---- advice ----------------------------------------------------------------------------------------------


@linux
def test_advice_where_all_is_well() -> None:
    assert advice.advice(Ready(layers=ALL, level="bwrap-user"), Path("/nonexistent")) == {}


@linux
def test_advice_where_much_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    for module in (advice, bytecode):
        monkeypatch.setattr(module, "packages", lambda: {"torch": tmp_path})
    (tmp_path / "__init__.py").touch()
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    isolation._failed[StartMethod("bwrap-user", "never")] = "bwrap: setting up uid map: Permission denied"
    (tmp_path / "kernel").mkdir()
    (tmp_path / "kernel" / "apparmor_restrict_unprivileged_userns").write_text("1\n")
    (tmp_path / "kernel" / "unprivileged_userns_clone").write_text("1\n")
    sentences = {name: missing.text("en") for name, missing in advice.advice(Ready(), tmp_path).items()}
    assert "`apt install bubblewrap`" in sentences["bubblewrap"]
    assert sentences["bwrap-user"] == "does not work here: bwrap: setting up uid map: Permission denied"
    assert (
        "`sysctl kernel.apparmor_restrict_unprivileged_userns=0`"
        in sentences["kernel.apparmor_restrict_unprivileged_userns"]
    )
    assert "5.13" in sentences["no landlock"]
    assert "CONFIG_SECCOMP_FILTER" in sentences["no seccomp"]
    assert sentences["bytecode"] == (
        "torch has none, so that each start compiles it and takes twice as long; "
        f"`{sys.executable} -m compileall -q {tmp_path}` makes it"
    )
    assert len(sentences) == 6
