"""The check of texts for people: every one renders, no hint gives the answer away, nothing is missing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from tensordrill.audit.findings import Findings
from tensordrill.bank.document import FilePlace
from tensordrill.bank.schema import Compared, Fill, Localized, Text
from tensordrill.bank.topic import Entry
from tensordrill.bank.variant import Variant, Wrong
from tensordrill.errors import DrawError
from tensordrill.messages import LANGUAGES, Language, choose, languages_of, message

_TOKEN = re.compile(r"\w+|[^\w\s]")
_NOTHING = re.compile(r"[\W_]*|(?:todo|tbd|fixme|xxx)\b.*", re.IGNORECASE | re.DOTALL)
_HANGUL = re.compile("[\uac00-\ud7a3]")
_FEWEST_WORDS = 3
"""Fewer words outside code may well be names that both languages use, as in `view and reshape`."""
_SPELLINGS = re.compile(r"(?:torch\.Size)?[\[(][\[\]()\d\s,.-]*[\])]|\d+(?:\s*[x×*,]\s*\d+)+")
"""A shape, a tuple or a tensor, perhaps, in any of the ways that an answer may be typed."""


def check_texts(
    variant: Variant,
    held: Iterable[Wrong],
    facts: dict[str, object],
    key: str,
    is_right: Callable[[str], bool],
    findings: Findings,
) -> None:
    """Render all texts of a variant, with and without a run's facts, and look into its hints for the key."""
    question, entry = variant.entry.question, variant.entry
    _renders(variant, question.task, {}, ("task",), findings)
    _renders(variant, question.because, {**facts, "got": key}, ("because",), findings)
    for wrong in held:
        keys = ("misconceptions", wrong.index, "because")
        _renders(variant, wrong.because, {**facts, "got": key}, keys, findings)
    for index, hint in enumerate(question.hints):
        for text in _renders(variant, hint, {}, ("hints", index), findings):
            spellings = (spelling for spelling in _SPELLINGS.findall(text) if is_right(spelling))
            parts = variant.question.fillings if isinstance(variant.question, Fill) else (key,)
            has_key = any(_contains(variant, text, part) for part in parts)
            spelling = key if has_key else next(spellings, None)
            if spelling is not None:
                problem = message("found-hint-tells", answer=spelling)
                place = entry.place.at("hints", index)
                findings.fault(place, variant.address, problem, message("do-say-less"))


def _renders(
    variant: Variant,
    text: Text | None,
    facts: dict[str, object],
    keys: tuple[str | int, ...],
    findings: Findings,
) -> list[str]:
    """Return a text in each language; where it does not render, that is a finding."""
    texts: list[str] = []
    if text is None:
        return texts
    for language in LANGUAGES:
        try:
            texts.append(variant.say(text, language, **facts))
        except DrawError as error:
            place = variant.entry.place.at(*keys, language)
            findings.fault(place, variant.address, error.problem, message("do-mend-template"))
    return texts


def _contains(variant: Variant, hint: str, key: str) -> bool:
    tokens = _TOKEN.findall(key)
    is_code = isinstance(variant.question, Compared)
    if len(tokens) < 2 and not (is_code and not re.fullmatch(r"-?\d+|\W+", key)):
        return False
    words = _TOKEN.findall(hint)
    return any(words[i : i + len(tokens)] == tokens for i in range(len(words) - len(tokens) + 1))


def check_presence(entry: Entry, held: set[int], findings: Findings) -> None:
    """Advise on what a finished question has: hints, source, both languages, two misconceptions."""
    question, place = entry.question, entry.place
    for key in ("hints", "source", "because"):
        if not getattr(question, key):
            problem = message("found-missing", key=key)
            findings.advice(place.at("id"), entry.id, problem, message("do-add", key=key))
    if len(held) < 2:
        problem = message("found-few-wrong", count=len(held))
        findings.advice(place.at("misconceptions"), entry.id, problem, message("do-second-wrong"))
    for index, misconception in enumerate(question.misconceptions):
        where, name = place.at("misconceptions", index), misconception.name
        if misconception.because is None:
            findings.advice(where, entry.id, message("found-no-because", name=name), message("do-add-it"))
        if misconception.idea is None and misconception.title is None:
            findings.advice(where, entry.id, message("found-no-title", name=name), message("do-add-title"))
    texts = [(place.at("task"), question.task), (place.at("because"), question.because)]
    texts += [(place.at("hints", index), hint) for index, hint in enumerate(question.hints)]
    for index, misconception in enumerate(question.misconceptions):
        where = place.at("misconceptions", index)
        texts += [(where.at("title"), misconception.title), (where.at("because"), misconception.because)]
    for where, text in texts:
        check_text(where, entry.id, text, entry.language, findings)


def check_text(
    place: FilePlace, address: str, text: Text | None, plain: Language, findings: Findings
) -> None:
    """Look for a text that says nothing, and advise where it is there in one language only or copied."""
    if text is None:
        return
    for language in languages_of(text, plain):
        if _NOTHING.fullmatch(choose(text, language).strip()):
            problem, remedy = message("found-empty-text"), message("do-write-it")
            findings.fault(place.at(language), address, problem, remedy, language)
    if isinstance(text, Localized) and _is_copied(text):
        findings.advice(place.at("ko"), address, message("found-not-korean"), message("do-translate"))
    for language in sorted(set(LANGUAGES) - languages_of(text, plain)):
        problem = message("found-no-language", key=language)
        findings.advice(place, address, problem, message("do-add", key=language))


def _is_copied(text: Localized) -> bool:
    """Whether the Korean text has words outside code, and no Korean one."""
    words = re.findall(r"[^\W\d_]{2,}", re.sub(r"`[^`]*`|{{.*?}}|{%.*?%}", "", text.ko or ""))
    return len(words) >= _FEWEST_WORDS and not _HANGUL.search(text.ko or "")
