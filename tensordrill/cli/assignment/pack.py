"""`tensordrill assignment pack`: an assignment in the form that another system grades."""

from __future__ import annotations

from tensordrill.cli.commands import Entry, group

app = group(
    "assignment-pack-help",
    "assignment-pack-examples",
    {"gradescope": Entry("tensordrill.cli.assignment.gradescope", "assignment-gradescope-summary")},
)
