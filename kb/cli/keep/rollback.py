"""``hrkb rollback``: back to an earlier version."""

from __future__ import annotations

import click

from kb.cli import output
from kb.refresh.publish import rollback as back
from kb.versions import home


@click.command()
@click.argument("version", required=False)
@click.option("--reason", default="", help="Why; it is recorded.")
@output.output_options
def rollback(version: str | None, reason: str, as_json: bool, as_csv: bool) -> None:
    """Go back to an earlier version, the one before the current one unless named: its graph and its facts.

    The files loaded since are refused from now on, until the publisher changes them or `refresh --accept` takes them.

    \b
    Example: hrkb rollback --reason "the CEDAW page was cut"
    """
    run = back.rollback(home.home(), version, reason)
    if as_json or as_csv:
        answer = {"run": run.id, "version": run.version, "reason": run.reason}
        output.show([answer], as_json=as_json, as_csv=as_csv)
    else:
        click.echo(f"Version {run.version} is current again (run {run.id})")
