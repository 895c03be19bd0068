"""Whatever a child writes is either a well-formed observation or a crash of that one program."""

from __future__ import annotations

import base64
import json
import struct
from collections.abc import Iterator

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tensordrill.sandbox.child.wire import ITEM_BYTES, MAX_FRAME
from tensordrill.sandbox.client import Sandbox
from tensordrill.sandbox.frames import Frames, Replies
from tensordrill.sandbox.protocol import (
    Bool,
    Class,
    Complex,
    Dict,
    Dtype,
    Float,
    Int,
    Job,
    Limits,
    List,
    Nothing,
    Observation,
    Other,
    Program,
    Raised,
    Reply,
    Size,
    Tensor,
    Text,
    Trust,
    Tuple,
    Value,
    encode,
)
from tests.needs import linux, rarely

MODES = [pytest.param("fork", marks=linux), *rarely([pytest.param("spawn", id="spawn")])]
GENEROUS = Limits(patience=100)
ONLY = (Program(),)
ONE = Program(ask="1")

WRITE = """
import os
def write(written):
    for descriptor in range(3, 32):
        try:
            while written:
                done = os.write(descriptor, written[:65536])
                written = written[done:]
        except OSError:
            pass
def send(body):
    write(len(body).to_bytes(4, "big") + body)
"""


@pytest.fixture(scope="module")
def spawning() -> Iterator[Sandbox]:
    with Sandbox({"TENSORDRILL_LAB": "spawn"}) as opened:
        yield opened


@pytest.fixture(params=MODES)
def each(request: pytest.FixtureRequest) -> Sandbox:
    """The sandbox in each of its modes."""
    opened: Sandbox = request.getfixturevalue("sandbox" if request.param == "fork" else "spawning")
    return opened


def run(
    sandbox: Sandbox, *programs: Program, trust: Trust = "learner", limits: Limits = GENEROUS
) -> list[object]:
    return [
        result.failure or (result.raised.name if result.raised else result.value)
        for result in sandbox.run(Job(programs, trust, limits))
    ]


def reply(value: object = None, index: object = 0, **more: object) -> bytes:
    """A reply's JSON, with whatever fields a forger likes."""
    observation = {} if value is None else {"value": value}
    return json.dumps({"index": index, "observation": observation | more}).encode()


def tensor(**fields: object) -> dict[str, object]:
    good = {"t": "tensor", "dtype": "int64", "shape": [1], "data": base64.b64encode(bytes(8)).decode()}
    return good | fields


def nested(depth: int) -> bytes:
    return b'{"t":"list","v":[' * depth + b"]}" * depth


# ---- what is a reply and what is not ---------------------------------------------------------------------

GOOD = [
    pytest.param(reply(), Observation(), id="nothing"),
    pytest.param(reply({"t": "none"}), Observation(value=Nothing()), id="none"),
    pytest.param(reply({"t": "int", "v": "-12"}), Observation(value=Int("-12")), id="int"),
    pytest.param(
        reply({"t": "text", "v": "é\n\t\U0001f600"}), Observation(value=Text("é\n\t\U0001f600")), id="text"
    ),
    pytest.param(reply({"t": "float", "v": "nan"}), Observation(value=Float("nan")), id="nan"),
    pytest.param(reply({"t": "float", "v": "-1.5e-300"}), Observation(value=Float("-1.5e-300")), id="float"),
    pytest.param(reply(tensor()), Observation(value=Tensor("int64", (1,), bytes(8))), id="tensor"),
    pytest.param(
        reply(tensor(shape=[0, 3], data="")),
        Observation(value=Tensor("int64", (0, 3), b"")),
        id="empty-tensor",
    ),
    pytest.param(reply(tensor(shape=[])), Observation(value=Tensor("int64", (), bytes(8))), id="0-d-tensor"),
    pytest.param(
        b' {"observation": {"stdout": "\\u00e9"}, "index": 0} ',
        Observation(stdout="é"),
        id="order-and-spaces",
    ),
]

