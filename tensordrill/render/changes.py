"""The changes for the better at the end of a round."""

from __future__ import annotations

from rich.console import RenderableType
from rich.text import Text

from tensordrill.bank.ideas import Ideas
from tensordrill.drill.changes import Changes
from tensordrill.messages import Language, choose, say
from tensordrill.render.code import prose
from tensordrill.render.layout import indented


def changed(changes: Changes, ideas: Ideas, language: Language) -> list[RenderableType]:
    """Return a line for each idea that was overcome, for each topic that is done, and for a perfect round."""
    lines = []
    for name in changes.overcome:
        if name in ideas:
            title = choose(ideas[name].title, language)
            lines.append(prose(say("changes-overcome", language, title=title)))
    lines += [Text(say("changes-done", language, topic=topic)) for topic in changes.done]
    if changes.is_perfect:
        lines.append(Text(say("changes-perfect", language)))
    return [indented(Text("★ ", "yellow").append_text(line), (0, 1), hanging=2) for line in lines]
