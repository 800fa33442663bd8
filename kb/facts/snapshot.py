"""The snapshot: facts only, in our own layout, one folder per source, the same bytes for the same raw files.

``data/snapshot/<source>/<Label or TYPE>.parquet`` holds the facts, ``load.json`` what became of the rows,
``quarantine.parquet`` the rows set aside. A folder is written whole or not at all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NotRequired

import pyarrow as pa
import pyarrow.parquet as pq
from pydantic import with_config
from typing_extensions import TypedDict

from kb import files
from kb.errors import InputError
from kb.facts.fact import Fact, NodeFact
from kb.facts.schema import fact_schema
from kb.model.graph import MODEL
from kb.records import Record
from kb.settings import ROOT

SNAPSHOT = ROOT / "data" / "snapshot"
QUARANTINE = pa.schema(
    [
        (name, pa.int64() if name == "line" else pa.string())
        for name in ("source", "file", "line", "reason", "column", "value")
    ]
)


@with_config({"extra": "allow"})
class LoadReport(TypedDict):
    """What became of the rows of one source; ``dropped`` by rule, ``sha256`` of the files read."""

    source: str
    rows_in: int
    rows_loaded: int
    rows_quarantined: int
    rows_dropped: int
    dropped: dict[str, int]
    facts: NotRequired[int]
    unread_columns: NotRequired[dict[str, list[str]]]
    sha256: dict[str, str]
    decisions: NotRequired[list[str]]


REPORT = "load.json"
REPORTS = Record(LoadReport, in_order=True)


@dataclass(frozen=True)
class SourceFacts:
    """The facts of one source: an Arrow table per label or type, and the report of its load."""

    source: str
    tables: dict[str, pa.Table]
    report: LoadReport


def tables_of(facts: Iterable[Fact]) -> dict[str, pa.Table]:
    """Facts as Arrow tables sorted by identity. A later, fuller version of a node replaces the earlier one.

    Raises :class:`InputError` where two edges of one identity say different things: one of them would be lost.
    """
    grouped: dict[str, dict[tuple[str, ...], dict[str, Any]]] = defaultdict(dict)
    for fact in facts:
        if isinstance(fact, NodeFact):
            grouped[fact.label][fact.identity] = dict(fact.values)
        else:
            edge = {"start": fact.start, "end": fact.end, **fact.values}
            if grouped[fact.type].setdefault(fact.identity, edge) != edge:
                raise InputError(
                    f"two {' '.join(fact.identity)} facts say different things", "the loader must tell them apart"
                )
    return {
        name: pa.Table.from_pylist([rows[key] for key in sorted(rows)], fact_schema(MODEL.table(name)))
        for name, rows in sorted(grouped.items())
    }


def write(facts: SourceFacts, quarantined: pa.Table, root: Path = SNAPSHOT) -> None:
    """Write one source's folder: beside the old one first, then in its place, so that a fault leaves the old one."""
    with files.writing(root / facts.source), files.workspace(root, prefix=f".{facts.source}-") as folder:
        fresh = folder / facts.source
        fresh.mkdir()
        for table_name, table in facts.tables.items():
            _write_table(table, fresh / f"{table_name}.parquet")
        _write_table(quarantined, fresh / "quarantine.parquet")
        REPORTS.write(fresh / REPORT, facts.report)
        files.put(fresh, root / facts.source)


def _write_table(table: pa.Table, path: Path) -> None:
    pq.write_table(table, path, compression="zstd", compression_level=19, store_schema=False, write_statistics=False)


def read(root: Path = SNAPSHOT) -> Iterator[SourceFacts]:
    """The facts of every source in the snapshot, in the order of their codes. Raises :class:`InputError`."""
    folders = sorted(p for p in root.glob("*") if p.is_dir() and not p.name.startswith("."))
    if not folders:
        raise InputError(
            f"{root} holds no snapshot", "make it with `hrkb snapshot --raw FOLDER`, or get the project anew"
        )
    for folder in folders:
        yield read_source(folder)


def read_source(folder: Path) -> SourceFacts:
    """The facts in one folder of the snapshot. Raises :class:`InputError` naming the file that does not fit."""
    path = folder / REPORT
    try:
        report = REPORTS.read(path)
        tables = {}
        for path in sorted(folder.glob("*.parquet")):
            if path.stem != "quarantine":
                tables[path.stem] = _as_declared(pq.read_table(path), fact_schema(MODEL.table(path.stem)))
    except (OSError, ValueError, pa.ArrowException) as error:
        raise InputError(
            f"{path} cannot be read: {error}", "get the project anew, or make the snapshot again"
        ) from error
    return SourceFacts(folder.name, tables, report)


def _as_declared(table: pa.Table, schema: pa.Schema) -> pa.Table:
    """The table in the declared columns and types; a property that is younger than the snapshot is missing throughout.

    Raises ValueError for columns that are not declared, whose values would be lost.
    """
    unknown = [name for name in table.column_names if name not in schema.names]
    if unknown:
        raise ValueError(f"the model has no {', '.join(unknown)}")
    for column in schema:
        if column.name not in table.column_names:
            table = table.append_column(column, pa.nulls(table.num_rows, column.type))
    return table.select(schema.names).cast(schema)


def read_quarantine(folder: Path) -> pa.Table:
    """The rows of one source that were set aside, with the reasons. Raises :class:`InputError`."""
    path = folder / "quarantine.parquet"
    try:
        return pq.read_table(path).cast(QUARANTINE)
    except (OSError, pa.ArrowException) as error:
        raise InputError(
            f"{path} cannot be read: {error}", "get the project anew, or make the snapshot again"
        ) from error
