"""Parameters drawn by seed satisfy what the question says, and enumeration finds them all."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tensordrill.bank.draw import Parameters, by_seed, draw, every_draw, shuffled
from tensordrill.bank.schema import Question
from tensordrill.errors import DrawError


def question(draws: dict[str, Any], *where: str) -> Question:
    return msgspec.convert({"id": "q", "draw": draws, "where": list(where)}, Question)


def drawn(draws: dict[str, Any], *where: str, seed: int = 0) -> Parameters:
    return draw(question(draws, *where), by_seed(f"view/q@{seed}"))[0]


@pytest.mark.parametrize(
    ("draws", "vectors"),
    [
        pytest.param(
            {"a": {"int": [0, 99]}, "b": {"int": ["a", "a + 9"]}},
            [{"a": 36, "b": 43}, {"a": 34, "b": 42}, {"a": 47, "b": 52}],
            id="int",
        ),
        pytest.param(
            {"a": {"ints": {"count": 5, "from": [-9, 9]}}},
            [{"a": [-3, 4, 2, 7, 3]}, {"a": [-3, 7, -7, 9, -7]}, {"a": [0, 1, 3, 3, 5]}],
            id="ints",
        ),
        pytest.param(
            {"a": {"ints": {"count": 5, "from": [0, 5], "distinct": True}}},
            [{"a": [2, 4, 3, 5, 1]}, {"a": [2, 5, 0, 4, 1]}, {"a": [2, 3, 4, 1, 5]}],
            id="distinct ints",
        ),
        pytest.param(
            {"a": {"ints": {"count": 3, "from": [0, 10**6], "distinct": True}}},
            [
                {"a": [364866, 729317, 592911]},
                {"a": [340906, 849670, 133462]},
                {"a": [477577, 567336, 681125]},
            ],
            id="distinct ints of many",
        ),
        pytest.param(
            {"a": {"choice": ["x", "y", "z"]}},
            [{"a": "y"}, {"a": "y"}, {"a": "y"}],
            id="choice",
        ),
        pytest.param(
            {"a": {"sizes": {"rank": [2, 4], "from": [2, 5], "ones": 1}}},
            [{"a": (4, 4, 1)}, {"a": (5, 2, 1)}, {"a": (4, 1, 4)}],
            id="sizes of a drawn rank",
        ),
        pytest.param(
            {"a": {"sizes": {"rank": 4, "from": [2, 5], "distinct": True, "ones": [0, 2]}}},
            [{"a": (4, 3, 1, 5)}, {"a": (1, 5, 2, 4)}, {"a": (4, 5, 1, 3)}],
            id="distinct sizes",
        ),
        pytest.param(
            {"a": {"permutation": 5}},
            [{"a": (0, 3, 4, 2, 1)}, {"a": (2, 4, 0, 3, 1)}, {"a": (0, 1, 3, 4, 2)}],
            id="permutation",
        ),
        pytest.param(
            {"n": 3, "a": {"choice": [{"c": "x[{{ n }}]"}, 2.5]}},
            [{"n": 3, "a": {"c": "x[3]"}}, {"n": 3, "a": {"c": "x[3]"}}, {"n": 3, "a": {"c": "x[3]"}}],
            id="templates in a choice",
        ),
        pytest.param(
            {"n": 3, "a": "n * 2", "b": {"choice": "range(a)"}},
            [{"n": 3, "a": 6, "b": 2}, {"n": 3, "a": 6, "b": 2}, {"n": 3, "a": 6, "b": 2}],
            id="expressions",
        ),
        pytest.param(
            {"eps": 0.5, "flag": True, "sizes": [2, 3], "calls": ["x + {{ eps }}", [1, None]]},
            [{"eps": 0.5, "flag": True, "sizes": [2, 3], "calls": ["x + 0.5", [1, None]]}] * 3,
            id="constants",
        ),
        pytest.param(
            {"eps": 0.5, "a": "eps * 4", "sizes": [2, 3], "b": "sizes[1]", "c": {"choice": "sizes"}},
            [{"eps": 0.5, "a": 2.0, "sizes": [2, 3], "b": 3, "c": 2}] * 2
            + [{"eps": 0.5, "a": 2.0, "sizes": [2, 3], "b": 3, "c": 2}],
            id="constants in expressions",
        ),
    ],
)
def test_the_sequence_of_a_seed_never_changes(draws: dict[str, Any], vectors: list[Parameters]) -> None:
    assert [drawn(draws, seed=seed) for seed in (0, 1, 7)] == vectors


def test_the_sequence_after_rejected_draws_never_changes() -> None:
    asked = question({"a": {"int": [1, 9]}, "b": {"int": [1, 9]}}, "a + b == 10")
    assert [draw(asked, by_seed(f"view/q@{seed}")) for seed in (0, 1, 7)] == [
        ({"a": 8, "b": 2}, 6),
        ({"a": 6, "b": 4}, 6),
        ({"a": 5, "b": 5}, 8),
    ]


def test_the_sequence_of_picks_never_changes() -> None:
    pick = by_seed("view/q@0")
    assert [pick(1000) for _ in range(6)] == [364, 729, 592, 880, 654, 13]


def test_the_sequence_of_a_shuffle_never_changes() -> None:
    assert shuffled("abcdef", by_seed("view/q@0")) == ["a", "b", "e", "f", "d", "c"]


@pytest.mark.parametrize(
    ("draws", "where", "message"),
    [
        pytest.param(
            {"a": {"int": [1, 3]}},
            "a > 3",
            "no draw satisfies `where` in 1000 tries; widen the draws or loosen `where`",
            id="nothing satisfies `where`",
        ),
        pytest.param({"a": {"int": [3, 1]}}, "true", "the range from 3 to 1 is empty", id="an empty range"),
        pytest.param(
            {"a": {"int": [1, "rows"]}}, "true", "`rows` cannot be computed: 'rows' is undefined", id="bound"
        ),
        pytest.param(
            {"a": "b + 1", "b": 2}, "true", "`b + 1` cannot be computed: 'b' is undefined", id="drawn later"
        ),
        pytest.param(
            {"a": 1}, "a > c", "`a > c` cannot be computed: 'c' is undefined", id="undefined in `where`"
        ),
        pytest.param(
            {"a": {"choice": ["x[{{ c }}]"]}},
            "true",
            "`x[{{ c }}]` does not render: 'c' is undefined",
            id="undefined in a choice",
        ),
        pytest.param(
            {"a": {"int": ["1 / 2", 3]}},
            "true",
            "`1 / 2` should be an integer of at most 10^9, but is 0.5",
            id="a bound that is no integer",
        ),
        pytest.param(
            {"a": {"int": [0, 10**10]}},
            "true",
            "`10000000000` should be an integer of at most 10^9, but is 10000000000",
            id="a huge bound",
        ),
        pytest.param(
            {"a": {"ints": {"count": 4, "from": [1, 3], "distinct": True}}},
            "true",
            "4 distinct values do not fit between 1 and 3",
            id="more distinct values than there are",
        ),
        pytest.param(
            {"a": {"ints": {"count": 2000, "from": [1, 3]}}},
            "true",
            "2000 values cannot be drawn; 0 to 1000 can",
            id="too many values",
        ),
        pytest.param(
            {"a": {"ints": {"count": -1, "from": [1, 3]}}},
            "true",
            "-1 values cannot be drawn; 0 to 1000 can",
            id="fewer than none",
        ),
        pytest.param(
            {"a": {"permutation": 10**9}},
            "true",
            "a permutation of 1000000000 cannot be drawn; 0 to 1000 values can",
            id="a permutation that fills the memory",
        ),
        pytest.param(
            {"a": {"permutation": -1}},
            "true",
            "a permutation of -1 cannot be drawn; 0 to 1000 values can",
            id="a permutation of fewer than none",
        ),
        pytest.param(
            {"a": {"sizes": {"rank": 17, "from": [1, 3]}}},
            "true",
            "0 ones in a shape of rank 17 cannot be drawn",
            id="a rank too high",
        ),
        pytest.param(
            {"a": {"sizes": {"rank": 2, "from": [1, 3], "ones": 3}}},
            "true",
            "3 ones in a shape of rank 2 cannot be drawn",
            id="more ones than dims",
        ),
        pytest.param(
            {"a": {"choice": "range(0)"}},
            "true",
            "`choice: range(0)` should be a list of at least one value",
            id="a choice among nothing",
        ),
        pytest.param(
            {"a": {"choice": "5"}},
            "true",
            "`choice: 5` should be a list of at least one value",
            id="a choice of a number",
        ),
    ],
)
def test_what_cannot_be_drawn_is_said(draws: dict[str, Any], where: str, message: str) -> None:
    with pytest.raises(DrawError) as caught:
        drawn(draws, where)
    assert str(caught.value) == message


def test_a_mixture_is_enumerated_in_full() -> None:
    draws = {"n": {"int": [1, 2]}, "at": {"int": [0, "n"]}, "how": {"choice": ["x", "x[{{ n }}]"]}}
    assert every_draw(question(draws, "at != 1"), 100) == [
        {"n": 1, "at": 0, "how": "x"},
        {"n": 1, "at": 0, "how": "x[1]"},
        {"n": 2, "at": 0, "how": "x"},
        {"n": 2, "at": 0, "how": "x[2]"},
        {"n": 2, "at": 2, "how": "x"},
        {"n": 2, "at": 2, "how": "x[2]"},
    ]


def test_equal_draws_are_enumerated_once() -> None:
    assert every_draw(question({"a": {"int": [-2, 2]}, "b": "a * a", "c": {"choice": ["x", "x"]}}), 5) == [
        {"a": a, "b": a * a, "c": "x"} for a in range(-2, 3)
    ]


def test_every_permutation_is_enumerated() -> None:
    result = every_draw(question({"p": {"permutation": 4}}), 24) or []
    assert len({draws["p"] for draws in result}) == 24


@pytest.mark.parametrize(
    ("draws", "limit"),
    [
        pytest.param({"a": {"int": [1, 6]}}, 5, id="one too many"),
        pytest.param({"a": {"ints": {"count": 1000, "from": [0, 9]}}}, 500, id="a space that nobody walks"),
    ],
)
def test_more_draws_than_the_limit_are_not_enumerated(draws: dict[str, Any], limit: int) -> None:
    assert every_draw(question(draws), limit) is None


def test_a_large_space_that_rejects_everything_is_given_up() -> None:
    assert every_draw(question({"a": {"int": [0, 10**9]}}, "a < 0"), 10) is None


def test_a_small_space_that_rejects_everything_is_said() -> None:
    with pytest.raises(DrawError) as caught:
        every_draw(question({"a": {"int": [0, 9]}}, "a < 0"), 10)
    assert str(caught.value) == "no draw satisfies `where`; widen the draws or loosen `where`"


def test_a_question_without_draws_has_one_draw() -> None:
    assert every_draw(question({}), 1) == [{}]


seeds = st.integers(-(10**6), 10**6)
bounds = st.tuples(st.integers(-5, 5), st.integers(0, 4)).map(lambda pair: [pair[0], sum(pair)])


@given(bounds, st.integers(0, 6), st.booleans(), seeds)
def test_ints_keep_to_their_count_and_bounds(
    between: list[int], count: int, distinct: bool, seed: int
) -> None:
    """For every range, count and seed: ints are that many, within the range, and distinct if asked."""
    low, high = between
    spec = {"a": {"ints": {"count": count, "from": between, "distinct": distinct}}}
    if distinct and count > high - low + 1:
        with pytest.raises(DrawError):
            drawn(spec, seed=seed)
        return
    values = drawn(spec, seed=seed)["a"]
    assert len(values) == count
    assert all(low <= value <= high for value in values)
    assert not distinct or len(set(values)) == count


@given(st.lists(st.integers(0, 19_970), min_size=1, max_size=30))
def test_distinct_values_are_picks_from_what_is_left(picks: list[int]) -> None:
    """For every sequence of picks: distinct values are what `pop(pick)` takes from a list of the range."""
    spec = {"a": {"ints": {"count": len(picks), "from": [100, 20_099], "distinct": True}}}
    following = iter(picks)
    values = draw(question(spec), lambda _: next(following))[0]["a"]
    left = list(range(100, 20_100))
    assert values == [left.pop(pick) for pick in picks]


@given(st.integers(0, 4), st.integers(0, 4), bounds, seeds)
def test_sizes_keep_to_their_rank_bounds_and_ones(
    rank: int, ones: int, between: list[int], seed: int
) -> None:
    """For every rank, range and number of ones: a shape has that rank and at least that many ones."""
    low, high = between
    spec = {"a": {"sizes": {"rank": [rank, rank + 1], "from": between, "ones": min(ones, rank)}}}
    shape = drawn(spec, seed=seed)["a"]
    assert isinstance(shape, tuple)
    assert rank <= len(shape) <= rank + 1
    others = list(shape)
    for _ in range(min(ones, rank)):
        others.remove(1)
    assert all(low <= size <= high for size in others)


@given(st.integers(0, 8), seeds)
def test_a_permutation_holds_each_number_once(count: int, seed: int) -> None:
    """For every n and seed: a permutation of n sorts to 0 … n-1."""
    assert sorted(drawn({"a": {"permutation": count}}, seed=seed)["a"]) == list(range(count))


@given(st.lists(st.integers(), max_size=8), seeds)
def test_a_shuffle_keeps_what_there_is(values: list[int], seed: int) -> None:
    """For every list and seed: a shuffle has the same entries, and leaves the list as it was."""
    before = list(values)
    assert sorted(shuffled(values, by_seed(str(seed)))) == sorted(values)
    assert values == before


specs = st.one_of(
    bounds.map(lambda between: {"int": between}),
    st.tuples(st.integers(0, 2), bounds).map(lambda p: {"ints": {"count": p[0], "from": p[1]}}),
    st.lists(st.sampled_from(["x", "x.t()", "x[{{ first }}]", 3, 2.5]), min_size=1, max_size=3).map(
        lambda values: {"choice": values}
    ),
    st.integers(0, 3).map(lambda count: {"permutation": count}),
    st.tuples(st.integers(0, 1), bounds).map(
        lambda p: {"sizes": {"rank": [1, 2], "from": p[1], "ones": p[0]}}
    ),
    st.just("first * first"),
)
questions = st.builds(
    lambda first, others, where: question({"first": {"int": first}, **others}, where),
    bounds,
    st.dictionaries(st.sampled_from("abc"), specs, max_size=2),
    st.sampled_from(["true", "first >= 0", "first % 2 == 0", "first != 3"]),
)


@given(questions, seeds)
def test_what_a_seed_draws_satisfies_where_and_is_enumerated(asked: Question, seed: int) -> None:
    """For every question and seed: the draw holds in `where`, is drawn again, and is one of every_draw."""
    try:
        everything = every_draw(asked, 10_000)
    except DrawError:
        with pytest.raises(DrawError):
            draw(asked, by_seed(str(seed)))
        return
    parameters, _ = draw(asked, by_seed(str(seed)))
    assert draw(asked, by_seed(str(seed)))[0] == parameters
    (where,) = asked.where
    assert {"true": True, "first >= 0": parameters["first"] >= 0}.get(where, True)
    assert where != "first % 2 == 0" or parameters["first"] % 2 == 0
    assert where != "first != 3" or parameters["first"] != 3
    assert everything is not None
    assert parameters in everything
    assert len({repr(draws) for draws in everything}) == len(everything)


@given(st.lists(st.integers(1, 3), min_size=1, max_size=4))
def test_independent_draws_multiply(sizes: list[int]) -> None:
    """For independent ints of n₁, n₂, … values there are n₁·n₂·… draws."""
    draws = {f"p{index}": {"int": [1, size]} for index, size in enumerate(sizes)}
    product = 1
    for size in sizes:
        product *= size
    assert len(every_draw(question(draws), 100) or []) == product
