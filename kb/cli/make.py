"""``hrkb snapshot`` and ``hrkb build``: from raw files to facts, from facts to a graph."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from kb.catalogue.queries import catalogue
from kb.cli import output
from kb.load import register
from kb.versions import home

if TYPE_CHECKING:
    from kb.facts.snapshot import LoadReport
    from kb.graph.make import Progress as Tell


@contextmanager
def progress_bar() -> Iterator[Tell]:
    """A progress bar on standard error, and a function to move it."""
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
    ) as progress:
        tasks: dict[str, Any] = {}

        def tell(stage: str, done: int, total: int) -> None:
            for name, task in tasks.items():
                if name != stage:
                    progress.update(task, completed=progress.tasks[task].total)
            if stage not in tasks:
                tasks[stage] = progress.add_task(stage, total=total)
            progress.update(tasks[stage], completed=done, total=total)

        yield tell
        tell("Done", 1, 1)


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


def load_row(report: LoadReport) -> dict[str, Any]:
    """One source's counts as they are printed."""
    return {
        "source": report["source"],
        "rows": report["rows_in"],
        "loaded": report["rows_loaded"],
        "dropped": report["rows_dropped"],
        "quarantined": report["rows_quarantined"],
        "facts": report["facts"],
    }


@click.command()
@click.option(
    "--only-open", is_flag=True, help="Leave out sources whose licence does not say that they may be passed on."
)
@click.option("--force", is_flag=True, help="Build even where nothing changed.")
@click.option(
    "--snapshot",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Snapshot to build from; default the last good facts: data/snapshot and what a refresh has loaded since.",
)
@click.option("--adopt", is_flag=True, help="Write into a Neo4j server that already holds other data.")
@output.output_options
def build(only_open: bool, force: bool, folder: Path | None, adopt: bool, as_json: bool, as_csv: bool) -> None:
    """Build the graph from the last good facts, check it, compute all scores, and make it the current one.

    The facts are those of the shipped snapshot, and of the sources that `hrkb refresh` has loaded since. A failed check
    leaves the last good graph in place. Where nothing changed, nothing is built. With NEO4J_URI set, the server is then
    brought up to the same version: only what changed is written.

    \b
    Example: hrkb build --json > build.json
             hrkb build --snapshot data/snapshot     (the shipped facts, whatever was refreshed)
    """
    from kb.graph import make as builder  # imports the numeric libraries: only where a graph is built
    from kb.refresh.publish.last_good import standing
    from kb.versions.push import bring_up_to_date, need_server

    root = home.home()
    need_server()
    with progress_bar() as tell, nullcontext(folder) if folder else standing(root) as facts:
        version, fresh = builder.build(builder.Plan(facts, root, only_open), tell, force=force)
        bring_up_to_date(version, tell, adopt=adopt)
    if as_json:
        output.print_json(dict(version.record))
    elif as_csv:
        output.show([load_row(load) for load in version.record["loads"]], as_csv=True)
    else:
        summary(version, fresh)


def summary(version: home.Version, fresh: bool) -> None:
    """What was built: rows per source, the graph's size, and the head of a ranking."""
    record = version.record
    output.show([load_row(load) for load in record["loads"]], title="Rows per source")
    counts = {name: n for name, n in record["counts"].items() if n}
    output.show([{"label or type": name, "count": n} for name, n in counts.items()], title="The graph")
    if record["left_out"]:
        click.echo(f"Left out with --only-open, for want of an end: {record['left_out']}")
    with version.open() as engine:
        ranking = catalogue()["most-decoupled"].run(engine, year=2014, limit=10)
    output.show(ranking, title="Promises exceed practice: the ten highest decoupling scores of 2014")
    click.echo(
        f"{record['instruments_compared']} instruments: counted parties and signatories equal the depositary's totals."
    )
    word = "Built" if fresh else "Up to date:"
    click.echo(f"{word} version {version.name} ({record['engine']}, data to {record['data_date']}) in {version.folder}")


COMMANDS = [snapshot, build]
