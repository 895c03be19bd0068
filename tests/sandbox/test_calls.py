"""A child's report of torch calls: the tensors as regions of memory, what was made and what was written."""

from __future__ import annotations

import json

import msgspec
import pytest

from tensordrill.sandbox.calls import CallLog, LoggedCall, Region
from tensordrill.sandbox.client import Sandbox
from tensordrill.sandbox.protocol import Job, Program, decode_reply

X = "x = torch.arange(6).reshape(2, 3)"
WHOLE = Region(0, "int64", 0, (2, 3), (3, 1))


def calls(sandbox: Sandbox, code: str, given: str = X, ask: str = "None") -> CallLog:
    (observation,) = sandbox.run(Job((Program(given=given, code=code, ask=ask, watch=True),)))
    assert observation.calls is not None
    return observation.calls


def test_tensors_are_places_in_the_regions_that_they_read(sandbox: Sandbox) -> None:
    log = calls(sandbox, "y = x[1].unsqueeze(0)", ask="(y, x)")
    assert log == CallLog(
        regions=(WHOLE, Region(0, "int64", 24, (3,), (1,)), Region(0, "int64", 24, (1, 3), (3, 1))),
        made=(
            LoggedCall("__getitem__", operands=(0,), plain=(1,), results=(1,)),
            LoggedCall("unsqueeze", operands=(1,), plain=(0,), results=(2,)),
        ),
        given={"x": (0,)},
        bound={"y": (2,)},
        result=(2, 0),
    )


def test_new_memory_has_a_number_and_a_checksum(sandbox: Sandbox) -> None:
    one, other, third = calls(sandbox, "x + 1; 1 + x; x - 1").made
    assert (one.function, one.operands, one.plain) == ("add", (0,), (1,))
    assert one.results != other.results
    assert one.values == other.values != third.values
    assert len(one.values) == 8


@pytest.mark.parametrize(
    ("code", "wrote"),
    [
        pytest.param("x.add_(1)", (0,), id="in-place"),
        pytest.param("x[0, 0] = 9", (0,), id="item"),
        pytest.param("torch.add(x, 1, out=x)", (0,), id="out"),
        pytest.param("x.t_()", (0,), id="strides"),
        pytest.param("x + 1", (), id="nothing"),
        pytest.param("x.view(-1)", (), id="a-view"),
    ],
)
def test_what_was_written_is_told_by_its_memory(sandbox: Sandbox, code: str, wrote: tuple[int, ...]) -> None:
    assert {number for call in calls(sandbox, code).made for number in call.wrote} == set(wrote)


def test_memory_that_is_freed_gives_its_number_to_no_other(sandbox: Sandbox) -> None:
    log = calls(sandbox, "for _ in range(5):\n    torch.zeros(3) + 1")
    assert [log.regions[place].memory for call in log.made for place in call.results] == list(range(1, 11))


def test_a_call_that_raises_is_noted_as_such(sandbox: Sandbox) -> None:
    assert calls(sandbox, "x.t(); x.view(7)").made[1] == LoggedCall(
        "view", operands=(0,), plain=(7,), raised=True
    )


def test_names_are_noted_that_were_bound_anew(sandbox: Sandbox) -> None:
    given = f"{X}\nk = 3\npieces = [x, x[0]]"
    log = calls(sandbox, "k = x\ny = x\nx = 5\n_hidden = y\nn = 4\npairs = (k, [y])", given)
    assert log.given == {"x": (0,), "pieces": (0, 1)}
    assert log.bound == {"k": (0,), "x": (), "y": (0,), "pairs": (0, 0)}


@pytest.mark.parametrize(
    "code",
    [
        pytest.param("torch.empty(3, dtype=torch.int64)", id="never-filled"),
        pytest.param("torch.zeros(5000)", id="too-large"),
        pytest.param("torch.eye(2).to_sparse()", id="sparse"),
        pytest.param("torch.ones(2, device='meta')", id="meta"),
    ],
)
def test_values_that_cannot_be_told_have_no_checksum(sandbox: Sandbox, code: str) -> None:
    assert calls(sandbox, code).made[-1].values == ""


