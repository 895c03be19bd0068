"""`tensordrill history`: the learner's answers, moved to another machine or deleted."""

from __future__ import annotations

from tensordrill.cli.commands import CommandEntry, group

app = group(
    "history-help",
    "history-examples",
    {
        "export": CommandEntry("tensordrill.cli.history.exporting", "history-export-summary"),
        "import": CommandEntry("tensordrill.cli.history.importing", "history-import-summary"),
        "reset": CommandEntry("tensordrill.cli.history.reset", "history-reset-summary"),
    },
)
