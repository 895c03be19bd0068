"""A commented topic file to start from; it passes the check."""

from __future__ import annotations

import re
from pathlib import Path

from tensordrill import command_line
from tensordrill.errors import BankError
from tensordrill.messages import Messages, message

_STARTER = Path(__file__).parent / "starter.yaml"


def write_starter(folder: Path, topic: str) -> Messages:
    """Write `TOPIC.yaml` into the folder; return what was done and what to do next.

    Raises BankError where the name is no topic's or the file is there already.
    """
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", topic) or topic == "ideas":
        raise BankError(message("no-topic-name", topic=topic))
    path = folder / f"{topic}.yaml"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(_STARTER.read_text(encoding="utf-8").replace("TOPIC", topic))
    except FileExistsError as error:
        raise BankError(message("topic-is-there", path=path)) from error
    except OSError as error:
        raise BankError(message("topic-not-written", path=path, reason=error.strerror)) from error
    quoted = command_line.join([str(folder)])
    wrote, look = message("starter-wrote", path=path), message("starter-look", topic=topic, folder=quoted)
    return Messages((wrote, look, message("starter-check", folder=quoted)))
