"""`tensordrill history`: the learner's answers, moved to another machine or deleted."""

from __future__ import annotations

from tensordrill.cli.commands import Entry, group

app = group(
    "history-help",
    "history-examples",
    {
        "export": Entry("tensordrill.cli.history.exporting", "history-export-summary"),
        "import": Entry("tensordrill.cli.history.importing", "history-import-summary"),
        "reset": Entry("tensordrill.cli.history.reset", "history-reset-summary"),
    },
)
