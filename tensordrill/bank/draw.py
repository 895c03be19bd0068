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
from tensordrill.bank.template import evaluate, render
from tensordrill.errors import DrawError
from tensordrill.messages import message

Pick: TypeAlias = Callable[[int], int]
"""Gives one of 0 … n-1."""
Parameters: TypeAlias = dict[str, Any]

MAX_TRIES = 1000
MOST_VALUES = 1000


def by_seed(text: str) -> Pick:
    """Return a Pick whose sequence the text fixes."""
    source = random.Random(text).random  # noqa: S311 (reproducible draws, not secrets)
    return lambda n: int(source() * n)


def draw(question: schema.Question, pick: Pick) -> tuple[Parameters, int]:
    """Draw all parameters until every `where` holds; give them and how many draws were rejected.

    Raises DrawError when MAX_TRIES draws in a row are rejected or an expression is broken.
    """
    for rejected in range(MAX_TRIES):
        parameters = _draw_once(question, pick)
        if _allowed(question, parameters):
            return parameters, rejected
    raise DrawError(message("draw-none-in-tries", tries=MAX_TRIES))


def every_draw(question: schema.Question, limit: int) -> list[Parameters] | None:
    """Return all distinct allowed draws, or None where there are more than `limit`.

    Raises DrawError where no draw is allowed or an expression is broken.
    """
    found: dict[str, Parameters] = {}
    for leaf, parameters in enumerate(_walk(question)):
        if _allowed(question, parameters):
            found[repr(parameters)] = parameters
        if len(found) > limit or leaf > 20 * limit:
            return None
    if not found:
        raise DrawError(message("draw-none"))
    return list(found.values())


def shuffled(values: Sequence[Any], pick: Pick) -> list[Any]:
    """Return the values in a drawn order (Fisher–Yates, from the end)."""
    result = list(values)
    for last in range(len(result) - 1, 0, -1):
        other = pick(last + 1)
        result[last], result[other] = result[other], result[last]
    return result


def _walk(question: schema.Question) -> Iterator[Parameters]:
    """Yield every draw, allowed or not, in the order of its choices."""
    yield from _completed({}, list(question.draw.items()))


def _completed(earlier: Parameters, rest: Sequence[tuple[str, schema.Parameter]]) -> Iterator[Parameters]:
    """Yield every draw that begins with these values; an early one is computed once for all later ones."""
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


def _allowed(question: schema.Question, parameters: Parameters) -> bool:
    for index, condition in enumerate(question.where):
        try:
            if not evaluate(condition, parameters):
                return False
        except DrawError as error:
            raise error.below("where", index) from None
    return True


def _draw_once(question: schema.Question, pick: Pick) -> Parameters:
    parameters: Parameters = {}
    for name, parameter in question.draw.items():
        parameters[name] = _drawn(name, parameter, parameters, pick)
    return parameters


def _drawn(name: str, parameter: schema.Parameter, earlier: Parameters, pick: Pick) -> Any:
    try:
        return _value(parameter, earlier, pick)
    except DrawError as error:
        raise error.below("draw", name) from None


def _value(parameter: schema.Parameter, earlier: Parameters, pick: Pick) -> Any:
    if isinstance(parameter, str):
        return evaluate(parameter, earlier)
    if not isinstance(parameter, schema.Draw):
        return _rendered(parameter, earlier)
    if parameter.int is not None:
        return _between(parameter.int, earlier, pick)
    if parameter.ints is not None:
        return _ints(parameter.ints, earlier, pick)
    if parameter.choice is not None:
        return _choice(parameter.choice, earlier, pick)
    if parameter.sizes is not None:
        return _sizes(parameter.sizes, earlier, pick)
    return _permutation(_number(parameter.permutation or 0, earlier), pick)


def _permutation(count: int, pick: Pick) -> tuple[int, ...]:
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


def _number_or_range(value: schema.Bound | schema.Range, earlier: Parameters, pick: Pick) -> int:
    return _between(value, earlier, pick) if isinstance(value, tuple) else _number(value, earlier)


def _several(count: int, range_: schema.Range, distinct: bool, earlier: Parameters, pick: Pick) -> list[int]:
    low, high = (_number(bound, earlier) for bound in range_)
    if low > high or (distinct and count > high - low + 1):
        raise DrawError(
            message(
                "draw-distinct-do-not-fit" if distinct else "draw-values-do-not-fit",
                count=count,
                low=low,
                high=high,
            )
        )
    if not 0 <= count <= MOST_VALUES:
        raise DrawError(message("draw-too-many", count=count, most=MOST_VALUES))
    if not distinct:
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


def _ints(spec: schema.Ints, earlier: Parameters, pick: Pick) -> list[int]:
    return _several(_number(spec.count, earlier), spec.range, spec.distinct, earlier, pick)


def _sizes(spec: schema.Sizes, earlier: Parameters, pick: Pick) -> tuple[int, ...]:
    rank = _number_or_range(spec.rank, earlier, pick)
    ones = _number_or_range(spec.ones, earlier, pick)
    if not 0 <= ones <= rank <= 16:
        raise DrawError(message("draw-ones", ones=ones, rank=rank))
    sizes = _several(rank - ones, spec.range, spec.distinct, earlier, pick)
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
