"""Words for each column of an alignment, for the terminal and for pages."""

from __future__ import annotations

from tensordrill.explanation.alignment import Alignment
from tensordrill.explanation.shapes import Column, ColumnMark
from tensordrill.messages import Language, say
from tensordrill.render.step_words import short

_NAME = 20
"""Cells of an operand's name in a sentence about it."""
SIGNS: dict[ColumnMark, str] = {"match": "=", "clash": "✗", "free": "", "stays": ""}
"""The mark under a column; of other kinds a line leads to words."""


def sign(column: Column) -> str:
    """Return a column's mark: `=` where sizes match, `✗` where they clash, nothing where a dim stands alone."""
    return SIGNS.get(column.mark, "╰")


def column_words(column: Column, alignment: Alignment, language: Language) -> str:
    """Return the words for a column; nothing where the numbers show it."""
    match column.mark:
        case "match" | "free" | "stays":
            return ""
        case "stretch":
            names = _names(column, alignment, 1)
            return say("align-stretch", language, names=names, size=column.result)
        case "added":
            names = _names(column, alignment, None)
            return say("align-added", language, names=names, size=column.result)
        case "promoted":
            return say("align-promoted", language, names=_names(column, alignment, 1))
        case "contract":
            return say("align-contract", language, size=column.sizes[0])
        case "joined":
            sizes = " + ".join(str(size) for size in column.sizes)
            return say("align-joined", language, sizes=sizes)
        case "clash":
            return _clash(column, alignment, language)
        case "gone":
            return say("align-gone", language)
        case "kept":
            return say("align-kept", language)
        case "new":
            return say("align-new", language, count=len(column.sizes))


def _names(column: Column, alignment: Alignment, size: int | None) -> str:
    pairs = zip(alignment.names, column.sizes, strict=True)
    return ", ".join(dict.fromkeys(short(name, _NAME) for name, name_size in pairs if name_size == size))


def _clash(column: Column, alignment: Alignment, language: Language) -> str:
    sizes = list(dict.fromkeys(size for size in column.sizes if size is not None))
    if alignment.kind == "matmul" and alignment.columns.index(column) >= alignment.batch:
        return say("align-inner", language, left=column.sizes[0], right=column.sizes[1])
    if alignment.kind == "cat":
        return say("align-cat-clash", language, sizes=", ".join(map(str, sizes)))
    if alignment.kind == "stack":
        return say("align-stack-clash", language, sizes=", ".join(map(str, sizes)))
    if alignment.kind == "broadcast" and alignment.notes and len({size for size in sizes if size != 1}) < 2:
        return say("align-cannot-grow", language, name=alignment.names[0])
    if alignment.kind == "matmul" and 1 in sizes:  # of bmm, which does not stretch
        return f"{sizes[0]} ≠ {sizes[1]}"
    if len(sizes) < 2 or alignment.kind == "expand":
        return say("align-cannot", language, size=sizes[0] if sizes else "")
    return say("align-clash", language, left=sizes[0], right=sizes[1])


def alt_text(alignment: Alignment, language: Language) -> str:
    """Return the whole alignment as sentences, for those who hear it."""
    shapes = [
        f"{name} ({', '.join(str(c.sizes[row]) for c in alignment.columns if c.sizes[row] is not None)})"
        for row, name in enumerate(alignment.names)
    ]
    texts = [text for column in alignment.columns if (text := column_words(column, alignment, language))]
    result = "" if alignment.result is None else "= (" + ", ".join(map(str, alignment.result)) + ")"
    notes = [note.text(language) for note in alignment.notes]
    return ". ".join(part for part in (", ".join(shapes), *texts, *notes, result) if part)
