"""Instrumented programs run as before: all of Python's syntax, deep and long programs."""

from __future__ import annotations

import pytest

from tensordrill.sandbox.client import Sandbox
from tensordrill.sandbox.protocol import Job, Limits, Observation, Program

LIMITS = Limits(seconds=30.0)

_TEXT = '''
# --- future and docstring
"""Text."""
from __future__ import annotations
x: unknown = 1
print(__doc__, __annotations__)
# --- annotations
def f(a: int, *b: str, c: float = 2.0) -> list[int]:
    d: 'text' = a
    return d
print(f(1), f.__annotations__)
# --- decorators
def twice(f):
    return lambda *a, **k: f(*a, **k) * 2
@twice
def g(a, /, b, *, c=3):
    'doc'
    return a + b + c
print(g(1, b=2, c=4))
# --- classes
class A:
    n: int = 1
    @property
    def p(self): return self.n
    @classmethod
    def make(cls): return cls()
class B(A, metaclass=type):
    def p(self): return super().p + 1
print(B.make().p(), A().p)
# --- matching
def f(v):
    match v:
        case [1, *rest] if len(rest) > 1:
            return rest
        case {'k': int(n)} | {'n': n}:
            return n
        case complex(real=0.0):
            return 'c'
        case math.pi:
            return 'pi'
        case _:
            return None
print(f([1, 2, 3]), f({'k': 2}), f({'n': 's'}), f(2j), f(math.pi), f(0))
# --- f-strings
w = 8
print(f'{w!r:>{w}} {w=} {[i for i in range(w) if i % 3]} {{}}')
# --- comprehensions
print([i for i in range(9) if i % 2], {i: j for i in 'ab' for j in 'c'}, {*'aab'}, sum(i for i in (1, 2)))
# --- walrus and lambda
print((n := 3) + (lambda a, b=n: a * b)(2), n)
# --- loops
for i in range(3):
    if i == 1: continue
    print(i)
else:
    print('end')
while i:
    i -= 1
    break
# --- errors
try:
    1 / 0
except ZeroDivisionError as error:
    print(error)
else:
    print('no')
finally:
    print('last')
# --- error groups
try:
    raise ExceptionGroup('g', [ValueError(1)])
except* ValueError as found:
    print(found.exceptions)
# --- managers
from contextlib import nullcontext as n
with n(1) as a, n([2, 3]) as (b, c):
    print(a, b, c)
# --- scopes
def f():
    k = 1
    def g():
        nonlocal k
        global z
        k += 1
        z = k
    g()
    return k
print(f(), z)
# --- generators
def f():
    got = yield 1
    yield from (got, 2)
g = f()
print(next(g), g.send(5), list(g))
# --- coroutines
async def f():
    async def g(): return 2
    return [await g() async for _ in h()]
async def h():
    yield 1
try:
    f().send(None)
except StopIteration as done:
    print(done.value)
# --- targets
a = b, *c = [1, 2, 3]
d = {}
d['k'], d['l'] = b, c
d['k'] += 1
del d['l'], b
print(a, c, d)
# --- deleted with what is in it
x, y = [1, 2], [3, 4]
del x[0], x
del y[0], (y,)
print([n for n in dir() if n in ('x', 'y')])
# --- slices
l = list(range(9))
l[1:3] = [0]
del l[::4]
print(l[-3:], l[slice(None, 2)], l[1:][0])
# --- calls
print(*[1], *(2, 3), **{'sep': '-'})
print(max([3, 1], key=lambda v: -v), 'a'.join(map(str, (1, 2))))
# --- chained
a = 3
print(1 < a <= 3 != 4, not a, -a, ~a, a if a else 0, a and 0 or 5, a is not None)
# --- class cell
class A:
    def f(self): return __class__.__name__
print(A().f())
# --- names as they are
def f(): return sorted(locals())
x = 1
print(f(), [n for n in dir() if n in ('x', 'f')])
# --- assertions
assert 1 < 2, 'fine'
assert torch.ones(2).sum() == 3, 'wrong'
# --- an error in the middle
def f(v):
    return (v +
            unknown)
f(1)
'''
SYNTAX = {name: source for name, _, source in (part.partition("\n") for part in _TEXT.split("# --- ")[1:])}


def both(sandbox: Sandbox, source: str) -> tuple[Observation, Observation]:
    """Run a program as it is, and in steps."""
    programs = (Program(code=source), Program(code=source, trace=True))
    plain, traced = sandbox.run(Job(programs, "learner", LIMITS, (1, 1)))
    return plain, traced


@pytest.mark.parametrize("source", SYNTAX.values(), ids=SYNTAX)
def test_all_of_the_syntax_does_what_it_does(sandbox: Sandbox, source: str) -> None:
    plain, traced = both(sandbox, source)
    assert plain.stdout or plain.raised
    assert (traced.stdout, traced.raised, traced.warned) == (plain.stdout, plain.raised, plain.warned)


@pytest.mark.parametrize("count", [400, 2500])
@pytest.mark.parametrize(
    ("begin", "again", "end"),
    [
        pytest.param("a = torch.ones(2)\nx = a", " + a", "\nprint(x)", id="a long sum"),
        pytest.param("a = 1\nx = ", "-", "a\nprint(x)", id="many signs"),
        pytest.param("a = 1\nif a == 0: pass\n", "elif a == 2: pass\n", "else: print(a)", id="many branches"),
    ],
)
def test_a_deep_program_runs_as_it_does(
    sandbox: Sandbox, begin: str, again: str, end: str, count: int
) -> None:
    plain, traced = both(sandbox, begin + again * count + end)
    assert plain.stdout
    assert (traced.stdout, traced.raised) == (plain.stdout, plain.raised)


def test_a_long_chain_has_all_its_steps(sandbox: Sandbox) -> None:
    _, traced = both(sandbox, "x = torch.ones(2)\ny = x" + ".neg()" * 390)
    assert traced.trace is not None
    assert (len(traced.trace.steps), traced.trace.more) == (392, 0)


def test_what_python_cannot_read_fails_where_it_does(sandbox: Sandbox) -> None:
    plain, traced = both(sandbox, "x = 1\ny = f(2 3)")
    assert (traced.raised, traced.stdout) == (plain.raised, plain.stdout)
    assert traced.trace is not None
    assert traced.trace.failure is not None
    place = traced.trace.failure.place
    assert (traced.trace.failure.call.node, place.line, place.column, place.end_column) == ("syntax", 2, 6, 9)
