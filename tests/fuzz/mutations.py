"""Frames as no child writes them: JSON of valid ones with other numbers, lists, words and pieces of other frames."""

from __future__ import annotations

import base64
import copy
import json
import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from random import Random
from typing import Any, TypeAlias

from tensordrill.explanation.rules import RULES
from tensordrill.explanation.signatures import SIGNATURES
from tensordrill.sandbox.child.wire import ITEM_BYTES

Path: TypeAlias = tuple[str | int, ...]

_SIZES = (0, 0, 1, 1, 2, 2, 3, 4, 5, 6, 12, 48, 49, 100, 10**8, 2**31, 2**62)
_NUMBERS = (
    -(2**63) - 1, -(2**63), -1, 0, 1, 2, 3, 7, 16, 17, 63, 64, 65, 100, 255, 256, 257, 399, 400, 401, 10**6, 10**8,
    2**31 - 1, 2**31, 2**53, 2**62, 2**63 - 1, 2**63, 10**30, 10**4200, 0.5, -0.0, 1e308, math.nan, math.inf,
)  # fmt: skip
_WORDS = (
    "", " ", "x", "x.t()", "값", "\u202e", "\x1b[2J", "\x00", "\ud800", "a\nb", "`x`", "<script>", "{{ 7 }}", "=cmd()",
    "a" * 4000, "a" * 24_001, "가" * 24_000, "[" * 2000, "-" * 5000, "0", "1", "dim", "self", "left", "right", "value",
    "function", "input", "other", "tensors", "float32", "float8_e4m3fn", "bool", "complex64", "cuda:0", "meta",
    "RuntimeError", "IndexError", "timeout", "crashed", "SystemExit", "view", "same", "new", "copy", "grad",
)  # fmt: skip
_OTHERS: tuple[Any, ...] = (None, True, False, [], {}, [[]], {"t": "none"}, {"t": "tuple", "v": []}, "", 0)
_NAMES = sorted(
    {
        *SIGNATURES,
        *RULES,
        "+",
        "-",
        "*",
        "@",
        "+=",
        "==",
        "[]",
        "~",
        "t",
        "mT",
        "add_",
        "item",
        "requires_grad",
    }
)
_DTYPES = sorted(ITEM_BYTES)


class Corpus:
    """Valid frames, and all pieces of them by the key that they stand under."""

    def __init__(self, frames: Sequence[Any]) -> None:
        self.frames = frames
        self._pieces: dict[str | int, list[Any]] = defaultdict(list)
        for frame in frames:
            for path, piece in _walk(frame):
                if path and isinstance(path[-1], str):
                    self._pieces[path[-1]].append(piece)

    def like(self, random: Random, key: str | int) -> Any:
        """Return a piece that stands under the same key somewhere, or any."""
        pieces = self._pieces.get(key) or self._pieces[random.choice(sorted(map(str, self._pieces)))]
        return copy.deepcopy(random.choice(pieces)) if pieces else None

    def mutated(self, random: Random, frame: Any) -> bytes:
        """Return a frame with some changes, as bytes that may be no JSON any more."""
        frame = copy.deepcopy(frame)
        for _ in range(random.choice((1, 1, 1, 1, 2, 3))):
            _change(frame, random, self)
        body = json.dumps(frame).encode("ascii")
        return _torn(body, random) if random.random() < 0.03 else body


