"""`explain FILE` and `run FILE` run a file in the same world as `python FILE`: they print the same, byte for byte."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.needs import rarely

from .conftest import run, run_process

_MODULES = {
    "needs_main": "import __main__\nprint('main has', __main__.LATER)\nfrom __main__ import Thing\nprint(Thing)\n",
    "parts/__init__": "from .inner import double\n__all__ = ['double']\n",
    "parts/inner": "from . import deepest\n\ndef double(x):\n    return deepest.add(x, x)\n",
    "parts/deepest": "print(__name__, __package__, __file__)\n\ndef add(a, b):\n    return a + b\n",
    "starred": "_hidden = 1\nshown = 2\n\ndef also():\n    return shown\n",
    "fails": "import sys\n\ndef deep(x):\n    return x / 0\n\ndef warn():\n    import warnings\n"
    "    warnings.warn('from fails', stacklevel=2)\n",
    "run": "print('my own run')\n",
    "tracing": "print('my own tracing')\n",
    "script": "print('my own script')\n",
}

_ROWS = '''
# --- names
x = 1
def f(): pass
print(dir() == sorted(globals()) == sorted(vars()) == sorted(locals()))
print(dir())
print(list(globals()))
# --- no name is there without an import
for name in "torch nn F np math changed raised warned it shares_memory".split():
    try:
        print(eval(name))
    except NameError as error:
        print(error)
# --- the main module
import sys
main = sys.modules["__main__"]
print(main.__name__, vars(main) is globals(), __name__, __file__, main.__file__)
print(__doc__, __spec__, __package__, type(__loader__).__name__, __builtins__)
# --- a docstring and a guard
"""What this is."""
print(__doc__)
if __name__ == "__main__":
    print("run as main")
# --- builtins
import builtins
print(__builtins__ is builtins, sorted(vars(builtins)))
print(exit, quit, copyright is not None)
# --- arguments and folder
import os, sys
print(sys.argv, os.getcwd(), sys.path[0], os.path.abspath(sys.argv[0]) == __file__)
# --- the environment
import os
print(os.environ["TENSORDRILL_HOME"], os.environ.get("HOME"), os.path.expanduser("~"))
# --- a sibling imports from main
class Thing: pass
LATER = 5
import needs_main
print(needs_main.Thing is Thing)
# --- a package with relative imports
import parts
from parts.inner import double
print(double(3), parts.double is double, parts.__path__)
# --- a relative import without a package
try:
    from . import parts
except ImportError as error:
    print(error)
# --- a star import
from starred import *
from math import *
print(shown, also(), pi, "_hidden" in globals())
# --- it imports itself
import importlib
import t_it_imports_itself as again
print(again.__name__, again.importlib is importlib) if __name__ == "__main__" else print("imported")
# --- modules are reloaded
import importlib, starred
starred.shown = 7
print(importlib.reload(starred).shown, starred.also(), starred.__spec__.name, starred.__file__)
# --- modules that are called as ours are
import run, tracing, script
print(sorted(n for n in ("output", "instrument", "zygote", "facts") if n in __import__("sys").modules))
# --- a pickling round trip
import pickle, copy
class Point:
    def __init__(self, x): self.x = x
    def __eq__(self, other): return self.x == other.x
def top(x): return x
print(pickle.loads(pickle.dumps([Point(3), top, Point])) == [Point(3), top, Point])
print(copy.deepcopy({"p": Point(4)})["p"].x, pickle.dumps(Point(1)))
# --- named tuples and enums are pickled
import enum, pickle
from collections import namedtuple
from typing import NamedTuple
Pair = namedtuple("Pair", "a b")
class Triple(NamedTuple):
    a: int
    b: int = 2
class Colour(enum.Enum):
    RED = enum.auto()
    BLUE = enum.auto()
print([pickle.loads(pickle.dumps(v)) for v in (Pair(1, 2), Triple(1), Colour.RED)], Pair.__module__)
# --- dataclasses and type hints
from __future__ import annotations
import dataclasses, typing
@dataclasses.dataclass(order=True)
class Node:
    value: int
    after: Node | None = None
    parts: list[Node] = dataclasses.field(default_factory=list)
def f(a: Node, *, b: "int" = 1) -> list[Node]: ...
print(typing.get_type_hints(Node), typing.get_type_hints(f), f.__annotations__)
print(Node(1) < Node(2), dataclasses.replace(Node(1), value=3), Node(1, Node(2)))
# --- annotations of the module
n: int = 3
m: "str"
print(__annotations__)
# --- the source of what it defines
import inspect, sys
def f(a, b=1):
    """What f does."""
    return a + b  # adds
class C:
    def m(self): return 1
print(inspect.getsource(f), inspect.getsource(C), inspect.getsource(C.m), inspect.getsourcelines(f)[1])
print(inspect.signature(f), inspect.getdoc(f), inspect.getfile(C), inspect.getsourcefile(f) == __file__)
print(len(inspect.getsource(sys.modules[__name__])), inspect.getmodule(f).__name__)
# --- what a function's code says
def outer(a):
    b = 2
    def inner(c, *d, e=1, **g):
        return a + b + c
    return inner
code = outer(1).__code__
print(code.co_name, code.co_varnames, code.co_freevars, code.co_firstlineno, code.co_filename, code.co_argcount)
print(outer(1).__qualname__, outer.__module__, outer.__defaults__, outer(1).__kwdefaults__, outer(1)(3))
# --- no function leads to a helper
import inspect
def step(x):
    y = x + 1
    y += 1
    return [step for step in (y, x)]
print(inspect.getclosurevars(step).globals, inspect.getclosurevars(step).builtins, step(1))
# --- standard output is one
import sys
out = sys.stdout
print(out.encoding, out.errors, out.isatty(), out.fileno(), out.name, out.mode, out.buffer.name, out.buffer.mode)
print(out, out is sys.__stdout__, out.writable(), out.readable(), out.seekable(), out.closed, out.line_buffering)
print(out.write("abc\\n"), out.write("가나\\n"), out.buffer.write(b""), type(out).__name__, out.newlines)
# --- standard output takes bytes
import sys
print("first", flush=True)
sys.stdout.buffer.write("두 번째\\n".encode())
sys.stdout.buffer.flush()
sys.stdout.write("third\\n")
sys.stdout.flush()
sys.stdout.buffer.write(b"between\\n")
sys.stdout.writelines(["a\\n", "b\\n"])
# --- standard output is configured anew
import sys
sys.stdout.reconfigure(encoding="utf-8", errors="replace", line_buffering=True)
print("가", sys.stdout.errors, sys.stdout.line_buffering)
sys.stdout.reconfigure(encoding="ascii", errors="backslashreplace")
print("가", sys.stdout.encoding)
# --- standard output is wrapped anew
import io, sys
sys.stdout = io.TextIOWrapper(sys.stdout.detach(), encoding="utf-8", write_through=True)
print("wrapped")
sys.stdout = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8")
print("wrapped twice")
# --- standard output is redirected and closed
import contextlib, io, sys
kept = io.StringIO()
with contextlib.redirect_stdout(kept):
    print("kept")
print(repr(kept.getvalue()), sep="-", end="!\\n")
sys.stdout.close()
# --- a warning has its file and line
import contextlib, sys, warnings
import fails
with contextlib.redirect_stderr(sys.stdout):
    warnings.warn("take care")
    for _ in range(3):
        warnings.warn("the same line", DeprecationWarning)
    fails.warn()
# --- warnings are recorded
import warnings
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    warnings.warn("careful")
print([(w.filename, w.lineno, w.category.__name__, str(w.message)) for w in caught])
# --- warnings become errors
import warnings
warnings.simplefilter("error")
try:
    warnings.warn("stop")
except UserWarning as error:
    print(repr(error))
# --- a traceback
import sys, traceback
import fails
def f(x):
    return [fails.deep(v)
            for v in x]
try:
    f([1, 2])
except ZeroDivisionError:
    traceback.print_exc(file=sys.stdout)
    print([(s.filename, s.lineno, s.name, s.line) for s in traceback.extract_tb(sys.exc_info()[2])])
# --- tracebacks of chained errors
import sys, traceback
def f():
    try:
        {}["missing"]
    except KeyError as error:
        raise ValueError("no such key") from error
try:
    f()
except ValueError:
    print(traceback.format_exc())
try:
    try:
        1 / 0
    finally:
        undefined
except NameError as error:
    print("".join(traceback.format_exception(error)))
# --- where it is
import inspect, sys
def f():
    return sys._getframe().f_lineno, inspect.currentframe().f_back.f_lineno, sys._getframe(1).f_code.co_name
print(f(), sys._getframe().f_code.co_filename)
# --- a hook for what nobody caught
import sys, traceback
def hook(kind, error, trace):
    print("hook:", kind.__name__, error, [s.lineno for s in traceback.extract_tb(trace)])
sys.excepthook = hook
raise KeyError("x")
# --- what nobody caught
def f(x):
    return x["missing"]
print("before")
f({})
# --- exit functions, and what is left at the end
import atexit, weakref
class Last:
    def __init__(self, name): self.name = name
    def __del__(self): print("gone:", self.name)
def bye(): print("bye")
atexit.register(print, "at exit")
atexit.register(bye)
first, second = Last("first"), Last("second")
weakref.finalize(first, print, "finalized")
print("end")
# --- it ends itself
import sys
print("before")
sys.exit(0)
print("after")
# --- it ends itself as at a prompt
print("before")
exit()
# --- it ends itself with a message
import sys
print("before")
sys.exit("no good")
# --- it asks
try:
    print(input("name? "))
except EOFError as error:
    print(repr(error))
# --- exec, eval and compile
x = 3
exec("y = x + 1\\ndef g(): return x * y")
print(y, g(), eval("x + y"), eval("a", {"a": 5}), sorted(k for k in globals() if len(k) == 1))
scope = {}
exec(compile("z = 1", "<made>", "exec"), scope)
print(sorted(scope), eval(compile("[i for i in range(x)]", "<made>", "eval")))
def f():
    inside = 1
    return sorted(locals()), eval("inside + x")
print(f())
# --- a function with another namespace
import types
def f(a): return [a, a + 1][-1]
print(types.FunctionType(f.__code__, {"__builtins__": {}})(2))
# --- closures
def counter():
    count = 0
    def more():
        nonlocal count
        count += 1
        return count
    return more
more = counter()
total = 0
def add():
    global total, made
    total += more()
    made = total
for _ in range(3): add()
print(total, made, more.__closure__[0].cell_contents, [f() for f in [lambda i=i: i for i in range(3)]])
# --- scopes of comprehensions
x = "outer"
print([x for x in range(3)], {x: y for x, y in zip("ab", "cd")}, {*(x for x in "aab")} == {"a", "b"}, x)
print([[i * j for i in range(j)] for j in range(4)], [n := 5, n ** 2], list(i for i in range(3) if i))
class K:
    a = 2
    b = [i for i in range(a)]
    names = sorted(n for n in dir())
print(K.b, [k for k in vars(K) if not k.startswith("__")])
# --- class bodies
class Meta(type):
    def __new__(cls, name, bases, body, **more):
        print(name, [k for k in body if k not in ("__qualname__", "__firstlineno__", "__static_attributes__")], more)
        return super().__new__(cls, name, bases, body)
class Base(metaclass=Meta, flag=1):
    __slots__ = ("__private",)
    def __init__(self): self.__private = 1
    def get(self): return self.__private
    print(sorted(locals())[:3])
class Derived(Base):
    def get(self): return super().get() + __class__.__name__.__len__()
    __x = [1]
    __x[0] = 2
    x = property(lambda self: self.get())
print(Derived().x, Derived._Derived__x, Derived.__mro__)
# --- decorators
import functools
def traced(f):
    @functools.wraps(f)
    def around(*a, **k):
        print("calls", f.__name__)
        return f(*a, **k)
    return around
@traced
@functools.lru_cache
def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
@functools.singledispatch
def kind(x): return "any"
@kind.register
def _(x: int): return "int"
print(fib(5), fib.__wrapped__.cache_info(), kind(1), kind("a"))
# --- generators
def g():
    try:
        got = yield 1
        print("got", got)
        yield from (i for i in range(2))
    except ValueError as error:
        yield repr(error)
    finally:
        print("closed")
it = g()
print(next(it), it.send("x"), it.throw(ValueError("v")), list(it), type(it).__name__)
# --- coroutines
import asyncio
async def one(n):
    await asyncio.sleep(0.001 * n)
    return n
async def main():
    async with asyncio.timeout(5) if hasattr(asyncio, "timeout") else asyncio.Lock():
        return await asyncio.gather(one(2), one(1)), [i async for i in many()]
async def many():
    for i in range(3):
        yield await one(i)
print(asyncio.run(main()))
# --- walrus
data = [1, 5, 2]
if (n := len(data)) > 2: print(n)
print([y for x in data if (y := x * 2) > 3], y)
while (line := data.pop()) != 1: print(line)
# --- match
from dataclasses import dataclass
@dataclass
class P:
    x: int
    y: int
def f(v):
    match v:
        case P(x=0, y=y): return "on y", y
        case P(x, y) if x == y: return "diagonal", x
        case [a, *rest] | (a, *rest): return a, rest
        case {"k": str() as k, **more}: return k, more
        case 1 | 2 | None: return "few"
        case _: return "other"
print([f(v) for v in (P(0, 2), P(3, 3), [1, 2, 3], {"k": "a", "z": 1}, 2, None, "s")])
# --- f-strings
w, x = 8, 3.14159
print(f"{x:>{w}.2f}|{x!r}|{x=:.1f}|{'nested ' + f'{w}'}|{{}}|{[i for i in range(3)]}")
# --- unpacking and del
a, (b, *c), d = 1, (2, 3, 4), 5
x = [a, *c]
del x[0], x, (b, d)
print(a, c, [n for n in ("b", "d", "x") if n in globals()])
# --- del ends an object
import weakref
class Thing:
    def __del__(self): print("deleted")
thing = Thing()
other = weakref.ref(thing)
print(other() is thing)
del thing
print(other())
Thing()
print("after")
# --- loops, with, try
from contextlib import suppress, contextmanager
@contextmanager
def around(name):
    print("enter", name)
    try: yield name
    finally: print("exit", name)
with around("a") as a, (around("b")) as b:
    for i in range(3):
        if i == 1: continue
        with suppress(ZeroDivisionError): print(i / (i - 2))
    else: print("done")
try:
    raise ExceptionGroup("g", [ValueError(1), TypeError(2)])
except* ValueError as found: print(found.exceptions)
except* TypeError as found: print(found.exceptions)
# --- own files are read
from pathlib import Path
print(open("data.txt").read(), Path(__file__).with_name("data.txt").read_text(), Path("data.txt").exists())
print(Path(__file__).read_text().splitlines()[0], sorted(p.name for p in Path(".").glob("*.txt")))
# --- other letters
이름 = "값"
def 함수(수): return 수 * 2
print(이름, 함수(3), sorted(n for n in globals() if n > "가"))
# --- logging
import logging, sys
logging.basicConfig(stream=sys.stdout, level=logging.INFO, format="%(filename)s:%(lineno)d %(funcName)s %(message)s")
def f(): logging.info("inside")
f()
logging.getLogger("x").warning("at %s", "top")
# --- doctests
"""
>>> add(1, 2)
3
>>> add(1, 1)
3
"""
import doctest
def add(a, b): return a + b
print(doctest.testmod())
# --- a parser of arguments
import argparse
parser = argparse.ArgumentParser(description="trains")
parser.add_argument("--epochs", type=int, default=2, help="rounds")
print(parser.parse_args([]), parser.format_usage())
# --- a deep recursion
def deep(n): return deep(n + 1)
try:
    deep(0)
except RecursionError as error:
    print(error)
# --- text that is no UTF-8
import sys
sys.stdout.buffer.write(b"\\xea\\xb0\\x80 \\xff\\n")
# --- tensors of its own classes are pickled and copied
import copy, io, pickle
import torch
from torch import nn
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.out = nn.Linear(2, 1)
        nn.init.ones_(self.out.weight)
    def forward(self, x): return self.out(x).sum()
net = Net()
buffer = io.BytesIO()
torch.save({"net": net, "state": net.state_dict()}, buffer)
buffer.seek(0)
again = torch.load(buffer, weights_only=False)
print(type(again["net"]) is Net, again["state"]["out.weight"], type(pickle.loads(pickle.dumps(net))), net)
print(copy.deepcopy(net).out.weight, again["net"](torch.ones(1, 2)) == net(torch.ones(1, 2)))
# --- functions are scripted and traced
import torch
@torch.jit.script
def twice(x: torch.Tensor, n: int = 2) -> torch.Tensor:
    for _ in range(n):
        x = x * 2
    return x
class Net(torch.nn.Module):
    def forward(self, x): return torch.relu(x).t().reshape(-1)
print(twice(torch.ones(2)), twice.code, torch.jit.script(Net()).code)
print(torch.jit.trace(lambda x: (x.t() + 1).reshape(-1), torch.ones(2, 3)).code)
print(torch.fx.symbolic_trace(Net()).code)
# --- functions are compiled
import torch
class Net(torch.nn.Module):
    def forward(self, x): return torch.relu(x).t().reshape(-1)
print(torch.compile(Net())(torch.ones(2, 3)).shape)
# --- modes and transforms see the program's own operations
import torch
from torch.overrides import TorchFunctionMode
from torch.utils._python_dispatch import TorchDispatchMode
class Functions(TorchFunctionMode):
    def __torch_function__(self, func, types, args=(), kwargs=None):
        print("function", getattr(func, "__name__", func))
        return func(*args, **(kwargs or {}))
class Operations(TorchDispatchMode):
    def __torch_dispatch__(self, func, types, args=(), kwargs=None):
        print("operation", func)
        return func(*args, **(kwargs or {}))
x = torch.arange(6.0).view(2, 3)
for mode in (Functions(), Operations()):
    with mode:
        y = (x.t() + 1).reshape(-1)
        y[0] = 5
print(y, torch.func.vmap(lambda v: (v * 2).sum())(x), torch.func.grad(lambda v: (v * v).sum())(x))
# --- data is loaded
import torch
from torch.utils.data import DataLoader, Dataset
class Squares(Dataset):
    def __len__(self): return 5
    def __getitem__(self, i): return torch.tensor([i]), i * i
if __name__ == "__main__":
    for x, y in DataLoader(Squares(), batch_size=2):
        print(x, y)
    torch.manual_seed(0)
    layer = torch.nn.Linear(3, 1)
    sgd = torch.optim.SGD(layer.parameters(), lr=0.1)
    for _ in range(3):
        sgd.zero_grad()
        loss = (layer(torch.ones(4, 3)) - 1).pow(2).mean()
        loss.backward()
        sgd.step()
        print(round(loss.item(), 4))
'''
ROWS = {name: source for name, _, source in (part.partition("\n") for part in _ROWS.split("# --- ")[1:])}


class ProgramOutput(NamedTuple):
    """The output of a program, and the exception that ended it."""

    out: str
    raised: str


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All the programs in one folder, for which torch is started once."""
    folder = tmp_path_factory.mktemp("world")
    (folder / "parts").mkdir()
    (folder / "data.txt").write_text("1 2 3", encoding="utf-8")
    for name, source in {**_MODULES, **{_stem(name): source for name, source in ROWS.items()}}.items():
        (folder / f"{name}.py").write_text(source, encoding="utf-8")
    return folder


