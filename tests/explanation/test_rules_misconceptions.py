"""Every failing line of the collected misconceptions has a reason, apart from those listed with why not."""

from __future__ import annotations

import doctest
import re
from collections.abc import Iterator
from pathlib import Path

from tensordrill.sandbox.client import Sandbox
from tests.explanation.reasoning import failing
from tests.needs import only_where

COLLECTED = Path(__file__).parents[3] / "shared" / "misconceptions.md"
WITHOUT = {
    "IX23": "an index of a numpy array",
    "AG13": "that a tensor was made in inference mode is not reported",
    "NN06": "names within a module's tree",
    "NN07": "names within a module's tree",
}


def programs() -> Iterator[tuple[str, str]]:
    """Yield each line that raises, below the lines before it that do not, by its entry."""
    text = COLLECTED.read_text(encoding="utf-8")
    for entry in re.findall(r"^### .*?(?=^##|\Z)", text, re.S | re.M):
        for block in re.findall(r"```pycon\n(.*?)```", entry, re.S):
            before = ""
            for example in doctest.DocTestParser().get_examples(block):
                if not re.search(r"^\w*(Error|Exception)\b", example.want, re.M):
                    before += example.source
                    continue
                yield entry.split()[1], before + example.source
                before += "".join(f"{part}\n" for part in example.source.split("; ")[:-1])


@only_where(COLLECTED.exists(), "one with the collection of misconceptions beside the checkout")
def test_every_failing_line_of_the_collection_has_a_reason(sandbox: Sandbox) -> None:
    results = list(programs())
    cases = failing(sandbox, [source for _, source in results])
    messages = {case.source: case.messages for case in cases}
    missing = {entry for entry, source in results if not messages.get(source)}
    assert len(cases) == len(results) > 100
    assert missing == set(WITHOUT)
