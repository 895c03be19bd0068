"""What is said to people: every text renders, no hint gives the answer away, nothing is missing."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tensordrill.audit.findings import Findings
from tensordrill.bank.document import Place
from tensordrill.bank.load import Entry
from tensordrill.bank.schema import Compared, Fill, Text
from tensordrill.bank.variant import Variant, Wrong
from tensordrill.errors import DrawError
from tensordrill.text import LANGUAGES, Language, languages_of

_TOKEN = re.compile(r"\w+|[^\w\s]")


def check_texts(
    variant: Variant, held: Iterable[Wrong], facts: dict[str, object], key: str, findings: Findings
) -> None:
    """Render all texts of a variant, with and without a run's facts, and look into its hints."""
    question, entry = variant.entry.question, variant.entry
    _renders(variant, question.task, {}, ("task",), findings)
    _renders(variant, question.because, {**facts, "got": key}, ("because",), findings)
    for wrong in held:
        keys = ("misconceptions", wrong.index, "because")
        _renders(variant, wrong.because, {**facts, "got": key}, keys, findings)
    for index, hint in enumerate(question.hints):
        for said in _renders(variant, hint, {}, ("hints", index), findings):
            if _gives_away(variant, said, key):
                place = entry.place.at("hints", index)
                findings.fault(place, variant.address, f"a hint contains the answer `{key}`", "say less")


def _renders(
    variant: Variant,
    text: Text | None,
    facts: dict[str, object],
    keys: tuple[str | int, ...],
    findings: Findings,
) -> list[str]:
    said = []
    for language in LANGUAGES if text is not None else ():
        try:
            said.append(variant.say(text, language, **facts) if text is not None else "")
        except DrawError as error:
            place = variant.entry.place.at(*keys, language)
            findings.fault(place, variant.address, str(error), "mend the template")
    return said


def _gives_away(variant: Variant, hint: str, key: str) -> bool:
    keys = variant.question.fillings if isinstance(variant.question, Fill) else (key,)
    return any(_contains(variant, hint, each) for each in keys)


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
    for name, value in (
        ("hints", question.hints),
        ("source", question.source),
        ("because", question.because),
    ):
        if not value:
            findings.advice(place.at("id"), entry.id, f"there is no `{name}`", f"add `{name}`")
    if len(held) < 2:
        what = f"over all draws only {len(held)} misconception holds"
        findings.advice(place.at("misconceptions"), entry.id, what, "add a second misconception")
    for index, misconception in enumerate(question.misconceptions):
        if misconception.because is None:
            where = place.at("misconceptions", index)
            findings.advice(
                where, entry.id, f"misconception `{misconception.name}` says no `because`", "add it"
            )
    texts: list[tuple[tuple[str | int, ...], Text | None]] = [
        (("task",), question.task),
        (("because",), question.because),
    ]
    texts += [(("hints", i), hint) for i, hint in enumerate(question.hints)]
    texts += [(("misconceptions", i, "because"), m.because) for i, m in enumerate(question.misconceptions)]
    for keys, text in texts:
        check_languages(place.at(*keys), entry.id, text, entry.language, findings)


def check_languages(
    place: Place, address: str, text: Text | None, plain: Language, findings: Findings
) -> None:
    """Advise where a text is there in one language only."""
    missing = set(LANGUAGES) - languages_of(text, plain) if text is not None else set()
    for language in sorted(missing):
        findings.advice(place, address, f"the text is not there in `{language}`", f"add `{language}`")
