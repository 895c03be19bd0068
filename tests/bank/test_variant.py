"""A seed makes one variant of a question, always the same, with everything that torch is to run."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tensordrill.bank.load import Bank
from tensordrill.bank.schema import Fill, Localized, Predict, Which, Write
from tensordrill.bank.sources import shipped
from tensordrill.bank.topic import Entry
from tensordrill.bank.variant import Operand, Selection, Variant, from_address, make, select, split_address
from tensordrill.errors import BankError, DrawError, FileProblems

TOPIC = """
format: 1
topic: view
title: T
questions:
  - id: swap
    draw:
      rows: {int: [2, 5]}
      cols: {int: [2, 5]}
      how: {choice: [{call: x, back: false}, {call: x.t(), back: true}]}
    where: [rows != cols]
    given: x = torch.arange({{ rows * cols }}).view({{ rows }}, {{ cols }})
    code: y = {{ how.call }}.view(-1)
    ask: y[{{ cols }}]
    because: {en: "{{ rows }} rows give {{ key }}", ko: "행 {{ rows }}개, {{ key }}"}
    misconceptions:
      - {id: copies, when: how.back, code: "y = {{ how.call }}.reshape(-1)", because: B}
      - {id: first, ask: "y[{{ rows }}]", given: "x = torch.zeros({{ rows }})"}
      - {idea: always-raises, when: not how.back, answer: raises}
  - id: outer
    draw:
      n: {int: [2, 9]}
      m: {int: [2, 9]}
    given: a, b = torch.arange({{ n }}.), torch.arange({{ m }}.)
    task: T
    write: function
    def: outer(a, b)
    solution: return a[:, None] * b
    also_on: ["a, b = torch.ones({{ n }}), torch.ones(0)"]
    misconceptions:
      - {id: row, code: "return a * b  # {{ n }}"}
  - id: few
    draw: {n: {int: [1, 3]}}
    setup: k = {{ n }}
    given: a = torch.ones({{ n }})
    task: T
    write: function
    def: f(a)
    solution: return a
  - id: blank
    draw: {n: {int: [2, 9]}}
    given: x = torch.zeros({{ n }})
    task: T
    fill: y = x.view(____, {{ n }})
    solution: "{{ 1 }}"
    misconceptions:
      - {id: m, code: "{{ n }}"}
  - id: share
    draw: {n: {int: [2, 9]}}
    given: x = torch.zeros({{ n }})
    options: ["x[0]", "x[:{{ n }}]", x + 0, "x.clone()", "x.view(-1)", x.sum()]
    show: 4
    which: shares_memory(x, it)
    misconceptions:
      - {id: all, which: "True"}
      - {id: ends, picks: [1, 3, 6]}
  - id: always
    given: x = torch.zeros(2)
    options: [a, b, c, d, e, f]
    show: 4
    always: [2, 6]
    which: it
  - id: shuffled
    given: x = torch.zeros(2)
    options: [a, b, c, d, e]
    which: it
