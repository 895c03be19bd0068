"""Multiple choice: the key among what the misconceptions give."""

from __future__ import annotations

import re
from string import ascii_lowercase

from msgspec import Struct

from tensordrill.bank.draw import by_seed, shuffled
from tensordrill.bank.schema import Predict
from tensordrill.judging import QuestionSession
from tensordrill.kinds.words import normalized


class Choices(Struct, frozen=True):
    """The options in their shown order, each as a learner would type it; letters name them, and so do numbers."""

    options: tuple[str, ...]

    @property
    def last_letter(self) -> str:
        """The letter of the last option."""
        return ascii_lowercase[len(self.options) - 1]

    def has(self, text: str) -> bool:
        """Whether a text is not a letter or number beyond the options."""
        at = self._place(text)
        return at is None or at < len(self.options)

    def typed(self, text: str) -> str:
        """Return the option that a letter or a number means; anything else stays as it was typed.

        Where options are numbers themselves, a number means the one that is equal to it.
        """
        at = self._place(text)
        return self.options[at] if at is not None and at < len(self.options) else text

    def _place(self, text: str) -> int | None:
        """Return which option a text names, counted from 0, however many there are."""
        clean = normalized(text).strip().lower()
        if len(clean) == 1 and clean in ascii_lowercase:
            return ascii_lowercase.index(clean)
        if not re.fullmatch(r"\d", clean):
            return None
        numbers = [option.strip("(,)") for option in self.options]
        if clean in numbers:
            return numbers.index(clean)
        return len(numbers) if clean == "0" or any(map(str.isdigit, numbers)) else int(clean) - 1


def choices_for(question_session: QuestionSession) -> Choices | None:
    """Return a variant's options, or None for a question that has options of its own.

    Waits for the key.
    """
    variant = question_session.variant
    if variant.kind == "which":
        return None
    texts = [question_session.expected, *(typed for _, typed in question_session.misconceptions())]
    may_raise = isinstance(variant.question, Predict) and variant.question.ask not in ("line", "warns")
    if may_raise and not any(text.startswith("raises") for text in texts):
        texts.append("raises")
    return Choices(tuple(shuffled(list(dict.fromkeys(texts)), by_seed(f"choices {variant.address}"))))