def _walk(piece: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    yield path, piece
    if isinstance(piece, dict):
        for key, inner in piece.items():
            yield from _walk(inner, (*path, key))
    elif isinstance(piece, list):
        for index, inner in enumerate(piece):
            yield from _walk(inner, (*path, index))


def _change(frame: Any, random: Random, corpus: Corpus) -> None:
    """Change one place: mostly so that the frame may stay valid."""
    places = [path for path, _ in _walk(frame) if path]
    path = random.choice(places)
    *before, last = path
    around = frame
    for key in before:
        around = around[key]
    old = around[last]
    if random.random() < 0.7:
        around[last] = _fitting(last, old, random, corpus)
    elif isinstance(around, list) and random.random() < 0.5:
        _relist(around, random)
    elif isinstance(around, dict) and random.random() < 0.3:
        _rekey(around, last, random)
    else:
        around[last] = _odd(old, random)


def _fitting(key: str | int, old: Any, random: Random, corpus: Corpus) -> Any:
    """Return something that might stand there in a valid frame."""
    match key:
        case "tensor":
            return fact(random)
        case "value" | "changed" | "grads" if random.random() < 0.5:
            return {"x": value(random)} if key != "value" else value(random)
        case "role":
            return random.choice(
                ("0", "1", "2", "self", "left", "right", "dim", "other", "index", "size", "*")
            )
        case "function":
            return random.choice(_NAMES)
        case "line" | "end_line":
            return random.randint(1, 4)
        case "column" | "end_column":
            return random.randint(0, 30)
    if isinstance(old, bool):
        return not old
    if isinstance(old, int):
        return max(old + random.choice((-1, 1, 2, 7)), 0)
    return corpus.like(random, key)


def _odd(old: Any, random: Random) -> Any:
    if isinstance(old, int | float) and random.random() < 0.6:
        return random.choice(_NUMBERS)
    if isinstance(old, str) and random.random() < 0.6:
        return random.choice(_WORDS)
    kind = random.random()
    if kind < 0.2:
        return _deep(random.choice((3, 8, 21, 22, 100)), random)
    if kind < 0.3:
        return [copy.deepcopy(old)] * random.choice((2, 17, 65, 300))
    return copy.deepcopy(random.choice((*_OTHERS, random.choice(_NUMBERS), random.choice(_WORDS))))


def _relist(items: list[Any], random: Random) -> None:
    match random.randrange(4):
        case 0:
            items.clear()
        case 1:
            random.shuffle(items)
        case 2:
            items.append(copy.deepcopy(random.choice(items)) if items else None)
        case _:
            del items[random.randrange(len(items)) :]


def _rekey(pairs: dict[str, Any], key: Any, random: Random) -> None:
    match random.randrange(3):
        case 0:
            del pairs[key]
        case 1:
            pairs[random.choice(("correct", "t", "v", "index", "observation", key + "s"))] = pairs[key]
        case _:
            other = random.choice(list(pairs))  # before `pop`, which may leave none
            pairs[other] = pairs.pop(key)


def _deep(depth: int, random: Random) -> Any:
    kind = random.choice(("list", "tuple", "operand", "dict"))
    facts: Any = {"t": "none"} if kind != "operand" else {"role": "0"}
    for _ in range(depth):
        if kind == "operand":
            facts = {"role": "0", "items": [facts]}
        elif kind == "dict":
            facts = {"t": "dict", "v": [[{"t": "none"}, facts]]}
        else:
            facts = {"t": kind, "v": [facts]}
    return facts


def _torn(body: bytes, random: Random) -> bytes:
    at = random.randrange(len(body))
    match random.randrange(4):
        case 0:
            return body[:at]
        case 1:
            return body + body[at:]
        case 2:
            return body[:at] + bytes([random.randrange(256)]) + body[at + 1 :]
        case _:
            return body.replace(b"null", b"[" * 9000 + b"]" * 9000, 1)


# ---- pieces that are valid by themselves ----


def tensor(random: Random, shape: Sequence[int], dtype: str) -> dict[str, Any]:
    """Return values of a shape, a few of them odd numbers."""
    size = ITEM_BYTES[dtype] * math.prod(shape)
    data = random.choice((bytes(size), b"\xff" * size, random.randbytes(size)))
    return {"t": "tensor", "dtype": dtype, "shape": [*shape], "data": base64.b64encode(data).decode()}


def fact(random: Random) -> dict[str, Any]:
    """Return a tensor as a step has it; its strides and its storage need not go together."""
    shape = [random.choice(_SIZES) for _ in range(random.choice((0, 1, 1, 2, 2, 2, 3, 4, 16, 64)))]
    dtype = random.choice(_DTYPES)
    facts: dict[str, Any] = {
        "shape": shape,
        "dtype": dtype,
        "device": "cpu",
        "stride": [random.choice(_SIZES) for _ in shape] if random.random() < 0.9 else None,
        "storage_offset": random.choice((0, 0, 0, 1, 2**62)),
        "contiguous": random.random() < 0.5,
    }
    cells = random.choice((0, 1, 6, 12, 33, 256, 2**62))
    storage = tensor(random, [cells], dtype) if cells <= 256 and random.random() < 0.5 else None
    facts["storage"] = {"id": random.randint(1, 3), "cells": cells, "values": storage}
    if math.prod(max(size, 1) for size in shape) <= 256 and random.random() < 0.8:
        facts["values"] = tensor(random, shape, dtype)
    elif random.random() < 0.5:
        facts |= {"values": tensor(random, [min(size, 2) for size in shape[:6]], dtype), "is_whole": False}
    return facts


def value(random: Random, depth: int = 0) -> dict[str, Any]:
    """Return a value of any type."""
    kind = random.choice(
        ("int", "float", "text", "size", "tensor", "tensor", "bool", "none", "other", "tuple", "list", "dict")
    )
    match kind:
        case "int":
            return {"t": "int", "v": random.choice(("0", "-1", "3", "9" * 28, "9" * 4000, str(2**63)))}
        case "float":
            return {
                "t": "float",
                "v": random.choice(("0.5", "-0.0", "nan", "inf", "-inf", "1e+308", "5e-324")),
            }
        case "text":
            return {"t": "text", "v": random.choice(("", "ij,jk->ik", "x", "a\nb", "가" * 100))}
        case "size":
            return {"t": "size", "v": [random.choice(_SIZES) for _ in range(random.randrange(5))]}
        case "tensor":
            shape = [random.choice((0, 1, 2, 3, 5)) for _ in range(random.randrange(4))]
            extra = random.choice(({}, {"parameter": True}, {"memory": ["x"], "stride": [1] * len(shape)}))
            return {**tensor(random, shape, random.choice(_DTYPES)), **extra}
        case "bool":
            return {"t": "bool", "v": random.random() < 0.5}
        case "other":
            return {"t": "other", "type": random.choice(("slice", "Tensor", "module", "T")), "text": "T"}
        case "tuple" | "list" if depth < 4:
            return {"t": kind, "v": [value(random, depth + 1) for _ in range(random.randrange(4))]}
        case "dict" if depth < 4:
            return {"t": kind, "v": [[value(random, depth + 1)] * 2 for _ in range(random.randrange(3))]}
    return {"t": "none"}
