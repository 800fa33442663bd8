"""``hrkb status``: what the current graph holds."""

from __future__ import annotations

import click

from kb.cli import output
from kb.versions.opening import open_engine
from kb.versions.status import graph_status


@click.command()
@output.output_options
def status(as_json: bool, as_csv: bool) -> None:
    """What the current graph holds: counts per label and type, sources, the data's date, the engine, the version.

    \b
    Example: hrkb status --json
    """
    with open_engine() as engine:
        answer = graph_status(engine)
    labels = [{"label": name, "count": n} for name, n in answer["labels"].items()]
    types = [{"type": name, "count": n} for name, n in answer["relationships"].items()]
    if as_json:
        output.print_json(answer)
    elif as_csv:
        kinds = (("label", labels), ("type", types))
        rows = [{"kind": kind, "name": row[kind], "count": row["count"]} for kind, found in kinds for row in found]
        output.show(rows, as_csv=True)
    else:
        heading = ("engine", "version", "data_date", "where")
        output.show([{"": name, "value": answer[name]} for name in heading])
        output.show(labels)
        output.show(types)
        columns = ("code", "as_of", "cadence", "redistributable", "name")
        output.show([{name: row[name] for name in columns} for row in answer["sources"]], title="Sources")
