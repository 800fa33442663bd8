"""``hrkb scores``: every score of a state."""

from __future__ import annotations

import click

from kb.catalogue import keys
from kb.catalogue.queries import catalogue
from kb.cli import output
from kb.errors import UsageError
from kb.versions.opening import open_engine


@click.command()
@click.argument("state")
@click.option("--year", type=int, help="Only this year.")
@output.output_options
def scores(state: str, year: int | None, as_json: bool, as_csv: bool) -> None:
    """Every score of one state, by year.

    \b
    Example: hrkb scores Norway --year 2014
    """
    with open_engine() as engine:
        iso3 = keys.key(engine, "state", state)
        rows = catalogue()["score-history"].run(engine, iso3=iso3)
    records = [r for r in rows.to_pylist() if year is None or r["year"] == year]
    if not records:
        raise UsageError(
            f"{iso3} has no scores" + (f" in {year}" if year else ""), f"`hrkb state {iso3}` shows the years it has"
        )
    if year is not None and not (as_json or as_csv):
        output.show([{"score": k, "value": v} for k, v in records[0].items()], title=f"{iso3} {year}")
    else:
        output.show(records, as_json=as_json, as_csv=as_csv, title=f"Scores of {iso3}")
