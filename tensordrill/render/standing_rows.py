"""Topics as rows: the name, the title, and columns of what is known of each at the right edge."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions
from rich.text import Text

from tensordrill.bank.contents import Content
from tensordrill.messages import Language, choose
from tensordrill.render.code import prose
from tensordrill.render.layout import in_columns

_BETWEEN = 2
_LEAST_TITLE = 16


class StandingRows:
    """Rows of topics below the heads of their columns; titles are cut, or left out, where there is no room."""

    def __init__(
        self, heads: Sequence[str], rows: Sequence[tuple[Content, Sequence[Text]]], language: Language
    ) -> None:
        self.heads = [Text(head, "dim") for head in heads]
        self.rows = rows
        self.titles = [prose(choose(topic.title, language)) for topic, _ in rows]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Text]:
        columns = list(zip(self.heads, *(cells for _, cells in self.rows), strict=True))
        widths = [max(_width(cell) for cell in column) for column in columns]
        name = max(cell_len(topic.name) for topic, _ in self.rows) + _BETWEEN
        title = self._title_width(options.max_width - name - sum(width + _BETWEEN for width in widths))
        columns_from = [name + title - _BETWEEN, *widths]
        yield in_columns([Text(), *self.heads], columns_from)
        for (topic, cells), text in zip(self.rows, self.titles, strict=True):
            line = Text(topic.name, "bold cyan")
            if title:
                line.pad_right(name - cell_len(topic.name))
                shown = text.copy()
                shown.truncate(title - _BETWEEN, overflow="ellipsis")
                line.append_text(shown)
            yield in_columns([line, *cells], columns_from)

    def _title_width(self, room: int) -> int:
        """Return how wide titles may be, with the space behind them; 0 where they are left out."""
        widest = max(map(_width, self.titles)) + _BETWEEN
        return min(room, widest) if room >= min(widest, _LEAST_TITLE) else 0


def _width(text: Text) -> int:
    return cell_len(text.plain)
