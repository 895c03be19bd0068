"""Sentences with `code` in them as HTML."""

from __future__ import annotations

from markupsafe import Markup, escape


def prose(text: str) -> Markup:
    """Return a sentence with its `code` parts as elements, and everything else escaped."""
    pieces = (escape(piece) for piece in text.split("`"))
    return Markup("").join(
        Markup("<code>{}</code>").format(piece) if index % 2 and piece else piece
        for index, piece in enumerate(pieces)
    )
