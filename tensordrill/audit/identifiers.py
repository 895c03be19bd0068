"""The names a question uses: functions in `forbid` and `only`, parameters, ids of misconceptions and ideas."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from tensordrill.audit.findings import Findings
from tensordrill.bank.load import Bank
from tensordrill.bank.problems import nearest
from tensordrill.bank.schema import Fill, Misconception, Write
from tensordrill.bank.template import names_in
from tensordrill.bank.topic import Entry
from tensordrill.kinds.calls import NAMES_IN_LOGS, OPERATORS
from tensordrill.messages import message
from tensordrill.sandbox.client import Sandbox
from tensordrill.sandbox.protocol import Job, List, Program, Text, Tuple

_FUNCTION = re.compile(r"(?:[A-Za-z_]\w*\.)*(?:[a-z_][a-z0-9_]*|T|mT|H|mH)\Z")
_EXPRESSIONS = frozenset(("draw", "where", "when"))
"""Fields whose strings are expressions over the parameters; every other string is a template."""

_SPACES = (
    "(torch, torch.Tensor, F, torch.linalg, torch.fft, torch.special, nn.init, nn.utils, "
    "np, np.ndarray, list, dict, str)"
)
_KNOWN = f"known = {{name for space in {_SPACES} for name in dir(space)}} | "
_NEAR = "(difflib.get_close_matches(name, [n for n in known if n[0] != '_'], 1, 0.8) or [''])[0]"
"""A name of NumPy or Python is known, too: what torch makes of it may be the question."""


def check_functions(entries: Iterable[Entry], sandbox: Sandbox, findings: Findings) -> None:
    """Look for names in `forbid` and `only` that no function of torch has."""
    rules = [
        (entry, field, index, name)
        for entry in entries
        if isinstance(entry.question, Write | Fill)
        for field in ("forbid", "only")
        for index, name in enumerate(getattr(entry.question, field))
    ]
    unknown = unknown_names({name.rpartition(".")[2] for *_, name in rules if _FUNCTION.match(name)}, sandbox)
    for entry, field, index, name in rules:
        near = unknown.get(name.rpartition(".")[2]) if _FUNCTION.match(name) else _bare(name)
        if near is None:
            continue
        remedy = message("do-near", near=near) if near else message("do-bare-name")
        place = entry.place.at(field, index)
        findings.fault(place, entry.id, message("found-no-function", name=name), remedy)


def _bare(name: str) -> str:
    """Return the function that is meant by an operator, a call or a name in capitals, or nothing."""
    if name in OPERATORS:
        return OPERATORS[name]
    bare = re.sub(r"\(.*\)\Z", "", name.strip()).rpartition(".")[2].lower()
    return bare if _FUNCTION.match(bare) and bare != name else ""


def unknown_names(names: set[str], sandbox: Sandbox) -> dict[str, str]:
    """Return those names that torch does not have, each with a near one that it has, or nothing."""
    if not names:
        return {}
    given = f"import difflib\n{_KNOWN}set({sorted(NAMES_IN_LOGS)})"
    ask = f"[(name, {_NEAR}) for name in {sorted(names)} if name not in known]"
    (observation,) = sandbox.run(Job((Program(given=given, ask=ask),)))
    rows = observation.value.v if isinstance(observation.value, List) else ()
    pairs = [row.v for row in rows if isinstance(row, Tuple)]
    return {name.v: near.v for name, near in pairs if isinstance(name, Text) and isinstance(near, Text)}


def check_parameters(entry: Entry, findings: Findings) -> None:
    """Look for parameters of a question's own that no text, program or expression uses."""
    unused = set(entry.question.draw)
    for text, is_expression in _texts(msgspec.to_builtins(entry.question)):
        if any(name in text for name in unused):  # to parse a text takes long
            unused -= names_in(text, is_expression=is_expression)
    draw = entry.place.at("draw")
    for name in entry.question.draw:
        place = draw.key(name)
        if name in unused and place != draw:
            findings.fault(place, entry.id, message("found-unused", name=name), message("do-use-it"))


def _texts(value: Any, key: str = "") -> Iterator[tuple[str, bool]]:
    """Yield the texts of a question, and whether each is an expression."""
    if isinstance(value, str):
        yield value, key in _EXPRESSIONS and "{{" not in value
    elif isinstance(value, dict):
        for name, below in value.items():
            yield from _texts(below, key if key in _EXPRESSIONS else name)
    elif isinstance(value, list | tuple):
        for below in value:
            yield from _texts(below, key)


def check_ids(bank: Bank, entries: Iterable[Entry], findings: Findings) -> None:
    """Look for ideas that are not named, and for one id that stands for two ideas."""
    first: dict[str, tuple[Entry, Misconception]] = {}
    for entry in entries:
        for index, misconception in enumerate(entry.question.misconceptions):
            place, idea, own = entry.place.at("misconceptions", index), misconception.idea, misconception.id
            if idea is not None:
                if idea not in bank.named_ideas:
                    near = nearest(idea, bank.named_ideas)
                    remedy = message("do-near", near=near) if near else message("do-name-idea")
                    problem = message("found-idea-unnamed", idea=idea)
                    findings.fault(place.at("idea"), entry.id, problem, remedy)
            elif own in bank.own_ideas:
                problem = message("found-id-is-idea", id=own)
                findings.fault(place.at("id"), entry.id, problem, message("do-say-idea"))
            elif own:
                known_in, known = first.setdefault(own, (entry, misconception))
                has_title = known.title is not None and misconception.title == known.title
                if misconception is not known and not has_title:  # it is another idea
                    problem = message("found-id-shared", id=own, question=known_in.id)
                    findings.fault(place.at("id"), entry.id, problem, message("do-one-idea"))