BAD = [
    pytest.param(b"", id="empty"),
    pytest.param(b"\xff\xfe", id="not-utf-8"),
    pytest.param(b"correct", id="not-json"),
    pytest.param(b"null", id="null"),
    pytest.param(b"[]", id="list"),
    pytest.param(b"{}", id="no-fields"),
    pytest.param(reply() + b"x", id="trailing-bytes"),
    pytest.param(reply() + reply(), id="two-in-a-frame"),
    pytest.param(b"[" * 100_000, id="deep-brackets"),
    pytest.param(b'{"index":0,"observation":{"value":' + nested(10_000) + b"}}", id="deep-lists"),
    pytest.param(b'{"index":0,"observation":{},"verdict":"correct"}', id="unknown-key-of-reply"),
    pytest.param(reply(verdict="correct"), id="unknown-key-of-observation"),
    pytest.param(reply({"t": "int", "v": "1", "correct": True}), id="unknown-key-of-value"),
    pytest.param(reply({"t": "verdict", "v": "correct"}), id="unknown-tag"),
    pytest.param(reply({"v": "1"}), id="no-tag"),
    pytest.param(reply(7), id="bare-value"),
    pytest.param(reply(index=1), id="index-ahead"),
    pytest.param(reply(index=10**30), id="index-huge"),
    pytest.param(reply(index="0"), id="index-text"),
    pytest.param(reply(index=None), id="index-null"),
    pytest.param(reply(failure="excellent"), id="unknown-failure"),
    pytest.param(reply(seconds="1"), id="seconds-text"),
    pytest.param(reply(stdout=None), id="stdout-null"),
    pytest.param(b'{"index":0,"observation":{"seconds":NaN}}', id="nan-in-json"),
    pytest.param(b'{"index":0,"observation":{"stdout":"\\ud800"}}', id="lone-surrogate"),
    pytest.param(reply({"t": "int", "v": 1}), id="int-as-number"),
    pytest.param(reply({"t": "int", "v": "1" * 4001}), id="int-too-long"),
    pytest.param(reply({"t": "int", "v": "1\n"}), id="int-with-newline"),
    pytest.param(reply({"t": "int", "v": "1_000"}), id="int-with-underscore"),
    pytest.param(reply({"t": "float", "v": "1e5"}), id="float-not-as-repr"),
    pytest.param(reply({"t": "float", "v": "infinity"}), id="float-in-words"),
    pytest.param(reply({"t": "bool", "v": 1}), id="bool-as-int"),
    pytest.param(reply({"t": "size", "v": [1.5]}), id="size-of-floats"),
    pytest.param(reply({"t": "dict", "v": [[{"t": "none"}]]}), id="half-a-pair"),
    pytest.param(reply(tensor(data="!!!!")), id="not-base64"),
    pytest.param(reply(tensor(data="AAAAAAAAAA")), id="base64-without-padding"),
    pytest.param(reply(tensor(shape=[2])), id="too-few-bytes"),
    pytest.param(reply(tensor(shape=[0])), id="too-many-bytes"),
    pytest.param(reply(tensor(shape=[-1])), id="negative-size"),
    pytest.param(reply(tensor(shape=[-1, -1])), id="negative-sizes"),
    pytest.param(reply(tensor(shape=[10**9, 0], data="")), id="huge-and-empty"),
    pytest.param(reply(tensor(shape=[1] * 65)), id="too-many-dims"),
    pytest.param(reply(tensor(dtype="float8_e4m3fn")), id="unknown-dtype"),
    pytest.param(reply(tensor(dtype="torch.int64")), id="dtype-with-module"),
    pytest.param(reply(tensor(stride=[1, 1])), id="strides-of-another-rank"),
    pytest.param(reply(raised={"classes": ["E"]}), id="half-an-exception"),
    pytest.param(reply(changed={"x": 1}), id="changed-to-a-bare-value"),
    pytest.param(reply(calls=[1]), id="calls-by-number"),
    pytest.param(reply({"t": "text", "v": "\x1b[2J"}), id="escape-in-text"),
    pytest.param(reply({"t": "text", "v": "a\r"}), id="carriage-return"),
    pytest.param(reply({"t": "text", "v": "\x9b2J"}), id="c1-control"),
    pytest.param(reply({"t": "other", "type": "A", "text": "\x1b[2J"}), id="escape-in-other"),
    pytest.param(reply({"t": "class", "v": "\x1b[2J"}), id="escape-in-class"),
    pytest.param(reply(tensor(memory=["\x1b[2J"])), id="escape-in-memory"),
    pytest.param(reply(stdout="\x1b[2J"), id="escape-in-stdout"),
    pytest.param(reply(warned="\x1b[2J"), id="escape-in-warned"),
    pytest.param(reply(calls=["\x1b[2J"]), id="escape-in-calls"),
    pytest.param(reply(changed={"\x1b[2J": {"t": "none"}}), id="escape-in-a-name"),
    pytest.param(
        reply(raised={"classes": ["E"], "message": "\x1b[2J", "line": None, "where": "code"}),
        id="escape-in-a-message",
    ),
    pytest.param(
        reply(raised={"classes": ["\x1b[2J"], "message": "", "line": None, "where": "code"}),
        id="escape-in-an-exception",
    ),
]


