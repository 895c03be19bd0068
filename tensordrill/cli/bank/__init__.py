"""`tensordrill bank`: tools for those who write banks."""

from __future__ import annotations

from tensordrill.cli.commands import Entry, group

app = group(
    "bank-help",
    "bank-examples",
    {
        "new": Entry("tensordrill.cli.bank.new", "bank-new-summary"),
        "check": Entry("tensordrill.cli.bank.check", "bank-check-summary"),
        "list": Entry("tensordrill.cli.bank.list", "bank-list-summary"),
        "pack": Entry("tensordrill.cli.bank.pack", "bank-pack-summary"),
        "contents": Entry("tensordrill.cli.bank.contents", "bank-contents-summary"),
        "index": Entry("tensordrill.cli.bank.index", "bank-index-summary"),
        "schema": Entry("tensordrill.cli.bank.schema", "bank-schema-summary"),
    },
)
