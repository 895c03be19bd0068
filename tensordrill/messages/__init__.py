"""Two languages: choosing a bank's text, and the interface's own sentences.

A sentence has a name, which `say` takes: `Name` lists them all, so that a name without a sentence is a type
error. Sentences about the members of a closed list (facets, forms of answers, outcomes, …) have no names that
code would have to put together: they are a table with these members as keys, for `fill(FACETS[facet], language)`.

`Name` is a union of a thousand literals. mypy takes up to 20 seconds to narrow it, by `name in {…: …}` of a `dict[Name, …]`
or by an `if` of what `get` returned, and to infer a `dict.fromkeys` of it (`mypy --line-checking-stats` shows where).
"""

from __future__ import annotations

import string
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Protocol, TypeAlias

from tensordrill.messages.josa import settled

Language = Literal["en", "ko"]
LANGUAGES: tuple[Language, ...] = ("en", "ko")
Sentence: TypeAlias = tuple[str, str]
"""In English and Korean, with the same `{values}`."""

if TYPE_CHECKING:
    from tensordrill.messages import (
        assignment_commands,
        bank_commands,
        bank_problems,
        course_problems,
        drill,
        explanation,
        feedback,
        findings,
        homework,
        learner_commands,
        machine,
        participation,
        preview,
        problems,
        progress,
        provenance,
        question,
        reasons,
        report,
        suspicions,
        trend,
        usage,
    )

    Name: TypeAlias = (
        assignment_commands.Name
        | bank_commands.Name
        | bank_problems.Name
        | course_problems.Name
        | drill.Name
        | explanation.Name
        | feedback.Name
        | findings.Name
        | homework.Name
        | learner_commands.Name
        | machine.Name
        | participation.Name
        | preview.Name
        | problems.Name
        | progress.Name
        | provenance.Name
        | question.Name
        | reasons.Name
        | report.Name
        | suspicions.Name
        | trend.Name
        | usage.Name
    )
else:
    Name = str  # the parts are read when they are needed, and not for a type


_PARTS = (
    "question drill usage learner_commands assignment_commands bank_commands progress explanation "
    "reasons.arguments reasons.attention reasons.attributes reasons.autograd reasons.broadcasts "
    "reasons.cat_stack_split reasons.convolutions reasons.creation reasons.data reasons.devices "
    "reasons.dims reasons.distributions reasons.dtypes reasons.einsum reasons.functions_and_hooks "
    "reasons.gather_scatter reasons.indexing reasons.layers reasons.lists_and_numbers reasons.losses "
    "reasons.matrices reasons.memory reasons.modules reasons.optimizers reasons.products "
    "reasons.recurrent reasons.rule reasons.sizes reasons.truth_and_item reasons.values reasons.views provenance "
    "suspicions homework feedback report preview trend participation problems machine course_problems "
    "bank_problems findings"
).split()
"""The files with sentences, the ones that most commands need first."""


class InLanguages(Protocol):
    """A text that may be there in either language."""

    @property
    def en(self) -> str | None: ...
    @property
    def ko(self) -> str | None: ...


def choose(text: str | InLanguages, language: Language) -> str:
    """Return the text in the language asked for, else in the one it has."""
    if isinstance(text, str):
        return text
    first, second = (text.en, text.ko) if language == "en" else (text.ko, text.en)
    return first if first is not None else second or ""


def languages_of(text: str | InLanguages, plain: Language) -> frozenset[Language]:
    """Return the languages a text is there in; a plain string is in the bank's language."""
    if isinstance(text, str):
        return frozenset({plain})
    return frozenset(lang for lang in LANGUAGES if getattr(text, lang) is not None)


def preferred(option: str | None, environ: Mapping[str, str]) -> Language:
    """Return the language to speak: the option, else TENSORDRILL_LANG, else the locale's, else English."""
    names = [option, environ.get("TENSORDRILL_LANG")]
    names += [environ.get(variable) for variable in ("LC_ALL", "LC_MESSAGES", "LANG")]
    for name in names:
        if name:
            return "ko" if name.lower().startswith("ko") else "en"
    return "en"


def say(name: Name, language: Language, /, **values: object) -> str:
    """Return one of the interface's own sentences with its values filled in."""
    return fill(_sentence(name), language, **values)


def fill(sentence: Sentence, language: Language, /, **values: object) -> str:
    """Return a sentence, which is there in English and Korean, with its values filled in.

    `{count:question}` is a number and its noun, `1 question` or `2 questions`; `{count:is|are}` the word alone. In
    Korean, particles follow their values: of `은(는)` one is chosen.
    """
    text = sentence[0] if language == "en" else sentence[1]
    texts = {
        name: value.text(language) if isinstance(value, Message | Messages) else value
        for name, value in values.items()
    }
    filled = _COUNTING.vformat(text, (), texts) if _counts(text) else text.format_map(texts)
    return filled if language == "en" else settled(filled)


@cache
def _counts(text: str) -> bool:
    """Whether a word of a sentence agrees with a number. All others are left to `str.format`, ten times as fast."""
    return any(spec for _, _, spec, _ in _COUNTING.parse(text))


class _Counting(string.Formatter):
    """Formats that let a word agree with a number."""

    def format_field(self, value: Any, spec: str) -> str:
        singular, or_, plural = spec.partition("|")
        if or_:
            return singular if str(value) == "1" else plural
        if len(spec) > 1 and spec.replace("-", "").isalpha():
            return f"{value} {spec}" if str(value) == "1" else f"{value} {spec}s"
        return str(super().format_field(value, spec))


_COUNTING = _Counting()


class Message(NamedTuple):
    """One of the interface's own sentences with its values, some of them messages, until its language is known."""

    name: Name
    pairs: tuple[tuple[str, object], ...] = ()

    @property
    def values(self) -> dict[str, object]:
        """The values of the sentence, by the names that stand in it."""
        return dict(self.pairs)

    def text(self, language: Language) -> str:
        """Return the sentence in a language."""
        return say(self.name, language, **self.values)


class Messages(NamedTuple):
    """Several sentences, a line each."""

    lines: tuple[str | Message, ...]

    def text(self, language: Language) -> str:
        """Return the lines in a language, as far as they are there in both."""
        return "\n".join(line if isinstance(line, str) else line.text(language) for line in self.lines)


def message(name: Name, /, **values: object) -> Message:
    """Return a sentence for somebody who knows its language."""
    return Message(name, tuple(values.items()))


@cache
def _sentence(name: str) -> Sentence:
    for words in parts():
        if name in words:
            return words[name]
    raise KeyError(name)


def parts() -> Iterator[Mapping[Any, Sentence]]:
    """Yield the named sentences part by part; a part is imported when none before it has what is to be said."""
    for name in _PARTS:
        yield import_module(f"{__name__}.{name}").WORDS
