"""``hrkb treaty``: one treaty at a glance."""

from __future__ import annotations

import click

from kb.cli import output
from kb.cli.look.parts import show_parts


@click.command()
@click.argument("treaty")
@output.output_options
def treaty(treaty: str, as_json: bool, as_csv: bool) -> None:
    """One treaty at a glance: totals, adoption by year, reservations, who is not a party.

    TREATY is a code, another abbreviation in use (OPCAT), or a title.

    \b
    Example: hrkb treaty CEDAW
    """
    parts = ("parties", "adoption-curve", "ruds-by-treaty", "treaty-laggards")
    show_parts(parts, {"treaty": treaty}, as_json, as_csv)
