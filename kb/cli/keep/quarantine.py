"""``hrkb quarantine``: rows set aside."""

from __future__ import annotations

import click

from kb.cli import output
from kb.cli.keep.facts import last_good
from kb.facts import snapshot
from kb.load import register


@click.command()
@click.option("--source", "code", help="Only this source.")
@output.output_options
def quarantine(code: str | None, as_json: bool, as_csv: bool) -> None:
    """Rows set aside, with their reasons. A line in data/decisions.csv says what to do with them at the next load.

    \b
    The line names the source, the file (or none), the column and the value of the cell, and one of
      alias    the value is another name of `to`
      correct  the source is wrong, `to` is right
      drop     rows with this value are left out
    Example: hrkb quarantine --csv > rows.csv
    """
    good = last_good()
    if code is not None:
        register.source(code)
    rows = [
        row
        for one in ([code] if code else good.sources())
        for row in snapshot.read_quarantine(good.folder(one)).to_pylist()
    ]
    output.show(rows, as_json=as_json, as_csv=as_csv)
