"""`tensordrill bank schema`: what editors know of topic files."""

from __future__ import annotations

from typing import Annotated

import typer

from tensordrill.cli import options
from tensordrill.cli.commands import Command

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command("schema", cls=Command, help="bank-schema-help", epilog="bank-schema-examples")
def schema(
    *,
    ideas: Annotated[bool, typer.Option("--ideas", help="bank-ideas")] = False,
    lang: options.Lang = "en",  # noqa: ARG001 (of errors and help)
) -> None:
    """Print the JSON Schema of a topic file, or of `ideas.yaml`."""
    from tensordrill.bank.json_schema import ideas_schema, topic_schema

    print(ideas_schema() if ideas else topic_schema())
