"""Loading a graph into a Neo4j server, and bringing it up to date: only what changed is written.

The server keeps, beside the graph, one node that says whose it is and one per part (a label, or a relationship type of
one source) with the digest of what was loaded. A part with the same digest is skipped; of another, the rows on the
server are compared with the wanted ones. The digest is removed before a part is touched and set when it is done, so a
load that was killed takes up there. New and changed rows are written before stale ones are removed, edges after the
nodes they join and before the nodes they leave, so that a reader never meets a gap.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from kb.engines import tables
from kb.engines.neo4j.engine import BATCH, MARK, PART, Neo4jEngine, in_order, match_ends, plain, values_map
from kb.errors import EngineError
from kb.facts.schema import stored_schema
from kb.model.graph import MODEL
from kb.model.shape import NodeType, Table

#: Called with the name of the table, how many are done, and how many there are.
Progress = Callable[[str, int, int], None]


@dataclass
class Written:
    """Rows written because they are new or changed, rows removed, and parts that were as wanted already."""

    written: int = 0
    removed: int = 0
    unchanged_parts: int = 0

    def __iadd__(self, other: Written) -> Written:
        self.written += other.written
        self.removed += other.removed
        self.unchanged_parts += other.unchanged_parts
        return self


@dataclass(frozen=True)
class Stale:
    """Nodes that have to stay until the edges that join them are gone; only then is their label as wanted."""

    node: NodeType
    keys: list[Any]
    digest: str

    def remove(self, engine: Neo4jEngine) -> int:
        """Remove them, and note that the label is done. Returns how many they were."""
        _remove(engine, f"MATCH (n:{self.node.name} {{{self.node.key}: row[0]}}) DETACH DELETE n", self.keys)
        _note(engine, self.node, tables.EVERY, self.digest)
        return len(self.keys)


def load(
    engine: Neo4jEngine,
    graph: Mapping[str, pa.Table],
    version: str,
    *,
    adopt: bool = False,
    progress: Progress = lambda name, done, total: None,
) -> Written:
    """Make the server's graph equal to ``graph``, tables by name in the columns of :func:`kb.facts.schema.stored_schema`.

    Idempotent; what is there already is not written again. Raises :class:`EngineError` where the server holds data that
    is not ours, unless ``adopt``: then nodes of our labels are made ours, and all others are left alone.
    """
    claim(engine, version, adopt)
    change = Written()
    total = len(MODEL.nodes) + len(MODEL.edges)
    stale: list[Stale] = []
    known = _digests(engine)
    for done, declared in enumerate(MODEL):
        progress(declared.name, done, total)
        rows = graph.get(declared.name)
        if rows is None:
            rows = stored_schema(declared).empty_table()
        wanted = tables.parts(declared, in_order(declared, rows))
        gone = [source for name, source in known if name == declared.name and source not in wanted]
        for source in (*wanted, *gone):
            part = wanted.get(source, rows.slice(0, 0))
            change += _load_part(engine, declared, source, part, known.get((declared.name, source)), stale)
    for label in stale:
        change.removed += label.remove(engine)
    engine.run(
        f"MATCH (m:{MARK} {{id: 'graph'}}) SET m.version = $version, m.model = $model, m.complete = true REMOVE m.loading",
        {"version": version, "model": MODEL.digest},
    )
    progress("done", total, total)
    return change


def claim(engine: Neo4jEngine, version: str, adopt: bool) -> None:
    """Note on the server that a load of ours is under way, after making sure that its data are ours to change."""
    ours = engine.read(f"MATCH (m:{MARK}) RETURN m.id").num_rows > 0
    if not ours and engine.read("MATCH (n) RETURN 1 AS one LIMIT 1").num_rows:
        if not adopt:
            raise EngineError(
                f"the database {engine.address.database} on {engine.address.uri} holds data that this project did not load",
                "name another one in NEO4J_DATABASE, or load into this one with --adopt: nodes and relationships with our "
                f"labels ({', '.join(MODEL.labels)}) and types then become ours, and those we do not know are removed",
            )
        _take_over(engine)
    engine.create_schema()
    engine.run(
        f"MERGE (m:{MARK} {{id: 'graph'}}) SET m.loading = $version, "
        "m.complete = coalesce(m.complete, false) AND m.model = $model, m.model = $model",
        {"version": version, "model": MODEL.digest},
    )


def _take_over(engine: Neo4jEngine) -> None:
    """Remove what has a label or type of ours and no key: no comparison would ever find it."""
    for edge in MODEL.edges:
        engine.run(f"MATCH ()-[r:{edge.name}]->() WHERE r.fact IS NULL OR r.source IS NULL DELETE r")
    for node in MODEL.nodes:
        engine.run(f"MATCH (n:{node.name}) WHERE n.{node.key} IS NULL DETACH DELETE n")


def _digests(engine: Neo4jEngine) -> dict[tuple[str, str], str | None]:
    """The digest of each part by table and source; None where a load of it was begun and not ended."""
    found = engine.read(f"MATCH (p:{PART}) RETURN p.table AS name, p.source AS source, p.digest AS digest").to_pylist()
    return {(row["name"], row["source"]): row["digest"] for row in found}


def part_id(declared: Table, source: str) -> str:
    return f"{declared.name}|{source}"


def _load_part(
    engine: Neo4jEngine, declared: Table, source: str, wanted: pa.Table, known: str | None, stale: list[Stale]
) -> Written:
    """Bring one part up to date. Stale nodes are only added to ``stale``: their edges have to go first."""
    made = tables.digest(wanted)
    if made == known:
        return Written(unchanged_parts=1)
    where = {"id": part_id(declared, source), "name": declared.name, "source": source}
    engine.run(f"MERGE (p:{PART} {{id: $id}}) SET p.table = $name, p.source = $source REMOVE p.digest", where)
    new, changed, gone = compare(declared, wanted, _rows_there(engine, declared, source))
    written = engine.write(declared.name, new) + engine.batches(update_statement(declared), changed)
    if isinstance(declared, NodeType) and gone:
        stale.append(Stale(declared, gone, made))
        return Written(written)
    _remove(engine, f"MATCH ()-[r:{declared.name} {{fact: row[0]}}]->() DELETE r", gone)
    if wanted.num_rows or isinstance(declared, NodeType):
        _note(engine, declared, source, made)
    else:
        engine.run(f"MATCH (p:{PART} {{id: $id}}) DELETE p", {"id": where["id"]})
    return Written(written, len(gone))


def _note(engine: Neo4jEngine, declared: Table, source: str, made: str) -> None:
    """Note that a part is as wanted."""
    engine.run(
        f"MATCH (p:{PART} {{id: $id}}) SET p.digest = $digest", {"id": part_id(declared, source), "digest": made}
    )


def _rows_there(engine: Neo4jEngine, declared: Table, source: str) -> dict[Any, dict[str, Any]]:
    """The properties of the part's nodes or edges on the server, by key or fact."""
    if isinstance(declared, NodeType):
        found = engine.rows(f"MATCH (x:{declared.name}) RETURN properties(x) AS x")
    else:
        query = f"MATCH ()-[x:{declared.name}]->() WHERE x.source = $source RETURN properties(x) AS x"
        found = engine.rows(query, {"source": source})
    name = tables.identity(declared)
    return {row[0].get(name): row[0] for row in found}


