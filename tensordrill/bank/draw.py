"""Parameters drawn by seed, or every draw there is.

All choices go through `pick(n)`, so the same code draws by seed and walks the whole space.
A seed's draws come from `random.Random(text).random()` alone, whose sequence Python keeps.
"""

from __future__ import annotations

import random
from bisect import bisect_right, insort
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeAlias

from tensordrill.bank import schema
from tensordrill.bank.template import below, evaluate, render
from tensordrill.errors import DrawError
from tensordrill.messages import Name, message

Pick: TypeAlias = Callable[[int], int]
"""A function of n that returns one of 0 … n-1."""
Parameters: TypeAlias = dict[str, Any]

MAX_TRIES = 1000
MOST_VALUES = 1000


def by_seed(text: str) -> Pick:
    """Return a Pick whose sequence the text fixes."""
    source = random.Random(text).random  # noqa: S311 (reproducible draws, not secrets)
    return lambda n: int(source() * n)


def draw(question: schema.Question, pick: Pick) -> tuple[Parameters, int]:
    """Draw all parameters until every `where` holds; return them and how many draws were rejected.

    Raises DrawError when MAX_TRIES draws in a row are rejected or an expression is broken.

    >>> parameters = {"rows": schema.Draw(int=(2, 5)), "size": "rows * 2"}
    >>> draw(schema.Predict(id="q", given="x = 1", ask="x", draw=parameters), by_seed("view/q@1"))
    ({'rows': 3, 'size': 6}, 0)
    """
    for rejected in range(MAX_TRIES):
        parameters: Parameters = {}
        for name, parameter in question.draw.items():
            parameters[name] = _drawn(name, parameter, parameters, pick)
        if _is_allowed(question, parameters):
            return parameters, rejected
    raise DrawError(message("draw-none-in-tries", tries=MAX_TRIES))


def every_draw(question: schema.Question, limit: int) -> list[Parameters] | None:
    """Return all distinct allowed draws, or None where there are more than `limit`.

    Raises DrawError where no draw is allowed or an expression is broken.
    """
    draws: dict[str, Parameters] = {}
    for leaf, parameters in enumerate(_completed({}, list(question.draw.items()))):
        if _is_allowed(question, parameters):
            draws[repr(parameters)] = parameters
        if len(draws) > limit or leaf > 20 * limit:
            return None
    if not draws:
        raise DrawError(message("draw-none"))
    return list(draws.values())


def shuffled(values: Sequence[Any], pick: Pick) -> list[Any]:
    """Return the values in a drawn order (Fisher–Yates, from the end)."""
    result = list(values)
    for last in range(len(result) - 1, 0, -1):
        index = pick(last + 1)
        result[last], result[index] = result[index], result[last]
    return result


def _completed(earlier: Parameters, rest: Sequence[tuple[str, schema.Parameter]]) -> Iterator[Parameters]:
    """Yield every draw that begins with these values, allowed or not, in the order of its choices.

    An early parameter is computed once for all later ones.
    """
    if not rest:
        yield earlier
        return
    (name, parameter), *others = rest
    for value in _every_value(name, parameter, earlier):
        yield from _completed({**earlier, name: value}, others)


def _every_value(name: str, parameter: schema.Parameter, earlier: Parameters) -> Iterator[Any]:
    """Yield what a parameter can be. `path` holds each choice of the value before, with how many there were."""
    path: list[tuple[int, int]] = []
    while True:
        depth = 0

        def pick(n: int) -> int:
            nonlocal depth
            if depth == len(path):
                path.append((0, n))
            depth += 1
            return path[depth - 1][0]

        yield _drawn(name, parameter, earlier, pick)
        while path and path[-1][0] + 1 >= path[-1][1]:
            path.pop()
        if not path:
            return
        index, n = path[-1]
        path[-1] = (index + 1, n)


def _is_allowed(question: schema.Question, parameters: Parameters) -> bool:
    for index, condition in enumerate(question.where):
        with below("where", index):
            if not evaluate(condition, parameters):
                return False
    return True


