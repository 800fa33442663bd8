"""``hrkb snapshot``: from raw files to facts."""

from __future__ import annotations

from pathlib import Path

import click

from kb.cli import output
from kb.cli.make.counts import load_row
from kb.cli.progress import progress_bar
from kb.load import register


@click.command()
@click.option(
    "--raw",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    required=True,
    help="Folder with one folder of raw files per source.",
)
@click.option("--source", "codes", multiple=True, help="Only this source; may be given several times.")
@click.option("--out", type=click.Path(path_type=Path), help="Where to write; default data/snapshot.")
@output.output_options
def snapshot(raw: Path, codes: tuple[str, ...], out: Path | None, as_json: bool, as_csv: bool) -> None:
    """Turn raw files into the snapshot of facts that the project ships.

    Every row of every file ends as loaded, quarantined or dropped; the table shows the three counts, which add up to the
    rows read. Where one file cannot be read, nothing is replaced.

    \b
    Example: hrkb snapshot --raw ../shared/data/raw --source pts-2025
    """
    from kb.facts.snapshot import SNAPSHOT
    from kb.load import extract

    chosen = [register.source(code) for code in codes] or list(register.register().values())
    with progress_bar() as tell:
        reports = extract.make(chosen, raw, out or SNAPSHOT, tell)
    output.show([load_row(report) for report in reports], as_json=as_json, as_csv=as_csv)