@pytest.mark.parametrize(("body", "observation"), GOOD)
def test_a_reply(body: bytes, observation: Observation) -> None:
    assert Replies(ONLY).decode(body) == Reply(0, observation)


@pytest.mark.parametrize("body", BAD)
def test_not_a_reply(body: bytes) -> None:
    with pytest.raises(ValueError, match=r"^not a reply$|^a reply to program [0-9]+ before that to 0$"):
        Replies(ONLY).decode(body)


def test_only_the_first_reply_to_a_program_counts() -> None:
    replies = Replies(ONLY * 2)
    sent = [reply(index=0), reply({"t": "none"}, index=0), reply(index=1), reply(index=0), reply(index=-1)]
    assert [replies.decode(body) for body in sent] == [
        Reply(0, Observation()),
        None,
        Reply(1, Observation()),
        None,
        None,
    ]


# ---- frames ----------------------------------------------------------------------------------------------


@given(bodies=st.lists(st.binary(max_size=40)), cuts=st.lists(st.integers(1, 9), min_size=1))
def test_frames_come_out_as_they_went_in(bodies: list[bytes], cuts: list[int]) -> None:
    """Law: however the bytes of some frames are cut, the same bodies come out, and nothing after them."""
    stream = b"".join(len(body).to_bytes(4, "big") + body for body in bodies)
    frames, contents = Frames(), []
    while stream:
        cuts.append(size := cuts.pop(0))
        frames.feed(stream[:size])
        stream = stream[size:]
        while (body := frames.next_body()) is not None:
            contents.append(body)
    assert contents == bodies


def test_the_longest_frame() -> None:
    frames = Frames()
    frames.feed(MAX_FRAME.to_bytes(4, "big") + bytes(MAX_FRAME - 1))
    assert frames.next_body() is None
    frames.feed(b"\0")
    assert frames.next_body() == bytes(MAX_FRAME)


def test_a_frame_too_long_is_refused_before_it_comes() -> None:
    frames = Frames()
    frames.feed((MAX_FRAME + 1).to_bytes(4, "big"))
    with pytest.raises(ValueError, match=r"^a frame of 1048577 bytes$"):
        frames.next_body()


# ---- values ----------------------------------------------------------------------------------------------

texts = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t"))
sizes = st.lists(st.integers(0, 4), max_size=4).map(tuple)


@st.composite
def tensors(draw: st.DrawFn) -> Tensor:
    dtype, shape = draw(st.sampled_from(sorted(ITEM_BYTES))), draw(sizes)
    count = ITEM_BYTES[dtype]
    for size in shape:
        count *= size
    stride = draw(st.none() | st.tuples(*(st.integers(0, 9) for _ in shape)))
    return Tensor(dtype, shape, draw(st.binary(min_size=count, max_size=count)), stride=stride)


floats = st.floats().map(repr).map(Float)
flat: st.SearchStrategy[Value] = st.one_of(
    st.just(Nothing()),
    st.booleans().map(Bool),
    st.integers().map(str).map(Int),
    floats,
    st.builds(Complex, floats, floats),
    texts.map(Text),
    texts.map(Dtype),
    texts.map(Class),
    sizes.map(Size),
    st.builds(Other, texts, texts),
    tensors(),
)


def _of(inner: st.SearchStrategy[Value]) -> st.SearchStrategy[Value]:
    several = st.lists(inner, max_size=3).map(tuple)
    pairs = st.lists(st.tuples(inner, inner), max_size=3).map(tuple)
    return several.map(Tuple) | several.map(List) | pairs.map(Dict)


values = st.recursive(flat, _of, max_leaves=8)
places = st.sampled_from(["given", "code", "value", "ask", "facets"])
observations = st.builds(
    Observation,
    value=st.none() | values,
    raised=st.none()
    | st.builds(
        Raised,
        classes=st.lists(texts, min_size=1).map(tuple),
        message=texts,
        line=st.none() | st.integers(1, 99),
        where=places,
    ),
    changed=st.none() | st.dictionaries(texts, values, max_size=2),
    stdout=texts,
    failure=st.sampled_from([None, "timeout", "crashed"]),
)


