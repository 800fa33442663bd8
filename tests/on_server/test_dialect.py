"""Where the two dialects of Cypher differ without saying so: each line of the table, on both engines.

The catalogue keeps to what is the same on both. These tests pin what differs, so that a new version of either engine
that moves a line is noticed; the last one shows that the catalogue does not step on any of them.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from kb.catalogue import QUERIES
from kb.cypher.tokens import Tokens
from kb.engines.base import Engine
from kb.engines.embedded import EmbeddedEngine
from kb.engines.neo4j import Neo4jEngine
from kb.engines.neo4j_load import load
from kb.errors import EngineError
from on_server import small_graph


@pytest.fixture
def embedded(tmp_path: Path) -> Iterator[EmbeddedEngine]:
    with EmbeddedEngine(tmp_path / "small.kuzu", read_only=False) as engine:
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


DIFFER = [
    # construct, query, embedded, on Neo4j
    (
        "a relationship may be walked twice",
        "MATCH (a:State)-[:BORDERS]->()<-[:BORDERS]-(b:State) RETURN count(*) AS n",
        2,
        0,
    ),
    ("list index begins at 1 or 0", "RETURN [10, 20, 30][1] AS x", 10, 20),
    ("substring begins at 1 or 0", "RETURN substring('abcdef', 2, 3) AS x", "bcd", "cde"),
    ("log is of base 10 or natural", "RETURN round(log(100.0), 3) AS x", 2.0, 4.605),
    ("the sum of nothing", "MATCH (s:State {iso3: 'none'}) RETURN sum(s.cow) AS x", None, 0),
    ("labels() is a text or a list", "MATCH (s:State {iso3: 'SWE'}) RETURN labels(s) AS x", "State", ["State"]),
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
    ("query", "on_embedded", "on_neo4j"), [case[1:] for case in DIFFER], ids=[c[0] for c in DIFFER]
)
def test_difference_is_what_we_think(
    embedded: EmbeddedEngine, neo4j: Neo4jEngine, query: str, on_embedded: Any, on_neo4j: Any
) -> None:
    assert value(embedded, query) == on_embedded
    assert value(neo4j, query) == on_neo4j


@pytest.mark.parametrize(("query", "expected"), [case[1:] for case in SAME], ids=[case[0] for case in SAME])
def test_same_on_both(embedded: EmbeddedEngine, neo4j: Neo4jEngine, query: str, expected: Any) -> None:
    found = value(embedded, query), value(neo4j, query)

    assert found == (expected, expected)
    assert type(found[0]) is type(found[1])


def test_two_labels_are_either_or_both(embedded: EmbeddedEngine, neo4j: Neo4jEngine) -> None:
    query = "MATCH (n:State:Treaty) RETURN count(*) AS n"

    assert value(embedded, query) == 5
    assert value(neo4j, query) == 0


def test_names_are_case_sensitive_only_on_neo4j(embedded: EmbeddedEngine, neo4j: Neo4jEngine) -> None:
    query = "MATCH (s:state) RETURN count(s.ISO3) AS n"

    assert value(embedded, query) == 4
    assert value(neo4j, query) == 0


def test_whole_numbers_arrive_in_the_same_type(embedded: EmbeddedEngine, neo4j: Neo4jEngine) -> None:
    query = "UNWIND [1, 2] AS x RETURN sum(x) AS total, count(*) AS n, max(x) AS most"

    assert (
        embedded.read(query).schema
        == neo4j.read(query).schema
        == pa.schema(dict.fromkeys(("total", "n", "most"), pa.int64()))
    )


def test_neither_engine_writes_when_read(neo4j: Neo4jEngine, embedded: EmbeddedEngine, tmp_path: Path) -> None:
    embedded.close()
    with EmbeddedEngine(tmp_path / "small.kuzu") as reader:
        for engine in (reader, neo4j):
            with pytest.raises(EngineError):
                engine.read("MATCH (s:State) SET s.name = 'x' RETURN s.name")


#: What means one thing here and another there, and so has no place in the catalogue.
FORBIDDEN = re.compile(
    r"\blog\s*\(|\bsubstring\s*\(|\blabels\s*\(|\w\s*\[\s*-?\d|\]\s*\[\s*\d|\(\s*\w*\s*:\s*\w+\s*:\s*\w+", re.IGNORECASE
)


@pytest.mark.parametrize("path", sorted(QUERIES.glob("*.cypher")), ids=lambda path: path.stem)
def test_catalogue_keeps_to_what_is_the_same(path: Path) -> None:
    text = Tokens(path.read_text(encoding="utf-8")).text

    assert FORBIDDEN.findall(text) == []
