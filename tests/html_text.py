"""The text of HTML, as somebody reads it who sees all of a page."""

from __future__ import annotations

from html.parser import HTMLParser


class _Texts(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._in_style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 (its name)
        self._in_style = tag == "style"

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 (its name)
        self._in_style = False

    def handle_data(self, data: str) -> None:
        if not self._in_style:
            self.texts.append(data)


def text_of(html: str) -> str:
    """Return the text of HTML without its styles."""
    parser = _Texts()
    parser.feed(html)
    parser.close()
    return "".join(parser.texts)
