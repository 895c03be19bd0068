"""Shapes, strides and code never break inside, whatever the width, and no line is wider than it has to be."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.console import Console, RenderableType
from rich.text import Text
from wcwidth import wcswidth

from tensordrill.bank.contents import contents
from tensordrill.bank.load import Bank
from tensordrill.bank.topic import Entry
from tensordrill.bank.variant import Variant, make
from tensordrill.drill.explaining import Comparison
from tensordrill.explanation.explanation import Explanation
from tensordrill.explanation.outline import outline
from tensordrill.explanation.pictures import of_the_error
from tensordrill.explanation.tracing import explain
from tensordrill.judging import QuestionSession
from tensordrill.messages import LANGUAGES, Language, Name, say
from tensordrill.render.answer import answer_sheet
from tensordrill.render.code import code, prose
from tensordrill.render.comparison import ComparisonScreen
from tensordrill.render.explanation import ExplanationScreen
from tensordrill.render.layout import Beside, Rows, Sides, indented
from tensordrill.render.pictures import DrawingPicture
from tensordrill.render.question import question, shown_program
from tensordrill.render.step_words import shape, stride
from tensordrill.render.topics import questions_table, topics_table
from tensordrill.render.verdict import verdict
from tensordrill.render.wrapping import whole, wrapped
from tensordrill.sandbox.client import Sandbox
from tensordrill.sandbox.protocol import Limits
from tests.explanation.programs import PROGRAMS

WIDTHS = st.integers(40, 120)


def printed(part: RenderableType, width: int) -> list[str]:
    """Print as the program does; give the lines."""
    console = Console(file=io.StringIO(), width=width, soft_wrap=True, color_system=None, highlight=False)
    console.print(part)
    assert isinstance(console.file, io.StringIO)
    return [line.rstrip() for line in console.file.getvalue().splitlines()]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "names", [("commands", "command-editor"), ("commands-exam", "command-editor"), ("commands-after",)]
)
def test_a_line_of_commands_is_one_of_80_columns(names: tuple[Name, ...], language: Language) -> None:
    assert wcswidth("   ".join(say(name, language) for name in names)) < 80  # with the margin


# --- texts ---


@pytest.mark.parametrize(
    ("text", "width", "hanging", "lines"),
    [
        pytest.param(Text("one two three"), 7, 0, ["one two", "three"], id="words"),
        pytest.param(Text("one two three"), 7, 2, ["one two", "  three"], id="hanging"),
        pytest.param(Text("one  two"), 20, 0, ["one  two"], id="two spaces"),
        pytest.param(Text("  one two"), 5, 0, ["  one", "two"], id="spaces before"),
        pytest.param(Text("one two  "), 20, 0, ["one two"], id="spaces after"),
        pytest.param(Text(""), 20, 2, [""], id="nothing"),
        pytest.param(Text("one\n\ntwo"), 20, 2, ["one", "", "two"], id="lines"),
        pytest.param(
            Text("is (2, 3), stride (3, 1)."), 11, 0, ["is (2, 3),", "stride", "(3, 1)."], id="shapes"
        ),
        pytest.param(Text("torch.Size([2, 3])"), 5, 0, ["torch.Size([2, 3])"], id="a size"),
        pytest.param(
            Text("of shape (out, in) then"), 12, 0, ["of shape", "(out, in)", "then"], id="named dims"
        ),
        pytest.param(Text("[[0, 1], [2, 3]] it"), 9, 1, ["[[0, 1],", " [2, 3]]", " it"], id="rows of values"),
        pytest.param(
            Text("(it is, I say, a clause)"), 10, 0, ["(it is, I", "say, a", "clause)"], id="a clause"
        ),
        pytest.param(prose("`x[:, 1:]` is `a + b`."), 10, 2, ["x[:, 1:]", "  is", "  a + b."], id="code"),
        pytest.param(
            prose("`x.view(2, 3)`는 뷰입니다"), 9, 0, ["x.view(2, 3)는", "뷰입니다"], id="a particle"
        ),
        pytest.param(Text("가나 다라 마바"), 9, 0, ["가나 다라", "마바"], id="wide letters"),
        pytest.param(whole(Text("a b c d")), 3, 0, ["a b c d"], id="a whole"),
        pytest.param(code("a = 1\nb = a + 1"), 3, 2, ["a = 1", "b = a + 1"], id="code of two lines"),
    ],
)
def test_a_text_is_wrapped_between_its_pieces(text: Text, width: int, hanging: int, lines: list[str]) -> None:
    assert [line.plain for line in wrapped(text, width, hanging)] == lines


def test_a_wrapped_text_keeps_its_styles() -> None:
    first, second = wrapped(prose("see `x[:, 1:]` there", "dim"), 12)
    assert [(first.plain, first.style), (second.plain, second.style)] == [
        ("see x[:, 1:]", "dim"),
        ("there", "dim"),
    ]
    assert [(span.start, span.end, span.style) for span in first.spans] == [(4, 12, "bold cyan")]


PIECES = st.sampled_from(
    [
        "a",
        "word",
        "합칠 수",
        "(2, 3)",
        "`x.view(2, 3)`",
        "stride",
        "(150528, 50176, 224, 1)",
        "`a + b`,",
        "[0, 1].",
        "가나다라",
    ]
)


@given(pieces=st.lists(PIECES, max_size=12), width=st.integers(1, 60), hanging=st.integers(0, 4))
def test_wrapping_loses_and_breaks_nothing(pieces: list[str], width: int, hanging: int) -> None:
    """Lines joined by spaces are the text; each piece is in one line; a line is too wide only as one piece."""
    lines = [line.plain for line in wrapped(prose(" ".join(pieces)), width, hanging)]
    plain = [part.replace("`", "") for piece in pieces for part in _parts(piece)]
    assert " ".join(line.strip() for line in lines) == " ".join(plain)
    assert all(line.startswith(" " * hanging) for line in lines[1:])
    assert [line for line in lines if wcswidth(line) > width and line.strip() not in plain] == []
    left = list(plain)
    for line in lines:
        taken = line.strip()
        while taken:
            assert taken.startswith(left[0])
            taken = taken.removeprefix(left.pop(0)).lstrip()
    assert left == []


def _parts(piece: str) -> list[str]:
    return [piece] if "`" in piece or "(" in piece or "[" in piece else piece.split()


# --- layouts ---


@pytest.mark.parametrize(
    ("part", "width", "lines"),
    [
        pytest.param(indented(Text("one two"), (1, 1, 0, 2)), 7, ["", "  one", "  two"], id="margins"),
        pytest.param(
            indented(code("x = torch.ones(2)"), (0, 4)), 10, ["    x = torch.ones(2)"], id="code overflows"
        ),
        pytest.param(indented(Rows([[Text("a")]]), (0, 2)), 10, ["  a"], id="rows within a margin"),
        pytest.param(Sides(Text(" one"), Text("two")), 12, [" one     two"], id="both sides"),
        pytest.param(
            Sides(Text("✗ it is (2, 3), not so"), Text("you: 5")),
            20,
            ["✗ it is       you: 5", "    (2, 3),", "    not so"],
            id="wrapped beside",
        ),
        pytest.param(
            Sides(Text("it is (2, 3)"), Text("you said so")),
            16,
            ["it is (2, 3)", "     you said so"],
            id="below",
        ),
        pytest.param(Sides(Text("it is so"), Text()), 5, ["it is", "    so"], id="nothing at the right"),
        pytest.param(
            Sides(code("x = torch.ones(2, 3)"), Text("at 3"), is_cut=True),
            14,
            ["x = torch.one…", "          at 3"],
            id="cut",
        ),
        pytest.param(
            Sides(whole(Text("x")), whole(Text("one two three")), is_cut=True),
            8,
            ["x", "    one two three"],
            id="wide",
        ),
        pytest.param(
            Beside(Text("1  "), Text("one two three four")), 19, ["1  one two three", "   four"], id="beside"
        ),
        pytest.param(
            Beside(Text("1234  "), Text("(2, 3) is it")),
            9,
            ["1234", "  (2, 3)", "  is it"],
            id="below its head",
        ),
        pytest.param(
            Rows([[Text("a"), Text("bb")], [Text("cc"), Text("d")]]), 6, ["a   bb", "cc  d"], id="rows"
        ),
        pytest.param(
            Rows([[Text("a"), Text("bb"), Text("c")]]), 7, ["a", "    bb", "    c"], id="narrow rows"
        ),
    ],
)
def test_a_layout_cuts_nothing_unseen(part: RenderableType, width: int, lines: list[str]) -> None:
    assert printed(part, width) == lines


# --- what is shown ---


Explained = Callable[[str, Language], Explanation]


@pytest.fixture(scope="module")
def explained_once(sandbox: Sandbox) -> Explained:
    """A program by its name, explained once in each language."""

    @cache
    def found(name: str, language: Language) -> Explanation:
        return explain(sandbox, (PROGRAMS | _WIDE)[name], language, limits=Limits(seconds=1.0))

    return found


_WIDE = {
    "many dims": "x = torch.zeros(1, 2, 3, 4, 5, 6).permute(5, 0, 1, 2, 3, 4)\ny = x.contiguous().view(2, 360)\nx + y",
    "large sizes": "x = torch.zeros(64, 3, 224, 224)\nx.view(64, -1).view(64, 3, 50175)",
    "long names": "an_operand_with_a_long_name = torch.ones(2, 3)\n"
    "torch.nn.functional.linear(an_operand_with_a_long_name, an_operand_with_a_long_name.t().contiguous())",
}
NAMES = st.sampled_from([*PROGRAMS, *_WIDE])
SPOKEN = st.sampled_from(LANGUAGES)


def broken(kept: Iterable[str], lines: list[str]) -> list[str]:
    """Return the texts that stand in no line."""
    return [text for text in kept if not any(text in line for line in lines)]


def too_wide(lines: Iterable[str], width: int, pieces: Iterable[str]) -> list[str]:
    """Return the lines that are wider than the room, and more than a margin or number and one of the pieces."""
    wide = [line for line in lines if wcswidth(line) > width]
    return [line for line in wide if not any(_is_only(piece, line) for piece in pieces)]


def _is_only(piece: str, line: str) -> bool:
    before = line.removesuffix(piece) if line.endswith(piece) else line.rstrip(",.").removesuffix(piece)
    return piece in line and wcswidth(before.strip()) <= _MARGIN


_MARGIN = 10


def _shapes(explanation: Explanation, language: Language) -> Iterator[str]:
    """Yield the shapes and strides that an explanation shows, and the code in its reason."""
    tensors = [row.step.tensor for group in outline(explanation) for row in group.rows]
    tensors += [tensor for _, tensor in explanation.error.tensors] if explanation.error else []
    for tensor in tensors:
        yield shape(tensor)
        yield stride(tensor, language)
    if explanation.error:
        error = explanation.error
        sentences = (error.reason or "", *error.context(language), *error.provenance(language))
        yield from _CODE.findall(" ".join(sentences))


_CODE = re.compile("`([^`]+)`")


def _rows_of_pictures(explanation: Explanation, language: Language) -> Iterator[str]:
    """Yield the rows of numbers, which have no place to break."""
    pictures = [row.picture for group in outline(explanation) for row in group.rows]
    for picture in (*pictures, of_the_error(explanation)):
        if picture is not None:
            yield from (line.strip() for line in printed(DrawingPicture(picture.drawing, language), 1000))


@given(name=NAMES, width=WIDTHS, language=SPOKEN)
@example(name="many dims", width=40, language="en")
@example(name="large sizes", width=40, language="ko")
@example(name="long names", width=60, language="ko")
def test_an_explanation_breaks_nothing(
    name: str, width: int, language: Language, explained_once: Explained
) -> None:
    explanation = explained_once(name, language)
    lines = printed(ExplanationScreen(explanation, language), width)
    kept = list(_shapes(explanation, language))
    assert broken(kept, lines) == []
    assert too_wide(lines, width, [*kept, *_rows_of_pictures(explanation, language)]) == []


@given(pair=st.tuples(NAMES, NAMES), width=st.integers(40, 200), language=SPOKEN)
def test_two_programs_break_nothing(
    pair: tuple[str, str], width: int, language: Language, explained_once: Explained
) -> None:
    yours, reference = (explained_once(name, language) for name in pair)
    lines = printed(ComparisonScreen(Comparison(yours, reference, is_wrong=True), language), width)
    kept = [text for item in (yours, reference) for text in _shapes(item, language)]
    assert broken(kept, lines) == []
    rows = [text for item in (yours, reference) for text in _rows_of_pictures(item, language)]
    assert too_wide(lines, width, [*kept, *rows]) == []


def _entry(bank: Bank, at: int) -> Entry:
    """Return one of a bank's questions."""
    entries = [entry for topic in bank.topics() for entry in topic.entries]
    return entries[at % len(entries)]


