"""From the facts of every source to the final nodes and edges of one graph.

Nodes that several sources describe become one, each property from the best source that states it; ``sources`` lists all
of them. Edges are kept as every source states them. Where sources state the same membership, :mod:`kb.graph.precedence` says
for which years each statement counts, and which of two editions of an indicator is current; :mod:`kb.graph.ratifications` says it
of acts of becoming bound. What follows from the facts and is not stored, :mod:`kb.graph.derive` fills in.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kb.errors import CheckError
from kb.facts.identity import fact_ids
from kb.facts.schema import stored_schema
from kb.facts.snapshot import SourceFacts
from kb.graph import derive, precedence, ratifications
from kb.load.register import Source
from kb.model.graph import MODEL
from kb.model.shape import EdgeType, NodeType


@dataclass(frozen=True)
class Graph:
    """The tables of one graph by label and type, and the edges left out because only open sources were asked for."""

    tables: dict[str, pa.Table]
    left_out: dict[str, int] = field(default_factory=dict)


def assemble(facts: Iterable[SourceFacts], sources: dict[str, Source], *, only_open: bool = False) -> Graph:
    """Put the facts of all sources together.

    ``sources`` is the register; facts of sources that it does not hold are refused. With ``only_open``, sources that may
    not be redistributed are left out, and so are edges that lose an end by that. Raises :class:`CheckError` for an edge
    whose end no source describes.
    """
    pieces: dict[str, list[tuple[Source, pa.Table]]] = {}
    for one in facts:
        if one.source not in sources:
            raise CheckError(
                f"the snapshot holds a source {one.source!r} that data/sources.yml does not know",
                f"add its entry, or remove data/snapshot/{one.source}",
            )
        entry = sources[one.source]
        if only_open and entry.redistributable != "yes":
            continue
        for name, table in one.tables.items():
            pieces.setdefault(name, []).append((entry, table))
    for found in pieces.values():
        found.sort(key=lambda piece: (piece[0].precedence, piece[0].code))
    tables = {n.name: _nodes(n, pieces[n.name]) for n in MODEL.nodes if n.name in pieces}
    left_out: dict[str, int] = {}
    for declared in MODEL.edges:
        if declared.name in pieces:
            edges = pa.concat_tables([_edges(declared, entry, table) for entry, table in pieces[declared.name]])
            tables[declared.name] = _with_both_ends(declared, edges, tables, left_out, only_open)
    ranks = {code: entry.precedence for code, entry in sources.items()}
    if "MEMBER_OF" in tables:
        tables["MEMBER_OF"] = precedence.count_memberships(tables["MEMBER_OF"], ranks)
    if "MEASURED" in tables:
        tables["MEASURED"], earlier = precedence.current_editions(tables["MEASURED"], ranks)
        tables |= {"MEASURED_BEFORE": earlier} if earlier.num_rows else {}
    if "RATIFIED" in tables:
        left = tables["WITHDREW_FROM"].to_pylist() if "WITHDREW_FROM" in tables else []
        ended = {row["iso3"]: row["system_to"] for row in tables["State"].select(["iso3", "system_to"]).to_pylist()}
        tables["RATIFIED"] = ratifications.count_ratifications(tables["RATIFIED"], left, ended)
    return Graph(derive.complete(tables), left_out)


def _nodes(declared: NodeType, pieces: list[tuple[Source, pa.Table]]) -> pa.Table:
    """One row per key: every property from the best source that states it."""
    schema = stored_schema(declared)
    tagged = [
        table.append_column("sources", pa.array([[entry.code]] * table.num_rows, pa.list_(pa.string())))
        for entry, table in pieces
    ]
    whole = pa.concat_tables(tagged)
    for p in declared.properties:
        if p.derived:
            whole = whole.append_column(p.name, pa.nulls(whole.num_rows, p.arrow))
    if pc.count_distinct(whole[declared.key]).as_py() == whole.num_rows:
        return whole.select(schema.names).cast(schema)
    merged: dict[str, dict[str, object]] = {}
    for row in whole.to_pylist():
        known = merged.setdefault(row[declared.key], row)
        if known is not row:
            known.update({name: value for name, value in row.items() if known[name] is None})
            known["sources"] = [*known["sources"], *row["sources"]]  # type: ignore[misc]
    return pa.Table.from_pylist(list(merged.values()), schema)


def _edges(declared: EdgeType, entry: Source, table: pa.Table) -> pa.Table:
    schema = stored_schema(declared)
    table = table.append_column("source", pa.array([entry.code] * table.num_rows, pa.string()))
    table = table.append_column("fact", fact_ids(declared, entry.code, table))
    for name in [p.name for p in declared.properties if p.derived]:
        table = table.append_column(name, pa.nulls(table.num_rows))
    return table.select(schema.names).cast(schema)


def _with_both_ends(
    declared: EdgeType, edges: pa.Table, tables: dict[str, pa.Table], left_out: dict[str, int], only_open: bool
) -> pa.Table:
    """The edges whose two ends exist; others are an error, or counted as left out with ``only_open``."""
    keep = pa.chunked_array([np.ones(edges.num_rows, dtype=bool)])
    for side, label in (("start", declared.start), ("end", declared.end)):
        keys = tables[label][MODEL.labels[label].key] if label in tables else pa.array([], pa.string())
        keep = pc.and_(keep, pc.is_in(edges[side], value_set=keys.combine_chunks() if label in tables else keys))
    missing = edges.filter(pc.invert(keep))
    if missing.num_rows and not only_open:
        example = missing.slice(0, 1).to_pylist()[0]
        raise CheckError(
            f"{missing.num_rows} {declared.name} edges lead nowhere, e.g. {example['start']} -> {example['end']} of {example['source']}",
            f"a loader must describe both a {declared.start} and a {declared.end} under these keys",
        )
    if missing.num_rows:
        left_out[declared.name] = missing.num_rows
    return edges.filter(keep)
