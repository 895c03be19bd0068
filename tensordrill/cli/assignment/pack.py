"""`tensordrill assignment pack`: an assignment in the form that another system grades."""

from __future__ import annotations

from tensordrill.cli.commands import CommandEntry, group

app = group(
    "assignment-pack-help",
    "assignment-pack-examples",
    {"gradescope": CommandEntry("tensordrill.cli.assignment.gradescope", "assignment-gradescope-summary")},
)
