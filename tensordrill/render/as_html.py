"""Terminal output as HTML, for the output of a notebook's cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from io import StringIO

from markupsafe import Markup
from rich.console import Console, Group, RenderableType
from rich.segment import Segment
from rich.style import Style
from rich.text import Text

from tensordrill.messages import Language
from tensordrill.render.comparison import ComparisonScreen
from tensordrill.render.explanation import ExplanationScreen
from tensordrill.render.explanation_page import fragment, picture_html, style
from tensordrill.render.fitting import Cuttable, Spare
from tensordrill.render.html import asset
from tensordrill.render.layout import Beside, Indented, Rows, Sides, TwoColumns
from tensordrill.render.option_rows import OptionRows
from tensordrill.render.pictures import DrawingPicture, PicturePair, Titled
from tensordrill.render.wrapping import whole_ranges

_WIDTH = 100
"""Columns of what has no HTML of its own."""
_STEP = 0.6
"""The width of a column of a margin, in rem."""
_CODE = Markup("<code>{}</code>")
_WHOLE = Markup('<span class="td-whole">{}</span>')
_GAP = Markup('<div class="td-gap"></div>')
_COLORS = frozenset("green red yellow blue cyan magenta".split())


def as_html(part: RenderableType, language: Language) -> Markup:
    """Return a section that shows what the terminal would; the first of an output needs `round_style()`."""
    return Markup('<section class="td-round" lang="{}">{}</section>').format(language, _block(part))


def round_style() -> Markup:
    """Return the style of all sections."""
    return Markup("<style>{}{}</style>").format(style(), asset("round.css"))


def as_text(part: RenderableType) -> str:
    """Return what the terminal would show, without colours."""
    with _console().capture() as captured:
        _console().print(part)
    return captured.get()


def _block(part: RenderableType) -> Markup:
    match part:
        case Text():
            return _paragraph(part)
        case Group():
            return Markup().join(map(_block, part.renderables))
        case Indented():
            return _indented(part)
        case Sides(left=left, right=right):
            return Markup('<div class="td-sides">{}{}</div>').format(_paragraph(left), _paragraph(right))
        case Cuttable(inner=inner) | Spare(inner=inner):
            return _block(inner)
        case Beside(head=head, text=text):
            return Markup('<div class="td-beside">{}{}</div>').format(_paragraph(head), _paragraph(text))
        case TwoColumns(left=left, right=right):
            return _halves(left, right)
        case Rows(rows=rows):
            return _table(rows)
        case OptionRows():
            return _table(list(part.cells()))
        case DrawingPicture(drawing=drawing, language=language, is_told=is_told):
            return picture_html(drawing, language, is_told=is_told)
        case Titled(drawing=drawing):
            return _paragraph(part.title()) + _block(drawing)
        case PicturePair(own=own, solution=solution):
            return _halves(own, solution)
        case ExplanationScreen(explanation=explanation, language=language):
            html = fragment(explanation, language, marked=part.marked, has_pictures=part.has_pictures)
            return Markup(html)  # noqa: S704  # rendered with autoescape
        case ComparisonScreen(sides=(yours, reference), conclusion=conclusion):
            return _halves(yours, reference) + _block(conclusion)
        case _:
            lines = _console().render_lines(part, pad=False)
            return Markup("<pre>{}</pre>").format(Markup("\n").join([_styled(line) for line in lines]))


def _halves(left: RenderableType, right: RenderableType) -> Markup:
    html = Markup('<div class="td-halves"><div>{}</div><div>{}</div></div>')
    return html.format(_block(left), _block(right))


def _table(rows: Sequence[Sequence[Text]]) -> Markup:
    return Markup('<table class="td-rows">{}</table>').format(Markup().join(map(_row, rows)))


def _row(cells: Sequence[Text]) -> Markup:
    html = Markup().join(Markup("<td>{}</td>").format(_inline(cell)) for cell in cells)
    return Markup("<tr>{}</tr>").format(html)


def _indented(part: Indented) -> Markup:
    inner = _block(part.inner)
    if part.left > 1:
        html = Markup('<div style="padding-left: {:g}rem">{}</div>')
        inner = html.format(round(_STEP * (part.left - 1), 2), inner)
    return _GAP * bool(part.top) + inner + _GAP * bool(part.bottom)


def _paragraph(text: Text) -> Markup:
    """Return code and what has several lines as it is, a blank line as a gap, and any other text as a paragraph."""
    if not text.plain.strip():
        return _GAP
    is_code = any(code and (start, end) == (0, len(text)) for start, end, code in whole_ranges(text))
    if (
        is_code and text.plain.startswith(" ")
    ) or "\n" in text.plain:  # a program has numbers before its lines
        margin = min(_margin(line) for line in text.plain.split("\n") if line.strip())
        lines = [line[min(margin, len(line)) :] for line in text.split("\n", allow_blank=True)]
        return Markup("<pre>{}</pre>").format(_styled(_segments(Text("\n").join(lines))))
    return Markup("<p>{}</p>").format(_inline(text[_margin(text.plain) :]))


def _margin(line: str) -> int:
    return len(line) - len(line.lstrip())


def _inline(text: Text) -> Markup:
    """Return a line of text whose whole pieces break only where they must."""
    html, at = Markup(), 0
    for start, end, is_code in sorted(whole_ranges(text), key=lambda piece: piece[:2]):
        if start >= at:
            tag = _CODE if is_code else _WHOLE
            html += _styled(_segments(text[at:start])) + tag.format(_styled(_segments(text[start:end])))
            at = end
    return html + _styled(_segments(text[at:]))


def _segments(text: Text) -> Iterable[Segment]:
    whole = text.copy()
    whole.stylize_before(text.style)  # which `render` leaves out of a text without spans
    return whole.render(_console())


def _styled(segments: Iterable[Segment]) -> Markup:
    html = Markup()
    for text, look, _ in segments:
        names = " ".join(_classes(look)) if look else ""
        html += Markup('<span class="{}">{}</span>').format(names, text) if names else Markup.escape(text)
    return html


def _classes(look: Style) -> Iterator[str]:
    if look.color is not None and look.color.name in _COLORS:
        yield f"td-{look.color.name}"
    for name in ("bold", "dim", "italic", "underline"):
        if getattr(look, name):
            yield f"td-{name}"


@cache
def _console() -> Console:
    return Console(
        file=StringIO(),
        width=_WIDTH,
        soft_wrap=True,
        color_system=None,
        force_jupyter=False,
        highlight=False,
        markup=False,
        emoji=False,
    )
