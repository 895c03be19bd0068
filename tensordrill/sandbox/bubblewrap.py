"""bubblewrap's command line: a process that sees one Python, torch, and nothing else of the machine."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from tensordrill.sandbox.readable import CHILD, Readable

PACKAGES = "/packages"
SCRIPTS = "/sandbox"
_TEMPORARY = "/tmp"  # noqa: S108 (an empty folder that nobody can write to)

_PROCESSOR = ("/proc/cpuinfo", "/sys/devices/system/cpu")
"""Files by which torch asks about the processor, before it computes in float16."""

_NAMESPACES = (
    "--unshare-ipc --unshare-pid --unshare-net --unshare-uts --unshare-cgroup-try --hostname sandbox "
    "--new-session --as-pid-1 --cap-drop ALL"
).split()
_AS_USER = "--unshare-user --uid 65534 --gid 65534".split()
_NO_MORE_USERS = ["--disable-userns"]
_AS_ROOT = "--cap-add CAP_SETUID --cap-add CAP_SETGID".split()


def command(
    program: str,
    shown: Readable,
    packages: Mapping[str, Path],
    info: int,
    scratch: str | None = None,
    *,
    as_root: bool,
    strict: bool,
) -> list[str]:
    """Return the words before the interpreter's own arguments.

    `as_root` mounts with root's rights and leaves only those to become another user; else a user
    namespace gives the rights, which has none below it where `strict`. bubblewrap writes the
    process's number on the descriptor `info`. `scratch` is a folder that can be written to.
    """
    written = [] if scratch is None else [scratch]
    level = _AS_ROOT if as_root else [*_AS_USER, *_NO_MORE_USERS * strict]
    return [
        *(program, *_NAMESPACES, *level, "--info-fd", str(info)),
        *_folders(
            [
                *shown.places,
                *shown.links,
                *written,
                f"{PACKAGES}/x",
                f"{SCRIPTS}/x",
                f"{_TEMPORARY}/x",
                "/dev/x",
                *_PROCESSOR,
            ]
        ),
        *(word for place in shown.places for word in ("--ro-bind", place, place)),
        *(
            word
            for folder in shown.hidden
            for word in ("--perms", "0755", "--tmpfs", folder, "--remount-ro", folder)
        ),
        *(word for link, target in shown.links.items() for word in ("--symlink", target, link)),
        *(word for name, at in packages.items() for word in ("--ro-bind", str(at), f"{PACKAGES}/{name}")),
        *(word for folder in written for word in ("--bind", folder, folder)),
        *("--ro-bind", str(CHILD), SCRIPTS),
        *(word for path in _PROCESSOR for word in ("--ro-bind-try", path, path)),
        *("--dev-bind", "/dev/null", "/dev/null", "--dev-bind", "/dev/urandom", "/dev/urandom"),
        *("--chdir", "/", "--remount-ro", "/", "--", shown.python),
    ]


def _folders(paths: Iterable[str]) -> list[str]:
    """Return options that make each folder above the paths, for all to enter: bubblewrap's own are closed to others."""
    above = {parent for path in paths for parent in _above(path)}
    return [word for folder in sorted(above) for word in ("--perms", "0755", "--dir", folder)]


def _above(path: str) -> list[str]:
    parent = os.path.dirname(path)
    return [] if parent == "/" else [*_above(parent), parent]
