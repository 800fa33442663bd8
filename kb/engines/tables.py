"""The tables of a graph read back from an engine, and a digest of what they say."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kb.engines.base import Engine
from kb.facts.schema import stored_schema
from kb.model.graph import MODEL
from kb.model.shape import NodeType, Table


def read_tables(engine: Engine) -> Iterator[tuple[str, pa.Table]]:
    """Every label and relationship type of the graph with its rows, in the columns of :func:`kb.facts.schema.stored_schema`."""
    for declared in MODEL:
        yield declared.name, read_table(engine, declared)


def read_table(engine: Engine, declared: Table) -> pa.Table:
    """All nodes of a label, or all edges of a type with the keys of their ends first; in no particular order."""
    schema = stored_schema(declared)
    # Columns are numbered, because a property may be called as a keyword is.
    if isinstance(declared, NodeType):
        pattern, ends = f"(x:{declared.name})", []
    else:
        edge = MODEL.types[declared.name]
        start, end = MODEL.labels[edge.start], MODEL.labels[edge.end]
        pattern, ends = f"(a:{start.name})-[x:{edge.name}]->(b:{end.name})", [f"a.{start.key}", f"b.{end.key}"]
    stated = [*ends, *(f"x.{p.name}" for p in declared.properties)]
    columns = ", ".join(f"{value} AS c{number}" for number, value in enumerate(stated))
    found = engine.read(f"MATCH {pattern} RETURN {columns}")
    return found.rename_columns(schema.names).cast(schema)


def count(engine: Engine) -> dict[str, int]:
    """Rows of every label and relationship type of the model, in the model's order."""
    found = {}
    for table in MODEL:
        pattern = f"(n:{table.name})" if table.name in MODEL.labels else f"()-[n:{table.name}]->()"
        found[table.name] = int(engine.read(f"MATCH {pattern} RETURN count(n) AS n")["n"][0].as_py())
    return found


#: In place of a source: the nodes of a label are one part, whatever sources describe them.
EVERY = "*"


def identity(declared: Table) -> str:
    """The column that tells one row of the table from another."""
    return declared.key if isinstance(declared, NodeType) else "fact"


def parts(declared: Table, rows: pa.Table) -> dict[str, pa.Table]:
    """The rows by source, sorted by identity: edges are loaded source by source, the nodes of a label together (:data:`EVERY`)."""
    rows = rows.sort_by(identity(declared))
    if isinstance(declared, NodeType):
        return {EVERY: rows}
    sources = sorted(pc.unique(rows["source"]).to_pylist())
    return {source: rows.filter(pc.equal(rows["source"], source)) for source in sources}


def digest(rows: pa.Table) -> str:
    """A digest of a table's columns and rows; equal for equal rows in equal order."""
    made = hashlib.blake2b(repr(rows.schema.names).encode(), digest_size=16)
    for column in rows.columns:
        # Arrow leaves open what lies in memory under a missing value: only what is said counts.
        made.update(np.packbits(column.is_null().to_numpy()).tobytes())
        said = column.drop_null().to_numpy()
        made.update(said.tobytes() if said.dtype != object else repr(said.tolist()).encode())
    return made.hexdigest()