def compare(
    declared: Table, wanted: pa.Table, there: Mapping[Any, Mapping[str, Any]]
) -> tuple[pa.Table, pa.Table, list[Any]]:
    """The rows that are new, the rows that differ, and the keys or facts that are no longer wanted."""
    name = tables.identity(declared)
    if not there:
        return wanted, wanted.slice(0, 0), []
    names = list(declared.by_name)
    new, changed, at = [], [], 0
    keys = set()
    for batch in wanted.to_batches(max_chunksize=BATCH):
        for row in batch.select(names).to_pylist():
            keys.add(row[name])
            old = there.get(row[name])
            if old is None:
                new.append(at)
            elif {k: v for k, v in row.items() if v is not None} != {k: plain(v) for k, v in old.items()}:
                changed.append(at)
            at += 1
    return (
        wanted.take(pa.array(new, pa.int64())),
        wanted.take(pa.array(changed, pa.int64())),
        [key for key in there if key not in keys],
    )


def update_statement(table: Table) -> str:
    """Replace all properties of the nodes or edges in ``$rows``, found by their key or fact."""
    if isinstance(table, NodeType):
        return f"UNWIND $rows AS row MATCH (n:{table.name} {{{table.key}: row[0]}}) SET n = {values_map(table, 0)}"
    fact = 2 + list(table.by_name).index("fact")
    edge = MODEL.types[table.name]
    return f"{match_ends(edge)} MATCH (a)-[r:{table.name} {{fact: row[{fact}]}}]->(b) SET r = {values_map(table, 2)}"


def _remove(engine: Neo4jEngine, match_and_delete: str, keys: list[Any]) -> None:
    if keys:
        # In smaller batches than rows are written: a node may take thousands of edges with it.
        engine.batches(f"UNWIND $rows AS row {match_and_delete}", pa.table({"key": pa.array(keys)}), BATCH // 10)
