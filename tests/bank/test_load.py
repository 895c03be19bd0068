"""Folders and files become topics, or every problem with its place and what to do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tensordrill.bank.load import Bank
from tensordrill.bank.problems import near
from tensordrill.bank.schema import Predict
from tensordrill.bank.sources import shipped
from tensordrill.bank.topic import load_topic
from tensordrill.errors import BankError, FileProblems
from tensordrill.messages import message

HEAD = "format: 1\ntopic: t\ntitle: T\nquestions:\n"
ONE = "  - id: one\n    given: x = 1\n    ask: x\n"


def problems(folder: Path, text: str) -> list[str]:
    """Return the problems of a topic file `t.yaml`, without its name in front."""
    path = folder / "t.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FileProblems) as caught:
        load_topic(path)
    return [problem.removeprefix(f"{path}:") for problem in caught.value.problems]


def bank(folder: Path, **files: str) -> Bank:
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return Bank(folder)


def test_the_least_topic_loads(tmp_path: Path) -> None:
    topic = bank(tmp_path, t=HEAD + ONE).topic("t")
    (entry,) = topic.entries
    assert (topic.name, topic.title, topic.language, topic.intro) == ("t", "T", "en", None)
    assert (entry.id, entry.kind, str(entry.place)) == ("t/one", "predict", f"{tmp_path / 't.yaml'}:5:5")
    assert entry.question == Predict(id="one", given="x = 1", ask="x")


@pytest.mark.parametrize(
    ("rest", "kind"),
    [
        pytest.param("{id: a, given: x = 1, ask: x}", "predict", id="predict"),
        pytest.param("{id: a, task: t, write: expression, solution: x, ask: it}", "write", id="write"),
        pytest.param('{id: a, task: t, fill: "y = ____", solution: x, ask: y}', "fill", id="fill"),
        pytest.param("{id: a, which: it, options: [x, y]}", "which", id="which"),
        pytest.param("{id: a, task: t, order: [x, y], ask: x}", "order", id="order"),
    ],
)
def test_a_question_is_of_the_kind_whose_key_it_has(tmp_path: Path, rest: str, kind: str) -> None:
    (entry,) = bank(tmp_path, t=f"{HEAD}  - {rest}\n").topic("t").entries
    assert entry.kind == kind


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        pytest.param("null\n", ["1:1: nothing is here; give a value or remove the key"], id="null"),
        pytest.param("hello\n", ["1:1: a mapping is expected here, not a text"], id="a word"),
        pytest.param("- a\n", ["1:1: a mapping is expected here, not a list"], id="a list"),
        pytest.param(
            HEAD.replace("format: 1", "format: 2") + "  - {this: is, from: tomorrow}\n",
            ["1:9: format 2 is newer than this program's 1; upgrade tensordrill"],
            id="a newer format, and nothing else of what it says",
        ),
        pytest.param(
            HEAD.replace("format: 1", "format: 0") + ONE,
            ["1:9: format 0 is not known; write `format: 1`"],
            id="no such format",
        ),
        pytest.param(
            HEAD.replace("format: 1", 'format: "1"') + ONE,
            ["1:9: a whole number is expected here, not a text"],
            id="a format that is a text",
        ),
        pytest.param(
            HEAD.replace("format: 1\n", "") + ONE, ["1:1: the key `format` is missing"], id="no format"
        ),
        pytest.param(
            HEAD.replace("title", "titel") + ONE,
            ["3:1: the key `titel` is not known here; did you mean `title`?"],
            id="an unknown key of the file",
        ),
        pytest.param(
            HEAD.replace("topic: t", "topic: other") + ONE,
            ["2:8: the topic is `other` but the file is `t.yaml`; make them the same"],
            id="another name than the file's",
        ),
        pytest.param(
            "language: fr\n" + HEAD + ONE,
            ["1:11: 'fr' is not possible here; possible are `en`, `ko`"],
            id="a language that is not there",
        ),
        pytest.param(
            "intro: {text: T, give: x, ask: x}\n" + HEAD + ONE,
            ["1:18: the key `give` is not known here; did you mean `given`?"],
            id="an unknown key of the intro",
        ),
        pytest.param(HEAD, ["4:11: nothing is here; give a value or remove the key"], id="no questions"),
        pytest.param(
            HEAD + "  []\n",
            ["5:3: there are no questions; `tensordrill bank new TOPIC` shows what one looks like"],
            id="a list of no questions",
        ),
        pytest.param(
            HEAD + "  - 5\n", ["5:5: a mapping is expected here, not a whole number"], id="no question"
        ),
        pytest.param(
            HEAD.replace("title", "titel") + ONE.replace("ask", "asks"),
            [
                "3:1: the key `titel` is not known here; did you mean `title`?",
                "7:5: the key `asks` is not known here; did you mean `ask`?",
            ],
            id="the file's own problem hides no question's",
        ),
        pytest.param(
            HEAD + ONE + "    level: 4\n" + ONE + ONE.replace("one", "two") + "    levle: 1\n",
            [
                "8:12: 4 is not possible here; possible are `1`, `2`, `3`",
                "15:5: the key `levle` is not known here; did you mean `level`?",
            ],
            id="several questions' problems",
        ),
        pytest.param(
            HEAD + ONE + ONE, ["8:9: the id `one` is used in line 5 already"], id="an id that is used already"
        ),
    ],
)
def test_what_is_wrong_with_a_file_is_said_at_its_place(
    tmp_path: Path, text: str, sentences: list[str]
) -> None:
    assert problems(tmp_path, text) == sentences


@pytest.mark.parametrize(
    ("head", "sentences"),
    [
        pytest.param(
            "stup: x = 1\n", ["1:1: the key `stup` is not known here; did you mean `setup`?"], id="a slip"
        ),
        pytest.param(
            "draw: {n: {itn: [1, 2]}}\n",
            ["1:12: the key `itn` is not known here; did you mean `int`?"],
            id="a draw that is none",
        ),
        pytest.param(
            "draw: {key: 1}\n",
            ["1:8: `key` cannot name a parameter: texts use it for what the run gave"],
            id="a parameter called key",
        ),
        pytest.param(
            "forbid: [view]\nonly: [add]\n",
            ["1:1: a topic has `forbid` or `only`, not both"],
            id="two rules",
        ),
        pytest.param("given: 5\n", ["1:8: a text is expected here; put quotes around it"], id="no text"),
        pytest.param("where: [x]\n", ["1:1: the key `where` is not known here"], id="what is not inherited"),
    ],
)
def test_what_is_wrong_with_fields_of_a_topic_is_said_once(
    tmp_path: Path, head: str, sentences: list[str]
) -> None:
    assert problems(tmp_path, head + HEAD + ONE) == sentences


def test_a_program_may_come_from_the_topic(tmp_path: Path) -> None:
    text = f"given: x = torch.ones(2)\n{HEAD}  - {{id: one, ask: x.shape}}\n"
    (entry,) = bank(tmp_path, t=text).topic("t").entries
    assert entry.question == Predict(id="one", given="x = torch.ones(2)", ask="x.shape")


def test_a_broken_topic_hides_no_program_of_its_own(tmp_path: Path) -> None:
    text = f"given: x = torch.ones(2)\n{HEAD.replace('title', 'titel')}  - {{id: one, ask: x.shape}}\n"
    assert problems(tmp_path, text) == ["4:1: the key `titel` is not known here; did you mean `title`?"]


MANY = "`class`, `expression`, `function`, `statements`"
FACETS = "`changed`, `contiguous`, `dtype`, `grad`, `memory`, `shape`, `stride`, `values`"
TYPES = (
    "`bool`, `dtype`, `float`, `int`, `line`, `none-or-bool`, `none-or-dtype`, `none-or-float`, "
    "`none-or-int`, `none-or-shape`, `none-or-tensor`, `none-or-text`, `none-or-tuple`, `output`, `shape`, "
    "`tensor`, `text`, `tuple`"
)
KEBAB = "this must be lower-case words joined by `-`, as in `flatten-a-transpose`"


@pytest.mark.parametrize(
    ("rest", "sentence"),
    [
        pytest.param("wher: [x]", "8:5: the key `wher` is not known here; did you mean `where`?", id="key"),
        pytest.param("zzz: 1", "8:5: the key `zzz` is not known here", id="a key like no other"),
        pytest.param("<<: {a: 1}", "8:5: the key `<<` is not known here", id="a merge key"),
        pytest.param(
            "level: two", "8:12: a whole number is expected here, not a text", id="a level in words"
        ),
        pytest.param("task: 5", "8:11: a text is expected here; put quotes around it", id="a number as text"),
        pytest.param(
            "task: true", "8:11: a text is expected here; put quotes around it", id="a bool as text"
        ),
        pytest.param(
            "code: {y: x}", "8:11: a text is expected here, not a mapping", id="code in braces is a mapping"
        ),
        pytest.param("code:", "8:10: nothing is here; give a value or remove the key", id="nothing"),
        pytest.param(
            "task: [a]", "8:11: a text or a mapping is expected here, not a list", id="a list as text"
        ),
        pytest.param("task: {}", "8:11: a text needs `en`, `ko` or both", id="a text in no language"),
        pytest.param("because: {en: a, kr: b}", "8:22: the key `kr` is not known here", id="a text"),
        pytest.param("where: n > 1", "8:12: a list is expected here, not a text", id="a text as list"),
        pytest.param(
            "hints: [{en: a}, {ne: b}]",
            "8:23: the key `ne` is not known here",
            id="in the second hint",
        ),
        pytest.param(
            "type: shap",
            f"8:11: 'shap' is not possible here; possible are {TYPES}; did you mean `shape`?",
            id="type",
        ),
        pytest.param(
            "draw: {m: {int: [1, 2]}, n: {itn: [1, 2]}}",
            "8:34: the key `itn` is not known here; did you mean `int`?",
            id="a draw's unknown key, at the second parameter",
        ),
        pytest.param(
            "draw: {n: {int: [1]}}", "8:21: a list of 2 is expected here, not of 1", id="half a range"
        ),
        pytest.param(
            "draw: {n: {int: [1, 2.5]}}",
            "8:25: a whole number or a text is expected here, not a decimal number",
            id="a bound that is no integer",
        ),
        pytest.param(
            "draw: {n: {ints: {count: 1, form: [1, 2]}}}",
            "8:33: the key `form` is not known here; did you mean `from`?",
            id="a key within `ints`",
        ),
        pytest.param(
            "draw: {n: {int: [1, 2], choice: [1]}}",
            "8:15: a draw has exactly one of `int`, `ints`, `choice`, `sizes`, `permutation`",
            id="two draws in one",
        ),
        pytest.param("draw: {n: {choice: []}}", "8:15: `choice` needs at least one value", id="no choice"),
        pytest.param(
            "draw: {n: null}", "8:15: nothing is here; give a value or remove the key", id="no draw"
        ),
        pytest.param("setup: 5", "8:12: a text is expected here; put quotes around it", id="a setup"),
        pytest.param("draw: [n]", "8:11: a mapping is expected here, not a list", id="draws in a list"),
        pytest.param(
            "draw: {a: 1, key: 1}",
            "8:18: `key` cannot name a parameter: texts use it for what the run gave",
            id="a parameter called key",
        ),
        pytest.param(
            "draw: {true: 1}",
            "8:12: `true` cannot name a parameter: it is a word of templates",
            id="a parameter called true",
        ),
        pytest.param(
            "draw: {a-b: 1}",
            "8:12: `a-b` cannot name a parameter: use letters, digits and `_`",
            id="a parameter with a dash",
        ),
        pytest.param(
            "misconceptions: [{because: x}]",
            "8:22: a misconception needs an `idea` (named in ideas.yaml) or an `id`",
            id="a misconception without a name",
        ),
        pytest.param(
            "misconceptions: [{id: x}]",
            "8:22: a misconception replaces `code`, `given`, `ask`, `which`, `picks`, `order` or `answer`",
            id="a misconception that replaces nothing",
        ),
        pytest.param("misconceptions: [{id: Big One, code: x}]", f"8:27: {KEBAB}", id="a name in capitals"),
        pytest.param(
            "misconceptions: [{id: x, cod: y}]",
            "8:30: the key `cod` is not known here; did you mean `code`?",
            id="a misconception's unknown key",
        ),
        pytest.param(
            "misconceptions: [{id: x, which: y}]",
            "5:5: misconception `x` replaces `which`; of this kind it may replace `code`, `given`, `ask`, `answer`",
            id="a test where nothing is picked",
        ),
        pytest.param(
            "misconceptions: [{id: x, picks: [1]}]",
            "5:5: misconception `x` replaces `picks`; of this kind it may replace `code`, `given`, `ask`, `answer`",
            id="picks where nothing is picked",
        ),
    ],
)
def test_what_is_wrong_with_a_question_is_said_at_its_place(tmp_path: Path, rest: str, sentence: str) -> None:
    assert problems(tmp_path, f"{HEAD}{ONE}    {rest}\n") == [sentence]


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        pytest.param("{given: x = 1, ask: x}", "5:5: the key `id` is missing", id="no id"),
        pytest.param("{id: a, given: x = 1}", "5:5: the key `ask` is missing", id="no ask"),
        pytest.param("{id: A b, given: x = 1, ask: x}", f"5:10: {KEBAB}", id="an id with a space"),
        pytest.param(
            "{id: a, ask: x}",
            "5:5: a predict question needs a program: `given`, `code` or both",
            id="no program",
        ),
        pytest.param(
            "{id: a, task: t, write: expresion, solution: x}",
            f"5:29: 'expresion' is not possible here; possible are {MANY}; did you mean `expression`?",
            id="a form of code that is not there",
        ),
        pytest.param(
            "{id: a, task: t, write: expression, solution: x, must: [shape, shapes]}",
            f"5:68: 'shapes' is not possible here; possible are {FACETS}; did you mean `shape`?",
            id="a facet that is not there",
        ),
        pytest.param(
            "{id: a, write: expression, solution: x}",
            "5:5: a write question needs a `task` in words",
            id="task",
        ),
        pytest.param(
            "{id: a, task: t, write: function, solution: x}",
            "5:5: `def` goes with `write: function`, and only with it",
            id="a function without a signature",
        ),
        pytest.param(
            "{id: a, task: t, write: statements, solution: x}",
            "5:5: `write: statements` needs `ask`: what is compared after they ran",
            id="statements without ask",
        ),
        pytest.param(
            "{id: a, task: t, write: expression, solution: x, forbid: [a], only: [b]}",
            "5:5: a question has `forbid` or `only`, not both",
            id="forbid and only",
        ),
        pytest.param(
            "{id: a, task: t, write: class, solution: pass, ask: A()}",
            "5:5: `class` goes with `write: class`, and only with it",
            id="a class without a header",
        ),
        pytest.param(
            "{id: a, task: t, write: expression, class: A, solution: pass, ask: A()}",
            "5:5: `class` goes with `write: class`, and only with it",
            id="a header without a class",
        ),
        pytest.param(
            "{id: a, task: t, write: class, class: A, solution: pass}",
            "5:5: `write: class` needs `ask`: what is compared of the class",
            id="a class of which nothing is asked",
        ),
        pytest.param(
            "{id: a, task: t, fill: x, solution: y}",
            "5:5: `fill` needs a blank `____`",
            id="no blank",
        ),
        pytest.param(
            "{id: a, task: t, fill: ____ + ____, solution: y}",
            "5:5: `solution` needs a list of 2 fillings, one for each `____`",
            id="two blanks and one filling",
        ),
        pytest.param(
            "{id: a, task: t, fill: ____ + ____, solution: [x, y, z]}",
            "5:5: `solution` needs a list of 2 fillings, one for each `____`",
            id="two blanks and three fillings",
        ),
        pytest.param(
            "{id: a, task: t, fill: y = ____, solution: [x]}",
            "5:5: `solution` is a list of fillings, but `fill` has one blank; write the filling alone",
            id="one blank and a list",
        ),
        pytest.param(
            "{id: a, task: t, fill: ____ + ____, solution: [x, y], misconceptions: [{id: m, code: z}]}",
            "5:5: misconception `m` needs a list of 2 fillings, one for each `____`",
            id="a misconception with one filling of two",
        ),
        pytest.param(
            "{id: a, task: t, write: expression, solution: x, misconceptions: [{id: m, code: [y]}]}",
            "5:5: misconception `m` has a list as its `code`; only several blanks take one",
            id="a list of code where there is no blank",
        ),
        pytest.param(
            "{id: a, fill: ____, solution: y}",
            "5:5: a fill question needs a `task` in words",
            id="fill: task",
        ),
        pytest.param(
            "{id: a, which: it, options: [x, y, z], show: 2, always: [1, 2]}",
            "5:5: `always` names some of the options that `show` draws, so it has fewer than `show`",
            id="all shown are always shown",
        ),
        pytest.param(
            "{id: a, which: it, options: [x, y, z], always: [1]}",
            "5:5: `always` names some of the options that `show` draws, so it has fewer than `show`",
            id="always without show",
        ),
        pytest.param(
            "{id: a, which: it, options: [x, y, z], show: 2, always: [4]}",
            "5:62: there is no option 4; they count from 1 to 3",
            id="always shows what is not there",
        ),
        pytest.param(
            "{id: a, which: it, options: [x, y, z, w], show: 3, always: [4, 4]}",
            "5:68: the option 4 is here twice; remove one",
            id="always shows one twice",
        ),
        pytest.param(
            "{id: a, which: it, options: [x, y], misconceptions: [{id: m, when: raised, picks: [1]}]}",
            "5:5: misconception `m` has `raised` in its `when`; only predict may raise",
            id="raised in which",
        ),
        pytest.param(
            "{id: a, order: [x, y], ask: x}",
            "5:5: an order question needs a `task` in words",
            id="order: task",
        ),
        pytest.param(
            "{id: a, task: t, order: [x, y]}",
            "5:5: an order question needs `ask`: what is compared after the lines ran",
            id="order: ask",
        ),
        pytest.param(
            "{id: a, task: t, order: [x], ask: x}",
            "5:29: a list of at least 2 is expected here",
            id="one line",
        ),
        pytest.param(
            "{id: a, task: t, order: [x, y], distractors: [z], ask: x, misconceptions: [{id: m, order: [2, 4]}]}",
            "5:99: there is no line 4; they count from 1 to 3",
            id="a line that is not there",
        ),
        pytest.param(
            "{id: a, task: t, order: [x, y], ask: x, misconceptions: [{id: m, order: [2, 2]}]}",
            "5:81: the line 2 is here twice; remove one",
            id="a line twice",
        ),
        pytest.param(
            "{id: a, task: t, order: [x, y], ask: x, misconceptions: [{id: m, code: z}]}",
            "5:5: misconception `m` replaces `code`; of this kind it may replace `order`",
            id="code in order",
        ),
        pytest.param(
            "{id: a, which: it, options: [x]}", "5:33: a list of at least 2 is expected here", id="one option"
        ),
        pytest.param(
            "{id: a, which: it, options: [x, 5]}",
            "5:37: a text is expected here; put quotes around it",
            id="an option that is a number",
        ),
        pytest.param(
            "{id: a, which: it, options: [x, y], show: 1}",
            "5:47: a whole number of at least 2 is expected here",
            id="one option shown",
        ),
        pytest.param(
            "{id: a, which: it, options: [x, y], show: 5}",
            "5:5: `show` is 5, but there are 2 options",
            id="more shown than there are",
        ),
        pytest.param(
            "{id: a, which: it, options: [x, y], misconceptions: [{id: m, picks: [3]}]}",
            "5:74: there is no option 3; they count from 1 to 2",
            id="picks that are not there",
        ),
        pytest.param(
            "{id: a, which: it, options: [x, y], misconceptions: [{id: m, ask: z}]}",
            "5:5: misconception `m` replaces `ask`; of this kind it may replace `code`, `given`, `which`, `picks`",
            id="ask in which",
        ),
    ],
)
def test_what_a_kind_needs_is_said_at_its_place(tmp_path: Path, question: str, sentence: str) -> None:
    assert problems(tmp_path, f"{HEAD}  - {question}\n") == [sentence]


def test_all_bad_draws_of_a_question_are_said(tmp_path: Path) -> None:
    draws = "    draw:\n      a: {int: [1]}\n      b: {int: [1, 2]}\n      c: null\n"
    assert problems(tmp_path, HEAD + ONE + draws) == [
        "9:16: a list of 2 is expected here, not of 1",
        "11:10: nothing is here; give a value or remove the key",
    ]


def test_the_problems_of_all_files_are_said_together(tmp_path: Path) -> None:
    opened = bank(
        tmp_path,
        a="format: 1\ntopic: a\ntitle: A\nquestions: []\n",
        b=HEAD.replace("topic: t", "topic: b") + ONE,
        c="a: [",
        ideas="view-copies: {titel: x}\nshape-only: {title: x}\nfine: {title: x, rule: y}\n",
    )
    with pytest.raises(FileProblems) as caught:
        opened.topics()
    assert str(caught.value).splitlines() == [
        f"{tmp_path}/a.yaml:4:12: there are no questions; `tensordrill bank new TOPIC` shows what one looks like",
        f"{tmp_path}/c.yaml:2:1: this is not YAML: while parsing a flow node did not find expected node content",
        f"{tmp_path}/ideas.yaml:1:15: the key `titel` is not known here; did you mean `title`?",
        f"{tmp_path}/ideas.yaml:2:13: the key `rule` is missing",
    ]


def test_a_sound_topic_beside_a_broken_one_can_be_used(tmp_path: Path) -> None:
    opened = bank(tmp_path, t=HEAD + ONE, broken="a: [")
    assert opened.entry("t/one").question.id == "one"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        pytest.param("- a\n", "1:1: a mapping of names to ideas is expected here", id="a list"),
        pytest.param(
            "a: &x {title: T, rule: R}\nb: *x\n",
            "2:1: aliases (`*name`) are not used here; write the value again",
            id="an alias",
        ),
        pytest.param(
            "a:\n  title: T\n  rule: 5\n", "3:9: a text is expected here; put quotes around it", id="a number"
        ),
    ],
)
def test_what_is_wrong_with_the_ideas_is_said(tmp_path: Path, text: str, sentence: str) -> None:
    opened = bank(tmp_path, t=HEAD + ONE, ideas=text)
    with pytest.raises(FileProblems) as caught:
        _ = opened.ideas
    assert str(caught.value) == f"{tmp_path}/ideas.yaml:{sentence}"


def test_a_bank_without_ideas_knows_the_shipped_ones(tmp_path: Path) -> None:
    opened = bank(tmp_path, t=HEAD + ONE)
    assert opened.own_ideas == {}
    assert opened.ideas == Bank(shipped()).named_ideas


def test_a_banks_names_are_its_topic_files(tmp_path: Path) -> None:
    opened = bank(tmp_path, t=HEAD + ONE, another=HEAD, ideas="{}")
    for name in (".#t.yaml", "._t.yaml", "notes.txt", "schema.json", "t.yaml~"):
        (tmp_path / name).touch()
    assert opened.names == ("another", "t")


def no_folder(folder: Path) -> Path:
    return folder / "nowhere"


def a_file(folder: Path) -> Path:
    (folder / "bank.yaml").touch()
    return folder / "bank.yaml"


def only_ideas(folder: Path) -> Path:
    (folder / "ideas.yaml").touch()
    return folder


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        pytest.param(no_folder, "the bank cannot be read: No such file or directory", id="no folder"),
        pytest.param(
            a_file,
            "this is neither a folder nor a sound zip archive; `tensordrill bank pack DIR` makes one",
            id="a file",
        ),
        pytest.param(
            only_ideas,
            "no topic file (`*.yaml`) here; `tensordrill bank new TOPIC` writes one",
            id="no topic",
        ),
    ],
)
def test_a_folder_that_is_no_bank_is_said(
    tmp_path: Path, make: Callable[[Path], Path], sentence: str
) -> None:
    folder = make(tmp_path)
    with pytest.raises(BankError) as caught:
        _ = Bank(folder).names
    assert str(caught.value) == f"{folder}: {sentence}"


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        pytest.param("t/on", "there is no question `t/on`; did you mean `t/one`?", id="a question"),
        pytest.param("t/", "there is no question `t/`", id="no name"),
        pytest.param("t/zzzzzzzzz", "there is no question `t/zzzzzzzzz`", id="no question like it"),
        pytest.param(
            "one", "`one` is not a question's id; it looks like `view/flatten-a-transpose`", id="no topic"
        ),
        pytest.param("tt/one", "there is no topic `tt` in BANK; did you mean `t`?", id="a topic"),
        pytest.param("../t/one", "there is no topic `..` in BANK", id="no way out of the folder"),
    ],
)
def test_what_is_not_there_is_said_with_a_guess(tmp_path: Path, name: str, sentence: str) -> None:
    opened = bank(tmp_path, t=HEAD + ONE)
    with pytest.raises(BankError) as caught:
        opened.entry(name)
    assert str(caught.value) == sentence.replace("BANK", str(tmp_path))


def test_a_guess_is_near_or_nothing() -> None:
    assert near("matmull", ["view", "matmul"]) == message("did-you-mean", near="matmul")
    assert near("squeeze", ["view", "matmul"]) == ""


def test_the_shipped_bank_loads(shipped_bank: Bank) -> None:
    assert {"contiguity", "matmul", "squeeze", "view"} <= {topic.name for topic in shipped_bank.topics()}


def test_every_idea_of_the_shipped_bank_is_used_and_every_used_one_is_named(shipped_bank: Bank) -> None:
    used = {
        misconception.idea
        for topic in shipped_bank.topics()
        for entry in topic.entries
        for misconception in entry.question.misconceptions
        if misconception.idea is not None
    }
    assert used == set(shipped_bank.named_ideas)


def loads_or_says(path: Path, content: str | bytes) -> None:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    try:
        topic = load_topic(path)
    except FileProblems as error:
        problems = error.problems
    else:
        assert topic.entries
        return
    assert problems
    assert [problem for problem in problems if not problem.startswith(f"{path}:")] == []


LINES = (shipped() / "view.yaml").read_text(encoding="utf-8").splitlines()[:120]
keys = st.sampled_from(
    [*Predict.__struct_encode_fields__, "which", "options", "fill", "write", "must", "zzz"]
)
junk = st.sampled_from(
    [
        "",
        "5",
        "2.5",
        "true",
        "[]",
        "{}",
        "[1, 2]",
        "{a: 1}",
        "- x",
        "&a b",
        "*a",
        "!!int x",
        "!x {}",
        "'",
        "|",
        "x: y: z",
    ]
)


@given(
    st.lists(st.tuples(st.integers(0, len(LINES) - 1), st.integers(0, 12), keys, junk), max_size=4), st.data()
)
def test_whatever_a_shipped_file_becomes_it_loads_or_says_why(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[int, int, str, str]], data: st.DataObject
) -> None:
    """For every change of lines in a shipped file: loading gives a topic, or problems with places."""
    lines = list(LINES)
    for line, indent, key, value in changes:
        how = data.draw(st.sampled_from(["replace", "insert", "delete", "value"]))
        if how == "delete":
            lines[line] = ""
        elif how == "insert":
            lines[line] += f"\n{' ' * indent}{key}: {value}"
        elif how == "value":
            lines[line] = f"{lines[line].partition(':')[0]}: {value}"
        else:
            lines[line] = f"{' ' * indent}{key}: {value}"
    loads_or_says(tmp_path_factory.getbasetemp() / "view.yaml", "\n".join(lines))


values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-3, 3)
    | st.floats()
    | st.sampled_from(["x", "a-b", "____", "it"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            keys | st.sampled_from(["id", "en", "int", "from", "choice", "picks"]), inner, max_size=4
        )
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(["format", "topic", "title", "language", "intro"]), values), values)
def test_whatever_values_a_file_has_it_loads_or_says_why(
    tmp_path_factory: pytest.TempPathFactory, header: dict[str, object], questions: object
) -> None:
    """For every tree of values as header and questions: loading gives a topic, or problems with places."""
    whole = {"format": 1, "topic": "view", "title": "T", **header, "questions": questions}
    loads_or_says(tmp_path_factory.getbasetemp() / "view.yaml", msgspec.json.encode(whole))


@given(st.dictionaries(keys, values, max_size=6))
def test_whatever_a_question_has_it_loads_or_says_why(
    tmp_path_factory: pytest.TempPathFactory, question: dict[str, object]
) -> None:
    """For every mapping as a question: loading gives a topic, or problems with places."""
    whole = {"format": 1, "topic": "view", "title": "T", "questions": [{"id": "a", **question}]}
    loads_or_says(tmp_path_factory.getbasetemp() / "view.yaml", msgspec.json.encode(whole))


@pytest.mark.parametrize(
    ("versions", "is_there"),
    [
        pytest.param("'>=2.0'", True, id="older"),
        pytest.param("'>=2.0,<99'", True, id="a range"),
        pytest.param("'>=99'", False, id="newer"),
        pytest.param("'<2.0'", False, id="older only"),
    ],
)
def test_a_question_is_left_out_where_torch_is_another(tmp_path: Path, versions: str, is_there: bool) -> None:
    opened = bank(tmp_path, t=HEAD + ONE + f"    torch: {versions}\n" + ONE.replace("id: one", "id: two"))
    ids = [entry.question.id for entry in opened.topic("t").entries]
    assert ids == (["one", "two"] if is_there else ["two"])
    if not is_there:
        with pytest.raises(BankError, match=r"^`t/one` is for torch [<>]=?[\d.]+; here it is 2\."):
            opened.entry("t/one")


def test_versions_that_are_none_are_a_problem_of_the_file(tmp_path: Path) -> None:
    assert problems(tmp_path, HEAD + ONE + "    torch: new\n") == [
        "8:12: `new` names no versions; write them as `>=2.4`"
    ]
