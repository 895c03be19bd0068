"""The merge table on a terminal: sizes and strides, and for each two dims whether they are one walk."""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.text import Text

from tensordrill.explanation.grid import tuple_text
from tensordrill.explanation.shapes import Merge, Pair
from tensordrill.messages import Language, say
from tensordrill.render.layout import indented
from tensordrill.render.wrapping import whole


def merge_picture(table: Merge, language: Language, *, is_told: bool = False) -> RenderableType:
    """Return the table, one line for each pair of neighbours, and what the new shape needs."""
    summed_up = [] if is_told else [indented(Text(conclusion(table, language), "italic"), (0, 0))]
    return Group(*_table(table), *_pairs(table, language), *summed_up)


def _table(table: Merge) -> Iterator[Text]:
    rows = [("dim", range(len(table.shape))), ("size", table.shape), ("stride", table.stride)]
    width = max((len(str(number)) for _, numbers in rows for number in numbers), default=1)
    for name, numbers in rows:
        line = Text.assemble((f"{name:<6}", "dim"))
        line.append("".join(f"  {number:>{width}}" for number in numbers), "dim" if name == "dim" else "bold")
        yield line


def _pairs(table: Merge, language: Language) -> Iterator[RenderableType]:
    names = [say("merge-dims", language, outer=pair.outer, inner=pair.inner) for pair in table.pairs]
    head = max(map(cell_len, names), default=0)
    left = max((len(str(pair.outer_stride)) for pair in table.pairs), default=1)
    for name, pair in zip(names, table.pairs, strict=True):
        mark, style = ("✓", "green") if pair.can_merge else ("✗", "bold red")
        line = Text.assemble(
            (name + " " * (head + 2 - cell_len(name)), "dim"), f"{pair.outer_stride:>{left}}"
        )
        line.append(f" {equation(pair)}")
        label = whole(Text.assemble((f"{mark} ", style), (verdict(pair, language), style)))
        yield indented(whole(line).append("  ").append_text(label), (0, 0), hanging=2)
    if table.free and len(table.shape) > 1:
        dims = ", ".join(map(str, table.free))
        yield indented(Text(say("merge-free", language, dims=dims), "dim"), (0, 0))


def equation(pair: Pair) -> str:
    """Return the comparison that decides: the outer stride is or is not inner size times inner stride."""
    return f"{'=' if pair.can_merge else '≠'} {pair.inner_size} × {pair.inner_stride}"


def verdict(pair: Pair, language: Language) -> str:
    """Return whether two dims can merge, in words."""
    return say("merge-can" if pair.can_merge else "merge-cannot", language)


def conclusion(table: Merge, language: Language) -> str:
    """Return what the new shape needs of these dims, in words."""
    target = tuple_text(table.target)
    if table.blocked is None or table.wanted is None:
        return say("merge-fits", language, target=target)
    return say(
        "merge-blocked",
        language,
        target=target,
        size=table.target[table.wanted],
        outer=table.blocked.outer,
        inner=table.blocked.inner,
    )
