"""The check of a bank's titles, worked examples and ideas, which stand around its questions."""

from __future__ import annotations

from tensordrill.audit.failures import broken, remedy_of
from tensordrill.audit.findings import Findings
from tensordrill.audit.texts import check_text
from tensordrill.bank.document import FilePlace, read
from tensordrill.bank.ideas import IDEAS_FILE, load_ideas
from tensordrill.bank.load import Bank
from tensordrill.bank.problems import near
from tensordrill.bank.topic import Topic, builds_on
from tensordrill.messages import message
from tensordrill.sandbox.client import Sandbox
from tensordrill.sandbox.protocol import Job, Program


def check_frame(topic: Topic, bank: Bank, sandbox: Sandbox, findings: Findings) -> None:
    """Look at a topic's title, worked example and what it builds on."""
    place = read(topic.path).place
    check_text(place.at("title"), topic.name, topic.title, topic.language, findings)
    _check_after(topic, bank, place.at("after"), findings)
    if topic.intro is None:
        return
    check_text(place.at("intro", "text"), topic.name, topic.intro.text, topic.language, findings)
    (observation,) = sandbox.run(Job((Program(given=topic.intro.given, ask=topic.intro.ask),)))
    if run := broken(observation):  # it may raise on purpose, but for a slip
        remedy = remedy_of(observation) or message("do-mend-example")
        findings.fault(place.at("intro"), topic.name, message("found-example", run=run), remedy)


def _check_after(topic: Topic, bank: Bank, place: FilePlace, findings: Findings) -> None:
    """Look for topics that the bank does not have, and for those that build on this one in turn."""
    for index, name in enumerate(topic.after):
        if name not in bank.names:
            remedy = message("do-name-topic", near=near(name, bank.names))
            findings.fault(place.at(index), topic.name, message("found-no-topic", topic=name), remedy)
        elif topic.name in builds_on(name, lambda name: bank.topic(name).after if name in bank.names else ()):
            problem = message("found-circle", other=name, topic=topic.name)
            findings.fault(place.at(index), topic.name, problem, message("do-order-topics"))


def check_ideas(bank: Bank, findings: Findings) -> None:
    """Look at the titles and rules of ideas."""
    for source in bank.sources:
        ideas = load_ideas(source.folder)
        if not ideas:
            continue
        place: FilePlace = read(source.folder / IDEAS_FILE).place
        for name, idea in ideas.items():
            for field, text in (("title", idea.title), ("rule", idea.rule)):
                check_text(place.at(name, field), name, text, "en", findings)
