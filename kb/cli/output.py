"""One way to print rows: a table for people, ``--json`` and ``--csv`` for machines, the same everywhere."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import click
import pyarrow as pa
from rich import box
from rich.console import Console
from rich.table import Table

from kb.shape import OPEN

#: More columns than this do not fit a screen beside each other.
WIDE = 8
Command = TypeVar("Command", bound=Callable[..., Any])


def output_options(command: Command) -> Command:
    """Add ``--json`` and ``--csv`` to a command, or to the function it is made from."""
    command = click.option("--csv", "as_csv", is_flag=True, help="Print CSV with a header line.")(command)
    return click.option("--json", "as_json", is_flag=True, help="Print JSON.")(command)


def show(
    rows: pa.Table | Iterable[dict[str, Any]], *, as_json: bool = False, as_csv: bool = False, title: str = ""
) -> None:
    """Print rows. People see a table; at most one of the flags may be set."""
    if as_json and as_csv:
        raise click.UsageError("--json and --csv cannot be used together")
    records = rows.to_pylist() if isinstance(rows, pa.Table) else list(rows)
    columns = list(rows.column_names) if isinstance(rows, pa.Table) else list(records[0]) if records else []
    if as_json:
        print_json(records)
    elif as_csv:
        _csv(columns, records)
    else:
        table(columns, records, title)


def print_json(value: Any) -> None:
    """Print any value as JSON; days as ISO 8601 texts."""
    json.dump(value, sys.stdout, ensure_ascii=False, indent=1, default=str)
    sys.stdout.write("\n")


def _csv(columns: list[str], records: list[dict[str, Any]]) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_cell(record[c]) for c in columns] for record in records)


def _cell(value: Any) -> Any:
    """A cell of a CSV: lists joined by semicolons, missing empty, numbers in full precision."""
    if isinstance(value, list | tuple):
        return "; ".join(map(str, value))
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else value


def console() -> Console:
    """The console for tables: as wide as it needs to be when piped, so that nothing is cut."""
    return Console(soft_wrap=False) if sys.stdout.isatty() else Console(width=400, no_color=True)


def table(columns: list[str], records: list[dict[str, Any]], title: str = "") -> None:
    """Print a table for people, numbers right-aligned and rounded to three digits; one wide row as a list of its cells."""
    if len(records) == 1 and len(columns) > WIDE:
        table(["", "value"], [{"": name, "value": human(records[0][name], name)} for name in columns], title)
        return
    shown = Table(title=title or None, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        numeric = any(isinstance(r[column], int | float) for r in records)
        shown.add_column(column, justify="right" if numeric else "left")
    for record in records:
        shown.add_row(*(human(record[column], column) for column in columns))
    console().print(shown)
    if columns != ["", "value"]:
        click.echo(f"{len(records):,} row" + "s" * (len(records) != 1))


def human(value: Any, column: str = "") -> str:
    """A value as people read it: missing as a dash, an open end as 'open', numbers to three digits."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value == OPEN and isinstance(value, int):
        return "open"
    if isinstance(value, float):
        return f"{value:.3f}"
    if isinstance(value, int) and abs(value) >= 10_000 and column != "fact":
        return f"{value:,}"  # from five digits on: a year is never grouped
    return "; ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
