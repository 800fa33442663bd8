"""The columns of facts: as loaders state them, and as they are written to an engine."""

from __future__ import annotations

import pyarrow as pa

from kb.model.shape import NodeType, Table


def fact_schema(table: Table) -> pa.Schema:
    """The columns of a table's facts: ends first for an edge, then the declared properties that loaders may state."""
    stated = [p for p in table.properties if p.name not in ("source", "sources", "fact") and not p.derived]
    ends = [] if isinstance(table, NodeType) else [("start", pa.string()), ("end", pa.string())]
    return pa.schema([*ends, *((p.name, p.arrow) for p in stated)])


def stored_schema(table: Table) -> pa.Schema:
    """The columns in which a table is written to an engine: an edge's two ends first, then every declared property."""
    ends = [] if isinstance(table, NodeType) else [("start", pa.string()), ("end", pa.string())]
    return pa.schema([*ends, *((p.name, p.arrow) for p in table.properties)])
