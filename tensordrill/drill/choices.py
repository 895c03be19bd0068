"""Multiple choice: the key among what the misconceptions give."""

from __future__ import annotations

from string import ascii_lowercase

from msgspec import Struct

from tensordrill.bank.draw import by_seed, shuffled
from tensordrill.bank.schema import AnyQuestion, Predict
from tensordrill.kinds.words import normalized
from tensordrill.mark import Sitting


class Choices(Struct, frozen=True):
    """The options in their shown order, each as a learner would type it; letters name them."""

    options: tuple[str, ...]

    def typed(self, text: str) -> str:
        """Give the option that a letter means; anything else stays as it was typed."""
        clean = normalized(text).lower()
        at = ascii_lowercase.find(clean) if len(clean) == 1 else -1
        return self.options[at] if 0 <= at < len(self.options) else text


def choices_for(sitting: Sitting) -> Choices | None:
    """Give a variant's options, or None for a question that has options of its own.

    Waits for the key.
    """
    variant = sitting.variant
    if variant.kind == "which":
        return None
    texts = [sitting.expected, *(typed for _, typed in sitting.misconceptions())]
    if _may_raise(variant.question) and not any(text.startswith("raises") for text in texts):
        texts.append("raises")
    return Choices(tuple(shuffled(list(dict.fromkeys(texts)), by_seed(f"choices {variant.address}"))))


def _may_raise(question: AnyQuestion) -> bool:
    return isinstance(question, Predict) and question.ask not in ("line", "warns")
