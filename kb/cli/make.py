"""``hrkb snapshot`` and ``hrkb build``: from raw files to facts, from facts to a graph."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import track
from rich.table import Table

from kb import snapshot as snapshots
from kb import sources


def snapshot(
    raw: Annotated[Path, typer.Option(help="Folder with one folder of raw files per source.")],
    source: Annotated[list[str] | None, typer.Option(help="Only this source; may be given several times.")] = None,
    out: Annotated[Path, typer.Option(help="Where the snapshot is written.")] = snapshots.SNAPSHOT,
) -> None:
    """Turn raw files into the snapshot of facts that the project ships.

    Every row of every file ends as loaded, quarantined or dropped; the table shows the three counts.

    Example: hrkb snapshot --raw ../shared/data/raw --source pts-2025
    """
    chosen = [sources.source(code) for code in source] if source else list(sources.register().values())
    table = Table("source", "rows", "loaded", "dropped", "quarantined", "facts")
    for entry in track(chosen, description="Reading sources", console=Console(stderr=True), transient=True):
        facts, quarantined = snapshots.extract(entry, raw)
        snapshots.write(facts, quarantined, out)
        r = facts.report
        table.add_row(
            entry.code, *(f"{r[k]:,}" for k in ("rows_in", "rows_loaded", "rows_dropped", "rows_quarantined", "facts"))
        )
    Console().print(table)


def register(app: typer.Typer) -> None:
    app.command()(snapshot)
