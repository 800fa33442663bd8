"""The files that ``neo4j-admin database import full`` reads: the fastest first load, into a server that is stopped.

They hold the graph and the notes that :mod:`kb.engines.neo4j.load` keeps beside it, so that the first refresh by driver
finds every part as it was loaded.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from kb.engines import tables
from kb.engines.neo4j.engine import MARK, PART, in_order
from kb.engines.neo4j.load import part_id
from kb.errors import HrkbError
from kb.facts.schema import stored_schema
from kb.model.graph import MODEL
from kb.model.shape import NodeType, Table
from kb.model.types import TYPES

#: Between the items of a list: the unit separator, which no name or code contains.
_BETWEEN = "\x1f"


def write_files(graph: Mapping[str, pa.Table], version: str, folder: Path) -> list[str]:
    """Write one CSV file per label and type, and ``import.args`` for ``neo4j-admin`` run in the folder.

    Returns the same arguments with the files' whole paths, for running it anywhere. Raises :class:`HrkbError` where the
    folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        files: list[tuple[str, str]] = []
        options = [f"--array-delimiter=U+{ord(_BETWEEN):04X}", "--overwrite-destination"]
        for declared in MODEL:
            rows = graph.get(declared.name)
            if rows is not None and rows.num_rows:
                kind = "nodes" if isinstance(declared, NodeType) else "relationships"
                # A node's relationships side by side in the store: whoever walks along them meets no other page.
                ordered = rows if kind == "nodes" else rows.sort_by([("start", "ascending"), ("end", "ascending")])
                _write(_columns(declared, in_order(declared, ordered)), folder / f"{declared.name}.csv")
                files.append((kind, declared.name))
        for label, notes in (
            (MARK, _mark(version)),
            (PART, _parts(graph)),
        ):
            _write(notes, folder / f"{label}.csv")
            files.append(("nodes", label))
        here = [*options, *(f"--{kind}={name}={name}.csv" for kind, name in files)]
        (folder / "import.args").write_text("\n".join(here) + "\n", encoding="utf-8")
    except OSError as error:
        raise HrkbError(f"{folder} cannot be written: {error.strerror}", "name another folder") from error
    return [*options, *(f"--{kind}={name}={folder.resolve() / name}.csv" for kind, name in files)]


def _write(rows: pa.Table, path: Path) -> None:
    pa.csv.write_csv(rows, path)


def _columns(declared: Table, rows: pa.Table) -> pa.Table:
    """The rows with the importer's headings, and lists joined into one cell."""
    headings = [f"{p.name}:{TYPES[p.type].admin}" for p in declared.properties]
    if isinstance(declared, NodeType):
        headings[0] = f"{declared.key}:ID({declared.name})"
    else:
        edge = MODEL.types[declared.name]
        headings = [f":START_ID({edge.start})", f":END_ID({edge.end})", *headings]
    return pa.Table.from_arrays([_cells(column) for column in rows.columns], names=headings)


def _cells(column: pa.ChunkedArray) -> pa.ChunkedArray:
    if pa.types.is_list(column.type):
        return pc.binary_join(column, _BETWEEN)
    return pc.strftime(column, "%Y-%m-%dT%H:%M:%SZ") if pa.types.is_timestamp(column.type) else column


def _mark(version: str) -> pa.Table:
    return pa.table(
        {
            f"id:ID({MARK})": ["graph"],
            "version:string": [version],
            "model:string": [MODEL.digest],
            "complete:boolean": [True],
            "imported:string": [dt.datetime.now(dt.UTC).isoformat(timespec="seconds")],
        }
    )


def _parts(graph: Mapping[str, pa.Table]) -> pa.Table:
    found = []
    for declared in MODEL:
        rows = graph.get(declared.name, stored_schema(declared).empty_table())
        for source, part in tables.parts(declared, in_order(declared, rows)).items():
            found.append((part_id(declared, source), declared.name, source, tables.digest(part)))
    names = (f"id:ID({PART})", "table:string", "source:string", "digest:string")
    return pa.table(dict(zip(names, map(list, zip(*found, strict=True)), strict=True)))
