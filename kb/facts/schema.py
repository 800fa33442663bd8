"""The columns of facts: as loaders state them, and as they are written to an engine."""

from __future__ import annotations

import pyarrow as pa

from kb.model.shape import NodeType, Property, Table

_ARROW = {
    "text": pa.string(),
    "integer": pa.int64(),
    "real": pa.float64(),
    "flag": pa.bool_(),
    "day": pa.date32(),
    "time": pa.timestamp("us", tz="UTC"),
    "texts": pa.list_(pa.string()),
}


def arrow_type(declared: Property) -> pa.DataType:
    """The Arrow type in which a property is stored and handed to the engines."""
    return _ARROW[declared.type]


def fact_schema(table: Table) -> pa.Schema:
    """The columns of a table's facts: ends first for an edge, then the declared properties that loaders may state."""
    stated = [p for p in table.properties if p.name not in ("source", "sources", "fact") and not p.derived]
    ends = [] if isinstance(table, NodeType) else [("start", pa.string()), ("end", pa.string())]
    return pa.schema([*ends, *((p.name, arrow_type(p)) for p in stated)])


def stored_schema(table: Table) -> pa.Schema:
    """The columns in which a table is written to an engine: an edge's two ends first, then every declared property."""
    ends = [] if isinstance(table, NodeType) else [("start", pa.string()), ("end", pa.string())]
    return pa.schema([*ends, *((p.name, arrow_type(p)) for p in table.properties)])