def _stem(name: str) -> str:
    return "t_" + name.replace(" ", "_").replace(",", "").replace("'", "")


def by_python(file: str, folder: Path) -> ProgramOutput:
    """Run `python FILE` as at a pipe."""
    variables = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")} | {"PYTHONHASHSEED": "0"}
    command = [sys.executable, file]
    done = subprocess.run(
        command, cwd=folder, env=variables, stdin=subprocess.DEVNULL, capture_output=True, check=False
    )
    errors = done.stderr.decode().splitlines()
    return ProgramOutput(
        done.stdout.decode(errors="backslashreplace"), errors[-1] if done.returncode and errors else ""
    )


def by_explain(file: str, folder: Path) -> ProgramOutput:
    """Run `explain FILE`; an exception as Python's last line says it."""
    event = json.loads(run("explain", file, "--json", cwd=folder).out)
    error = event["error"]
    if error and error["type"] == "SystemExit":
        return ProgramOutput(event["stdout"], error["message"])
    return ProgramOutput(event["stdout"], f"{error['type']}: {error['message']}" if error else "")


@pytest.fixture
def clean_cache(folder: Path) -> Iterator[None]:
    """No bytecode of modules, which `python` leaves and which would hide an order of imports."""
    yield
    for path in folder.rglob("*.pyc"):
        path.unlink()


