"""Reasons are true: drawn programs are run, and the claims of their reasons are tried in torch."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tensordrill.messages import parts
from tensordrill.sandbox.client import Sandbox
from tests.explanation.reasoning import Failing, failing, raises

SIZES = st.sampled_from((0, 1, 1, 2, 2, 3, 4, 6))
SHAPES = st.lists(SIZES, max_size=4).map(tuple)
DIMS = st.integers(-5, 5)
DTYPES = st.sampled_from(("float32",) * 4 + ("float64", "int64", "bool"))
BATCH = 150
ROUNDS = settings(max_examples=3, phases=(Phase.generate,))  # shrinking lists of programs takes minutes


@st.composite
def tensors(draw: st.DrawFn, shapes: st.SearchStrategy[Any] = SHAPES, dtype: str = "float32") -> str:
    """Draw a tensor, some of them with strides that are not a fresh one's."""
    shape = draw(shapes)
    text = f"torch.ones({shape}, dtype=torch.{dtype})"
    if len(shape) > 1 and draw(st.booleans()):
        return (
            text
            + f".transpose({draw(st.integers(0, len(shape) - 1))}, {draw(st.integers(0, len(shape) - 1))})"
        )
    ways = ("", "", ".expand((2, *{0}))", "[:, ::2]" if len(shape) > 1 else "")
    return text + draw(st.sampled_from(ways)).format(shape)


@st.composite
def pairs(draw: st.DrawFn) -> tuple[str, str]:
    """Draw two tensors whose shapes often nearly fit."""
    first = draw(SHAPES)
    other = tuple(draw(st.sampled_from((size, size, 1, 3))) for size in first[draw(st.integers(0, 2)) :])
    return draw(tensors(st.just(first))), draw(tensors(st.just(other)))


def named(pair: tuple[str, str]) -> str:
    return f"a = {pair[0]}\nb = {pair[1]}\n"


sizes = st.lists(st.sampled_from((-1, 0, 1, 2, 3, 4, 6, 12)), min_size=1, max_size=4).map(tuple)
VIEWS = st.builds(
    "x = {0}\nx.{1}{2}".format,
    tensors(),
    st.sampled_from(("view", "reshape", "expand")),
    sizes.map(list).map(lambda each: f"(*{each})"),
)
REDUCING = st.sampled_from("sum mean prod amax softmax cumsum squeeze unsqueeze sort unbind flip".split())
REDUCED = st.builds(
    lambda x, name, dim: f"x = {x}\nx.{name}({dim}{', 0' if name == 'select' else ''})",
    tensors(),
    REDUCING,
    DIMS,
)
OPERATED = st.builds(
    lambda pair, sign: named(pair) + f"a {sign} b", pairs(), st.sampled_from("+ * @ == / <".split())
)
IN_PLACE = st.builds(
    lambda pair, sign, dtype: named(pair).replace("float32", dtype, 1) + f"a {sign}= b",
    pairs(),
    st.sampled_from(("+", "*", "-", "/")),
    DTYPES,
)
MULTIPLIED = st.builds(
    lambda pair, name: named(pair) + f"torch.{name}(a, b)",
    pairs(),
    st.sampled_from("mm mv dot bmm outer".split()),
)
TYPED = st.builds(
    lambda a, b: f"a = torch.ones(2, 2, dtype=torch.{a})\nb = torch.ones(2, 2, dtype=torch.{b})\na @ b",
    DTYPES,
    DTYPES,
)
JOINED = st.builds(
    lambda pair, name, dim: named(pair) + f"torch.{name}([a, b], {dim})",
    pairs(),
    st.sampled_from(("cat", "stack")),
    DIMS,
)
PARTS = st.sampled_from(
    ("0", "-1", "2", "4", "-4", ":", "1:", "...", "None", "torch.ones(3, dtype=torch.bool)", "torch.tensor([0, 2])",
     "torch.tensor([4])")
)  # fmt: skip
INDEXED = st.builds(
    lambda x, parts: f"x = {x}\nx[{', '.join(parts)}]", tensors(), st.lists(PARTS, min_size=1, max_size=3)
)
ASSIGNED = st.builds(
    lambda x, parts, y: f"x = {x}\ny = {y}\nx[{', '.join(parts)}] = y",
    tensors(),
    st.lists(PARTS, min_size=1, max_size=2),
    tensors(),
)
LAYERS = st.sampled_from(
    ("nn.Conv2d(3, 4, 3)", "nn.Conv2d(4, 4, 3, groups=2)", "nn.Conv2d(2, 4, 2, padding=1, dilation=2)",
     "nn.Conv1d(2, 4, 3)", "nn.ConvTranspose2d(3, 4, 2)", "nn.MaxPool2d(3)", "nn.AvgPool2d(2, padding=1)",
     "nn.LayerNorm(3)", "nn.GroupNorm(2, 4)", "nn.BatchNorm1d(3)", "nn.BatchNorm2d(3)", "nn.InstanceNorm2d(3)",
     "nn.Linear(3, 2)", "nn.RNN(3, 2)", "nn.GRUCell(3, 2)", "nn.PixelShuffle(2)")
)  # fmt: skip
LAYERED = st.builds("m = {}\nx = {}\nm(x)".format, LAYERS, tensors(dtype="float32"))
PAIRED = st.builds(
    lambda pair, name: named(pair) + f"{name}(a, b)",
    pairs(),
    st.sampled_from(
        (
            "torch.cdist",
            "torch.vdot",
            "torch.logaddexp",
            "F.linear",
            "F.l1_loss",
            "F.conv1d",
            "torch.tensordot",
        )
    ),
)
PROGRAMS = st.one_of(
    LAYERED, PAIRED, VIEWS, REDUCED, OPERATED, IN_PLACE, MULTIPLIED, TYPED, JOINED, INDEXED, ASSIGNED
)


