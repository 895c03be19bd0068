"""What stands around a bank's questions: titles, worked examples and ideas."""

from __future__ import annotations

from tensordrill.audit.findings import Findings
from tensordrill.audit.refusals import what_happened, what_to_do
from tensordrill.audit.texts import check_text
from tensordrill.bank.document import Place, read
from tensordrill.bank.ideas import IDEAS_FILE, load_ideas
from tensordrill.bank.load import Bank, Topic
from tensordrill.bank.problems import guess
from tensordrill.lab.client import Lab
from tensordrill.lab.protocol import Job, Observation, Program

_MEND = "mend `given` or `ask`"
_MISTAKES = ("SyntaxError", "IndentationError", "NameError")


def check_frame(topic: Topic, bank: Bank, lab: Lab, findings: Findings) -> None:
    """Look at a topic's title, worked example and what it builds on."""
    place = read(topic.path).place
    check_text(place.at("title"), topic.name, topic.title, topic.language, findings)
    _check_after(topic, bank, place.at("after"), findings)
    if topic.intro is None:
        return
    check_text(place.at("intro", "text"), topic.name, topic.intro.text, topic.language, findings)
    (seen,) = lab.run(Job((Program(given=topic.intro.given, ask=topic.intro.ask),)))
    if problem := _problem(seen):
        what, do = problem
        findings.fault(place.at("intro"), topic.name, f"the worked example {what}", do)


def _check_after(topic: Topic, bank: Bank, place: Place, findings: Findings) -> None:
    """Look for topics that the bank does not have, and for those that build on this one in turn."""
    for index, name in enumerate(topic.after):
        if name not in bank.names:
            do = f"name a topic of this bank{guess(name, bank.names)}"
            findings.fault(place.at(index), topic.name, f"there is no topic `{name}` to build on", do)
        elif topic.name in _builds_on(name, bank):
            what = f"`{name}` builds on `{topic.name}` in turn"
            findings.fault(place.at(index), topic.name, what, "let one of the two come first")


def _builds_on(name: str, bank: Bank) -> set[str]:
    """Return a topic with all that it builds on."""
    topics: set[str] = set()
    waiting = [name]
    while waiting:
        topic = waiting.pop()
        if topic not in topics and topic in bank.names:
            topics.add(topic)
            waiting += bank.topic(topic).after
    return topics


def _problem(seen: Observation) -> tuple[str, str] | None:
    """Return what goes wrong in a worked example, which may raise on purpose, and what to do."""
    if seen.failure:
        return "ran out of time" if seen.failure == "timeout" else "crashed", _MEND
    if seen.raised and seen.raised.refusal:
        return what_happened(seen.raised, seen.raised.refusal), what_to_do(seen.raised.refusal)
    if seen.raised and seen.raised.name in _MISTAKES:
        return f"raises {seen.raised.name}: {seen.raised.message}", _MEND
    return None


def check_ideas(bank: Bank, findings: Findings) -> None:
    """Look at the titles and rules of ideas."""
    for source in bank.sources:
        ideas = load_ideas(source.folder)
        if not ideas:
            continue
        place: Place = read(source.folder / IDEAS_FILE).place
        for name, idea in ideas.items():
            for field, text in (("title", idea.title), ("rule", idea.rule)):
                check_text(place.at(name, field), name, text, "en", findings)
