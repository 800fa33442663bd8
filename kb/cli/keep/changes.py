"""``hrkb changes``: what the refreshes changed."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from kb import files
from kb.cli import output
from kb.load import register
from kb.refresh.places import Places
from kb.refresh.record import history
from kb.refresh.report import feed
from kb.versions import home


@click.command()
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Only what runs from this day on changed.")
@click.option("--source", "code", help="Only this source.")
@click.option("--nature", type=click.Choice(["event", "correction", "unclear"]), help="Only events, or corrections.")
@click.option("--feed", "target", type=click.Path(path_type=Path), help="Write the Atom feed to this file.")
@output.output_options
def changes(
    since: dt.datetime | None, code: str | None, nature: str | None, target: Path | None, as_json: bool, as_csv: bool
) -> None:
    """What the refreshes added, changed and removed, fact by fact, with the old and the new value.

    An event happened in the world after the last good load; a correction concerns a time which that load covered.

    \b
    Example: hrkb changes --since 2026-10-01 --nature event --csv
    """
    places = Places(home.home())
    if target:
        with files.writing(target):  # in place: it may be a pipe
            target.write_bytes(feed.atom(places, register.register()))
        click.echo(f"The feed is in {target}")
        return
    rows = history.changes(places, since.date() if since else None).to_pylist()
    wanted = [r for r in rows if code in (None, r["source"]) and nature in (None, r["nature"])]
    output.show(wanted, as_json=as_json, as_csv=as_csv)