def replaced(case: Failing, old: str, new: str) -> str:
    """Return the program with its last line changed."""
    head, _, last = case.source.rpartition("\n")
    return f"{head}\n{last.replace(old, new, 1)}"


def ends_with(case: Failing, line: str) -> str:
    """Return the program with its last line replaced."""
    return case.source.rpartition("\n")[0] + "\n" + line


Claims = tuple[list[str], list[str]]
"""Programs that must work, and programs that must raise."""


def _dims(case: Failing, values: Mapping[str, Any]) -> Claims:
    dim, low, high = (
        str(values["dim"]),
        int(values.get("low", -1)),
        int(values.get("high", 0)),
    )  # of a 0-d tensor
    if values["function"] in ("mean", "softmax", "sum", "amax", "prod", "stack", "cat"):
        return [], [replaced(case, f"{dim})", f"{outside})") for outside in (low - 1, high + 1)]
    good = [replaced(case, f"({dim}", f"({inside}") for inside in (low, high)]
    return good, [replaced(case, f"({dim}", f"({outside}") for outside in (low - 1, high + 1)]


def _broadcast(_: Failing, values: Mapping[str, Any]) -> Claims:
    a, b = values["shape_a"], values["shape_b"]
    assert values["m"] == a[values["i"]] != b[values["j"]] == values["n"]
    assert 1 not in (values["m"], values["n"])
    assert len(a) - values["i"] == len(b) - values["j"]
    return [], [f"torch.ones({values['m']}) + torch.ones({values['n']})"]


def _strides(case: Failing, values: Mapping[str, Any]) -> Claims:
    step = [step.tensor for step in case.seen.trace.steps if case.seen.trace][-1]  # type: ignore[union-attr]
    outer, inner = values["outer"], values["inner"]
    assert step.stride is not None
    assert step.stride[outer] != step.shape[inner] * step.stride[inner] == values["product"]
    assert all(size == 1 for size in step.shape[outer + 1 : inner])
    return [], []


def _inner(_: Failing, values: Mapping[str, Any]) -> Claims:
    a, b = values["shape_a"], values["shape_b"]
    assert values["m"] == a[-1] != b[-2 if len(b) > 1 else 0] == values["n"]
    return [], []


def _index(_: Failing, values: Mapping[str, Any]) -> Claims:
    size, x = values["size"], f"torch.ones({values['shape']}).movedim({values['dim']}, 0)"
    assert (values["low"], values["high"]) == (-size, size - 1)
    return [f"{x}[{values['low']}]", f"{x}[{values['high']}]"], [f"{x}[{values['index']}]"]


def _mask(_: Failing, values: Mapping[str, Any]) -> Claims:
    assert values["shape_mask"][values["at"]] == values["m"] != values["shape"][values["dim"]] == values["n"]
    return [], []


def _placed(case: Failing, values: Mapping[str, Any]) -> Claims:
    place, wanted = values["place"], values["wanted"]
    fits = ends_with(case, f"assert {place}.shape == {wanted}")
    return [fits], [f"torch.zeros({wanted})[...] = torch.zeros({values['shape']})"]


def _grown(case: Failing, values: Mapping[str, Any]) -> Claims:
    line = f"assert torch.broadcast_shapes(a.shape, b.shape) == {values['shape']} != a.shape"
    return [ends_with(case, line)], []


def _cast(case: Failing, values: Mapping[str, Any]) -> Claims:
    return [ends_with(case, f"assert not torch.can_cast((a {values['function'][0]} b).dtype, a.dtype)")], []


def _joined(_: Failing, values: Mapping[str, Any]) -> Claims:
    a, b, at = values["shape_a"], values["shape_b"], values["at"]
    assert a[at] == values["m"] != values["n"] == b[at]
    assert at != values["dim"]
    return [], []


