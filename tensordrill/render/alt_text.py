"""Pictures as sentences, for those who hear them and for alternative texts."""

from __future__ import annotations

from tensordrill.explanation.alignment import Alignment
from tensordrill.explanation.cells import Cells
from tensordrill.explanation.drawing import Corners, Drawing
from tensordrill.explanation.grid import tuple_text
from tensordrill.explanation.line import Line
from tensordrill.explanation.shapes import Merge
from tensordrill.explanation.strip import Strip
from tensordrill.explanation.walk import Walk
from tensordrill.messages import Language, say
from tensordrill.render import alignment_words
from tensordrill.render.merge_picture import conclusion, equation, verdict
from tensordrill.render.pictures import sizes


def alt_text(drawing: Drawing, language: Language) -> str:
    """Return a drawing as text."""
    match drawing:
        case Strip():
            return _strip(drawing, language)
        case Alignment():
            return alignment_words.alt_text(drawing, language)
        case Merge():
            return _merge(drawing, language)
        case Line():
            return _line(drawing, language)
        case Walk():
            return _walk(drawing, language)
        case Cells():
            return _cells(drawing, language)
        case Corners():
            return sizes(drawing, language)


def _strip(strip: Strip, language: Language) -> str:
    """Name the numbers in the order in which they are read."""
    numbered = sorted(
        (number, cell.index, cell.text) for cell in strip.cells for number in cell.order if number is not None
    )
    cells = ", ".join(f"{index}" for _, index, _ in numbered)
    texts = ", ".join(text for _, _, text in numbered)
    sentences = [say("strip-spoken", language, cells=cells, texts=texts)] if numbered else []
    return ". ".join([*sentences, *(note.text(language) for note in strip.notes)])


def _line(line: Line, language: Language) -> str:
    texts = ", ".join(line.texts) + (", …" if line.more else "")
    before, after = map(tuple_text, line.shapes)
    sentence = say("line-spoken", language, texts=texts, before=before, after=after)
    return ". ".join([sentence, *(note.text(language) for note in line.notes)])


def _walk(walk: Walk, language: Language) -> str:
    return say(
        "walk-spoken",
        language,
        given=tuple_text(walk.given.shape),
        result=tuple_text(walk.result.shape),
        dims=", ".join(map(str, walk.dims)),
        count=walk.count,
        texts=", ".join(walk.given.texts),
    )


def _cells(cells: Cells, language: Language) -> str:
    sentence = say(
        "cells-spoken",
        language,
        given=tuple_text(cells.given.shape),
        result=tuple_text(cells.result.shape),
        texts=", ".join(cells.given.texts),
    )
    return ". ".join([sentence, *(note.text(language) for note in cells.notes)])


def _merge(table: Merge, language: Language) -> str:
    texts = [f"shape {tuple_text(table.shape)}, stride {tuple_text(table.stride)}"]
    for pair in table.pairs:
        dims = say("merge-dims", language, outer=pair.outer, inner=pair.inner)
        texts.append(f"{dims}: {pair.outer_stride} {equation(pair)}, {verdict(pair, language)}")
    return ". ".join([*texts, conclusion(table, language)])
