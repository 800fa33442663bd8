"""``hrkb export``: the whole graph as files to take away."""

from __future__ import annotations

from pathlib import Path

import click

from kb.cli import output
from kb.cli.progress import progress_bar

#: Names of :data:`kb.export.files.FORMATS`, spelt out because importing that module costs the numeric libraries.
_FORMATS = ("parquet", "neo4j", "graphml", "stata", "panel")


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--format",
    "names",
    type=click.Choice(_FORMATS),
    multiple=True,
    help="Only this format; may be given several times. Default: all.",
)
@click.option(
    "--neo4j-admin", is_flag=True, help="Only the files of `neo4j-admin database import`: short for --format neo4j."
)
@click.option("--only-open", is_flag=True, help="Only sources whose licence says that they may be passed on.")
@output.output_options
def export(
    folder: Path, names: tuple[str, ...], neo4j_admin: bool, only_open: bool, as_json: bool, as_csv: bool
) -> None:
    """Write the whole graph into FOLDER: Parquet, CSV for neo4j-admin, GraphML, Stata, and the state-year panel as CSV.

    Each format becomes a folder of its own, with the licence and citation of every source. With --only-open a graph is
    built for the occasion from the open sources alone, which takes about a minute.

    \b
    Examples:
      hrkb export ./graph
      hrkb export ./graph --format parquet --only-open
      hrkb export ./graph --format stata --format panel
      hrkb export ./graph --neo4j-admin
    """
    from kb.export import files as exporting

    rows = []
    with progress_bar() as tell, exporting.opened(only_open, tell) as engine:
        content = exporting.read(engine, tell)
        for name in dict.fromkeys((*names, "neo4j")) if neo4j_admin else names or _FORMATS:
            written = exporting.write(content, name, folder, tell)
            files = list(written.iterdir())
            size = sum(path.stat().st_size for path in files)
            rows.append(
                {"format": name, "folder": str(written), "files": len(files), "megabytes": round(size / 1e6, 1)}
            )
    output.show(rows, as_json=as_json, as_csv=as_csv, title=f"Version {content.version}")
