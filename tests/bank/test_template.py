"""Texts and expressions render in a sandbox that nothing explodes."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tensordrill.bank.template import MAX_LENGTH, evaluate, render
from tensordrill.errors import DrawError

TOO_LARGE = "a text or list of more than 64000 characters or entries"
TOO_LONG = "more than 10000 loop steps or 1 s"
TOO_MANY_BITS = "an integer of more than 256 bits"

DRAWN: dict[str, Any] = {"shape": (2, 1, 3), "at": 1, "rows": 4, "how": {"call": "x.t()", "back": True}}


def reason(text: str, parameters: dict[str, Any] | None = None) -> str:
    """Return why a text does not render: the message without the text that it quotes."""
    with pytest.raises(DrawError) as caught:
        render(text, DRAWN if parameters is None else parameters)
    return str(caught.value).partition(" does not render: ")[2]


def refusal(expression: str, parameters: dict[str, Any] | None = None) -> str:
    """Return why an expression has no value."""
    with pytest.raises(DrawError) as caught:
        evaluate(expression, DRAWN if parameters is None else parameters)
    return str(caught.value).partition(" cannot be computed: ")[2]


@pytest.mark.parametrize(
    ("text", "rendered"),
    [
        pytest.param("x = 1", "x = 1", id="no template"),
        pytest.param("\nx = 1\n\n", "x = 1", id="newlines at the ends go"),
        pytest.param("torch.zeros({{ shape }})", "torch.zeros((2, 1, 3))", id="a shape as Python prints it"),
        pytest.param("{{ how.call }}.shape", "x.t().shape", id="a mapping's entry"),
        pytest.param("{{ shape[-1] * rows }}", "12", id="arithmetic"),
        pytest.param("{{ shape|join(', ') }}", "2, 1, 3", id="join as a filter"),
        pytest.param("{{ ', '.join(shape) }}", "2, 1, 3", id="join as a method takes numbers"),
        pytest.param("{{ shape|reverse }}", "(3, 1, 2)", id="a reversed shape is a shape"),
        pytest.param("{{ [3, 3, 2]|unique }}", "[3, 2]", id="unique is a list"),
        pytest.param("{{ {'a': 1}.items() }}", "[('a', 1)]", id="items are a list"),
        pytest.param("{{ range(3) }}", "[0, 1, 2]", id="a range is a list"),
        pytest.param("a\n{% if rows > 3 %}\nb\n{% endif %}\nc", "a\nb\nc", id="a tag's line leaves no blank"),
        pytest.param("a\n  {% if rows > 9 %}\nb\n  {% endif %}\nc", "a\nc", id="nor where it is indented"),
        pytest.param("{% for n in shape %}{{ n }};{% endfor %}", "2;1;3;", id="a loop"),
        pytest.param("{% set n = rows + 1 %}{{ n }}", "5", id="a name for a value"),
        pytest.param("{1: 2}[x]", "{1: 2}[x]", id="braces of Python"),
        pytest.param("{{ how.back }}", "True", id="a bool as Python prints it"),
    ],
)
def test_a_text_renders_over_the_draw(text: str, rendered: str) -> None:
    assert render(text, DRAWN) == rendered


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        pytest.param("shape[:at] + (1,) + shape[at:]", (2, 1, 1, 3), id="slices of a shape"),
        pytest.param("1 in shape", True, id="membership"),
        pytest.param("rows != 4 or how.back", True, id="logic"),
        pytest.param("'a' if rows == 4 else 'b'", "a", id="a choice"),
        pytest.param("prod(shape)", 6, id="prod"),
        pytest.param("sum(shape) - max(shape) + min(shape) + len(shape) + abs(-1)", 8, id="functions"),
        pytest.param("sorted(shape)", [1, 2, 3], id="sorted"),
        pytest.param("tuple(range(3))", (0, 1, 2), id="tuple of a range"),
        pytest.param("range(3)", [0, 1, 2], id="a range is a list"),
        pytest.param("shape|reverse", (3, 1, 2), id="reverse can be read twice"),
        pytest.param("how.keys()", ["call", "back"], id="keys are a list"),
        pytest.param("shape.index(3)", 2, id="index"),
        pytest.param("'2x3'.split('x')", ["2", "3"], id="split"),
        pytest.param("rows // 3 + rows % 3", 2, id="whole division"),
        pytest.param("1.26|round(1)", 1.3, id="round"),
        pytest.param("'7'|int + int('8')", 15, id="int"),
        pytest.param("none", None, id="none"),
    ],
)
def test_an_expression_has_a_python_value(expression: str, value: object) -> None:
    result = evaluate(expression, DRAWN)
    assert (result, type(result)) == (value, type(value))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("a {{ cols }}", "`a {{ cols }}` does not render: 'cols' is undefined", id="undefined"),
        pytest.param(
            "{{ how.coll }}",
            "`{{ how.coll }}` does not render: 'dict object' has no attribute 'coll'",
            id="an entry that is not there",
        ),
        pytest.param(
            "{{ 1 +", "`{{ 1 +` does not render: unexpected 'end of template'", id="a broken template"
        ),
        pytest.param(
            "line one\n{{ nothing }} and a line that is much too long to show",
            "`line one {{ nothing }} and a line that is much too long to s…`"
            " does not render: 'nothing' is undefined",
            id="a long text is cut",
        ),
    ],
)
def test_what_does_not_render_is_quoted_with_its_reason(text: str, message: str) -> None:
    with pytest.raises(DrawError) as caught:
        render(text, DRAWN)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        pytest.param("cols + 1", "`cols + 1` cannot be computed: 'cols' is undefined", id="undefined"),
        pytest.param("cols", "`cols` cannot be computed: 'cols' is undefined", id="undefined alone"),
        pytest.param("1 / 0", "`1 / 0` cannot be computed: division by zero", id="division by zero"),
        pytest.param("", "`` cannot be computed: unexpected 'end of template'", id="empty"),
    ],
)
def test_an_expression_without_a_value_is_quoted_with_its_reason(expression: str, message: str) -> None:
    with pytest.raises(DrawError) as caught:
        evaluate(expression, DRAWN)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("expression", "sentence"),
    [
        pytest.param("''.__class__", "access to attribute '__class__' of 'str' object is unsafe", id="class"),
        pytest.param(
            "''['__class__']", "access to attribute '__class__' of 'str' object is unsafe", id="class by item"
        ),
        pytest.param(
            "len.__self__",
            "access to attribute '__self__' of 'builtin_function_or_method' object is unsafe",
            id="a function's module",
        ),
        pytest.param(
            "'{0.__class__}'.format(1)",
            "access to attribute 'format' of 'str' object is unsafe",
            id="format",
        ),
        pytest.param(
            "shape|sort(attribute='__class__')",
            "access to attribute '__class__' of 'int' object is unsafe",
            id="an attribute by a filter",
        ),
        pytest.param("shape|map('upper')", "No filter named 'map'", id="a filter that calls others"),
        pytest.param("open('/etc/passwd')", "'open' is undefined", id="a builtin"),
        pytest.param("len", "a function is not a value; call it", id="a function alone"),
        pytest.param("how.get", "a function is not a value; call it", id="a method alone"),
    ],
)
def test_the_sandbox_lets_nothing_out(expression: str, sentence: str) -> None:
    assert refusal(expression) == sentence


DOUBLED = "{% set a = [a, a] %}" * 60

EXPLODING_TEXTS = [
    pytest.param("{{ 'x' * 64001 }}", TOO_LARGE, id="a product"),
    pytest.param("{" + "x" * MAX_LENGTH, TOO_LARGE, id="a long text"),
    pytest.param("{% for i in range(100) %}{{ 'x' * 1000 }}{% endfor %}", TOO_LARGE, id="output of a loop"),
    pytest.param(
        "{% for i in range(1000) %}{% for j in range(1000) %}{% endfor %}{% endfor %}",
        TOO_LONG,
        id="loops in loops",
    ),
    pytest.param(
        "{% for n in [40] recursive %}{{ loop([n - 1, n - 1]) if n }}{% endfor %}",
        "`recursive` is not available here",
        id="a loop that calls itself",
    ),
    pytest.param(
        "{% block a %}{{ self['b']() }}{{ self['b']() }}{% endblock %}",
        "`block` is not available here",
        id="blocks that call each other",
    ),
    pytest.param(
        "{% macro a() %}{{ a() }}{{ a() }}{% endmacro %}{{ a() }}",
        "`macro` is not available here",
        id="a macro",
    ),
    pytest.param(
        "{% set a %}{{ a }}{{ a }}{% endset %}", "`set` as a block is not available here", id="set as a block"
    ),
    pytest.param("{{ a ~ a }}", "`~` (use `+`) is not available here", id="tilde"),
    pytest.param(
        "{% filter upper %}x{% endfilter %}", "`filter` as a block is not available here", id="filter block"
    ),
    pytest.param("{% include 'a' %}", "`include` is not available here", id="include"),
    pytest.param("{% extends 'a' %}", "`extends` is not available here", id="extends"),
    pytest.param("{% import 'a' as b %}", "`import` is not available here", id="import"),
    pytest.param(DOUBLED + "{{ a }}", TOO_LARGE, id="lists of lists, shown"),
    pytest.param(
        DOUBLED + DOUBLED.replace("a", "b") + "{{ a == b }}", TOO_LARGE, id="lists of lists, compared"
    ),
    pytest.param("{% with a = [a, a] %}" * 60 + "{% endwith %}" * 60, TOO_LARGE, id="with in with"),
    pytest.param("{% set a = {'l': a, 'r': a} %}" * 60, TOO_LARGE, id="mappings of mappings"),
    pytest.param("{% set a = a + a %}" * 60, TOO_LARGE, id="a sum of texts"),
    pytest.param("{% if 1 %}" * 2000 + "{% endif %}" * 2000, "it is nested too deeply", id="ifs in ifs"),
    pytest.param("{{" * 30000, "it is nested too deeply", id="braces in braces"),
]


@pytest.mark.parametrize(("text", "sentence"), EXPLODING_TEXTS)
def test_a_text_that_explodes_is_refused(text: str, sentence: str) -> None:
    assert reason(text, {"a": "xy", "b": "xy"}) == sentence


EXPLODING_EXPRESSIONS = [
    pytest.param("2 ** 9", "`**` is not available here", id="a power"),
    pytest.param("'%99999999d' % 1", "`%` is not available here", id="a padded number"),
    pytest.param("'x' * 64001", TOO_LARGE, id="a long text"),
    pytest.param("64001 * [0]", TOO_LARGE, id="a long list"),
    pytest.param("'x'.replace('', 'y' * 60000) + 'z'", TOO_LARGE, id="replace"),
    pytest.param("('y' * 60000).join(['', '', ''])", TOO_LARGE, id="join"),
    pytest.param("['x' * 40000, 'x' * 40000]|join", TOO_LARGE, id="join as a filter"),
    pytest.param("str([['x' * 60000] * 60000])", TOO_LARGE, id="a list of long texts"),
    pytest.param("[[['x' * 60000] * 60000] * 60000]", TOO_LARGE, id="lists of lists"),
    pytest.param(
        "sum([[0] * 200] * 200, [])", "only numbers can be added up or multiplied", id="a sum of lists"
    ),
    pytest.param(f"prod([{2**255}] * 60000)", TOO_MANY_BITS, id="a product of many"),
    pytest.param(f"sum([{2**255}] * 4)", TOO_MANY_BITS, id="a sum of large numbers"),
    pytest.param(f"{2**200} * {2**200}", TOO_MANY_BITS, id="a product of large numbers"),
    pytest.param("int('1' * 4000)", TOO_MANY_BITS, id="a long number"),
    pytest.param("('1' * 4000)|int", TOO_MANY_BITS, id="a long number by a filter"),
    pytest.param("5|round(-1000000000)", "`round` to more than 20 digits", id="round to a huge power"),
    pytest.param(
        "range(1000000000)",
        "Range too big. The sandbox blocks ranges larger than MAX_RANGE (100000)",
        id="a range",
    ),
    pytest.param("list(range(99999))", TOO_LARGE, id="a list of a range"),
    pytest.param("(" * 30000 + "1" + ")" * 30000, "it is nested too deeply", id="parentheses"),
    pytest.param("-" * 60000 + "1", "it is nested too deeply", id="minus signs"),
    pytest.param("[" * 150 + "]" * 150, "it is nested too deeply", id="brackets"),
    pytest.param("1 + " * 20000 + "1", TOO_LARGE, id="a text longer than 64 kB"),
]


@pytest.mark.parametrize(("expression", "sentence"), EXPLODING_EXPRESSIONS)
def test_an_expression_that_explodes_is_refused(expression: str, sentence: str) -> None:
    assert refusal(expression) == sentence


def doubled(times: int) -> Any:
    drawn: dict[str, Any] = {"p0": 1}
    for index in range(times):
        drawn[f"p{index + 1}"] = evaluate(f"[p{index}, p{index}]", drawn)
    return drawn[f"p{times}"]


def test_parameters_do_not_add_up_to_an_explosion() -> None:
    with pytest.raises(DrawError) as caught:
        doubled(60)
    assert str(caught.value) == f"`[p14, p14]` cannot be computed: {TOO_LARGE}"


def test_what_is_refused_does_not_stop_what_comes_next() -> None:
    assert reason("{% for i in range(99999) %}{% endfor %}") == TOO_LONG
    assert render("{% for n in shape %}{{ n }}{% endfor %}", DRAWN) == "213"


def test_a_text_that_takes_long_is_refused() -> None:
    text = "{% for i in range(9999) %}{{ (entries + [i])|length }}{% endfor %}"
    assert reason(text, {"entries": [0] * 60_000}) == TOO_LONG


def test_a_machine_that_does_something_else_meanwhile_refuses_nothing() -> None:
    def waiting() -> Iterator[int]:
        for number in range(3):
            time.sleep(0.4)  # as a thread waits for its turn
            yield number

    assert render("{% for n in numbers %}{{ n }}{% endfor %}", {"numbers": waiting()}) == "012"


def test_each_thread_has_the_time_and_the_steps_of_its_own_text() -> None:
    def others() -> Iterator[str]:
        for number in range(2):
            with ThreadPoolExecutor(1) as threads:
                yield threads.submit(
                    render, "{% for i in range(9999) %}{{ n }}{% endfor %}", {"n": number}
                ).result()

    while (
        time.thread_time() < 1.5
    ):  # more than a text may take, so that a new thread's end is in the past here
        sum(range(10_000))
    assert render("{% for text in others %}{{ text|length }}{% endfor %}", {"others": others()}) == "99999999"


names = st.sampled_from(["shape", "at", "rows", "how", "cols", "range", "len", "self", "loop", "none"])
pieces = st.one_of(
    names,
    st.sampled_from(list("+-*/%~.,:|()[]{}<>=!'\" \n0123456789")),
    st.sampled_from(
        ["{{ ", " }}", "{% ", " %}", "{#", "#}", "if ", "for ", " in ", "else", "endif", "endfor"]
    ),
    st.sampled_from(
        ["set ", "raw", " is ", "not ", "**", "//", "|join", "|round", "|int", ".replace", ".items"]
    ),
)


@given(st.lists(pieces, max_size=25).map("".join) | st.text(max_size=40))
def test_whatever_a_text_says_it_renders_or_is_a_draw_error(text: str) -> None:
    """For every text: rendering and evaluating give a value of at most 64 kB, or DrawError."""
    for use in (render, evaluate):
        try:
            value = use(text, DRAWN)
        except DrawError:
            continue
        assert len(str(value)) <= 64_000


@given(st.integers(-(10**9), 10**9), st.lists(st.integers(0, 9), max_size=5))
def test_numbers_and_shapes_render_as_python_prints_them(number: int, sizes: list[int]) -> None:
    """For every number and shape p: `{{ p }}` is `str(p)`, and the expression `p` is p."""
    for value in (number, tuple(sizes), sizes):
        assert render("{{ p }}", {"p": value}) == str(value)
        assert evaluate("p", {"p": value}) == value
