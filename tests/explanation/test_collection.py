"""Every block of the collected misconceptions is explained, and does what is documented of it."""

from __future__ import annotations

import doctest
import re
import textwrap
from collections.abc import Iterator

from tensordrill.explanation.explanation import explanation
from tensordrill.sandbox.client import Sandbox
from tensordrill.sandbox.protocol import Job, Limits, List, Observation, Program, Text
from tests.explanation.test_rules_misconceptions import COLLECTED
from tests.needs import TORCH, only_where

LIMITS = Limits(seconds=60.0, memory=2 << 30)
_SHOWN = 60


def blocks() -> Iterator[tuple[str, str, list[str]]]:
    """Yield each block as one program that keeps what its lines show, and what they should show."""
    text = COLLECTED.read_text(encoding="utf-8")
    for entry, block in re.findall(r"^### (\w+).*?```pycon\n(.*?)```", text, re.S | re.M):
        examples = doctest.DocTestParser().get_examples(block)
        program = "\n".join(["shown = []", *(_kept(example.source.rstrip("\n")) for example in examples)])
        yield entry, program, [example.want for example in examples]


def _kept(source: str) -> str:
    line = f"value = ({source}\n)\nshown.append('' if value is None else repr(value))"
    try:
        compile(source.strip(), "example", "eval")
    except SyntaxError:
        line = f"{source}\nshown.append('')"
    kept = "except Exception as error:\n    shown.append(f'{type(error).__name__}: {error}')"
    return f"try:\n{textwrap.indent(line, '    ')}\n{kept}"


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", re.sub(r"0x[0-9a-f]+", "", text))


def _run(sandbox: Sandbox, programs: list[str], *, trace: bool) -> tuple[Observation, ...]:
    several = tuple(Program(code=code, ask="shown", trace=trace) for code in programs)
    return sandbox.run(Job(several, "learner", LIMITS, (1,) * len(several)))


@only_where(COLLECTED.exists(), "one with the collection of misconceptions beside the checkout")
@only_where(TORCH == (2, 13), "torch 2.13, whose words were collected")
def test_every_block_is_explained_and_does_what_is_documented(sandbox: Sandbox) -> None:
    entries, programs, wanted = map(list, zip(*blocks(), strict=True))
    traced, plain = _run(sandbox, programs, trace=True), _run(sandbox, programs, trace=False)
    assert len(entries) >= 160
    for entry, code, wants, one, other in zip(entries, programs, wanted, traced, plain, strict=True):
        assert explanation(code, one, "en").ended is None, entry
        assert (one.value, one.raised, one.warned) == (other.value, other.raised, other.warned), entry
        assert isinstance(one.value, List), entry
        for want, got in zip(wants, one.value.v, strict=True):
            assert isinstance(got, Text)
            assert not want or _plain(got.v)[:_SHOWN] in _plain(want), entry