"""


@pytest.fixture
def bank(tmp_path: Path) -> Bank:
    folder = tmp_path / "bank"
    folder.mkdir()
    (folder / "view.yaml").write_text(TOPIC, encoding="utf-8")
    (folder / "other.yaml").write_text(TOPIC.replace("topic: view", "topic: other"), encoding="utf-8")
    return Bank(folder)


def variant(bank: Bank, address: str) -> Variant:
    return from_address(bank, address, 0)


@pytest.mark.parametrize(
    ("address", "numbers"),
    [
        pytest.param("view/swap@0", {"rows": 5, "cols": 4, "how": {"call": "x.t()", "back": True}}, id="0"),
        pytest.param("view/swap@1", {"rows": 3, "cols": 4, "how": {"call": "x", "back": False}}, id="1"),
        pytest.param("view/swap@7", {"rows": 2, "cols": 5, "how": {"call": "x", "back": False}}, id="7"),
        pytest.param("view/swap@-1", {"rows": 2, "cols": 3, "how": {"call": "x", "back": False}}, id="-1"),
        pytest.param(
            "view/swap@2026", {"rows": 2, "cols": 5, "how": {"call": "x.t()", "back": True}}, id="2026"
        ),
    ],
)
def test_the_numbers_of_an_address_never_change(bank: Bank, address: str, numbers: dict[str, object]) -> None:
    assert variant(bank, address).parameters == numbers


@pytest.mark.parametrize(
    ("address", "order"),
    [
        pytest.param("view/shuffled@0", (3, 4, 0, 2, 1), id="0"),
        pytest.param("view/shuffled@1", (3, 0, 1, 2, 4), id="1"),
        pytest.param("view/shuffled@7", (2, 4, 3, 1, 0), id="7"),
        pytest.param("view/share@0", (3, 5, 1, 0), id="some of a longer list, 0"),
        pytest.param("view/share@7", (2, 3, 0, 5), id="some of a longer list, 7"),
        pytest.param("view/always@0", (3, 0, 5, 1), id="some that are always there, 0"),
        pytest.param("view/always@7", (0, 4, 5, 1), id="some that are always there, 7"),
    ],
)
def test_the_order_of_options_never_changes(bank: Bank, address: str, order: tuple[int, ...]) -> None:
    assert variant(bank, address).order == order


@pytest.mark.parametrize(
    ("address", "sizes"),
    [
        pytest.param("view/outer@0", [(9, 7), (6, 3), (9, 3), (4, 6), (7, 6)], id="0"),
        pytest.param("view/outer@7", [(7, 2), (2, 9), (9, 2), (5, 9), (8, 4)], id="7"),
    ],
)
def test_the_hidden_draws_of_a_function_never_change(
    bank: Bank, address: str, sizes: list[tuple[int, int]]
) -> None:
    assert variant(bank, address).hidden == tuple(
        Operand(f"a, b = torch.arange({n}.), torch.arange({m}.)") for n, m in sizes
    )


def test_a_function_with_few_draws_is_tried_on_those_there_are(bank: Bank) -> None:
    assert variant(bank, "view/few@0").hidden == (
        Operand("a = torch.ones(1)", "k = 1"),
        Operand("a = torch.ones(3)", "k = 3"),
    )


@pytest.mark.parametrize("question", ["swap", "blank", "share", "shuffled"])
def test_what_is_no_function_has_no_hidden_draws(bank: Bank, question: str) -> None:
    assert variant(bank, f"view/{question}@3").hidden == ()


def test_the_programs_of_a_predict_question_are_final_text(bank: Bank) -> None:
    made = variant(bank, "view/swap@0").question
    assert isinstance(made, Predict)
    assert (made.given, made.code, made.ask) == (
        "x = torch.arange(20).view(5, 4)",
        "y = x.t().view(-1)",
        "y[4]",
    )


def test_the_programs_of_a_write_question_are_final_text(bank: Bank) -> None:
    made = variant(bank, "view/outer@7").question
    assert isinstance(made, Write)
    assert (made.given, made.solution, made.also_on, made.signature) == (
        "a, b = torch.arange(4.), torch.arange(8.)",
        "return a[:, None] * b",
        ("a, b = torch.ones(4), torch.ones(0)",),
        "outer(a, b)",
    )


def test_a_fill_question_keeps_its_blank(bank: Bank) -> None:
    made = variant(bank, "view/blank@7")
    assert isinstance(made.question, Fill)
    assert (made.question.fill, made.question.solution) == ("y = x.view(____, 7)", "1")
    (wrong,) = made.wrong
    assert isinstance(wrong.question, Fill)
    assert (wrong.question.fill, wrong.question.solution) == ("y = x.view(____, 7)", "7")


def test_options_are_rendered_in_the_order_shown(bank: Bank) -> None:
    made = variant(bank, "view/share@0").question
    assert isinstance(made, Which)
    assert made.options == ("x.clone()", "x.sum()", "x[:7]", "x[0]")


def test_a_misconceptions_picks_are_where_they_are_shown(bank: Bank) -> None:
    everything, ends = variant(bank, "view/share@7").wrong
    assert isinstance(everything.question, Which)
    assert everything.question.which == "True"
    assert everything.picks is None
    assert ends.picks == (0, 2, 3)
    assert isinstance(ends.question, Which)
    assert [ends.question.options[pick] for pick in ends.picks] == ["x + 0", "x[0]", "x.sum()"]


@pytest.mark.parametrize(
    ("address", "names"),
    [
        pytest.param("view/swap@0", ["copies", "first"], id="where `when` holds"),
        pytest.param("view/swap@1", ["first", "always-raises"], id="where it does not"),
    ],
)
def test_a_misconception_is_there_where_its_when_holds(bank: Bank, address: str, names: list[str]) -> None:
    assert [wrong.name for wrong in variant(bank, address).wrong] == names


def test_a_misconception_replaces_what_it_says_and_nothing_else(bank: Bank) -> None:
    copies, first = variant(bank, "view/swap@0").wrong
    assert isinstance(copies.question, Predict)
    assert isinstance(first.question, Predict)
    assert (copies.question.given, copies.question.code, copies.question.ask) == (
        "x = torch.arange(20).view(5, 4)",
        "y = x.t().reshape(-1)",
        "y[4]",
    )
    assert (first.question.given, first.question.code, first.question.ask) == (
        "x = torch.zeros(5)",
        "y = x.t().view(-1)",
        "y[5]",
    )
    assert (copies.because, copies.answer) == ("B", None)


def test_an_answer_that_no_program_gives_is_kept(bank: Bank) -> None:
    assert variant(bank, "view/swap@1").wrong[1].answer == "raises"


def test_a_text_is_said_with_the_draw_and_the_key(bank: Bank) -> None:
    made = variant(bank, "view/swap@0")
    text = made.entry.question.because
    assert isinstance(text, Localized)
    assert made.say(text, "en", key=16) == "5 rows give 16"
    assert made.say(text, "ko", key=16) == "행 5개, 16"
    assert made.say("plain {{ cols }}", "ko") == "plain 4"
    assert made.say("{{ cols }}은(는) {{ rows }}(으)로", "ko") == "4는 5로"


def test_a_text_that_needs_the_key_is_not_said_without_it(bank: Bank) -> None:
    made = variant(bank, "view/swap@0")
    with pytest.raises(DrawError) as caught:
        made.say("{{ key }} it is", "en")
    assert str(caught.value) == "`{{ key }} it is` does not render: 'key' is undefined"


def test_an_address_makes_the_variant_that_has_it(bank: Bank) -> None:
    made = variant(bank, "view/swap@-12")
    assert (made.address, made.entry.id, made.seed, made.kind) == (
        "view/swap@-12",
        "view/swap",
        -12,
        "predict",
    )
    assert from_address(bank, "view/swap", -12) == made


@pytest.mark.parametrize(
    ("address", "parts"),
    [
        pytest.param("view/swap@7", ("view/swap", 7), id="seed"),
        pytest.param("view/swap@-7", ("view/swap", -7), id="negative seed"),
        pytest.param("view/swap", ("view/swap", None), id="no seed"),
    ],
)
def test_an_address_is_an_id_and_a_seed(address: str, parts: tuple[str, int | None]) -> None:
    assert split_address(address) == parts


@pytest.mark.parametrize(
    "digits",
    [
        pytest.param("", id="nothing"),
        pytest.param("seven", id="a word"),
        pytest.param("--7", id="two signs"),
        pytest.param("7.0", id="a decimal"),
        pytest.param("٣", id="digits of another script"),
        pytest.param("7@7", id="two seeds"),
        pytest.param("7\n", id="a line end"),
        pytest.param("9" * 5000, id="thousands of digits"),
    ],
)
def test_what_is_no_seed_is_said(bank: Bank, digits: str) -> None:
    with pytest.raises(BankError) as caught:
        variant(bank, f"view/swap@{digits}")
    assert str(caught.value) == (
        f"`{digits}` in `view/swap@{digits}` is not a seed; a seed is an integer, as in `view/swap@7`"
    )


@pytest.mark.parametrize(
    ("question", "message"),
    [
        pytest.param(
            '{id: q, task: t, draw: {b: {choice: [____]}}, fill: "y = ____ + {{ b }}", solution: x}',
            "on this draw: `solution` needs a list of 2 fillings, one for each `____`",
            id="a draw that writes a second blank",
        ),
        pytest.param(
            '{id: q, given: "{% if false %}x{% endif %}", ask: x}',
            "on this draw: a predict question needs a program: `given`, `code` or both",
            id="a program that renders to nothing",
        ),
        pytest.param(
            "{id: q, given: x = 1, ask: x, misconceptions: [{id: m, when: far, code: y}]}",
            "`far` cannot be computed: 'far' is undefined",
            id="an undefined parameter in `when`",
        ),
        pytest.param(
            '{id: q, given: x = 1, ask: "{{ far }}"}',
            "`{{ far }}` does not render: 'far' is undefined",
            id="an undefined parameter in a program",
        ),
        pytest.param(
            "{id: q, given: x = 1, ask: x, draw: {n: {int: [1, 3]}}, where: [n > 3]}",
            "no draw satisfies `where` in 1000 tries; widen the draws or loosen `where`",
            id="a draw that nothing satisfies",
        ),
    ],
)
def test_a_variant_that_cannot_be_made_is_said(tmp_path: Path, question: str, message: str) -> None:
    text = f"format: 1\ntopic: bad\ntitle: T\nquestions:\n  - {question}\n"
    (tmp_path / "bad.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(DrawError) as caught:
        from_address(Bank(tmp_path), "bad/q@1", 0)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("names", "chosen"),
    [
        pytest.param([], {"other": None, "view": None}, id="no name is every topic"),
        pytest.param(["view"], {"view": None}, id="a topic"),
        pytest.param(["view/swap"], {"view": {"view/swap": None}}, id="a question"),
        pytest.param(["view/swap@7"], {"view": {"view/swap": 7}}, id="an address"),
        pytest.param(
            ["view/swap", "other", "view/outer@3"],
            {"view": {"view/swap": None, "view/outer": 3}, "other": None},
            id="several",
        ),
        pytest.param(["view/swap", "view"], {"view": None}, id="a topic after its question"),
        pytest.param(["view", "view/swap"], {"view": None}, id="a topic before its question"),
    ],
)
def test_names_select_topics_and_questions(bank: Bank, names: list[str], chosen: Selection) -> None:
    assert select(bank, names) == chosen


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        pytest.param("veiw", "there is no topic `veiw` in BANK; did you mean `view`?", id="a topic"),
        pytest.param("veiw/swap", "there is no topic `veiw` in BANK; did you mean `view`?", id="its topic"),
        pytest.param(
            "view/swop", "there is no question `view/swop`; did you mean `view/swap`?", id="a question"
        ),
        pytest.param(
            "view/swap@x",
            "`x` in `view/swap@x` is not a seed; a seed is an integer, as in `view/swap@7`",
            id="a seed",
        ),
        pytest.param("", "there is no topic `` in BANK", id="nothing"),
    ],
)
def test_a_name_that_selects_nothing_is_said_with_a_guess(bank: Bank, name: str, sentence: str) -> None:
    with pytest.raises(BankError) as caught:
        select(bank, ["other", name])
    assert str(caught.value) == sentence.replace("BANK", bank.where)


@cache
def entries() -> dict[str, Entry]:
    return {entry.id: entry for topic in Bank(shipped()).topics() for entry in topic.entries}


@cache
def read_again() -> Bank:
    return Bank(shipped())


ids = st.deferred(lambda: st.sampled_from(sorted(entries())))
seeds = st.integers(-(10**6), 10**6)


@given(ids, seeds)
def test_the_same_address_makes_the_same_variant(full_id: str, seed: int) -> None:
    """For every shipped question and seed: its variant is made again from its address alone."""
    made = make(entries()[full_id], seed)
    again = from_address(read_again(), made.address, seed + 1)
    assert (again.parameters, again.question, again.order, again.hidden) == (
        made.parameters,
        made.question,
        made.order,
        made.hidden,
    )
    assert again.wrong == made.wrong


@given(ids, seeds)
def test_a_shipped_variant_is_ready_to_run(full_id: str, seed: int) -> None:
    """For every shipped question and seed: no template is left in a program; a misconception applies."""
    made = make(entries()[full_id], seed)
    assert made.wrong
    for question in (made.question, *(wrong.question for wrong in made.wrong)):
        for name in ("given", "code", "ask", "solution", "fill", "which"):
            assert "{{" not in (getattr(question, name, None) or "")
            assert "{%" not in (getattr(question, name, None) or "")


@given(seeds)
def test_hidden_draws_differ_from_each_other_and_from_the_shown_one(seed: int) -> None:
    """For every shipped function and seed: five other givens, none of them the shown one."""
    functions = [entry for entry in entries().values() if getattr(entry.question, "write", "") == "function"]
    assert functions
    for entry in functions:
        made = make(entry, seed)
        shown = {made.question.given, *(operand.given for operand in made.hidden)}
        assert len(shown) == 1 + len(made.hidden) == 6


texts = st.sampled_from(
    [
        "x = {{ n }}",
        "{{ n.call }}",
        "{{ n[0] }}",
        "{{ m }}",
        "____",
        "",
        "{{ n * m }}",
        "{{",
        "{% if n %}x{% endif %}",
    ]
)
bounds = st.integers(-3, 12) | st.sampled_from(
    ["n", "n + m", "1 / n", "n|int(0, 16)", "len(n)", "99999 * 99999", "-n"]
)
ranges = st.tuples(bounds, bounds)
values = st.recursive(
    texts | st.integers(-3, 3) | st.floats() | st.booleans() | st.none(),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["call", "b"]), inner, max_size=2)
    ),
    max_leaves=4,
)
draws = st.one_of(
    bounds,
    ranges.map(lambda r: {"int": r}),
    st.tuples(bounds, ranges, st.booleans()).map(
        lambda t: {"ints": {"count": t[0], "from": t[1], "distinct": t[2]}}
    ),
    (st.lists(values, min_size=1, max_size=3) | bounds.filter(lambda b: isinstance(b, str))).map(
        lambda choice: {"choice": choice}
    ),
    st.tuples(bounds | ranges, ranges, bounds).map(
        lambda t: {"sizes": {"rank": t[0], "from": t[1], "ones": t[2]}}
    ),
    bounds.map(lambda count: {"permutation": count}),
)
kinds = st.one_of(
    st.fixed_dictionaries({"given": texts, "ask": texts, "code": texts}),
    st.fixed_dictionaries({"fill": texts, "solution": texts, "task": texts}),
    st.fixed_dictionaries({"which": texts, "options": st.lists(texts, min_size=2, max_size=4)}),
    st.fixed_dictionaries(
        {"write": st.just("function"), "def": texts, "given": texts, "solution": texts, "task": texts}
    ),
)
conditions = st.sampled_from(["n", "n != m", "true", "n > 0", "1 / n", "____"])
wrongs = st.fixed_dictionaries(
    {"id": st.just("m")},
    optional={
        "code": texts,
        "given": texts,
        "picks": st.lists(st.integers(1, 2), max_size=2),
        "when": conditions,
    },
)


@given(
    kinds,
    st.dictionaries(st.sampled_from("nmk"), draws, min_size=1),
    st.lists(wrongs, max_size=2),
    st.lists(conditions, max_size=1),
    seeds,
)
def test_whatever_a_question_draws_it_is_a_variant_or_a_sentence(
    tmp_path_factory: pytest.TempPathFactory,
    kind: dict[str, object],
    drawn: dict[str, object],
    misconceptions: list[dict[str, object]],
    where: list[str],
    seed: int,
) -> None:
    """For every question that loads and every seed: there is a variant, or a DrawError that says why not."""
    whole = {**kind, "id": "q", "draw": drawn, "misconceptions": misconceptions, "where": where}
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    topic = {"format": 1, "topic": "any", "title": "T", "questions": [whole]}
    path.write_bytes(msgspec.json.encode(topic))
    try:
        made = from_address(Bank(path.parent), f"any/q@{seed}", 0)
    except (DrawError, FileProblems) as error:
        sentence = str(error)
    else:
        sentence = made.address
    assert sentence
