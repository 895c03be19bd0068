"""Classes of exceptions and warnings as people write them: a bare word, a sentence, a pasted message.

>>> read_raises("runtimeerror", "shape"), read_raises("IndexErr", "shape"), read_raises("2, 3", "shape")
(Raises(name='RuntimeError'), Unreadable(example='exception', detail='IndexError', refusal=None), None)
"""

from __future__ import annotations

import builtins
import difflib
import re
from collections.abc import Collection, Iterable

from tensordrill.kinds.answers import Answer, Literally, Raises, Unreadable, Word
from tensordrill.kinds.words import MAX_LENGTH, NO, NONE, normalized, plain

_BUILTINS = {name: value for name, value in vars(builtins).items() if isinstance(value, type)}
_EXCEPTIONS = (
    *(name for name, value in _BUILTINS.items() if issubclass(value, BaseException)),
    "OutOfMemoryError",
    "LinAlgError",
)
"""The classes that torch and Python raise; what comes near one is a slip."""
_WARNINGS = tuple(name for name in _EXCEPTIONS if name.endswith("Warning") and name != "Warning")
_NEAR = 0.8
_LONGEST = 60
_ANY_CLASS = frozenset(["", "error", "errors", "exception"])
_SUFFIX = re.compile(r"(?:Error|Exception|Warning|Interrupt|Exit)\Z")
_NAME = r"(?:an?\s+)?(?P<name>[A-Za-z_][A-Za-z0-9_.]*)"
_HAPPENS = (
    r"(?:\s*(?:이|가|을|를)?\s*(?:발생(?:함|한다|합니다|해요|했다|했습니다|했어요)?|났다|났습니다|났어요|난다|납니다"
    r"|나요|남|낸다|냅니다|나옴|나온다|나옵니다|나와요|뜬다|뜹니다|떠요|뜸|던진다|던집니다)"
    r"|\s*(?:임|이다|입니다|이에요|예요))?"
)
"""The rest of a Korean sentence after an error or its class."""
_END = r"\s*\)?(?:\(.*\))?\s*[.!]?(?:\s*:.*)?"
"""The text that may follow a class: its message, as Python prints it or as `repr` shows it."""
_RAISES = re.compile(
    r"(?:it\s+)?(?:raises?|throws?|an?\s+error|errors?|exception|(?:에러|오류|예외)" + _HAPPENS + ")"
    r"\s*[:,(]?\s*(?:" + _NAME + r")?(?:\s*(?:에러|오류|예외))?" + _HAPPENS + _END,
    re.IGNORECASE | re.DOTALL,
)
_CLASS = re.compile(_NAME + r"(?:\s*(?:에러|오류|예외))?" + _HAPPENS + _END, re.DOTALL)
_WARNS = re.compile(
    r"(?:it\s+)?(?:warns?\b)?\s*[:,(]?\s*" + _NAME + r"(?:\s*경고)?" + _HAPPENS + _END, re.DOTALL
)
_NO_WARNING = re.compile(
    r"(?:no|without) warnings?|경고(?:가|는)?\s*(?:없음|없다|없습니다|없어요|안\s*(?:남|나옴|뜸|나요|나와요|납니다))"
)


def read_raises(clean: str, base: str, own: Iterable[str] = ()) -> Raises | Unreadable | None:
    """Read that something is raised; None where a text says no such thing.

    A bare word is a class; where a text is asked for, it may be the text as well. `own` are classes that the
    program defines. What comes near a class is a slip, with a guess.
    """
    match, is_said = _RAISES.fullmatch(clean), True
    if match is None:
        match, is_said = _CLASS.fullmatch(clean), False
    if match is None:
        return None
    name = (match["name"] or "").rstrip(".").rpartition(".")[2]
    typed = clean.strip("\"'`") if base == "text" else None
    if name.lower() in _ANY_CLASS:
        return Raises(typed=typed) if is_said else None
    if known := _known(name, (*_EXCEPTIONS, *own)):
        return Raises(known, typed)
    if base == "text" and not is_said:
        return None
    if guess := _guess(name, _EXCEPTIONS):
        return Unreadable("exception", guess)
    may_be_class = is_said and (name[0].isupper() or name.endswith(("error", "exception")))
    return Raises(name, typed) if may_be_class or _SUFFIX.search(name) else None


def read_warning(text: str, own: Iterable[str] = ()) -> Answer | Unreadable:
    """Read a warning's class, or any way to say that there is none as `no`.

    >>> read_warning("warns: userwarning"), read_warning("경고 없음")
    (Literally(value=Word(text='UserWarning')), Literally(value=Word(text='no')))
    """
    if len(text) > MAX_LENGTH:
        return Unreadable("too-long")
    clean = " ".join(normalized(text).split())
    if plain(clean) in NO | NONE or _NO_WARNING.fullmatch(plain(clean)):
        return Literally(Word("no"))
    match = _WARNS.fullmatch(clean)
    name = match["name"].rstrip(".").rpartition(".")[2] if match else ""
    if known := _known(name, (*_WARNINGS, *own)):
        return Literally(Word(known))
    if guess := _guess(name, _WARNINGS):
        return Unreadable("exception", guess)
    if name.lower() == "warning":  # that there is one is no answer to which
        return Unreadable("warning")
    if name.endswith("Warning"):
        return Literally(Word(name))
    return read_raises(clean, "warning", own) or Unreadable("warning")


def _known(name: str, names: Iterable[str]) -> str | None:
    return next((known for known in names if known.lower() == name.lower()), None)


def _guess(name: str, names: Collection[str]) -> str | None:
    by_lower = {known.lower(): known for known in names if len(name) <= _LONGEST}
    near = difflib.get_close_matches(name.lower(), by_lower, n=1, cutoff=_NEAR)
    return by_lower[near[0]] if near else None
