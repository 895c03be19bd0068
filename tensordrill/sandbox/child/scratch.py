"""The files that a script writes lie in a scratch folder, and it finds them where it wrote them.

They lie there by their absolute paths. `open` and the functions of `os` that take a path are replaced for the script.
What lies in the scratch folder hides what lies outside, where nothing is changed: a file that is changed is copied
first, one that is removed is only hidden. `_hidden` has the paths below which nothing outside counts any more. The
program sees its own paths throughout, in exceptions and after `chdir`, too. Code that opens files without Python, as
HDF5's, sees what lies outside, and its writes are refused; of torch's, only `torch.save` is told the place.

The originals that this module works with are bound when it is imported, before `install` replaces them.
"""

from __future__ import annotations

import builtins
import errno
import functools
import glob
import io
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import torch

_CHANGES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_DEVICES = ("/dev/", "/proc/")
_OPENERS_PLACE = 7
"""The place of `opener` among the arguments of `open` after the file."""
_READERS = ("stat", "lstat", "access", "readlink", "chdir")
"""Functions of `os` that read what their first argument names."""

_open, _file, _lstat, _mkdir, _rmdir = os.open, io.open, os.lstat, os.mkdir, os.rmdir
_unlink, _replace, _folder = os.unlink, os.replace, os.getcwd
_names, _entries = os.listdir, os.scandir


