"""Help screens: panels in a terminal, plain text elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from rich.cells import cell_len
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

WIDTH = 100
"""In columns; longer lines are hard to read."""


class HelpRow(NamedTuple):
    """A command, an option, an argument or an example, with its sentence."""

    name: str
    text: str


class Section(NamedTuple):
    """Rows below a heading."""

    title: str
    rows: Sequence[HelpRow]


class HelpPage(NamedTuple):
    """All that a help screen shows of one command."""

    usage: HelpRow
    text: str
    sections: Sequence[Section]
    examples: Section
    more: str


def help_text(page: HelpPage, console: Console) -> str:
    """Return a page as the console shows it best: with panels where it may have colour, else as plain text."""
    boxed = console.is_terminal and not console.no_color and not console.is_dumb_terminal
    width = min(console.width, WIDTH)
    parts = Group(*(_boxed(page, width) if boxed else _plain(page, width)))
    if boxed:
        with console.capture() as captured:
            console.print(parts, width=width)
        text = captured.get()
    else:
        segments = console.render(parts, console.options.update_width(width))
        text = "".join(segment.text for segment in segments)
    return "\n".join(line.rstrip() for line in text.splitlines())


def _boxed(page: HelpPage, width: int) -> Iterator[RenderableType]:
    yield Padding(Text.assemble((page.usage.name, "yellow"), " ", (page.usage.text, "bold")), (1, 1))
    yield Padding(_prose(page.text), (0, 1, 1, 1))
    for title, body in _bodies(page, width - 4, _prose):
        yield Panel(body, title=title, title_align="left", border_style="dim", width=width)
    if page.more:
        yield Padding(_prose(page.more), (0, 1))


def _plain(page: HelpPage, width: int) -> Iterator[RenderableType]:
    yield Text(f"{page.usage.name} {page.usage.text}\n\n{page.text}")
    for title, body in _bodies(page, width - 2, Text):
        yield Text(f"\n{title}:")
        yield Padding(body, (0, 0, 0, 2), expand=False)
    if page.more:
        yield Text(f"\n{page.more}")


def _bodies(page: HelpPage, width: int, prose: Callable[[str], Text]) -> Iterator[tuple[str, RenderableType]]:
    """Yield each section's heading and what stands below it."""
    for section in page.sections:
        yield section.title, _columns(section.rows, prose)
    rows = page.examples.rows
    beside = max(cell_len(row.name) for row in rows) + 2 + max(cell_len(row.text) for row in rows) <= width
    yield page.examples.title, _columns(rows, prose) if beside else _stacked(rows)


def _columns(rows: Sequence[HelpRow], prose: Callable[[str], Text]) -> Table:
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")  # else rich cuts words: it takes lines of wide letters for shorter ones
    for row in rows:
        grid.add_row(_name(row.name), prose(row.text))
    return grid


def _stacked(rows: Sequence[HelpRow]) -> Table:
    grid = Table.grid()
    grid.add_column(overflow="fold")
    for row in rows:
        grid.add_row(_name(row.name))
        grid.add_row(Padding(Text(row.text, "dim"), (0, 0, 0, 4)))
    return grid


def _name(name: str) -> Text:
    """Return a name in bold; what stands for a value has another colour."""
    is_word = name[:1].islower()  # a command, or an example of one
    text = Text(name, "bold cyan" if is_word else "yellow")
    if not is_word:
        text.highlight_regex(r"(?<![\w-])--?\w[\w-]*", "bold cyan")
    return text


def _prose(text: str) -> Text:
    """Return a sentence with its `code` parts set apart, and its default in the background."""
    result = Text()
    for index, part in enumerate(text.split("`")):
        result.append(part, "cyan" if index % 2 else "")
    result.highlight_regex(r"\[[^][]+\]$", "dim")
    return result