def _sizes(_: Failing, values: Mapping[str, Any]) -> Claims:
    a, b = values["shape_a"], values["shape_b"]
    assert a[values["i"]] == values["m"] != values["n"] == b[values["j"]]
    return [], []


def _channels(case: Failing, values: Mapping[str, Any]) -> Claims:
    """Run the layer with as many channels as it is said to take."""
    if "nn." not in case.source:
        return [], []
    sizes = f"2, {values['wanted']}, 9" + ", 9" * ("2d(" in case.source)
    return [ends_with(case, f"m(torch.ones({sizes}))")], []


def _kernel(case: Failing, values: Mapping[str, Any]) -> Claims:
    """Run it with each dim that is too small as large as the kernel."""
    assert values["size"] < values["reach"]
    return [], [ends_with(case, f"x = x.narrow({values['dim']}, 0, {values['size']})\nm(x)")]


def _fix(case: Failing, values: Mapping[str, Any]) -> Claims:
    return [ends_with(case, values["fix"])], []


def _with(case: Failing, values: Mapping[str, Any]) -> Claims:
    """Run the last line with the fix in place of the operand that it begins with."""
    last, (name, _, _) = case.source.rpartition("\n")[2], values["fix"].partition(".")
    changed = re.sub(rf"\b{name}\b", "changed", last, count=1)
    return [ends_with(case, f"changed = {values['fix']}\n{changed}")], []


CLAIMS: dict[str, Callable[[Failing, Mapping[str, Any]], Claims]] = {
    "dims-range": _dims,
    "dims-range-new": _dims,
    "dims-range-flat": _dims,
    "views-elements": lambda _, v: (
        [f"assert torch.Size({v['shape']}).numel() == {v['total']} != {v['count']}"],
        [],
    ),
    "views-remainder": lambda _, v: (
        [f"assert {v['total']} == {v['times']} * {v['known']} + {v['left']} and {v['left']}"],
        [],
    ),
    "views-fitting": lambda case, v: ([replaced(case, case.source.rpartition("(")[2], f"*{v['fitting']})")], []),
    "views-strides": _strides,
    "broadcasts-clash": _broadcast,
    "broadcasts-expand": lambda _, v: (
        [f"assert {v['shape']}[{v['dim']}] == {v['size']} != {v['wanted']} and {v['size']} != 1"],
        [],
    ),
    "broadcasts-expand-repeat": lambda case, v: ([ends_with(case, f"assert {v['fix']}.shape == {v['result']}")], []),
    "broadcasts-grow": _grown,
    "dtypes-cast": _cast,
    "products-inner": _inner,
    "fixes-use": _fix,
    "fixes-with": _with,
    "fixes-copy": lambda case, v: ([replaced(case, "view", v["fix"])], []),
    "sizes-same": _sizes,
    "sizes-dims": lambda _, v: ([f"assert len({v['shape']}) == {v['n']}"], []),
    "convolutions-channels": _channels,
    "convolutions-kernel": lambda case, v: _kernel(case, v) if "nn." in case.source else ([], []),
    "layers-divided": lambda _, v: ([f"assert {v['count']} % {v['groups']}"], []),
    "indexing-range": _index,
    "indexing-mask": _mask,
    "indexing-mask-later": _fix,
    "indexing-value": _placed,
    "cat-size": _joined,
    "cat-other-dim": lambda case, v: ([ends_with(case, f"torch.cat([a, b], {v['dim']})")], []),
    "cat-instead": lambda case, v: ([ends_with(case, f"torch.cat([a, b], {v['dim']})")], []),
}  # fmt: skip
"""The claim of each sentence, as programs; sentences that are not here state what the facts say already."""


@ROUNDS
@given(drawn=st.lists(PROGRAMS, min_size=BATCH, max_size=BATCH))
def test_claims_hold_in_torch(sandbox: Sandbox, drawn: list[str]) -> None:
    work: list[str] = []
    fail: list[str] = []
    for case in failing(sandbox, drawn):
        for message in case.messages:
            if message.name in CLAIMS:
                good, bad = CLAIMS[message.name](case, message.values)
                work += good
                fail += bad
    assert [source for source, raised in zip(work, raises(sandbox, work), strict=True) if raised] == []
    assert [source for source, raised in zip(fail, raises(sandbox, fail), strict=True) if not raised] == []


@ROUNDS
@given(drawn=st.lists(PROGRAMS, min_size=BATCH, max_size=BATCH))
def test_nearly_every_failure_of_these_kinds_has_a_reason(sandbox: Sandbox, drawn: list[str]) -> None:
    cases = failing(sandbox, drawn)
    assert sum(not case.messages for case in cases) <= len(cases) / 10


@pytest.mark.parametrize("name", sorted(CLAIMS))
def test_claims_are_about_sentences_that_exist(name: str) -> None:
    assert any(name in words for words in parts())