@pytest.mark.parametrize(
    ("code", "plain"),
    [
        pytest.param("x.sum(1, keepdim=True)", (1, "True"), id="by-position-and-by-name"),
        pytest.param("x.permute((1, 0))", (1, 0), id="nested"),
        pytest.param("x[..., 1:]", ("Ellipsis", "1::"), id="index"),
        pytest.param("x.to(torch.float64)", ("torch.float64",), id="dtype"),
        pytest.param("x.sum(dim=None)", ("None",), id="none"),
        pytest.param("torch.full((2,), 10**30 * 1.0)", (2, "1e+30"), id="large"),
        pytest.param("torch.zeros(2, generator=None, device=torch.device('cpu'))", None, id="an-object"),
    ],
)
def test_other_arguments_stand_in_the_order_of_the_call(
    sandbox: Sandbox, code: str, plain: tuple[int | str, ...] | None
) -> None:
    (call,) = calls(sandbox, code).made
    if plain is not None:
        assert call.plain == plain


def test_after_many_calls_only_names_are_noted(sandbox: Sandbox) -> None:
    log = calls(sandbox, "for _ in range(400):\n    x.t()\nx.sum()\nx.sum()")
    assert (len(log.made), log.more) == (301, 102)
    assert log.made[-1] == LoggedCall("sum")


def test_more_memory_than_is_held_only_leaves_names(sandbox: Sandbox) -> None:
    log = calls(sandbox, "for _ in range(9):\n    torch.zeros(10**7, dtype=torch.uint8)")
    assert (len(log.made), log.more) == (7, 2)


@pytest.mark.parametrize(
    "code",
    [
        pytest.param("torch.vmap(lambda row: row * 2)(x)", id="a-transform"),
        pytest.param("x.float().requires_grad_().sum().backward()", id="backward"),
        pytest.param("with torch.inference_mode():\n    y = x + 1\n    y.add_(1)", id="inference"),
        pytest.param("torch.nested.nested_tensor([x, x[:1]]).float()", id="nested"),
        pytest.param(
            "class Mine(torch.Tensor):\n    pass\nx.as_subclass(Mine).add(1).t().contiguous()",
            id="a-subclass",
        ),
        pytest.param("class Liar:\n    __class__ = torch.Tensor\ny = Liar()", id="a-liar"),
        pytest.param("nn.Linear(3, 2)(x.float())", id="a-module"),
        pytest.param("torch.jit.script(nn.Linear(3, 2))(x.float())", id="compiled"),
        pytest.param("torch.func.grad(lambda t: (t ** 2).sum())(x.float())", id="a-gradient"),
        pytest.param("with torch.device('cpu'):\n    y = torch.ones(2)", id="a-device"),
        pytest.param("import copy\ny = copy.deepcopy(x)", id="a-deep-copy"),
        pytest.param("for _ in range(4):\n    torch.empty(3 * 10**8, dtype=torch.uint8)", id="much-memory"),
        pytest.param("torch.stack([x] * 1000)", id="a-thousand-operands"),
        pytest.param("y = []\ny.append(y)\nz = y", id="a-list-in-itself"),
    ],
)
def test_a_watched_program_runs_as_if_nobody_looked(sandbox: Sandbox, code: str) -> None:
    observation, unwatched = sandbox.run(
        Job((Program(given=X, code=code, ask="x", watch=True), Program(given=X, code=code, ask="x")))
    )
    assert (observation.raised, observation.failure) == (unwatched.raised, unwatched.failure) == (None, None)
    assert observation.value == unwatched.value
    assert observation.calls is not None


@pytest.mark.parametrize(
    "report",
    [
        pytest.param({"result": [0]}, id="a-region-that-is-none"),
        pytest.param({"made": [{"function": "t", "operands": [0]}]}, id="an-operand-that-is-none"),
        pytest.param({"given": {"x": [-1]}}, id="negative"),
        pytest.param({"regions": [[0, "int64", 0, []]]}, id="half-a-region"),
        pytest.param({"made": [{"function": "\x1b[2J"}]}, id="a-name-that-steers-a-terminal"),
        pytest.param({"made": [{"function": "t"}] * 2001}, id="too-many-calls"),
        pytest.param({"made": [{"function": "t", "plain": [0] * 65}]}, id="too-many-arguments"),
        pytest.param({"more": 2**64}, id="a-number-too-large"),
        pytest.param({"verdict": "right"}, id="another-field"),
    ],
)  # fmt: skip
def test_what_is_no_report_does_not_decode(report: dict[str, object]) -> None:
    with pytest.raises(msgspec.ValidationError):
        decode_reply(json.dumps({"index": 0, "observation": {"calls": report}}).encode())
