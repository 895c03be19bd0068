"""`tensordrill bank`: tools for those who write banks."""

from __future__ import annotations

from tensordrill.cli.commands import CommandEntry, group

app = group(
    "bank-help",
    "bank-examples",
    {
        "new": CommandEntry("tensordrill.cli.bank.new", "bank-new-summary"),
        "check": CommandEntry("tensordrill.cli.bank.check", "bank-check-summary"),
        "list": CommandEntry("tensordrill.cli.bank.list", "bank-list-summary"),
        "pack": CommandEntry("tensordrill.cli.bank.pack", "bank-pack-summary"),
        "contents": CommandEntry("tensordrill.cli.bank.contents", "bank-contents-summary"),
        "index": CommandEntry("tensordrill.cli.bank.index", "bank-index-summary"),
        "schema": CommandEntry("tensordrill.cli.bank.schema", "bank-schema-summary"),
    },
)
