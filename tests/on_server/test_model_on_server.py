"""What the model asks of a server: names found as on the embedded engine, a full-text index, times as times."""

from __future__ import annotations

import datetime as dt

import pyarrow as pa
import pytest

from kb.catalogue import keys
from kb.catalogue.queries import catalogue
from kb.engines.embedded.engine import EmbeddedEngine
from kb.engines.neo4j.engine import NAMES, Neo4jEngine
from kb.engines.neo4j.load import load
from kb.engines.tables import read_table
from kb.facts.schema import stored_schema
from kb.model.graph import MODEL


@pytest.mark.parametrize(
    "text", ["cote d'ivoire", "Turkiye", "torture", "opcat", "refugee", "human rights", "COW 70", "no such"]
)
def test_find_gives_the_same_rows(graph: EmbeddedEngine, twin: Neo4jEngine, text: str) -> None:
    find = catalogue()["find"]

    embedded, served = find.run(graph, text=text, limit=1000), find.run(twin, text=text, limit=1000)

    assert embedded.equals(served)
    assert (embedded.num_rows > 0) == (text != "no such")


@pytest.mark.parametrize(("kind", "given"), [("treaty", "OPCAT"), ("state", "Suisse"), ("organization", "CoE")])
def test_an_alias_means_the_same(graph: EmbeddedEngine, twin: Neo4jEngine, kind: str, given: str) -> None:
    assert keys.key(twin, kind, given) == keys.key(graph, kind, given)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Türkiye", "TUR"),
        ("turkiye", "TUR"),
        ("OPCAT", "CAT-OP"),
        ("tortur*", "CAT"),
        ("amnesty", "amnesty-international"),
    ],
)
def test_the_full_text_index_knows_names_and_aliases(twin: Neo4jEngine, text: str, key: str) -> None:
    twin.run("CALL db.awaitIndexes(300)")

    found = twin.read(
        "CALL db.index.fulltext.queryNodes($index, $text) YIELD node, score "
        "RETURN coalesce(node.iso3, node.code, node.id) AS key ORDER BY score DESC LIMIT 100",
        {"index": NAMES, "text": text},
    )

    assert key in found["key"].to_pylist()


def test_imported_times_are_times(graph: EmbeddedEngine, twin: Neo4jEngine) -> None:
    loads = catalogue()["loads"]

    assert loads.run(twin).equals(loads.run(graph))
    assert loads.run(graph).schema.field("started").type == pa.timestamp("us", tz="UTC")
    later = "MATCH (l:Load) WHERE l.started > $than RETURN count(l.id) AS n"
    [started] = set(read_table(graph, MODEL.labels["Load"])["started"].to_pylist())
    for engine in (graph, twin):
        assert engine.read(later, {"than": started - dt.timedelta(seconds=1)})["n"][0].as_py() > 30
        assert engine.read(later, {"than": started})["n"][0].as_py() == 0


def test_a_loaded_time_comes_back_and_is_not_written_twice(server: Neo4jEngine) -> None:
    moment = dt.datetime(2026, 11, 21, 17, 4, 49, 428522, tzinfo=dt.UTC)
    rows = [
        {"id": "a@1", "uid": "Load:a@1", "started": moment, "sources": ["a"]},
        {"id": "b@1", "uid": "Load:b@1", "sources": ["b"]},
    ]
    graph = {"Load": pa.Table.from_pylist(rows, stored_schema(MODEL.labels["Load"]))}

    first = load(server, graph, "v1")
    server.run(
        "MATCH (p:HrkbPart {table: 'Load'}) REMOVE p.digest"
    )  # as if the load had been cut off: rows are compared
    second = load(server, graph, "v1")

    assert (first.written, second.written, second.removed) == (2, 0, 0)
    assert read_table(server, MODEL.labels["Load"]).sort_by("id")["started"].to_pylist() == [moment, None]
    stored = server.rows("MATCH (l:Load {id: 'a@1'}) RETURN l.started.year AS year")
    assert stored[0]["year"] == 2026
