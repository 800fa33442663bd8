"""GraphML (Brandes et al. 2002, Graph Drawing), written table by table: the graph is never held twice in memory.

Nodes and edges carry their label or type as ``label``, which Gephi and Cytoscape show. A property that is missing has no
element. GraphML knows neither days nor times nor lists: days and times are ISO 8601 texts, lists are joined by semicolons.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from typing import TextIO
from xml.sax.saxutils import escape, quoteattr

import pyarrow as pa

from kb.model.graph import MODEL
from kb.model.shape import NodeType, Property, Table
from kb.model.types import TYPES

#: Rows turned into text at a time.
_BATCH = 20_000


def write(tables: Mapping[str, pa.Table], file: TextIO, progress: Callable[[int, int], None]) -> None:
    """Write the tables of a graph, columns as in :func:`kb.facts.schema.stored_schema`, as one directed GraphML graph."""
    present = [declared for declared in MODEL if declared.name in tables]
    total, done = sum(tables[d.name].num_rows for d in present), 0
    file.write('<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n')
    for declared in present:
        file.writelines(_keys(declared))
    file.write('<graph edgedefault="directed">\n')
    for declared in present:
        for batch in tables[declared.name].to_batches(max_chunksize=_BATCH):
            progress(done, total)
            file.writelines(_elements(declared, batch))
            done += batch.num_rows
    file.write("</graph>\n</graphml>\n")


def _keys(declared: Table) -> Iterator[str]:
    """The declarations of a table's properties. Names may repeat between tables, identifiers may not."""
    domain = "node" if isinstance(declared, NodeType) else "edge"
    yield f'<key id="{declared.name}" for="{domain}" attr.name="label" attr.type="string"/>\n'
    for p in declared.properties:
        yield f'<key id="{declared.name}.{p.name}" for="{domain}" attr.name="{p.name}" attr.type="{TYPES[p.type].graphml}"/>\n'


def _elements(declared: Table, batch: pa.RecordBatch) -> Iterator[str]:
    """One element per row."""
    label = f'<data key="{declared.name}">{declared.name}</data>'
    stated = [_data(declared, p, batch.column(p.name).to_pylist()) for p in declared.properties]
    data = (label + "".join(parts) for parts in zip(*stated, strict=True))
    if isinstance(declared, NodeType):
        for key, content in zip(_names(declared.name, batch.column(declared.key)), data, strict=True):
            yield f"<node id={key}>{content}</node>\n"
        return
    edge = MODEL.types[declared.name]
    starts, ends = _names(edge.start, batch.column("start")), _names(edge.end, batch.column("end"))
    for start, end, content in zip(starts, ends, data, strict=True):
        yield f"<edge source={start} target={end}>{content}</edge>\n"


def _names(label: str, keys: pa.Array) -> list[str]:
    return [quoteattr(f"{label}:{key}") for key in keys.to_pylist()]


def _data(declared: Table, p: Property, values: list[object]) -> list[str]:
    before, after = f'<data key="{declared.name}.{p.name}">', "</data>"
    return ["" if value is None else f"{before}{_text(value)}{after}" for value in values]


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dt.datetime):
        return value.isoformat()
    return escape("; ".join(map(str, value)) if isinstance(value, list) else str(value))
