"""``hrkb refresh | changes | why | quarantine | rollback``: keeping the graph current, and accounting for it."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import sys
from pathlib import Path
from typing import Any

import click

from kb import files
from kb.cli import output
from kb.cli.make import progress_bar
from kb.errors import UsageError
from kb.facts import snapshot
from kb.load import register
from kb.refresh.places import Places
from kb.refresh.publish import generation
from kb.refresh.publish import rollback as back
from kb.refresh.publish.generation import Good
from kb.refresh.record import history
from kb.refresh.report import feed, log
from kb.refresh.report import health as health_of
from kb.refresh.report import why as reasons
from kb.refresh.run import Request, Result
from kb.refresh.run import refresh as refresh_once
from kb.refresh.schedule import schedule as scheduler
from kb.versions import home


@click.command()
@click.option("--source", "codes", multiple=True, help="Only this source, due or not; may be given several times.")
@click.option(
    "--from",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Read raw files at hand, one folder per source, instead of fetching.",
)
@click.option("--offline", is_flag=True, help="Read again what was fetched last; no network.")
@click.option("--dry-run", is_flag=True, help="Show what would change; publish and record nothing.")
@click.option("--accept", default="", metavar="REASON", help="Take a load that the bounds reject, and record why.")
@click.option("--schedule", "at", metavar="HH:MM", help="Stay, and refresh every day at this time, UTC.")
@click.option("--health", "healthy", is_flag=True, help="Say how each source stands, and refresh nothing.")
@click.option(
    "--write-snapshot",
    "target",
    type=click.Path(path_type=Path),
    help="Write the last good facts as a snapshot to ship, without texts, and refresh nothing.",
)
@click.option("--only-open", is_flag=True, help="Leave out sources whose licence does not say they may be passed on.")
@output.output_options
def refresh(at: str | None, healthy: bool, target: Path | None, as_json: bool, as_csv: bool, **given: Any) -> None:
    """Fetch the sources that are due, accept or reject them, publish what changed, and record it.

    A source that fails or is rejected keeps its last good facts. Exit codes: 0 done, 4 a source was rejected, 8 a source
    could not be fetched, 9 another refresh is running. --json prints one line, for monitors; --csv a line per source.

    \b
    Examples:
      hrkb refresh --json
      hrkb refresh --from ../raw --source untc-2026 --dry-run
      hrkb refresh --schedule 03:30
      hrkb refresh --health
    """
    if healthy:
        sys.exit(_health(as_json, as_csv))
    if target:
        codes = generation.export(_good(), target)
        click.echo(f"{len(codes)} sources written to {target}")
        return
    request = Request(home.home(), **given)
    if at is None:
        sys.exit(_once(request, as_json, as_csv))
    log.to_stderr()
    scheduler(at, lambda: _scheduled(request)).start()


def _once(request: Request, as_json: bool, as_csv: bool) -> int:
    if as_json:
        result = refresh_once(request, lambda stage, done, total: None)
        _print_line(result)
        return result.run.exit_code
    with progress_bar() as tell:
        result = refresh_once(request, tell)
    names = ("source", "outcome", "as_of", "added", "changed", "removed", "reason")
    rows = [{name: getattr(load, name) for name in names} for load in result.run.loads]
    output.show(rows, as_json=as_json, as_csv=as_csv, title="Sources")
    if not as_csv:
        _summary(result)
    return result.run.exit_code


def _scheduled(request: Request) -> None:
    _print_line(refresh_once(request, lambda stage, done, total: None))
    sys.stdout.flush()


def _print_line(result: Result) -> None:
    """One line: the outcome, the exit code, and per source its outcome, reason, warnings and counts."""
    run = result.run
    loads = {
        load.source: {
            "outcome": load.outcome,
            "reason": load.reason,
            "warnings": list(load.warnings),
            **{name: getattr(load, name) for name in ("as_of", "added", "changed", "removed")},
        }
        for load in run.loads
    }
    answer = {"run": run.id, "outcome": run.outcome, "exit_code": run.exit_code, "recorded": result.recorded}
    click.echo(json.dumps({**answer, "version": run.version, "sources": loads}, ensure_ascii=False))


def _summary(result: Result) -> None:
    run = result.run
    for load in run.loads:
        for warning in load.warnings:
            click.echo(f"{load.source}: warning: {warning}")
    for row in result.deltas.slice(0, 20).to_pylist():
        click.echo(feed.line(row))
    if result.deltas.num_rows > 20:
        click.echo(f"... {result.deltas.num_rows - 20:,} more: `hrkb changes --since {run.started[:10]}`")
    word = "Recorded" if result.recorded else "Dry run, nothing recorded:"
    click.echo(f"{word} run {run.id}: {run.outcome}" + (f", version {run.version}" if run.version else ""))


def _health(as_json: bool, as_csv: bool) -> int:
    found = health_of.health(home.home(), register.register())
    rows = [dataclasses.asdict(one) for one in found]
    code = health_of.exit_code(found)
    if as_json:
        click.echo(json.dumps({"exit_code": code, "sources": rows}))
    else:
        output.show(rows, as_json=as_json, as_csv=as_csv, title="The refresh, source by source")
    return code


def _good() -> Good:
    places = Places(home.home())
    return Good(places, history.state(places), snapshot.SNAPSHOT)


@click.command()
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Only what runs from this day on changed.")
@click.option("--source", "code", help="Only this source.")
@click.option("--nature", type=click.Choice(["event", "correction", "unclear"]), help="Only events, or corrections.")
@click.option("--feed", "target", type=click.Path(path_type=Path), help="Write the Atom feed to this file.")
@output.output_options
def changes(
    since: dt.datetime | None, code: str | None, nature: str | None, target: Path | None, as_json: bool, as_csv: bool
) -> None:
    """What the refreshes added, changed and removed, fact by fact, with the old and the new value.

    An event happened in the world after the last good load; a correction concerns a time which that load covered.

    \b
    Example: hrkb changes --since 2026-10-01 --nature event --csv
    """
    places = Places(home.home())
    if target:
        with files.writing(target):  # in place: it may be a pipe
            target.write_bytes(feed.atom(places, register.register()))
        click.echo(f"The feed is in {target}")
        return
    rows = history.changes(places, since.date() if since else None).to_pylist()
    wanted = [r for r in rows if code in (None, r["source"]) and nature in (None, r["nature"])]
    output.show(wanted, as_json=as_json, as_csv=as_csv)


@click.command()
@click.argument("about", nargs=-1, required=True)
@output.output_options
def why(about: tuple[str, ...], as_json: bool, as_csv: bool) -> None:
    """Who says so: source, address, when it came, the original row, the rule that mapped it, the loads that saw it.

    ABOUT is the `fact` of an edge, or a label and a key.

    \b
    Examples:
      hrkb why 1234567890
      hrkb why Treaty CAT
    """
    if len(about) > 2:
        raise UsageError("too many words", "give the `fact` of an edge, or a label and a key")
    found = reasons.why(home.home(), about, register.register())
    if as_json or as_csv:
        output.show([reasons.as_json(one) for one in found], as_json=as_json, as_csv=as_csv)
        return
    for one in found:
        rows = reasons.as_json(one)
        rows["origins"] = [f"{o.file}, line {o.line}, by {o.rule}: {o.cells}" for o in one.origins]
        output.show([{"": name, "value": value} for name, value in rows.items()], title=one.source)


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
    good = _good()
    if code is not None:
        register.source(code)
    rows = [
        row
        for one in ([code] if code else good.sources())
        for row in snapshot.read_quarantine(good.folder(one)).to_pylist()
    ]
    output.show(rows, as_json=as_json, as_csv=as_csv)


@click.command()
@click.argument("version", required=False)
@click.option("--reason", default="", help="Why; it is recorded.")
@output.output_options
def rollback(version: str | None, reason: str, as_json: bool, as_csv: bool) -> None:
    """Go back to an earlier version, the one before the current one unless named: its graph and its facts.

    The files loaded since are refused from now on, until the publisher changes them or `refresh --accept` takes them.

    \b
    Example: hrkb rollback --reason "the CEDAW page was cut"
    """
    run = back.rollback(home.home(), version, reason)
    if as_json or as_csv:
        answer = {"run": run.id, "version": run.version, "reason": run.reason}
        output.show([answer], as_json=as_json, as_csv=as_csv)
    else:
        click.echo(f"Version {run.version} is current again (run {run.id})")


COMMANDS = [refresh, changes, why, quarantine, rollback]
