"""``hrkb doctor``: what could keep the project from working here."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from typing import Any

import click

from kb.cli import output
from kb.errors import HrkbError
from kb.load.register import register
from kb.versions import home
from kb.versions.opening import open_engine
from kb.versions.status import graph_status


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
    from kb import environment  # brings the library of settings, which other commands need not wait for

    found = [f"{name}={value}" for name, value in environment.stated().items()]
    return ", ".join(found) or "none set: docs/settings.md lists them"


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
