"""``hrkb refresh``: fetch what is due, judge it, publish and record what changed."""

from __future__ import annotations

import dataclasses
import json
import sys
from pathlib import Path
from typing import Any

import click

from kb.cli import output
from kb.cli.keep.facts import last_good
from kb.cli.progress import progress_bar
from kb.load import register
from kb.refresh.publish import generation
from kb.refresh.report import feed, log
from kb.refresh.report import health as health_of
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
        codes = generation.export(last_good(), target)
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
