"""``hrkb tie``: what ties two states."""

from __future__ import annotations

import click

from kb.cli import output


@click.command()
@click.argument("one")
@click.argument("other")
@click.option("--year", type=int, default=2014, show_default=True, help="Year of the memberships.")
@output.output_options
def tie(one: str, other: str, year: int, as_json: bool, as_csv: bool) -> None:
    """The shortest tie between two states: from state to state through organizations, the smaller the closer.

    \b
    Example: hrkb tie Turkey Norway --year 2020
    """
    from kb.api.knowledge import open as open_graph  # brings pandas and networkx: only where a network is asked

    with open_graph() as kb:
        found = kb.tie(one, other, year)
    rows = found.astype(object).where(found.notna(), None).to_dict("records")
    output.show(rows, as_json=as_json, as_csv=as_csv, title=found.attrs["title"])
    if not rows and not (as_json or as_csv):
        click.echo(f"No chain of organizations ties them in {year}.")
