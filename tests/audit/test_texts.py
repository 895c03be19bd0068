"""Texts render on every draw, hints give nothing away, and what a finished bank lacks is advised."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.audit.conftest import Check, Lines
from tests.audit.topics import IDEAS, changed

HINT = "en: Which dim goes?"
TEMPLATE = "mend the template"


@pytest.mark.parametrize(
    ("kind", "pieces", "line"),
    [
        pytest.param(
            "predict",
            ('en: "{{ key }} stays."', 'en: "{{ kee }} stays."'),
            f"18:19: small/total@7: `{{{{ kee }}}} stays.` does not render: 'kee' is undefined "
            f"(on 6 draws); {TEMPLATE}",
            id="because",
        ),
        pytest.param(
            "predict",
            ('ko: "{{ key }}만 남습니다."', 'ko: "{{ key }만 남습니다."'),
            "18:43: small/total@7: `{{ key }만 남습니다.` does not render: unexpected '}' (on 6 draws); " + TEMPLATE,
            id="the second language of because",
        ),
        pytest.param(
            "predict",
            (HINT, 'en: "Think of {{ key }}."'),
            "20:14: small/total@7: `Think of {{ key }}.` does not render: 'key' is undefined "
            f"(on 6 draws); {TEMPLATE}",
            id="a hint that speaks of the key",
        ),
        pytest.param(
            "predict",
            ('en: "Not {{ got }}."', 'en: "Not {{ got.shape }}."'),
            "24:23: small/total@7: `Not {{ got.shape }}.` does not render: 'str object' has no attribute 'shape' "
            f"(on 6 draws); {TEMPLATE}",
            id="a misconception's because",
        ),
        pytest.param(
            "predict",
            ('en: "Dim {{ dim }} goes."', "en: \"{{ 'Dim' if dim == 0 else rose }} goes.\""),
            "27:23: small/total@2: `{{ 'Dim' if dim == 0 else rose }} goes.` does not render: 'rose' is undefined "
            f"(on 3 draws); {TEMPLATE}",
            id="on some draws only",
        ),
        pytest.param(
            "write",
            ("en: Add up the rows.", 'en: "Add up {{ m }} rows."'),
            "9:16: small/total@0: `Add up {{ m }} rows.` does not render: 'm' is undefined "
            f"(on 2 draws); {TEMPLATE}",
            id="task",
        ),
    ],
)  # fmt: skip
def test_a_text_that_does_not_render(lines: Lines, kind: str, pieces: tuple[str, ...], line: str) -> None:
    assert lines(changed(kind, *pieces)) == [f"small.yaml:{line}"]


@pytest.mark.parametrize(
    ("kind", "pieces", "line"),
    [
        pytest.param(
            "write",
            (HINT, "en: Try `x.sum( dim = 0 )`."),
            "17:9: small/total@0: a hint contains the answer `x.sum(dim=0)` (on 2 draws); say less",
            id="the solution, spaced otherwise",
        ),
        pytest.param(
            "write",
            ("ko: 어느 차원이 없어질까요?", "ko: x.sum(dim=0)입니다"),
            "17:9: small/total@0: a hint contains the answer `x.sum(dim=0)` (on 2 draws); say less",
            id="in the second language",
        ),
        pytest.param(
            "function",
            ("en: Make a column.", "en: Return a.unsqueeze(1) * b here."),
            "18:9: small/table@0: a hint contains the answer `a.unsqueeze(1) * b` (on 9 draws); say less",
            id="a function's solution",
        ),
        pytest.param(
            "fill",
            ('solution: "1"', "solution: x.dim()", "en: Where does it go?", "en: x.dim() counts them."),
            "15:9: small/column@1: a hint contains the answer `x.dim()` (on 2 draws); say less",
            id="a filling",
        ),
        pytest.param(
            "predict",
            (HINT, 'en: "It becomes ({{ rows }},) or ({{ cols }},)."'),
            "20:9: small/total@7: a hint contains the answer `(5,)` (on 6 draws); say less",
            id="a key of several tokens",
        ),
        pytest.param(
            "which",
            ("en: Which are views?", 'en: "1 2, 1 3, 1 4, 2 3, 2 4, 3 4"'),
            "13:9: small/sharing@0: a hint contains the answer `1 4` (on 2 draws); say less",
            id="the right numbers",
        ),
    ],
)
def test_a_hint_that_gives_the_answer_away(
    lines: Lines, kind: str, pieces: tuple[str, ...], line: str
) -> None:
    assert lines(changed(kind, *pieces)) == [f"small.yaml:{line}"]


@pytest.mark.parametrize(
    ("kind", "pieces"),
    [
        pytest.param(
            "fill", ("en: Where does it go?", "en: Not at 0 or 1?"), id="a number that is the filling"
        ),
        pytest.param(
            "predict", (HINT, 'en: "{{ rows }} rows, {{ cols }} columns."'), id="single tokens of the key"
        ),
        pytest.param("write", (HINT, "en: Use sum with a dim."), id="words of the solution"),
        pytest.param(
            "write", (HINT, "en: Like xx.sum(dim=0)."), id="a name that only ends like the solution"
        ),
    ],
)
def test_a_hint_that_only_comes_near(lines: Lines, kind: str, pieces: tuple[str, ...]) -> None:
    assert lines(changed(kind, *pieces)) == []


SUM = "https://docs.pytorch.org/docs/stable/generated/torch.sum.html"


@pytest.mark.parametrize(
    ("pieces", "line"),
    [
        pytest.param(
            ("    hints:\n      - {en: Which dim goes?, ko: 어느 차원이 없어질까요?}\n", ""),
            "9:9: small/total: there is no `hints`; add `hints`",
            id="no hints",
        ),
        pytest.param(
            (f"    source: {SUM}\n", ""),
            "9:9: small/total: there is no `source`; add `source`",
            id="no source",
        ),
        pytest.param(
            ('    because: {en: "{{ key }} stays.", ko: "{{ key }}만 남습니다."}\n', ""),
            "9:9: small/total: there is no `because`; add `because`",
            id="no because",
        ),
        pytest.param(
            ('        because: {en: "Dim {{ dim }} goes.", ko: 없어집니다.}\n', ""),
            "25:9: small/total: misconception `keeps` says no `because`; add it",
            id="a misconception without because",
        ),
        pytest.param(
            ("- idea: keeps\n", "- idea: keeps\n        when: rows > 3\n"),
            "22:7: small/total: on the draws that were tried only 1 misconception holds; add a second misconception",
            id="a second misconception that never holds",
        ),
        pytest.param(
            (", ko: 어느 차원이 없어질까요?", ""),
            "20:9: small/total: the text is not there in `ko`; add `ko`",
            id="a hint in one language",
        ),
        pytest.param(
            ('en: "{{ key }} stays.", ', ""),
            "18:14: small/total: the text is not there in `en`; add `en`",
            id="because in one language",
        ),
        pytest.param(
            ('{en: "Not {{ got }}.", ko: "{{ got }}이 아닙니다."}', '"Not {{ got }}."'),
            "24:18: small/total: the text is not there in `ko`; add `ko`",
            id="a plain text",
        ),
        pytest.param(
            ("{en: Small, ko: 작은}", "Small"), "3:8: small: the text is not there in `ko`; add `ko`", id="the title"
        ),
        pytest.param(
            ("{en: Look., ko: 보세요.}", "{ko: 보세요.}"),
            "5:9: small: the text is not there in `en`; add `en`",
            id="the worked example",
        ),
        pytest.param(
            ("ask: y.shape", "ask: y.dim() + (y.shape[0] > 9)", "y = x.sum(dim={{ 1 - dim }})\n", "y = x\n",
             "keepdim=True)", "keepdim=True).expand(2, 3, 9)"),
            "9:5: small/total: the key is `1` on every draw that was tried; let the draw decide, or say "
            "`constant: true`",
            id="the same key on every draw",
        ),
    ],
)  # fmt: skip
def test_advice(lines: Lines, pieces: tuple[str, ...], line: str) -> None:
    assert lines(changed("predict", *pieces)) == [f"advice: small.yaml:{line}"]


def test_a_korean_bank_lacks_english(lines: Lines) -> None:
    korean = changed(
        "predict", "topic: small\n", "topic: small\nlanguage: ko\n", "{en: Small, ko: 작은}", "작은"
    )
    assert lines(korean) == ["advice: small.yaml:4:8: small: the text is not there in `en`; add `en`"]


def test_an_idea_in_one_language(folder: Path, lines: Lines) -> None:
    (folder / "ideas.yaml").write_text(
        IDEAS.replace("{en: It goes., ko: 없어집니다.}", "It goes."), encoding="utf-8"
    )
    assert lines(changed("predict")) == [
        "advice: ideas.yaml:3:9: dim-stays: the text is not there in `ko`; add `ko`"
    ]


@pytest.mark.parametrize(
    ("piece", "spelling"),
    [
        pytest.param("It is 5x3.", "5x3", id="with a cross"),
        pytest.param("It is 5 x 3", "5 x 3", id="with spaces around it"),
        pytest.param("Think of 5, 3", "5, 3", id="without brackets"),
        pytest.param("It is [5, 3]", "[5, 3]", id="as a list"),
        pytest.param("It is torch.Size([5, 3])", "torch.Size([5, 3])", id="as torch prints it"),
        pytest.param("It is (5,3).", "(5, 3)", id="spaced otherwise"),
    ],
)
def test_a_hint_that_spells_the_key_otherwise(lines: Lines, piece: str, spelling: str) -> None:
    text = changed("predict", HINT, f'en: "{piece}"', *_TRANSPOSED)
    assert lines(text) == [
        f"small.yaml:19:9: small/total@0: a hint contains the answer `{spelling}`; say less"
    ]


@pytest.mark.parametrize(
    "piece",
    [
        pytest.param("It is not 3x5.", id="another shape"),
        pytest.param("There are 5 rows and 3 columns", id="its sizes apart"),
        pytest.param("x has 3 * 5 elements", id="a product that is not the key"),
        pytest.param("There are 15", id="a number"),
    ],
)
def test_a_hint_that_spells_something_else(lines: Lines, piece: str) -> None:
    assert lines(changed("predict", HINT, f'en: "{piece}"', *_TRANSPOSED)) == []


_TRANSPOSED = (
    "rows: {int: [2, 3]}", "rows: 3", "cols: {int: [4, 5]}", "cols: 5",
    "y = x.sum(dim={{ dim }})\n", "y = x.t()\n",
    "y = x.sum(dim={{ 1 - dim }})\n", "y = x\n",
    "      dim: {choice: [0, 1]}\n", "",
    'en: "Dim {{ dim }} goes."', "en: It goes.",
    "y = x.sum(dim={{ dim }}, keepdim=True)\n", "y = x.t()[None]\n",
    "    source:", "    constant: true\n    source:",
)  # fmt: skip
"""Pieces that make the question ask for the shape (5, 3)."""


@pytest.mark.parametrize("text", ['""', '" "', "TODO", "todo write this", "'…'", "FIXME later"])
def test_a_text_that_says_nothing(lines: Lines, text: str) -> None:
    assert lines(changed("predict", HINT, f"en: {text}")) == [
        "small.yaml:20:14: small/total: the text says nothing; write it"
    ]


def test_korean_that_is_english(lines: Lines) -> None:
    copied = (
        "{en: Which dim goes?, ko: 어느 차원이 없어질까요?}",
        "{en: Which dim goes?, ko: Which dim goes?}",
    )
    assert lines(changed("predict", *copied)) == [
        "advice: small.yaml:20:35: small/total: the Korean text is not in Korean; translate it"
    ]


@pytest.mark.parametrize("text", ["view, reshape", '"`a b c d`"', "matmul", "12 34 56"])
def test_words_that_both_languages_use(lines: Lines, text: str) -> None:
    assert (
        lines(
            changed(
                "predict",
                "{en: Small, ko: 작은}",
                f"{{en: Small, ko: {text}}}" if "," not in text else f'{{en: Small, ko: "{text}"}}',
            )
        )
        == []
    )


def test_advice_is_not_counted_as_a_fault(checked: Check) -> None:
    report = checked(changed("predict", f"    source: {SUM}\n", "", "- idea: dim-stays", "- idea: dim-stay"))
    assert [finding.severity for finding in report.findings] == ["fault", "advice"]
    assert report.faults == 1
