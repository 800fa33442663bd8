"""``hrkb cypher``: Cypher of one's own."""

from __future__ import annotations

import json
from typing import Any

import click

from kb.cli import output
from kb.errors import UsageError


@click.command()
@click.argument("text")
@click.option(
    "--param",
    "pairs",
    multiple=True,
    metavar="NAME=VALUE",
    help="A parameter; the value is read as JSON, else as text.",
)
@click.option("--limit", default=1000, show_default=True, help="Most rows to return.")
@click.option("--timeout", default=30.0, show_default=True, help="Seconds after which the query is stopped.")
@output.output_options
def cypher(text: str, pairs: tuple[str, ...], limit: int, timeout: float, as_json: bool, as_csv: bool) -> None:
    """Run your own read-only Cypher. Anything that could write or read files is refused, and the refusal says why.

    \b
    Example:
      hrkb cypher 'MATCH (s:State)-[r:RATIFIED]->(t:Treaty {code: $t}) RETURN s.name, r.year ORDER BY r.year LIMIT 5' --param t=CAT
    """
    from kb.console import console  # the console starts a process of its own: only where it is wanted

    answer = console.run(text, dict(_pair(p) for p in pairs), limit=limit, timeout=timeout)
    output.show([dict(zip(answer.columns, row, strict=True)) for row in answer.rows], as_json=as_json, as_csv=as_csv)
    if answer.truncated:
        click.echo(f"Cut after {limit:,} rows: give a higher --limit to see more.", err=True)


def _pair(text: str) -> tuple[str, Any]:
    name, equals, value = text.partition("=")
    if not equals:
        raise UsageError(f"--param {text!r} has no '='", "write --param name=value")
    try:
        return name, json.loads(value)
    except ValueError:
        return name, value
