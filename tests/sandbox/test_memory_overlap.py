"""Whether tensors share memory, against the set of every element's addresses."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tensordrill.sandbox.client import Sandbox
from tensordrill.sandbox.protocol import Bool, Job, Observation, Program, Tuple

SHARING = Path(__file__).parents[2] / "tensordrill" / "sandbox" / "child" / "memory_overlap.py"

BRUTE_FORCE = """
import itertools

def addresses(tensor):
    found = set()
    for index in itertools.product(*map(range, tensor.shape)):
        first = tensor[index].data_ptr()
        found.update(range(first, first + tensor.element_size()))
    return found

def chain(tensor, steps):
    for step in steps:
        try:
            tensor = step(tensor)
        except (RuntimeError, IndexError, TypeError):
            pass  # not for this shape or dtype
    return tensor
"""


def ask(sandbox: Sandbox, text: str, code: str = "") -> Observation:
    (observation,) = sandbox.run(Job((Program(given=BRUTE_FORCE, code=code, ask=text),)))
    return observation


sizes = st.integers(0, 4)
dims = st.integers(-2, 2)
steps = st.one_of(
    st.builds("lambda t: t[{}:{}:{}]".format, sizes, st.integers(0, 9), st.integers(1, 3)),
    st.builds("lambda t: t[..., {}:{}:{}]".format, sizes, st.integers(0, 9), st.integers(1, 3)),
    st.builds("lambda t: t[{}]".format, sizes),
    st.builds("lambda t: t.unsqueeze({})".format, dims),
    st.builds("lambda t: t.transpose({}, {})".format, dims, dims),
    st.builds("lambda t: t.expand({}, *t.shape)".format, st.integers(1, 3)),
    st.builds("lambda t: t.diagonal({})".format, st.integers(-1, 1)),
    st.builds("lambda t: t.unfold(0, {}, {})".format, st.integers(1, 3), st.integers(1, 3)),
    st.builds("lambda t: t.reshape({}, -1)".format, st.integers(1, 6)),
    st.builds(
        "lambda t: t.as_strided(({}, {}), ({}, {}), {})".format,
        sizes,
        sizes,
        sizes,
        st.integers(0, 6),
        st.integers(0, 20),
    ),
    st.builds(
        "lambda t: t.view(torch.{})".format,
        st.sampled_from(["uint8", "int16", "float32", "int64", "complex64", "bool"]),
    ),
    st.sampled_from(
        [
            f"lambda t: t.{name}"
            for name in ("clone()", "real", "imag", "conj()", "squeeze()", "flatten()", "mT")
        ]
    ),
)
chains = st.lists(steps, max_size=4).map(lambda chain: "[" + ", ".join(chain) + "]")
bases = st.sampled_from(
    [
        "torch.arange(24, dtype=torch.uint8)",
        "torch.arange(24, dtype=torch.int16).reshape(4, 6)",
        "torch.arange(24.).reshape(2, 3, 4)",
        "torch.arange(24).reshape(4, 6)[1:, 1:]",
        "torch.ones(3, 4, dtype=torch.complex64)",
    ]
)


@given(base=bases, first=chains, second=chains)
def test_sharing_is_a_common_address(sandbox: Sandbox, base: str, first: str, second: str) -> None:
    """Law: two tensors share memory when some byte of an element of one is a byte of an element of the other."""
    code = f"x = {base}\na, b = chain(x, {first}), chain(x, {second})"
    everything = "(shares_memory(a, b), shares_memory(b, a), bool(addresses(a) & addresses(b)))"
    answer = ask(sandbox, everything, code)
    assert isinstance(answer.value, Tuple), answer
    one_way, other_way, expected = answer.value.v
    assert (one_way, other_way) == (expected, expected)


@given(base=bases, views=chains)
def test_a_tensor_shares_with_itself_unless_it_is_empty(sandbox: Sandbox, base: str, views: str) -> None:
    """Law: sharing is reflexive but for tensors without elements, which share with nothing."""
    code = f"x = chain({base}, {views})"
    answer = ask(sandbox, "(shares_memory(x, x), shares_memory(x, x.clone()), x.numel() > 0)", code)
    assert isinstance(answer.value, Tuple), answer
    itself, copy, has_elements = answer.value.v
    assert (itself, copy) == (has_elements, Bool(False))


SHARE = [
    pytest.param("x, x", id="itself"),
    pytest.param("x, x.view(-1)", id="view"),
    pytest.param("x, x.t()", id="transposed"),
    pytest.param("x[0], x[:, 0]", id="row-and-column"),
    pytest.param("x[0, 0], x", id="0-d"),
    pytest.param("x[0, 0], x[0, 0]", id="0-d-twice"),
    pytest.param("f[::2], f[::3]", id="common-multiples"),
    pytest.param("f[:1].expand(5), f", id="expanded"),
    pytest.param("f[1:], f[:-1]", id="shifted"),
    pytest.param("f.view(torch.uint8)[3:4], f[0]", id="a-byte-of-an-element"),
    pytest.param("c.real, c", id="real-part"),
    pytest.param("c.imag, torch.view_as_real(c)[..., 1]", id="imaginary-parts"),
    pytest.param("c, c.conj()", id="conjugate"),
    pytest.param("x, x.detach()", id="detached"),
    pytest.param("f, nn.Parameter(f)", id="parameter"),
    pytest.param("f, torch.from_numpy(f.numpy())", id="through-numpy"),
    pytest.param("m, m[1]", id="meta"),
    pytest.param("odd[::2], even[::2]", id="half-an-element"),
    pytest.param("g, g.t()", id="large-transposed"),
    pytest.param("g.expand(10**6, 6000, 6000), g", id="large-expanded"),
]

APART = [
    pytest.param("x, x.clone()", id="copy"),
    pytest.param("x[0], x[1]", id="rows"),
    pytest.param("f[::2], f[1::2]", id="even-and-odd"),
    pytest.param("x[:, 0], x[:, 1]", id="columns"),
    pytest.param("x[0, 0], x[0, 1]", id="0-d-neighbours"),
    pytest.param("f[:3], f[3:]", id="halves"),
    pytest.param("x[:0], x", id="empty"),
    pytest.param("x[:0], x[:0]", id="empty-twice"),
    pytest.param("c.real, c.imag", id="real-and-imaginary"),
    pytest.param("f.view(torch.uint8)[::4], f.view(torch.uint8)[1::4]", id="bytes-of-one-element"),
    pytest.param("f.as_strided((2,), (4,)), f.as_strided((2,), (4,), 1)", id="strided-apart"),
    pytest.param("m, torch.zeros(2, 3, device='meta')", id="meta-of-other-storage"),
    pytest.param("m[0], m[1]", id="meta-rows"),
    pytest.param("m, x", id="meta-and-cpu"),
    pytest.param("x, x[[0, 1]]", id="indexed"),
    pytest.param("x.t(), x.t().contiguous()", id="made-contiguous"),
    pytest.param("g, f", id="large-and-small"),
    pytest.param("g[:3000].t(), g[3000:].t()", id="large-halves"),
]

NAMES = """
x = torch.arange(6).reshape(2, 3)
f = torch.arange(8.)
c = torch.ones(4, dtype=torch.complex64)
m = torch.zeros(2, 3, device='meta')
raw = bytearray(16)
even, odd = torch.frombuffer(raw, dtype=torch.int16), torch.frombuffer(raw, dtype=torch.int16, count=7, offset=1)
g = torch.empty(6000, 6000, dtype=torch.uint8)
"""


@pytest.mark.parametrize("pair", SHARE)
def test_share(sandbox: Sandbox, pair: str) -> None:
    assert ask(sandbox, f"shares_memory({pair})", NAMES).value == Bool(True)


@pytest.mark.parametrize("pair", APART)
def test_apart(sandbox: Sandbox, pair: str) -> None:
    assert ask(sandbox, f"shares_memory({pair})", NAMES).value == Bool(False)


@pytest.mark.parametrize(
    "pair",
    [
        pytest.param("x, 3", id="number"),
        pytest.param("None, x", id="none"),
        pytest.param("x, x.numpy()", id="array"),
        pytest.param("x, x.to_sparse()", id="sparse"),
    ],
)
def test_only_strided_tensors_are_compared(sandbox: Sandbox, pair: str) -> None:
    raised = ask(sandbox, f"shares_memory({pair})", NAMES).raised
    assert raised is not None
    assert (raised.name, raised.message) == ("TypeError", "shares_memory() compares two strided tensors")


def test_the_module_stands_alone(tmp_path: Path) -> None:
    shutil.copy(SHARING, tmp_path)
    code = "import doctest, memory_overlap; print(doctest.testmod(memory_overlap))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, check=False, capture_output=True, text=True
    )
    assert (done.stdout, done.stderr) == ("TestResults(failed=0, attempted=2)\n", "")
