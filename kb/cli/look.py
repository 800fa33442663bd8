"""``hrkb state | treaty | check | serve | status | doctor``: looking at what is there."""

from __future__ import annotations

import difflib
import os
import shutil
import subprocess
import sys
from typing import Any

import click

from kb import checks, home, names
from kb.catalogue import catalogue
from kb.cli import output
from kb.engines import open_engine
from kb.errors import HrkbError, UsageError
from kb.sources import ROOT, register
from kb.status import graph_status


@click.command()
@click.argument("state")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def state(state: str, as_json: bool) -> None:
    """One state at a glance: commitments, reservations and objections, receptor sites, the latest scores.

    STATE is an ISO code or a name in English, French, Spanish, German, Italian, Arabic, Chinese or Russian.

    \b
    Example: hrkb state Mexico
    """
    iso3 = names.state(state)
    parts = ("state-profile", "state-commitments", "state-ruds", "receptor-sites")
    show_parts(parts, {"iso3": iso3}, as_json)


@click.command()
@click.argument("treaty")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def treaty(treaty: str, as_json: bool) -> None:
    """One treaty at a glance: totals, adoption by year, reservations, who is not a party.

    \b
    Example: hrkb treaty CEDAW
    """
    with open_engine() as engine:
        known = catalogue()["treaties"].run(engine)["code"].to_pylist()
    code = next((k for k in known if k.casefold() == treaty.casefold()), None)
    if code is None:
        near = difflib.get_close_matches(treaty.upper(), known, n=3, cutoff=0.4)
        raise UsageError(
            f"no treaty is called {treaty!r}",
            f"did you mean {', '.join(near)}?" if near else "`hrkb query treaties` lists them",
        )
    show_parts(("parties", "adoption-curve", "ruds-by-treaty", "treaty-laggards"), {"treaty": code}, as_json)


def show_parts(parts: tuple[str, ...], given: dict[str, Any], as_json: bool) -> None:
    """Print the answers of several catalogue queries, each with the parameters it knows."""
    answers: dict[str, Any] = {}
    with open_engine() as engine:
        for name in parts:
            query = catalogue()[name]
            answers[name] = query.run(engine, **{k: v for k, v in given.items() if k in query.parameters})
    if as_json:
        output.print_json({name: rows.to_pylist() for name, rows in answers.items()})
        return
    for name, rows in answers.items():
        output.show(rows, title=catalogue()[name].title)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def check(as_json: bool) -> None:
    """Check the current graph: counts, and parties and signatories against the depositary's printed totals."""
    with open_engine() as engine:
        compared = checks.check_printed_totals(engine)
        counts = checks.count(engine)
        _check_minimum(counts)
    result = {"instruments_compared": compared, "counts": counts}
    if as_json:
        output.print_json(result)
    else:
        click.echo(
            f"{compared} instruments: counted parties and signatories equal the printed totals. All minimum counts are met."
        )


def _check_minimum(counts: dict[str, int]) -> None:
    short = [
        f"{counts[name]:,} {name} of {fewest:,}" for name, fewest in checks.expected().items() if counts[name] < fewest
    ]
    if short:
        from kb.errors import CheckError

        raise CheckError(
            "the graph holds fewer than expected: " + "; ".join(short), "build it again with `hrkb build --force`"
        )


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def status(as_json: bool) -> None:
    """What the current graph holds: counts per label and type, sources, the data's date, the engine, the version."""
    with open_engine() as engine:
        answer = graph_status(engine)
    if as_json:
        output.print_json(answer)
        return
    click.echo(f"{answer['engine']}   version {answer['version']}   data to {answer['data_date']}   {answer['where']}")
    output.show([{"label": k, "count": v} for k, v in answer["labels"].items()])
    output.show([{"type": k, "count": v} for k, v in answer["relationships"].items()])
    output.show(answer["sources"], title="Sources")


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
    if not os.environ.get("NEO4J_URI"):
        home.current()  # say now, rather than in the browser, that there is no graph
    click.echo(f"The app is at http://{address}:{port} (Ctrl-C stops it)")
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        str(ROOT / "app.py"),
        "--server.port",
        str(port),
        "--server.address",
        address,
        "--server.headless",
        "true",
        "--browser.gatherUsageStats",
        "false",
    ]
    sys.exit(subprocess.call(command))


@click.command()
def doctor() -> None:
    """Look for what could keep the project from working here: disk, folders, the register, the graph, the engine."""
    faults = 0
    for what, test in (
        ("the register of sources", _register),
        ("room on the disk", _disk),
        ("the folder of graphs", _folder),
        ("the current graph", _graph),
    ):
        try:
            click.echo(f"ok    {what}: {test()}")
        except HrkbError as error:
            faults += 1
            click.echo(f"FAULT {what}: {error}")
    if faults:
        raise HrkbError(f"{faults} faults found", "mend them in the order above")


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


COMMANDS = [state, treaty, check, status, serve, doctor]
