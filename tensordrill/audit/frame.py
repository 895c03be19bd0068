"""What stands around a bank's questions: titles, worked examples and ideas."""

from __future__ import annotations

from tensordrill.audit.findings import Findings
from tensordrill.audit.texts import check_text
from tensordrill.bank.document import Place, read
from tensordrill.bank.ideas import IDEAS_FILE
from tensordrill.bank.load import Bank, Topic
from tensordrill.lab.client import Lab
from tensordrill.lab.protocol import Job, Program

_MISTAKES = ("SyntaxError", "IndentationError", "NameError")


def check_frame(topic: Topic, lab: Lab, findings: Findings) -> None:
    """Look at a topic's title and worked example."""
    place = read(topic.path).place
    check_text(place.at("title"), topic.name, topic.title, topic.language, findings)
    if topic.intro is None:
        return
    check_text(place.at("intro", "text"), topic.name, topic.intro.text, topic.language, findings)
    (seen,) = lab.run(Job((Program(given=topic.intro.given, ask=topic.intro.ask),)))
    raised = seen.raised
    if seen.failure or (raised and raised.name in _MISTAKES):
        what = (
            f"the worked example raises {raised.name}: {raised.message}"
            if raised
            else f"the worked example {'does not end' if seen.failure == 'timeout' else 'crashes'}"
        )
        findings.fault(place.at("intro"), topic.name, what, "mend `given` or `ask`")


def check_ideas(bank: Bank, findings: Findings) -> None:
    """Look at the titles and rules of ideas."""
    if not bank.named_ideas:
        return
    place: Place = read(bank.folder / IDEAS_FILE).place
    for name, idea in bank.named_ideas.items():
        for field, text in (("title", idea.title), ("rule", idea.rule)):
            check_text(place.at(name, field), name, text, "en", findings)
