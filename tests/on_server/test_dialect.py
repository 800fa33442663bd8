"""What engines differ on without saying so: here one text means one thing, on the embedded engine as on a server."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from kb.engines.base import Engine
from kb.engines.embedded.engine import EmbeddedEngine
from kb.engines.neo4j.engine import Neo4jEngine
from kb.engines.neo4j.load import load
from kb.errors import EngineError, QueryRefused
from on_server import small_graph


@pytest.fixture
def embedded(tmp_path: Path) -> Iterator[EmbeddedEngine]:
    with EmbeddedEngine(tmp_path / "small.duckdb", read_only=False) as engine:
        engine.create_schema()
        for name, rows in small_graph.graph().items():
            engine.write(name, rows)
        yield engine


@pytest.fixture
def neo4j(server: Neo4jEngine) -> Neo4jEngine:
    load(server, small_graph.graph(), "v1")
    return server


def value(engine: Engine, query: str) -> Any:
    """The one value that a query gives."""
    return engine.read(query).column(0)[0].as_py()


#: What embedded engines have answered otherwise.
ONCE_DIFFERENT = [
    ("a relationship is used once", "MATCH (a:State)-[:BORDERS]->()<-[:BORDERS]-(b:State) RETURN count(*) AS n", 0),
    ("list index begins at 0", "RETURN [10, 20, 30][1] AS x", 20),
    ("substring begins at 0", "RETURN substring('abcdef', 2, 3) AS x", "cde"),
    ("log is natural", "RETURN round(log(100.0), 3) AS x", 4.605),
    ("the sum of nothing", "MATCH (s:State {iso3: 'none'}) RETURN sum(s.cow) AS x", 0),
    ("two labels at once", "MATCH (n:State:Treaty) RETURN count(*) AS n", 0),
    ("labels() is a list", "MATCH (s:State {iso3: 'SWE'}) RETURN labels(s) AS x", ["State"]),
]

SAME = [
    ("the sum of whole numbers is whole", "UNWIND [1, 2] AS x RETURN sum(x) AS x", 3),
    ("whole numbers divide to a whole number", "RETURN 7 / 2 AS x", 3),
    ("a day is a day", "MATCH (:State {iso3: 'SWE'})-[r:RATIFIED]->() RETURN r.date AS x", dt.date(1986, 1, 8)),
    ("a list is a list", "MATCH (s:State {iso3: 'SWE'}) RETURN s.sources AS x", ["first"]),
    ("a flag is a flag", "MATCH (s:State {iso3: 'SWE'}) RETURN s.former AS x", False),
    ("toFloat", "RETURN toFloat(3) / 2 AS x", 1.5),
    ("toInteger", "RETURN toInteger('42') AS x", 42),
    ("toString", "RETURN toString(42) AS x", "42"),
    ("type", "MATCH (:State {iso3: 'SWE'})-[r:RATIFIED]->() RETURN type(r) AS x", "RATIFIED"),
    ("a missing property", "MATCH (s:State {iso3: 'SWE'}) RETURN s.cow IS NULL AS x", True),
    ("a sum made safe", "MATCH (s:State {iso3: 'none'}) RETURN coalesce(sum(s.cow), 0) AS x", 0),
    ("a subquery that counts", "MATCH (s:State {iso3: 'SWE'}) RETURN COUNT { MATCH (s)-[:BORDERS]->() } AS x", 2),
    ("a percentile", "UNWIND [1.0, 2.0, 4.0] AS v RETURN percentileCont(v, 0.5) AS x", 2.0),
]


@pytest.mark.parametrize(
    ("query", "expected"),
    [case[1:] for case in (*ONCE_DIFFERENT, *SAME)],
    ids=[case[0] for case in (*ONCE_DIFFERENT, *SAME)],
)
def test_same_on_both(embedded: EmbeddedEngine, neo4j: Neo4jEngine, query: str, expected: Any) -> None:
    found = value(embedded, query), value(neo4j, query)

    assert found == (expected, expected)
    assert type(found[0]) is type(found[1])


@pytest.mark.parametrize(
    "query", ["MATCH (s:state) RETURN s", "MATCH (s:State) RETURN s.ISO3", "MATCH ()-[r:Borders]->() RETURN r"]
)
def test_a_name_that_finds_nothing_on_a_server_is_refused(embedded: EmbeddedEngine, query: str) -> None:
    with pytest.raises(QueryRefused):
        embedded.read(query)


def test_whole_numbers_arrive_in_the_same_type(embedded: EmbeddedEngine, neo4j: Neo4jEngine) -> None:
    query = "UNWIND [1, 2] AS x RETURN sum(x) AS total, count(*) AS n, max(x) AS most"

    assert (
        embedded.read(query).schema
        == neo4j.read(query).schema
        == pa.schema(dict.fromkeys(("total", "n", "most"), pa.int64()))
    )


def test_neither_engine_writes_when_read(neo4j: Neo4jEngine, embedded: EmbeddedEngine, tmp_path: Path) -> None:
    embedded.close()
    with EmbeddedEngine(tmp_path / "small.duckdb") as reader:
        for engine in (reader, neo4j):
            with pytest.raises((EngineError, QueryRefused)):
                engine.read("MATCH (s:State) SET s.name = 'x' RETURN s.name")
