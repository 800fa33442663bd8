"""Ad-hoc queries on a server: the same answers, and the server's own defences behind the gate."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kb.console import console
from kb.console.readonly import RefusedAt
from kb.engines.neo4j.engine import Neo4jEngine
from kb.engines.neo4j.load import load
from kb.errors import EngineError, QueryRefused
from on_server import small_graph


@pytest.fixture
def served(server: Neo4jEngine, monkeypatch: pytest.MonkeyPatch) -> Iterator[Neo4jEngine]:
    """The small graph on a server that the environment names."""
    load(server, small_graph.graph(), "v1")
    monkeypatch.setenv("NEO4J_URI", server.address.uri)
    monkeypatch.setenv("NEO4J_PASSWORD", server.address.password)
    monkeypatch.delenv("NEO4J_PASSWORD_FILE", raising=False)
    yield server
    console._server.cache_clear()


def test_rows_and_elements(served: Neo4jEngine) -> None:
    answer = console.run("MATCH (a:State)-[b:BORDERS]->(c) RETURN a, b, c, b.kind AS kind", limit=1)

    assert answer.truncated
    assert answer.rows[0][3] == "land"
    assert [node["label"] for node in answer.nodes] == ["State", "State"]
    assert answer.edges[0]["start"] == answer.nodes[0]["id"]


def test_days_are_iso_text(served: Neo4jEngine) -> None:
    answer = console.run("MATCH (:State {iso3: $code})-[r:RATIFIED]->() RETURN r.date AS day", {"code": "SWE"})

    assert answer.rows == [["1986-01-08"]]


def test_error_points_at_its_place(served: Neo4jEngine) -> None:
    with pytest.raises(RefusedAt) as refusal:
        console.run("MATCH (s:State)\nRETURN s.name, missing")

    assert (refusal.value.line, refusal.value.column) == (2, 16)


def test_runaway_query_is_stopped(served: Neo4jEngine) -> None:
    with pytest.raises(EngineError, match="stopped after 1 s"):
        console.run("UNWIND range(1, 1000000000) AS x UNWIND range(1, 1000) AS y RETURN sum(x * y)", timeout=1)

    assert console.run("RETURN 1 AS one").rows == [[1]]


def test_memory_is_limited(served: Neo4jEngine) -> None:
    with pytest.raises(EngineError, match=r"more memory|stopped after"):
        console.run("UNWIND range(1, 100000000) AS x RETURN collect(toString(x))", timeout=60)


def test_hostile_query_is_refused(served: Neo4jEngine) -> None:
    with pytest.raises(QueryRefused, match="DETACH is refused"):
        console.run("MATCH (n) DETACH DELETE n")


@pytest.mark.parametrize(
    "query",
    [
        "CREATE (n:State {iso3: 'ZZZ'})",
        "MATCH (n) DETACH DELETE n",
        "LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line",
        "LOAD CSV FROM 'http://127.0.0.1:1/' AS line RETURN line",
        "CREATE INDEX foo FOR (n:State) ON (n.name)",
    ],
)
def test_server_refuses_by_itself_what_slipped_through(served: Neo4jEngine, query: str) -> None:
    with pytest.raises(EngineError):
        served.ask_once(query, {}, limit=10, timeout=5)

    assert served.read("MATCH (s:State) RETURN count(*) AS n")["n"].to_pylist() == [4]
