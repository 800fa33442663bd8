"""``hrkb state | treaty | check | serve | status | doctor``: looking at what is there."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from typing import Any

import click

from kb.catalogue.queries import catalogue
from kb.cli import output
from kb.engines.tables import count
from kb.errors import HrkbError
from kb.graph import checks, coverage
from kb.load.register import register
from kb.settings import ROOT, settings
from kb.versions import home
from kb.versions.opening import open_engine
from kb.versions.status import graph_status


@click.command()
@click.argument("state")
@output.output_options
def state(state: str, as_json: bool, as_csv: bool) -> None:
    """One state at a glance: commitments, reservations and objections, receptor sites, the latest scores.

    STATE is a code (ISO, or COW 70) or a name in English, French, Spanish, German, Italian, Arabic, Chinese or Russian.

    \b
    Example: hrkb state Mexico
    """
    parts = ("state-profile", "state-commitments", "state-ruds", "receptor-sites")
    show_parts(parts, {"iso3": state}, as_json, as_csv)


@click.command()
@click.argument("treaty")
@output.output_options
def treaty(treaty: str, as_json: bool, as_csv: bool) -> None:
    """One treaty at a glance: totals, adoption by year, reservations, who is not a party.

    TREATY is a code, another abbreviation in use (OPCAT), or a title.

    \b
    Example: hrkb treaty CEDAW
    """
    parts = ("parties", "adoption-curve", "ruds-by-treaty", "treaty-laggards")
    show_parts(parts, {"treaty": treaty}, as_json, as_csv)


def show_parts(parts: tuple[str, ...], given: dict[str, Any], as_json: bool, as_csv: bool) -> None:
    """Print the answers of several catalogue queries, each with the parameters it knows."""
    answers: dict[str, Any] = {}
    with open_engine() as engine:
        for name in parts:
            query = catalogue()[name]
            answers[name] = query.run(engine, **{k: v for k, v in given.items() if k in query.parameters})
    titles = {name: catalogue()[name].title for name in parts}
    output.show_parts(answers, as_json=as_json, as_csv=as_csv, titles=titles)


@click.command()
@output.output_options
def check(as_json: bool, as_csv: bool) -> None:
    """Check the current graph: counts, holes, and parties and signatories against the depositary's printed totals.

    \b
    Example: hrkb check --csv > checked.csv
    """
    with open_engine() as engine:
        compared = checks.check_printed_totals(engine)
        parties = catalogue()["parties"].run(engine).to_pylist()
        counts = count(engine)
        checks.check_minimum(counts)
        floors = coverage.check(engine)
    if as_json:
        output.print_json({"instruments_compared": compared, "counts": counts, "floors": floors})
    elif as_csv:
        output.show([*_totals(parties), *_minima(counts)], as_csv=True)
    else:
        output.show(_totals(parties), title="Counted, and printed by the depositary")
        output.show(_minima(counts), title="Counted, and the fewest expected")
        click.echo(
            f"{compared} instruments: counted parties and signatories equal the printed totals. All minimum counts are met, "
            f"and the {floors} floors of scores, properties and indicators."
        )


def _totals(parties: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {"what": f"{row['code']} {kind}", "counted": row[kind], "expected": row[f"printed_{kind}"]}
        for row in parties
        for kind in ("parties", "signatories")
        if row[f"printed_{kind}"] is not None
    ]


def _minima(counts: dict[str, int]) -> list[dict[str, Any]]:
    return [
        {"what": name, "counted": counts[name], "expected": f"at least {fewest}"}
        for name, fewest in checks.expected().items()
    ]


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


@click.command()
@click.option("--port", default=8501, show_default=True, help="Port to listen on.")
@click.option(
    "--address", default="127.0.0.1", show_default=True, help="Address to listen on; 0.0.0.0 opens it to the network."
)
def serve(port: int, address: str) -> None:
    """Open the app on the current graph.

    \b
    Example: hrkb serve --port 8600
    """
    from kb import environment

    if not settings().neo4j_uri:
        home.current()  # say now, rather than in the browser, that there is no graph
    click.echo(f"The app will be at http://{address}:{port} in a few seconds (Ctrl-C stops it)")
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "ui" / "frame" / "server.py")]
    command += ["--server.port", str(port), "--server.address", address]
    sys.stdout.flush()
    # Streamlit looks for its settings in the folder where it starts; files named in the environment stay what they are.
    environment.pin_paths()
    os.chdir(ROOT)
    # It takes this process over, and with it Ctrl-C and whoever waits for the end.
    os.execv(command[0], command)


@click.command()
@output.output_options
def doctor(as_json: bool, as_csv: bool) -> None:
    """Look for what could keep the project from working here: disk, folders, the register, the graph, the engine.

    \b
    Example: hrkb doctor
    """
    found = [
        _look(what, test)
        for what, test in (
            ("the settings", _settings),
            ("the register of sources", _register),
            ("room on the disk", _disk),
            ("the folder of graphs", _folder),
            ("the current graph", _graph),
            ("joins with known answers", _joins),
        )
    ]
    output.show(found, as_json=as_json, as_csv=as_csv)
    faults = sum(not one["well"] for one in found)
    if faults:
        raise HrkbError(f"{faults} of {len(found)} looked at have a fault", "mend them in the order above")


def _look(what: str, test: Callable[[], str]) -> dict[str, Any]:
    try:
        return {"what": what, "well": True, "found": test()}
    except HrkbError as error:
        return {"what": what, "well": False, "found": str(error)}


def _settings() -> str:
    from kb import environment

    return (
        ", ".join(f"{name}={value}" for name, value in environment.stated().items())
        or "none set: docs/settings.md lists them"
    )


def _register() -> str:
    import importlib

    missing = [
        s.code for s in register().values() if not hasattr(importlib.import_module(f"loaders.{s.loader}"), "load")
    ]
    if missing:
        raise HrkbError(
            f"no loader for {', '.join(missing)}", "each entry of data/sources.yml names a module in loaders/"
        )
    return f"{len(register())} sources, each with a loader"


def _disk() -> str:
    place = home.home()
    while not place.exists():
        place = place.parent
    free = shutil.disk_usage(place).free / 1e9
    if free < 1:
        raise HrkbError(
            f"{free:.1f} GB free in {place}", "a build needs about 1 GB: free some, or set HRKB_HOME elsewhere"
        )
    return f"{free:.0f} GB free in {place}"


def _folder() -> str:
    place = home.home()
    parent = next(p for p in (place, *place.parents) if p.exists())
    if not os.access(parent, os.W_OK):
        raise HrkbError(f"{parent} cannot be written", "set HRKB_HOME to a folder you may write to")
    return str(place)


def _graph() -> str:
    with open_engine() as engine:
        answer = graph_status(engine)
    return f"{sum(answer['labels'].values()):,} nodes, {sum(answer['relationships'].values()):,} edges, {answer['engine']}, data to {answer['data_date']}"


def _joins() -> str:
    from kb.versions import canaries

    with open_engine() as engine:
        here = [v for v in home.versions() if v.name == engine.data_version]
        if not here:
            return f"version {engine.data_version} was built elsewhere: nothing here to compare its answers with"
        return f"{canaries.prove(engine, here[0].known_answers)} asked, all right"


COMMANDS = [state, treaty, check, status, serve, doctor]
