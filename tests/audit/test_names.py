"""Functions, parameters and ids: what is misspelt, unused or stands for two things, beside what is fine."""

from __future__ import annotations

import pytest

from tests.audit.conftest import Lines
from tests.audit.topics import TOPICS, changed

BARE = "write the bare name of a function, such as `reshape`"
SECOND = (
    TOPICS["fill"]
    .partition("questions:\n")[2]
    .replace("id: column", "id: other")
    .replace("x = torch", "z = torch")
)


@pytest.mark.parametrize(
    ("name", "what"),
    [
        pytest.param("frobnicate", f"torch has no function `frobnicate`; {BARE}", id="nothing is near"),
        pytest.param("reshap", "torch has no function `reshap`; did you mean `reshape`?", id="misspelt"),
        pytest.param(
            "torch.reshap", "torch has no function `torch.reshap`; did you mean `reshape`?", id="of torch"
        ),
        pytest.param('"sum()"', "torch has no function `sum()`; did you mean `sum`?", id="called"),
        pytest.param("Sum", "torch has no function `Sum`; did you mean `sum`?", id="in capitals"),
        pytest.param('"+"', "torch has no function `+`; did you mean `add`?", id="an operator"),
        pytest.param('"@"', "torch has no function `@`; did you mean `matmul`?", id="another operator"),
        pytest.param('"a b"', f"torch has no function `a b`; {BARE}", id="no name at all"),
    ],
)
def test_a_rule_that_names_no_function(lines: Lines, name: str, what: str) -> None:
    assert lines(changed("write", "forbid: [mean]", f"forbid: [mean, {name}]")) == [
        f"small.yaml:14:20: small/total: {what}"
    ]


@pytest.mark.parametrize(
    "name",
    ["mean", "torch.mean", "index", "index_put", "add_", "T", "mT", "relu", "floor_divide", "bitwise_not", "softmax",
     "svd", "concat", "__getitem__"],
)  # fmt: skip
def test_a_rule_that_names_one(lines: Lines, name: str) -> None:
    assert lines(changed("write", "forbid: [mean]", f"forbid: [{name}]")) == []


def test_an_empty_rule_is_refused(lines: Lines) -> None:
    with pytest.raises(Exception, match=r"14:11: a list of at least 1 is expected here$"):
        lines(changed("write", "forbid: [mean]", "only: []"))


@pytest.mark.parametrize(
    ("pieces", "line"),
    [
        pytest.param(
            ("n: {int: [3, 4]}", "n: {int: [3, 4]}\n      m: {int: [0, 1]}"),
            "small.yaml:8:7: small/total: nothing uses the parameter `m`; use it, or remove it",
            id="drawn for nothing",
        ),
        pytest.param(
            ("n: {int: [3, 4]}", "n: {int: [3, 4]}\n      m: n + 1"),
            "small.yaml:8:7: small/total: nothing uses the parameter `m`; use it, or remove it",
            id="computed for nothing",
        ),
    ],
)
def test_a_parameter_that_nothing_uses(lines: Lines, pieces: tuple[str, str], line: str) -> None:
    assert lines(changed("write", *pieces)) == [line]


@pytest.mark.parametrize(
    "pieces",
    [
        pytest.param(("n: {int: [3, 4]}", "m: {int: [3, 4]}\n      n: m"), id="another parameter"),
        pytest.param(("n: {int: [3, 4]}", "m: {int: [3, 4]}\n      n: {int: [3, m]}"), id="a bound"),
        pytest.param(
            ("n: {int: [3, 4]}", 'm: {int: [3, 4]}\n      n: {choice: ["{{ m }}"]}'), id="a choice's template"
        ),
        pytest.param(("- idea: other-dim\n", "- idea: other-dim\n        when: n > 2\n"), id="a `when`"),
        pytest.param(
            ("n: {int: [3, 4]}", "n: {int: [3, 4]}\n      m: 3",
             "en: Dim 0 goes., ko: 없어집니다.", 'en: "{{ m }} goes.", ko: 없어집니다.'),
            id="a text in one language",
        ),
    ],
)  # fmt: skip
def test_a_parameter_that_something_uses(lines: Lines, pieces: tuple[str, ...]) -> None:
    assert [line for line in lines(changed("write", *pieces)) if "nothing uses" in line] == []


@pytest.mark.parametrize(
    ("first", "second", "what"),
    [
        pytest.param(
            "id: mine", "id: mine",
            "the id `mine` is a misconception of `small/column` too; name the idea in ideas.yaml if they are one, "
            "else give one of them another id",
            id="one id, and no title that says it is one idea",
        ),
        pytest.param(
            "id: mine\n        title: {en: One, ko: 하나}", "id: mine\n        title: {en: Two, ko: 둘}",
            "the id `mine` is a misconception of `small/column` too; name the idea in ideas.yaml if they are one, "
            "else give one of them another id",
            id="one id with two titles",
        ),
        pytest.param(
            "idea: first", "id: first\n        title: {en: One, ko: 하나}",
            "the id `first` is the name of an idea; write `idea:` in place of `id:`, or another id",
            id="an idea's name as an id",
        ),
    ],
)  # fmt: skip
def test_one_name_for_two_ideas(lines: Lines, first: str, second: str, what: str) -> None:
    text = TOPICS["fill"].replace("idea: first", first) + SECOND.replace("idea: first", second)
    assert [line.partition(": small/")[2].partition(": ")[2] for line in lines(text) if "the id" in line] == [
        what
    ]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param("idea: first", "idea: first", id="one idea"),
        pytest.param("id: mine", "id: yours", id="two ids"),
        pytest.param(
            "id: mine\n        title: {en: One, ko: 하나}",
            "id: mine\n        title: {en: One, ko: 하나}",
            id="one title",
        ),
    ],
)  # fmt: skip
def test_names_of_one_idea_each(lines: Lines, first: str, second: str) -> None:
    text = TOPICS["fill"].replace("idea: first", first) + SECOND.replace("idea: first", second)
    assert [line for line in lines(text) if "the id" in line] == []