def _stands_for(original: Callable[..., Any]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Wrap a method that takes a path in place of a function of `os`, which still takes descriptors and `dir_fd`."""

    def decorate(method: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(original)
        def function(self: Scratch, path: Any = ".", *rest: Any, **options: Any) -> Any:
            if options.get("dir_fd") is not None or not _is_path(path):
                return original(path, *rest, **options)
            with _named(path):
                return method(self, os.fspath(path), *rest, **options)

        return function

    return decorate


def _is_path(value: Any) -> bool:
    """Whether a value is a path as text; bytes and descriptors stay what they are."""
    return isinstance(value, str | os.PathLike) and isinstance(path := os.fspath(value), str) and path != ""


def _name(part: Any) -> str:
    return str(getattr(part, "name", part))


def _exists(place: str) -> bool:
    try:
        _lstat(place)
    except OSError:
        return False
    return True


@contextmanager
def _named(path: Any) -> Iterator[None]:
    """Set the file name of an OSError to what the program calls the file."""
    try:
        yield
    except OSError as error:
        error.filename = path
        raise


class Scratch:
    """The files of one script over those that were there; raises OSError where `root` cannot be made."""

    def __init__(self, root: str) -> None:
        _mkdir(root)
        self._root = root
        self._hidden: set[str] = set()
        # asked for now: to find it, `tempfile` writes a file
        self._temporary = os.path.join(tempfile.gettempdir(), tempfile.gettempprefix())
        self.is_used = False
        """Whether a file or folder was written that is not one of `tempfile`."""

    def install(self) -> None:
        """Replace what opens, makes, finds and removes files in this process."""
        builtins.open = io.open = self._python_open
        for name in _READERS:
            setattr(os, name, self._placed(getattr(os, name)))
        for name in ("open", "mkdir", "rmdir", "unlink", "replace", "truncate", "listdir", "scandir"):
            setattr(os, name, getattr(self, name))
        others = {"remove": self.unlink, "rename": self.replace, "getcwd": self.folder}
        for name, function in others.items():
            setattr(os, name, function)
        for name in ("chmod", "utime"):
            setattr(os, name, self._touched(getattr(os, name)))
        if hasattr(glob, "_StringGlobber"):  # of Python 3.13, by which paths look for files
            glob._StringGlobber.scandir = staticmethod(self.scandir)
        if hasattr(os, "listxattr"):
            os.listxattr = lambda *_, **__: []  # which `shutil` copies, and the kernel is not asked for here
        shutil._use_fd_functions = False  # type: ignore[attr-defined]  # they name files below a descriptor
        for method in vars(tempfile._TemporaryFileCloser).values():  # type: ignore[attr-defined]  # it removes its file
            defaults = getattr(method, "__defaults__", None) or ()
            if _unlink in defaults:
                method.__defaults__ = tuple(self.unlink if each is _unlink else each for each in defaults)
        if (numpys := sys.modules.get("numpy.lib._datasource")) is not None:
            numpys._file_openers._file_openers[None] = self._python_open
        torch._C.PyTorchFileWriter = self._writer(torch._C.PyTorchFileWriter)

    # ---- places ----

    def _own(self, path: str) -> str:
        """Return the absolute path by which the program knows a file."""
        full = os.path.splitdrive(os.path.abspath(path))[1]
        return full.removeprefix(self._root) or os.sep if full.startswith(self._root) else full

    def _is_hidden(self, own: str) -> bool:
        """Whether what lies outside at a path counts no more."""
        return any(own == gone or own.startswith(gone + os.sep) for gone in self._hidden)

    def _place(self, path: str) -> str:
        """Return where a file is read."""
        own = self._own(path)
        return self._root + own if self._is_hidden(own) or _exists(self._root + own) else own

    def _place_to_write(self, path: str, flags: int) -> str:
        """Return where a file is written, with what it holds already unless `flags` of `os.open` empty it."""
        own = self._own(path)
        place = self._root + own
        if own.startswith(_DEVICES):
            return own
        if not _exists(place) and _exists(self._place(path)):
            if flags & os.O_EXCL:
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), path)
            if os.path.isdir(own):
                return own  # which the system refuses to write to
            self._make_parents(own)
            if not flags & os.O_TRUNC:
                with _file(own, "rb") as source, _file(place, "wb") as copy:
                    shutil.copyfileobj(source, copy)
        elif flags & os.O_CREAT:
            self._make_parents(own)
        return place

    def _make_parents(self, own: str) -> None:
        """Make the folders above a path in the scratch folder, as far as they are there outside."""
        parent = os.path.dirname(own)
        if parent != own and not _exists(self._root + parent) and os.path.isdir(parent):
            self._make_parents(parent)
            _mkdir(self._root + parent)

    def _note(self, path: str) -> None:
        """Note that something was written."""
        self.is_used = self.is_used or not self._own(path).startswith(self._temporary)

    # ---- in place of Python's ----

    def _python_open(self, file: Any, *rest: Any, **options: Any) -> Any:
        if _is_path(file) and not options.get("opener") and len(rest) < _OPENERS_PLACE:
            options["opener"] = self.open
        return _file(file, *rest, **options)

    @_stands_for(_open)
    def open(self, path: str, flags: int, mode: int = 0o666, **_: Any) -> int:
        if not flags & _CHANGES:
            return _open(self._place(path), flags, mode)
        number = _open(self._place_to_write(path, flags), flags, mode)
        self._note(path)
        return number

    def _placed(self, function: Callable[..., Any]) -> Callable[..., Any]:
        @_stands_for(function)
        def placed(self: Scratch, path: str, *rest: Any, **options: Any) -> Any:
            return function(self._place(path), *rest, **options)

        return functools.partial(placed, self)

    def folder(self) -> str:
        return self._own(_folder())

    @_stands_for(_mkdir)
    def mkdir(self, path: str, *_: Any, **__: Any) -> None:
        own = self._own(path)
        if _exists(self._place(own)):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
        self._make_parents(own)
        _mkdir(self._root + own)
        self._note(own)

    @_stands_for(_rmdir)
    def rmdir(self, path: str, **_: Any) -> None:
        if self.listdir(path):
            raise OSError(errno.ENOTEMPTY, os.strerror(errno.ENOTEMPTY))
        self._remove(path, _rmdir)

    @_stands_for(_unlink)
    def unlink(self, path: str, **_: Any) -> None:
        if os.path.isdir(path):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        self._remove(path, _unlink)

    def _remove(self, path: str, function: Callable[[str], None]) -> None:
        own = self._own(path)
        _lstat(self._place(own))  # raises where there is nothing
        if _exists(self._root + own):
            function(self._root + own)
        self._hidden.add(own)

    @_stands_for(_replace)
    def replace(self, path: str, other: Any, **_: Any) -> None:
        own, new = self._own(path), self._own(os.fspath(other))
        source = self._place_to_write(own, 0)
        self._make_parents(new)
        _replace(source, self._root + new)
        self._hidden.update((own, new))
        self._note(new)

    @_stands_for(os.truncate)
    def truncate(self, path: str, length: int) -> None:
        with self._python_open(path, "r+b") as file:
            file.truncate(length)

    def _touched(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return what stands for a change of mode or time, on which nothing here depends."""

        @_stands_for(function)
        def touch(self: Scratch, path: str, *_: Any, **__: Any) -> None:
            _lstat(self._place(path))  # raises where there is nothing

        return functools.partial(touch, self)

    @_stands_for(_names)
    def listdir(self, path: str) -> list[Any]:
        return self._listed(path, _names)

    @_stands_for(_entries)
    def scandir(self, path: str) -> _Entries:
        return _Entries(
            _Entry(entry, os.path.join(path, entry.name)) for entry in self._listed(path, _entries)
        )

    def _listed(self, path: str, function: Callable[[Any], Iterable[Any]]) -> list[Any]:
        """Return the names or entries of a folder, of both places; those outside that are hidden are left out."""
        own = self._own(path)
        place = self._root + own
        has_outside = _exists(own) and not self._is_hidden(own)
        above = [*function(place)] if _exists(place) or self._is_hidden(own) else []
        below = function(own if _exists(place) else path) if has_outside or not _exists(place) else ()
        names = {_name(part) for part in above}
        return above + [
            part
            for part in below
            if _name(part) not in names and not self._is_hidden(os.path.join(own, _name(part)))
        ]

    def _writer(self, original: Callable[..., Any]) -> Callable[..., Any]:
        def writer(file: Any, *rest: Any) -> Any:
            if _is_path(file) and os.path.isdir(os.path.dirname(file) or os.curdir):
                self._note(file)
                file = self._place_to_write(file, os.O_CREAT | os.O_TRUNC)
            return original(file, *rest)

        return writer


class _Entry:
    """An `os.DirEntry` with the path that the program knows."""

    def __init__(self, entry: os.DirEntry[str], path: str) -> None:
        self._entry = entry
        self.name, self.path = entry.name, path

    def __fspath__(self) -> str:
        return self.path

    def __getattr__(self, name: str) -> Any:
        return getattr(self._entry, name)


class _Entries(AbstractContextManager["_Entries"], Iterator[Any]):
    """An iterator that can be closed, as the one of `os.scandir`."""

    def __init__(self, entries: Iterator[Any]) -> None:
        self._entries = entries

    def __next__(self) -> Any:
        return next(self._entries)

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Nothing is open."""