def _code_of(variant: Variant, language: Language) -> list[str]:
    """Return the code that a question shows: its program's lines, its options, and what stands between backticks."""
    asked = variant.question
    task = variant.say(asked.task, language) if asked.task is not None else ""
    shown = [getattr(asked, "ask", ""), getattr(asked, "signature", "") or ""]
    return [
        *shown_program(variant).splitlines(),
        *(line for option in getattr(asked, "options", ()) for line in option.splitlines()),
        *_CODE.findall(task),
        *(text for text in shown if text and not task and text not in ("line", "warns")),
    ]


@given(at=st.integers(0, 10**6), seed=st.integers(0, 99), width=WIDTHS, language=SPOKEN)
def test_a_question_breaks_nothing(
    at: int, seed: int, width: int, language: Language, shipped_bank: Bank
) -> None:
    variant = make(_entry(shipped_bank, at), seed)
    lines = printed(question(variant, 3, 10, language), width)
    kept = _code_of(variant, language)
    assert (variant.address, broken(kept, lines)) == (variant.address, [])
    assert (variant.address, too_wide(lines, width, kept)) == (variant.address, [])


@given(at=st.integers(0, 10**6), pick=st.integers(0, 9), width=WIDTHS, language=SPOKEN)
def test_a_verdict_breaks_nothing(
    at: int, pick: int, width: int, language: Language, shipped_bank: Bank, sandbox: Sandbox
) -> None:
    question_session = QuestionSession(sandbox, make(_entry(shipped_bank, at), pick))
    answers = [typed for _, typed in question_session.misconceptions()] or [question_session.expected]
    result = question_session.judge(answers[pick % len(answers)], language)
    shown = printed(verdict(result, question_session.variant, language, again=False), width)
    because = _CODE.findall(result.because or "")
    answered = [line for text in (result.expected or "", result.answer) for line in text.splitlines()]
    assert (question_session.variant.address, broken(because, shown)) == (
        question_session.variant.address,
        [],
    )
    pieces = [*because, *answered, question_session.variant.address]
    assert (question_session.variant.address, too_wide(shown, width, pieces)) == (
        question_session.variant.address,
        [],
    )
    assert broken(because, printed(answer_sheet(question_session, {}, language), width)) == []


@given(width=WIDTHS, language=SPOKEN)
def test_lists_of_questions_break_nothing(width: int, language: Language, shipped_bank: Bank) -> None:
    topics = list(shipped_bank.topics())
    for part in (
        topics_table(contents(shipped_bank), language),
        *(questions_table(topic, language) for topic in topics),
    ):
        lines = printed(part, width)
        assert too_wide(lines, width, [entry.id for topic in topics for entry in topic.entries]) == []
    names = [entry.id for entry in topics[0].entries]
    assert broken(names, printed(questions_table(topics[0], language), width)) == []
