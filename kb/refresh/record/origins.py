"""Which row of which file gave which fact: kept beside the graph, on this machine only, for ``hrkb why``."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from kb import files
from kb.facts.fact import Fact
from kb.load.raw import Parse
from kb.load.rows import Row
from kb.refresh.places import Places

SCHEMA = pa.schema(
    [
        ("table", pa.string()),
        ("identity", pa.string()),  # as JSON, see kb.refresh.judge.compare.identity
        ("file", pa.string()),
        ("line", pa.int64()),
        ("rule", pa.string()),  # the function that mapped the row
        ("cells", pa.string()),  # the columns that it reads, as JSON, each cut to CELL characters
    ]
)
CELL = 200


@dataclass(frozen=True)
class Origin:
    file: str
    line: int
    rule: str
    cells: dict[str, str]


class Watcher:
    """Collects the origin of every fact while a source is read; it is a :data:`kb.load.raw.Watch`."""

    def __init__(self) -> None:
        self._columns: tuple[list[Any], ...] = tuple([] for _ in SCHEMA)

    def __call__(self, row: Row, parse: Parse, facts: Sequence[Fact]) -> None:
        cells = json.dumps({str(k): _cell(v) for k, v in row.read_values().items()}, ensure_ascii=False)
        for fact in facts:
            table, *key = fact.identity
            values = (table, json.dumps(key), row.file, row.line, rule(parse), cells)
            for column, value in zip(self._columns, values, strict=True):
                column.append(value)

    def write(self, places: Places, source: str) -> None:
        """Replace what is kept of ``source``. Raises :class:`kb.errors.HrkbError`."""
        sink = pa.BufferOutputStream()
        arrays = [pa.array(c, f.type) for c, f in zip(self._columns, SCHEMA, strict=True)]
        pq.write_table(pa.table(arrays, schema=SCHEMA), sink, compression="zstd")
        files.write(places.origins(source), sink.getvalue().to_pybytes())


def _cell(value: Any) -> str:
    return "" if value is None else str(value)[:CELL]


def rule(parse: Callable[..., Any]) -> str:
    """The name of the function that maps rows, without what was bound to it: ``loaders.conditions.kof._facts``."""
    while isinstance(parse, functools.partial):
        parse = parse.func
    name = getattr(parse, "__qualname__", type(parse).__qualname__)
    return f"{getattr(parse, '__module__', '')}.{name}".replace(".<locals>", "").replace(".<lambda>", "")


def find(path: Path, table: str, identity: Sequence[str]) -> list[Origin]:
    """The rows that gave a fact, by the file at ``path`` (:meth:`kb.refresh.places.Places.origins`); none where unknown."""
    if not path.exists():
        return []
    wanted = (pc.field("table") == table) & (pc.field("identity") == json.dumps(list(identity)))
    rows = pq.read_table(path, filters=wanted).to_pylist()
    return [Origin(r["file"], r["line"], r["rule"], json.loads(r["cells"])) for r in rows]
