"""``hrkb build``: from facts to a graph."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import click

from kb.catalogue.queries import catalogue
from kb.cli import output
from kb.cli.make.counts import load_row
from kb.cli.progress import progress_bar
from kb.versions import home


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
