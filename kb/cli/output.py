"""One way to print rows: a table for people, ``--json`` and ``--csv`` for machines, the same everywhere."""

from __future__ import annotations

import bisect
import csv
import json
import sys
from collections.abc import Callable, Iterable, Mapping
from itertools import accumulate
from typing import Any, TypeVar

import click
import pyarrow as pa
from rich import box
from rich.console import Console
from rich.table import Table

from kb.model.shape import OPEN

#: More columns than this do not fit a screen beside each other; up to FEW, a text may run over several lines.
WIDE, FEW = 8, 4
#: The least width of a text that is cut or wrapped, and the space between two columns, in characters.
NARROWEST, GAP = 24, 3
Command = TypeVar("Command", bound=Callable[..., Any])


def output_options(command: Command) -> Command:
    """Add ``--json`` and ``--csv``, of which one at most may be given, to a command, or to the function it is made from."""
    for name, text in (("csv", "Print CSV with a header line."), ("json", "Print JSON.")):
        command = click.option(f"--{name}", f"as_{name}", is_flag=True, callback=_only_one, help=text)(command)
    return command


def _only_one(ctx: click.Context, _: click.Parameter, value: bool) -> bool:
    if value and (ctx.params.get("as_json") or ctx.params.get("as_csv")):
        raise click.UsageError("--json and --csv cannot be used together")
    return value


def show(
    rows: pa.Table | Iterable[dict[str, Any]], *, as_json: bool = False, as_csv: bool = False, title: str = ""
) -> None:
    """Print rows. People see a table; at most one of the flags may be set."""
    records = rows.to_pylist() if isinstance(rows, pa.Table) else list(rows)
    columns = list(rows.column_names) if isinstance(rows, pa.Table) else list(records[0]) if records else []
    if as_json:
        print_json(records)
    elif as_csv:
        _csv(columns, records)
    else:
        table(columns, records, title)


def show_parts(
    parts: Mapping[str, pa.Table | list[dict[str, Any]]],
    *,
    as_json: bool = False,
    as_csv: bool = False,
    titles: Mapping[str, str],
) -> None:
    """Print several answers: one table after the other, one JSON object, or CSV with a line per cell."""
    records = {name: rows.to_pylist() if isinstance(rows, pa.Table) else rows for name, rows in parts.items()}
    if as_json:
        print_json(records)
    elif as_csv:
        cells = [
            {"part": name, "row": number, "column": column, "value": value}
            for name, rows in records.items()
            for number, row in enumerate(rows, start=1)
            for column, value in row.items()
        ]
        show(cells, as_csv=True)
    else:
        for name, rows in parts.items():
            show(rows, title=titles[name])


def print_json(value: Any) -> None:
    """Print any value as JSON; days as ISO 8601 texts."""
    json.dump(value, sys.stdout, ensure_ascii=False, indent=1, default=str)
    sys.stdout.write("\n")


def _csv(columns: list[str], records: list[dict[str, Any]]) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_cell(record[c]) for c in columns] for record in records)


def _cell(value: Any) -> Any:
    """A cell of a CSV: lists joined by semicolons, maps as JSON, missing empty, numbers in full precision."""
    if isinstance(value, list | tuple):
        return "; ".join(map(str, value))
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False, default=str)
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else value


def table(columns: list[str], records: list[dict[str, Any]], title: str = "") -> None:
    """Print a table for people, numbers right-aligned and rounded to three digits; one wide row as a list of its cells.

    On a terminal, columns that do not fit beside each other are left out and named below; in a pipe nothing is.
    """
    if len(records) == 1 and len(columns) > WIDE:
        table(["", "value"], [{"": name, "value": human(records[0][name], name)} for name in columns], title)
        return
    cells = {column: [human(record[column], column) for record in records] for column in columns}
    numeric = {column: any(isinstance(r[column], int | float) for r in records) for column in columns}
    natural = {column: max(map(len, [column, *cells[column]])) for column in columns}
    room = Console().width if sys.stdout.isatty() else sum(natural.values()) + GAP * (len(columns) + 1)
    widths = _fit(natural, [column for column in columns if not numeric[column]], room)
    shown = Table(title=title or None, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for column, width in widths.items():
        # In a table of many columns a row stays a line; in one of few, a long text may run over several.
        one_line = len(columns) > FEW or natural[column] == width
        shown.add_column(column, "", width=width, no_wrap=one_line, justify="right" if numeric[column] else "left")
    for row in zip(*(cells[column] for column in widths), strict=True):
        shown.add_row(*row)
    Console(width=room, no_color=not sys.stdout.isatty()).print(shown)
    if columns != ["", "value"]:
        click.echo(f"{len(records):,} row" + "s" * (len(records) != 1))
    if left_out := [column for column in columns if column not in widths]:
        click.echo(f"Not shown for want of room: {', '.join(left_out)}. --csv and --json give all columns.")


def _fit(natural: dict[str, int], texts: list[str], room: int) -> dict[str, int]:
    """The widths of as many leading columns as fit in ``room``; only those of ``texts`` may be less than natural."""
    least = {column: min(width, NARROWEST) if column in texts else width for column, width in natural.items()}
    taken = list(accumulate(width + GAP for width in least.values()))
    fitting = list(natural)[: max(1, bisect.bisect_right(taken, room))]
    spare = max(0, room - taken[len(fitting) - 1]) if fitting else 0
    widths = {}
    for column in fitting:
        more = min(natural[column] - least[column], spare)
        widths[column] = least[column] + more
        spare -= more
    return widths


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