def _drawn(name: str, parameter: schema.Parameter, earlier: Parameters, pick: Pick) -> Any:
    with below("draw", name):
        if isinstance(parameter, str):
            return evaluate(parameter, earlier)
        if not isinstance(parameter, schema.Draw):
            return _rendered(parameter, earlier)
        if parameter.int is not None:
            return _between(parameter.int, earlier, pick)
        if (ints := parameter.ints) is not None:
            return _several(_number(ints.count, earlier), ints, earlier, pick)
        if parameter.choice is not None:
            return _choice(parameter.choice, earlier, pick)
        if parameter.sizes is not None:
            return _sizes(parameter.sizes, earlier, pick)
        count = _number(parameter.permutation or 0, earlier)
        if not 0 <= count <= MOST_VALUES:
            raise DrawError(message("draw-permutation", count=count, most=MOST_VALUES))
        return tuple(shuffled(range(count), pick))


def _number(bound: schema.Bound, earlier: Parameters) -> int:
    value = bound if isinstance(bound, int) else evaluate(bound, earlier)
    if not isinstance(value, int) or abs(value) > 10**9:
        raise DrawError(message("draw-no-integer", bound=bound, value=str(value)[:40]))
    return value


def _between(range_: schema.Range, earlier: Parameters, pick: Pick) -> int:
    low, high = (_number(bound, earlier) for bound in range_)
    if low > high:
        raise DrawError(message("draw-empty-range", low=low, high=high))
    return low + pick(high - low + 1)


def _several(count: int, spec: schema.Ints | schema.Sizes, earlier: Parameters, pick: Pick) -> list[int]:
    low, high = (_number(bound, earlier) for bound in spec.range)
    if low > high or (spec.distinct and count > high - low + 1):
        problem: Name = "draw-distinct-do-not-fit" if spec.distinct else "draw-values-do-not-fit"
        raise DrawError(message(problem, count=count, low=low, high=high))
    if not 0 <= count <= MOST_VALUES:
        raise DrawError(message("draw-too-many", count=count, most=MOST_VALUES))
    if not spec.distinct:
        return [low + pick(high - low + 1) for _ in range(count)]
    return [low + index for index in _distinct(count, high - low + 1, pick)]


def _distinct(count: int, size: int, pick: Pick) -> list[int]:
    """Draw from 0 … size-1 without putting back: a pick is an index into what is left, in order.

    `taken[i] - i` values below `taken[i]` are left, so a binary search finds how many taken ones a pick skips.
    """
    drawn: list[int] = []
    taken: list[int] = []
    for _ in range(count):
        index = pick(size - len(taken))
        index += bisect_right(range(len(taken)), index, key=lambda i: taken[i] - i)
        drawn.append(index)
        insort(taken, index)
    return drawn


def _sizes(spec: schema.Sizes, earlier: Parameters, pick: Pick) -> tuple[int, ...]:
    rank, ones = (
        _between(bound, earlier, pick) if isinstance(bound, tuple) else _number(bound, earlier)
        for bound in (spec.rank, spec.ones)
    )
    if not 0 <= ones <= rank <= 16:
        raise DrawError(message("draw-ones", ones=ones, rank=rank))
    sizes = _several(rank - ones, spec, earlier, pick)
    for _ in range(ones):
        sizes.insert(pick(len(sizes) + 1), 1)
    return tuple(sizes)


def _choice(choices: tuple[Any, ...] | str, earlier: Parameters, pick: Pick) -> Any:
    values = evaluate(choices, earlier) if isinstance(choices, str) else choices
    if not isinstance(values, list | tuple) or not values:
        raise DrawError(message("draw-no-choice", choices=choices))
    return _rendered(values[pick(len(values))], earlier)


def _rendered(value: Any, earlier: Parameters) -> Any:
    if isinstance(value, str):
        return render(value, earlier)
    if isinstance(value, dict):
        return {name: _rendered(item, earlier) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_rendered(item, earlier) for item in value]
    return value
