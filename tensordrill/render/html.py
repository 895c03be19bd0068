"""HTML pages: the environment of their templates, and sentences with `code` in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from tensordrill.messages import say

_TEMPLATES = Path(__file__).parent / "templates"
_CODE = re.compile("(?<!`)`([^`]+)`(?!`)")


def environment(*, keeps_last_newline: bool = False, **names: object) -> Environment:
    """Return an environment of the templates, in which `say`, `prose` and these names are known."""
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=keeps_last_newline,
    )
    environment.globals.update(say=say, prose=prose, **names)
    return environment


@cache
def asset(name: str) -> Markup:
    """Return a style sheet or a script of the templates."""
    return Markup((_TEMPLATES / name).read_text(encoding="utf-8"))  # noqa: S704 (a file of ours)


def parts(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the parts of a text between single backticks, and whether each is code.

    Backticks without a partner, and several together, stay.

    >>> list(parts("`x` is `` and `"))
    [('', False), ('x', True), (' is `` and `', False)]
    """
    at = 0
    for match in _CODE.finditer(text):
        yield text[at : match.start()], False
        yield match[1], True
        at = match.end()
    yield text[at:], False


def prose(text: str) -> Markup:
    """Return a sentence with its `code` parts as elements, and everything else escaped."""
    return Markup().join(
        Markup("<code>{}</code>").format(part) if is_code else escape(part) for part, is_code in parts(text)
    )