_COMPILED = "functions are compiled"  # 10 s of processor time
_OFTEN = [name for name in ROWS if name != _COMPILED][::3]
_RARE = [pytest.param(name, id=name) for name in ROWS if name not in _OFTEN]


@pytest.mark.usefixtures("clean_cache")
@pytest.mark.parametrize("name", [*_OFTEN, *rarely(_RARE)])
def test_a_file_prints_what_it_prints_under_python(name: str, folder: Path) -> None:
    file = f"{_stem(name)}.py"
    wanted = by_python(file, folder)
    screen = by_explain(file, folder)
    if name != "a hook for what nobody caught":  # where Python itself says nothing more
        assert screen.raised == wanted.raised
    assert wanted.out
    assert screen.out.split("\n") == wanted.out.split("\n")


@pytest.mark.usefixtures("clean_cache")
@pytest.mark.parametrize(
    "name", [*_OFTEN[::4], *rarely([pytest.param(name, id=name) for name in ROWS if name not in _OFTEN[::4]])]
)
def test_run_is_python(name: str, folder: Path) -> None:
    file = f"{_stem(name)}.py"
    wanted = run_process(file, cwd=folder, program=(sys.executable,), PYTHONHASHSEED="0")
    assert run_process("run", file, cwd=folder, PYTHONHASHSEED="0") == wanted