@given(observation=observations)
def test_an_observation_survives_its_journey(observation: Observation) -> None:
    """Law: what is encoded as a reply is what is decoded."""
    body = msgspec.json.encode(Reply(0, observation, stop=True))
    assert Replies(ONLY).decode(body) == Reply(0, observation, stop=True)


@given(code=st.text())
def test_a_job_carries_any_text(code: str) -> None:
    """Law: any Python string, lone surrogates too, reaches the child as it is."""
    body = encode(Job((Program(code=code),)))
    assert json.loads(body)["programs"][0].get("code", "") == code


# ---- forgers ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("body", BAD)
def test_a_forged_frame_is_a_crash_of_its_program_only(sandbox: Sandbox, body: bytes) -> None:
    forger = Program(
        code=f"{WRITE}\nimport base64\nsend(base64.b64decode({base64.b64encode(body).decode()!r}))"
    )
    assert run(sandbox, forger, ONE) == ["crashed", Int("1")]


FORGERS = [
    pytest.param("send(b'correct')", id="not-json"),
    pytest.param("write(b'\\xff\\xff\\xff\\xff' + bytes(100))", id="4-GiB-frame"),
    pytest.param("write(b'\\0\\x10\\0\\1')", id="one-byte-too-long"),
    pytest.param("write(b'\\0\\0\\0\\x64' + b'half'); os._exit(0)", id="truncated"),
    pytest.param("write(b'\\0'); os._exit(0)", id="truncated-length"),
    pytest.param("while True: write(b'correct' * 10_000)", id="flood-of-bytes"),
    pytest.param("while True: send(b' ' * (1 << 20))", id="flood-of-frames"),
    pytest.param("send(b'[' * 1_000_000)", id="deep"),
]


@linux
@pytest.mark.parametrize("code", FORGERS)
def test_a_forger_harms_only_its_own_program(sandbox: Sandbox, code: str) -> None:
    assert run(sandbox, Program(code=WRITE + code), ONE) == ["crashed", Int("1")]
    assert run(sandbox, ONE, trust="bank") == [Int("1")]


@pytest.mark.parametrize("code", [FORGERS[0], *rarely(FORGERS[1:])])
def test_a_forger_harms_only_its_own_program_in_a_spawned_process(spawning: Sandbox, code: str) -> None:
    assert run(spawning, Program(code=WRITE + code), ONE) == ["crashed", Int("1")]
    assert run(spawning, ONE, trust="bank") == [Int("1")]


def test_a_flood_of_old_replies_runs_out_of_time(each: Sandbox) -> None:
    flood = f"while True: send({reply(index=-1)!r})"
    limits = Limits(seconds=0.5, patience=2)
    assert run(each, Program(code=WRITE + flood), ONE, limits=limits) == ["timeout", Int("1")]


def test_a_well_formed_forgery_is_as_good_as_an_answer_and_shifts_no_other(each: Sandbox) -> None:
    forged = reply({"t": "int", "v": "42"}, index=1)
    forger = Program(code=f"{WRITE}\nsend({forged!r})\nsend({forged!r})", ask="7")
    results = run(each, ONE, forger, Program(ask="3"), Program(ask="4"))
    assert results == [Int("1"), Int("42"), Int("3"), Int("4")]


def test_a_forged_stop_only_costs_a_new_process(each: Sandbox) -> None:
    forged = json.dumps(
        {"index": 0, "observation": {"value": {"t": "int", "v": "42"}}, "stop": True}
    ).encode()
    assert run(each, Program(code=f"{WRITE}\nsend({forged!r})"), Program(ask="3")) == [Int("42"), Int("3")]


@given(
    written=st.binary(min_size=1, max_size=64) | st.integers(0, 99).map(lambda n: struct.pack(">I", n) + b"{")
)
def test_no_bytes_on_any_descriptor_reach_another_program(sandbox: Sandbox, written: bytes) -> None:
    """Law: whatever a program writes to every descriptor, its neighbours are answered right."""
    forger = Program(code=f"{WRITE}\nwrite({written!r})\nos._exit(0)")
    assert run(sandbox, ONE, forger, Program(ask="3")) == [Int("1"), "crashed", Int("3")]


def test_a_learner_finds_one_descriptor_besides_the_standard_ones(sandbox: Sandbox) -> None:
    code = """
import os
found = []
for descriptor in range(32):
    try:
        os.fstat(descriptor)
        found.append(descriptor > 2)
    except OSError:
        pass
"""
    rows = List((Bool(False),) * 3 + (Bool(True),))
    assert run(sandbox, Program(code=code, ask="found")) == [rows]
