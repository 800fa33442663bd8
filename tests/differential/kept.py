"""Disagreements that were found once, kept as files and asked again: one JSON file each in ``kept/``."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from .compare import Rows, differ_plainly
from .cypher import Cypher
from .graphs import Graph, Table, arrow_schema, crossed
from .tree import Query

FOLDER = Path(__file__).resolve().parent / "kept"


@dataclass(frozen=True)
class Case:
    """A graph, a query and its right answer; ``why`` says what was found, ``ordered`` whether the order counts."""

    name: str
    why: str
    graph: Graph
    cypher: str
    parameters: dict[str, Any]
    expected: Rows
    ordered: bool

    def differs(self, given: Rows) -> str:
        return differ_plainly(self.expected, given, ordered=self.ordered)


def names() -> list[str]:
    return sorted(path.stem for path in FOLDER.glob("*.json"))


def read(name: str) -> Case:
    path = FOLDER / f"{name}.json"
    said = json.loads(path.read_text(encoding="utf-8"))
    graph = crossed(**said["crossed"]) if "crossed" in said else _graph(path.stem, said["graph"])
    parameters = {name: _value(value) for name, value in said["parameters"].items()}
    rows = [tuple(map(_value, row)) for row in said["expected"]]
    return Case(path.stem, said["why"], graph, said["cypher"], parameters, rows, said["ordered"])


def write(name: str, why: str, graph: Graph, query: Query, expected: Rows) -> Path:
    """Keep a disagreement, shrunk before, as ``kept/name.json``. Returns the file."""
    written = Cypher(query)
    ordered = len(query.parts) == 1 and bool(query.parts[0].returned.order)
    return write_text(name, why, graph, written.text, written.parameters, expected, ordered=ordered)


def write_text(
    name: str, why: str, graph: Graph, cypher: str, parameters: dict[str, Any], expected: Rows, *, ordered: bool = False
) -> Path:
    """The same for a query that is at hand as text."""
    said = {
        "why": why,
        "cypher": cypher,
        "parameters": {name: _said(value) for name, value in parameters.items()},
        "expected": [[_said(value) for value in row] for row in expected],
        "ordered": ordered,
        "graph": {
            table.name: {
                "ends": [table.start, table.end] if table.start else [],
                "properties": table.properties,
                "rows": [[_said(value) for value in row.values()] for row in graph.rows[table.name].to_pylist()],
            }
            for table in (*graph.labels, *graph.types)
        },
    }
    path = FOLDER / f"{name}.json"
    FOLDER.mkdir(exist_ok=True)
    path.write_text(_lines(said), encoding="utf-8")
    return path


def _lines(said: dict[str, Any]) -> str:
    """JSON with one line to each table."""
    tables = said.pop("graph")
    head = json.dumps(said, indent=1, ensure_ascii=False)[:-2]
    body = ",\n".join(f"  {json.dumps(n)}: {json.dumps(t, ensure_ascii=False)}" for n, t in tables.items())
    return f'{head},\n "graph": {{\n{body}\n }}\n}}\n'


def _graph(name: str, said: dict[str, Any]) -> Graph:
    tables = [Table(n, t["properties"], *t["ends"]) for n, t in said.items()]
    labels = tuple(t for t in tables if not t.start)
    keys = {label.name: label.properties[label.key] for label in labels}
    rows = {}
    for table in tables:
        schema = arrow_schema(table, keys)
        columns = list(zip(*said[table.name]["rows"], strict=True)) or [()] * len(schema)
        arrays = [pa.array(list(map(_value, c)), f.type) for c, f in zip(columns, schema, strict=True)]
        rows[table.name] = pa.table(arrays, schema=schema)
    return Graph(name, labels, tuple(t for t in tables if t.start), rows)


def _said(value: Any) -> Any:
    if isinstance(value, dt.date):
        return {"day": value.isoformat()}
    return [_said(one) for one in value] if isinstance(value, list | tuple) else value


def _value(value: Any) -> Any:
    if isinstance(value, dict):
        return dt.date.fromisoformat(value["day"])
    return [_value(one) for one in value] if isinstance(value, list) else value
