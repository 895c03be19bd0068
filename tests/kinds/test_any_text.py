"""Whatever is typed, every kind of question reads it as an answer or says that it cannot."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tensordrill.bank.load import Bank
from tensordrill.bank.variant import Variant, make
from tensordrill.kinds import KINDS
from tensordrill.kinds.answers import Code, Literally, Picks, Raises, Unreadable
from tensordrill.kinds.code import MAX_CODE, dumped, expression, parsed, problem, tokens, unparsed
from tensordrill.kinds.instructions import unreadable_sentence
from tensordrill.kinds.pleas import is_plea

CODE = {"task": "T", "solution": "x", "must": ["values"]}
QUESTIONS: dict[str, dict[str, Any]] = {
    "shape": {"code": "y = x", "ask": "y.shape"},
    "ints": {"code": "y = x", "ask": "y.stride()"},
    "pieces": {"code": "y = x", "ask": "(y.shape, y.dtype, y.is_leaf)"},
    "unknown": {"code": "y = x", "ask": "(y, x)"},
    "tensor": {"code": "y = x", "ask": "y"},
    "text": {"code": "y = x", "ask": "type(y).__name__"},
    "line": {"code": "y = x", "ask": "line"},
    "warns": {"code": "y = x", "ask": "warns"},
    "which": {"which": "it.is_leaf", "options": ["x", "x + 1"]},
    "fill": {"fill": "y = x.sum(____)", **CODE},
    "fill-letters": {"fill": 'y = torch.einsum("____->i", x)', **CODE},
    "expression": {"write": "expression", **CODE},
    "statements": {"write": "statements", "ask": "x", **CODE},
    "function": {"write": "function", "def": "f(x)", **CODE},
}


@pytest.fixture(scope="module")
def variants(tmp_path_factory: pytest.TempPathFactory) -> list[Variant]:
    """One question of every kind and form, and of every type that reads in a way of its own."""
    folder = tmp_path_factory.mktemp("bank")
    questions = [{"id": name, "given": "x = torch.ones(2)", **fields} for name, fields in QUESTIONS.items()]
    topic = {"format": 1, "topic": "t", "title": "T", "questions": questions}
    (folder / "t.yaml").write_text(json.dumps(topic), encoding="utf-8")
    bank = Bank(folder)
    return [make(bank.entry(f"t/{name}"), 1) for name in QUESTIONS]


MARKS = (
    "( ) [ ] { } , . : ; = - * ' \" ''' \\ # @ ! ? ~ % \n \r \t \f \x00 \ufeff \ud800 \udcff ２ ³ é f' f'{"
)
WORDS = "x 1 0x 9e9 값 에러 help None raises IndexErr lambda yield return def class torch.Size( tensor( size= ____"
fragments = st.sampled_from([*MARKS.split(" "), *WORDS.split(" ")])
texts = st.one_of(
    st.text(),
    st.text(st.characters(exclude_categories=())),
    st.binary(max_size=40).map(lambda typed: typed.decode("utf-8", "surrogateescape")),
    st.lists(fragments, max_size=30).map("".join),
    st.lists(fragments, max_size=30).map(" ".join),
)


@given(texts)
@example("\udcff")
@example("1\ud800")
@example("\x00")
@example("'''")
@example("9" * 5000)
@example("0x" + "f" * 6000)
@example(f"({'9' * 4400})")
@example("1" + "0" * 4400 + ".0")
@example("1e" + "9" * 4400)
@example("(" * 5000)
@example("[" * 300 + "]" * 300)
@example("-" * (MAX_CODE - 1) + "1")
@example("x" + ".y" * 9000)
@example("x + " * 4000 + "x")
@example("not " * 4000 + "x")
@example("lambda: " * 2000 + "x")
@example("f'{" * 200)
@example("\N{COMBINING ACUTE ACCENT}" * 5000)
def test_any_text_is_an_answer_or_unreadable(variants: list[Variant], text: str) -> None:
    """No text makes a kind raise, and what it cannot read it can speak of."""
    for variant in variants:
        answer = KINDS[variant.kind].read(variant, text)
        assert isinstance(answer, Code | Literally | Picks | Raises | Unreadable)
        if isinstance(answer, Unreadable):
            assert unreadable_sentence(answer, "en")
            assert unreadable_sentence(answer, "ko")
        assert is_plea(variant.question, text) in (True, False)


@given(texts)
@example("0x" + "f" * 6000)
@example("x = 0x" + "f" * 6000 + "\ny = x")
@example("-" * 5000 + "1")
@example("\udcff")
def test_any_text_is_python_or_is_not(text: str) -> None:
    """Parsers of code never raise; text that does not parse has a problem to report."""
    tree, words = parsed(text), problem(text)
    assert tree is not None or words
    assert expression(text) is None or problem(text.strip(), "eval") == "" or words
    assert sum(1 for _ in tokens(text)) >= 0
    for statement in tree.body if tree else ():
        assert isinstance(unparsed(statement), str | None)
        assert isinstance(dumped(statement), str | None)
