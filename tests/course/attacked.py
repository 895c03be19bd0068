"""A class where everybody but two attacks: handed out by the real build, and filled in."""

from __future__ import annotations

import contextlib
import re
import textwrap
from collections.abc import Iterable, Mapping
from pathlib import Path

from tensordrill.cli.app import app
from tests.course.exploits import BANK, RIGHT, WRONG, Exploit
from tests.course.grader import CANARY, ClassFolder

HONEST = ("anna", "ben")
_SHOWN = re.compile(r"# x = torch.tensor\((\[[0-9, ]+\])\)")


def make(around: Path, students: Iterable[str]) -> dict[str, str]:
    """Make the assignment, build it for a class, and give each student's hand-out as text."""
    place = ClassFolder(around)
    for folder in ("bank", "in", "tmp", "out"):
        (around / folder).mkdir(parents=True)
    (around / "bank" / "crack.yaml").write_text(BANK)
    (around / "canary").write_text(CANARY)
    roster = "".join(f"{name},Name of {name},{name}@school.example\n" for name in students)
    (around / "roster.csv").write_text(f"id,name,email\n{roster}")
    new = ["assignment", "new", place.hw.name, "--bank", str(around / "bank"), "--topic", "crack"]
    with contextlib.chdir(place.hw.parent):
        _run(*new, "-n", "7", "--kinds", "write,fill,which,predict")
    _run(
        *("assignment", "build", str(place.hw), "--roster", str(around / "roster.csv")),
        *("--out", str(around / "handout")),
    )
    return {name: (around / "handout" / f"hw-{name}.py").read_text(encoding="utf-8") for name in students}


def _run(*arguments: str) -> None:
    app(list(arguments), standalone_mode=False, obj="en")


def filled(text: str, answers: Mapping[str, str]) -> str:
    """Answer a hand-out's questions."""
    shown = {name: _cell(text, name) for name in answers}
    for name, cell in shown.items():
        text = text.replace(cell, _answered(cell, answers[name]))
    return text


def _cell(text: str, name: str) -> str:
    match = re.search(rf"^# crack/{name}@.*?(?=^# %%)", text, re.MULTILINE | re.DOTALL)
    assert match is not None, name
    return match[0]


def _answered(cell: str, answer: str) -> str:
    if "\ndef " in cell:
        body = textwrap.indent(textwrap.dedent(f"        {answer.lstrip()}"), "    ")
        return cell.replace("    ...\n", f"{body}\n")
    if "# answer:" in cell:
        return cell.replace("# answer:\n...\n", f"# answer:\n{answer}\n")
    return cell.replace("answer = ...", f"answer = {answer}")


def attacking(text: str, exploit: Exploit, around: Path, port: int) -> str:
    """Fill a hand-out with one hostile answer beside right ones."""
    shown = _SHOWN.findall(_cell(text, exploit.question))
    hidden = f"(x.dim() == 1 and x.tolist() != {shown[0] if shown else []})"
    names = {
        "HIDDEN": hidden,
        "AROUND": repr(str(around)),
        "PORT": str(port),
        "SHOWN": shown[0] if shown else "",
    }
    code = re.sub(r"\b(HIDDEN|AROUND|PORT|SHOWN)\b", lambda name: names[name[0]], exploit.code)
    helping = {"double": exploit.accomplice} if exploit.accomplice else {}
    return filled(text, {**RIGHT, **helping, exploit.question: code})


def hand_in(place: ClassFolder, handouts: Mapping[str, str]) -> None:
    """Let the two honest students hand in: one is right everywhere, one mostly wrong."""
    for name, answers in zip(HONEST, (RIGHT, WRONG), strict=True):
        (place.handed_in / f"{name}.py").write_text(filled(handouts[name], answers), encoding="utf-8")
