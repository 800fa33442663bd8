"""``hrkb state``: one state at a glance."""

from __future__ import annotations

import click

from kb.cli import output
from kb.cli.look.parts import show_parts


@click.command()
@click.argument("state")
@output.output_options
def state(state: str, as_json: bool, as_csv: bool) -> None:
    """One state at a glance: commitments, reservations and objections, receptor sites, the latest scores.

    STATE is a code (ISO, or COW 70) or a name in English, French, Spanish, German, Italian, Arabic, Chinese or Russian.

    \b
    Example: hrkb state Mexico
    """
    parts = ("state-profile", "state-commitments", "state-ruds", "receptor-sites")
    show_parts(parts, {"iso3": state}, as_json, as_csv)
