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


def said(column: Column, found: Alignment, language: Language) -> str:
    """Return what becomes of a column in words; nothing where the numbers show it."""
    match column.mark:
        case "match" | "free" | "stays":
            return ""
        case "stretch":
            return _stretched(column, found, language)
        case "added":
            names = _names(column, found, None)
            return say("align-added", language, names=names, size=column.result)
        case "promoted":
            return say("align-promoted", language, names=_names(column, found, 1))
        case "contract":
            return say("align-contract", language, size=column.sizes[0])
        case "joined":
            sizes = " + ".join(str(size) for size in column.sizes)
            return say("align-joined", language, sizes=sizes)
        case "clash":
            return _clash(column, found, language)
        case "gone":
            return say("align-gone", language)
        case "kept":
            return say("align-kept", language)
        case "new":
            return say("align-new", language, count=len(column.sizes))


def _names(column: Column, found: Alignment, size: int | None) -> str:
    pairs = zip(found.names, column.sizes, strict=True)
    return ", ".join(dict.fromkeys(short(name, _NAME) for name, each in pairs if each == size))


def _stretched(column: Column, found: Alignment, language: Language) -> str:
    return say("align-stretch", language, names=_names(column, found, 1), size=column.result)


def _clash(column: Column, found: Alignment, language: Language) -> str:
    sizes = list(dict.fromkeys(size for size in column.sizes if size is not None))
    if found.kind == "matmul" and found.columns.index(column) >= found.batch:
        return say("align-inner", language, left=column.sizes[0], right=column.sizes[1])
    if found.kind == "cat":
        return say("align-cat-clash", language, sizes=", ".join(map(str, sizes)))
    if found.kind == "stack":
        return say("align-stack-clash", language, sizes=", ".join(map(str, sizes)))
    if found.kind == "broadcast" and found.notes and len({size for size in sizes if size != 1}) < 2:
        return say("align-cannot-grow", language, name=found.names[0])
    if found.kind == "matmul" and 1 in sizes:  # of bmm, which does not stretch
        return f"{sizes[0]} ≠ {sizes[1]}"
    if len(sizes) < 2 or found.kind == "expand":
        return say("align-cannot", language, size=sizes[0] if sizes else "")
    return say("align-clash", language, left=sizes[0], right=sizes[1])


def spoken(found: Alignment, language: Language) -> str:
    """Return the whole alignment as sentences, for those who hear it."""
    shapes = [
        f"{name} ({', '.join(str(c.sizes[row]) for c in found.columns if c.sizes[row] is not None)})"
        for row, name in enumerate(found.names)
    ]
    told = [text for column in found.columns if (text := said(column, found, language))]
    result = "" if found.result is None else "= (" + ", ".join(map(str, found.result)) + ")"
    notes = [note.text(language) for note in found.notes]
    return ". ".join(part for part in (", ".join(shapes), *told, *notes, result) if part)
