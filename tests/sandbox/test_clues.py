"""A child's clues are bounded and fit together, or they are no reply."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tensordrill.sandbox.child import wire
from tensordrill.sandbox.clues import Clues
from tensordrill.sandbox.frames import Replies
from tensordrill.sandbox.protocol import Program

_PROGRAM = Program(code="x = 1\ny = 2", trace=True)
_PLACE = {"line": 1, "column": 0, "end_line": 1, "end_column": 5}
_NAN = {"clue": "non-finite", "place": _PLACE, "what": "nan", "count": 2, "numel": 3}
_INDICES = {
    "clue": "duplicate-indices", "place": _PLACE, "count": 3, "distinct": 2, "target": _PLACE, "index": _PLACE,
    "is_sum": True,
}  # fmt: skip
_SOFTMAX = {
    "clue": "squashed", "place": _PLACE, "function": "softmax", "shape": [2, 1], "dim": 1, "is_always_one": True,
}  # fmt: skip
_WARNED = {"clue": "warned", "place": _PLACE, "category": "UserWarning", "message": "careful"}
_NO_GRADIENT = {
    "clue": "no-gradient", "place": _PLACE, "names": ["a"], "count": 1, "total": 2, "steps": 3, "cut": _PLACE,
}  # fmt: skip
_LAST = {
    "clue": "last-of-batch", "place": _PLACE, "layer": "LSTM", "shape": [2, 3, 4], "source": _PLACE,
    "is_batch_first": False,
}  # fmt: skip
_IDLE = {"clue": "idle", "place": _PLACE, "idle": 2, "steps": 3, "is_frozen": True}
_NEAR = {"clue": "nearly-equal", "place": _PLACE, "count": 1, "numel": 3}
_POSITIVE = {"clue": "positive-logs", "place": _PLACE, "loss": "nll_loss", "count": 1, "numel": 3}

GOOD: dict[str, list[dict[str, Any]]] = {
    "none": [],
    "one of several kinds": [
        _NAN,
        _INDICES,
        _SOFTMAX,
        _WARNED,
        _NO_GRADIENT,
        _LAST,
        _IDLE,
        _NEAR,
        _POSITIVE,
    ],
    "a sigmoid has no dim": [{**_SOFTMAX, "function": "sigmoid", "dim": None}],
    "a line of a module": [{**_WARNED, "place": {**_PLACE, "line": 99, "end_line": 99, "file": "a.py"}}],
    "as many as there may be": [_WARNED] * wire.MAX_CLUES,
}
BAD: dict[str, list[dict[str, Any]]] = {
    "too many": [_WARNED] * (wire.MAX_CLUES + 1),
    "another clue": [{**_WARNED, "clue": "guilty"}],
    "an unknown key": [{**_WARNED, "text": "wrong"}],
    "a line that there is not": [{**_WARNED, "place": {**_PLACE, "end_line": 99}}],
    "a cut where there is no line": [{**_NO_GRADIENT, "cut": {**_PLACE, "line": 99, "end_line": 99}}],
    "an escape": [{**_WARNED, "message": "\x1b[2J"}],
    "more nans than elements": [{**_NAN, "count": 4}],
    "a negative count": [{**_NAN, "count": -1}],
    "more distinct indices than indices": [{**_INDICES, "distinct": 4}],
    "a dim that there is not": [{**_SOFTMAX, "dim": 2}],
    "a negative dim": [{**_SOFTMAX, "dim": -1}],
    "an output without a batch": [{**_LAST, "shape": [2]}],
    "more idle steps than steps": [{**_IDLE, "idle": 4}],
    "more near pairs than pairs": [{**_NEAR, "count": 4}],
    "more positive logs than logs": [{**_POSITIVE, "count": 4}],
    "another function": [{**_SOFTMAX, "function": "tanh"}],
    "too many names": [{**_NO_GRADIENT, "names": ["a"] * (wire.MAX_LISTED + 1)}],
}


def _decoded(clues: list[dict[str, Any]]) -> Clues:
    frame = json.dumps({"index": 0, "observation": {"clues": clues}}).encode()
    reply = Replies((_PROGRAM,)).decode(frame)
    assert reply is not None
    return reply.observation.clues


@pytest.mark.parametrize("expected", GOOD.values(), ids=GOOD)
def test_clues(expected: list[dict[str, Any]]) -> None:
    assert len(_decoded(expected)) == len(expected)


@pytest.mark.parametrize("expected", BAD.values(), ids=BAD)
def test_no_clues(expected: list[dict[str, Any]]) -> None:
    with pytest.raises(ValueError, match=r"^not a reply$|^a clue outside of the program$"):
        _decoded(expected)
