"""Scripts that end well: those with a mistake have it named at its line, and correct ones are left in peace."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from tensordrill.explanation.explanation import Explanation, Suspicious
from tensordrill.explanation.suspicious import explain
from tensordrill.explanation.tracing import LIMITS
from tensordrill.messages import Language
from tensordrill.sandbox.client import Sandbox
from tests.explanation.programs import SILENT

_CORRECT = sorted((Path(__file__).parent / "correct").glob("*.py"))
_LIMITS = replace(LIMITS, seconds=60.0)


def _explained(sandbox: Sandbox, path: Path, language: Language = "en") -> Explanation:
    explanation = explain(sandbox, path.read_text(encoding="utf-8"), language, _LIMITS)
    assert (explanation.error, explanation.ended) == (None, None)
    return explanation


def _doubted(explanation: Explanation) -> list[Suspicious]:
    """Return the places that are said to be wrong, not only worth a look."""
    return [place for place in explanation.suspicious if place.certainty in ("certain", "likely")]


@pytest.mark.parametrize("path", SILENT, ids=lambda path: path.stem)
def test_a_mistake_that_raises_nothing_is_named_at_its_line(sandbox: Sandbox, path: Path) -> None:
    kind, line, certainty = path.read_text(encoding="utf-8").split("\n", 1)[0].removeprefix("# ").split()
    explanation = _explained(sandbox, path)
    assert (kind, int(line), certainty) in {
        (place.kind, place.line, place.certainty) for place in explanation.suspicious
    }
    assert {place.kind for place in _doubted(explanation)} <= {kind}


@pytest.mark.parametrize("path", _CORRECT, ids=lambda path: path.stem)
def test_a_correct_program_is_left_in_peace(sandbox: Sandbox, path: Path) -> None:
    assert _doubted(_explained(sandbox, path)) == []
